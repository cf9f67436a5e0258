"""What people type into the cells of a book → what it means; None where it means nothing that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thememiner.errors import nearest
from thememiner.records import ASSURANCES, GAPS, POSITIONS, Review

_USE: tuple[tuple[Review, frozenset[str]], ...] = (
    ("use", frozenset(("use", "yes", "y", "accept", "accepted", "keep"))),
    (
        "do not use",
        frozenset(("do not use", "don't use", "don’t use", "not use", "no", "n", "reject", "rejected")),
    ),
    ("not yet reviewed", frozenset(("", "not yet reviewed", "not reviewed"))),
)
_POSITIONS: dict[str, str] = {
    **dict(zip(POSITIONS, POSITIONS, strict=True)),
    "unknown": "not known",
    **{f"gap of {gap}": "gap" for gap in GAPS},
}
_BASES: dict[str, str] = {
    **{basis: basis for basis in (*ASSURANCES, *GAPS)},
    **{f"gap of {gap}": gap for gap in GAPS},
    **{f"{basis} only": basis for basis in ASSURANCES},
}
_NUMBERED = re.compile(r"(\d{1,3})\.?\s*(.*)", re.DOTALL)


def use(text: str) -> Review | None:
    """What people decided of a finding."""
    words = _plain(text)
    return next((review for review, said in _USE if words in said), None)


def position(text: str) -> str | None:
    """A position, "" where the cell is blank."""
    words = _plain(text)
    return _POSITIONS.get(words) if words else ""


def bases(text: str) -> tuple[tuple[str, ...], str]:
    """The bases that a cell names, each on its line or after ";", and the first that is none, else ""."""
    named = [part.strip() for part in re.split(r"[\n;]", text) if part.strip()]
    unknown = [part for part in named if _plain(part) not in _BASES]
    known = dict.fromkeys(_BASES[_plain(part)] for part in named if part not in unknown)
    return tuple(known), unknown[0] if unknown else ""


def section(text: str, titles: Mapping[str, str]) -> str | None:
    """The id of the section that a cell names: by title, id or number; "" where it is blank."""
    words = _plain(text)
    if not words:
        return ""
    known = {_plain(title): identity for identity, title in titles.items()}
    known |= {_plain(identity): identity for identity in titles}
    if words in known:
        return known[words]
    numbered = _NUMBERED.fullmatch(words)
    if numbered and 0 < int(numbered[1]) <= len(titles):
        identity = list(titles)[int(numbered[1]) - 1]
        return identity if _plain(numbered[2]) in ("", _plain(titles[identity])) else None
    return None


def near(text: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """The nearest known, in words for the end of a message; "" where none is near."""
    guess = nearest(_plain(text), list(known))
    return f"; {guess!r} may be meant" if guess else ""


def same(one: str, other: str) -> bool:
    """Whether two texts differ in spaces and line ends alone."""
    return one.split() == other.split()


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").strip(" .").split())
