"""People's names without a cue: capitalised words that the name lists know, and what stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.alone import VERBS_FIRST, is_sure_alone
from thememiner.deidentifying.beside import (
    BEHIND,
    LIVES,
    has_evidence,
    is_line,
)
from thememiner.deidentifying.called import is_called
from thememiner.deidentifying.capitals import PARTICLES
from thememiner.deidentifying.lists import kind_of
from thememiner.deidentifying.mentions import Name
from thememiner.deidentifying.parts import (
    DOUBTFUL_FORENAME,
    FORENAME,
    INITIAL,
    LIKE_A_THING,
    NONE,
    STRANGE,
    SURNAME,
    part,
)
from thememiner.deidentifying.things import COMPANIES, LEADERS
from thememiner.deidentifying.vocabulary import (
    CALENDAR,
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

    from thememiner.deidentifying.capitals import Text, Word

_LONGEST = 5
_COMPANY = re.compile(
    r"(?: (?:&|and|And|AND))?(?: \(?[A-Z][\w']*\)?){0,3},? "
    rf"(?:{'|'.join(sorted(COMPANIES))}|sons|& co)(?!\w)",
    re.IGNORECASE,
)
_INITIAL_ENDS = re.compile(
    r"[,.;:)\]\n]|$| -| (?:and|&|to|is|was|has|said|says|on|in|at|for|from|who|with|will)\b| [A-Z]"
)
_DASHED = re.compile(r"(?: -|:|,|\))")
# "rooms A+B. Green", "hepatitis B. Grace": letters that are no initials.
_LETTERED = re.compile(
    r"(?:[+/&\-]|\b(?:bays?|wards?|hepatitis|hep|vitamins?|vit|groups?|types?|zones?|gates?|blocks?"
    r"|plans?|options?"
    r"|appendix|parts?|class|categor(?:y|ies)|grades?|stages?|factor|forms?|weber|schedule|band"
    r"|patients?|witness"
    r"|teams?|sites?|areas?|levels?|floors?|rooms?|sections?|annex|child|cat|influenza|flu|strep"
    r"|column|strand) )$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.,;)](?!\w)|\n| \(|$")
# After the name of a place these say that it was a person's post after all: "Zoe Example Ward Manager".
_POSTS = ROLES | words("lead director head chief clerk matron sister officer managers nurses executive chair")


def listed_names(text: Text) -> list[Name]:
    """The names that need no cue, in order."""
    names: list[Name] = []
    before: list[Word] = []
    for run in text.runs:
        names += _names_of(text, run)
        if before and text.text[before[-1].end : run[0].start] == "\n":
            names += _across_lines(text, before[-1], run)
        before = run
    return names


def _across_lines(text: Text, first: Word, run: list[Word]) -> Iterator[Name]:
    """A name that a line's end divides: nothing but a surname follows the forename."""
    last = run[0]
    if (
        len(run) == 1
        and part(first.text) == FORENAME
        and part(last.text) in {SURNAME, STRANGE, LIKE_A_THING}
        and not text.is_place(last)
    ):
        yield Name(first.start, last.end, first.text, last.text, "list")


def _names_of(text: Text, run: list[Word]) -> Iterator[Name]:
    parts = [INITIAL if word.initial else part(word.text) for word in run]
    # Asked once for the whole run: a run can be as long as the text.
    company = max((at for at, word in enumerate(run) if word.lower in COMPANIES), default=-1)
    at = 0
    while at < len(run):
        if parts[at] in {NONE, LIKE_A_THING}:
            if _begins(text, run, parts, at):
                yield Name(run[at].start, run[-1].end, run[at].text, run[-1].text, "full")
                return
            at += 1
            continue
        end = at + 1
        while (
            end < len(run)
            and end - at < _LONGEST
            and (
                (parts[end] not in {NONE, LIKE_A_THING} and run[end].lower not in PLACES)
                or _goes_on(text, run, parts, at, end)
            )
        ):
            end += 1
        if company < end and not _is_thing(text, run, at, end):
            for name in _accepted(text, run[at:end], parts[at:end]):
                if not is_called(text, run, at, end):
                    yield name
        at = end


def _begins(text: Text, run: list[Word], parts: list[str], at: int) -> bool:
    """Whether a word that is no name by itself is a first name: what follows it is, and what people do."""
    if not 1 <= len(run) - at - 1 <= 3:
        return False
    word, rest = run[at], parts[at + 1 :]
    if {NONE, LIKE_A_THING} & set(rest) or word.text.isupper():
        return False
    if any(word.lower in listed for listed in (NOT_NAMES, ROLES, TITLES, RELATIONS, PLACES, LEADERS)):
        return False
    if rest[0] == FORENAME and len(rest) > 1 and parts[at] == LIKE_A_THING:
        return not text.begins_sentence(word.start)
    end = run[-1].end
    following, _ = text.following(end)
    return rest[-1] in {SURNAME, STRANGE} and (BEHIND.match(text.text, end) is not None or following in LIVES)


