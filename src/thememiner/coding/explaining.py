"""Why a passage got a code: the words that weighed most for it, and the codebook's examples nearest to it.

The light coder is linear, so its decision is a sum: what each word, with its letters and its pair with the
next word, adds to it is told exactly. What a fine-tuned encoder adds is not taken apart: reasons are those of
the light coder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from thememiner.coding import lexical
from thememiner.coding.coder import Coder
from thememiner.records import Codebook
from thememiner.wording import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

    Vectors = NDArray[np.float32]

_WORDS, _EXAMPLES = 3, 1


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a text got a code.

    `words` are (word or pair, what it adds to the decision value), largest first, those that speak for the
    code alone; `meaning` is what the text's vector adds. `examples` are (text of the codebook, cosine of 0 to
    1), nearest first; none for a code without examples.
    """

    words: tuple[tuple[str, float], ...]
    meaning: float
    examples: tuple[tuple[str, float], ...]


class Explainer:
    """Explains what a coder says, with the codebook and encoder that it was trained with."""

    def __init__(self, coder: Coder, book: Codebook, encoder: Encoder) -> None:
        self._coder = coder
        self._codes = {code_id: j for j, code_id in enumerate(coder.code_ids)}
        self._place = np.full(lexical.FEATURES, -1, dtype=np.int64)
        self._place[coder.features] = np.arange(len(coder.features))
        self._examples = {code.id: [example.text for example in code.examples] for code in book.codes}
        texts = sorted({text for of in self._examples.values() for text in of})
        self._row = {text: i for i, text in enumerate(texts)}
        self._vectors = encoder.encode(texts)

    def reasons(self, text: str, vector: Vectors, code_id: str) -> Reasons:
        """Why `text`, of this vector (float32, dimensions), got the code."""
        weights = self._coder.weights[:, self._codes[code_id]].astype(np.float64)
        size = len(weights) - len(self._coder.features)
        known = self._examples[code_id]
        like = self._vectors[[self._row[t] for t in known]] @ vector if known else np.zeros(0)
        order = sorted(range(len(known)), key=lambda i: (-round(float(like[i]), 4), known[i]))[:_EXAMPLES]
        return Reasons(
            words=self._words(text, weights[size:]),
            meaning=round(float(vector.astype(np.float64) @ weights[:size]), 4),
            examples=tuple((known[i], round(float(like[i]), 3)) for i in order),
        )

    def _words(self, text: str, weights: NDArray[np.float64]) -> tuple[tuple[str, float], ...]:
        """The words and pairs that add most; of those that share a word, the best."""
        ranked = sorted(
            self._added(tokens(text), text, weights).items(), key=lambda a: (-round(a[1], 6), a[0])
        )
        kept: list[tuple[str, float]] = []
        for term, adds in ranked:
            if adds <= 0 or len(kept) == _WORDS:
                break
            if not any(set(term.split()) & set(other.split()) for other, _ in kept):
                kept.append((term, round(adds, 4)))
        return tuple(kept)

    def _added(self, words: Sequence[str], text: str, weights: NDArray[np.float64]) -> dict[str, float]:
        """What each word and pair adds; what several share is shared out."""
        row = lexical.weighted([text], self._coder.features, self._coder.idf)
        value = dict(zip(row.indices.tolist(), (row.data * weights[row.indices]).tolist(), strict=True))
        uses: dict[int, int] = {}
        for feature in lexical.features(text):
            place = int(self._place[feature])
            uses[place] = uses.get(place, 0) + 1
        added: dict[str, float] = {}
        for term, features in _features(words):
            places = [place for f in features if (place := int(self._place[f])) in value]
            added[term] = added.get(term, 0.0) + sum(value[place] / uses[place] for place in places)
        return added


def _features(words: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Each word and pair of a text, and the numbers of its features."""
    pairs = [(f"{a} {b}", [lexical.number(f"{a} {b}")]) for a, b in pairwise(words)]
    return [(word, lexical.of_word(word)) for word in words] + pairs
