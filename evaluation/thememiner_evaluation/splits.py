"""Five fixed splits, grouped: who wrote a text decides its fold, by SHA-256, so nothing is drawn.

What one respondent wrote, or what stands in one report, lies on one side; and a training row whose text
stands on the other side too is left out, since short comments are often the same words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Row numbers, int64, of what is trained on and of what is scored."""

    train: NDArray[np.int64]
    test: NDArray[np.int64]


def grouped(groups: Sequence[str], texts: Sequence[str]) -> list[Split]:
    """The five splits; each group is scored in exactly one."""
    fold = np.array([_fold(group) for group in groups])
    plain = [" ".join(text.casefold().split()) for text in texts]
    splits = []
    for k in range(FOLDS):
        test = np.flatnonzero(fold == k)
        scored = {plain[i] for i in test.tolist()}
        train = [i for i in np.flatnonzero(fold != k).tolist() if plain[i] not in scored]
        splits.append(Split(np.array(train, dtype=np.int64), test))
    return splits


def sample(texts: Sequence[str], size: int) -> list[int]:
    """The rows of `size` texts, those of the lowest SHA-256: the same ones whatever their order."""
    order = sorted(range(len(texts)), key=lambda i: (_digest(texts[i]), i))
    return order[:size]


def _fold(group: str) -> int:
    return int(_digest(group), 16) % FOLDS


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
