"""Runs of words that could be a name: what is a whole noun phrase is told by the words around it.

No tagger and no list of nouns: a word that the texts put after "the" and before a mark can end a name, one
that they put after "they" or "was" cannot. Only closed classes of English (articles, prepositions, pronouns,
auxiliaries) are listed, and words that head nothing by themselves ("way", "difference").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.wording import group_words, hollow_words, stop_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.labelling.texts import Texts

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LONGEST = 5  # words of a name
_BEFORE_NOUNS = frozenset(
    "the a an this that these those my our your his her their its no any some each every more much".split()
)
_PREPOSITIONS = frozenset(
    "of for in on at with by from about between during after before without into over under per".split()
)
# After these stands a verb (or, after "to", maybe).
_SUBJECTS = frozenset(
    (
        "i he she they we you it who which will would can could should must may might shall did do does did "
        "not never to i've i'm we've they've didn't don't doesn't couldn't wasn't wouldn't can't"
    ).split()
)
# After these stands a participle or an adjective that says something of what came before.
_AUXILIARIES = frozenset(
    "was were is are be been being am had have has having very so too really quite get got".split()
)
_ARTICLES = frozenset("the a an".split())
_NO_ADVERBS = frozenset("friendly early elderly timely daily weekly monthly family".split())
_LINKS = frozenset("of for to in on at with from by between and during after before about into".split())
INNER = _LINKS | _ARTICLES
# With these something else begins, so that what stands before them is at an end.
_AFTER = (
    _PREPOSITIONS
    | _SUBJECTS
    | _AUXILIARIES
    | _ARTICLES
    | frozenset("and or but that as because if when than".split())
)
_MOST_CONTENT = 4
_PRIME = 1_099_511_628_211


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Runs of two to five words: `at` where each begins, `length` in words, `key` which have the same stems.

    Each run begins and ends with a content word. `whole` says of each that no word that could be of
    the name follows, so that it does not go on; `led` that one such stands before it.
    """

    at: Numbers
    length: Numbers
    key: Numbers
    whole: Flags
    led: Flags


def find(texts: Texts, hot: Flags, stems: Numbers) -> Phrases:
    """The runs that could be a name and that hold one of the places `hot`; `stems` numbers those of words.

    They begin with a word that can, end with a noun, and between content words have one preposition (or
    "and"), with an article after it or not, at most.
    """
    naming = _naming(texts)
    content = naming[texts.word]
    inner = _flags(texts, _LINKS)[texts.word]
    article = _flags(texts, _ARTICLES)[texts.word]
    start, end = modifiers(texts)[texts.word], heads(texts)[texts.word]
    doing = np.array([w.endswith("ing") for w in texts.words], dtype=bool)[texts.word] & content
    both = _flags(texts, frozenset(["and"]))[texts.word]
    odd = texts.mark & ~np.array([w.endswith("s") for w in texts.words], dtype=bool)[texts.word]
    n = len(texts.word)
    alive = np.flatnonzero(start | doing | end)
    held = np.ones(len(alive), dtype=np.int64)  # content words so far
    last = np.zeros(len(alive), dtype=np.int64)  # the last word: 0 content, 1 preposition, 2 article
    warm = hot[alive]
    found_at, found_length = [], []
    for length in range(2, LONGEST + 1):
        place = alive + length - 1
        fits = place < n
        fits[fits] &= texts.joined[place[fits] - 1]
        alive, held, last, warm, place = alive[fits], held[fits], last[fits], warm[fits], place[fits]
        is_content, is_inner, is_article = content[place], inner[place], article[place]
        # what stands before a preposition is a noun, or what is being done: "waiting for"
        ready = end[place - 1] | (doing[place - 1] & ~both[place])
        fits = (
            (is_content & (held < _MOST_CONTENT) & ((last > 0) | start[place - 1]) & ~odd[place - 1])
            | (is_inner & (last == 0) & ~texts.mark[place - 1] & ready)
            | (is_article & (last == 1) & ~both[place - 1])
        )
        alive, held, place = alive[fits], held[fits] + is_content[fits], place[fits]
        last = np.where(is_content[fits], 0, np.where(is_inner[fits], 1, 2))
        warm = warm[fits] | hot[place]
        done = (last == 0) & end[place] & warm
        found_at.append(alive[done])
        found_length.append(np.full(int(done.sum()), length))
    at, size = np.concatenate(found_at), np.concatenate(found_length)
    return Phrases(
        at, size, _keys(stems[texts.word], at, size), _ending(texts)[at + size - 1], _led(texts, start, at)
    )


