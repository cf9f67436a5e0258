"""Dates as people and systems write them → yyyy-mm-dd, the day before the month as in the UK.

A date in numbers with the month first (04/13/2025) is read where it can be nothing else. One that could be
either (03/04/2025) is read day first, unless its column is written month first throughout (`Order`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})$")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-\s/]+([a-z]{3,9})\.?,?[-\s/]+(\d{4}|\d{2})(?!\d)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_DAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.IGNORECASE)
_PIVOT = 70  # a year of two digits from here on is of the last century
FEWEST = 3  # dates that can only be month first, from which a column is so: two may be slips
_SHOWN = 5  # rows of each sort in a sentence


@dataclass(frozen=True, slots=True)
class Order:
    """The rows of one column whose date in numbers can only be day first, only month first, or either."""

    day_first: tuple[int, ...] = ()
    month_first: tuple[int, ...] = ()
    either: tuple[int, ...] = ()

    @property
    def month_leads(self) -> bool:
        """Whether the column is written month first: enough of its dates only can be so, none day first."""
        return len(self.month_first) >= FEWEST and not self.day_first


def order(cells: Iterable[tuple[int, str]]) -> Order:
    """How the dates of a column, (number of the row, cell), are written.

    A date in words or year first, and one that is the same day either way (04/04/2025), says nothing of it.
    """
    day_first, month_first, either = list[int](), list[int](), list[int]()
    for row, written in cells:
        if match := _NUMBERS.match(_bare(written)):
            first, second = _date(match[3], match[2], match[1]), _date(match[3], match[1], match[2])
            if first and second:
                either += [row] if first != second else []
            elif first:
                day_first.append(row)
            elif second:
                month_first.append(row)
    return Order(tuple(day_first), tuple(month_first), tuple(either))


def told(column: str, found: Order) -> str:
    """A sentence on a column that has dates month first, without its values; "" for any other."""
    if not found.month_first:
        return ""
    how = "month first" if found.month_leads else "day first"
    return (
        f"{column}: {_counted(found.month_first)} can only be month first, {_counted(found.day_first)} only "
        f"day first, {_counted(found.either)} could be either{f', read {how}' if found.either else ''}"
    )


def _counted(rows: Sequence[int]) -> str:
    """How many, and the first rows: "12 (rows 2, 3, 5, 8, 9, ...)"."""
    if not rows:
        return "none"
    more = ", ..." if len(rows) > _SHOWN else ""
    return f"{len(rows):,} ({'row' if len(rows) == 1 else 'rows'} {', '.join(map(str, rows[:_SHOWN]))}{more})"


def iso(written: str, *, month_leads: bool = False) -> str:
    """The date as yyyy-mm-dd, or "" when it cannot be read; a time after it is left out.

    `month_leads` reads numbers that could be either month first.
    """
    text = _bare(written)
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _date(match[1], match[2], match[3])
    if match := _NUMBERS.match(text):
        day_first, month_first = _date(match[3], match[2], match[1]), _date(match[3], match[1], match[2])
        return (month_first or day_first) if month_leads else (day_first or month_first)
    if match := _WORDS.match(text):
        return _date(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.match(text):
        return _date(match[3], _month(match[1]), match[2])
    return ""


def _bare(written: str) -> str:
    """The date without the day of the week before it."""
    return _DAY.sub("", written.strip(), count=1)


def _month(word: str) -> str:
    short = word[:3].lower()
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else "0"


def _date(year: str, month: str, day: str) -> str:
    full = int(year)
    if len(year) == 2:
        full += 1900 if full >= _PIVOT else 2000
    try:
        return dt.date(full, int(month), int(day)).isoformat()
    except ValueError:
        return ""
