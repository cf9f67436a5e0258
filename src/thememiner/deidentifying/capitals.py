"""Capitalised words that stand together, and what can be told of them from the text around."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from thememiner.deidentifying.called import is_eponym
from thememiner.deidentifying.lists import is_forename
from thememiner.deidentifying.normalising import CAPITAL
from thememiner.deidentifying.things import MEASURES, THINGS
from thememiner.deidentifying.vocabulary import (
    NAMES_AND_WORDS,
    NOT_NAMES,
    PLACES,
    RELATIONS,
    ROLES,
    TITLES,
    VERBS,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTER = r"[^\W\d_]"
# A capitalised word: "Jane", "O'Connor", "Patel-Jones", "MILLS", "J."
WORD = re.compile(rf"[{CAPITAL}](?<!\w.)(?:{LETTER}|['’\-](?={LETTER}))*(?![\w])")
POSSESSIVE = re.compile(r"['’][sS]$")
_POSSESSIVES = frozenset(["'s", "’s", "'S", "’S"])
PARTICLES = words("de da di del della der den van von la le el al bin ibn ter du dos st")
_PARTICLE = re.compile(rf" (?:(?:{'|'.join(sorted(PARTICLES))}) ){{1,2}}")
_LOWER_WORD = re.compile(r"(?<![A-Za-z])[a-z]{3,}")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•\n\x00])[\s\"'“‘()\[\]\-–—*•]*$")
_BEFORE_PLACES = re.compile(r"(?:^|[^\w])(?:in|across|the|near|within|around|throughout|at) $")
# "Example pain scale": one word more between.
_MEASURE = re.compile(
    r" [a-z]+ (?:scores?|scales?|criteria|index|classification|inventory|questionnaire|interview"
    r"|syndrome|palsy"
    r"|stockings|forceps|stain|splints?|bandages?)(?!\w)"
)
_LEADER = re.compile(r"(?<!\w)(?:st|saint)\.? $", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:'s?)?,? (?:and|&) (?P<rest>[{CAPITAL}][\w']+(?: [{CAPITAL}][\w']+){{1,4}})")
_FOLLOWING = re.compile(r"(?P<of>'s?)? (?P<word>[A-Za-z]+)")


class Word(NamedTuple):
    """A capitalised word and where it is; `initial` if a full stop makes one letter of it."""

    start: int
    end: int
    text: str
    lower: str
    initial: bool = False

    @property
    def is_no_name(self) -> bool:
        """Whether the word is never part of a name."""
        return self.lower in NOT_NAMES and not self.initial

    @property
    def can_be_name(self) -> bool:
        """Whether the word can be part of a name beside another one."""
        return not self.is_no_name and self.lower not in ROLES and self.lower not in TITLES | RELATIONS


class Text:
    """A text with its runs of capitalised words, and the words that it uses without a capital.

    Runs of which no word can be part of a name are left out: they are most of them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.runs = list(_runs(text))

    @cached_property
    def words(self) -> dict[str, list[tuple[list[Word], int]]]:
        """Every capitalised word as it is written, and where it stands: the run and the place in it."""
        found: dict[str, list[tuple[list[Word], int]]] = {}
        for run in self.runs:
            for at, word in enumerate(run):
                found.setdefault(word.text, []).append((run, at))
        return found

    @cached_property
    def lower_words(self) -> set[str]:
        """The words that the text uses without a capital."""
        return set(_LOWER_WORD.findall(self.text))

    def is_common(self, word: str) -> bool:
        """Whether the text itself uses the word in lower case."""
        return word in self.lower_words

    def begins_sentence(self, start: int) -> bool:
        """Whether a sentence or a line begins at `start`, so that a capital tells nothing."""
        return _SENTENCE_END.search(self.text, max(0, start - 12), start) is not None

    def following(self, end: int) -> tuple[str, bool]:
        """The word after `end`, and whether "'s" stands between."""
        match = _FOLLOWING.match(self.text, end)
        return (match["word"], match["of"] is not None) if match else ("", False)

    def is_place(self, last: Word) -> bool:
        """Whether what follows says that this is no person: "Ivy Ward", "Crohn's disease"."""
        word, of = self.following(last.end)
        if word[:1].isupper() and word.lower() in PLACES:
            return True
        if not of and _MEASURE.match(self.text, last.end) and word not in VERBS:
            return True
        if (word.lower() in MEASURES and not of) or is_eponym(self, last):
            return True
        return (
            word.lower() in THINGS and (of or last.lower in NAMES_AND_WORDS) and not is_forename(last.lower)
        )

    def is_owner(self, word: Word) -> bool:
        """Whether the word is a sure forename with "'s": "Zoe's Community Nurse"."""
        return is_forename(word.lower) and self.text.startswith("'", word.end)

    def is_saint(self, word: Word) -> bool:
        """Whether "St" stands before the word."""
        return _LEADER.search(self.text, max(0, word.start - 8), word.start) is not None

    def goes_on_as_place(self, word: Word) -> bool:
        """Whether "and" leads on to what makes the word an organisation's: "Xton and Yford NHS Trust"."""
        match = _GOES_ON.match(self.text, word.end)
        return match is not None and any(found.lower() in PLACES for found in match["rest"].split())

    def stands_as_place(self, word: Word) -> bool:
        """Whether the word stands as places and things do, "in Xton", and people do not."""
        return not self.text.startswith("'", word.end) and (
            _BEFORE_PLACES.search(self.text, max(0, word.start - 12), word.start) is not None
        )


def _runs(text: str) -> Iterator[list[Word]]:
    """Capitalised words that stand together: with one space, an initial's stop or a particle between."""
    run: list[Word] = []
    can_be = False
    for match in WORD.finditer(text):
        start, end = match.span()
        if run and not (text[run[-1].end : start] == " " or _joined(text, run[-1], start)):
            if can_be:
                yield run
            run, can_be = [], False
        word = match[0]
        possessive = word[-2:] in _POSSESSIVES
        if possessive:
            word, end = word[:-2], end - 2
        initial = len(word) == 1 and text.startswith(".", end)
        lower = word.lower()
        run.append(Word(start, end, word, lower, initial))
        can_be = can_be or initial or lower not in NOT_NAMES or lower in NAMES_AND_WORDS
        if possessive:
            if can_be:
                yield run
            run, can_be = [], False
    if run and can_be:
        yield run


def _joined(text: str, last: Word, start: int) -> bool:
    gap = text[last.end : start]
    if gap in {". ", "."}:
        return len(last.text) <= 1 or last.lower in TITLES
    if gap == "\n":
        return last.lower in TITLES
    return len(gap) < 12 and _PARTICLE.fullmatch(gap) is not None
