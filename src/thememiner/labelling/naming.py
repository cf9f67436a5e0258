"""The name of each theme: of the noun phrases that its passages use, the one that says most of it.

As in KeyBERT (Grootendorst 2020), phrases of the texts themselves are compared with the texts by their
vectors; here only those that words already put forward, since a vector alone prefers what is said often of
anything. What a reader would look for in another theme names none, nor does a formula (a phrase that
mostly stands between the same words). A theme that no phrase fits has no name, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.labelling import phrases
from thememiner.labelling.ranking import stem
from thememiner.wording import UNNAMED, is_judging

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.labelling.ranking import Ranked
    from thememiner.labelling.texts import Texts

    Vectors = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]

_WORDS = 3  # keywords that stand for the name of a theme without one
_PUT = 12  # phrases of a theme that are compared by their vectors
_HELD = 0.03  # the share of the theme's documents that use the phrase
_ENOUGH = 4  # or so many documents
_HOLDERS = 2  # and documents that use each of its words, or all
_WHOLE = 0.5  # the share of its uses in which it does not go on; and most that follow one and the same word
_COVER = 0.15  # the mean share of the theme's documents that hold each of its words
_SAME = 0.3  # a formula: so many of its uses stand between the same words,
_TELLING = 4  # of so many
_SHARE = 0.25  # what the share of documents weighs beside the words' own weight
_LIGHT = 0.5  # how far a word for a service or a group makes the others weigh less
_APART = 0.05  # the difference of two cosines that makes one theme e times as likely as the other
_OWN = 0.05  # how likely its theme is, of all, by the phrase alone
_FIT = 0.05  # merit times likeness, below which no name is better
_LINKED = 0.8  # what a phrase with a preposition or "and" is worth beside one without


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
    """A name for each theme of `keywords`, in that order, each unlike those before it; where no phrase is fit
    to be one, `UNNAMED` and the first keywords.

    `centres` are the themes' mean vectors, unit rows, and `encode` gives vectors for phrases.
    """
    put = _put(ranked, keywords)
    texts = ranked.texts
    short = {texts.words[w]: texts.words[w].upper() for w in np.flatnonzero(texts.acronyms()).tolist()}
    liking = _likeness(put, centres, encode)
    taken: list[frozenset[str]] = []
    alike: Counter[str] = Counter()
    names = {}
    for theme, words in keywords.items():
        best = sorted(put[theme], key=lambda p: (-round(p.merit * liking(theme, p.text), 6), p.text))
        fit = (p for p in best if p.merit * liking(theme, p.text) >= _FIT and not _near(p.stems, taken))
        if chosen := next(fit, None):
            taken.append(chosen.stems)
            names[theme] = chosen.text[:1].upper() + chosen.text[1:]
        else:
            said = [" ".join(short.get(w, w) for w in term.split()) for term in words[:_WORDS]]
            listed = ", ".join(said)
            alike[listed] += 1
            again = f"; {alike[listed]}" if alike[listed] > 1 else ""
            names[theme] = f"{UNNAMED} (words: {listed}{again})"
    return names


@dataclass(frozen=True, slots=True, eq=False)
class _Theme:
    """What is known of each distinct word in a theme: its weight, its documents, those of its stem (a share),
    whether it is a name, or one of the keywords' stem.
    """

    number: int
    weight: Floats
    known: Numbers
    cover: Floats
    proper: NDArray[np.bool_]
    key: NDArray[np.bool_]


def _put(ranked: Ranked, keywords: dict[int, tuple[str, ...]]) -> dict[int, list[Put]]:
    """The phrases of each theme that could be its name, best first by their words."""
    texts, size = ranked.texts, len(ranked.texts.words)
    hot = np.zeros(size, dtype=bool)
    for words in keywords.values():
        hot |= _stemmed(texts, words)
    stems = np.unique(ranked.stems[:size], return_inverse=True)[1]
    runs = phrases.find(texts, hot[texts.word], stems)
    users = _users(ranked, runs)
    acronym = texts.acronyms()
    found = {}
    for theme, words in keywords.items():
        rows = ranked.theme == theme
        proper = texts.names(texts.of(rows))
        known = ranked.known(theme)
        cover = np.bincount(stems, known)[stems] / len(np.unique(ranked.home[rows]))
        its = _Theme(theme, ranked.words(theme), known, np.minimum(cover, 1), proper, _stemmed(texts, words))
        found[theme] = _of_theme(ranked, runs, users, its, acronym)
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
    # of a small theme one use will do, if other documents use its words, and each of them is a keyword's
    enough = min(max(1, round(_HELD * documents)), _ENOUGH)
    keys, number = np.unique(runs.key[mine], return_inverse=True)
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
        uses = mine[number == k]
        at, length = _usual(texts, runs.at[uses], int(runs.length[uses[0]]))
        places = np.arange(at, at + length)
        words = texts.word[places]
        content = words[texts.content[words]]
        if (its.known[content] < min(_HOLDERS, documents)).any():
            continue
        if not (its.key[content].all() if held[k] == 1 else its.key[content].any()):
            continue
        if its.proper[content].any() or is_judging(texts.words[w] for w in words.tolist()):
            continue
        stems = [stem(texts.words[w]) for w in words.tolist() if texts.words[w] not in phrases.INNER]
        cover = float(its.cover[content].mean())
        if len(set(stems)) < len(stems) or cover < _COVER:
            continue
        if _part(texts, runs, uses) or _formula(texts, runs.at[uses], length):
            continue
        share = held[k] / documents
        heavy = float(its.weight[content].sum()) / (len(content) + _LIGHT * (len(stems) - len(content)))
        merit = heavy / top * np.sqrt(cover) * share**_SHARE
        merit *= share / (share + elsewhere[k]) * (_LINKED if len(stems) < length else 1)
        found.append(Put(_printed(ranked, places, acronym), float(merit), frozenset(stems)))
    return sorted(found, key=lambda p: (-round(p.merit, 9), p.text))[:_PUT]


def _usual(texts: Texts, at: Numbers, length: int) -> tuple[int, int]:
    """Where the commonest of the forms that begin here stands first, and how many words it has."""
    forms = texts.word[at[:, None] + np.arange(length)]
    distinct, number = np.unique(forms, axis=0, return_inverse=True)
    counts = np.bincount(number.ravel())
    likely = np.flatnonzero(counts == counts.max()).tolist()
    best = min(likely, key=lambda i: [texts.words[w] for w in distinct[i].tolist()])
    return int(at[np.flatnonzero(number.ravel() == best)[0]]), length


def _part(texts: Texts, runs: phrases.Phrases, uses: Numbers) -> bool:
    """Whether most of these uses follow one and the same word that could be of the name: "health team"."""
    at = runs.at[uses][runs.led[uses]]
    return len(at) > 0 and int(np.bincount(texts.word[at - 1]).max()) > _WHOLE * len(uses)


def _formula(texts: Texts, at: Numbers, length: int) -> bool:
    """Whether most of these uses stand between the same words, two on either side."""
    if len(at) < _TELLING:
        return False
    around = at[:, None] + np.array([-2, -1, length, length + 1])
    there = (around >= 0) & (around < len(texts.word))
    around = np.where(there, around, 0)
    there &= texts.row[around] == texts.row[at][:, None]
    inside = there.all(axis=1)
    if not inside.any():
        return False
    same = np.unique(texts.word[around[inside]], axis=0, return_counts=True)[1]
    return int(same.max()) > _SAME * len(at)


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
    """How near a phrase stands to the middle of a theme, and rather than of others, 0 to 1; 0 where a reader
    would look for the phrase in others. 1 where there are no vectors.
    """
    texts = sorted({p.text for of in put.values() for p in of})
    if centres is None or encode is None or not texts:
        return lambda _theme, _text: 1.0
    near = np.round(encode(texts) @ centres.T, 4).astype(np.float64)
    own = np.exp((near - near.max(axis=1, keepdims=True)) / _APART)
    own /= own.sum(axis=1, keepdims=True)
    fit = np.where(own >= _OWN, np.maximum(near, 0) * np.sqrt(own), 0)
    row = {text: i for i, text in enumerate(texts)}
    return lambda theme, text: round(float(fit[row[text], theme]), 4)


def _near(stems: frozenset[str], taken: Sequence[frozenset[str]]) -> bool:
    """Whether a name of these stems would be read as one of those taken."""
    return any(
        stems <= other or other <= stems or 2 * len(stems & other) > len(stems | other) for other in taken
    )
