"""Names of discovered themes: how many have one, and whether a reader would find the theme by it.

Whether a name is one to put before a board only a person can say (`thememiner_evaluation.names_read` prints
them, each with the texts nearest the middle of its theme). What needs no person is told here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner import steps
from thememiner.records import Theme
from thememiner.wording import UNNAMED
from thememiner_evaluation import datasets, product
from thememiner_evaluation.measuring import Bench, Reading
from thememiner_evaluation.splits import sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

SETS = ("fft", "pfd", "20newsgroups")
MOST = 1_500  # texts of a set


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """The themes of some texts, the rows of each, and the vectors of all (float32 unit rows)."""

    texts: tuple[str, ...]
    themes: tuple[Theme, ...]
    rows: tuple[tuple[int, ...], ...]
    vectors: NDArray[np.float32]

    def centres(self) -> NDArray[np.float32]:
        """The mean vector of each theme, unit rows."""
        means = np.array([self.vectors[list(rows)].mean(axis=0) for rows in self.rows])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)


def named(bench: Bench, name: str, most: int = MOST) -> Named:
    """Discover and name the themes of a set."""
    texts = _texts(bench, name)
    texts = tuple(texts[i] for i in sample(texts, most))
    themes, members = steps.discover(product.passages(texts, "feedback"), bench.encoder, bench.settings())
    homes: dict[str, list[int]] = {theme.id: [] for theme in themes}
    for m in members:
        homes[m.theme_id].append(int(m.passage_id.partition(":")[0]))
    rows = tuple(tuple(homes[theme.id]) for theme in themes)
    return Named(texts, tuple(themes), rows, bench.encoder.encode(texts))


def found(bench: Bench) -> Iterator[Reading]:
    """The share of themes with a name; of names, the share whose theme comes first by meaning and by words.

    By meaning is how a name is chosen, too; by words is not. Beside it stand the first two keywords of the
    same themes, which is what names them where there is no name.
    """
    sets = {name: named(bench, name) for name in SETS}
    good = {name: [not t.name.startswith(UNNAMED) for t in of.themes] for name, of in sets.items()}
    yield _reading("themes with a name", {name: (sum(flags), len(flags)) for name, flags in good.items()})
    meaning = {name: _by_meaning(bench, of, good[name]) for name, of in sets.items()}
    yield _reading("names by which their theme comes first by meaning", meaning)
    words = {name: _by_words(of, [t.name for t in of.themes], good[name]) for name, of in sets.items()}
    pairs = {
        name: _by_words(of, [" ".join(t.keywords[:2]) for t in of.themes], good[name])
        for name, of in sets.items()
    }
    other = sum(hit for hit, _ in pairs.values()) / max(sum(n for _, n in pairs.values()), 1)
    yield _reading("names by which their theme comes first by words", words, other)


def _reading(metric: str, counts: dict[str, tuple[int, int]], keywords: float | None = None) -> Reading:
    hits, of = (sum(pair[i] for pair in counts.values()) for i in (0, 1))
    detail = [
        (f"{name}: {what}", float(n))
        for name, pair in counts.items()
        for what, n in zip(("hits", "of"), pair, strict=True)
    ]
    beside = () if keywords is None else (("two keywords", keywords),)
    return Reading(metric, hits / max(of, 1), None, beside, tuple(detail))


def _by_meaning(bench: Bench, of: Named, good: Sequence[bool]) -> tuple[int, int]:
    """How many names have a vector nearest the middle of their own theme, and how many names there are."""
    own = np.flatnonzero(good)
    if not len(own):
        return 0, 0
    near = bench.encoder.encode([of.themes[k].name for k in own.tolist()]) @ of.centres().T
    return int((near.argmax(axis=1) == own).sum()), len(own)


def _by_words(of: Named, names: Sequence[str], good: Sequence[bool]) -> tuple[int, int]:
    """The same, by the words alone (TF-IDF, mean over the texts of each theme)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    own = np.flatnonzero(good)
    if not len(own):
        return 0, 0
    weigh = TfidfVectorizer(sublinear_tf=True).fit(of.texts)
    texts = weigh.transform(of.texts)
    means = np.vstack([np.asarray(texts[list(rows)].mean(axis=0)) for rows in of.rows])
    near = weigh.transform([names[k] for k in own.tolist()]) @ means.T
    return int((near.argmax(axis=1) == own).sum()), len(own)


def _texts(bench: Bench, name: str) -> tuple[str, ...]:
    if name == "fft":
        return tuple(sorted(set(datasets.comments(bench.data).texts)))
    return tuple(sorted(set(datasets.corpus(bench.data, name).texts)))
