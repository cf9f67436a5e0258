"""Front matter of notes is no evidence; what people say is never taken for it."""

from __future__ import annotations

import pytest

from thememiner.embedding import digest
from thememiner.frontmatter import set_aside
from thememiner.records import Document
from thememiner.segmenting import segment

SAID = "Nobody rang me back when the minibus broke down."


def note(text: str, **fields) -> Document:
    return Document(
        "d",
        **({"kind": "account"} | fields),
        text=text,
        sha256=digest(text),
        reference="",
        source="",
        file_sha256="",
    )


def aside(document: Document) -> list[str]:
    kept, out = set_aside([document], segment([document]))
    assert sorted([*kept, *out], key=lambda p: p.start) == segment([document])
    return [p.text for p in out]


@pytest.mark.parametrize(
    "line",
    [
        "Present: the garden manager, two cooks and the treasurer.",
        "PRESENT - A. Larch (chair), B. Rowan, two members of the public",
        "In attendance: a note taker, and by telephone at ten a cook.",
        "Apologies: the head gardener and the caretaker of the hall.",
        "Apologies were received from the head gardener and the caretaker.",
        "These notes are confidential to the people who were in the room.",
        "This record is a summary and not a verbatim account of the day.",
        "The minutes of this meeting should not be forwarded without permission.",
        "These rough notes do not represent the views of the garden club.",
        "Date: Tuesday 3 May, at two in the afternoon",
    ],
)
@pytest.mark.parametrize("kind", ["account", "feedback"])
def test_who_was_there_and_what_a_document_says_of_itself_is_no_evidence(line, kind):
    found = aside(note(f"{line}\n\n{SAID}", kind=kind))
    assert " ".join(found) == line


@pytest.mark.parametrize(
    "line",
    [
        "At present there are two cooks for the whole of the garden.",
        "Presents were given to the cooks by the treasurer of the club.",
        "Notes my nurse keeps are confidential and that reassured me a lot.",
        "They wrote a summary and shared it with my whole family.",
        "I was told that these notes are confidential and I could not see them.",
        "The report of the fire was late and the record said nothing useful.",
        "We had no apologies from anybody for the cold dinners.",
        "Time and again the minibus left without the two of us.",
        "The place is hard to find and the bus stops far away.",
        "It is confidential, they said, and put the telephone down on me.",
    ],
)
def test_what_people_say_is_kept(line):
    assert aside(note(f"{line}\n\n{SAID}", kind="feedback")) == []


def test_a_notice_goes_on_in_its_own_paragraph_only():
    text = (
        "These notes are a summary of what was said. They should not be copied or passed on to others. "
        "Nine people came and the soup was cold.\n\nThey should not be passed on to three teams in a week."
    )
    assert aside(note(text)) == [
        "These notes are a summary of what was said.",
        "They should not be copied or passed on to others.",
    ]


@pytest.mark.parametrize(
    "line", ["Apologies were received from the cook.", "Present: two cooks and a driver."]
)
def test_what_stands_behind_a_line_of_attendance_is_kept(line):
    assert aside(note(f"{line} {SAID}")) == [line]


def test_a_list_under_its_heading_ends_where_sentences_begin():
    text = f"The head gardener of the club, in person\n\nA cook from the kitchen on the hill\n\n{SAID}"
    document = note(text, parts=(("1. Attendees", 0, len(text)),))
    assert aside(document) == text.split("\n\n")[:2]


def test_a_voice_that_a_heading_gave_does_not_make_a_notice_someones_words():
    line = "These notes are confidential to the people who were in the room."
    text = f"{line}\n\n{SAID}"
    assert aside(note(text, kind="feedback", voices=(("family or carer", 0, len(text)),))) == [line]
    # but what someone says under the heading "Participants" is theirs
    told = "We rang and rang, and then we gave up and walked"
    under = note(told, voices=(("staff", 0, len(told)),), parts=(("Participants", 0, len(told)),))
    assert aside(under) == []


def test_a_row_an_answer_and_other_kinds_have_none():
    line = "Present: the garden manager, two cooks and the treasurer."
    assert aside(note(line)) == [line]
    assert aside(note(line, locator="row 7")) == []
    assert aside(note(line, form=True)) == []
    assert aside(note(line, kind="incident")) == []
    assert aside(note(line, kind="policy")) == []


def test_it_stands_at_the_front_or_not_at_all():
    line = "These notes are confidential to the people who were in the room."
    assert aside(note(f"{SAID}\n\n" * 40 + line)) == []
