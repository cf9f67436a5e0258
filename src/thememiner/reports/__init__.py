"""What comes out: one renderer a module, each from a `Report` and from nothing else.

    write(report, "report.html")

`reports.html.render`, `reports.json.render` and `reports.markdown.render` give text,
`reports.workbook.render` the bytes of a workbook and `reports.paper.render` those of a Word document;
`reports.json.load` reads a report back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thememiner import wordfiles
from thememiner.errors import InputError, UnknownNameError
from thememiner.reports import html, json, markdown, paper, workbook
from thememiner.saving import write_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from thememiner.records import Report

__all__ = ["RENDERERS", "content", "write", "write_file", "write_pages"]

# File suffix -> what renders it: text, or the bytes of a binary format.
RENDERERS: dict[str, Callable[[Report], str | bytes]] = {
    ".html": html.render,
    ".json": json.render,
    ".md": markdown.render,
    ".xlsx": workbook.render,
    ".docx": paper.render,
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


def write(report: Report, path: str | Path, house: str | Path | None = None) -> Path:
    """The file written, in the format that its suffix names: whole, or not at all.

    `house` is an organisation's own .docx, whose styles, page, headers and footers a .docx then has. Raises
    `InputError` for a suffix that is not known, a file that cannot be written and a house document that
    cannot be taken.
    """
    path = Path(path)
    return write_file(path, content(report, path, house))


def content(report: Report, path: Path, house: str | Path | None = None) -> bytes:
    """What `write` puts into a file of that name."""
    suffix = path.suffix.lower()
    if suffix not in RENDERERS:
        raise UnknownNameError("the report format", path.suffix or path.name, RENDERERS)
    if house is not None:
        if suffix != ".docx":
            raise InputError(f"{path} takes no house document (--house): only a .docx is dressed in one.")
        return paper.render(report, wordfiles.read(house), Path(house).name)
    made = RENDERERS[suffix](report)
    return made.encode("utf-8") if isinstance(made, str) else made
