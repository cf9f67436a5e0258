"""What every part of a paper is written from, and how it writes tables and excerpts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thememiner.records import Report
from thememiner.reports.contents import Contents, Group, Quote, Table
from thememiner.wordfiles import Cell, Lines, Pen

_NARROW, _WIDE = 8, 46  # characters from and to which a column's width follows its cells
_OFTEN = 9  # tenths of the cells of a column that its width is for


@dataclass(frozen=True, slots=True)
class Page:
    """A report being written: the pen, its contents, and the numbers of its findings by id."""

    pen: Pen
    report: Report
    contents: Contents
    numbers: Mapping[str, str]
    names: Mapping[str, str]


def source(quote: Quote) -> str:
    """Who says it, what it says of the theme, and where it stands."""
    return f"{quote.speaker}, {quote.organisation}. {quote.says}. {quote.place}"


def cell(quote: Quote) -> list[Lines]:
    """An excerpt in its marks, and its source on a line of its own, for a cell of a table."""
    return [[(f"“{quote.text}”", False)], [(source(quote), False)]]


def table(pen: Pen, held: Table) -> None:
    """A table of the pages with its note, or the words for that it is empty."""
    if not held.rows:
        pen.said((f"{held.caption}: ", True), "none.")
    else:
        rows: Iterable[Sequence[Cell]] = (
            [value if isinstance(value, int) else value or "–" for value in row] for row in held.rows
        )
        pen.table(held.caption, held.columns, rows, widths(held))
    if held.note:
        pen.said(held.note, style="Note")


def widths(held: Table) -> list[int]:
    """Shares of the width that follow what most cells of a column hold."""
    shares = []
    for at, head in enumerate(held.columns):
        lengths = sorted(len(str(row[at])) for row in held.rows)
        usual = lengths[min(len(lengths) * _OFTEN // 10, len(lengths) - 1)] if lengths else 0
        word = max(map(len, head.split()), default=0)
        shares.append(min(max(_NARROW, word + 2, usual), _WIDE))
    return shares


def group(pen: Pen, held: Group, level: int) -> None:
    """A heading with its note and lines, and its excerpts with their sources."""
    pen.heading(held.title, level)
    if held.note:
        pen.said(held.note)
    pen.listed(held.lines)
    for quote in held.quotes:
        pen.quote(quote.text, source(quote))
