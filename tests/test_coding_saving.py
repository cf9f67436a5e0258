"""A saved coder comes back with the same scores, and one that cannot be used is told in a line."""

from __future__ import annotations

import dataclasses
import json
from types import SimpleNamespace

import numpy as np
import pytest

from thememiner.codebooks import codebook
from thememiner.coding import Coder, Figures, code, load, ready, save, saving, train
from thememiner.embedding import MiniLM, embed
from thememiner.errors import InputError, InputWarning, ResourceError
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
    (Example("feedback", "Signed and dated."), Example("feedback", "See page 2.")),
)
SAID = [
    Passage(f"d{i}:0", f"d{i}", 0, len(t), t, "feedback")
    for i, t in enumerate(("cold soup from the menu", "the machine broke", "banging doors", "", "1.25 mg"))
]


@pytest.fixture
def coder(word_encoder) -> Coder:
    return train(BOOK, word_encoder)


@pytest.fixture
def folder(coder, tmp_path):
    return save(coder, tmp_path / "coder")


def changed(folder, **values) -> None:
    path = folder / "coder.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


def test_loading_gives_identical_scores(coder, folder, word_encoder):
    found = embed(SAID, word_encoder)
    again = load(folder, BOOK)
    assert code(SAID, found, again, every=True) == code(SAID, found, coder, every=True)
    for field in dataclasses.fields(Coder):
        one, other = getattr(coder, field.name), getattr(again, field.name)
        assert np.array_equal(one, other, equal_nan=True) if isinstance(one, np.ndarray) else one == other, (
            field.name
        )


def test_own_thresholds_come_back(coder, tmp_path):
    nan = float("nan")
    figures = (Figures(7, 0.5, 0.25, 1 / 3), Figures(0, 0.0, 0.0, 0.0), Figures(3, 1.0, 1.0, 1.0))
    own = dataclasses.replace(
        coder, assigned=np.array([0.1, 1 / 3, nan]), weak=np.array([0.05, 0.2, nan]), figures=figures
    )
    again = load(save(own, tmp_path / "own"), BOOK)
    assert again.thresholds(0.5, 0.3) == own.thresholds(0.5, 0.3) == [(0.1, 0.05), (1 / 3, 0.2), (0.5, 0.3)]
    assert again.figures == figures


def test_the_same_coder_is_the_same_bytes(coder, tmp_path):
    one, other = (save(coder, tmp_path / name) for name in ("one", "other"))
    assert all((one / f.name).read_bytes() == f.read_bytes() for f in other.iterdir())
    assert sorted(f.name for f in one.iterdir()) == ["coder.json", "weights.safetensors"]


def test_saving_again_replaces(coder, folder, word_encoder):
    less = dataclasses.replace(BOOK, codes=BOOK.codes[:2])
    assert load(save(train(less, word_encoder), folder), less).code_ids == ("parking", "meals")


def test_it_says_what_it_was_trained_with(folder, word_encoder):
    origin = load(folder, BOOK).origin
    assert (origin.codebook, origin.version, origin.labelled) == ("b", "1", 0)
    assert (origin.encoder, origin.encoder_sha256) == (word_encoder.name, word_encoder.digest)
    written = json.loads((folder / "coder.json").read_text("utf-8"))
    assert written["thememiner"] == "0.1.0"


def test_another_codebook_has_another_digest(coder, word_encoder):
    other = train(dataclasses.replace(BOOK, background=()), word_encoder)
    assert other.origin.codebook_sha256 != coder.origin.codebook_sha256
    assert train(BOOK, word_encoder).origin == coder.origin


def test_another_encoder_is_refused(coder, word_encoder):
    word_encoder.digest = "1" * 64
    with pytest.raises(
        InputError, match=r"trained with the encoder words, and this run has words, or another"
    ):
        ready(BOOK, word_encoder, coder)


def test_another_precision_is_told(coder, word_encoder):
    word_encoder.precision = "bfloat16"
    with pytest.warns(InputWarning, match="in float32, and this run has them in bfloat16"):
        assert ready(BOOK, word_encoder, coder) is coder


def test_without_a_saved_one_it_is_trained(coder, word_encoder):
    assert ready(BOOK, word_encoder, None).sha256 == coder.sha256


@pytest.fixture
def shipped(coder, tmp_path, monkeypatch):
    """A folder of shipped models that holds a coder of the codebook."""
    monkeypatch.setattr(saving.resources, "folder", lambda name: tmp_path)
    own = dataclasses.replace(coder, bias=coder.bias + 1.0)
    return save(own, tmp_path / "coder-b"), own


def test_a_shipped_coder_is_taken_for_its_codebook_as_it_is(shipped, coder, word_encoder):
    assert ready(BOOK, word_encoder, None).sha256 == shipped[1].sha256
    assert ready(BOOK, word_encoder, coder) is coder  # one's own goes before
    edited = dataclasses.replace(BOOK, name="B, edited")
    assert ready(edited, word_encoder, None).sha256 == train(edited, word_encoder).sha256
    word_encoder.digest = "1" * 64
    assert saving.shipped(BOOK, word_encoder, paired=False) is None


