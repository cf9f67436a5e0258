"""What is not English is found and left to a person; short and terse English is never taken for it."""

from __future__ import annotations

import pytest

from thememiner.languages import is_foreign, set_aside
from thememiner.records import Passage

FOREIGN = (
    "Nie otrzymałam wyników badań i nikt do mnie nie zadzwonił.",
    "Mae'r staff yn garedig iawn ond roedd yr aros yn hir.",
    "No pude hablar con la enfermera porque no había intérprete.",
    "Mi-au spus că trebuie să aștept pentru rezultate.",
    "L'attente était très longue et je n'ai pas compris.",
    "Waan sugay laakiin ma jirin turjubaan oo aad ayaan u daalay.",
    "انتظرت طويلا في قسم الطوارئ ولم يأت أحد",
    "ਮੈਨੂੰ ਬਹੁਤ ਉਡੀਕ ਕਰਨੀ ਪਈ",
    "我等了很久才看到医生",
)
ENGLISH = (
    "The Żywiec clinic rang Mrs Łukasz about the appointment.",
    "Pt DNA x3, letter sent, GP informed",
    "ALL THE STAFF WERE KIND",
    "de-escalation, la la la",
    "Très bien",
    "👍👍👍",
    "BP 120/80, SpO2 94 %, temp 38.1, NEWS 5",
    "je ne",
    "café au lait was nice",
    "",
    "   ",
)


def said(*texts: str, home: str = "d") -> list[Passage]:
    return [Passage(f"{home}:{i}-{i + 1}", home, i, i + 1, t, "feedback") for i, t in enumerate(texts)]


@pytest.mark.parametrize("text", FOREIGN)
def test_what_is_not_english_is_found(text):
    assert is_foreign(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_never_taken_for_anything_else(text):
    assert not is_foreign(text)


def test_short_passages_go_with_a_document_that_is_not_english():
    kept, foreign = set_aside([*said(FOREIGN[0], "Dziękuję bardzo"), *said("Merci", ENGLISH[0], home="e")])
    assert [p.text for p in foreign] == [FOREIGN[0], "Dziękuję bardzo"]
    assert [p.text for p in kept] == ["Merci", ENGLISH[0]]


def test_a_letter_in_two_languages_loses_only_the_other_one():
    kept, foreign = set_aside(said(FOREIGN[1], ENGLISH[0], "Thank you"))
    assert [p.text for p in foreign] == [FOREIGN[1]]
    assert len(kept) == 2
