"""A report in an order that tells nothing: a working one has what most documents speak of first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from thememiner.records import Report


def by_name(report: Report) -> Report:
    """The same with themes in the order of their names, and what is of them too.

    Between two themes whose numbers are told, the place of a third would tell its own.
    """
    names = {theme.id: theme.name.casefold() for theme in report.themes}
    places = {section.id: place for place, section in enumerate(report.sections)}
    of = {finding.id: (names.get(finding.theme_id, ""), finding.id) for finding in report.findings}

    def sorted_ids(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=lambda i: of.get(i, ("", i))))

    return replace(
        report,
        themes=tuple(sorted(report.themes, key=lambda t: (names[t.id], t.id))),
        findings=tuple(sorted(report.findings, key=lambda f: (places.get(f.section_id, -1), *of[f.id]))),
        sections=tuple(replace(s, finding_ids=sorted_ids(s.finding_ids)) for s in report.sections),
        evidence=tuple(
            sorted(
                report.evidence,
                key=lambda e: (places.get(e.section_id, len(places)), names.get(e.theme_id, ""), e.theme_id),
            )
        ),
        requirements=tuple(replace(r, finding_ids=sorted_ids(r.finding_ids)) for r in report.requirements),
        triangulation=tuple(
            sorted(report.triangulation, key=lambda t: (names.get(t.theme_id, ""), t.theme_id))
        ),
        recommendations=tuple(
            replace(r, finding_ids=sorted_ids(r.finding_ids)) for r in report.recommendations
        ),
    )
