"""The town or village where a person lives, is from, moved to or was found; organisations keep theirs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from thememiner.deidentifying.lists import kind_of, load
from thememiner.deidentifying.normalising import CAPITAL
from thememiner.deidentifying.vocabulary import (
    CALENDAR,
    NAMES_AND_WORDS,
    NOT_NAMES,
    PLACES,
    RELATIONS,
    ROLES,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PERSON = "|".join(
    sorted(
        words(
            "man woman boy girl lady gentleman male female pensioner teenager person tourist visitor student"
        )
        | {word for word in RELATIONS if word not in {"carer", "child", "baby"}}
    )
)
_WITH = (
    r"(?: (?:alone|independently|together|locally|permanently|at home|on (?:his|her|their) own"
    r"|(?:with|opposite|near|next to) (?:[\w'’-]+ ){0,4}?[\w'’-]+"
    r"|(?:in|at) (?:a|an|the|his|her|their|our|my|supported|sheltered|rented|council) "
    r"(?:[\w'’-]+ ){0,4}?[\w'’-]+"
    r"))?"
)
# What comes before a place where one lives, up to the preposition; and words of which it has one at least.
_HOME = re.compile(
    rf"(?<![\w])(?:"
    r"(?:lived|lives|living|resided|resides|residing|settled|grew up|brought up|raised|(?:i|we|they) live)"
    rf"{_WITH}"
    r"(?: again| now| then)? (?:in|near|outside|around)"
    r"|(?:moved|moving|relocated|relocating|returned|returning)(?: back| home| house| away| down| up| out)?"
    r"(?: from [\w'’-]+)? to(?: live in)?"
    rf"|(?:{_PERSON}|originally|(?:he|she) (?:is|was|came|comes)|i am|i'm|they (?:are|were)) from"
    r"|(?:resident|native|inhabitant) of"
    r"|(?:home ?town|home village) (?:of|is|was)"
    r"|(?:home|house|flat|property|bungalow|accommodation|lodgings|address) in"
    r"|(?:aged \d{1,3}|years? old|year-old (?:man|woman|boy|girl)),? (?:of|from)"
    r") $",
    re.IGNORECASE,
)
# Patients are moved to wards more often than to towns.
_MOVED = re.compile(
    r"(?<!\w)(?:moved|moving|returned|returning)(?: back)?(?: from [\w'’-]+)? to $", re.IGNORECASE
)
_HOME_WORDS = words(
    """lived lives living resided resides residing settled grew brought raised live moved moving relocated
    relocating returned returning originally he she i i'm they resident native inhabitant hometown town
    village home house flat property bungalow accommodation lodgings address aged old year-old"""
) | words(_PERSON.replace("|", " "))
# Where a person may be found: it is masked only where it is a town of the lists.
_FOUND = re.compile(
    r"(?<![\w])(?:found|located|seen|sighted|arrested|detained|travelled|drove|born)"
    r"(?: safe and well| dead| deceased| unresponsive| wandering)? (?:in|at|near|to) $",
    re.IGNORECASE,
)
_FOUND_WORDS = words("found located seen sighted arrested detained travelled drove born")
_BEFORE = re.compile(r" (?:in|near|outside|around|to|from|of|is|was|at) (?=[^\W\d_])", re.IGNORECASE)
# How far back a place's cue may begin, in characters.
_REACH = 90
_CAPITALISED = re.compile(
    rf"[{CAPITAL}][\w]+(?:['’-]\w+)*"
    r"(?:(?: |-)(?:(?:on|upon|under|le|the|in|by|with|next|of|cum|super|en|y)(?: |-))"
    rf"{{0,2}}[{CAPITAL}]\w+(?:['’-]\w+)*){{0,3}}"
)
_LOWER = re.compile(r"[a-z]+(?:[ '-][a-z]+){0,3}")
_LOWER_START = re.compile(r"[a-z]+")
_AFTER_PERSON = re.compile(r"(?:,? (?:[a-z]+ ){0,2}?[a-z]+)?, ", re.IGNORECASE)
_SPOKEN = re.compile(r"[^ ]+")
_SMALL = words(
    """and or but with where when who which that then as at by for from in on to of is was were has had have
    since until after before because so alone again now"""
)
_DIRECTIONS = words("north south east west central greater mid upper lower little great old new inner outer")
_NO_PLACE = words(
    """ward unit icu itu hdu a&e ed respite care residential supported independent critical theatre
    recovery bed bay i he she it my his her their our the a an this that mr mrs dr"""
)


def find_places(text: str, people: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """(start, end) of the places where people live, of whom some stand at `people`."""
    found: list[tuple[int, int]] = []
    for cue in _BEFORE.finditer(text):
        end = cue.end()
        if not text[end].isupper() and not _in_places(text, end):
            continue
        before = text[max(0, end - _REACH) : end]
        spoken = before.lower().replace(",", " ").split()
        if not _HOME_WORDS.isdisjoint(spoken) and _HOME.search(before):
            if not (_MOVED.search(before) and _is_ward_name(text, end)):
                found += _place(text, end, listed=False)
        elif not _FOUND_WORDS.isdisjoint(spoken) and _FOUND.search(before):
            found += _place(text, end, listed=True)
    for _, end, _ in people:
        behind = _AFTER_PERSON.match(text, end)
        if behind is not None:
            found += _place(text, behind.end(), listed=True, council=True)
            short = text.startswith(", ", end)
            if short:
                found += _place(text, end + 2, listed=True, council=True)
    return found


def _is_ward_name(text: str, start: int) -> bool:
    """Whether one word stands there that is a name or a word but no place, as wards are called."""
    match = _CAPITALISED.match(text, start)
    return (
        match is not None
        and " " not in match[0]
        and bool({*"Ffsnw"} & {*kind_of(match[0].lower())})
        and ("p" not in kind_of(match[0].lower()))
    )


def _in_places(text: str, start: int) -> bool:
    match = _LOWER_START.match(text, start)
    return match is not None and match[0] in _firsts()


@lru_cache(maxsize=1)
def _firsts() -> frozenset[str]:
    """The first words of the places of the lists, but for those that are plain words."""
    firsts = {re.split(r"[ '-]", place)[0] for place, kind in load().items() if "p" in kind}
    return frozenset(word for word in firsts if word not in NOT_NAMES)


def _place(text: str, start: int, *, listed: bool, council: bool = False) -> Iterator[tuple[int, int]]:
    match = _CAPITALISED.match(text, start)
    if match is not None and match[0].isupper() and text[start - 2].isupper():
        # Where all is in capitals these tell nothing of a word, and what follows a place has them too.
        listed = True
        cut = next((word.start() for word in _SPOKEN.finditer(match[0]) if word[0].lower() in _SMALL), 0)
        match = _CAPITALISED.match(text, start, start + cut - 1) if cut else match
    if match is not None:
        end = _end(text, match, listed=listed, council=council)
    else:
        end = _lower_end(text, start, council=council)
    if end:
        yield start, end


def _end(text: str, match: re.Match[str], *, listed: bool, council: bool) -> int:
    """Where the place in a run of capitalised words ends; 0 if it is none."""
    seen = match[0]
    spoken = re.split(r"[ ]", seen)
    places = load()
    whole = " " in seen and "p" in places.get(seen.lower(), "")
    if not whole and any(
        word.lower() in PLACES or word.lower() in NOT_NAMES - _DIRECTIONS - {"royal"} for word in spoken
    ):
        first = spoken[0].lower()
        if council and len(spoken) == 2 and "p" in kind_of(first) and spoken[1].lower() == "council":
            return match.start() + len(spoken[0])
        return 0
    if seen.lower() in CALENDAR or text.startswith(("'s", "’s"), match.end()) or seen.endswith(("'s", "’s")):
        return 0
    following = re.match(r" ([A-Za-z]+)", text[match.end() : match.end() + 30])
    if following and following[1].lower() in PLACES and not (council and following[1].lower() == "council"):
        return 0
    known = "p" in places.get(seen.lower(), "") or "p" in places.get(spoken[-1].lower(), "")
    if spoken[0].lower() in _NO_PLACE or (seen.isupper() and len(seen) < 5 and not known):
        return 0
    kind = kind_of(spoken[0].lower())
    if listed:
        return match.end() if known else 0
    plain = len(spoken) == 1 and not known and ("w" in kind or spoken[0].lower() in ROLES | NAMES_AND_WORDS)
    return 0 if plain else match.end()


def _lower_end(text: str, start: int, *, council: bool) -> int:
    """Where a place in lower case ends: only those of the lists that are no words."""
    match = _LOWER.match(text, start)
    if match is None:
        return 0
    places, seen = load(), match[0]
    while seen:
        kind = places.get(seen, "")
        if "p" in kind and not {"w", "x", "r", "F", "f"} & set(kind):
            following = text[start + len(seen) : start + len(seen) + 20].split()
            if following and text.startswith(" ", start + len(seen)):
                word = following[0].strip(".,;")
                if word in PLACES and not (council and word == "council"):
                    return 0
            return start + len(seen)
        cut = max(seen.rfind(" "), seen.rfind("-"), seen.rfind("'"))
        seen = seen[:cut] if cut > 0 else ""
    return 0
