"""Vectors → who is near whom → a graph of shared nearest neighbours.

Source: Jarvis & Patrick 1973, "Clustering using a similarity measure based on shared near neighbors".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

MOST = 15  # neighbours that make an edge
_SCALE = 2048  # 2048² < 2²⁴: any partial sum of two rounded unit vectors is exact in float32
_CELLS = 1 << 24  # similarities held at a time
_NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The nearest other rows of each row, nearest first.

    `rows` int64, rows × count, -1 where there are fewer; `likeness` int64, their cosines in millionths or so
    (exact, so that sums of them are).
    """

    rows: Labels
    likeness: Labels

    def among(self, kept: Labels) -> Near:
        """The same among some of the rows only (sorted), numbered anew: who was further off moves up."""
        number = np.full(len(self.rows) + 1, _NOBODY, dtype=np.int64)
        number[kept] = np.arange(len(kept))
        rows = number[self.rows[kept]]  # -1 reads the last number, which is -1
        order = np.argsort(rows < 0, axis=1, kind="stable")
        return Near(
            np.take_along_axis(rows, order, axis=1),
            np.take_along_axis(self.likeness[kept], order, axis=1),
        )


def usual(n: int) -> int:
    """How many neighbours make an edge among `n` rows: it grows with their logarithm, 5 to 15."""
    return int(np.clip(round(1.2 * np.log2(max(n, 2))), min(5, n - 1), min(MOST, n - 1)))


def nearest(vectors: Floats, count: int) -> Near:
    """The `count` nearest other rows of each row, by cosine on exact sums; ties go to the lower row."""
    whole = np.rint(vectors * _SCALE).astype(np.float32)
    n = len(whole)
    count = min(count, n - 1)
    rows = np.empty((n, count), dtype=np.int64)
    likeness = np.empty((n, count), dtype=np.int64)
    block = max(64, _CELLS // n)
    for start in range(0, n, block):
        part = whole[start : start + block] @ whole.T
        part[np.arange(len(part)), start + np.arange(len(part))] = -np.inf
        found = _largest(part, count)
        values = np.take_along_axis(part, found, axis=1).astype(np.int64)
        order = np.argsort(-values, axis=1, kind="stable")  # `found` is in order of rows
        rows[start : start + len(part)] = np.take_along_axis(found, order, axis=1)
        likeness[start : start + len(part)] = np.take_along_axis(values, order, axis=1)
    return Near(rows, likeness)


def _largest(part: Floats, count: int) -> Labels:
    """The columns of the `count` largest values of each row, in order; of equal ones the first."""
    least = np.partition(part, part.shape[1] - count, axis=1)[:, part.shape[1] - count, None]
    taken = part >= least
    for i in np.flatnonzero(taken.sum(axis=1) > count):  # more than fit are just as large as the last
        ties = np.flatnonzero(part[i] == least[i])
        taken[i, ties[count - int((part[i] > least[i]).sum()) :]] = False
    return np.nonzero(taken)[1].reshape(len(part), count)


def graph(near: Near, count: int) -> Any:
    """A symmetric sparse matrix, float64: the root of the Jaccard share of neighbours of each near pair.

    Near pairs are those where one is among the `count` nearest of the other; a row counts among its own
    neighbours. The root keeps loosely joined texts (long ones, of many subjects) from falling apart.
    """
    from scipy import sparse

    n = len(near.rows)
    mine = near.rows[:, :count]
    left = np.repeat(np.arange(n), mine.shape[1])
    right = mine.ravel()
    left, right = left[right >= 0], right[right >= 0]
    pairs = np.unique(np.minimum(left, right) * n + np.maximum(left, right))
    left, right = pairs // n, pairs % n
    members = np.hstack([np.arange(n)[:, None], mine])
    size = (members >= 0).sum(axis=1)
    shared = np.empty(len(pairs), dtype=np.int64)
    block = max(1, _CELLS // members.shape[1] ** 2)
    for start in range(0, len(pairs), block):
        part = slice(start, start + block)
        one, other = members[left[part]], members[right[part]]
        shared[part] = ((one[:, :, None] == other[:, None, :]) & (one >= 0)[:, :, None]).sum(axis=(1, 2))
    weight = np.sqrt(shared / (size[left] + size[right] - shared))
    half = sparse.coo_matrix((weight, (left, right)), shape=(n, n))
    return (half + half.T).tocsr()