def test_a_damaged_shipped_coder_is_told(shipped, word_encoder):
    (shipped[0] / "weights.safetensors").write_bytes(b"")
    with pytest.raises(ResourceError, match="the shipped coder-b is damaged: reinstall thememiner"):
        ready(BOOK, word_encoder, None)


def test_the_shipped_coder_is_of_the_shipped_codebook():
    encoder = SimpleNamespace(digest=MiniLM.digest, precision="float32")
    found = saving.shipped(codebook("assertive-care"), encoder, paired=True)
    assert found is not None, "the codebook has changed: run models/build/coder.py"
    assert found.tuned.paired
    assert found.tuned.precision == "float32"
    assert saving.shipped(codebook("assertive-care"), encoder, paired=False).tuned is None


def test_other_codes_are_refused(folder):
    with pytest.raises(
        InputError, match=r"for the 3 codes of codebook 'b', which are not those of codebook 'b'"
    ):
        load(folder, dataclasses.replace(BOOK, codes=BOOK.codes[:2]))


def test_a_changed_codebook_is_told(folder):
    with pytest.warns(InputWarning, match="codebook 'b' has changed since the coder coder was trained"):
        load(folder, dataclasses.replace(BOOK, background=()))


def test_its_digest_tells_every_part(coder):
    assert dataclasses.replace(coder, code_ids=(*coder.code_ids[:-1], "else")).sha256 != coder.sha256
    for name in ("features", "idf", "weights", "bias", "slope", "offset", "assigned", "weak"):
        assert (
            dataclasses.replace(coder, **{name: np.zeros_like(getattr(coder, name)) + 7}).sha256
            != coder.sha256
        )


def test_a_newer_coder_says_so_before_anything_else(folder):
    changed(folder, schema=2, thememiner="9.9", weights_sha256="", codes=None)
    with pytest.raises(InputError, match=r"saved by a newer version of thememiner \(9\.9\): update"):
        load(folder, BOOK)


def test_no_folder(tmp_path):
    with pytest.raises(InputError, match=r"the coder gone does not exist: give the folder"):
        load(tmp_path / "gone", BOOK)


@pytest.mark.parametrize("name", ["coder.json", "weights.safetensors"])
def test_a_missing_file(folder, name):
    (folder / name).unlink()
    with pytest.raises(InputError, match=f"the coder coder is damaged: {name} is missing"):
        load(folder, BOOK)


def test_every_changed_byte_of_the_weights_is_seen(folder):
    path = folder / "weights.safetensors"
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(InputError, match=r"weights\.safetensors is not the one"):
            load(folder, BOOK)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"a": 1}'])
def test_a_coder_json_that_is_none(folder, content):
    (folder / "coder.json").write_bytes(content)
    with pytest.raises(InputError, match="is damaged"):
        load(folder, BOOK)


@pytest.mark.parametrize(
    "values",
    [
        {"codes": ["parking", "meals"]},
        {"codes": ["parking", "meals", "meals"]},
        {"codes": "abc"},
        {"codes": [1, 2, 3]},
        {"slope": [1.0, 2.0]},
        {"slope": None},
        {"slope": ["a", "b", "c"]},
        {"offset": [1.0, 2.0, float("nan")]},
        {"offset": [1, 2, 10**400]},
        {"weak": [[1.0, 2.0, 3.0]]},
        {"slope": [1.0, None, 2.0]},
        {"assigned": [0.5, float("inf"), 0.5]},
        {"figures": None},
        {"figures": [{"texts": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}]},
        {"figures": [{"texts": "1", "precision": 1.0, "recall": 1.0, "f1": 1.0}] * 3},
        {"origin": {}},
        {"origin": None},
        {"origin": dict.fromkeys(("codebook", "version", "codebook_sha256", "encoder", "precision"), 1)},
        {"schema": "1"},
        {"schema": 0},
    ],
    ids=str,
)
def test_parts_that_do_not_fit(folder, values):
    changed(folder, **values)
    with pytest.raises(InputError, match="is damaged: its parts do not fit together"):
        load(folder, BOOK)


def test_what_is_too_large_is_not_read(folder, monkeypatch):
    monkeypatch.setitem(saving._LARGEST, "coder.json", 10)
    with pytest.raises(InputError, match=r"coder\.json is larger than 0 MB"):
        load(folder, BOOK)


@pytest.mark.parametrize(
    "change", [lambda f: f[::-1], lambda f: f * 0, lambda f: f - 10**6, lambda f: f + 10**6]
)
def test_features_that_are_none(coder, tmp_path, change):
    other = dataclasses.replace(coder, features=np.ascontiguousarray(change(coder.features)))
    with pytest.raises(InputError, match="do not fit"):
        load(save(other, tmp_path / "other"), BOOK)


@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_weights_of_another_type(coder, tmp_path, dtype):
    other = dataclasses.replace(coder, bias=coder.bias.astype(dtype))
    with pytest.raises(InputError, match="do not fit"):
        load(save(other, tmp_path / "other"), BOOK)
