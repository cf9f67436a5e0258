"""What is given is read once, and a report of our own never, whatever the order of files and options."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest

from thememiner import pipeline, steps
from thememiner.errors import InputError, InputWarning
from thememiner.gathering import AGAIN, ENCLOSED, OWN, doubtful_dates, gather, is_written
from thememiner.records import LedgerEntry, Skipped, Source
from thememiner.scoping import Review
from thememiner.settings import Settings


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.md").write_text("Leave is agreed by two people.")
    (tmp_path / "in" / "b.md").write_text("Keys are counted at eight.")
    return tmp_path / "in"


def names(gathered) -> list[str]:
    return sorted(found.name for _, files in gathered.files for found in files)


def test_the_same_bytes_under_one_kind_are_read_once(folder):
    shutil.copy(folder / "a.md", folder / "sub" / "again.md")
    gathered = gather([Source(folder, "policy"), Source(folder / "a.md", "policy")])
    assert names(gathered) == ["a.md", "in/b.md"]
    assert gathered.skipped == (Skipped("read", AGAIN, 2),)
    assert gathered.notes == ("given more than once and read once; set aside: in/a.md, in/sub/again.md.",)


def test_a_table_that_comes_with_the_review_is_no_source_in_its_folder(folder):
    (folder / "recs.csv").write_text("id,source,recommendation\n1,CQC,Count the keys.\n")
    gathered = gather([Source(folder, "policy")], [str(folder / "sub" / ".." / "recs.csv")])
    assert names(gathered) == ["in/a.md", "in/b.md"]
    assert gathered.skipped == (Skipped("read", ENCLOSED, 1),)
    assert names(gather([Source(folder, "policy")])) == ["in/a.md", "in/b.md", "in/recs.csv"]


def test_under_another_kind_they_are_read_again(folder):
    gathered = gather([Source(folder / "a.md", "policy"), Source(folder / "a.md", "account")])
    assert names(gathered) == ["a.md", "a.md"]
    assert gathered.skipped == gathered.notes == ()


def test_files_of_one_length_are_not_the_same(folder):
    (folder / "b.md").write_text("Leave is agreed by six people.")
    assert len(names(gather([Source(folder, "policy")]))) == 2


def test_the_source_that_says_most_is_read_whatever_the_order(folder):
    said = [
        Source(folder / "a.md", "account"),
        Source(folder / "a.md", "account", voice="staff", organisation="Northfield"),
        Source(folder / "a.md", "account", voice="staff"),
    ]
    for order in permutations(said):
        ((source, (found,)),) = [kept for kept in gather(order).files if kept[1]]
        assert source == found.source == said[1]


def test_sources_that_say_different_things_are_both_read(folder):
    said = [
        Source(folder / "a.md", "account", organisation="Northfield"),
        Source(folder / "a.md", "account", organisation="Southfield"),
        Source(folder / "a.md", "account"),
    ]
    for order in permutations(said):
        gathered = gather(order)
        assert sorted(s.organisation for s, files in gathered.files if files) == ["Northfield", "Southfield"]
        assert gathered.skipped == (Skipped("read", AGAIN, 1),)


def test_frames_are_left_as_they_are():
    frame = pd.DataFrame({"text": ["a"]})
    assert len(names(gather([Source(frame), Source(frame)]))) == 2


def test_an_earlier_report_in_a_folder_is_no_source(folder, finished):
    shutil.copytree(finished.out, folder / "sub" / "out")
    gathered = gather([Source(folder, "policy")])
    assert names(gathered) == ["in/a.md", "in/b.md"]
    assert gathered.skipped == (Skipped("read", OWN, 5),)
    assert "in/sub/out/report.html" in gathered.notes[0]


@pytest.mark.parametrize("name", ["report.html", "report.md", "report.json", "settings.toml"])
def test_a_page_of_ours_is_known_by_its_words_wherever_it_lies(tmp_path, finished, name):
    moved = tmp_path / f"moved{Path(name).suffix}" if name != "settings.toml" else tmp_path / name
    shutil.copy(finished.out / name, moved)
    assert is_written(moved)


def test_documents_are_known_beside_their_report_and_else_are_texts(tmp_path, finished):
    assert is_written(finished.out / "documents.jsonl")
    shutil.copy(finished.out / "documents.jsonl", tmp_path)
    assert not is_written(tmp_path / "documents.jsonl")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("report.html", "<html><head><title>Annual report</title></head></html>"),
        ("report.md", "# Report\n\n## The question asked\n\nWhy?\n"),
        ("report.json", '[{"text": "She rang."}]'),
        ("settings.toml", 'codebook = "x"\n'),
        ("settings.toml", "not toml ="),
    ],
)
def test_the_reports_of_others_are_sources(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert not is_written(tmp_path / name)
    assert not is_written(tmp_path / "nothing.html")


def test_a_report_given_by_name_is_refused(finished):
    for path in (finished.out, finished.out / "report.html"):
        with pytest.raises(InputError, match="written by an earlier run of thememiner"):
            gather([Source(path, "policy")])


def test_notes_tell_no_identifier_and_not_every_name(folder):
    for n in range(9):
        shutil.copy(folder / "a.md", folder / f"leave of Mr Peverell {n}.md")
    (note,) = gather([Source(folder, "policy")]).notes
    assert "Peverell" not in note
    assert note.endswith("and 4 more.")


DATED = "text,When\nThe bus was late.,04/13/2025\nThe bus was on time.,03/04/2025\n"
SAID = (
    'dates in 1 column may be read wrong. a.csv, "When": 1 (row 2) can only be month first, none only day '
    "first, 1 (row 3) could be either, read day first."
)


@pytest.mark.filterwarnings("error")
def test_dates_in_two_orders_are_one_warning_of_a_run_and_of_read(tmp_path):
    (tmp_path / "a.csv").write_text(DATED)
    (tmp_path / "b.csv").write_text(DATED.replace("04/13", "13/04"))
    sources = [Source(tmp_path / name, "incident", text="text", date="When") for name in ("a.csv", "b.csv")]
    for redact in (True, False):
        settings = Settings(redact=redact, reason="masked before")
        with pytest.warns(InputWarning) as warned:
            prepared = pipeline.prepare(Review(sources=tuple(sources)), settings)
        assert [str(w.message) for w in warned] == [SAID]
        with pytest.warns(InputWarning) as warned:
            read = steps.read_texts(sources, redact=redact)
        assert [str(w.message) for w in warned] == [SAID]
        assert [bool(entry.notes) for entry in (*prepared.ledger, *read.ledger)] == [True, False] * 2


def test_only_the_first_columns_are_named_in_the_warning():
    assert doubtful_dates([LedgerEntry("a.csv", "incident", "read")]) == ""
    entries = [LedgerEntry(f"{n}.csv", "incident", "read", notes=("x", "y")) for n in range(4)]
    assert doubtful_dates(entries) == (
        "dates in 8 columns may be read wrong. 0.csv, x; 0.csv, y; 1.csv, x; 1.csv, y; 2.csv, x; "
        "and 3 more columns."
    )


def test_the_name_of_a_file_in_the_warning_has_gone_through_the_wall(tmp_path):
    (tmp_path / "Mr John Smithers.csv").write_text(DATED)
    source = Source(tmp_path / "Mr John Smithers.csv", "incident", text="text", date="When")
    for make in (
        lambda: pipeline.prepare(Review(sources=(source,)), Settings()),
        lambda: steps.read_texts([source]),
    ):
        with pytest.warns(InputWarning, match="may be read wrong") as warned:
            make()
        assert "Smithers" not in str(warned[0].message)
