"""The report as an Excel workbook to filter and read: one table a sheet, and nothing in it that runs.

Text is written as text and counts as numbers; there is no formula, link, macro or hidden sheet.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from thememiner.records import Report
from thememiner.reports import standing, wording
from thememiner.reports.contents import Cell
from thememiner.reports.workbook.sheets import Sheet, sheets
from thememiner.workbooks import Pen, cut, too_wide

TITLE = "Review report"
MORE = "(cut here: longer than a cell can hold, and whole in report.json)"
_EXCERPT = "Excerpt"  # the column of which nothing is ever cut
_HEADING = 200  # characters of a heading; Excel has room for 255
# (up to so many characters, the width of a column that holds them)
_WIDTHS = ((12, 14), (30, 26), (90, 36), (400, 56))
_WIDEST = 76
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel reads as one character in a heading


def render(report: Report) -> bytes:
    """The workbook; the same report gives the same bytes."""
    return written(sheets(report), standing.marking(report))


def written(made: Sequence[Sheet], marking: str = wording.MARKING) -> bytes:
    """A workbook of these sheets, opening at the first, with a marking on every page."""
    out = io.BytesIO()
    with Pen(out, TITLE, marking) as pen:
        names: Counter[str] = Counter()
        for sheet in made:
            _write(pen, sheet, _name(sheet.name, names))
        pen.workbook.get_worksheet_by_name(made[0].name).activate()
    return out.getvalue()


def _write(pen: Pen, sheet: Sheet, name: str) -> None:
    heads = headings(sheet.table.columns)
    rows = list(_parted(sheet.table.columns, sheet.table.rows))
    columns = {head: _width(head, [row[at] for row in rows]) for at, head in enumerate(heads)}
    page = pen.sheet(name, columns, rows, unwrapped=sheet.unwrapped, more=MORE)
    page.freeze_panes(1, sheet.frozen)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 2}"})  # finding 2.1 is no number
    if too_wide(columns):
        page.repeat_columns(0, max(sheet.frozen - 1, 0))


def headings(columns: Sequence[str]) -> list[str]:
    """Headings that a table can have: on one line, each once, none blank or too long."""
    made: list[str] = []
    for column in columns:
        plain = " ".join("".join(c if c.isprintable() else " " for c in column).split())
        plain = _ESCAPED.sub("_ ", plain.encode("utf-8", "replace").decode("utf-8"))
        head = cut(plain, _HEADING)[0].rstrip() + ("…" if cut(plain, _HEADING)[1] else "") or "(no name)"
        if head.casefold() in map(str.casefold, made):
            head = f"{head} ({made[-1]})" if len(made[-1]) < _HEADING // 8 else head
        first, number = head, 2
        while head.casefold() in map(str.casefold, made):
            head, number = f"{first} ({number})", number + 1
        made.append(head)
    return made


def _parted(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[Cell, ...]]:
    """The rows; one whose excerpt no cell can hold as several, which together are it letter for letter."""
    at = columns.index(_EXCERPT) if _EXCERPT in columns else -1
    for row in rows:
        parts = list(_parts(str(row[at]))) if at >= 0 else [""]
        if len(parts) == 1:
            yield tuple(row)
            continue
        for number, part in enumerate(parts, start=1):
            cells = [*row]
            cells[at] = part
            yield (f"{row[0]} (part {number} of {len(parts)})", *cells[1:])


def _parts(text: str) -> Iterator[str]:
    first, rest = cut(text)
    yield first
    while rest:
        first, rest = cut(rest)
        yield first


def _width(head: str, cells: Iterable[Cell]) -> int:
    """The width of a column, in characters, by what most of its cells hold."""
    lengths = sorted(max(map(len, str(cell).split("\n"))) for cell in cells if cell != "")
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    width = next((width for most, width in _WIDTHS if usual <= most), _WIDEST)
    return max(width, min(len(head) + 4, 26))


def _name(name: str, taken: Counter[str]) -> str:
    """A name that a sheet can have: of 31 characters at most, without signs that Excel refuses."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:28].rstrip(" '") or "Sheet"
    taken[plain.casefold()] += 1
    number = taken[plain.casefold()]
    return plain if number == 1 else f"{plain} {number}"
