"""The command line, as a careful analyst uses it and as a clumsy one does."""

# ruff: noqa: E501  each slip and the words that answer it stay on one line

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from thememiner import resources
from thememiner_cli import running

HERE = Path(__file__).parents[1]
NARRATIVES = "Ref,Narrative\nA,The family rang and nobody called back.\nA,Handed over by telephone.\nB,\n"
TEXT = ("--text-column", "Narrative")


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("incidents.csv").write_text(NARRATIVES)
    return "incidents.csv"


@pytest.fixture
def small(golden):
    return ("--codebook", golden / "codebook.toml", "--template", golden / "template.toml")


def lines(path: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def one_line(err: str) -> bool:
    return err.startswith("thememiner: ") and err.count("\n") == 1 and "Traceback" not in err


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "thememiner", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | environment,
    )


# The commands, and the shapes of what they write.


def test_read_writes_a_line_a_document_and_a_ledger(command, table):
    said = command(
        "read", table, *TEXT, "--id-column", "Ref", "--out", "d/documents.jsonl", "--ledger", "l.json"
    )
    assert (said.code, said.err) == (0, "")
    assert "1 file found: 1 read; 2 documents." in said.out
    rows = lines("d/documents.jsonl")
    assert [(r["id"], r["kind"], r["source"]) for r in rows] == [
        ("A", "incident", table),
        ("A~2", "incident", table),
    ]
    (entry,) = json.loads(Path("l.json").read_text())["files"]
    assert {k: entry[k] for k in ("source", "kind", "status", "documents")} == {
        "source": table,
        "kind": "incident",
        "status": "read",
        "documents": 2,
    }
    assert entry["skipped"] == [["no text", 1]]


def test_read_keeps_identifiers_only_when_told_to_and_says_so(command, table):
    Path(table).write_text("Narrative\nNHS number 943 476 5919.\n")
    said = command("read", table, *TEXT, "--out", "d.jsonl")
    assert "943" not in Path("d.jsonl").read_text()
    why = ("--reason", "masked by the trust; asked Mrs Quill")
    said = command("read", table, *TEXT, "--no-redact", *why, "--out", "d.jsonl", "--ledger", "l.json")
    assert one_line(said.err)
    assert "--no-redact" in said.err
    assert json.loads(Path("l.json").read_text())["redaction"] == {
        "redacted": False,
        "reason": "masked by the trust; asked Mrs [PERSON 1]",
    }
    assert lines("d.jsonl")[0]["text"] == "NHS number 943 476 5919."


def test_why_texts_keep_identifiers_is_recorded_without_being_asked_to(command, table):
    assert command("read", table, *TEXT, "--out", "d.jsonl", "--ledger", "l.json").code == 0
    assert json.loads(Path("l.json").read_text())["redaction"] == {"redacted": True}
    said = command("read", table, *TEXT, "--no-redact", "--reason", "agreed", "--out", "d.jsonl")
    assert "d.ledger.json" in said.err
    assert json.loads(Path("d.ledger.json").read_text())["redaction"]["reason"] == "agreed"


def test_redact_and_segment(command, table):
    assert command("redact", table, *TEXT, "--id-column", "Ref", "--out", "r.jsonl").code == 0
    assert [(r["id"], r["redactions"]) for r in lines("r.jsonl")] == [("A", []), ("A~2", []), ("B", [])]
    assert command("segment", table, *TEXT, "--kind", "feedback", "--out", "p.jsonl").code == 0
    assert [r["text"] for r in lines("p.jsonl")] == [
        "The family rang and nobody called back.",
        "Handed over by telephone.",
    ]


def test_code_and_discover_write_their_columns(command, table, small):
    said = command("code", table, *TEXT, *small[:2], "--out", "codes.csv")
    assert said.code == 0, said.err
    with Path("codes.csv").open(newline="") as stream:
        reader = csv.DictReader(stream)
        assert reader.fieldnames == [
            "id",
            "code_id",
            "score",
            "outcome",
            "start",
            "end",
            "words",
            "nearest_example",
        ]
        assert len(list(reader)) == 2 * 3
    for unit in ((), ("--unit", "passage")):
        assert command("discover", table, *TEXT, *unit, "--out", "themes.csv").code == 0
        with Path("themes.csv").open(newline="") as stream:
            reader = csv.DictReader(stream)
            assert reader.fieldnames == [
                "id",
                "theme_id",
                "theme_name",
                "wider_theme",
                "strength",
                "stability",
            ]
            assert [r["theme_id"] for r in reader] == ["", ""]


