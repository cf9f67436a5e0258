"""Counts: every passage once, every document once, and a note for who reads on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.counting import content_note, count_outcomes, count_themes, list_documents
from thememiner.records import KINDS, POLARITIES, Document, DocumentEntry, Kind, Membership, Passage, Theme

A = Theme("a", "A", "codebook", code_id="a")
B = Theme("b", "B", "discovered", keywords=("own", "words"), stability=0.7)


def passage(name: str, home: str, kind: Kind = "incident", text: str = "A late visit.", **fields) -> Passage:
    return Passage(name, home, 0, len(text), text, kind, **fields)


def member(name: str, theme: Theme, polarity="neutral", outcome="assigned") -> Membership:
    return Membership(name, theme.id, 0.5, outcome, polarity)


PASSAGES = [
    passage("1", "x", organisation="North", voice="staff"),
    passage(
        "2", "x", organisation="North", voice="staff", text="The visit was late and the visit was short."
    ),
    passage("3", "y", "feedback", organisation="", voice="family or carer", text="Late letters."),
    passage("4", "z", organisation="South", voice="staff", text="Nothing."),
]


def test_a_theme_is_counted_by_kind_polarity_organisation_and_voice():
    members = [member("1", A, "negative"), member("2", A, "negative"), member("3", A, "positive")]
    [found] = count_themes([A], members, PASSAGES)
    assert (found.passages, found.documents) == (3, 2)
    assert found.counts == (("incident", "negative", 2, 1), ("feedback", "positive", 1, 1))
    assert found.organisations == (("", 1, 1), ("North", 2, 1))
    assert found.voices == (("family or carer", 1, 1), ("staff", 2, 1))
    assert found.keywords == ("late", "letters", "short")
    assert replace(found, passages=0, documents=0, counts=(), organisations=(), voices=(), keywords=()) == A


def test_a_discovered_theme_keeps_its_keywords():
    [found] = count_themes([B], [member("1", B)], PASSAGES)
    assert found.keywords == ("own", "words")


@pytest.mark.parametrize("outcome", ["weak", "no"])
def test_a_theme_that_nothing_is_assigned_to_is_not_listed(outcome):
    assert count_themes([A, B], [member("1", A, outcome=outcome)], PASSAGES) == ()
    [found] = count_themes([A], [member("1", A), member("4", A, outcome=outcome)], PASSAGES)
    assert found.passages == 1


def test_themes_stand_by_documents_then_passages_then_id():
    c = Theme("c", "C", "codebook")
    members = [
        *(member(n, c) for n in ("1", "2")),
        *(member(n, B) for n in ("1", "3")),
        member("1", A),
    ]
    for themes in ([A, B, c], [c, B, A]):
        assert [t.id for t in count_themes(themes, members, PASSAGES)] == ["b", "c", "a"]
    assert [t.id for t in count_themes([B, A], [member("1", A), member("4", B)], PASSAGES)] == ["a", "b"]


KIND = st.sampled_from(KINDS)


@given(
    st.lists(st.tuples(KIND, st.sampled_from(["x", "y", "z"]), st.sampled_from(["North", ""])), max_size=9),
    st.data(),
)
def test_the_cells_add_up(rows, data):
    kinds = dict(zip("xyz", KINDS, strict=False))  # a document is of one kind
    passages = [passage(f"{i}", home, kinds[home], organisation=org) for i, (_, home, org) in enumerate(rows)]
    members = [
        member(
            p.id, A, data.draw(st.sampled_from(POLARITIES)), data.draw(st.sampled_from(["assigned", "weak"]))
        )
        for p in passages
        if data.draw(st.booleans())
    ]
    found = count_themes([A], members, passages)
    assigned = [m for m in members if m.outcome == "assigned"]
    assert bool(found) == bool(assigned)
    for theme in found:
        assert theme.passages == len(assigned)
        assert sum(n for _, _, n, _ in theme.counts) == theme.passages
        assert sum(n for _, n, _ in theme.organisations) == theme.passages
        assert sum(n for _, n, _ in theme.voices) == theme.passages
        assert all(0 < documents <= n for _, _, n, documents in theme.counts)
        assert theme.documents <= theme.passages
    outcomes = count_outcomes(passages, members)
    assert outcomes["assigned"] + outcomes["weak"] + outcomes["unassigned"] == outcomes["total"] == len(rows)


def test_a_passage_counts_once_at_its_best():
    members = [
        member("1", A),
        member("1", B),
        member("1", B, outcome="weak"),
        member("2", A, outcome="weak"),
        member("2", B, outcome="weak"),
    ]
    assert count_outcomes(PASSAGES, members) == {"total": 4, "assigned": 1, "weak": 1, "unassigned": 2}
    assert count_outcomes([], []) == {"total": 0, "assigned": 0, "weak": 0, "unassigned": 0}


def test_documents_are_listed_without_their_texts():
    home = Document(
        id="x",
        kind="incident",
        text="A secret.",
        sha256="s",
        reference="R1",
        source="f.csv",
        file_sha256="h",
        locator="row 2",
        title="A secret title",
        voice="staff",
        organisation="North",
        place="Clinic",
        team="T",
        date="2025-01-01",
        masks=(("person", 0, 1), ("date", 2, 3)),
    )
    found = list_documents([home, replace(home, id="q", masks=())], PASSAGES)
    assert found[0] == DocumentEntry(
        id="x",
        kind="incident",
        voice="staff",
        organisation="North",
        place="Clinic",
        team="T",
        date="2025-01-01",
        source="f.csv",
        sha256="s",
        reference="R1",
        locator="row 2",
        file_sha256="h",
        masks=2,
        passages=2,
    )
    assert (found[1].masks, found[1].passages) == (0, 0)
    assert "secret" not in repr(found)


def note(*texts: str, kind: Kind = "incident") -> str:
    return content_note([Document(f"d{i}", kind, t, "", "", "", "") for i, t in enumerate(texts)])


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("She took an overdose.", "suicide and self-harm"),
        ("A history of self harm.", "suicide and self-harm"),
        ("He was ASSAULTED on the unit.", "violence and abuse"),
        ("A man died.", "death"),
        ("Restrained twice.", "restraint and seclusion"),
    ],
)
def test_a_reader_is_told_beforehand(text, held):
    assert note(text) == (
        f"This report holds people's accounts of {held}. Take the time and the support you need to read it."
    )
    assert note("All well.", text, kind="feedback")
    assert note("All well.", text, kind="account")


def test_several_are_told_in_one_sentence():
    assert "accounts of suicide and self-harm, and death. Take" in note("An overdose.", "He died.")
    many = note("An overdose. He died. She was restrained.")
    assert "accounts of suicide and self-harm, death, and restraint and seclusion. Take" in many


@pytest.mark.parametrize(
    "text",
    [
        "The visit was late.",
        "",
        "She studied grapes.",
        "An excluded diet.",
        "The substance misuse service rang.",
    ],
)
def test_nothing_is_told_where_there_is_nothing(text):
    assert note(text) == ""


def test_what_a_policy_says_is_no_ones_account():
    assert note("After a suicide staff must report the death.", kind="policy") == ""
