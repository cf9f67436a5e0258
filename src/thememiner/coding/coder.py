"""A trained coder, and what it says of passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.coding import lexical
from thememiner.records import Embeddings, Membership, Outcome, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BLOCK = 4096  # passages whose inputs are held at a time


@dataclass(frozen=True, slots=True, eq=False)
class Coder:
    """A trained coder: linear weights over [vector, TF-IDF] and a calibration shared by all codes.

    `terms` are the known words and pairs of words with `idf`, float64; `weights` float64,
    (dimensions + terms) × codes; `bias` float64, codes; `slope` and `offset` turn a decision value into a
    probability.
    """

    code_ids: tuple[str, ...]
    terms: tuple[str, ...]
    idf: Floats
    weights: Floats
    bias: Floats
    slope: float
    offset: float

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Floats:
        """Return the probability of each code for each text, float64, texts × codes, 6 decimal places."""
        from threadpoolctl import threadpool_limits

        found = np.empty((len(texts), len(self.code_ids)))
        place = {term: i for i, term in enumerate(self.terms)}
        size = len(self.weights) - len(self.terms)
        with threadpool_limits(1):  # one order of sums, whatever the machine's threads
            for start in range(0, len(texts), _BLOCK):
                part = slice(start, start + _BLOCK)
                words = lexical.weighted(texts[part], place, self.idf)
                decision = vectors[part].astype(np.float64) @ self.weights[:size]
                decision += words @ self.weights[size:] + self.bias
                found[part] = 1 / (1 + np.exp(-(self.slope * decision + self.offset)))
        return np.round(found, 6)


def code(
    passages: Iterable[Passage],
    embeddings: Embeddings,
    coder: Coder,
    *,
    assigned: float = 0.5,
    weak: float = 0.3,
    every: bool = False,
) -> list[Membership]:
    """Return what each passage is about: a membership for each code at or above `weak`.

    `every` returns those below too, with outcome "no". Theme ids are the codes' ids.
    """
    passages = list(passages)
    probabilities = coder.probabilities([p.text for p in passages], embeddings.vectors)
    return [
        Membership(passage_id=passage.id, theme_id=code_id, score=float(score), outcome=outcome)
        for passage, row in zip(passages, probabilities, strict=True)
        for code_id, score in zip(coder.code_ids, row, strict=True)
        if (outcome := _outcome(float(score), assigned, weak)) != "no" or every
    ]


def _outcome(score: float, assigned: float, weak: float) -> Outcome:
    return "assigned" if score >= assigned else "weak" if score >= weak else "no"
