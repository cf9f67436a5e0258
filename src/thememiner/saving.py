"""A file on disk: written whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from thememiner.errors import InputError


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
        how = (
            " If it is open in another program, close it there." if isinstance(error, PermissionError) else ""
        )
        raise InputError(f"{path} cannot be written: {error.strerror or error}.{how}") from error
    return path
