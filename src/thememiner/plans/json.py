"""A plan as JSON, and read back: only `actions` has to be there, so that one written by hand can be read."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from thememiner import planning
from thememiner.errors import InputError
from thememiner.records import HORIZONS, Action, Assurance, Plan, RecommendationResult, RequirementResult
from thememiner.tomls import Reader, record

SCHEMA = 1
_KEYS = ("schema", "status", *(field.name for field in dataclasses.fields(Plan)))


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
    path = Path(path)
    try:
        given = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is not a plan: it is not JSON. Write one with 'thememiner plan'.") from None
    if not isinstance(given, dict) or "actions" not in given:
        raise InputError(f"{path} is not a plan: it has no \"actions\". Write one with 'thememiner plan'.")
    top = Reader(given, path.name)
    top.only(_KEYS)
    schema = given.get("schema", SCHEMA)
    if schema != SCHEMA:
        raise InputError(f"{path} is a plan of schema {schema!r}, and this version reads schema {SCHEMA}.")
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
