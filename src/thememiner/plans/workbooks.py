"""A plan as an Excel workbook to edit: one table a sheet, every cell text, so that nothing typed can run.

The sheets "As drafted" and "Documents" are how the program knows the plan again when it is read back.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from thememiner import planning
from thememiner.plans import rows
from thememiner.records import Plan

COVER, PLAN, KEEPING, LETTER = "Read me first", "Draft action plan", "Assurances", "Commissioning letter"
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
_LONGEST = 32_767  # characters of a cell
MORE = "(more in plan.json)"
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # no time of making: the same plan gives the same bytes
_A3 = 8  # Excel's number for the paper
_OFFERS: dict[str, Sequence[str]] = {
    "horizon": tuple(rows.HORIZONS.values()),
    "strength": ("stronger", "intermediate", "weaker"),
    "status": rows.STATUSES,
}


def render(plan: Plan) -> bytes:
    """The workbook of a plan; the same plan gives the same bytes."""
    import xlsxwriter

    names, fields = rows.Names(plan), rows.columns(rows.shown(plan))
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **safe}) as workbook:
        workbook.set_properties(
            {
                "title": "Draft action plan",
                "comments": planning.DRAFT,
                "created": _MADE,
                "author": "thememiner",
            }
        )
        pen = _Pen(workbook)
        pen.sheet(COVER, {"What": 26, "Value": 100}, (*plan.about, *HOW))
        page = pen.sheet(
            PLAN,
            {rows.ACTIONS[field][0]: rows.ACTIONS[field][1] for field in fields},
            [[rows.cell(action, field, names) for field in fields] for action in rows.shown(plan)],
            unwrapped=("Evidence ids",),
        )
        for field, offer in _OFFERS.items():
            at = fields.index(field)
            rule = {"validate": "list", "source": list(offer), "error_type": "information"}
            page.data_validation(1, at, 100_000, at, rule)
        page.freeze_panes(1, 1)
        page.set_zoom(80)  # so that more of its columns can be seen at once
        assured = (rows.assurance(found, names) for found in plan.assurances)
        pen.sheet(KEEPING, rows.ASSURANCES, assured, unwrapped=("Evidence ids",))
        pen.sheet(LETTER, rows.DEMANDS, rows.demands(plan, names))
        if gone := rows.left_out(plan):
            cells = ([rows.cell(action, field, names) for field in rows.LEFT] for action in gone)
            pen.sheet(LEFT, dict(rows.LEFT.values()), cells)
        kept = dict.fromkeys(rows.KEPT, 20)
        pen.sheet(DRAFTED, kept, map(rows.kept, plan.actions), unwrapped=rows.KEPT)
        pen.sheet(DOCUMENTS, dict.fromkeys(rows.DOCUMENTS, 24), ((identity,) for identity in plan.documents))
        workbook.get_worksheet_by_name(COVER).activate()
    return out.getvalue()


class _Pen:
    """Writes the sheets of one workbook alike."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        # "@" is text: what begins with "=" or looks like a date stays as typed when the cell is edited.
        plain = {"num_format": "@", "valign": "top", "font_name": "Arial", "font_size": 11}
        self.head = workbook.add_format(
            {
                **plain,
                "bold": True,
                "text_wrap": True,
                "bg_color": "#005EB8",
                "font_color": "#FFFFFF",
                "border": 1,
            }
        )
        lines = {"border": 1, "border_color": "#AEB7BD"}
        self.wrapped = workbook.add_format({**plain, **lines, "text_wrap": True})
        self.line = workbook.add_format({**plain, **lines})
        self.tables = 0

    def sheet(
        self,
        name: str,
        columns: dict[str, int],
        cells: Iterable[Sequence[str]],
        unwrapped: Sequence[str] = (),
    ) -> Any:
        """One sheet with one table: a heading row that stays in view and on each printed page."""
        page = self.workbook.add_worksheet(name)
        body = list(cells)
        formats = [self.line if heading in unwrapped else self.wrapped for heading in columns]
        self.tables += 1
        page.add_table(
            *(0, 0, max(len(body), 1), len(columns) - 1),
            {
                "name": f"Table{self.tables}",
                "title": name,
                "description": f"{name}: {planning.DRAFT}",
                "style": None,
                "columns": [{"header": heading, "header_format": self.head} for heading in columns],
            },
        )
        for at, width in enumerate(columns.values()):
            page.set_column(at, at, width, formats[at])
        for number, row in enumerate(body, start=1):
            for at, text in enumerate(row):
                page.write_string(number, at, fitted(text), formats[at])
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(_A3)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_margins(left=0.4, right=0.4)
        page.set_header(f"&LDraft action plan: {name}&R{planning.DRAFT}")
        page.set_footer("&RPage &P of &N")
        return page


def fitted(text: str) -> str:
    """A text that a cell can hold: of a longer one as many whole lines as fit, and that there is more."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text) <= _LONGEST:
        return text
    room = _LONGEST - len(MORE) - 1
    return f"{text[:room].rpartition(chr(10))[0] or text[:room]}\n{MORE}"
