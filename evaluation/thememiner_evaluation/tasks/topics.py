"""Topic quality: how often a theme's words meet in the texts (NPMI), and how seldom they repeat (diversity).

Only reported: automatic coherence follows people's judgement loosely (Hoyle et al. 2021). The texts of the
set are the reference for every method, and a method's topics are its first ten words each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thememiner import steps
from thememiner_evaluation import datasets, peers, product
from thememiner_evaluation.measuring import Bench, NotMeasured, Reading
from thememiner_evaluation.metrics import diversity, npmi

SETS = ("20newsgroups", "bbc")


def quality(bench: Bench) -> Iterator[Reading]:
    """NPMI and diversity on both sets; NMF and KeyNMF get the true number of classes."""
    for name in SETS:
        corpus = datasets.corpus(bench.data, name)
        rows = product.passages(corpus.texts, "incident")
        themes, _ = steps.discover(rows, bench.encoder, bench.settings())
        found = {"ours": [_words(theme.keywords) for theme in themes]}
        notes = []
        if bench.peers:
            vectors = bench.encoder.encode(corpus.texts)
            found["BERTopic"] = peers.bertopic(corpus.texts, vectors)[1]
            found["NMF"] = peers.nmf(corpus.texts, corpus.number)[1]
            try:
                found["KeyNMF"] = peers.keynmf(corpus.texts, vectors, corpus.number, bench.encoder)
            except NotMeasured as why:
                notes.append(f"KeyNMF: {why}")
        topics = tuple((f"{who}: topics", float(len(of))) for who, of in found.items())
        for metric, score in (("NPMI", lambda t: npmi(t, corpus.texts)), ("diversity", diversity)):  # noqa: B023
            values = {who: score([_words(topic) for topic in of]) for who, of in found.items()}
            own = values.pop("ours")
            yield Reading(f"{name}, {metric}", own, None, tuple(values.items()), topics, "; ".join(notes))


def _words(terms: Sequence[str]) -> list[str]:
    """The first ten words of a topic's terms, each once."""
    return list(dict.fromkeys(w for term in terms for w in term.lower().split() if w))[: peers.WORDS]
