"""The method page, worded once for every renderer, and the checklists that are filled from it."""

from __future__ import annotations

import dataclasses
import html as stdlib_html
import re

import pytest

from thememiner import UnknownNameError
from thememiner.records import Report, Skipped
from thememiner.reports import html, markdown, wording, workbook
from thememiner.reports.checklists import CHECKLISTS, answers, table, writing
from thememiner.reports.methods import method
from thememiner.reports.workbook.sheets import sheets

MADE = {
    "thememiner": "9.9",
    "scope": {"start": "2025-01-01", "end": "2026-03-31", "teams": ["North <b>team</b>"]},
    "codebook": {"id": "own", "version": "3.1", "sha256": "ab" * 32},
    "template": {"id": "form", "version": "2", "official": True},
    "encoder": {"name": "small-encoder", "precision": "float32", "sha256": "cd" * 32},
    "settings": {
        "redact": True,
        "assigned": 0.35,
        "weak": 0.2,
        "findings": {"enough": 3, "told": 3, "doubt": 0.4, "seen": 2},
    },
    "seed": 17,
    "reader": "ef" * 32,
    "inputs": [{"source": "a.csv"}, {"source": "b.csv"}],
}


@pytest.fixture
def report(judged) -> Report:
    return dataclasses.replace(judged, provenance=MADE, skipped=(Skipped("read", "no text", 7),))


def said(report: Report) -> str:
    return "\n".join(line for group in method(report) for line in group.lines)


def test_the_page_says_what_the_run_recorded(report):
    text = said(report)
    for wanted in (
        "carried out by the program thememiner 9.9",
        "not for real-time care decisions, not triage",
        "from 1 January 2025 to 31 March 2026",
        "In scope, teams: North <b>team</b>.",
        "Left out by a step of the work: 7,",
        f"Codebook own, version 3.1 (SHA-256 {'ab' * 8})",
        "Template form, version 2: an official one.",
        f"Encoder small-encoder (SHA-256 {'cd' * 8}); precision float32.",
        "placed under a theme from 0.35, and weakly like one from 0.2.",
        "nothing is concluded of under 3 documents or passages of an account",
        "starts from the seed 17.",
        "Agreement between coders was not measured",
        "SHA-256 of 2 files",
    ):
        assert wanted in text, wanted


def test_what_is_dated_after_the_review_is_counted(report):
    entry = next(d for d in report.documents if d.kind == "incident")
    documents = (dataclasses.replace(entry, date="2031-01-01"), dataclasses.replace(entry, kind="account"))
    made = {**MADE, "date": "2026-03-01"}
    assert "1 of the incidents and comments dated after" not in said(
        dataclasses.replace(report, provenance=made)
    )
    dated = dataclasses.replace(report, provenance=made, documents=documents)
    assert "; 1 of the incidents and comments dated after the review’s own day" in said(dated)


@pytest.mark.parametrize(
    "made",
    [
        {},
        {"codebook": 1, "template": [], "scope": "x", "encoder": None, "inputs": 3, "seed": [1]},
        {"settings": {"findings": "x", "assigned": "y"}},
        {"settings": "x", "scope": {"services": "x"}},
    ],
)
def test_what_was_not_recorded_is_said_and_breaks_nothing(report, made):
    text = said(dataclasses.replace(report, provenance=made, skipped=()))
    assert "version not recorded" in text
    assert "Thresholds are not recorded." in text
    assert "The seed is not recorded." in text
    assert "No step of the work left anything out." in text


def test_every_renderer_prints_every_statement(report):
    page = stdlib_html.unescape(re.sub(r"<[^>]+>", "", html.render(report)))
    text = re.sub(r"\\(.)", r"\1", markdown.render(report))
    cells = {str(cell) for sheet in sheets(report) for row in sheet.table.rows for cell in row}
    for group in method(report):
        assert group.title in page
        assert f"### {group.title}" in text
        for line in group.lines:
            assert re.sub(r"<[^>]+>", "", line) in re.sub(r"<[^>]+>", "", page), line
            assert line in text, line
            assert line in cells, line
    assert "<b>team" not in html.render(report)
    assert "<b>team" not in markdown.render(report)


def test_it_is_never_called_what_it_is_not(report):
    for render in (html.render, markdown.render):
        assert "reflexive" not in render(report).casefold()
    for name in CHECKLISTS:
        assert "thematic analysis" not in str(table(report, name)).casefold()


def test_texts_that_were_not_masked_are_said_to_be_so(report):
    bare = dataclasses.replace(report, provenance=MADE | {"settings": {"redact": False}})
    assert wording.NOT_MASKED in said(bare)
    assert "masked as far as" not in said(bare)
    assert answers(bare)["masking"] == answers(bare)["processing"] == wording.NOT_MASKED


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("coreq", [str(n) for n in range(1, 33)]), ("srqr", [f"S{n}" for n in range(1, 22)])],
)
def test_a_checklist_has_its_items_in_order_and_nothing_ticked(report, name, numbers):
    made = table(report, name)
    assert [row[0] for row in made.rows] == numbers
    given = answers(report)
    for row, item in zip(made.rows, CHECKLISTS[name].items, strict=True):
        assert row[3] or row[4], row[0]  # each is answered, or asks people to
        assert bool(row[3]) == bool(item.answer)
        assert not item.answer or row[3] == given[item.answer]
        assert not re.search(r"[✓✔☑✗☒]|\byes\b", f"{row[3]} {row[4]}".casefold())
    assert {"Tong", "O’Brien"} & set(re.split(r"[ ,]", made.caption))


def test_every_answer_is_used_and_none_is_missing(report):
    used = {item.answer for known in CHECKLISTS.values() for item in known.items if item.answer}
    assert used == set(answers(report))


def test_an_unknown_checklist_or_format_names_the_known(report, tmp_path):
    with pytest.raises(UnknownNameError, match="coreq"):
        table(report, "corek")
    with pytest.raises(UnknownNameError, match=r"\.xlsx"):
        writing.write(report, "coreq", tmp_path / "x.pdf")


@pytest.mark.parametrize("suffix", [".md", ".xlsx"])
def test_a_checklist_is_the_same_bytes_and_holds_text_alone(report, tmp_path, suffix):
    hostile = dataclasses.replace(report, title="=1+1 <script>x</script> | [a](b)", question="=cmd()")
    one = writing.write(hostile, "SRQR", tmp_path / f"a{suffix}").read_bytes()
    assert one == writing.write(hostile, "srqr", tmp_path / f"b{suffix}").read_bytes()
    if suffix == ".md":
        text = one.decode()
        assert "<script>" not in text.replace("\\<script\\>", "")
        assert "[a](b)" not in text
    else:
        from openpyxl import load_workbook

        book = load_workbook(tmp_path / "a.xlsx")
        assert book.sheetnames == ["Read me first", "SRQR"]
        assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_command_writes_a_checklist_and_never_over_one(command, report, tmp_path):
    from thememiner import reports

    file = reports.write(report, tmp_path / "report.json")
    out = tmp_path / "coreq.xlsx"
    given = ("report", file, "--checklist", "coreq")
    assert command(*given, "--out", out).code == 0
    said = command(*given, "--out", out)
    assert said.code == 2
    assert "people may have written in it" in said.err
    assert "needs --out" in command(*given).err
    assert "in another run" in command(*given, "--out", tmp_path / "x.md", "--tables", tmp_path / "t").err
    assert command(*given, "--out", tmp_path / "c.html").code == 2


def test_the_workbook_opens_at_its_first_sheet(report):
    assert workbook.written(sheets(report)) == workbook.render(report)
