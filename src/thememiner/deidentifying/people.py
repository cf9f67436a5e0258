"""People's names: after a title, a role or a relation, and wherever else the same document has them.

A name is taken from capitalised words that stand together and have a cue beside them; its surname and
forename are then masked throughout the same document. Names without any cue are beyond this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from thememiner.deidentifying.identifiers import FENCE
from thememiner.deidentifying.vocabulary import (
    CALENDAR,
    NAMES_AND_WORDS,
    NOT_NAMES,
    PHRASES,
    PLACES,
    PLAIN_TITLES,
    RELATIONS,
    ROLES,
    ROLES_AFTER,
    THINGS,
    TITLES,
    VERBS,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LETTER = r"[^\W\d_]"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
# A capitalised word: "Jane", "O'Connor", "Patel-Jones", "MILLS", "J."
_WORD = re.compile(rf"[{_CAPITAL}](?<!\w.)(?:{_LETTER}|['’\-](?={_LETTER}))*(?![\w])")
_POSSESSIVE = re.compile(r"['’][sS]$")
_PARTICLES = words("de da di del della der den van von la le el al bin ibn ter du dos st")
_PARTICLE = re.compile(rf" (?:(?:{'|'.join(sorted(_PARTICLES))}) ){{1,2}}")
_PARTICLE_BEFORE = re.compile(rf" (?P<particle>(?:(?:{'|'.join(sorted(_PARTICLES))}) ){{1,2}})$")
_LOWER_TITLE = re.compile(
    rf"(?<![\w.])(?:{'|'.join(PLAIN_TITLES)})\.? (?P<name>{_LETTER}(?:{_LETTER}|['’\-](?={_LETTER}))+)"
)
_NOT_A_LOWER_NAME = re.compile(r"(?:ed|ing|ly|tion|ment|ness|able|'s|’s)$")
_AFTER = re.compile(
    rf"(?:,? \((?:{'|'.join(ROLES_AFTER)}|gmc|nmc|hcpc|dob|d\.o\.b|nhs|aged?|he/|she/|they/)\b"
    rf"|,? (?:{'|'.join(word for word in ROLES_AFTER if word.startswith('r') and len(word) < 5)}|hca)\b"
    rf"|, (?:(?:a|an|the|our|my|his|her|their) (?:\w+ )?)?(?:{'|'.join(ROLES_AFTER)})\b"
    r"|,? aged \d|,? (?:dob|d\.o\.b|date of birth|born (?:on )?\d)|,? \d\d ?(?:years|yrs|y/o|yo\b)"
    r"|,? nhs n)",
    re.IGNORECASE,
)
# After a full name, what only people do.
_AFTER_FULL = re.compile(
    r" (?:sadly |tragically )?"
    r"(?:died|passed away|suffered|presented|collapsed|attended|lived|told|said|had (?:a|been|no)"
    r"|(?:was|is) (?:born|found|pronounced|admitted|referred|detained|arrested|diagnosed|discharged|seen"
    r"|taken|aged|an? (?:\w+ )?(?:patient|resident|man|woman|boy|girl|prisoner|inmate|pedestrian|passenger"
    r"|driver|cyclist|\d)))\b"
)
_NO_NAME = re.compile(r"(?:ologists?|ology|iatrists?|iatry|tions?|ness|ities)$", re.IGNORECASE)
_RECORD_NUMBER = re.compile(r",? \(?(?P<id>[A-Z]{0,4}\d{5,10})(?![\w])")
_SURNAME_FIRST = re.compile(rf"(?:[{_CAPITAL}]['’\-]?){{3,}}, ")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•\n\x00])[\s\"'“‘()\[\]\-–—*•]*$")
_INTRODUCED = re.compile(r",? (?:from|here|calling|speaking|again)\b")
_EXISTING = re.compile(r"\[PERSON (\d+)\]")
_LOWER_WORD = re.compile(r"[a-z]{3,}(?<![A-Za-z]...)")

# The longest name that is taken as one: four words.
_LONGEST = 4
# Shorter names are not looked for elsewhere: too many of them are words and abbreviations.
_SHORTEST_ALONE = 3
# In capitals a name this short may be an abbreviation (ALI, TIA), so it is looked for only as first written.
_SHORTEST_IN_CAPITALS = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: where it is, its forename and its surname ("" when not told)."""

    start: int
    end: int
    forename: str
    surname: str
    cue: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    initial: bool = False

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_no_name(self) -> bool:
        return self.text.lower() in NOT_NAMES and not self.initial


