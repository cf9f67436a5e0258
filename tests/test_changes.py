"""New and growing themes against an earlier run; a caution for few passages; rows that show a theme."""

from __future__ import annotations

import random

import numpy as np

from thememiner.discovering import caution, emerging, portray

OLD = {f"old{i}" for i in range(100)}
NEW = {f"new{i}" for i in range(40)}


def test_a_theme_of_new_documents_alone_is_new_and_one_with_many_more_grows():
    new = {f"new{i}" for i in range(12)}
    growing = {f"new{i}" for i in range(20)} | {f"old{i}" for i in range(4)}
    same = {f"new{i}" for i in range(4)} | {f"old{i}" for i in range(10)}
    assert emerging([new, growing, same], OLD | NEW, OLD) == ["new", "growing", ""]


def test_two_new_documents_are_no_alarm():
    assert emerging([{"new1", "new2"}], OLD | NEW, OLD) == [""]


def test_nothing_new_or_nothing_left_cannot_be_compared():
    assert emerging([{"new1"}], NEW, set()) == [""]
    assert emerging([{"old1"}], OLD, OLD) == [""]
    assert emerging([], OLD | NEW, OLD) == []


def test_when_nothing_changes_one_draw_in_twenty_has_an_alarm_at_most():
    documents = sorted(OLD | NEW)
    alarms = 0
    for seed in range(1000):
        rng = random.Random(seed)
        themes = [set(rng.sample(documents, rng.randint(8, 40))) for _ in range(8)]
        fresh = set(rng.sample(documents, 40))
        alarms += any(emerging(themes, set(documents), set(documents) - fresh))
    assert alarms <= 50 + 2 * 7  # two standard errors


def test_few_passages_are_cautioned_in_one_sentence_and_fifty_are_not():
    assert caution(50) == ""
    for n in (0, 1, 49):
        assert caution(n).endswith(".")
        assert caution(n).count(". ") == 0
    assert caution(1).startswith("With 1 passage ")


def unit(rows: list[list[float]]) -> np.ndarray:
    found = np.array(rows)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def test_a_portrait_has_the_middle_the_breadth_and_the_edge():
    vectors = unit([[1, 0], [1, 0.1], [1, -0.1], [1, 0.9], [0, 1], [0.1, 1]])
    one, other = portray(vectors, np.array([0, 0, 0, 0, 1, 1]))
    assert one.boundary[0] == 3
    assert set(one.central) <= {0, 1, 2, 3}
    assert 3 not in one.central[:2]
    assert set(one.diverse) <= {0, 1, 2, 3}
    assert other.cohesion > one.cohesion
    assert 0 <= one.cohesion <= 1


def test_portraits_of_nothing_of_one_row_and_of_equal_rows():
    assert portray(np.zeros((0, 2), dtype=np.float32), np.zeros(0, dtype=np.int64)) == ()
    assert portray(unit([[1, 0]]), np.array([-1])) == ()
    (one,) = portray(unit([[1, 0]]), np.array([0]))
    assert (one.central, one.diverse, one.boundary, one.cohesion) == ((0,), (0,), (0,), 1.0)
    (same,) = portray(unit([[1, 0]] * 5), np.zeros(5, dtype=np.int64))
    assert len(set(same.diverse)) == 3
