"""A plan as a Word document for a board: real headings, tables with heading rows, landscape.

Short-term and longer-term actions stand apart, as the national letter asks; owner, due date and status
are blank to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from thememiner import planning
from thememiner.plans import rows
from thememiner.records import Action, Plan
from thememiner.wordfiles import Cell, Pen

_TITLE = "Draft action plan"
# Headings of the tables, and how wide each column is beside the others.
_ACTIONS = {
    "Id": 26,
    "Finding": 73,
    "Draft action": 58,
    "Resource gap": 34,
    "Strength and measure": 36,
    "Owner": 14,
    "Due": 14,
    "Status": 14,
}
_DEMANDS = {"What the letter asks for": 54, "What there is on it": 50, "Findings": 115, "Actions": 50}
_RECOMMENDED = {"Recommendation": 80, "What there is on it": 50, "Findings": 89, "Actions": 50}
_ASSURANCES = {
    "Finding": 75,
    "Basis": 50,
    "Does not hold for": 54,
    "What would keep it": 90,
}
_LEFT = {"Id": 25, "Why": 36, "Theme": 40, "Finding": 84, "Action": 84}
_KEPT, _GONE = "Assurances, and what would keep them", "Left out by people"
_CITED = (
    "counted under each action; the words stand in the report, their ids in the plan as .xlsx, .csv or .json."
)


def render(plan: Plan) -> bytes:
    """The document of a plan; the same plan gives the same bytes."""
    names = rows.Names(plan)
    pen = Pen(_TITLE, planning.DRAFT, marking=f"{_TITLE}: {planning.DRAFT}", landscape=True)
    pen.heading(_TITLE, 0)
    pen.said((planning.DRAFT[:1].upper() + planning.DRAFT[1:] + ".", True))
    for what, value in plan.about:
        pen.said((f"{what}: ", True), value)
    pen.said(("Excerpts: ", True), _CITED)
    actions = rows.shown(plan)
    heads = [*names.sections.values(), rows.ASKED_HEAD, rows.RECOMMENDED_HEAD, rows.ADDED_HEAD]
    places = {identity: place for place, identity in enumerate(names.sections)}

    def _place(action: Action) -> int:
        """Under which heading an action stands."""
        last = len(heads) - (3 if action.requirement_id else 2 if action.recommendation_id else 1)
        return places.get(action.section_id, last)

    for horizon, head in rows.HORIZON_HEADS.items():
        pen.heading(head, 1)
        mine = [action for action in actions if action.horizon == horizon]
        if not mine:
            pen.said("No action is drafted.")
        for place, held in groupby(sorted(mine, key=_place), key=_place):
            pen.heading(heads[place], 2)
            _table(pen, heads[place], _ACTIONS, (_action(action, names) for action in held))
    pen.heading(rows.LETTER, 1)
    demands = (
        (demand.text, demand.statement, _by_section(demand.finding_ids, names), ", ".join(demand.action_ids))
        for demand in plan.requirements
    )
    _listed(pen, rows.LETTER, _DEMANDS, demands, "No demands are recorded.")
    if plan.recommendations:
        pen.heading(rows.RECOMMENDED, 1)
        told = (_recommended(row) for row in rows.recommendations(plan, names))
        _table(pen, rows.RECOMMENDED, _RECOMMENDED, told)
    pen.heading(_KEPT, 1)
    assured = (_assured(rows.assurance(found, names)) for found in plan.assurances)
    _listed(pen, _KEPT, _ASSURANCES, assured, "No finding has been judged an assurance.")
    if gone := rows.left_out(plan):
        pen.heading(_GONE, 1)
        left = ((a.id, a.progress, names.theme(a.theme_id), a.finding, a.action) for a in gone)
        _table(pen, _GONE, _LEFT, left)
    return pen.content()


def _listed(
    pen: Pen, caption: str, columns: dict[str, int], body: Iterable[Sequence[Cell]], none: str
) -> None:
    """A table, or the words for that there is nothing to put in it."""
    if held := list(body):
        _table(pen, caption, columns, held)
    else:
        pen.said(none)


def _table(pen: Pen, caption: str, columns: dict[str, int], body: Iterable[Sequence[Cell]]) -> None:
    pen.table(caption, tuple(columns), body, tuple(columns.values()))


def _action(action: Action, names: rows.Names) -> Sequence[Cell]:
    theme = names.theme(action.theme_id)
    told = rows.cell(action, "finding", names).removeprefix(f"{theme}: ")  # it stands before it already
    told = told[:1].upper() + told[1:]
    finding = [[(line, False)] for line in told.split("\n")]
    factors = rows.cell(action, "factors", names).replace("\n", ", ")
    also = rows.cell(action, "section_id", names).split("\n")[1:]
    demands = rows.cell(action, "requirement_id", names).replace("\n", ", ")
    recommended = rows.cell(action, "recommendation_id", names).replace("\n", ", ")
    progress = [[("Since the earlier plan: ", True), (action.progress, False)]] if action.progress else []
    return (
        [[(action.id, False)], *progress],
        [
            *([[(theme, True)]] if theme else []),
            *finding,
            [(rows.gap(action), False)],
            *(
                [[("Excerpts: ", True), (f"{len(action.evidence_ids):,}", False)]]
                if action.evidence_ids
                else []
            ),
            *([[("Also in: ", True), ("; ".join(also), False)]] if also else []),
            *([[("Look first at (SEIPS): ", True), (factors, False)]] if factors else []),
            *(
                [[("Answers the recommendations: ", True), (recommended, False)]]
                if recommended and not action.recommendation_id
                else []
            ),
            *(
                [[("Answers the letter on: ", True), (demands, False)]]
                if demands and not action.requirement_id
                else []
            ),
        ],
        action.action,
        action.resource_gap,
        [[(action.strength, True)], [(action.measure, False)]],
        *(action.owner, action.due, action.status),
    )


def _by_section(finding_ids: Iterable[str], names: rows.Names) -> Cell:
    """Findings under the names of their sections, a line a section."""
    held: dict[str, list[str]] = {}
    for identity in finding_ids:
        section, finding = names.placed(identity)
        held.setdefault(section, []).append(finding)
    return [[(f"{section}: ", True), ("; ".join(found), False)] for section, found in held.items()]


def _assured(row: Sequence[str]) -> Sequence[Cell]:
    section, theme, finding, basis, exception, keep, _ = row
    return [[(theme, True)], [(finding, False)], [(section, False)]], basis, exception, keep


def _recommended(row: Sequence[str]) -> Sequence[Cell]:
    identity, source, to, date, text, themes, why, statement, findings, actions = row
    whose = ", ".join(part for part in (source, f"to {to}" if to else "", date) if part)
    told = f"{identity} ({whose})" if whose else identity
    placed = "; ".join(part for part in (themes.replace("\n", ", "), why) if part)
    return [[(told, True)], [(text, False)], [(placed, False)]], statement, findings, actions
