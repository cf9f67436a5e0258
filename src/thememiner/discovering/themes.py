"""Which cut of the graph, and which of its communities are themes.

`cluster` gives every row a theme at the resolution that comes out alike from halves of the rows; `persistent`
keeps only the communities that stand out, at whatever resolution. Sources: Lange, Roth, Braun & Buhmann 2004
(stability-based validation); Vinh, Epps & Bailey 2010 (adjusted mutual information); the one-standard-error
rule is Breiman, Friedman, Olshen & Stone's (1984).
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
_MOST_OF_A_HALF = 10_000  # rows: a sample of more tells no more
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
    cuts = [_cut(rows, resolution, seed) for resolution in _RESOLUTIONS]
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
    stable: float = 0.6,
    cohesive: float = 0.3,
) -> Clustering:
    """Return the themes that stand out of `vectors` (as for `cluster`), whatever else is there.

    `cluster` gives every row a theme; among texts that a codebook left over most rows have none. Here
    each resolution puts up its communities, and those are kept, best first and none overlapping, whose
    members stay together in samples (`stable`), are near one another (`cohesive`, squared length of
    the mean vector), and come from at least `smallest` different `groups` (a document each).
    """
    n = len(vectors)
    if n < max(2 * smallest, 4):
        return _nothing(n)
    rows = _rows(vectors, groups, seed)
    candidates: list[tuple[float, float, tuple[int, ...]]] = []
    for resolution in _RESOLUTIONS:
        labels = cutting.kept(
            cutting.connected(rows.graph, cutting.louvain(rows.graph, resolution, seed)), smallest
        )
        parts = [(part, cutting.louvain(graph, resolution, seed)) for part, graph in rows.samples]
        for k, together in enumerate(cutting.together(labels, parts).tolist()):
            members = np.flatnonzero(labels == k)
            cohesion = float(np.square(vectors[members].mean(axis=0, dtype=np.float64)).sum())
            if (
                together >= stable
                and cohesion >= cohesive
                and len({groups[i] for i in members.tolist()}) >= smallest
            ):
                merit = round(together * cohesion, 6)
                candidates.append((merit, together, tuple(members.tolist())))
    labels = np.full(n, -1, dtype=np.int64)
    stability: list[float] = []
    for _, together, chosen in sorted(set(candidates), key=lambda c: (-c[0], c[2])):
        members = np.array(chosen)
        if (labels[members] < 0).all():
            labels[members] = len(stability)
            stability.append(together)
    return Clustering(
        labels=labels,
        strength=cutting.strength(rows.graph, labels),
        coarse=labels.copy(),
        stability=np.array(stability, dtype=np.float64),
    )


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


def _cut(rows: _Rows, resolution: float, seed: int) -> _Cut:
    from sklearn.metrics import adjusted_mutual_info_score

    labels = cutting.louvain(rows.graph, resolution, seed)
    parts = [(part, cutting.louvain(graph, resolution, seed)) for part, graph in rows.samples]
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
