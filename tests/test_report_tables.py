"""The report as tables: the same in CSV and Parquet, every key leads somewhere, nothing in them runs."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from thememiner import saving
from thememiner.errors import InputError
from thememiner.records import Membership, Report, Theme, Trend
from thememiner.reports import json, tables
from thememiner.reports.tables import figures, shapes, writing

HERE = Path(__file__).parent
NASTY = (
    "=1+1",
    "+1",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\x00=1",
    "＝1+1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "'=1",
    'say "yes", then\r\nno',
    "nul \x00 in it",
    "\u202eturned",
    "😊",
    "lone \ud800 half",
    "NA",
    "- a list item",
    "one\u2028two",
)


# Tables of which the invented report has no row.
BARE = {"tallies", "theme_exemplars", "trend_changes"}


def csv_of(made: shapes.Frame) -> list[dict[str, str]]:
    text = writing.csv_bytes(made).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def restored(made: shapes.Frame) -> list[dict[str, str]]:
    """The rows of a CSV as its reader has them, who follows the column `disarmed`."""
    rows = []
    for row in csv_of(made):
        runs = row.pop("disarmed").split()
        assert all(row[name].startswith("'") for name in runs)
        rows.append({name: text[1:] if name in runs else text for name, text in row.items()})
    return rows


def parquet_of(made: shapes.Frame) -> list[dict[str, object]]:
    return pq.read_table(io.BytesIO(writing.parquet_bytes(made))).to_pylist()


def by_name(report: Report) -> dict[str, shapes.Frame]:
    return {made.name: made for made in tables.tables(report)}


def held(made: shapes.Frame) -> list[dict[str, object]]:
    names = [column.name for column in made.columns]
    return [dict(zip(names, row, strict=True)) for row in made.rows]


def test_every_key_leads_somewhere_and_names_one_row(whole):
    frames = by_name(whole)
    joined = 0
    for made in frames.values():
        assert made.rows or made.name in BARE
        names = [column.name for column in made.columns]
        assert len(set(names)) == len(names)
        keys = [tuple(row[c.name] for c in made.columns if c.key) for row in held(made)]
        assert not any(c.key for c in made.columns) or len(set(keys)) == len(keys)
        for column in made.columns:
            if column.to:
                table, _, name = column.to.partition(".")
                there = {row[name] for row in held(frames[table])}
                mine = {row[column.name] for row in held(made)} - {None}
                joined += len(mine)
                assert mine <= there, (made.name, column.name)
    assert joined > 100


@pytest.mark.parametrize("which", ["golden", "empty"])
def test_keys_hold_in_a_report_of_a_run_and_in_an_empty_one(which):
    empty = Report({}, "", "", (), (), (), (), (), (), (), (), (), ())
    made = by_name(json.load(HERE / "golden" / "report.json") if which == "golden" else empty)
    assert set(made) == set(by_name(empty))  # every table is always there, with the same columns
    assert bool(made["evidence"].rows) == (which == "golden")


def test_values_come_back_the_same_from_csv_and_parquet(whole):
    for made in tables.tables(whole):
        types = {column.name: column.type for column in made.columns}
        assert parquet_of(made) == held(made)
        for kept, row in zip(held(made), restored(made), strict=True):
            for name, value in kept.items():
                text = row[name]
                if value is None:
                    assert text == ""
                elif types[name] == "yes/no":
                    assert text == ("true" if value else "false")
                elif types[name] in {"whole", "number"}:
                    assert float(text) == value
                elif types[name] == "day":
                    assert dt.date.fromisoformat(text) == value
                else:
                    assert text == value


def test_types_are_those_of_the_dictionary(whole):
    arrow = {"text": "string", "whole": "int64", "number": "double", "yes/no": "bool", "day": "date32[day]"}
    for made in tables.tables(whole):
        schema = pq.read_schema(io.BytesIO(writing.parquet_bytes(made)))
        assert [str(t) for t in schema.types] == [arrow[column.type] for column in made.columns]


def test_every_excerpt_is_letter_for_letter(whole):
    rows = parquet_of(by_name(whole)["evidence"])
    assert [row["quote"] for row in rows] == [e.quote for e in whole.evidence]
    for row in rows:
        assert hashlib.sha256(row["quote"].encode()).hexdigest() == row["sha256"]
        assert row["end"] - row["start"] == len(row["quote"])
    told = restored(by_name(whole)["evidence"])
    assert [row["quote"] for row in told] == [e.quote for e in whole.evidence]


def test_nothing_of_the_report_is_lost(whole):
    frames = by_name(whole)
    counts = {
        "documents": len(whole.documents),
        "files": 2,
        "received": 3,
        "findings": len(whole.findings) + 1,
        "memberships": len(whole.memberships),
        "unanswered": 2,
        "grid_cells": 2,
        "grid_cell_evidence": 6,
        "triangulation_evidence": 4,
        "requirements": len(whole.requirements),
        "requirement_actions": sum(len(r.action_ids) for r in whole.requirements),
        "comparisons": 2,
        "finding_organisations": 2,
        "finding_drafts": 2,
    }
    assert {name: len(frames[name].rows) for name in counts} == counts
    aside = [row for row in held(frames["findings"]) if row["set_aside"]]
    assert [(row["review"], row["reviewer"], row["number"]) for row in aside] == [
        ("do not use", "B. Reader", None)
    ]
    marks = [row["mark"] for row in held(frames["findings"])]
    assert marks[0] == "Reviewed by A. Reader"
    assert marks.count("Not yet reviewed") == len(whole.findings) - 1
    told = {(row["what"], row["value"]) for row in held(frames["report"])}
    assert {("title", whole.title), ("codebook_id", "assertive-care"), ("codebook_version", "2.0")} <= told
    assert ("report_sha256", hashlib.sha256(json.render(whole).encode()).hexdigest()) in told
    policy = held(frames["documents"])[3]
    assert (policy["version"], policy["expired"], policy["day"]) == ("4", True, None)
    assert policy["superseded_by"] == whole.documents[6].id
    cited = [
        row["evidence_id"]
        for row in held(frames["finding_evidence"])
        if row["finding_id"] == aside[0]["finding_id"]
    ]
    assert cited == list(whole.set_aside[0].evidence_ids)
    assert held(frames["documents"])[-1]["day"] == dt.date(2026, 5, 4)


def test_ids_of_organisations_are_of_their_name_alone(whole):
    there = {row["organisation"]: row["organisation_id"] for row in held(by_name(whole)["organisations"])}
    assert there["Northfield"] == shapes.organisation_id("Northfield") != shapes.organisation_id("northfield")
    other = replace(whole, received=(), outstanding=(), grid=(), comparisons=())
    again = {row["organisation"]: row["organisation_id"] for row in held(by_name(other)["organisations"])}
    assert again["Northfield"] == there["Northfield"]


def test_a_code_without_a_passage_is_there_for_what_names_it(whole):
    silent = replace(whole.recommendations[0], theme_ids=("code:assertive-care/silent",))
    rows = held(by_name(replace(whole, recommendations=(silent,)))["themes"])
    assert (rows[-1]["theme_id"], rows[-1]["origin"]) == ("code:assertive-care/silent", None)


def spoiled(report: Report, text: str) -> Report:
    first, *rest = report.evidence
    finding = replace(report.findings[0], statement=text, needs=text, reviewer=text)
    return replace(
        report,
        title=text,
        question=text,
        evidence=(replace(first, quote=text, location=text, organisation=text), *rest),
        findings=(finding, *report.findings[1:]),
        themes=(replace(report.themes[0], definition=text, keywords=(text,)), *report.themes[1:]),
        ratings=(replace(report.ratings[0], rating=text),),
        ledger=(replace(report.ledger[0], source=text), *report.ledger[1:]),
    )


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_no_cell_of_a_csv_can_run_and_none_is_changed_unsaid(whole, text):
    sound = text.encode("utf-8", "replace").decode()
    frames = by_name(spoiled(whole, text))
    cells = 0
    for made in frames.values():
        numbers = {column.name for column in made.columns if column.type in {"whole", "number"}}
        for row in csv_of(made):
            for name, cell in row.items():
                cells += 1
                bare = cell.lstrip(" \u200b\ufeff")
                assert name in numbers or not bare.startswith(tuple("=+-@\t\r\n\x00＝＋－＠")), (name, cell)
        assert [tuple(row.values()) for row in restored(made)] == [
            tuple(csv_text(value) for value in row) for row in made.rows
        ]
    assert cells > 500
    assert parquet_of(frames["findings"])[0]["statement"] == sound
    assert parquet_of(frames["evidence"])[0]["quote"] == sound
    shown = pd.read_csv(
        io.BytesIO(writing.csv_bytes(frames["evidence"])), keep_default_na=False, na_values=[""]
    )
    assert len(shown) == len(whole.evidence)
    assert shown["quote"][0].removeprefix("'") == sound.removeprefix("'")


def csv_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def test_a_negative_number_is_no_formula_and_a_long_text_is_whole(whole):
    assert not writing.would_run("-12.5")
    assert writing.would_run("-12.5+1")
    row = csv_of(by_name(whole)["comparisons"])[0]
    assert (row["speak_effect"], row["disarmed"]) == ("-0.9", "")
    long = "é" * 40_000
    made = by_name(spoiled(whole, long))["findings"]
    assert writing.csv_bytes(made).startswith(b"\xef\xbb\xbf" + b"finding_id,")  # or Excel misreads é
    assert restored(made)[0]["statement"] == parquet_of(made)[0]["statement"] == long


def test_trends_have_tables_where_a_report_has_them():
    theme = Theme("code:x/a", "A", "codebook")
    trend = Trend(
        theme.id,
        "A",
        "incident",
        "month",
        "xmr",
        points=(("2026-01-01", 2, 10, 0.2, "", "", 1), ("2026-02-01", 0, 0, None, "", "no document", 1)),
        segments=((1, "", 0.2, 0.0, None, True),),
        movement="emerging",
        chance=0.01,
    )
    one, points, segments, changes = figures.over_time([trend])
    assert not changes.rows
    assert held(one)[0]["movement"] == "emerging"
    assert [row["share"] for row in held(points)] == [0.2, None]
    assert {row["trend_id"] for row in (*held(points), *held(segments))} == {held(one)[0]["trend_id"]}
    assert parquet_of(points)[1]["rule"] == "no document"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"memberships": (Membership("0000000000000001:0-3", "", 0.5, "weak"),) * 2}, "stands twice"),
        ({"evidence": ()}, "evidence"),
        ({"documents": ()}, "documents"),
    ],
)
def test_a_report_that_does_not_hold_together_is_refused_in_a_line(whole, tmp_path, command, change, said):
    path = tmp_path / "report.json"
    path.write_text(json.render(replace(whole, **change)), encoding="utf-8")
    out = command("report", path, "--tables", tmp_path / "tables")
    assert (out.code, out.err.count("\n")) == (2, 1)
    assert "does not hold together" in out.err
    assert said in out.err
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


# The folder.


def listing(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_folder_holds_every_table_twice_and_says_what_they_are(whole, tmp_path):
    folder = tables.write(whole, tmp_path / "new" / "tables")
    names = set(by_name(whole))
    wanted = {f"csv/{name}.csv" for name in names} | {f"parquet/{name}.parquet" for name in names}
    assert set(listing(folder)) == wanted | {"dictionary.csv", "dictionary.md", "files.csv"}
    assert [p.name for p in folder.parent.iterdir()] == ["tables"]
    told = pd.read_csv(folder / "dictionary.csv")
    page = (folder / "dictionary.md").read_text("utf-8")
    for name in names:
        mine = told[told["table"] == name]
        shown = pd.read_csv(folder / "csv" / f"{name}.csv")
        assert list(mine["column"]) == list(shown.columns)
        assert (
            list(pd.read_parquet(folder / "parquet" / f"{name}.parquet").columns) == list(shown.columns)[:-1]
        )
        assert f"## {name}\n" in page
        assert mine["meaning"].notna().all()
    assert "OFFICIAL-SENSITIVE" in page
    for row in csv.DictReader(io.StringIO((folder / "files.csv").read_text("utf-8-sig"))):
        assert hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_the_same_report_gives_the_same_bytes_in_another_process(whole, tmp_path):
    path = tmp_path / "report.json"
    path.write_text(json.render(whole), encoding="utf-8")
    code = """
