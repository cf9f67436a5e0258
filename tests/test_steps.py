"""One stage at a time: rows that account for every input, under ids that differ."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from thememiner import steps
from thememiner.reading.ledger import ledger_table
from thememiner.records import Source
from thememiner.settings import Settings


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_text(
        "Ref,Narrative\n"
        'A,"Handed over by telephone. NHS number 943 476 5919."\n'
        "A,The family rang and nobody called back.\n"
        "B,\n"
        '943 476 5919,"Mr Peverell and Mrs Quill rang 07700 900461."\n'
        "943 476 5919,Closed after two missed appointments.\n"
    )
    return Source(path, text="Narrative", id="Ref")


def test_ids_are_the_files_own_with_repeats_told_apart(texts):
    found = steps.read_texts([texts])
    ids = [d.id for d in found.documents]
    assert ids[:2] == ["A", "A~2"]
    assert ids[2].startswith("id-")
    assert len(ids[2]) == 15
    assert ids[3] == f"{ids[2]}~2"


def test_ids_differ_across_files_too(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(f"id,text\nA,First {name}.\nA,Second note.\nA~2,Third note.\n")
    sources = [Source(tmp_path / f"{name}.csv", text="text", id="id") for name in ("one", "two")]
    ids = [d.id for d in steps.read_texts(sources).documents]
    assert len(set(ids)) == len(ids) == 6
    assert ids[:4] == ["A", "A~2", "A~2~2", "A~3"]


def test_without_an_id_column_the_files_name_and_row(tmp_path):
    (tmp_path / "notes.csv").write_text("text\nFirst note.\nSecond note.\n")
    (tmp_path / "note.txt").write_text("A note by itself.")
    found = steps.read_texts([Source(tmp_path / "notes.csv", text="text"), Source(tmp_path / "note.txt")])
    assert [d.id for d in found.documents] == ["note.txt", "notes.csv:2", "notes.csv:3"]


def test_document_rows_have_the_stated_keys(texts):
    for row in steps.document_rows(steps.read_texts([texts]).documents):
        assert list(row) == ["id", "kind", "source", "text", "fields"]
        assert row["kind"] == "incident"
        for heading, start, end in row["fields"]["parts"]:
            assert heading == "Narrative"
            assert row["text"][start:end]
        json.dumps(row)


def test_redaction_gives_every_row_back_with_where_it_masked(texts):
    rows = list(steps.redaction_rows(steps.read_texts([texts], keep_empty=True).documents))
    assert len(rows) == 5
    assert rows[2] == {"id": "B", "text": "", "redactions": []}
    kinds = []
    for row in rows:
        assert list(row) == ["id", "text", "redactions"]
        for mask in row["redactions"]:
            shown = row["text"][mask["start"] : mask["end"]]
            assert shown.strip("[]0123456789 ") == mask["kind"]
            kinds.append(mask["kind"])
    assert sorted(kinds) == ["NHS NUMBER", "PERSON", "PERSON", "PHONE"]


@pytest.mark.parametrize("blank", ['""', '"  "'])
def test_blank_rows_come_back_wherever_they_stand(tmp_path, blank):
    path = tmp_path / "one.csv"
    path.write_text(f"text\n{blank}\nA note.\n{blank}\nAnother.\n{blank}\n{blank}\n")
    documents = steps.read_texts([Source(path, text="text")], keep_empty=True).documents
    assert [d.text for d in documents] == ["", "A note.", "", "Another.", "", ""]
    assert len(steps.read_texts([Source(path, text="text")]).documents) == 2
    frame = pd.read_csv(path)
    assert len(frame) == 6


def test_rows_of_one_record_come_back_one_by_one(tmp_path):
    path = tmp_path / "lfpse.csv"
    path.write_text(
        "Reference,Revision,F001 - Describe what happened\nR1,1,A fall on the ward.\n"
        "R1,2,A fall on the ward at night.\nR1,2,A fall on the ward at night.\nR2,1,\n"
    )
    assert len(steps.read_texts([Source(path)]).documents) == 1
    assert len(steps.read_texts([Source(path)], keep_empty=True).documents) == 4


def test_the_ledger_balances_and_its_names_are_masked(tmp_path):
    (tmp_path / "Mr Peverell 943 476 5919.txt").write_text("A note.")
    (tmp_path / "Mrs Quill.png").write_bytes(b"x")
    (tmp_path / "headless.csv").write_text("Mr Peverell fell on 943 476 5919,x\nA,B\n")
    table = ledger_table(steps.read_texts([Source(tmp_path)]).ledger)
    assert table["found"] == table["read"] + table["partly_read"] + table["refused"] == 3
    assert {"source", "kind", "status", "reason", "documents"} <= set(table["files"][0])
    said = json.dumps(table)
    assert not [name for name in ("Peverell", "Quill", "943 476") if name in said]
    kept = ledger_table(steps.read_texts([Source(tmp_path)], redact=False).ledger)
    assert "Mr Peverell 943 476 5919.txt" in json.dumps(kept)


def test_passages_are_slices_of_their_document(texts):
    documents = steps.read_texts([texts]).documents
    rows = list(steps.passage_rows(documents))
    held = {d.id: d.text for d in documents}
    assert {row["document"] for row in rows} == set(held)
    assert all(held[row["document"]][row["start"] : row["end"]] == row["text"] for row in rows)


def test_code_gives_every_code_for_every_document(texts, golden):
    documents = steps.read_texts([texts]).documents
    settings = Settings(codebook=str(golden / "codebook.toml"))
    rows = list(steps.code_rows(documents, settings))
    codes = ["handover", "missed-appointments", "family"]
    assert [(r["id"], r["code_id"]) for r in rows] == [(d.id, c) for d in documents for c in codes]
    held = {d.id: d.text for d in documents}
    for row in rows:
        assert 0 <= row["score"] <= 1
        wanted = (
            "assigned"
            if row["score"] >= settings.assigned
            else "weak"
            if row["score"] >= settings.weak
            else "no"
        )
        assert row["outcome"] == wanted
        assert held[row["id"]][row["start"] : row["end"]]
    best = max((r for r in rows if r["id"] == "A~2"), key=lambda r: r["score"])
    assert (best["code_id"], best["outcome"]) == ("family", "assigned")


def test_code_of_a_text_with_no_passage_is_no(tmp_path, golden):
    (tmp_path / "n.txt").write_text("...")
    documents = steps.read_texts([Source(tmp_path / "n.txt")]).documents
    rows = list(steps.code_rows(documents, Settings(codebook=str(golden / "codebook.toml"))))
    assert len(rows) == 3
    assert {r["outcome"] for r in rows} <= {"no"}


@pytest.mark.filterwarnings("ignore:With .* no themes can be discovered")
@pytest.mark.parametrize("unit", ["document", "passage"])
def test_discover_gives_each_document_a_row_strongest_first(finished, unit):
    source = Source(finished.sources / "comments.csv", "feedback", text="Comment", id="Ref")
    documents = steps.read_texts([source]).documents
    rows = list(steps.theme_rows(documents, Settings(), unit))
    assert list(dict.fromkeys(r["id"] for r in rows)) == [d.id for d in documents]
    assert len({(r["id"], r["theme_id"]) for r in rows}) == len(rows)
    for document in documents:
        mine = [r for r in rows if r["id"] == document.id]
        assert [r["strength"] for r in mine] == sorted((r["strength"] for r in mine), reverse=True)
        for row in mine:
            assert bool(row["theme_id"]) == bool(row["theme_name"])
            assert row["theme_id"] or (len(mine) == 1 and row["strength"] == 0)
    assert len({r["theme_id"] for r in rows} - {""}) >= 2


@pytest.mark.filterwarnings("ignore:With .* no themes can be discovered")
@pytest.mark.parametrize("unit", ["document", "passage"])
@pytest.mark.parametrize("copies", [1, 2, 300])
def test_few_texts_or_many_equal_ones_are_unassigned_and_none_is_lost(tmp_path, unit, copies):
    path = tmp_path / "same.csv"
    pd.DataFrame({"text": ["The lift was out of order again."] * copies}).to_csv(path, index=False)
    documents = steps.read_texts([Source(path, "feedback", text="text")]).documents
    rows = list(steps.theme_rows(documents, Settings(), unit))
    assert [(r["theme_id"], r["theme_name"], r["strength"]) for r in rows] == [("", "", 0.0)] * copies
