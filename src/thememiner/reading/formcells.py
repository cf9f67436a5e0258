"""A form's tables as rows of cells, merged cells as one, whether they come from a document or a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thememiner.reading.tidying import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.reading.parsed import Block, Table

_MOST_COVERED = 1000  # rows and columns of a merged range that are looked at


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form's table, merged cells as one; `italic` is how many of its first lines are italic."""

    text: str
    column: int
    width: int = 1
    height: int = 1
    strong: bool = False
    italic: int = 0
    location: str = ""

    def covers(self, column: int) -> bool:
        """Whether the cell stands in that column, or is merged over it."""
        return self.column <= column < self.column + self.width


Grid = list[list[Cell]]


def of_blocks(blocks: Sequence[Block]) -> Grid:
    """The cells of one table of a document, by row."""
    grid: Grid = [[] for _ in range(max((block.row for block in blocks), default=-1) + 1)]
    for b in blocks:
        grid[b.row].append(Cell(b.text, b.column, b.width, b.height, b.strong, b.italic, b.location))
    return grid


def of_sheet(table: Table) -> Grid:
    """The cells of a sheet by row, a merged range as one; a blank cell beside words is kept."""
    spans = {(top, left): (right - left + 1, bottom - top + 1) for top, left, bottom, right in table.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in table.merged
        for row in range(top, min(bottom, top + _MOST_COVERED) + 1)
        for column in range(left, min(right, left + _MOST_COVERED) + 1)
        if (row, column) != (top, left)
    }
    rows = list(zip((table.header_row, *table.numbers), (table.header, *table.rows), strict=True))
    width = max(len(row) for _, row in rows)
    where = f"sheet {table.sheet}, " if table.sheet else ""
    grid: Grid = []
    for number, row in rows:
        cells = []
        for column in range(width if any(cell.strip() for cell in row) else 0):
            if (number, column) in covered:
                continue
            text = tidy(row[column]) if column < len(row) else ""
            across, down = spans.get((number, column), (1, 1))
            cells.append(Cell(text, column, across, down, location=f"{where}row {number}"))
        grid.append(cells)
    return grid


def reaching(grid: Grid) -> list[list[Cell]]:
    """For each row, the cells with words that reach down into it from the rows above."""
    found: list[list[Cell]] = [[] for _ in grid]
    for at, cells in enumerate(grid):
        for cell in cells:
            if cell.text:
                for row in range(at + 1, min(at + cell.height, len(grid), at + _MOST_COVERED)):
                    found[row].append(cell)
    return found
