"""Segmenting: where sentences begin and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from thememiner import segmenting
from thememiner_evaluation import datasets, peers
from thememiner_evaluation.measuring import Bench, Reading
from thememiner_evaluation.metrics import span_f1

Cut = Callable[[str], Sequence[tuple[int, int]]]
Cases = Sequence[tuple[str, list[tuple[int, int]]]]


def sentences(bench: Bench) -> Iterator[Reading]:
    """Sentence spans of a treebank, and golden rules whose sentences stand in their text."""
    treebank, rules = datasets.spans(bench.data), datasets.rules(bench.data)
    cuts: list[tuple[str, Cut]] = [("ours", segmenting.sentences)]
    if bench.peers:
        cuts.append(("spaCy's sentencizer", peers.sentencizer))
    spans = [
        (who, span_f1([gold for _, gold in treebank], [cut(t) for t, _ in treebank])) for who, cut in cuts
    ]
    right = [(who, _right(rules, cut)) for who, cut in cuts]
    size = (("documents", float(len(treebank))), ("sentences", float(sum(len(g) for _, g in treebank))))
    yield Reading("span F1", spans[0][1], peers=tuple(spans[1:]), detail=size)
    yield Reading(
        "golden rules right", right[0][1], peers=tuple(right[1:]), detail=(("rules", float(len(rules))),)
    )


def _right(rules: Cases, cut: Cut) -> float:
    """The share of rules cut exactly as they say."""
    return sum(list(cut(text)) == gold for text, gold in rules) / len(rules)
