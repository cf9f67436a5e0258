"""What a policy commits to: whether a passage says what must happen, and the numbers it states.

The numbers are those that a review compares between organisations: how long, how many contacts may be
missed, how many people a worker carries, how often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thememiner.polarity.cues import Cue
    from thememiner.records import Kind, Modality

Measure = Literal["time", "missed contacts", "caseload", "frequency", "share"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a text states: of what, its value, in what unit, and where: `text[start:end]`.

    `value` is the number as it counts; `unit` is singular ("working day", "contact", "person", "%").
    """

    measure: Measure
    value: float
    unit: str
    start: int
    end: int


# "How far back should it go": a question, whether a question mark follows or not.
_ASKED = re.compile(
    r"\b(?:how|what|which|who|where|when|why)\b(?: \w+){0,3} (?:should|must|shall|will) "
    r"(?:it|we|they|this|these|those|he|she|you|i)\b",
    re.IGNORECASE,
)
# "I will explain": what a writer does in the paper. "They work hard to ensure": what for. "Will": a name.
_OWN = re.compile(r"\bI (?:\w+ly )?$")
_PURPOSE = re.compile(r"\w to $")
_FEWEST = 5  # words of a commitment: who, must, do, what, and one more
_WORDS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        start=1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_NUMBER = rf"(?P<n>\d{{1,4}}(?:\.\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_APART = r"(?: \((?:\d{1,4}|[a-z]{3,9})\))?[ -]"  # "seven (7) days", "7-day"
_TIME = r"(?P<u>(?:working |calendar |clinical |business )?(?:minute|hour|day|week|month|year))s?"
_MISSED = r"(?:missed|failed|unsuccessful|unanswered|consecutive|non-attended|unattended|successive)"
_CONTACT = r"(?P<u>contact|appointment|visit|attempt|call|session|home visit|depot|dna)s?"
_PERSON = r"(?P<u>people|persons?|service users?|patients?|cases|clients)"
_EXPRESSIONS: tuple[tuple[Measure, str], ...] = (
    ("share", rf"{_NUMBER} ?(?P<u>%|per ?cent)"),
    ("frequency", rf"every {_NUMBER}{_APART}{_TIME}"),
    ("missed contacts", rf"{_NUMBER}{_APART}(?:{_MISSED} )+{_CONTACT}"),
    (
        "missed contacts",
        rf"(?:miss|misses|missed|fails? to attend|did not attend) {_NUMBER}{_APART}{_CONTACT}",
    ),
    ("caseload", rf"case-?loads?(?: size)?(?: \w+){{0,6}}? {_NUMBER}(?:{_APART}{_PERSON})?"),
    ("caseload", rf"(?:no|not) more than {_NUMBER}{_APART}{_PERSON}"),
    ("time", rf"{_NUMBER}{_APART}{_TIME}"),
)
_PATTERNS = tuple(
    (measure, re.compile(rf"(?<![\w.,-]){expression}(?!\w)", re.IGNORECASE))
    for measure, expression in _EXPRESSIONS
)


def modality(kind: Kind, cues: Iterable[Cue], text: str) -> Modality:
    """Whether a passage states what must happen (a policy's commitment) or describes what does.

    A question commits nobody, nor does what only leads to a list, or a piece of a few words.
    """
    if text.rstrip().endswith(("?", ":")) or len(text.split()) < _FEWEST or _ASKED.search(text):
        return "description"
    cues = list(cues)
    past = [cue for cue in cues if cue.rule == "shortfall"]
    duty = [
        cue
        for cue in cues
        if cue.rule == "commitment"
        and not any(p.start <= cue.start and cue.end <= p.end for p in past)
        and not _OWN.search(text[: cue.start])
        and not (text[cue.start : cue.end] == "ensure" and _PURPOSE.search(text[: cue.start]))
        and not (cue.start and text[cue.start : cue.end] == "Will")
    ]
    return "commitment" if kind == "policy" and duty else "description"


def stated(text: str) -> tuple[Stated, ...]:
    """The numbers that a commitment states, in order of their place; each stretch of text counts once."""
    found: list[Stated] = []
    for measure, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            number = match["n"].lower()
            value = float(_WORDS[number]) if number in _WORDS else float(number)
            found.append(Stated(measure, value, _unit(match["u"]), *match.span()))
    return tuple(sorted(found, key=lambda number: number.start))


def _unit(given: str | None) -> str:
    unit = (given or "person").lower()
    if unit in {"people", "persons"}:
        return "person"
    return "%" if unit.startswith("per") and "cent" in unit else unit.removesuffix("s")
