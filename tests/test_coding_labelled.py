"""What labelled texts teach: one ridge by either way, calibrated and checked on texts held back."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy import sparse

from thememiner.coding import Coder, Labelled, code, learning, lexical, ridge, save, train
from thememiner.coding import calibrating as cal
from thememiner.embedding import embed
from thememiner.errors import InputError
from thememiner.records import Code, Codebook, Example, Passage

BOOK = Codebook(
    "b",
    "B",
    "1",
    (
        Code("parking", "Car park", examples=(Example("feedback", "the permit machine broke"),)),
        Code("meals", "Food", "The menu", examples=(Example("feedback", "cold soup again"),)),
        Code("noise", "Noise", examples=(Example("feedback", "doors banging all night"),)),
    ),
)
_WORDS = {
    "parking": "car bay ticket barrier permit fine spaces machine meter kerb".split(),
    "meals": "soup bread lunch menu toast pudding kitchen tray portion tea".split(),
    "noise": "alarm shouting banging music door buzzer snoring drill radio siren".split(),
    "": "nurse ward letter form date visit phone clinic staff week".split(),
}


def said(number: int, seed: int = 0) -> Labelled:
    """Comments of four words of one code or two among plain ones, by writers of three comments each."""
    draw = np.random.default_rng(seed)
    names = list(_WORDS)
    texts, rows = [], []
    for _ in range(number):
        first, second = draw.choice(4, 2, replace=False, p=[0.4, 0.25, 0.1, 0.25])
        of = {names[first]} | ({names[second]} if draw.random() < 0.3 else set())
        words = [w for name in sorted(of) for w in draw.choice(_WORDS[name], 3, replace=False)]
        words += list(draw.choice(_WORDS[""], 3, replace=False))
        texts.append(" ".join(draw.permutation(words)))
        rows.append([code.id in of for code in BOOK.codes])
    return Labelled(tuple(texts), np.array(rows), tuple(f"w{i // 3}" for i in range(number)))


@pytest.fixture
def taught(word_encoder) -> Coder:
    return train(BOOK, word_encoder, said(240))


def f1(coder: Coder, asked: Labelled, encoder) -> float:
    rows = [Passage(str(i), str(i), 0, len(t), t, "feedback") for i, t in enumerate(asked.texts)]
    found = np.array([m.outcome == "assigned" for m in code(rows, embed(rows, encoder), coder, every=True)])
    found = found.reshape(asked.labels.shape)
    return float(2 * (found & asked.labels).sum() / (found.sum() + asked.labels.sum()))


def test_labels_teach_words_that_the_codebook_has_not(taught, word_encoder):
    unseen = said(150, seed=1)
    assert f1(taught, unseen, word_encoder) > 0.9
    assert f1(train(BOOK, word_encoder), unseen, word_encoder) < 0.6


def test_the_same_texts_give_the_same_coder(taught, word_encoder):
    again = train(BOOK, word_encoder, said(240))
    assert again.sha256 == taught.sha256
    assert again.figures == taught.figures


def test_the_order_of_texts_changes_no_outcome(taught, word_encoder):
    given = said(240)
    order = np.random.default_rng(3).permutation(240)
    turned = Labelled(
        tuple(given.texts[i] for i in order), given.labels[order], tuple(given.groups[i] for i in order)
    )
    other = train(BOOK, word_encoder, turned)
    assert np.array_equal(other.features, taught.features)
    assert np.allclose(other.weights, taught.weights, atol=1e-6)
    assert np.allclose(other.assigned, taught.assigned, atol=1e-4)
    assert other.figures == taught.figures


def test_figures_are_a_code_each_and_hold_on_new_texts(taught, word_encoder):
    assert [f.texts for f in taught.figures] == said(240).labels.sum(axis=0).tolist()
    fresh = said(600, seed=5)
    held = np.mean([f.f1 for f in taught.figures])
    assert abs(held - f1(taught, fresh, word_encoder)) < 0.08
    for figures in taught.figures:
        assert figures.f1 == pytest.approx(
            2 * figures.precision * figures.recall / (figures.precision + figures.recall), abs=2e-4
        )


def test_probabilities_say_how_often_they_are_right(taught, word_encoder):
    fresh = said(900, seed=6)
    shares = taught.probabilities(fresh.texts, word_encoder.encode(fresh.texts))
    for j in range(3):
        assert abs(shares[:, j].mean() - fresh.labels[:, j].mean()) < 0.06


def test_weak_lies_under_assigned(taught):
    assert (taught.weak < taught.assigned).all()
    assert ((taught.assigned > 0) & (taught.assigned < 1)).all()
    own = taught.thresholds(0.99, 0.98)
    assert own == list(zip(taught.assigned.tolist(), taught.weak.tolist(), strict=True))


def test_few_labelled_texts_set_no_thresholds_but_teach(word_encoder):
    few = said(20)
    coder = train(BOOK, word_encoder, few)
    assert coder.figures == ()
    assert coder.thresholds(0.4, 0.2) == [(0.4, 0.2)] * 3
    assert coder.origin.labelled == 20
    assert np.array_equal(coder.slope, train(BOOK, word_encoder).slope)
    assert coder.sha256 != train(BOOK, word_encoder).sha256


def test_codes_without_labels_are_told_by_the_codebook_alone(word_encoder):
    given = dataclasses.replace(said(240), told=(True, False, True))
    coder, bare = train(BOOK, word_encoder, given), train(BOOK, word_encoder)
    assert coder.figures[1].texts == 0
    assert np.isnan(coder.assigned[1]) and not np.isnan(coder.assigned[[0, 2]]).any()  # noqa: PT018
    assert coder.thresholds(0.5, 0.3)[1] == (0.5, 0.3)
    assert coder.slope[1] == bare.slope[1]
    texts = ("cold soup from the menu", "the machine broke")
    rows = word_encoder.encode(texts)
    order = [c.probabilities(texts, rows)[:, 1] for c in (coder, bare)]
    assert order[0][0] > order[0][1]
    assert order[1][0] > order[1][1]


def test_a_code_that_no_text_carries_is_never_given(word_encoder):
    book = dataclasses.replace(BOOK, codes=(*BOOK.codes, Code("empty", "")))
    given = said(120)
    given = dataclasses.replace(given, labels=np.hstack([given.labels, np.zeros((120, 1), dtype=bool)]))
    coder = train(book, word_encoder, given)
    assert coder.probabilities(given.texts, word_encoder.encode(given.texts))[:, 3].max() < 0.01


def test_a_codebook_of_names_alone(word_encoder):
    bare = Codebook("b", "B", "1", tuple(Code(c.id, c.name) for c in BOOK.codes))
    assert f1(train(bare, word_encoder, said(240)), said(150, seed=1), word_encoder) > 0.85


def test_all_of_one_writer(word_encoder):
    given = dataclasses.replace(said(90), groups=("w",) * 90)
    assert train(BOOK, word_encoder, given).origin.labelled == 90


def test_all_the_same_text(word_encoder):
    given = Labelled(("soup",) * 60, np.tile([False, True, False], (60, 1)))
    coder = train(BOOK, word_encoder, given)
    assert np.isfinite(coder.weights).all()


def test_features_of_fewer_than_three_labelled_texts_are_not_kept():
    texts = ["soup tea"] * 5 + ["soup quillfeather"] * 2 + ["tea zubrowka"] * 3
    kept, idf = learning.features(["car park"], texts)
    assert set(lexical.features("zubrowka")) <= set(kept.tolist())
    assert not set(lexical.features("quillfeather")) & set(kept.tolist())
    assert set(lexical.features("car park")) <= set(kept.tolist())
    assert kept.tolist() == sorted(set(kept.tolist()))
    assert idf[np.searchsorted(kept, lexical.features("tea")[0])] == pytest.approx(np.log(12 / 9) + 1)


def test_a_codebook_alone_teaches_words_and_no_letters():
    kept, idf = learning.features(["car park"], [])
    assert len(kept) == len(idf) == 3


def test_the_most_features_are_kept_by_how_many_texts_hold_them(monkeypatch):
    monkeypatch.setattr(learning, "_MOST_FEATURES", 2)
    kept, idf = learning.features(["rare"], ["12 13"] * 5 + ["13"] * 4 + ["12"] * 2)
    pairs, words = lexical.features("12 13")[:1], lexical.features("12 13")[1:]
    assert sorted(kept.tolist()) == sorted(words)
    assert pairs[0] not in kept
    assert idf.shape == (2,)


def test_a_coder_holds_no_word_of_its_texts(word_encoder, tmp_path):
    given = said(60)
    folder = save(train(BOOK, word_encoder, given), tmp_path / "coder")
    written = b"".join(path.read_bytes() for path in sorted(folder.iterdir())).lower()
    words = {word for text in given.texts for word in text.split()} - {code.id for code in BOOK.codes}
    assert len(words) > 30
    assert not [word for word in words if len(word) > 4 and word.encode() in written]


def test_one_writer_is_in_one_fold_and_folds_are_even():
    given = said(300)
    fold = learning.folds(given)
    of: dict[str, set[int]] = {}
    for group, number in zip(given.groups, fold.tolist(), strict=True):
        of.setdefault(group, set()).add(number)
    assert all(len(numbers) == 1 for numbers in of.values())
    assert np.bincount(fold).tolist() == [60] * 5


def test_what_is_held_back_is_held_back_with_its_group_and_its_words(monkeypatch):
    asked: list[tuple[set[int], set[int]]] = []

    class Spy(ridge.Fitting):
        def held_back(self, held, seen, trust, ridge):
            asked.append((set(held.tolist()), set(seen.tolist())))
            return super().held_back(held, seen, trust, ridge)

    monkeypatch.setattr(learning, "Fitting", Spy)
    given = said(60)
    texts = (*given.texts[:58], given.texts[0].upper(), f" {given.texts[1]}  ")
    given = dataclasses.replace(given, texts=texts)
    inputs = ridge.Inputs(np.eye(60), sparse.csr_array((60, 0)))
    task = learning.task(inputs, given.labels, texts, given)
    learning.learn(task, texts, lambda *_: None)
    assert asked
    plain = [t.casefold().strip() for t in texts]
    for held, seen in asked:
        assert not held & seen
        assert not {given.groups[i] for i in held} & {given.groups[i] for i in seen}
        assert not {plain[i] for i in held} & {plain[i] for i in seen}


@pytest.mark.parametrize("trust", [1.0, 0.3])
def test_kernel_and_gradients_give_the_same_weights(monkeypatch, trust):
    draw = np.random.default_rng(0)
    inputs = ridge.Inputs(
        draw.normal(size=(80, 6)), sparse.random_array((80, 40), density=0.1, rng=draw).tocsr()
    )
    wanted = (draw.random((80, 3)) < 0.2).astype(float)
    each = np.where(np.arange(80) < 20, trust, 1.0)
    held, seen = np.arange(20), np.arange(20, 80)
    one = ridge.Fitting(inputs, wanted)
    monkeypatch.setattr(ridge, "KERNEL_ROWS", 10)
    other = ridge.Fitting(inputs, wanted)
    assert other.kernel is None
    assert np.allclose(one.weights(each, 2.0), other.weights(each, 2.0), atol=1e-6)
    assert np.allclose(
        one.held_back(held, seen, each, 2.0), other.held_back(held, seen, each, 2.0), atol=1e-6
    )


def test_the_weights_are_those_of_least_weighted_squares():
    draw = np.random.default_rng(1)
    inputs = ridge.Inputs(draw.normal(size=(30, 4)), sparse.csr_array(draw.random((30, 5))))
    wanted, trust = draw.normal(size=(30, 2)), draw.random(30) + 0.1
    whole = np.hstack([inputs.vectors, inputs.words.toarray(), np.ones((30, 1))])
    exact = np.linalg.solve(
        whole.T @ (whole * trust[:, None]) + 3 * np.eye(10), whole.T @ (wanted * trust[:, None])
    )
    assert np.allclose(ridge.Fitting(inputs, wanted).weights(trust, 3.0), exact)


def test_progress_goes_to_its_end(word_encoder):
    told: list[tuple[int, int]] = []
    train(BOOK, word_encoder, said(60), lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(len(told)))
    assert told[-1][0] + 1 == told[-1][1]


def test_a_code_with_few_texts_is_drawn_to_the_others():
    draw = np.random.default_rng(2)
    values = draw.random((4000, 3))
    labels = draw.random((4000, 3)) < cal.probability(8 * values - 5)
    labels[:, 2] = False
    labels[:3, 2] = True
    slope, offset = cal.by_code(values, labels)
    common = cal.shared(values, labels)
    alone = cal.shared(values[:, [2]], labels[:, [2]])
    assert abs(slope[2] - common[0]) < abs(alone[0] - common[0])
    assert abs(slope[0] - 8) < 2
    assert offset[2] < offset[0] - 0.5


def test_thresholds_are_those_of_the_best_f1_where_texts_are_many():
    shares = np.linspace(0, 1, 4001)[:, None]
    labels = shares >= 0.62
    assert cal.best(shares[:, 0], labels[:, 0]) == pytest.approx(0.62, abs=1e-3)
    assert cal.thresholds(shares, labels)[0] == pytest.approx(0.62, abs=1e-3)
    assert cal.thresholds(shares, np.zeros_like(labels))[0] == 0.5


def test_equal_scores_are_assigned_together():
    assert cal.best(np.array([0.9, 0.9, 0.1, 0.1]), np.array([True, False, False, False])) == 0.5


@pytest.mark.parametrize(
    ("labelled", "why"),
    [
        (lambda: Labelled(("a", "b"), np.zeros((1, 3), dtype=bool)), "2 texts need labels of as many rows"),
        (lambda: Labelled(("a",), np.zeros(3, dtype=bool)), "1 texts need labels"),
        (lambda: Labelled(("a",), np.zeros((1, 3), dtype=bool), ("g", "h")), "as many groups, found 2"),
        (lambda: Labelled(("a",), np.zeros((1, 3), dtype=bool), (), (True,)), "3 codes need as many told"),
    ],
)
def test_labels_that_do_not_fit_their_texts(labelled, why):
    with pytest.raises(InputError, match=why):
        labelled()


def test_labels_of_other_codes(word_encoder):
    with pytest.raises(InputError, match="2 columns of labels for the 3 codes of codebook 'b'"):
        train(BOOK, word_encoder, Labelled(("a",), np.zeros((1, 2), dtype=bool)))


def test_texts_are_hidden_from_repr():
    assert "soup" not in repr(Labelled(("soup",), np.zeros((1, 3), dtype=bool)))
