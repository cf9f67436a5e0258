"""Which texts are nearly the same, by the runs of three words that they share.

Exact and quick at 20,000 texts: candidates come from a sparse product over the rarer runs, and each
is then measured over all of its runs. All figures are counts, so threads and order change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RUN = 3  # words: long enough to keep their order, short enough to survive an edit nearby
# Wording in more texts than this is a form's or a phrase of the field, and makes no candidates. Texts
# that are equal word for word are one here, so an event exported any number of times is still found.
_WIDESPREAD = 100
_CANDIDATE = 0.2  # share of the shorter text's runs that a candidate has in common, rarer runs alone
_BLOCK = 2000  # rows a product, to bound memory


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are: shared runs over all their runs, and over those of the shorter text."""

    first: int
    second: int
    jaccard: float
    containment: float


def resemble(texts: Sequence[Sequence[str]], jaccard: float, containment: float) -> list[Likeness]:
    """Return each pair of texts (as words) at least this alike by one of the two, in order of place.

    Pairs that only widespread wording joins are left out.
    """
    from scipy import sparse

    if sum(map(len, texts)) < RUN:
        return []
    held = _held(texts)
    size = np.diff(held.indptr)
    spread = np.bincount(held.indices, minlength=held.shape[1])
    rare: Any = sparse.csr_array(held[:, (spread > 1) & (spread <= _WIDESPREAD)])
    return sorted(
        (
            found
            for first, second in _candidates(rare, size)
            if (found := _measure(held, first, second)).jaccard >= jaccard or found.containment >= containment
        ),
        key=lambda found: (found.first, found.second),
    )


def _held(texts: Sequence[Sequence[str]]) -> Any:
    """Texts × distinct runs, 1 where a text holds a run; columns in an order of the words alone."""
    from scipy import sparse

    place = {word: i for i, word in enumerate(sorted({word for text in texts for word in text}))}
    codes = [_codes(np.array([place[w] for w in text], dtype=np.int64), len(place)) for text in texts]
    runs, column = np.unique(np.concatenate(codes), return_inverse=True)
    starts = np.concatenate([[0], np.cumsum([len(c) for c in codes])])
    return sparse.csr_array(
        (np.ones(len(column), dtype=np.int32), column.astype(np.int32), starts), shape=(len(texts), len(runs))
    )


def _codes(words: NDArray[np.int64], vocabulary: int) -> NDArray[np.int64]:
    """The distinct runs of a text, each as one number."""
    runs: NDArray[np.int64] = np.zeros(max(len(words) - RUN + 1, 0), dtype=np.int64)
    for i in range(RUN):
        runs = runs * vocabulary + words[i : i + len(runs)]
    return np.unique(runs)


def _candidates(rare: Any, size: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    for start in range(0, rare.shape[0], _BLOCK):
        shared = (rare[start : start + _BLOCK] @ rare.T).tocoo()
        first, second = shared.coords[0] + start, shared.coords[1]
        near = (first < second) & (shared.data >= _CANDIDATE * np.minimum(size[first], size[second]))
        yield from zip(first[near].tolist(), second[near].tolist(), strict=True)


def _measure(held: Any, first: int, second: int) -> Likeness:
    a, b = (held.indices[held.indptr[i] : held.indptr[i + 1]] for i in (first, second))
    both = len(np.intersect1d(a, b, assume_unique=True))
    return Likeness(first, second, both / (len(a) + len(b) - both), both / min(len(a), len(b)))
