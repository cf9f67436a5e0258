"""What shows each code of a codebook: the vectors of the texts that say what it is about, read once a run."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from thememiner import labelling
from thememiner.records import Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.embedding import Encoder

    Floats = NDArray[np.float32]

_NEAREST = 3  # texts of a code: one alone may share a word by chance, all together say little that is its own


@functools.lru_cache(1)
def code_vectors(book: Codebook, encoder: Encoder) -> tuple[Floats, ...]:
    """The unit rows of each code's name, definition and examples, float32, texts × dimensions."""
    texts = labelling.texts_of(book)
    vectors = encoder.encode([text for of in texts for text in of])
    ends = np.cumsum([len(of) for of in texts]).tolist()
    return tuple(vectors[end - len(of) : end] for of, end in zip(texts, ends, strict=True))


def likeness(vectors: Floats, texts: Floats) -> NDArray[np.float64]:
    """How near each row is to a code: its mean cosine to the three nearest of the code's texts, float64."""
    cosines = vectors.astype(np.float64) @ texts.T.astype(np.float64)  # alike whatever the order of sums
    near: NDArray[np.float64] = np.sort(cosines, axis=1)[:, -_NEAREST:].mean(axis=1)
    return near
