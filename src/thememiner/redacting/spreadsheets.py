"""Sheets → the bytes of a CSV or XLSX file, in which nothing that somebody typed can run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thememiner.reading.parsed import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

# What begins so is a formula to a spreadsheet program (OWASP, CSV injection; ASVS 1.2.10), whatever blank or
# unseen sign stands before it.
_BLANK = r"[\s\x00-\x20\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*"
_FORMULA = re.compile(rf"{_BLANK}[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]")
_NEGATIVE = re.compile(r"-\d[\d,]*(?:\.\d+)?%?")
_ROWS, _COLUMNS, _CHARACTERS = 1_048_576, 16_384, 32_767  # what a sheet and a cell of XLSX can hold
_OLDEST = 1900  # the first year of XLSX
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # no time of making: the same files give the same bytes
_FORMATS = {"d": "yyyy-mm-dd", "s": "yyyy-mm-dd hh:mm:ss", "h": "hh:mm:ss"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with their numbers as a spreadsheet shows them; `types` as in `reading.parsed.Table`."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    types: tuple[str, ...] = ()


def csv_bytes(sheet: Sheet, delimiter: str) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads it right; rows left blank stay blank."""
    out = io.StringIO(newline="")
    usable = len(delimiter) == 1 and delimiter not in '"\r\n '
    writer = csv.writer(out, delimiter=delimiter if usable else ",", lineterminator="\r\n")
    width = max(map(len, sheet.rows), default=0)
    last = 0
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        writer.writerows([] for _ in range(number - last - 1))
        last = number
        writer.writerow([harmless(cell) for cell in row] + [""] * (width - len(row)))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """The cell with ' before it if it would be a formula; a plain negative number is none."""
    return f"'{cell}" if would_run(cell) else cell


def would_run(cell: str) -> bool:
    """Whether a spreadsheet program may take a text for a formula; a plain negative number is none."""
    return bool(_FORMULA.match(cell)) and not _NEGATIVE.fullmatch(cell)


def xlsx_bytes(sheets: Sequence[Sheet]) -> tuple[bytes, int]:
    """The workbook, and how many cells were too long for one and were cut.

    Numbers and dates are written as such where `types` say so, everything else as text, never as a formula
    or a link. Raises `RefusedError` for more rows or columns than a sheet can have.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    cut = 0
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE})
        formats = {letter: book.add_format({"num_format": form}) for letter, form in _FORMATS.items()}
        for sheet in sheets:
            if max(sheet.numbers, default=1) > _ROWS or max(map(len, sheet.rows), default=0) > _COLUMNS:
                raise RefusedError("over_limit", "it has more rows or columns than XLSX can hold; split it")
            page = book.add_worksheet(sheet.name)
            for at, (number, row) in enumerate(zip(sheet.numbers, sheet.rows, strict=True)):
                letters = sheet.types[at] if sheet.types else ""
                for column, cell in enumerate(row):
                    if cell:
                        cut += _write(page, (number - 1, column), cell, letters[column : column + 1], formats)
    return out.getvalue(), cut


def _write(page: Any, place: tuple[int, int], cell: str, letter: str, formats: dict[str, Any]) -> bool:
    """Write one cell; whether it was cut."""
    value = _value(cell, letter)
    if isinstance(value, bool):
        page.write_boolean(*place, value)
    elif isinstance(value, float):
        page.write_number(*place, value)
    elif isinstance(value, str):
        page.write_string(*place, value[:_CHARACTERS])
        return len(value) > _CHARACTERS
    else:
        page.write_datetime(*place, value, formats[letter])
    return False


def _value(cell: str, letter: str) -> str | float | bool | dt.date | dt.time:
    """What a cell's text stands for, itself where it is not what its letter says."""
    try:
        if letter == "n" and math.isfinite(number := float(cell)):
            return number
        if letter == "b":
            return cell == "TRUE"
        if letter == "h":
            return dt.time.fromisoformat(cell)
        if letter in {"d", "s"}:
            day = dt.datetime.fromisoformat(cell)
            return day if day.year > _OLDEST else cell
    except ValueError:
        pass
    return cell.encode("utf-8", "replace").decode("utf-8")
