"""Decisions × report → the report as people decided it, and what of the decisions no longer fits.

A finding keeps its id whatever people change. What the program drafted of it stays in `drafted`; one that is
not to be used leaves `findings` for `set_aside`, the demands of the letter and the plan. Evidence, grid and
verdicts are left as they are: people decide what is said, not what the sources say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from thememiner import planning
from thememiner.errors import InputError
from thememiner.records import (
    GAPS,
    Decision,
    Finding,
    RecommendationResult,
    Report,
    RequirementResult,
    Reviewed,
    SectionResult,
    Skipped,
)
from thememiner.reviewing.json import render, standing

# What people change of a finding, or what follows from it, by its name in `drafted` -> the field.
_FIELDS = {
    "statement": "statement",
    "section": "section_id",
    "reason": "reason",
    "position": "position",
    "basis": "basis",
}
STAGE = "review"  # of what is counted as left out
GONE = "decisions on findings that are not there any more"
_LISTED = 5  # findings in a note
_DIGEST = 16  # of a quote's: enough that no two of a finding's are the same


@dataclass(frozen=True, slots=True)
class Decided:
    """A report with people's decisions in it, and lines on those that do not fit it any more."""

    report: Report
    notes: tuple[str, ...]


def decide(report: Report, reviewed: Reviewed) -> Decided:
    """Put decisions over a report: over the program's own layer, whatever was decided in it before.

    Raises `InputError` where the decisions are of another review.
    """
    base = undecided(report)
    check_same_review(reviewed, base)
    decisions = standing(reviewed)
    titles = {section.id: section.title for section in base.sections}
    excerpts = {excerpt.id: digest for excerpt, digest in seen_quotes(base)}
    kept: list[Finding] = []
    aside: list[Finding] = []
    for order, finding in enumerate(base.findings):
        made = finding
        if decision := decisions.get(finding.id):
            made = _decided(finding, decision, titles, excerpts)
        if made.review == "do not use":
            where = (
                ("order", str(order)),
                ("demands", _asking(base.requirements, finding)),
                ("recommendations", _asking(base.recommendations, finding)),
            )
            aside.append(replace(made, drafted=(*made.drafted, *where)))
        else:
            kept.append(made)
    ids = {finding.id for finding in base.findings}
    gone = [d for i, d in decisions.items() if i not in ids and d.review != "not yet reviewed"]
    lost = [d for i, d in decisions.items() if i in ids and d.section_id and d.section_id not in titles]
    whole = replace(
        base,
        findings=tuple(kept),
        set_aside=tuple(aside),
        sections=tuple(_filled(section, kept) for section in base.sections),
        requirements=planning.retrace(base.requirements, kept),
        recommendations=planning.retrace(base.recommendations, kept),
        skipped=(*base.skipped, *([Skipped(STAGE, GONE, len(gone))] if gone else [])),
        provenance=base.provenance | {"reviewed": _digests(reviewed)},
    )
    return Decided(whole, tuple(_notes(whole, gone, lost)))


def undecided(report: Report) -> Report:
    """The report as the program drafted it."""
    if "reviewed" not in report.provenance:
        return report
    findings = [_drafted(finding) for finding in report.findings]
    for finding in sorted(report.set_aside, key=lambda f: int(_was(f, "order") or 0)):
        findings.insert(int(_was(finding, "order") or 0), _drafted(finding))
    demands = [
        replace(each, finding_ids=(*each.finding_ids, *_asked_of(report, "demands", each.id)))
        for each in report.requirements
    ]
    recommendations = [
        replace(each, finding_ids=(*each.finding_ids, *_asked_of(report, "recommendations", each.id)))
        for each in report.recommendations
    ]
    return replace(
        report,
        findings=tuple(findings),
        set_aside=(),
        sections=tuple(_refilled(section, findings) for section in report.sections),
        requirements=planning.retrace(demands, findings),
        recommendations=planning.retrace(recommendations, findings),
        skipped=tuple(skipped for skipped in report.skipped if skipped.stage != STAGE),
        provenance={key: value for key, value in report.provenance.items() if key != "reviewed"},
    )


def check_same_review(reviewed: Reviewed, report: Report) -> None:
    """Raise `InputError` where decisions were made of quotes from none of a report's documents."""
    theirs = {quote.partition(" ")[0] for d in reviewed.decisions for quote in d.seen_quotes}
    ours = {entry.id for entry in report.documents}
    if theirs and ours and not theirs & ours:
        raise InputError(
            f"these decisions are of another review{f' ({reviewed.title})' if reviewed.title else ''}: they "
            "rest on none of this report's documents. Give the decisions that were made on it."
        )


def seen_quotes(report: Report) -> Iterable[tuple[Any, str]]:
    """(excerpt, "document sha256") of every excerpt, the digest of its quote shortened."""
    for excerpt in report.evidence:
        yield excerpt, f"{excerpt.document_id} {excerpt.sha256[:_DIGEST]}"


def fitting(position: str | None, basis: Sequence[str]) -> bool:
    """Whether a basis is one of that position: sorts of gap of a gap, bases of assurance of the rest."""
    if position == "not known":
        return not basis
    return all((sort in GAPS) == (position == "gap") for sort in basis)


