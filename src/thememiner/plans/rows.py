"""A plan as rows of text under headings: what every file of it shows, in the same words and order.

`ACTIONS` are the columns that people read and fill in; `KEPT` are the fields by which the program knows an
action again. A heading is a name that files are read back by: change one, and older workbooks cannot be.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from thememiner import planning
from thememiner.records import ASSURANCES as BASES
from thememiner.records import Action, Assurance, Horizon, Plan, RecommendationResult, RequirementResult

HORIZONS: dict[Horizon, str] = {"short": "Short-term", "longer": "Longer-term"}
HORIZON_HEADS: dict[Horizon, str] = {
    "short": "Short-term actions, with minimal resource implications",
    "longer": "Longer-term actions, with potential resource implications",
}
STATUSES = ("not started", "open", "in progress", "done", "not accepted")
LETTER = "What the commissioning letter asks for"
RECOMMENDED = "What others have recommended"
ASKED_HEAD = "Asked for by the commissioning letter itself"
RECOMMENDED_HEAD = "Recommended by outside bodies"
ADDED_HEAD = "Added by people"
_GAPS = {
    "provision": "Gap of provision: it is not there",
    "practice": "Gap of practice: it is written and not done",
    "assurance": "Gap of assurance: nobody knows",
}
_ORIGINS = {
    "mixed": "Mixed: it holds for some and not for others",
    "not known": "Not known yet: to find out",
    "requirement": "Asked for by the letter",
    "recommendation": "Recommended by an outside body",
    "people": "Added by people",
}
_DESCRIBED = BASES[:1]  # the provider's word, and nothing else

# Field of an action -> the heading of its column and the column's width in characters.
ACTIONS: dict[str, tuple[str, int]] = {
    "id": ("Id", 15),
    "progress": ("Since the earlier plan", 16),
    "section_id": ("Section", 26),
    "theme_id": ("Theme", 24),
    "finding": ("Finding", 46),
    "gap": ("Gap", 22),
    "requirement_id": ("Demands of the letter", 22),
    "recommendation_id": ("Recommendations", 18),
    "factors": ("Contributing factors (SEIPS)", 20),
    "action": ("Action", 56),
    "horizon": ("Horizon", 13),
    "resource_gap": ("Resource gap", 40),
    "strength": ("Strength of action", 14),
    "measure": ("Measure", 36),
    "owner": ("Owner", 18),
    "due": ("Due", 13),
    "status": ("Status", 14),
    "evidence_ids": ("Evidence ids", 40),
}
# What people may write, and is read back.
PEOPLES = (*planning.WORDED, "owner", "due", "status")
KEPT: tuple[str, ...] = tuple(field.name for field in dataclasses.fields(Action))
LATER = ("recommendation_id",)  # of `KEPT`: not in workbooks of before
DOCUMENTS = ("Document id",)
ABOUT = ("What", "Value")
ASSURANCES: dict[str, int] = {
    "Section": 26,
    "Theme": 26,
    "Finding": 50,
    "Basis": 28,
    "Does not hold for": 28,
    "What would keep it": 50,
    "Evidence ids": 40,
}
DEMANDS: dict[str, int] = {
    "Id": 24,
    "What the letter asks for": 50,
    "What there is on it": 36,
    "Findings": 50,
    "Actions (ids)": 30,
}
RECOMMENDATIONS: dict[str, int] = {
    "Id": 18,
    "From": 20,
    "To": 26,
    "Date": 13,
    "Recommendation": 60,
    "Themes": 30,
    "Why these": 30,
    "What there is on it": 36,
    "Findings": 50,
    "Actions (ids)": 30,
}
# Field -> heading and width, of the actions that do not stand in the plan.
LEFT: dict[str, tuple[str, int]] = {
    "id": ("Id", 15),
    "progress": ("Why", 24),
    "section_id": ("Section", 26),
    "theme_id": ("Theme", 26),
    "finding": ("Finding", 60),
    "action": ("Action", 60),
}


class Names:
    """The names of a plan's sections, themes, demands and recommendations, by id."""

    def __init__(self, plan: Plan) -> None:
        self.sections: Mapping[str, str] = dict(plan.sections)
        self.themes: Mapping[str, str] = dict(plan.themes)
        self.demands: Mapping[str, str] = {demand.id: demand.text for demand in plan.requirements}
        self.recommended: Mapping[str, str] = {each.id: _quoted(each) for each in plan.recommendations}
        self.answered = _by_action(plan.requirements)
        self.carried = _by_action(plan.recommendations)

    def section(self, identity: str) -> str:
        """A section's title; of an action for a demand, what it belongs to."""
        return self.sections.get(identity, identity) or LETTER

    def theme(self, identity: str) -> str:
        """A theme's name."""
        return self.themes.get(identity, identity)

    def placed(self, identity: str) -> tuple[str, str]:
        """A finding's section and its theme; of one between organisations, that or which."""
        section, _, rest = identity.partition("/")
        theme, *between = rest.split("|")
        said = f" ({' and '.join(between)})" if between else ""
        return self.section(section), f"{self.theme(theme)}{said}"

    def finding(self, identity: str) -> str:
        """A finding by its section and theme."""
        return ": ".join(self.placed(identity))


