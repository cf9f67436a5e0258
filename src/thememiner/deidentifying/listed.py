"""People's names without a cue: capitalised words that the name lists know, and what stands beside them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from thememiner.deidentifying.capitals import PARTICLES
from thememiner.deidentifying.lists import kind_of
from thememiner.deidentifying.mentions import Name
from thememiner.deidentifying.vocabulary import (
    CALENDAR,
    COMPANIES,
    EPONYMS,
    LEADERS,
    NAMES_AND_WORDS,
    NOT_NAMES,
    PLACES,
    PRODUCTS,
    REGIONS,
    RELATIONS,
    ROLES,
    TITLES,
    VERBS,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thememiner.deidentifying.capitals import Text, Word

# What a capitalised word can be in a name. A sure forename or surname is hardly ever anything else; a
# doubtful one is a word, a month, an eponym or a rare name; a strange one is in no list; what is like a
# thing, or a word that is a surname as well, is a surname only behind a forename.
FORENAME, DOUBTFUL_FORENAME, SURNAME, DOUBTFUL_SURNAME, STRANGE, LIKE_A_THING, INITIAL, NONE = "FfSsUTI-"

_LONGEST = 5
# Endings of drugs, diseases, treatments and sciences; no name from outside the lists is guessed with one.
_THING = re.compile(
    r"(?:azole|pril|sartan|statin|olol|cillin|mycin|micin|floxacin|cycline|azepam|azolam|idone|apine|zapine"
    r"|pine|done|mab|nib|vir|oxetine|triptyline|barbital|caine|parin|xaban|gliptin|glifloz\w+|tide|formin"
    r"|phylline|terol|asone|solone|nide|mide|zide|thiazide|semide|prazole|tidine|setron|triptan|fenac|profen"
    r"|oxib|dronate|dronic|phen|codone|morphine|orphan|phine|tanyl|pram|bactam|penem|conazole|quine|zine"
    r"|itis|osis|iasis|aemia|emia|opathy|ectomy|otomy|ostomy|plasty|scopy|gram|graphy|ology|algia|plegia"
    r"|paresis|uria|oma|pnoea|rrhoea|rrhagia|trophy|lysis|philia|phobia|genic|one|ine|ol|ase|ium|ide|ate"
    r"|ic|al|ous|ive|able|ment|tion|sion|ness|ity|ware|soft|link|net|tech|care|line|med|plus|card|flow"
    r"|pathway|view|chart|works?|com|app|aid|cell|cyte|virus|ally|wide)s?$"
)
_VOWEL = re.compile(r"[aeiouyà-öø-ÿ]", re.IGNORECASE)
# "McExample", "DeExample" and "O'Example" have a capital inside; other names have none.
_INNER_CAPITALS = re.compile(r"(?:Mac|Mc|De|Di|Le|La|Du|Fitz|Van|Ó|O)?[A-ZÀ-Þ][^\WA-Z\d_]*")

_TOLD = re.compile(
    r"(?:^|\W)(?:told|asked|informed|saw|met|phoned|rang|texted|hugged|named|says?|said|escorted|assisted|advised"
    r"|reminded|approached|encouraged|reassured|comforted|restrained|attacked|assaulted|thank|love) $",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:^|\W)(?:by|with|that|when|while|whilst|because|if|and|to|from|for|where|as|after|before|although|about"
    r"|of) $",
    re.IGNORECASE,
)
# What people do, and organisations and medicines do not.
_LIVES = words(
    """died lived felt fell suffered collapsed cried ate slept walked wept drank woke sadly tragically screamed
    smoked vomited fainted married smiled laughed hanged jumped ran whose who herself himself"""
)
_SPOKE = words("said told asked spoke explained rang phoned thought wanted went came sat stood got knew")
_HIS = RELATIONS | words(
    "death family parents children bedroom room condition body behaviour mood notes flat bed wishes life age"
)
_BEHIND = re.compile(
    r",? (?:\(?aged? \d|\(?\d\d ?(?:years|yrs|y/o|yo\b)|(?:sadly |tragically )?(?:died|passed away|was born)"
    r"|\((?:dob|d\.o\.b|born|nhs|he/|she/|they/)|dob\b|born (?:on )?\d|who (?:was|had|is|died|lived) )",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    rf"(?: (?:&|and|And|AND))?(?: \(?[A-Z][\w']*\)?){{0,3}},? (?:{'|'.join(sorted(COMPANIES))}|sons|& co)(?!\w)", re.IGNORECASE
)
_ENDS = re.compile(r"[.,;)](?!\w)|\n|$")
# After the name of a place these say that it was a person's post after all: "Zoe Example Ward Manager".
_POSTS = ROLES | words("lead director head chief clerk matron sister officer managers nurses executive chair")
# At the beginning of a sentence these are verbs before anything else.
_VERBS_FIRST = words("will may mark can do said grant chase pat sue rob bill wade drew don rose dawn")


def listed_names(text: Text) -> list[Name]:
    """The names that need no cue, in order."""
    names: list[Name] = []
    for run in text.runs:
        names += _names_of(text, run)
    return names


def _names_of(text: Text, run: list[Word]) -> Iterator[Name]:
    parts = [INITIAL if word.initial else part(word.text) for word in run]
    at = 0
    while at < len(run):
        if parts[at] in {NONE, LIKE_A_THING}:
            at += 1
            continue
        end = at + 1
        while end < len(run) and end - at < _LONGEST and (
            (parts[end] not in {NONE, LIKE_A_THING} and not _is_place_word(run[end], parts[end]))
            or _goes_on(text, run, parts, at, end)
        ):
            end += 1
        if not (_is_thing(text, run, at, end)):
            yield from _accepted(text, run[at:end], parts[at:end])
        at = end


def _is_place_word(word: Word, found: str) -> bool:
    return found == DOUBTFUL_SURNAME and word.lower in PLACES


def _goes_on(text: Text, run: list[Word], parts: list[str], at: int, end: int) -> bool:
    """Whether a word that is no name by itself goes on with one: "Zoe Mile Example", "Zoe DAY, aged 40"."""
    last, word = parts[end - 1], run[end]
    kind = kind_of(word.lower)
    if end + 1 < len(run):
        named = {"F", "f", "e", "s"} & set(kind) or word.lower in PARTICLES
        return bool(named) and parts[end + 1] in {SURNAME, STRANGE} and last in {FORENAME, DOUBTFUL_FORENAME}
    if parts[at] != FORENAME or last not in {FORENAME, INITIAL, DOUBTFUL_FORENAME, SURNAME}:
        return False
    if parts[end] == LIKE_A_THING:
        return True
    if "s" not in kind or word.lower in TITLES & ROLES:
        return False
    behind = _BEHIND.match(text.text, word.end) is not None or text.following(word.end)[0] in _LIVES
    if word.lower in PLACES and not (end - at > 1 and FORENAME in parts[at + 1 : end]):
        return behind
    return behind or _ENDS.match(text.text, word.end) is not None or text.following(word.end)[0] in VERBS


def _is_thing(text: Text, run: list[Word], at: int, end: int) -> bool:
    """Whether the words are part of what a place, an organisation or a thing is called."""
    if at and run[at - 1].lower in LEADERS:
        return True
    if any(word.lower in COMPANIES for word in run[end:]) or (
        end == len(run) and _COMPANY.match(text.text, run[-1].end)
    ):
        return True
    if end < len(run) and run[end].lower in PLACES:
        return not any(word.lower in _POSTS for word in run[end + 1 : end + 3])
    if end == len(run) and text.is_place(run[-1]):
        return True
    return end - at == 1 and end == len(run) and text.goes_on_as_place(run[-1])


def _accepted(text: Text, seen: list[Word], parts: list[str]) -> Iterator[Name]:
    """The name in words that can be one, if it is; a doubtful first word is left off before giving up."""
    while len(seen) > 1 and parts[-1] == INITIAL and not seen[-1].initial:
        seen, parts = seen[:-1], parts[:-1]
    while seen:
        sure = _is_sure(text, seen, parts) if len(seen) > 1 else _is_sure_alone(text, seen[0], parts[0])
        if sure:
            yield _name(seen, parts)
            return
        if parts[0] == FORENAME:
            # A forename before words that are none of its own: "Zoe" of "Zoe Will".
            seen, parts = seen[:1], parts[:1]
            if _is_sure_alone(text, seen[0], FORENAME):
                yield _name(seen, parts)
            return
        seen, parts = seen[1:], parts[1:]


def _is_sure(text: Text, seen: list[Word], parts: list[str]) -> bool:
    first, rest = parts[0], parts[1:]
    sure = FORENAME in rest or SURNAME in rest
    if first == FORENAME:
        return True
    if first == INITIAL:
        if seen[0].initial:
            return any(found != INITIAL for found in rest)
        return seen[0].text not in {"A", "I"} and sure
    if first == DOUBTFUL_FORENAME:
        begins = text.begins_sentence(seen[0].start)
        if begins and seen[0].lower in _VERBS_FIRST and FORENAME in rest:
            return False
        if seen[0].lower in CALENDAR and not sure:
            return False
        return sure or STRANGE in rest or _has_evidence(text, seen)
    if first == SURNAME:
        return sure or (STRANGE in rest and not text.stands_as_place(seen[0])) or _has_evidence(text, seen)
    if first == STRANGE:
        return not (text.stands_as_place(seen[0]) or text.begins_sentence(seen[0].start)) or _has_evidence(
            text, seen
        )
    return (DOUBTFUL_SURNAME not in rest and sure and not text.begins_sentence(seen[0].start)) and _has_evidence(
        text, seen
    )


def _has_evidence(text: Text, seen: list[Word]) -> bool:
    """Whether what stands before or behind two words or more is what stands beside people."""
    start, end = seen[0].start, seen[-1].end
    following, of = text.following(end)
    if _BEHIND.match(text.text, end) or following in _LIVES or (of and following in _HIS):
        return True
    before = text.text[max(0, start - 16) : start]
    if _TOLD.search(before):
        return True
    return following in VERBS and not of and (_BESIDE.search(before) is not None or following in _SPOKE)


def _is_sure_alone(text: Text, word: Word, found: str) -> bool:
    if len(word.text) < 3:
        return False
    start, end = word.start, word.end
    following, of = text.following(end)
    kind = kind_of(word.lower)
    before = text.text[max(0, start - 16) : start]
    person = (
        _TOLD.search(before) is not None
        or _BEHIND.match(text.text, end) is not None
        or (of and following in _HIS)
        or (following in _LIVES and not of)
    )
    if found == FORENAME and "p" not in kind:
        return person or not text.stands_as_place(word)
    if person:
        return found != DOUBTFUL_SURNAME and not (
            found == DOUBTFUL_FORENAME and text.begins_sentence(start) and following not in _LIVES
        )
    if text.stands_as_place(word) or word.text.isupper():
        return False
    if found in {FORENAME, SURNAME, DOUBTFUL_FORENAME} and not text.begins_sentence(start):
        beside = _BESIDE.search(before) is not None
        return not of and (following in _SPOKE or (beside and following in VERBS))
    return found in {FORENAME, SURNAME} and following in _SPOKE and not of and "p" not in kind


def _name(seen: list[Word], parts: list[str]) -> Name:
    start, end = seen[0].start, seen[-1].end
    full = [(word.text, found) for word, found in zip(seen, parts, strict=True) if len(word.text) > 1]
    if len(full) == 1:
        only, found = full[0]
        if len(seen) == 1 and found in {FORENAME, DOUBTFUL_FORENAME}:
            return Name(start, end, only, "", "list")
        return Name(start, end, "", only, "list")
    if full[0][1] in {SURNAME, STRANGE} and full[-1][1] == FORENAME and kind_of(full[-1][0].lower())[:2] != "Fs":
        return Name(start, end, full[-1][0], full[0][0], "list")
    return Name(start, end, full[0][0], full[-1][0], "list")


# ---------------------------------------------------------------- one word


@lru_cache(maxsize=1 << 15)
def part(word: str) -> str:
    """What a capitalised word can be in a name."""
    lower = word.lower()
    if len(word) == 1:
        return INITIAL
    if lower in NOT_NAMES or lower in ROLES or lower in TITLES or lower in RELATIONS:
        return NONE
    kind = kind_of(lower)
    if not kind and "-" in lower:
        return _double(word)
    if word.isupper() and len(word) < 4:
        if len(word) < 3 or "w" in kind:
            return NONE
        return DOUBTFUL_FORENAME if "F" in kind else DOUBTFUL_SURNAME if "s" in kind else NONE
    doubtful = "w" in kind or any(
        lower in listed for listed in (NAMES_AND_WORDS, EPONYMS, PRODUCTS, REGIONS)
    )
    if "F" in kind or "f" in kind:
        return DOUBTFUL_FORENAME if doubtful else FORENAME
    if "s" in kind:
        return DOUBTFUL_SURNAME if doubtful or "r" in kind else SURNAME
    if "e" in kind:
        return DOUBTFUL_FORENAME if doubtful or "r" in kind else SURNAME
    if kind or lower in NAMES_AND_WORDS:
        return DOUBTFUL_SURNAME if lower in NAMES_AND_WORDS else NONE
    if not _can_be_name(word, lower):
        return NONE
    return LIKE_A_THING if _THING.search(lower) else STRANGE


def _double(word: str) -> str:
    halves = [part(half) for half in word.split("-") if half]
    if NONE in halves or INITIAL in halves or len(halves) != 2:
        return NONE
    if halves[1] == FORENAME:
        return FORENAME
    if SURNAME in halves or FORENAME in halves:
        return SURNAME
    return STRANGE if STRANGE in halves else DOUBTFUL_SURNAME


def _can_be_name(word: str, lower: str) -> bool:
    if len(word) < 3 or not _VOWEL.search(word) or any(
        lower in listed for listed in (EPONYMS, PRODUCTS, REGIONS)
    ):
        return False
    if word.isupper():
        return len(word) > 4
    return all(_INNER_CAPITALS.fullmatch(piece) for piece in re.split(r"['’]", word) if piece[:1].isupper())