def test_one_text_may_be_a_single_document(command, table, small):
    Path("one.txt").write_text("The family rang three times and nobody called back.")
    assert command("code", "one.txt", *small[:2], "--out", "c.csv").code == 0
    assert Path("c.csv").read_text().count("one.txt,") == 3


def test_run_writes_its_files_and_prints_the_themes(finished):
    assert sorted(p.name for p in finished.out.iterdir()) == [
        "documents.jsonl",
        "report.html",
        "report.json",
        "report.md",
        "settings.toml",
    ]
    assert "Unnamed group 1" in finished.said.out
    assert "counts are not incidence" in finished.said.out
    assert "5 files found: 4 read, 1 refused; 43 documents" in finished.said.out
    assert "Left out: no text: 1." in finished.said.out
    assert "refused, unsupported" in finished.said.err
    assert "\x1b" not in finished.said.out + finished.said.err  # nothing drawn where there is no terminal


def test_report_writes_other_formats_byte_for_byte(command, finished, tmp_path):
    for name in ("report.html", "report.md", "report.json"):
        said = command("report", finished.out / "report.json", "--out", tmp_path / name)
        assert said.code == 0
        assert (tmp_path / name).read_bytes() == (finished.out / name).read_bytes()


def test_verify_says_what_it_proved(command, finished):
    given = [p for p in finished.sources.rglob("*") if p.is_file() and p.name != "review.toml"]
    said = command("verify", finished.out / "report.json", *given)
    assert (said.code, said.err) == (0, "")
    assert "Verified: every quote stands in its source." in said.out
    assert "quotes proved verbatim in 5 files" in said.out


@pytest.mark.parametrize("option", ["--page", "--house"])
def test_verify_says_that_a_page_needs_the_sources(command, finished, option):
    said = command("verify", finished.out / "report.json", option, "board.docx")
    assert said.code == 2
    assert "--page and --house need the sources" in said.err


def test_verify_fails_with_exit_code_1(command, finished, tmp_path):
    copy = tmp_path / "comments.csv"
    copy.write_bytes((finished.sources / "comments.csv").read_bytes() + b" ")
    said = command("verify", finished.out / "report.json", copy)
    assert said.code == 1
    assert "comments.csv has changed since the report was made (" in said.err
    assert " was not given (" in said.err
    assert len(said.err.splitlines()) == 6  # a line a file, and the verdict
    assert "NOT VERIFIED." in said.err
    assert "Traceback" not in said.err


def test_codebooks_and_templates(command, golden):
    said = command("codebooks", "list")
    assert said.out.startswith("assertive-care\t24 codes\t")
    assert "not an official template" in command("templates", "list").out
    assert "handover: Handover" in command("codebooks", "show", "assertive-care").out
    shown = json.loads(command("codebooks", "show", golden / "codebook.toml", "--json").out)
    assert [code["id"] for code in shown["codes"]] == ["handover", "missed-appointments", "family"]
    assert json.loads(command("templates", "show", "assertive-care-review", "--json").out)["sections"]
    said = command("templates", "show", "psirf-thematic-review").out
    for part in (
        "(psirf-thematic-review 1.0, not an official template)",
        "Source: ",
        "  asks: ",
        "  needs: ",
    ):
        assert part in said
    said = command("codebooks", "check", golden / "codebook.toml")
    assert said.out.endswith("\ncodebook.toml is sound: 3 codes.\n")
    assert said.out.startswith('family: "The family was not told that leave had been granted." is nearer to ')
    said = command("codebooks", "check", golden / "codebook.toml", "--template", "assertive-care-review")
    assert (said.code, "template, section " in said.out, " to mend first." in said.out) == (0, True, True)
    shipped = resources.folder("templates") / "assertive-care-review.toml"
    said = command("templates", "check", shipped, "--codebook", "assertive-care")
    assert (said.code, "is sound" in said.out) == (0, True)
    said = command("templates", "check", shipped, "--codebook", golden / "codebook.toml")
    assert said.code == 2
    assert one_line(said.err)
    assert all(line.startswith(("section ", "requirement ")) for line in said.out.splitlines())
    assert len(said.out.splitlines()) > 4


