"""Where a form is to be answered: each question with its headings and the cells for its answer.

Questions are found as in reading a completed form, whatever their row or column: a form whose cells moved
is answered in the right ones all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thememiner.reading import formcells, formlayouts, formlisten, formrows
from thememiner.reading.formasked import title_of, unnamed
from thememiner.reading.prompts import is_guidance
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thememiner.reading.formcells import Cell, Grid
    from thememiner.reading.formlayouts import Header
    from thememiner.reading.formsaid import Said
    from thememiner.reading.parsed import Block, Table, Text


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell or line in which an answer may be written.

    `block` is the number of a document's block, of the cell itself or (`after`) of the line that asks;
    a workbook's is `sheet`, `row` (from 1) and `column` (from 0). `boxed` asks that the form drew a box
    there, for a cell that only stands beside or under a question.
    """

    block: int = -1
    after: bool = False
    sheet: str = ""
    row: int = 0
    column: int = 0
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """A question, its headings (nearest first), and where it can be answered, best first.

    `text` is what is said to it already; `spots` are empty where what is there is the form's
    own (boxes to tick, words), and `location` says where that is.
    """

    headings: tuple[str, ...]
    question: str
    text: str
    spots: tuple[Spot, ...]
    location: str


def of_text(parsed: Text) -> list[Space]:
    """The questions of a document, in order; a table with a form in each row has none."""
    keyed = [replace(block, location=str(at)) for at, block in enumerate(parsed.blocks)]
    tables: dict[int, list[Block]] = {}
    for block in keyed:
        if block.sort == "cell":
            tables.setdefault(block.table, []).append(block)
    grids = {table: formcells.of_blocks(cells) for table, cells in tables.items()}
    headers = {table: _headers(grid) for table, grid in grids.items()}
    surveys = {table for table, grid in grids.items() if formrows.questions(grid)}
    found = []
    for heading, said in _answers(formlisten.to_text(keyed, title_of(parsed), labels=True)):
        at = int(said.location)
        block = parsed.blocks[at]
        spots: tuple[Spot, ...] = ()
        if block.sort != "cell":
            spots = tuple(Spot(each, after=True) for each in _asking(parsed.blocks, at))
        elif block.table in surveys:
            continue
        else:
            row = grids[block.table][block.row]
            free = _free(row, block.column, headers[block.table].get(block.row))
            spots = tuple(Spot(int(cell.location)) for cell in free)
        found.append(Space((heading,) if heading else (), said.question, said.text, spots, block.location))
    return found


def of_sheet(table: Table) -> list[Space]:
    """The questions of a sheet, in order, wherever they begin; one with a form in each row has none."""
    rows = (table.header_row, *table.numbers)
    read = formcells.of_sheet(table)
    margin = min((cell.column for cells in read for cell in cells if cell.text), default=0)
    grid = [
        [
            replace(c, column=c.column - margin, location=f"{n} {c.column - margin}")
            for c in cells
            if c.column >= margin
        ]
        for n, cells in zip(rows, read, strict=True)
    ]
    if formrows.questions(grid):
        return []
    headers = _headers(grid)
    sheet = () if unnamed(table.sheet) else (line(table.sheet),)
    found = []
    for heading, said in _answers(formlisten.to_grid(list(grid))):
        row, column = map(int, said.location.split())
        at = rows.index(row)
        cell = next(each for each in grid[at] if each.column == column)
        free = [(row, each.column, False) for each in _free(grid[at], column, headers.get(at))]
        if (
            not free and cell.text and line(cell.text) == said.question
        ):  # a reader sees no blank past the last words
            free = [(row, column + cell.width, True), (row + cell.height, column, True)]
        spots = tuple(Spot(sheet=table.sheet, row=r, column=c + margin, boxed=boxed) for r, c, boxed in free)
        headings = (*((heading,) if heading else ()), *sheet)
        found.append(Space(headings, said.question, said.text, spots, f"row {row}"))
    return found


def _answers(said: Sequence[Said]) -> Iterator[tuple[str, Said]]:
    """Each question with the heading that it stands under."""
    heading = ""
    for each in said:
        if each.sort == "title":
            heading = ""
        elif each.sort == "section":
            heading = line(each.text)
        elif each.sort == "answer" and each.question and each.location:
            yield heading, replace(each, question=line(each.question))


def _headers(grid: Grid) -> dict[int, Header]:
    """Row -> the header that it stands under."""
    found: dict[int, Header] = {}
    header, until = None, 0
    for at in range(len(grid)):
        if at < until:
            continue
        if new := formlayouts.header(grid, at):
            header, until = new, at + new.rows
        elif formlayouts.stacked(grid, at):
            header = None
        elif header:
            found[at] = header
    return found


def _free(row: Sequence[Cell], column: int, header: Header | None) -> list[Cell]:
    """The blank cells of a row that are there for words: the answer's own, then others with a heading."""
    own = [cell for cell in row if cell.column == column]
    beside = [cell for cell in row if header and cell.column in header.places and cell.column != column]
    ticked = header.options if header else {}
    return [cell for cell in (*own, *beside) if not cell.text.strip() and cell.column not in ticked]


def _asking(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """The number of a question that is a line, and of the lines under it that tell how to answer it."""
    yield at
    for number, block in enumerate(blocks[at + 1 :], at + 1):
        if block.sort not in ("paragraph", "item") or not is_guidance(block.text, italic=block.italic > 0):
            break
        yield number
