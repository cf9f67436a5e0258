"""What few sources carry: held until a named person signs it off, and never dropped without a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from thememiner.records import DocumentEntry, Evidence, Finding, Regime, Report, Theme
from thememiner.releasing.approvals import Approvals
from thememiner.releasing.quoting import of_people
from thememiner.releasing.suppressing import FEW, LEAST
from thememiner.reports.passages import span

FEW_DOCUMENTS = "fewer than {least} documents carry it"
ONE_BODY = "all incident reports and people that carry it are of one organisation"
FEW_PASSAGES = "it rests on fewer than {least} passages, and incident reports or people may be among them"
CARRIED = ("incident", "feedback")


def least(regime: Regime) -> int:
    """The number of sources below which a theme or finding is held."""
    return max(FEW, LEAST[regime])


def themes(report: Report, regime: Regime, approvals: Approvals) -> dict[str, str]:
    """Theme id -> why it is held, of the codebook's themes that nobody has signed off."""
    documents = {d.id: d for d in report.documents}
    several = len({d.organisation for d in report.documents if d.kind in CARRIED and d.organisation}) > 1
    of = carried(report)
    held = {}
    for theme in report.themes:
        reason = _reason(theme, [documents[i] for i in of.get(theme.id, ())], least(regime), several=several)
        if reason and not _signed(theme.id, approvals):
            held[theme.id] = reason
    return held


def findings(report: Report, regime: Regime, approvals: Approvals) -> dict[str, str]:
    """Finding id -> why it is held, of those whose theme is not."""
    evidence = {e.id: e for e in report.evidence}
    fewest = least(regime)
    return {
        finding.id: FEW_PASSAGES.format(least=fewest)
        for finding in report.findings
        if (finding.passages or 0) < fewest
        and _told_by_people(finding, evidence)
        and not _signed(finding.id, approvals)
        and not _signed(finding.theme_id, approvals)
    }


def carried(report: Report) -> dict[str, set[str]]:
    """Theme id -> ids of the documents with a passage surely about it."""
    known = {d.id for d in report.documents}
    of: dict[str, set[str]] = defaultdict(set)
    for membership in report.memberships:
        if membership.outcome == "assigned" and (place := span(membership.passage_id)) and place[0] in known:
            of[membership.theme_id].add(place[0])
    return of


def _reason(theme: Theme, documents: Iterable[DocumentEntry], fewest: int, *, several: bool) -> str:
    if (theme.documents or 0) < fewest:
        return FEW_DOCUMENTS.format(least=fewest)
    bodies = {d.organisation for d in documents if d.kind in CARRIED}
    return ONE_BODY if several and len(bodies) == 1 else ""


def _told_by_people(finding: Finding, evidence: Mapping[str, Evidence]) -> bool:
    cited = [evidence[i] for i in finding.evidence_ids if i in evidence]
    return finding.interface or not cited or any(e.kind == "incident" or of_people(e) for e in cited)


def _signed(identity: str, approvals: Approvals) -> bool:
    return any(approval.covers(identity) for approval in approvals.held)


def named(report: Report, regime: Regime) -> frozenset[tuple[str, str]]:
    """(theme, organisation) of which enough people speak that a quote of theirs may name it."""
    bodies = {d.id: d.organisation for d in report.documents if d.kind == "feedback" and d.organisation}
    counts = Counter(
        (theme, bodies[document])
        for theme, documents in carried(report).items()
        for document in documents
        if document in bodies
    )
    return frozenset(pair for pair, number in counts.items() if number >= least(regime))
