"""Which findings may stand on a form that somebody signs, and in what words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thememiner.records import Finding, Report
from thememiner.reports.collating import judged

_UNSEEN, _CHANGED = "not reviewed by a named person yet", "changed since they were reviewed"


@dataclass(frozen=True, slots=True)
class Draft:
    """One finding as it is written on the form."""

    finding: Finding
    text: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """Section id -> what is written of it, in the report's order; and how many are held back, by why."""

    sections: Mapping[str, tuple[Draft, ...]]
    held: Mapping[str, int]


def accepted(report: Report, *, unreviewed: bool = False) -> Drafts:
    """The findings that a named person accepted or reworded; with `unreviewed` the rest too, each marked.

    One that changed since a person looked at it waits to be looked at again: its words, or what they rest
    on, are not those that were accepted. Other quotes alone are no such change.
    """
    sections: dict[str, list[Draft]] = {}
    held = {_UNSEEN: 0, _CHANGED: 0}
    by_id = {finding.id: finding for finding in report.findings}
    for section in report.sections:
        for finding in (by_id[i] for i in section.finding_ids if i in by_id):
            changed = set(finding.changed) - {"quotes"}
            is_accepted = finding.review == "use" and bool(finding.reviewer) and not changed
            if is_accepted or unreviewed:
                text = _text(finding) if is_accepted else f"{finding.mark}: {_text(finding)}"
                sections.setdefault(section.id, []).append(Draft(finding, text))
            else:
                held[
                    "changed since they were reviewed" if changed else "not reviewed by a named person yet"
                ] += 1
    placed = {i for section in report.sections for i in section.finding_ids}
    held["in no section of the template"] = sum(finding.id not in placed for finding in report.findings)
    held["set aside by people"] = len(report.set_aside)
    return Drafts({i: tuple(drafts) for i, drafts in sections.items()}, held)


def _text(finding: Finding) -> str:
    """A person's own words as they stand; the program's after the position that was accepted with them."""
    reworded = any(what == "statement" for what, _ in finding.drafted)
    position = "" if reworded else judged(finding)
    return f"{position}. {finding.statement}" if position else finding.statement
