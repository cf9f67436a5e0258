"""Identifiers as terse notes write them: what no label announces, and what only looks like it.

Numbers are from ranges that are given to nobody where there are such ranges; names and places are invented,
but for towns of the shipped list.
"""

from __future__ import annotations

import time

import pytest

from thememiner.deidentifying import Masked, mask

AGES = [
    ("Mrs Quill (97) fell", "Mrs [PERSON 1] ([AGE OVER 89]) fell"),
    ("Mr Quill, 94, fell", "Mr [PERSON 1], [AGE OVER 89], fell"),
    ("Mr Quill, retired baker, 93, fell", "Mr [PERSON 1], retired baker, [AGE OVER 89], fell"),
    ("Mrs Quill 96, chest pain", "Mrs [PERSON 1] [AGE OVER 89], chest pain"),
    ("Mrs Quill (ninety-four) slept", "Mrs [PERSON 1] ([AGE OVER 89]) slept"),
    ("[PERSON 3] (95) fell", "[PERSON 3] ([AGE OVER 89]) fell"),
    ("she's 93 now; he is only 91", "she's [AGE OVER 89] now; he is only [AGE OVER 89]"),
    ("my nan, 94, waited", "my nan, [AGE OVER 89], waited"),
    ("he'll be 100 in May", "he'll be [AGE OVER 89] in May"),
    ("F, 98, from home", "F, [AGE OVER 89], from home"),
    ("female, 97", "female, [AGE OVER 89]"),
    ("a gentleman of 96", "a gentleman of [AGE OVER 89]"),
    ("94/F with a cough", "[AGE OVER 89]/F with a cough"),
    ("found, 90+, in a coat", "found, [AGE OVER 89], in a coat"),
    ("DOB 17/11/1930, 94, frail", "DOB [DATE OF BIRTH], [AGE OVER 89], frail"),
    ("I am a hundred and two", "I am [AGE OVER 89]"),
    ("Mrs Quill walked here alone at 91.", "Mrs [PERSON 1] walked here alone at [AGE OVER 89]."),
]
BIRTHS = [
    ("Quillo twin b. 17 Nov 2021", "Quillo twin b. [DATE OF BIRTH]"),
    ("(b 17/11/48)", "(b [DATE OF BIRTH])"),
    ("17.11.48 DOB", "[DATE OF BIRTH] DOB"),
    ("DOB on record is 1948/11/17", "DOB on record is [DATE OF BIRTH]"),
    ("DOB given as 17-11-48", "DOB given as [DATE OF BIRTH]"),
    ("Mrs Quill (17/11/1948) fell", "Mrs [PERSON 1] ([DATE OF BIRTH]) fell"),
    ("Mr Quill, 82, 17.11.48, fell", "Mr [PERSON 1], 82, [DATE OF BIRTH], fell"),
    ("in Mrs Quill's notes, 17/11/1948.", "in Mrs [PERSON 1]'s notes, [DATE OF BIRTH]."),
    ("NHS 999 001 0005, 17/11/1948", "NHS [NHS NUMBER], [DATE OF BIRTH]"),
    ("born on the third of May nineteen fifty and well", "born on the [DATE OF BIRTH] and well"),
    ("date of birth fourth of the fifth sixty-two", "date of birth [DATE OF BIRTH]"),
]
RECORDS = [
    ("RiO 4471902", "RiO [REFERENCE NUMBER]"),
    ("Datix 447190 and Datix W447190", "Datix [REFERENCE NUMBER] and Datix [REFERENCE NUMBER]"),
    ("hospital QXH447190", "hospital [REFERENCE NUMBER]"),
    ("hosp no RQX 44 71 90", "hosp no [HOSPITAL NUMBER]"),
    ("Our ref QX/31/4471.", "Our ref [REFERENCE NUMBER]."),
    ("claim QXR/M31/4471", "claim [REFERENCE NUMBER]"),
    ("filed as job QX-447190", "filed as job [REFERENCE NUMBER]"),
    ("prison no. A4471QX", "prison no. [REFERENCE NUMBER]"),
    ("TB no QX-44719", "TB no [REFERENCE NUMBER]"),
    ("then M31-4471 and DQS-44719", "then [REFERENCE NUMBER] and [REFERENCE NUMBER]"),
]
PAPERS = [
    ("passport E44719012", "passport [PASSPORT NUMBER]"),
    ("came on a passport, no. QX447190", "came on a passport, no. [PASSPORT NUMBER]"),
    ("PH44719 and ODP44719", "[PROFESSIONAL ID] and [PROFESSIONAL ID]"),
    ("the paramedic, PA4471", "the paramedic, [PROFESSIONAL ID]"),
    ("yard: AB12 CDE and XK71ZZR", "yard: [VEHICLE] and [VEHICLE]"),
    ("drives K447 QXY", "drives [VEHICLE]"),
    ("from 10.20.30.44 and 192.0.2.7", "from [IP ADDRESS] and [IP ADDRESS]"),
    ("from 2001:db8::ff00:42:8329", "from [IP ADDRESS]"),
]
HOUSES = [
    ("of 7 The Crescent", "of [ADDRESS]"),
    ("lives at 4 Larkspur Nook", "lives at [ADDRESS]"),
    ("LIVES AT 4 LARKSPUR NOOK AND WAITED", "LIVES AT [ADDRESS] AND WAITED"),
    ("letter to 4 Larkspur Nook, LS1 4AP", "letter to [ADDRESS], [POSTCODE]"),
    ("seen at 15 Larkspur End, Wetherby", "seen at [ADDRESS], [PLACE]"),
    ("8 Larkspur House, Tanner Road", "[ADDRESS]"),
    ("stays with Mrs Quill, 5 Tannery Steps.", "stays with Mrs [PERSON 1], [ADDRESS]."),
    ("lives at Pear Tree Cottage", "lives at [ADDRESS]"),
    ("in Block D, 9 Tanner Lane", "in [ADDRESS]"),
    ("in Larkspur Cottage, 14 Tanner Lane", "in [ADDRESS]"),
    ("6 Larkspur Cottages", "[ADDRESS]"),
]
TOWNS = [
    ("of 14 Tanner Lane, Little Quill is", "of [ADDRESS], [PLACE] is"),
    ("Exampleton, LS1 4AP", "[PLACE], [POSTCODE]"),
    ("She lives Wetherby.", "She lives [PLACE]."),
    ("His parents came from Wetherby by bus", "His parents came from [PLACE] by bus"),
    ("They are both from Skipton; nobody else", "They are both from [PLACE]; nobody else"),
    ("sent home to Skipton", "sent home to [PLACE]"),
    ("lodging in a hut, near Skipton", "lodging in a hut, near [PLACE]"),
    ("He was recovered near Quillmouth", "He was recovered near [PLACE]"),
    ("from Skipton originally", "from [PLACE] originally"),
    ("en route from Skipton", "en route from [PLACE]"),
    ("She sleeps at Edna's in Skipton", "She sleeps at [PERSON 1]'s in [PLACE]"),
]


