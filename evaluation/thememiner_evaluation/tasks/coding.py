"""Coding: the codes of a codebook given to texts, without any labelled text, and with some.

Without labels a text's score is its best passage's, and the threshold is the product's setting. With labels
the five fixed splits of `splits` are used, and codes with ten texts or more to learn from and ten to score
(two, of hazards: their set is small).
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import mean, pstdev
from typing import TYPE_CHECKING

import numpy as np

from thememiner import segmenting
from thememiner.coding import Coder
from thememiner.records import Codebook, Kind
from thememiner_evaluation import datasets, peers, product
from thememiner_evaluation.datasets import Labelled
from thememiner_evaluation.measuring import WITHOUT_PEERS, Bench, Named, NotMeasured, Reading
from thememiner_evaluation.metrics import best_f1, calibration_error, f1, mean_average_precision
from thememiner_evaluation.splits import Split, grouped, sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]

FEEDBACK_BOOK, REPORTS_BOOK = "patient-experience", "pfd-concerns"
FLAGS = "ons_child_suicide_v_final"
_FEWEST = 10  # positive texts of a code that is scored, on each side
_FEWEST_HAZARDS = 2  # on the scored side
_FEWEST_REPORTS = 5
_BATCH = 200  # labels asked for at a time


def comments_unlabelled(bench: Bench) -> Iterator[Reading]:
    """Patients' comments, a codebook, no label."""
    yield from _unlabelled(bench, datasets.comments(bench.data), FEEDBACK_BOOK, "feedback", _FEWEST)


def reports_unlabelled(bench: Bench) -> Iterator[Reading]:
    """Coroners' reports, a codebook, no label."""
    reports = datasets.flagged(bench.data, FLAGS)
    yield from _unlabelled(bench, reports, REPORTS_BOOK, "incident", _FEWEST_REPORTS)


def _unlabelled(bench: Bench, data: Labelled, name: str, kind: Kind, fewest: int) -> Iterator[Reading]:
    book = product.book(name)
    coded = data.of_codes(book)
    codes = np.flatnonzero(coded.gold.sum(axis=0) >= fewest)
    if not len(codes):
        raise NotMeasured(f"no code of {name} names a column of the data that {fewest} texts have")
    gold = coded.gold[:, codes]
    scores, assigned = product.code_scores(data.texts, name, bench, kind)
    scores, assigned = scores[:, codes], assigned[:, codes]
    scored = [book.codes[j] for j in codes.tolist()]
    rank: Named = (("base rate", float(gold.mean())),)
    fit: Named = ()
    if bench.peers:
        for who, words in (
            ("cosine to the name", [code.name for code in scored]),
            ("cosine to the definition", [code.definition or code.name for code in scored]),
        ):
            cosine = _cosine(data.texts, words, bench, kind)
            rank += ((who, mean_average_precision(gold, cosine)),)
            fit += ((f"{who}, best threshold in hindsight", best_f1(gold, cosine)[0]),)
        names = [code.name for code in scored]
        vectors = bench.encoder.encode(data.texts)
        zero = peers.bertopic_zeroshot(data.texts, vectors, names, bench.encoder)
        fit += (("BERTopic zero-shot", f1(gold, zero)[1]),)
    each = [(code.id, mean_average_precision(gold[:, [j]], scores[:, [j]])) for j, code in enumerate(scored)]
    size = (("texts", float(len(gold))), ("codes", float(len(codes))))
    yield Reading("MAP", mean_average_precision(gold, scores), peers=rank, detail=(*size, *each))
    yield Reading("macro F1", f1(gold, assigned)[1], peers=fit, detail=(("micro F1", f1(gold, assigned)[0]),))
    yield Reading("calibration error", calibration_error(gold[assigned], scores[assigned]))


def _cosine(texts: Sequence[str], words: Sequence[str], bench: Bench, kind: Kind) -> Floats:
    """The greatest cosine of a text's passages to each code's words."""
    rows = segmenting.segment(product.documents(texts, kind))
    near = product.embed(rows, bench).vectors @ bench.encoder.encode(words).T
    best = np.full((len(texts), len(words)), -1.0)
    np.maximum.at(best, [int(p.document_id) for p in rows], near)
    return best


def comments_labelled(bench: Bench) -> Iterator[Reading]:
    """Patients' comments, trained on a codebook and labels: F1, training time and calibration."""
    book = product.book(FEEDBACK_BOOK)
    data = datasets.comments(bench.data).of_codes(book)
    yield from _labelled(bench, data, book, "feedback", calibrated=True, fine_tune=True)


def incidents_labelled(bench: Bench) -> Iterator[Reading]:
    """Incidents of two other safety fields, trained on labels that have a name and nothing else."""
    for data, prefix, fewest in (
        (datasets.hazards(bench.data), "hazards, ", _FEWEST_HAZARDS),
        (datasets.factors(bench.data), "factors, ", _FEWEST),
    ):
        book = product.names_alone(data.labels)
        yield from _labelled(bench, data, book, "incident", prefix, fewest=fewest)


