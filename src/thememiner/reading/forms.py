"""Completed forms: the answers alone, each with its question and the form's heading above it.

A form's own words (title, instructions, headings, questions) are never evidence, so none of them is in the
text; they stand in `parts`, `sections` and `blanks`, and the rest is counted. A document is taken for a
form when it has tables that hold questions with a place for the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thememiner.reading import dates
from thememiner.reading.prompts import (
    answer_heading,
    is_number,
    is_question,
    particular,
    question_heading,
    ticked,
)
from thememiner.reading.tidying import line, tidy
from thememiner.records import RawDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.reading.parsed import Block, Parsed, Table
    from thememiner.records import Source, Span

# The formats that forms come in.
SUFFIXES = frozenset((".docx", ".docm", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
# A report may have a question in some table: a form has at most this many words outside its tables for
# each word of answer, or, where answers are short or blank, for each question.
_PROSE_SHARE = 3
_WORDS_A_QUESTION = 100
_CLEARLY = 6  # questions that make a form of short answers
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form's table, merged cells as one."""

    text: str
    column: int
    width: int = 1
    height: int = 1
    strong: bool = False
    location: str = ""


Grid = list[list[Cell]]


@dataclass(slots=True)
class Form:
    """What a form says: (section, question, answer, location), its particulars, and how much is its own."""

    answers: list[tuple[str, str, str, str]] = field(default_factory=list)
    organisation: str = ""
    date: str = ""
    wording: int = 0
    prose: int = 0  # words outside the tables
    title: str = ""

    def is_one(self) -> bool:
        """Whether this is a form at all, and not a report with a question in some table."""
        words = sum(len(answer.split()) for _, _, answer, _ in self.answers)
        blank = sum(not answer for _, _, answer, _ in self.answers)
        number = len(self.answers)
        return number > 0 and (
            self.prose <= _PROSE_SHARE * max(words, 40)
            or ((number >= _CLEARLY or 3 * blank >= number) and self.prose <= _WORDS_A_QUESTION * number)
        )


def read(parsed: Parsed) -> Form | None:
    """The form that a parsed file is; None when it is none."""
    from thememiner.reading.parsed import Bundle, Text

    if isinstance(parsed, Bundle):
        return None
    form = _of_text(parsed.blocks, parsed.title) if isinstance(parsed, Text) else _of_sheets(parsed.tables)
    return form if form.is_one() else None


def document(form: Form, source: Source, name: str, sha256: str) -> RawDocument:
    """The form as one document whose text is its answers."""
    parts: list[Span] = []
    sections: list[Span] = []
    locations: list[Span] = []
    texts: list[str] = []
    at = 0
    for section, question, answer, location in form.answers:
        if not answer:
            continue
        end = at + len(answer)
        parts.append((question, at, end))
        if section:
            sections.append((section, at, end))
        locations.append((location, at, end))
        texts.append(answer)
        at = end + 2
    return RawDocument(
        kind=source.kind,
        text="\n\n".join(texts),
        reference=name,
        source=name,
        file_sha256=sha256,
        title=form.title,
        form=True,
        voice=source.voice or "unknown",
        organisation=source.organisation or form.organisation,
        date=form.date,
        document=source.document,
        parts=tuple(parts),
        sections=tuple(sections),
        locations=tuple(locations),
        blanks=tuple((section, question) for section, question, answer, _ in form.answers if not answer),
    )


def _of_text(blocks: Sequence[Block], title: str) -> Form:
    """The form in a document: headings and tables in their order."""
    form = Form(title=title)
    section, before = "", ""  # the heading above, and the paragraph just above a table
    grid: Grid = []
    for index, block in enumerate(blocks):
        if block.sort == "cell":
            while len(grid) <= block.row:
                grid.append([])
            grid[block.row].append(
                Cell(block.text, block.column, block.width, block.height, block.strong, block.location)
            )
            if index + 1 == len(blocks) or blocks[index + 1].table != block.table:
                section = _table(form, grid, section, before)
                grid, before = [], ""
            continue
        form.wording += 1
        if block.sort == "heading" or (block.strong and len(block.text.split()) <= _HEADING_WORDS):
            if not is_question(block.text) and block.text != title:
                section = line(block.text)
        else:
            form.prose += len(block.text.split())
        _particular(form, block.text)
        before = block.text
    return form


def _of_sheets(tables: Sequence[Table]) -> Form:
    form = Form()
    for table in tables:
        grid = _sheet_grid(table)
        used = [cells for cells in grid if cells]
        if len(used[0]) == 1 and not is_question(used[0][0].text) and not form.title:
            form.title = line(used[0][0].text)
        _table(form, grid, table.sheet, "")
    return form