def find_people(text: str) -> tuple[list[tuple[int, int, int]], list[tuple[int, int]]]:
    """(start, end, person) of the people in `text`, and (start, end) of record numbers beside a name.

    Persons are numbered from 1 in the order in which they come; a surname has one number.
    """
    runs = list(_runs(text))
    names, records = _cued(text, runs)
    if not names:
        return [], records
    names += _fuller(text, runs, names)
    spans = _propagate(text, names)
    return _number(text, spans, names), records


# ---------------------------------------------------------------- names with a cue


def _cued(text: str, runs: list[list[_Word]]) -> tuple[list[Name], list[tuple[int, int]]]:
    names: list[Name] = []
    records: list[tuple[int, int]] = []
    lower_words: set[str] = set()

    def is_common(word: str) -> bool:
        """Whether the document itself uses the word in lower case."""
        if not lower_words:
            lower_words.update(_LOWER_WORD.findall(text))
            lower_words.add("")
        return word in lower_words

    for run in runs:
        for name in _names_of(text, run, names[-1] if names else None, is_common):
            names.append(name)
            record = _RECORD_NUMBER.match(text, name.end)
            if record:
                records.append(record.span("id"))
    for match in _LOWER_TITLE.finditer(text):
        word = match["name"]
        stem = _POSSESSIVE.sub("", word)
        if stem.lower() not in NOT_NAMES and not _NOT_A_LOWER_NAME.search(stem) and len(stem) > 2:
            names.append(Name(match.start("name"), match.start("name") + len(stem), "", stem))
    return names, records


