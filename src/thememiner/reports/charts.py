"""Where the marks of a chart stand: plain numbers for the page's inline SVG, in its own units.

Two charts, both rows of themes: a heat map with its number in every cell, and bars with their number
at the end. Colour is never alone, and both have a table with the same figures beside them.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thememiner.reports.wording import number

if TYPE_CHECKING:
    from thememiner.reports.contents import Table

ROWS = 20  # themes drawn; the table beside the chart has them all
_LABEL, _LINE = 262, 17  # width of the names, height of their lines
_HEAD, _ROW = 52, 44
_CELL, _BAR = 120, 74
_WIDE, _NARROW = 6, 100  # columns of full width, and the width of a cell where there are more
_STEPS = 5  # shades of the heat map


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text at a point."""

    x: float
    y: float
    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `style` names its shade or pattern."""

    x: float
    y: float
    width: float
    height: float
    style: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything to be drawn, and the words that stand for it."""

    id: str
    title: str
    description: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    words: tuple[Word, ...]
    note: str = ""


def heat_map(table: Table, identity: str = "chart-kinds") -> Chart:
    """Themes by kind or voice, each cell shaded by its number, with the number in it."""
    rows, most = _drawn(table)
    boxes, words = [], _names(table, rows)
    cell = _cell(table)
    for i, row in enumerate(rows):
        y = _HEAD + i * _ROW
        for j, value in enumerate(row[1:]):
            step = shade(_drawable(value), most)
            x = _LABEL + j * cell
            boxes.append(Box(x + 2, y + 2, cell - 4, _ROW - 4, f"heat-{step}"))
            style = "value pale" if step >= _STEPS - 1 else "value"
            words.append(Word(x + cell / 2, y + _ROW / 2 + 5, _said(value), style))
    return _chart(
        identity, table, rows, boxes=boxes, words=words, how="The darker the cell, the more passages."
    )


def bars(table: Table, identity: str = "chart-polarity") -> Chart:
    """Themes, or voices, by polarity: a column each, bars on one scale, their number at the end."""
    rows, most = _drawn(table)
    boxes, words = [], _names(table, rows)
    for i, row in enumerate(rows):
        y = _HEAD + i * _ROW
        for j, value in enumerate(row[1:]):
            length = round(_BAR * _drawable(value) / most, 1) if most else 0.0
            x = _LABEL + j * _CELL + 6
            if length:
                boxes.append(Box(x, y + 10, max(length, 2.0), _ROW - 20, f"bar-{j}"))
            words.append(
                Word(x + (max(length, 2.0) + 6 if length else 0), y + _ROW / 2 + 5, _said(value), "end")
            )
    return _chart(identity, table, rows, boxes=boxes, words=words, how="All bars have one scale.")


def _cell(table: Table) -> int:
    """How wide a cell is: narrower where many stand side by side, so that they fit a page."""
    return _CELL if len(table.columns) <= _WIDE else _NARROW


def _drawn(table: Table) -> tuple[list[tuple[str | int, ...]], int]:
    """The rows with most in them, in the table's order, and the largest number."""
    totals = [sum(_drawable(value) for value in row[1:]) for row in table.rows]
    largest = set(sorted(range(len(totals)), key=lambda i: (-totals[i], i))[:ROWS])
    rows = [row for i, row in enumerate(table.rows) if i in largest]
    return rows, max((_drawable(value) for row in rows for value in row[1:]), default=0)


def _drawable(value: str | int) -> int:
    """A number as it is drawn; one that is suppressed has no length and no shade."""
    return value if isinstance(value, int) else 0


def _said(value: str | int) -> str:
    return number(value) if isinstance(value, int) else value


def shade(value: int, most: int) -> int:
    """0 for none, else 1 to 5: fifths of the square root of the largest, so that small ones differ."""
    if not value:
        return 0
    return min(_STEPS, 1 + int(_STEPS * (value / most) ** 0.5 * 0.999))


def _names(table: Table, rows: list[tuple[str | int, ...]]) -> list[Word]:
    words = []
    cell = _cell(table)
    for j, name in enumerate(table.columns[1:]):
        lines = textwrap.wrap(name, 16 if cell == _CELL else 12)[:2]
        for k, line in enumerate(lines):
            y = float(_HEAD - 10 - _LINE * (len(lines) - 1 - k))
            words.append(Word(_LABEL + j * cell + 6, y, line, "head"))
    for i, row in enumerate(rows):
        lines = textwrap.wrap(str(row[0]), 30, max_lines=2, placeholder=" …")
        for k, line in enumerate(lines):
            y = _HEAD + i * _ROW + _ROW / 2 + 5 + _LINE * (k - (len(lines) - 1) / 2)
            words.append(Word(0, y, line, "name"))
    return words


def _chart(
    identity: str,
    table: Table,
    rows: list[tuple[str | int, ...]],
    *,
    boxes: list[Box],
    words: list[Word],
    how: str,
) -> Chart:
    cut = len(table.rows) - len(rows)
    suppressed = any(isinstance(value, str) for row in table.rows for value in row[1:])
    most = "most passages told" if suppressed else "most passages"
    note = f"The {len(rows)} themes with {most}; the table below has all {len(table.rows)}." if cut else ""
    return Chart(
        id=identity,
        title=table.caption,
        description=f"{how} The table after the chart has the same figures.",
        width=_LABEL + _cell(table) * (len(table.columns) - 1),
        height=_HEAD + _ROW * len(rows) + 4,
        boxes=tuple(boxes),
        words=tuple(words),
        note=note,
    )
