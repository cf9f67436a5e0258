"""Dates of events as their month and year, where the settings ask for it: "12/03/2024" → "March 2024"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.dates import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thememiner.deidentifying.identifiers import Hit

# The kind of such a mask; what is written in its place is the month itself.
KIND = "DATE"

_NAMES = "January February March April May June July August September October November December".split()
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?)?"
_TH = r"(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"(?<![\w/.])(?:{_WEEKDAY}(?:"
    r"(?P<y1>\d{4})[/.\-](?P<m1>\d{1,2})[/.\-]\d{1,2}(?![\d/])"
    r"|\d{1,2} ?(?P<gap>[/.\-]) ?(?P<m2>\d{1,2}) ?(?P=gap) ?(?P<y2>(?:19|20)?\d\d)(?![\d/%]|[.\-]\d)"
    rf"|(?:\d{{1,2}}{_TH} ?(?:-|to|and|&) ?)?\d{{1,2}}{_TH}[ \-/.](?:of )?(?P<m3>{MONTH})(?![a-z])"
    r"(?:\.?[ ,\-/.]{1,2}(?P<y3>(?:(?:19|20)\d\d|'?\d\d))(?![\d:]))?"
    rf"|(?-i:(?=[A-Z]))(?P<m4>{MONTH}) \d{{1,2}}{_TH}(?![\d:/]|[.]\d)(?:,? (?P<y4>(?:19|20)\d\d)(?!\d))?"
    r"))",
    re.IGNORECASE,
)


def days(text: str) -> Iterator[Hit]:
    """Every date in `text` that tells the day."""
    if not any(character.isdigit() for character in text):
        return
    for match in _DAY.finditer(text):
        if _month(match):
            yield KIND, match.start(), match.end()


def month_of(date: str) -> str:
    """The month and year of a date that tells its day: "12/03/2024" → "March 2024"."""
    match = _DAY.search(date)
    return " ".join(part for part in (_month(match), _year(match)) if part) if match else ""


def month_of_iso(date: str) -> str:
    """The year and month of an ISO date: "2024-03-12" → "2024-03"; anything else as it is."""
    return date[:7] if re.match(r"\d{4}-\d\d-\d\d", date) else date


def _month(match: re.Match[str]) -> str:
    """The month's name; "" when the number is none."""
    name = match["m3"] or match["m4"]
    if name:
        return next(month for month in _NAMES if month.lower().startswith(name.lower()[:3]))
    number = int(match["m1"] or match["m2"])
    return _NAMES[number - 1] if 1 <= number <= 12 else ""


def _year(match: re.Match[str]) -> str:
    year = (match["y1"] or match["y2"] or match["y3"] or match["y4"] or "").lstrip("'")
    return f"20{year}" if len(year) == 2 else year
