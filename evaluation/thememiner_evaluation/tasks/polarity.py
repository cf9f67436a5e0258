"""Polarity: whether a text is positive, negative or neither about its theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, pstdev
from typing import cast

import numpy as np

from thememiner.polarity import SURELY, modality, sureness
from thememiner.polarity.cues import shipped
from thememiner.records import Kind, Passage
from thememiner.tomls import load
from thememiner_evaluation import datasets, peers, product
from thememiner_evaluation.measuring import Bench, Named, NotMeasured, Reading
from thememiner_evaluation.splits import grouped

_SETS = Path(__file__).parents[2] / "sets"
SENTENCES = _SETS / "polarity.toml"
DENIED = _SETS / "polarity_denied.toml"
COMMITMENTS = _SETS / "commitments.toml"
# trained as the shipped weights are, without any of the comments (models/build/polarity.py)
UNTAUGHT = _SETS / "polarity_without_comments.safetensors"


def comments(bench: Bench) -> Iterator[Reading]:
    """Rated comments, three ways: positive, negative, and neutral or mixed.

    The shipped weights learnt from the comments of all splits but the first, so on that one they are scored.
    """
    rated = datasets.ratings(bench.data)
    truth = rated.grades
    splits = grouped(rated.groups, rated.texts)
    rows = [
        replace(row, heading=question)
        for row, question in zip(product.passages(rated.texts, "feedback"), rated.questions, strict=True)
    ]
    train, test = splits[0].train.tolist(), splits[0].test.tolist()

    def right(said: Sequence[str], of: Sequence[int]) -> float:
        return mean(got == truth[i] for got, i in zip(said, of, strict=True))

    beside: Named = (("always positive", mean(truth[i] == "positive" for i in test)),)
    if bench.peers:
        asked = [f"{q} {t}" for q, t in zip(rated.questions, rated.texts, strict=True)]
        for who, texts in (("TF-IDF", rated.texts), ("TF-IDF, question and answer", asked)):
            taught = peers.tfidf_classes(
                [texts[i] for i in train], [truth[i] for i in train], [texts[i] for i in test]
            )
            beside += ((f"{who}, trained on the same splits", right(taught, test)),)
    shipped = _three(product.polarities([rows[i] for i in test], [""] * len(test), bench))
    size: Named = (("comments", float(len(test))),)
    note = "the first split: the weights learnt from the comments of the others"
    yield Reading("accuracy, shipped weights", right(shipped, test), None, beside, size, note)
    if not UNTAUGHT.is_file():
        yield Reading("accuracy, without these comments", None, note=f"needs {UNTAUGHT.name} of a checkout")
        return
    own = _three(product.polarities(rows, [""] * len(rows), bench, UNTAUGHT))
    each = [right([own[i] for i in split.test.tolist()], split.test.tolist()) for split in splits]
    size = (("comments", float(len(truth))),)
    yield Reading("accuracy, without these comments", mean(each), pstdev(each), beside, size)


def sentences(bench: Bench, path: Path = SENTENCES) -> Iterator[Reading]:
    """Invented sentences in the register of reviews, four ways, by sort; and pairs that differ in a word."""
    if not path.is_file():
        raise NotMeasured(f"{path.parent.name}/{path.name} is not there")
    table = load(path)["sentence"]
    said = _said(table, bench)
    right = [got == entry["polarity"] for got, entry in zip(said, table, strict=True)]
    stated = [good for good, got in zip(right, said, strict=True) if got != "neutral"]
    sorts: dict[str, list[bool]] = {}
    pairs: dict[str, list[bool]] = {}
    for good, entry in zip(right, table, strict=True):
        sorts.setdefault(entry.get("sort", "plain"), []).append(good)
        if entry.get("pair"):
            pairs.setdefault(str(entry["pair"]), []).append(good)
    each = tuple((f"{sort} ({len(of)})", mean(of)) for sort, of in sorted(sorts.items()))
    yield Reading(
        "accuracy",
        mean(right),
        detail=(("sentences", float(len(right))), ("right of those stated", mean(stated)), *each),
    )
    yield Reading("pairs with both right", mean(map(all, pairs.values())) if pairs else None)
    if path == SENTENCES and DENIED.is_file():
        table = load(DENIED)["sentence"]
        right = [got == entry["polarity"] for got, entry in zip(_said(table, bench), table, strict=True)]
        size = (("sentences", float(len(right))),)
        yield Reading("told by what did not happen", mean(right), detail=size)
    if path == SENTENCES and COMMITMENTS.is_file():
        yield from _committing(load(COMMITMENTS), bench)


def _committing(table: Mapping[str, Sequence[str]], bench: Bench) -> Iterator[Reading]:
    """Of the sentences taken for a commitment, and of those surely so, how many are one."""
    texts = [text for sort in table for text in table[sort]]
    is_one = np.repeat([sort == "commitment" for sort in table], [len(of) for of in table.values()])
    taken = np.array([modality("policy", shipped().find(text), text) == "commitment" for text in texts])
    sure = taken & (np.array(sureness(bench.encoder.encode(texts), bench.encoder.encode)) >= SURELY)
    size = ("sentences", float(len(texts)))
    for name, told in (("taken", taken), ("surely so", sure)):
        found = ("of the commitments found", float(told[is_one].mean()))
        right = float(is_one[told].mean()) if told.any() else 0.0
        yield Reading(f"commitments: right of those {name}", right, detail=(found, size))


def _said(table: Sequence[Mapping[str, str]], bench: Bench) -> list[str]:
    """What the shipped weights say of each sentence towards its code."""
    rows = product.passages([entry["text"] for entry in table], "feedback")
    rows = [_of_kind(row, entry["kind"]) for row, entry in zip(rows, table, strict=True)]
    return list(product.polarities(rows, [entry.get("code", "") for entry in table], bench))


def _three(said: Sequence[str]) -> list[str]:
    """Mixed and neutral are one class in the comments' ratings."""
    return ["neutral" if tone == "mixed" else tone for tone in said]


def _of_kind(row: Passage, kind: str) -> Passage:
    return replace(row, kind=cast("Kind", kind))
