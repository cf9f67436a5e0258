"""How a result is scored: plain arrays in, a number out.

Sources: Vinh, Epps & Bailey 2010 (adjusted mutual information); Naeini et al. 2015 (expected calibration
error); Bouma 2009 and Röder et al. 2015 (NPMI over sliding windows); Dieng et al. 2020 (topic diversity);
Hennig 2007 (a cluster is found again where its Jaccard likeness to one of the second run is over one half).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Span = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]{2,}")
_WINDOW = 10  # words; of a sliding window over which two words count as met


def ami(found: Sequence[int] | NDArray[np.int64], truth: Sequence[str]) -> float:
    """Adjusted mutual information over every row; all rows below 0 are one cluster, "unassigned"."""
    from sklearn.metrics import adjusted_mutual_info_score

    whole = np.maximum(np.asarray(found, dtype=np.int64), -1)
    return float(adjusted_mutual_info_score(list(truth), whole))


def f1(gold: Flags, found: Flags) -> tuple[float, float]:
    """Micro and macro F1 of bool matrices, rows × codes; a code without gold or finds counts as 0."""
    hits = (gold & found).sum(axis=0).astype(float)
    sizes = (gold.sum(axis=0) + found.sum(axis=0)).astype(float)
    each = np.divide(2 * hits, sizes, out=np.zeros_like(hits), where=sizes > 0)
    total = sizes.sum()
    return (float(2 * hits.sum() / total) if total else 0.0), (float(each.mean()) if len(each) else 0.0)


def best_f1(gold: Flags, scores: Floats) -> tuple[float, float]:
    """The macro F1 at the one threshold that gives the most of it, chosen in hindsight; and the threshold."""
    tried = np.unique(np.quantile(scores, np.linspace(0, 1, 201)))
    return max((f1(gold, scores >= at)[1], float(at)) for at in tried)


def mean_average_precision(gold: Flags, scores: Floats) -> float:
    """The mean over codes of average precision; every code needs a positive row."""
    from sklearn.metrics import average_precision_score

    return float(np.mean([average_precision_score(gold[:, j], scores[:, j]) for j in range(gold.shape[1])]))


def calibration_error(right: Flags, said: Floats, bins: int = 10) -> float:
    """Expected calibration error: how far a score lies from the share that is right, over equal bins."""
    if not len(said):
        return float("nan")
    place = np.minimum((said * bins).astype(int), bins - 1)
    size = np.bincount(place, minlength=bins)
    gap = np.abs(np.bincount(place, said, bins) - np.bincount(place, right.astype(float), bins))
    return float(gap[size > 0].sum() / len(said))


def span_f1(gold: Iterable[Iterable[Span]], found: Iterable[Iterable[Span]]) -> float:
    """F1 of spans that must agree in both ends, over all documents together."""
    hits = gold_size = found_size = 0
    for wanted, got in zip(gold, found, strict=True):
        wanted_set, got_set = set(wanted), set(got)
        hits += len(wanted_set & got_set)
        gold_size += len(wanted_set)
        found_size += len(got_set)
    return 2 * hits / (gold_size + found_size) if gold_size + found_size else 0.0


def found_again(themes: Iterable[set[Any]], again: Sequence[set[Any]], there: set[Any]) -> list[bool]:
    """Whether each theme, as far as its members are `there`, has a Jaccard likeness over ½ to one of `again`.

    A theme of which fewer than two members are there is not asked.
    """
    home = {member: i for i, theme in enumerate(again) for member in theme}
    told = []
    for theme in themes:
        left = theme & there
        if len(left) < 2:
            continue
        met = {home[m] for m in left if m in home}
        told.append(any(len(left & again[i]) > len(left | again[i]) / 2 for i in met))
    return told


def diversity(topics: Sequence[Sequence[str]]) -> float:
    """The share of the topics' words that stand in one topic only once over all: 1 when none is repeated."""
    words = [word for topic in topics for word in topic]
    return len(set(words)) / len(words) if words else 0.0


def npmi(topics: Sequence[Sequence[str]], texts: Iterable[str]) -> float:
    """Mean normalised pointwise mutual information of the pairs of words of each topic, -1 to 1.

    Words meet in a sliding window of ten words of the same texts. Words of the topics that are no single
    word of the texts meet nothing. A pair that never meets counts as -1.
    """
    wanted = {word: i for i, word in enumerate(sorted({w for topic in topics for w in topic}))}
    alone = np.zeros(len(wanted))
    pairs: dict[tuple[int, int], int] = {}
    windows = 0
    for text in texts:
        words = [wanted.get(w, -1) for w in _WORD.findall(text.lower())]
        for start in range(max(1, len(words) - _WINDOW + 1)):
            windows += 1
            inside = sorted({w for w in words[start : start + _WINDOW] if w >= 0})
            alone[inside] += 1
            for pair in combinations(inside, 2):
                pairs[pair] = pairs.get(pair, 0) + 1
    each = []
    for topic in topics:
        numbers = sorted({wanted[w] for w in topic})
        said = [
            _npmi(pairs.get(pair, 0), alone[pair[0]], alone[pair[1]], windows)
            for pair in combinations(numbers, 2)
        ]
        if said:
            each.append(float(np.mean(said)))
    return float(np.mean(each)) if each else 0.0


def _npmi(together: int, left: float, right: float, windows: int) -> float:
    if not together:
        return -1.0
    if together == windows:
        return 1.0
    return float(np.log(together * windows / (left * right)) / -np.log(together / windows))
