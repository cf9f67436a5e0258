"""Themes nobody asked for: clusters of passages, from a shared-nearest-neighbour graph cut by Louvain.

A fitted stage on plain arrays. The resolution is the one whose partitions agree best with those of
subsamples, so the number of themes has a reason. All decisions rest on vectors rounded to integers
small enough for float32 to add exactly, so that neither threads nor the order of sums can change one.

Sources: Jarvis & Patrick 1973 (shared nearest neighbours); Blondel et al. 2008 (Louvain); Vinh, Epps
& Bailey 2010 (adjusted mutual information).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.records import Clustering

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

NEIGHBOURS = 15
_SCALE = 2048  # 2048² < 2²⁴: any partial sum of two rounded unit vectors is exact in float32
_RESOLUTIONS = (0.5, 0.8, 1.2, 1.8, 2.7, 4.0, 6.0, 9.0, 13.0, 19.0)
_SUBSAMPLES = 5
_SHARE = 0.8
_BLOCK = 2048  # rows of similarities held at a time


def cluster(vectors: Floats, *, smallest: int = 8, seed: int = 0, neighbours: int = NEIGHBOURS) -> Clustering:
    """Return the themes of `vectors` (float32, rows × dimensions, unit rows, one a distinct text).

    Rows must come in an order of their own (by the text's digest), so that input order cannot matter.
    A theme of fewer than `smallest` rows is not one: its rows are unassigned (-1). With fewer than
    `2 * smallest` rows nothing is clustered and all are unassigned.
    """
    n = len(vectors)
    if n < max(2 * smallest, 4):
        return _nothing(n)
    graph = neighbour_graph(vectors, min(neighbours, max(2, n // 4)))
    resolution, agreement, partitions = _most_stable(graph, smallest, seed)
    labels = _keep(_parts(graph, louvain(graph, resolution, seed)), smallest)
    coarse = louvain(graph, min(_RESOLUTIONS[0], resolution), seed)
    return Clustering(
        labels=labels,
        strength=_strength(graph, labels),
        coarse=np.where(labels < 0, -1, coarse),
        stability=_stability(labels, partitions),
        resolution=resolution,
        agreement=agreement,
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
    members stay together in subsamples (`stable`), are near one another (`cohesive`, squared length of
    the mean vector), and come from at least `smallest` different `groups` (a document each).
    """
    n = len(vectors)
    if n < max(2 * smallest, 4):
        return _nothing(n)
    graph = neighbour_graph(vectors, min(NEIGHBOURS, max(2, n // 4)))
    samples = _subsamples(graph, seed)
    candidates: list[tuple[float, float, tuple[int, ...]]] = []
    for resolution in _RESOLUTIONS:
        labels = _keep(_parts(graph, louvain(graph, resolution, seed)), smallest)
        stability = _stability(labels, [(rows, louvain(part, resolution, seed)) for rows, part in samples])
        for k, together in enumerate(stability.tolist()):
            rows = np.flatnonzero(labels == k)
            cohesion = float(np.square(vectors[rows].mean(axis=0, dtype=np.float64)).sum())
            if (
                together >= stable
                and cohesion >= cohesive
                and len({groups[i] for i in rows.tolist()}) >= smallest
            ):
                merit = round(together * cohesion, 6)
                candidates.append((merit, together, tuple(rows.tolist())))
    labels = np.full(n, -1, dtype=np.int64)
    kept: list[float] = []
    for _, together, members in sorted(set(candidates), key=lambda c: (-c[0], c[2])):
        rows = np.array(members)
        if (labels[rows] < 0).all():
            labels[rows] = len(kept)
            kept.append(together)
    return Clustering(
        labels=labels,
        strength=_strength(graph, labels),
        coarse=labels.copy(),
        stability=np.array(kept, dtype=np.float64),
    )


def neighbour_graph(vectors: Floats, neighbours: int) -> Any:
    """Return a symmetric sparse matrix, float64: the Jaccard share of neighbours of each near pair."""
    from scipy import sparse

    n = len(vectors)
    near = _nearest(vectors, neighbours)
    rows = np.repeat(np.arange(n), near.shape[1])
    member = sparse.csr_matrix((np.ones(near.size, dtype=np.float64), (rows, near.ravel())), shape=(n, n))
    member = (member + sparse.identity(n, format="csr")).tocsr()  # a row counts among its own neighbours
    edges = member.minimum(1).maximum(member.T.minimum(1)).tocoo()
    keep = edges.row < edges.col
    left, right = edges.row[keep], edges.col[keep]
    shared = _shared(member, left, right)
    size = np.asarray(member.sum(axis=1)).ravel()
    weight = shared / (size[left] + size[right] - shared)
    half = sparse.coo_matrix((weight, (left, right)), shape=(n, n))
    return (half + half.T).tocsr()


def louvain(graph: Any, resolution: float, seed: int) -> Labels:
    """Return Louvain's community of each row, int64; the same for the same graph, in any process."""
    from sknetwork.clustering import Louvain

    if graph.nnz == 0:
        return np.arange(graph.shape[0], dtype=np.int64)
    found = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=False).fit_predict(graph)
    return np.asarray(found, dtype=np.int64)


def _nearest(vectors: Floats, neighbours: int) -> Labels:
    """The nearest other rows of each row, by cosine on exact sums; ties go to the lower row."""
    whole = np.rint(vectors * _SCALE).astype(np.float32)
    n = len(whole)
    near = np.empty((n, min(neighbours, n - 1)), dtype=np.int64)
    for start in range(0, n, _BLOCK):
        block = whole[start : start + _BLOCK]
        # similarity in the high digits, lower row in the low ones: one number orders both
        order = (block @ whole.T).astype(np.int64) * n + (n - 1 - np.arange(n))
        order[np.arange(len(block)), start + np.arange(len(block))] = np.iinfo(np.int64).min
        top = np.argpartition(order, -near.shape[1], axis=1)[:, -near.shape[1] :]
        near[start : start + len(block)] = np.sort(top, axis=1)
    return near


def _shared(member: Any, left: Labels, right: Labels) -> NDArray[np.float64]:
    shared = np.empty(len(left), dtype=np.float64)
    for start in range(0, len(left), 200_000):
        part = slice(start, start + 200_000)
        shared[part] = np.asarray(member[left[part]].multiply(member[right[part]]).sum(axis=1)).ravel()
    return shared


def _most_stable(graph: Any, smallest: int, seed: int) -> tuple[float, float, list[tuple[Labels, Labels]]]:
    """The resolution whose full partition agrees best, by mean AMI, with those of subsamples.

    Returns it, that agreement, and the subsample partitions at it as (rows, labels).
    """
    from sklearn.metrics import adjusted_mutual_info_score

    samples = _subsamples(graph, seed)
    best: tuple[float, float, list[tuple[Labels, Labels]]] = (1.0, -1.0, [])
    for resolution in _RESOLUTIONS:
        full = louvain(graph, resolution, seed)
        sizes = np.bincount(full)
        if (sizes >= smallest).sum() < 2 and best[1] >= 0:
            continue
        parts = [(rows, louvain(part, resolution, seed)) for rows, part in samples]
        agreement = float(np.mean([adjusted_mutual_info_score(full[rows], found) for rows, found in parts]))
        if round(agreement, 6) > round(best[1], 6):
            best = (resolution, agreement, parts)
    return best


def _subsamples(graph: Any, seed: int) -> list[tuple[Labels, Any]]:
    """Subsamples of the rows, each with the graph among them."""
    n = graph.shape[0]
    rng = np.random.default_rng(seed)
    rows = [np.sort(rng.permutation(n)[: int(n * _SHARE)]) for _ in range(_SUBSAMPLES)]
    return [(part, graph[part][:, part].tocsr()) for part in rows]


def _parts(graph: Any, labels: Labels) -> Labels:
    """Split each community into its connected parts: Louvain may leave one in two pieces."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    edges = graph.tocoo()
    same = labels[edges.row] == labels[edges.col]
    inside = coo_matrix((edges.data[same], (edges.row[same], edges.col[same])), shape=graph.shape)
    return np.asarray(connected_components(inside, directed=False)[1], dtype=np.int64)


def _keep(labels: Labels, smallest: int) -> Labels:
    """Themes of `smallest` rows or more, numbered by size then by first row; the rest -1."""
    sizes = np.bincount(labels)
    first = np.full(len(sizes), len(labels))
    np.minimum.at(first, labels, np.arange(len(labels)))
    kept = [k for k in np.lexsort((first, -sizes)) if sizes[k] >= smallest]
    number = np.full(len(sizes), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return number[labels]


def _strength(graph: Any, labels: Labels) -> NDArray[np.float64]:
    """The share of each row's neighbour weight that lies inside its theme; 0 where unassigned."""
    edges = graph.tocoo()
    inside = (labels[edges.row] == labels[edges.col]) & (labels[edges.row] >= 0)
    total = np.bincount(edges.row, weights=edges.data, minlength=len(labels))
    within = np.bincount(edges.row[inside], weights=edges.data[inside], minlength=len(labels))
    return np.divide(within, total, out=np.zeros(len(labels)), where=total > 0)


def _stability(labels: Labels, partitions: list[tuple[Labels, Labels]]) -> NDArray[np.float64]:
    """For each theme, how often two of its members stay together in a subsample's partition, 0 to 1."""
    count = int(labels.max()) + 1 if len(labels) else 0
    together = np.zeros(count)
    pairs = np.zeros(count)
    for rows, found in partitions:
        for theme in range(count):
            sizes = np.bincount(found[labels[rows] == theme])
            size = sizes.sum()
            together[theme] += float((sizes * (sizes - 1)).sum())
            pairs[theme] += float(size * (size - 1))
    return np.divide(together, pairs, out=np.zeros(count), where=pairs > 0)


def _nothing(n: int) -> Clustering:
    return Clustering(
        labels=np.full(n, -1, dtype=np.int64),
        strength=np.zeros(n),
        coarse=np.full(n, -1, dtype=np.int64),
        stability=np.zeros(0),
    )
