"""How the actions of a plan stand on a day: late, open, done, not accepted, or left out."""

from __future__ import annotations

import re

from thememiner import planning
from thememiner.differing.changes import ActionStanding, Standing
from thememiner.records import Action, Plan

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_CLOSED = "not accepted"
_ORDER: tuple[Standing, ...] = ("late", "open", "done", "not accepted", "left out")


def standing(plan: Plan, day: str) -> tuple[ActionStanding, ...]:
    """Every action, the late ones first; none is late where no day is given.

    An action is late that is not done by the last day of its due date. What was written in place of a date is
    no date.
    """
    found = [_standing(action, day) for action in plan.actions]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.standing)))


def _standing(action: Action, day: str) -> ActionStanding:
    stands: Standing = "open"
    note = ""
    dated = _DATE.fullmatch(action.due) is not None
    if action.progress in planning.OUT:
        stands, note = "left out", action.progress
    elif action.status == planning.DONE:
        stands = "done"
        note = "there is evidence that came after" if action.progress == "newly evidenced" else ""
    elif action.status == _CLOSED:
        stands = "not accepted"
    elif dated and day and action.due < day[: len(action.due)]:
        stands = "late"
    elif action.due and not dated:
        note = "its due date is no date"
    elif not action.due:
        note = "no due date"
    return ActionStanding(action.id, stands, action.action, action.owner, action.due, action.status, note)
