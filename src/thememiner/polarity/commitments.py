"""What a policy commits to: whether a passage says what must happen, and the numbers it states.

The numbers are those that a review compares between organisations: how long, how many contacts may be
missed, how many people a worker carries, how often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from thememiner import sorting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from thememiner.polarity.cues import Cue
    from thememiner.records import Kind, Modality

    Vectors = NDArray[np.float32]

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
# A duty's word is no duty where what stands before it says that somebody thought, told or asked it, did it in
# one case, or speaks of himself or of the paper.
_SAID = "said|thought|believed|hoped|feared|argued|wrote|replied|insisted|knew"
_SAID_THAT = (  # only with "that": "concerns noted at the visit must be passed on"
    "felt|explained|added|claimed|considered|accepted|recalled|assumed|understood|suggested|noted|observed|"
    "remarked|stated|submitted|maintained|acknowledged"
)
_BEFORE = tuple(
    re.compile(expression)
    for expression in (
        r"\bI (?:\w+ly )?$",  # "I will explain": what a writer does, or a person hopes
        r"\b(?<!or )(?:[Hh]e|[Ss]he|M(?:r|rs|s|iss) \w+) $",
        rf"(?<!has )(?<!have )(?<!is )(?<!are )(?<!be )\b(?:{_SAID})\b[^;:]*$",
        rf"\b(?:{_SAID_THAT}),? that\b[^;:]*$",
        r"\b(?:told|assured|informed|reminded|warned) (?:us|me|him|her|them|(?:the|his|her) \w+)\b[^;:]*$",
        r"\b(?:(?:[Ww]hether|[Hh]ow)(?: [\w’'-]+){1,4}|[Ww]hat) $",
        r"\b(?:was|were)(?: [\w’'-]+){1,4} that\b[^,;:]*$",  # "it was clear that staff should"
        r"\b(?:who|those that) $",  # "people who need to"
        r"\b[Tt]his (?:chapter|report|section|paper|document|review|inquiry|appendix|annex|table|study) $",
        r"\b(?:[Rr]eaders?|debate|argument|[Rr]esearch|[Pp]arliament|[Mm]inisters?|society) $",
        r"\b(?:strategy|vision|ambition|[Ss]upplier|[Cc]ontractor|[Tt]enderers?|[Bb]idders?) $",
        r"\b(?:[Aa]|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|my|your|own|free|good|ill|living|last) $",  # the noun
        r"\b(?:[Aa]t (?:the|that) time|[Ii]n those days|[Ff]ormerly)\b[^;:]*$",
        r"\b[Uu]nder the (?:old|former|previous)\b[^;:]*$",
    )
)
# "They work hard to ensure", "this ensures": what for, and what comes of it.
_ENSURING = re.compile(r"(?:\w to|\b(?:[Tt]his|[Tt]hat|which|[Ii]t)) $")
# And where what follows says that it is foretold or supposed, told of one case, or said of the paper.
_AFTER = re.compile(
    r"(?:should|will|shall)(?: not)? have (?:been|had|seen|known|taken|told|given|made|done|kept|put|got|met|"
    r"led|left|come|gone|heard|felt|thought|sent|brought|found|held|begun|become|understood)\b|"
    r"must have (?:been|known)\b|must (?:surely|presumably)\b|"
    r"(?<=[Ii]t )(?:should|must|will)(?: also| always)? be (?:noted|remembered|borne|said|stressed|"
    r"emphasised|recognised|acknowledged|seen|recalled|apparent|clear|obvious|evident|hoped)\b|"
    r"(?:should|must|will) be (?:found in|read (?:with|together|alongside|in))\b|"
    r"is to be (?:hoped|regretted|expected|welcomed|commended)\b|"
    r"(?:should|will) (?:like|refer to (?:appendix|annex|section|chapter|table))\b|"
    r"will (?:often|usually|sometimes|inevitably|probably|doubtless|rise|grow|fall|increase|double|shrink|"
    r"worsen|want|know|feel|remember|recall|recognise|happen|occur|depend)\b|"
    r"shall indemnify\b|will (?:be|become|remain) (?:the|one of)\b",
    re.IGNORECASE,
)
# Words that somebody is told to have spoken.
_SPOKEN = re.compile(r"(?:[,.!?][\"”’']|[\"”’'],) (?:\w+ ){0,3}(?:said|told|wrote|replied|added|explained)\b")
_NEAR = 200  # characters before a duty's word in which its sense is looked for
_SORTS = ("commitment", "description")
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

    A question commits nobody, nor does what only leads to a list, a piece of a few words, what somebody said
    or thought, what ought to have been done in one case, a forecast, or what is said of the paper itself.
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
        and _binds(text, cue)
    ]
    return "commitment" if kind == "policy" and duty and not _SPOKEN.search(text) else "description"


def sureness(vectors: Vectors, encode: Callable[[Sequence[str]], Vectors]) -> list[float]:
    """How sure it is, 0 to 1, that each passage taken for a commitment is one.

    By its likeness to the invented sentences of `corpora/cues/commitments.toml`. `vectors` are the passages',
    float32, passages × dimensions, unit rows; `encode` gives the same of texts.
    """
    said: list[float] = sorting.shares(vectors, encode, "commitments", _SORTS)[:, 0].tolist()
    return said


def _binds(text: str, cue: Cue) -> bool:
    """Whether a duty's word stands where it binds somebody, as far as what is around it tells."""
    word, before = text[cue.start : cue.end], text[max(cue.start - _NEAR, 0) : cue.start]
    if word == "Will" and before:
        return False  # the name
    if _AFTER.match(text, cue.start):
        return False
    if word in ("ensure", "ensures") and _ENSURING.search(before):
        return False
    return not any(rule.search(before) for rule in _BEFORE)


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
