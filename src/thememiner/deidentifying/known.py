"""What a record's own columns say of people, masked wherever its text has it, typing slips and all.

A name of five letters or more is met with one letter missing, added, wrong or two changed about; a
number of five characters or more likewise, in any spacing; a date of birth however it is written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from thememiner.deidentifying.capitals import PARTICLES
from thememiner.deidentifying.dates import DATE, MONTH
from thememiner.deidentifying.identifiers import squeezed
from thememiner.deidentifying.normalising import plain
from thememiner.deidentifying.numbers import nhs_number_is_valid
from thememiner.deidentifying.slips import Slips
from thememiner.deidentifying.vocabulary import CALENDAR, NAMES_AND_WORDS, NOT_NAMES, ROLES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from thememiner.deidentifying.identifiers import Hit

Known = tuple[tuple[str, str], ...]
# (start, end, number) of a person; (start, end, which of the known values) of a known one.
Person = tuple[int, int, int]

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EXISTING = re.compile(r"\[PERSON (\d+)\]")
# Shorter names and numbers are met only as they are; the shortest number that is looked for at all.
_TOLERANT, _SHORTEST_NUMBER = 5, 4
# What a column holds when it holds nobody.
_NOBODY = frozenset(
    "n/a na none nil null nan unknown anonymous withheld redacted self patient staff not known tbc other yes"
    " no various".split()
)
_ORDINARY = NOT_NAMES | NAMES_AND_WORDS | CALENDAR | ROLES | TITLES


def find_known(text: str, known: Known) -> tuple[list[Hit], list[Person]]:
    """The hits of what is known in `text`, and its people, each with its place in `known`."""
    values: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, (sort, given) in enumerate(known):
        value, _ = plain(given)
        if value.strip() and value.strip().lower() not in _NOBODY:
            values[sort].append((place, value.strip()))
    hits: list[Hit] = []
    hits += _dates(text, {date for _, value in values["date of birth"] if (date := _day(value))})
    hits += _numbers(text, [value for _, value in values["number"]], "NUMBER")
    hits += _numbers(text, [value for _, value in values["phone"]], "PHONE")
    hits += _phrases(text, [value for _, value in values["e-mail"]], "EMAIL")
    hits += _phrases(
        text, [part for _, value in values["address"] for part in _address_parts(value)], "ADDRESS"
    )
    return hits, list(_people(text, values["person"])) if values["person"] else []


def number_people(text: str, people: list[Person], known: list[Person]) -> list[Person]:
    """The people found and the known ones, each known one under one number: its own where it was found.

    `known` are in order and do not overlap.
    """
    last = max((int(match[1]) for match in _EXISTING.finditer(text)), default=0)
    free = max([last, *(number for _, _, number in people)]) + 1
    numbers: dict[int, int] = {}
    found = sorted(people)
    at = 0
    for start, end, place in known:
        while at < len(found) and found[at][1] <= start:
            at += 1
        if place not in numbers and at < len(found) and found[at][0] < end:
            numbers[place] = found[at][2]
    for _, _, place in known:
        if place not in numbers:
            numbers[place] = free
            free += 1
    known = _widened(text, known, found)
    ends = [end for _, end, _ in known]
    kept = []
    for person in found:
        at = bisect_right(ends, person[0])
        if at == len(known) or person[1] <= known[at][0]:
            kept.append(person)
    # A number that only stood where a known person stands is free again, and none is left out.
    order: dict[int, int] = {}
    every = sorted([*kept, *((start, end, numbers[place]) for start, end, place in known)])
    return [(start, end, order.setdefault(n, last + len(order) + 1)) for start, end, n in every]


def _widened(text: str, known: list[Person], found: list[Person]) -> list[Person]:
    """The known people, each with the rest of a longer name that was found around it: of "Ada Peverell" a
    column may know the surname alone.
    """
    wide: list[Person] = []
    at = 0
    for start, end, _ in found:
        while at < len(known) and known[at][1] <= start:
            wide.append(known[at])
            at += 1
        inside: list[Person] = []
        while at < len(known) and known[at][0] < end:
            first, last, whose = known[at]
            if inside and inside[-1][2] == whose:
                first = inside.pop()[0]
            elif inside:  # what stands between two of them belongs to the first
                before = inside.pop()
                inside.append((before[0], before[0] + len(text[before[0] : first].rstrip()), before[2]))
            inside.append((first if inside else min(first, start), last, whose))
            at += 1
        if inside:
            first, last, whose = inside.pop()
            inside.append((first, max(last, end), whose))
        wide += inside
    return [*wide, *known[at:]]


# ---------------------------------------------------------------- people


def _people(text: str, values: list[tuple[int, str]]) -> Iterator[Person]:
    names: dict[str, int] = {}
    for place, value in values:
        for word in _WORD.findall(value):
            for form in {word, *_PART.findall(word)}:
                lower = form.lower()
                if len(lower) > 1 and lower not in TITLES and lower not in PARTICLES and lower not in _NOBODY:
                    names.setdefault(lower, place)
    slips = Slips(name for name in names if len(name) >= _TOLERANT)
    lowered = not any(character.isupper() for character in text)
    met: dict[str, int | None] = {}
    last: Person | None = None
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in met:
            met[word] = _whose(word, names, slips, lowered=lowered)
        whose = met[word]
        if whose is None:
            continue
        start, end = match.span()
        if word[-2:] in {"'s", "’s", "'S", "’S"}:
            end -= 2
        if last and text[last[1] : start] in {" ", ", ", "-"}:
            last = (last[0], end, last[2])
            continue
        if last:
            yield last
        last = (start, end, whose)
    if last:
        yield last


def _whose(word: str, names: dict[str, int], slips: Slips, *, lowered: bool) -> int | None:
    """Whose name a word of the text is: its place among the known values, None for nobody's."""
    stem = re.sub(r"['’]s$", "", word, flags=re.IGNORECASE)
    lower = stem.lower()
    capital = stem[:1].isupper()
    if lower in names:
        return names[lower] if capital or lower not in _ORDINARY else None
    for part in _PART.findall(stem):
        if part.lower() in names and part != stem and capital:
            return names[part.lower()]
    if (
        len(lower) < _TOLERANT - 1
        or lower in _ORDINARY
        or not (capital or (lowered and len(lower) > _TOLERANT))
    ):
        return None
    near = slips.nearest(lower)
    return names[near] if near else None


