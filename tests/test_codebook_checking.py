"""Advice on a codebook: what is thin, unclear or in two places is found, and what is not is left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from thememiner import resources
from thememiner.codebooks import checking, codebook
from thememiner.embedding import encoder
from thememiner.records import Code, Codebook, Example, NearMiss

WORDS = ("bus", "train", "bread", "soup")


def encode(texts):
    """A unit row a text: how often each of four words stands in it."""
    rows = np.array([[text.split().count(word) + 0.01 for word in WORDS] for text in texts], dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def code(name: str, *texts: str, definition: str = "Something.") -> Code:
    return Code(name, name.title(), definition, examples=tuple(Example("incident", t) for t in texts))


def told(book: Codebook, sort: str) -> list[str]:
    return [advice.line for advice in checking.check(book, encode) if advice.sort == sort]


def about(word: str, n: int = 8) -> list[str]:
    """Texts that have only that word in common with those about another."""
    return [f"{word} {word}{i} {word}{i * 7}" for i in range(n)]


BUS, FOOD = code("buses", *about("bus")), code("food", *about("soup"))


def test_a_sound_codebook_gets_no_advice():
    assert checking.check(Codebook("b", "B", "1", (BUS, FOOD)), encode) == []


def test_thin_and_undefined_codes():
    book = Codebook("b", "B", "1", (BUS, code("food", "soup", definition=" "), code("none")))
    assert told(book, "thin") == [
        "food: 1 example; with fewer than 8 expect it to miss much.",
        "none: 0 examples; with fewer than 8 it will hardly be found.",
    ]
    assert told(book, "undefined") == ["food: no definition; say in a sentence what it is about."]


def test_an_example_nearer_another_code_is_told_with_that_code():
    book = Codebook("b", "B", "1", (replace(BUS, examples=(*BUS.examples, Example("policy", "soup"))), FOOD))
    assert told(book, "stray") == ['buses: "soup" is nearer to food.']
    assert told(book, "overlap") == []


def test_codes_that_are_one_overlap():
    # half of each is about buses and half about trains, so that every example is as near to the other code
    one = code("buses", *about("bus", 4), *(f"train {i}" for i in range(3)))
    other = code("trams", *(f"bus no {i}" for i in range(3)), *about("train", 4))
    (line,) = told(Codebook("b", "B", "1", (one, FOOD, other)), "overlap")
    assert line == (
        "buses and trams overlap: 3 of 7 and 3 of 7 examples are nearer to the other; say in both what tells "
        "them apart, or make them one."
    )
    assert told(Codebook("b", "B", "1", (one, FOOD)), "overlap") == []


def test_texts_that_stand_under_two_codes():
    one = replace(BUS, examples=(*BUS.examples, Example("incident", "the bus came an hour late today")))
    two = replace(FOOD, examples=(*FOOD.examples, Example("policy", "The bus came an hour late.")))
    background = (Example("incident", "SOUP soup0 soup0"), Example("policy", "Page 3."))
    late = '"the bus came an hour late today" and "The bus came an hour late."'
    assert told(Codebook("b", "B", "1", (one, two), background), "repeat") == [
        f"buses and food: {late} are nearly the same; keep it under one.",
        'food and background: "soup soup0 soup0" and "SOUP soup0 soup0" are the same; keep it under one.',
    ]


def test_short_texts_are_the_same_only_as_a_whole():
    one, two = code("good", "very good"), code("bad", "very bad", "Very good!")
    assert told(Codebook("b", "B", "1", (one, two)), "repeat") == [
        'good and bad: "very good" and "Very good!" are the same; keep it under one.'
    ]


def test_a_long_example_is_quoted_by_its_beginning():
    one, two = code("one", "far " * 40), code("two", "far " * 40)
    assert len(told(Codebook("b", "B", "1", (one, two)), "repeat")[0]) < 220


def test_nothing_is_encoded_where_nothing_can_be_compared():
    def never(texts):
        raise AssertionError

    book = Codebook("b", "B", "1", (code("one", "bus"), Code("two", "Two", near_misses=(NearMiss("x"),))))
    assert {advice.sort for advice in checking.check(book, never)} == {"thin", "undefined"}


@pytest.mark.slow
def test_a_code_that_is_cut_in_two_overlaps_and_the_shipped_ones_do_not():
    book = codebook("patient-experience")
    first, *others = book.codes
    half = len(first.examples) // 2
    cut = (
        replace(first, examples=first.examples[:half]),
        replace(first, id="again", examples=first.examples[half:]),
        *others,
    )
    found = checking.check(replace(book, codes=cut), encoder().encode)
    assert [a.line[:32] for a in found if a.sort == "overlap"] == ["positive-experience and again ov"]


@pytest.mark.slow
@pytest.mark.parametrize("name", resources.names("codebooks"))
def test_the_shipped_codebooks_need_no_mending(name):
    lines = [a.line for a in checking.check(codebook(name), encoder().encode) if a.sort != "stray"]
    assert lines == []
