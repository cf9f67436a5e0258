"""Which cut of the graph, and which of its communities are themes.

`cluster` gives every row a theme at the resolution that comes out alike from halves of the rows; `persistent`
keeps only the communities that are found again when documents are drawn anew, at whatever resolution.
Sources: Lange, Roth, Braun & Buhmann 2004 (stability-based validation); Vinh, Epps & Bailey 2010 (adjusted
mutual information); Hennig 2007 (a cluster's own stability: its best Jaccard likeness in bootstraps); the
one-standard-error rule is Breiman, Friedman, Olshen & Stone's (1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.discovering import cutting, neighbours
from thememiner.records import Clustering

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.discovering.neighbours import Near

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

_RESOLUTIONS = (0.15, 0.2, 0.3, 0.45, 0.7, 1.0, 1.5, 2.2, 3.3, 5.0, 7.5, 11.0, 17.0)
_HALVES = 5
_TRIALS = 2  # of them, after which a cut whose score is so far behind the best is left:
_FAR = 0.04
_MOST_OF_A_HALF = 10_000  # rows: a sample of more tells no more
_BOOTSTRAPS = 10
_SHARE = 0.02  # of the documents, that a theme which stands out is in
_VOTERS = 30  # and no more than one in a hundred rows


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of a clustering as a graph, and samples of them as graphs of their own."""

    near: Near
    graph: Any
    samples: list[tuple[Labels, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """The communities at one resolution, in whole and of each sample, and how good a cut it is."""

    resolution: float
    labels: Labels
    partitions: list[tuple[Labels, Labels]]
    agreement: float
    score: float
    error: float


def cluster(vectors: Floats, *, groups: Sequence[str] = (), smallest: int = 8, seed: int = 0) -> Clustering:
    """Return the themes of `vectors` (float32, rows × dimensions, unit rows, one a distinct text).

    Rows must come in an order of their own (by the text's digest), so that input order cannot matter.
    A theme of fewer than `smallest` rows is not one: its rows are unassigned (-1). With fewer than
    `2 * smallest` rows nothing is clustered and all are unassigned. `groups` (a document each) are what is
    drawn when stability is measured on halves; without them it is rows.

    The resolution is the finest whose cut is as good as the best, within a standard error: good is the
    agreement (mean AMI) of the cut with cuts of halves of the rows, times its modularity. `coarse` is the
    best cut of at most half as many themes, each theme wholly inside one of its communities.
    """
    n = len(vectors)
    if n < max(2 * smallest, 4):
        return _nothing(n)
    rows = _rows(vectors, groups, seed)
    cuts = _race(rows, seed)
    cuts = [cut for cut in cuts if (np.bincount(cut.labels) >= smallest).sum() >= 2] or cuts[:1]
    best = max(cuts, key=lambda cut: cut.score)
    chosen = [cut for cut in cuts if cut.score >= best.score - best.error][-1]
    settled = cutting.settled(rows.near, chosen.labels, min(_VOTERS, n // 100))
    labels = cutting.kept(cutting.connected(rows.graph, settled), smallest)
    count = int(labels.max()) + 1
    wider = [cut for cut in cuts if int(cut.labels.max()) + 1 <= count / 2]
    coarse = _nested(labels, max(wider, key=lambda cut: cut.score).labels) if wider else labels.copy()
    return Clustering(
        labels=labels,
        strength=cutting.strength(rows.graph, labels),
        coarse=coarse,
        stability=cutting.together(labels, chosen.partitions),
        resolution=chosen.resolution,
        agreement=chosen.agreement,
    )


def persistent(
    vectors: Floats,
    groups: Sequence[str],
    *,
    smallest: int = 8,
    seed: int = 0,
    found: float = 0.6,
    cohesive: float = 0.3,
) -> Clustering:
    """Return the themes that stand out of `vectors` (as for `cluster`), whatever else is there.

    `cluster` gives every row a theme; of sentences, or of what a codebook left over, most rows have none.
    Here each resolution puts up its communities, and those are kept, best first and none overlapping, that
    are found again in bootstraps of the documents (`found`: their likeest community there, at any resolution,
    has this mean Jaccard likeness to them), whose rows are near one another (`cohesive`, squared length of
    the mean vector), and that come from at least `smallest` of `groups` (a document each) and one in fifty of
    them. A share, because a theme that just reaches a number is not there again in the next sample.
    """
    n = len(vectors)
    if n < max(2 * smallest, 4):
        return _nothing(n)
    number = np.unique(np.array(groups), return_inverse=True)[1]
    least = max(smallest, round(_SHARE * (int(number.max()) + 1)))
    graph, layers = _layers(vectors, _RESOLUTIONS, seed)
    candidates = _candidates(layers, number, least)
    cohesion = [float(np.square(vectors[c].mean(axis=0, dtype=np.float64)).sum()) for c in candidates]
    candidates = [c for c, near in zip(candidates, cohesion, strict=True) if near >= cohesive]
    cohesion = [near for near in cohesion if near >= cohesive]
    again = _again(vectors, number, candidates, seed)
    order = sorted(
        (-round(again[i] ** 2 * np.sqrt(cohesion[i]) * np.log(len(c)), 6), tuple(c.tolist()), i)
        for i, c in enumerate(candidates)
        if again[i] >= found
    )
    labels = np.full(n, -1, dtype=np.int64)
    stability: list[float] = []
    for _, _, i in order:
        if (labels[candidates[i]] < 0).all():
            labels[candidates[i]] = len(stability)
            stability.append(float(again[i]))
    return Clustering(
        labels=labels,
        strength=cutting.strength(graph, labels),
        coarse=labels.copy(),
        stability=np.array(stability, dtype=np.float64),
    )


def _layers(vectors: Floats, resolutions: Sequence[float], seed: int) -> tuple[Any, list[Labels]]:
    """The graph of the rows, and its communities at each resolution, each in one piece."""
    count = neighbours.usual(len(vectors))
    graph = neighbours.graph(neighbours.nearest(vectors, count), count)
    return graph, [cutting.connected(graph, cutting.louvain(graph, r, seed)) for r in resolutions]


def _candidates(layers: Sequence[Labels], number: Labels, least: int) -> list[Labels]:
    """The distinct communities of all layers that come from enough groups, as sorted rows."""
    found: dict[bytes, Labels] = {}
    for labels in layers:
        kept = cutting.kept(labels, least)
        for k in range(int(kept.max()) + 1):
            members = np.flatnonzero(kept == k)
            if len(np.unique(number[members])) >= least:
                found.setdefault(members.tobytes(), members)
    return list(found.values())


def _again(vectors: Floats, number: Labels, candidates: Sequence[Labels], seed: int) -> NDArray[np.float64]:
    """The mean Jaccard likeness of each candidate to its likeest community in bootstraps of the groups."""
    if not candidates:
        return np.zeros(0)
    rng = np.random.default_rng(seed)
    among = int(number.max()) + 1
    most = max(_MOST_OF_A_HALF * among // len(number), 2)
    found = []
    for _ in range(_BOOTSTRAPS):
        drawn = np.unique(rng.choice(among, among))
        part = np.flatnonzero(np.isin(number, rng.permutation(drawn)[:most]))
        _, layers = _layers(vectors[part], _RESOLUTIONS, seed)
        place = np.full(len(vectors), -1)
        place[part] = np.arange(len(part))
        found.append([cutting.likeest(place[c][place[c] >= 0], layers) for c in candidates])
    return np.asarray(np.round(np.mean(found, axis=0), 6), dtype=np.float64)


def _rows(vectors: Floats, groups: Sequence[str], seed: int) -> _Rows:
    n = len(vectors)
    count = neighbours.usual(n)
    near = neighbours.nearest(vectors, max(4 * count, _VOTERS))  # enough that half of them are enough
    samples = []
    for part in _halves(n, groups, seed):
        inner = (
            near.among(part) if len(part) >= 0.45 * n else neighbours.nearest(vectors[part], neighbours.MOST)
        )
        samples.append((part, neighbours.graph(inner, min(count, max(1, len(part) - 1)))))
    return _Rows(near, neighbours.graph(near, count), samples)


def _halves(n: int, groups: Sequence[str], seed: int) -> list[Labels]:
    """The rows of a random half of the groups, or of the rows, several times; each sorted."""
    rng = np.random.default_rng(seed)
    number = np.unique(np.array(groups), return_inverse=True)[1] if len(groups) else np.arange(n)
    among = int(number.max()) + 1
    size = min(among // 2, _MOST_OF_A_HALF * among // n)
    return [np.flatnonzero(np.isin(number, rng.permutation(among)[: max(size, 1)])) for _ in range(_HALVES)]


def _race(rows: _Rows, seed: int) -> list[_Cut]:
    """The cut at each resolution; one that is far behind after two halves is judged by those."""
    whole = [(r, cutting.louvain(rows.graph, r, seed)) for r in _RESOLUTIONS]
    first = [_cut(rows, r, labels, seed, rows.samples[:_TRIALS]) for r, labels in whole]
    best = max(cut.score for cut in first)
    return [
        cut
        if cut.score < best - _FAR
        else _cut(rows, r, labels, seed, rows.samples[_TRIALS:], cut.partitions)
        for (r, labels), cut in zip(whole, first, strict=True)
    ]


def _cut(
    rows: _Rows,
    resolution: float,
    labels: Labels,
    seed: int,
    samples: Sequence[tuple[Labels, Any]],
    known: Sequence[tuple[Labels, Labels]] = (),
) -> _Cut:
    from sklearn.metrics import adjusted_mutual_info_score

    parts = [*known, *((part, cutting.louvain(graph, resolution, seed)) for part, graph in samples)]
    alike = [  # one community and one community agree on nothing
        adjusted_mutual_info_score(labels[part], found) if np.ptp(labels[part]) else 0.0
        for part, found in parts
    ]
    agreement = round(float(np.mean(alike)), 6)
    modularity = cutting.modularity(rows.graph, labels)
    error = float(np.std(alike, ddof=1)) / np.sqrt(len(alike))
    return _Cut(
        resolution,
        labels,
        parts,
        agreement,
        score=round(agreement * modularity, 6),
        error=round(error * modularity, 6),
    )


def _nested(labels: Labels, wide: Labels) -> Labels:
    """The wide community that holds most of each theme, for each row; -1 where there is no theme."""
    found = np.full(len(labels), -1, dtype=np.int64)
    for theme in range(int(labels.max()) + 1):
        members = labels == theme
        found[members] = np.bincount(wide[members]).argmax()
    named = np.unique(found[found >= 0], return_inverse=True)[1]
    found[found >= 0] = named
    return found


def _nothing(n: int) -> Clustering:
    return Clustering(
        labels=np.full(n, -1, dtype=np.int64),
        strength=np.zeros(n),
        coarse=np.full(n, -1, dtype=np.int64),
        stability=np.zeros(0),
    )
