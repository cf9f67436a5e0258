"""One run's result, whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from thememiner.records.enclosed import RatingResult, RecommendationResult
from thememiner.records.findings import (
    Comparison,
    Evidence,
    Finding,
    GridCell,
    Rate,
    ReadInFull,
    SectionResult,
    Triangulation,
)
from thememiner.records.ladders import Step
from thememiner.records.plans import RequirementResult
from thememiner.records.releases import Release
from thememiner.records.texts import LedgerEntry, Link
from thememiner.records.themes import Membership, Theme
from thememiner.records.trends import Timeline, Trend
from thememiner.records.words import Kind


@dataclass(frozen=True, slots=True)
class Received:
    """What one organisation owed and sent: (organisation, document) with the sources that came."""

    organisation: str
    document: str
    sources: tuple[str, ...] = ()
    expected: bool = True


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something left out of a stage, counted with its reason: nothing vanishes."""

    stage: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as the report lists it: everything but its text, which stands in documents.jsonl.

    `superseded_by` is the id of the newer version, where it came too. Of a policy `version` and `review_date`
    (ISO, to year, month or day) are as it prints them, "" where it does not surely; `expired` is whether
    that review was due before the review's own day, None where either is not known. `may_quote` is one of
    `MAY_QUOTE`, "" where nothing says whether its words may be quoted in public.
    """

    id: str
    kind: Kind
    voice: str
    organisation: str
    place: str
    team: str
    date: str
    source: str
    sha256: str
    reference: str = ""
    locator: str = ""
    file_sha256: str = ""
    masks: int = 0
    passages: int = 0
    superseded_by: str = ""
    version: str = ""
    review_date: str = ""
    expired: bool | None = None
    may_quote: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A document to read before anything is shared, and why: `reasons` are in words, about its text."""

    document_id: str
    source: str
    locator: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Residual:
    """What may still identify a person: (kind, masks) over all documents, and the documents to read first.

    `mistyped` masks were of numbers that fail their own check; `risky` counts the documents with a
    reason, of which `risks` are the first.
    """

    masks: tuple[tuple[str, int], ...] = ()
    mistyped: int = 0
    risky: int = 0
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One run's result, whole: every renderer works from this and from nothing else.

    Its JSON form is schema 1 (`reports/schema.json`). `blanks` are (organisation, question) of questions left
    without an answer that no section of the template asks; the rest stand in their sections. `caution` says
    what so few passages cannot tell. `set_aside` are the findings that people marked "do not use": none of
    them is among `findings`. `timelines` are of the kinds that come day by day, `trends` of their themes that
    are in enough documents to be charted. `status` is the highest rung of `ladder` that was reached.
    `glossary` has the short forms of the users' own file, each with its meanings.
    `release` says for whom it is: in a released one some lists are cut and some numbers None (`releasing`).
    """

    provenance: dict[str, Any]
    title: str
    question: str
    ledger: tuple[LedgerEntry, ...]
    documents: tuple[DocumentEntry, ...]
    received: tuple[Received, ...]
    outstanding: tuple[Received, ...]
    absent_voices: tuple[str, ...]
    sections: tuple[SectionResult, ...]
    themes: tuple[Theme, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    memberships: tuple[Membership, ...]
    passages: dict[str, int] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    content_note: str = ""
    status: str = "draft"
    linked: tuple[Link, ...] = ()
    blanks: tuple[tuple[str, str], ...] = ()
    residual: Residual = field(default_factory=Residual)
    caution: str = ""
    requirements: tuple[RequirementResult, ...] = ()
    triangulation: tuple[Triangulation, ...] = ()
    grid: tuple[GridCell, ...] = ()
    read_in_full: tuple[ReadInFull, ...] = ()
    recommendations: tuple[RecommendationResult, ...] = ()
    ratings: tuple[RatingResult, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    rates: tuple[Rate, ...] = ()
    set_aside: tuple[Finding, ...] = ()
    timelines: tuple[Timeline, ...] = ()
    trends: tuple[Trend, ...] = ()
    ladder: tuple[Step, ...] = ()
    release: Release = field(default_factory=Release)
    glossary: tuple[tuple[str, tuple[str, ...]], ...] = ()
