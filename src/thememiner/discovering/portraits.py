"""What a theme looks like: how near its rows are to one another, and rows to read so as to know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

_EACH = 3  # rows of each sort


@dataclass(frozen=True, slots=True)
class Portrait:
    """One theme: `cohesion`, the squared length of its mean vector (0 to 1), and rows that show it.

    `central` are nearest its middle; `diverse` are of its nearer half, each as unlike the others as can be;
    `boundary` stand nearly as near to another theme's middle, or furthest out where there is no other.
    """

    cohesion: float
    central: tuple[int, ...]
    diverse: tuple[int, ...]
    boundary: tuple[int, ...]


def portray(vectors: Floats, labels: Labels) -> tuple[Portrait, ...]:
    """A portrait of each theme of `labels` (-1 none); `vectors` are float32 unit rows. Ties go to the
    first.
    """
    count = int(labels.max()) + 1 if len(labels) else 0
    if not count:
        return ()
    means = np.array([vectors[labels == k].mean(axis=0, dtype=np.float64) for k in range(count)])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    centres = means / np.where(lengths > 0, lengths, 1)
    return tuple(
        _portrait(vectors, np.flatnonzero(labels == k), centres, k, float(lengths[k, 0] ** 2))
        for k in range(count)
    )


def _portrait(
    vectors: Floats, members: Labels, centres: NDArray[np.float64], theme: int, cohesion: float
) -> Portrait:
    near = np.round(vectors[members] @ centres.T, 5)
    own, others = near[:, theme], np.delete(near, theme, axis=1)
    order = np.argsort(-own, kind="stable")
    margin = own - others.max(axis=1) if others.shape[1] else own
    return Portrait(
        cohesion=round(cohesion, 4),
        central=tuple(members[order[:_EACH]].tolist()),
        diverse=_diverse(vectors, members[order[: max(_EACH, len(order) // 2)]]),
        boundary=tuple(members[np.argsort(margin, kind="stable")[:_EACH]].tolist()),
    )


def _diverse(vectors: Floats, members: Labels) -> tuple[int, ...]:
    """Rows of `members` (nearest first), each the one least like those before it."""
    chosen = [0]
    nearest = np.round(vectors[members] @ vectors[members[0]], 5)
    while len(chosen) < min(_EACH, len(members)):
        nearest[chosen] = np.inf
        chosen.append(int(nearest.argmin()))
        nearest = np.minimum(nearest, np.round(vectors[members] @ vectors[members[chosen[-1]]], 5))
    return tuple(members[chosen].tolist())
