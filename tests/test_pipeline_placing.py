"""Findings of placings: one is made where something can be quoted, so that none stands on nothing."""

from __future__ import annotations

import numpy as np
import pytest

from thememiner.pipeline import placing
from thememiner.records import (
    KINDS,
    Code,
    Codebook,
    Document,
    Embeddings,
    Membership,
    Passage,
    Section,
    Template,
    Theme,
)
from thememiner.settings import Settings

LAYOUT = Template(
    "t",
    "T",
    "1",
    tuple(
        Section(name, title, (), KINDS, ("meals",)) for name, title in (("a", "Lunches"), ("b", "Suppers"))
    ),
)
MEALS = Theme("code:b/meals", "Meals", "codebook", code_id="meals", documents=1)
TEXT = "The soup was warm today. The bread was cold again."


@pytest.mark.parametrize(("second", "sections"), [(0.8, ["a", "b"]), (0.4, ["a"])])
def test_no_finding_in_a_section_where_nothing_is_sure_enough_to_be_quoted(second, sections):
    found = findings((0.9, second))
    assert [f.section_id for f in found] == sections


def test_a_theme_that_nothing_can_be_quoted_of_has_its_findings_all_the_same():
    assert [f.section_id for f in findings((0.4, 0.4))] == ["a", "b"]


def findings(scores):
    document = Document("d", "account", TEXT, "0" * 64, "r", "meals.md", "0" * 64)
    cuts = ((0, 24, "Lunches"), (25, len(TEXT), "Suppers"))
    passages = [
        Passage(f"d:{start}-{end}", "d", start, end, TEXT[start:end], "account", section=heading)
        for start, end, heading in cuts
    ]
    members = [
        Membership(p.id, MEALS.id, score, "assigned") for p, score in zip(passages, scores, strict=True)
    ]
    vectors = Embeddings(tuple(p.id for p in passages), np.eye(2, 384, dtype=np.float32))
    book = Codebook("b", "B", "1", (Code("meals", "Meals", "What people are given to eat."),))
    told = [(m, 1.0) for m in members]
    found, *_ = placing.findings(
        (MEALS,), told, passages, (document,), LAYOUT, book, vectors, Soups(), Settings()
    )
    return found


def test_what_is_near_to_what_the_codebook_says_is_quoted_and_not_what_most_passages_are_about():
    texts = ("The bus was late.", "The bus was full.", "The bus broke down.", "The soup was cold.")
    documents = [
        Document(str(n), "incident", text, "0" * 64, "r", "", "0" * 64) for n, text in enumerate(texts)
    ]
    passages = [
        Passage(f"{d.id}:0-{len(d.text)}", d.id, 0, len(d.text), d.text, "incident") for d in documents
    ]
    told = [(Membership(p.id, MEALS.id, 0.9, "assigned"), 0.9) for p in passages]
    vectors = Embeddings(tuple(p.id for p in passages), Soups().encode(texts))
    book = Codebook("b", "B", "1", (Code("meals", "Meals", "Meals such as soup."),))
    _, quotes, *_ = placing.findings(
        (MEALS,), told, passages, documents, LAYOUT, book, vectors, Soups(), Settings(quotes=1)
    )
    assert {quote.quote for quote in quotes} == {"The soup was cold."}


class Soups:
    """An encoder that tells soups from buses."""

    def encode(self, texts):
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:3] = ("soup" in text, "bus" in text, 0.1)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
