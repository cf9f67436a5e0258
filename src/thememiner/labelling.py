"""Clusterings to themes with names: the one room that knows BERTopic.

A fitted stage. BERTopic's class-based TF-IDF ranks the words of each cluster; the names are put
together here from words that occur in the theme's own passages. Masks, stop-words, numbers, words that
judge or blame, and words that are nearly always written with a capital (names of people and places)
never enter a name.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.records import Clustering, Membership, Passage, Theme
from thememiner.wording import content_words, judging_words, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_KEYWORDS = 8
_NAME_WORDS = 3
_HOLDERS = 3  # a keyword stands in at least this many documents (or all, in a smaller theme)
_HOLD_SHARE = 0.2  # and in at least this share of the theme's documents
_ALONE = 0.4  # a single keyword that this share holds is enough, with lesser ones beside it
_CAPITAL = 0.6  # a word written with a capital this often, inside sentences, is taken for a name


def label(passages: Sequence[Passage], clustering: Clustering) -> tuple[list[Theme], list[Membership]]:
    """Return the discovered themes, largest first, with their names, and who belongs to which.

    A cluster that holds no two words to name it by is no theme.
    `passages` are the rows that were clustered, with `clustering` over the same rows. Every word of a
    name and every keyword occurs in the theme's passages.
    """
    count = int(clustering.labels.max()) + 1 if len(clustering.labels) else 0
    if not count:
        return [], []
    ranked = _ranked_terms([p.text for p in passages], clustering.labels)
    themes, memberships, taken = [], [], set[str]()
    for k in range(count):
        rows = np.flatnonzero(clustering.labels == k).tolist()
        members = [passages[i] for i in rows]
        keywords = _keywords(ranked.get(k, []), members)
        if sum(len(term.split()) for term in keywords) < 2:
            continue  # too few words to say what it is about: its passages stay unassigned
        theme_id = "found:" + _digest(p.text for p in members)
        themes.append(
            Theme(
                id=theme_id,
                name=_name(keywords, taken),
                origin="discovered",
                keywords=keywords,
                stability=round(float(clustering.stability[k]), 3),
            )
        )
        memberships += [
            Membership(passages[i].id, theme_id, round(float(clustering.strength[i]), 6), "assigned")
            for i in rows
        ]
    return themes, memberships


def _ranked_terms(texts: Sequence[str], labels: NDArray[np.int64]) -> dict[int, list[str]]:
    """The terms of each cluster by class-based TF-IDF, best first."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from bertopic import BERTopic
        from bertopic.cluster import BaseCluster
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer
        from sklearn.feature_extraction.text import CountVectorizer

        model: Any = BERTopic(
            language="multilingual",  # for "english" BERTopic strips points from numbers: 1.25 becomes 125
            embedding_model=None,
            umap_model=BaseDimensionalityReduction(),
            hdbscan_model=BaseCluster(),
            vectorizer_model=CountVectorizer(analyzer=_terms),
            ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
            calculate_probabilities=False,
            verbose=False,
        )
        model.top_n_words = 300  # as an argument so many make BERTopic print a warning of its own
        if len(texts) < 2:
            return {}
        found, _ = model.fit_transform(list(texts), embeddings=np.zeros((len(texts), 2)), y=labels)
        # BERTopic numbers topics anew: read back which of its topics each of our themes became
        names = {int(ours): int(theirs) for ours, theirs in zip(labels, found, strict=True)}
        topics = model.get_topics()
    return {
        ours: [
            term
            for term, weight in sorted(topics[theirs], key=lambda t: (-round(t[1], 9), t[0]))
            if weight > 0
        ]
        for ours, theirs in names.items()
        if ours >= 0
    }


def _terms(text: str) -> list[str]:
    """Content words, and pairs of them that stand side by side in the text."""
    words = content_words(text)
    kept = set(words)
    sequence = tokens(text, masks=True)
    pairs = [f"{a} {b}" for a, b in pairwise(sequence) if a in kept and b in kept]
    return words + pairs


def _keywords(terms: list[str], members: list[Passage]) -> tuple[str, ...]:
    """The best terms that enough documents hold, no two of one stem, no names of people or places.

    A term is held wherever a word of its stem stands. If one term alone has enough holders, and nearly
    half the theme holds it, the next best that two documents hold stand beside it.
    """
    holders: dict[str, set[str]] = {}
    for passage in members:
        for term in set(_terms(passage.text)):
            holders.setdefault(_stems(term), set()).add(passage.document_id)
    size = len({p.document_id for p in members})
    enough = max(min(_HOLDERS, size), round(_HOLD_SHARE * size))
    capital = _capitals(members)
    named: list[str] = []
    beside: list[str] = []
    for term in terms:
        held = len(holders.get(_stems(term), ()))
        if held >= min(2, size) and not any(
            w in judging_words() or capital.get(w, 0) > _CAPITAL for w in term.split()
        ):
            (named if held >= enough else beside).append(term)
    distinct = _unlike(named)
    if len(distinct) == 1 and len(holders[_stems(distinct[0])]) >= _ALONE * size:
        distinct = _unlike([*distinct, *beside])[:_NAME_WORDS]
    return tuple(distinct[:_KEYWORDS])


def _unlike(terms: list[str]) -> list[str]:
    """The terms that bring a stem that none before them had."""
    stems: set[str] = set()
    kept = []
    for term in terms:
        new = set(_stems(term).split())
        if not new <= stems:
            kept.append(term)
            stems |= new
    return kept


def _stems(term: str) -> str:
    return " ".join(_stem(word) for word in term.split())


def _capitals(members: list[Passage]) -> dict[str, float]:
    """How often each word is written with a first capital (not all capitals).

    The first word of a passage counts only where that word never stands in lower case.
    """
    inside: Counter[str] = Counter()
    high: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for passage in members:
        for n, match in enumerate(_WORD.finditer(passage.text)):
            bare = match.group()
            tall = bare[0].isupper() and not bare.isupper()
            if n == 0:
                first[bare.lower()] += tall
            else:
                inside[bare.lower()] += 1
                high[bare.lower()] += tall
    shares = {word: high[word] / n for word, n in inside.items()}
    return shares | {word: 1.0 for word, n in first.items() if n >= _HOLDERS and word not in inside}


def _name(keywords: tuple[str, ...], taken: set[str]) -> str:
    """A name of two to five words out of the keywords, unlike every name already taken."""
    words: list[str] = []
    for term in keywords:
        new = [w for w in term.split() if _stem(w) not in {_stem(x) for y in words for x in y.split()}]
        if not new:
            continue
        words.append(" ".join(new))
        size = sum(len(w.split()) for w in words)
        name = ", ".join(words)
        if size >= _NAME_WORDS and name not in taken:
            break
    name = ", ".join(words)
    while name in taken:  # the same words again: a second theme of that name says so
        name += " (again)"
    taken.add(name)
    return name[:1].upper() + name[1:]


def _stem(word: str) -> str:
    for ending in ("'s", "’s", "ies", "es", "s", "ing", "ed", "er", "ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
    return word


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(set(texts))).encode()).hexdigest()[:16]