def test_a_form_becomes_a_template(command, table):
    import docx

    form = docx.Document()
    form.add_heading("Winter review: return", 0)
    for heading, question in (("Warm homes", "How are homes kept warm?"), ("Food", "Who cooks at weekends?")):
        form.add_heading(heading, 1)
        form.add_paragraph(question)
    form.save("form.docx")
    said = command("templates", "import", "form.docx", "--out", "own.toml")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Written: own.toml, 2 sections and 2 questions.\nNo section names a code yet")
    shown = json.loads(command("templates", "show", "own.toml", "--json").out)
    assert (shown["id"], shown["official"], shown["source"]) == (
        "winter-review-return",
        False,
        "The form form.docx.",
    )
    assert [section["id"] for section in shown["sections"]] == ["warm-homes", "food"]
    assert "own.toml is sound: 2 sections" in command("templates", "check", "own.toml").out
    docx.Document().save("empty.docx")
    for slip in (
        ("form.docx", "--out", "own.toml"),  # it is there
        ("form.docx", "--out", "own.csv"),
        ("form.docx",),
        ("empty.docx", "--out", "new.toml"),
        ("nowhere.docx", "--out", "new.toml"),
    ):
        said = command("templates", "import", *slip)
        assert (said.code, one_line(said.err)) == (2, True), slip
    assert not Path("new.toml").exists()


def test_a_template_of_a_form_says_how_each_of_its_sections_ends(command, table, golden):
    """From the blank form to a proved report: an answer in its section, a stated absence, and one not asked."""
    import docx

    asks = {
        "Keeping in touch": "What happens when somebody misses an appointment?",
        "Boats and moorings": "Is there a harbour master?",
        "Songs": "Who sings at night?",
    }
    answers = {
        "Keeping in touch": "She was discharged after two missed appointments and no home visit was tried.",
        "Boats and moorings": "We do not have any boats.",
    }
    for name, filled in (("blank.docx", {}), ("north.docx", answers)):
        form = docx.Document()
        form.add_heading("Winter review: return", 0)
        form.add_paragraph("Organisation: Northfield Trust")
        for heading, question in asks.items():
            if not filled or heading in filled:
                form.add_heading(heading, 1)
                form.add_paragraph(question)
                form.add_paragraph(filled.get(heading, ""))
        form.save(name)
    assert command("templates", "import", "blank.docx", "--out", "own.toml").code == 0
    Path("own.toml").write_text(Path("own.toml").read_text().replace("kinds = [", 'kinds = ["account"] # ['))
    given = ("--accounts", "north.docx", "--codebook", golden / "codebook.toml", "--template", "own.toml")
    said = command("run", *given, "--out", "out")
    assert said.code == 0, said.err
    assert "template 'winter-review-return' names no codes" in said.err
    report = json.loads(Path("out/report.json").read_text("utf-8"))
    ends = {section["id"]: section["absence"] for section in report["sections"]}
    assert ends == {
        "keeping-in-touch": "",
        "boats-and-moorings": "stated absent by a source",
        "songs": "not asked",
    }
    (finding,) = report["findings"]
    assert "answers given under it speak of it" in finding["reason"]
    (stated,) = next(s["evidence_ids"] for s in report["sections"] if s["id"] == "boats-and-moorings")
    assert next(e["quote"] for e in report["evidence"] if e["id"] == stated) == "We do not have any boats."
    said = command("verify", "out/report.json", "north.docx")
    assert (said.code, "Verified" in said.out) == (0, True)


@pytest.mark.parametrize("kind", ["codebooks", "templates"])
def test_what_is_shipped_can_be_copied_and_never_over_another_file(command, table, kind):
    name = {"codebooks": "assertive-care", "templates": "assertive-care-review"}[kind]
    said = command(kind, "copy", name, "own.toml")
    assert (said.code, said.err) == (0, "")
    assert Path("own.toml").read_bytes() == (resources.folder(kind) / f"{name}.toml").read_bytes()
    assert "own.toml is sound" in command(kind, "check", "own.toml").out
    Path("own.toml").write_text("mine")
    for there in ("own.toml", "own.csv"):
        said = command(kind, "copy", name, there)
        assert (said.code, one_line(said.err)) == (2, True)
    assert Path("own.toml").read_text() == "mine"


