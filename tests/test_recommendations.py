"""Recommendations of outside bodies: crossed with findings as demands are, on every page, and in the plan."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from jsonschema import Draft202012Validator

import thememiner as tm
from thememiner import coding, mapping, planning, plans, reports
from thememiner.pipeline import enclosing
from thememiner.plans import importing, rows
from thememiner.records import Membership, Recommendation
from thememiner.reports import html, markdown
from thememiner.reports.json import load, render

BOOK = planning.prompts("assertive-care")
THEME = "code:assertive-care/"
GIVEN = (
    Recommendation("INQ 1", "Inquiry", "Hand over in writing.", ("handover", "medication"), "2025-02-11"),
    Recommendation("CQC 1", "CQC", "Listen to <b>families</b>.", (), "", "Northfield"),
    Recommendation("PFD 1", "Coroner", "Lower the speed limit."),
)
MEANT = {"CQC 1": ("family-involvement",), "INQ 1": ("dna-discharge",)}


@pytest.fixture
def report(judged):
    return replace(judged, recommendations=planning.cross(GIVEN, MEANT, judged.themes, judged.findings))


@pytest.fixture
def plan(report):
    return planning.plan(report, BOOK)


def test_a_recommendation_is_crossed_by_the_codes_that_it_names(judged, report):
    named = report.recommendations[0]
    # by its codes alone, whatever it may mean besides; a code without a theme is passed over
    assert named.theme_ids == (f"{THEME}handover",)
    assert named.finding_ids == tuple(f.id for f in judged.findings if f.theme_id == f"{THEME}handover")
    assert named.positions == ("gap", "", "gap")
    assert named.statement == "3 findings: 2 gaps (practice, provision); 1 not judged yet; not yet reviewed"
    assert named.reason == "the table names them"
    assert (named.id, named.source, named.date) == ("INQ 1", "Inquiry", "2025-02-11")
    demand = next(r for r in judged.requirements if r.id == "care-coordination")  # of handover too
    assert named.action_ids[1:] == demand.action_ids[1:]


def test_else_by_meaning_and_it_says_so(report):
    meant = report.recommendations[1]
    assert meant.theme_ids == (f"{THEME}family-involvement",)
    assert meant.positions == ("assured",)
    assert meant.reason == "placed by meaning: about 8 in 10 such placings were right"
    # assured, and asked for all the same
    assert len(meant.action_ids) == 1


def test_what_is_near_to_nothing_has_no_evidence_yet(report):
    far = report.recommendations[2]
    assert (far.statement, far.theme_ids, far.finding_ids) == ("no evidence yet", (), ())
    assert far.reason.startswith("it names no code, and none of the codebook is near")


def test_each_recommendation_is_drafted_as_an_action_of_its_own(report):
    every = {a.id: a for a in planning.draft(report, BOOK)}
    assert all(i in every for r in report.recommendations for i in r.action_ids)
    own = [a for a in every.values() if a.recommendation_id]
    assert [(a.recommendation_id, a.origin, a.requirement_id) for a in own] == [
        (r.id, "recommendation", "") for r in GIVEN
    ]
    assert own[0].action.endswith("what has not: “Hand over in writing”")
    assert own[0].evidence_ids
    assert own[2].action.startswith("Find out from records")
    assert (own[2].evidence_ids, own[2].finding) == ((), "no evidence yet")
    assert (own[0].owner, own[0].due, own[0].status) == ("", "", "")
    # an id of the letter's is another's, though it be written alike
    alike = replace(report.recommendations[0], id="care-coordination")
    ids = [a.id for a in planning.draft(replace(report, recommendations=(alike,)), BOOK)]
    assert len(set(ids)) == len(ids)


def test_the_wording_may_be_people_s_own(report, tmp_path):
    mine = tmp_path / "mine.toml"
    general = Path(planning.__file__).parents[3] / "corpora" / "actions" / "general.toml"
    text = general.read_text("utf-8").replace("Decide who answers this recommendation", "Answer this")
    mine.write_text(text, "utf-8")
    made = planning.draft(report, planning.prompts(str(mine)))
    assert any(a.action.startswith("Answer this, and show") for a in made)
    mine.write_text(text.partition("[recommendation]")[0], "utf-8")  # as it was before
    made = planning.draft(report, planning.prompts(str(mine)))
    assert any(a.action.startswith("Decide who answers this recommendation") for a in made)


def test_the_report_keeps_them_and_a_report_of_before_has_none(report, tmp_path):
    whole = json.loads(render(report))
    schema = json.loads(Path(reports.__file__).with_name("schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(whole)
    (tmp_path / "report.json").write_text(json.dumps(whole), "utf-8")
    assert load(tmp_path / "report.json").recommendations == report.recommendations
    del whole["recommendations"], whole["ratings"]
    (tmp_path / "before.json").write_text(json.dumps(whole), "utf-8")
    assert load(tmp_path / "before.json").recommendations == ()


def test_both_pages_show_them_and_only_where_there_are_any(report, judged):
    for page in (html.render(report), markdown.render(report).replace("\\", "")):
        assert "What others have recommended" in page
        assert "INQ 1" in page
        assert "Inquiry, 11 February 2025" in page
        assert "CQC to Northfield" in page
        assert "placed by meaning: about 8 in 10" in page
        assert "It names no code" in page
    text = markdown.render(report).replace("\\", "")
    row = next(line for line in text.split("\n") if line.startswith("| INQ 1"))
    assert row.endswith("| 1.1 (gap), 3.1 (not judged), 4.1 (gap) | 6 |")
    assert "| no evidence yet | none | 1 |" in text
    assert "<b>families" not in html.render(report)
    assert "What others have recommended" not in html.render(judged) + markdown.render(judged)


def test_the_workbook_lists_them_and_says_which_action_answers_which(plan, judged):
    book = openpyxl.load_workbook(io.BytesIO(plans.render(plan, ".xlsx")))
    listed = list(book["Recommendations"].iter_rows(values_only=True))
    assert listed[0] == tuple(rows.RECOMMENDATIONS)
    assert [row[0] for row in listed[1:]] == [r.id for r in GIVEN]
    assert listed[1][8].startswith("Relevant policies and procedures: Handover between providers (gap)\n")
    assert listed[3][7] == "no evidence yet"
    sheet = list(book["Draft action plan"].iter_rows(values_only=True))
    at = sheet[0].index("Recommendations")
    by_id = {row[0]: row for row in sheet[1:]}
    for action in plan.actions:
        carried = [r.id for r in plan.recommendations if action.id in r.action_ids]
        assert (by_id[action.id][at] or "") == "\n".join(carried)
    own = by_id[plan.recommendations[0].action_ids[0]]
    assert own[sheet[0].index("Section")] == "What others have recommended"
    assert own[sheet[0].index("Finding")].startswith(
        "Recommendation INQ 1 (Inquiry): Hand over in writing.\n"
    )
    bare = openpyxl.load_workbook(io.BytesIO(plans.render(planning.plan(judged, BOOK), ".xlsx")))
    assert "Recommendations" not in bare.sheetnames
    assert "Recommendations" not in [cell.value for cell in bare["Draft action plan"][1]]


def test_the_document_and_the_table_have_them_too(plan):
    document = docx.Document(io.BytesIO(plans.render(plan, ".docx")))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert "Recommended by outside bodies" in heads
    assert "What others have recommended" in heads
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Recommendation")
    assert [row.cells[0].text.split("\n")[0] for row in table.rows[1:]] == [
        "INQ 1 (Inquiry, 2025-02-11)",
        "CQC 1 (CQC, to Northfield)",
        "PFD 1 (Coroner)",
    ]
    cells = list(csv.reader(io.StringIO(plans.render(plan, ".csv").decode("utf-8-sig"), newline="")))
    assert "Recommendations" in cells[0]


def test_people_s_work_on_them_comes_back_from_excel_and_goes_on(plan, report, tmp_path):
    path = tmp_path / "plan.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(plans.render(plan, ".xlsx")))
    sheet = book["Draft action plan"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    mine = plan.recommendations[0].action_ids[0]
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == mine)
    sheet.cell(row, heads["Owner"], "Director of nursing")
    sheet.append([None] * sheet.max_column)
    sheet.cell(sheet.max_row, heads["Action"], "Write to the coroner.")
    sheet.cell(sheet.max_row, heads["Horizon"], "Short-term")
    sheet.cell(sheet.max_row, heads["Recommendations"], "PFD 1")
    book.save(path)
    found = importing.read(path).plan
    actions = {a.id: a for a in found.actions}
    assert (actions[mine].owner, actions[mine].recommendation_id) == ("Director of nursing", "INQ 1")
    added = next(a for a in found.actions if a.origin == "people")
    assert added.recommendation_id == "PFD 1"
    (tmp_path / "plan.json").write_bytes(plans.render(found, ".json"))
    following = planning.plan(report, BOOK, earlier=plans.load(tmp_path / "plan.json"))
    again = {a.id: a for a in following.actions}
    assert (again[mine].owner, again[mine].progress) == ("Director of nursing", "open")
    (tmp_path / "next.json").write_bytes(plans.render(following, ".json"))
    assert plans.load(tmp_path / "next.json") == following
    silent = planning.plan(replace(report, recommendations=()), BOOK, earlier=following)
    gone = {a.id: a.progress for a in silent.actions}
    assert gone[mine] == planning.GONE
    plans.render(silent, ".xlsx")


def test_a_workbook_of_before_is_read(judged, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(plans.render(planning.plan(judged, BOOK), ".xlsx")))
    sheet = book["As drafted"]
    at = next(cell.column for cell in sheet[1] if cell.value == "recommendation_id")
    sheet.delete_cols(at)
    book.save(tmp_path / "plan.xlsx")
    assert all(a.recommendation_id == "" for a in importing.read(tmp_path / "plan.xlsx").plan.actions)


# What a text is about.


def said(passage, code, score, outcome):
    return Membership(passage, code, score, outcome)


def test_a_text_is_about_all_that_is_assigned_surest_first_else_the_surest_that_is_weak():
    near = {"a": 0.6, "b": 0.6}
    sure = [said("a", "x", 0.5, "assigned"), said("b", "y", 0.9, "assigned"), said("b", "z", 0.3, "weak")]
    assert mapping.about(sure, near) == ("y", "x")
    weak = [said("a", "x", 0.2, "weak"), said("b", "z", 0.3, "weak")]
    assert mapping.about(weak, near) == ("z",)
    assert mapping.about([*sure, said("a", "y", 0.4, "assigned")], near) == ("y", "x")
    assert mapping.about([], near) == ()


def test_a_sentence_that_is_near_to_no_theme_says_nothing():
    sure = [said("a", "x", 0.9, "assigned"), said("b", "y", 0.4, "assigned")]
    assert mapping.about(sure, {"a": 0.399, "b": 0.4}) == ("y",)
    assert mapping.about(sure, {"a": 0.3, "b": 0.2}) == ()


# The whole job.

RECS = """Id,Source,Recommendation,Codes,Date,Organisation,Name of deceased
R1,Inquiry,Agree in writing when responsibility passes.,CODE,2025-02-11,,
R2,Coroner,"Mrs Ada Peverell rang 07700 900461. Families who warn must be rung back.",,,,Zeb Peverell
R3,Coroner,Lower the speed limit by the school.,,,,
"""
RATINGS = """organisation,item,rating,evidence
Northfield,CODE,4,Told by Mrs Ada Peverell
Northfield,The speed limit by the school,3,
"""


@pytest.fixture(scope="session")
def run(tmp_path_factory, write_review, command, golden):
    """The small review with both tables, and where it was written."""
    folder, out = tmp_path_factory.mktemp("enclosed"), tmp_path_factory.mktemp("out") / "out"
    arguments = write_review(folder)
    code = tm.codebook(str(golden / "codebook.toml")).codes[0].id
    recs = folder / "policies" / "recs.csv"  # among the sources, and none of them
    recs.write_text(RECS.replace("CODE", code), "utf-8")
    (folder / "ratings.csv").write_text(RATINGS.replace("CODE", code), "utf-8")
    review = folder / "review.toml"
    review.write_text('maturity = "ratings.csv"\n' + review.read_text("utf-8"), "utf-8")
    told = command("run", *arguments, "--recommendations", recs, "--out", out)
    assert told.code == 0, told.err
    return folder, out, arguments, told


def test_a_run_crosses_them_and_nothing_of_people_is_written(run, command, tmp_path):
    _, out, _, _ = run
    report = load(out / "report.json")
    first, second, third = report.recommendations
    assert first.theme_ids
    assert first.reason == "the table names them"
    assert third.statement == "no evidence yet"
    assert (bool(second.theme_ids), second.reason[:17]) == (True, "placed by meaning")
    assert second.text.startswith("Mrs [PERSON")
    assert [r.rating for r in report.ratings] == ["4", "3"]
    assert report.ratings[1].why == "no theme of the codebook is near to it"
    for name in ("report.json", "report.html", "report.md"):
        text = (out / name).read_text("utf-8")
        for planted in ("Peverell", "Ada", "07700"):
            assert planted not in text
    for key in ("recommendations", "maturity"):
        assert set(report.provenance[key]) == {"source", "sha256", "rows"}
    told = command("plan", out / "report.json", "--out", tmp_path / "plan.xlsx")
    assert "3 recommendations of outside bodies, " in told.out


def test_it_verifies_and_the_tables_are_no_sources(run, command):
    folder, out, _, _ = run
    told = command("verify", out / "report.json", folder)
    assert told.code == 0, told.out + told.err
    assert "recs.csv is no file of this report" in told.err
    report = load(out / "report.json")
    assert "table that comes with the review, no source" in [s.reason for s in report.skipped]
    assert not any("recs" in entry.source or "ratings" in entry.source for entry in report.ledger)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("recs.csv", "id,source,text\n1,CQC,A.\n1,CQC,B.\n", "recs.csv, row 3 has the same id as row 2."),
        ("recs.csv", "", "recs.csv cannot be read (empty)"),
        ("recs.csv", "id,source,text,codes\n1,CQC,A.,zzz\n", "which is no code of codebook"),
        ("ratings.csv", "organisation,item,rating\nNorthfeild,x,2\n", "Did you mean 'Northfield'?"),
        ("ratings.csv", "organisation,rating\nNorthfield,2\n", "ratings.csv has no column 'item'"),
    ],
)
def test_a_slip_is_a_line_and_exit_code_2(write_review, command, tmp_path, name, content, said):
    folder = tmp_path / "in"
    folder.mkdir()
    arguments = write_review(folder)
    (folder / name).write_text(content, "utf-8")
    key = "recommendations" if name == "recs.csv" else "maturity"
    review = folder / "review.toml"
    review.write_text(f'{key} = "{name}"\n' + review.read_text("utf-8"), "utf-8")
    told = command("run", *arguments, "--out", tmp_path / "out")
    assert told.code == 2
    assert said in told.err
    assert told.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_result_is_not_written_over_a_table(write_review, command, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    arguments = write_review(folder)
    (folder / "recs.csv").write_text("id,source,text\n1,CQC,A.\n", "utf-8")
    told = command("run", *arguments, "--recommendations", folder / "recs.csv", "--out", folder / "recs.csv")
    assert told.code == 2
    assert (folder / "recs.csv").read_text("utf-8").startswith("id,source")


def test_the_run_s_own_thresholds_say_what_a_text_is_about(encoder, golden):
    book = tm.codebook(str(golden / "codebook.toml"))
    text = "Families who warn must be rung back. The council should lower the speed limit."
    given = enclosing.Given((Recommendation("1", "", text), Recommendation("2", "", "Named.", ("x",))))
    coder = coding.ready(book, encoder, None)

    def about(**changes):
        return enclosing.meant(given, book, coder, encoder, tm.Settings(**changes))

    assert about() == {text: ("family",)}
    assert about(assigned=0.99999, weak=0.99998) == {text: ()}
    assert enclosing.meant(enclosing.Given(), book, coder, encoder, tm.Settings()) == {}
