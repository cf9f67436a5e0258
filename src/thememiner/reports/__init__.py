"""What comes out: one renderer a module, each from a `Report` and from nothing else.

    write(report, "report.html")

`reports.html.render`, `reports.json.render` and `reports.markdown.render` give text, and
`reports.workbook.render` the bytes of a workbook; `reports.json.load` reads a report back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.errors import UnknownNameError
from thememiner.reports import html, json, markdown, workbook
from thememiner.saving import write_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from thememiner.records import Report

__all__ = ["RENDERERS", "write", "write_file", "write_pages"]

# File suffix -> what renders it: text, or the bytes of a binary format.
RENDERERS: dict[str, Callable[[Report], str | bytes]] = {
    ".html": html.render,
    ".json": json.render,
    ".md": markdown.render,
    ".xlsx": workbook.render,
}


# What a run writes; the others are written when they are asked for.
_PAGES = (".html", ".json", ".md")


def write_pages(report: Report, folder: Path) -> None:
    """A folder's report.html, .json and .md, and again each other format of an earlier report there.

    Left as it was, one of those would be of another report than the report.json beside it.
    """
    for suffix in RENDERERS:
        page = folder / f"report{suffix}"
        if suffix in _PAGES or page.is_file():
            write(report, page)


def write(report: Report, path: str | Path) -> Path:
    """The file written, in the format that its suffix names: whole, or not at all.

    Raises `InputError` for a suffix that is not known and for a file that cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in RENDERERS:
        raise UnknownNameError("the report format", path.suffix or path.name, RENDERERS)
    content = RENDERERS[path.suffix.lower()](report)
    if isinstance(content, str):
        content = content.encode("utf-8")
    return write_file(path, content)
