"""Names of files, folders and sheets: identifiers in them masked, safe on any system, and each once."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thememiner.deidentifying import Masked

# Excel opens no file, and takes no sheet, with square brackets in its name, so masks have round ones here.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\[\]\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 180  # bytes of a name, so that a number and a suffix fit too
_SHEET = 31  # characters of a sheet's name
# What joins the words of a name: "Mrs_Quill-notes", "Mrs.Quill", "MrsQuill".
_JOINT = re.compile(r"_|(?<=[^\W\d_])[.\-](?=[^\W\d_])|(?<=[a-z])(?=[A-Z])")


def spaced(name: str) -> tuple[str, list[int]]:
    """A name with its words apart, as the wall can read it, and the place in it of each character."""
    if "@" in name:  # an address is read as it is
        return name, list(range(len(name)))
    written: list[str] = []
    back: list[int] = []
    last = 0
    for match in _JOINT.finditer(name):
        written += (name[last : match.start()], " ")
        back += (*range(last, match.start()), match.start())
        last = match.end()
    written.append(name[last:])
    return "".join(written), [*back, *range(last, len(name))]


def masked_name(name: str, back: list[int], masked: Masked) -> str:
    """The name with what was masked of its spaced form, as "(PERSON 1) complaint"."""
    pieces: list[str] = []
    last = 0
    for (kind, _, _), (start, end) in zip(masked.masks, masked.cuts, strict=True):
        pieces += (name[last : back[start]], f"({kind})")
        last = back[end - 1] + 1
    return "".join([*pieces, name[last:]])


def safe(name: str) -> str:
    """The name without what any system forbids in one, and not too long; never empty."""
    plain = _FORBIDDEN.sub("_", name).strip(" .")
    plain = plain.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").rstrip(" .")
    return f"_{plain}" if not plain or _RESERVED.match(plain) else plain


def sheet_names(names: Iterable[str]) -> list[str]:
    """The names as a workbook takes them: short enough, and each once whatever its case."""
    taken: set[str] = set()
    found = []
    for name in names:
        plain = _FORBIDDEN.sub("_", name).strip("' ")[:_SHEET] or "Sheet"
        for number in count(1):
            end = f"~{number}" if number > 1 else ""
            written = f"{plain[: _SHEET - len(end)]}{end}"
            if written.lower() not in taken:
                break
        taken.add(written.lower())
        found.append(written)
    return found


class Paths:
    """Paths below a folder, each given out once: a second file of a name becomes "name~2.txt"."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {path.casefold() for path in taken}
        self._folders: dict[tuple[str, ...], str] = {(): ""}

    def folder(self, given: tuple[str, ...], written: tuple[str, ...]) -> str:
        """The path of a folder by the names it had, with those that it gets; "" for the top."""
        if given not in self._folders:
            above = self.folder(given[:-1], written[:-1])
            self._folders[given] = self.free(above, written[-1], "")
        return self._folders[given]

    def free(self, folder: str, stem: str, suffix: str) -> str:
        """A path in that folder that nothing has yet."""
        for number in count(1):
            end = f"~{number}" if number > 1 else ""
            path = f"{folder}/{safe(stem)}{end}{suffix}".removeprefix("/")
            if path.casefold() not in self._taken:
                break
        self._taken.add(path.casefold())
        return path
