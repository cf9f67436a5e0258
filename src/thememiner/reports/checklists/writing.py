"""A checklist as a file to write in: a workbook or Markdown; the same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from thememiner.errors import UnknownNameError
from thememiner.records import Report
from thememiner.reports import markdown, standing, workbook
from thememiner.reports.checklists import CHECKLISTS, NOTE, table
from thememiner.reports.contents import Table
from thememiner.reports.workbook.sheets import Sheet
from thememiner.saving import write_file


def write(report: Report, name: str, path: str | Path) -> Path:
    """The file written whole, or not at all; raises `UnknownNameError` for another ending or checklist."""
    path = Path(path)
    if path.suffix.lower() not in FORMATS:
        raise UnknownNameError("the format of a checklist", path.suffix or path.name, FORMATS)
    return write_file(path, FORMATS[path.suffix.lower()](report, name))


def _as_markdown(report: Report, name: str) -> bytes:
    made = table(report, name)
    return markdown.page(report.title, standing.status(report), made, standing.marking(report)).encode()


def _as_workbook(report: Report, name: str) -> bytes:
    made = table(report, name)
    about = (
        ("Marking", standing.marking(report)),
        ("Title", report.title),
        ("Status", standing.status(report)),
        ("How to use it", NOTE),
        ("Source", made.caption),
    )
    cover = Sheet("Read me first", Table("Read me first", ("What", "Value"), about))
    pages = (cover, Sheet(CHECKLISTS[name.casefold()].name, made, 1))
    return workbook.written(pages, standing.marking(report))


FORMATS: dict[str, Callable[[Report, str], bytes]] = {".xlsx": _as_workbook, ".md": _as_markdown}
