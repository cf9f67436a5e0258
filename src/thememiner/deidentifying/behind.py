"""What stands straight behind a person's name: a great age, a date of birth, the house where they live."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.ages import GREAT, GREAT_WORDS, KIND, NO_AGE
from thememiner.deidentifying.dates import WHOLE_DATE
from thememiner.deidentifying.houses import HOUSE
from thememiner.deidentifying.vocabulary import RELATIONS, ROLES, TITLES, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thememiner.deidentifying.identifiers import Hit

_MASKED = re.compile(r"\[PERSON(?: \d+)?\]")
_AGE_BEHIND = re.compile(
    r"(?:'s (?:now |only |just )?| ?[(\[] ?(?:(?-i:[MF])[ ,/]{1,2}|(?:fe)?male,? )?"
    r"|, (?:[a-z][a-z' \-]{2,28}, )?"
    r"|,? (?:is|was|turned|turns|turning|aged?|now|at|then)(?: (?:now|only|just|nearly|almost|about"
    r"|already|still|aged?)){0,2} "
    rf"| )(?P<id>(?:{GREAT}\+?|{GREAT_WORDS}){NO_AGE})",
    re.IGNORECASE,
)
_DATE_BEHIND = re.compile(
    r"(?:'s (?:notes|records?|charts?|file|letters?|form|bloods|label|results?"
    r"|wristband))?(?P<gap>,? ?[(\[] ?|, | )"
    r"(?:(?:aged? )?\d{1,3}(?: ?(?:yo|yrs?|y/o|y))?,? (?:\()?)?(?:(?-i:[MF])[,/ ] ?|(?:fe)?male,? )?"
    rf"(?P<id>{WHOLE_DATE})(?![\d/:\w]| ?- ?\d)(?=(?P<then>[)\],;.]|[^\w]|$))",
    re.IGNORECASE,
)
_HOUSE_BEHIND = re.compile(rf", (?P<id>{HOUSE})(?=[,.;)\"']|\n|$)")
# A number of somebody's, and then their date of birth.
_NUMBERS = ("NHS NUMBER", "HOSPITAL NUMBER")
# Dates up to this year, straight behind a name, are of birth; later ones may be of what happened.
_LAST_YEAR = 2012
_PIVOT = 30
_STAFF = (TITLES | ROLES) - words(
    "mr mrs ms miss mx master patient pt client resident deceased victim lady lord sir sister"
) | words("rn hca odp ot sho consultant locum signed by")
# What happens before a name with the day on which it did: "seen by Zoe Quill (1/2/2024)".
_EVENT = words(
    """by with from to per saw met rang called phoned signed died d/w cc spoke told asked reviewed email
    emailed letter call visit statement interview interviewed seen via d"""
)
_SENTENCE = re.compile(r"[.!?;\n](?:\s|$)")
_TITLE = re.compile(r"(?<![a-z])(?:mr|mrs|ms|miss|dr|prof|st)\. ?$", re.IGNORECASE)
_AT = re.compile(
    rf"(?<= at )(?P<id>{GREAT}|{GREAT_WORDS}){NO_AGE}(?=[,.;!?)]|\n|$| and | with )", re.IGNORECASE
)
_SOMEBODY = re.compile(
    rf"(?<!\w)(?:he|she|i|{'|'.join(sorted(RELATIONS, key=len, reverse=True))})(?!\w)|\[PERSON", re.IGNORECASE
)
_MEASURED = re.compile(
    r"\d|(?<![a-z])(?:sats?|saturat\w*|spo2|oxygen|pulse|heart|rate|hr|bp|pressure|systolic|temp\w*|hb|bm|glucose|weight|wt"
    r"|bmi|score\w*|news|level|target|room|bed|bay|ward|junction|speed|mph|capacity|occupancy|compliance|percent\w*|house"
    r"|number|lives|running|stood|stands|peaked|steady|stable)(?![a-z])",
    re.IGNORECASE,
)


def find_behind(text: str, people: Iterable[tuple[int, int, int]], hits: Iterable[Hit]) -> Iterator[Hit]:
    """Great ages, dates of birth and houses behind `people` or their masks; dates behind their numbers."""
    spans = sorted([(start, end) for start, end, _ in people] + [m.span() for m in _MASKED.finditer(text)])
    for start, end in spans:
        age = _AGE_BEHIND.match(text, end)
        if age is not None:
            yield KIND, *age.span("id")
        date = _DATE_BEHIND.match(text, end)
        if date is not None and _is_birth(text, start, date):
            yield "DATE OF BIRTH", *date.span("id")
        house = _HOUSE_BEHIND.match(text, end)
        if house is not None:
            yield "ADDRESS", *house.span("id")
    for kind, _, end in hits:
        if kind in _NUMBERS:
            date = _DATE_BEHIND.match(text, end)
            if date is not None and _year(date["id"]) <= _LAST_YEAR:
                yield "DATE OF BIRTH", *date.span("id")
    for at in _AT.finditer(text):
        if _is_of_somebody(text, at.start(), spans):
            yield KIND, *at.span("id")


def _is_birth(text: str, start: int, date: re.Match[str]) -> bool:
    before = re.findall(r"[a-z/]+", text[max(0, start - 24) : start].lower())[-2:]
    if any(word in _STAFF for word in before[-1:]) or not _is_day(date["id"]):
        return False
    if _year(date["id"]) <= _LAST_YEAR:
        return True
    # A child's; an event's day stands behind a name too, but seldom in brackets of its own.
    return (
        date["gap"].strip(" ,") in {"(", "["} and date["then"] in ")],;" and not _EVENT.intersection(before)
    )


def _is_day(date: str) -> bool:
    """Whether the numbers of a date can be those of a day and a month."""
    numbers = [int(number) for number in re.findall(r"\d+", date)]
    small = sorted(number for number in numbers[:2] + numbers[-1:] if number <= 31)
    return len(numbers) < 3 or (0 not in numbers[:2] and len(small) >= 2 and small[0] <= 12)


def _year(date: str) -> int:
    numbers = re.findall(r"\d+", date)
    year = next((int(number) for number in numbers if len(number) == 4), int(numbers[-1]))
    return year if year > 99 else year + (1900 if year >= _PIVOT else 2000)


def _is_of_somebody(text: str, at: int, people: list[tuple[int, int]]) -> bool:
    """Whether the sentence up to `at` tells of somebody, and of nothing that is measured or counted."""
    first = max(0, at - 160)
    for match in _SENTENCE.finditer(text, first, at):
        if not _TITLE.search(text, max(0, match.start() - 5), match.start() + 1):
            first = match.end()
    said = text[first:at]
    return not _MEASURED.search(said) and (
        _SOMEBODY.search(said) is not None or any(start < at and first < end for start, end in people)
    )
