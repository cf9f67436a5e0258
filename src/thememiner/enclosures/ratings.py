"""A table in which organisations rate themselves, in their own scale → records, de-identified."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from thememiner.deidentifying import Rules
from thememiner.enclosures import naming
from thememiner.enclosures.tables import Columns, Enclosed, Row, behind_the_wall, notes, opened, plain
from thememiner.errors import InputError, nearest
from thememiner.records import Codebook, Rating, Skipped, Template

_COLUMNS = Columns(
    headings={
        "organisation": ("organisation", "organization"),
        "item": ("item",),
        "section": ("section",),
        "code": ("code", "codes"),
        "rating": ("rating", "level"),
        "stated": ("evidence", "stated evidence"),
    },
    needed=(("organisation",), ("item", "section", "code"), ("rating",)),
    texts=("item", "stated"),
)
_NO_RULES = Rules()
_UNRATED = "self-rating without a rating (rows)"


def ratings(
    path: str | Path, book: Codebook, layout: Template, wall: Rules = _NO_RULES, *, redact: bool = True
) -> Enclosed[Rating]:
    """The ratings in a table with the columns organisation, item (or section, or code) and rating.

    Evidence, what the organisation gives for it, may be there. A row without a rating is counted. Raises
    `InputError`, with the row, for one without organisation or item, an item that an organisation rates
    twice, and a code or section that is not known.
    """
    table = opened(path, _COLUMNS)
    seen: dict[tuple[str, ...], int] = {}
    found = []
    unrated = []
    for row in table.rows:
        item = _item(row)
        if not row.cells["organisation"]:
            raise row.slip("has no organisation. Say whose rating it is.")
        if not item:
            raise row.slip("has no item, section or code. Say what is rated.")
        key = tuple(plain(row.cells[name]) for name in ("organisation", "item", "section", "code"))
        if key in seen:
            raise row.slip(f"rates the same item of the same organisation as row {seen[key]}. Keep one.")
        seen[key] = row.number
        codes = naming.codes(row, row.cells["code"], book)
        section = naming.section(row, row.cells["section"], layout)
        if not row.cells["rating"]:
            unrated.append(row.number)
            continue
        if not codes and not section:
            code = naming.code_named(item, book)
            codes, section = ((code,), "") if code else ((), naming.section_named(item, layout))
        cells = behind_the_wall(row, _COLUMNS, wall, redact=redact)
        found.append(
            Rating(
                organisation=cells["organisation"],
                item=cells["item"] or _named(codes, section, book, layout),
                rating=cells["rating"],
                stated=cells["stated"],
                codes=codes,
                section_id="" if codes else section,
                where=row.where,
            )
        )
    skipped = table.skipped + ((Skipped("read", _UNRATED, len(unrated)),) if unrated else ())
    said = notes(table)
    if unrated:
        rows = f"row{'' if len(unrated) == 1 else 's'} {', '.join(map(str, unrated))}"
        said += (f"{table.name}: no rating in {rows}, left out.",)
    return Enclosed(tuple(found), table.name, table.sha256, skipped, said)


def check_organisations(rated: Iterable[Rating], known: Iterable[str]) -> dict[str, str]:
    """Organisation as a rating writes it -> as the review does, whatever the case.

    Raises `InputError` for one that is not of the review: under another name it would stand there with no
    evidence.
    """
    names = sorted({name for name in known if name})
    by_plain = {plain(name): name for name in names}
    found = {}
    for rating in rated:
        name = rating.organisation
        if plain(name) not in by_plain:
            parts = [other for other in names if plain(name) in plain(other) or plain(other) in plain(name)]
            near = parts[0] if parts else nearest(name, names)
            guess = f" Did you mean {near!r}? Write the name alike." if near else ""
            raise InputError(
                f"{rating.where}: nothing that was read is of {name!r}, and it is not expected.{guess} If it "
                "is another organisation of the review, put it under [[expected]] in the review.toml."
            )
        found[name] = by_plain[plain(name)]
    return found


def _item(row: Row) -> str:
    """What a row rates, as it says it."""
    return row.cells["item"] or row.cells["section"] or row.cells["code"]


def _named(codes: tuple[str, ...], section: str, book: Codebook, layout: Template) -> str:
    """The names of codes, or the title of a section."""
    if codes:
        return "; ".join(code.name for code in book.codes if code.id in codes)
    return next((s.title for s in layout.sections if s.id == section), section)