def shown(plan: Plan) -> tuple[Action, ...]:
    """The actions that stand in the plan: all but those that people left out."""
    return tuple(action for action in plan.actions if action.progress not in planning.OUT)


def left_out(plan: Plan) -> tuple[Action, ...]:
    """The actions that people left out, with nothing new found for them, or whose finding they set aside."""
    return tuple(action for action in plan.actions if action.progress in planning.OUT)


def columns(plan: Plan, actions: Iterable[Action]) -> tuple[str, ...]:
    """The fields that have a column: some only where they say something of an action."""
    given = list(actions)
    out = {
        "progress": not any(action.progress for action in given),
        "recommendation_id": not plan.recommendations
        and not any(action.recommendation_id for action in given),
    }
    return tuple(name for name in ACTIONS if not out.get(name))


def cell(action: Action, field: str, names: Names) -> str:
    """What stands in a column of an action's row."""
    if field == "section_id":
        sections = [action.section_id, *(other.partition("/")[0] for other in action.also)]
        if action.recommendation_id:
            return RECOMMENDED
        return "\n".join(dict.fromkeys(map(names.section, sections))) if own_section(action) else ""
    if field == "theme_id":
        return names.theme(action.theme_id)
    if field == "finding" and action.origin == "requirement":
        return f"The letter: {names.demands.get(action.requirement_id, '')}\nEvidence: {action.finding}"
    if field == "finding" and action.origin == "recommendation":
        return f"{names.recommended.get(action.recommendation_id, '')}\nEvidence: {action.finding}".strip()
    if field == "gap":
        return gap(action)
    if field == "requirement_id":
        return "\n".join(names.answered.get(action.id) or filter(None, [action.requirement_id]))
    if field == "recommendation_id":
        return "\n".join(names.carried.get(action.id) or filter(None, [action.recommendation_id]))
    if field == "factors":
        known = planning.factor_names()
        return "\n".join(known.get(factor, factor) for factor in action.factors)
    if field == "horizon":
        return HORIZONS.get(action.horizon, action.horizon)
    return text(action, field)


def own_section(action: Action) -> bool:
    """Whether it is known where an action belongs: of a row that people added it may not be."""
    return bool(action.section_id or action.requirement_id)


def gap(action: Action) -> str:
    """What an action is for, in words."""
    if action.origin in _ORIGINS:
        return _ORIGINS[action.origin]
    return _GAPS.get(action.gap, action.gap)


def text(action: Action, field: str) -> str:
    """A field as text; of several things each on its line."""
    value = getattr(action, field)
    return value if isinstance(value, str) else "\n".join(value)


def assurance(found: Assurance, names: Names) -> tuple[str, ...]:
    """The row of an assurance, under `ASSURANCES`."""
    basis = [f"{found.basis[0]} only"] if found.basis == _DESCRIBED else found.basis
    return (
        names.section(found.section_id),
        names.theme(found.theme_id),
        found.finding,
        "\n".join(basis) or "not recorded",
        found.exception,
        found.keep,
        "\n".join(found.evidence_ids),
    )


def demands(plan: Plan, names: Names) -> Iterable[tuple[str, ...]]:
    """The rows of the letter's demands, under `DEMANDS`."""
    for demand in plan.requirements:
        findings = "\n".join(map(names.finding, demand.finding_ids))
        yield demand.id, demand.text, demand.statement, findings, "\n".join(demand.action_ids)


def recommendations(plan: Plan, names: Names) -> Iterable[tuple[str, ...]]:
    """The rows of the recommendations, under `RECOMMENDATIONS`."""
    for each in plan.recommendations:
        yield (
            each.id,
            each.source,
            each.organisation,
            each.date,
            each.text,
            "\n".join(map(names.theme, each.theme_ids)),
            each.reason,
            each.statement,
            "\n".join(
                f"{names.finding(identity)} ({position or 'not judged'})"
                for identity, position in zip(each.finding_ids, each.positions, strict=False)
            ),
            "\n".join(each.action_ids),
        )


def _quoted(each: RecommendationResult) -> str:
    return f"Recommendation {each.id} ({each.source or 'source not recorded'}): {each.text}"


def _by_action(asked: Iterable[RequirementResult | RecommendationResult]) -> dict[str, list[str]]:
    """The id of an action -> those of what it answers."""
    found: dict[str, list[str]] = {}
    for each in asked:
        for action_id in each.action_ids:
            found.setdefault(action_id, []).append(each.id)
    return found


def kept(action: Action) -> tuple[str, ...]:
    """The row of an action as the program keeps it, under `KEPT`."""
    return tuple(text(action, field) for field in KEPT)
