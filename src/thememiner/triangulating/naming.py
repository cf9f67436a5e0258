"""Where a text names an organisation of the review, and whether care is said to go to it or come from it.

An organisation is told by its whole name, by its name without what many have in theirs ("Mental Health NHS
Foundation Trust"), by the initials of four words or more, and by the names of its teams where its sources
give them. A form that may mean two organisations, or that is made of words that any may have ("Crisis Team"),
means none; nor does a name that stands there as a place.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from thememiner import resources
from thememiner.tomls import Reader, load

Way = Literal["to", "from", ""]
_INITIALS = 4  # letters: shorter ones mean too much else
_UNSAID = ("and", "of", "the", "for")  # in initials
_NEXT = re.compile(r"\s+([A-Z][a-z]+)")
_BEFORE = 90  # characters before a name in which the cue stands


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named in a text, and whether care goes to it or comes from it, where the words say."""

    organisation: str
    way: Way


class Names:
    """The forms by which organisations and their teams are named; `teams` are (organisation, team)."""

    def __init__(self, organisations: Iterable[str], teams: Iterable[tuple[str, str]] = ()) -> None:
        # A mask may stand for several names.
        known = sorted({name for name in organisations if name and "[" not in name})
        meant: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, set[str]] = {name: set(_words(name)) for name in known}
        for name in known:
            for form in {name, name.partition(" NHS ")[0], bare(name), *_initials(name)}:
                meant[form].add(name)
        for name, team in teams:
            if team and "[" not in team and bare(team):
                meant[team].add(name)
                if name in self._words:
                    self._words[name] |= set(_words(team))
        self._bare = {bare(name) for name in known}
        for form in list(meant):  # a place that another is named after too
            others = {name for name in known if form in self._bare and set(_words(form)) <= self._words[name]}
            meant[form] |= others
        self._meant: Mapping[str, str] = {
            form: next(iter(of)) for form, of in meant.items() if form and len(of) == 1 and of <= set(known)
        }
        forms = sorted(self._meant, key=lambda form: (-len(form), form))
        written = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
        self._pattern = re.compile(rf"(?<![\w-])(?:{written})(?![\w-])") if forms else None

    def mentions(self, text: str) -> list[Mention]:
        """The organisations named in a text, in order, each as often as it is named."""
        found = []
        for match in self._pattern.finditer(text) if self._pattern else ():
            form = " ".join(match[0].split())
            before, after = text[max(0, match.start() - _BEFORE) : match.start()], text[match.end() :]
            if form not in self._bare or not self._is_place(self._meant[form], before, after):
                found.append(Mention(self._meant[form], _way(before)))
        return found

    def _is_place(self, name: str, before: str, after: str) -> bool:
        """Whether a name stands for a place, or begins that of something else ("Tarnside Council")."""
        cues = _cues()
        if cues["place_before"].search(before) and not cues["body_before"].search(before):
            return True
        if cues["place_after"].match(after.lstrip()) and after[:1].isspace():
            return True
        following = _NEXT.match(after)
        return following is not None and following[1].lower() not in self._words[name] | _generic()


def bare(name: str) -> str:
    """A name without what many have at the end of theirs: "Harrowdale"; "" where nothing else is left."""
    words = name.partition(" NHS ")[0].split()
    while words and words[-1].strip("(),").lower() in _generic():
        words.pop()
    return " ".join(words) if any(word.lower() not in _generic() for word in words) else ""


def short(names: Iterable[str]) -> dict[str, str]:
    """Each name as it stands in a sentence: without "NHS ... Trust", where they differ without it."""
    every = sorted(set(names))
    cut = {name: name.partition(" NHS ")[0] for name in every}
    return cut if len(set(cut.values())) == len(every) else {name: name for name in every}


def _way(before: str) -> Way:
    """Which way care goes by the words before a name."""
    cues = _cues()
    to, away = cues["sent_to"].search(before), cues["received_from"].search(before)
    if bool(to) == bool(away):
        return ""
    return "to" if to else "from"


def _initials(name: str) -> set[str]:
    words = [word for word in name.split() if word.lower() not in _UNSAID]
    said = [word[0] for word in words]
    without = [word[0] for word in words if word != "NHS"]
    made = {"".join(said).upper(), "".join(without).upper()}
    return {form for form in made if len(form) >= _INITIALS and form.lower() not in _generic()}


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", name.lower())


@functools.cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    path = resources.folder("cues") / "findings.toml"
    top = Reader(load(path), path.name)
    return {name: tuple(top.texts(name)) for name in (*_CUES, "people", "generic")}


@functools.cache
def _generic() -> frozenset[str]:
    return frozenset(" ".join(_lists()["generic"]).split())


_CUES = ("sent_to", "received_from", "place_before", "body_before", "place_after")


@functools.cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    lists = _lists()
    people = f"(?:{'|'.join(lists['people'])})"
    made = {}
    for name in _CUES:
        cues = "|".join(lists[name]).replace("PEOPLE", people)
        # All but `place_after` stand right before a name.
        behind = "" if name == "place_after" else r"\s+(?:the\s+|our\s+)?$"
        made[name] = re.compile(f"(?:{cues}){behind}", re.IGNORECASE)
    return made
