"""Copied wording and the same event twice are marked, never cut; people's own words never are."""

from __future__ import annotations

import pytest

from thememiner.linking import link
from thememiner.records import Document, Kind, Mark, Passage

FORM = "This form must be completed and returned to the governance office"
STORY = (
    "He was due a visit on the Tuesday and nobody came to the house, so his neighbour rang the office and "
    "was told that the worker had gone and that somebody else would ring back by the end of that week."
)


def record(name: str, *texts: str, kind: Kind = "incident") -> tuple[Document, list[Passage]]:
    """A document of these sentences, and a passage for each."""
    whole = " ".join(texts)
    passages, at = [], 0
    for text in texts:
        passages.append(Passage(f"{name}:{at}-{at + len(text)}", name, at, at + len(text), text, kind))
        at += len(text) + 1
    return Document(name, kind, whole, "", "", "", ""), passages


def marks(*records: tuple[Document, list[Passage]]) -> dict[str, Mark]:
    found = link([d for d, _ in records], [p for _, ps in records for p in ps])
    assert len({m.passage_id for m in found}) == len(found)
    return {m.passage_id: m for m in found}


def forms(n: int, kind: Kind = "incident", text: str = FORM) -> list[tuple[Document, list[Passage]]]:
    return [
        record(f"{kind}{i:03}", f"Matter {chr(97 + i % 26)} {i} was raised.", text, kind=kind)
        for i in range(n)
    ]


def boilerplate(*records: tuple[Document, list[Passage]]) -> set[str]:
    return {m.passage_id for m in marks(*records).values() if m.sort == "boilerplate"}


def test_nothing_given_nothing_marked():
    assert link([], []) == []
    assert marks(record("a", STORY)) == {}


@pytest.mark.parametrize("kind", ["incident", "policy", "account"])
def test_wording_that_six_documents_share_is_boilerplate(kind):
    documents = forms(6, kind)
    assert boilerplate(*documents) == {passages[1].id for _, passages in documents}


@pytest.mark.parametrize("kind", ["incident", "policy", "account"])
def test_wording_that_five_documents_share_is_not(kind):
    assert boilerplate(*forms(5, kind)) == set()


def test_in_a_large_corpus_it_takes_a_share_of_the_documents():
    rest = [
        record(f"z{i:03}", " ".join(f"word{chr(97 + i % 26)}{chr(97 + i // 26)}{j}x" for j in range(8)))
        for i in range(400 - 7)
    ]
    assert boilerplate(*forms(7), *rest) == set()  # 7 of 400 is less than a fiftieth
    assert len(boilerplate(*forms(8), *rest[:392])) == 8


def test_comments_are_never_boilerplate_nor_repeats():
    comments = [record(f"c{i}", STORY, FORM, kind="feedback") for i in range(12)]
    assert marks(*comments) == {}


def test_each_kind_is_judged_by_its_own():
    documents = [*forms(3, "incident"), *forms(3, "policy")]
    assert boilerplate(*documents) == set()
    assert boilerplate(*forms(9, "feedback"), *forms(1, "policy")) == set()


def test_numbers_and_masks_in_a_form_do_not_hide_it():
    documents = [
        record(f"d{i}", word, f"Reference {i * 37} was closed by [PERSON {i}] without any further review")
        for i, word in enumerate(("Fell.", "Lost.", "Late.", "Cold.", "Torn.", "Wet."))
    ]
    assert len(boilerplate(*documents)) == 6


def test_a_sentence_with_a_form_phrase_in_it_is_not_boilerplate():
    own = f"{FORM} but she could not read it and nobody on the unit would help her to fill it in all day"
    found = boilerplate(*forms(6), record("own", own))
    assert "own:0-" + str(len(own)) not in found
    assert len(found) == 6


def test_a_sentence_of_fewer_than_five_words_is_never_boilerplate():
    documents = [record(f"d{i}", "No harm was done.") for i in range(20)]
    assert boilerplate(*documents) == set()


def test_an_incident_exported_twice_is_one_event():
    first, again = (
        record("a", STORY, "The visit was rebooked."),
        record("b", STORY, "The visit was rebooked."),
    )
    found = marks(first, again)
    assert found == {
        again[1][0].id: Mark(again[1][0].id, "repeat", first[1][0].id),
        again[1][1].id: Mark(again[1][1].id, "repeat", first[1][1].id),
    }


def test_case_points_and_spaces_do_not_hide_a_repeat():
    again = record("b", STORY.upper().replace(",", " -"))
    assert [m.sort for m in marks(record("a", STORY), again).values()] == ["repeat"]


def test_one_dose_or_another_is_another_event():
    assert marks(record("a", f"{STORY} He had 12.5 mg."), record("b", f"{STORY} He had 1.25 mg.")) == {}


def test_short_narratives_in_the_same_words_are_many_events():
    assert (
        marks(record("a", "Patient fell in the bathroom."), record("b", "Patient fell in the bathroom."))
        == {}
    )


@pytest.mark.parametrize("kind", ["policy", "account", "feedback"])
def test_only_incidents_are_one_event(kind):
    assert marks(record("a", STORY, kind=kind), record("b", STORY, kind=kind)) == {}


def test_a_comment_in_the_words_of_an_incident_is_a_voice_of_its_own():
    assert marks(record("a", STORY), record("b", STORY, kind="feedback")) == {}


def test_one_event_exported_many_times_does_not_become_boilerplate():
    copies = [record(f"d{i}", STORY) for i in range(9)]
    found = marks(*copies)
    assert copies[0][1][0].id not in found
    assert {m.sort for m in found.values()} == {"repeat"}
    assert len(found) == 8
    assert {m.of for m in found.values()} == {copies[0][1][0].id}


def test_a_repeat_cut_elsewhere_is_marked_without_its_twin():
    whole = record("a", STORY)
    half = STORY.index(" so his")
    pieces = record("b", STORY[:half], STORY[half + 1 :])
    assert {(m.sort, m.of) for m in marks(whole, pieces).values()} == {("repeat", "")}


def test_marks_name_passages_that_there_are_and_change_none():
    documents = [*forms(7), record("x", STORY), record("y", STORY)]
    before = [p for _, ps in documents for p in ps]
    copies = list(before)
    found = link([d for d, _ in documents], before)
    assert before == copies
    assert {m.passage_id for m in found} <= {p.id for p in before}


def test_the_order_of_passages_within_the_corpus_does_not_matter():
    documents = [
        *forms(7),
        record("x", STORY, "It ended well for all."),
        record("y", STORY, "It ended well for all."),
    ]
    passages = [p for _, ps in documents for p in ps]
    straight = link([d for d, _ in documents], passages)
    mixed = link([d for d, _ in documents], passages[::-1])
    assert sorted(map(str, straight)) == sorted(map(str, mixed))


def test_generators_are_taken():
    documents = forms(6)
    assert len(link((d for d, _ in documents), (p for _, ps in documents for p in ps))) == 6
