"""A plan as one table in CSV, marked so that Excel reads its letters right, and with no cell that can run."""

from __future__ import annotations

from thememiner import planning
from thememiner.plans import rows
from thememiner.records import Plan
from thememiner.redacting.spreadsheets import Sheet, csv_bytes

NOTE = "Note"
MARK = "kept_"  # before the name of a field that is not for people
# Fields that have no column that people read, and are needed when the table is read back.
KEPT = tuple(field for field in rows.KEPT if field not in rows.PEOPLES and field != "id")


def render(plan: Plan) -> bytes:
    """The table of a plan: the columns of the workbook, then those by which an action is known again."""
    names, fields = rows.Names(plan), rows.columns(plan, plan.actions)
    told = [field for field in fields if field != "evidence_ids"]  # which stand among those kept
    cells = [
        (*(rows.ACTIONS[field][0] for field in told), NOTE, *(f"{MARK}{field}" for field in KEPT)),
        *(
            (
                *(rows.cell(action, field, names) for field in told),
                planning.DRAFT,
                *(rows.text(action, field) for field in KEPT),
            )
            for action in plan.actions
        ),
    ]
    return csv_bytes(Sheet("plan", tuple(cells), tuple(range(1, len(cells) + 1))), ",")
