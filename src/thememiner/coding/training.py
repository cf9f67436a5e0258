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
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from thememiner.coding import calibrating, comparing, learning, lexical
from thememiner.coding.coder import Coder, Origin
from thememiner.coding.labelled import Labelled
from thememiner.coding.learning import Learnt
from thememiner.coding.ridge import Inputs
from thememiner.coding.tuned import Tuned
from thememiner.errors import InputError
from thememiner.records import Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

    Floats = NDArray[np.float64]

_RIDGE = 4.0  # added to the diagonal: how much the codes' texts are trusted less than their likeness
_UNLIKELY = -10.0  # a decision value that no slope makes likely: they lie between 0 and 1
Progress = Callable[[int, int], None]


def train(
    book: Codebook,
    encoder: Encoder,
    labelled: Labelled | None = None,
    progress: Progress | None = None,
    *,
    fine_tune: bool = False,
) -> Coder:
    """Return a coder trained on the codebook's own texts and on labelled ones; same input, same coder.

    With 50 labelled texts or more, each code that they tell of has a calibration, thresholds and figures
    of its own, from labelled texts held back. A code without a text, and one that has every text, is never
    given: nothing tells it. `progress` is told (steps done, steps in all).

    `fine_tune`, in minutes, tunes the built-in encoder too and keeps it (`tuned`) where texts held back are
    told better with it (`compared` says how the two did); same machine and threads, same coder. Raises
    `InputError` when there are not as many columns of labels as codes, and when `fine_tune` is given fewer
    than 300 labelled texts.
    """
    from threadpoolctl import threadpool_limits

    known = labelled if labelled is not None else Labelled((), np.zeros((0, len(book.codes)), dtype=bool))
    if known.labels.shape[1] != len(book.codes):
        raise InputError(
            f"labelled texts: {known.labels.shape[1]:,} columns of labels for the {len(book.codes):,} codes "
            f"of codebook {book.id!r}; give a column a code, in its order."
        )
    if fine_tune and len(known.texts) < comparing.ENOUGH:
        raise InputError(
            f"fine-tuning needs {comparing.ENOUGH} labelled texts or more, and {len(known.texts):,} were "
            "given: train without it, or label more."
        )
    own, own_labels = training_set(book)
    texts, labels = [*own, *known.texts], np.vstack([own_labels, known.labels])
    features, idf = learning.features(own, known.texts)
    inputs = Inputs(_vectors(texts, encoder), lexical.weighted(texts, features, idf))
    with threadpool_limits(1):  # one order of sums, whatever the machine's threads
        learnt = _from_book(inputs.rows(np.arange(len(own))), own_labels)
        told = np.array(known.told or [True] * len(book.codes)) & bool(known.texts)
        if told.any():
            task = learning.task(inputs, labels[:, told], texts, known)
            light = learning.learn(task, texts, progress or _silent)
    tuned, compared = None, None
    if told.any():
        if fine_tune:
            light, tuned, compared = comparing.tune(
                task, light, known.texts, encoder.precision, progress or _silent
            )
        learnt = learnt.taught(light, told)
    never = ~np.where(told, _tellable(labels), _tellable(own_labels))
    learnt = _never(learnt, never)
    return Coder(
        origin=_origin(book, encoder, len(known.texts)),
        code_ids=tuple(code.id for code in book.codes),
        features=features,
        idf=idf,
        weights=learnt.weights[:-1].astype(np.float32),
        bias=learnt.weights[-1],
        slope=learnt.slope,
        offset=learnt.offset,
        assigned=learnt.assigned,
        weak=learnt.weak,
        figures=learnt.figures,
        tuned=_spread(tuned, told, never) if tuned else None,
        compared=compared,
    )


def digest(book: Codebook) -> str:
    """SHA-256 of everything a codebook says, in hexadecimal."""
    whole = json.dumps(dataclasses.asdict(book), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _origin(book: Codebook, encoder: Encoder, labelled: int) -> Origin:
    return Origin(
        codebook=book.id,
        version=book.version,
        codebook_sha256=digest(book),
        encoder=encoder.name,
        encoder_sha256=encoder.digest,
        precision=encoder.precision,
        labelled=labelled,
    )


def _vectors(texts: Sequence[str], encoder: Encoder) -> Floats:
    """Equal texts are encoded once."""
    distinct = sorted(set(texts))
    row = {text: i for i, text in enumerate(distinct)}
    found: Floats = encoder.encode(distinct).astype(np.float64)[[row[text] for text in texts]]
    return found


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


def _from_book(inputs: Inputs, labels: NDArray[np.bool_]) -> Learnt:
    """What the codebook's own texts teach: one calibration for all codes, and no thresholds."""
    kernel = inputs.vectors @ inputs.vectors.T + (inputs.words @ inputs.words.T).toarray() + 1.0
    inverse = np.linalg.inv(kernel + _RIDGE * np.eye(len(kernel)))
    wanted = labels.astype(np.float64)
    dual = inverse @ wanted
    left_out = wanted - dual / np.diag(inverse)[:, None]
    told = _tellable(labels)
    slope, offset = calibrating.shared(left_out[:, told], labels[:, told])
    none = np.full(labels.shape[1], np.nan)
    each = np.ones(labels.shape[1])
    return Learnt(inputs.back(dual), slope * each, offset * each, none, none)


def _tellable(labels: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which codes have a text, and not every one."""
    return np.asarray(labels.any(axis=0) & ~labels.all(axis=0))


def _never(learnt: Learnt, codes: NDArray[np.bool_]) -> Learnt:
    """With these codes never given."""
    weights = np.where(codes, 0.0, learnt.weights)
    weights[-1, codes] = _UNLIKELY
    return dataclasses.replace(learnt, weights=weights)


def _spread(tuned: Tuned, told: NDArray[np.bool_], never: NDArray[np.bool_]) -> Tuned:
    """What is added for the codes `told`, as what is added for all: to the others, and those `never`, 0."""
    weights = np.zeros((len(tuned.weights), len(told)), dtype=np.float32)
    bias = np.zeros(len(told))
    weights[:, told], bias[told] = tuned.weights, tuned.bias
    return dataclasses.replace(
        tuned, weights=np.where(never, 0, weights).astype(np.float32), bias=np.where(never, 0.0, bias)
    )


def _silent(done: int, total: int) -> None:
    """Say nothing."""