def test_a_codebook_goes_out_to_excel_and_to_coding_programs_and_comes_back(command, table):
    said = command("codebooks", "export", "assertive-care", "own.xlsx")
    assert (said.code, said.out, said.err) == (0, "Written: own.xlsx.\n", "")
    said = command("codebooks", "export", "own.xlsx", "own.toml")
    assert (said.code, said.err) == (0, "")
    shown = [
        command("codebooks", "show", b, "--json").out for b in ("assertive-care", "own.xlsx", "own.toml")
    ]
    assert len(set(shown)) == 1
    said = command("codebooks", "export", "own.toml", "own.qdc")
    assert said.out.startswith("Written: own.qdc.\nLeft out, as the format has no place for them: ")
    assert "0 examples" in command("codebooks", "show", "own.qdc").out
    for there in ("own.xlsx", "own.csv"):
        said = command("codebooks", "export", "assertive-care", there)
        assert (said.code, one_line(said.err)) == (2, True)


def test_a_code_without_examples_is_not_sound(command, table):
    Path("own.toml").write_text('id = "o"\nname = "O"\n[[code]]\nid = "bus"\nname = "Bus"\n')
    said = command("codebooks", "check", "own.toml")
    assert said.out == (
        "bus: 0 examples; with fewer than 8 it will hardly be found.\n"
        "bus: no definition; say in a sentence what it is about.\n"
        "own.toml can be used: 1 code, and 2 things to mend first.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("code", "incidents.csv", *TEXT, "--codebook", "assertive-care", "--out", "incidents.csv"),
        ("discover", "incidents.csv", *TEXT, "--out", "./incidents.csv"),
        ("read", "incidents.csv", *TEXT, "--out", "d.jsonl", "--ledger", "d.jsonl"),
        ("redact", "in", *TEXT, "--out", "in/r.jsonl"),
        ("run", "--incidents", "in", *TEXT, "--out", "in"),
        ("run", "--review", "review.toml", "--out", "in/out"),
        ("report", "report.json", "--out", "report.json"),
    ],
)
def test_nothing_is_written_onto_or_among_what_is_read(command, table, finished, arguments):
    Path("in").mkdir()
    shutil.copy(table, "in/a.csv")
    shutil.copy(finished.out / "report.json", "report.json")
    Path("review.toml").write_text('[[source]]\npath = "in"\nkind = "incident"\ntext = "Narrative"\n')
    before = {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()}
    said = command(*arguments)
    assert (said.code, one_line(said.err)) == (2, True), said.err
    assert {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()} == before


def test_a_failed_command_leaves_no_file_of_headings(command, mess):
    for stage in ("code", "discover", "read", "segment"):
        extra = ("--codebook", "assertive-care") if stage == "code" else ()
        assert command(stage, "blank.csv", "--text-column", "text", *extra, "--out", "new").code == 2
        assert not Path("new").exists()


def test_one_stage_reads_what_another_wrote(command, table, small):
    assert command("read", table, *TEXT, "--id-column", "Ref", "--out", "d.jsonl").code == 0
    assert command("segment", table, *TEXT, "--id-column", "Ref", "--out", "a.jsonl").code == 0
    assert command("segment", "d.jsonl", "--out", "b.jsonl").code == 0
    assert Path("a.jsonl").read_bytes() == Path("b.jsonl").read_bytes()
    assert command("code", "b.jsonl", *small[:2], "--out", "codes.csv").code == 0
    with Path("codes.csv").open(newline="") as stream:
        assert len({row["id"] for row in csv.DictReader(stream)}) == 2


