"""Words as this project counts them: numbers whole, masks and stop-words out.

"0.5 mg", "1.25", "10:30", "24/7" and "2.5mg" are each one token and never another's: no cleaning may
turn two doses, times or scores into one.
"""

from __future__ import annotations

import functools
import re

# A mask ([PERSON 2]); a number with its inner points, colons, slashes and unit; a word with inner ' or -.
_TOKEN = re.compile(
    r"\[[A-Z][A-Z ]*\d*\]"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|mg|mcg|ml|kg|g|%)?"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*"
)


def tokens(text: str) -> list[str]:
    """The tokens of a text, lower-cased, in order; masks such as [PERSON 1] are left out."""
    return [t.lower() for t in _TOKEN.findall(text) if not t.startswith("[")]


def content_words(text: str) -> list[str]:
    """The tokens that can carry a theme: no stop-words, no numbers, nothing under three letters."""
    stops = stop_words()
    return [t for t in tokens(text) if len(t) > 2 and t[0].isalpha() and _plain(t) not in stops]


def runs(text: str, length: int = 5) -> list[str]:
    """Every run of `length` tokens in a row, as it would be met in copied wording (numbers as #)."""
    words = ["#" if t[0].isdigit() else t for t in tokens(text)]
    return [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]


@functools.cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of a theme: spaCy's English list and words that any narrative holds."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(_plain(w) for w in STOP_WORDS) | _NARRATIVE


def _plain(word: str) -> str:
    return word.replace("’", "'")


# Words of any report, form or comment, of whatever theme; and words for people, whom labels never name.
_NARRATIVE = frozenset(
    """
    patient patients pt pts person people client clients user users resident residents man woman mr mrs miss
    said says say told asked ask went got get came come gave given take taken took made make going gone
    day days week weeks month months year years today yesterday morning afternoon evening night time times hour hours
    minute minutes monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december date dated
    thing things something anything nothing lot lots bit way ways really just also would could should must shall
    need needs needed still even yet new old good bad etc via per re seen see noted note notes stated state states
    attended advised reported report reports incident incidents event events happened occurred like want wanted
    know known think thought feel felt let left right use used using one two three four five six seven eight nine ten
    first second third next last number section page paragraph table figure appendix
    dr don't didn't doesn't wasn't isn't won't can't couldn't wouldn't haven't hasn't i've i'm it's that's
    dont didnt doesnt wasnt isnt wont cant couldnt wouldnt havent hasnt ive thats
    """.split()
)
