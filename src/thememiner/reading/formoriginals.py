"""What the parser gave for the lines of a form, so that an answer that is made of them has its originals.

An answer is put together of lines of one cell or several, without what offers choices or gives guidance, so
it is its lines that are known again. One that came in two ways that tidying made the same is left out, as
it cannot be told which was the answer's; so is one that only part of went into the answer.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from thememiner.reading import repairs
from thememiner.reading.parsed import Bundle, Tables
from thememiner.reading.tidying import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from thememiner.reading.parsed import Parsed
    from thememiner.records import Edit


def lines(parsed: Parsed) -> dict[str, str]:
    """What the parser gave, by the tidied line, of each line that tidying changed."""
    ways: dict[str, set[str]] = defaultdict(set)
    for text, found, lead in _texts(parsed):
        at = 0
        for line in text.split("\n"):
            end = at + len(line)
            ways[line].add(repairs.before(text, found, at, end) if found else line)
            if at < lead < end:
                ways[text[lead:end]].add(repairs.before(text, found, lead, end))
            at = end + 1
    return {line: way for line, (way, *others) in ways.items() if not others and way != line}


def edits(text: str, given: Mapping[str, str]) -> tuple[Edit, ...]:
    """The edits of an answer, by what the parser gave for its lines."""
    return repairs.edits("\n".join(given.get(line, line) for line in text.split("\n")), text)


def _texts(parsed: Parsed) -> Iterator[tuple[str, tuple[Edit, ...], int]]:
    """Each text of the file with its edits, and how much at its start only leads into it."""
    if isinstance(parsed, Tables):
        for table in parsed.tables:
            for row in (table.header, *table.rows):
                for cell in row:
                    text = tidy(cell)
                    yield text, repairs.edits(cell, text), 0
    elif not isinstance(parsed, Bundle):
        for block in parsed.blocks:
            yield block.text, block.originals, block.lead
