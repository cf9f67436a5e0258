"""Care Opinion's stories: whose voice, what day, which service; an answer is no experience. All invented."""

from __future__ import annotations

import json

import pytest

from thememiner.reading import read, stories
from thememiner.records import Source

STORY = {
    "id": 41,
    "title": "Left waiting in a corridor",
    "body": "I waited nine hours for a bed.\n\nThe nurse was kind.",
    "dateOfSubmission": "2026-03-03T22:10:00Z",
    "dateOfPublication": "2026-03-05T09:00:00Z",
    "criticality": "moderately critical",
    "authorRole": "the patient",
    "tags": [
        {"name": "nurses", "group": "What was good?", "polarity": 1},
        {"name": "waiting", "group": "What could be improved?", "polarity": -1},
        {"name": "beds", "group": "What could be improved?", "polarity": -1},
        {"name": "worried", "group": "How did you feel?", "polarity": -1},
        {"name": "A&E", "group": "Part of service", "polarity": 0},
    ],
    "healthServices": [
        {"nacs": "X01", "name": "Emergency Department", "type": "service", "organisation": "Invented Trust"},
        {"nacs": "X02", "name": "Ward 4", "type": "ward", "organisation": "Invented Trust"},
    ],
    "links": [{"relation": "tags", "link": "x"}],
    "responses": [
        {
            "id": 7,
            "body": "Thank you for sharing this.",
            "dateOfSubmission": "2026-03-09T09:00:00Z",
            "author": "A Manager",
        },
        {"id": 8, "body": "Nothing has changed since.", "authorRole": "the patient"},
        {"body": "We have a new rota.", "authorRole": "a member of staff"},
    ],
}
SOURCE = {"kind": "feedback"}


@pytest.fixture
def told(tmp_path):
    """`told(value)`: the documents of a JSON file with that value."""

    def made(value, name="stories.json", **more):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
        reading = read([Source(path, **{**SOURCE, **more})])
        assert reading.ledger[0].status == "read", reading.ledger[0]
        return reading.documents

    return made


def test_a_story_is_a_document_in_its_authors_voice(told):
    story = told([STORY])[0]
    assert (story.reference, story.own_reference, story.title) == ("41", True, "Left waiting in a corridor")
    assert (story.voice, story.date) == ("person using services", "2026-03-03")
    assert (story.organisation, story.place) == ("Invented Trust", "Emergency Department; Ward 4")
    assert (
        story.text
        == "I waited nine hours for a bed.\n\nThe nurse was kind.\n\nnurses\n\nwaiting; beds\n\nworried"
    )
    assert [heading for heading, _, _ in story.parts] == [
        "body",
        "What was good?",
        "What could be improved?",
        "How did you feel?",
    ]


@pytest.mark.parametrize("voice", ["", "person using services"])
def test_an_organisations_answer_is_never_in_a_storytellers_voice(told, voice):
    documents = told([STORY], voice=voice)
    assert [(d.reference, d.kind, d.voice, d.text.split(" ")[0]) for d in documents] == [
        ("41", "feedback", "person using services", "I"),
        ("41 response 7", "account", "provider lead", "Thank"),
        ("41 response 8", "feedback", "person using services", "Nothing"),
        ("41 response 3", "account", "provider lead", "We"),
    ]
    assert documents[1].date == "2026-03-09"
    assert documents[3].date == "2026-03-03"
    assert {d.organisation for d in documents} == {"Invented Trust"}
    assert all("Manager" not in d.text for d in documents)


@pytest.mark.parametrize(
    ("role", "voice"),
    [
        ("the patient", "person using services"),
        ("a service user", "person using services"),
        ("a relative", "family or carer"),
        ("a parent/guardian", "family or carer"),
        ("a carer", "family or carer"),
        ("a friend", "family or carer"),
        ("a staff member", "staff"),
        ("a staff member posting for a patient/service user", "person using services"),
        ("a volunteer/advocate", "independent body"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_the_voice_of_a_role(role, voice):
    assert stories.voice(role) == voice


def test_stories_are_found_however_the_file_wraps_them(told):
    bare = {key: value for key, value in STORY.items() if key != "responses"}
    services = [{"name": f"Service {n}"} for n in range(9)]
    for value in ([bare], bare, {"opinions": [bare]}, {"healthServices": services, "opinions": [bare]}):
        assert [d.reference for d in told(value)] == ["41"]
    lines = "\n".join(json.dumps({**bare, "id": number}) for number in (1, 2))
    assert [(d.reference, d.locator) for d in told(lines, "stories.jsonl")] == [
        ("1", "row 1"),
        ("2", "row 2"),
    ]


def test_a_single_story_is_not_taken_for_its_answers(told):
    assert len(told(STORY)) == 4


def test_a_story_of_little_is_read(told):
    (story,) = told([{"id": 5, "title": None, "body": "Nobody rang.", "dateOfSubmission": None}])
    assert (story.text, story.title, story.voice, story.date, story.organisation) == (
        "Nobody rang.",
        "",
        "unknown",
        "",
        "",
    )


def test_a_voice_that_the_user_names_changes_no_kind(tmp_path):
    path = tmp_path / "comments.csv"
    path.write_text("who,text\nprovider lead,We have a new rota.\n", "utf-8")
    (document,) = read([Source(path, kind="feedback", text="text", voice_column="who")]).documents
    assert (document.kind, document.voice) == ("feedback", "provider lead")


def test_other_records_are_as_they_were(told):
    records = [{"title": "x", "body": "Nobody rang."}]
    assert not stories.is_story(records[0])
    (document,) = told(records, text="body")
    assert (document.text, document.voice) == ("Nobody rang.", "unknown")
