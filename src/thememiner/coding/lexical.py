"""Texts → number-safe TF-IDF: words and pairs of words, as a sparse matrix of unit rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.wording import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray


def terms(text: str) -> list[str]:
    """The words of a text, and each two that stand side by side."""
    words = tokens(text)
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def vocabulary(texts: Iterable[str]) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """All terms of the texts, sorted, with the inverse frequency of each, float64."""
    counts: Counter[str] = Counter()
    size = 0
    for text in texts:
        counts.update(set(terms(text)))
        size += 1
    known = tuple(sorted(counts))
    held = np.array([counts[term] for term in known], dtype=np.float64)
    return known, np.log((1 + size) / (1 + held)) + 1


def weighted(texts: Sequence[str], place: dict[str, int], idf: NDArray[np.float64]) -> Any:
    """The texts' TF-IDF: sparse, float64, texts × terms, unit rows (a row of no known term is all zeros).

    `place` is each term's column.
    """
    from scipy import sparse

    starts, columns, values = [0], [], []
    for text in texts:
        counts = Counter(place[term] for term in terms(text) if term in place)
        mine = np.array(sorted(counts), dtype=np.int64)
        weight = (1 + np.log([counts[i] for i in mine.tolist()])) * idf[mine] if len(mine) else idf[:0]
        columns.append(mine)
        values.append(weight / (np.sqrt((weight**2).sum()) or 1.0))
        starts.append(starts[-1] + len(mine))
    return sparse.csr_array(
        (np.concatenate([*values, idf[:0]]), np.concatenate([*columns, np.zeros(0, np.int64)]), starts),
        shape=(len(texts), len(place)),
    )
