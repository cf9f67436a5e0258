"""Themes beside the codebook: groups of paragraphs that no code explains, described and compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from thememiner import discovering, embedding, labelling
from thememiner.paragraphs import paragraph
from thememiner.pipeline.likeness import code_vectors
from thememiner.pipeline.preparing import Prepared, warn
from thememiner.records import Codebook, Embeddings, Membership, Passage, Report, Theme
from thememiner.settings import Settings
from thememiner.wording import content_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

    Floats = NDArray[np.float32]

MOST = 25  # discovered themes shown, those of most documents first; the rest are counted
_NEAR = 0.4  # cosine of a passage to its discovered theme from which it is assigned, not weak


def discover(
    corpus: Prepared,
    passages: Sequence[Passage],
    embeddings: Embeddings,
    memberships: Iterable[Membership],
    book: Codebook,
    encoder: Encoder,
    settings: Settings,
    earlier: frozenset[str],
) -> tuple[list[Theme], list[Membership]]:
    """Themes among passages no code explains, and who belongs to them.

    What is clustered are paragraphs, each by the mean of its uncoded passages: a sentence alone says
    too little. A passage is assigned when it is itself near its paragraph's theme, else weak. Policies
    are left out where there is anything else: what recurs in them is how policies are written.
    """
    coded = {m.passage_id for m in memberships if m.outcome == "assigned"}
    free = [i for i, p in enumerate(passages) if p.id not in coded and len(set(content_words(p.text))) >= 2]
    spoken = [i for i in free if passages[i].kind != "policy"] or free
    texts = {d.id: d.text for d in corpus.documents}
    paragraphs: dict[str, list[list[int]]] = defaultdict(list)  # equal ones are clustered once
    for _, rows in groupby(spoken, key=lambda i: paragraph(passages[i], texts)):
        group = list(rows)
        paragraphs["\n".join(passages[i].text for i in group)].append(group)
    distinct = sorted(paragraphs, key=embedding.digest)
    heads = [replace(passages[paragraphs[text][0][0]], text=text) for text in distinct]
    vectors = means(embeddings.vectors, [paragraphs[text][0] for text in distinct])
    clustering = discovering.persistent(
        vectors, [h.document_id for h in heads], smallest=settings.smallest_theme, seed=settings.seed
    )
    themes, members_of = labelling.label(heads, clustering, vectors, encoder.encode, about=labelling.ABOUT)
    carried = _carried(members_of, heads)
    text_of = {head.id: head.text for head in heads}
    themes = sorted(themes, key=lambda t: (-carried[t.id], t.id))
    found: list[Membership] = []
    shown = []
    codes = np.concatenate([means(texts, [range(len(texts))]) for texts in code_vectors(book, encoder)])
    names = {code.id: code.name for code in book.codes}
    for theme in themes[:MOST]:
        mine = [m for m in members_of if m.theme_id == theme.id]
        members = [i for m in mine for group in paragraphs[text_of[m.passage_id]] for i in group]
        centre = means(embeddings.vectors, [members])[0]
        for i in members:
            near = round(float(embeddings.vectors[i] @ centre), 4)
            found.append(
                Membership(passages[i].id, theme.id, max(near, 0.0), "assigned" if near >= _NEAR else "weak")
            )
        held = [i for i in members if float(embeddings.vectors[i] @ centre) >= _NEAR] or members
        portrait = discovering.portray(embeddings.vectors[held], np.zeros(len(held), dtype=np.int64))[0]
        theme = replace(  # noqa: PLW2901
            theme,
            cohesion=portrait.cohesion,
            exemplars=tuple(
                (sort, passages[held[i]].id)
                for sort in ("central", "diverse", "boundary")
                for i in getattr(portrait, sort)
            ),
            near_code=labelling.near_codes(centre[None], book, codes)[0],
        )
        told = labelling.describe(theme, [passages[i] for i in held], names)
        shown.append(replace(theme, definition=told))
    home = {p.id: p.document_id for p in passages}
    held_by: dict[str, set[str]] = {theme.id: set() for theme in shown}
    for m in found:
        if m.outcome == "assigned":
            held_by[m.theme_id].add(home[m.passage_id])
    looked_at = {passages[i].document_id for i in spoken}
    changed = discovering.emerging([held_by[t.id] for t in shown], looked_at, earlier & looked_at)
    shown = [replace(theme, emerging=how) for theme, how in zip(shown, changed, strict=True)]
    return [*shown, *themes[MOST:]], found


def earlier(since: Report | None, corpus: Prepared) -> frozenset[str]:
    """The ids of the documents that an earlier run had, warned of where none of them is here again."""
    if since is None:
        return frozenset()
    known = frozenset(entry.id for entry in since.documents)
    if not known & {d.id for d in corpus.documents}:
        warn(
            "no document of the earlier report is in this run, so nothing can be called new or growing: give "
            "what was read then together with what came since."
        )
    return known


def _carried(members: Iterable[Membership], heads: Sequence[Passage]) -> Counter[str]:
    """How many documents carry each discovered theme."""
    home = {head.id: head.document_id for head in heads}
    return Counter(theme_id for theme_id, _ in {(m.theme_id, home[m.passage_id]) for m in members})


def means(vectors: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The unit mean of each group of rows, float32, groups × dimensions."""
    means = np.array([vectors[list(group)].mean(axis=0) for group in groups], dtype=np.float32)
    if not len(means):
        return vectors[:0]
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    unit: Floats = np.divide(means, norms, out=np.zeros_like(means), where=norms > 0)
    return unit
