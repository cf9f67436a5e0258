"""What people decided of findings, in words and tables: what they changed, and what they set aside.

The program's draft stands beside what a person put in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from thememiner.records import Finding, Report, SectionResult
from thememiner.reports import between, collating, wording
from thememiner.reports.contents import Table

# What people may change of a finding -> how the program's own is introduced.
_DRAFTED = {
    "statement": "The program\u2019s draft",
    "section": "Placed by the program in",
    "position": "Position as drafted",
    "basis": "Basis as drafted",
}


def told(finding: Finding, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(what, as the program has it) of all that a person changed, and the reason that they gave."""
    rows = [
        (_DRAFTED[what], titles.get(draft, draft) if what == "section" else _joined(draft))
        for what, draft in finding.drafted
        if what in _DRAFTED
    ]
    if finding.review_reason:
        rows.append((f"Reason given by {finding.reviewer or 'a person'}", finding.review_reason))
    return tuple(rows)


def note(report: Report) -> str:
    """How many findings people have looked at; "" where there are none."""
    made = (*report.findings, *report.set_aside)
    if not made:
        return ""
    seen = [finding for finding in made if finding.review != "not yet reviewed"]
    if not seen:
        return wording.NONE_REVIEWED
    said = (
        f"{wording.number(len(seen))} of {wording.counted(len(made), 'finding')} reviewed by a named person"
    )
    changed = sum(bool(finding.changed) for finding in seen)
    held = [
        f"{wording.number(changed)} changed since, to be looked at again" if changed else "",
        f"{wording.number(len(report.set_aside))} set aside (under “What was left out, and why”)"
        if report.set_aside
        else "",
    ]
    return "; ".join(filter(None, (said, *held))) + wording.MARKED_REST


def set_aside(report: Report, names: Mapping[str, str]) -> tuple[Table, ...]:
    """The findings that people marked "do not use", whole, with the reason; nothing where there are none."""
    if not report.set_aside:
        return ()
    titles = {section.id: section.title for section in report.sections}
    rows = tuple(
        (
            titles.get(finding.section_id, finding.section_id) or wording.BESIDE_TITLE,
            between.title(finding, names),
            finding.statement,
            collating.judged(finding),
            finding.mark,
            finding.review_reason,
        )
        for finding in report.set_aside
    )
    heads = ("Section", "Theme", "Finding", "Position", "Who", "Reason")
    return (Table("Findings that people set aside", heads, rows, note=wording.SET_ASIDE_NOTE),)


def moved(report: Report) -> Counter[str]:
    """How many findings people took out of each section, by its id: set aside, or placed in another."""
    out = Counter(finding.section_id for finding in report.set_aside)
    out.update(draft for f in report.findings for what, draft in f.drafted if what == "section")
    return out


def ending(section: SectionResult, taken: int, *, filled: bool) -> str:
    """How a section ends, in words: what was looked for, or that people took every finding out of it."""
    said = wording.capital(section.statement)
    if filled:
        return said and f"Before a person placed a finding here: {section.statement}"
    if said or not taken:
        return said or wording.NO_FINDING
    return wording.ALL_TAKEN.format(taken=wording.capital(wording.counted(taken, "finding")))


def decided(report: Report) -> bool:
    """Whether people changed where a finding stands, or what it says of a theme."""
    shifts = {"section", "position", "basis"}
    return bool(report.set_aside) or any(shifts & {what for what, _ in f.drafted} for f in report.findings)


def _joined(draft: str) -> str:
    return "; ".join(draft.split("\n")) or "none"
