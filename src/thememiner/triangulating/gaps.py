"""Passages that tell of something wrong → the sort of gap that each tells of.

A logistic regression on sentence vectors, trained in a moment from the invented sentences of
`corpora/cues/gaps.toml`. "The phone rings out" and "there is no interpreter" share no word with "two posts
are vacant", so words alone told little more than chance (evaluation/README.md).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import resources
from thememiner.records import GAPS
from thememiner.tomls import Reader, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_STRENGTH = 10.0  # inverse of the regularisation; of .3 to 30 tried by tenfold cross-validation all did alike


def sorts(vectors: Vectors, encode: Callable[[Sequence[str]], Vectors]) -> list[str]:
    """The sort of gap (of `GAPS`) that each passage tells of, if it tells of one.

    `vectors` are the passages', float32, passages × dimensions, unit rows; `encode` gives the same of texts.
    """
    from threadpoolctl import threadpool_limits

    if not len(vectors):
        return []
    taught = _taught(encode)
    with threadpool_limits(1):  # one order of sums, whatever the machine's threads
        scores = np.round(taught.decision_function(vectors.astype(np.float64)), 6)
    return [GAPS[k] for k in scores.argmax(axis=1)]


@functools.lru_cache(1)
def _taught(encode: Callable[[Sequence[str]], Vectors]) -> Any:
    """What tells the sorts apart, kept for the encoder that is in use."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    path = resources.folder("cues") / "gaps.toml"
    top = Reader(load(path), path.name)
    top.only(GAPS)
    texts = {sort: top.texts(sort) for sort in GAPS}
    shown = encode([text for of in texts.values() for text in of]).astype(np.float64)
    labels = np.repeat(np.arange(len(GAPS)), [len(of) for of in texts.values()])
    with threadpool_limits(1):  # one order of sums, whatever the machine's threads
        return LogisticRegression(C=_STRENGTH, max_iter=2_000).fit(shown, labels)
