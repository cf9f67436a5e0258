"""Invented sentences of a cue file, by sort → how likely a passage is to be of each sort.

A logistic regression on sentence vectors, trained in a moment. What says the same thing in other words stands
near in vectors, so that a few hundred sentences do where lists of words tell little more than chance
(evaluation/README.md).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import resources
from thememiner.tomls import Reader, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Vectors = NDArray[np.float32]
    Encode = Callable[[Sequence[str]], Vectors]

_STRENGTH = 10.0  # inverse of the regularisation; of .3 to 30 tried by tenfold cross-validation all did alike


def shares(vectors: Vectors, encode: Encode, cues: str, sorts: tuple[str, ...]) -> Floats:
    """How likely each passage is to be of each sort, 0 to 1: float64, passages × `sorts`, rows sum to 1.

    `vectors` are the passages', float32, passages × dimensions, unit rows; `encode` gives the same of texts;
    `cues` is the name of the cue file, which has a list of sentences for each sort and nothing else.
    """
    from threadpoolctl import threadpool_limits

    if not len(vectors):
        return np.zeros((0, len(sorts)))
    taught = _taught(encode, cues, sorts)
    with threadpool_limits(1):  # one order of sums, whatever the machine's threads
        said: Floats = np.round(taught.predict_proba(vectors.astype(np.float64)), 6)
    return said


@functools.lru_cache(4)
def _taught(encode: Encode, cues: str, sorts: tuple[str, ...]) -> Any:
    """What tells the sorts apart, kept for the encoder that is in use."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    path = resources.folder("cues") / f"{cues}.toml"
    top = Reader(load(path), path.name)
    top.only(sorts)
    texts = {sort: top.texts(sort) for sort in sorts}
    shown = encode([text for of in texts.values() for text in of]).astype(np.float64)
    labels = np.repeat(np.arange(len(sorts)), [len(of) for of in texts.values()])
    with threadpool_limits(1):  # one order of sums, whatever the machine's threads
        return LogisticRegression(C=_STRENGTH, max_iter=2_000).fit(shown, labels)