def _runs(text: str) -> Iterator[list[_Word]]:
    """Capitalised words that stand together: with one space, an initial's stop or a particle between."""
    run: list[_Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if run and not _joined(text, run[-1], start):
            yield run
            run = []
        word = match[0]
        possessive = _POSSESSIVE.search(word)
        if possessive:
            word, end = word[: possessive.start()], end - len(possessive[0])
        initial = len(word) == 1 and text.startswith(".", end)
        run.append(_Word(start, end, word, initial))
        if possessive:
            yield run
            run = []
    if run:
        yield run


def _joined(text: str, last: _Word, start: int) -> bool:
    gap = text[last.end : start]
    if gap == " ":
        return True
    if gap in {". ", "."}:
        return len(last.text) <= 1 or last.lower in TITLES
    if gap == "\n":
        return last.lower in TITLES
    return len(gap) < 12 and _PARTICLE.fullmatch(gap) is not None


def _names_of(
    text: str, run: list[_Word], last: Name | None, is_common: Callable[[str], bool]
) -> Iterator[Name]:
    at = 0
    while at < len(run):
        word = run[at]
        lower = word.lower
        if _is_title(run, at):
            while at + 1 < len(run) and run[at].lower in TITLES and _is_title(run, at):
                at += 1
            taken = _take(run, at)
            if taken:
                yield _name(text, taken, titled=True)
            at += max(1, len(taken))
            continue
        if word.is_no_name or lower in ROLES or lower in RELATIONS:
            at += 1
            continue
        taken = _take(run, at)
        if taken and not _is_place(text, taken[-1].text, taken[-1].end):
            cue = _cue_before(text, run, at) or _list_cue(text, taken, last)
            if _accepted(text, taken, cue, is_common):
                yield _name(text, taken, surname_alone=cue == "role" and taken[0].text.isupper(), cue=cue)
            else:
                surname = _surname_first(text, taken)
                if surname is not None:
                    yield surname
        at += max(1, len(taken))


def _list_cue(text: str, taken: list[_Word], last: Name | None) -> str:
    """The cue of the name before, where this one goes on with it: "thank Jane, Tom and Priya"."""
    if last is None:
        return ""
    gap = text[last.end : taken[0].start]
    if gap in {" and ", " & "}:
        return last.cue if last.cue in {"thanks", "relation"} else "by"
    if gap == ", " and last.cue == "thanks":
        return "thanks" if re.compile(r", [A-Z]| and [A-Z]| & [A-Z]").match(text, taken[-1].end) else ""
    return "by" if gap == ", " else ""


def _is_title(run: list[_Word], at: int) -> bool:
    word = run[at]
    if word.lower not in TITLES or at + 1 == len(run):
        return False
    after = run[at + 1]
    if word.text.isupper() and len(word.text) > 1 and word.lower in {"mr", "ms", "pc", "dc", "ds", "miss"}:
        # "MR scan", "MS nurse": in capitals these are titles only before a name that fits.
        return not after.is_no_name and (after.text.isupper() == (word.lower in {"mr", "ms", "miss"}))
    return not after.is_no_name or after.lower in NAMES_AND_WORDS or after.lower in TITLES


def _take(run: list[_Word], at: int) -> list[_Word]:
    """The words from `at` that can be one name."""
    taken: list[_Word] = []
    for word in run[at : at + _LONGEST]:
        if word.is_no_name and (taken or word.lower not in NAMES_AND_WORDS):
            break
        if taken and (word.lower in ROLES or word.lower in TITLES):
            break
        taken.append(word)
    while taken and len(taken) > 1 and taken[-1].lower in {"i", "a"} and not taken[-1].initial:
        taken.pop()
    return taken


_FOLLOWING = re.compile(r"(?P<of>'s?)? (?P<word>[A-Za-z]+)")


def _is_place(text: str, last: str, end: int) -> bool:
    """Whether what follows says that the words are no person's: "Rose Ward", "Crohn's disease"."""
    following = _FOLLOWING.match(text, end)
    if following is None:
        return False
    word = following["word"]
    if word[0].isupper() and word.lower() in PLACES:
        return True
    return word.lower() in THINGS and (following["of"] is not None or last.lower() in NAMES_AND_WORDS)


def _cue_before(text: str, run: list[_Word], at: int) -> str:
    """What stands before run[at]: "relation", "role", "phrase", "by" or ""."""
    start = run[at].start
    before = text[max(0, start - 40) : start]
    before = before[before.rfind(FENCE) + 1 :]
    stripped = before.rstrip(" ,:(\"'“‘\n-–—")
    gap = before[len(stripped) :]
    if "\n\n" in gap or not stripped:
        return ""
    before_words = stripped.lower().split()[-4:]
    if not before_words:
        return ""
    last = before_words[-1].strip("(\"'“‘,")
    plain = "," not in gap and "-" not in gap
    if last in RELATIONS:
        return "relation"
    if last in ROLES or (last in TITLES and last not in RELATIONS):
        return "role" if stripped[-len(last)].islower() or not last.isalpha() or plain else ""
    if last in {"called", "named"} and len(before_words) > 1 and last == "called":
        told = {
            "is",
            "was",
            "am",
            "someone",
            "lady",
            "man",
            "woman",
            "guy",
            "girl",
            "boy",
            "gentleman",
            "person",
        }
        return "phrase" if before_words[-2] in told | RELATIONS | ROLES else ""
    if last in {"thank", "thanks"} or before_words[-2:] in (
        ["thanks", "to"],
        ["thank", "you"],
        ["grateful", "to"],
    ):
        return "thanks"
    for length in (1, 2):
        if "-".join(before_words[-length:]).strip("(\"'“‘") in PHRASES:
            return "phrase"
    if last in {"its", "it's", "i'm"} or before_words[-2:] in (["i", "am"], ["this", "is"], ["it", "is"]):
        return "phrase" if _INTRODUCED.match(text, run[at].end) else ""
    return "by" if last == "by" and plain else ""


def _accepted(text: str, taken: list[_Word], cue: str, is_common: Callable[[str], bool]) -> bool:
    first, end = taken[0].lower, taken[-1].end
    if (len(taken) == 1 and len(first) < 2) or _NO_NAME.search(taken[-1].text):
        return False
    ordinary = first in NAMES_AND_WORDS
    if cue in {"relation", "phrase", "thanks"} and (ordinary or not is_common(first)):
        return True
    if cue == "role" and (not is_common(first) or (ordinary and len(taken) > 1)):
        return True
    if ordinary or is_common(first):
        return False
    # "Seen by Jane Smith", and what stands behind a name.
    return (
        (cue == "by" and len(taken) > 1)
        or _AFTER.match(text, end) is not None
        or (len(taken) > 1 and _AFTER_FULL.match(text, end) is not None)
    )


def _surname_first(text: str, taken: list[_Word]) -> Name | None:
    """A name as records have it, "SMITH, Jane", before a number, a date of birth or a title in brackets."""
    last = taken[-1]
    if not _SURNAME_FIRST.match(text, last.start) or last.lower in ROLES:
        return None
    forename = _WORD.match(text, last.end + 2)
    if forename is None or forename[0].lower() in NOT_NAMES:
        return None
    end = forename.end()
    if not (_RECORD_NUMBER.match(text, end) or _AFTER.match(text, end) or text.startswith(" (M", end)):
        return None
    return Name(taken[0].start, end, forename[0], last.text)


def _name(
    text: str, taken: list[_Word], *, titled: bool = False, surname_alone: bool = False, cue: str = ""
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


# ---------------------------------------------------------------- the same names elsewhere


def _fuller(text: str, runs: list[list[_Word]], names: list[Name]) -> list[Name]:
    """Fuller forms of the names: "Zoe Example" where a cue stands by "Example" or by "Zoe" alone."""
    surnames = {name.surname for name in names} - {""}
    forenames = {name.forename for name in names} - {""}
    fuller: list[Name] = []
    for run in runs:
        for first, last in pairwise(run):
            known = last.text in surnames or (first.text in forenames and first.text not in surnames)
            if (
                known
                and all(_can_be_name(word) for word in (first, last))
                and not _is_place(text, last.text, last.end)
            ):
                fuller.append(
                    Name(first.start, last.end, first.text if len(first.text) > 1 else "", last.text)
                )
    return fuller


def _can_be_name(word: _Word) -> bool:
    return not word.is_no_name and word.lower not in ROLES and word.lower not in TITLES | RELATIONS


def _propagate(text: str, names: list[Name]) -> list[tuple[int, int]]:
    spans = [(name.start, name.end) for name in names]
    forms = {form for name in names for word in (name.forename, name.surname) for form in _forms(word)}
    forms = {form for form in forms if form.lower() not in NOT_NAMES and form.lower() not in CALENDAR}
    if forms:
        alternatives = "|".join(
            re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))
        )
        pattern = re.compile(rf"(?<![\w])(?:{alternatives})(?![\w])")
        spans += [match.span() for match in pattern.finditer(text) if _is_name_here(text, match)]
    return _merge(text, spans)


