"""A table under headings that are known → its rows by field, de-identified, each with where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from thememiner import resources
from thememiner.deidentifying import Rules, mask
from thememiner.deidentifying.masking import mask_together
from thememiner.errors import InputError, nearest
from thememiner.reading import find
from thememiner.reading.known import KnownColumn, known_columns, known_values
from thememiner.reading.mapping import parsed_file
from thememiner.reading.parsed import RefusedError, Table, Tables
from thememiner.reading.tidying import tidy
from thememiner.records import Skipped, Source

_T = TypeVar("_T")
_DEPTH = 20  # rows looked through for the headings, under titles and notes
_LISTED, _LONGEST = 20, 40  # headings in a message, and characters of each
_NO_COLUMNS = "sheet of an enclosed table without its columns"


@dataclass(frozen=True, slots=True)
class Enclosed(Generic[_T]):
    """What a table held: its rows as records, its name and digest, what was left out, and notes: lines."""

    rows: tuple[_T, ...]
    name: str
    sha256: str
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a table: by field those that it goes by, the first of them its own.

    Of each group of `needed` one has to be there. `texts` are fields that people wrote freely, which are
    de-identified together.
    """

    headings: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by field, tidied, "" where there is none; `where` is its file, sheet and number."""

    cells: Mapping[str, str]
    number: int
    where: str
    known: tuple[tuple[str, str], ...] = ()

    def slip(self, what: str) -> InputError:
        """The error for something wrong in the row."""
        return InputError(f"{self.where} {what}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A table as it stands in its file, with identifiers still in it."""

    name: str
    sha256: str
    rows: tuple[Row, ...] = field(repr=False)
    columns: Columns
    skipped: tuple[Skipped, ...] = ()
    unread: tuple[str, ...] = ()


def opened(path: str | Path, columns: Columns) -> Opened:
    """The rows of a CSV, workbook or other table that have anything in them.

    Raises `InputError` for a file that is not there, is no table, cannot be read whole, lacks a column (with
    the nearest that it has), has one twice, or has no row.
    """
    (found, *more) = find(Source(path))
    if more or Path(path).is_dir():
        raise InputError(f"{Path(path).name} is a folder: give one table, such as a CSV or XLSX file.")
    try:
        parsed = parsed_file(found)
    except RefusedError as error:
        said = error.code.replace("_", " ")
        raise InputError(
            f"{found.name} cannot be read ({said}): {error.detail or 'save it again'}."
        ) from None
    if not isinstance(parsed, Tables):
        raise InputError(f"{found.name} is no table: give a CSV or XLSX file with {_wanted(columns)}.")
    if parsed.partly:
        raise InputError(
            f"{found.name} cannot be read whole: {parsed.partly}. {parsed.detail}".rstrip(". ") + "."
        )
    fitting = [(table, at) for table in parsed.tables if (at := _header(table, columns)) >= 0]
    if not fitting:
        raise _missing(found.name, parsed.tables, columns)
    rows: list[Row] = []
    unread: dict[str, None] = {}
    for table, at in fitting:
        where = f"{found.name}{f', sheet {table.sheet}' if len(parsed.tables) > 1 else ''}"
        of_table, others = _rows(table, at, columns, where)
        rows += of_table
        unread |= dict.fromkeys(others)
    if not rows:
        raise InputError(f"{found.name} has headings and no rows under them.")
    left = len(parsed.tables) - len(fitting)
    return Opened(
        name=found.name,
        sha256=resources.sha256(Path(path)),
        rows=tuple(rows),
        columns=columns,
        skipped=(Skipped("read", _NO_COLUMNS, left),) if left else (),
        unread=tuple(unread),
    )


def behind_the_wall(row: Row, columns: Columns, wall: Rules, *, redact: bool) -> dict[str, str]:
    """The cells of a row, de-identified: what was written freely together, labels each by itself.

    A label by itself has the same words as the same label of a document. `redact` false leaves all as it is.
    """
    if not redact:
        return dict(row.cells)
    together = [row.cells[name] for name in columns.texts]
    # By itself first: of a name of which the row's own columns know a part, only that part would be masked.
    plainly = [each.text for each in mask_together(together, wall)]
    masked = (each.text for each in mask_together(plainly, wall, row.known))
    labels = {
        name: mask(text, wall).text if text else ""
        for name, text in row.cells.items()
        if name not in columns.texts
    }
    return labels | dict(zip(columns.texts, masked, strict=True))


