"""The name of each theme: of the noun phrases that its passages use, the one that says most of it.

As in KeyBERT (Grootendorst 2020), phrases of the texts themselves are compared with the texts by their
vectors; here only those that words already put forward, since a vector alone prefers what is said often of
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.labelling import phrases
from thememiner.labelling.ranking import stem
from thememiner.wording import is_judging

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.labelling.ranking import Ranked
    from thememiner.labelling.texts import Texts

    Vectors = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]

_PUT = 12  # phrases of a theme that are compared by their vectors
_HELD = 0.05  # the share of the theme's documents that use the phrase
_ENOUGH = 6  # or so many documents
_HOLDERS = 2  # and documents that use each of its words, or all
_WHOLE = 0.5  # the share of its uses in which no content word is joined to it
_SHARE, _LIKE = 0.35, 2.0  # what the share of documents, and likeness, weigh beside the words' own weight
_COMMON = 0.5  # how much of a phrase's likeness to all themes is taken off


@dataclass(frozen=True, slots=True)
class Put:
    """A phrase put forward as a name, its merit by words alone, and its stems."""

    text: str
    merit: float
    stems: frozenset[str]


def name(
    ranked: Ranked,
    keywords: dict[int, tuple[str, ...]],
    centres: Vectors | None = None,
    encode: Callable[[Sequence[str]], Vectors] | None = None,
) -> dict[int, str]:
    """A name for each theme of `keywords`, in that order, each unlike those before it.

    `centres` are the themes' mean vectors, unit rows, and `encode` gives vectors for phrases.
    """
    put = _put(ranked, keywords)
    nouns = phrases.heads(ranked.texts)
    noun = {w for w, is_one in zip(ranked.texts.words, nouns.tolist(), strict=True) if is_one}
    short = {
        w for w, is_one in zip(ranked.texts.words, ranked.texts.acronyms().tolist(), strict=True) if is_one
    }
    liking = _likeness(put, centres, encode)
    taken: list[frozenset[str]] = []
    names = {}
    for theme, words in keywords.items():
        best = sorted(put[theme], key=lambda p: (-round(p.merit * liking(theme, p.text), 6), p.text))
        chosen = next((p for p in best if not _near(p.stems, taken)), None) or _listed(
            sorted(words, key=lambda term: term.split()[-1] not in noun), taken
        )
        taken.append(chosen.stems)
        text = " ".join(word.upper() if word in short else word for word in chosen.text.split())
        names[theme] = text[:1].upper() + text[1:]
    return names


@dataclass(frozen=True, slots=True, eq=False)
class _Theme:
    """What is known of each distinct word in a theme: its weight, its documents, whether it is a name, or one
    of the keywords' stem.
    """

    number: int
    weight: Floats
    known: Numbers
    proper: NDArray[np.bool_]
    key: NDArray[np.bool_]


def _put(ranked: Ranked, keywords: dict[int, tuple[str, ...]]) -> dict[int, list[Put]]:
    """The phrases of each theme that could be its name, best first by their words."""
    texts, size = ranked.texts, len(ranked.texts.words)
    hot = np.zeros(size, dtype=bool)
    for its in keywords.values():
        hot |= _stemmed(texts, its)
    runs = phrases.find(texts, hot[texts.word])
    users = _users(ranked, runs)
    acronym = texts.acronyms()
    found = {}
    for theme, words in keywords.items():
        rows = ranked.theme == theme
        proper = texts.names(texts.of(rows))
        known = _Theme(theme, ranked.words(theme), ranked.known(theme), proper, _stemmed(texts, words))
        found[theme] = _of_theme(ranked, runs, users, known, acronym)
    return found


def _users(ranked: Ranked, runs: phrases.Phrases) -> Numbers:
    """How many documents use each phrase, by its key."""
    if not len(runs.key):
        return np.zeros(0, dtype=np.int64)
    documents = int(ranked.home.max()) + 1
    there = np.unique(runs.key * documents + ranked.home[ranked.texts.row[runs.at]]) // documents
    return np.bincount(there)


def _stemmed(texts: Texts, keywords: Sequence[str]) -> NDArray[np.bool_]:
    """The distinct words that have a stem of the keywords."""
    stems = {stem(w) for term in keywords for w in term.split()}
    return np.array([stem(w) in stems for w in texts.words], dtype=bool)


def _of_theme(
    ranked: Ranked, runs: phrases.Phrases, users: Numbers, its: _Theme, acronym: NDArray[np.bool_]
) -> list[Put]:
    texts = ranked.texts
    mine = np.flatnonzero(ranked.theme[texts.row[runs.at]] == its.number)
    documents = len(np.unique(ranked.home[ranked.theme == its.number]))
    # of a small theme one use will do, if other documents use each of its words
    enough = min(max(1, round(_HELD * documents)), _ENOUGH)
    keys, first, number = np.unique(runs.key[mine], return_index=True, return_inverse=True)
    home = ranked.home[texts.row[runs.at[mine]]]
    held = np.bincount(
        np.unique(number * (int(ranked.home.max()) + 1) + home) // (int(ranked.home.max()) + 1)
    )
    whole = np.bincount(number, runs.whole[mine]) / np.bincount(number) if len(mine) else np.zeros(0)
    others = max(int(ranked.home.max()) + 1 - documents, 1)
    elsewhere = np.maximum(users[keys] - held, 0) / others if len(keys) else held
    top = float(its.weight.max()) or 1.0
    found = []
    for k in np.flatnonzero((held >= enough) & (whole >= _WHOLE)).tolist() if len(keys) else ():
        at, length = int(runs.at[mine[first[k]]]), int(runs.length[mine[first[k]]])
        places = np.arange(at, at + length)
        words = texts.word[places]
        content = words[texts.content[words]]
        if (its.known[content] < min(_HOLDERS, documents)).any() or not its.key[content].any():
            continue
        if its.proper[content].any() or is_judging(texts.words[w] for w in words.tolist()):
            continue
        stems = [stem(texts.words[w]) for w in words.tolist() if texts.words[w] not in phrases.INNER]
        if len(set(stems)) < len(stems):
            continue
        share = held[k] / documents
        merit = float(its.weight[content].mean()) / top * share**_SHARE * share / (share + elsewhere[k])
        found.append(Put(_printed(ranked, places, acronym), merit, frozenset(stems)))
    return sorted(found, key=lambda p: (-round(p.merit, 9), p.text))[:_PUT]


def _printed(ranked: Ranked, places: Numbers, acronym: NDArray[np.bool_]) -> str:
    """The words at these places as a name has them: in lower case, but for acronyms."""
    texts = ranked.texts
    said = [texts.words[w].upper() if acronym[w] else texts.words[w] for w in texts.word[places].tolist()]
    marks = texts.mark[places].tolist()
    return " ".join(word + "’" * mark for word, mark in zip(said, [*marks[:-1], False], strict=True))


def _likeness(
    put: dict[int, list[Put]],
    centres: Vectors | None,
    encode: Callable[[Sequence[str]], Vectors] | None,
) -> Callable[[int, str], float]:
    """How near a phrase stands to the middle of a theme, not of all, 0 to 1; 1 where there are no vectors."""
    texts = sorted({p.text for of in put.values() for p in of})
    if centres is None or encode is None or not texts:
        return lambda _theme, _text: 1.0
    likeness = encode(texts) @ centres.T
    if len(centres) > 1:  # what is near them all says what the corpus is about, not the theme
        likeness = likeness - _COMMON * likeness.mean(axis=1, keepdims=True)
    row = {text: i for i, text in enumerate(texts)}
    return lambda theme, text: max(round(float(likeness[row[text], theme]), 4), 0.0) ** _LIKE


def _near(stems: frozenset[str], taken: Sequence[frozenset[str]]) -> bool:
    """Whether a name of these stems would be read as one of those taken."""
    return any(
        stems <= other or other <= stems or 2 * len(stems & other) > len(stems | other) for other in taken
    )


def _listed(words: Sequence[str], taken: Sequence[frozenset[str]]) -> Put:
    """A name of two keywords where no phrase will do; with more of them where they are taken."""
    for most in range(2, len(words) + 1):
        for first in words[: most - 1]:
            name = first if len(first.split()) > 1 else f"{first} and {words[most - 1]}"
            stems = frozenset(stem(w) for w in name.split() if w != "and")
            if stems not in taken and not is_judging(name.split()):
                return Put(name, 0.0, stems)
    name, again = " and ".join(words[:2]), 2
    while frozenset([name, str(again)]) in taken:  # the same words again: a second theme of that name says so
        again += 1
    return Put(f"{name} ({again})", 0.0, frozenset([name, str(again)]))
