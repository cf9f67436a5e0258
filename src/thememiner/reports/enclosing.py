"""The tables of what came with the review: recommendations, and self-ratings beside evidence."""

from __future__ import annotations

from collections.abc import Mapping

from thememiner.records import Evidence, RatingResult, RecommendationResult, Report
from thememiner.reports import collating, wording
from thememiner.reports.contents import Table

_SAID_BY = {
    "feedback": "People and families",
    "incident": "Incident reports",
    "account": "Its own account",
    "policy": "Its policy",
}


def recommendations(report: Report, names: Mapping[str, str], numbers: Mapping[str, str]) -> Table | None:
    """Each recommendation: whose it is, its themes, what there is on it, in which findings."""
    if not report.recommendations:
        return None
    return Table(
        wording.RECOMMENDED_CAPTION,
        (
            "Id",
            "From whom, to whom",
            "Recommendation",
            "Themes, and why",
            "What there is on it",
            "Findings",
            "Draft actions",
        ),
        tuple(
            (
                each.id,
                _whose(each),
                each.text,
                _themes(each.theme_ids, each.reason, names),
                each.statement,
                ", ".join(_found(each, numbers)) or "none",
                len(each.action_ids),
            )
            for each in report.recommendations
        ),
        note=wording.RECOMMENDED_NOTE,
    )


def ratings(report: Report, names: Mapping[str, str]) -> Table | None:
    """Each self-rating as it was given, whether what was rated is borne out, why, and a quote a voice."""
    if not report.ratings:
        return None
    evidence = {e.id: e for e in report.evidence}
    return Table(
        wording.RATED_CAPTION,
        (
            "Organisation",
            "What it rated",
            "Its own rating",
            "Evidence that it states",
            "Is it borne out as done?",
            "Themes, and why",
            "What was read of this organisation",
        ),
        tuple(
            (
                each.organisation,
                each.item,
                each.rating,
                each.stated or "none stated",
                f"{wording.capital(each.verdict)}: {each.why}.",
                _themes(each.theme_ids, each.reason, names),
                _beside(each, evidence),
            )
            for each in report.ratings
        ),
        note=wording.RATED_NOTE,
    )


def _whose(each: RecommendationResult) -> str:
    """Whose recommendation it is, to whom, and when."""
    who = each.source or "source not recorded"
    to = f" to {each.organisation}" if each.organisation else ""
    return f"{who}{to}{f', {wording.day(each.date)}' if each.date else ''}"


def _themes(ids: tuple[str, ...], reason: str, names: Mapping[str, str]) -> str:
    known = "; ".join(names.get(i, i) for i in ids)
    return f"{known} ({reason})" if known and reason else known or wording.capital(reason)


def _found(each: RecommendationResult, numbers: Mapping[str, str]) -> list[str]:
    """The numbers of its findings, each with its position: "2.1 (gap)"."""
    pairs = zip(each.finding_ids, each.positions, strict=False)
    return [f"{numbers[i]} ({position or 'not judged'})" for i, position in pairs if i in numbers]


def _beside(each: RatingResult, evidence: Mapping[str, Evidence]) -> str:
    """A short quote of each kind of source, people first; "nothing quoted" of none."""
    mine = [evidence[i] for i in each.evidence_ids if i in evidence]
    said = []
    for kind, who in _SAID_BY.items():
        ids = [e.id for e in mine if e.kind == kind]
        if quote := collating.example(ids, evidence):
            said.append(f"{who}: {quote}")
    return "; ".join(said) or "nothing quoted"