def test_tables_with_other_columns_go_into_one_run(command, table, small):
    Path("talk.csv").write_text("Said\nNobody rang my sister back before the meeting.\n")
    both = ("--incidents", table, "--feedback", "talk.csv", *small, "--text-column", "Said", *TEXT)
    said = command("run", *both, "--id-column", "Ref", "--out", "out")
    assert (said.code, said.err) == (0, "")
    assert "2 files found: 2 read; 3 documents" in said.out
    assert "column" not in said.out
    report = json.loads(Path("out/report.json").read_text())
    assert sorted(d["reference"] for d in report["documents"]) == ["A", "A", "talk.csv:2"]
    for slip in (("--text-column", "Wordsx"), ("--id-column", "Reff")):
        said = command("run", *both, *slip, "--out", "out2")
        assert (said.code, one_line(said.err)) == (2, True)
        assert f'has no column "{slip[1]}"' in said.err
        assert "review.toml" in said.err


def test_a_second_run_replaces_the_report_and_says_so_but_not_one_changed_by_hand(command, table, small):
    again = ("run", "--incidents", table, *TEXT, *small, "--out", "out")
    said = command(*again)
    assert (said.code, "replaced" in said.out) == (0, False)
    said = command(*again)
    assert (said.code, "(replaced the earlier report)" in said.out) == (0, True)
    with Path("out/report.md").open("a") as page:
        page.write("Checked by hand.\n")
    said = command(*again)
    assert (said.code, one_line(said.err)) == (2, True)
    assert "report.md in out was changed" in said.err
    assert "Checked by hand." in Path("out/report.md").read_text()
    assert command(*again, "--overwrite").code == 0
    assert "Checked by hand." not in Path("out/report.md").read_text()


def test_a_file_given_twice_and_an_earlier_report_are_told(command, table, small, finished):
    Path("in").mkdir()
    shutil.copy(table, "in/a.csv")
    shutil.copytree(finished.out, "in/out")
    said = command("run", "--incidents", "in", "--incidents", table, *TEXT, *small, "--out", "new")
    assert said.code == 0, said.err
    assert "1 file found: 1 read; 2 documents" in said.out
    assert "Left out: the same file given again: 1." in said.out
    assert "Left out: file of an earlier report, no source: 5." in said.out
    assert "thememiner: warning: left out as files of an earlier report" in said.err


def test_the_loudest_line_is_the_last(command, table, small):
    Path("nil.csv").write_text("")
    Path("heads.csv").write_text("Ref,Narrative\n")
    Path("talk.csv").write_text("Narrative\nNobody rang my sister back before the meeting.\n")
    given = ("--incidents", "nil.csv", "--incidents", "heads.csv", "--feedback", "talk.csv")
    said = command("run", *given, *TEXT, *small, "--out", "out")
    assert said.code == 0
    assert said.err.splitlines() == [
        "heads.csv: refused, empty: it has headings and no rows.",
        "nil.csv: refused, empty: the file has nothing in it.",
        (
            "thememiner: warning: no incident report could be read, although 2 files were given: "
            "the report rests on none."
        ),
    ]


def test_an_own_codebook_with_the_shipped_template_is_warned_of(command, table, small):
    said = command("run", "--incidents", table, *TEXT, *small[:2], "--out", "out")
    assert said.code == 0
    assert "are not in codebook 'small', the first access-waiting" in said.err
    assert "themes that no section names are placed by what they mean" in said.err


def test_help_tells_the_defaults_of_run(command):
    said = "".join(command("run", "--help").out.split())  # however the lines are cut
    assert "elseassertive-care]" in said
    assert "elseassertive-care-review]" in said


def test_demo_runs_the_sample_review(command, finished, tmp_path, monkeypatch, golden):
    samples = tmp_path / "samples"
    shutil.copytree(golden, samples)
    top = f"codebook = {str(golden / 'codebook.toml')!r}\ntemplate = {str(golden / 'template.toml')!r}\n"
    (samples / "review.toml").write_text(top + (golden / "review.toml").read_text())
    monkeypatch.setattr(
        resources, "folder", lambda name, real=resources.folder: samples if name == "samples" else real(name)
    )
    said = command("demo", "--out", tmp_path / "out")
    assert said.code == 0, said.err
    assert said.out.endswith(f"Report: {tmp_path / 'out' / 'report.html'}\n")


# What a clumsy analyst does.


