"""Names in terse notes: slots in which only people stand, lists, addresses; what is called after people."""

from __future__ import annotations

import pytest

from thememiner.deidentifying import lists, mask
from thememiner_evaluation import deidentification

# (text, text with its masks). Invented; where a name is a word too, only its slot tells.
BEFORE = [
    ("Obs redone by Faith.", "Obs redone by [PERSON 1]."),
    ("Cannulated by Jade on nights.", "Cannulated by [PERSON 1] on nights."),
    ("Spoke w/ Rose, all ok.", "Spoke w/ [PERSON 1], all ok."),
    ("Plan d/w Ruby.", "Plan d/w [PERSON 1]."),
    ("We rang Amber twice.", "We rang [PERSON 1] twice."),
    ("Nobody told Pearl.", "Nobody told [PERSON 1]."),
    ("They call her Bunty now.", "They call her [PERSON 1] now."),
    ("Hi Heather - rota attached", "Hi [PERSON 1] - rota attached"),
    ("See you then. x Daisy", "See you then. x [PERSON 1]"),
    ("Many thanks, Joy", "Many thanks, [PERSON 1]"),
    ("Wife = Olive. NOK: Pearl.", "Wife = [PERSON 1]. NOK: [PERSON 2]."),
    ("Re Dale, 34. Not engaging.", "Re [PERSON 1], 34. Not engaging."),
    ("PCSO Marsh came with Sr Brook.", "PCSO [PERSON 1] came with Sr [PERSON 2]."),
    ("Electrician Art fixed it.", "Electrician [PERSON 1] fixed it."),
    ("goes by Dot at home", "goes by Dot at home"),
]
AFTER = [
    ("Grace to ring the family.", "[PERSON 1] to ring the family."),
    ("Hope to see you. Hope denies pain.", "Hope to see you. [PERSON 1] denies pain."),
    ("Faith, 81, fell.", "[PERSON 1], 81, fell."),
    ("Amber (F, 27) was seen", "[PERSON 1] (F, 27) was seen"),
    ("(Ruby, 01632 960123) has keys", "([PERSON 1], [PHONE]) has keys"),
    ("Ivy, ward clerk, posted it.", "[PERSON 1], ward clerk, posted it."),
    ("Quillow Thornbeck, HCPC PH12345.", "[PERSON 1], HCPC [PROFESSIONAL ID]."),
    ("Olive was tearful. Olive declined.", "[PERSON 1] was tearful. [PERSON 1] declined."),
    ("Jade in HR rang.", "[PERSON 1] in HR rang."),
    ("Poppy's niece came.", "[PERSON 1]'s niece came."),
    ("Seen: Zoe T. She slept.", "Seen: [PERSON 1]. She slept."),
    ("then jayden rang, j. hargreaves, duty nurse", "then [PERSON 1] rang, [PERSON 2], duty nurse"),
]
COMPANY = [
    ("Obinna, Joy and I moved him.", "[PERSON 1], [PERSON 2] and I moved him."),
    ("Reported by Gareth & Ivy.", "Reported by [PERSON 1] & [PERSON 2]."),
    ("Harriet/Will to share.", "[PERSON 1]/[PERSON 2] to share."),
    ("Apologies: Harriet, Rose B, Gareth.", "Apologies: [PERSON 1], [PERSON 2], [PERSON 3]."),
    (
        "Harriet: more hoists please. Will: ordered.",
        "[PERSON 1]: more hoists please. [PERSON 2]: ordered.",
    ),
    ("Dale runs it, dale.x@example.org.", "[PERSON 1] runs it, [EMAIL]."),
    ("Mrs Vance-Okoro cried. Vance's niece came.", "Mrs [PERSON 1] cried. [PERSON 2]'s niece came."),
    ("Mr Cook: 2 letters. Cook: none.", "Mr [PERSON 1]: 2 letters. [PERSON 1]: none."),
]
FORENAMES = [
    ("The Freeman family rang.", "The [PERSON 1] family rang."),
    ("Patience is upset.", "[PERSON 1] is upset."),
    ("Bennett's wrist fracture is healing.", "[PERSON 1]'s wrist fracture is healing."),
    ("Kez and Bronagh did the wash.", "[PERSON 1] and [PERSON 2] did the wash."),
    ("Handed to Olajumoke at noon.", "Handed to [PERSON 1] at noon."),
    ("Bartłomiej slept.", "[PERSON 1] slept."),
    ("Nothing for Xiaoling today.", "Nothing for [PERSON 1] today."),
]
THINGS = [
    "Colles fracture, Kocher incision, Bakri balloon, Weber C.",
    "Rey figure copied. Hamilton 24. Young mania rating 20.",
    "Cullen's sign absent. Allen's test done. Trevor's disease.",
    "Lewis antibodies, Lewis lead, Ivor Lewis list.",
    "Freud, Jung and Klein were on the slide.",
    "Fern and Clover wards are closed. Ward Wilson shut.",
    "Christie have a bed. Alexandra are full. Walton sent the scans back.",
    "Prince Philip ED on divert. Princess Royal theatres shut. Lady Margaret Lodge.",
    "James Cook has two beds. Marie Curie nurse due. Sue Ryder nurse due.",
    "Arjo Maxi Move torn. McKinley T34 alarm. Sara Stedy lost.",
    "Given Keppra and Humira; Mesh Biatain; the NINo is wrong.",
    "Beds A+B. Green flag. Hepatitis B. Frank talk.",
    "Dean of the school. Jade plant watered. Lance the boil. Carol service at 4.",
    "Discussed with Datix. Seen by Stroke. Told Pharmacy. Rang Carelink.",
    "The Walton sent the scans over. The Freeman is full. From the Christie today.",
    "Bennett's fracture, thumb. Humphrey fields full. Murphy sign absent.",
    "Hope is essential in recovery. Patience is asked of all visitors.",
    "Hi team. Dear colleague, see below. Noted by staff. Done by Easter.",
]


@pytest.mark.parametrize(("text", "expected"), BEFORE + AFTER + COMPANY + FORENAMES)
def test_where_only_people_stand_a_name_is_masked(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize("text", THINGS)
def test_what_is_called_after_people_survives(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("text", [text for text, _ in BEFORE + AFTER + COMPANY])
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


def test_a_name_keeps_its_number_where_a_thing_bears_it_too() -> None:
    text = "Mr Lewis fell. Lewis antibodies were sent. Lewis slept."
    assert mask(text).text == "Mr [PERSON 1] fell. Lewis antibodies were sent. [PERSON 1] slept."


def test_added_forenames_leave_words_words() -> None:
    assert lists.kind_of("olajumoke").startswith("f")
    assert "w" in lists.kind_of("den")
    assert "F" in lists.kind_of("harriet")
    assert lists.kind_of("") == ""


def test_the_invented_notes_are_masked_and_their_decoys_are_not() -> None:
    found = deidentification.find_spans(deidentification.notes())
    assert found.wanted["PERSON"] >= 350
    assert found.recall("PERSON") >= 0.97
    count, wrong = deidentification.masked_note_decoys()
    assert count >= 500
    assert len(wrong) <= 0.06 * count, wrong