def _labelled(
    bench: Bench,
    data: Labelled,
    book: Codebook,
    kind: Kind,
    prefix: str = "",
    *,
    fewest: int = _FEWEST,
    calibrated: bool = False,
    fine_tune: bool = False,
) -> Iterator[Reading]:
    """Ours and the peers' F1 over the five splits; the labels of `data` are the codes of the book."""
    splits = grouped(data.groups, data.texts)
    kept = [_codes(data, split, fewest) for split in splits]
    taken: list[float] = []
    errors: list[float] = []

    def ours(split: Split, codes: Rows) -> Flags:
        began = time.perf_counter()
        unseen = _rows(data.texts, split.test)
        scores, assigned = product.trained_scores(
            data.rows(split.train), book, unseen, bench, kind, fine_tune=fine_tune
        )
        taken.append(time.perf_counter() - began)
        found, said = assigned[:, codes], scores[:, codes]
        errors.append(calibration_error(data.gold[np.ix_(split.test, codes)][found], said[found]))
        return found

    def peer(method: Callable[[Sequence[str], Flags, Sequence[str]], Flags]) -> list[tuple[float, float]]:
        return _scored(
            data,
            splits,
            kept,
            lambda split, codes: method(
                _rows(data.texts, split.train),
                data.gold[np.ix_(split.train, codes)],
                _rows(data.texts, split.test),
            ),
        )

    reason, own = "", list[tuple[float, float]]()
    try:
        own = _scored(data, splits, kept, ours)
    except NotMeasured as why:
        reason = str(why)
    theirs: dict[str, list[tuple[float, float]]] = {}
    if bench.peers:
        theirs["TF-IDF + SVM, the national project's"] = peer(peers.national_svm)
        theirs["TF-IDF + linear SVM"] = peer(peers.linear_svm)
    size = (("texts", float(len(data.texts))), ("codes, mean", mean(map(len, kept))))
    for i, name in enumerate(("micro F1", "macro F1")):
        beside = tuple((who, mean(pair[i] for pair in pairs)) for who, pairs in theirs.items())
        spreads = tuple(
            (f"{who}: spread", pstdev(pair[i] for pair in pairs)) for who, pairs in theirs.items()
        )
        values = [pair[i] for pair in own]
        value, spread = (mean(values), pstdev(values)) if values else (None, None)
        yield Reading(prefix + name, value, spread, beside, (*size, *spreads), reason)
        yield _above(prefix + name, value, beside, reason)
    if calibrated:
        yield Reading("minutes of training a split", mean(taken) / 60 if own else None, note=reason)
        yield Reading("calibration error", mean(errors) if own else None, note=reason)


def _above(metric: str, value: float | None, beside: Named, reason: str) -> Reading:
    """How far ours stands above the best of the peers."""
    if value is None or not beside:
        return Reading(f"{metric} above the best peer", None, note=reason or WITHOUT_PEERS)
    return Reading(f"{metric} above the best peer", value - max(v for _, v in beside))


def labels_saved(bench: Bench) -> Iterator[Reading]:
    """The labels chosen by the coder until the macro F1 of all labels is reached, as a share of random ones.

    On the first split, from the first two hundred by hash, two hundred more at a time.
    """
    book = product.book(FEEDBACK_BOOK)
    data = datasets.comments(bench.data).of_codes(book)
    split = grouped(data.groups, data.texts)[0]

    codes = _codes(data, split, _FEWEST)
    unseen = _rows(data.texts, split.test)

    @functools.lru_cache(maxsize=1)
    def coder(known: tuple[int, ...]) -> Coder:
        return product.trained(data.rows(known), book, bench)

    def reached(known: list[int]) -> float:
        """The macro F1 of a coder trained on the known rows."""
        _, found = product.said(coder(tuple(known)), book, unseen, bench, "feedback")
        return f1(data.gold[np.ix_(split.test, codes)], found[:, codes])[1]

    def by_coder(known: list[int], pool: list[int]) -> list[int]:
        texts = [data.texts[i] for i in pool]
        return [pool[i] for i in product.chosen(coder(tuple(known)), texts, _BATCH, bench)]

    train = split.train.tolist()
    order = [train[i] for i in sample([data.texts[i] for i in train], len(train))]
    try:
        wanted = reached(train)
        chosen = _needed(order, wanted, reached, by_coder)
        drawn = _needed(order, wanted, reached, lambda _, pool: pool[:_BATCH])
    except NotMeasured as why:
        yield Reading("labels needed, share of those chosen at random", None, note=str(why))
        return
    detail = (("macro F1 of all labels", wanted), ("labels, chosen", chosen), ("labels, random", drawn))
    yield Reading("labels needed, share of those chosen at random", chosen / drawn, detail=detail)


def _needed(
    order: list[int],
    wanted: float,
    reached: Callable[[list[int]], float],
    choose: Callable[[list[int], list[int]], list[int]],
) -> int:
    """How many labels it takes to reach a macro F1, a batch at a time out of what is left of `order`."""
    known = order[:_BATCH]
    while len(known) < len(order) and reached(known) < wanted:
        held = set(known)
        known = known + choose(known, [i for i in order if i not in held])
    return len(known)


def _codes(data: Labelled, split: Split, fewest: int) -> Rows:
    """The codes with enough texts to learn from, and `fewest` to score."""
    enough = (data.gold[split.train].sum(axis=0) >= _FEWEST) & (data.gold[split.test].sum(axis=0) >= fewest)
    return np.flatnonzero(enough).astype(np.int64)


def _scored(
    data: Labelled,
    splits: Sequence[Split],
    kept: Sequence[Rows],
    method: Callable[[Split, Rows], Flags],
) -> list[tuple[float, float]]:
    """Micro and macro F1 of each split."""
    return [
        f1(data.gold[np.ix_(split.test, codes)], method(split, codes))
        for split, codes in zip(splits, kept, strict=True)
    ]


def _rows(texts: Sequence[str], rows: Rows) -> list[str]:
    return [texts[i] for i in rows.tolist()]
