"""Months and quarters: dates → periods, their names, and which of them the records cover.

Quarters are those of the financial year, April to March, which begin with those of the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from thememiner.wording import period_name

Period = Literal["month", "quarter"]
PERIODS: tuple[Period, ...] = ("month", "quarter")

_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3}
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?![\d-])")
_YEARS = range(1900, 2200)  # "9999-12-31" is how some systems write that there is no date
# Days that may lack at an end of the records before its period counts as incomplete: with a few reports a
# week the last days of a whole month are often empty.
_SLACK = dt.timedelta(days=7)


def days(date: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that an ISO date may mean: one day, or a month's; None for no such date."""
    match = _DATE.match(date)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if year not in _YEARS:
        return None
    try:
        if day:
            return (dt.date(year, month, day),) * 2
        return dt.date(year, month, 1), _last(year * 12 + month - 1)
    except ValueError:
        return None


def number(day: dt.date, period: Period) -> int:
    """The period that a day falls in, as a number that grows by one a period."""
    return (day.year * 12 + day.month - 1) // _MONTHS[period]


def first_day(number: int, period: Period) -> dt.date:
    """The first day of a period."""
    month = number * _MONTHS[period]
    return dt.date(month // 12, month % 12 + 1, 1)


def last_day(number: int, period: Period) -> dt.date:
    """The last day of a period."""
    return _last((number + 1) * _MONTHS[period] - 1)


def name(day: dt.date, period: Period) -> str:
    """What the period of a day is called: "Apr 2025", or "2025/26 Q1" of the financial year."""
    return period_name(day.isoformat(), period)


def called(start: str, period: Period) -> str:
    """What the period that begins on an ISO day is called."""
    return period_name(start, period)


def covers(start: str, period: Period, date: str) -> bool:
    """Whether a date stands in the period that begins on an ISO day."""
    span = days(date)
    return span is not None and number(span[0], period) == number(dt.date.fromisoformat(start), period)


def incomplete(number: int, period: Period, first: dt.date, last: dt.date) -> bool:
    """Whether records from the day `first` to the day `last` leave a week or more of a period uncovered."""
    return first - first_day(number, period) >= _SLACK or last_day(number, period) - last >= _SLACK


def _last(month: int) -> dt.date:
    """The last day of a month, counted from the year 0."""
    year, before = divmod(month + 1, 12)
    return dt.date(year, before + 1, 1) - dt.timedelta(days=1)
