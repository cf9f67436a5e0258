"""A fine-tuned encoder: learnt from labels, kept where held-back texts are told better, saved as numbers."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from thememiner.coding import Coder, Explainer, Labelled, code, comparing, load, save, train, tuning
from thememiner.coding.tuned import Tuned, fits
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
        Code("signs", "Signs"),
    ),
)
_SAID = {
    "parking": ("the car park was full", "no bay was free", "a fine for the ticket", "the barrier stuck"),
    "meals": ("lunch was cold", "no toast was left", "the pudding was lovely", "a small portion of soup"),
    "noise": ("an alarm rang all night", "the buzzer woke me", "loud music next door", "shouting outside"),
    "": ("the clinic letter came", "my visit took a week", "staff filled in a form", "a phone call later"),
}
_WHEN = ("on Monday", "in March", "last week", "after my visit", "this time", "once more", "as before", "")


def said() -> Labelled:
    """Sixty comments of one code or none, every seventh mistaken; of the last code nobody was asked."""
    texts, rows = [], []
    for i in range(60):
        name = list(_SAID)[i % 4]
        texts.append(f"{_SAID[name][i // 4 % 4]} {_WHEN[i % 8]} {i}")
        given = list(_SAID)[(i + (i % 7 == 0)) % 4]
        rows.append([code.id == given for code in BOOK.codes])
    groups = tuple(f"w{i // 4}" for i in range(60))
    return Labelled(tuple(texts), np.array(rows), groups, (True, True, True, False))


def tuned_coder(encoder, least: float, told=None) -> Coder:
    """A coder of little learning, whose tuned encoder is kept when it is better by `least`."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(comparing, "ENOUGH", 60)
        patched.setattr(comparing, "LEAST", least)
        patched.setattr(tuning, "EPOCHS", 1)
        patched.setattr(tuning, "RANK", 4)
        return train(BOOK, encoder, said(), told, fine_tune=True)


@pytest.fixture(scope="module")
def steps() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
def coder(encoder, steps) -> Coder:
    return tuned_coder(encoder, -1.0, lambda done, total: steps.append((done, total)))


@pytest.fixture(scope="module")
def light(encoder) -> Coder:
    return train(BOOK, encoder, said())


def scores(coder, encoder, texts):
    rows = [Passage(str(i), str(i), 0, len(t), t, "feedback") for i, t in enumerate(texts)]
    found = code(rows, embed(rows, encoder), coder, every=True)
    return np.array([m.score for m in found]).reshape(len(texts), -1)


ASKED = ("no bay was free for my car", "the soup was cold", "", "an alarm all night", "a letter", "1.25 mg")


def test_where_it_pays_it_is_kept_and_adds_to_the_scores(coder, light, encoder):
    assert coder.tuned
    assert not light.tuned
    assert coder.compared.texts == 60
    ours, theirs = scores(coder, encoder, ASKED), scores(light, encoder, ASKED)
    assert np.abs(ours - theirs)[:, :3].max() > 0.01
    assert ours[0].argmax() == 0
    assert ours[1].argmax() == 1
    assert ours[3].argmax() == 2


def test_a_code_that_nobody_was_asked_about_is_told_as_without_labels(coder, light, encoder):
    assert not coder.tuned.weights[:, 3].any()
    assert coder.tuned.bias[3] == 0
    assert np.array_equal(scores(coder, encoder, ASKED)[:, 3], scores(light, encoder, ASKED)[:, 3])


def test_where_it_does_not_pay_the_light_coder_is_given_and_the_rest_not_tried(light, encoder):
    steps: list[tuple[int, int]] = []
    found = tuned_coder(encoder, 2.0, lambda done, total: steps.append((done, total)))
    assert found.tuned is None
    assert found.sha256 == light.sha256
    assert found.figures == light.figures
    assert found.compared.texts < 20  # the first fold alone
    assert steps[-1][0] < steps[-1][1] / 3


