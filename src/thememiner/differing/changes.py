"""What is not as it was between two reports of one review: records, flat as those of a report are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["new", "position", "changed", "withdrawn"]
Standing = Literal["late", "open", "done", "not accepted", "left out"]


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One finding that is new, changed or withdrawn; `was` and `now` are its statements, "" for none.

    `title` names its theme (and organisations), the positions are with their basis, in words. `what` are the
    parts of it that changed, `why` sentences on what in the two reports moved it, `review` its mark.
    """

    id: str
    sort: Sort
    section: str
    title: str
    was: str = ""
    now: str = ""
    was_position: str = ""
    now_position: str = ""
    what: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    review: str = ""


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source that came since, came again otherwise, or is gone; and of how many documents."""

    source: str
    sort: Literal["received since", "came again, changed", "not in the later report"]
    kind: str
    came: int = 0
    went: int = 0


@dataclass(frozen=True, slots=True)
class ActionStanding:
    """How one action of the plan stands on the day that the later report speaks of."""

    id: str
    standing: Standing
    action: str
    owner: str = ""
    due: str = ""
    status: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed between two reports.

    `instruments` are sentences on what they were made with otherwise, `cautions` on what else a reader must
    know before comparing. `unchanged` counts the findings that are as they were; `outstanding` are
    (organisation, document, "came", "still outstanding" or "outstanding now"). `actions` is None where no
    plan was given. `earlier_day` and `day` are the days (ISO) that the reports speak of, "" where that is not
    known; on `day` actions are late or not. `earlier_stands` and `stands` say how the reports stand,
    `marking` for whom what changed is.
    """

    earlier: str
    later: str
    marking: str
    earlier_day: str = ""
    day: str = ""
    earlier_stands: str = ""
    stands: str = ""
    cautions: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    unchanged: int = 0
    themes_new: tuple[str, ...] = ()
    themes_gone: tuple[str, ...] = ()
    sources: tuple[SourceChange, ...] = ()
    outstanding: tuple[tuple[str, str, str], ...] = ()
    actions: tuple[ActionStanding, ...] | None = None

    def of(self, sort: Sort) -> tuple[FindingChange, ...]:
        """The findings of one sort."""
        return tuple(finding for finding in self.findings if finding.sort == sort)
