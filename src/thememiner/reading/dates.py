"""Dates as people and systems write them → yyyy-mm-dd, the day before the month as in the UK."""

from __future__ import annotations

import datetime as dt
import re

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


def iso(written: str) -> str:
    """The date as yyyy-mm-dd, or "" when it cannot be read; a time after it is left out."""
    text = _DAY.sub("", written.strip(), count=1)
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _date(match[1], match[2], match[3])
    if match := _NUMBERS.match(text):
        return _date(match[3], match[2], match[1]) or _date(match[3], match[1], match[2])
    if match := _WORDS.match(text):
        return _date(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.match(text):
        return _date(match[3], _month(match[1]), match[2])
    return ""


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
