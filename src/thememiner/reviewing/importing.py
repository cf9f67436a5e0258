"""A book that people worked in → what they decided, by id: whatever they sorted, moved or deleted.

    found = read("findings.xlsx")
    found.reviewed, found.notes

What stood in the book when it was exported is in its sheet "As exported", so that only what people did since
is a decision. A finding whose row was deleted stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thememiner import workbooks as workbook
from thememiner.errors import InputError
from thememiner.records import ASSURANCES, GAPS, POSITIONS, Decision, Report, Reviewed
from thememiner.reviewing import cells, rows, workbooks
from thememiner.reviewing.deciding import fitting
from thememiner.reviewing.opening import Kept, Row, check, exported, identified, read_rows, sections
from thememiner.reviewing.wall import behind_the_wall

_LISTED = 5  # findings, or rows, in a note
# What the program wrote, and the column in which people change it.
_OVER = {
    "statement": "new_statement",
    "section": "new_section",
    "position": "new_position",
    "basis": "new_basis",
}
_LEFT = ("quotes", "exception", "needs", "theme")  # and what nobody changes by writing over it
_EDITS = tuple(_OVER.values())


@dataclass(frozen=True, slots=True)
class Imported:
    """What was decided in a book, and what to know of it: lines."""

    reviewed: Reviewed
    notes: tuple[str, ...]


def read(file: str | Path, report: Report | None = None, sha256: str = "", by: str = "") -> Imported:
    """What was decided in a book since it was exported.

    `report` is the report that the book is of, with the SHA-256 of its report.json: needed for a book that
    has lost its sheet "As exported". `by` is the name for rows that have none. Raises `InputError` for a file
    that cannot be read or is no book of findings, or of another report; for an id that is not of it or stands
    twice; and for a cell that cannot be understood, with the row.
    """
    path = Path(file)
    sheets = workbook.sheets(path, "findings")
    table = workbook.sheet(path, sheets, workbooks.FINDINGS)
    headings, others = workbook.headings(path, table, rows.HEADINGS, ("id", *rows.ASKED))
    own = rows.rows(report, sha256) if report else None
    kept = exported(path, sheets, own)
    if report:
        check(path, kept, report)
    titles = sections(sheets, kept, own)
    here: dict[str, Row] = {}
    for row in read_rows(path, table, headings):
        identity = identified(row, kept)
        if identity in here:
            raise row.slip(
                f"has the same finding id as row {here[identity].number} ({identity}). Keep one of them."
            )
        here[identity] = row
    made = [
        (row, _decision(row, kept[identity], titles, by.strip()))
        for identity, row in here.items()
        if _touched(row, kept[identity])
    ]
    _check_named(made)
    decisions = tuple(behind_the_wall(decision) for _, decision in made)
    masked = [d.finding_id for d, (_, given) in zip(decisions, made, strict=True) if d != given]
    first = next(iter(kept.values()))
    notes = [*_counts(decisions, here, kept), *_unread(here, kept, others)]
    if masked:
        notes.append(f"Masked, as it may tell of a person: something in the words of {_listed(masked)}.")
    if report and first["report"] != sha256:
        notes.append("The book was exported from an earlier report.json than the one given.")
    return Imported(Reviewed(decisions, first["report"], first["title"]), tuple(notes))


# What people did.


def _touched(row: Row, kept: Mapping[str, str]) -> bool:
    """Whether anything that is read back is not as it was exported."""
    return any(
        not cells.same(text, kept[field])
        for field, text in row.cells.items()
        if field in rows.ASKED or (field in _OVER and text)
    )


def _taken(row: Row, kept: Mapping[str, str]) -> dict[str, str]:
    """What stands in people's columns; where one is blank, what they wrote over the draft itself."""
    asked = {field: row.cells.get(field, kept[field]) for field in rows.ASKED}
    for field in _written_over(row, kept):
        asked[_OVER[field]] = asked[_OVER[field]] or row.cells[field]
    return asked


def _written_over(row: Row, kept: Mapping[str, str]) -> list[str]:
    return [
        field for field in _OVER if row.cells.get(field) and not cells.same(row.cells[field], kept[field])
    ]


def _decision(row: Row, kept: Mapping[str, str], titles: Mapping[str, str], by: str) -> Decision:
    """What people decided in a row that they touched."""
    asked = _taken(row, kept)
    review = cells.use(asked["use"])
    if review is None:
        raise row.slip(f"has {asked['use']!r} under {rows.HEADINGS['use']!r}. Write Use or Do not use.")
    if review == "not yet reviewed" and not kept["use"]:
        if kept["stands"] != "not yet reviewed":
            raise row.slip(
                f"was changed, and {rows.HEADINGS['use']!r} is blank: what was decided of it before was "
                "decided of another draft. Write Use or Do not use."
            )
        if any(asked[field] for field in _EDITS):
            review = "use"  # who puts a draft right means to use it
    section = cells.section(asked["new_section"], titles)
    if section is None:
        near = cells.near(asked["new_section"], tuple(titles.values()))
        known = ", ".join(titles.values())
        raise row.slip(
            f"has the section {asked['new_section']!r}, which is none of this report{near}. Write one of: "
            f"{known}."
        )
    if section == kept["section_id"]:
        section = ""
    if review == "do not use" and section:
        raise row.slip("is not to be used and is to stand in another section: leave one of the two out.")
    position, basis = _judged(row, kept, asked)
    return replace(
        rows.seen(kept),
        review=review,
        statement="" if cells.same(asked["new_statement"], kept["statement"]) else asked["new_statement"],
        section_id=section,
        position="" if position == kept["position"] else position,
        basis=() if basis == rows.lines(kept["basis"]) else basis,
        reason=asked["reason"],
        by=asked["by"] or by,
    )


