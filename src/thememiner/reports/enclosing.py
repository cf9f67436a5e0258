"""The tables of what came with the review: recommendations, and self-ratings beside evidence."""

from __future__ import annotations

from collections.abc import Mapping

from thememiner.records import Evidence, RatingResult, RecommendationResult, Report
from thememiner.reports import collating, wording
from thememiner.reports.contents import Table

_LISTED = 5  # themes of an item, named beside it
# What a quote says that stands beside a verdict.
_SHOWS = {"supported": ("positive",), "not supported": ("negative", "mixed")}


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
                wording.capital(_verdict(each)),
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
    if len(ids) > _LISTED:
        known = wording.counted(len(ids), "theme")
    return f"{known} ({reason})" if known and reason else known or wording.capital(reason)


def _found(each: RecommendationResult, numbers: Mapping[str, str]) -> list[str]:
    """The numbers of its findings, each with its position: "2.1 (gap)"."""
    pairs = zip(each.finding_ids, each.positions, strict=False)
    return [f"{numbers[i]} ({position or 'not judged'})" for i, position in pairs if i in numbers]


def _beside(each: RatingResult, evidence: Mapping[str, Evidence]) -> str:
    """A short quote of each kind of source, people first, of those that show what the verdict says.

    Each with who speaks: in what an organisation sends others may speak too.
    """
    wanted = _SHOWS.get(each.verdict, ())
    mine = [evidence[i] for i in each.evidence_ids if i in evidence]
    mine.sort(key=lambda e: e.polarity not in wanted)
    said = []
    for kind in ("feedback", "incident", "account", "policy"):
        quote = next((e for e in mine if e.kind == kind and collating.fits(e)), None)
        if quote:
            said.append(f"{wording.capital(wording.speaker(kind, quote.voice))}: “{quote.quote}”")
    return "; ".join(said) or (collating.ELSEWHERE if mine else "nothing quoted")


def _verdict(each: RatingResult) -> str:
    """The verdict with why, of several themes on which."""
    return f"{each.why}." if each.why.startswith(each.verdict) else f"{each.verdict}: {each.why}."
