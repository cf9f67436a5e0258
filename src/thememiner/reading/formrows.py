"""One form a row: a survey's export, with questions for headings and a column for the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thememiner.reading.boxes import answer
from thememiner.reading.formheadings import particular, survey_column
from thememiner.reading.formsaid import Said
from thememiner.reading.prompts import is_question
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from thememiner.reading.formcells import Cell, Grid

_DEPTH = 5  # rows looked through for the headings, under titles
_FEW = 2  # headings that ask


def read(grid: Grid) -> list[list[Said]]:
    """What each row's form says; [] when the table is not one of forms."""
    at = _header(grid)
    forms = [_row(grid[at], row) for row in grid[at + 1 :]] if at >= 0 else []
    return [form for form in forms if form]


def questions(grid: Grid) -> list[str]:
    """What a table of one form a row asks, whether it has been filled in or not; [] when it is none."""
    at = _header(grid)
    return [line(cell.text) for cell in grid[at] if cell.text and not _about(cell)] if at >= 0 else []


def _header(grid: Grid) -> int:
    """The row of the questions; -1 when there is none."""
    for at, cells in enumerate(grid[:_DEPTH]):
        asked = [cell for cell in cells if cell.text and not _about(cell)]
        asking = sum(is_question(cell.text) for cell in asked)
        bodies = [cell for cell in cells if particular(cell.text) == "organisation"]
        if len(bodies) == 1 and asking >= _FEW and 2 * asking > len(asked):
            return at
    return -1


def _about(cell: Cell) -> bool:
    """Whether a heading is of whoever answers, or of the survey, and asks nothing."""
    return bool(particular(cell.text)) or survey_column(cell.text)


def _row(headings: list[Cell], row: list[Cell]) -> list[Said]:
    """What one row says: [] for one that is blank, or has only the survey's words."""
    values = {cell.column: cell for cell in row}
    said: list[Said] = []
    for heading in headings:
        cell = values.get(heading.column)
        text = answer(cell.text, cell.italic) if cell else ""
        sort = particular(heading.text)
        where = cell.location if cell else (row[0].location if row else "")
        if sort == "organisation" and text:
            said.insert(0, Said("organisation", line(text)))
        elif sort == "date" and text:
            said.append(Said("date", line(text)))
        elif heading.text and not _about(heading):
            said.append(Said("answer", text, line(heading.text), where))
    beyond = [cell for cell in row if not any(h.column == cell.column and h.text for h in headings)]
    said += [Said("answer", text, "", cell.location) for cell in beyond if (text := answer(cell.text))]
    return said if any(each.text for each in said) else []
