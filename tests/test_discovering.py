"""Clusters: small corpora, equal rows, planted themes; and the same labels whatever came before."""

from __future__ import annotations

import ctypes
import hashlib
import subprocess
import sys

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_limits

from thememiner.discovering import cluster, cutting, neighbours
from thememiner.discovering.cutting import louvain
from thememiner.discovering.neighbours import nearest
from thememiner.records import Clustering

PLANT = """
import hashlib, numpy as np
from thememiner.discovering import cluster
found = cluster(np.load({path!r}), smallest=8, seed=3)
print(hashlib.sha256(found.labels.tobytes() + found.coarse.tobytes() + found.strength.tobytes()
                     + found.stability.tobytes()).hexdigest(), found.resolution, found.agreement)
"""


def plant(sizes: tuple[int, ...], noise: float = 0.5, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Unit rows around one centre a theme, mixed, and which theme each was drawn from."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    centres = rng.normal(size=(len(sizes), 64))
    rows = centres[truth] + noise * rng.normal(size=(len(truth), 64))
    order = rng.permutation(len(truth))
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit[order].astype(np.float32), truth[order]


def canonical(vectors: np.ndarray) -> np.ndarray:
    """The order of rows that no input order changes: by each row's digest."""
    return np.array(sorted(range(len(vectors)), key=lambda i: hashlib.sha256(vectors[i].tobytes()).digest()))


def groups(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == k).tolist()) for k in set(labels.tolist()) - {-1}}


def same(one: Clustering, other: Clustering) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("labels", "strength", "coarse", "stability")
    ) and (one.resolution, one.agreement) == (other.resolution, other.agreement)


@pytest.fixture(scope="module")
def planted() -> tuple[np.ndarray, np.ndarray]:
    return plant((60, 45, 30, 25))


@pytest.fixture(scope="module")
def loose() -> np.ndarray:
    """Rows of themes that run into each other, where what leans on chance differs from call to call."""
    return plant((80, 60, 50, 40, 30), noise=3)[0]


@pytest.mark.parametrize("n", [0, 1, 2, 3, 15])
def test_few_rows_are_no_theme(n):
    found = cluster(plant((n,))[0] if n else np.zeros((0, 64), dtype=np.float32), smallest=8)
    assert found.labels.tolist() == [-1] * n
    assert found.coarse.tolist() == [-1] * n
    assert found.strength.tolist() == [0.0] * n
    assert found.stability.shape == (0,)
    assert found.labels.dtype == np.int64


@pytest.mark.parametrize("smallest", [1, 2])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5])
def test_few_rows_with_small_themes_allowed_raise_nothing(n, smallest):
    vectors = plant((n,))[0] if n else np.zeros((0, 64), dtype=np.float32)
    assert len(cluster(vectors, smallest=smallest).labels) == n


def test_sixteen_rows_are_enough_for_two_themes_of_eight():
    vectors, truth = plant((8, 8), noise=0.2)
    assert groups(cluster(vectors, smallest=8).labels) == groups(truth)


def test_five_thousand_identical_rows():
    row = plant((1,))[0]
    found = cluster(np.repeat(row, 5000, axis=0), smallest=8)
    assert len(found.labels) == 5000
    assert np.isfinite(found.strength).all()
    assert np.isfinite(found.stability).all()
    assert len(found.stability) == found.labels.max() + 1
    assert found.labels.min() >= -1


def test_rows_of_zeros_raise_nothing():
    found = cluster(np.zeros((40, 8), dtype=np.float32), smallest=4)
    assert len(found.labels) == 40


def test_planted_themes_are_found_largest_first(planted):
    vectors, truth = planted
    found = cluster(vectors, smallest=8)
    assert np.array_equal(found.labels, truth)
    assert found.agreement > 0.95
    assert (found.stability > 0.9).all()
    assert (found.strength > 0.5).all()


def test_a_theme_below_the_smallest_is_unassigned():
    vectors, truth = plant((45, 30), noise=0.2)
    found = cluster(vectors, smallest=35)
    assert np.array_equal(found.labels, np.where(truth == 1, -1, 0))
    assert (found.strength[truth == 1] == 0).all()
    assert (found.coarse[truth == 1] == -1).all()
    assert len(found.stability) == 1


def test_every_number_is_a_share(planted):
    found = cluster(plant((50, 40, 30), noise=1.5)[0], smallest=8)
    for share in (found.strength, found.stability):
        assert ((share >= 0) & (share <= 1)).all()
    assert len(found.stability) == found.labels.max() + 1
    sizes = np.bincount(found.labels[found.labels >= 0])
    assert (sizes >= 8).all()
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)


