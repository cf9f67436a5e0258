"""What comes out: one renderer a module, each from a `Report` and from nothing else.

    write(report, "report.html")

`reports.html.render`, `reports.json.render` and `reports.markdown.render` give text;
`reports.json.load` reads a report back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.errors import UnknownNameError
from thememiner.reports import html, json, markdown
from thememiner.saving import write_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from thememiner.records import Report

__all__ = ["RENDERERS", "write", "write_file"]

# File suffix -> what renders it: text, or the bytes of a binary format.
RENDERERS: dict[str, Callable[[Report], str | bytes]] = {
    ".html": html.render,
    ".json": json.render,
    ".md": markdown.render,
}


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
