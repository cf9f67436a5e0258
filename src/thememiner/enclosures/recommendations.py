"""A table of recommendations of outside bodies (inquiry, CQC, coroner) → records, de-identified."""

from __future__ import annotations

from pathlib import Path

from thememiner.deidentifying import Rules
from thememiner.deidentifying.months import month_of_iso
from thememiner.enclosures import naming
from thememiner.enclosures.tables import Columns, Enclosed, behind_the_wall, notes, opened, own_id
from thememiner.reading import dates
from thememiner.records import Codebook, Recommendation

_COLUMNS = Columns(
    headings={
        "id": ("id", "ref", "reference", "number"),
        "source": ("source",),
        "text": ("recommendation", "text"),
        "codes": ("codes", "code"),
        "date": ("date",),
        "organisation": ("organisation", "organization"),
    },
    needed=(("id",), ("source",), ("text",)),
    texts=("text",),
)
_NO_RULES = Rules()


def recommendations(
    path: str | Path, book: Codebook, wall: Rules = _NO_RULES, *, redact: bool = True
) -> Enclosed[Recommendation]:
    """The recommendations in a table with the columns id, source and recommendation.

    Codes, date and organisation may be there. Raises `InputError`, with the row, for an id that is missing
    or stands twice, a recommendation without text, and a code that the codebook has not.
    """
    table = opened(path, _COLUMNS)
    order = dates.order((row.number, row.cells["date"]) for row in table.rows)
    said = dates.told(f'{table.name}, "date"', order)
    seen: dict[str, int] = {}
    found = []
    for row in table.rows:
        given = row.cells["id"]
        if not given:
            raise row.slip("has no id. Give each recommendation one of its own, such as 'CQC 1'.")
        if given.casefold() in seen:
            raise row.slip(f"has the same id as row {seen[given.casefold()]}. Give each one of its own.")
        if not row.cells["text"]:
            raise row.slip("has an id and no recommendation. Fill it in, or delete the row.")
        seen[given.casefold()] = row.number
        cells = behind_the_wall(row, _COLUMNS, wall, redact=redact)
        day = dates.iso(row.cells["date"], month_leads=order.month_leads)
        found.append(
            Recommendation(
                id=own_id(given, wall, redact=redact),
                source=cells["source"],
                text=cells["text"],
                codes=naming.codes(row, row.cells["codes"], book),
                date=(month_of_iso(day) if wall.dates == "month" else day) or cells["date"],
                organisation=cells["organisation"],
            )
        )
    told = (*notes(table), *([f"{said}."] if said else []))
    return Enclosed(tuple(found), table.name, table.sha256, table.skipped, told)