def test_progress_counts_up_to_the_end(coder, steps):
    done, total = steps[-1]
    assert done == total
    assert [d for d, t in steps if t == total] == list(range(1, total + 1))


def test_a_score_depends_on_its_own_text_alone(coder):
    alone = np.vstack([coder.tuned.adds([text]) for text in ASKED])
    assert np.array_equal(coder.tuned.adds(ASKED), alone)
    assert np.array_equal(coder.tuned.adds(ASKED[::-1]), alone[::-1])
    assert coder.tuned.adds([]).shape == (0, 4)


def test_only_a_paired_encoder_reads_what_stands_beside(coder, encoder):
    paired = dataclasses.replace(coder.tuned, paired=True)
    near, far = ["feedback; after: the soup was cold"] * len(ASKED), ["incident"] * len(ASKED)
    assert np.array_equal(coder.tuned.adds(ASKED, near), coder.tuned.adds(ASKED))
    assert not np.array_equal(paired.adds(ASKED, near), paired.adds(ASKED, far))
    each = np.vstack([paired.adds([text], [beside]) for text, beside in zip(ASKED, near, strict=True)])
    assert np.array_equal(paired.adds(ASKED, near), each)
    whole = dataclasses.replace(coder, tuned=paired)
    rows = [Passage(str(i), str(i), 0, len(t), t, "feedback") for i, t in enumerate(ASKED)]
    vectors = embed(rows, encoder)
    told = code(rows, vectors, whole, every=True, beside={"0": "; after: the soup was cold"})
    alone = code(rows, vectors, whole, every=True)
    assert [m.passage_id for m, other in zip(told, alone, strict=True) if m != other] == ["0"] * 3


def test_a_paired_encoder_comes_back_paired(coder, tmp_path):
    own = dataclasses.replace(coder, tuned=dataclasses.replace(coder.tuned, paired=True))
    again = load(save(own, tmp_path / "own"), BOOK)
    assert again.tuned.paired
    assert not load(save(coder, tmp_path / "other"), BOOK).tuned.paired
    path = tmp_path / "own" / "coder.json"
    path.write_text(path.read_text("utf-8").replace('"paired": true', '"paired": 1'), "utf-8")
    with pytest.raises(InputError, match="do not fit together"):
        load(path.parent, BOOK)


def test_the_changes_learn(monkeypatch):
    monkeypatch.setattr(tuning, "EPOCHS", 4)
    monkeypatch.setattr(tuning, "_PENALTY", 10.0)  # so that the last layer leaves something to be learnt
    given = said()
    labels = given.labels[:, :3]
    found = tuning.Tuning(given.texts, labels, "float32").learn(np.arange(60), lambda: None)
    assert all(values.any() for values in found.changes.values())

    def lost(of: Tuned) -> float:
        return float(np.logaddexp(0, np.where(labels, -1, 1) * of.adds(given.texts)).mean())

    assert lost(found) < 0.9 * lost(dataclasses.replace(found, changes={}))


def test_the_order_of_texts_changes_nothing_and_a_text_left_out_is_not_learnt(monkeypatch):
    monkeypatch.setattr(tuning, "EPOCHS", 1)
    given = said()
    rows = np.arange(40)
    order = np.random.default_rng(0).permutation(60)
    turned = tuning.Tuning([given.texts[i] for i in order], given.labels[order], "float32")
    one = tuning.Tuning(given.texts, given.labels, "float32").learn(rows, lambda: None)
    other = turned.learn(np.flatnonzero(np.isin(order, rows)), lambda: None)
    wrong = given.labels.copy()
    wrong[40:] = ~wrong[40:]
    blind = tuning.Tuning(given.texts, wrong, "float32").learn(rows, lambda: None)
    for found in (other, blind):
        assert all(np.array_equal(one.parts[name], part) for name, part in found.parts.items())


def test_few_texts_are_refused_in_a_line(encoder):
    with pytest.raises(InputError, match="fine-tuning needs 300 labelled texts or more, and 60 were given"):
        train(BOOK, encoder, said(), fine_tune=True)
    with pytest.raises(InputError, match="and 0 were given"):
        train(BOOK, encoder, fine_tune=True)


