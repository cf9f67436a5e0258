"""Fixtures that several test modules share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from thememiner import embedding
from thememiner.wording import tokens


class WordEncoder:
    """A light stand-in for the encoder: texts that share words lie near, and a row is its text's alone."""

    name = "words"
    digest = "0" * 64
    precision = "float32"

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def encode(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.seen.append(list(texts))
        rows = np.zeros((len(texts), 64), dtype=np.float64)
        for i, text in enumerate(texts):
            for word in tokens(text) or [""]:
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
                rows[i] += np.random.default_rng(seed).normal(size=64)
        if progress:
            progress(len(texts), len(texts))
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="session")
def encoder() -> embedding.Encoder:
    """The real MiniLM, loaded once (about six seconds)."""
    return embedding.encoder()


@pytest.fixture
def word_encoder() -> WordEncoder:
    """A fresh stand-in for the encoder; `seen` are the lists of texts that it was given."""
    return WordEncoder()
