"""How a form's table is laid out: a header over questions and answers, or labels beside what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from thememiner.reading.boxes import answer, is_mark, mark, ticked
from thememiner.reading.formheadings import (
    answer_heading,
    heading,
    is_step,
    own_heading,
    particular,
    question_heading,
    sure_heading,
)
from thememiner.reading.prompts import asks, is_number, is_numbered, is_question, unnumbered
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.reading.formcells import Cell, Grid

_HEADING_WORDS = 10
_LOOKED_AT = 300  # rows under a header that say what its columns are
_LABEL_WORDS = 12
_FREE_WORDS = 6  # an answer in a table of labels is usually longer than that
_COLUMNS = 3  # of a table of labels: label, answer, evidence
_ASKING = re.compile(r"question|prompt|kloe|enquiry|what we ask", re.IGNORECASE)
_QUESTION = re.compile(r"question|kloe|enquiry", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&/-]{0,3}[A-Z]\w?")
# Labels of what a form, or the front sheet of a paper, tells its reader.
_TOLD = re.compile(
    r"(?:deadline|return (?:to|by|date)|closing date|who should complete|how to (?:complete|use|"
    r"return)|purpose|"
    r"guidance|instructions?|background|introduction|context|contact|queries|key|meeting|agenda item.*|"
    r"(?:report|paper|document|policy) .*|executive summary|recommendations?|scope|definitions?|"
    r"previous(?:ly)? .*|enclosures?|appendix.*|freedom of information.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header: the columns of section, question and answers, the options to tick, and the rows it takes."""

    question: int
    places: dict[int, str]
    options: dict[int, str]
    section: int = -1
    rows: int = 1
    sure: bool = True

    @property
    def main(self) -> int:
        """The column whose blank is a question not answered; -1 where that is the options."""
        if self.options:
            return -1
        return next((at for at, text in self.places.items() if answer_heading(text)), min(self.places))


def header(grid: Grid, at: int) -> Header | None:
    """The header that a row is, with the row under it where that only divides it; None when it is none."""
    cells, rows = grid[at], 1
    filled = [cell for cell in cells if cell.text]
    if len(filled) < 2 or any(len(heading(cell.text).split()) > _HEADING_WORDS for cell in filled):
        return None
    if any(len(cell.text.split()) > 1 and not answer(cell.text) for cell in filled) or not _may_head(
        grid, at
    ):
        return None  # a place to answer, not filled in, may speak of responses; so may an answer
    wide = [cell for cell in filled if cell.width > 1]
    under = [cell for cell in grid[at + 1] if cell.text] if wide and at + 1 < len(grid) else []
    short = all(len(cell.text.split()) <= _HEADING_WORDS for cell in under)
    if len(under) > 1 and short and all(any(w.covers(c.column) for w in wide) for c in under):
        filled = [c for c in filled if not any(c.covers(u.column) for u in under)] + under
        rows = 2
    names = {cell.column: heading(cell.text) for cell in sorted(filled, key=lambda cell: cell.column)}
    options = _options(names, grid[at + rows : at + rows + _LOOKED_AT])
    first = min([*options, *(c for c, text in names.items() if answer_heading(text))], default=-1)
    if first < 0 or any(asks(text) and not question_heading(text) for text in names.values()):
        return None
    left = [column for column in names if column < first]
    known = [column for column in left if question_heading(names[column])]
    sure = any(sure_heading(text) for text in names.values())
    if not known:
        corner = [cell.column for cell in cells if cell.column < first and not cell.text]
        free = [c for c in left if not own_heading(names[c]) and not particular(names[c])] or corner
        plain = not all(cell.strong for cell in filled)  # it could be a label with short answers
        if not free or is_numbered(names.get(free[0], "")) or not (sure or options):
            return None
        if plain and (
            any(map(_is_body, grid[:at])) or not (sure or corner or len(set(options.values())) > 2)
        ):
            return None
        known = free[:1]
    places = {
        column: text
        for column, text in names.items()
        if column > known[-1] and column not in options and not own_heading(text)
        if column >= first or not _is_told(column, grid[at + rows : at + rows + _LOOKED_AT])
    }
    if options and places and _describes(options, grid[at + rows : at + rows + _LOOKED_AT]):
        options = {}
    if not places and not options:
        return None
    sure = sure or any(_ASKING.search(names.get(column, "")) for column in known)
    asked = [
        column for column in known if _QUESTION.search(names.get(column, ""))
    ]  # beside prompts of its own
    return Header((asked or known)[-1], places, options, known[0] if len(known) > 1 else -1, rows, sure)