import sys
from thememiner.reports import json, tables
tables.write(json.load(sys.argv[1]), sys.argv[2])
"""
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, path, tmp_path / "other"], check=True, env=here)
    tables.write(json.load(path), tmp_path / "one")
    assert listing(tmp_path / "one") == listing(tmp_path / "other")
    mixed = replace(whole, memberships=whole.memberships[::-1], documents=whole.documents[::-1])
    assert tables.files(mixed) == tables.files(whole)


def test_tables_of_an_earlier_report_are_replaced(whole, tmp_path):
    tables.write(whole, tmp_path / "t")
    tables.write(replace(whole, title="Another"), tmp_path / "t")
    assert b"Another" in listing(tmp_path / "t")["csv/report.csv"]
    assert [p.name for p in tmp_path.iterdir()] == ["t"]
    (tmp_path / "empty").mkdir()
    tables.write(whole, tmp_path / "empty")
    assert (tmp_path / "empty" / "files.csv").is_file()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "notes.docx").write_text("mine"), "notes.docx"),
        (lambda f: (f / "csv" / "own.csv").write_text("mine"), "csv/own.csv"),
        (lambda f: (f / "csv" / "files.csv").write_text("changed"), "csv/files.csv"),
        (lambda f: (f / "deep").mkdir(), "deep"),
        (lambda f: (f / "files.csv").unlink(), "csv"),
        (lambda f: (f / "files.csv").write_bytes(b"\xff\xfe no table"), "csv"),
    ],
)
def test_a_folder_that_holds_anything_else_is_refused_and_left_as_it_is(
    whole, tmp_path, command, spoil, said
):
    folder = tables.write(whole, tmp_path / "t")
    spoil(folder)
    before = listing(folder)
    path = tmp_path / "report.json"
    path.write_text(json.render(replace(whole, title="Another")), encoding="utf-8")
    out = command("report", path, "--tables", folder, "--out", tmp_path / "report.md")
    assert (out.code, out.err.count("\n")) == (2, 1)
    assert said in out.err
    assert listing(folder) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.json", "t"]


def test_the_folder_of_the_report_is_refused(whole, tmp_path, command):
    path = tmp_path / "report.json"
    path.write_text(json.render(whole), encoding="utf-8")
    out = command("report", path, "--tables", tmp_path)
    assert (out.code, "report.json" in out.err) == (2, True)
    out = command("report", path, "--tables", path)
    assert (out.code, "is a file" in out.err) == (2, True)
    out = command("report", path, "--tables", path / "t")
    assert (out.code, out.err.count("\n")) == (2, 1)
    out = command("report", path, "--tables", tmp_path / "t", "--out", tmp_path / "t" / "report.md")
    assert (out.code, "would lie in" in out.err) == (2, True)
    out = command("report", path)
    assert (out.code, "--tables" in out.err) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_the_command_says_where_they_are(whole, tmp_path, command):
    path = tmp_path / "report.json"
    path.write_text(json.render(whole), encoding="utf-8")
    out = command("report", path, "--tables", tmp_path / "t", "--out", tmp_path / "r.xlsx")
    assert out.code == 0, out.err
    assert "dictionary.md" in out.out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.xlsx", "report.json", "t"]
    assert listing(tmp_path / "t") == tables.files(json.load(path))


@pytest.mark.parametrize("after", [0, 5])
def test_a_full_disk_leaves_what_was_there(whole, tmp_path, monkeypatch, after):
    tables.write(whole, tmp_path / "t")
    before = listing(tmp_path / "t")
    left = iter(range(after))

    def full(_: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        tables.write(replace(whole, title="Another"), tmp_path / "t")
    with pytest.raises(InputError, match="No space left"):
        tables.write(whole, tmp_path / "fresh")
    assert listing(tmp_path / "t") == before
    assert [p.name for p in tmp_path.iterdir()] == ["t"]


def test_a_folder_that_cannot_be_moved_into_place_leaves_what_was_there(whole, tmp_path, monkeypatch):
    tables.write(whole, tmp_path / "t")
    before = listing(tmp_path / "t")
    replaced = Path.replace

    def held_open(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise PermissionError(13, "Permission denied")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", held_open)
    with pytest.raises(InputError, match="close it there"):
        tables.write(replace(whole, title="Another"), tmp_path / "t")
    assert listing(tmp_path / "t") == before
    assert [p.name for p in tmp_path.iterdir()] == ["t"]


def test_names_that_differ_in_half_a_surrogate_pair_are_two_organisations():
    """UTF-8 writes both halves as one sign: two ids that were one broke the tables."""
    assert shapes.organisation_id("a\ud800") != shapes.organisation_id("a\udc00")


def test_every_field_of_the_records_has_a_column_or_a_reason(whole):
    """A field that is added to a record is not forgotten here."""
    frames = by_name(whole)
    elsewhere = {
        "documents": {"id", "organisation", "file_sha256", "kind"},
        "evidence": {"id", "organisation", "describes"},  # what it describes is in its mark
        "findings": {"id", "basis", "evidence_ids", "drafted", "between"},
        "themes": {"id", "name", "counts", "organisations", "voices", "exemplars"},
        "files": {"skipped"},
        "rates": {"organisation", "number"},
        "comparisons": {"organisation"},
    }
    records = {
        "documents": whole.documents,
        "evidence": whole.evidence,
        "findings": whole.findings,
        "themes": whole.themes,
        "files": whole.ledger,
        "rates": whole.rates,
        "comparisons": whole.comparisons,
    }
    for name, known in records.items():
        fields = {f.name for f in dataclasses.fields(known[0])}
        assert fields - elsewhere[name] <= {column.name for column in frames[name].columns}, name
