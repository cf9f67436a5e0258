"""`report --release`: the folder that leaves, the log that stays, and what is refused."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import shutil
from pathlib import Path

import pytest

from thememiner import reports
from thememiner.counting import list_documents
from thememiner.deidentifying import deidentify
from thememiner.reading import read
from thememiner.records import MAY_QUOTE, Source
from thememiner.releasing import packaging
from thememiner.reports import json
from thememiner.scoping import load_review


@pytest.fixture
def working(finished, tmp_path):
    """A copy of the small review's report with its texts, as a run leaves them."""
    for name in ("report.json", packaging.TEXTS):
        (tmp_path / name).write_bytes((finished.out / name).read_bytes())
    return tmp_path / "report.json"


def test_a_folder_has_every_format_and_the_log_stays_outside(working, command, tmp_path):
    out = tmp_path / "public"
    said = command("report", working, "--release", "public", "--out", out)
    assert said.code == 0, said.err
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {f"report{suffix}" for suffix in reports.RENDERERS} < names
    assert {"release-log.md", "release-log.csv", "files.csv", "tables/dictionary.md"} < names
    assert packaging.TEXTS not in names
    log = (tmp_path / "release-public.csv").read_text("utf-8-sig")
    assert str(tmp_path / "release-public.csv") in said.out
    assert "incident reports are never quoted in public" in log
    found = json.load(working)
    assert not [e.quote for e in found.evidence if len(e.quote.split()) > 3 and e.quote in log]
    made = json.load(out / "report.json")
    assert made.release.profile == "public"
    assert not [e for e in made.evidence if e.kind in ("incident", "feedback")]


def test_the_same_release_again_replaces_it_and_a_changed_one_is_refused(working, command, tmp_path):
    out = tmp_path / "public"
    asked = ("report", working, "--release", "public", "--out", out)
    assert command(*asked).code == 0
    first = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert command(*asked).code == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == first
    (out / "report.md").write_text("mine", encoding="utf-8")
    said = command(*asked)
    assert (said.code, said.out) == (2, "")
    assert "report.md in" in said.err
    assert (out / "report.md").read_text("utf-8") == "mine"


def test_a_folder_that_holds_anything_else_is_refused(working, command):
    said = command("report", working, "--release", "public", "--out", working.parent)
    assert said.code == 2
    assert "which is no file of an earlier report" in said.err


