"""Discovery: themes found without a codebook, against classes that people gave, and how long it takes.

Clusterings are scored by adjusted mutual information; every text counts, and what is unassigned is one
cluster. The true number of classes is told to no method but k-means and NMF. Peers get the same vectors.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from statistics import mean, median, pstdev
from typing import TYPE_CHECKING

import numpy as np

from thememiner_evaluation import datasets, peers, product
from thememiner_evaluation.measuring import WITHOUT_PEERS, Bench, Named, Reading
from thememiner_evaluation.metrics import ami
from thememiner_evaluation.splits import sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

SETS = ("banking77", "clinc150", "stackoverflow", "bbc", "20newsgroups", "agnews", "safecom")
SIZES = (250, 1_000, 5_000, 11_000)
_TIMES = 3  # a duration is the median of so many
_WARM = 400  # texts of the run that warms up


def public_sets(bench: Bench) -> Iterator[Reading]:
    """The seven sets: AMI, and the number of themes beside the true number."""
    ours: dict[str, float] = {}
    counts: dict[str, tuple[int, int]] = {}
    theirs: dict[str, dict[str, list[float]]] = {}
    corpora = {name: datasets.corpus(bench.data, name) for name in SETS}
    for name, corpus in corpora.items():
        found = product.themes(corpus.texts, bench)
        ours[name] = ami(found, corpus.classes)
        counts[name] = (_number(found), corpus.number)
        if bench.peers:
            vectors = bench.encoder.encode(corpus.texts)
            runs = [peers.bertopic(corpus.texts, vectors)[0] for _ in range(peers.RUNS)]
            _note(theirs, "BERTopic", name, [ami(labels, corpus.classes) for labels in runs])
            _note(theirs, "BERTopic, themes", name, [_number(labels) for labels in runs])
            _note(
                theirs, "k-means, true k", name, [ami(peers.kmeans(vectors, corpus.number), corpus.classes)]
            )
            _note(
                theirs, "NMF, true k", name, [ami(peers.nmf(corpus.texts, corpus.number)[0], corpus.classes)]
            )
    near = sum(true / 2 <= got <= 2 * true for got, true in counts.values())
    detail = [(f"{name}: {who}", mean(values)) for who, of in theirs.items() for name, values in of.items()]
    beside = tuple(
        (who, mean(mean(values) for values in of.values()))
        for who, of in theirs.items()
        if who != "BERTopic, themes"
    )
    yield Reading(
        "mean AMI", mean(ours.values()), None, beside, (*((f"{k}: AMI", v) for k, v in ours.items()), *detail)
    )
    if not bench.peers:
        yield Reading("mean AMI above BERTopic", None, note=WITHOUT_PEERS)
    else:
        gain = [ours[name] - mean(values) for name, values in theirs["BERTopic"].items()]
        spread = mean(pstdev(values) for values in theirs["BERTopic"].values())
        yield Reading("mean AMI above BERTopic", mean(gain), spread, note="spread: of BERTopic's three runs")
    yield Reading(
        "sets whose number of themes is within a factor 2 of the true one",
        near,
        peers=_near(theirs.get("BERTopic, themes", {}), counts),
        detail=tuple((f"{k}: themes (true {true})", got) for k, (got, true) in counts.items()),
    )


def sizes(bench: Bench) -> Iterator[Reading]:
    """The number of themes of four nested samples of 20 newsgroups, of which the true number is 20."""
    whole = datasets.corpus(bench.data, "20newsgroups", max(SIZES))
    ours: list[tuple[str, float]] = []
    theirs: list[tuple[str, float]] = []
    for size in SIZES:
        texts = [whole.texts[i] for i in sample(whole.texts, size)]
        ours.append((f"n = {size}", _number(product.themes(texts, bench))))
        if bench.peers:
            labels, _ = peers.bertopic(texts, bench.encoder.encode(texts))
            theirs.append((f"BERTopic, n = {size}", _number(labels)))
    for metric, pick in (("fewest themes", min), ("most themes", max)):
        beside = (("BERTopic", pick(v for _, v in theirs)),) if theirs else ()
        yield Reading(metric, pick(v for _, v in ours), peers=beside, detail=(*ours, *theirs))


def seconds(bench: Bench) -> Iterator[Reading]:
    """How long discovery takes once there are vectors: search, layers, stability and names; and one cut."""
    from thememiner import discovering, embedding, labelling
    from thememiner.discovering import cutting, neighbours

    corpus = datasets.corpus(bench.data, "20newsgroups")
    texts = sorted(set(corpus.texts), key=embedding.digest)
    vectors = bench.encoder.encode(texts)
    encode = embedding.encoder("minilm", bench.precision).encode  # phrases are part of what it takes
    rows = product.passages(texts, "incident")

    def whole(n: int) -> None:
        labelling.label(rows[:n], discovering.cluster(vectors[:n]), vectors[:n], encode)

    def cut(n: int) -> None:
        near = neighbours.nearest(vectors[:n], neighbours.usual(n))
        cutting.louvain(neighbours.graph(near, neighbours.usual(n)), 1.0, 0)

    def bertopic(n: int) -> None:
        peers.bertopic(texts[:n], vectors[:n])

    own, one = _timed(whole, len(texts)), _timed(cut, len(texts))
    yield Reading("seconds, search, layers, stability and names", own, detail=(("texts", len(texts)),))
    yield Reading("seconds, one cut", one)
    if not bench.peers:
        yield Reading("time, share of BERTopic's", None, note=WITHOUT_PEERS)
        yield Reading("time of one cut, share of BERTopic's", None, note=WITHOUT_PEERS)
        return
    theirs = _timed(bertopic, len(texts))
    yield Reading("time, share of BERTopic's", own / theirs, peers=(("BERTopic, seconds", theirs),))
    yield Reading("time of one cut, share of BERTopic's", one / theirs)


def reports(bench: Bench) -> Iterator[Reading]:
    """Coroners' reports with one official category: AMI at the method's own number of themes."""
    corpus = datasets.corpus(bench.data, "pfd")
    found = product.themes(corpus.texts, bench)
    beside: Named = ()
    if bench.peers:
        vectors = bench.encoder.encode(corpus.texts)
        runs = [ami(peers.bertopic(corpus.texts, vectors)[0], corpus.classes) for _ in range(peers.RUNS)]
        beside = (
            ("k-means, true k", ami(peers.kmeans(vectors, corpus.number), corpus.classes)),
            ("BERTopic", mean(runs)),
            ("NMF, true k", ami(peers.nmf(corpus.texts, corpus.number)[0], corpus.classes)),
        )
    size = (
        ("reports", len(corpus.texts)),
        ("categories", corpus.number),
        ("themes", _number(found)),
        ("unassigned", int((found < 0).sum())),
    )
    yield Reading("AMI", ami(found, corpus.classes), peers=beside, detail=size)


def _number(labels: NDArray[np.int64]) -> int:
    return len(set(labels[labels >= 0].tolist()))


def _note(table: dict[str, dict[str, list[float]]], who: str, name: str, values: Sequence[float]) -> None:
    table.setdefault(who, {})[name] = list(values)


def _near(found: dict[str, list[float]], counts: dict[str, tuple[int, int]]) -> Named:
    """In how many sets the mean number of themes of BERTopic's runs is within a factor two."""
    if not found:
        return ()
    near = sum(counts[name][1] / 2 <= mean(got) <= 2 * counts[name][1] for name, got in found.items())
    return (("BERTopic", near),)


def _timed(work: Callable[[int], None], size: int) -> float:
    """The median seconds of `work` over `size` rows, after a small run that loads what has to be loaded."""
    work(min(_WARM, size))
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        work(size)
        taken.append(time.perf_counter() - began)
    return median(taken)
