"""A codebook → a trained coder.

Each code is told from all others by kernel ridge regression on 0 and 1 ("regularised least squares
classification", Rifkin, Yeo & Poggio 2003). One system of equations serves every code, so it takes a
second where a logistic regression a code takes a minute, and it ranks better (evaluation/README.md). What
each text would have got had it been left out follows in closed form (the same source), and on that the
probabilities are calibrated (Platt 1999).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.coding import lexical
from thememiner.coding.coder import Coder, Origin
from thememiner.records import Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

    Floats = NDArray[np.float64]

_RIDGE = 4.0  # added to the diagonal: how much the codes' texts are trusted less than their likeness
_NEVER = -10.0  # a decision value that no slope makes likely: they lie between 0 and 1
_FEWEST = 8  # texts from which a calibration can be learnt


def train(book: Codebook, encoder: Encoder) -> Coder:
    """Return a coder trained on the codebook's own texts; the same codebook gives the same coder.

    A code without a text of its own, and one that has every text, is never given: nothing tells it.
    """
    from threadpoolctl import threadpool_limits

    texts, labels = training_set(book)
    vectors = encoder.encode(texts).astype(np.float64)
    known, idf = lexical.vocabulary(texts)
    words = lexical.weighted(texts, {term: i for i, term in enumerate(known)}, idf)
    with threadpool_limits(1):
        kernel = vectors @ vectors.T + (words @ words.T).toarray() + 1.0
        dual, left_out = _fit(kernel, labels)
        weights = np.vstack([vectors.T @ dual, words.T @ dual])
    told = labels.any(axis=0) & ~labels.all(axis=0)
    slope, offset = _calibrate(left_out[:, told], labels[:, told])
    return Coder(
        origin=_origin(book, encoder),
        code_ids=tuple(code.id for code in book.codes),
        terms=known,
        idf=idf,
        weights=np.where(told, weights, 0.0),
        bias=np.where(told, dual.sum(axis=0), _NEVER),
        slope=np.full(len(book.codes), slope),
        offset=np.full(len(book.codes), offset),
    )


def digest(book: Codebook) -> str:
    """SHA-256 of everything a codebook says, in hexadecimal."""
    whole = json.dumps(dataclasses.asdict(book), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _origin(book: Codebook, encoder: Encoder, labelled: int = 0) -> Origin:
    return Origin(
        codebook=book.id,
        version=book.version,
        codebook_sha256=digest(book),
        encoder=encoder.name,
        encoder_sha256=encoder.digest,
        precision=encoder.precision,
        labelled=labelled,
    )


def training_set(book: Codebook) -> tuple[list[str], NDArray[np.bool_]]:
    """The codebook's texts and which codes each is of: bool, texts × codes."""
    number = {code.id: i for i, code in enumerate(book.codes)}
    rows: list[tuple[str, str]] = [(example.text, "") for example in book.background]
    for code in book.codes:
        rows += [(text, code.id) for text in (code.name, code.definition, code.include) if text]
        rows += [(example.text, code.id) for example in code.examples]
        rows += [(miss.text, miss.code) for miss in code.near_misses]
    of: dict[str, set[str]] = {}
    for text, code_id in rows:
        of.setdefault(text, set()).add(code_id)
    labels = np.zeros((len(of), len(number)), dtype=bool)
    for i, codes in enumerate(of.values()):
        for code_id in codes - {""}:
            labels[i, number[code_id]] = True
    return list(of), labels


def _fit(kernel: Floats, labels: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Dual weights, and the decision values of each text with itself left out; both texts × codes."""
    inverse = np.linalg.inv(kernel + _RIDGE * np.eye(len(kernel)))
    wanted = labels.astype(np.float64)
    dual: Floats = inverse @ wanted
    return dual, wanted - dual / np.diag(inverse)[:, None]


def _calibrate(decisions: Floats, labels: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that turn left-out decision values of all codes into probabilities."""
    from sklearn.linear_model import LogisticRegression

    if len(decisions) < _FEWEST or not labels.any() or labels.all():
        return 1.0, 0.0
    platt: Any = LogisticRegression(C=1e6).fit(decisions.reshape(-1, 1), labels.ravel())
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    return (slope, offset) if slope > 0 else (1.0, 0.0)