@pytest.mark.parametrize(("text", "expected"), AGES + BIRTHS + RECORDS + PAPERS + HOUSES + TOWNS)
def test_what_terse_notes_tell_is_masked(text: str, expected: str) -> None:
    masked = mask(text).text
    assert masked == expected
    assert mask(masked).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "HR 94, BP 110/90, sats 93 on air, Hb 95, temp 98, weight 94 kg, score 91, bay 94, bed 92.",
        "She was 94% on air. He was 96 on 2L. They are 95 miles off. It was 94. I am a hundred percent sure.",
        "[PERSON 1] 94% on air, [PERSON 2] 92 kg, [PERSON 3] 93 bpm, [PERSON 4], 95% sats.",
        "The target at 94. Occupancy was at 95. His sats were at 92. Waits of 90+ days. Rockwood 6, 92.",
        "seen 17/11/2021 by [PERSON 1], 17/11/2021. [PERSON 2] fell on 17/11/2021. (b) 12 patients.",
        "Dr [PERSON 1] (17/11/1998)",
        "seen by Mr [PERSON 1] (17/11/2021)",
        "ISO27001, BS5750, DCB0129, NG12345, NCT04471902, GSK2857916, policy CP-0341, SOP HR-12345.",
        "Serial QX447190, lot QX44719, model QX-44719, invoice ref 447190, PO 4471902001, IRAS 447190.",
        "RiO 7, Datix of 2021, case 3 of 12, ref 150-400, ref 4.1, job 44719, our ref to follow.",
        "version 10.20.30.44, section 10.20.30.40, clause 1.2.3.4 and 10.2.3.4",
        "FY23 NHS bodies; HR72 BPM; QX71 ZZQ; bus 36",
        "passport to health 2019, hospital passport given 2023",
        "visit to 3 Wards, 4 Staff Nurses, moved to 2 Bays, home at 5 Monday, 12 March, 10 Point Plan",
        "transferred back to Skipton, seen in the Leeds clinic, the Skipton team came, then transferred",
        "moved from Larch, back to Theatre, came to Outpatients, home to bed, the drug came from Pfizer",
        "came from Skipton Ward, back to Skipton memory clinic, came from Poland, back to HMP Skipton",
        "at Skipton Hospital, 12 beds. Bed 9, Larch Ward, Leeds.",
    ],
)  # fmt: skip
def test_what_only_looks_so_stays(text: str) -> None:
    assert mask(text) == Masked(text)


def test_an_organisation_keeps_its_name_before_its_address() -> None:
    assert mask("Skipton Surgery, 14 Tanner Lane").text == "Skipton Surgery, [ADDRESS]"


def test_the_same_place_of_an_age_is_masked_in_capitals_and_small_letters() -> None:
    assert mask("SHE IS 97").text == "SHE IS [AGE OVER 89]"
    assert mask("she is 97").text == "she is [AGE OVER 89]"


@pytest.mark.parametrize(
    "row",
    [
        "lives with a b c d e f in ", "came from moved from ", "1 Aa Bb Cc Dd, Ee Ff, Gg Hh ", "she is 97%, ",
        "born on the first of the first nineteen and ", "our ref 1-1-1-1-1-1-1-1-1-1 ", "a1a1a1a1a1a1 ",
        "Aa-Aa-Aa-Aa in Aa ", "1::1::1::", "AA11 AA11 ", "[PERSON 1], aa aa aa, 9", "b. 1/1/ ", "at 9 at 9 ",
    ],
)  # fmt: skip
def test_what_nearly_is_one_is_quick(row: str) -> None:
    text = row * (100_000 // len(row))
    mask("Zoe Quill")
    start = time.process_time()
    mask(text)
    assert time.process_time() - start < 3
