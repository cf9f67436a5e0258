"""A working report → one for those inside the review: whole, with codes in place of what names a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from thememiner.records import Evidence, LedgerEntry, Membership, Release, Report, Residual, Theme
from thememiner.releasing.numbering import Numbers
from thememiner.reports.passages import span

_PAGE = re.compile(r"page \d+")


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of documents, and the new ids of the excerpts that are shown."""

    documents: Mapping[str, str]
    evidence: Mapping[str, str]

    def ids(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The new ids of those excerpts that are shown."""
        return tuple(self.evidence[i] for i in ids if i in self.evidence)

    def passage(self, identity: str) -> str:
        """A passage's id, with its document's code."""
        place = span(identity)
        return f"{self.documents.get(place[0], 'unknown')}:{place[1]}-{place[2]}" if place else "unknown:0-0"


def build(report: Report, codes: Codes, release: Release) -> Report:
    """The report for those inside the review."""
    of = codes.documents
    return replace(
        report,
        provenance={key: value for key, value in report.provenance.items() if key != "inputs"}
        | {"inputs": []},
        ledger=_ledger(report.ledger),
        documents=tuple(
            replace(
                d,
                id=of[d.id],
                source=of[d.id],
                sha256="",
                reference="",
                locator="",
                file_sha256="",
                superseded_by=of.get(d.superseded_by, ""),
            )
            for d in report.documents
        ),
        received=tuple(replace(r, sources=()) for r in report.received),
        sections=tuple(replace(s, evidence_ids=codes.ids(s.evidence_ids)) for s in report.sections),
        themes=tuple(
            replace(t, exemplars=tuple((sort, codes.passage(i)) for sort, i in t.exemplars))
            for t in report.themes
        ),
        findings=tuple(replace(f, evidence_ids=codes.ids(f.evidence_ids)) for f in report.findings),
        set_aside=tuple(replace(f, evidence_ids=codes.ids(f.evidence_ids)) for f in report.set_aside),
        evidence=tuple(_evidence(e, codes) for e in report.evidence if e.id in codes.evidence),
        memberships=tuple(_membership(m, codes.passage) for m in report.memberships),
        linked=tuple(
            replace(k, document_id=a, of=b, source=a, of_source=b)
            for k in report.linked
            if (a := of.get(k.document_id, "")) and (b := of.get(k.of, ""))
        ),
        residual=Residual(masks=report.residual.masks, mistyped=report.residual.mistyped),
        triangulation=tuple(
            replace(
                t,
                policy=codes.ids(t.policy),
                accounts=codes.ids(t.accounts),
                incidents=codes.ids(t.incidents),
                people=codes.ids(t.people),
            )
            for t in report.triangulation
        ),
        grid=tuple(
            replace(
                c,
                answers=codes.ids(c.answers),
                commitments=codes.ids(c.commitments),
                incidents=codes.ids(c.incidents),
                people=codes.ids(c.people),
            )
            for c in report.grid
        ),
        read_in_full=tuple(
            replace(a, document_id=of[a.document_id], source=of[a.document_id], locator="")
            for a in report.read_in_full
            if a.document_id in of
        ),
        ratings=tuple(replace(r, evidence_ids=codes.ids(r.evidence_ids)) for r in report.ratings),
        release=release,
    )


def cut(report: Report, numbers: Numbers, told: Callable[[int], int | None]) -> Report:
    """The same without the lists and numbers from which a suppressed number would follow."""
    cited = {e.document_id for e in report.evidence}
    return replace(
        report,
        documents=tuple(
            replace(d, masks=0, passages=0) for d in report.documents if d.id in cited or d.kind == "policy"
        ),
        ledger=tuple(replace(entry, documents=0, skipped=()) for entry in report.ledger),
        sections=tuple(
            replace(s, searched=None, statement=s.absence and f"{s.absence}.") for s in report.sections
        ),
        themes=tuple(_told(t, told, whole=numbers.whole.get(t.id, False)) for t in report.themes),
        findings=tuple(replace(f, passages=None) for f in report.findings),
        set_aside=tuple(replace(f, passages=None) for f in report.set_aside),
        memberships=(),
        passages={},
        skipped=(),
        linked=(),
        residual=Residual(),
        read_in_full=(),
        comparisons=numbers.comparisons,
        rates=numbers.rates,
        timelines=numbers.timelines,
        trends=numbers.trends,
        caution="",
    )


def _told(t: Theme, told: Callable[[int], int | None], *, whole: bool) -> Theme:
    return replace(
        t,
        passages=told(t.passages or 0) if whole else None,
        documents=told(t.documents or 0) if whole else None,
        counts=(),
        organisations=(),
        voices=(),
        keywords=(),
        exemplars=(),
    )


def _evidence(e: Evidence, codes: Codes) -> Evidence:
    return replace(
        e,
        id=codes.evidence[e.id],
        document_id=codes.documents[e.document_id],
        location=e.location if _PAGE.fullmatch(e.location) else "",
    )


def _membership(m: Membership, passage: Callable[[str], str]) -> Membership:
    return replace(m, passage_id=passage(m.passage_id))


def _ledger(entries: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
    """The files by number: what each was called may name people, and what it came in too."""
    ordered = sorted(entries, key=lambda e: (e.kind, e.sha256, e.source))
    return tuple(
        replace(entry, source=f"file {number}", sha256="", detail="", inside="", notes=())
        for number, entry in enumerate(ordered, start=1)
    )
