"""What may still identify a person: counted by kind, ranked, in words, the same in any order, and shown."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.deidentifying import residual_risk
from thememiner.records import Document, Residual, Risk
from thememiner.reports import html, markdown, wording
from thememiner.reports.json import load, render


def document(name: str, text: str, **fields) -> Document:
    return Document(name, fields.pop("kind", "incident"), text, "", "", f"{name}.csv", "", **fields)


TOGETHER = document("a", "A 34 year old vicar nearly drowned near Exampleton. It was in the news.")
NAMES = document("b", "Later the carer of Xanthe met Zebulon.")
MANY = document("c", "x" * 100, masks=tuple(("PERSON 1", at, at + 1) for at in range(9)))
OLD = document("g", "[AGE OVER 89]", masks=(("AGE OVER 89", 0, 13), ("PLACE 3", 0, 1)))
MISTYPED = document("d", "Number [NHS NUMBER] again.", masks=(("NHS NUMBER", 7, 19),), mistyped=1)
QUIET = document("e", "The ward was short of staff and the handover was late.", masks=(("PERSON 12", 0, 1),))
POLICY = document("f", "A 34 year old vicar drowned near Exampleton and Xerxes.", kind="policy")
ALL = (TOGETHER, NAMES, MANY, MISTYPED, QUIET, POLICY)


def test_masks_are_counted_by_kind_and_documents_ranked():
    found = residual_risk(ALL)
    assert found.masks == (("PERSON", 10), ("NHS NUMBER", 1))
    assert (found.mistyped, found.risky) == (1, 4)
    assert [risk.document_id for risk in found.risks] == ["a", "b", "c", "d"]


def test_the_number_of_a_mask_is_no_part_of_its_kind_but_an_age_is():
    assert residual_risk([OLD]).masks == (("AGE OVER 89", 1), ("PLACE", 1))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            TOGETHER,
            "an age, an unusual event, a public role or calling, attention in public and a place stand",
        ),
        (NAMES, "words with a capital that are not masked and not ordinary: Xanthe, Zebulon"),
        (MANY, "one person is masked 9 times: the text is their story"),
        (MISTYPED, "1 number was masked whose check digit is wrong: possibly mistyped"),
    ],
)
def test_each_reason_is_said_in_words(given, reason):
    (risk,) = residual_risk([given]).risks
    assert reason in "; ".join(risk.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "A 34 year old was seen on 3 May 2024.",
        "The vicar thanked the team.",
        "Staff on Larch Ward and at the Royal Hospital rang NHS England.",
        "Then [PERSON 1] met the Duty Manager about Parkinson's disease. Monday was busy, Tuesday too.",
        "The xanthe grew; later the Xanthe wilted.",
    ],
)
def test_what_tells_nobody_apart_is_not_listed(text):
    assert residual_risk([document("a", text)]).risks == ()


def test_a_word_that_many_documents_have_is_no_name_left_over():
    texts = [document(str(n), "They use Zyxware for notes.") for n in range(3)]
    assert residual_risk(texts[:2]).risky == 2
    assert residual_risk(texts).risky == 0


def test_no_more_than_twenty_are_listed_and_the_rest_counted():
    many = [document(f"{n:02}", f"They met Xan{chr(97 + n)}the.") for n in range(26)]
    found = residual_risk(many)
    assert (found.risky, len(found.risks)) == (26, 20)


@given(st.permutations(ALL))
def test_the_order_of_the_documents_does_not_matter(order):
    assert residual_risk(order) == residual_risk(ALL)


def test_it_is_in_every_report_and_comes_back(finished, tmp_path):
    report = load(finished.out / "report.json")
    assert report.residual.masks
    shown = dataclasses.replace(
        report,
        residual=Residual((("PERSON", 3),), 2, 30, (Risk("abc", "a.csv", "row 2", ("a reason", "another")),)),
    )
    path = tmp_path / "report.json"
    path.write_text(render(shown), "utf-8")
    assert load(path).residual == shown.residual
    for page in (html.render(shown), markdown.render(shown)):
        for words in (wording.RESIDUAL_TITLE, "A reason; another.", "a.csv, row 2", "29 more documents"):
            assert words in page
        assert "2 masked numbers named as" in page
        assert "anonymised" not in page.replace("pseudonymised", "")


def test_a_report_made_before_it_was_there_is_still_read(finished, tmp_path):
    kept = json.loads((finished.out / "report.json").read_text("utf-8"))
    kept.pop("residual")
    path = tmp_path / "report.json"
    path.write_text(json.dumps(kept), "utf-8")
    assert load(path).residual == Residual()
