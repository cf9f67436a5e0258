"""What would be made of a file, told before it is read for good: which columns are which, what is left out.

Headings and numbers only: no cell, no sentence and no name of a person is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.reading import columns, forms, frames, tables
from thememiner.reading.finding import find
from thememiner.reading.mapping import map_file, parsed_file
from thememiner.reading.parsed import RefusedError, Tables, Text

if TYPE_CHECKING:
    from thememiner.reading.finding import Found
    from thememiner.reading.parsed import Table
    from thememiner.records import Source


@dataclass(frozen=True, slots=True)
class Preview:
    """One file: its name, what it was taken for, and lines of (what, which)."""

    source: str
    taken_for: str
    lines: tuple[tuple[str, str], ...] = ()


def preview(sources: Iterable[Source]) -> list[Preview]:
    """What would be made of every file of the sources, in the order of their names.

    Raises `InputError` as `read` does, for a path that is not there.
    """
    return [_preview(found) for source in sources for found in find(source)]


def _preview(found: Found) -> Preview:
    try:
        parsed = parsed_file(found)
    except RefusedError as refused:
        return Preview(found.name, "not read", (("reason", refused.code), ("what to do", refused.detail)))
    if isinstance(parsed, Tables):
        form = _form(found)
        if form:
            return form
        lines = [line for table in parsed.tables for line in _table(table, found.source)]
        return Preview(found.name, "a table", tuple(lines))
    if isinstance(parsed, Text):
        form = _form(found)
        if form:
            return form
        sorts = ("heading", "paragraph", "item", "cell", "note", "comment", "contents", "header", "footer")
        counts = [(sort, sum(block.sort == sort for block in parsed.blocks)) for sort in sorts]
        lines = [(f"{sort}s", str(number)) for sort, number in counts if number]
        lines += [("left out", f"{reason}: {number}") for reason, number in parsed.skipped]
        lines += [("files inside", str(len(parsed.members)))] if parsed.members else []
        return Preview(found.name, "running text", tuple(lines))
    return Preview(found.name, "a file of files", (("files inside", str(len(parsed.members))),))


def _form(found: Found) -> Preview | None:
    """The preview of a completed form; None for anything else."""
    suffix = "" if frames.is_frame(found.path) else Path(found.name).suffix.lower()
    if found.source.kind != "account" or suffix not in forms.SUFFIXES or found.source.text:
        return None
    documents = [document for _, made in map_file(found) for document in made if document.form]
    if not documents:
        return None
    answered = sum(len(document.parts) for document in documents)
    blank = sum(len(document.blanks) for document in documents)
    return Preview(
        found.name,
        "a completed form" if len(documents) == 1 else f"{len(documents)} completed forms",
        (("questions answered", str(answered)), ("questions left blank", str(blank))),
    )


def _table(table: Table, source: Source) -> Iterator[tuple[str, str]]:
    where = f"sheet {table.sheet}: " if table.sheet else ""
    try:
        found = tables.with_columns(table, source)
    except columns.MissingColumnError as missing:
        yield f"{where}column not found", missing.name
        return
    if found is None:
        names = [heading for heading in table.header if heading.strip()]
        yield f"{where}rows", str(len(table.rows))
        yield f"{where}text", "no column is known to hold it; name one with --text-column"
        yield f"{where}columns", columns.listing(names) or "none"
        return
    lower, chosen = found
    known = columns.fitting(lower.header, source.kind)
    yield f"{where}headings recognised", known.name if known else "none; columns as they were named"
    yield f"{where}rows", f"{len(lower.rows)}, under the headings in row {lower.header_row}"

    def named(numbers: Iterable[int]) -> str:
        return "; ".join(" ".join(lower.header[at].split()) for at in numbers if at >= 0)

    used: set[int] = set()
    shown = {
        "text": chosen.text,
        "id": (chosen.id,),
        "date": (chosen.date,),
        "organisation": chosen.organisation,
        "place": (chosen.place,),
        "team": (chosen.team,),
        "voice": (chosen.voice,),
        **({"may quote": (chosen.may_quote,)} if chosen.may_quote >= 0 else {}),
        "revision": (chosen.revision,),
        "of people, masked in the text": tuple(at for _, at in chosen.known),
    }
    for what, numbers in shown.items():
        yield f"{where}{what}", named(numbers) or "none"
        used.update(numbers)
    left = [at for at, heading in enumerate(lower.header) if heading.strip() and at not in used]
    yield f"{where}not read", named(left) or "none"
