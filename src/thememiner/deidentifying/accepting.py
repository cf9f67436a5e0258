"""Whether capitalised words are the name of a person, with a cue before them or with what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.brands import BRANDS
from thememiner.deidentifying.lists import is_doubtful, is_forename, is_plain, kind_of
from thememiner.deidentifying.parts import (
    DOUBTFUL_SURNAME,
    FORENAME,
    INITIAL,
    LIKE_A_THING,
    NONE,
    part,
)
from thememiner.deidentifying.vocabulary import NAMES_AND_WORDS, NOT_NAMES, ROLES_AFTER

if TYPE_CHECKING:
    from thememiner.deidentifying.capitals import Text, Word

# What stands behind a name.
AFTER = re.compile(
    rf"(?:,? \((?:{'|'.join(ROLES_AFTER)}|gmc|nmc|hcpc|dob|d\.o\.b|nhs|aged?|he/|she/|they/)\b"
    rf"|,? (?:{'|'.join(word for word in ROLES_AFTER if word.startswith('r') and len(word) < 5)}|hca)\b"
    rf"|, (?:(?:a|an|the|our|my|his|her|their) (?:\w+ )?)?(?:{'|'.join(ROLES_AFTER)})\b"
    r"|,? aged \d|,? (?:dob|d\.o\.b|date of birth|born (?:on )?\d)|,? \d\d ?(?:years|yrs|y/o|yo\b)"
    r"|,? nhs n)",
    re.IGNORECASE,
)
_POST_AFTER = re.compile(rf", (?:an?|the|our) (?:\w+ )?(?:{'|'.join(ROLES_AFTER)})\b|,? RG?N\b")
# After a full name, what only people do.
_AFTER_FULL = re.compile(
    r" (?:sadly |tragically )?"
    r"(?:died|passed away|suffered|presented|collapsed|attended|lived|told|said|had (?:a|been|no)"
    r"|(?:was|is) (?:born|found|pronounced|admitted|referred|detained|arrested|diagnosed|discharged|seen"
    r"|taken|aged|an? (?:\w+ )?(?:patient|resident|man|woman|boy|girl|prisoner|inmate|pedestrian|passenger"
    r"|driver|cyclist|\d)))\b"
)
# Endings that no name has, and capitals that are an abbreviation.
_NO_NAME = re.compile(
    r"(?:ologists?|ology|iatrists?|iatry|tions?|ness|ilities|ility|tive|tives|ional|cial|ical|ship|tees|uous|ised|ized)$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"[A-Z]{2,3}|[B-DF-HJ-NP-TV-XZ]{2,}s?|[A-Z]{2,}s")
# In running text what follows a name has no capital; in a heading it has, or nothing follows: "Patient Flow".
_RUNNING = re.compile(r",? [a-z(]")
# After a forename that is a word too, behind a role: no noun to which it might belong.
_FINITE = re.compile(
    r"[.,;)]|$| (?:the|on|at|in|and|&|who|has|had|was|is|will|did|said|to|says|with|from|by|for|came"
    r"|rang|went|took|gave|saw)\b"
)


def is_accepted(text: Text, taken: list[Word], cue: str) -> bool:
    """Whether words that stand together are a name, with this cue before them or with what follows."""
    first, end = taken[0].lower, taken[-1].end
    ordinary = first in NAMES_AND_WORDS
    if any(_NO_NAME.search(word.text) for word in taken):
        return False
    if cue != "relation" and not _can_be_name(text, taken, cue):
        return False
    if len(taken) == 1 and (len(first) < 2 or _ABBREVIATION.fullmatch(taken[0].text)):
        return False
    if cue in {"relation", "phrase", "thanks"} and (ordinary or not text.is_common(first)):
        return True
    if cue != "relation" and any(_ABBREVIATION.fullmatch(word.text) for word in taken[:-1]):
        return False
    if cue == "Role" and len(taken) == 1 and not _RUNNING.match(text.text, end):
        return False
    if cue in {"role", "Role"} and (not text.is_common(first) or (ordinary and len(taken) > 1)):
        return True
    if len(taken) > 1 and _POST_AFTER.match(text.text, end):
        return True
    if ordinary or text.is_common(first):
        return False
    # "Seen by Jane Smith", and what stands behind a name.
    return (
        (cue == "by" and len(taken) > 1)
        or AFTER.match(text.text, end) is not None
        or (len(taken) > 1 and _AFTER_FULL.match(text.text, end) is not None)
    )


def _can_be_name(text: Text, taken: list[Word], cue: str) -> bool:
    """Whether the lists let these words be a name where the cue alone is not certain."""
    if len(taken) == 1:
        word = taken[0]
        if word.lower in BRANDS and not is_forename(word.lower):
            return False
        if is_plain(word.lower) and word.lower not in NAMES_AND_WORDS:
            return False
        if (
            word.text.isupper()
            and {"w", "n", "x", "r"} & set(kind_of(word.lower))
            and _in_capitals(text, word)
        ):
            return False
        if is_doubtful(word.lower) and word.lower not in NAMES_AND_WORDS:
            if cue in {"role", "Role"} and {"F", "f"} & set(kind_of(word.lower)):
                return _FINITE.match(text.text, word.end) is not None
            before = text.text[max(0, word.start - 2) : word.start]
            return cue in {"phrase", "thanks"} and before[-1:] == " " and ":" not in before
        return part(word.text) not in {NONE, LIKE_A_THING} or not kind_of(word.lower)
    parts = [INITIAL if word.initial else part(word.text) for word in taken]
    if is_plain(taken[-1].lower) and not (parts[0] == FORENAME and taken[-1].lower not in NOT_NAMES):
        return False
    if cue in {"relation", "role", "phrase", "thanks"}:
        return any(found not in {NONE, LIKE_A_THING} for found in parts)
    return parts[0] not in {NONE, LIKE_A_THING, DOUBTFUL_SURNAME} and not is_doubtful(taken[0].lower)


def _in_capitals(text: Text, word: Word) -> bool:
    """Whether the words around are in capitals too, so that a word's own tell nothing."""
    return text.text[max(0, word.start - 2) : word.start - 1].isupper()
