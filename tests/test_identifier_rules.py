"""Local patterns, dates down to the month, known identifiers, and what an offset means after them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thememiner.deidentifying import Rules, deidentify, mask, rules
from thememiner.deidentifying.masking import mask_together
from thememiner.deidentifying.months import month_of_iso
from thememiner.deidentifying.slips import Slips, one_slip
from thememiner.errors import InputError
from thememiner.records import RawDocument

LOCAL = rules((r"ZX\d{4}", r"BADGE=Q-[A-Z]{2}\d{2}"))
MONTH = Rules(dates="month")


def raw(text: str, **fields: object) -> RawDocument:
    return replace(
        RawDocument(kind="incident", text=text, reference="a.csv:2", source="a.csv", file_sha256="0"),
        **fields,
    )  # type: ignore[arg-type]


# ---------------------------------------------------------------- typed in many ways

TYPED = [
    ("NHS No 9 9 9 0 0 1 0 0 0 5 held", "NHS No [NHS NUMBER] held"),
    ("NHS no. 999 OO1 OOO5", "NHS no. [NHS NUMBER]"),
    ("H+C no 999-001-0005", "H+C no [NHS NUMBER]"),
    ("hosp num K 123456", "hosp num [HOSPITAL NUMBER]"),
    ("0012345 (MRN)", "[HOSPITAL NUMBER] (MRN)"),
    ("hosp nos K123456, K12345", "hosp nos [HOSPITAL NUMBER], [HOSPITAL NUMBER]"),
    ("AB 12 34\n56 C left", "[NATIONAL INSURANCE NUMBER] left"),
    ("GMC ref 123 4567", "GMC ref [PROFESSIONAL ID]"),
    ("NMC PIN 12 A 3456 E", "NMC PIN [PROFESSIONAL ID]"),
    ("HCPC reg. PYL 12345", "HCPC reg. [PROFESSIONAL ID]"),
    ("reg: k123 abc", "reg: [VEHICLE]"),
    ("car AIZ 1234 left", "car [VEHICLE] left"),
    ("passport 123 456 789", "passport [PASSPORT NUMBER]"),
    ("in e1 6an today", "in [POSTCODE] today"),
    ("at LS1\n4AP now", "at [POSTCODE] now"),
    ("at SO14 OAA now", "at [POSTCODE] now"),
    ("rang O113 496 OO12", "rang [PHONE]"),
    ("rang 07700 - 900 - 123", "rang [PHONE]"),
    ("rang +353 1 555 0123", "rang [PHONE]"),
    ("call x4521", "call [PHONE]"),
    ("ext no. (4521)", "ext no. ([PHONE])"),
    ("ann.other @ example.com", "[EMAIL]"),
    ("ann.other at example dot com", "[EMAIL]"),
    ("example.org/people/ann-other is hers", "[URL] is hers"),
    ("IP 2001:db8:0:1:2:3:4:5", "IP [IP ADDRESS]"),
    ("DOB: 03 05 1950", "DOB: [DATE OF BIRTH]"),
    ("03/05/1950 (DOB)", "[DATE OF BIRTH] (DOB)"),
    ("a ninety-three year old", "a [AGE OVER 89] year old"),
    ("94F fell", "[AGE OVER 89]F fell"),
    ("on her 95th birthday", "on her [AGE OVER 89]th birthday"),
    ("Flat C, 14 Birch St.", "[ADDRESS]."),
    ("Home address: Rose Cottage, Mill Lane, Exampleton.", "Home address: [ADDRESS]."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TYPED)
def test_an_identifier_is_masked_however_it_is_typed(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Serial no. 999 001 0005, SNOMED 9990010005",
        "Lot 21B1234S was recalled.",
        "On 01-02-2020 12 patients waited; 01.02.2020 1000 hrs",
        "Temp 98F, 98.6F; 95% of 92 checks; 94 minutes",
        "GOV.UK and nhs.uk say so",
        "3 tabs @ 10.30am, 2 @ 2.5mg.",
        "vit d3 1bd, in b1 2nd bed, c4 2hr",
        "FY23 NHS bodies; GCS 15, BMI 32 in the ambulance",
        "IP 4 patients; hip 2:1:3",
        "E-mail address: not given, see notes",
        "in 2007 Acacia Lane opened; lane 14 into lane one",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert mask(text).text == text


def test_a_number_that_fails_its_check_is_masked_and_counted() -> None:
    (document,) = deidentify([raw("NHS no 999 001 0007 and NHS no 999 001 0005. nino QQ123456C")])
    assert document.text == "NHS no [NHS NUMBER] and NHS no [NHS NUMBER]. nino [NATIONAL INSURANCE NUMBER]"
    assert document.mistyped == 2  # the first, and a prefix that is given to nobody


# ---------------------------------------------------------------- local patterns


def test_local_patterns_are_masked_under_their_kind() -> None:
    masked = mask("Card zx1234 and Q-AB12; not aZX1234, ZX123x.", LOCAL)
    assert masked.text == "Card [LOCAL NUMBER] and [BADGE]; not aZX1234, ZX123x."
    assert mask("Card ZX1234").text == "Card ZX1234"


def test_local_patterns_hold_for_every_field() -> None:
    (document,) = deidentify(
        [raw("ZX1234 fell", title="ZX1234", source="ZX1234.docx", reference="ZX1234", place="ZX1234")],
        rules=LOCAL,
    )
    assert "ZX1234" not in repr(document)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"Z[", "is no regular expression"),
        (r"(Z\d+)+X", "repeats without an end"),
        (r"Z\d*", "repeats without an end"),
        (r"\d{0,4}", "fewer than 3 characters"),
        (r"Z\d", "fewer than 3 characters"),
        (r"(Z|ZZ|ZZZ){1,30}X{3}", "too many ways"),
        (r"(\d{1,9}\d{1,9}){1,9}ABC", "too many ways"),
        (r"(ABC)\1", "refers back to a group"),
        ("A" * 201, "longer than 200"),
        (r"PERSON=ABC\d", "kind PERSON"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_named(pattern: str, why: str) -> None:
    with pytest.raises(InputError, match="local pattern") as error:
        rules((pattern,))
    assert why in str(error.value)
    assert pattern[:20] in str(error.value).replace("\\\\", "\\")


def test_a_pattern_that_is_taken_is_quick_on_the_worst_text() -> None:
    worst = rules((r"\d{1,9}[- ]?\d{1,9}X", r"A{0,30}(?:B|BB){0,4}\d{3}"))
    start = time.perf_counter()
    mask("1" * 50_000 + "AB" * 50_000, worst)
    assert time.perf_counter() - start < 10


def test_too_many_patterns_and_unknown_dates() -> None:
    with pytest.raises(InputError, match="51 local patterns"):
        rules(tuple(rf"ABC{n}" for n in range(51)))
    with pytest.raises(InputError, match="choose one of keep, month"):
        rules((), "year")


# ---------------------------------------------------------------- months

MONTHS = [
    ("On 12/03/2024 at 10:15.", "On March 2024 at 10:15."),
    ("on 12.3.24, then 2024-03-13T09:00", "on March 2024, then March 2024T09:00"),
    ("Tuesday 12th of March 2024 and March 13, 2024", "March 2024 and March 2024"),
    ("from 12 to 14 March", "from March"),
    ("on 1 Sept '23", "on September 2023"),
    ("on the 12-MAR-24", "on the March 2024"),
    ("DOB 12/03/1950, seen 12/03/2024", "DOB [DATE OF BIRTH], seen March 2024"),
    ("BP 120/80, 1.2.3, 4/15 and 45/13/2024; version 1.12.2; May 2024", None),
    ("may 12 people; 24/7; 10:15 on Tuesday", None),
]


@pytest.mark.parametrize(("text", "expected"), MONTHS)
def test_days_become_months_where_the_settings_say_so(text: str, expected: str | None) -> None:
    masked = mask(text, MONTH)
    assert masked.text == (expected or text)
    assert mask(masked.text, MONTH).text == masked.text
    assert mask(text).text.count("/2024") == text.count("/2024")  # kept by default


def test_offsets_hold_across_a_month() -> None:
    text = "Seen 12/03/2024. Fell."
    (document,) = deidentify([raw(text, parts=(("a", 0, 16), ("b", 17, 22)), date="2024-03-12")], rules=MONTH)
    assert [document.text[start:end] for _, start, end in document.parts] == ["Seen March 2024.", "Fell."]
    assert [(kind, document.text[start:end]) for kind, start, end in document.masks] == [
        ("DATE", "March 2024")
    ]
    assert document.date == "2024-03"
    assert month_of_iso("2024") == "2024"


# ---------------------------------------------------------------- known identifiers

KNOWN = (
    ("person", "Tavrel Ossingham"),
    ("person", "Dr B. Kay"),
    ("person", "Will Lunt"),
    ("date of birth", "1958-03-04"),
    ("number", "7654321"),
    ("phone", "01632 960123"),
    ("e-mail", "Tav@Example.com"),
    ("address", "Rose Cottage, 4 Mill Bank, Exampleton, LS1 4AP"),
)
FOUND = [
    ("Later Tavrel Ossingham slept.", "Later [PERSON 1] slept."),
    ("Tavrel slept; Ossingham's chart", "[PERSON 1] slept; [PERSON 1]'s chart"),
    ("Then Osingham, then Ossinghma, then Tavrell", "Then [PERSON 1], then [PERSON 1], then [PERSON 1]"),
    ("Ossignham and Okay", "[PERSON 1] and Okay"),
    ("Then Kay ate. B was absent.", "Then [PERSON 1] ate. B was absent."),
    ("Will ate. It will do.", "[PERSON 1] ate. It will do."),
    ("tavrel ossingham slept", "[PERSON 1] slept"),
    ("It said 4th March 1958 and 04.03.58", "It said [DATE OF BIRTH] and [DATE OF BIRTH]"),
    ("It said 4 March 1985", "It said 4 March 1985"),
    ("on 76 543-21, 7654312 and 765432", "on [NUMBER], [NUMBER] and [NUMBER]"),
    ("on 8654311", "on 8654311"),
    ("on the +441632960123 line", "on the [PHONE] line"),
    ("at Rose  Cottage or ls14ap", "at [ADDRESS] or [ADDRESS]"),
    ("in Exampleton", "in Exampleton"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_what_the_record_knows_is_masked(text: str, expected: str) -> None:
    assert mask_together([text], known=KNOWN)[0].text == expected


def test_a_known_person_has_one_number_with_a_found_one() -> None:
    text = "Mr Ossingham fell. Later Tavrel slept. Mrs Tester left. Kay ate."
    assert mask_together([text], known=KNOWN)[0].text == (
        "Mr [PERSON 1] fell. Later [PERSON 1] slept. Mrs [PERSON 2] left. [PERSON 3] ate."
    )


def test_known_identifiers_are_masked_in_titles_and_headings() -> None:
    (document,) = deidentify(
        [raw("Ate.", title="About Tavrel", parts=(("Seen: Ossingham", 0, 4),), known=KNOWN)]
    )
    assert (document.title, document.parts) == ("About [PERSON 1]", (("Seen: [PERSON 1]", 0, 4),))


@pytest.mark.parametrize("nobody", ["", "N/A", "unknown", "Staff", "-", "."])
def test_an_empty_column_knows_nobody(nobody: str) -> None:
    text = "Unknown staff were here. N/A."
    assert mask_together([text], known=tuple((sort, nobody) for sort, _ in KNOWN))[0].text == text


NAMES = st.text("abcdefgh", min_size=5, max_size=9)


@given(st.lists(NAMES, min_size=1, max_size=6), NAMES, st.data())
@settings(max_examples=300, deadline=None)
def test_slips_are_those_of_one_edit(known: list[str], word: str, data: st.DataObject) -> None:
    def edits(first: str) -> set[str]:
        cuts = [(first[:at], first[at:]) for at in range(len(first) + 1)]
        return {
            *(a + b[1:] for a, b in cuts if b),
            *(a + letter + b for a, b in cuts for letter in "abcdefgh"),
            *(a + letter + b[1:] for a, b in cuts if b for letter in "abcdefgh"),
            *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        }

    slips = Slips(known)
    near = sorted(name for name in known if word == name or word in edits(name))
    assert slips.nearest(word) == (word if word in known else near[0] if near else "")
    slipped = data.draw(st.sampled_from(sorted(edits(known[0]))))
    assert slips.nearest(slipped) != ""


def test_one_slip_is_no_more() -> None:
    assert one_slip("abcde", "abced")
    assert not one_slip("abcde", "badce")
    assert not one_slip("abcde", "abcd")


def test_known_identifiers_are_quick_to_look_for() -> None:
    text = "The 12 34 56 beds were Full at Xanthe today 1 2 3 4 5 6 7 8 9. " * 2000
    start = time.perf_counter()
    mask_together([text], known=KNOWN * 5)
    assert time.perf_counter() - start < 8


# ---------------------------------------------------------------- the kept command


def test_every_sort_is_found_and_decoys_stay(capsys: pytest.CaptureFixture[str]) -> None:
    from thememiner_evaluation import identifiers, known_identifiers

    assert identifiers.measure(200, show=2), capsys.readouterr().out
    assert known_identifiers.measure(60), capsys.readouterr().out


def test_the_kept_command_says_when_a_must_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    from thememiner.deidentifying import Masked
    from thememiner_evaluation import identifiers

    monkeypatch.setattr(identifiers, "mask", Masked)
    monkeypatch.setattr("sys.argv", ["identifiers", "--size", "5"])
    with pytest.raises(SystemExit) as left:
        identifiers.main()
    assert left.value.code == 1
    assert identifiers.wilson(5000, 5000)[0] > 0.999
