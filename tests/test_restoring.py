"""What `read` wrote is read back as it was: headings, voices and places, and nothing of what is not ours."""

from __future__ import annotations

import json

import pytest

from thememiner.reading import read
from thememiner.reading.restoring import restored
from thememiner.records import RawDocument, Source
from thememiner.steps import document_rows, passage_rows, read_texts, redaction_rows

NOTES = """# Notes of the group
Carer: Nobody rang; my son was unwell and 12.5 mg was missed.

Staff: We were two nurses short that night.
"""
TABLE = "Ref,What happened,Who\nA,The keys were lost.,ward\n,Nobody was told.,ward\n"


def written(rows, path):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def parts(documents):
    return [(d.id, d.text, d.parts, d.voices, d.voice, d.locations, d.date) for d in documents]


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("notes.md", NOTES, {}),
        ("log.csv", TABLE, {"text": ("What happened", "Who"), "id": "Ref"}),
    ],
)
def test_what_read_wrote_is_read_back_as_it_was(tmp_path, name, content, options):
    (tmp_path / name).write_text(content)
    first = read_texts([Source(tmp_path / name, "feedback", **options)])
    again = read_texts([Source(written(document_rows(first.documents), tmp_path / "d.jsonl"), "feedback")])
    assert parts(again.documents) == parts(first.documents)
    assert list(passage_rows(again.documents)) == list(passage_rows(first.documents))


def test_a_row_number_does_not_become_the_id_of_a_record(tmp_path):
    (tmp_path / "log.csv").write_text(TABLE)
    first = read_texts([Source(tmp_path / "log.csv", text="What happened", id="Ref")])
    path = written(document_rows(first.documents), tmp_path / "d.jsonl")
    assert [d.own_reference for d in read([Source(path)]).documents] == [True, False]


def test_redacted_texts_and_passages_are_texts(tmp_path):
    (tmp_path / "log.csv").write_text(TABLE)
    found = read_texts([Source(tmp_path / "log.csv", text="What happened", id="Ref")])
    for rows in (redaction_rows, passage_rows):
        again = read_texts([Source(written(rows(found.documents), tmp_path / "r.jsonl"))])
        assert [d.text for d in again.documents] == ["The keys were lost.", "Nobody was told."]


@pytest.mark.parametrize(
    "cell",
    [
        "[[",
        "3",
        '"a"',
        '[["a", 0]]',
        '[["a", 0, 99]]',
        '[["a", 3, 2]]',
        "[[1, 0, 2]]",
        '[["a", -1, 2]]',
        "[" * 9999,
    ],
)
def test_a_cell_that_is_none_of_ours_changes_nothing(cell):
    document = RawDocument("incident", "She rang.", "a", "a.csv", "", locations=(("row 2", 0, 9),))
    assert restored(document, {"locations": cell, "parts": cell}) == document


def test_offsets_may_stand_as_text_or_as_numbers():
    document = RawDocument("incident", "She rang.", "a", "a.csv", "")
    for cell in ('[["row 7", 0, 9]]', '[["row 7", "0", "9"]]'):
        assert restored(document, {"locations": cell}).locations == (("row 7", 0, 9),)
    assert restored(document, {"locations": ""}).locations == ()
