"""Polarity: cues, denial, commitments, and the shipped classifier's shape."""

import numpy as np
import pytest

from thememiner import polarity
from thememiner.records import POLARITIES, Code, Codebook, Embeddings, Membership, Passage

EVEN = np.full(4, 0.25)


def passage(text, kind="account", n=0):
    return Passage(f"d:{n}-{n + len(text)}", "d", n, n + len(text), text, kind)


def leaning(**shares):
    return np.array([shares.get(tone, 0.0) for tone in POLARITIES])


@pytest.mark.parametrize(
    ("text", "kind", "stated"),
    [
        ("Staff must telephone within one working day.", "policy", "commitment"),
        ("The team is responsible for the written summary.", "policy", "commitment"),
        ("This document describes the duty system.", "policy", "description"),
        ("Mustard was served.", "policy", "description"),
        ("You must be joking.", "feedback", "description"),
    ],
)
def test_modality(text, kind, stated):
    assert polarity.modality(passage(text, kind)) == stated


def test_a_denial_turns_with_what_is_wanted():
    text = "We found no evidence of a fixed end date."
    assert polarity.of_text(passage(text), wanted=False, said=EVEN) == "positive"
    assert polarity.of_text(passage(text), wanted=True, said=EVEN) == "negative"


def test_mixed_needs_words_that_turn():
    said = leaning(mixed=0.6, positive=0.3, negative=0.1)
    assert polarity.of_text(passage("Visits are daily but only in the west."), True, said) == "mixed"
    assert polarity.of_text(passage("Visits are daily."), True, said) == "positive"


def test_a_commitment_is_neutral_whatever_its_words():
    book = Codebook("b", "b", "1", (Code("handover", "Handover"),))
    one = passage("Poor handover must never happen again.", "policy")
    vectors = np.zeros((1, 384), dtype=np.float32)
    (judged,) = polarity.judge(
        [Membership(one.id, "code:b/handover", 0.9, "assigned")], [one], Embeddings((one.id,), vectors), book
    )
    assert (judged.polarity, judged.modality) == ("neutral", "commitment")


def test_probabilities_depend_on_their_own_row_alone():
    rows = [
        passage(t, k, n)
        for n, (t, k) in enumerate([("Good.", "feedback"), ("Late.", "incident"), ("x", "account")])
    ]
    vectors = np.random.default_rng(1).normal(size=(3, 384)).astype(np.float32)
    whole = polarity.probabilities(rows, vectors)
    parts = np.vstack(
        [polarity.probabilities(rows[:1], vectors[:1]), polarity.probabilities(rows[1:], vectors[1:])]
    )
    assert np.array_equal(whole, parts)
    assert np.allclose(whole.sum(axis=1), 1, atol=1e-5)
    assert polarity.probabilities([], vectors[:0]).shape == (0, 4)


def test_plain_praise_and_plain_failure(encoder):
    texts = [
        ("the nurse was kind and explained everything, could not have been better", "feedback", "positive"),
        (
            "we waited seven hours in a corridor and were sent home with the wrong tablets",
            "feedback",
            "negative",
        ),
        ("No handover was received and the depot was missed by nine days.", "incident", "negative"),
        ("Every person who misses a visit is telephoned the same day.", "account", "positive"),
        (
            "Two of five posts have been empty since spring and cover has not been found.",
            "account",
            "negative",
        ),
    ]
    rows = [passage(text, kind, n) for n, (text, kind, _) in enumerate(texts)]
    said = polarity.probabilities(rows, encoder.encode([t for t, *_ in texts]))
    got = [polarity.of_text(row, True, p) for row, p in zip(rows, said, strict=True)]
    assert got == [tone for *_, tone in texts]