def _judged(row: Row, kept: Mapping[str, str], asked: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The position and basis that people wrote, of which the basis has to fit the position."""
    position = cells.position(asked["new_position"])
    if position is None:
        near = cells.near(asked["new_position"], POSITIONS)
        raise row.slip(
            f"has the position {asked['new_position']!r}{near}. Write {', '.join(POSITIONS[:-1])} or "
            f"{POSITIONS[-1]}."
        )
    basis, unknown = cells.bases(asked["new_basis"])
    if unknown:
        raise row.slip(
            f"has the basis {unknown!r}{cells.near(unknown, (*ASSURANCES, *GAPS))}. Write, each on a line, "
            f"{', '.join(ASSURANCES)}; of a gap {', '.join(GAPS)}."
        )
    stands = position or kept["position"]
    if basis and not stands:
        raise row.slip(f"has a basis and no position. Fill in {rows.HEADINGS['new_position']!r} too.")
    if not fitting(stands, basis):
        fits = {"gap": f" Of a gap write {', '.join(GAPS)}.", "not known": " It can have none."}
        raise row.slip(
            f"has the basis {'; '.join(basis)!r}, which does not fit the position {stands!r}."
            + fits.get(stands, f" Write {', '.join(ASSURANCES)}.")
        )
    return position, basis


def _check_named(made: Iterable[tuple[Row, Decision]]) -> None:
    """Raise `InputError` for decisions without a name, and for findings set aside without a reason."""
    decided = [(row, decision) for row, decision in made if decision.review != "not yet reviewed"]
    unnamed = [row for row, decision in decided if not decision.by]
    if unnamed:
        raise InputError(
            f"{_at(unnamed)} a decision and no name under {rows.HEADINGS['by']!r}. Fill it in, or give "
            "--by NAME for every row that has none."
        )
    unsaid = [row for row, decision in decided if decision.review == "do not use" and not decision.reason]
    if unsaid:
        raise InputError(
            f"{_at(unsaid)} 'Do not use' and no {rows.HEADINGS['reason']!r}. Say why; it is printed."
        )


def _at(found: Sequence[Row]) -> str:
    """Where rows stand: "findings.xlsx, sheet Findings, rows 3, 5 have"."""
    numbers = ", ".join(str(row.number) for row in found[:_LISTED]) + (
        ", ..." if len(found) > _LISTED else ""
    )
    one = len(found) == 1
    return f"{found[0].where}, row{'' if one else 's'} {numbers} {'has' if one else 'have'}"


# What is told of the whole.


def _counts(made: Sequence[Decision], here: Mapping[str, Row], kept: Kept) -> Iterator[str]:
    counts = {
        "to use": sum(d.review == "use" for d in made),
        "not to use": sum(d.review == "do not use" for d in made),
        "taken back or a remark alone": sum(d.review == "not yet reviewed" for d in made),
    }
    changes = {
        "reworded": sum(bool(d.statement) for d in made),
        "moved": sum(bool(d.section_id) for d in made),
        "with another position or basis": sum(bool(d.position or d.basis) for d in made),
    }
    held = ", ".join(f"{n:,} {what}" for what, n in (counts | changes).items() if n)
    new = f"{len(made):,} newly decided: {held}" if made else "nothing newly decided"
    yield f"{len(here):,} of {len(kept):,} findings read; {new}."
    gone = [identity for identity in kept if identity not in here]
    if gone:
        yield f"Left as they were, for their rows are gone: {len(gone):,} ({_listed(gone)})."
    after = {identity: row["stands"] for identity, row in kept.items()}
    after |= {decision.finding_id: decision.review for decision in made}
    left = sum(review == "not yet reviewed" for review in after.values())
    yield f"{left:,} not yet reviewed." if left else "Every finding has been reviewed."


def _unread(here: Mapping[str, Row], kept: Kept, others: Iterable[str]) -> Iterator[str]:
    """What people wrote where nothing is read back, and what was written over a draft."""
    yield from (f"Not read back: the column {name!r}." for name in others)
    over = [identity for identity, row in here.items() if _written_over(row, kept[identity])]
    if over:
        yield f"Written over the draft, and taken as changed: {_listed(over)}."
    drafts = {identity: row for identity, row in kept.items() if identity in here}
    for field in _LEFT:
        changed = [
            identity
            for identity, was in drafts.items()
            if field in here[identity].cells
            and not cells.same(here[identity].cells[field], was["lead" if field == "quotes" else field])
        ]
        if changed:
            yield f"Left as it was: {rows.HEADINGS[field]!r} of {_listed(changed)}."


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_LISTED]) + (", ..." if len(ids) > _LISTED else "")
