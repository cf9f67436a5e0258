"""What a source's path leads to: the files to read, each with the name it goes by in the results."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner.errors import InputError, nearest
from thememiner.reading.frames import is_frame

if TYPE_CHECKING:
    from thememiner.records import Source


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to read: a file's path or a DataFrame, its name (never an absolute path), its source.

    A file inside another has its bytes as `data`, the name of that other as `inside`, and lies `depth` deep.
    """

    path: Any
    name: str
    source: Source
    data: bytes | None = None
    inside: str = ""
    depth: int = 0


def find(source: Source) -> list[Found]:
    """The files of a source, sorted by name; raises `InputError` when there is nothing there."""
    if is_frame(source.path):
        return [Found(source.path, "DataFrame", source)]
    path = Path(source.path)
    try:
        if path.is_dir():
            return _walk(path, source)
        there = path.exists()
    except (OSError, ValueError):  # a name longer than names may be: a text where a path belongs
        shown = str(path)[:40]
        raise InputError(f'"{shown}…" is not a path: give a file or folder, not its text.') from None
    if not there:
        raise InputError(_absent(path))
    return [Found(path, path.name, source)]


def _walk(folder: Path, source: Source) -> list[Found]:
    """The files below a folder; hidden ones and Office's lock files are not there for us."""
    base = folder.resolve().name
    found, excluded = [], 0
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if any(part.startswith((".", "~$")) for part in relative.parts) or not path.is_file():
            continue
        if any(fnmatch(relative.as_posix(), glob) or fnmatch(path.name, glob) for glob in source.exclude):
            excluded += 1
            continue
        found.append(Found(path, f"{base}/{relative.as_posix()}", source))
    if not found:
        left = f" but {excluded} that --exclude leaves out" if excluded else ""
        raise InputError(f"the folder {base} has no files in it{left}; put the files to read there")
    return sorted(found, key=lambda item: item.name)


def _absent(path: Path) -> str:
    folder = path.parent
    where = folder.resolve().name or str(folder.resolve())
    if not folder.is_dir():
        return f"{path.name} does not exist in {folder}: there is no such folder. Check the path."
    names = sorted(item.name for item in folder.iterdir() if not item.name.startswith("."))
    near = nearest(path.name, names)
    guess = f' Did you mean "{near}"?' if near else " Check the path."
    return f"{path.name} does not exist in {where}.{guess}"
