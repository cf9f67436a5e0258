"""Findings between organisations: how they are called, and the table of them all."""

from __future__ import annotations

from collections.abc import Mapping

from thememiner.records import Finding, Report
from thememiner.reports import collating, wording
from thememiner.reports.contents import Table


def title(finding: Finding, names: Mapping[str, str]) -> str:
    """What a finding is of: its theme, and of one between organisations that, and which.

    `names` are those of themes.
    """
    theme = names.get(finding.theme_id, finding.theme_id)
    if finding.sort == "variation":
        return f"{theme}: variation between organisations"
    if finding.sort == "from, to":
        return f"{theme}: from {' to '.join(finding.between)}"
    return f"{theme}: between {' and '.join(finding.between)}" if finding.interface else theme


def table(report: Report, names: Mapping[str, str], numbers: Mapping[str, str]) -> Table | None:
    """A row for each finding between organisations, whatever the sections that it stands in."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for finding in report.findings:
        if finding.sort != "theme":
            found.setdefault((finding.theme_id, finding.sort, *finding.between), []).append(finding)
    rows = tuple(
        (
            title(of[0], names),
            of[0].statement,
            collating.judged(of[0]),
            ", ".join(numbers[f.id] for f in of if f.id in numbers),
            of[0].mark,
        )
        for of in sorted(found.values(), key=lambda of: not of[0].interface)
    )
    heads = ("Theme", "Finding", "Position", "Findings", "Review")
    return Table(wording.BETWEEN_TITLE, heads, rows, note=wording.BETWEEN_NOTE) if rows else None
