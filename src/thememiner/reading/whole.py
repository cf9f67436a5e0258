"""A file with everything in it, for whoever writes it out again: all sheets, rows and columns, or its text.

`read` takes of a table what a review needs; here nothing is chosen and nothing left out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.reading import formats, sandbox, texts
from thememiner.reading.finding import Found
from thememiner.reading.labels import labelled
from thememiner.reading.mapping import DEEPEST, Room, bytes_of
from thememiner.reading.parsed import Member, Parsed, RefusedError, Tables, Text
from thememiner.records import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thememiner.reading.sandbox import Limits


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
    whole: list[Whole] = []
    waiting = [found]
    room = Room()
    while waiting:
        file = waiting.pop()
        done, members = _read(file, limits)
        whole.append(done)
        inner = []
        for member in members:
            inside = Found(
                None, f"{file.name}/{member.name}", file.source, member.data, file.name, file.depth + 1
            )
            if member.code:
                whole.append(_refused(inside, RefusedError(member.code, member.detail)))
            elif inside.depth > DEEPEST or not room.takes(len(member.data)):
                whole.append(_refused(inside, RefusedError("over_limit", "unpack it and give the folder")))
            else:
                inner.append(inside)
        waiting += reversed(inner)
    return whole


def suffix_of(name: str) -> str:
    """The suffix of a file name if it is that of a format; what else follows a dot may be of a name."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in formats.FORMATS or suffix in formats.ADVICE else ""


def _read(found: Found, limits: Limits | None) -> tuple[Whole, tuple[Member, ...]]:
    suffix = suffix_of(found.name)
    entry = _refused(found, RefusedError("malformed")).entry
    try:
        data = found.data if found.data is not None else bytes_of(Path(found.path))
        entry = replace(entry, sha256=hashlib.sha256(data).hexdigest())
        formats.check(suffix)
        parsed = sandbox.parse(suffix, data, limits)
    except RefusedError as refused:
        entry = replace(entry, reason=refused.code, detail=refused.detail)
        return Whole(found.name, suffix, entry), ()
    members = () if isinstance(parsed, Tables) else parsed.members
    text = _written(parsed) if isinstance(parsed, Text) else ""
    if not (text or members or isinstance(parsed, Tables)):
        entry = replace(entry, reason="empty", detail="there is no text in it", skipped=parsed.skipped)
        return Whole(found.name, suffix, entry), ()
    entry = replace(
        entry,
        status="partly_read" if parsed.partly else "read",
        reason=parsed.partly,
        documents=_documents(parsed, text),
        skipped=tuple(sorted(parsed.skipped)),
        detail=parsed.detail,
    )
    tables = parsed if isinstance(parsed, Tables) else None
    return Whole(found.name, suffix, entry, tables, text, _known(parsed)), members


def _refused(found: Found, refused: RefusedError) -> Whole:
    suffix = suffix_of(found.name)
    entry = LedgerEntry(
        source=found.name,
        kind=found.source.kind,
        status="refused",
        reason=refused.code,
        format=suffix.removeprefix("."),
        parser=formats.parser_of(suffix),
        inside=found.inside,
        detail=refused.detail,
    )
    return Whole(found.name, suffix, entry)


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
