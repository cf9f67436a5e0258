"""A passage's paragraph: what a sentence means often stands in the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from thememiner.records import Passage

_BEFORE, _AFTER = 40, 20  # words of whole passages that are read beside one


def paragraph(passage: Passage, texts: Mapping[str, str]) -> tuple[str, int]:
    """What tells a passage's paragraph from all others: its document, and the blank line before it.

    `texts` are the documents' texts by id.
    """
    return passage.document_id, texts[passage.document_id].rfind("\n\n", 0, passage.start)


def surroundings(passages: Sequence[Passage], texts: Mapping[str, str]) -> dict[str, str]:
    """Each passage, by id, as it stands in its paragraph: with the passage before it and the one after.

    Verbatim, from the start of the first to the end of the last. Of `passages` alone, in any order: what was
    left out is nobody's neighbour, but stands between two that were not.
    """
    found = {}
    order = sorted(passages, key=lambda p: (p.document_id, p.start, p.end))
    for _, together in groupby(order, key=lambda p: paragraph(p, texts)):
        near = list(together)
        for n, passage in enumerate(near):
            first, last = near[max(n - 1, 0)], near[min(n + 1, len(near) - 1)]
            found[passage.id] = texts[passage.document_id][first.start : last.end]
    return found


def beside(passages: Sequence[Passage], texts: Mapping[str, str]) -> dict[str, str]:
    """What stands `around` each passage in its paragraph, by id, as a classifier is told it.

    Of `passages` alone, in any order: what was left out stands beside nobody. `texts` are the documents'
    texts by id.
    """
    found: dict[str, str] = {}
    order = sorted(passages, key=lambda p: (p.document_id, p.start, p.end))
    for _, together in groupby(order, key=lambda p: paragraph(p, texts)):
        near = list(together)
        words = [" ".join(p.text.split()) for p in near]
        found |= {passage.id: around(words, n) for n, passage in enumerate(near)}
    return found


def around(sentences: Sequence[str], n: int) -> str:
    """What stands around the n-th of a paragraph's sentences: "; after: ...; before: ...", or "".

    Whole sentences, the nearest first to come in, of 40 words before it and 20 behind it at most.
    """
    before = _nearest(sentences[:n][::-1], _BEFORE)[::-1]
    after = _nearest(sentences[n + 1 :], _AFTER)
    return "".join(f"; {where}: {' '.join(of)}" for where, of in (("after", before), ("before", after)) if of)


def _nearest(texts: Sequence[str], most: int) -> list[str]:
    """As many of the texts, from the first on, as have `most` words together."""
    kept: list[str] = []
    for text in texts:
        most -= len(text.split())
        if most < 0:
            break
        kept.append(text)
    return kept
