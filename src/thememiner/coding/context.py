"""Passages read beside their paragraph: what a sentence is about often stands in the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from thememiner.paragraphs import paragraph
from thememiner.records import Embeddings, Passage

_BLOCK = 4096  # passages at a time
_BESIDE = np.float32(1.0)  # what the mean of its paragraph weighs beside a passage itself


def in_context(passages: Sequence[Passage], embeddings: Embeddings, texts: Mapping[str, str]) -> Embeddings:
    """Return vectors to code by: each passage's own and its paragraph's mean in equal parts, unit rows.

    `texts` are the documents' texts by id. A passage that is a paragraph by itself keeps its vector, and no
    vector depends on another document.
    """
    if not passages:
        return embeddings
    number: dict[tuple[str, int], int] = {}
    home = np.array([number.setdefault(paragraph(p, texts), len(number)) for p in passages])
    own, size = embeddings.vectors, np.bincount(home)
    sums = np.zeros((len(number), own.shape[1]), dtype=np.float32)
    np.add.at(sums, home, own)
    mixed = own.copy()
    shared = np.flatnonzero(size[home] > 1)
    for start in range(0, len(shared), _BLOCK):
        rows = shared[start : start + _BLOCK]
        beside = own[rows] + _BESIDE * sums[home[rows]] / size[home[rows], None]
        norms = np.linalg.norm(beside, axis=1, keepdims=True)
        mixed[rows] = np.divide(beside, norms, out=np.zeros_like(beside), where=norms > 0)
    return Embeddings(embeddings.ids, mixed)