def _is_name_here(text: str, match: re.Match[str]) -> bool:
    """Whether a word that is a name elsewhere in the document is one here too."""
    word, (start, end) = match[0], match.span()
    if not word[0].isupper():
        return True
    if _is_place(text, word, end):
        return False
    if word.lower() in NAMES_AND_WORDS:
        # A word like any other, unless what follows is what people do: "Grace was".
        following = _FOLLOWING.match(text, end)
        return following is not None and following["of"] is None and following["word"] in VERBS
    if _SENTENCE_END.search(text, max(0, start - 12), start):
        # At the start of a sentence the capital tells nothing: is the word used without it?
        return re.search(rf"(?<![\w]){re.escape(word.lower())}(?![\w])", text) is None
    return True


def _forms(word: str) -> Iterable[str]:
    if len(word) < _SHORTEST_ALONE:
        return ()
    if not word[0].isupper():
        return (word,)
    title = "-".join(
        "'".join(bit[:1].upper() + bit[1:].lower() for bit in part.split("'")) for part in word.split("-")
    )
    forms = {word}
    if word.isupper():
        forms.add(title)
    if len(word) >= _SHORTEST_IN_CAPITALS:
        forms.add(word.upper())
    return forms


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
        spoken = re.findall(rf"{_LETTER}(?:{_LETTER}|['’\-](?={_LETTER}))*", text[start:end].lower())
        spoken = [_POSSESSIVE.sub("", word) for word in spoken]
        known = [owner[word] for word in reversed(spoken) if word in owner]
        key = known[0] if known else " ".join(spoken)
        numbers.setdefault(key, last + len(numbers) + 1)
        numbered.append((start, end, numbers[key]))
    return numbered