def own_id(text: str, wall: Rules, *, redact: bool) -> str:
    """An id as it is, or `id-` and 12 digits of its SHA-256 where it holds an identifier."""
    if redact and mask(text.replace("_", " "), wall).masks:
        return f"id-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    return text


def notes(table: Opened) -> tuple[str, ...]:
    """A line that names the columns that were not read, where there are any."""
    if not table.unread:
        return ()
    what = "column" if len(table.unread) == 1 else "columns"
    return (f"{table.name}: not read: the {what} {', '.join(map(repr, table.unread))}.",)


def plain(text: str) -> str:
    """A heading or name as it is compared: no case, one sign for whatever parts its words."""
    return " ".join(text.replace("_", " ").replace("-", " ").casefold().split()).rstrip(":. ")


def _header(table: Table, columns: Columns) -> int:
    """How many rows down the headings stand; -1 where no row has all that is needed."""
    for depth, row in enumerate((table.header, *table.rows[:_DEPTH])):
        held = set(_fields(row, columns).values())
        if all(held & set(group) for group in columns.needed):
            return depth
    return -1


def _fields(header: Sequence[str], columns: Columns) -> dict[int, str]:
    """Column -> field, of the columns that are known."""
    names = {plain(name): of for of, given in columns.headings.items() for name in given}
    return {at: names[plain(text)] for at, text in enumerate(header) if plain(text) in names}


def _rows(table: Table, depth: int, columns: Columns, where: str) -> tuple[list[Row], list[str]]:
    """The rows under the headings, and the headings of columns that are not read."""
    every = [(table.header_row, table.header), *zip(table.numbers, table.rows, strict=True)]
    (number, header), below = every[depth], every[depth + 1 :]
    fields = _fields(header, columns)
    given = list(fields.values())
    twice = next((at for at, of in fields.items() if given.count(of) > 1), -1)
    if twice >= 0:
        raise InputError(
            f"{where}, row {number}: two columns are for {columns.headings[fields[twice]][0]!r}, one of them "
            f"{header[twice].strip()!r}. Keep one."
        )
    people: list[KnownColumn] = [(sort, at) for sort, at in known_columns(header) if at not in fields]
    rows = []
    for at_row, cells in below:
        if not any(cell.strip() for cell in cells):
            continue
        row = Row(
            dict.fromkeys(columns.headings, "")
            | {name: tidy(cells[at]) if at < len(cells) else "" for at, name in fields.items()},
            at_row,
            f"{where}, row {at_row}",
            known_values(people, [cells]),
        )
        if any(cell.strip() for cell in cells[len(header) :]):
            raise row.slip("has more cells than there are headings: put what has commas in quotes.")
        rows.append(row)
    named = {at for _, at in people} | set(fields)
    return rows, [text.strip() for at, text in enumerate(header) if at not in named and text.strip()]


def _missing(name: str, tables: Sequence[Table], columns: Columns) -> InputError:
    """The error for a table that lacks a column: which, the nearest that it has, and all that it has."""
    headers = [row for table in tables for row in (table.header, *table.rows[:_DEPTH])]
    best = max(headers, key=lambda row: len(_fields(row, columns)), default=())
    held = set(_fields(best, columns).values())
    gone = next(group for group in columns.needed if not held & set(group))
    others = [
        text.strip() for at, text in enumerate(best) if text.strip() and at not in _fields(best, columns)
    ]
    near = next(filter(None, (nearest(columns.headings[of][0], others) for of in gone)), "")
    what = " or ".join(repr(columns.headings[of][0]) for of in gone)
    guess = f" Is {near!r} the one? Call it {columns.headings[gone[0]][0]!r}." if near else ""
    names = [text.strip()[:_LONGEST] for text in best if text.strip()]
    there = ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "") or "none"
    return InputError(f"{name} has no column {what}.{guess} Its columns are: {there}.")


def _wanted(columns: Columns) -> str:
    return "the columns " + ", ".join(columns.headings[group[0]][0] for group in columns.needed)
