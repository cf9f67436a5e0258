"""A plan that people worked in → the plan again, by id: whatever they sorted, moved, deleted or added.

    found = read("plan.xlsx")
    found.plan, found.notes

What was drafted stands in the workbook's own sheet "As drafted", so that what people changed is told from
what they left. A CSV has no such sheet: give the plan drafted from its report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from thememiner import planning
from thememiner.errors import InputError, nearest
from thememiner.plans import cells, rows, workbooks
from thememiner.plans.sheets import Opened, Row, opened
from thememiner.records import Action, Horizon, Plan

_LISTED = 5  # ids in a note
NOTHING_DRAFTED = (
    "A table by itself does not say what was drafted, so rows that were left out cannot be told, and all "
    "wording is kept as people's. Give --report report.json to tell them."
)


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan read back, and what to know of it: lines."""

    plan: Plan
    notes: tuple[str, ...]


def read(file: str | Path, drafted: Plan | None = None) -> Imported:
    """The plan that a workbook or CSV holds now.

    `drafted` is the plan as it is drafted from its report. Raises `InputError` for a file that cannot be
    read or is no plan, a heading that was changed, an id that is not of this plan or stands twice, and a cell
    that cannot be understood, with the row.
    """
    path = Path(file)
    found = opened(path)
    known = _known(path, found, drafted)
    told = known is not None
    base = known or {old.id: old for row in found.rows if (old := row.drafted())}
    sections, themes = (_names(found.rows, base, field) for field in ("section_id", "theme_id"))
    made: dict[str, Action] = {}
    at: dict[str, int] = {}
    for row in found.rows:
        action = _action(row, base, told=told) if row.id else _own(row, base, sections, themes)
        if action.id in at:
            raise row.slip(
                f"has the same id as row {at[action.id]} ({action.id}). Keep one, or leave the id of a copy "
                "blank and word it anew."
            )
        made[action.id], at[action.id] = action, row.number
    gone = [action for identity, action in base.items() if identity not in made]
    fresh = [action.id for action in gone if action.progress not in planning.OUT]
    made |= {
        action.id: replace(action, progress=planning.LEFT_OUT) if action.id in fresh else action
        for action in gone
    }
    order = [*base, *(identity for identity in made if identity not in base)]
    plan = Plan(
        actions=tuple(made[identity] for identity in order),
        about=found.about,
        sections=tuple(sections.items()),
        themes=tuple(themes.items()),
        documents=found.documents or (drafted.documents if drafted else ()),
    )
    notes = [*_notes(plan.actions, fresh, told=told), *_unread(found, base)]
    if not told:
        notes.append(NOTHING_DRAFTED)
    return Imported(plan, tuple(notes))


def _known(path: Path, found: Opened, drafted: Plan | None) -> dict[str, Action] | None:
    """Id -> the action as it was drafted; None where nothing says what was drafted."""
    own = {action.id: action for action in drafted.actions} if drafted else {}
    if drafted and not _shared(found, drafted):
        raise InputError(f"{path.name} is no plan of that report: it rests on none of its documents.")
    if found.drafted is not None:
        return {action.id: action for action in found.drafted}
    if not drafted and any(row.kept for row in found.rows):
        return None
    if not drafted:
        raise InputError(
            f"{path.name} has no sheet {workbooks.DRAFTED!r}, by which what people changed is told. Put the "
            "sheet back, or give --report report.json."
        )
    for old in (row.drafted() for row in found.rows):  # what only an earlier plan had, and how each stood
        if old and old.id in own:
            own[old.id] = replace(own[old.id], progress=old.progress, edited=old.edited)
        elif old and (old.origin == "people" or old.progress == planning.GONE):
            own[old.id] = old
    return own


def _shared(found: Opened, drafted: Plan) -> bool:
    """Whether a file can be of the plan drafted from a report: by documents, else quotes, else ids."""
    here = set(found.documents) or {
        identity for row in found.rows if (old := row.drafted()) for identity in old.evidence_ids
    }
    there = {
        *drafted.documents,
        *(identity for action in drafted.actions for identity in action.evidence_ids),
    }
    ids = {row.id for row in found.rows}, {action.id for action in drafted.actions}
    return bool(here & there) if here else bool(ids[0] & ids[1])


# What people did.


