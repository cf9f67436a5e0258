"""A working report → the public one: every record made anew from the fields that may be shown.

Nothing is copied whole, so what is not named here is not there (`deciding.PUBLIC` says it for each field).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thememiner.records import (
    DocumentEntry,
    Evidence,
    Finding,
    GridCell,
    LedgerEntry,
    RatingResult,
    Received,
    RecommendationResult,
    Regime,
    Release,
    Report,
    RequirementResult,
    SectionResult,
    Step,
    Theme,
    Triangulation,
)
from thememiner.releasing.deciding import PROVENANCE
from thememiner.releasing.numbering import Numbers
from thememiner.releasing.quoting import of_people
from thememiner.releasing.repeating import Runs, repeats
from thememiner.releasing.suppressing import told
from thememiner.reports import standing, wording

ALL_HELD = "Every finding of this section is held in this version."
REVIEWER = "a named reviewer"
_NAMED = ("approved", "released")  # steps of people who answer for it in public
_UNNAMED = {"seen by the lived-experience group": "people of the group"}
REQUIRED = "{findings} in this version"
NOTHING = "no finding in this version"
_PAGE = re.compile(r"page \d+")
# How many accounts speak against a finding is a small number; that some do is not left out.
_ACCOUNT = {
    "One account by a person or family tells otherwise.": "What people or families say tells otherwise.",
    "one account by a person or family": "what people or families say",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What was settled before: the codes of documents, the excerpts and their new ids, what is held."""

    codes: Mapping[str, str]
    evidence: Mapping[str, str]
    themes: frozenset[str]
    held: frozenset[str]  # findings
    bodies: frozenset[tuple[str, str]]  # (theme, organisation) that people's quotes may name
    withheld: Runs
    numbers: Numbers
    regime: Regime

    def ids(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The new ids of those excerpts that are shown."""
        return tuple(self.evidence[i] for i in ids if i in self.evidence)


def build(report: Report, parts: Parts, release: Release) -> Report:
    """The public report."""
    documents = {d.id: d for d in report.documents}
    shown = {e.document_id for e in report.evidence if e.id in parts.evidence}
    findings = tuple(_finding(f, parts) for f in report.findings if _is_shown(f, parts))
    kept = {f.id: f for f in findings}
    return Report(
        provenance=_provenance(report.provenance),
        title=report.title,
        question=report.question,
        ledger=tuple(_file(d, parts) for d in report.documents if d.kind in ("policy", "account")),
        documents=tuple(_documents(report.documents, shown, parts)),
        received=tuple(Received(r.organisation, r.document, (), r.expected) for r in report.received),
        outstanding=tuple(Received(r.organisation, r.document, (), r.expected) for r in report.outstanding),
        absent_voices=report.absent_voices,
        sections=tuple(_section(s, kept, parts) for s in report.sections),
        themes=tuple(_theme(t, parts) for t in report.themes if t.id in parts.themes),
        findings=findings,
        evidence=tuple(_evidence(e, documents, parts) for e in report.evidence if e.id in parts.evidence),
        memberships=(),
        content_note=report.content_note,
        status=report.status,
        blanks=report.blanks,
        requirements=tuple(_requirement(r, kept) for r in report.requirements),
        triangulation=tuple(_verdict(t, parts) for t in report.triangulation if t.theme_id in parts.themes),
        grid=tuple(_cell(c, parts) for c in report.grid),
        recommendations=tuple(_recommendation(r, kept, parts) for r in report.recommendations),
        ratings=tuple(_rating(r, parts) for r in report.ratings),
        comparisons=parts.numbers.comparisons,
        rates=parts.numbers.rates,
        timelines=parts.numbers.timelines,
        trends=parts.numbers.trends,
        release=release,
        glossary=_short_forms(report, parts),
    )


def _short_forms(report: Report, parts: Parts) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Those of the users' own short forms that stand in a quote that is shown."""
    shown = {
        word.removesuffix("s")
        for e in report.evidence
        if e.id in parts.evidence
        for word in re.findall(r"[\w&]+", e.quote)
    }
    return tuple(row for row in report.glossary if row[0].removesuffix("s") in shown)


def ladder(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The rungs reached, of those that stand: who approved and released is named, who reviewed is not."""
    return tuple(
        Step(
            status=step.status,
            by=step.by if (named := step.status in _NAMED) else _UNNAMED.get(step.status, REVIEWER),
            date=step.date,
            digest=step.digest,
            role=step.role if named else "",
            authority=step.authority if named else "",
            unreviewed=step.unreviewed,
            unreviewed_reason=step.unreviewed_reason,
        )
        for step in standing.live(steps)
        if not step.not_yet
    )


def _provenance(given: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, inner in PROVENANCE.items():
        value = given.get(name)
        if inner and isinstance(value, Mapping):
            made[name] = {key: value[key] for key in inner if key in value}
        elif not inner and isinstance(value, (str, int, float)):
            made[name] = value
    return made


def _documents(documents: Iterable[DocumentEntry], shown: set[str], parts: Parts) -> Iterable[DocumentEntry]:
    """The organisations' documents, and one for each file of which people are quoted."""
    seen: set[str] = set()
    for d in documents:
        own = d.kind in ("policy", "account")
        code = parts.codes[d.id]
        if code in seen or not (own or d.id in shown):
            continue
        seen.add(code)
        yield DocumentEntry(
            id=code,
            kind=d.kind,
            voice=d.voice if own else "unknown",
            organisation=d.organisation if own else "",
            place="",
            team="",
            date="",
            source=code,
            sha256="",
            version=d.version if d.kind == "policy" else "",
            review_date=d.review_date if d.kind == "policy" else "",
            expired=d.expired,
        )


def _file(d: DocumentEntry, parts: Parts) -> LedgerEntry:
    return LedgerEntry(source=parts.codes[d.id], kind=d.kind, status="read", documents=1)


def _section(s: SectionResult, kept: Mapping[str, Finding], parts: Parts) -> SectionResult:
    ids = tuple(i for i in s.finding_ids if i in kept)
    ends = f"{s.absence}." if s.absence else ""
    return SectionResult(
        id=s.id,
        title=s.title,
        finding_ids=ids,
        statement=ends or (ALL_HELD if s.finding_ids and not ids else ""),
        searched=None,
        blanks=s.blanks,
        absence=s.absence,
        evidence_ids=parts.ids(s.evidence_ids),
    )


def _theme(t: Theme, parts: Parts) -> Theme:
    whole = parts.numbers.whole.get(t.id, False)
    return Theme(
        id=t.id,
        name=t.name,
        origin=t.origin,
        code_id=t.code_id,
        definition=t.definition,
        passages=told(t.passages or 0, parts.regime) if whole else None,
        documents=told(t.documents or 0, parts.regime) if whole else None,
        status=t.status,
    )


def _is_shown(f: Finding, parts: Parts) -> bool:
    return bool(f.section_id) and f.theme_id in parts.themes and f.id not in parts.held


def _finding(f: Finding, parts: Parts) -> Finding:
    return Finding(
        id=f.id,
        section_id=f.section_id,
        theme_id=f.theme_id,
        statement=_public(f.statement),
        score=f.score,
        reason=f.reason,
        position=f.position,
        basis=f.basis,
        evidence_ids=parts.ids(f.evidence_ids),
        passages=None,
        exception=_public(f.exception),
        needs=f.needs,
        review=f.review,
        reviewer=REVIEWER if f.reviewer else "",
        changed=f.changed,
        sort=f.sort,
        between=f.between,
    )


def _public(said: str) -> str:
    for own, public in _ACCOUNT.items():
        said = said.replace(own, public)
    return said


def _evidence(e: Evidence, documents: Mapping[str, DocumentEntry], parts: Parts) -> Evidence:
    people = of_people(e)
    leave = documents[e.document_id].may_quote if e.document_id in documents else ""
    named = not people or (leave == "yes" and (e.theme_id, e.organisation) in parts.bodies)
    return Evidence(
        id=parts.evidence[e.id],
        section_id=e.section_id,
        theme_id=e.theme_id,
        document_id=parts.codes[e.document_id],
        kind=e.kind,
        voice=e.voice,
        organisation=e.organisation if named else "",
        polarity=e.polarity,
        start=0,
        end=len(e.quote),
        quote=e.quote,
        sha256=e.sha256,
        modality=e.modality,
        location=e.location if not people and _PAGE.fullmatch(e.location) else "",
        repairs=e.repairs,
        exception=e.exception,
        states=e.states,
        answers=e.answers,
        describes=e.describes,
    )


def _requirement(r: RequirementResult, kept: Mapping[str, Finding]) -> RequirementResult:
    ids = tuple(i for i in r.finding_ids if i in kept)
    return RequirementResult(r.id, r.text, ids, r.action_ids, _counted(ids))


def _recommendation(
    r: RecommendationResult, kept: Mapping[str, Finding], parts: Parts
) -> RecommendationResult:
    ids = tuple(i for i in r.finding_ids if i in kept)
    return RecommendationResult(
        id=r.id,
        source=r.source,
        text=r.text,
        reason=r.reason,
        statement=_counted(ids),
        theme_ids=tuple(i for i in r.theme_ids if i in parts.themes),
        finding_ids=ids,
        positions=tuple(kept[i].position or "" for i in ids),
        action_ids=r.action_ids,
        date=r.date,
        organisation=r.organisation,
    )


def _counted(ids: tuple[str, ...]) -> str:
    return REQUIRED.format(findings=wording.counted(len(ids), "finding")) if ids else NOTHING


def _rating(r: RatingResult, parts: Parts) -> RatingResult:
    return RatingResult(
        organisation=r.organisation,
        item=r.item,
        rating=r.rating,
        stated="" if repeats(r.stated, parts.withheld) else r.stated,
        verdict=r.verdict,
        why=r.why,
        reason=r.reason,
        theme_ids=tuple(i for i in r.theme_ids if i in parts.themes),
        evidence_ids=parts.ids(r.evidence_ids),
    )


def _verdict(t: Triangulation, parts: Parts) -> Triangulation:
    return Triangulation(
        theme_id=t.theme_id,
        verdict=t.verdict,
        why=t.why,
        policy=parts.ids(t.policy),
        accounts=parts.ids(t.accounts),
        incidents=parts.ids(t.incidents),
        people=parts.ids(t.people),
    )


def _cell(c: GridCell, parts: Parts) -> GridCell:
    return GridCell(
        section_id=c.section_id,
        organisation=c.organisation,
        state=c.state,
        why=c.why,
        theme_ids=tuple(i for i in c.theme_ids if i in parts.themes),
        answers=parts.ids(c.answers),
        commitments=parts.ids(c.commitments),
        incidents=parts.ids(c.incidents),
        people=parts.ids(c.people),
    )
