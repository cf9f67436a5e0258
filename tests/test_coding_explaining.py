"""Why a passage got a code: the sum is told exactly, and the nearest example is one of the code's."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from thememiner.coding import Explainer, lexical, train
from thememiner.records import Code, Codebook, Example
from thememiner.wording import tokens

BOOK = Codebook(
    "b",
    "b",
    "1",
    (
        Code(
            "parking",
            "Parking",
            examples=(Example("feedback", "no space for the car"), Example("feedback", "fees")),
        ),
        Code("noise", "Noise", examples=(Example("feedback", "doors banging all night"),)),
        Code("bare", "Nothing said"),
    ),
)
TEXTS = (
    "There was no space for the car.",
    "Doors banging and doors slamming, all night.",
    "£4 fees",
    "Zebras.",
    "",
)


@pytest.fixture
def coder(word_encoder):
    return train(BOOK, word_encoder)


@pytest.mark.parametrize("text", TEXTS)
def test_meaning_and_words_add_up_to_the_decision(coder, word_encoder, text, monkeypatch):
    from thememiner.coding import explaining

    monkeypatch.setattr(explaining, "_WORDS", 1000)
    vector = word_encoder.encode([text])[0]
    explainer = Explainer(coder, BOOK, word_encoder)
    row = lexical.weighted([text], coder.features, coder.idf).toarray()[0]
    for j, code in enumerate(BOOK.codes):
        why = explainer.reasons(text, vector, code.id)
        words = row @ coder.weights[64:, j]
        assert why.meaning == pytest.approx(vector @ coder.weights[:64, j], abs=1e-3)
        # every word and pair, also those that speak against it and those that share a word with a better one
        weights = coder.weights[64:, j].astype(np.float64)
        said = tokens(text)
        whole = sum(explainer._added(said, text, weights).values())
        assert whole == pytest.approx(words, abs=1e-6)


def test_the_words_are_the_texts_own_and_speak_for_the_code(coder, word_encoder):
    text = TEXTS[1]
    why = Explainer(coder, BOOK, word_encoder).reasons(text, word_encoder.encode([text])[0], "noise")
    assert {word for term, _ in why.words for word in term.split()} <= set(tokens(text))
    assert [weight for _, weight in why.words] == sorted((w for _, w in why.words), reverse=True)
    assert all(weight > 0 for _, weight in why.words)
    assert "doors" in " ".join(term for term, _ in why.words)
    assert why.examples[0][0] == "doors banging all night"
    assert 0 < why.examples[0][1] <= 1


def test_a_code_without_examples_and_a_text_without_words(coder, word_encoder):
    explainer = Explainer(coder, BOOK, word_encoder)
    assert explainer.reasons("car", word_encoder.encode(["car"])[0], "bare").examples == ()
    assert explainer.reasons("", word_encoder.encode([""])[0], "noise").words == ()


def test_without_the_weights_of_a_word_it_is_not_told(coder, word_encoder):
    numb = dataclasses.replace(coder, weights=np.zeros_like(coder.weights))
    text = TEXTS[0]
    why = Explainer(numb, BOOK, word_encoder).reasons(text, word_encoder.encode([text])[0], "parking")
    assert (why.words, why.meaning) == ((), 0.0)
