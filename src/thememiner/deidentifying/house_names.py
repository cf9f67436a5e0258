"""Addresses that a town behind them tells, and the house's name or the part of it before the number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.addresses import POSTCODE
from thememiner.deidentifying.houses import HOUSE
from thememiner.deidentifying.lists import is_plain
from thememiner.deidentifying.normalising import CAPITAL
from thememiner.deidentifying.towns import NAME, end_of_name, is_named_town
from thememiner.deidentifying.vocabulary import CALENDAR, NOT_NAMES, PLACES, RELATIONS, ROLES, TITLES, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thememiner.deidentifying.identifiers import Hit

# Of the words that end the names of organisations these end those of streets as well.
_ENDS = words(
    "street road lane avenue close drive way park city town village house court lodge hall farm villa villas"
)
# A house before a postcode, with a village or two between, or before a town.
_CAPITALS = rf"[{CAPITAL}][\w'’\-]*(?: [{CAPITAL}][\w'’\-]*){{0,2}}"
_IN_TOWN = re.compile(
    rf"(?P<house>{HOUSE})"
    rf"(?:(?=(?:, ?{_CAPITALS}){{0,2}},? \(?(?i:{POSTCODE}))|, (?P<town>{NAME}))"
)
# "Type 2 Example Disease, Exampleton"
_COUNTED = re.compile(r"(?:[Tt]ype|[Gg]rade|[Ss]tage|[Pp]hase|[Ff]actor) $")
# What a part of a house is called; with a number or a letter behind it or alone.
_PARTS = words(
    """flat unit block house annexe annex lodge cottage room apartment floor suite court farm barn villa
    bungalow caravan pitch plot studio maisonette basement wing building tower manor hall rectory
    vicarage grange"""
)
_BEFORE = re.compile(
    rf"(?<![\w,])(?P<name>[{CAPITAL}][\w'’]*(?:[ \-][{CAPITAL}][\w'’]*){{0,3}}(?: \d{{1,3}}[a-z]?)?), $"
)
# In capitals, what stands before a house and is none of its name.
_SMALL = re.compile(
    r"^(?:.* )?(?:AT|OF|IN|TO|FROM|IS|WAS|AND|THE|NEAR|FOR|LIVES|ADDRESS|HOME|HER|HIS|GO|STAYS) (?=\S)"
)
# What is called so by its address is open to all, and stays.
_ORGANISATIONS = PLACES - _PARTS - words("street road lane avenue close drive way park city town village")
_NO_HOUSE = CALENDAR | RELATIONS | ROLES | TITLES
_REACH = 48


def find_house_names(text: str, hits: Iterable[Hit], people: Iterable[tuple[int, int, int]]) -> Iterator[Hit]:
    """Addresses that begin with a house's name or a part's: "Larkspur Cottage, 14 Mill Lane"."""
    ends = [(start, end) for start, end, _ in people]
    for kind, start, end in hits:
        if kind != "ADDRESS" or not text[start].isdigit():
            continue
        match = _BEFORE.search(text, max(0, start - _REACH), start)
        if match is None:
            continue
        name = match["name"]
        small = _SMALL.match(name) if name.isupper() else None
        first = match.start("name") + (small.end() if small else 0)
        if not any(a < start and first < b for a, b in ends) and _is_house(text[first : match.end("name")]):
            yield kind, first, end


def find_houses_in_towns(text: str) -> Iterator[Hit]:
    """Houses that only the town or postcode behind them tells: "15 West End, Exampleton"."""
    for match in _IN_TOWN.finditer(text):
        if _COUNTED.search(text, max(0, match.start() - 10), match.start()):
            continue
        if match["town"] is not None:
            town = match["town"][: end_of_name(match["town"], 0)]
            spoken = match["house"].lower().split()[1:]
            if not is_named_town(town) or any(word in PLACES - _ENDS for word in spoken):
                continue
        yield "ADDRESS", *match.span("house")


def _is_house(name: str) -> bool:
    spoken = [word.lower() for word in re.split(r"[ \-]", name)]
    if any(word in _ORGANISATIONS for word in spoken):
        return False
    if any(word in _PARTS for word in spoken):
        return True
    if spoken[-1][0].isdigit() or any(word in _NO_HOUSE for word in spoken) or name.isupper():
        return False
    if len(spoken) == 1:
        return spoken[0] not in NOT_NAMES and not is_plain(spoken[0])
    return not all(word in NOT_NAMES for word in spoken)
