"""The names of files inside other files, made safe: never upwards, absolute, of a drive, or twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPLIT = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"[A-Za-z]:")
_FORBIDDEN = re.compile(r"[<>:\"|?*\x00-\x1f\x7f]")
# Names that are devices on Windows, with whatever ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_LONGEST = 120  # characters of a name
_MOST_FOLDERS = 20
_LITTER = frozenset(("__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db"))


def safe(name: str, otherwise: str = "file") -> str:
    """The name as a relative path of names that any system takes; `otherwise` when nothing is left of it."""
    parts = [
        _part(part) for part in _SPLIT.split(_DRIVE.sub("", name, count=1) if _DRIVE.match(name) else name)
    ]
    return "/".join([part for part in parts if part][-_MOST_FOLDERS:]) or otherwise


def base(name: str, otherwise: str = "file") -> str:
    """The last part of the name alone, made safe; an attachment has no folders."""
    return safe(name, otherwise).rpartition("/")[2]


def distinct(names: Sequence[str]) -> list[str]:
    """The names, with " (2)", " (3)" ... before the ending of one that was there before but for case."""
    taken = {name.casefold() for name in names}
    last: dict[str, int] = {}  # name -> the number that the one before it of that name got
    found = []
    for given in names:
        name, number = given, last.get(given.casefold(), 0) + 1
        while number > 1:
            stem, dot, ending = _split(given)
            name = f"{stem} ({number}){dot}{ending}"
            if name.casefold() not in taken:
                break
            number += 1
        taken.add(name.casefold())
        last[given.casefold()] = number
        found.append(name)
    return found


def is_litter(name: str) -> bool:
    """Whether a path is of a hidden file, a lock file of Office, or what systems leave behind in folders."""
    parts = [part for part in _SPLIT.split(name) if part not in ("", ".", "..")]
    return any(part.startswith((".", "~$")) or part.casefold() in _LITTER for part in parts)


def _part(part: str) -> str:
    plain = _FORBIDDEN.sub("_", line(part.replace("\0", ""))).strip().rstrip(". ")
    if plain in ("", ".", ".."):
        return ""
    stem, dot, ending = _split(plain)
    if len(plain) > _LONGEST:
        plain = f"{stem[: _LONGEST - len(dot) - len(ending)]}{dot}{ending}"
    return f"_{plain}" if _DEVICE.match(plain) else plain


def _split(name: str) -> tuple[str, str, str]:
    """A name's stem, dot and ending; what is too long for an ending is none."""
    folder, slash, last = name.rpartition("/")
    stem, dot, ending = last.rpartition(".")
    if not stem or len(ending) > 10:
        return name, "", ""
    return f"{folder}{slash}{stem}", dot, ending