BAD = {
    "no such file": ("read incident.csv --out x", 'incident.csv does not exist in * Did you mean "incidents.csv"?'),
    "no such folder": ("read nowhere/a.csv --out x", "there is no such folder"),
    "a text, not a path": (f"read {'word' * 100} --out x", "is not a path"),
    "wrong column": (
        "read incidents.csv --text-column Narative --out x",
        'has no column "Narative"; its columns are Ref, Narrative. Did you mean "Narrative"?',
    ),
    "wrong id column": ("redact incidents.csv --text-column Narrative --id-column Id --out x.jsonl", "--id-column"),
    "no reason": ("read incidents.csv --text-column Narrative --no-redact --out x", "--no-redact needs --reason TEXT"),
    "blank reason": ("read incidents.csv --text-column Narrative --no-redact --reason= --out x", "needs --reason TEXT"),
    "reason for nothing": ("read incidents.csv --text-column Narrative --reason y --out x", "--no-redact only"),
    "columns for a folder": ("redact incidents.csv --text-column Narrative --out x", "every column is de-identified"),
    "a folder like a file": ("redact incidents.csv --out x.csv", "ends in .jsonl"),
    "a folder in a source": ("redact . --out x", "lies in what is read"),
    "no text column": ("read incidents.csv --out x", "its columns are Ref, Narrative; name one with --text-column"),
    "empty file": ("read empty.csv --out x", "empty.csv: refused, empty"),
    "only a header": ("segment header.csv --text-column text --out x", "header.csv: refused, empty: it has headings"),
    "only a header, no column": ("segment header.csv --out x", "header.csv: refused, empty: it has headings"),
    "lines into a table": ("read incidents.csv --text-column Narrative --out x.csv", "ends in .jsonl"),
    "a table into a workbook": ("discover incidents.csv --text-column Narrative --out x.xlsx", "ends in .csv"),
    "ledger into text": ("read incidents.csv --text-column Narrative --out x --ledger l.txt", "ends in .json"),
    "only blank rows": ("discover blank.csv --text-column text --out x", "there is no text in it"),
    "only blank rows, coded": ("code blank.csv --codebook assertive-care --out x", "no text could be read"),
    "an empty folder": ("read hollow --out x", "has no files in it"),
    "nothing to run on": ("run --out x", "there is nothing to read"),
    "nothing readable": ("run --incidents empty.csv --out x", "no text could be read"),
    "unknown codebook": ("code incidents.csv --codebook asertive-care --out x", "Did you mean 'assertive-care'?"),
    "unknown template": ("run --incidents incidents.csv --template asertive --out x", "Did you mean 'assertive-care"),
    "codebook that is not there": ("codebooks check mine.toml", "A path must lead to a TOML file that exists"),
    "broken codebook": ("codebooks check broken.toml", "broken.toml is not valid TOML: * line 3"),
    "broken template": ("templates check broken.toml", "broken.toml is not valid TOML"),
    "broken review": ("run --review broken.toml --out x", "broken.toml is not valid TOML"),
    "broken settings": ("run --incidents incidents.csv --settings broken.toml --out x", "not valid TOML"),
    "wrong threshold": (
        "run --incidents incidents.csv --settings threshold.toml --out x",
        "threshold.toml, settings, [findings]: expected enough of 2 or more",
    ),
    "wrong setting": ("run --incidents incidents.csv --settings wrong.toml --out x", "Did you mean 'quotes'?"),
    "missing review": ("run --review nowhere.toml --out x", "nowhere.toml does not exist"),
    "review with a wrong key": ("run --review key.toml --out x", "source 1: 'tezt' is not known. Did you mean 'text'?"),
    "review with a wrong kind": ("run --review kind.toml --out x", "Did you mean 'incident'?"),
    "review with a wrong path": ("run --review path.toml --out x", "incidence.csv does not exist"),
    "review with a wrong date": ("run --review date.toml --out x", "must be a date such as 2024-10-01"),
    "unknown precision": (
        "run --incidents incidents.csv --text-column Narrative --precision half --out x",
        "choose one of auto, bfloat16, float32",
    ),
    "out is a folder": ("read incidents.csv --text-column Narrative --out hollow", "hollow is a folder"),
    "ledger is a folder": ("read incidents.csv --text-column Narrative --out x --ledger .", "is a folder"),
    "out is in a file": ("read incidents.csv --text-column Narrative --out empty.csv/x", "is a file, not a folder"),
    "out of run is a file": ("run --incidents incidents.csv --out empty.csv", "is a file, not a folder"),
    "report of what is none": ("report list.json --out x.html", "is not a thememiner report"),
    "report of no JSON": ("report incidents.csv --out x.html", "is not a thememiner report"),
    "report of a stub": ("report stub.json --out x.html", "is not a thememiner report of schema 1"),
    "report that is not there": ("report nowhere.json --out x.html", "nowhere.json cannot be read"),
    "verify what is no report": ("verify stub.json incidents.csv", "is not a thememiner report"),
    "wrong option": ("read incidents.csv --outt x", "No such option: --outt (Possible options: --out)"),
    "wrong command": ("reed incidents.csv", "Did you mean 'read'"),
    "wrong kind": ("read incidents.csv --kind incidents --out x", "'incidents' is not one of 'incident', 'policy'"),
    "no source": ("read --out x", "Missing argument"),
    "no out": ("read incidents.csv", "read needs --out"),
    "option without a value": ("read incidents.csv --out", "--out"),
}  # fmt: skip