def _goes_on(text: Text, run: list[Word], parts: list[str], at: int, end: int) -> bool:
    """Whether a word that is no name by itself goes on with one: "Zoe Mile Example", "Zoe DAY, aged 40"."""
    last, word = parts[end - 1], run[end]
    kind = kind_of(word.lower)
    if end + 1 < len(run):
        named = {"F", "f", "e", "s"} & set(kind) or word.lower in PARTICLES
        follows = parts[end + 1] in {SURNAME, STRANGE} or (word.lower in PARTICLES and parts[end + 1] != NONE)
        return bool(named) and follows and last in {FORENAME, DOUBTFUL_FORENAME, SURNAME}
    if parts[at] != FORENAME or last not in {FORENAME, INITIAL, DOUBTFUL_FORENAME, SURNAME}:
        return False
    if parts[end] == LIKE_A_THING:
        return True
    if not {"s", "x"} & set(kind) or word.lower in TITLES & ROLES:
        return False
    behind = BEHIND.match(text.text, word.end) is not None or text.following(word.end)[0] in LIVES
    if word.lower in PLACES and not (end - at > 1 and FORENAME in parts[at + 1 : end]):
        return behind
    return behind or _ENDS.match(text.text, word.end) is not None or text.following(word.end)[0] in VERBS


def _is_thing(text: Text, run: list[Word], at: int, end: int) -> bool:
    """Whether the words are part of what a place, an organisation or a thing is called."""
    if at and run[at - 1].lower in LEADERS:
        return True
    if end == len(run) and _COMPANY.match(text.text, run[-1].end):
        return True
    if end < len(run) and run[end].lower in PLACES:
        return not any(word.lower in _POSTS for word in run[end + 1 : end + 3])
    if end == len(run) and text.is_place(run[-1]):
        return True
    return end - at == 1 and end == len(run) and text.goes_on_as_place(run[-1])


def _accepted(text: Text, seen: list[Word], parts: list[str]) -> Iterator[Name]:
    """The name in words that can be one, if it is; a doubtful first word is left off before giving up."""
    while (
        len(seen) > 1
        and parts[-1] == INITIAL
        and not seen[-1].initial
        and not _is_initialled(text, seen, parts)
    ):
        seen, parts = seen[:-1], parts[:-1]
    while seen:
        sure = _is_sure(text, seen, parts) if len(seen) > 1 else is_sure_alone(text, seen[0], parts[0])
        if sure:
            yield _name(seen, parts)
            return
        if parts[0] == FORENAME:
            # A forename before words that are none of its own: "Zoe" of "Zoe Will".
            seen, parts = seen[:1], parts[:1]
            if is_sure_alone(text, seen[0], FORENAME):
                yield _name(seen, parts)
            return
        seen, parts = seen[1:], parts[1:]


def _is_initialled(text: Text, seen: list[Word], parts: list[str]) -> bool:
    """Whether a forename has the first letter of a surname behind it: "Zoe T"."""
    if len(seen) != 2 or seen[1].text in {"A", "I"}:
        return False
    if parts[0] != FORENAME:
        begins = text.begins_sentence(seen[0].start) and not _DASHED.match(text.text, seen[1].end)
        if parts[0] != DOUBTFUL_FORENAME or begins:
            return False
    return seen[0].lower not in CALENDAR and _INITIAL_ENDS.match(text.text, seen[1].end) is not None


def _is_sure(text: Text, seen: list[Word], parts: list[str]) -> bool:
    first, rest = parts[0], parts[1:]
    if rest == [INITIAL] and not seen[1].initial:
        return True  # "Zoe T": nothing else has come this far
    if first == INITIAL and _is_lettered(text, seen[0]):
        return False
    sure = FORENAME in rest or SURNAME in rest
    if first == FORENAME:
        return True
    if first == INITIAL:
        if seen[0].initial:
            return any(found != INITIAL for found in rest)
        return seen[0].text not in {"A", "I"} and sure
    if first == DOUBTFUL_FORENAME:
        begins = text.begins_sentence(seen[0].start)
        if begins and seen[0].lower in VERBS_FIRST and FORENAME in rest:
            return False
        if seen[0].lower in CALENDAR and not sure:
            return has_evidence(text, seen)
        return sure or STRANGE in rest or has_evidence(text, seen)
    if first == SURNAME and "p" in kind_of(seen[0].lower):
        return has_evidence(text, seen)
    if first == SURNAME:
        return sure or (STRANGE in rest and not text.stands_as_place(seen[0])) or has_evidence(text, seen)
    if first == STRANGE and set(rest) <= {STRANGE, LIKE_A_THING} and is_line(text, seen):
        return True
    if first == STRANGE:
        return not (text.stands_as_place(seen[0]) or text.begins_sentence(seen[0].start)) or has_evidence(
            text, seen
        )
    rare = "w" not in kind_of(seen[0].lower) and seen[0].lower not in NAMES_AND_WORDS
    return sure and not text.begins_sentence(seen[0].start) and (rare or has_evidence(text, seen))


def _is_lettered(text: Text, word: Word) -> bool:
    return _LETTERED.search(text.text, max(0, word.start - 12), word.start) is not None


def _name(seen: list[Word], parts: list[str]) -> Name:
    start, end = seen[0].start, seen[-1].end
    full = [(word.text, found) for word, found in zip(seen, parts, strict=True) if len(word.text) > 1]
    if len(full) == 1:
        only, found = full[0]
        if len(seen) == 1 and found in {FORENAME, DOUBTFUL_FORENAME}:
            return Name(start, end, only, "", "list")
        return Name(start, end, "", only, "list")
    if (
        full[0][1] in {SURNAME, STRANGE}
        and full[-1][1] == FORENAME
        and kind_of(full[-1][0].lower())[:2] != "Fs"
    ):
        return Name(start, end, full[-1][0], full[0][0], "list")
    return Name(start, end, full[0][0], full[-1][0], "list")
