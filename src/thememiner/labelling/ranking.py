"""Which words set a theme apart: class-based TF-IDF over words and pairs of words.

Source: Grootendorst 2022, "BERTopic: neural topic modeling with a class-based TF-IDF procedure"; BERTopic's
own transformer does it. The one module that knows BERTopic.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.labelling.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]

_MOST_TERMS = 300  # of a theme, best first


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Texts in themes, and what each term weighs in each.

    `theme` of each text, -1 none, and `home`, the document that it is of. A term is a content word or two
    side by side: `first` and `second` (-1 none) are its words' numbers, `stems` says which terms have the
    same stems, `term` and `place` where each occurrence begins. `weights` is sparse, themes × terms.
    """

    texts: Texts
    theme: Numbers
    home: Numbers
    first: Numbers
    second: Numbers
    stems: Numbers
    term: Numbers
    place: Numbers
    weights: Any

    def best(self, theme: int) -> list[tuple[int, float]]:
        """The terms of a theme and what they weigh, heaviest first; of equal ones by their letters."""
        row = self.weights[theme]
        heavy = np.lexsort((row.indices, -np.round(row.data, 9)))[: 2 * _MOST_TERMS]
        found = [(int(row.indices[i]), round(float(row.data[i]), 9)) for i in heavy if row.data[i] > 0]
        found.sort(key=lambda f: (-f[1], self.spelt(f[0])))
        return found[:_MOST_TERMS]

    def words(self, theme: int) -> Floats:
        """What each distinct word weighs in a theme."""
        return np.asarray(self.weights[theme, : len(self.texts.words)].todense()).ravel()

    def numbers(self, term: int) -> tuple[int, ...]:
        """The numbers of a term's words."""
        return (int(self.first[term]), int(self.second[term]))[: 1 if self.second[term] < 0 else 2]

    def spelt(self, term: int) -> str:
        """A term's words with a space between."""
        return " ".join(self.texts.words[w] for w in self.numbers(term))

    def known(self, theme: int) -> Numbers:
        """For each distinct word, how many of a theme's documents hold it."""
        mine = self.theme[self.texts.row] == theme
        documents = int(self.home.max()) + 1
        there = np.unique(self.texts.word[mine] * documents + self.home[self.texts.row[mine]]) // documents
        return np.bincount(there, minlength=len(self.texts.words))

    def holders(self, theme: int) -> dict[int, int]:
        """How many of a theme's documents hold a term of these stems (a value of `stems`)."""
        mine = self.theme[self.texts.row[self.place]] == theme
        documents = int(self.home.max()) + 1
        home = self.home[self.texts.row[self.place[mine]]]
        there = np.unique(self.stems[self.term[mine]] * documents + home) // documents
        return dict(zip(*(found.tolist() for found in np.unique(there, return_counts=True)), strict=True))


def rank(texts: Texts, theme: Numbers, home: Numbers) -> Ranked:
    """The terms of `texts` weighed by theme, of which there must be one at least.

    Texts of no theme are a class of their own: they say too how common a term is.
    """
    size = len(texts.words)
    content = texts.content[texts.word]
    single = np.flatnonzero(content)
    pair = np.flatnonzero(content[:-1] & content[1:] & texts.joined[:-1])
    both, which = np.unique(texts.word[pair] * size + texts.word[pair + 1], return_inverse=True)
    first = np.concatenate([np.arange(size), both // max(size, 1)])
    second = np.concatenate([np.full(size, -1), both % max(size, 1)])
    place = np.concatenate([single, pair])
    term = np.concatenate([texts.word[single], size + which])
    stem_of: dict[str, int] = {}
    stems = np.array([stem_of.setdefault(stem(w), len(stem_of)) for w in texts.words] + [-1], dtype=np.int64)
    same = stems[first] * (len(stem_of) + 1) + stems[second] + 1
    kind = theme[texts.row[place]]
    kinds = np.where(kind < 0, int(theme.max()) + 1, kind)
    weights = _weights(kinds, term, len(first), int(theme.max()) + 1)
    return Ranked(texts, theme, home, first, second, same, term, place, weights)


def stem(word: str) -> str:
    """A word without the ending that its number or tense gives it, roughly."""
    for ending in ("'s", "’s", "ies", "es", "s", "ing", "ed", "er", "ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
    return word


def _weights(kinds: Numbers, term: Numbers, size: int, themes: int) -> Any:
    """Themes × terms, sparse; class `themes` are the texts of none."""
    from scipy.sparse import csr_matrix

    if not len(term):
        return csr_matrix((themes, size))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from bertopic.vectorizers import ClassTfidfTransformer

        there, column = np.unique(term, return_inverse=True)
        shape = (max(themes, int(kinds.max()) + 1), len(there))
        counts = csr_matrix((np.ones(len(kinds)), (kinds, column)), shape=shape)
        found = ClassTfidfTransformer(reduce_frequent_words=True).fit(counts).transform(counts).tocoo()
    return csr_matrix((found.data, (found.row, there[found.col])), shape=(shape[0], size))[:themes]
