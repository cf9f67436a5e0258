"""A book that people worked in → its rows by field, and what stood in it when it was exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from thememiner import workbooks as workbook
from thememiner.errors import InputError, nearest
from thememiner.reading.parsed import Table
from thememiner.records import Report, Reviewed
from thememiner.reviewing import cells, rows, workbooks
from thememiner.reviewing.deciding import check_same_review

Kept = Mapping[str, Mapping[str, str]]  # finding id -> what stood in its row when the book was exported


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a book: its cells by field, and where it stands."""

    cells: Mapping[str, str]
    number: int
    where: str

    def slip(self, what: str) -> InputError:
        """The error for something wrong in the row."""
        return InputError(f"{self.where}, row {self.number} {what}")


def exported(path: Path, sheets: Mapping[str, Table], own: rows.Book | None) -> dict[str, Mapping[str, str]]:
    """Finding id -> what stood in the book when it was exported."""
    table = sheets.get(workbook.plain(workbooks.KEPT))
    if table is None and own is None:
        raise InputError(
            f"{path.name} has no sheet {workbooks.KEPT!r}, by which what people decided is told. Put it "
            "back, or give --report report.json."
        )
    found: Iterable[Mapping[str, str]] = _exported(path, table) if table else own.kept if own else ()
    kept = {row["id"]: row for row in found if row["id"]}
    if not kept:
        raise InputError(f"{path.name} has no findings in its sheet {workbooks.KEPT!r}: export it again.")
    return kept


def _exported(path: Path, table: Table) -> Iterator[dict[str, str]]:
    names = [text.strip() for text in table.header]
    if gone := [field for field in rows.KEPT if field not in names]:
        raise InputError(
            f"{path.name}, sheet {table.sheet}: the heading {gone[0]!r} is not there. Put the sheet back as "
            "it was."
        )
    for row in table.rows:
        yield {name: row[at].strip() if at < len(row) else "" for at, name in enumerate(names)}


def check(path: Path, kept: Kept, report: Report) -> None:
    """Raise `InputError` for a book of another report."""
    try:
        check_same_review(Reviewed(tuple(map(rows.seen, kept.values()))), report)
    except InputError:
        title = next(iter(kept.values()))["title"]
        raise InputError(
            f"{path.name} is a book of another report ({title!r}): it quotes no document of the one given. "
            "Give the report.json that it was exported from."
        ) from None


def sections(sheets: Mapping[str, Table], kept: Kept, own: rows.Book | None) -> dict[str, str]:
    """Section id -> title, in the order of the report, of all to which a finding can be moved."""
    found = dict(own.sections) if own else {}
    table = sheets.get(workbook.plain(workbooks.CHOICES))
    if table and not found:
        names = [workbook.plain(text) for text in table.header]
        heads = (workbook.plain(rows.SECTION_ID), workbook.plain(rows.HEADINGS["new_section"]))
        if all(head in names for head in heads):
            at = [names.index(head) for head in heads]
            pairs = ([row[n].strip() if n < len(row) else "" for n in at] for row in table.rows)
            found = {identity: title for identity, title in pairs if identity and title}
    return found or {row["section_id"]: row["section"] for row in kept.values()}


def read_rows(path: Path, table: Table, headings: Mapping[int, str]) -> Iterator[Row]:
    """The rows that are not blank."""
    where = f"{path.name}{f', sheet {table.sheet}' if table.sheet else ''}"
    for number, row in zip(table.numbers, table.rows, strict=True):
        given = {field: row[at].strip() if at < len(row) else "" for at, field in headings.items()}
        if any(given.values()):
            yield Row(given, number, where)


def identified(row: Row, kept: Kept) -> str:
    """The id of a row's finding: one of the book, with its own statement beside it."""
    identity = row.cells["id"]
    if not identity:
        raise row.slip(
            "has no finding id. Put it back, or delete the row: no finding can be added here (unmerge merged "
            "cells)."
        )
    if identity not in kept:
        near = nearest(identity, kept)
        guess = f"; {near!r} may be meant" if near else ""
        raise row.slip(f"has {identity!r} as its finding id, which is not of this book{guess}. Put it right.")
    said = row.cells.get("statement", "")
    if said and not cells.same(said, kept[identity]["statement"]):
        other = next((i for i, one in kept.items() if cells.same(said, one["statement"])), "")
        if other:
            raise row.slip(
                f"has the id {identity!r} and the draft statement of {other!r}: columns were sorted apart. "
                "Undo that, or export the book again."
            )
    return identity