# ---------------------------------------------------------------- numbers

_GROUP = re.compile(r"[0-9][0-9Oo]*(?![a-np-z])|[0-9]+")
_BETWEEN = re.compile(r"[ .\-/()\n+_,]{1,3}")


def _numbers(text: str, values: Iterable[str], kind: str) -> Iterator[Hit]:
    """Where a known number stands: its digits in any spacing, with the letters around them."""
    wanted: dict[str, tuple[str, str]] = {}
    for value in values:
        digits = "".join(character for character in value if character.isdigit())
        if len(digits) >= _SHORTEST_NUMBER:
            for form in _phone_forms(digits) if kind == "PHONE" else {digits}:
                named = "NHS NUMBER" if kind == "NUMBER" and nhs_number_is_valid(form) else kind
                wanted[form] = named, squeezed(value)
    if not wanted:
        return
    slips = Slips(digits for digits in wanted if len(digits) >= _TOLERANT)
    lengths = {len(digits) + change for digits in wanted for change in (-1, 0, 1)}
    longest = max(lengths)
    groups = [match.span() for match in _GROUP.finditer(text)]
    for first, (start, _) in enumerate(groups):
        if start and text[start - 1].isdigit():
            continue
        best, best_end = "", start
        for digits, end in _joined(text, groups, first, longest):
            if len(digits) not in lengths:
                continue
            name = digits if digits in wanted else slips.nearest(digits)
            if name:
                best, best_end = name, end
            if name == digits:
                break
        if not best:
            continue
        named, value = wanted[best]
        place = _with_letters(text, start, best_end)
        # Few digits say little without their letters: "K1234" is no time.
        if len(best) >= _TOLERANT or value == best or squeezed(text[slice(*place)]) == value:
            yield named, *place


