"""Every identifier has a table of texts; the laws of masking are properties."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thememiner.deidentifying import Masked, deidentify, identify, mask, number_repeats
from thememiner.deidentifying.numbers import (
    driving_licence_is_valid,
    national_insurance_number_is_valid,
    nhs_number_is_valid,
)
from thememiner.records import RawDocument

# (text, text with its masks). Numbers are from ranges that are never given to anybody: NHS numbers from
# 999, telephone numbers from Ofcom's ranges for drama.
NUMBERS = [
    ("NHS number: 999 123 4560 given.", "NHS number: [NHS NUMBER] given."),
    ("Sample of 999-001-0005 lost.", "Sample of [NHS NUMBER] lost."),
    ("Sample of 9990010005 lost.", "Sample of [NHS NUMBER] lost."),
    ("NHS9990010005", "NHS[NHS NUMBER]"),
    ("NHS no. 999\n001 0005.", "NHS no. [NHS NUMBER]."),
    ("NHS no. 999\u2013001\u20130005.", "NHS no. [NHS NUMBER]."),
    ("NHS no. 999\u00a0001\u00a00005.", "NHS no. [NHS NUMBER]."),
    ("NHS no. \uff19\uff19\uff190010005.", "NHS no. [NHS NUMBER]."),
    ("NHS no. 999\u200b0010\u200b005.", "NHS no. [NHS NUMBER]."),
    ("NHS no. 999 001 0007 (mistyped)", "NHS no. [NHS NUMBER] (mistyped)"),
    ("CHI number 999 001 0007", "CHI number [NHS NUMBER]"),
    ("H&C no 999 001 0007", "H&C no [NHS NUMBER]"),
    ("NI number QQ 12 34 56 C", "NI number [NATIONAL INSURANCE NUMBER]"),
    ("nino qq123456", "nino [NATIONAL INSURANCE NUMBER]"),
    ("It was AB123456C then.", "It was [NATIONAL INSURANCE NUMBER] then."),
    ("Hospital number K123456.", "Hospital number [HOSPITAL NUMBER]."),
    ("MRN: 0012345", "MRN: [HOSPITAL NUMBER]"),
    ("hosp no: RX1234567", "hosp no: [HOSPITAL NUMBER]"),
    ("Incident number INC-2023-1234", "Incident number [INCIDENT NUMBER]"),
    ("Datix ref W765432", "Datix ref [INCIDENT NUMBER]"),
    ("GMC 1234567", "GMC [PROFESSIONAL ID]"),
    ("GPhC number: 2012345", "GPhC number: [PROFESSIONAL ID]"),
    ("NMC PIN 12A3456E", "NMC PIN [PROFESSIONAL ID]"),
    ("nmc 12a3456e", "nmc [PROFESSIONAL ID]"),
    ("HCPC PA12345", "HCPC [PROFESSIONAL ID]"),
    ("passport 123456789", "passport [PASSPORT NUMBER]"),
    ("Passport no. AB1234567", "Passport no. [PASSPORT NUMBER]"),
    ("licence ABCDE657054AB9CD shown", "licence [DRIVING LICENCE] shown"),
    ("Car reg AB12 CDE.", "Car reg [VEHICLE]."),
    ("the ambulance ab12cde came", "the ambulance [VEHICLE] came"),
    ("vehicle K123 ABC", "vehicle [VEHICLE]"),
]
CONTACTS = [
    ("at LS1 4AP now", "at [POSTCODE] now"),
    ("lives at ls14ap", "lives at [POSTCODE]"),
    ("postcode: ec1a 1bb", "postcode: [POSTCODE]"),
    ("on 07700 900123", "on [PHONE]"),
    ("on 07700900123.", "on [PHONE]."),
    ("on +44 7700 900123", "on [PHONE]"),
    ("on +44 (0)1632 960123", "on [PHONE]"),
    ("on (01632) 960123", "on [PHONE]"),
    ("on 01632 960 123", "on [PHONE]"),
    ("on 020 7946 0123", "on [PHONE]"),
    ("tel 960123", "tel [PHONE]"),
    ("ext. 4521, dect 2341", "ext. [PHONE], dect [PHONE]"),
    ("to ann.other@example.com.", "to [EMAIL]."),
    ("to ann.other [at] example [dot] com", "to [EMAIL]"),
    ("see https://example.com/a?b=c.", "see [URL]."),
    ("see www.example.com", "see [URL]"),
    ("from 192.168.100.7", "from [IP ADDRESS]"),
    ("IP address 10.0.0.1", "IP address [IP ADDRESS]"),
]
DATES = [
    ("DOB 01/02/1950", "DOB [DATE OF BIRTH]"),
    ("d.o.b. 1950-02-01", "d.o.b. [DATE OF BIRTH]"),
    ("Date of birth: 1st February 1950", "Date of birth: [DATE OF BIRTH]"),
    ("was born on 3 May 1950.", "was born on [DATE OF BIRTH]."),
    ("born 1950", "born [DATE OF BIRTH]"),
    ("aged 92", "aged [AGE OVER 89]"),
    ("a 101-year-old man", "a [AGE OVER 89]-year-old man"),
    ("Aged 93.", "Aged [AGE OVER 89]."),
]
ADDRESSES = [
    ("of 12 Acacia Avenue, she", "of [ADDRESS], she"),
    ("at Flat 3, 14a High Street.", "at [ADDRESS]."),
    ("to 9 Elm Tree Close, Exampleton LS1 4AP today", "to [ADDRESS] today"),
    ("at 55 acacia lane", "at [ADDRESS]"),
]
PEOPLE = [
    ("Mr Example came.", "Mr [PERSON 1] came."),
    ("Mrs. Zoe Example-O'Tester came.", "Mrs. [PERSON 1] came."),
    ("Prof A. B. Example", "Prof [PERSON 1]"),
    ("Dr van der Example", "Dr [PERSON 1]"),
    ("Dr\nExample", "Dr\n[PERSON 1]"),
    ("Sgt Example and PC Tester", "Sgt [PERSON 1] and PC [PERSON 2]"),
    ("mr example said so", "mr [PERSON 1] said so"),
    ("MR EXAMPLE CAME", "MR [PERSON 1] CAME"),
    ("CPN Zoe Example rang", "CPN [PERSON 1] rang"),
    ("my son Zebedee fell; then Zebedee slept", "my son [PERSON 1] fell; then [PERSON 1] slept"),
    ("a nurse named Zebedee", "a nurse named [PERSON 1]"),
    ("the death of Zoe EXAMPLE. Ms Example", "the death of [PERSON 1]. Ms [PERSON 1]"),
    ("Mr Example's wife. Later Example left.", "Mr [PERSON 1]'s wife. Later [PERSON 1] left."),
    ("Thanks to Zoe, Zebedee and Tess", "Thanks to [PERSON 1], [PERSON 2] and [PERSON 3]"),
    ("Zoe Example RN spoke", "[PERSON 1] RN spoke"),
    ("Zoe Example, a paramedic, spoke", "[PERSON 1], a paramedic, spoke"),
    ("EXAMPLE, Zoe (DOB 1/2/1950)", "[PERSON 1] (DOB [DATE OF BIRTH])"),
    ("seen by Zoe Example", "seen by [PERSON 1]"),
    (
        "Mr Ivy came. Ivy Ward was full. Ivy was ill.",
        "Mr [PERSON 1] came. Ivy Ward was full. [PERSON 1] was ill.",
    ),
    ("Mr Young fell. Young people were there.", "Mr [PERSON 1] fell. Young people were there."),
    ("Mr Parkinson has Parkinson's disease.", "Mr [PERSON 1] has Parkinson's disease."),
    ("[PERSON 3] met Mr Example", "[PERSON 3] met Mr [PERSON 4]"),
    ("It was planned to transfer Will to a ward", "It was planned to transfer [PERSON 1] to a ward"),
    ("They sent Faith back to the unit.", "They sent [PERSON 1] back to the unit."),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS + CONTACTS + DATES + ADDRESSES + PEOPLE)
def test_identifiers_are_masked(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Given 0.5 mg, not 500 mg; 2 x 500 mg; 1,000 units at 10.30 a.m.",
        "BP 120/80, NEWS2 5, GCS 15, SpO2 94%, Na 138, K 4.2, eGFR 55, BM 9.4",
        "On 12/03/2021 and 4 May 2020 she was seen at 04:21; born at 04:21.",
        "My baby was born in October. 2 visits followed.",
        "Parkinson's disease, Crohn's disease, Bell's palsy, the Glasgow Coma Scale.",
        "She had an MR scan. MR Angiography was normal. The MS Society helped.",
        "Clause 4.2.1 and 1.2.3.4, section 117 of the Mental Health Act 1983.",
        "Policy number 01234 567 890. ISBN 9781234567897.",
        "Ivy Ward and Larch Ward were full. St Luke's Hospital was called.",
        "The Nurse in Charge told the Ward Manager. Patient Safety Incident Response Framework.",
        "Nurse Practitioner. Consultant Psychiatrist. Patient Care Plan. Carer Support Team.",
        "They will move August to September, and transfer Trust to trust. Send Hope House to all.",
        "Will try again. May be late. Thank you all. Thank God.",
        "5 minutes down the road. 2 nurses on the way. 8 units insulin. Bed 7.",
        "He was aged 85; 95% of people waited 90 minutes.",
        "Call 111 or 999. Obs at 0800 1200 1600 2000.",
        "SNOMED 1234567890123. Serial 1234567890. T12 fracture, L5.",
        "Datix 7 sent, Datix of 2023. Ref 4.2. Bleep 2341, then bleep 4410.",
    ],
)
def test_decoys_survive(text: str) -> None:
    assert mask(text) == Masked(text)


def test_checksums() -> None:
    assert nhs_number_is_valid("999 001 0005")
    assert not nhs_number_is_valid("999 001 0007")
    assert not nhs_number_is_valid("0000000000")
    assert not nhs_number_is_valid("999")
    assert national_insurance_number_is_valid("AB 12 34 56 C")
    assert not national_insurance_number_is_valid("BG123456C")
    assert driving_licence_is_valid("ABCDE657054AB9CD")
    assert not driving_licence_is_valid("ABCDE699994AB9CD")


def test_one_person_has_one_number_in_the_whole_document() -> None:
    masked = mask(
        "Dr Tester saw Mr Example. Mrs Example wept. Zoe Example left; Zoe came back. Tester wrote."
    )
    assert masked.text == (
        "Dr [PERSON 1] saw Mr [PERSON 2]. Mrs [PERSON 2] wept. [PERSON 2] left; [PERSON 2] came back. "
        "[PERSON 1] wrote."
    )


# ---------------------------------------------------------------- laws

PIECES = st.lists(
    st.sampled_from(
        ["a", "Mr Xy", "999 001 0005", "DOB 1/2/50", "\n\n", " ", ".", "\u200b", "\u2013", "é", "Xy",
         "0.5 mg", "a@b.uk", "LS1 4AP", "\x00", "aged 91", "my son Wz", "(", "NHS", "\t"]
    ),
    max_size=14,
)  # fmt: skip
TEXTS = PIECES.map("".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_what_is_not_masked_stays_as_it_was(text: str) -> None:
    masked = mask(text)
    old = new = 0
    for (kind, start, end), (first, last) in zip(masked.masks, masked.cuts, strict=True):
        assert masked.text[new:start] == text[old:first]
        assert masked.text[start:end] == f"[{kind}]"
        assert first < last
        old, new = last, end
    assert masked.text[new:] == text[old:]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_offsets_move_with_the_text(text: str) -> None:
    masked = mask(text)
    inside = {offset for start, end in masked.cuts for offset in range(start, end)}
    moved = [masked.moved(offset) for offset in range(len(text) + 1)]
    assert moved == sorted(moved)
    assert moved[-1] == len(masked.text)
    assert all(masked.text[moved[at]] == text[at] for at in range(len(text)) if at not in inside)


@given(PIECES.map(" ".join))
@settings(max_examples=200, deadline=None)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


def raw(text: str, **fields: object) -> RawDocument:
    return replace(
        RawDocument(
            kind="incident", text=text, reference="file.csv, row 2", source="file.csv", file_sha256="0"
        ),
        **fields,
    )  # type: ignore[arg-type]


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
@settings(max_examples=100, deadline=None)
def test_batches_do_not_matter(first: list[str], second: list[str]) -> None:
    a, b = [raw(text) for text in first], [raw(text) for text in second]
    assert deidentify(a + b) == deidentify(a) + deidentify(b)


@given(TEXTS, st.data())
@settings(max_examples=200, deadline=None)
def test_spans_are_moved_and_stay_apart(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=4)))
    spans = tuple(
        (f"part {at}", a, b) for at, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(text)], strict=True))
    )
    (document,) = deidentify([raw(text, parts=spans, voices=spans, locations=spans)])
    assert document.parts == document.voices == document.locations
    assert "".join(document.text[start:end] for _, start, end in document.parts) == document.text


def test_every_field_is_de_identified() -> None:
    document = raw(
        "Question one.\n\nMr Example rang 07700 900123.",
        reference="MRN 0012345",
        source="Dr Example.docx",
        title="Statement of Mr Example",
        organisation="Dr Tester and Partners",
        place="12 Acacia Avenue",
        team="Team of Mrs Tester",
        parts=(("Care by Zoe Example", 0, 13), ("Contact ann@example.com", 15, 44)),
        sections=(("Part of Mr Example", 0, 44),),
        locations=(("sheet Mrs Tester, row 4", 0, 44),),
        voices=(("family or carer", 15, 44),),
        blanks=(("Section", "What did Mr Example say?"),),
    )
    (found,) = deidentify([document])
    assert found.text == "Question one.\n\nMr [PERSON 1] rang [PHONE]."
    assert found.reference == "id-" + hashlib.sha256(b"MRN 0012345").hexdigest()[:12]
    assert found.title == "Statement of Mr [PERSON 1]"
    assert found.parts == (("Care by [PERSON 1]", 0, 13), ("Contact [EMAIL]", 15, len(found.text)))
    assert found.voices == (("family or carer", 15, len(found.text)),)
    assert found.blanks == (("Section", "What did Mr [PERSON 1] say?"),)
    assert not re.search("Example|Tester|Acacia|ann@", repr(found))


def test_redaction_can_be_left_out() -> None:
    (found,) = deidentify([raw("Mr Example", title="Mr Example")], redact=False)
    assert (found.text, found.title, found.masks) == ("Mr Example", "Mr Example", ())
    assert found.id == identify("incident", "Mr Example")


def test_ids_are_of_the_reference_or_the_text() -> None:
    own, text = deidentify([raw("Mr Example", reference="LFPSE-1", own_reference=True), raw("Mr Example")])
    assert own.id == hashlib.sha256(b"incident\nLFPSE-1").hexdigest()[:16]
    assert text.id == hashlib.sha256(b"incident\nMr [PERSON 1]").hexdigest()[:16]
    assert text.sha256 == hashlib.sha256(b"Mr [PERSON 1]").hexdigest()
    assert text.reference == "file.csv, row 2"


@given(st.permutations(range(5)))
def test_repeats_are_numbered_whatever_the_order(order: list[int]) -> None:
    documents = deidentify([raw("same", date=date) for date in "abc"] + [raw("other"), raw("else")])
    ids = {document: document.id for document in documents}
    numbered = number_repeats([documents[place] for place in order])
    by_date = {(document.text, document.date): document.id for document in numbered}
    base = identify("incident", "same")
    assert [by_date["same", date] for date in "abc"] == [base, f"{base}~2", f"{base}~3"]
    assert [document.text for document in numbered] == [documents[place].text for place in order]
    assert number_repeats(numbered) == numbered
    assert by_date["other", ""] == ids[documents[3]]


def test_the_text_does_not_leak_from_a_raw_document() -> None:
    assert "Example" not in repr(raw("Mr Example"))
