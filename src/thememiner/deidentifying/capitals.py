"""Capitalised words that stand together, and what can be told of them from the text around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from thememiner.deidentifying.lists import is_forename
from thememiner.deidentifying.vocabulary import (
    MEASURES,
    NAMES_AND_WORDS,
    NOT_NAMES,
    PLACES,
    RELATIONS,
    ROLES,
    THINGS,
    TITLES,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTER = r"[^\W\d_]"
CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
# A capitalised word: "Jane", "O'Connor", "Patel-Jones", "MILLS", "J."
WORD = re.compile(rf"[{CAPITAL}](?<!\w.)(?:{LETTER}|['’\-](?={LETTER}))*(?![\w])")
POSSESSIVE = re.compile(r"['’][sS]$")
PARTICLES = words("de da di del della der den van von la le el al bin ibn ter du dos st")
_PARTICLE = re.compile(rf" (?:(?:{'|'.join(sorted(PARTICLES))}) ){{1,2}}")
_LOWER_WORD = re.compile(r"(?<![A-Za-z])[a-z]{3,}")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•\n\x00])[\s\"'“‘()\[\]\-–—*•]*$")
_BEFORE_PLACES = re.compile(r"(?:^|[^\w])(?:in|across|the|near|within|around|throughout|at) $")
_LEADER = re.compile(r"(?<!\w)(?:st|saint)\.? $", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:'s?)?,? (?:and|&) (?P<rest>[{CAPITAL}][\w']+(?: [{CAPITAL}][\w']+){{1,4}})")
_FOLLOWING = re.compile(r"(?P<of>'s?)? (?P<word>[A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A capitalised word and where it is; `initial` if a full stop makes one letter of it."""

    start: int
    end: int
    text: str
    initial: bool = False

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_no_name(self) -> bool:
        """Whether the word is never part of a name."""
        return self.text.lower() in NOT_NAMES and not self.initial

    @property
    def can_be_name(self) -> bool:
        """Whether the word can be part of a name beside another one."""
        return not self.is_no_name and self.lower not in ROLES and self.lower not in TITLES | RELATIONS


class Text:
    """A text with its runs of capitalised words, and the words that it uses without a capital."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.runs = list(_runs(text))

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
        if word.lower() in MEASURES and not of:
            return True
        return word.lower() in THINGS and (of or last.lower in NAMES_AND_WORDS) and not is_forename(last.lower)

    def is_owner(self, word: Word) -> bool:
        """Whether the word is a sure forename with "'s": "Zoe's Community Nurse"."""
        return is_forename(word.lower) and self.text.startswith("'", word.end)

    def is_saint(self, word: Word) -> bool:
        """Whether "St" stands before the word."""
        return _LEADER.search(self.text, max(0, word.start - 8), word.start) is not None

    def goes_on_as_place(self, word: Word) -> bool:
        """Whether "and" leads on to what makes the word part of an organisation: "Xton and Yford NHS Trust"."""
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
    for match in WORD.finditer(text):
        start, end = match.span()
        if run and not _joined(text, run[-1], start):
            yield run
            run = []
        word = match[0]
        possessive = POSSESSIVE.search(word)
        if possessive:
            word, end = word[: possessive.start()], end - len(possessive[0])
        initial = len(word) == 1 and text.startswith(".", end)
        run.append(Word(start, end, word, initial))
        if possessive:
            yield run
            run = []
    if run:
        yield run


def _joined(text: str, last: Word, start: int) -> bool:
    gap = text[last.end : start]
    if gap == " ":
        return True
    if gap in {". ", "."}:
        return len(last.text) <= 1 or last.lower in TITLES
    if gap == "\n":
        return last.lower in TITLES
    return len(gap) < 12 and _PARTICLE.fullmatch(gap) is not None
