"""Words as this project counts them: numbers whole, masks and stop-words out.

"0.5 mg", "1.25", "10:30", "24/7" and "2.5mg" are each one token and never another's: no cleaning may
turn two doses, times or scores into one.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence

from thememiner import resources
from thememiner.tomls import Reader, load

# A mask ([PERSON 2]); a number with its inner points, colons, slashes and unit; a word with inner ' or -.
_TOKEN = re.compile(
    r"\[[A-Z][A-Z ]*\d*\]"
    r"|(?:(?<![\w.·])[-−+±]?[.·])?(?:(?<![\w.·-])[-−+±])?\d+(?:[.,:/·]\d+)*(?:st|nd|rd|th|mg|mcg|ml|kg|g|%)?"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*"
)
# A token, and what joins it to the next where only a space does, or the apostrophe of a plural and a space.
_SPACED = re.compile(f"({_TOKEN.pattern})" + r"((?:['’]?[^\S\n]+(?=\w))?)")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# How the name of a discovered theme begins that nothing in its passages names.
UNNAMED = "Unnamed group"

_DAYS_AND_MONTHS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept oct nov dec
    """.split()
)

_ASKS = re.compile(
    r"(?:.*\?\s*$|(?:\W|\d|q\d*\b)*(?:what|how|why|which|who|when|where|did|do|were|was|is|are|would|could|can|please|"
    r"tell|describe|explain|say|give|list|any|anything)\b)",
    re.IGNORECASE | re.DOTALL,
)


def question(kind: str, heading: str) -> str:
    """What feedback answers: its heading, where that asks ("What could be better?"); "" where nobody knows.

    "Nothing" says one thing of what was good and another of what could be better. Headings of columns often
    drop their question mark, so a word that asks is enough; inside a form `reading` tells more strictly.
    """
    return heading if kind == "feedback" and _ASKS.match(heading) else ""


def listed(words: Sequence[str]) -> str:
    """Words as in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def period_name(start: str, period: str) -> str:
    """What the period that begins on an ISO day is called: "Apr 2025", or "2025/26 Q1" of the financial year.

    What is no such day comes back as it is.
    """
    try:
        day = dt.date.fromisoformat(start)
    except ValueError:
        return start
    if period == "month":
        return f"{_MONTHS[day.month - 1]} {day.year}"
    year, quarter = (day.year, (day.month - 1) // 3) if day.month > 3 else (day.year - 1, 4)
    return f"{year}/{(year + 1) % 100:02} Q{quarter}"


def tokens(text: str, *, masks: bool = False) -> list[str]:
    """The tokens of a text, lower-cased, in order; masks such as [PERSON 1] are left out unless asked for."""
    return [t.lower() for t in _TOKEN.findall(text) if masks or not t.startswith("[")]


def spaced(text: str) -> list[tuple[str, str]]:
    """The tokens of a text as written, masks too, each with the space that joins it to the next.

    What joins is "" where a mark, a line end or nothing at all stands between two tokens.
    """
    return _SPACED.findall(text)


def content_words(text: str) -> list[str]:
    """The tokens that can carry a theme: no stop-words, numbers, possessives, nothing under three letters."""
    return [t for t in tokens(text) if is_content(t)]


def is_content(token: str) -> bool:
    """Whether a lower-case token can carry a theme."""
    if len(token) < 3 or not token[0].isalpha() or "'" in token or "’" in token:
        return False
    return token not in stop_words()


def copied_words(text: str) -> list[str]:
    """The tokens by which copied wording is met: a date or number of any shape is one #."""
    words: list[str] = []
    for token in tokens(text):
        word = token if token[0].isalpha() and token not in _DAYS_AND_MONTHS else "#"
        if word != "#" or words[-1:] != ["#"]:
            words.append(word)
    return words


@functools.cache
def stop_words() -> frozenset[str]:
    """Words that cannot carry a theme: spaCy's English list, words of any narrative, words for people."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(_plain(w) for w in STOP_WORDS) | _listed("narrative") | _listed("people")


@functools.cache
def group_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words for services and groups that a name may have beside another word; and before another only."""
    return _listed("groups"), _listed("group before")


@functools.cache
def hollow_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that no name holds, "thanks" or "great"; and words that head none: "difference", "occasion"."""
    return _listed("hollow"), _listed("hollow heads")


@functools.cache
def judging_words() -> frozenset[str]:
    """Words that would judge people or blame staff, and so never stand in a name."""
    return _listed("judging")


def is_judging(words: Iterable[str]) -> bool:
    """Whether lower-case words together judge people or blame staff: "refusal", "poor engagement"."""
    said = set(words)
    if said & judging_words():
        return True
    return bool(said & _listed("taking part") and said & _listed("lacking"))


@functools.cache
def _listed(name: str) -> frozenset[str]:
    path = resources.folder("cues") / "words.toml"
    return frozenset(" ".join(Reader(load(path), path.name).texts(name)).split())


def _plain(word: str) -> str:
    """A word without what follows its apostrophe: "he's" is a "he", "patient's" a "patient"."""
    return word.replace("’", "'").partition("'")[0]