def _may_head(grid: Grid, at: int) -> bool:
    """Whether a row stands where headers do: the first of several cells, after a heading, or set apart."""
    here = [cell for cell in grid[at] if cell.text]
    first = next((row for row in range(at) if _is_body(grid[row])), at)
    if first == at:
        return True
    last = next(
        cells for cells in (grid[row] for row in range(at - 1, -1, -1)) if any(cell.text for cell in cells)
    )
    if sum(bool(cell.text) for cell in last) == 1:
        return True
    if all(cell.strong for cell in here) and not all(cell.strong for cell in last if cell.text):
        return True
    return [cell.text for cell in here] == [cell.text for cell in grid[first] if cell.text]


def _is_body(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell.text]
    return len(filled) > 1 and not particular(filled[0].text)


def _options(names: dict[int, str], body: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The columns to tick, with their headings: steps of a scale, or columns with nothing but marks."""
    texts = {column: [c.text for row in body for c in row if c.column == column] for column in names}
    found = {
        column: text
        for column, text in names.items()
        if not answer_heading(text)
        and not question_heading(text)
        and (
            is_step(text)
            or (
                not own_heading(text)
                and all(map(is_mark, texts[column]))
                and any(mark(cell)[0] for cell in texts[column])
            )
        )
    }
    return found if len(found) > 1 else {}


def _is_told(column: int, body: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column left of the answers has words in every row, as the form's own guidance would."""
    texts = [cell.text for cells in body if len(cells) > 1 for cell in cells if cell.column == column]
    if any(ticked(text) != text for text in texts):
        return False
    return bool(texts) and all(texts) and median(len(text.split()) for text in texts) > _FREE_WORDS // 2


def _describes(options: dict[int, str], body: Sequence[Sequence[Cell]]) -> bool:
    """Whether the columns of a scale only say what each step means, all filled in and none marked."""
    cells = [cell.text for row in body for cell in row if cell.column in options]
    return bool(cells) and all(cells) and not any(mark(text)[0] for text in cells)


def first_column(grid: Grid) -> int:
    """The column of the questions where no header says it: the first, or the one after their numbers."""
    first = [cell.text for cells in grid for cell in cells[:1] if len(cells) > 1 and cell.column == 0]
    numbers = any(first) and all(map(is_number, first))
    return min((c.column for cells in grid for c in cells[1:2]), default=1) if numbers else 0


def asking(grid: Grid, column: int) -> bool:
    """Whether questions stand in that column, or over the whole width."""
    return any(
        is_question(cell.text)
        for cells in grid
        for cell in cells
        if cell.covers(column) and not particular(cell.text)
    )


def labelled(grid: Grid, column: int) -> bool:
    """Whether a table without a header has short labels down a column and free text or blanks beside it."""
    rows = [cells for cells in grid if len([c for c in cells if c.column >= column]) > 1]
    rows = [cells for cells in rows if not particular(_in(cells, column).text)]
    if any(map(signatures, grid)):
        return False
    with_particulars = len(rows) < sum(len(cells) > 1 for cells in grid)
    labels = [_in(cells, column) for cells in rows]
    named = [cell for cell in labels if cell.text]
    if len(named) < (1 if with_particulars else 2) or not labels[0].text:
        return False
    texts = [line(cell.text).casefold() for cell in named]
    if (
        max(len([c for c in cells if c.column >= column]) for cells in rows) > _COLUMNS
        or any(len(text.split()) > _LABEL_WORDS or text.endswith((".", ";")) for text in texts)
        or len(set(texts)) < len(texts)
        or sum(bool(_TOLD.fullmatch(text)) for text in texts) * 3 > len(texts)
        or all(is_step(unnumbered(cell.text)) or _ACRONYM.fullmatch(cell.text) for cell in named)
    ):
        return False
    beside = [[c for c in cells if c.column > column] for cells in rows]
    said = [answer(cells[0].text, cells[0].italic) for cells in beside if cells]
    lengths = [len(text.split()) for text in said]
    words = [n for n in lengths if n]
    contrast = all(cell.strong for cell in named) and not any(c.strong for cells in beside for c in cells)
    if contrast or with_particulars:
        return True
    if not words:
        return False
    heads = words[0] <= _FREE_WORDS // 2 < _FREE_WORDS <= median(words[1:] or [0]) and lengths[0] > 0
    return not heads and median(words) >= _FREE_WORDS


def signatures(cells: Sequence[Cell]) -> bool:
    """Whether a row heads columns of particulars ("Name", "Role", "Date"), with who signs below."""
    filled = [cell for cell in cells if cell.text]
    return len(filled) > 1 and all(particular(cell.text) for cell in filled[:2])


def stacked(grid: Grid, at: int) -> bool:
    """Whether a row holds questions side by side, whose answers stand under them."""
    filled = [cell for cell in grid[at] if cell.text]
    if len(filled) < 2 or at + 1 >= len(grid) or len(filled) < len(grid[at]):
        return False
    below = [cell for cell in grid[at + 1] if cell.text]
    return all(asks(c.text) for c in filled) and not any(asks(c.text) for c in below)


def _in(cells: Sequence[Cell], column: int) -> Cell:
    return next((cell for cell in cells if cell.covers(column)), cells[0])
