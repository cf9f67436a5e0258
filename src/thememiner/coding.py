"""Passages × codebook → memberships: the codebook is the training set.

A fitted stage: a small one-against-rest logistic regression over sentence vectors and number-safe
TF-IDF, trained in a second from each code's name, definition, inclusion note, examples and near
misses, with the codebook's background texts as what belongs to no code. Applying the trained coder
is mapped: a passage's scores depend on that passage alone.

Probabilities are calibrated on predictions held out from training (Platt 1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.records import Codebook, Embeddings, Membership, Outcome, Passage
from thememiner.wording import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

    Floats = NDArray[np.float64]

_LEXICAL = 0.7  # weight of the TF-IDF block beside the unit vectors
_C = 4.0  # inverse strength of regularisation
_FOLDS = 6
_BLOCK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Coder:
    """A trained coder: linear weights over [vector, TF-IDF] and a calibration shared by all codes.

    `weights` float64, features × codes; `bias` float64, codes; `slope`, `offset` turn a decision value
    into a probability.
    """

    code_ids: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats
    slope: float
    offset: float

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Floats:
        """Return the probability of each code for each text, float64, texts × codes, 6 decimal places."""
        from threadpoolctl import threadpool_limits

        found = np.empty((len(texts), len(self.code_ids)))
        with threadpool_limits(1):  # one order of sums, whatever the machine's threads
            for start in range(0, len(texts), _BLOCK):
                part = slice(start, start + _BLOCK)
                features = _features(texts[part], vectors[part], self.vocabulary, self.idf)
                decision = features @ self.weights + self.bias
                found[part] = 1 / (1 + np.exp(-(self.slope * decision + self.offset)))
        return np.round(found, 6)


def train(book: Codebook, encoder: Encoder) -> Coder:
    """Return a coder trained on the codebook's own texts; the same codebook gives the same coder."""
    from threadpoolctl import threadpool_limits

    texts, labels = _training_set(book)
    vectors = encoder.encode(texts)
    vocabulary, idf = _vocabulary(texts)
    with threadpool_limits(1):
        features = _features(texts, vectors, vocabulary, idf)
        weights, bias = _fit(features, labels)
        slope, offset = _calibrate(features, labels)
    return Coder(
        code_ids=tuple(code.id for code in book.codes),
        vocabulary=vocabulary,
        idf=idf,
        weights=weights,
        bias=bias,
        slope=slope,
        offset=offset,
    )


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


def _training_set(book: Codebook) -> tuple[list[str], NDArray[np.bool_]]:
    """The codebook's texts and which codes each is of: bool, texts × codes."""
    number = {code.id: i for i, code in enumerate(book.codes)}
    rows: list[tuple[str, str]] = [(example.text, "") for example in book.background]
    for code in book.codes:
        rows += [(text, code.id) for text in (code.name, code.definition, code.include) if text]
        rows += [(example.text, code.id) for example in code.examples]
        rows += [(miss.text, miss.code) for miss in code.near_misses]
    rows = list(dict.fromkeys(rows))
    labels = np.zeros((len(rows), len(number)), dtype=bool)
    for i, (_, code_id) in enumerate(rows):
        if code_id:
            labels[i, number[code_id]] = True
    return [text for text, _ in rows], labels


def _terms(text: str) -> list[str]:
    words = tokens(text)
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _vocabulary(texts: Sequence[str]) -> tuple[dict[str, int], Floats]:
    """Terms that at least two training texts hold, in sorted order, with their inverse frequency."""
    counts: dict[str, int] = {}
    for text in texts:
        for term in set(_terms(text)):
            counts[term] = counts.get(term, 0) + 1
    kept = sorted(term for term, count in counts.items() if count >= 2)
    idf = np.array([np.log((1 + len(texts)) / (1 + counts[term])) + 1 for term in kept])
    return {term: i for i, term in enumerate(kept)}, idf


def _features(
    texts: Sequence[str], vectors: NDArray[np.float32], vocabulary: dict[str, int], idf: Floats
) -> Floats:
    lexical = np.zeros((len(texts), len(vocabulary)))
    for i, text in enumerate(texts):
        for term in _terms(text):
            if (j := vocabulary.get(term)) is not None:
                lexical[i, j] += 1
    lexical = np.where(lexical > 0, 1 + np.log(np.maximum(lexical, 1)), 0) * idf
    norms = np.linalg.norm(lexical, axis=1, keepdims=True)
    lexical = np.divide(lexical, norms, out=np.zeros_like(lexical), where=norms > 0)
    return np.hstack([vectors.astype(np.float64), _LEXICAL * lexical])


def _fit(features: Floats, labels: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((features.shape[1], labels.shape[1]))
    bias = np.full(labels.shape[1], -10.0)  # a code without a single text is never given
    for j in range(labels.shape[1]):
        if not labels[:, j].any():
            continue
        if labels[:, j].all():
            continue  # nothing to tell it from, so it is never given: a codebook needs background texts
        model: Any = LogisticRegression(C=_C, class_weight="balanced", max_iter=2000, tol=1e-6)
        model.fit(features, labels[:, j])
        weights[:, j], bias[j] = model.coef_[0], model.intercept_[0]
    return weights, bias


def _calibrate(features: Floats, labels: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that turn held-out decision values of all codes into probabilities."""
    from sklearn.linear_model import LogisticRegression

    n = len(features)
    fold = np.arange(n) % _FOLDS  # neighbours in the list are of one code, so each fold holds all codes
    if n < 2 * _FOLDS or not labels.any() or labels.all():
        return 1.0, 0.0
    decisions = np.zeros(labels.shape)
    taught = np.zeros(labels.shape, dtype=bool)  # a code whose every text is held out has learnt nothing
    for k in range(_FOLDS):
        weights, bias = _fit(features[fold != k], labels[fold != k])
        decisions[fold == k] = features[fold == k] @ weights + bias
        taught[fold == k] = labels[fold != k].any(axis=0)
    if not labels[taught].any() or labels[taught].all():
        return 1.0, 0.0
    platt: Any = LogisticRegression(C=1e6).fit(decisions[taught].reshape(-1, 1), labels[taught])
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    return (slope, offset) if slope > 0 else (1.0, 0.0)
