"""A plan as an Excel workbook to edit: one table a sheet, every cell text, so that nothing typed can run.

The sheets "As drafted" and "Documents" are how the program knows the plan again when it is read back.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from thememiner import planning
from thememiner.plans import rows
from thememiner.records import Plan
from thememiner.workbooks import Pen

COVER, PLAN, KEEPING, LETTER = "Read me first", "Draft action plan", "Assurances", "Commissioning letter"
RECOMMENDED = "Recommendations"
LEFT, DRAFTED, DOCUMENTS = "Left out", "As drafted", "Documents"
FILL_IN = (
    "In the sheet 'Draft action plan': owner, due date and status. Action, horizon, resource gap, strength "
    "and measure may be reworded. Rows may be sorted, deleted and added (leave the id of a new row blank)."
)
LEAVE = (
    "The ids and the headings, and the sheets 'As drafted' and 'Documents': by them the plan is read back."
)
HOW = (
    ("What to fill in", FILL_IN),
    ("What to leave as it is", LEAVE),
    ("To read it back", "thememiner plan import THIS-FILE.xlsx --out plan.json"),
)
MORE = "(more in plan.json)"
_OFFERS: dict[str, Sequence[str]] = {
    "horizon": tuple(rows.HORIZONS.values()),
    "strength": ("stronger", "intermediate", "weaker"),
    "status": rows.STATUSES,
}


def render(plan: Plan) -> bytes:
    """The workbook of a plan; the same plan gives the same bytes."""
    names, fields = rows.Names(plan), rows.columns(plan, rows.shown(plan))
    out = io.BytesIO()
    with Pen(out, "Draft action plan", planning.DRAFT) as pen:
        pen.sheet(COVER, {"What": 26, "Value": 100}, (*plan.about, *HOW), more=MORE)
        page = pen.sheet(
            PLAN,
            {rows.ACTIONS[field][0]: rows.ACTIONS[field][1] for field in fields},
            [[rows.cell(action, field, names) for field in fields] for action in rows.shown(plan)],
            unwrapped=("Evidence ids",),
            more=MORE,
        )
        for field, offer in _OFFERS.items():
            at = fields.index(field)
            rule = {"validate": "list", "source": list(offer), "error_type": "information"}
            page.data_validation(1, at, 100_000, at, rule)
        page.freeze_panes(1, 1)
        page.set_zoom(80)  # so that more of its columns can be seen at once
        assured = (rows.assurance(found, names) for found in plan.assurances)
        pen.sheet(KEEPING, rows.ASSURANCES, assured, unwrapped=("Evidence ids",), more=MORE)
        pen.sheet(LETTER, rows.DEMANDS, rows.demands(plan, names), more=MORE)
        if plan.recommendations:
            told = rows.recommendations(plan, names)
            pen.sheet(RECOMMENDED, rows.RECOMMENDATIONS, told, more=MORE)
        if gone := rows.left_out(plan):
            cells = ([rows.cell(action, field, names) for field in rows.LEFT] for action in gone)
            pen.sheet(LEFT, dict(rows.LEFT.values()), cells, more=MORE)
        kept = dict.fromkeys(rows.KEPT, 20)
        pen.sheet(DRAFTED, kept, map(rows.kept, plan.actions), unwrapped=rows.KEPT, more=MORE)
        pen.sheet(DOCUMENTS, dict.fromkeys(rows.DOCUMENTS, 24), ((identity,) for identity in plan.documents))
        pen.workbook.get_worksheet_by_name(COVER).activate()
    return out.getvalue()
