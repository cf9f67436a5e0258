"""What a passage says about a theme: positive, negative or mixed where sure, else neutral; and its modality.

A mapped stage: readable cues (`corpora/cues/polarity.toml`) and a small shipped classifier over the
passage's vector and those cues. It abstains: a polarity is stated only where the classifier is sure and
the words bear it out, and neutral means "not judged". A policy says what should be, so it is never judged;
an organisation that finds "no evidence of" something unwanted has said a good thing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from thememiner import resources
from thememiner.records import POLARITIES, Codebook, Embeddings, Membership, Modality, Passage, Polarity
from thememiner.tomls import Reader, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REGISTERS = ("incident", "account", "feedback")  # what the classifier was trained on; policies have rules
CUES = ("negative", "positive", "turn", "variation", "denial")
_REGISTER_WEIGHT, _CUE_WEIGHT = 0.5, 0.6
_BLOCK = 8192  # passages whose inputs are held at a time
# An incident is written down because something went wrong: what is good in it is the exception.
_INCIDENT_ODDS = {"negative": 2.0, "positive": 0.5}
# The share from which a polarity is stated, where the words bear it out: the lowest (in steps of .05) at
# which nine in ten held-out comments are right, and the one at which incidents are least often wrong. None
# was high enough for organisations' accounts, whose praise and shortfalls use the same words: they are not
# judged by it. The figures are printed by models/build/polarity.py.
SURE = {"feedback": 0.85, "incident": 0.9}


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
    memberships: Iterable[Membership], passages: Sequence[Passage], embeddings: Embeddings, book: Codebook
) -> list[Membership]:
    """The memberships with their polarity and modality; a theme that is no code is wanted."""
    memberships = list(memberships)
    held = {m.passage_id for m in memberships}
    rows = [i for i, passage in enumerate(passages) if passage.id in held]
    passages = [passages[i] for i in rows]
    row = {passage.id: i for i, passage in enumerate(passages)}
    unwanted = {code.id for code in book.codes if not code.wanted}
    said = probabilities(passages, embeddings.vectors[rows])
    judged = []
    for membership in memberships:
        i = row[membership.passage_id]
        wanted = membership.theme_id.rpartition("/")[2] not in unwanted
        stated = modality(passages[i])
        polarity: Polarity = "neutral" if stated == "commitment" else of_text(passages[i], wanted, said[i])
        judged.append(replace(membership, polarity=polarity, modality=stated))
    return judged


def modality(passage: Passage) -> Modality:
    """Whether a passage states what must happen (a policy's commitment) or describes what does."""
    normative = passage.kind == "policy" and cues().commitment.search(passage.text)
    return "commitment" if normative else "description"


def of_text(passage: Passage, wanted: bool, said: Floats) -> Polarity:
    """The polarity of one passage towards a wanted or unwanted thing: neutral where it is not sure.

    `said` are the classifier's probabilities, float64, in the order of `POLARITIES`.
    """
    if cues().denial.search(passage.text):
        # What is denied may be the thing itself or its absence: only of an unwanted thing is it plain.
        return "positive" if passage.kind == "account" and not wanted else "neutral"
    return surely(passage.text, passage.kind, said)


def surely(text: str, kind: str, said: Floats) -> Polarity:
    """The polarity that the classifier is sure of and that the words bear out, else neutral."""
    if kind not in SURE:
        return "neutral"
    odds = _INCIDENT_ODDS if kind == "incident" else {}
    weighed = {tone: float(p) * odds.get(tone, 1.0) for tone, p in zip(POLARITIES, said, strict=True)}
    best = max(POLARITIES, key=lambda tone: weighed[tone])
    sure = weighed[best] >= SURE[kind] * sum(weighed.values())
    return best if sure and best == _worded(text) else "neutral"


def _worded(text: str) -> Polarity:
    """What the cues alone say of a text."""
    known = cues()
    if known.turn.search(text) or known.variation.search(text):
        return "mixed"
    good, bad = known.positive.search(text), known.negative.search(text)
    if bool(good) == bool(bad):
        return "neutral"
    return "positive" if good else "negative"


def probabilities(passages: Sequence[Passage], vectors: NDArray[np.float32]) -> Floats:
    """The shipped classifier's probabilities, float64, passages × `POLARITIES`, 6 decimal places."""
    weights, bias = _weights()
    logits = np.empty((len(passages), len(POLARITIES)))
    for start in range(0, len(passages), _BLOCK):
        part = slice(start, start + _BLOCK)
        texts, kinds = [p.text for p in passages[part]], [p.kind for p in passages[part]]
        inputs = features(texts, kinds, vectors[part])
        for j in range(len(POLARITIES)):  # one order of sums, whatever the machine's threads
            logits[part, j] = (inputs * weights[:, j]).sum(axis=1) + bias[j]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = np.round(odds / odds.sum(axis=1, keepdims=True), 6)
    return shares


def features(texts: Sequence[str], kinds: Sequence[str], vectors: NDArray[np.float32]) -> Floats:
    """What the classifier sees: vector, register, and which cues there are; float64, one row a text."""
    known = cues()
    register = np.array([[kind == name for name in REGISTERS] for kind in kinds], dtype=np.float64)
    cued = np.array([[bool(getattr(known, cue).search(t)) for cue in CUES] for t in texts], dtype=np.float64)
    return np.hstack(
        [
            vectors.astype(np.float64),
            _REGISTER_WEIGHT * register.reshape(len(texts), len(REGISTERS)),
            _CUE_WEIGHT * cued.reshape(len(texts), len(CUES)),
        ]
    )


@functools.cache
def cues() -> Cues:
    """The shipped cue lists, compiled once."""
    path = resources.folder("cues") / "polarity.toml"
    lists = Reader(load(path), path.name)
    return Cues(**{name: _pattern(lists.texts(name)) for name in Cues.__slots__})


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    parts = sorted(phrases, key=len, reverse=True)
    words = "|".join(re.escape(p).replace(r"\*", r"\w*").replace("'", "['’]") for p in parts)
    return re.compile(rf"(?<![\w'’])(?:{words})(?![\w'’])", re.IGNORECASE)


@functools.cache
def _weights() -> tuple[Floats, Floats]:
    from safetensors.numpy import load_file

    found = load_file(resources.folder("models") / "polarity.safetensors")
    return found["weights"].astype(np.float64), found["bias"].astype(np.float64)
