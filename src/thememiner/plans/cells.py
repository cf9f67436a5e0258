"""What people type into a plan's cells → what it means: a horizon, a status, a date, words of their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from thememiner.errors import nearest
from thememiner.plans.rows import STATUSES
from thememiner.records import STRENGTHS, Horizon
from thememiner.redacting.spreadsheets import would_run

# How each is written, and other words that people use for it.
_HORIZONS: dict[str, Horizon] = {
    **dict.fromkeys(("short", "short term", "short-term", "now"), "short"),
    **dict.fromkeys(("longer", "longer term", "longer-term", "long", "long term", "long-term"), "longer"),
}
_ALSO = {
    **dict.fromkeys(("complete", "completed", "closed", "finished", "achieved", "implemented"), "done"),
    **dict.fromkeys(("ongoing", "on-going", "started", "underway", "under way", "begun"), "in progress"),
    **dict.fromkeys(("rejected", "declined", "not agreed", "refused"), "not accepted"),
    **dict.fromkeys(("not begun", "to do", "to be started", "not done", "not yet started"), "not started"),
}
_SLIP = 0.85  # of likeness: a typing slip ("Dnoe", "in progres"), never another word ("not done")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NAMED_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]00:00(?::00)?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def horizon(text: str) -> Horizon | None:
    """The horizon that a cell names; None where it names none."""
    return _HORIZONS.get(_plain(text))


def strength(text: str) -> str | None:
    """The strength that a cell names, "" where it is blank; None where it names none."""
    words = _plain(text)
    return "" if not words else _near(words, dict.fromkeys(STRENGTHS))


def status(text: str) -> str:
    """The status that a cell means, out of `STATUSES`; else what people wrote, as they wrote it."""
    words = _plain(text)
    return _ALSO.get(words) or _near(words, dict.fromkeys(STATUSES)) or text.strip()


def due(text: str) -> str:
    """A date as yyyy-mm-dd, day before month as in the United Kingdom; anything else as people wrote it."""
    given = " ".join(text.split())
    if found := _ISO.fullmatch(given):
        return found[1]
    if found := _DAY.fullmatch(given):
        return _day(int(found[3]), int(found[2]), int(found[1])) or given
    if (found := _NAMED_DAY.fullmatch(given)) and (month := found[2][:3].lower()) in _MONTHS:
        return _day(int(found[3]), _MONTHS.index(month) + 1, int(found[1])) or given
    return given


def bare(text: str) -> str:
    """A cell of a CSV without the ' that keeps it from running."""
    return text[1:] if text.startswith("'") and would_run(text[1:]) else text


def same(one: str, other: str) -> bool:
    """Whether two texts differ in spaces and line ends alone."""
    return one.split() == other.split()


def _plain(text: str) -> str:
    return " ".join(text.casefold().strip(" .").split())


def _near(words: str, known: Mapping[str, None]) -> str | None:
    if words in known:
        return words
    close = nearest(words, known)
    return close if close and _alike(words, close) else None


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio() >= _SLIP


def _day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:  # no such day
        return ""
