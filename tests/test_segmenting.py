"""Passages are slices of their document, and nothing of it is lost."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thememiner.records import Document
from thememiner.segmenting import FEWEST_WORDS, LONGEST, segment, sentences


def document(text: str, name: str = "d", **fields: object) -> Document:
    return Document(
        id=name, kind="incident", text=text, sha256="", reference="", source="", file_sha256="", **fields
    )  # type: ignore[arg-type]


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The ward was full.", "Nobody came."],
        ["Was it safe?", "It was not!", "Why?!", "We do not know."],
        ["Dr. Who gave approx. 2.5 mg at 10.30 a.m. to the patient in St. Mary's."],
        ["She left at 6 p.m.", "The ward was locked."],
        ["Give 0.5 mg i.e. half a tablet, vs. 500 mg before.", "Then stop."],
        ["See No. 5 and p. 12 of the plan.", "It is clear."],
        ["We asked J. K. Example about it.", "He agreed."],
        ["It was vitamin K.", "The dose was wrong."],
        ["She waited... and waited.", "Then she left..."],
        ["I waited....", "Nobody came."],
        ["She said, “I am in pain.”", "Nobody heard."],
        ["It was late (see above).", "(Nobody knew.)", "It ended."],
        ['"Is it safe?" she asked.', "It was."],
        ["lovely staff.", "would recommend to all"],
        ["Great!! :)", "Thank you."],
        ["It was done.[7]", "Then it ended."],
        ["1. Check the dose.", "2. Check the name."],
        ["a) the dose", "b) the name", "c) the time"],
        ["(i) the dose.", "(ii) the name."],
        ["• the dose", "• the name"],
        ["Clause 4.2.1 applies to 1,000 units.", "It is firm."],
        ["4.2. Duties of staff are set out here.", "They are few."],
        ["iv. The ward was full.", "Nobody came."],
        ["Table 2. Falls by ward and by month."],
        ["The bed is N°. 12 on the plan.", "It was free."],
        ["It was 37°.", "20 came in."],
        ["She was seen in ED.", "There was no bed."],
        ["It was edited by Ann Example, ed. The Wards."],
        ["SEE THE CHART, I.E. THE BACK OF IT."],
        # clinical shorthand, versions and addresses
        ["Give 2.5mg b.d. and p.r.n. as charted in No. 4, i.e. on the back.", "Then stop."],
        ["Use version 4.1, e.g. The Green Form, from www.example.org.", "It is short."],
        # a time ends its sentence before a capital, unless it opens it or a date goes on with it
        ["She left at 6 p.m.", "Visitors were still there."],
        ["At about 6 p.m. Nurse Example found him.", "He was cold."],
        ["The clinic is open from 9 a.m. Monday to Friday."],
        # a stop in a short bracket; a long one holds sentences of its own
        ["She died (1a. Sepsis) on the ward.", "It was late."],
        ["He was sent in (? Stroke) by ambulance.", "He was well."],
        ["(It was late.", "It was dark.)"],
        [
            "We waited (the lift had been out of use since Monday and no one had said.",
            "It was mended at last) and then went up.",
        ],
        # who is quoted stands in a bracket with the stop behind it
        ['The review says "the ward was never safe..." (Example 12).', "It is clear."],
        ["The leaflet says “Drink plenty.” [4].", "Few did."],
        ["She said “I am cold.”", "(Nobody heard.)", "It ended."],
        ["She said “I am cold.”", "(Nobody knew: the bay was dark) until noon."],
        ["It was late.", "(Nobody knew).", "It ended."],
        # a cry inside a name
        ["We joined the Think! campaign.", "It helped."],
        ["We were kept warm!", "would come again"],
        ["Great!", "would come again"],
        # lists that go on from another page, and people who are no list
        ["It went on.", "w) the dose", "x) the name", "y) the time"],
        ["The rest:", "w) the dose", "x) the name"],
        ["4. Check the dose", "5. Check the name"],
        ["1.Check the dose", "2.Check the name"],
        ["J. Example met K. Sample on the ward.", "It was late."],
        ["Copied．", "Then signed．"],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A wrapped line goes on\nhere. Next.", ["A wrapped line goes on\nhere.", "Next."]),
        ("Checks:\n- the dose\n- the name", ["Checks:", "- the dose", "- the name"]),
        ("1. Check the dose and\nthe name.\n2. Sign.", ["1. Check the dose and\nthe name.", "2. Sign."]),
        ("One thing\n\nAnother thing", ["One thing", "Another thing"]),
        ("One thing\n \t\nAnother thing", ["One thing", "Another thing"]),
        ("dose\tname\ttime", ["dose", "name", "time"]),
        ("Short heading\nThis line is a good deal longer than the heading is.",
         ["Short heading", "This line is a good deal longer than the heading is."]),
        ("  padded. Text  \n", ["padded.", "Text"]),
        ("Checks:\n1.The dose\n2.The name", ["Checks:", "1.The dose", "2.The name"]),
        ("The causes were:\n1a. Sepsis\n2. Old age", ["The causes were:", "1a. Sepsis", "2. Old age"]),
        ("Checks of the ward and of its stores\n7.The dose of every drug that is kept\n3.The name",
         ["Checks of the ward and of its stores", "7.The dose of every drug that is kept", "3.The name"]),
        # an item's line with room for the next word was ended by its writer, wherever the item began
        ("1. Check the dose of the new drug\nA nurse signed for it and then left",
         ["1. Check the dose of the new drug", "A nurse signed for it and then left"]),
        ("1. Check the dose with the senior\nRegistrar of the ward on the day",
         ["1. Check the dose with the senior\nRegistrar of the ward on the day"]),
        ("Agreed. a. the dose b. the new name\nA nurse signed for it and then went home",
         ["Agreed.", "a. the dose", "b. the new name", "A nurse signed for it and then went home"]),
    ],
)  # fmt: skip
def test_lines(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "parts",
    [
        ["It was done.", "Then it was undone."],
        ["They were short by 1,000.", "Nobody counted."],
        ["She waited in ED.", "The bay was full."],
        ["He was moved to bay 4.", "Nobody told us."],
        ["It was missed (and not once).", "Nobody knew."],
        ["(It was missed.)", "Nobody knew."],
        ["She said “I am cold.”", "Nobody came."],
        ["Why was it locked?", "Nobody knew."],
        ["It was given at 6 p.m.", "The chart was blank."],
        ["It was a Monday.", "Mr. Example was out."],
        ["It was not safe !", "It was dark."],
        ["The form was copied．", "It had been signed。", "By whom？", "２．５ mg was given．"],
        ["4.2.Duties of staff are set out here.", "They are few."],
    ],
)
def test_glued_sentences_are_cut(parts: list[str]) -> None:
    assert cut("".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Write to Ann.Example@example.org about the plan",
        "Look at https://example.org/Plan.Then.Now for the plan",
        "It was sent from an NHS.Net account",
        "It was v2.0 of the plan by J.Example",
        "The export says the patient ?Lost the keys",
        "We had no masks, 2.Gowns",
        "Take it b.d.Friday included",
    ],
)
def test_what_is_glued_and_no_sentence_is_whole(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Too short. But this one is long enough.", ["Too short. But this one is long enough."]),
        ("This one is long enough already. Too short.", ["This one is long enough already. Too short."]),
        (
            "Short one.\n\nThis one is long enough already.",
            ["Short one.", "This one is long enough already."],
        ),
        ("Just three words.\n\nFour.", ["Just three words.\n\nFour."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_fragments_join(text: str, expected: list[str]) -> None:
    assert [passage.text for passage in segment([document(text)])] == expected


def test_long_passages_are_cut_at_clauses() -> None:
    clause = "the dose of 1,000 units was given late, and 500 mg more; "
    passages = segment([document(clause * 60)])
    assert len(passages) > 1
    assert all(len(passage.text) <= LONGEST for passage in passages)
    assert all(passage.text.endswith(";") for passage in passages)
    assert all(len(passage.text) <= LONGEST for passage in segment([document("x" * 5_000)]))


def test_passages_know_where_they_stand() -> None:
    text = "The first answer is here now. The second answer is here now."
    middle = text.index("The second")
    found = segment(
        [
            document(
                text,
                organisation="Trust",
                voice="staff",
                parts=(("All", 0, len(text)), ("Question", middle, len(text))),
                sections=(("Form", 0, middle),),
                locations=(("page 1", 0, middle), ("page 2", middle, len(text))),
                voices=(("family or carer", middle, len(text)),),
            )
        ]
    )
    assert [(p.voice, p.heading, p.section, p.location) for p in found] == [
        ("staff", "All", "Form", "page 1"),
        ("family or carer", "Question", "", "page 2"),
    ]
    assert {(p.kind, p.organisation, p.document_id) for p in found} == {("incident", "Trust", "d")}
    assert found[1].id == f"d:{middle}-{len(text)}"


@pytest.mark.parametrize("piece", ["1. ", "a. B ", "• ", "a\n", "- x\n", "'(", "x\t", "(", "!)", "?Ab"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    began = time.process_time()
    segment([document("With words enough to stand alone: " + piece * 20_000)])
    assert time.process_time() - began < 10  # a square of the length would take minutes


def test_parts_are_never_crossed() -> None:
    text = "Yes\nNo\nNot known at all"
    parts = (("a", 0, 3), ("b", 4, 6), ("c", 7, len(text)))
    assert [p.text for p in segment([document(text, parts=parts)])] == ["Yes", "No", "Not known at all"]


# ---------------------------------------------------------------- laws

# Few letters, so that the same sentence comes again and again: a search for it would find the wrong one.
PIECES = st.sampled_from(
    ["a", "b", "A", "B ", " ", ".", ". ", "? ", "!", "\n", "\n\n", "1. ", "2. ", "(a) ", "- ", "• ",
     "\t", "0.5 mg ", "Dr. ", "a b a b a ", "…", '"', "\u200b", "é", "\x00", "\x85", ")", ":)", " | "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def spans(length: int) -> st.SearchStrategy[tuple[tuple[str, int, int], ...]]:
    """Stretches side by side, as parts are."""
    return st.lists(st.integers(0, length), max_size=4).map(
        lambda bounds: tuple(
            (f"s{at}", a, b)
            for at, (a, b) in enumerate(zip(sorted(bounds), sorted(bounds)[1:], strict=False))
        )
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(TEXTS)
    return document(
        text,
        draw(st.sampled_from("pqr")),
        parts=draw(spans(len(text))),
        sections=draw(spans(len(text))),
        voices=draw(spans(len(text))),
        locations=draw(spans(len(text))),
    )


@given(documents())
@settings(max_examples=500, deadline=None)
def test_passages_are_slices_and_nothing_is_lost(given_document: Document) -> None:
    text = given_document.text
    covered: Counter[int] = Counter()
    last = 0
    for passage in segment([given_document]):
        assert passage.text == text[passage.start : passage.end] == passage.text.strip()
        assert passage.text
        assert passage.id == f"{given_document.id}:{passage.start}-{passage.end}"
        assert last <= passage.start
        last = passage.end
        covered.update(range(passage.start, passage.end))
        for _, start, end in (*given_document.parts, *given_document.sections, *given_document.voices):
            assert not any(passage.start < bound < passage.end for bound in (start, end))
    assert all(
        covered[at] == (1 if not character.isspace() else covered[at]) for at, character in enumerate(text)
    )


@given(st.lists(documents(), max_size=3), st.lists(documents(), max_size=3))
@settings(max_examples=200, deadline=None)
def test_batches_do_not_matter(first: list[Document], second: list[Document]) -> None:
    assert segment(first + second) == segment(first) + segment(second)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_passage_has_enough_words_unless_its_paragraph_has_not(text: str) -> None:
    for passage in segment([document(text)]):
        if len(passage.text.split()) < FEWEST_WORDS:
            before, after = text[: passage.start], text[passage.end :]
            alone_before = (
                not before.strip()
                or "\n" in before[len(before.rstrip()) :]
                or "\x00" in before + passage.text
            )
            alone_after = (
                not after.strip() or "\n" in after[: len(after) - len(after.lstrip())] or "\x00" in after
            )
            assert alone_before
            assert alone_after
