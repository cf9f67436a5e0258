"""Findings to positions, verdicts and the grid: what each voice says of a theme, weighed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from thememiner import triangulating
from thememiner.records import (
    Document,
    Evidence,
    Finding,
    GridCell,
    Membership,
    Passage,
    ReadInFull,
    Received,
    SectionResult,
    Template,
    Theme,
    Triangulation,
)


@dataclass(frozen=True, slots=True)
class Concluded:
    """The findings with position and basis, a verdict a theme, the grid, and what to read in full."""

    findings: tuple[Finding, ...]
    triangulation: tuple[Triangulation, ...]
    grid: tuple[GridCell, ...]
    read_in_full: tuple[ReadInFull, ...]


def conclude(
    findings: Sequence[Finding],
    themes: Sequence[Theme],
    memberships: Sequence[Membership],
    passages: Sequence[Passage],
    documents: Sequence[Document],
    evidence: Sequence[Evidence],
    sections: Sequence[SectionResult],
    layout: Template,
    outstanding: Sequence[Received],
    gap_of: Mapping[str, str],
    rules: triangulating.Rules,
    lacking: frozenset[str] = frozenset(),
) -> Concluded:
    """Weigh what is said of each theme that has a finding: of all its passages, whatever the section.

    `gap_of` is the sort of gap that a code's lack is, by code id, where its codebook says; `lacking` are the
    passages that tell of something that is not there, if of anything wrong.
    """
    grave = triangulating.read_in_full(documents)
    placed = {f.theme_id for f in findings}
    members = [m for m in memberships if m.theme_id in placed and m.outcome == "assigned"]
    said = _sides(members, passages, rules, frozenset(a.document_id for a in grave), lacking)
    gaps = {theme.id: gap_of.get(theme.code_id, "") for theme in themes}
    judged = {i: triangulating.judge(theme, rules, gaps.get(i, "")) for i, theme in said.items()}
    latest = _latest(members, documents)
    return Concluded(
        findings=tuple(_judged(f, judged.get(f.theme_id), latest.get(f.theme_id, "")) for f in findings),
        triangulation=tuple(
            triangulating.triangulate(
                theme, said[theme.id], [e for e in evidence if e.theme_id == theme.id], rules
            )
            for theme in themes
            if theme.id in said
        ),
        grid=triangulating.collate(
            layout.sections,
            {d.organisation for d in documents},
            outstanding,
            findings,
            said,
            evidence,
            {s.id: s.blanks for s in sections},
        ),
        read_in_full=grave,
    )


def _sides(
    members: Iterable[Membership],
    passages: Sequence[Passage],
    rules: triangulating.Rules,
    grave: frozenset[str],
    lacking: frozenset[str],
) -> Mapping[str, triangulating.Sides]:
    by_id = {p.id: p for p in passages}
    of: dict[str, list[tuple[Membership, Passage]]] = defaultdict(list)
    for m in members:
        of[m.theme_id].append((m, by_id[m.passage_id]))
    return {theme_id: triangulating.sides(pairs, rules, grave, lacking) for theme_id, pairs in of.items()}


def _latest(members: Iterable[Membership], documents: Sequence[Document]) -> dict[str, str]:
    """The date of the newest document that has a passage assigned to a theme, by theme id."""
    dates = {d.id: d.date for d in documents}
    found: dict[str, str] = {}
    for m in members:
        date = dates.get(m.passage_id.rpartition(":")[0], "")
        found[m.theme_id] = max(found.get(m.theme_id, ""), date)
    return found


def _judged(finding: Finding, judged: triangulating.Judged | None, latest: str) -> Finding:
    """A finding with its position; the statement says for whom it does not hold and what is still needed."""
    if judged is None:
        return finding
    return replace(
        finding,
        statement=f"{finding.statement} {judged.sentences()}".strip(),
        latest=latest,
        position=judged.position,
        basis=judged.basis,
        exception=judged.exception,
        needs=judged.needs,
    )
