"""One order wherever order has no meaning, and numbers to six places: the same report, the same bytes."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from typing import Any

from thememiner.records import KINDS, POLARITIES, VOICES, Received, Report, Theme

PLACES = 6  # finer digits differ between machines

_R = typing.TypeVar("_R")


def canonical(report: Report) -> Report:
    """The same report in one order wherever order has no meaning, and numbers to six places.

    The order of sections, themes, findings, evidence and of what was skipped is kept: it means something.
    """
    rounded = _rounded
    return dataclasses.replace(
        report,
        provenance=rounded(report.provenance),
        ledger=tuple(sorted(report.ledger, key=lambda e: (e.source, e.kind, e.sha256))),
        documents=tuple(sorted(report.documents, key=lambda d: d.id)),
        received=tuple(sorted(report.received, key=_owed)),
        outstanding=tuple(sorted(report.outstanding, key=_owed)),
        absent_voices=tuple(sorted(report.absent_voices, key=_voice_order)),
        themes=tuple(canonical_theme(theme) for theme in report.themes),
        findings=tuple(dataclasses.replace(f, score=rounded(f.score)) for f in report.findings),
        set_aside=tuple(dataclasses.replace(f, score=rounded(f.score)) for f in report.set_aside),
        evidence=tuple(dataclasses.replace(e, strength=rounded(e.strength)) for e in report.evidence),
        memberships=tuple(
            sorted(
                (dataclasses.replace(m, score=rounded(m.score)) for m in report.memberships),
                key=lambda m: (m.passage_id, m.theme_id),
            )
        ),
        linked=tuple(
            sorted(
                (dataclasses.replace(link, likeness=rounded(link.likeness)) for link in report.linked),
                key=lambda link: (link.document_id, link.of),
            )
        ),
        comparisons=tuple(map(_rounded_record, report.comparisons)),
        rates=tuple(map(_rounded_record, report.rates)),
        trends=tuple(map(_rounded_record, report.trends)),
    )


def _rounded_record(record: _R) -> _R:
    """A flat record with its floats to six places, those inside its tuples too."""
    known: Any = record

    def digits(value: Any) -> Any:
        return tuple(map(digits, value)) if isinstance(value, tuple) else _rounded(value)

    values = {f.name: getattr(known, f.name) for f in dataclasses.fields(known)}
    rounded: _R = dataclasses.replace(
        known, **{k: digits(v) for k, v in values.items() if isinstance(v, (float, tuple))}
    )
    return rounded


def canonical_theme(theme: Theme) -> Theme:
    """A theme with its counts in one order and its numbers to six places."""
    return dataclasses.replace(
        theme,
        counts=tuple(sorted(theme.counts, key=_count_order)),
        organisations=tuple(sorted(theme.organisations)),
        voices=tuple(sorted(theme.voices)),
        stability=_rounded(theme.stability),
        cohesion=_rounded(theme.cohesion),
    )


def _owed(received: Received) -> tuple[str, str, tuple[str, ...]]:
    return received.organisation, received.document, received.sources


def _voice_order(voice: str) -> tuple[int, str]:
    return (VOICES.index(voice) if voice in VOICES else len(VOICES)), voice


def _count_order(row: tuple[str, str, int, int]) -> tuple[int, str, int, str]:
    kind, polarity = row[0], row[1]
    return (
        next((i for i, known in enumerate(KINDS) if known == kind), len(KINDS)),
        kind,
        next((i for i, known in enumerate(POLARITIES) if known == polarity), len(POLARITIES)),
        polarity,
    )


def _rounded(value: Any) -> Any:
    """A value with its floats to six places, its tuples as lists and its mappings sorted."""
    if isinstance(value, float):
        return round(value, PLACES) + 0.0  # + 0.0: no "-0.0"
    if isinstance(value, Mapping):
        return {str(key): _rounded(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value
