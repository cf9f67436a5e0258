"""A graph → communities: Louvain's, each in one piece, with doubtful rows put where their neighbours are.

Source: Blondel et al. 2008, "Fast unfolding of communities in large networks"; the resolution is Reichardt &
Bornholdt's (2006).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.discovering.neighbours import Near

    Labels = NDArray[np.int64]

_ROUNDS = 3
_CELLS = 1 << 23


def louvain(graph: Any, resolution: float, seed: int) -> Labels:
    """Louvain's community of each row, int64, from 0; the same for the same graph, in any process."""
    from sknetwork.clustering import Louvain

    if graph.nnz == 0:
        return np.arange(graph.shape[0], dtype=np.int64)
    found = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=False).fit_predict(graph)
    return np.asarray(found, dtype=np.int64)


def connected(graph: Any, labels: Labels) -> Labels:
    """Each community split into its connected parts: Louvain may leave one in two pieces."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    edges = graph.tocoo()
    same = labels[edges.row] == labels[edges.col]
    inside = coo_matrix((edges.data[same], (edges.row[same], edges.col[same])), shape=graph.shape)
    return np.asarray(connected_components(inside, directed=False)[1], dtype=np.int64)


def settled(near: Near, labels: Labels, voters: int) -> Labels:
    """The communities after three rounds in which each row goes where most of its nearest rows are.

    They vote with their likeness, and a tie goes to the lower number. With few rows (`voters` under 5)
    nothing moves.
    """
    if voters < 5 or not len(labels):
        return labels
    rows, weight = near.rows[:, :voters], np.maximum(near.likeness[:, :voters], 1)
    weight = np.where(rows >= 0, weight, 0)
    for _ in range(_ROUNDS):
        count = int(labels.max()) + 1
        moved = np.empty_like(labels)
        block = max(1, _CELLS // count)
        for start in range(0, len(labels), block):
            part = rows[start : start + block]
            where = np.arange(len(part))[:, None] * count + labels[part]
            votes = np.bincount(
                where.ravel(), weight[start : start + block].ravel(), minlength=len(part) * count
            )
            moved[start : start + block] = votes.reshape(len(part), count).argmax(axis=1)
        labels = np.unique(moved, return_inverse=True)[1].astype(np.int64)
    return labels


def modularity(graph: Any, labels: Labels) -> float:
    """Newman and Girvan's modularity (2004): the share of edge weight inside communities, over chance."""
    edges = graph.tocoo()
    total = float(edges.data.sum())
    if not total:
        return 0.0
    inside = float(edges.data[labels[edges.row] == labels[edges.col]].sum()) / total
    degree = np.asarray(graph.sum(axis=1)).ravel() / total
    return inside - float(np.square(np.bincount(labels, weights=degree)).sum())


def kept(labels: Labels, smallest: int) -> Labels:
    """Themes of `smallest` rows or more, numbered by size then by first row; the rest -1."""
    sizes = np.bincount(labels)
    first = np.full(len(sizes), len(labels))
    np.minimum.at(first, labels, np.arange(len(labels)))
    large = [k for k in np.lexsort((first, -sizes)) if sizes[k] >= smallest]
    number = np.full(len(sizes), -1, dtype=np.int64)
    number[large] = np.arange(len(large))
    return number[labels]


def strength(graph: Any, labels: Labels) -> NDArray[np.float64]:
    """The share of each row's neighbour weight that lies inside its theme; 0 where unassigned."""
    edges = graph.tocoo()
    inside = (labels[edges.row] == labels[edges.col]) & (labels[edges.row] >= 0)
    total = np.bincount(edges.row, weights=edges.data, minlength=len(labels))
    within = np.bincount(edges.row[inside], weights=edges.data[inside], minlength=len(labels))
    return np.divide(within, total, out=np.zeros(len(labels)), where=total > 0)


def likeest(members: Labels, layers: list[Labels]) -> float:
    """The greatest Jaccard likeness of some rows to a community of any layer, 0 to 1."""
    best = 0.0
    for labels in layers if len(members) else ():
        communities, shared = np.unique(labels[members], return_counts=True)
        size = np.bincount(labels)[communities]
        best = max(best, float((shared / (len(members) + size - shared)).max()))
    return best


def together(labels: Labels, partitions: list[tuple[Labels, Labels]]) -> NDArray[np.float64]:
    """For each theme, how often two of its members that are both in a sample share its community, 0 to 1.

    `partitions` are (rows, communities) of samples of the rows.
    """
    count = int(labels.max()) + 1 if len(labels) else 0
    same = np.zeros(count)
    pairs = np.zeros(count)
    for rows, found in partitions:
        mine = labels[rows]
        for theme in range(count):
            sizes = np.bincount(found[mine == theme])
            size = sizes.sum()
            same[theme] += float((sizes * (sizes - 1)).sum())
            pairs[theme] += float(size * (size - 1))
    return np.divide(same, pairs, out=np.zeros(count), where=pairs > 0)
