"""What comes out: one renderer a module, each from a `Report` and from nothing else.

    write(report, "report.html")

`reports.html.render`, `reports.json.render` and `reports.markdown.render` give text;
`reports.json.load` reads a report back.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.errors import InputError, UnknownNameError
from thememiner.reports import html, json, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from thememiner.records import Report

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


def write_file(path: str | Path, content: bytes) -> Path:
    """The file written whole, or not at all; its folder is made if it is not there.

    Raises `InputError` for a file that cannot be written.
    """
    path = Path(path)
    # Beside the file it becomes, because a rename is only whole within one folder.
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with aside.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error
    return path
