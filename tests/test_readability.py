"""The reading age of our own sentences: by a published formula, of no quote, and said in the method."""

from __future__ import annotations

from dataclasses import replace

import pytest

from thememiner.records import Report
from thememiner.reports import html, readability, wording

# Syllables as counted by hand.
COUNTED = {
    "people": 2, "family": 3, "service": 2, "services": 3, "incident": 3, "report": 2, "evidence": 3, "organisation": 5,
    "policy": 3, "named": 1, "placed": 1, "quoted": 2, "assured": 2, "described": 2, "needed": 2, "section": 2, "theme": 1,
    "themes": 1, "codebook": 2, "passages": 3, "practice": 2, "audit": 2, "data": 2, "community": 4, "discharge": 2,
    "medication": 4, "coordination": 5, "largely": 2, "statement": 2, "agreement": 3, "able": 2, "little": 2, "changes": 2,
    "care": 1, "experience": 4, "provider": 3, "area": 3, "being": 2, "idea": 3, "the": 1, "he": 1, "voices": 2,
    "involvement": 3, "written": 2, "sources": 2, "sentences": 3, "mental": 2, "health": 1, "harm": 1, "reviewer": 3,
    "counted": 2, "said": 1, "asked": 1, "judged": 1, "closed": 1, "accepted": 3, "NHS": 3, "gap": 1, "negative": 3,
}  # fmt: skip


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
