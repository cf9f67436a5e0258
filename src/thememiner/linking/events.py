"""Whether two narratives in nearly the same words tell of one event: only where nothing speaks against it.

A false repeat loses an incident, and a missed one counts an incident twice, which a reader can see. So
whatever differs that a form's wording would leave open (date, organisation, place, number, time, side,
person, or any weighty word for quite another) makes two events, and where a date is missing the words
must be nearer still.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from thememiner.linking.resembling import Likeness
from thememiner.records import Document
from thememiner.wording import stop_words, tokens

EVENT_WORDS = 30  # a shorter narrative is met twice by chance: "Patient fell in the bathroom."
_DAYS = 3  # a weekend between the night it happened and the second report of it
# Measured by `thememiner_evaluation.linking_pairs` (evaluation/README.md): an edited copy keeps .6 of
# all runs, or .8 of the shorter text's and half of its length when much was added.
_SAME = 0.6
_WITHIN = 0.8
_LENGTHS = 0.5
_UNDATED = 0.8  # with no date to agree on, as in device reports from one form, which reach .79
# Two reporters of one night at one place use their own words for half of it, and the same for the rest.
SAME_NIGHT = 0.3
SAME_NIGHT_WITHIN = 0.5

_DIGITS = re.compile(r"[-−+±]?[\d.·][\d.,:/·]*")
_HOUR = re.compile(r"([01]?\d|2[0-3]):00")
_PERIOD = re.compile(r"(\d{1,2})/(?:7|12|52)")  # "2/52" is two weeks
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# Words that a form's wording leaves open -> what they say, the same for words that say the same.
_FACTS = (
    {word: str(n) for n, word in enumerate(_NUMBERS)}
    | {word: str(20 + 10 * n) for n, word in enumerate(_TENS)}
    | {"first": "1", "second": "2", "third": "3", "once": "1", "twice": "2"}
    | {day: day for day in "monday tuesday wednesday thursday friday saturday sunday".split()}
    | {month: month for month in "january february march april june july august september".split()}
    | {month: month for month in "october november december".split()}
    | dict.fromkeys(("am", "morning"), "am")
    | dict.fromkeys(("pm", "afternoon", "evening"), "pm")
    | dict.fromkeys(("night", "overnight", "midnight"), "night")
    | {word: word for word in ("left", "right")}
    | dict.fromkeys(("he", "him", "his", "himself", "man", "male", "gentleman"), "he")
    | dict.fromkeys(("she", "her", "hers", "herself", "woman", "female", "lady"), "she")
    | {word: word for word in "son daughter brother sister husband wife".split()}
    | {"mother": "mother", "mum": "mother", "father": "father", "dad": "father"}
)
# Words that two reporters put for the same thing, however far apart they are spelt.
_SYNONYMS = {
    word: group.split()[0]
    for group in (
        "told informed advised notified",
        "said stated reported",
        "rang phoned telephoned called",
        "found seen saw noted noticed observed",
        "patient pt resident client",
        "doctor dr medic",
        "given administered",
        "started began commenced",
        "asked requested",
        "afterwards later subsequently",
        "because since",
        "staff team",
    )
    for word in group.split()
}


@dataclass(frozen=True, slots=True)
class Telling:
    """A document as it is compared: its words, and where and when it says it is from."""

    document: Document
    words: tuple[str, ...]
    organisation: str
    place: frozenset[str]
    date: str
    day: int | None  # of a whole date, so that two are compared quickly


def telling(document: Document) -> Telling:
    """Return a document made ready to be compared."""
    try:
        day = dt.date.fromisoformat(document.date).toordinal()
    except ValueError:
        day = None
    return Telling(
        document,
        words_of(document.text),
        " ".join(tokens(document.organisation)),
        frozenset(tokens(document.place)),
        document.date,
        day,
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text for comparing: "4th" as "4", "man's" as "man", one of several that say the same."""
    words = (t.removesuffix("'s") for t in tokens(_ORDINAL.sub("", text.replace("’", "'"))))
    return tuple(_SYNONYMS.get(word, word) for word in words)


def contradiction(a: Telling, b: Telling) -> str:
    """What is recorded of two documents that one event cannot have, in words; "" when nothing is."""
    if a.organisation and b.organisation and a.organisation != b.organisation:
        return "different organisations"
    if a.date and b.date and not _near(a, b):
        return f"dates more than {_DAYS} days apart"
    if a.place and b.place and not (a.place <= b.place or b.place <= a.place):
        return "different places"
    return ""


