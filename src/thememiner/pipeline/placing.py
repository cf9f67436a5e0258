"""Themes to findings in the sections of the template, with their quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from thememiner import evidence, mapping, polarity
from thememiner.pipeline.beside import means
from thememiner.pipeline.likeness import code_vectors, likeness
from thememiner.pipeline.nearness import nearness
from thememiner.records import (
    Codebook,
    Document,
    Embeddings,
    Evidence,
    Finding,
    Membership,
    Passage,
    SectionResult,
    Template,
    Theme,
)
from thememiner.settings import Settings

if TYPE_CHECKING:
    from thememiner.embedding import Encoder

_FEW = 2
_UNJUDGED = Membership("", "", 0.0, "no")  # of an excerpt that stands under no theme


def findings(
    themes: Sequence[Theme],
    told: Sequence[tuple[Membership, float]],
    passages: Sequence[Passage],
    documents: Sequence[Document],
    layout: Template,
    book: Codebook,
    embeddings: Embeddings,
    encoder: Encoder,
    settings: Settings,
) -> tuple[tuple[Finding, ...], tuple[Evidence, ...], tuple[SectionResult, ...], tuple[tuple[str, str], ...]]:
    """The findings, their quotes, what each section holds, and the blank answers of no section.

    `told` are the memberships, each with how sure its polarity or its modality is, 0 to 1.
    """
    memberships = [m for m, _ in told]
    by_id = {p.id: p for p in passages}
    texts = {d.id: d for d in documents}
    kinds = {d.kind for d in documents}
    fits = _fits(themes, told, embeddings, book, encoder)
    sure = surely(told)
    claimed = {code for section in layout.sections for code in section.codes}
    unclaimed = any(theme.origin == "codebook" and theme.code_id not in claimed for theme in themes)
    meant = nearness(themes, memberships, by_id, layout, book, embeddings, encoder) if unclaimed else {}
    made: list[Finding] = []
    quotes: list[Evidence] = []
    placings = mapping.place(themes, memberships, by_id, layout, meant)
    shown = [
        evidence.pick(p.section.id, p.theme.id, p.members, texts, settings.quotes, fits[p.theme.id])
        for p in placings
    ]
    quoted = {placing.theme.id for placing, picked in zip(placings, shown, strict=True) if picked}
    for placing, picked in zip(placings, shown, strict=True):
        if not picked and placing.theme.id in quoted:  # nothing to say here; what is sure stands elsewhere
            continue
        quotes += picked
        stated = mapping.state(placing, kinds, picked, sure[placing.theme.id])
        made.append(replace(stated, evidence_ids=tuple(e.id for e in picked)))
    for theme in themes:
        if theme.origin == "discovered":
            members = [(m, by_id[m.passage_id]) for m in memberships if _assigned_to(m, theme.id)]
            if not members:
                continue
            picked = evidence.pick("", theme.id, members, texts, settings.quotes, fits[theme.id])
            quotes += picked
            if not _of_two_kinds(p for _, p in members):  # one kind of source has its own way of writing
                continue
            stated = mapping.state_beside(theme, members, kinds, picked, sure[theme.id])
            made.append(replace(stated, evidence_ids=tuple(e.id for e in picked)))
    blanks = _blanks(documents, layout)
    given = mapping.section_of_answers({mapping.asked(p) for p in passages}, layout)
    empty = {section.id for section in layout.sections} - {finding.section_id for finding in made}
    endings = mapping.endings(layout, empty, passages, documents, polarity.absence)
    sections = []
    for section in layout.sections:
        ending = endings.get(section.id, mapping.Ending("", ""))
        absent = [
            evidence.cut(section.id, "", _UNJUDGED, p, texts[p.document_id])
            for p in ending.passages[: settings.quotes]
        ]
        quotes += [replace(e, repairs=evidence.repairs(texts[e.document_id], e.start, e.end)) for e in absent]
        sections.append(
            SectionResult(
                id=section.id,
                title=section.title,
                finding_ids=tuple(f.id for f in made if f.section_id == section.id),
                statement=ending.statement,
                searched=sum(
                    p.kind in section.kinds and given.get(mapping.asked(p), section.id) == section.id
                    for p in passages
                ),
                blanks=tuple(blanks[section.id]),
                absence=ending.absence,
                evidence_ids=tuple(e.id for e in absent),
            )
        )
    return tuple(made), tuple(map(polarity.explained, quotes)), tuple(sections), tuple(blanks[""])


def _blanks(documents: Sequence[Document], layout: Template) -> dict[str, list[tuple[str, str]]]:
    """Section id ("" for none) -> (organisation, question) of the questions left without an answer there."""
    fits = mapping.section_of_answers({blank for d in documents for blank in d.blanks}, layout)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for d in documents:
        for heading, question in d.blanks:
            if heading or question:
                found[fits.get((heading, question), "")].append((d.organisation, question or heading))
    return found


def _of_two_kinds(passages: Iterable[Passage]) -> bool:
    """Whether two documents or more of each of two kinds of source speak."""
    documents = Counter(kind for kind, _ in {(p.kind, p.document_id) for p in passages})
    return sum(n >= _FEW for n in documents.values()) >= _FEW


def _assigned_to(membership: Membership, theme_id: str) -> bool:
    return membership.theme_id == theme_id and membership.outcome == "assigned"


def surely(told: Sequence[tuple[Membership, float]]) -> dict[str, frozenset[str]]:
    """Theme id -> the passages of which it is sure whether they speak well or badly of it, or commit."""
    found: dict[str, set[str]] = defaultdict(set)
    for m, share in told:
        if m.outcome == "assigned" and share >= polarity.SURELY:
            found[m.theme_id].add(m.passage_id)
    return defaultdict(frozenset, {theme_id: frozenset(ids) for theme_id, ids in found.items()})


def _fits(
    themes: Iterable[Theme],
    told: Sequence[tuple[Membership, float]],
    embeddings: Embeddings,
    book: Codebook,
    encoder: Encoder,
) -> dict[str, dict[str, float]]:
    """Theme id -> passage id -> how well it would show the theme, 0 to 1, 4 decimal places.

    That is how near it is to what the codebook says of the theme, or, of a group beside it, to the mean of
    its passages, times how sure its polarity is.
    """
    row = {passage_id: i for i, passage_id in enumerate(embeddings.ids)}
    of_code = dict(zip((code.id for code in book.codes), code_vectors(book, encoder), strict=True))
    rows: dict[str, list[int]] = defaultdict(list)
    sure: dict[tuple[str, str], float] = {}
    for m, share in sorted(told, key=lambda pair: (pair[0].theme_id, pair[0].passage_id)):
        if m.outcome == "assigned":
            rows[m.theme_id].append(row[m.passage_id])
            sure[m.theme_id, m.passage_id] = share
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for theme in themes:
        if not (mine := rows[theme.id]):
            continue
        vectors = embeddings.vectors[mine]
        near = likeness(vectors, of_code.get(theme.code_id, means(embeddings.vectors, [mine])))
        ids = [embeddings.ids[at] for at in mine]
        found[theme.id] = {
            i: round(float(fit) * sure[theme.id, i], 4) for i, fit in zip(ids, near, strict=True)
        }
    return found


def foreign(passages: Iterable[Passage], documents: Iterable[Document]) -> list[Evidence]:
    """What is not English, in its own words, under no theme: a person has to read it."""
    texts = {d.id: d for d in documents}
    return [evidence.cut("", "", _UNJUDGED, p, texts[p.document_id]) for p in passages]
