"""Stability: the sample review's discovered themes, its passages shuffled and its documents drawn anew.

A theme counts as found again when any theme there has a Jaccard likeness over ½ to it. Those that the report
calls stable are told apart from all, down to the least stable that it shows.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from statistics import mean, pstdev

from thememiner import linking, pipeline, resources, scoping, steps
from thememiner.records import Passage
from thememiner.reports.wording import STABLE
from thememiner_evaluation import peers
from thememiner_evaluation.measuring import Bench, Named, Reading
from thememiner_evaluation.metrics import found_again

RUNS = 20
PEER_RUNS = 5  # BERTopic takes some ten seconds a run
_Themes = list[tuple[str, set[str], float]]  # name, passages, stability


def sample(bench: Bench) -> Iterator[Reading]:
    """Twenty orders of the same passages, and twenty bootstraps of the documents."""
    rows = passages(bench)
    settings = bench.settings()

    def discovered(rows: Sequence[Passage]) -> _Themes:
        themes, members = steps.discover(rows, bench.encoder, settings, "passage")
        homes: dict[str, set[str]] = {theme.id: set() for theme in themes}
        for m in members:
            homes[m.theme_id].add(m.passage_id)
        return [(theme.name, homes[theme.id], theme.stability or 0.0) for theme in themes]

    def bertopic(rows: Sequence[Passage]) -> _Themes:
        texts = [p.text for p in rows]
        labels, words = peers.bertopic(texts, bench.encoder.encode(texts), seed=0)
        return [
            (" ".join(name), {p.id for p, k in zip(rows, labels, strict=True) if k == topic}, 1.0)
            for topic, name in enumerate(words)
        ]

    first = discovered(rows)
    same = _orders(rows, first, discovered, RUNS)
    stable = [theme for theme in first if theme[2] >= STABLE]
    again, stable_again = _bootstraps(rows, (first, stable), discovered, RUNS)
    beside: tuple[Named, Named] = ((), ())
    if bench.peers:
        theirs = bertopic(rows)
        orders = _orders(rows, theirs, bertopic, PEER_RUNS)
        (drawn,) = _bootstraps(rows, (theirs,), bertopic, PEER_RUNS)
        beside = ((("BERTopic, seeded", mean(orders)),), (("BERTopic, seeded", mean(drawn)),))
    size = (
        ("passages", float(len(rows))),
        ("themes", float(len(first))),
        ("stable themes", float(len(stable))),
        ("runs", float(RUNS)),
    )
    yield Reading("input orders with identical themes", mean(same), peers=beside[0], detail=size)
    yield Reading(
        "stable themes found again in a bootstrap", mean(stable_again), pstdev(stable_again), beside[1], size
    )
    yield Reading("all themes found again in a bootstrap", mean(again), pstdev(again), beside[1], size)


def passages(bench: Bench) -> list[Passage]:
    """The sample review's passages, without those that repeat or are a form's words."""
    review = scoping.load_review(resources.folder("samples") / "review.toml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates that the samples leave out on purpose
        corpus = pipeline.prepare(review, bench.settings())
    out = {m.passage_id for m in linking.link(corpus.documents, corpus.passages)}
    return [p for p in corpus.passages if p.id not in out]


def _orders(
    passages: Sequence[Passage], first: _Themes, discover: Callable[[Sequence[Passage]], _Themes], runs: int
) -> list[bool]:
    """Of each order, whether it gives the very same themes, names and passages."""
    known = {(name, frozenset(theme)) for name, theme, _ in first}
    same = []
    for seed in range(runs):
        rows = list(passages)
        random.Random(seed).shuffle(rows)
        same.append({(name, frozenset(theme)) for name, theme, _ in discover(rows)} == known)
    return same


def _bootstraps(
    passages: Sequence[Passage],
    asked: Sequence[_Themes],
    discover: Callable[[Sequence[Passage]], _Themes],
    runs: int,
) -> list[list[float]]:
    """For each list of themes, of each bootstrap of the documents, the share that is found again."""
    documents = sorted({p.document_id for p in passages})
    shares: list[list[float]] = [[] for _ in asked]
    for seed in range(runs):
        drawn = set(random.Random(seed).choices(documents, k=len(documents)))
        rows = [p for p in passages if p.document_id in drawn]
        again, there = [theme for _, theme, _ in discover(rows)], {p.id for p in rows}
        for themes, share in zip(asked, shares, strict=True):
            told = found_again([theme for _, theme, _ in themes], again, there)
            share.append(mean(told) if told else 0.0)
    return shares