def difference(a: Telling, b: Telling, alike: Likeness) -> str:
    """Why two narratives are not one event, in words; "" when they are."""
    if against := contradiction(a, b):
        return against
    if (
        _one_night(a, b)
        and alike.jaccard >= SAME_NIGHT
        and alike.containment >= SAME_NIGHT_WITHIN
        and _retold(a.words, b.words)
    ):
        apart = any(
            _apart(_said(old, spoken=True), _said(new, spoken=True))
            for old, new in _changes(a.words, b.words)
        )
        return "numbers, times or persons differ" if apart else ""
    lengths = sorted((len(a.words), len(b.words)))
    within = alike.containment >= _WITHIN and lengths[0] >= _LENGTHS * lengths[1]
    if alike.jaccard < _SAME and not within:
        return "only part of the wording is the same"
    if _apart(_said(a.words), _said(b.words)):
        return "numbers, times or persons differ"
    changes = list(_changes(a.words, b.words))
    if any(_apart(_said(old), _said(new)) for old, new in changes):
        return "numbers, times or persons differ"
    if any(_renamed(old, new, a.document.text, b.document.text) for old, new in changes):
        return "names differ"
    here, there = set(a.words), set(b.words)
    if any(
        _reworded([w for w in old if w not in there], [w for w in new if w not in here])
        for old, new in changes
    ):
        return "other words stand in the same place"
    if not (a.date and b.date) and alike.containment < _UNDATED:
        return "no date to go by, and the wording differs"
    return ""


def _one_night(a: Telling, b: Telling) -> bool:
    """Whether both say where and on which day, and it is the same organisation within a day."""
    dated = a.day is not None and b.day is not None and abs(a.day - b.day) <= 1
    return dated and bool(a.organisation) and a.organisation == b.organisation


def _retold(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether somebody put it otherwise here and there: more than a form's blanks filled otherwise."""
    changes = [c for c in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if c[0] != "equal"]
    return len(changes) >= 3 and any(abs((j - i) - (m - k)) >= 2 for _, i, j, k, m in changes)


def _near(a: Telling, b: Telling) -> bool:
    if a.day is None or b.day is None:  # a month or year alone: it agrees with any day in it
        return a.date.startswith(b.date) or b.date.startswith(a.date)
    return abs(a.day - b.day) <= _DAYS


def _said(words: Sequence[str], *, spoken: bool = False) -> set[str]:
    """The numbers, days, times, sides and persons among these words; "twenty six" is 26.

    `spoken` takes a whole hour of the clock for the hour as it is said: "20:00" as 8.
    """
    said: list[str] = []
    tens = False
    for word in (piece for whole in words for piece in _pieces(whole)):
        fact = _FACTS.get(word) or (_plainly(word, spoken=spoken) if _DIGITS.match(word) else "")
        if tens and word in _NUMBERS[1:10]:
            said[-1] = str(int(said[-1]) + int(fact))
        elif fact:
            said.append(fact)
        tens = word in _TENS
    return set(said)


def _pieces(word: str) -> list[str]:
    """The two words of a number like "sixty-one"; any other word as it is."""
    parts = word.split("-")
    return parts if len(parts) == 2 and parts[0] in _TENS and parts[1] in _NUMBERS else [word]


def _plainly(number: str, *, spoken: bool) -> str:
    """A number of days, weeks or months without its sign ("2/52" is 2); a whole hour as it is spoken."""
    if spoken and (hour := _HOUR.fullmatch(number)):
        return str(int(hour[1]) % 12 or 12)
    return period[1] if (period := _PERIOD.fullmatch(number)) else number


def _apart(a: set[str], b: set[str]) -> bool:
    """Whether each says something that the other does not: what is only added contradicts nothing."""
    return not (a <= b or b <= a)


def _changes(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The stretches that stand in one another's place."""
    for sort, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if sort == "replace":
            yield a[i:j], b[k:m]


def _renamed(old: Sequence[str], new: Sequence[str], text: str, other: str) -> bool:
    """Whether a name stands where the other text has another name."""
    before = [w for w in old if w not in new and _is_name(w, text)]
    after = [w for w in new if w not in old and _is_name(w, other)]
    return bool(before and after) and not any(_spelling(a, b) for a in before for b in after)


def _is_name(word: str, text: str) -> bool:
    """Whether a word stands with a capital inside a sentence."""
    return bool(re.search(rf"(?<=[a-z,;] ){re.escape(word.capitalize())}\b", text))


def _reworded(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Whether of two stretches in one place each has a word of weight that the other text has not at all."""
    if not gone or not come:
        return False
    light = stop_words()
    before, after = (
        [_FACTS.get(w, w) for w in words if len(w) > 2 and (w in _FACTS or w not in light)]
        for words in (gone, come)
    )
    return bool(before and after) and not all(any(_spelling(a, b) for b in after) for a in before)


def _spelling(a: str, b: str) -> bool:
    """Whether one is the other spelt or shortened otherwise ("recieved", "pt")."""
    short, long = sorted((a, b), key=len)
    letters = iter(long)
    if short[0] == long[0] and all(letter in letters for letter in short):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.75