@pytest.mark.parametrize("name", ["project.qdpx", "codes.qdc", "documents.jsonl"])
@pytest.mark.parametrize("profile", ["public", "internal"])
def test_what_holds_whole_texts_is_refused_in_one_line(working, command, tmp_path, profile, name):
    before = {path.name for path in tmp_path.iterdir()}
    said = command("report", working, "--release", profile, "--out", tmp_path / name)
    assert said.code == 2
    assert "holds whole texts of incidents and people" in said.err
    assert said.err.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--release", "publik", "--out", "x"], "publik"),
        (["--release", "public", "--small-numbers", "nhs", "--out", "x"], "nhs"),
        (["--release", "public", "--out", "x.pdf"], ".pdf"),
        (["--release", "public"], "give --out"),
        (["--small-numbers", "fft", "--out", "x.md"], "go with --release"),
        (["--release", "public", "--approvals", "none.toml", "--out", "x"], "none.toml"),
        (["--release", "public", "--charts", "c", "--out", "x"], "--charts goes with the working report"),
        (["--release", "internal", "--house", "h.docx", "--out", "x"], "--house goes with the working"),
        (["--release", "public", "--checklist", "srqr", "--out", "x"], "--checklist goes with the working"),
        (["--checklist", "srqr", "--small-numbers", "fft", "--out", "x.md"], "go with --release"),
        (["--checklist", "srqr", "--house", "h.docx", "--out", "x.md"], "--house in another run"),
    ],
)
def test_slips_are_told(working, command, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    outcome = command("report", working, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents.jsonl", "report.json"]


def test_texts_that_are_not_there_or_not_those_of_the_report_are_refused(working, command, tmp_path):
    texts = tmp_path / packaging.TEXTS
    rows = texts.read_text("utf-8").splitlines()
    texts.write_text("\n".join(rows[:1]) + "\n", encoding="utf-8")
    said = command("report", working, "--release", "public", "--out", tmp_path / "public.html")
    assert said.code == 2
    assert "lacks" in said.err
    texts.unlink()
    said = command("report", working, "--release", "public", "--out", tmp_path / "public.html")
    assert said.code == 2
    assert "documents.jsonl is not beside" in said.err
    assert "copy it there" in said.err
    assert not (tmp_path / "public.html").exists()
    assert command("report", working, "--release", "internal", "--out", tmp_path / "in.html").code == 0


def test_a_working_report_is_as_it_was(working, command, tmp_path):
    assert command("report", working, "--release", "working", "--out", tmp_path / "a.html").code == 0
    assert command("report", working, "--out", tmp_path / "b.html").code == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page == (tmp_path / "b.html").read_text("utf-8")
    assert "OFFICIAL-SENSITIVE: working draft, not for publication" in page


# The proof of a released folder.


@pytest.fixture
def released(working, command, tmp_path):
    """A public folder of the small review."""
    out = tmp_path / "public"
    assert command("report", working, "--release", "public", "--out", out).code == 0
    return out


def every_format(folder: Path) -> list[str]:
    """A file of each format in a folder."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return list({Path(name).suffix: name for name in names}.values())


def test_a_released_folder_is_proved_as_it_was_written(released, command):
    said = command("verify", released)
    assert said.code == 0, said.err
    assert re.search(r"As released: \d+ files, .* Seal: [0-9a-f]{64}", said.out)
    assert command("verify", released).out == said.out


def test_a_changed_byte_in_any_format_fails(released, command):
    names = every_format(released)
    assert {Path(name).suffix for name in names} == {
        ".csv", ".docx", ".html", ".json", ".md", ".parquet", ".png", ".svg", ".xlsx"}  # fmt: skip
    for name in (*names, "files.csv", "charts/charts.md", "release-log.md"):
        path = released / name
        before = path.read_bytes()
        at = len(before) // 2
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        said = command("verify", released)
        assert (said.code, "NOT AS RELEASED." in said.err) == (1, True), name
        assert name == "report.json" or f"{name} is not what report.json gives." in said.err
        path.write_bytes(before)
    assert command("verify", released).code == 0


def test_a_missing_file_and_one_that_was_added_fail(released, command):
    (released / "charts" / "note.txt").write_text("mine", encoding="utf-8")
    (released / "report.md").unlink()
    (released / "empty").mkdir()
    said = command("verify", released)
    assert said.code == 1
    assert said.err.splitlines()[:3] == [
        "report.md is missing.",
        "charts/note.txt was added: report.json does not give it.",
        "empty was added: report.json does not give it.",
    ]


def test_a_changed_report_with_its_pages_written_anew_has_another_seal(released, command):
    before = command("verify", released).out
    made = json.load(released / "report.json")
    shutil.rmtree(released)
    packaging.write(dataclasses.replace(made, title="Another title"), released)
    after = command("verify", released)
    assert after.code == 0
    assert after.out != before


def test_a_file_of_another_version_is_told_apart_from_a_changed_one(released, command):
    path = next(released.rglob("*.png"))
    name = path.relative_to(released).as_posix()
    path.write_bytes(b"drawn elsewhere")
    listing = (released / "files.csv").read_text("utf-8-sig")
    digest = hashlib.sha256(b"drawn elsewhere").hexdigest()
    old = next(line for line in listing.splitlines() if line.startswith(f"{name},"))
    (released / "files.csv").write_text(
        listing.replace(old, f"{name},15,{digest}"), encoding="utf-8-sig", newline=""
    )
    said = command("verify", released)
    assert said.code == 1
    assert f"{name} is as files.csv lists it, but not what report.json gives here" in said.err


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_each_quote_of_a_released_folder_is_proved_by_its_sources(
    finished, working, command, tmp_path, profile
):
    out = tmp_path / profile
    assert command("report", working, "--release", profile, "--out", out).code == 0
    said = command("verify", out, finished.sources, "--working", working)
    assert said.code == 0, said.err
    number = len({e.quote for e in json.load(out / "report.json").evidence})
    assert number
    assert re.search(r"(\d+) of \1 quotes? proved verbatim", said.out)


def test_a_quote_that_the_working_report_has_not_fails(finished, released, working, command):
    made = json.load(released / "report.json")
    first = dataclasses.replace(made.evidence[0], quote=f"Not {made.evidence[0].quote}")
    shutil.rmtree(released)
    packaging.write(dataclasses.replace(made, evidence=(first, *made.evidence[1:])), released)
    said = command("verify", released, finished.sources, "--working", working)
    assert said.code == 1
    assert f"excerpt {first.id}: the working report has no such words" in said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["SOURCES"], "give both"),
        (["--working", "WORKING"], "give both"),
        (["SOURCES", "--page", "x.md"], "--page"),
    ],
)
def test_what_cannot_prove_a_released_folder_is_told(finished, released, working, command, arguments, said):
    given = [{"SOURCES": finished.sources, "WORKING": working}.get(a, a) for a in arguments]
    outcome = command("verify", released, *given)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_working_goes_with_a_released_folder_alone(finished, working, command):
    outcome = command("verify", working, finished.sources, "--working", working)
    assert outcome.code == 2
    assert "--working goes with a folder" in outcome.err


# Whether a source may be quoted, from review.toml to the report.


@pytest.mark.parametrize("leave", MAY_QUOTE)
def test_leave_to_quote_is_read_from_the_review(tmp_path, leave):
    path = tmp_path / "review.toml"
    path.write_text(
        f'[[source]]\npath = "a.txt"\nkind = "feedback"\nmay_quote = "{leave}"\n', encoding="utf-8"
    )
    (source,) = load_review(path).sources
    assert source.may_quote == leave


def test_an_unknown_leave_is_an_error(tmp_path):
    path = tmp_path / "review.toml"
    path.write_text('[[source]]\npath = "a.txt"\nkind = "feedback"\nmay_quote = "role"\n', encoding="utf-8")
    with pytest.raises(Exception, match=re.escape("may_quote = 'role' is not one of no, paraphrase")):
        load_review(path)


def test_a_column_says_it_row_by_row_and_any_other_word_is_no(tmp_path):
    path = tmp_path / "comments.csv"
    path.write_text("text,ok\nOne,Yes\nTwo,with role\nThree,\nFour,if you like\n", encoding="utf-8")
    source = Source(path, kind="feedback", text="text", may_quote="paraphrase", may_quote_column="ok")
    documents = deidentify(read([source]).documents)
    told = {document.text: document.may_quote for document in documents}
    assert told == {"One": "yes", "Two": "with role", "Three": "paraphrase", "Four": "no"}


@pytest.mark.parametrize("name", ["notes.txt", "notes.md"])
def test_a_text_has_its_sources_leave(tmp_path, name):
    path = tmp_path / name
    path.write_text("We were never asked.\n", encoding="utf-8")
    (document,) = deidentify(read([Source(path, kind="feedback", may_quote="yes")]).documents)
    assert document.may_quote == "yes"


def test_the_reports_list_of_documents_has_it(tmp_path):
    path = tmp_path / "group.txt"
    path.write_text("We were never asked what we thought of the handover.\n", encoding="utf-8")
    documents = deidentify(read([Source(path, kind="feedback", may_quote="with role")]).documents)
    assert [entry.may_quote for entry in list_documents(documents, [])] == ["with role"]
