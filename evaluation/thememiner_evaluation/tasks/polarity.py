"""Polarity: whether a text is positive, negative or neither about its theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, pstdev
from typing import cast

import numpy as np

from thememiner import polarity
from thememiner.records import POLARITIES, Kind, Passage
from thememiner.tomls import load
from thememiner_evaluation import datasets, peers, product
from thememiner_evaluation.measuring import Bench, Named, NotMeasured, Reading
from thememiner_evaluation.splits import grouped

_HERE = Path(__file__)
SENTENCES = _HERE.parents[2] / "sets" / "polarity.toml"
# what the shipped weights learnt from beside the comments, and how (models/build/polarity.py)
_INVENTED = _HERE.parents[3] / "models" / "build" / "polarity_sentences.toml"
_STRENGTH = 3.0


def comments(bench: Bench) -> Iterator[Reading]:
    """Rated comments, three ways: positive, negative, and neutral or mixed; over the five splits."""
    texts, groups, truth = datasets.ratings(bench.data)
    splits = grouped(groups, texts)
    rows = product.passages(texts, "feedback")
    shipped = _three(product.polarities(rows, [""] * len(rows), bench))
    stated = [i for i, said in enumerate(shipped) if said != "neutral"]
    right = sum(shipped[i] == truth[i] for i in stated)
    size = (
        ("comments", float(len(texts))),
        ("stated, not neutral", float(len(stated))),
        ("right of those stated", right / len(stated) if stated else 0.0),
    )

    def spread(of: Callable[[int], Sequence[str]]) -> tuple[float, float]:
        """Mean and spread over the splits of the accuracy of what `of` says of each split's texts."""
        each = []
        for k, split in enumerate(splits):
            said = of(k)
            each.append(mean(s == truth[i] for s, i in zip(said, split.test.tolist(), strict=True)))
        return mean(each), pstdev(each)

    beside: Named = (("always positive", mean(t == "positive" for t in truth)),)
    if bench.peers:

        def tfidf(k: int) -> list[str]:
            train, test = splits[k].train.tolist(), splits[k].test.tolist()
            return peers.tfidf_classes(
                [texts[i] for i in train], [truth[i] for i in train], [texts[i] for i in test]
            )

        beside += (("TF-IDF, trained on the other folds", spread(tfidf)[0]),)
    value, deviation = spread(lambda k: [shipped[i] for i in splits[k].test.tolist()])
    yield Reading(
        "accuracy, shipped weights", value, deviation, beside, size, "these comments are in the weights"
    )
    if not _INVENTED.is_file():
        yield Reading("accuracy, without these comments", None, note="needs models/build of a checkout")
        return
    own = _three(_untaught(bench, texts))
    value, deviation = spread(lambda k: [own[i] for i in splits[k].test.tolist()])
    yield Reading("accuracy, without these comments", value, deviation, beside)


def sentences(bench: Bench, path: Path = SENTENCES) -> Iterator[Reading]:
    """Invented sentences in the register of reviews, four ways, by sort; and pairs that differ in a word."""
    if not path.is_file():
        raise NotMeasured(f"{path.parent.name}/{path.name} is not there")
    table = load(path)["sentence"]
    rows = product.passages([row["text"] for row in table], "feedback")
    rows = [_of_kind(row, entry["kind"]) for row, entry in zip(rows, table, strict=True)]
    said = product.polarities(rows, [entry.get("code", "") for entry in table], bench)
    right = [got == entry["polarity"] for got, entry in zip(said, table, strict=True)]
    sorts: dict[str, list[bool]] = {}
    pairs: dict[str, list[bool]] = {}
    for good, entry in zip(right, table, strict=True):
        sorts.setdefault(entry.get("sort", "plain"), []).append(good)
        if entry.get("pair"):
            pairs.setdefault(str(entry["pair"]), []).append(good)
    each = tuple((f"{sort} ({len(of)})", mean(of)) for sort, of in sorted(sorts.items()))
    yield Reading("accuracy", mean(right), detail=(("sentences", float(len(right))), *each))
    yield Reading("pairs with both right", mean(map(all, pairs.values())) if pairs else None)


def _untaught(bench: Bench, texts: Sequence[str]) -> list[str]:
    """What the judge says with weights trained as the shipped ones, on the invented sentences alone."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    table = load(_INVENTED)["sentence"]
    taught = [row["t"] for row in table]
    inputs = polarity.features(taught, [row["r"] for row in table], bench.encoder.encode(taught))
    rows = product.passages(texts, "feedback")
    asked = polarity.features(texts, ["feedback"] * len(texts), bench.encoder.encode(texts))
    with threadpool_limits(1):
        model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit(inputs, [row["p"] for row in table])
        shares = model.predict_proba(asked)[:, [list(model.classes_).index(p) for p in POLARITIES]]
    said = np.asarray(shares, dtype=np.float64)
    return [polarity.of_text(row, True, share) for row, share in zip(rows, said, strict=True)]


def _three(said: Sequence[str]) -> list[str]:
    """Mixed and neutral are one class in the comments' ratings."""
    return ["neutral" if tone == "mixed" else tone for tone in said]


def _of_kind(row: Passage, kind: str) -> Passage:
    return replace(row, kind=cast("Kind", kind))
