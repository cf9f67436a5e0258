"""What a form asks, filled in or not: its title, its headings and the questions under each.

It is taken at the word of whoever gives it that it is a form; nothing that is answered in it comes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.errors import InputError
from thememiner.reading import formcells, formlisten, formrows, formtables
from thememiner.reading.finding import Found
from thememiner.reading.formheadings import answer_heading
from thememiner.reading.formsaid import Said
from thememiner.reading.mapping import parsed_file
from thememiner.reading.parsed import RefusedError, Tables, Text
from thememiner.reading.tidying import line
from thememiner.records import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from thememiner.reading.parsed import Parsed, Table
    from thememiner.reading.sandbox import Limits

_UNNAMED_SHEET = re.compile(r"(?:sheet|tab|form|return|template|response)?\s*\d*", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})[.):]?\s")
_LABEL_WORDS = 12
_COLUMN = " – "  # between a question and the heading of a further column that is answered beside it


@dataclass(frozen=True, slots=True)
class Part:
    """The questions under one heading of a form, in their order; the heading is "" above the first."""

    heading: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks, and the headings under which nothing is asked while something is under others."""

    title: str
    parts: tuple[Part, ...]
    idle: tuple[str, ...] = ()


def asked(file: str | Path, limits: Limits | None = None) -> Asked:
    """What the form in a file asks; a form that it holds several times is told once.

    Raises `InputError` for a file that is not there or is refused, and where nothing is asked in it.
    """
    path = Path(file)
    if not path.is_file():
        raise InputError(f"{path} is not a file: give the path of a form, such as form.docx or form.xlsx.")
    try:
        parsed = parsed_file(Found(path, path.name, Source(path, kind="account")), limits)
    except RefusedError as refused:
        raise InputError(f"{path.name} cannot be read ({refused.code}): {refused.detail}.") from None
    title, said = _said(parsed)
    parts = _parts(said)
    if not parts:
        raise InputError(
            f"{path.name} has no headings and no questions that could be found: set its headings in heading "
            "styles, or put each question in a cell of its own with room for the answer beside it."
        )
    return _settled(title, parts)


def _said(parsed: Parsed) -> tuple[str, list[Said]]:
    """The title and what the form says, one thing after another."""
    if isinstance(parsed, Text):
        title = title_of(parsed)
        said = formlisten.to_text(parsed.blocks, title, labels=True)
        cells = (b for b in parsed.blocks if b.sort == "cell")
        tables = [formcells.of_blocks(list(of)) for _, of in groupby(cells, key=lambda b: b.table)]
        rows = [question for grid in tables for question in formrows.questions(grid)]
        return line(title), _answers(rows) or said
    sheets = [_sheet(table) for table in parsed.tables] if isinstance(parsed, Tables) else []
    title = next((each.text for said in sheets for each in said if each.sort == "title"), "")
    asking = [{each.question for each in said if each.sort == "answer"} for said in sheets]
    together = sum(map(len, asking)) == len(set().union(*asking))  # and not one form again on each sheet
    named = together and sum(map(bool, asking)) > 1
    found: list[Said] = []
    for table, said in zip(parsed.tables if isinstance(parsed, Tables) else (), sheets, strict=True):
        if named and not unnamed(table.sheet):
            found.append(Said("section", line(table.sheet)))
        found += said
    return line(title), found


def unnamed(sheet: str) -> bool:
    """Whether a sheet's name is one that a program or a form gives to any ("Sheet1", "Response")."""
    return _UNNAMED_SHEET.fullmatch(sheet) is not None


def title_of(parsed: Text) -> str:
    """The title; not a first heading that only stands in for one, beside others of its level."""
    headings = [block for block in parsed.blocks if block.sort == "heading"]
    first = next((block for block in headings if block.text == parsed.title), None)
    others = [block.level for block in headings if block is not first]
    return (
        "" if first and first.level and min(others, default=first.level + 1) <= first.level else parsed.title
    )


def _sheet(table: Table) -> list[Said]:
    grid = formcells.of_sheet(table)
    said = _answers(formrows.questions(grid)) or formlisten.to_sheet(table)
    if any(each.sort in ("answer", "section") for each in said):
        return said
    return [*said, *_answers(_column(grid))]


def _column(grid: formcells.Grid) -> list[str]:
    """The labels of a blank form that has nothing else: short words, each alone in its row."""
    filled = [[cell for cell in cells if cell.text] for cells in grid if not formtables.particulars(cells)]
    rows = [cells for cells in filled if cells]
    alone = [cells[0].text for cells in rows[1:] if len(cells) == 1]  # the first is its title
    labels = [text for text in alone if len(text.split()) <= _LABEL_WORDS and not text.endswith((".", ";"))]
    return labels if len(labels) == len(rows) - 1 > 1 else []


def _answers(questions: Iterable[str]) -> list[Said]:
    return [Said("answer", "", question) for question in questions]


def _parts(said: Sequence[Said]) -> list[Part]:
    """The headings with the questions under each: what comes again, in another copy of the form, is one."""
    parts: dict[str, dict[str, None]] = {"": {}}
    heading = ""
    for each in said:
        if each.sort == "title":
            heading = ""
        elif each.sort == "section":
            heading = line(each.text)
            parts.setdefault(heading, {})
        elif each.sort == "answer" and each.question:
            parts[heading].setdefault(line(each.question))
    every = {question for questions in parts.values() for question in questions}
    found = [
        Part(heading, tuple(dict.fromkeys(_whole(question, every) for question in questions)))
        for heading, questions in parts.items()
    ]
    return [part for part in found if part.heading or part.questions]


def _whole(question: str, every: Collection[str]) -> str:
    """The question without the heading of the column that is answered beside it."""
    asked, _, column = question.rpartition(_COLUMN)
    return asked if asked in every or (asked and answer_heading(column)) else question


def _settled(title: str, parts: Sequence[Part]) -> Asked:
    """Headings under which nothing is asked are idle where most have questions; else they ask themselves."""
    headed = [part for part in parts if part.heading]
    idle = [part.heading for part in headed if not part.questions]
    if 2 * len(idle) < len(headed) and not _is_one_run(parts):
        return Asked(title, tuple(part for part in parts if part.questions), tuple(idle))
    if len(idle) == len(headed) == len(parts):  # headings alone
        return Asked(title, tuple(headed))
    return Asked(title, (Part("", tuple(dict.fromkeys(_flat(parts)))),))


def _is_one_run(parts: Sequence[Part]) -> bool:
    """Whether headings and questions are numbered together, 1, 2, 3, so that all of them ask."""
    numbers = [_NUMBER.match(text) for text in _flat(parts)]
    return [int(n[1]) for n in numbers if n] == list(range(1, len(numbers) + 1))


def _flat(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if part.heading:
            yield part.heading
        yield from part.questions
