"""Whether a capitalised word that stands alone is a person's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.beside import (
    BEHIND,
    BESIDE,
    FOLLOWERS,
    HIS,
    LIVES,
    OF,
    SPOKE,
    TOLD,
    is_speaker,
)
from thememiner.deidentifying.lists import kind_of
from thememiner.deidentifying.parts import (
    DOUBTFUL_FORENAME,
    DOUBTFUL_SURNAME,
    FORENAME,
    STRANGE,
    SURNAME,
)
from thememiner.deidentifying.slots import is_in_slot
from thememiner.deidentifying.things import WORDS_TOO
from thememiner.deidentifying.vocabulary import VERBS, words

if TYPE_CHECKING:
    from thememiner.deidentifying.capitals import Text, Word

# At the beginning of a sentence these are verbs before anything else.
VERBS_FIRST = words(
    """will may mark can do said grant chase pat sue rob bill wade drew don rose dawn lance skip chuck
    bob josh
    peg pip rick"""
)
_AFTER_VERBS = words("the a one on to up off out it our your my")
_VERB_LIKE = re.compile(r"..(?:[^e]ed|[a-z]{2}ing|ly)$")


def is_sure_alone(text: Text, word: Word, found: str) -> bool:
    """Whether a word that may be `found` is a name, by itself or where it stands."""
    return _is_likely_alone(text, word, found) or (
        not text.stands_as_place(word) and is_in_slot(text, word, found)
    )


def _is_word_here(text: Text, word: Word, following: str, *, of: bool) -> bool:
    """Whether a forename that is a word or a place too begins a sentence as one: "Lance the boil"."""
    return (
        word.lower in WORDS_TOO
        and not of
        and following.islower()
        and (following not in FOLLOWERS or (word.lower in VERBS_FIRST and following in _AFTER_VERBS))
        and _VERB_LIKE.search(following) is None
        and text.begins_sentence(word.start)
    )


def _is_likely_alone(text: Text, word: Word, found: str) -> bool:
    if len(word.text) < 3:
        return False
    start, end = word.start, word.end
    following, of = text.following(end)
    kind = kind_of(word.lower)
    before = text.text[max(0, start - 16) : start]
    person = (
        TOLD.search(before) is not None
        or BEHIND.match(text.text, end) is not None
        or (of and following in HIS)
        or (following in LIVES and not of)
    )
    if word.text.isupper() and len(word.text) > 4 and found in {SURNAME, STRANGE}:
        # In capitals among words without any: a surname as records have it.
        among = before[-1:] == " " and before[-2:-1].islower() and not following.isupper()
        return person or (
            among and (found == SURNAME or (len(word.text) > 6 and OF.search(before) is not None))
        )
    if found in {SURNAME, STRANGE} and is_speaker(text, word, found):
        return True
    if found == FORENAME and _is_word_here(text, word, following, of=of):
        return person
    if found == FORENAME and "p" not in kind and not (word.text.isupper() and len(word.text) < 5):
        return person or not text.stands_as_place(word)
    if person:
        return found != DOUBTFUL_SURNAME and not (
            found == DOUBTFUL_FORENAME and text.begins_sentence(start) and following not in LIVES
        )
    if text.stands_as_place(word) or word.text.isupper() or "p" in kind or following[:1].isupper():
        return False
    if found in {FORENAME, SURNAME, DOUBTFUL_FORENAME} and not text.begins_sentence(start):
        beside = BESIDE.search(before) is not None
        return not of and (following in SPOKE or (beside and following in VERBS))
    return found in {FORENAME, SURNAME} and following in SPOKE and not of
