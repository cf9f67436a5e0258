"""How far a report has come, and who said so: the steps of its ladder, in the order they were taken."""

from __future__ import annotations

from dataclasses import dataclass

from thememiner.records.words import Rung


@dataclass(frozen=True, slots=True)
class Step:
    """One step: which rung, who took it, as what, on which day (ISO) and by whose authority.

    `digest` is that of the report's content at the time, which tells whether it has changed since. `not_yet`
    is why the rung was not reached, "" where it was. `unreviewed` counts the findings that nobody had
    reviewed as they were, with the reason why it was taken all the same.
    """

    status: Rung
    by: str
    date: str
    digest: str
    role: str = ""
    authority: str = ""
    note: str = ""
    not_yet: str = ""
    unreviewed: int = 0
    unreviewed_reason: str = ""
