"""Which passages are a form's words: wording that many documents of one kind share, here and there altered.

Masks are left out, a number or date of any shape is one sign, and titles and persons are one ("Mr", "she"),
so that the same sentence about two people is the same. Everything is a count over the whole corpus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from thememiner.records import Passage
from thememiner.wording import copied_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SHARE = 0.02  # a run of words in this share of a kind's documents is common
_LEAST = 6  # and in at least this many documents
_COPIED = 0.5  # a passage with this share of its runs of five words common is boilerplate
# So is one where this share of the words stand in a chain of common runs of four, or of five but for one
# word, each overlapping the next, if six together are common too. What many people tell in their own words
# is alike for four or five ("was taken to hospital by"), with joints of their own between; a form's
# sentence is alike for longer and across.
_CHAINED = 0.67

_TITLES = frozenset("mr mrs ms miss dr sir".split())
_PERSONS = {"she": "he", "her": "his", "hers": "his", "him": "his", "herself": "himself"}


def boilerplate(passages: Sequence[Passage], homes: Mapping[str, str]) -> set[str]:
    """Return the ids of the passages that are boilerplate among these, all of one kind.

    `homes` gives for a document the one that it stands for, where several are one: they count once.
    """
    texts = [_words(p.text) for p in passages]
    names = sorted({homes.get(p.document_id, p.document_id) for p in passages})
    number = {name: i for i, name in enumerate(names)}
    least = int(np.ceil(max(_LEAST, _SHARE * len(names))))
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    if not lengths.sum() or len(names) < least:
        return set()
    # One row of words, two gaps after each passage so that no run reaches over its end.
    place = {word: i for i, word in enumerate(sorted({word for text in texts for word in text}))}
    row = np.array([i for text in texts for i in (*(place[w] for w in text), -1, -1)], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths + 2)
    home = np.array([number[homes.get(p.document_id, p.document_id)] for p in passages])[owner]
    copied, chained, anchored = _measured(row, home, owner, least)
    found = (copied >= _COPIED * np.maximum(lengths - 4, 1)) & (copied > 0)
    found |= anchored & (chained >= _CHAINED * lengths)
    return {p.id for p, is_copied in zip(passages, found.tolist(), strict=True) if is_copied}


def _words(text: str) -> list[str]:
    return [_PERSONS.get(word, word) for word in copied_words(text) if word not in _TITLES]


def _measured(row: Ints, home: Ints, owner: Ints, least: int) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Of each passage: its common runs of five, most words in a chain of runs, and if it has one of six."""

    def joined(first: Ints, second: Ints, step: int) -> Ints:
        """What begins with `first` and has `second` `step` words on: its number, -1 if it is not common."""
        later = np.full_like(second, -1)
        later[: len(second) - step] = second[step:]
        return _common(first, later, home, least)

    one = _common(row, np.zeros_like(row), home, least)
    two = joined(one, one, 1)
    three = joined(two, two, 1)
    four = joined(three, three, 1)
    five = joined(four, four, 1)
    six = joined(five, five, 1)
    joins = np.zeros(len(row), dtype=bool)  # a word and the next, inside one run
    for window, length in (
        (four, 4),
        (joined(one, three, 2), 5),
        (joined(two, two, 3), 5),
        (joined(three, one, 4), 5),
    ):
        begins = np.flatnonzero(window >= 0)
        for at in range(length - 1):
            joins[begins + at] = True
    passages = int(owner[-1]) + 1
    return (
        np.bincount(owner[five >= 0], minlength=passages),
        _longest(joins, owner, passages),
        np.bincount(owner[six >= 0], minlength=passages) > 0,
    )


def _longest(joins: NDArray[np.bool_], owner: Ints, passages: int) -> Ints:
    """The most words of each passage that are joined each to the next."""
    edges = np.flatnonzero(np.diff(joins, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    longest = np.zeros(passages, dtype=np.int64)
    np.maximum.at(longest, owner[starts], ends - starts + 1)
    return longest


def _common(first: Ints, second: Ints, home: Ints, least: int) -> Ints:
    """A number for each pair that stands in at least so many documents, -1 for the rest."""
    numbers = np.full(len(first), -1, dtype=np.int64)
    whole = np.flatnonzero((first >= 0) & (second >= 0))
    if not len(whole):
        return numbers
    _, pair = np.unique(first[whole] * (second.max() + 1) + second[whole], return_inverse=True)
    documents = int(home.max()) + 1
    held = np.sort(pair * documents + home[whole])  # much quicker here than np.unique, which hashes
    spread = np.bincount(held[np.diff(held, prepend=-1) != 0] // documents)
    numbers[whole] = np.where(spread[pair] >= least, pair, -1)
    return numbers