def test_a_tight_theme_is_more_stable_than_a_loose_one():
    tight, loose = plant((60, 60), noise=0.1)[0], plant((60, 60), noise=2.5)[0]
    one, other = cluster(tight, smallest=8), cluster(loose, smallest=8)
    assert one.agreement > other.agreement
    assert one.stability.mean() > (other.stability.mean() if len(other.stability) else 0)


def test_the_order_of_the_input_changes_nothing_once_rows_are_canonical(loose):
    shuffled = np.random.default_rng(9).permutation(len(loose))
    one = cluster(loose[canonical(loose)], smallest=8)
    other = cluster(loose[shuffled][canonical(loose[shuffled])], smallest=8)
    assert same(one, other)


def test_the_same_again_in_one_process_after_other_calls(loose):
    first = cluster(loose, smallest=8, seed=3)
    np.random.default_rng().normal(size=100)
    np.random.rand(7)  # noqa: NPY002 (the process-wide state must not matter)
    ctypes.CDLL(None).rand()  # nor must C's: scikit-network's Leiden draws from it
    cluster(plant((30, 20), noise=1.0, seed=8)[0], smallest=4, seed=1)
    for _ in range(2):
        assert same(cluster(loose, smallest=8, seed=3), first)


def test_a_cut_of_the_graph_is_the_same_each_time(loose):
    graph = neighbours.graph(nearest(loose, 15), 15)
    for resolution in (0.5, 1.2, 4.0):
        assert len({louvain(graph, resolution, 3).tobytes() for _ in range(8)}) == 1


def test_the_same_again_in_a_second_process(loose, tmp_path):
    path = tmp_path / "rows.npy"
    np.save(path, loose)
    found = cluster(loose, smallest=8, seed=3)
    parts = (found.labels, found.coarse, found.strength, found.stability)
    here = hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()
    told = subprocess.run(
        [sys.executable, "-c", PLANT.format(path=str(path))], capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == [here, str(found.resolution), str(found.agreement)]


def test_the_process_wide_chance_is_left_alone(planted):
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    cluster(planted[0], smallest=8)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_the_vectors_are_left_alone(planted):
    before = planted[0].copy()
    cluster(planted[0], smallest=8)
    assert np.array_equal(before, planted[0])


def test_threads_and_last_digits_change_no_neighbour():
    rng = np.random.default_rng(4)
    signs = rng.choice([-1.0, 1.0], size=(400, 60))  # many pairs are just as near as each other
    vectors = (signs / np.sqrt(60)).astype(np.float32)
    with threadpool_limits(1):
        one = nearest(vectors, 15).rows
    with threadpool_limits(2):
        assert np.array_equal(nearest(vectors, 15).rows, one)
    reordered = np.ascontiguousarray(vectors[:, rng.permutation(60)])  # other sums of the same numbers
    assert np.array_equal(nearest(reordered, 15).rows, one)


def test_blocks_change_no_neighbour(monkeypatch):
    vectors, _ = plant((60, 45), noise=1.4)
    whole = nearest(vectors, 15).rows
    monkeypatch.setattr(neighbours, "_CELLS", 7 * len(vectors))
    assert np.array_equal(nearest(vectors, 15).rows, whole)


def test_neighbours_are_the_nearest_others_and_ties_go_to_the_lower_row():
    right, near, up = [1.0, 0.0], [0.96, 0.28], [0.0, 1.0]
    vectors = np.array([up, right, near, right, up], dtype=np.float32)
    assert nearest(vectors, 1).rows.ravel().tolist() == [4, 3, 1, 1, 0]
    assert nearest(np.repeat(vectors[:1], 5, axis=0), 2).rows.tolist() == [
        [1, 2],
        [0, 2],
        [0, 1],
        [0, 1],
        [0, 1],
    ]


def test_the_graph_weighs_a_pair_by_the_neighbours_that_it_shares():
    vectors, truth = plant((20, 20), noise=0.3)
    graph = neighbours.graph(nearest(vectors, 5), 5)
    assert (abs(graph - graph.T)).nnz == 0
    assert graph.diagonal().sum() == 0
    assert graph.data.min() > 0
    assert graph.data.max() <= 1
    edges = graph.tocoo()
    assert (truth[edges.row] == truth[edges.col]).all()
    near = [{i, *row} for i, row in enumerate(nearest(vectors, 5).rows.tolist())]
    for i, j, weight in zip(edges.row, edges.col, edges.data, strict=True):
        assert weight**2 == pytest.approx(len(near[i] & near[j]) / len(near[i] | near[j]))
        assert j in near[i] or i in near[j]


def test_a_graph_without_edges_is_all_apart():
    assert louvain(sparse.csr_matrix((4, 4)), 1.0, 0).tolist() == [0, 1, 2, 3]


def test_a_community_in_two_pieces_is_two():
    pieces = sparse.csr_matrix(
        np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=float)
    )
    assert cutting.connected(pieces, np.zeros(4, dtype=np.int64)).tolist() == [0, 0, 1, 1]
    assert cutting.connected(pieces, np.array([0, 1, 0, 0])).tolist() == [0, 1, 2, 2]


