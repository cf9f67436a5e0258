"""Texts → number-safe, hashed TF-IDF: words, pairs of words and the letters inside words.

The features are numbered by a hash (Weinberger et al. 2009), so that a saved coder holds weights and no word
that anybody wrote. Letters (three to five side by side within a word) meet spellings and endings that no
text of the training set has. Words with their pairs, and letters, are each a unit row of their own.
"""

from __future__ import annotations

import functools
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.wording import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_HALF = 2**17  # numbers for words and pairs below it, for letters from it on
FEATURES = 2 * _HALF
_SHORTEST, _LONGEST = 3, 5  # letters side by side
_REMEMBERED = 50_000  # words whose numbers are kept at hand


def terms(text: str) -> list[str]:
    """The words of a text, and each two that stand side by side."""
    words = tokens(text)
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def letters(word: str) -> list[str]:
    """The runs of letters of a word, its edges marked by spaces; none of a number, which is one whole."""
    if not word[0].isalpha():
        return []
    edged = f" {word} "
    sizes = range(_SHORTEST, min(_LONGEST, len(edged)) + 1)
    return [edged[at : at + size] for size in sizes for at in range(len(edged) - size + 1)]


def features(text: str) -> list[int]:
    """The numbers of all features of a text, each as often as it stands there."""
    words = tokens(text)
    found = [number(pair) for pair in map(" ".join, pairwise(words))]
    for word in words:
        found.extend(of_word(word))
    return found


def of_word(word: str) -> list[int]:
    """The numbers of a word and of its letters."""
    return [number(word), *_of_letters(word)]


def known(texts: Iterable[str]) -> tuple[Numbers, Numbers]:
    """The features of the texts, sorted, and how many texts hold each; both int64."""
    held: Counter[int] = Counter()
    for text in texts:
        held.update(set(features(text)))
    numbers = sorted(held)
    return np.array(numbers, dtype=np.int64), np.array([held[n] for n in numbers], dtype=np.int64)


def of_words(numbers: Numbers) -> Numbers:
    """Those of sorted features that are words and pairs of words."""
    return numbers[: np.searchsorted(numbers, _HALF)]


def inverse(held: Numbers, texts: int) -> Floats:
    """The smoothed inverse frequency of features that `held` of the texts hold."""
    return np.asarray(np.log((1 + texts) / (1 + held)) + 1)


def weighted(texts: Sequence[str], numbers: Numbers, idf: Floats) -> Any:
    """The texts' TF-IDF: sparse, float64, texts × features; a text of no known feature is all zeros.

    `numbers` are the features of the columns, sorted, `idf` their inverse frequencies.
    """
    from scipy import sparse

    place = np.full(FEATURES, -1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    first = int(np.searchsorted(numbers, _HALF))  # of the letters
    starts, columns, values = [0], [], []
    for text in texts:
        all_of, counts = np.unique(place[features(text)], return_counts=True)
        mine, counts = all_of[all_of >= 0], counts[all_of >= 0]
        weight = (1 + np.log(counts)) * idf[mine]
        cut = int(np.searchsorted(mine, first))
        for part in (slice(cut), slice(cut, None)):
            weight[part] /= np.sqrt((weight[part] ** 2).sum()) or 1.0
        columns.append(mine)
        values.append(weight)
        starts.append(starts[-1] + len(mine))
    return sparse.csr_array(
        (np.concatenate([*values, idf[:0]]), np.concatenate([*columns, numbers[:0]]), starts),
        shape=(len(texts), len(numbers)),
    )


def number(term: str) -> int:
    """The number of a word or pair of words."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) % _HALF


@functools.lru_cache(_REMEMBERED)
def _of_letters(word: str) -> tuple[int, ...]:
    return tuple(_HALF + number(run) for run in letters(word))
