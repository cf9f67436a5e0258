"""The evaluation's own measures, against figures worked out by hand or by scikit-learn."""

import math
import random

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score, f1_score

from thememiner_evaluation import metrics, splits


def test_the_unassigned_are_one_cluster_and_every_text_counts():
    truth = ["a"] * 4 + ["b"] * 4
    assert metrics.ami([0, 0, 0, 0, -1, -1, -1, -1], truth) == pytest.approx(1)
    # different numbers below nought say the same: unassigned
    assert metrics.ami([0, 0, 0, 0, -1, -2, -3, -4], truth) == pytest.approx(1)
    mixed = [0, 0, -1, -1, 1, 1, -1, -1]
    assert metrics.ami(mixed, truth) == pytest.approx(adjusted_mutual_info_score(truth, mixed))
    assert metrics.ami(mixed, truth) < metrics.ami([0, 0, 0, 0, 1, 1, 1, -1], truth) < 1
    assert metrics.ami([-1] * 8, truth) == pytest.approx(0)


def test_f1_is_scikit_learns():
    rng = np.random.default_rng(0)
    gold, found = rng.random((60, 5)) < 0.3, rng.random((60, 5)) < 0.4
    gold[:, 4] = found[:, 4] = False
    micro, macro = metrics.f1(gold, found)
    assert micro == pytest.approx(f1_score(gold, found, average="micro", zero_division=0))
    assert macro == pytest.approx(f1_score(gold, found, average="macro", zero_division=0))


def test_f1_by_hand():
    gold = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], dtype=bool)
    found = np.array([[1, 0], [0, 0], [0, 1], [0, 1]], dtype=bool)
    # one code: 1 hit of 2 and 1 said; other: 1 hit of 1 and 2 said
    assert metrics.f1(gold, found) == (pytest.approx(4 / 6), pytest.approx((2 / 3 + 2 / 3) / 2))
    assert metrics.f1(gold[:, :0], found[:, :0]) == (0, 0)


def test_the_best_threshold_in_hindsight_is_the_best():
    scores = np.array([[0.9], [0.8], [0.2], [0.1]])
    assert metrics.best_f1(np.array([[1], [1], [0], [0]], dtype=bool), scores)[0] == 1


def test_calibration_error_by_hand():
    said = np.array([0.95, 0.95, 0.55, 0.55])
    right = np.array([True, True, True, False])
    # the upper bin says .95 and is always right, the lower says .55 and is right half the time
    assert metrics.calibration_error(right, said) == pytest.approx((2 * 0.05 + 2 * 0.05) / 4)
    assert metrics.calibration_error(np.ones(3, dtype=bool), np.ones(3)) == 0
    assert math.isnan(metrics.calibration_error(np.zeros(0, dtype=bool), np.zeros(0)))


def test_a_span_counts_only_with_both_ends():
    gold = [[(0, 5), (6, 9)], [(0, 4)]]
    assert metrics.span_f1(gold, gold) == 1
    assert metrics.span_f1(gold, [[(0, 5), (6, 8)], [(0, 4)]]) == pytest.approx(4 / 6)
    assert metrics.span_f1(gold, [[], []]) == 0
    with pytest.raises(ValueError, match="zip"):
        metrics.span_f1(gold, [[]])


def test_a_theme_is_found_again_by_more_than_half():
    there = {"a", "b", "c", "d", "e"}
    told = metrics.found_again(
        [{"a", "b", "x"}, {"c", "d"}, {"e", "y"}], [{"a", "b"}, {"c", "d", "e", "f"}], there
    )
    # the first is whole as far as it is there; the second is half of another; of the third one is left
    assert told == [True, False]


def test_words_that_always_meet_cohere_and_those_that_never_do_not():
    texts = ["ward round today", "ward round again", "parking ticket fine", "parking ticket late"]
    assert metrics.npmi([["ward", "round"]], texts) == pytest.approx(1)
    assert metrics.npmi([["ward", "parking"]], texts) == -1
    far = ["ward " + "word " * 20 + "round"]
    assert metrics.npmi([["ward", "round"]], far) == -1
    assert metrics.diversity([["a", "b"], ["b", "c"]]) == 0.75
    assert metrics.diversity([]) == 0


@pytest.fixture
def written():
    """Texts by 40 people, a few texts each, some in the same words."""
    rng = random.Random(1)
    rows = [(f"r{rng.randrange(40)}", rng.choice(["Nothing", "nothing ", f"text {i}"])) for i in range(400)]
    return [group for group, _ in rows], [text for _, text in rows]


def test_splits_do_not_leak(written):
    groups, texts = written
    scored = []
    for split in splits.grouped(groups, texts):
        train, test = set(split.train.tolist()), set(split.test.tolist())
        assert train
        assert test
        assert not {groups[i] for i in train} & {groups[i] for i in test}
        assert not {texts[i].strip().lower() for i in train} & {texts[i].strip().lower() for i in test}
        scored += sorted(test)
    assert sorted(scored) == list(range(len(texts)))


def test_splits_do_not_hang_on_the_order_of_rows(written):
    groups, texts = written
    back = splits.grouped(groups[::-1], texts[::-1])
    for there, here in zip(splits.grouped(groups, texts), back, strict=True):
        assert {len(texts) - 1 - i for i in here.test.tolist()} == set(there.test.tolist())
        assert {len(texts) - 1 - i for i in here.train.tolist()} == set(there.train.tolist())


def test_a_sample_is_the_same_texts_whatever_their_order():
    texts = [f"text {i}" for i in range(100)]
    drawn = {texts[i] for i in splits.sample(texts, 20)}
    assert len(drawn) == 20
    assert {texts[::-1][i] for i in splits.sample(texts[::-1], 20)} == drawn
    assert drawn < {texts[i] for i in splits.sample(texts, 50)}