def _joined(
    text: str, groups: Sequence[tuple[int, int]], first: int, longest: int
) -> Iterator[tuple[str, int]]:
    """The digits from a group on, joined group by group, and where each ends."""
    digits = ""
    last = groups[first][0]
    for start, end in groups[first : first + longest + 1]:
        if digits and not _BETWEEN.fullmatch(text, last, start) and last != start:
            return
        digits += text[start:end].replace("O", "0").replace("o", "0")
        last = end
        if len(digits) > longest:
            return
        yield digits, last


def _phone_forms(digits: str) -> set[str]:
    """A telephone number in national and international form; a short one only as it is."""
    if len(digits) < 9:
        return {digits}
    national = "0" + digits.removeprefix("00").removeprefix("44").lstrip("0")
    return {digits, national, "44" + national[1:], "0044" + national[1:], "440" + national[1:]}


def _with_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """A number with up to four letters that are written onto it."""
    while start and text[start - 1].isalpha() and text[start - 1].isascii() and end - start < 40:
        start -= 1
    while end < len(text) and text[end].isalpha() and text[end].isascii() and end - start < 40:
        end += 1
    return start, end


# ---------------------------------------------------------------- dates, e-mail and postal addresses

_DATE = re.compile(rf"(?<![\d/])(?:{DATE})(?!\d)", re.IGNORECASE)
_MONTH_NAME = re.compile(MONTH, re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _dates(text: str, days: set[tuple[int, int, int]]) -> Iterator[Hit]:
    if days:
        both = days | {(year, day, month) for year, month, day in days if day <= 12}
        for match in _DATE.finditer(text):
            if _day(match[0]) in both:
                yield "DATE OF BIRTH", match.start(), match.end()


def _day(written: str) -> tuple[int, int, int] | None:
    """(year of the century, month, day) of a date; None where one of them is not told."""
    # Up to the time of day: "1950-02-01T00:00", but not "1ST OCTOBER 1950".
    written = re.split(r"(?<=\d)T(?=\d)", written)[0]
    numbers = re.findall(r"\d+", written.partition(" 00:")[0])
    name = _MONTH_NAME.search(written)
    if name and len(numbers) >= 2:
        first, second = int(numbers[0]), int(numbers[1])
        day, year = (second, first) if first > 31 else (first, second)
        return year % 100, _MONTHS.index(name[0].lower()[:3]) + 1, day
    if len(numbers) == 1 and len(numbers[0]) == 8:
        whole = numbers[0]
        iso = whole[:2] in {"19", "20"} and int(whole[4:6]) <= 12
        numbers = [whole[:4], whole[4:6], whole[6:]] if iso else [whole[:2], whole[2:4], whole[4:]]
    if len(numbers) < 3:
        return None
    parts = [int(number) for number in numbers[:3]]
    year, month, day = parts if len(numbers[0]) == 4 else reversed(parts)
    return year % 100, month, day


def _phrases(text: str, values: Iterable[str], kind: str) -> Iterator[Hit]:
    """Where a value stands as it is, but for case and spaces."""
    for value in values:
        words = [re.escape(word) for word in value.split()]
        if sum(map(len, words)) >= _TOLERANT:
            phrase = r"[ \n]{0,3}".join(words)
            for match in re.finditer(rf"(?<!\w){phrase}(?!\w)", text, re.IGNORECASE):
                yield kind, match.start(), match.end()


_A_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?(?P<inward>\d[A-Z]{2})", re.IGNORECASE)


def _address_parts(value: str) -> Iterator[str]:
    """The parts of an address that are somebody's: with a number, or of several words; no town alone."""
    for part in re.split(r"[,\n;]", value):
        code = _A_POSTCODE.search(part)
        if code:
            yield f"{code[0][:-3].strip()} {code['inward']}"
            part = part.replace(code[0], "").strip()  # noqa: PLW2901
        if " " in part.strip():
            yield part
