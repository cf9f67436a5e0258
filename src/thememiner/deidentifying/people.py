"""People's names: after a title, a role or a relation, and wherever else the same document has them.

A name is taken from capitalised words that stand together and have a cue beside them (here), or that the
lists know (`listed`, `uncapitalised`); its surname and forename are then masked throughout the same document
(`mentions`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.accepting import AFTER, is_accepted
from thememiner.deidentifying.called import is_called
from thememiner.deidentifying.capitals import LETTER, PARTICLES, POSSESSIVE, WORD, Text, Word
from thememiner.deidentifying.company import names_in_company
from thememiner.deidentifying.identifiers import FENCE
from thememiner.deidentifying.listed import listed_names
from thememiner.deidentifying.mentions import Name, mentions
from thememiner.deidentifying.normalising import CAPITAL
from thememiner.deidentifying.parts import (
    STRANGE,
    SURNAME,
    part,
)
from thememiner.deidentifying.uncapitalised import uncapitalised_names
from thememiner.deidentifying.vocabulary import (
    NAMES_AND_WORDS,
    NOT_NAMES,
    PHRASES,
    PLACES,
    PLAIN_TITLES,
    RELATIONS,
    ROLES,
    TITLES,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# These begin the names of hospitals as well: "Lady Example Hospital".
_NOBLE = words("lady lord sir dame sister major captain")
_PARTICLE_BEFORE = re.compile(rf" (?P<particle>(?:(?:{'|'.join(sorted(PARTICLES))}) ){{1,2}})$")
_LOWER_TITLE = re.compile(
    rf"(?<![\w.])(?:{'|'.join(PLAIN_TITLES)})\.? (?P<name>{LETTER}(?:{LETTER}|['’\-](?={LETTER}))+)"
)
_NOT_A_LOWER_NAME = re.compile(r"(?:ed|ing|ly|tion|ment|ness|able|'s|’s)$")
_RECORD_NUMBER = re.compile(r",? \(?(?P<id>[A-Z]{0,4}\d{5,10})(?![\w])")
_SURNAME_FIRST = re.compile(rf"(?:[{CAPITAL}]['’\-]?){{3,}}, ")
_INTRODUCED = re.compile(r",? (?:from|here|calling|speaking|again)\b")

_DAYS = words("monday tuesday wednesday thursday friday saturday sunday goodness")
# The longest name that is taken as one: four words.
_LONGEST = 4


def find_people(
    given: str, besides: Sequence[Name] = ()
) -> tuple[list[tuple[int, int, int]], list[tuple[int, int]]]:
    """(start, end, person) of the people in a text, and (start, end) of record numbers beside a name.

    `besides` are names that other recognisers found in it.
    """
    text = Text(given)
    found = [*_cued(text), *listed_names(text), *uncapitalised_names(text), *besides]
    found += names_in_company(text, found)
    names = sorted(found, key=lambda name: (name.start, name.end, name.cue))
    records = [
        record.span("id") for name in names if (record := _RECORD_NUMBER.match(given, name.end)) is not None
    ]
    return mentions(text, names) if names else [], records


def _cued(text: Text) -> list[Name]:
    """The names with a cue beside them."""
    names: list[Name] = []
    for run in text.runs:
        for name in _names_of(text, run, names[-1] if names else None):
            names.append(name)  # noqa: PERF402, as the next run looks at the last name
    for match in _LOWER_TITLE.finditer(text.text):
        stem = POSSESSIVE.sub("", match["name"])
        if stem.lower() not in NOT_NAMES and not _NOT_A_LOWER_NAME.search(stem) and len(stem) > 2:
            names.append(Name(match.start("name"), match.start("name") + len(stem), "", stem, "title"))
    return names


def _names_of(text: Text, run: list[Word], last: Name | None) -> Iterator[Name]:
    at = 0
    while at < len(run):
        word = run[at]
        lower = word.lower
        if _is_title(run, at):
            while at + 1 < len(run) and run[at].lower in TITLES and _is_title(run, at):
                at += 1
            taken = _take(run, at)
            if taken and not (word.lower in _NOBLE and _is_noble_place(text, taken)):
                yield _name(text.text, taken, titled=True, cue="title")
            at += max(1, len(taken))
            continue
        if _is_day_named(run, at):
            yield _name(text.text, run[at : at + 2], cue="role")
            at += 2
            continue
        if word.is_no_name or lower in ROLES or lower in RELATIONS:
            at += 1
            continue
        taken = _take(run, at)
        if taken and not text.is_place(taken[-1]):
            cue = _cue_before(text.text, run, at) or _list_cue(text.text, taken, last)
            if is_accepted(text, taken, cue):
                if is_called(text, run, at, at + len(taken)):
                    at += len(taken)
                    continue
                yield _name(
                    text.text,
                    taken,
                    surname_alone=cue in {"role", "Role"} and taken[0].text.isupper(),
                    cue=cue,
                )
            else:
                surname = _surname_first(text.text, taken)
                if surname is not None:
                    yield surname
        at += max(1, len(taken))


def _is_day_named(run: list[Word], at: int) -> bool:
    """Whether a day of the week is a forename here: behind a role and before a surname."""
    return (
        0 < at < len(run) - 1
        and run[at].lower in _DAYS
        and run[at - 1].lower in ROLES
        and part(run[at + 1].text) in {SURNAME, STRANGE}
    )


def _is_noble_place(text: Text, taken: list[Word]) -> bool:
    """Whether a title begins the name of a place: "Lady Example Lodge"."""
    return text.is_place(taken[-1]) or any(word.lower in PLACES for word in taken[1:])


def _list_cue(text: str, taken: list[Word], last: Name | None) -> str:
    """The cue of the name before, where this one goes on with it: "thank Jane, Tom and Priya"."""
    if last is None or taken[0].start - last.end > len(" and "):
        return ""
    gap = text[last.end : taken[0].start]
    if gap in {" and ", " & "}:
        return last.cue if last.cue in {"thanks", "relation"} else "by"
    if gap == ", " and last.cue == "thanks":
        return "thanks" if re.compile(r", [A-Z]| and [A-Z]| & [A-Z]").match(text, taken[-1].end) else ""
    return ""


def _is_title(run: list[Word], at: int) -> bool:
    word = run[at]
    if word.lower not in TITLES or at + 1 == len(run):
        return False
    after = run[at + 1]
    if word.text.isupper() and len(word.text) > 1 and word.lower in {"mr", "ms", "pc", "dc", "ds", "miss"}:
        # "MR scan", "MS nurse": in capitals these are titles only before a name that fits.
        return not after.is_no_name and (after.text.isupper() == (word.lower in {"mr", "ms", "miss"}))
    return not after.is_no_name or after.lower in NAMES_AND_WORDS or after.lower in TITLES


def _take(run: list[Word], at: int) -> list[Word]:
    """The words from `at` that can be one name."""
    taken: list[Word] = []
    for word in run[at : at + _LONGEST]:
        if word.is_no_name and (taken or word.lower not in NAMES_AND_WORDS):
            break
        if taken and (word.lower in ROLES or word.lower in TITLES):
            break
        taken.append(word)
    while taken and len(taken) > 1 and taken[-1].lower in {"i", "a"} and not taken[-1].initial:
        taken.pop()
    return taken


_CALLED = words("is was am someone lady man woman guy girl boy gentleman person") | RELATIONS | ROLES


def _cue_before(text: str, run: list[Word], at: int) -> str:
    """What stands before run[at].

    "relation", "role" ("Role" with a capital, as headings have it), "phrase", "thanks", "by" or "".
    """
    start = run[at].start
    before = text[max(0, start - 40) : start]
    before = before[before.rfind(FENCE) + 1 :]
    stripped = before.rstrip(" ,:(\"'“‘\n-–—")
    gap = before[len(stripped) :]
    spoken = stripped.lower().split()[-4:]
    if "\n\n" in gap or not spoken:
        return ""
    last = spoken[-1].strip("(\"'“‘,")
    plain = "," not in gap and "-" not in gap
    if last in RELATIONS or last in ROLES or last in TITLES:
        if "-" in gap or not last:
            return ""
        written = stripped[-len(last) :]
        if written.istitle() and spoken[-2:-1] != ["my"]:
            return "Role" if plain else ""
        return "relation" if last in RELATIONS else "role"
    if last == "called":
        return "phrase" if len(spoken) > 1 and spoken[-2] in _CALLED else ""
    if last in {"thank", "thanks"} or spoken[-2:] in (["thanks", "to"], ["thank", "you"], ["grateful", "to"]):
        return "thanks"
    if any("-".join(spoken[-length:]).strip("(\"'“‘") in PHRASES for length in (1, 2)):
        return "phrase"
    if last in {"its", "it's", "i'm"} or spoken[-2:] in (["i", "am"], ["this", "is"], ["it", "is"]):
        return "phrase" if _INTRODUCED.match(text, run[at].end) else ""
    return "by" if last == "by" and plain else ""


def _surname_first(text: str, taken: list[Word]) -> Name | None:
    """A name as records have it, "SMITH, Jane", before a number, a date of birth or a title in brackets."""
    last = taken[-1]
    if not _SURNAME_FIRST.match(text, last.start) or last.lower in ROLES:
        return None
    forename = WORD.match(text, last.end + 2)
    if forename is None or forename[0].lower() in NOT_NAMES:
        return None
    end = forename.end()
    if not (_RECORD_NUMBER.match(text, end) or AFTER.match(text, end) or text.startswith(" (M", end)):
        return None
    return Name(taken[0].start, end, forename[0], last.text)


def _name(
    text: str, taken: list[Word], *, titled: bool = False, surname_alone: bool = False, cue: str = ""
) -> Name:
    start, end = taken[0].start, taken[-1].end
    if len(taken[-1].text) == 1 and text.startswith(".", end):
        end += 1
    particle = _PARTICLE_BEFORE.search(text, max(0, start - 12), start)
    if particle and titled:
        start = particle.start("particle")
    full = [word.text for word in taken if len(word.text) > 1]
    if not full:
        return Name(start, end, "", "", cue)
    if len(taken) == 1:
        return (
            Name(start, end, "", full[0], cue)
            if titled or surname_alone
            else Name(start, end, full[0], "", cue)
        )
    return Name(start, end, full[0] if len(full) > 1 else "", full[-1], cue)
