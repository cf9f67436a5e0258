"""The file that people worked in → its rows by field, and what was drafted, where the file says so.

Columns may be moved and added; a heading that was changed is refused with what it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thememiner import workbooks as workbook
from thememiner.errors import InputError
from thememiner.plans import cells, rows, workbooks
from thememiner.plans.tables import MARK, NOTE
from thememiner.reading.parsed import Table
from thememiner.records import Action

# Field -> heading, of the columns that people read and of those kept in a CSV.
_FIELDS = {field: heading for field, (heading, _) in rows.ACTIONS.items()} | {
    f"{MARK}{field}": f"{MARK}{field}" for field in rows.KEPT
}
_MANY = ("factors", "evidence_ids", "also", "edited")  # fields of several things, each on its line


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by field, the fields kept for the program (of a CSV), and where it stands."""

    cells: Mapping[str, str]
    kept: Mapping[str, str]
    number: int
    where: str

    @property
    def id(self) -> str:
        """The id in the row; "" for a row that people added."""
        return self.cells["id"]

    def slip(self, what: str) -> InputError:
        """The error for something wrong in the row."""
        return InputError(f"{self.where}, row {self.number} {what}")

    def drafted(self) -> Action | None:
        """The action of a row of a CSV, from what is kept of it and its own words; None without an id."""
        return _action({**self.cells, **self.kept}) if self.id and self.kept else None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: its rows, the columns that people added, and what the workbook says was drafted.

    `drafted` is None in a file without a sheet of that.
    """

    rows: tuple[Row, ...]
    others: tuple[str, ...]
    drafted: tuple[Action, ...] | None
    about: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]


def opened(path: Path) -> Opened:
    """What a workbook or CSV holds; `InputError` for one that cannot be read or is no plan."""
    sheets = workbook.sheets(path, "a plan")
    table = workbook.sheet(path, sheets, workbooks.PLAN)
    headings, others = workbook.headings(path, table, _FIELDS, ("id", *rows.PEOPLES), (NOTE,))
    drafted = sheets.get(workbook.plain(workbooks.DRAFTED))
    return Opened(
        tuple(_rows(path, table, headings)),
        tuple(others),
        tuple(_drafted(path, drafted)) if drafted else None,
        tuple(_about(sheets)),
        _documents(sheets),
    )


def _rows(path: Path, table: Table, headings: Mapping[int, str]) -> Iterator[Row]:
    """The rows that are not blank; of a CSV without the marks that keep cells from running."""
    marked = any(field.startswith(MARK) for field in headings.values())
    where = f"{path.name}{f', sheet {table.sheet}' if table.sheet else ''}"
    for number, row in zip(table.numbers, table.rows, strict=True):
        given = {field: row[at] if at < len(row) else "" for at, field in headings.items()}
        given = {field: (cells.bare(text) if marked else text).strip() for field, text in given.items()}
        shown = {field: text for field, text in given.items() if not field.startswith(MARK)}
        kept = {field.removeprefix(MARK): text for field, text in given.items() if field.startswith(MARK)}
        if any(shown.values()):
            yield Row(shown, kept, number, where)


def _drafted(path: Path, table: Table) -> Iterator[Action]:
    """The rows of the sheet that holds what was drafted."""
    names = [text.strip() for text in table.header]
    if gone := [field for field in rows.KEPT if field not in (*names, *rows.LATER)]:
        raise InputError(
            f"{path.name}, sheet {table.sheet}: the heading {gone[0]!r} is not there. Put the sheet back as "
            "it was."
        )
    for row in table.rows:
        given = {name: row[at] if at < len(row) else "" for at, name in enumerate(names)}
        yield _action(given)


def _action(given: Mapping[str, str]) -> Action:
    """An action from its fields as text."""
    values: dict[str, Any] = {}
    for field in rows.KEPT:
        text = given.get(field, "")
        values[field] = tuple(line for line in text.split("\n") if line) if field in _MANY else text
    return Action(**(values | {"horizon": cells.horizon(values["horizon"]) or "short"}))


def _about(sheets: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """How the plan was made, from the workbook's first sheet."""
    table = sheets.get(workbook.plain(workbooks.COVER))
    own = {what for what, _ in workbooks.HOW}
    for row in table.rows if table else ():
        if len(row) == len(rows.ABOUT) and row[0] not in own:
            yield row[0], row[1]


def _documents(sheets: Mapping[str, Table]) -> tuple[str, ...]:
    table = sheets.get(workbook.plain(workbooks.DOCUMENTS))
    return tuple(row[0] for row in table.rows if row and row[0]) if table else ()
