"""A plan as JSON, and read back: only `actions` has to be there, so that one written by hand can be read."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from thememiner import planning
from thememiner.errors import InputError
from thememiner.records import HORIZONS, Action, Assurance, Plan, RecommendationResult, RequirementResult
from thememiner.tomls import Reader, kept, record

SCHEMA = 1
_KEYS = (*(field.name for field in dataclasses.fields(Plan)), "schema", "status")


def render(plan: Plan) -> bytes:
    """The plan as JSON text in UTF-8; `load` gives the same plan back."""
    shape = {
        "schema": SCHEMA,
        "status": planning.DRAFT,
        "about": dict(plan.about),
        "sections": dict(plan.sections),
        "themes": dict(plan.themes),
        "actions": [dataclasses.asdict(action) for action in plan.actions],
        "assurances": [dataclasses.asdict(found) for found in plan.assurances],
        "requirements": [dataclasses.asdict(demand) for demand in plan.requirements],
        "recommendations": [dataclasses.asdict(each) for each in plan.recommendations],
        "documents": plan.documents,
    }
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def load(path: str | Path) -> Plan:
    """The plan kept in a JSON file; `InputError` says what is wrong with it and where."""
    top = kept(Path(path), _KEYS, SCHEMA, "is not a plan", "Write one with 'thememiner plan'.")
    actions = tuple(_action(row) for row in top.tables("actions"))
    seen: set[str] = set()
    for action in actions:
        if action.id in seen:
            raise InputError(f"{path}: the action {action.id!r} stands twice; keep one.")
        seen.add(action.id)
    return Plan(
        actions=actions,
        assurances=tuple(record(Assurance, row) for row in top.tables("assurances")),
        requirements=tuple(record(RequirementResult, row, ("id",)) for row in top.tables("requirements")),
        recommendations=tuple(
            record(RecommendationResult, row, ("id",)) for row in top.tables("recommendations")
        ),
        about=_pairs(top, "about"),
        sections=_pairs(top, "sections"),
        themes=_pairs(top, "themes"),
        documents=top.texts("documents"),
    )


def _action(row: Reader) -> Action:
    row.choice("horizon", HORIZONS)
    return record(Action, row, ("id", "action"))


def _pairs(top: Reader, key: str) -> tuple[tuple[str, str], ...]:
    table = Reader(top.table.get(key, {}), f"{top.where}, {key}")
    return tuple((name, table.text(name)) for name in table.table)
