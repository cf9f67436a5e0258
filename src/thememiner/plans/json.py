"""A plan as JSON, and read back: only `actions` has to be there, so that one written by hand can be read."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any, TypeVar

from thememiner import planning
from thememiner.errors import InputError
from thememiner.records import HORIZONS, Action, Assurance, Plan, RecommendationResult, RequirementResult
from thememiner.tomls import Reader

SCHEMA = 1
_R = TypeVar("_R")
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
        assurances=tuple(_record(Assurance, row) for row in top.tables("assurances")),
        requirements=tuple(_record(RequirementResult, row) for row in top.tables("requirements")),
        recommendations=tuple(_record(RecommendationResult, row) for row in top.tables("recommendations")),
        about=_pairs(top, "about"),
        sections=_pairs(top, "sections"),
        themes=_pairs(top, "themes"),
        documents=top.texts("documents"),
    )


def _action(row: Reader) -> Action:
    row.choice("horizon", HORIZONS)
    return _record(Action, row)


def _record(record: type[_R], row: Reader) -> _R:
    """A record of texts and lists of texts; what has no default has to be there, but for ids that may be "".

    A key that is not known is refused, with the nearest.
    """
    sort: Any = record  # mypy does not take a type for a dataclass's
    fields = dataclasses.fields(sort)
    row.only(field.name for field in fields)
    values: dict[str, Any] = {}
    for field in fields:
        if field.default is not dataclasses.MISSING and field.name not in row.table:
            continue
        if str(field.type).startswith("tuple"):
            values[field.name] = row.texts(field.name)
        else:
            values[field.name] = row.text(field.name, None if field.name in ("id", "action") else "")
    return record(**values)


def _pairs(top: Reader, key: str) -> tuple[tuple[str, str], ...]:
    table = Reader(top.table.get(key, {}), f"{top.where}, {key}")
    return tuple((name, table.text(name)) for name in table.table)
