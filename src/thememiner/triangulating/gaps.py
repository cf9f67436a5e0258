"""Passages that tell of something wrong → the sort of gap that each tells of.

By the invented sentences of `corpora/cues/gaps.toml`: "the phone rings out" and "there is no interpreter"
share no word with "two posts are vacant".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from thememiner import sorting
from thememiner.records import GAPS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


def sorts(vectors: Vectors, encode: Callable[[Sequence[str]], Vectors]) -> list[str]:
    """The sort of gap (of `GAPS`) that each passage tells of, if it tells of one.

    `vectors` are the passages', float32, passages × dimensions, unit rows; `encode` gives the same of texts.
    """
    return [GAPS[k] for k in sorting.shares(vectors, encode, "gaps", GAPS).argmax(axis=1)]
