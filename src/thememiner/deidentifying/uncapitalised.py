"""People's names in lower case: those of the lists that are no words, beside a cue or beside each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from thememiner.deidentifying.lists import kind_of, load
from thememiner.deidentifying.mentions import Name
from thememiner.deidentifying.things import MEASURES, PRODUCTS, REGIONS, THINGS
from thememiner.deidentifying.vocabulary import (
    CALENDAR,
    NAMES_AND_WORDS,
    NOT_NAMES,
    PHRASES,
    PLACES,
    RELATIONS,
    ROLES,
    TITLES,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thememiner.deidentifying.capitals import Text

# What a word can be that is a name and nothing else, and a forename that is a word as well.
_FORENAMES = {"F", "Fs", "f", "fs"}
_PURE = _FORENAMES | {"e", "s", "es"}
_CUED = {"sp", "esp", "Fr", "Fsr", "fr", "fsr", "Fn", "Fsn", "fn", "fsn"}
_CUES = TITLES | ROLES | RELATIONS | words("thank thanks thanking named called labelled by told asked and")
_BESIDE = words("of by to for from with and")
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_NEXT = re.compile(r"(?P<gap> |, )(?P<word>[a-z]+(?:['-][a-z]+)*)")
_NOT_SURNAME = re.compile(r"(?:ed|ing|ly|s|n't)$")
_ON = re.compile(r"(?:'s)?(?:[.,;)]|$|\n| (?:was|is|who|said|told|has|had|and|from|rn|hca)\b)")
_SHORTEST = 4
# "then jayden rang": what a forename in lower case does.
_DOES = re.compile(
    r" (?:said|says|rang|called|phoned|texted|came|went|will|wld|would|told|asked|wants|wanted|felt"
    r"|feels|cried|slept|ate"
    r"|denies|denied|refused|refuses|was|is|has|had|to (?:call|ring|phone|chase|check|do|ask|tell|see"
    r"|book|email|bring|visit))\b"
)
# "j. example, duty nurse": a signature in lower case.
_INITIALLED = re.compile(r"(?<![a-z.])[a-z]\. $")
_POST = re.compile(
    rf"\s*$|\n|, ?(?:[a-z\-]+ ){{0,2}}(?:{'|'.join(sorted(role for role in ROLES if role.isalnum()))})\b",
    re.IGNORECASE,
)
# A name as records have it, "example, zoe", before a number.
_FIRST = re.compile(r"(?:^|\n)(?P<surname>[a-z][a-z'-]+), $")
_NUMBERED = re.compile(r" \(?[a-z]{0,4}\d{4}")


_NEVER = NAMES_AND_WORDS | NOT_NAMES | ROLES | PRODUCTS | REGIONS | CALENDAR


@lru_cache(maxsize=1)
def _listed_names() -> frozenset[str]:
    """The words of the lists that are names in lower case too."""
    return frozenset(
        word
        for word, kind in load().items()
        if (kind in _PURE or kind in _CUED) and len(word) >= _SHORTEST - 1 and word not in _NEVER
    )


def uncapitalised_names(text: Text) -> list[Name]:
    """The names in lower case, in order."""
    bare = text.text.islower()
    found = _listed_names() & text.lower_words
    if bare:
        found |= {
            word
            for word in text.lower_words
            if len(word) > _SHORTEST and word not in _NEVER and not kind_of(word)
        }
    if not found:
        return []
    pattern = re.compile(
        rf"(?<![\w@./'\-])(?:[a-z]+-)?(?:{'|'.join(sorted(found))})(?:-[a-z]+)?(?![\w@]"
        rf"|['\-.][a-z](?<!'s)|\.\w)"
    )
    names: list[Name] = []
    for match in pattern.finditer(text.text):
        if not names or match.start() >= names[-1].end:
            names += _name(text, match, names[-1] if names else None, bare=bare)
    return names


def _name(text: Text, match: re.Match[str], last: Name | None, *, bare: bool) -> Iterator[Name]:
    start, end = match.span()
    word, whole = match[0], text.text
    kind = _kind(word)
    cue = _cue(whole, start, last)
    behind = _NEXT.match(whole, end)
    if behind is not None and (
        behind["word"] in PLACES or behind["word"] in MEASURES or behind["word"] in THINGS
    ):
        return
    if kind in _CUED and cue in {"", "and"} and not _surname_after(whole, end):
        return
    if {"F", "f"} & set(kind):
        surname = _surname_after(whole, end)
        first = _FIRST.search(whole, max(0, start - 30), start)
        if surname and (kind in _FORENAMES or cue):
            yield Name(start, end + 1 + len(surname), word, surname, "list")
        elif first and _NUMBERED.match(whole, end):
            yield Name(first.start("surname"), end, word, first["surname"], "list")
        elif (
            _does(whole, word, end, bare=bare)
            or (kind in _FORENAMES and "F" in kind)
            or cue not in {"", "and"}
            or (cue and kind in _FORENAMES)
        ):
            yield Name(start, end, word, "", "list")
    elif (
        len(word) >= _SHORTEST
        and (
            cue not in {"", "and"}
            or (bare and kind and _beside(whole, start))
            or (
                _INITIALLED.search(whole, max(0, start - 4), start)
                and (kind in _PURE)
                and _POST.match(whole, end)
            )
        )
        and (kind or (cue in {"title", "role"} and _ON.match(whole, end)))
    ):
        initial = re.search(r"(?<![a-z])[a-z]\. $", whole[max(0, start - 4) : start])
        yield Name(start - 3 if initial else start, end, "", word, "list")


def _does(text: str, word: str, end: int, *, bare: bool) -> bool:
    """Whether a forename of the lists needs no cue: nothing has a capital, or it does what people do."""
    kind = _kind(word)
    return (bare and kind == "f" and len(word) > _SHORTEST) or (
        kind in _FORENAMES and _DOES.match(text, end) is not None
    )


def _kind(word: str) -> str:
    """What a word can be; a double name is what its second half is, or its first where that is no name."""
    first, _, last = word.partition("-")
    kind = kind_of(last or first)
    return kind if not last or set("se") & set(kind) else kind_of(first)


def _cue(text: str, start: int, last: Name | None) -> str:
    if last is not None and text[last.end : start] in {" and ", " & ", ", "}:
        return "and"
    before = text[max(0, start - 30) : start]
    before = re.sub(r"(?:^| )[a-z]\. $", " ", before)
    if not before.endswith((" ", '"', "(")) or before.rstrip(" ")[-1:] in {".", ";", "!", "?"}:
        return ""
    spoken = re.findall(r"[a-z0-9'-]+", before.lower())
    if not spoken:
        return ""
    if spoken[-1] in TITLES:
        return "title"
    if spoken[-1] in ROLES:
        return "role"
    if spoken[-1] in _CUES - {"and"} or "-".join(spoken[-2:]) in PHRASES or spoken[-1] in PHRASES:
        return "phrase"
    return (
        "phrase"
        if spoken[-1] in {"its", "it's", "i'm"} or spoken[-2:] in (["i", "am"], ["this", "is"])
        else ""
    )


def _beside(text: str, start: int) -> bool:
    spoken = text[max(0, start - 12) : start].split()
    return bool(spoken) and spoken[-1] in _BESIDE


def _surname_after(text: str, end: int) -> str:
    following = _NEXT.match(text, end)
    if following is None or following["gap"] != " ":
        return ""
    word = following["word"]
    stem = word.removesuffix("'s")
    kind = _kind(stem)
    if stem in NOT_NAMES or stem in ROLES or len(stem) < _SHORTEST:
        return ""
    if (set("se") & set(kind) and not set("wxnv") & set(kind)) or (
        not kind and len(stem) > _SHORTEST and not _NOT_SURNAME.search(stem)
    ):
        return stem
    return ""
