"""A document or workbook, from end to end → what it says as a form, one thing after another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from thememiner.reading import formcells, formlines, formtables
from thememiner.reading.boxes import answer
from thememiner.reading.formheadings import particular
from thememiner.reading.formsaid import Said
from thememiner.reading.prompts import about_form, is_guidance, is_question
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thememiner.reading.parsed import Block, Table

_HEADING_WORDS = 12
_TAKEN = frozenset(("answer", "organisation", "date"))
# A heading that is the name of a body and nothing else.
_BODY = re.compile(
    r"(?!(?:The|Our|Your|Role of|Work of)\b)[A-Z][\w’'&.-]*(?: (?:[A-Z(][\w’'&.)-]*|of|and|for|&|the))*"
    r" (?:Trust|ICB|Integrated Care Board|Council|CIC|Health Board|Hospitals?)"
)
_ARTICLE = re.compile(r"\b(?:the|of|and|for|your|our) (?:trust|council|icb|hospitals?)$", re.IGNORECASE)
# Lines that sign a form, after its last answer.
_SIGNED = re.compile(r"(?:sign|name|(?:form )?(?:completed|prepared|submitted|approved))", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """The question that the paragraphs answer, until the next."""

    question: str
    location: str
    sure: bool
    heading: int  # the level of its heading, 0 when it is none
    lines: list[str] = field(default_factory=list)
    where: str = ""
    last: str = ""  # the sort of the last block

    def take(self, text: str, block: Block) -> None:
        """Adds what a block says to the answer."""
        self.where = self.where or block.location
        if text and self.lines and self.last == block.sort and block.sort in ("item", "cell"):
            self.lines[-1] += f"\n{text}"
        elif text:
            self.lines.append(text)
        self.last = block.sort


def to_text(blocks: Sequence[Block], title: str, *, labels: bool) -> list[Said]:
    """What a document says: its headings, questions, answers and tables in their order."""
    grids = {
        table: formcells.of_blocks(list(cells))
        for table, cells in groupby((b for b in blocks if b.sort == "cell"), key=lambda b: b.table)
    }
    tables = {table: formtables.read(grid) for table, grid in grids.items()}
    tabled = sum(said.sort == "answer" and said.sure for found in tables.values() for said in found) >= 2
    asked = formlines.questions(blocks, title, tabled=tabled, labels=labels)
    return list(_walk(blocks, title, grids, tables, asked))


def _walk(
    blocks: Sequence[Block],
    title: str,
    grids: dict[int, formcells.Grid],
    tables: dict[int, list[Said]],
    asked: dict[int, bool],
) -> Iterator[Said]:
    now: _Open | None = None
    for at, block in enumerate(blocks):
        if block.sort == "cell":
            if at and blocks[at - 1].sort == "cell" and blocks[at - 1].table == block.table:
                continue
            cells = [cell for row in grids[block.table] for cell in row]
            plain = all(said.sort not in _TAKEN for said in tables[block.table])
            if now and (len(cells) == 1 or plain):
                for cell in cells:
                    now.take(answer(cell.text, cell.italic), block)
            else:
                yield from _close(now)
                now = None
                yield from tables[block.table]
        elif block.sort not in formlines.LINES:
            yield Said("wording")
        elif (block.text == title and not _is_body(block)) or (block.sort == "heading" and block.level == 0):
            yield from _close(now)
            now = None
            yield Said("title", block.text)
        elif at in asked:
            yield from _close(now)
            level = block.level if block.sort == "heading" else 0
            now = _Open(line(block.text), block.location, asked[at], level)
            yield Said("wording")
        elif given := _given(block, now):
            yield from _close(now)
            now = None
            yield from given
        elif now and _goes_on(block, now, next_asks=at + 1 in asked):
            if _is_guidance(block, now):
                yield Said("guidance")
            else:
                now.take(block.text[block.lead :], block)
        else:
            if _is_heading(block):
                yield from _close(now)
                now = None
            yield _beside(block)
    yield from _close(now)


def _close(now: _Open | None) -> Iterator[Said]:
    if now:
        text = answer("\n\n".join(now.lines))
        yield Said("answer", text, now.question, now.where or now.location, now.sure)


def _given(block: Block, now: _Open | None) -> list[Said]:
    """The particulars of a line; inside an answer only those that end it: the next form's, or a signature."""
    if _is_body(block):
        return [Said("organisation", line(block.text))]
    given = formtables.labelled_line(block.text)
    label = block.text.partition(":")[0]
    ends = particular(label) in ("organisation", "date") or _SIGNED.match(label)
    return given if given and (now is None or ends) else []


def _is_body(block: Block) -> bool:
    """Whether a heading is the name of a body and nothing else."""
    named = block.sort == "heading" and _BODY.fullmatch(block.text)
    return bool(named) and not _ARTICLE.search(block.text)


def _goes_on(block: Block, now: _Open, *, next_asks: bool) -> bool:
    """Whether a line belongs to the answer above it, as a heading of its own may."""
    if block.sort == "heading":
        return 0 < now.heading < block.level
    return not (_is_heading(block) and next_asks)


def _is_guidance(block: Block, now: _Open) -> bool:
    return is_guidance(block.text, italic=block.italic > 0 and not now.lines)


def _is_heading(block: Block) -> bool:
    return block.sort == "heading" or (block.strong and len(block.text.split()) <= _HEADING_WORDS)


def _beside(block: Block) -> Said:
    """What a line is that neither asks nor answers."""
    if _is_heading(block):
        return Said("wording") if is_question(block.text) else Said("section", line(block.text))
    if about_form(block.text) or is_guidance(block.text, italic=block.italic > 0):
        return Said("guidance", block.text)
    return Said("prose", block.text)


def to_sheet(table: Table) -> list[Said]:
    """What a sheet says; words alone in its first row are its title."""
    return to_grid(formcells.of_sheet(table))


def to_grid(grid: formcells.Grid) -> list[Said]:
    """What a sheet's cells say, as `to_sheet`; the row of the title is blank in them afterwards."""
    first = next((at for at, cells in enumerate(grid) if cells), 0)
    filled = [cell for cell in grid[first] if cell.text]
    said: list[Said] = []
    if len(filled) == 1 and not is_question(filled[0].text) and not formtables.particulars(grid[first]):
        said.append(Said("title", line(filled[0].text)))
        grid[first] = []
    return [*said, *formtables.read(grid)]
