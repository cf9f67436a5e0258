"""The town or village behind an address or before a postcode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.lists import is_place, is_plain, kind_of
from thememiner.deidentifying.normalising import CAPITAL
from thememiner.deidentifying.vocabulary import CALENDAR, NOT_NAMES, PLACES, RELATIONS, ROLES, TITLES, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thememiner.deidentifying.identifiers import Hit

_WORD = rf"[{CAPITAL}](?:[^\W\d_]|['’])*(?!\w)"
# The small words inside some: "Example upon Tees", "Example-in-the-Marsh".
_SPACED = "on|upon|under|le|the|cum|super|y|next the|on the|in the"
_HYPHENED = "on|upon|under|le|la|the|in|by|next|of|cum|super|en|y"
NAME = rf"{_WORD}(?:(?: (?:{_SPACED}) |-(?:(?:{_HYPHENED})-){{0,2}}| ){_WORD}){{0,3}}"
# In a text that is all in capitals these end what looks like one name.
_SMALL = re.compile(
    r" (?:AND|OR|IS|WAS|HAS|HAD|WHO|WITH|TO|IN|AT|ON|OF|FOR|FROM|BY|THEN|WHEN|AS|BUT|BECAUSE|SINCE|WHERE"
    r"|THAT|WHICH|HE"
    r"|SHE|THEY|WE|IT|HIS|HER|THEIR|ARE|WERE|NOT|ALONE)(?= |$)"
)
_BEHIND = re.compile(rf"(?:,| -|\n)[ \n]?(?P<name>{NAME})(?!:)")
_BEFORE = re.compile(rf"(?<![\w])(?P<name>{NAME}),? ?\(?$")
_REACH = 44
_NO_TOWN = (
    CALENDAR
    | RELATIONS
    | ROLES
    | TITLES
    | words("i a the this that then there when where after before and but hmp hmyoi yoi ysbyty cell")
)
# These begin the names of towns and villages.
_FIRST = words(
    """north south east west upper lower great little long high new old market nether over royal kings
    bishops saint st church castle mill stoke port"""
)
# These end them, though a place of another sort ends so too.
_LAST = words("park green hill bridge city town road village bay well wood end")
_NO_END = (PLACES | NOT_NAMES) - _LAST - _FIRST


def find_towns(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Towns beside the addresses and postcodes among `hits`."""
    for kind, start, end in hits:
        if kind == "ADDRESS":
            match = _BEHIND.match(text, end)
            if match is not None:
                first, last = match.start("name"), end_of_name(match["name"], match.start("name"))
                if is_town(text[first:last], ends=not re.match(r" ?\w", text[last : last + 2])):
                    yield "PLACE", first, last
        elif kind == "POSTCODE":
            match = _BEFORE.search(text, max(0, start - _REACH), start)
            if match is not None and is_town(match["name"], ends=True):
                yield "PLACE", *match.span("name")


def end_of_name(name: str, start: int) -> int:
    """Where a name that begins at `start` ends: in capitals, before the first small word."""
    small = _SMALL.search(name) if name.isupper() else None
    return start + (small.start() if small else len(name))


def is_town(name: str, *, ends: bool) -> bool:
    """Whether words with capitals are a town's name; `ends` if no other word follows."""
    spoken = [word.lower() for word in re.split(r"[ \-]", name)]
    if any(word in _NO_TOWN for word in spoken) or any(character.isdigit() for character in name):
        return False
    if spoken[-1] in _NO_END or name.endswith(("'s", "’s")):
        return False
    if spoken[0] in NOT_NAMES and not (len(spoken) > 1 and spoken[0] in _FIRST):
        return False
    if len(spoken) > 1 or is_place(spoken[0]):
        return not all(word in NOT_NAMES for word in spoken)
    # One word: a listed name of people or a word needs the sign that it ends here.
    return len(name) > 2 and (ends or not kind_of(spoken[0])) and not (is_plain(spoken[0]) and not ends)


# Common elements of place names in Britain and Ireland; the Ordnance Survey has glossaries of their origins.
_SHAPE = re.compile(
    r".{2}(?:ton|ham|ley|leigh|by|thorpe|wick|worth|field|ford|bury|borough|burgh|brough|dale|wich|mouth|pool|stead|chester"
    r"|caster|combe|minster|hurst|stow|bridge|church|gate|mere|moor|side|haven|port|shaw)$"
    r"|^(?:llan|aber|tre|pen|pont|caer|inver|bally|dun|kil|kirk|auchter|strath|cwm|rhyd|ynys|bryn).{3}"
)


def is_named_town(name: str) -> bool:
    """Whether a name is a town's by the lists or by its shape."""
    last = re.split(r"[ \-]", name.lower())[-1]
    return is_sure_town(name) and ("p" in kind_of(last) or bool(_SHAPE.search(last)))


def is_sure_town(name: str) -> bool:
    """Whether a name is a town's by the lists or by its shape, or is in no list at all."""
    spoken = re.split(r"[ \-]", name.lower())
    if not is_town(name, ends=True) or re.search(r"[a-z][A-Z]", name):
        return False
    if name.isupper() and "p" not in kind_of(name.lower()):
        return False
    kinds = set(kind_of(spoken[-1]))
    if "p" in kinds or "p" in kind_of(name.lower()) or is_place(spoken[0]):
        return True
    return not kinds & set("wnvFfes") or (
        "s" in kinds and not kinds & set("wF") and bool(_SHAPE.search(spoken[-1]))
    )
