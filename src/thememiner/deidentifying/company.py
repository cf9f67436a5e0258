"""Names that the company of other names tells: the rest of a list, other speakers, an address of e-mail.

"Obinna, Joy and I"      a list of which one member is a person
"Zoe: ... Will: ..."     labels of who speaks, of which one is a person
"Kez, kez@example.org"   the word that an address begins with
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.brands import BRANDS
from thememiner.deidentifying.called import is_called
from thememiner.deidentifying.lists import is_place, is_plain, kind_of
from thememiner.deidentifying.mentions import Name
from thememiner.deidentifying.parts import DOUBTFUL_FORENAME, FORENAME, STRANGE, SURNAME, part
from thememiner.deidentifying.vocabulary import PLACES, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thememiner.deidentifying.capitals import Text, Word

_JOINED = re.compile(r",? (?:and|&|or) | ?[/&+] ?|, ")
_JOINED_BEFORE = re.compile(r"(?:,? (?:and|&|or) | ?[/&+] ?|, )$")
# After the member of a list with commas: it goes on, or is at its end.
_LISTED = re.compile(r",? (?:and|&) |, (?=[A-Z])|[.;)\]\n]|$")
_LABEL = re.compile(r" ?[:=] ?\S")
_MAIL = re.compile(r"(?<![\w.+\-])(?P<local>[A-Za-z][\w.+\-]{1,40})@")
_GENERIC = words(
    """info admin enquiries reception contact office mail email team staff ward clinic practice nhs board
    bookings feedback help support service services pals complaints referrals noreply secretary the"""
)
_SHORTEST_MAIL = 3
_PASSES = 3


def names_in_company(text: Text, names: list[Name]) -> list[Name]:
    """The names that stand with `names` and were not taken for any, in no order."""
    found: list[Name] = []
    if "@" in text.text:
        found += _of_addresses(text, names)
    if names:
        found += _labels(text, names + found)
        ends = {run[-1].end: run for run in text.runs}
        starts = {run[0].start: run for run in text.runs}
        last = [*names, *found]
        for _ in range(_PASSES):
            last = [new for name in last for new in _beside(text, name, starts, ends)]
            taken = {(name.start, name.end) for name in (*names, *found)}
            last = [name for name in last if (name.start, name.end) not in taken]
            if not last:
                break
            found += last
    return found


def _can_be(text: Text, run: list[Word], at: int, end: int) -> bool:
    """Whether run[at:end], a word with an initial or without, may be a person beside others."""
    word = run[at]
    if end - at > 2 or (end - at == 2 and len(run[end - 1].text) > 1) or len(word.text) < 2:
        return False
    found = part(word.text)
    if found not in {FORENAME, DOUBTFUL_FORENAME, SURNAME, STRANGE} or word.text.isupper():
        return False
    if (word.lower in BRANDS and "F" not in kind_of(word.lower)) or is_plain(word.lower):
        return False
    following = text.following(run[end - 1].end)[0]
    if (
        following.lower() in PLACES
        or text.is_place(run[end - 1])
        or is_called(text, run, at, end, known=True)
    ):
        return False
    return found in {FORENAME, DOUBTFUL_FORENAME} or not is_place(word.lower)


def _beside(
    text: Text, name: Name, starts: dict[int, list[Word]], ends: dict[int, list[Word]]
) -> Iterator[Name]:
    """The members of a list before and after a name."""
    whole = text.text
    joined = _JOINED.match(whole, name.end)
    if joined is not None:
        run = _without_rest(starts.get(joined.end(), []))
        if (
            run
            and _can_be(text, run, 0, len(run))
            and (joined[0] != ", " or (name.is_short and _goes_on(text, run)))
        ):
            yield _named(run)
    before = _JOINED_BEFORE.search(whole, max(0, name.start - 6), name.start)
    if before is not None:
        run = ends.get(before.start(), [])
        if run and _can_be(text, run, 0, len(run)) and _is_inside(text, run[0].start):
            listed = whole[max(0, run[0].start - 2) : run[0].start] in {", ", "s ", ": "}
            if before[0] != ", " or (name.is_short and listed):
                yield _named(run)


def _is_inside(text: Text, start: int) -> bool:
    """Whether a list may begin at `start`: inside a sentence, or behind a label."""
    return text.text[max(0, start - 2) : start] == ": " or not text.begins_sentence(start)


def _without_rest(run: list[Word]) -> list[Word]:
    """A run without what an initial's full stop has joined to it: "Zoe T. Apologies"."""
    return run[:2] if len(run) > 2 and run[1].initial and run[2].is_no_name else run


def _goes_on(text: Text, run: list[Word]) -> bool:
    """Whether a list goes on after its member, or ends and the member is a forename: "Rose, Exampleton."."""
    listed = _LISTED.match(text.text, run[-1].end)
    return listed is not None and (
        part(run[0].text) in {FORENAME, DOUBTFUL_FORENAME} or listed[0].startswith((",", " "))
    )


def _named(run: list[Word]) -> Name:
    word = run[0]
    if part(word.text) in {FORENAME, DOUBTFUL_FORENAME}:
        return Name(word.start, run[-1].end, word.text, "", "company")
    return Name(word.start, run[-1].end, "", word.text, "company")


def _labels(text: Text, names: list[Name]) -> Iterator[Name]:
    """Lone words before a colon where a sentence begins, if a name stands so too."""
    whole = text.text
    if not any(_LABEL.match(whole, name.end) and text.begins_sentence(name.start) for name in names):
        return
    for run in text.runs:
        word = run[0]
        if (
            len(run) == 1
            and _LABEL.match(whole, word.end)
            and kind_of(word.lower)
            and text.begins_sentence(word.start)
            and (_can_be(text, run, 0, 1) or _is_both(word))
        ):
            yield _named(run)


def _is_both(word: Word) -> bool:
    """Whether the word is a forename or surname as well as a word."""
    return bool({"F", "f", "s"} & set(kind_of(word.lower))) and "p" not in kind_of(word.lower)


def _of_addresses(text: Text, names: list[Name]) -> Iterator[Name]:
    """Capitalised words that stand in the text and in the local part of an address of e-mail."""
    taken = {name.start for name in names}
    for match in _MAIL.finditer(text.text):
        for piece in re.split(r"[\W\d_]+", match["local"].lower()):
            if len(piece) < _SHORTEST_MAIL or piece in _GENERIC or is_plain(piece):
                continue
            for run, at in text.words.get(piece.capitalize(), ()):
                if run[at].start not in taken and _can_be(text, run, at, at + 1):
                    yield _named(run[at : at + 1])
