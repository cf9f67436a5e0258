"""One table of a form → what it says: each question with its answer, the headings between, the particulars.

Nothing that is written in a place to answer is left out: an answer may go on in rows below whose place
for the question is blank, and stand in several columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thememiner.reading import formlayouts, formplaces
from thememiner.reading.boxes import answer
from thememiner.reading.formcells import Cell, reaching
from thememiner.reading.formheadings import particular
from thememiner.reading.formplaces import Asked
from thememiner.reading.formsaid import Said
from thememiner.reading.prompts import asks, is_guidance, is_number, is_numbered, is_question
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thememiner.reading.formcells import Grid
    from thememiner.reading.formlayouts import Header

_HEADING_WORDS = 12
_MOST_PARTICULAR = 12  # words of a person's or body's particulars; more is an answer under such a label
_PART = re.compile(r"(?:section|part|domain|theme)\s+(?:\d+|[a-z])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table without regard to headers: the column of its questions, whether they ask, and whether words
    alone in a row are headings.
    """

    grid: Grid
    column: int
    is_asking: bool
    sections: bool


def read(grid: Grid) -> list[Said]:
    """What a table says, in order; a question answered in one of its rows is not blank in another."""
    said = list(_rows(grid))
    answered = set()
    section = ""
    keyed = []
    for each in said:
        section = each.text if each.sort == "section" else section
        keyed.append((section, each.question))
        if each.sort == "answer" and each.text:
            answered.add(keyed[-1])
    return [
        each
        for each, key in zip(said, keyed, strict=True)
        if each.sort != "answer" or each.text or key not in answered
    ]


def particulars(cells: Sequence[Cell]) -> list[Said]:
    """The particulars (organisation, date and the like) of a row of labels and values; [] for others."""
    labels = [(at, sort) for at, cell in enumerate(cells) if (sort := particular(cell.text))]
    said: list[Said] = []
    if not labels or labels[0][0] > sum(is_number(cell.text) for cell in cells[:1]):
        return [given for cell in cells for each in cell.text.split("\n") for given in labelled_line(each)]
    if len(cells) > 2 and sum(bool(cell.text) for cell in cells) > 2 * len(labels) + labels[0][0]:
        return []  # a header of columns
    if formlayouts.signatures(cells):
        return [Said("wording")]
    for at, sort in labels:
        value = next((cell.text for cell in cells[at + 1 :] if cell.text), "")
        value = "" if particular(value) else answer(value)  # a row of labels, with nothing filled in
        if sort == "person" and len(value.split()) > _MOST_PARTICULAR:
            return []
        said.append(_particular(sort, value))
    return said


def labelled_line(text: str) -> list[Said]:
    """The particulars that a line "Organisation: ..." gives; [] when it gives none."""
    label, colon, value = text.partition(":")
    sort = particular(label) if colon and "\n" not in label else ""
    if not sort or len(value.split()) > _MOST_PARTICULAR:
        return []
    return [_particular(sort, answer(value.strip()))]


def _particular(sort: str, value: str) -> Said:
    if sort == "organisation" and value:
        return Said("organisation", line(value))
    if sort == "date" and value:
        return Said("date", line(value))
    return Said("wording")


def _rows(grid: Grid) -> Iterator[Said]:
    """What each row says; a table in which nothing is asked or labelled is prose."""
    reach = reaching(grid)
    column = formlayouts.first_column(grid)
    is_asking = formlayouts.asking(grid, column)
    known = is_asking or formlayouts.labelled(grid, column)
    table = _Table(grid, column, is_asking, _sections_stand_alone(grid, column))
    header: Header | None = None
    stack: dict[int, str] = {}
    asked: Asked | None = None
    until, signed = 0, False
    for at, cells in enumerate(grid):
        filled = [cell for cell in cells if cell.text]
        above = [cell for cell in reach[at] if at >= until]
        if at < until or not cells or not (filled or above or (asked and asked.over)):
            continue
        if asked and asked.over and (below := _below(grid, at, asked)) is not None:
            yield from below
            asked = replace(asked, answered=True)
            continue
        if asked and asked.over and not asked.answered:
            yield Said("answer", "", asked.text, asked.location, asked.sure)
        asked = None if asked and asked.over else asked
        if found := formlayouts.header(grid, at):
            header, until, stack, asked = found, at + found.rows, {}, None
            yield Said("wording")
            continue
        if formlayouts.stacked(grid, at):
            stack, header = {cell.column: line(cell.text) for cell in filled}, None
            yield Said("wording")
            continue
        if given := particulars(cells):
            yield from given
            signed = formlayouts.signatures(cells)
            continue
        if signed and not any(map(is_question, (cell.text for cell in filled))):
            yield Said("wording")
            continue
        if stack:
            for cell in cells:
                yield Said(
                    "answer", answer(cell.text, cell.italic), stack.get(cell.column, ""), cell.location
                )
            continue
        if header is None and not known:
            yield Said("prose", " ".join(cell.text for cell in filled))
            continue
        said, asked = _row(table, at, header, above, asked)
        yield from said
    if asked and asked.over and not asked.answered:
        yield Said("answer", "", asked.text, asked.location, asked.sure)