@pytest.fixture
def mess(table):
    Path("hollow").mkdir()
    for name, text in {
        "empty.csv": "",
        "header.csv": "id,text\n",
        "blank.csv": "id,text\n1,\n2,  \n",
        "broken.toml": 'id = "x"\ncode = [\nname = \n',
        "wrong.toml": "quote = 3\n",
        "threshold.toml": "[findings]\nenough = 1\n",
        "list.json": "[1]",
        "stub.json": '{"schema": 1}',
        "key.toml": '[[source]]\npath = "incidents.csv"\nkind = "incident"\ntezt = "Narrative"\n',
        "kind.toml": '[[source]]\npath = "incidents.csv"\nkind = "incidents"\n',
        "path.toml": '[[source]]\npath = "incidence.csv"\nkind = "incident"\n',
        "date.toml": '[scope]\nfrom = "1 May 2024"\n[[source]]\npath = "incidents.csv"\nkind = "incident"\n',
    }.items():
        Path(name).write_text(text)


@pytest.mark.parametrize("case", BAD)
def test_a_slip_is_one_line_and_exit_code_2(command, mess, case):
    arguments, words = BAD[case]
    said = command(*arguments.split())
    assert said.code == 2
    assert one_line(said.err), said.err
    at = 0
    for part in words.split("*"):
        at = said.err.find(part.strip(), at)
        assert at >= 0, said.err


def test_without_a_command_the_help_is_shown(command):
    assert command().code == 2
    assert "Commands:" in command().err
    assert command("--version").out.startswith("thememiner ")
    assert "Usage:" in command("verify", "--help").out


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder nobody may write in")
def test_where_nothing_can_be_written(command, table, finished):
    for arguments in (
        ("read", table, *TEXT, "--out", "/proc/x.jsonl"),
        ("report", finished.out / "report.json", "--out", "/proc/none/x.md"),
    ):
        said = command(*arguments)
        assert said.code == 2
        assert one_line(said.err)
        assert "cannot be written" in said.err


