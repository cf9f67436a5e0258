"""Folders that are written whole and replaced whole: known again by a list of their files and digests."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

from thememiner.errors import InputError
from thememiner.reports.tables.shapes import frame, said, whole
from thememiner.reports.tables.writing import csv_bytes

FILES = "files.csv"  # what was written, by which the folder is known again
_HOW = "Choose a folder that is not there yet."


def check(folder: Path, option: str, thing: str) -> None:
    """Raise `InputError` for a folder that holds anything but what was written: it would be lost.

    `option` is the one that names the folder, `thing` what it holds, as in "table".
    """
    try:
        if not folder.exists() and not folder.is_symlink():
            return
        if not folder.is_dir():
            raise InputError(f"{folder} is a file: give {option} a folder.")
        held = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
        if not held:
            return
        known = listed(folder / FILES)
        rooms = {Path(name).parent.as_posix() for name in known}
        for name, path in held.items():
            if name == FILES or (name in rooms and path.is_dir() and not path.is_symlink()):
                continue
            if name not in known or path.is_symlink():
                raise InputError(f"{folder} holds {name}, which is no {thing} of an earlier report. {_HOW}")
            if hashlib.sha256(path.read_bytes()).hexdigest() != known[name]:
                raise InputError(f"{name} in {folder} was changed after it was written. {_HOW}")
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror or error}.") from error


def with_list(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a folder and the list of them."""
    columns = (
        said("file", "its name in the folder"),
        whole("bytes", "its size"),
        said("sha256", "its digest"),
    )
    rows = ((name, len(data), hashlib.sha256(data).hexdigest()) for name, data in content.items())
    return {**content, FILES: csv_bytes(frame("files", "A file of the folder", columns, rows))}


def listed(path: Path) -> dict[str, str]:
    """File → digest, as the list of an earlier folder has it; nothing where there is no such list."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        return {row["file"]: row["sha256"] for row in rows}
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        return {}
