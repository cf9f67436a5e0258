"""The polarity of passages towards themes: the classifier's probabilities, weighed by the cues.

What is mixed keeps its exception. A polarity is stated only where one stands out: neutral also means "not
judged".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from thememiner.paragraphs import surroundings
from thememiner.polarity import commitments, tone
from thememiner.polarity.cues import Cue, Cues, shipped
from thememiner.records import POLARITIES, Codebook, Evidence, Kind, Membership, Passage, Polarity
from thememiner.wording import question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_STORIES: tuple[Kind, ...] = ("incident", "feedback")
_BLOCK = 4096  # questions whose answers are held at a time
_LEAST = 1e-6  # no share is so small that nothing beside it could speak for it
SURE = 0.4  # the least share at which a polarity is stated
SURELY = 0.75  # three to one: from here a passage bears out what is said of its kind of source
# Of the feedback that the classifier learnt from two were praise for one complaint, as on cards that ask.
# Where nothing says what was asked both are as likely before a word is read (Saerens et al. 2002).
_EVEN = np.array([0.5 if polarity == "positive" else 1.0 for polarity in POLARITIES])
# An answer that is nothing else. "Not applicable" is another thing: the question does not arise.
_NONE = re.compile(r"\W*(?:none|nil|nothing|we have none|there (?:is|are) none)\W*", re.IGNORECASE)
# What comes after one of these is supposed or asked, and not said.
_SUPPOSED = re.compile(
    r"\b(?:if|where|when|whenever|unless|until|whether|should|must|in case)\b", re.IGNORECASE
)
# Where a clause ends; a hyphen inside a word is none.
_CLAUSE_END = re.compile(r"[.;:!?)\]\n]|,(?= (?:and|but|so|which|who)\b)| [-–—] ")


class Classifier(Protocol):
    """What gives the probability of each polarity: `tone.Tone`, or one of the user's own."""

    def shares(self, texts: Sequence[str], abouts: Sequence[str]) -> Floats:
        """Float64, texts × `POLARITIES`."""
        ...


def judge(
    memberships: Iterable[Membership],
    passages: Sequence[Passage],
    book: Codebook,
    using: Classifier,
    progress: Callable[[int, int], None] | None = None,
    texts: Mapping[str, str] | None = None,
) -> list[Membership]:
    """The memberships with their polarity and modality, in the order given (`judge_with_shares`)."""
    return [m for m, _ in judge_with_shares(memberships, passages, book, using, progress, texts)]


def judge_with_shares(
    memberships: Iterable[Membership],
    passages: Sequence[Passage],
    book: Codebook,
    using: Classifier,
    progress: Callable[[int, int], None] | None = None,
    texts: Mapping[str, str] | None = None,
) -> list[tuple[Membership, float]]:
    """The memberships with their polarity and modality, each with how sure that is: its share, 0 to 1.

    With the documents' `texts` by id a passage of an incident report or of feedback is judged twice, by
    itself and beside the passages before and after it in its paragraph, and both count alike (the geometric
    mean: Genest & Zidek 1986): of a story told in plain facts no sentence says alone whether it went well. An
    account to a review weighs good against bad from one sentence to the next: each of its passages speaks for
    itself.

    Those that are weak are for a person to read, a commitment says what should be: both stay neutral. A theme
    that is no code of `book` is taken for a wanted thing. `progress` is told (judged, in all).
    """
    memberships = list(memberships)
    held = {m.passage_id for m in memberships}
    passage = {p.id: p for p in passages if p.id in held}
    themes = {f"code:{book.id}/{code.id}": (code.name, code.wanted) for code in book.codes}
    known = shipped()
    cues = dict(zip(passage, known.find_all([p.text for p in passage.values()]), strict=True))
    stated = {i: commitments.modality(p.kind, cues[i], p.text) for i, p in passage.items()}
    stories = [p for p in passages if p.kind in _STORIES]
    beside = surroundings(stories, texts) if texts is not None else {}
    asked = [
        _questions(m, passage[m.passage_id], beside.get(m.passage_id, passage[m.passage_id].text), themes)
        if m.outcome == "assigned" and stated[m.passage_id] != "commitment"
        else None
        for m in memberships
    ]
    order = sorted({each for one in asked if one is not None for each in one})
    said = dict(zip(order, _shares(order, using, progress), strict=True))
    judged = []
    for membership, one in zip(memberships, asked, strict=True):
        polarity: Polarity = "neutral"
        share = 1.0
        if one is not None:
            wanted = themes.get(membership.theme_id, ("", True))[1]
            of = passage[membership.passage_id]
            unasked = of.kind == "feedback" and not question(of.kind, of.heading)
            alone, near = (np.maximum(said[each], _LEAST) for each in one)
            shares = np.sqrt(alone * near) * (_EVEN if unasked else 1)
            polarity, share = weighed(shares, cues[of.id], known, wanted=wanted)
        found = replace(membership, polarity=polarity, modality=stated[membership.passage_id])
        judged.append((found, share))
    return judged