def test_texts_of_one_group_are_refused_in_a_line(encoder, monkeypatch):
    monkeypatch.setattr(comparing, "ENOUGH", 60)
    one = dataclasses.replace(said(), groups=("all",) * 60)
    with pytest.raises(InputError, match="fine-tuning needs texts of several groups"):
        train(BOOK, encoder, one, fine_tune=True)


# Whether it pays.


def drawn(better: float) -> tuple:
    """Decision values of a light coder that is often right, and logits that know the labels so far."""
    draw = np.random.default_rng(5)
    labels = draw.random((400, 3)) < 0.25
    light = np.clip(0.5 * labels + draw.normal(0.2, 0.25, labels.shape), 0, 1)
    return (
        light,
        4 * better * (labels - 0.5) + draw.normal(0, 2, labels.shape),
        labels,
        draw.random(400) < 0.5,
    )


def test_logits_that_know_more_pay(monkeypatch):
    found = comparing.compare(*drawn(1.0))
    assert found.tuned_f1 > found.light_f1 + 0.03
    assert found.tuned_map > found.light_map + 0.03


def test_chance_does_not_pay():
    found = comparing.compare(*drawn(0.0))
    assert found.tuned_f1 < found.light_f1 + comparing.LEAST
    assert found.tuned_map < found.light_map + comparing.LEAST


def test_what_is_scored_picks_nothing():
    light, logits, labels, halves = drawn(0.0)
    known = np.where(halves[:, None], 100.0 * labels, logits)  # one half knows its answers, the other nothing
    fair, told = (
        comparing.compare(light, logits, labels, halves),
        comparing.compare(light, known, labels, halves),
    )
    only = comparing.compare(light, 100.0 * labels, labels, halves)
    assert only.tuned_map == 1.0
    assert told.light_f1 == fair.light_f1
    assert told.tuned_map < 0.99


# On disk.


@pytest.fixture
def folder(coder, tmp_path):
    return save(coder, tmp_path / "coder")


def test_loading_gives_identical_scores(coder, folder, encoder):
    again = load(folder, BOOK)
    assert np.array_equal(scores(again, encoder, ASKED), scores(coder, encoder, ASKED))
    assert again.sha256 == coder.sha256
    assert again.compared == coder.compared
    assert again.tuned.precision == coder.tuned.precision


def test_it_is_numbers_alone(folder):
    assert sorted(f.name for f in folder.iterdir()) == [
        "coder.json",
        "tuned.safetensors",
        "weights.safetensors",
    ]
    held = b"".join(f.read_bytes() for f in folder.iterdir()).lower()
    for word in ("pudding", "buzzer", "barrier"):
        assert word.encode() not in held


def test_the_digest_covers_it(coder):
    tuned = coder.tuned
    name = min(tuned.changes)
    for other in (
        dataclasses.replace(tuned, bias=tuned.bias + 1),
        dataclasses.replace(tuned, weights=tuned.weights * 2),
        dataclasses.replace(tuned, changes={**tuned.changes, name: tuned.changes[name] + 1}),
        None,
    ):
        assert dataclasses.replace(coder, tuned=other).sha256 != coder.sha256


def test_a_light_coder_saved_over_it_leaves_nothing_of_it(folder, light):
    save(light, folder)
    assert not (folder / "tuned.safetensors").exists()
    assert load(folder, BOOK).tuned is None


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "tuned.safetensors is missing"), (b"", "is not the one"), (b"\xff" * 64, "is not the one")],
)
def test_a_damaged_file_is_a_line(folder, content, why):
    path = folder / "tuned.safetensors"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=f"the coder coder is damaged: .*{why}"):
        load(folder, BOOK)


