"""The places to answer in one row of a form's table → the answers, or that the question is left blank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thememiner.reading.boxes import answer, mark
from thememiner.reading.formheadings import answer_heading, sure_heading
from thememiner.reading.formsaid import Said
from thememiner.reading.prompts import asks
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thememiner.reading.formcells import Cell
    from thememiner.reading.formlayouts import Header


_HEADING_WORDS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is open: an answer that goes on belongs to it."""

    text: str
    location: str = ""
    sure: bool = True
    answered: bool = False
    over: bool = False  # it fills its row, so that the answer stands below


def named(asked: Asked, cells: Sequence[Cell]) -> list[Said]:
    """The answer in a row under its question that begins with "Response" or "Evidence"; [] when none does."""
    if len(cells) < 2 or not answer_heading(cells[0].text) or len(cells[0].text.split()) > _HEADING_WORDS:
        return []
    text = "\n".join(filter(None, (answer(cell.text, cell.italic) for cell in cells[1:])))
    title = asked.text if sure_heading(cells[0].text) or not text else f"{asked.text} – {line(cells[0].text)}"
    return [Said("answer", text, title, cells[1].location, asked.sure)]


def domain(header: Header, cells: Sequence[Cell], above: Sequence[Cell]) -> Iterator[Said]:
    """The heading that stands in a column of its own, left of the questions."""
    if header.section >= 0:
        for cell in [*cells, *above]:
            if cell.covers(header.section) and cell.text:
                yield Said("section", line(cell.text))


def under(header: Header, asked: Asked, right: Sequence[Cell], *, continued: bool) -> Iterator[Said]:
    """The answers of a row under a header: what is marked of the options, then each column's words."""
    chosen = _chosen(header, right)
    where = right[0].location if right else asked.location
    columns = {cell.column: cell for cell in right}
    written = [
        (column, heading, answer(columns[column].text, columns[column].italic), columns[column].location)
        for column, heading in header.places.items()
        if column in columns
    ]
    if chosen:
        yield Said("answer", chosen, asked.text, where, asked.sure)
    elif header.options and not continued and not any(text for _, _, text, _ in written):
        yield Said("answer", "", asked.text, where, asked.sure)
    for column, heading, text, location in written:
        if text or (column == header.main and not continued):  # only the main place can be left blank
            title = asked.text if column == header.main else f"{asked.text} – {heading}"
            yield Said("answer", text, title, location or where, asked.sure)
    known = {*header.places, *header.options}
    for cell in right:  # a column that has no heading
        free = not any(cell.covers(column) for column in known) and cell.column > max(known)
        if free and (text := answer(cell.text, cell.italic)):
            yield Said("answer", text, asked.text, cell.location, asked.sure)


def _chosen(header: Header, right: Sequence[Cell]) -> str:
    """The headings of the options that are marked, each with what is written beside its mark."""
    cells = [(header.options[c.column], c.text) for c in right if c.column in header.options and c.text]
    marked = [mark(text)[0] for _, text in cells]
    described = len(cells) == len(header.options) and sum(marked) < len(cells)
    said = []
    for (heading, text), is_marked in zip(cells, marked, strict=True):
        rest = mark(text)[1]
        if is_marked:
            said.append(heading if described else f"{heading}\n{rest}".strip())
        elif rest and not described and answer(rest):
            said.append(f"{heading}\n{rest}")
    return "\n".join(said)


def beside(asked: Asked, right: Sequence[Cell], *, continued: bool, side: bool) -> Iterator[Said]:
    """The answers of a row without a header; questions may stand beside one another, each with its answer."""
    question = asked.text
    places: list[Cell] = []
    for cell in [*right, None]:
        if cell is None or (side and places and asks(cell.text)):
            texts = [answer(c.text, c.italic) for c in places]
            text = "\n".join(filter(None, texts))
            if places and (text or not continued):
                yield Said("answer", text, question, places[0].location, asked.sure or asks(question))
            question, places = (line(cell.text) if cell else ""), []
        else:
            places.append(cell)