def test_out_is_looked_at_before_the_work_begins(command, table, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    said = command("run", "--incidents", "there is no such file", "--out", "x")
    assert (said.code, one_line(said.err)) == (2, True)
    assert "you may not write" in said.err


def test_a_broken_file_among_good_ones_is_told_and_the_run_goes_on(command, table, small):
    Path("in").mkdir()
    shutil.copy(table, "in/a.csv")
    Path("in/scan.pdf").write_bytes(b"%PDF-1.4 broken")
    Path("in/b.xlsx").write_bytes(b"PK\x03\x04 broken")
    said = command("read", "in", *TEXT, "--out", "d.jsonl", "--ledger", "l.json")
    assert said.code == 0
    assert said.err.count("\n") == 2
    assert "3 files found: 1 read, 2 refused; 2 documents." in said.out
    said = command("run", "--incidents", "in", *TEXT, *small, "--out", "out")
    assert said.code == 0, said.err
    assert said.err.count("refused") == 2
    report = json.loads(Path("out/report.json").read_text())
    assert (report["ledger"]["found"], report["ledger"]["refused"]) == (3, 2)
    assert all(e["reason"] for e in report["ledger"]["files"] if e["status"] == "refused")


def test_what_was_not_read_is_kept_in_the_ledger_though_the_command_fails(command, mess):
    assert command("read", "blank.csv", "--text-column", "text", "--out", "d", "--ledger", "l.json").code == 2
    assert json.loads(Path("l.json").read_text())["refused"] == 1
    assert command("redact", "blank.csv", "--text-column", "text", "--out", "r.jsonl").code == 0
    assert len(lines("r.jsonl")) == 2


@pytest.mark.parametrize("copies", [1, 2, 5000])
def test_one_two_and_five_thousand_equal_documents(command, table, small, copies):
    Path("c.csv").write_text("text\n" + "The family rang three times and nobody called back.\n" * copies)
    said = command("run", "--feedback", "c.csv", "--text-column", "text", *small, "--out", "out")
    assert said.code == 0, said.err
    report = json.loads(Path("out/report.json").read_text())
    assert len(report["documents"]) == copies
    counts = report["passages"]
    assert counts["total"] == counts["assigned"] + counts["weak"] + counts["unassigned"] == copies
    assert command("verify", "out/report.json", "c.csv").code == 0


def test_five_thousand_equal_incidents_are_counted_where_they_are_left_out(command, table, small):
    Path("c.csv").write_text("text\n" + "The family rang three times and nobody called back.\n" * 5000)
    said = command("run", "--incidents", "c.csv", "--text-column", "text", *small, "--out", "out")
    assert said.code == 0, said.err
    report = json.loads(Path("out/report.json").read_text())
    assert report["passages"]["total"] + sum(s["count"] for s in report["skipped"]) == 5000


def test_settings_of_an_earlier_run_give_the_same_report(command, finished, tmp_path):
    settings = tomllib.loads((finished.out / "settings.toml").read_text())
    assert settings["redact"] is True
    kept = [a for a in finished.arguments if not a.endswith(("codebook.toml", "template.toml"))]
    kept = [a for a in kept if a not in ("--codebook", "--template")]
    said = command("run", *kept, "--settings", finished.out / "settings.toml", "--out", tmp_path / "new")
    assert said.code == 0, said.err
    assert (tmp_path / "new/report.json").read_bytes() == (finished.out / "report.json").read_bytes()


def test_errors_tell_no_identifier(command, table):
    Path("headless.csv").write_text("Mr Peverell rang 07700 900461,943 476 5919\nA,B\n")
    for extra in ((), TEXT):
        said = command("read", "headless.csv", *extra, "--out", "x")
        assert said.code == 2
        assert not [word for word in ("Peverell", "07700", "943") if word in said.err]


def test_our_own_mistakes_are_not_hidden(command, table, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("thememiner.steps.read_texts", broken)
    with pytest.raises(ZeroDivisionError):
        command("read", table, "--out", "x")


def test_stopped_by_hand(command, table, monkeypatch):
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("thememiner.steps.read_texts", stopped)
    said = command("read", table, "--out", "x")
    assert said.code == 130
    assert one_line(said.err)


# In processes of their own.


def test_help_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['thememiner', '--help']\n"
        "from thememiner_cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'torch', 'pandas', 'spacy', 'bertopic', 'sklearn', 'sentence_transformers'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        assert process("--help").returncode == 0
        took.append(time.perf_counter() - start)
    assert min(took) < 0.5


def test_as_a_module_and_as_an_executable(table):
    said = process("read", table, *TEXT, "--out", "d.jsonl")
    assert (said.returncode, said.stderr) == (0, "")
    said = process("read", "nowhere.csv", "--out", "d.jsonl")
    assert (said.returncode, said.stdout) == (2, "")
    assert one_line(said.stderr)
    executable = Path(sys.executable).with_name("thememiner")
    said = subprocess.run([executable, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.startswith("thememiner ")


def test_a_console_that_does_not_know_a_letter_is_no_mishap(table):
    said = process("codebooks", "show", "assertive-care", PYTHONIOENCODING="ascii")
    assert said.returncode == 0, said.stderr


def test_every_command_says_what_it_does(command):
    for name in (
        "demo",
        "run",
        "read",
        "redact",
        "segment",
        "code",
        "discover",
        "report",
        "verify",
        "trends",
    ):
        assert len(command(name, "--help").out.splitlines()[2]) > 20
    assert running.demo.__doc__