def test_a_theme_is_never_two_pieces_that_no_edge_joins(monkeypatch):
    vectors, truth = plant((30, 20), noise=0.2)
    monkeypatch.setattr(cutting, "louvain", lambda graph, *_: np.zeros(graph.shape[0], dtype=np.int64))
    assert np.array_equal(cluster(vectors, smallest=8).labels, truth)


def test_themes_of_one_size_stand_by_their_first_row():
    labels = np.array([5, 2, 2, 5, 0, 7, 7, 7])
    assert cutting.kept(labels, 2).tolist() == [1, 2, 2, 1, -1, 0, 0, 0]


def test_stability_is_the_share_of_pairs_that_stay_together():
    labels = np.array([0, 0, 0, 1, 1, -1])
    samples = [
        (np.array([0, 1, 3, 4]), np.array([9, 9, 1, 2])),
        (np.array([0, 1, 2, 5]), np.array([3, 3, 4, 4])),
    ]
    # theme 0: 1 pair of 1, then 1 of 3; theme 1: 0 of 1
    assert cutting.together(labels, samples).tolist() == [0.5, 0.0]


def test_the_near_of_some_rows_are_those_among_them_in_the_same_order():
    vectors, _ = plant((30, 20), noise=1.0)
    kept = np.arange(0, 50, 2)
    among = nearest(vectors, 49).among(kept)
    assert np.array_equal(among.rows[:, :24], nearest(vectors[kept], 24).rows)
    assert (among.rows[:, 24:] == -1).all()


def test_few_rows_have_few_neighbours():
    assert [neighbours.usual(n) for n in (2, 4, 16, 311, 6000, 10**6)] == [1, 3, 5, 10, 15, 15]


def test_a_row_put_in_the_wrong_theme_goes_where_its_neighbours_are():
    vectors, truth = plant((300, 300), noise=0.3)
    wrong = truth.copy()
    wrong[:5] = 1 - wrong[:5]
    near = nearest(vectors, 30)
    assert groups(cutting.settled(near, wrong, 30)) == groups(truth)
    assert np.array_equal(cutting.settled(near, wrong, 4), wrong)  # too few voters


def test_modularity_is_that_of_the_textbook():
    """Two triangles joined by one edge, cut at that edge: 6/7 - 1/2 (Newman & Girvan 2004)."""
    pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    left, right = np.array(pairs).T
    half = sparse.coo_matrix((np.ones(7), (left, right)), shape=(6, 6))
    graph = (half + half.T).tocsr()
    assert cutting.modularity(graph, np.array([0, 0, 0, 1, 1, 1])) == pytest.approx(6 / 7 - 1 / 2)
    assert cutting.modularity(graph, np.zeros(6, dtype=np.int64)) == pytest.approx(0)


def test_every_theme_lies_in_one_wider_theme():
    rng = np.random.default_rng(3)
    wide = rng.normal(size=(4, 64))
    fine = np.repeat(wide, 4, axis=0) + 0.4 * rng.normal(size=(16, 64))
    truth = np.repeat(np.arange(16), 20)
    rows = fine[truth] + 0.7 * rng.normal(size=(320, 64))
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    found = cluster(vectors, smallest=8)
    assert (found.labels.max(), found.coarse.max()) == (15, 3)
    for theme in range(16):
        assert len(set(found.coarse[found.labels == theme].tolist())) == 1
    assert (found.coarse == found.coarse[np.argmax(truth[:, None] // 4 == truth // 4, axis=1)]).mean() > 0.95


def test_halves_are_of_groups_where_there_are_any():
    vectors, truth = plant((40, 40), noise=0.3)
    one_each = [str(i) for i in range(80)]
    by_theme = [str(k) for k in truth]
    assert cluster(vectors, groups=one_each).agreement > 0.9
    # half of two documents is one of them, in which there is nothing real to agree on
    assert cluster(vectors, groups=by_theme).agreement < 0.8