def weighed(
    shares: Floats, cues: Iterable[Cue], known: Cues, *, wanted: bool = True
) -> tuple[Polarity, float]:
    """The polarity and its share, 0 to 1, from the shares of `POLARITIES` and the cues that a text holds.

    Each rule counts once.
    """
    weights = dict(zip(POLARITIES, shares.tolist(), strict=True))
    for name in sorted({cue.rule for cue in cues}):
        rule = known.rules[name]
        speaks_for = rule.wanted if wanted else rule.unwanted
        if speaks_for is not None:
            weights[speaks_for] *= rule.odds
    best = max(POLARITIES, key=lambda polarity: weights[polarity])
    whole = sum(weights.values())
    share = round(weights[best] / whole, 4)
    return (best, share) if weights[best] >= SURE * whole else ("neutral", share)


def exception(text: str) -> tuple[int, int] | None:
    """Where a text says what it does not hold for, (start, end): from its first such cue to its clause's end.

    None where it says nothing of the kind.
    """
    first = next((cue for cue in shipped().find(text) if cue.rule == "exception"), None)
    if first is None:
        return None
    end = _CLAUSE_END.search(text, first.end)
    return first.start, len(text[: end.start() if end else None].rstrip())


def absence(text: str) -> bool:
    """Whether who speaks says that there is none of something now: not little, not once, not if.

    What there is none of, and whether that is good, is not told.
    """
    if _NONE.fullmatch(text):
        return True
    first = next((cue for cue in shipped().find(text) if cue.rule == "absence"), None)
    return first is not None and not _SUPPOSED.search(text[: first.start]) and not text.rstrip().endswith("?")


def explained(excerpt: Evidence) -> Evidence:
    """The excerpt with the exception that it makes, where it is mixed, and the numbers that it commits to."""
    found = exception(excerpt.quote) if excerpt.polarity == "mixed" else None
    numbers = commitments.stated(excerpt.quote) if excerpt.modality == "commitment" else ()
    return replace(
        excerpt,
        exception=excerpt.quote[slice(*found)] if found else "",
        states=tuple(dict.fromkeys(excerpt.quote[number.start : number.end] for number in numbers)),
    )


_Question = tuple[str, str]


def _questions(
    membership: Membership, passage: Passage, beside: str, themes: Mapping[str, tuple[str, bool]]
) -> tuple[_Question, _Question]:
    """A passage's text, and the text it stands in, each with what the classifier is told of the theme."""
    name, wanted = themes.get(membership.theme_id, (tone.NO_THEME, True))
    answered = question(passage.kind, passage.heading)
    about = tone.about(passage.kind, name, wanted=wanted, question=answered)
    return (passage.text, about), (beside, about)


def _shares(
    questions: Sequence[_Question], using: Classifier, progress: Callable[[int, int], None] | None
) -> list[Floats]:
    said: list[Floats] = []
    for start in range(0, len(questions), _BLOCK):
        block = questions[start : start + _BLOCK]
        said += list(using.shares([text for text, _ in block], [about for _, about in block]))
        if progress:
            progress(len(said), len(questions))
    return said
