"""A file, files or a folder on disk: written whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
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


def write_files(folder: str | Path, files: Mapping[str, bytes]) -> Path:
    """Files of a folder written together: each whole, and none where one of them cannot be written.

    Others in the folder stay. Raises `InputError` for what cannot be written.
    """
    folder = Path(folder)
    aside = {folder / name: folder / f".{name}.{os.getpid()}.part" for name in files}
    before = {path: path.with_name(f".{path.name}.{os.getpid()}.old") for path in aside}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for part, content in zip(aside.values(), files.values(), strict=True):
                with part.open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
            _exchange(aside, before)
        finally:
            for part in aside.values():
                part.unlink(missing_ok=True)
    except OSError as error:
        how = " If a file in it is open in another program, close it there."
        how = how if isinstance(error, PermissionError) else ""
        raise InputError(f"{folder} cannot be written: {error.strerror or error}.{how}") from error
    return folder


def _exchange(aside: Mapping[Path, Path], before: Mapping[Path, Path]) -> None:
    """Each file in its place, or, where one cannot be put there, all as they were."""
    done: list[Path] = []
    try:
        for path, part in aside.items():
            if path.exists():
                path.replace(before[path])
            done.append(path)
            part.replace(path)
    except OSError:
        for path in done:
            if before[path].exists():
                before[path].replace(path)
            else:
                path.unlink(missing_ok=True)
        raise
    for old in before.values():
        old.unlink(missing_ok=True)


def write_folder(folder: str | Path, files: Mapping[str, bytes]) -> Path:
    """The folder with these files and no others, whole or not at all; what stood in it before is gone.

    A name may have a folder before a slash. Raises `InputError` for one that cannot be written.
    """
    folder = Path(folder)
    real = Path(os.path.realpath(folder))
    aside = real.with_name(f".{real.name}.{os.getpid()}.part")
    before = real.with_name(f".{real.name}.{os.getpid()}.old")
    try:
        try:
            for name, content in files.items():
                path = aside / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
            if real.exists():
                real.replace(before)
                try:
                    aside.replace(real)
                except OSError:
                    before.replace(real)
                    raise
                shutil.rmtree(before, ignore_errors=True)
            else:
                aside.replace(real)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        how = " If a file in it is open in another program, close it there."
        how = how if isinstance(error, PermissionError) else ""
        raise InputError(f"{folder} cannot be written: {error.strerror or error}.{how}") from error
    return folder
