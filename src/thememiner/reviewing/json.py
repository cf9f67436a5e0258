"""What people decided, as JSON: a log to which each book that is read adds, and nothing is replaced."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path

from thememiner.errors import InputError
from thememiner.records import ASSURANCES, GAPS, POSITIONS, REVIEWS, Decision, Reviewed
from thememiner.reviewing.wall import behind_the_wall
from thememiner.tomls import Reader, kept, record

SCHEMA = 1
_KEYS = ("decisions", "schema", "report", "title")


def render(reviewed: Reviewed) -> bytes:
    """The decisions as JSON text in UTF-8; `load` gives the same back."""
    shape = {
        "schema": SCHEMA,
        "report": reviewed.report,
        "title": reviewed.title,
        "decisions": [dataclasses.asdict(decision) for decision in reviewed.decisions],
    }
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def load(path: str | Path) -> Reviewed:
    """The decisions kept in a JSON file, behind the wall; `InputError` says what is wrong and where."""
    how = "Write one with 'thememiner findings import'."
    top = kept(Path(path), _KEYS, SCHEMA, "holds no decisions on findings", how)
    decisions = tuple(_decision(row) for row in top.tables("decisions"))
    return Reviewed(decisions, top.text("report", ""), top.text("title", ""))


def _decision(row: Reader) -> Decision:
    """A decision, with what only a hand that wrote the file could have put wrong refused."""
    row.choice("review", REVIEWS, "not yet reviewed")
    row.choice("position", ("", *POSITIONS), "")
    for basis in row.texts("basis"):
        Reader({"basis": basis}, row.where).choice("basis", (*ASSURANCES, *GAPS))
    made = record(Decision, row, ("finding_id",))
    if made.review != "not yet reviewed" and not made.by.strip():
        raise InputError(f'{row.where}: nobody\'s name stands under "by". A decision needs one.')
    return behind_the_wall(made)


def joined(earlier: Reviewed | None, fresh: Reviewed) -> Reviewed:
    """The log with what was decided since at its end; what stands already is not said twice."""
    if earlier is None:
        return fresh
    known = standing(earlier)
    added = tuple(d for d in fresh.decisions if known.get(d.finding_id) != d)
    return dataclasses.replace(fresh, decisions=(*earlier.decisions, *added))


def standing(reviewed: Reviewed) -> dict[str, Decision]:
    """Finding id -> the decision that stands: the last, in the order in which findings were first decided."""
    return _last(reviewed.decisions)


def _last(decisions: Iterable[Decision]) -> dict[str, Decision]:
    return {decision.finding_id: decision for decision in decisions}
