"""A file with everything in it, for whoever writes it out again: all sheets, rows and columns, or its text.

`read` takes of a table what a review needs; here nothing is chosen and nothing left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thememiner.reading import texts
from thememiner.reading.labels import labelled
from thememiner.reading.opening import opened
from thememiner.reading.parsed import Parsed, Tables, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thememiner.reading.finding import Found
    from thememiner.reading.opening import Opened
    from thememiner.reading.sandbox import Limits
    from thememiner.records import LedgerEntry


@dataclass(frozen=True, slots=True)
class Whole:
    """One file: its tables, or its text with its headings in their places; neither when it was refused or
    only holds other files. The texts still name people, so the `repr` hides them. `known` are (sort, value)
    of what its headers and labels say of people; `suffix` is "" for a format that is not read.
    """

    name: str
    suffix: str
    entry: LedgerEntry
    tables: Tables | None = None
    text: str = ""
    known: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"Whole({self.entry.status!r}, text hidden)"


def read_whole(found: Found, limits: Limits | None = None) -> list[Whole]:
    """The file, then each file inside it; one that cannot be read is refused in its entry."""
    return [_whole(file) for file in opened(found, limits)]


def _whole(file: Opened) -> Whole:
    parsed, name = file.parsed, file.found.name
    if parsed is None:
        return Whole(name, file.suffix, file.entry)
    text = _written(parsed) if isinstance(parsed, Text) else ""
    tables = parsed if isinstance(parsed, Tables) else None
    entry = file.settled(_documents(parsed, text), dict(parsed.skipped), kept=tables is not None)
    if entry.status == "refused":
        return Whole(name, file.suffix, entry)
    return Whole(name, file.suffix, entry, tables, text, _known(parsed))


def _documents(parsed: Parsed, text: str) -> int:
    return sum(len(table.rows) for table in parsed.tables) if isinstance(parsed, Tables) else int(bool(text))


def _written(parsed: Text) -> str:
    """The text with its title first and a line above each part whose heading is not in the text."""
    composed = texts.compose(parsed.blocks, (), parsed.title)
    if not composed.text:
        return ""
    shown = {composed.text[start:end] for sort, start, end in composed.asides if sort == "heading"}
    text = composed.text
    for heading, start, _ in reversed(composed.parts):
        # A heading under another is written "Discharge: Planning", and stands in the text as "Planning".
        if heading and not any(heading == h or heading.endswith(f": {h}") for h in shown):
            text = f"{text[:start]}{heading}\n{text[start:]}"
    said = parsed.title and parsed.title not in shown and not text.startswith(parsed.title)
    return f"{parsed.title}\n\n{text}" if said else text


def _known(parsed: Parsed) -> tuple[tuple[str, str], ...]:
    """What mail headers say of people, and the cells of a text's tables after a label that tells of them."""
    if not isinstance(parsed, Text):
        return ()
    return tuple(dict.fromkeys((*parsed.known, *_in_cells(parsed))))


def _in_cells(parsed: Text) -> Iterator[tuple[str, str]]:
    rows: dict[int, dict[int, list[str]]] = {}
    for block in parsed.blocks:
        if block.sort == "cell":
            rows.setdefault(block.table, {}).setdefault(block.row, []).append(block.text)
    for table in rows.values():
        for row, found in zip(table.values(), labelled(table.values()), strict=True):
            yield from ((sort, row[at]) for sort, at in found)
