"""What comes with a review in tables: recommendations crossed with findings, self-ratings beside evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import coding, enclosures, mapping, planning, segmenting, triangulating
from thememiner.deidentifying import mask, rules
from thememiner.enclosures import Enclosed
from thememiner.pipeline.preparing import warn
from thememiner.records import (
    Codebook,
    Document,
    Embeddings,
    Evidence,
    Finding,
    Membership,
    Passage,
    Rating,
    RatingResult,
    Recommendation,
    RecommendationResult,
    Skipped,
    Template,
    Theme,
)
from thememiner.scoping import Review
from thememiner.settings import Settings

if TYPE_CHECKING:
    from thememiner.coding import Coder
    from thememiner.embedding import Encoder

_SECTION = "those placed in the section that the table names"


@dataclass(frozen=True, slots=True)
class Given:
    """The recommendations and self-ratings of a review, and what its report keeps of how they were given."""

    recommendations: tuple[Recommendation, ...] = ()
    ratings: tuple[Rating, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    provenance: tuple[tuple[str, Any], ...] = ()


def read(review: Review, settings: Settings, book: Codebook, layout: Template) -> Given:
    """The tables that come with a review, de-identified; warns of columns and rows that are not read.

    Raises `InputError` for what the user can mend, with the row.
    """
    wall = rules(settings.local_patterns, settings.dates, settings.recognisers)
    tables: dict[str, Enclosed[Any]] = {}
    if review.recommendations:
        tables["recommendations"] = enclosures.recommendations(
            review.recommendations, book, wall, redact=settings.redact
        )
    if review.maturity:
        tables["maturity"] = enclosures.ratings(review.maturity, book, layout, wall, redact=settings.redact)
    kept = []
    for what, table in tables.items():
        for note in table.notes:
            warn(note)
        name = mask(table.name, wall).text if settings.redact else table.name
        kept.append((what, {"source": name, "sha256": table.sha256, "rows": len(table.rows)}))
    empty: Enclosed[Any] = Enclosed((), "", "")
    return Given(
        tables.get("recommendations", empty).rows,
        tables.get("maturity", empty).rows,
        tuple(left for table in tables.values() for left in table.skipped),
        tuple(kept),
    )


def named(given: Given, review: Review, documents: Iterable[Document]) -> Given:
    """The same with organisations written as the review has them; `InputError` for one that it has not."""
    if not given.ratings:
        return given
    known = {d.organisation for d in documents} | {name for name, _ in review.expected}
    names = enclosures.check_organisations(given.ratings, known)
    rated = tuple(replace(each, organisation=names[each.organisation]) for each in given.ratings)
    return replace(given, ratings=rated)


def meant(
    given: Given, book: Codebook, coder: Coder, encoder: Encoder, settings: Settings
) -> dict[str, tuple[str, ...]]:
    """Text -> the codes that it is about by meaning, of recommendations and items that name none."""
    texts = [each.text for each in given.recommendations if not each.codes]
    texts += [each.item for each in given.ratings if not each.codes and not each.section_id]
    texts = list(dict.fromkeys(texts))
    if not texts:
        return {}
    sentences = [
        Passage(f"{n}:{start}-{end}", str(n), start, end, text[start:end], "policy")
        for n, text in enumerate(texts)
        for start, end in segmenting.sentences(text)
    ]
    if not sentences:
        return {}
    said = [mapping.theme_texts(code) for code in book.codes]
    asked = [p.text for p in sentences]
    distinct = list(dict.fromkeys([*asked, *(text for pair in said for of in pair for text in of)]))
    vector = dict(zip(distinct, encoder.encode(distinct), strict=True))
    themes = np.stack(
        [
            mapping.theme_vector(np.stack([vector[t] for t in own]), np.array([vector[t] for t in shown]))
            for own, shown in said
        ]
    )
    vectors = np.stack([vector[text] for text in asked])
    ids = tuple(p.id for p in sentences)
    near = dict(zip(ids, mapping.nearest(vectors, themes), strict=True))
    found: dict[str, list[Membership]] = defaultdict(list)
    for m in coding.code(
        sentences, Embeddings(ids, vectors), coder, assigned=settings.assigned, weak=settings.weak
    ):
        found[m.passage_id.partition(":")[0]].append(m)
    return {text: mapping.about(found[str(n)], near) for n, text in enumerate(texts)}


def crossed(
    given: Given,
    about: Mapping[str, Sequence[str]],
    themes: Sequence[Theme],
    findings: Sequence[Finding],
) -> tuple[RecommendationResult, ...]:
    """Each recommendation with findings and draft actions."""
    by_id = {each.id: about.get(each.text, ()) for each in given.recommendations}
    return planning.cross(given.recommendations, by_id, themes, findings)


def weighed(
    given: Given,
    about: Mapping[str, Sequence[str]],
    themes: Sequence[Theme],
    findings: Sequence[Finding],
    memberships: Iterable[Membership],
    passages: Sequence[Passage],
    evidence: Sequence[Evidence],
    grave: frozenset[str],
    settled: triangulating.Rules,
) -> tuple[RatingResult, ...]:
    """Each rating beside what is known of that organisation, in the order of the table."""
    if not given.ratings:
        return ()
    by_id = {p.id: p for p in passages}
    members: dict[tuple[str, str], list[tuple[Membership, Passage]]] = defaultdict(list)
    for m in memberships:
        passage = by_id[m.passage_id]
        members[m.theme_id, passage.organisation].append((m, passage))
    theme_of = {theme.code_id: theme.id for theme in themes if theme.code_id}
    names = {theme.id: theme.name for theme in themes}
    weighed = []
    for rating in given.ratings:
        codes = rating.codes or tuple(about.get(rating.item, ()))
        mine = [theme_of[code] for code in codes if code in theme_of]
        if rating.section_id:
            mine = list(dict.fromkeys(f.theme_id for f in findings if f.section_id == rating.section_id))
        said = {names[i]: triangulating.sides(members[i, rating.organisation], settled, grave) for i in mine}
        unplaced = frozenset(
            names[i] for i in mine if triangulating.sides(members[i, ""], settled, grave).accounts
        )
        found = triangulating.weigh(said, rating.organisation, settled, unplaced)
        weighed.append(
            RatingResult(
                organisation=rating.organisation,
                item=rating.item,
                rating=rating.rating,
                stated=rating.stated,
                verdict=found.verdict,
                why=found.why,
                reason=_reason(rating, mine),
                theme_ids=tuple(mine),
                evidence_ids=_evidence(evidence, set(mine), rating.organisation),
            )
        )
    return tuple(weighed)


def _reason(rating: Rating, themes: Sequence[str]) -> str:
    """How an item came to its themes; "" where it has none."""
    if not themes:
        return ""
    return _SECTION if rating.section_id else planning.NAMED if rating.codes else planning.MEANT


def _evidence(evidence: Iterable[Evidence], themes: set[str], organisation: str) -> tuple[str, ...]:
    """The excerpts of an organisation on themes, each stretch of a document once."""
    found: dict[tuple[str, int, int], str] = {}
    for e in evidence:
        if e.theme_id in themes and e.organisation == organisation:
            found.setdefault((e.document_id, e.start, e.end), e.id)
    return tuple(found.values())
