"""Tables that people have coded → a document a row, with what the row's further columns say of it.

`read` keeps nothing of a table but a document's own columns. Labels stand in the others: here they come with
it, row by row, and it is for the caller to say which of them are labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from thememiner.errors import InputError
from thememiner.reading import tables
from thememiner.reading.columns import MissingColumnError, missing
from thememiner.reading.finding import Found, find
from thememiner.reading.mapping import parsed_file
from thememiner.reading.parsed import RefusedError, Tables
from thememiner.records import RawDocument, Source


@dataclass(frozen=True, slots=True)
class CodedTable:
    """One table: `documents`, one a row, and the row's cells under `headings`; the texts still name people.

    `used` are the numbers of the columns that a document is made of, or that tell of people.
    """

    name: str
    documents: tuple[RawDocument, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    used: frozenset[int]

    def __repr__(self) -> str:
        return f"CodedTable({len(self.documents)} rows, text hidden)"


def read_coded(sources: Iterable[Source]) -> list[CodedTable]:
    """Every table of the sources that has a column of text, in the order of the files' names.

    Raises `InputError` for a file that cannot be read or is no table, and for a column of text that no table
    has: what is learnt from must be read whole.
    """
    files = sorted((found for source in sources for found in find(source)), key=lambda found: found.name)
    return [table for found in files for table in _tables(found)]


def _tables(found: Found) -> list[CodedTable]:
    try:
        parsed = parsed_file(found)
    except RefusedError as refused:
        detail = f", {refused.detail}" if refused.detail else ""
        raise InputError(f"{found.name} cannot be read: {refused.code}{detail}.") from None
    if not isinstance(parsed, Tables):
        raise InputError(
            f"{found.name} is no table: labelled texts come as CSV, XLSX, JSON lines or the like."
        )
    if parsed.partly:
        raise InputError(f"{found.name} can only be read in part: {parsed.partly}. Save it again, whole.")
    made: list[CodedTable] = []
    lost: MissingColumnError | None = None
    for table in parsed.tables:
        try:
            chosen = tables.with_columns(table, found.source)
        except MissingColumnError as error:
            lost = lost or error
            continue
        if chosen is None:
            continue
        lower, columns = chosen
        read = tables.documents(Tables((lower,)), found.source, found.name, "", keep_empty=True)
        assert read
        used = {
            *columns.text,
            *(at for _, at in columns.known),
            *columns.organisation,
            columns.id,
            columns.date,
            columns.place,
            columns.team,
            columns.voice,
            columns.may_quote,
            columns.title,
        }
        made.append(
            CodedTable(
                found.name,
                tuple(read.documents),
                lower.header,
                lower.rows,
                lower.numbers,
                frozenset(used - {-1}),
            )
        )
    if not made and lost:
        raise missing(tables.headings(parsed), lost.field, lost.name, found.name)
    if not made:
        raise InputError(f"{found.name}: {tables.no_text_column(parsed).detail}.")
    return made
