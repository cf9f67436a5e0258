"""The names that were found, wherever else the same text has them, and their numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from thememiner.deidentifying.beside import LIVES, PRESENT, SPOKE
from thememiner.deidentifying.called import is_called
from thememiner.deidentifying.capitals import LETTER, POSSESSIVE, Text, Word
from thememiner.deidentifying.lists import is_doubtful, is_place, is_plain
from thememiner.deidentifying.parts import (
    DOUBTFUL_FORENAME,
    FORENAME,
    INITIAL,
    NONE,
    STRANGE,
    SURNAME,
    part,
)
from thememiner.deidentifying.vocabulary import CALENDAR, NAMES_AND_WORDS, NOT_NAMES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable

_DOES = VERBS | SPOKE | LIVES | PRESENT
# A label: "Example: has his letter".
_LABEL = re.compile(r" ?[:=] ?\S")
_EXISTING = re.compile(r"\[PERSON (\d+)\]")

# Shorter names are not looked for elsewhere: too many of them are words and abbreviations.
_SHORTEST_ALONE = 3
# In capitals a name this short may be an abbreviation (ALI, TIA), so it is looked for only as first written.
_SHORTEST_IN_CAPITALS = 5
# A name of a weak cue is a place after all if it stands as one this often, and in this share of its places.
_PLACE_COUNT, _PLACE_SHARE = 2, 0.25


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: where it is, its forename and surname ("" when not told), and the cue beside it."""

    start: int
    end: int
    forename: str
    surname: str
    cue: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are looked for elsewhere."""
        return tuple(word for word in (self.forename, self.surname) if word)

    @property
    def is_short(self) -> bool:
        """Whether it is a forename or a surname alone, as lists of colleagues have them."""
        return not (self.forename and self.surname)


def mentions(text: Text, names: list[Name]) -> list[tuple[int, int, int]]:
    """(start, end, person) of every place where one of `names` stands, in order.

    Persons are numbered from 1 in the order in which they come; a surname has one number.
    """
    places = _places(text, names)
    kept = [name for name in names if not (len(name.words) == 1 and name.words[0] in places)]
    if not kept:
        return []
    kept += _fuller(text, kept, places)
    spans = [(name.start, name.end) for name in kept]
    forms = {form for word in _spread(kept) - places for form in _forms(word)}
    forms = {form for form in forms if form.lower() not in NOT_NAMES}
    firsts = {form for name in kept if name.surname and name.forename for form in _forms(name.forename)}
    alone = {form for name in kept if name.forename for form in _forms(name.forename)}
    alone |= {form for name in kept if name.cue == "title" for form in _forms(name.surname)}
    for form in forms:
        for run, at in text.words.get(form, ()):
            if _is_name_here(text, run[at], first=form in firsts, forename=form in alone) and not is_called(
                text, run, at, at + 1, known=True
            ):
                spans.append((run[at].start, run[at].end))
    lower = sorted(form for form in forms if not form[0].isupper())
    if lower:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, lower))})(?!\w)")
        spans += [match.span() for match in pattern.finditer(text.text)]
    return _number(text.text, _merge(text.text, spans), kept)


def _spread(names: list[Name]) -> set[str]:
    """The words of names that are looked for elsewhere: plain words only where the name is certain."""
    return {
        word
        for name in names
        for whole in name.words
        for word in _halves(whole)
        if name.cue in {"title", "relation", "full"}
        or (name.surname and part(name.forename) in {FORENAME, DOUBTFUL_FORENAME})
        or word.lower() in NAMES_AND_WORDS
        or part(word) == DOUBTFUL_FORENAME
        or not (is_plain(word.lower()) or is_doubtful(word.lower()) or is_place(word.lower()))
    }


def _halves(word: str) -> Iterable[str]:
    """A name, and the halves of a double one that are names by themselves: "Example-Tester", "Tester"."""
    yield word
    if "-" in word:
        for half in word.split("-"):
            if len(half) > _SHORTEST_ALONE and part(half) in {FORENAME, SURNAME, STRANGE}:
                yield half


def _places(text: Text, names: list[Name]) -> set[str]:
    """Words that a weak cue took for names, but that the text uses as places or things."""
    weak = {word for name in names if name.cue != "title" for word in name.words}
    weak -= {word for name in names if name.cue == "title" for word in name.words}
    every: Counter[str] = Counter()
    as_place: Counter[str] = Counter()
    for word in weak:
        every[word] = len(text.words.get(word, ()))
        as_place[word] = sum(text.stands_as_place(run[at]) for run, at in text.words.get(word, ()))
    return {
        word
        for word, count in as_place.items()
        if count >= _PLACE_COUNT and count >= _PLACE_SHARE * every[word]
    }


def _fuller(text: Text, names: list[Name], places: set[str]) -> list[Name]:
    """Fuller forms of the names: "Zoe Example" where a cue stands by "Example" or by "Zoe" alone."""
    surnames = {name.surname for name in names} - {""} - places
    forenames = {name.forename for name in names} - {""} - places - surnames
    titled = {name.surname for name in names if name.cue == "title"}
    fuller: list[Name] = []
    pairs = [(run[at - 1], run[at]) for name in surnames for run, at in text.words.get(name, ()) if at]
    pairs += [
        (run[at], run[at + 1])
        for name in forenames
        for run, at in text.words.get(name, ())
        if at + 1 < len(run)
    ]
    for first, last in sorted(set(pairs)):
        if (
            first.can_be_name
            and last.can_be_name
            and (last.text in titled or _fits(part(first.text), part(last.text)))
            and not text.is_place(last)
        ):
            forename = first.text if len(first.text) > 1 else ""
            fuller.append(Name(first.start, last.end, forename, last.text))
    return fuller


def _fits(first: str, last: str) -> bool:
    """Whether two words can be forename and surname, when one of them is known to be."""
    return first in {FORENAME, DOUBTFUL_FORENAME, SURNAME, STRANGE, INITIAL} and last not in {NONE, INITIAL}


def _is_name_here(text: Text, word: Word, *, first: bool, forename: bool) -> bool:
    """Whether a word that is a name elsewhere in the text is one here too.

    It stands there as a forename or behind a title if `forename`, and before its surname if `first`.
    """
    if text.is_saint(word):
        return False
    if text.is_place(word):
        return text.is_owner(word)
    if word.lower in NAMES_AND_WORDS or is_doubtful(word.lower) or is_plain(word.lower):
        # A word like any other, unless what follows is what people do, "Grace was", or it needs no capital.
        following, of = text.following(word.end)
        if (following in _DOES or (forename and following.endswith("ed"))) and not of:
            return True
        if word.lower in CALENDAR or text.is_common(word.lower) or following[:1].isupper():
            return first and of
        return first or not text.begins_sentence(word.start) or _LABEL.match(text.text, word.end) is not None
    if is_place(word.lower):
        following, of = text.following(word.end)
        return of or following in _DOES
    return not (text.begins_sentence(word.start) and text.is_common(word.lower))


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> frozenset[str]:
    """The ways in which a name that is written as `word` may stand elsewhere in its text."""
    if len(word) < _SHORTEST_ALONE:
        return frozenset()
    if not word[0].isupper():
        return frozenset((word,))
    title = "-".join(
        "'".join(bit[:1].upper() + bit[1:].lower() for bit in part.split("'")) for part in word.split("-")
    )
    forms = {word}
    if word.isupper():
        forms.add(title)
    if len(word) >= _SHORTEST_IN_CAPITALS:
        forms.add(word.upper())
    return frozenset(forms)


def _merge(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, with those that overlap or have only a space between made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] == " "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


# ---------------------------------------------------------------- numbering


def _number(text: str, spans: list[tuple[int, int]], names: list[Name]) -> list[tuple[int, int, int]]:
    owner: dict[str, str] = {}
    for name in sorted(names, key=lambda name: name.start):
        if name.surname:
            owner.setdefault(name.surname.lower(), name.surname.lower())
            if name.forename:
                owner.setdefault(name.forename.lower(), name.surname.lower())
    # Numbers that the text already holds belong to people of an earlier de-identification.
    last = max((int(number) for number in _EXISTING.findall(text)), default=0)
    numbers: dict[str, int] = {}
    numbered: list[tuple[int, int, int]] = []
    for start, end in spans:
        spoken = re.findall(rf"{LETTER}(?:{LETTER}|['’\-](?={LETTER}))*", text[start:end].lower())
        spoken = [POSSESSIVE.sub("", word) for word in spoken]
        known = [owner[word] for word in reversed(spoken) if word in owner]
        key = known[0] if known else " ".join(spoken)
        numbers.setdefault(key, last + len(numbers) + 1)
        numbered.append((start, end, numbers[key]))
    return numbered
