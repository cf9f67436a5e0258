"""Our own texts come with their vectors: all of them, those that the encoder gives, and no other text."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from thememiner import ownvectors, resources
from thememiner.embedding import MiniLM
from thememiner.errors import ResourceError

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def own() -> list[str]:
    spec = importlib.util.spec_from_file_location("own", CHECKOUT / "models" / "build" / "own_vectors.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    return build.texts()


@pytest.fixture
def afresh():
    ownvectors.known.cache_clear()
    yield
    ownvectors.known.cache_clear()


def test_every_text_of_ours_is_there_and_nothing_else(own):
    assert set(ownvectors.known(MiniLM.digest)) == {ownvectors.key(text) for text in own}, (
        "run models/build/own_vectors.py"
    )


def test_they_are_what_the_encoder_gives(own, encoder):
    some = own[:: len(own) // 40]
    near = (encoder.encode(some) * encoder.read(some)).sum(axis=1)
    assert near.min() > 0.999


def test_only_what_is_not_ours_is_read(own, encoder, monkeypatch):
    asked = []
    read = encoder.read
    monkeypatch.setattr(encoder, "read", lambda texts, told=None: asked.extend(texts) or read(texts, told))
    given = [own[3], "The boat was late again.", own[5], f"{own[5]} "]
    rows = encoder.encode(given)
    assert asked == [given[1], given[3]]
    assert np.array_equal(rows[[1, 3]], read([given[1], given[3]]))
    assert np.array_equal(rows[0], ownvectors.known(MiniLM.digest)[ownvectors.key(own[3])])


@pytest.mark.parametrize("damage", ["another encoder", "cut short", "gone", "rows that do not fit"])
def test_a_damaged_file_is_one_line(damage, tmp_path, monkeypatch, afresh):
    whole = (resources.folder("models") / ownvectors.FILE).read_bytes()
    path = tmp_path / ownvectors.FILE
    if damage == "another encoder":
        save_file({"keys": np.zeros((1, 32), np.uint8), "vectors": np.ones((1, 384), np.float16)}, path, {})
    elif damage == "cut short":
        path.write_bytes(whole[:5000])
    elif damage == "rows that do not fit":
        parts = {"keys": np.zeros((2, 32), np.uint8), "vectors": np.ones((1, 384), np.float16)}
        save_file(parts, path, {"encoder": MiniLM.digest})
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path)
    with pytest.raises(ResourceError, match="reinstall thememiner") as refused:
        ownvectors.known(MiniLM.digest)
    assert "\n" not in str(refused.value)
