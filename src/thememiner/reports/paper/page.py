"""What every part of a paper is written from, and how it writes tables and excerpts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thememiner.records import Report
from thememiner.reports.contents import Contents, Group, Quote, Table
from thememiner.wordfiles import Cell, Excerpt, Pen

_WIDE = 46  # characters up to which a column's width follows its cells
_ROOM = 96  # characters beside one another on an upright page
_EDGE = 3  # characters that the edges of a cell take
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


def excerpt(quote: Quote) -> Excerpt:
    """An excerpt and its source, for a cell of a table."""
    return Excerpt(quote.text, source(quote))


def quoted(pen: Pen, quote: Quote) -> None:
    """An excerpt with its source; before one that is hard to read, what it describes."""
    if quote.mark:
        pen.said((f"{quote.mark}.", True), style="Note", with_next=True)
    pen.quote(quote.text, source(quote))


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


def widths(held: Table) -> list[float]:
    """Shares of the width: each column has room for the words of its heading, the rest follows the cells."""
    least = [max(map(len, head.split()), default=1) + _EDGE for head in held.columns]
    more = []
    for at, room in enumerate(least):
        lengths = sorted(len(str(row[at])) for row in held.rows)
        usual = lengths[min(len(lengths) * _OFTEN // 10, len(lengths) - 1)] if lengths else 0
        more.append(max(min(usual + _EDGE, _WIDE) - room, 0))
    spare = max(_ROOM - sum(least), 0) / max(sum(more), 1)
    return [room + extra * spare for room, extra in zip(least, more, strict=True)]


def group(pen: Pen, held: Group, level: int) -> None:
    """A heading with its note and lines, and its excerpts with their sources."""
    pen.heading(held.title, level)
    if held.note:
        pen.said(held.note)
    pen.listed(held.lines)
    for quote in held.quotes:
        quoted(pen, quote)