@pytest.mark.parametrize("said", [7, "x", {"sha256": 7}, {"precision": "float32"}, ["sha256"]])
def test_json_that_does_not_fit_is_a_line(folder, said):
    path = folder / "coder.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"tuned": said}), "utf-8")
    with pytest.raises(InputError, match="is damaged"):
        load(folder, BOOK)


def test_a_precision_that_is_none_is_a_line(folder):
    path = folder / "coder.json"
    written = json.loads(path.read_text("utf-8"))
    written["tuned"]["precision"] = "int3"
    path.write_text(json.dumps(written), "utf-8")
    with pytest.raises(InputError, match="its parts do not fit together"):
        load(folder, BOOK)


def small(**parts) -> dict:
    """The parts of a tuned encoder for two codes."""
    own = {"weights": np.zeros((384, 2), np.float32), "bias": np.zeros(2)}
    own |= {"4.wide.in": np.zeros((3, 384), np.float16), "4.wide.out": np.zeros((1536, 3), np.float16)}
    own |= {name.replace("_", "."): values for name, values in parts.items()}
    return {name: values for name, values in own.items() if values is not None}


def test_parts_that_fit():
    assert fits(small(), 2)
    assert fits(Tuned({}, np.zeros((384, 2), np.float32), np.zeros(2), "float32").parts, 2)


@pytest.mark.parametrize(
    "parts",
    [
        small(weights=np.zeros((384, 3), np.float32)),
        small(weights=np.zeros((384, 2))),
        small(weights=None),
        small(bias=np.array([0.0, np.nan])),
        small(**{"4_wide_in": None}),
        small(**{"4_wide_in": np.zeros((2, 384), np.float16)}),
        small(**{"4_wide_out": np.zeros((384, 3), np.float16)}),
        small(**{"4_wide_out": np.zeros((1536, 3), np.float32)}),
        small(**{"4_wide_in": np.zeros(384, np.float16)}),
        small(**{"6_wide_in": np.zeros((3, 384), np.float16), "6_wide_out": np.zeros((1536, 3), np.float16)}),
        small(other=np.zeros((3, 384), np.float16)),
    ],
)
def test_parts_that_do_not_fit(parts):
    assert not fits(parts, 2)


# In use.


def test_reasons_are_still_given(coder, encoder):
    (vector,) = encoder.encode(["cold soup for lunch"])
    found = Explainer(coder, BOOK, encoder).reasons("cold soup for lunch", vector, "meals")
    assert found.words
    assert found.examples[0][0] == "cold soup again"


def test_the_command_says_both_figures(command, tmp_path, monkeypatch):
    for name, value in (("ENOUGH", 60), ("LEAST", 2.0)):
        monkeypatch.setattr(comparing, name, value)
    monkeypatch.setattr(tuning, "EPOCHS", 1)
    given = said()
    lines = ["text," + ",".join(code.id for code in BOOK.codes)]
    lines += [f"{t}," + ",".join(str(int(v)) for v in row) for t, row in zip(*given_of(given), strict=True)]
    (tmp_path / "coded.csv").write_text("\n".join(lines), "utf-8")
    book = tmp_path / "b.toml"
    codes = "".join(f'\n[[code]]\nid = "{code.id}"\nname = "{code.name}"\n' for code in BOOK.codes)
    book.write_text(f'id = "b"\nname = "B"\nversion = "1"\n{codes}', "utf-8")
    asked = (
        "train", tmp_path / "coded.csv", "--text-column", "text", "--codebook", book, "--fine-tune", "--out"
    )  # fmt: skip
    found = command(*asked, tmp_path / "coder")
    assert found.code == 0, found.err
    assert "The fine-tuned encoder is not kept, because it does not pay: on " in found.out
    assert " with it and 0." in " ".join(found.out.split())
    monkeypatch.setattr(comparing, "ENOUGH", 300)
    refused = command(*asked, tmp_path / "other")
    assert refused.code == 2
    assert "fine-tuning needs 300 labelled texts or more, and 60 were given" in refused.err


def given_of(labelled: Labelled):
    return labelled.texts, labelled.labels
