"""How near each theme is to each section of a template, from the codebook's texts and the run's passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from thememiner import mapping
from thememiner.records import KINDS, Codebook, Embeddings, Membership, Passage, Template, Theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

    Floats = NDArray[np.float64]


def nearness(
    themes: Sequence[Theme],
    memberships: Sequence[Membership],
    passages: Mapping[str, Passage],
    layout: Template,
    book: Codebook,
    embeddings: Embeddings,
    encoder: Encoder,
) -> dict[str, tuple[mapping.Near, ...]]:
    """Theme id -> how near it is to each section, in the template's order; of the codebook's themes.

    A code without examples is shown by the passages that were assigned to it.
    """
    theme_of = {theme.code_id: theme.id for theme in themes if theme.origin == "codebook"}
    row = {code.id: at for at, code in enumerate(book.codes)}
    code_of = {theme_of[code]: at for code, at in row.items() if code in theme_of}
    held: list[list[str]] = [[] for _ in book.codes]
    for m in sorted(memberships, key=lambda m: m.passage_id):
        if m.outcome == "assigned" and m.theme_id in code_of:
            held[code_of[m.theme_id]].append(m.passage_id)
    texts = [mapping.theme_texts(code) for code in book.codes]
    asks = [mapping.section_texts(section) for section in layout.sections]
    views = [[text for text, _ in of] for of in asks]
    distinct = list(dict.fromkeys(t for of in (*(t for pair in texts for t in pair), *views) for t in of))
    vector = dict(zip(distinct, encoder.encode(distinct), strict=True))
    found = {passage_id: at for at, passage_id in enumerate(embeddings.ids)}
    vectors = []
    for (said, shown), mine in zip(texts, held, strict=True):
        rows = [vector[text] for text in shown] or [embeddings.vectors[found[i]] for i in mine]
        vectors.append(mapping.theme_vector(np.stack([vector[t] for t in said]), np.array(rows)))
    besides = mapping.by_kinds(*_kinds(held, passages, layout))
    besides = besides + mapping.by_position(_answers(held, passages, layout))
    sections = [np.stack([vector[text] for text in of]) for of in views]
    scores, nearest = mapping.by_meaning(np.stack(vectors), sections, besides)
    return {
        theme_id: tuple(
            mapping.near(section, round(float(scores[at, n]), 6), asks[n][nearest[at, n]][1])
            for n, section in enumerate(layout.sections)
        )
        for theme_id, at in code_of.items()
    }


def _kinds(
    held: Sequence[Sequence[str]], passages: Mapping[str, Passage], layout: Template
) -> tuple[Floats, NDArray[np.bool_]]:
    """Passages by code and kind, and which kinds each section takes."""
    counts = np.array([[sum(passages[i].kind == kind for i in mine) for kind in KINDS] for mine in held])
    takes = np.array([[kind in section.kinds for kind in KINDS] for section in layout.sections])
    return counts.astype(np.float64), takes


def _answers(held: Sequence[Sequence[str]], passages: Mapping[str, Passage], layout: Template) -> Floats:
    """Answers by code and the section that they were given under."""
    given = mapping.section_of_answers({mapping.asked(p) for p in passages.values()}, layout)
    place = {section.id: at for at, section in enumerate(layout.sections)}
    counts = np.zeros((len(held), len(place)))
    for at, mine in enumerate(held):
        for passage_id in mine:
            section = given.get(mapping.asked(passages[passage_id]))
            if section:
                counts[at, place[section]] += 1
    return counts
