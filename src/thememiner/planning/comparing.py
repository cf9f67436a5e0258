"""An earlier plan → the next: what people did and wrote stays, and each action says how it stands.

done                   people called it done, and nothing has come since
not accepted           people said that they will not do it, and nothing has come since
open                   in the earlier plan, not done
newly evidenced        there is evidence from documents that the earlier plan did not have
no longer evidenced    in the earlier plan, and this run finds nothing for it
new                    not in the earlier plan
left out by people     people took it out of the plan; kept aside, so that it does not come back unasked
its finding set aside  people marked the finding that it was drafted for "do not use"
added by people        a row of their own
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from thememiner.planning.drafting import own_id
from thememiner.records import Action, Evidence

LEFT_OUT = "left out by people"
NOT_USED = "its finding set aside"
OUT = (LEFT_OUT, NOT_USED)  # what is listed, and does not stand in the plan
ADDED = "added by people"
GONE = "no longer evidenced"
DONE = "done"
CLOSED = (DONE, "not accepted")  # statuses with which people are through with an action
PROGRESS = ("newly evidenced", "new", "open", *CLOSED, GONE, ADDED, *OUT)
_PEOPLES = ("owner", "due", "status", "edited")
# What people may write over a draft.
WORDED = ("horizon", "action", "resource_gap", "measure", "strength")


def compare(
    earlier: Sequence[Action],
    drafted: Sequence[Action],
    evidence: Mapping[str, Evidence],
    known: Collection[str] = (),
) -> tuple[Action, ...]:
    """The next plan's actions: those drafted now, then what only the earlier plan has.

    Owner, due date, status and what people reworded are kept from `earlier`. `evidence` are this run's
    excerpts by id, `known` the ids of the documents that the earlier plan rested on; without them, those that
    it cites.
    """
    before = {action.id: action for action in earlier}
    seen = set(known) or {_document(i) for action in earlier for i in action.evidence_ids}
    now = {action.id for action in drafted}
    made = []
    for action in drafted:
        old = before.get(action.id)
        if old is None:
            made.append(replace(action, progress=action.progress or "new"))
            continue
        fresh = bool(seen) and any(
            evidence[i].document_id not in seen for i in action.evidence_ids if i in evidence
        )
        kept = {name: getattr(old, name) for name in (*old.edited, "owner", "due", "status", "edited")}
        made.append(replace(action, **kept, progress=action.progress or _progress(old, fresh=fresh)))
    made += [replace(old, progress=_gone(old)) for old in earlier if old.id not in now]
    return tuple(made)


def counted(actions: Iterable[Action]) -> str:
    """How the actions stand against the earlier plan: "2 newly evidenced, 5 open, 1 done"."""
    counts = Counter(action.progress for action in actions)
    return ", ".join(f"{counts[state]:,} {state}" for state in PROGRESS if counts[state])


def lost(earlier: Iterable[Action], now: Iterable[Action]) -> int:
    """How many of the earlier actions hold something of people's that is blank in those of now."""
    found = {action.id: action for action in now}
    return sum(
        any(getattr(old, name) and not getattr(found.get(old.id), name, "") for name in _PEOPLES)
        for old in earlier
    )


def added(row: Action) -> Action:
    """A row that people added, with an id made of its own words."""
    words = f"{row.section_id} {row.theme_id} {row.requirement_id} {row.action}"
    return replace(row, id=own_id(words), origin="people", progress=ADDED)


def _progress(old: Action, *, fresh: bool) -> str:
    if old.progress == LEFT_OUT and not fresh:
        return LEFT_OUT
    if fresh:
        return "newly evidenced"
    return old.status if old.status in CLOSED else "open"


def _gone(old: Action) -> str:
    if old.progress == LEFT_OUT:
        return LEFT_OUT
    if old.origin == "people":
        return old.status if old.status in CLOSED else ADDED
    return GONE


def _document(evidence_id: str) -> str:
    """The document of an excerpt: `section|theme|document:start-end`."""
    return evidence_id.rpartition("|")[2].rpartition(":")[0]