def _sheet_grid(table: Table) -> Grid:
    """The cells of a sheet, a merged range as one; a blank cell beside words is kept, as in a document."""
    spans = {(top, left): (right - left + 1, bottom - top + 1) for top, left, bottom, right in table.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in table.merged
        for row in range(top, min(bottom, top + 1000) + 1)
        for column in range(left, min(right, left + 1000) + 1)
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
        if (
            cells
            and sum(bool(cell.text) for cell in cells) == 1
            and cells[0].text
            and not _asks(cells[0].text)
        ):
            cells = cells[:1]  # words alone in the first column are a title or a heading
        grid.append(cells)
    return grid


def _asks(text: str) -> bool:
    return is_question(text) or bool(particular(text))


def _table(form: Form, grid: Grid, section: str, before: str) -> str:
    """Takes the answers of one table into the form; gives the heading that holds after it."""
    if before and is_question(before) and sum(map(len, grid)) == 1:  # a box under its question
        cell = grid[0][0]
        form.answers.append((section, line(before), ticked(cell.text), cell.location))
        return section
    found = 0
    header: tuple[int, dict[int, str]] | None = None
    carried: list[tuple[int, Cell]] = []  # questions merged over further rows: (rows left, cell)
    asked = ""  # a question that fills its row, so that the answer stands below
    for index, cells in enumerate(grid):
        filled = [cell for cell in cells if cell.text]
        above = [cell for left, cell in carried if left > 0]
        carried = [(left - 1, cell) for left, cell in carried if left > 1]
        carried += [(cell.height - 1, cell) for cell in cells if cell.height > 1 and cell.text]
        if not cells or (not filled and not above and not asked):
            continue
        if asked:
            if len(filled) <= 1 and not (filled and is_question(filled[0].text)):
                answer = filled[0] if filled else cells[0]
                form.answers.append((section, asked, ticked(answer.text), answer.location))
                asked = ""
                continue
            form.answers.append((section, asked, "", cells[0].location))
            asked = ""
        heads = _header(cells)
        if heads:
            header = heads
            form.wording += len(filled)
            continue
        if _particulars(form, cells):
            continue
        row = _row(header, cells, above, is_first=index == 0)
        if row is not None:
            form.answers += [(section, *found_row) for found_row in row]
            found += len(row)
            form.wording += 1  # its question
        elif len(filled) == 1 and is_question(filled[0].text) and len(cells) == 1 and index + 1 < len(grid):
            asked = line(filled[0].text)
            form.wording += 1
        elif len(filled) == 1 and len(filled[0].text.split()) <= _HEADING_WORDS:
            section = line(filled[0].text)
            form.wording += 1
        else:
            form.wording += len(filled)
            if header is None and not found:
                form.prose += sum(len(cell.text.split()) for cell in filled)
    if asked:
        form.answers.append((section, asked, "", grid[-1][0].location if grid[-1] else ""))
    return section


def _header(cells: Sequence[Cell]) -> tuple[int, dict[int, str]] | None:
    """(column of the questions, columns of the answers with their headings) when the row is a header."""
    asks = [cell for cell in cells if question_heading(cell.text)]
    answers = {c.column: line(c.text) for c in cells if asks and c.column > asks[0].column and c.text}
    if not asks or not any(answer_heading(text) for text in answers.values()):
        return None
    return asks[0].column, answers


def _row(
    header: tuple[int, dict[int, str]] | None, cells: Sequence[Cell], above: Sequence[Cell], *, is_first: bool
) -> list[tuple[str, str, str]] | None:
    """(question, answer, location) of a row, one for each place to answer; None when it asks nothing."""
    if header:
        column, places = header
        question = next(
            (c for c in [*cells, *above] if c.column <= column < c.column + c.width and c.text), None
        )
        if question is None or (len(cells) == 1 and len(places) > 0 and question in cells and not above):
            return None
        here = {c.column: c for c in cells if c.column > question.column}
        main = next((at for at, heading in places.items() if answer_heading(heading)), min(places))
        rows = []
        for at, heading in places.items():
            cell = here.get(at)
            if cell is None:
                continue
            answer = ticked(cell.text)
            if at == main or answer:  # only the main place can be left blank
                title = line(question.text) if at == main else f"{line(question.text)} – {heading}"
                rows.append((title, answer, cell.location))
        return rows or None
    lead = [cell for cell in cells if not is_number(cell.text) or cell.column > 0]
    question = lead[0] if lead and is_question(lead[0].text) else None
    if question is None:
        question = next((c for c in above if is_question(c.text)), None)
        places_left = list(cells) if question else []
    else:
        places_left = list(lead[1:])
    if question is None or not places_left or (is_first and all(is_question(c.text) for c in places_left)):
        return None
    texts = [ticked(cell.text) for cell in places_left]
    return [(line(question.text), "\n".join(filter(None, texts)), places_left[0].location)]


def _particulars(form: Form, cells: Sequence[Cell]) -> bool:
    """Takes "Organisation", "Date" and their like from a row of labels and values; true when it is one."""
    labels = [(at, sort) for at, cell in enumerate(cells) if (sort := particular(cell.text))]
    if not labels or labels[0][0] != 0:
        return False
    for at, sort in labels:
        value = cells[at + 1].text if at + 1 < len(cells) else ""
        value = "" if particular(value) else value  # a row of labels, with nothing filled in
        _fill(form, sort, value)
    form.wording += sum(bool(cell.text) for cell in cells)
    return True


def _particular(form: Form, text: str) -> None:
    """Takes the same from a paragraph "Organisation: ..."."""
    label, colon, value = text.partition(":")
    if colon and "\n" not in label:
        _fill(form, particular(label), value)


def _fill(form: Form, sort: str, value: str) -> None:
    if sort == "organisation":
        form.organisation = form.organisation or line(value)
    elif sort == "date":
        form.date = form.date or dates.iso(line(value))
