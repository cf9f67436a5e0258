"""Findings to positions, verdicts and the grid: what each voice says of a theme, weighed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from thememiner import triangulating
from thememiner.deidentifying import mask
from thememiner.errors import UnknownNameError
from thememiner.pipeline import bearing
from thememiner.records import (
    Code,
    Comparison,
    Denominator,
    Document,
    Evidence,
    Finding,
    GridCell,
    Membership,
    Passage,
    Rate,
    ReadInFull,
    Received,
    SectionResult,
    Template,
    Theme,
    Triangulation,
)
from thememiner.scoping import Review


@dataclass(frozen=True, slots=True)
class Concluded:
    """Findings with position and basis, a verdict a theme, the grid, what to read in full, and numbers.

    `said` is what is said of each theme, by its id; `evidence` are the quotes cut beside those given.
    """

    findings: tuple[Finding, ...]
    triangulation: tuple[Triangulation, ...]
    grid: tuple[GridCell, ...]
    read_in_full: tuple[ReadInFull, ...]
    comparisons: tuple[Comparison, ...]
    rates: tuple[Rate, ...]
    said: Mapping[str, triangulating.Sides]
    evidence: tuple[Evidence, ...]


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
    codes: Sequence[Code],
    rules: triangulating.Rules,
    not_applicable: Mapping[tuple[str, str], str],
    denominators: Sequence[Denominator],
    told: Mapping[str, str] | None = None,
    sure: Mapping[str, Collection[str]] | None = None,
) -> Concluded:
    """Weigh what is said of each theme that has a finding: of all its passages, whatever the section.

    `codes` are the codebook's; `told` is passage id -> the sort of gap that it tells of, if of anything
    wrong; `sure` is theme id -> the passages of which it is sure how they speak of it.
    """
    grave = triangulating.read_in_full(documents)
    placed = {f.theme_id for f in findings}
    members = [m for m in memberships if m.theme_id in placed and m.outcome == "assigned"]
    pairs = _pairs(members, passages)
    serious = frozenset(a.document_id for a in grave)
    place_of = {d.id: _place(d) for d in documents}
    of_code = {code.id: code for code in codes}
    code = {theme.id: of_code[theme.code_id] for theme in themes if theme.code_id in of_code}
    said = {i: triangulating.sides(of, rules, serious, told) for i, of in pairs.items()}
    said |= {i: replace(said[i], comparable=code[i].comparable) for i in said if i in code}
    judged = {i: triangulating.judge(said[i], rules, code[i].gap if i in code else "") for i in said}
    latest = _latest(members, documents)
    texts = {d.id: d for d in documents}
    findings, new = bearing.bear_out(findings, judged, said, pairs, texts, evidence, sure)
    evidence = (*evidence, *new)
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
            not_applicable,
            {i: triangulating.differing_places(of, place_of, rules) for i, of in pairs.items()},
            rules.enough,
        ),
        read_in_full=grave,
        comparisons=triangulating.compare(members, passages, said),
        rates=triangulating.rate(members, passages, documents, said, denominators),
        said=said,
        evidence=new,
    )


def not_applicable(
    review: Review, layout: Template, organisations: Iterable[str]
) -> dict[tuple[str, str], str]:
    """What a person says is not provided: the reason by section id and organisation.

    A section is named by its id or title. Raises `UnknownNameError` for one that is not known, and for an
    organisation that neither sent anything nor is expected to.
    """
    ids = {name.casefold(): s.id for s in layout.sections for name in (s.title, s.id)}
    known = {name.casefold(): name for name in sorted(organisations) if name}
    found = {}
    for organisation, section, reason in review.not_applicable:
        if section.casefold() not in ids:
            names = [s.id for s in layout.sections]
            raise UnknownNameError("section of [[not_applicable]]", section, names)
        if organisation.casefold() not in known:
            raise UnknownNameError(
                "organisation of [[not_applicable]]",
                organisation,
                known.values(),
                "One that sends nothing is named under [[expected]].",
            )
        found[ids[section.casefold()], known[organisation.casefold()]] = mask(reason).text
    return found


def _place(document: Document) -> str:
    """Where something happened: its place, or its team where that only names the organisation again."""
    if document.place and document.place != document.organisation:
        return document.place
    return document.team


def _pairs(
    members: Iterable[Membership], passages: Sequence[Passage]
) -> dict[str, list[tuple[Membership, Passage]]]:
    by_id = {p.id: p for p in passages}
    of: dict[str, list[tuple[Membership, Passage]]] = defaultdict(list)
    for m in members:
        of[m.theme_id].append((m, by_id[m.passage_id]))
    return of


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