def _decided(
    finding: Finding, decision: Decision, titles: Mapping[str, str], excerpts: Mapping[str, str]
) -> Finding:
    """A finding with what a person decided of it; a remark alone is kept, and decides nothing."""
    told = replace(finding, review=decision.review, reviewer=decision.by, review_reason=decision.reason)
    if decision.review == "not yet reviewed":
        return told
    position = decision.position or finding.position
    was = finding.basis or ()
    basis = decision.basis or (was if fitting(position, was) else ())
    section = decision.section_id if decision.section_id in titles else finding.section_id
    made = replace(
        told,
        statement=decision.statement or finding.statement,
        section_id=section,
        reason=finding.reason if section == finding.section_id else f"placed here by {decision.by}",
        position=position,
        basis=basis if position else finding.basis,
        changed=_changed(finding, decision, excerpts),
    )
    drafted = [
        (what, _text(getattr(finding, field)))
        for what, field in _FIELDS.items()
        if getattr(made, field) != getattr(finding, field)
    ]
    return replace(made, drafted=tuple(drafted))


def _changed(finding: Finding, decision: Decision, excerpts: Mapping[str, str]) -> tuple[str, ...]:
    """What of a finding, as the program drafts it, is not as it was when a person looked at it."""
    if not decision.report:  # written by hand: nothing says what was looked at
        return ()
    now = {excerpts[i] for i in finding.evidence_ids if i in excerpts}
    differs = {
        "statement": finding.statement != decision.seen_statement,
        "position": (finding.position or "") != decision.seen_position,
        "basis": (finding.basis or ()) != decision.seen_basis,
        "what it does not hold for": finding.exception != decision.seen_exception,
        "what is needed": finding.needs != decision.seen_needs,
        "quotes": now != set(decision.seen_quotes),
    }
    return tuple(what for what, is_so in differs.items() if is_so)


def _drafted(finding: Finding) -> Finding:
    """A finding as the program drafted it."""
    was: dict[str, Any] = {_FIELDS[what]: draft for what, draft in finding.drafted if what in _FIELDS}
    if "position" in was:
        was["position"] = was["position"] or None
    if "basis" in was:
        judged = was.get("position", finding.position)
        was["basis"] = tuple(filter(None, was["basis"].split("\n"))) or (() if judged else None)
    return replace(
        finding, review="not yet reviewed", reviewer="", review_reason="", changed=(), drafted=(), **was
    )


def _asking(asked: Iterable[RequirementResult | RecommendationResult], finding: Finding) -> str:
    """The ids of demands or recommendations that a finding stands under, a line each."""
    return "\n".join(each.id for each in asked if finding.id in each.finding_ids)


def _asked_of(report: Report, what: str, identity: str) -> list[str]:
    """The findings that stood under a demand or recommendation and were set aside."""
    return [f.id for f in report.set_aside if identity in (_was(f, what) or "").split("\n")]


def _was(finding: Finding, what: str) -> str | None:
    return next((draft for name, draft in finding.drafted if name == what), None)


def _text(value: str | tuple[str, ...] | None) -> str:
    return "\n".join(value) if isinstance(value, tuple) else value or ""


def _filled(section: SectionResult, findings: Iterable[Finding]) -> SectionResult:
    """A section with the findings that stand in it now: those placed by the program first."""
    here = [finding.id for finding in findings if finding.section_id == section.id]
    before = [i for i in section.finding_ids if i in here]
    return replace(section, finding_ids=(*before, *(i for i in here if i not in before)))


def _refilled(section: SectionResult, findings: Iterable[Finding]) -> SectionResult:
    """A section as the program filled it: in the order of the findings, where people took or placed one."""
    here = tuple(finding.id for finding in findings if finding.section_id == section.id)
    return section if set(here) == set(section.finding_ids) else replace(section, finding_ids=here)


def _digests(reviewed: Reviewed) -> dict[str, Any]:
    return {
        "decisions": len(standing(reviewed)),
        "of_report": reviewed.report,
        "sha256": hashlib.sha256(render(reviewed)).hexdigest(),
    }


def _notes(report: Report, gone: Sequence[Decision], lost: Sequence[Decision]) -> Iterable[str]:
    """Lines on decisions that do not fit the report any more."""
    if gone:
        named = [f"{d.seen_section or d.finding_id}: {d.seen_theme or ''} ({d.review})" for d in gone]
        yield (
            f"{_counted(len(gone), 'decision')} {'is' if len(gone) == 1 else 'are'} of findings that are not "
            f"there any more, and {'stays' if len(gone) == 1 else 'stay'} with the others: {_listed(named)}."
        )
    changed = [f for f in (*report.findings, *report.set_aside) if f.changed]
    if changed:
        one = len(changed) == 1
        named = [f"{f.id} ({', '.join(f.changed)})" for f in changed]
        yield (
            f"{_counted(len(changed), 'finding')} {'has' if one else 'have'} changed since "
            f"{'it was' if one else 'they were'} reviewed, and {'says' if one else 'say'} so: "
            f"{_listed(named)}."
        )
    if lost:
        named = [f"{d.finding_id} (to {d.section_id})" for d in lost]
        yield f"Not moved, for the report has no such section: {_listed(named)}."


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names[:_LISTED]) + ("; ..." if len(names) > _LISTED else "")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
