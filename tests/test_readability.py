"""The reading age of our own sentences: by a published formula, of no quote, and said in the method."""

from __future__ import annotations

from dataclasses import replace

import pytest

from thememiner.records import Report
from thememiner.reports import html, readability, wording

# Syllables as counted by hand.
_BY_NUMBER = {
    1: ("named placed theme themes care the he health harm said asked judged closed gap "),
    2: (
        "people service report quoted assured described needed section codebook practice audit "
        "data discharge largely statement able little changes being voices written sources "
        "mental counted "
    ),
    3: (
        "family services incident evidence policy passages agreement provider area idea "
        "involvement sentences reviewer accepted NHS negative "
    ),
    4: ("community medication experience "),
    5: ("organisation coordination "),
}
COUNTED = {word: number for number, words in _BY_NUMBER.items() for word in words.split()}


def test_syllables_are_nearly_all_told_and_right_in_sum() -> None:
    told = {word: readability.syllables(word) for word in COUNTED}
    right = sum(told[word] == COUNTED[word] for word in COUNTED)
    assert right >= 0.9 * len(COUNTED), {w: (told[w], n) for w, n in COUNTED.items() if told[w] != n}
    assert sum(told.values()) == pytest.approx(sum(COUNTED.values()), rel=0.03)


def test_the_grade_is_the_formula() -> None:
    # one sentence of 8 words and 16 syllables
    assert readability.grade(
        ["People named incident policy sections that families described."]
    ) == pytest.approx(0.39 * 8 + 11.8 * 17 / 8 - 15.59)
    assert readability.grade(["The cat sat."]) == 0
    assert readability.grade(["", "1 2 3 ..."]) is None


def test_longer_sentences_are_harder() -> None:
    easy, hard = (
        "Staff came late. Staff came again.",
        "Staff came late and then staff came again after a while.",
    )
    assert (readability.grade([easy]) or 0) <= (readability.grade([hard]) or 0)


def test_it_is_said_in_the_method_and_no_quote_counts(whole: Report) -> None:
    said = readability.statement(whole)
    assert said.startswith("Our own sentences")
    other = replace(
        whole, evidence=tuple(replace(e, quote="Incomprehensibilities. " * 50) for e in whole.evidence)
    )
    assert readability.statement(other) == said
    page = html.render(whole)
    assert said in page
    assert wording.MARKED_NOTE in page
    assert wording.NOTE_ON_MARKS in page