def _action(row: Row, base: Mapping[str, Action], *, told: bool) -> Action:
    """The action of a row: what was drafted, with what people wrote over it."""
    old = base.get(row.id)
    if old is None:
        near = nearest(row.id, base)
        guess = f"; {near!r} may be meant" if near else ""
        raise row.slip(
            f"has {row.id!r} as its id, which is not of this plan{guess}. Put it right, or leave it blank if "
            "the row is your own."
        )
    said = {field: row.cells[field] for field in rows.PEOPLES if field in row.cells}
    new: dict[str, Any] = dict(said)
    for field in planning.WORDED:
        if field in said and (
            said[field].endswith(workbooks.MORE) or cells.same(said[field], getattr(old, field))
        ):
            new[field] = getattr(old, field)
    new |= _understood(row, said, old.horizon)
    worded = [field for field in planning.WORDED if field in new and new[field] != getattr(old, field)]
    edited = tuple(dict.fromkeys((*old.edited, *(worded if told else planning.WORDED))))
    back = old.progress in planning.OUT and not row.kept  # a CSV has what was left out among its rows
    return replace(old, **new, edited=edited, progress="" if back else old.progress)


def _own(
    row: Row, base: Mapping[str, Action], sections: Mapping[str, str], themes: Mapping[str, str]
) -> Action:
    """A row that people added."""
    if not row.cells.get("action"):
        raise row.slip(
            "has neither an id nor an action. Give it an action, or delete it (unmerge merged cells)."
        )
    if not row.cells.get("horizon"):
        raise row.slip("has no horizon. Write Short-term or Longer-term.")
    demands = {action.requirement_id for action in base.values()}
    recommended = {action.recommendation_id for action in base.values()}
    told = {field: row.cells[field] for field in rows.PEOPLES if field in row.cells}
    words: dict[str, Any] = {**told, **_understood(row, told, "short")}
    return planning.added(
        Action(
            id="",
            section_id=_identity(row, "section_id", sections),
            theme_id=_identity(row, "theme_id", themes),
            finding_id="",
            requirement_id=asked if (asked := row.cells.get("requirement_id", "")) in demands else "",
            recommendation_id=asked
            if (asked := row.cells.get("recommendation_id", "")) in recommended
            else "",
            finding=row.cells.get("finding", ""),
            **words,
        )
    )


def _understood(row: Row, said: Mapping[str, str], was: Horizon) -> dict[str, str]:
    """The cells that are more than words: horizon, strength, status and due date."""
    found: dict[str, str] = {}
    if "horizon" in said:
        horizon = cells.horizon(said["horizon"]) if said["horizon"] else was
        if horizon is None:
            raise row.slip(f"has the horizon {said['horizon']!r}. Write Short-term or Longer-term.")
        found["horizon"] = horizon
    if "strength" in said:
        strength = cells.strength(said["strength"])
        if strength is None:
            raise row.slip(f"has the strength {said['strength']!r}. Write stronger, intermediate or weaker.")
        found["strength"] = strength
    if "status" in said:
        found["status"] = cells.status(said["status"])
    if "due" in said:
        found["due"] = cells.due(said["due"])
    return found


def _identity(row: Row, field: str, names: Mapping[str, str]) -> str:
    """The id of the section or theme that people named in a row of their own; else what they wrote."""
    given = row.cells.get(field, "").split("\n")[0]
    known = {name.casefold(): identity for identity, name in names.items()}
    return known.get(given.casefold(), given)


# What is told of the whole.


def _names(found: Iterable[Row], base: Mapping[str, Action], field: str) -> dict[str, str]:
    """Id -> name of the sections or themes, as the rows have them."""
    names: dict[str, str] = {}
    for row in found:
        old = base.get(row.id)
        identity, name = getattr(old, field, ""), row.cells.get(field, "").split("\n")[0]
        if identity and name:
            names.setdefault(identity, name)
    return names


def _notes(made: Iterable[Action], out: list[str], *, told: bool) -> Iterator[str]:
    every = [action for action in made if action.progress not in planning.OUT]
    counts = {
        "with an owner": sum(bool(action.owner) for action in every),
        "done": sum(action.status == planning.DONE for action in every),
        "reworded": sum(told and bool(action.edited) for action in every),
        "added by people": sum(action.origin == "people" for action in every),
    }
    held = ", ".join(f"{n} {what}" for what, n in counts.items() if n)
    yield f"{len(every)} actions read{f': {held}' if held else ''}."
    if out:
        yield f"{len(out)} left out by people: {_listed(out)}."


def _unread(found: Opened, base: Mapping[str, Action]) -> Iterator[str]:
    """What people wrote where nothing is read back."""
    yield from (f"Not read back: the column {name!r}." for name in found.others)
    changed = [
        row.id
        for row in found.rows
        if (old := base.get(row.id))
        and old.origin not in ("people", "requirement", "recommendation")
        and not cells.same(row.cells.get("finding", old.finding), old.finding)
    ]
    if changed:
        yield f"Left as it was: the finding of {_listed(changed)}. A plan does not change findings."


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:_LISTED]) + (", ..." if len(ids) > _LISTED else "")
