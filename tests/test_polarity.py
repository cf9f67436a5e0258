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


def test_a_denial_is_good_news_only_of_an_unwanted_thing_and_from_an_organisation():
    text = "We found no evidence of a fixed end date."
    assert polarity.of_text(passage(text), wanted=False, said=EVEN) == "positive"
    # what is denied of a wanted thing may be its absence: "no evidence of delay"
    sure = leaning(negative=0.99, positive=0.01)
    assert polarity.of_text(passage(text), wanted=True, said=sure) == "neutral"
    for kind in ("incident", "feedback", "policy"):
        assert polarity.of_text(passage(text, kind), wanted=False, said=sure) == "neutral"


@pytest.mark.parametrize(
    ("text", "kind", "said", "wanted"),
    [
        ("The cook was kind and helpful.", "feedback", {"positive": 0.86, "neutral": 0.14}, "positive"),
        ("The cook was kind and helpful.", "feedback", {"positive": 0.84, "neutral": 0.16}, "neutral"),
        ("Nobody rang and dinner was late.", "feedback", {"negative": 0.86, "positive": 0.14}, "negative"),
        # the words do not bear it out: none, the other ones, both
        ("The cook came at noon.", "feedback", {"positive": 0.99, "neutral": 0.01}, "neutral"),
        ("Nobody rang and dinner was late.", "feedback", {"positive": 0.99, "neutral": 0.01}, "neutral"),
        ("The kind cook was late.", "feedback", {"positive": 0.99, "neutral": 0.01}, "neutral"),
        ("The cook was kind, but dinner came.", "feedback", {"positive": 0.99, "neutral": 0.01}, "neutral"),
        ("The cook was kind, but dinner came.", "feedback", {"mixed": 0.9, "neutral": 0.1}, "mixed"),
        # an incident must be surer, and starts from its odds
        ("No dinner was sent.", "incident", {"negative": 0.85, "neutral": 0.15}, "negative"),
        ("No dinner was sent.", "incident", {"negative": 0.75, "neutral": 0.25}, "neutral"),
        # never judged, however sure
        ("Two cooks have left and none has come.", "account", {"negative": 0.99, "neutral": 0.01}, "neutral"),
        ("The plan works well.", "account", {"positive": 0.99, "neutral": 0.01}, "neutral"),
        ("Practice varies and is poor.", "policy", {"negative": 0.99, "neutral": 0.01}, "neutral"),
    ],
)
def test_a_polarity_is_stated_only_when_it_is_sure(text, kind, said, wanted):
    assert polarity.of_text(passage(text, kind), True, leaning(**said)) == wanted


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


def test_plain_praise_is_stated_and_what_is_doubtful_never_the_wrong_way_round(encoder):
    texts = [
        ("The nurse was kind and helpful, thank you, excellent care.", "feedback", {"positive"}),
        ("No handover was received and the depot was missed.", "incident", {"negative", "neutral"}),
        ("Rude, dismissive and nobody listened.", "feedback", {"negative", "neutral"}),
        # a complaint in quiet words, praise in sad ones
        ("I am still waiting to hear who my worker is.", "feedback", {"negative", "neutral"}),
        ("When he died they never once looked at a watch.", "feedback", {"positive", "neutral"}),
        ("Every person who misses a visit is telephoned the same day.", "account", {"neutral"}),
    ]
    rows = [passage(text, kind, n) for n, (text, kind, _) in enumerate(texts)]
    said = polarity.probabilities(rows, encoder.encode([t for t, *_ in texts]))
    for row, shares, (text, _, allowed) in zip(rows, said, texts, strict=True):
        assert polarity.of_text(row, True, shares) in allowed, text
