"""What a passage says about a theme: positive, negative, mixed or neutral; and its modality.

A mapped stage. Readable cues (`corpora/cues/polarity.toml`) come first; where they do not settle it, a
small shipped classifier over the passage's vector does. A denial turns round with what the code names:
"no evidence of a fixed end date" is good news for an unwanted thing and bad news for a wanted one. A
policy's "staff must ..." is a commitment: it says what should be, so its polarity is neutral.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from thememiner import resources
from thememiner.records import Codebook, Embeddings, Membership, Modality, Passage, Polarity
from thememiner.tomls import Reader, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SURE = 0.6  # probability from which the classifier alone decides
_LEAN = 0.45  # probability that is enough beside a cue of the same direction


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cue lists; each matches whole words, whatever the case."""

    commitment: re.Pattern[str]
    denial: re.Pattern[str]
    negative: re.Pattern[str]
    positive: re.Pattern[str]
    turn: re.Pattern[str]
    variation: re.Pattern[str]


def judge(
    memberships: Iterable[Membership], passages: Iterable[Passage], embeddings: Embeddings, book: Codebook
) -> list[Membership]:
    """Return the memberships with their polarity and modality; a theme that is no code is wanted."""
    found = {p.id: p for p in passages}
    row = {pid: i for i, pid in enumerate(embeddings.ids)}
    unwanted = {code.id for code in book.codes if not code.wanted}
    leaning = probabilities(embeddings.vectors)
    judged = []
    for membership in memberships:
        passage = found[membership.passage_id]
        wanted = membership.theme_id.rpartition("/")[2] not in unwanted
        stated = modality(passage)
        polarity: Polarity = (
            "neutral" if stated == "commitment" else of_text(passage, wanted, leaning[row[passage.id]])
        )
        judged.append(replace(membership, polarity=polarity, modality=stated))
    return judged


def modality(passage: Passage) -> Modality:
    """Whether a passage states what must happen (a policy's commitment) or describes what does."""
    normative = passage.kind == "policy" and cues().commitment.search(passage.text)
    return "commitment" if normative else "description"


def of_text(passage: Passage, wanted: bool, leaning: NDArray[np.float64]) -> Polarity:
    """The polarity of one passage towards a wanted or unwanted thing.

    `leaning` are the classifier's probabilities, float64: negative, neutral, positive.
    """
    known = cues()
    text = passage.text
    if known.denial.search(text):
        said: Polarity = "negative" if wanted else "positive"
        rest = known.turn.split(text, maxsplit=1)[1:]
        return "mixed" if rest and known.negative.search(rest[-1]) and said == "positive" else said
    bad, good = bool(known.negative.search(text)), bool(known.positive.search(text))
    if passage.kind == "policy":  # describes a procedure: only plain words make it good or bad
        return "negative" if bad and known.variation.search(text) else "neutral"
    if known.variation.search(text) and good:
        return "mixed"
    sides = known.turn.split(text, maxsplit=1)
    if len(sides) > 1 and good and bad:
        first, second = (_side(side) for side in (sides[0], sides[-1]))
        if {first, second} == {"positive", "negative"}:
            return "mixed"
    return _decide(bad, good, leaning)


def _decide(bad: bool, good: bool, leaning: NDArray[np.float64]) -> Polarity:
    negative, _, positive = (float(p) for p in leaning)
    if bad and not good:
        return "negative" if negative >= positive or positive < _SURE else "positive"
    if good and not bad:
        return "positive" if positive >= negative or negative < _SURE else "negative"
    if negative >= (_LEAN if bad else _SURE) and negative > positive:
        return "negative"
    if positive >= (_LEAN if good else _SURE) and positive > negative:
        return "positive"
    return "neutral"


def _side(text: str) -> Polarity:
    bad, good = cues().negative.search(text), cues().positive.search(text)
    return "negative" if bad and not good else "positive" if good and not bad else "neutral"


def probabilities(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """The shipped classifier's probabilities, float64, rows × (negative, neutral, positive)."""
    weights, bias = _weights()
    whole = np.rint(vectors.astype(np.float64) * 4096) / 4096
    logits = np.empty((len(vectors), 3))
    for j in range(3):  # one order of sums, whatever the machine's threads
        logits[:, j] = (whole * weights[:, j]).sum(axis=1) + bias[j]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True)) if len(logits) else logits
    return np.round(odds / odds.sum(axis=1, keepdims=True), 6) if len(logits) else logits


@functools.cache
def cues() -> Cues:
    """The shipped cue lists, compiled once."""
    path = resources.folder("cues") / "polarity.toml"
    lists = Reader(load(path), path.name)
    names = ("commitment", "denial", "negative", "positive", "turn", "variation")
    return Cues(**{name: _pattern(lists.texts(name)) for name in names})


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    parts = sorted(phrases, key=len, reverse=True)
    words = "|".join(re.escape(p).replace(r"\*", r"\w*").replace("'", "['’]") for p in parts)
    return re.compile(rf"(?<![\w'’])(?:{words})(?![\w'’])", re.IGNORECASE)


@functools.cache
def _weights() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from safetensors.numpy import load_file

    found = load_file(resources.folder("models") / "polarity.safetensors")
    return found["weights"].astype(np.float64), found["bias"].astype(np.float64)
