"""Names and texts that XML can hold and that every program takes, and ids that stay the same."""

from __future__ import annotations

import re
import uuid

_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Programs make files of names: what no path can hold, and what turns a name round or hides in it.
_NO_NAME = re.compile(r"[\\/:*?\"<>|]")
_HIDDEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LONGEST = 120  # characters of a name: the shortest limit of a program's names is 255 bytes


def guid(sort: str, identity: str) -> str:
    """The GUID of a thing of a report, by its sort ("source", "note" ...) and id: the same in every run."""
    # A lone surrogate has no UTF-8, and uuid5 asks for one.
    told = f"urn:thememiner:project:{sort}:{identity}".encode("utf-8", "replace").decode()
    return str(uuid.uuid5(uuid.NAMESPACE_URL, told))


def clean(text: str) -> str:
    """A text that XML can hold, with a newline for line ends: what it cannot hold is U+FFFD."""
    return _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def label(text: str, otherwise: str = "unnamed") -> str:
    """A name on one line, in the order that it is written, cut at 120 characters; `otherwise` where empty."""
    line = " ".join(_HIDDEN.sub("", clean(text)).split())
    return (line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…") or otherwise


class Labels:
    """Names of one sort of thing, each given once, whatever its case: the second "a" is "a (2)"."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, text: str, otherwise: str = "unnamed") -> str:
        """A name for `text` that no other thing has; it is taken from now on."""
        return self._free(label(text, otherwise))

    def give_file(self, text: str, otherwise: str = "unnamed") -> str:
        """The same for what programs make a file of: without signs that a path cannot hold."""
        return self._free(label(_NO_NAME.sub("_", text), otherwise).strip(". ") or otherwise)

    def _free(self, name: str) -> str:
        number, free = 1, name
        while free.casefold() in self._taken:
            number += 1
            free = f"{name} ({number})"
        self._taken.add(free.casefold())
        return free
