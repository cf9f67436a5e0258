"""Texts as arrays of words, so that runs of words are counted without a loop over them.

A word is lower-cased; beside it stand which row it is of, what it is (content, function word, other) and
whether the next word of the text follows with nothing but a space between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.wording import is_content, spaced, stop_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

MOST_WORDS = 3_000  # of one text: what a longer one goes on to say does not name a theme
_SHOUTED = 0.6  # a text with more of its words in capitals than this tells nothing of a word's capitals
_CAPITAL = 0.6  # a word written with a capital this often, inside sentences, is taken for a name
_GAPS = {"": 0, " ": 1}  # what joins two words: nothing, a space, and (2) an apostrophe and a space
_FIRSTS = 3  # texts that open with a word: from so many on, with it nowhere else, it is taken for a name


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Words of some texts, in their order: `words` are the distinct ones, lower-cased.

    For each place: `word` its number, `row` its text, `joined` whether only a space stands between it and
    the next place, `mark` whether with an apostrophe before it; `tall` is a first capital, `shout` all
    capitals, `opens` the first word of a text. For each distinct word: `content` whether it can carry a
    theme.
    """

    words: tuple[str, ...]
    word: Numbers
    row: Numbers
    joined: Flags
    mark: Flags
    tall: Flags
    shout: Flags
    opens: Flags
    content: Flags

    def of(self, rows: Flags) -> Flags:
        """The places that belong to the chosen rows."""
        return rows[self.row]

    def names(self, places: Flags) -> Flags:
        """For each distinct word, whether in these places it looks like a name of a person or place.

        What stands after a mark may open a sentence, and counts only where that word never stands after
        another; the first word of a text only where it never stands elsewhere.
        """
        size = len(self.words)
        follows = np.zeros(len(self.word), dtype=bool)
        follows[1:] = self.joined[:-1]
        inside = places & ~self.opens
        after = np.bincount(self.word[places & follows], minlength=size)
        inside &= follows | (after[self.word] == 0)
        stands = np.bincount(self.word[inside], minlength=size)
        high = np.bincount(self.word[inside & self.tall], minlength=size)
        first = np.bincount(self.word[places & self.opens & self.tall], minlength=size)
        return np.asarray((high > _CAPITAL * stands) | ((stands == 0) & (first >= _FIRSTS)))

    def acronyms(self) -> Flags:
        """For each distinct word, whether it is written in capitals where capitals are not the rule.

        No word of every text is one, though all of these texts may be in capitals but a few.
        """
        size = len(self.words)
        rows = int(self.row.max()) + 1 if len(self.row) else 0
        loud = np.bincount(self.row, self.shout, rows) > _SHOUTED * np.bincount(self.row, minlength=rows)
        calm = ~loud[self.row] if rows else self.shout
        often = np.bincount(self.word[calm & self.shout], minlength=size)
        usual = np.array([word in stop_words() for word in self.words], dtype=bool)
        return np.asarray(~usual & (2 * often > np.bincount(self.word[calm], minlength=size)))


def read(texts: Sequence[str]) -> Texts:
    """The words of `texts`, each text up to its first few thousand."""
    surfaces: dict[str, int] = {}
    places: list[int] = []
    gaps = bytearray()
    lengths = []
    for text in texts:
        pairs = spaced(text)[:MOST_WORDS]
        lengths.append(len(pairs))
        for token, gap in pairs:
            places.append(surfaces.setdefault(token, len(surfaces)))
            gaps.append(_GAPS[gap] if gap in _GAPS else 1 + (gap[0] in "'’"))
        if pairs:
            gaps[-1] = 0
    distinct: dict[str, int] = {}
    lower = [distinct.setdefault(s.lower(), len(distinct)) for s in surfaces]
    surface = np.array(places, dtype=np.int64)
    row = np.repeat(np.arange(len(texts)), lengths)
    opens = np.ones(len(row), dtype=bool)
    opens[1:] = row[1:] != row[:-1]
    shout = np.array([s.isupper() and len(s) > 1 for s in surfaces], dtype=bool)
    tall = np.array([s[0].isupper() and not s.isupper() for s in surfaces], dtype=bool)
    return Texts(
        words=tuple(distinct),
        word=np.array(lower, dtype=np.int64)[surface],
        row=row,
        joined=np.frombuffer(gaps, dtype=np.uint8) > 0,
        mark=np.frombuffer(gaps, dtype=np.uint8) > 1,
        tall=tall[surface],
        shout=shout[surface],
        opens=opens,
        content=np.array([is_content(w) for w in distinct], dtype=bool),
    )
