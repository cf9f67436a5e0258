"""Quotes that bear out what a finding says: of each thing that it rests on, one at least stands with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from thememiner import evidence, polarity
from thememiner.records import ASSURANCES, GAPS, Document, Evidence, Finding, Membership, Passage
from thememiner.triangulating import Judged, Sides

DESCRIBED, WRITTEN, SHOWN, CONFIRMED = ASSURANCES
UNKNOWN = GAPS[2]
_GOOD, _BAD = ("positive", "mixed"), ("negative", "mixed")
_Pair = tuple[Membership, Passage]


def bear_out(
    findings: Sequence[Finding],
    judged: Mapping[str, Judged],
    said: Mapping[str, Sides],
    pairs: Mapping[str, Sequence[_Pair]],
    documents: Mapping[str, Document],
    quoted: Sequence[Evidence],
    sure: Mapping[str, Collection[str]] | None = None,
) -> tuple[tuple[Finding, ...], tuple[Evidence, ...]]:
    """Return the findings with the ids of what was still to be quoted of them, and those excerpts.

    A finding quotes a few of many passages, and what its position and basis rest on may not be among them:
    the surest passage of each such sort is cut then, and of what people and families say against an
    assurance. What none is likelier than not about is not quoted. `sure` is theme id -> the passages of which
    it is sure how they speak of it: where there is such a one, no other bears a finding out.
    """
    held = {e.id: e for e in quoted}
    made: list[Finding] = []
    new: list[Evidence] = []
    for finding in findings:
        theme_id = finding.theme_id
        if theme_id not in judged:
            made.append(finding)
            continue
        shown = [held[i] for i in finding.evidence_ids if i in held]
        ids = list(finding.evidence_ids)
        about = [pair for pair in pairs[theme_id] if pair[0].score >= evidence.LEAST]
        known = (sure or {}).get(theme_id, ())
        for fits in _sorts(judged[theme_id], said[theme_id]):
            found = [pair for pair in about if fits(pair)]
            found = [pair for pair in found if pair[1].id in known] or found
            spans = {(p.document_id, p.start) for _, p in found}
            if any(_in(e, start) for e in shown for d, start in spans if d == e.document_id):
                continue
            if not found:
                continue
            told = Counter(p.document_id for _, p in found)
            m, p = min(
                found, key=lambda pair: (pair[0].polarity == "mixed", -_surest(pair, told), pair[1].id)
            )
            document = documents[p.document_id]
            excerpt = evidence.cut(finding.section_id, theme_id, m, p, document)
            excerpt = replace(excerpt, repairs=evidence.repairs(document, excerpt.start, excerpt.end))
            shown.append(excerpt)
            if excerpt.id not in held:
                held[excerpt.id] = excerpt
                new.append(excerpt)
            ids.append(excerpt.id)
        made.append(replace(finding, evidence_ids=tuple(dict.fromkeys(ids))))
    return tuple(made), tuple(map(polarity.explained, new))


def _surest(pair: _Pair, told: Mapping[str, int]) -> float:
    return evidence.sureness(pair[0].score, told[pair[1].document_id])


def _sorts(judged: Judged, said: Sides) -> list[Callable[[_Pair], bool]]:
    """What is to stand among the quotes, as tests of a passage."""
    commitments, figures, unknown = set(said.commitments), set(said.shown), set(said.unknown)
    tests: dict[str, Callable[[_Pair], bool]] = {
        DESCRIBED: lambda pair: pair[1].kind == "account" and pair[0].polarity in _GOOD,
        WRITTEN: lambda pair: pair[1].id in commitments,
        SHOWN: lambda pair: pair[1].id in figures,
        UNKNOWN: lambda pair: pair[1].id in unknown,
        CONFIRMED: lambda pair: pair[1].kind == "feedback" and pair[0].polarity in _GOOD,
    }
    wanted = [tests[basis] for basis in judged.basis if basis in tests]
    if judged.position in ("gap", "mixed") and UNKNOWN not in judged.basis:
        wanted.append(lambda pair: pair[1].kind != "policy" and pair[0].polarity in _BAD)
    if not {*judged.basis}.isdisjoint(
        ASSURANCES
    ):  # one person against an assurance is heard wherever it stands
        wanted.append(lambda pair: pair[1].kind == "feedback" and pair[0].polarity in _BAD)
    return wanted


def _in(excerpt: Evidence, start: int) -> bool:
    return excerpt.start <= start < excerpt.end