def modifiers(texts: Texts) -> Flags:
    """The distinct words that can begin a name before another content word: "blood", "poor", "missed"."""
    opened, subject, _, _ = _around(texts)
    shape = np.array([not w.endswith("ly") or w in _NO_ADVERBS for w in texts.words], dtype=bool)
    return np.asarray(shape & _naming(texts) & (opened >= subject))


def heads(texts: Texts) -> Flags:
    """The distinct words that can end a name, or stand before "of": nouns, by what stands around them."""
    _, subject, said, closed = _around(texts)
    never = group_words()[1] | hollow_words()[1]
    shape = np.array([not w.endswith(("ly", "ed")) and w not in never for w in texts.words], dtype=bool)
    return np.asarray(shape & _naming(texts) & (closed > 0) & (closed >= subject + said))


def _around(texts: Texts) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """For each distinct word how often it stands after an article or preposition; after a subject; after an
    auxiliary; and at the end of what an article, a preposition or a content word began.
    """
    size = len(texts.words)
    after = np.zeros(len(texts.word), dtype=bool)
    after[1:] = texts.joined[:-1]
    before = np.full(len(texts.word), -1)
    before[1:] = texts.word[:-1]
    opener = _flags(texts, _BEFORE_NOUNS | _PREPOSITIONS)
    ends = _ending(texts)

    def count(where: Flags) -> Numbers:
        return np.bincount(texts.word[where], minlength=size)

    opened = after & opener[before]
    return (
        count(opened),
        count(after & _flags(texts, _SUBJECTS)[before]),
        count(after & _flags(texts, _AUXILIARIES)[before]),
        count(ends & (opened | (after & _naming(texts)[before]))),
    )


def _keys(stems: Numbers, at: Numbers, length: Numbers) -> Numbers:
    """A number for each run, the same for the same stems (a polynomial in them, modulo 2⁶⁴)."""
    key = np.zeros(len(at), dtype=np.uint64)
    for i in range(LONGEST):
        fits = length > i
        word = np.zeros(len(at), dtype=np.uint64)
        word[fits] = stems[at[fits] + i].astype(np.uint64) + np.uint64(1)
        key = key * np.uint64(_PRIME) + word
    return np.asarray(np.unique(key, return_inverse=True)[1], dtype=np.int64)


def _led(texts: Texts, start: Flags, at: Numbers) -> Flags:
    before = np.maximum(at - 1, 0)
    return np.asarray((at > 0) & texts.joined[before] & start[before])


def _ending(texts: Texts) -> Flags:
    """Of each place, whether what comes next is no part of the same phrase."""
    ends = np.ones(len(texts.word), dtype=bool)
    ends[:-1] = ~texts.joined[:-1] | _flags(texts, _AFTER)[texts.word[1:]]
    return ends


def _naming(texts: Texts) -> Flags:
    """The distinct words that a name may have at its ends, given another; "GP" and "ED" are such too."""
    short = np.array([len(w) == 2 and w.isalpha() and w not in stop_words() for w in texts.words], dtype=bool)
    said = texts.content | _flags(texts, frozenset.union(*group_words())) | (short & texts.acronyms())
    return said & ~_flags(texts, hollow_words()[0])


def _flags(texts: Texts, listed: frozenset[str]) -> Flags:
    return np.array([w in listed for w in texts.words], dtype=bool)
