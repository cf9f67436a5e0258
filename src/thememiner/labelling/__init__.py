"""Clusterings to themes with names.

A fitted stage, in rooms: `texts` (passages as arrays of words), `ranking` (which words set a theme
apart), `keywords` and `naming` (which of them are shown, and the name), `phrases` (what could be a name) and
`describing` (the sentence, and codes that are near). A name is a phrase of the theme's passages, in their
words and order; where none is fit to be one, the theme is an unnamed group with its first keywords. Masks,
numbers, words that judge or blame, and words that are nearly always written with a capital (names of people
and places) never enter one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from thememiner.labelling import keywords, naming, ranking, texts
from thememiner.labelling.describing import describe, near_codes, texts_of
from thememiner.records import Clustering, Membership, Passage, Theme
from thememiner.wording import UNNAMED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Labels = NDArray[np.int64]
    Vectors = NDArray[np.float32]

__all__ = ["ABOUT", "describe", "label", "near_codes", "texts_of"]

# Of what stands out among sentences: a word that this share of its documents holds is what it is about.
# Without one, only a manner of writing holds it together: "pt", "the ward", how reports end.
ABOUT = 0.25


def label(
    passages: Sequence[Passage],
    clustering: Clustering,
    vectors: Vectors | None = None,
    encode: Callable[[Sequence[str]], Vectors] | None = None,
    *,
    about: float = 0.0,
) -> tuple[list[Theme], list[Membership]]:
    """Return the discovered themes, largest first, with their names, and who belongs to which.

    `passages` are the rows that were clustered, with `clustering` over the same rows, and `vectors` (float32,
    rows × dimensions, unit rows) those that it came from. `encode` gives the same sort of vectors for
    phrases; without it (or them) a name is chosen by words alone. A cluster that holds no two words to name
    it by is no theme, nor one of which no word is held by the share `about` of its documents. Every word of a
    name and every keyword occurs in the theme's passages, and every word of a wider theme's name in those of
    its parts.
    """
    count = int(clustering.labels.max()) + 1 if len(clustering.labels) else 0
    if not count:
        return [], []
    home = np.unique([p.document_id for p in passages], return_inverse=True)[1]
    read = texts.read([p.text for p in passages])

    def named(labels: Labels) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
        number = int(labels.max()) + 1
        ranked = ranking.rank(read, labels, home)
        words = {k: found for k in range(number) if (found := keywords.choose(ranked, k, about))}
        return naming.name(ranked, words, _centres(vectors, labels, number), encode), words

    names, words = named(clustering.labels)
    wider = _wider(clustering, named)
    themes, memberships = [], []
    for k, name in names.items():
        rows = np.flatnonzero(clustering.labels == k).tolist()
        theme_id = "found:" + _digest(passages[i].text for i in rows)
        themes.append(
            Theme(
                id=theme_id,
                name=name,
                origin="discovered",
                keywords=words[k],
                wider=wider.get(k, ""),
                stability=round(float(clustering.stability[k]), 3),
            )
        )
        memberships += [
            Membership(passages[i].id, theme_id, round(float(clustering.strength[i]), 6), "assigned")
            for i in rows
        ]
    return themes, memberships


def _wider(
    clustering: Clustering, named: Callable[[Labels], tuple[dict[int, str], object]]
) -> dict[int, str]:
    """The name of the wider theme of each theme that is one of several in it."""
    labels, coarse = clustering.labels, clustering.coarse
    home = {k: int(coarse[labels == k][0]) for k in range(int(labels.max()) + 1)}
    parts = Counter(home.values())
    if max(parts.values()) < 2:
        return {}
    names, _ = named(coarse)
    told = {over: name for over, name in names.items() if not name.startswith(UNNAMED)}
    return {k: told[over] for k, over in home.items() if parts[over] > 1 and over in told}


def _centres(vectors: Vectors | None, labels: NDArray[np.int64], count: int) -> Vectors | None:
    """The mean vector of each theme, unit rows."""
    if vectors is None:
        return None
    means = np.array([vectors[labels == k].mean(axis=0, dtype=np.float64) for k in range(count)])
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.where(norms > 0, norms, 1), dtype=np.float32)


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(set(texts))).encode("utf-8", "surrogatepass")).hexdigest()[:16]
