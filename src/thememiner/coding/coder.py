"""A trained coder, and what it says of passages."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.coding import lexical
from thememiner.coding.calibrating import probability
from thememiner.coding.tuned import Tuned
from thememiner.records import Embeddings, Membership, Outcome, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BLOCK = 4096  # passages whose inputs are held at a time


@dataclass(frozen=True, slots=True)
class Origin:
    """What a coder was trained with: codebook and encoder with their digests, how many labelled texts.

    `reason` says why those were not de-identified; "" where they were.
    """

    codebook: str
    version: str
    codebook_sha256: str
    encoder: str
    encoder_sha256: str
    precision: str
    labelled: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a code was told on labelled texts held back: shares of 0 to 1; `texts` carry the code."""

    texts: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Compared:
    """How well the codes were told on labelled texts held back: by the light coder, and with a tuned encoder.

    `f1` over all assignments, `map` the mean over codes of average precision; shares of 0 to 1.
    """

    texts: int
    light_f1: float
    tuned_f1: float
    light_map: float
    tuned_map: float


@dataclass(frozen=True, slots=True, eq=False)
class Coder:
    """A trained coder: linear weights over [vector, TF-IDF], a calibration and thresholds a code.

    `features` are the numbers of the known hashed features (`lexical`), int64, with `idf`, float64; `weights`
    float32, (dimensions + features) × codes; `bias`, `slope` and `offset` float64, codes: the last two turn a
    decision value into a probability. `assigned` and `weak` are the codes' own thresholds, float64, codes:
    NaN for a code that no labelled text told of, to which those of the run apply. `figures` are a code each,
    or none. `tuned` adds to the decision values, where a fine-tuned encoder told the codes better than these
    weights alone; `compared` says how the two did, where it was tried.
    """

    origin: Origin
    code_ids: tuple[str, ...]
    features: NDArray[np.int64]
    idf: Floats
    weights: NDArray[np.float32]
    bias: Floats
    slope: Floats
    offset: Floats
    assigned: Floats
    weak: Floats
    figures: tuple[Figures, ...] = ()
    tuned: Tuned | None = None
    compared: Compared | None = None

    def probabilities(
        self, texts: Sequence[str], vectors: NDArray[np.float32], beside: Sequence[str] = ()
    ) -> Floats:
        """Return the probability of each code for each text, float64, texts × codes, 6 decimal places.

        `beside` are what stands beside the texts, one each, or none: a fine-tuned encoder may read it, too.
        """
        from threadpoolctl import threadpool_limits

        found = np.empty((len(texts), len(self.code_ids)))
        size = len(self.weights) - len(self.features)
        for start in range(0, len(texts), _BLOCK):
            part = slice(start, start + _BLOCK)
            # An encoder gives a text the same numbers on any number of threads, and needs them.
            added = self.tuned.adds(texts[part], beside[part]) if self.tuned else 0.0
            with threadpool_limits(1):  # one order of sums, whatever the machine's threads
                words = lexical.weighted(texts[part], self.features, self.idf)
                decision = vectors[part].astype(np.float64) @ self.weights[:size]
                decision += words @ self.weights[size:] + self.bias
            found[part] = probability(self.slope * (decision + added) + self.offset)
        return np.round(found, 6)

    @property
    def sha256(self) -> str:
        """SHA-256 of everything that decides a score or an outcome, in hexadecimal."""
        whole = hashlib.sha256("\n".join(self.code_ids).encode("utf-8", "surrogatepass"))
        decides = (self.features, self.idf, self.weights, self.bias, self.slope, self.offset)
        for values in (*decides, self.assigned, self.weak):
            whole.update(np.ascontiguousarray(values).tobytes())
        if self.tuned:
            for name, part in self.tuned.parts.items():
                whole.update(name.encode() + np.ascontiguousarray(part).tobytes())
        return whole.hexdigest()

    def thresholds(self, assigned: float, weak: float) -> list[tuple[float, float]]:
        """The probability from which each code is assigned, and weak: its own, else those given."""
        bars = zip(self.assigned.tolist(), self.weak.tolist(), strict=True)
        return [(assigned, weak) if math.isnan(own) else (own, low) for own, low in bars]


def code(
    passages: Iterable[Passage],
    embeddings: Embeddings,
    coder: Coder,
    *,
    assigned: float = 0.5,
    weak: float = 0.3,
    every: bool = False,
    beside: Mapping[str, str] | None = None,
) -> list[Membership]:
    """Return what each passage is about: a membership for each code at or above its threshold for "weak".

    `assigned` and `weak` are for a coder without thresholds of its own. `every` returns those below too, with
    outcome "no". `beside` is what stands around each passage, by its id (`paragraphs.beside`). Theme ids are
    the codes' ids.
    """
    passages = list(passages)
    around = [f"{p.kind}{(beside or {}).get(p.id, '')}" for p in passages]
    probabilities = coder.probabilities([p.text for p in passages], embeddings.vectors, around)
    bars = coder.thresholds(assigned, weak)
    return [
        Membership(passage_id=passage.id, theme_id=code_id, score=float(score), outcome=outcome)
        for passage, row in zip(passages, probabilities, strict=True)
        for code_id, score, bar in zip(coder.code_ids, row, bars, strict=True)
        if (outcome := _outcome(float(score), *bar)) != "no" or every
    ]


def _outcome(score: float, assigned: float, weak: float) -> Outcome:
    return "assigned" if score >= assigned else "weak" if score >= weak else "no"