def _row(
    table: _Table, at: int, header: Header | None, above: Sequence[Cell], asked: Asked | None
) -> tuple[list[Said], Asked | None]:
    """What one row of questions or labels says, and the question that is open after it."""
    cells = table.grid[at]
    filled = [cell for cell in cells if cell.text]
    place = header.question if header else table.column
    question = next((c for c in [*cells, *above] if c.covers(place) and c.text), None)
    right = [c for c in cells if c.column > place and c is not question]
    if len(filled) == 1 and question is None and filled[0].column < place:
        is_told = is_guidance(filled[0].text)
        return [Said("guidance") if is_told else Said("section", line(filled[0].text))], None
    alone = len(filled) == 1 or (len(filled) == 2 and is_number(filled[0].text) and not right)
    if alone and question is filled[-1] and (not right or _is_section(table, question)):
        said, opened = _alone(table.grid, at, question, asked)
        return said, opened or (None if any(each.sort == "section" for each in said) else asked)
    continued = question is None or question in above
    if question is None and asked is None:
        return [Said("prose", " ".join(cell.text for cell in filled))], None
    if question is not None:
        text = line(question.text)
        asked = Asked(text, question.location, sure=(header is not None and header.sure) or asks(text))
    assert asked
    if header is None:
        return list(formplaces.beside(asked, right, continued=continued, side=table.is_asking)), asked
    return [
        *formplaces.domain(header, cells, above),
        *formplaces.under(header, asked, right, continued=continued),
    ], asked


def _below(grid: Grid, at: int, asked: Asked) -> list[Said] | None:
    """What a row answers to the question that fills a row above it; None when something new begins."""
    filled = [cell for cell in grid[at] if cell.text]
    if given := formplaces.named(asked, grid[at]):
        return given
    if _begins(grid, at, asked):
        return None
    text = "\n".join(filter(None, (answer(cell.text, cell.italic) for cell in filled)))
    is_said = text or not asked.answered
    return [Said("answer", text, asked.text, grid[at][0].location, asked.sure)] if is_said else []


def _begins(grid: Grid, at: int, asked: Asked) -> bool:
    """Whether something new begins in the row, so that it is not the answer to the question above it."""
    filled = [cell for cell in grid[at] if cell.text]
    if not filled:
        return False
    if len(filled) > 1 and len(grid[at]) > 1:
        return True
    text = filled[0].text
    first = text.split("\n")[0]
    if asks(first) or (is_numbered(asked.text) and is_numbered(first) and is_question(first)):
        return True
    short = len(text.split()) <= _HEADING_WORDS and not text.endswith((".", "!", ";"))
    return asked.answered and short and (filled[0].strong or bool(_PART.match(text)))


def _alone(grid: Grid, at: int, cell: Cell, asked: Asked | None) -> tuple[list[Said], Asked | None]:
    """What a cell alone in its row is: a heading, words that go on, a question whose answer stands in it or
    below; and the question if it is still to be answered.
    """
    first, _, rest = cell.text.partition("\n")
    below = [c for c in grid[at + 1] if c.text] if at + 1 < len(grid) else []
    is_place = at + 1 < len(grid) and len(grid[at + 1]) == 1
    is_place = is_place and not any(asks(c.text.split("\n")[0]) for c in below)
    short = len(cell.text.split()) <= _HEADING_WORDS
    if asks(first) or is_question(cell.text):
        if asks(first) and not is_place and answer(rest):
            return [Said("answer", answer(rest), line(first), cell.location)], None
        return [Said("wording")], Asked(line(cell.text), cell.location, asks(first), over=True)
    if is_guidance(cell.text):
        return [Said("guidance")], None
    if cell.strong and short and is_place and not any(c.strong for c in below):
        return [Said("wording")], Asked(line(cell.text), cell.location, sure=False, over=True)
    if short and not (asked and cell.text.endswith(".")):
        return [Said("section", line(cell.text))], None
    if asked:
        return [Said("answer", answer(cell.text, cell.italic), asked.text, cell.location, asked.sure)], None
    return [Said("prose", cell.text)], None


def _is_section(table: _Table, cell: Cell) -> bool:
    """Whether words beside blanks are a heading, and not a question left blank."""
    if is_question(cell.text):
        return False
    return table.sections or bool(_PART.match(cell.text)) or cell.text.isupper() or is_guidance(cell.text)


def _sections_stand_alone(grid: Grid, column: int) -> bool:
    """Whether words alone in their row are a heading there, since whatever has an answer really asks."""
    beside, alone = [], []
    for at, cells in enumerate(grid):
        text = next((cell.text for cell in cells if cell.covers(column) and cell.text), "")
        if text and sum(bool(cell.text) for cell in cells) == 1:
            alone.append(text)
        elif text and not particular(text) and not formlayouts.header(grid, at):
            beside.append(text)
    return all(map(is_question, beside)) if beside else any(map(is_question, alone))
