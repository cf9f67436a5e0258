"""A coder and texts without labels → the texts that a person should label next.

Uncertainty sampling (Lewis & Gale 1994) for many codes at once: a text counts by how unsure the coder is of
each code, the more the fewer labelled texts the code has. One text is taken after another, and each counts
as labels of the codes that it probably has, so that a batch does not ask the same thing many times over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.coding.coder import Coder

_PRIOR = 5.0  # labelled texts that every code is taken to have, so that a first one does not decide all


def choose(texts: Sequence[str], vectors: NDArray[np.float32], coder: Coder, number: int) -> list[int]:
    """Return the rows of `number` texts to label next, or of all when there are fewer, most telling first.

    `vectors` are theirs, float32, texts × dimensions. Of equal texts one is chosen before any is again.
    """
    said = coder.probabilities(texts, vectors)
    unsure = said * (1 - said)
    held = np.array([f.texts for f in coder.figures] or [0] * len(coder.code_ids)) + _PRIOR
    first: dict[str, int] = {}
    again = np.array([first.setdefault(text, i) != i for i, text in enumerate(texts)], dtype=bool)
    chosen: list[int] = []
    left = np.ones(len(texts), dtype=bool)
    while len(chosen) < min(number, len(texts)):
        worth = (unsure / held).sum(axis=1) - again * said.shape[1]  # a sum is less than that
        at = int(np.argmax(np.where(left, worth, -np.inf)))
        chosen.append(at)
        left[at] = False
        held += said[at]
    return chosen
