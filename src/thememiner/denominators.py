"""A table of denominators → how much there was of what incidents are held against, by organisation.

    organisation,period,number,unit,counts
    North Trust,2024/25,1850,people on the caseload,"mean of the twelve month ends, all community teams"

`period` may be left out or blank; else it is a year (2025), a financial year (2024/25), a month (2025-03), or
two days or months with "to" between them. `counts` says in words what was counted, and may be left out.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from thememiner.enclosures.tables import Columns, opened
from thememiner.errors import InputError, nearest
from thememiner.records import Denominator

_NEEDED = ("organisation", "number", "unit")
_COLUMNS = Columns(
    headings={
        "organisation": ("organisation", "organization"),
        "number": ("number",),
        "unit": ("unit",),
        "period": ("period",),
        "counts": ("counts", "what it counts", "what is counted"),
    },
    needed=tuple((name,) for name in _NEEDED),
    texts=(),
)
_LISTED = 5  # names in a sentence
_MOST = 10**12  # more than there is of anything that is counted here
_SHOWN = 40  # characters of what stands for a number
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_FINANCIAL = re.compile(r"(20\d\d)/(?:20)?(\d\d)")


def read(path: str | Path) -> tuple[Denominator, ...]:
    """The denominators in a table (CSV, XLSX and the like), in its order.

    Raises `InputError` for a file that cannot be read, a column that is missing, a row without organisation,
    number (above 0) or unit, a period that is none, and for the same number given twice.
    """
    table = opened(path, _COLUMNS)
    found: dict[tuple[str, str, str, str], int] = {}
    rows = []
    for row in table.rows:
        cells = {field: " ".join(text.split()) for field, text in row.cells.items()}
        if not any(cells.values()):
            continue
        one = _denominator(cells, row.where)
        key = (one.organisation.casefold(), one.unit.casefold(), one.counts.casefold(), one.start + one.end)
        if key in found:
            raise row.slip(f"says the same as row {found[key]}: give each number once.")
        found[key] = row.number
        rows.append(one)
    if not rows:
        raise InputError(f"{table.name} has no row with a number in it: give one an organisation.")
    return tuple(rows)


def match(rows: Iterable[Denominator], organisations: Iterable[str]) -> tuple[tuple[Denominator, ...], str]:
    """Return the rows of known organisations, under the names that these have, and a sentence on the others.

    Names match whatever their case and spaces. The sentence has the nearest known name of each, where one is.
    """
    known = {_plain(name): name for name in sorted(organisations) if name}
    kept, gone = [], {}
    for row in rows:
        if _plain(row.organisation) in known:
            kept.append(replace(row, organisation=known[_plain(row.organisation)]))
        else:
            near = _near(row.organisation, known.values())
            gone[row.organisation] = f"{row.organisation!r}" + (f" (did you mean {near!r}?)" if near else "")
    if not gone:
        return tuple(kept), ""
    first = list(gone.values())[:_LISTED]
    more = f" and {len(gone) - _LISTED} more" if len(gone) > _LISTED else ""
    return tuple(kept), (
        f"denominators are left out of organisations that sent nothing: {', '.join(first)}{more}. Write each "
        "name as the sources do."
    )


def _near(name: str, known: Iterable[str]) -> str:
    """The known name that this one is a part of, or the other way round, or that is close to it."""
    others, own = list(known), _plain(name)
    parts = [other for other in others if own in _plain(other) or _plain(other) in own]
    return parts[0] if parts else nearest(name, others)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _denominator(row: dict[str, str], where: str) -> Denominator:
    for key in _NEEDED:
        if not row[key]:
            raise InputError(f"{where}: {key!r} is empty.")
    number = _NUMBER.fullmatch(row["number"])
    value = float(number[0].replace(",", "")) if number else 0.0
    if not 0 < value <= _MOST:
        raise InputError(
            f"{where}: 'number' must be above 0 and at most {_MOST:,}, such as 1,850, found "
            f"{row['number'][:_SHOWN]!r}."
        )
    if not any(letter.isalpha() for letter in row["unit"]):  # "1,850" without quotes is two cells
        raise InputError(
            f"{where}: 'unit' must say what is counted, found {row['unit'][:_SHOWN]!r}: put a number with "
            "commas in quotes."
        )
    period = row["period"]
    start, end = span(period, where)
    return Denominator(
        organisation=row["organisation"],
        number=value,
        unit=row["unit"],
        counts=row["counts"],
        period=period,
        start=start,
        end=end,
    )


def span(text: str, where: str) -> tuple[str, str]:
    """First and last day of a period, ISO; "" for none. Raises `InputError` for what is no period."""
    if not text or text.casefold() in ("none", "-", "–"):
        return "", ""
    financial = _FINANCIAL.fullmatch(text)
    if financial and (int(financial[1]) + 1) % 100 == int(financial[2]):
        return f"{financial[1]}-04-01", f"{int(financial[1]) + 1}-03-31"
    parts: Sequence[str] = re.split(r"\s+(?:to|until|–|-)\s+", text)
    days = [_days(part) for part in (parts if len(parts) == 2 else [text])]
    if all(first for first, _ in days):
        start, end = days[0][0], days[-1][1]
        if start <= end:
            return start, end
        raise InputError(f"{where}: 'period' ends before it begins: {text!r}.")
    raise InputError(
        f"{where}: 'period' {text!r} is none: write 2025, 2024/25, 2025-03 or 2024-10-01 to 2025-09-30, or "
        "leave it blank."
    )


def _days(text: str) -> tuple[str, str]:
    """First and last day of a year, month or day, ISO; "" where the text is none."""
    if re.fullmatch(r"\d{4}", text):
        return f"{text}-01-01", f"{text}-12-31"
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            first = dt.date.fromisoformat(f"{text}-01")
            return first.isoformat(), f"{text}-{calendar.monthrange(first.year, first.month)[1]:02}"
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = dt.date.fromisoformat(text).isoformat()
            return day, day
    except ValueError:
        pass
    return "", ""
