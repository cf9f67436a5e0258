"""Copied wording and the same event twice are marked, never cut; people's own words never are."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thememiner.linking import link, relate
from thememiner.linking.boilerplate import boilerplate as boilerplate_of
from thememiner.linking.resembling import resemble
from thememiner.linking.versions import newer, version_of
from thememiner.records import Document, Kind, Link, Mark, Passage

FORM = "This form must be completed and returned to the governance office"
STORY = (
    "He was due a visit on the Tuesday and nobody came to the house, so his neighbour rang the office and "
    "was told that the worker had gone and that somebody else would ring back by the end of that week."
)


def record(name: str, *texts: str, kind: Kind = "incident", **fields: str) -> tuple[Document, list[Passage]]:
    """A document of these sentences, and a passage for each."""
    whole = " ".join(texts)
    passages, at = [], 0
    for text in texts:
        passages.append(Passage(f"{name}:{at}-{at + len(text)}", name, at, at + len(text), text, kind))
        at += len(text) + 1
    given = {"sha256": "", "reference": "", "source": f"{name}.txt", "file_sha256": name} | fields
    return Document(name, kind, whole, **given), passages


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
    assert {m.sort for m in marks(*comments).values()} == {"shared"}


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
    found = marks(record("a", f"{STORY} He had 12.5 mg."), record("b", f"{STORY} He had 1.25 mg."))
    assert not any(m.aside for m in found.values())


def test_short_narratives_in_the_same_words_are_many_events():
    assert (
        marks(record("a", "Patient fell in the bathroom."), record("b", "Patient fell in the bathroom."))
        == {}
    )


@pytest.mark.parametrize("kind", ["policy", "account", "feedback"])
def test_only_incidents_are_one_event(kind):
    found = marks(record("a", STORY, kind=kind), record("b", STORY, kind=kind))
    assert [(m.sort, m.of, m.aside) for m in found.values()] == [("shared", f"a:0-{len(STORY)}", False)]


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


# The same event in nearly the same words.

EVENT = (
    "At 14:20 on Aspen Ward the patient was found on the floor beside the wheelchair. The left brake had "
    "come off. [PERSON 1] checked him over and gave 500 mg of paracetamol. His daughter was told that "
    "evening. The chair went to the works department and a note was put in the diary for the next "
    "three shifts."
)
NORTH = "Alderbeck NHS Trust"
ON = {"date": "2031-05-04", "organisation": NORTH}


def told(name: str, text: str, **fields: str) -> Document:
    return record(name, text, **fields)[0]


def linked(a: Document, b: Document) -> list[tuple[str, str]]:
    found = relate([a, b])
    assert found == relate([b, a])
    return [(x.sort, x.reason) for x in found]


@pytest.mark.parametrize(
    "edit",
    [
        lambda t: t.replace("[PERSON 1]", "[PERSON 4]"),
        lambda t: t.replace("[PERSON 1]", "A nurse"),
        lambda t: t + " This was talked over at the huddle the next day.",
        lambda t: t.replace("The left brake had come off. ", ""),
        lambda t: t.replace("patient", "pt").replace("department", "departmnet"),
        lambda t: t.replace("three", "3").replace("was told", "was informed"),
        lambda t: t.replace("His daughter", "The man\u2019s daughter"),
        lambda t: t.replace("14:20", "14:20 hours"),
        str.upper,
    ],
)
def test_an_edited_copy_is_one_event(edit):
    text = edit(EVENT)
    assert text != EVENT
    assert linked(told("a", EVENT, **ON), told("b", text, **ON)) == [("repeat", "the same event told again")]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("500 mg", "50 mg", "numbers, times or persons differ"),
        ("14:20", "02:20", "numbers, times or persons differ"),
        ("three", "two", "numbers, times or persons differ"),
        ("left", "right", "numbers, times or persons differ"),
        ("daughter", "son", "numbers, times or persons differ"),
        ("evening", "morning", "numbers, times or persons differ"),
        ("Aspen", "Birch", "names differ"),
        ("paracetamol", "furosemide", "other words stand in the same place"),
    ],
)
def test_what_a_form_leaves_open_makes_two_events(old, new, why):
    """Two falls told by one form are two falls."""
    assert linked(told("a", EVENT, **ON), told("b", EVENT.replace(old, new), **ON)) == [("shared", why)]


RETOLD = (
    "Reported by HCA. At 14:20 on Aspen Ward pt was found on floor next to the wheelchair, left brake off. "
    "[PERSON 1] checked him over and gave 500 mg of paracetamol. His daughter was told that evening. "
    "Chair sent to the works department and a note put in the diary for the next 3 shifts. Falls form done."
)


def test_a_second_reporter_of_the_same_night_has_words_of_his_own():
    linked_pair = linked(told("a", EVENT, **ON), told("b", RETOLD, **ON))
    assert linked_pair == [("repeat", "the same event told again")]


@pytest.mark.parametrize(
    ("old", "new"), [("14:20", "09:40"), ("500 mg", "1 g"), ("daughter", "son"), ("left", "right")]
)
def test_a_second_reporter_who_tells_of_something_else_tells_of_another_event(old, new):
    pair = linked(told("a", EVENT, **ON), told("b", RETOLD.replace(old, new), **ON))
    assert [sort for sort, _ in pair] in ([], ["shared"])


def test_words_of_his_own_are_not_enough_without_the_same_day_and_place():
    for fields in ({}, {"organisation": NORTH}, {"date": "2031-05-06", "organisation": NORTH}):
        pair = linked(told("a", EVENT, **ON), told("b", RETOLD, **fields))
        assert [sort for sort, _ in pair] in ([], ["shared"])


def test_a_whole_hour_is_the_same_however_it_is_said():
    told_by_clock = RETOLD.replace("evening", "evening at 20:00").replace("next 3", "next three")
    in_words = EVENT.replace("evening", "evening at eight")
    assert linked(told("a", in_words, **ON), told("b", told_by_clock, **ON))[0][0] == "repeat"


def test_him_and_her_are_two_events():
    hers = EVENT.replace("him", "her").replace("His", "Her")
    assert linked(told("a", EVENT, **ON), told("b", hers, **ON))[0][0] == "shared"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"date": "2031-05-08"}, "dates more than 3 days apart"),
        ({"organisation": "Orrin NHS Trust"}, "different organisations"),
        ({"place": "Pebble House"}, "different places"),
    ],
)
@pytest.mark.parametrize(
    "text", [EVENT, EVENT + " It was talked over the next day."], ids=["equal", "edited"]
)
def test_date_organisation_or_place_that_contradict_make_two_events(fields, why, text):
    first = told("a", EVENT, **ON, place="Larch Unit")
    assert linked(first, told("b", text, **({"place": "Larch Unit"} | ON | fields))) == [("shared", why)]


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2031-05-07"},
        {"date": "2031-05-01"},
        {"date": "2031-05"},
        {"date": ""},
        {"organisation": ""},
        {"organisation": NORTH.upper()},
        {"place": "Larch Unit, bay 2"},
        {"team": "Night team"},
    ],
)
def test_what_is_near_missing_or_said_more_closely_contradicts_nothing(fields):
    first = told("a", EVENT, **ON, place="Larch Unit")
    other = told("b", EVENT, **({"place": "Larch Unit"} | ON | fields))
    assert linked(first, other)[0][0] == "repeat"


def test_without_a_date_more_must_be_the_same():
    middle = " ".join(EVENT.split()[:36])
    early = f"Nobody had looked at the store list since the spring clean. {middle}"
    late = f"{middle} and so works will come and see to every chair."
    assert linked(told("a", early, **ON), told("b", late, **ON))[0][0] == "repeat"
    assert linked(told("a", early, **(ON | {"date": ""})), told("b", late, **ON)) == [
        ("shared", "no date to go by, and the wording differs")
    ]


def test_the_fullest_telling_is_kept():
    more = EVENT + " This was talked over at the huddle the next day."
    (found,) = relate([told("a", EVENT, **ON), told("b", more, **ON)])
    assert (found.document_id, found.of) == ("a", "b")


def test_a_chain_of_dates_does_not_join_its_ends():
    days = [told(f"d{i}", EVENT, **(ON | {"date": f"2031-05-{1 + 3 * i:02}"})) for i in range(4)]
    found = {x.document_id: x for x in relate(days)}
    assert (found["d1"].sort, found["d1"].of) == ("repeat", "d0")
    assert found["d2"].sort == "shared"
    assert (found["d3"].sort, found["d3"].of) == ("repeat", "d2")


def test_what_is_kept_is_never_itself_set_aside():
    texts = [EVENT, EVENT + " It rained.", EVENT + " It rained. The door was shut.", EVENT]
    found = relate([told(f"e{i}", t, **ON) for i, t in enumerate(texts)])
    assert {x.of for x in found if x.sort == "repeat"} == {"e2"}
    assert len(found) == 3


def test_a_link_says_how_much_is_common_and_where_both_stand():
    (found,) = relate([told("a", EVENT, **ON), told("b", EVENT, **ON, locator="row 7")])
    assert found == Link("b", "a", "repeat", "the same event told again", 1.0, "b.txt, row 7", "a.txt")


# Shared wording.


@pytest.mark.parametrize("kind", ["policy", "account", "feedback"])
def test_wording_of_several_organisations_counts_for_each(kind):
    trusts = [record(f"t{i}", EVENT, STORY, kind=kind, organisation=f"Trust {i}") for i in range(4)]
    found = marks(*trusts)
    assert {m.sort for m in found.values()} == {"shared"}
    assert len(found) == 6
    assert {m.of.partition(":")[0] for m in found.values()} == {"t0"}
    assert not any(m.aside for m in found.values())


def test_a_policy_that_many_trusts_share_does_not_become_boilerplate():
    trusts = [
        record(f"t{i}", EVENT, STORY, f"Own word{i}x.", kind="policy", organisation=f"Trust {i}")
        for i in range(9)
    ]
    assert not any(m.aside for m in marks(*trusts).values())


def test_two_carers_in_the_same_words_are_two():
    words = "They told me that nobody would come before Monday and that I should ring again"
    a = told("a", words, kind="feedback", voice="family or carer")
    b = told("b", words, kind="feedback", voice="person using services")
    assert linked(a, b) == [("shared", "different voices")]
    short = [told(n, "Very kind staff, thank you", kind="feedback") for n in "ab"]
    assert linked(*short) == []


# Versions.


def version(name: str, *texts: str, **fields: str) -> tuple[Document, list[Passage]]:
    return record(
        name,
        *texts,
        **({"kind": "policy", "organisation": NORTH, "title": "Key Safe and Escort Policy"} | fields),
    )


@pytest.mark.parametrize(
    ("older", "newer_"),
    [
        ({"title": "Key Safe and Escort Policy v2.1"}, {"title": "Key Safe and Escort Policy Version 3"}),
        ({"source": "key-safe-escort_v2_9.docx"}, {"source": "key-safe-escort_v2_10.docx"}),
        ({"first": "Version 1.4"}, {"first": "Version\n2.0"}),
        ({"first": "Date ratified: 4 May 2029"}, {"first": "Date ratified\n3 March 2031"}),
        ({"first": "Issue date 04/05/2029"}, {"first": "Issued: 2031-01-02"}),
        ({"first": "Next review: June 2030"}, {"first": "Review date | June 2033"}),
        ({"source": "key-safe-2028.pdf"}, {"source": "key-safe-2031.pdf"}),
        ({"first": "Version 2"}, {"first": "Version 3. This supersedes version 2 of 2029."}),
        ({"first": "Version 2, ratified 2031"}, {"first": "Version 3, ratified 2030"}),
    ],
)
def test_the_newer_version_supersedes_the_older(older, newer_):
    made = []
    for name, own in (("a", newer_), ("b", older)):
        fields = dict(own)
        first = fields.pop("first", "Controlled document")
        made.append(
            version(
                name, first, EVENT, STORY, "Bells are rung." if name == "a" else "Gongs are rung.", **fields
            )
        )
    (found,) = relate([d for d, _ in made])
    assert (found.document_id, found.of, found.sort) == ("b", "a", "superseded")
    sorts = {m.passage_id: (m.sort, m.of) for m in marks(*made).values()}
    new, old = made[0][1], made[1][1]
    assert sorts[old[1].id] == ("repeat", new[1].id)  # said by both: counted once
    assert sorts[old[3].id] == ("superseded", "")  # said by the older alone: it counts, and says so
    assert not set(sorts) & {p.id for p in new}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"organisation": "Orrin NHS Trust"}, "different organisations"),
        ({"title": "Lone Working Policy"}, "no title or version tells them apart"),
        ({"first": "Controlled document"}, "nothing says which is the newer"),
        ({"first": "Version 3 draft"}, "the newer is a draft"),
        ({"file_sha256": "a"}, "parts of one file"),
    ],
)
def test_what_is_no_newer_version_supersedes_nothing(fields, why):
    given = {"first": "Version 3.0"} | fields
    first = given.pop("first")
    a, b = version("a", "Version 2.0", EVENT, STORY), version("b", first, EVENT, STORY, **given)
    assert linked(a[0], b[0]) == [("shared", why)]


def test_of_three_versions_the_newest_supersedes_both():
    made = [version(f"v{i}", f"Version {i}", EVENT, STORY)[0] for i in (2, 3, 1)]
    assert {(x.document_id, x.of) for x in relate(made)} == {("v1", "v3"), ("v2", "v3")}


def test_last_years_report_is_not_superseded_by_this_years():
    made = [
        version(f"r{y}", EVENT, STORY, f"In {y}.", title=f"Annual Safety Report {y}")[0] for y in (2029, 2030)
    ]
    assert linked(*made)[0][0] == "shared"


def test_one_document_of_one_organisation_twice_counts_once():
    a, b = version("a", EVENT, STORY), version("b", EVENT, STORY)
    assert linked(a[0], b[0]) == [("repeat", "the same document of one organisation twice")]
    assert all(m.sort == "repeat" for m in marks(a, b).values())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Version No: 4.0", (4, 0)),
        ("v2.1.3 of the plan", (2, 1, 3)),
        ("Issue 5", (5,)),
        ("replaces version 7", ()),
        ("Open Government Licence v3.0", ()),
        ("at 3 pm the visitor left", ()),
        ("conversion 4", ()),
        ("version 04/05/2029", ()),
        ("History: version 1, version 2, version 3", (3,)),
    ],
)
def test_version_numbers(text, number):
    assert version_of(told("a", text, kind="policy")).number == number


@pytest.mark.parametrize(
    ("text", "issued", "review"),
    [
        (
            "Ratified by the board. Date ratified 9 March 2030. Review date 31/03/2033",
            "2030-03-09",
            "2033-03-31",
        ),
        ("Effective from 1st June 2031", "2031-06-01", ""),
        ("Approved: February 2030", "2030-02", ""),
        ("Supersedes the policy ratified 2019. Ratified: 2031", "2031", ""),
        ("He was seen on 9 March 2030", "", ""),
        ("Approved on 31 February 2030", "2030", ""),
    ],
)
def test_dates_of_a_version(text, issued, review):
    found = version_of(told("a", text, kind="policy"))
    assert (found.issued, found.review) == (issued, review)


def test_dates_are_compared_as_far_as_both_go():
    year, month = (version_of(told("a", t, kind="policy")) for t in ("Approved: 2030", "Approved: May 2030"))
    assert newer(year, month) == (0, "")


# Form text with small changes.

ALTERED = [
    f"On {day} {who} {verb} a panel into the care of {whose} under the county scheme"
    for day, who, verb, whose in zip(
        ["4 May 2031", "17/09/2030", "Monday", "the 11th"] * 4,
        ["I", "I", "we", "I", "I", "I", "this office", "I"] * 2,
        ["opened", "opened", "opened", "began"] * 4,
        ["[PERSON 1]", "Mrs [PERSON 2]", "Mr [PERSON 3]", "Dr [PERSON 1]"] * 4,
        strict=True,
    )
]


def padded(i: int, *texts: str) -> tuple[Document, list[Passage]]:
    return record(f"p{i:03}", *texts, f"Zo{chr(97 + i % 26)} {chr(97 + i // 26)}um.")


def test_a_forms_sentence_with_a_word_or_two_altered_is_boilerplate():
    documents = [padded(i, text) for i, text in enumerate(ALTERED)]
    assert boilerplate(*documents) == {passages[0].id for _, passages in documents}


def test_common_phrases_joined_in_ones_own_way_are_no_form():
    """Each phrase is in many documents, and no two joints are the same."""
    phrases = ["on the way to the bathroom", "as the call bell was broken", "with a bruise to the arm"]
    order = random.Random(3)
    documents = []
    for i in range(24):
        said = [
            f"{phrase} {''.join(order.choices('bcdfgklmnprst', k=6))} {''.join(order.choices('bcdfgk', k=6))}"
            for phrase in order.sample(phrases, 3)
        ]
        documents.append(padded(i, " ".join(said)))
    assert boilerplate(*documents) == set()


def test_a_common_phrase_with_a_persons_own_words_after_it_is_no_form():
    """Seven of eleven words are in every document, and the rest in none: content, however common."""
    order = random.Random(4)
    own = [" ".join("".join(order.choices("bcdfgklmnprst", k=6)) for _ in range(4)) for _ in range(12)]
    documents = [padded(i, f"as the call bell was not working {words}") for i, words in enumerate(own)]
    assert boilerplate(*documents) == set()


def test_a_run_does_not_reach_over_the_end_of_a_passage():
    documents = [padded(i, "the form was sent", "to the county office") for i in range(12)]
    assert boilerplate(*documents) == set()
    assert len(boilerplate(*[padded(i, "the form was sent to the county office") for i in range(12)])) == 12


def test_documents_that_stand_for_one_count_once():
    passages = [p for i in range(8) for p in padded(i, FORM)[1]]
    assert len(boilerplate_of(passages, {})) == 8
    assert boilerplate_of(passages, {f"p{i:03}": "p000" for i in range(8)}) == set()


# Near copies, measured.


def test_resembling_is_exact():
    rng = random.Random(5)
    texts = [[rng.choice("abcdefghij") for _ in range(rng.randint(0, 30))] for _ in range(60)]
    texts += [[*text[:20], "z"] for text in texts[:30]]

    def runs(text):
        return {tuple(text[i : i + 3]) for i in range(len(text) - 2)}

    expected = []
    for i, a in enumerate(texts):
        for j in range(i + 1, len(texts)):
            both, here, there = len(runs(a) & runs(texts[j])), len(runs(a)), len(runs(texts[j]))
            if both and (both / (here + there - both) >= 0.5 or both / min(here, there) >= 0.8):
                expected.append((i, j, both / (here + there - both), both / min(here, there)))
    found = [(x.first, x.second, x.jaccard, x.containment) for x in resemble(texts, 0.5, 0.8)]
    assert found == expected
    assert len(found) > 20


def test_nothing_resembles_nothing():
    assert resemble([], 0.5, 0.8) == []
    assert resemble([(), ("a",), ("a", "b")], 0.5, 0.8) == []


# Promise 3: the same again.

_SENTENCES = [
    FORM,
    STORY,
    EVENT,
    EVENT.replace("500", "50"),
    "Version 2.0.",
    "Version 3.0.",
    "No harm was done.",
]
_RECORDS = st.lists(
    st.tuples(
        st.sampled_from(["incident", "policy", "account", "feedback"]),
        st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=4),
        st.sampled_from(["", NORTH, "Orrin NHS Trust"]),
        st.sampled_from(["", "2031-05-04", "2031-05-06", "2031-07-01"]),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(_RECORDS, st.randoms(use_true_random=False))
def test_input_order_does_not_matter_and_marks_keep_their_promises(rows, rng):
    made = [
        record(f"r{i:02}", *texts, kind=kind, organisation=owner, date=date)
        for i, (kind, texts, owner, date) in enumerate(rows)
    ]
    documents, passages = [d for d, _ in made], [p for _, ps in made for p in ps]
    links, found = relate(documents), link(documents, passages)
    rng.shuffle(documents)
    mixed = rng.sample(passages, len(passages))
    assert relate(documents) == links
    assert sorted(link(documents, mixed), key=str) == sorted(found, key=str)
    assert sorted(link(documents, passages, links), key=str) == sorted(found, key=str)
    assert len({x.document_id for x in links}) == len(links)
    aside = {x.document_id for x in links if x.sort == "repeat"}
    assert not aside & {x.of for x in links if x.sort == "repeat"}
    assert {m.of for m in found} - {""} <= {p.id for p in passages}
    for kind in ("feedback", "account"):
        assert not any(
            m.sort == "repeat" for m in found if m.passage_id in {p.id for p in passages if p.kind == kind}
        )


def test_other_documents_do_not_change_whether_two_are_one_event():
    pair = [told("a", EVENT, **ON), told("b", EVENT + " It rained.", **ON)]
    rest = [replace(told(f"z{i}", STORY + f" word{i}", **ON), kind="incident") for i in range(40)]
    alone = relate(pair)
    assert [x for x in relate([*rest, *pair]) if x.document_id in "ab"] == list(alone)
