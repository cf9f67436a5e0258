"""Plans as files: what people open, nothing in it that can run, the same bytes, and back again as JSON."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

import thememiner as tm
from thememiner import planning, plans
from thememiner.plans import rows, workbooks
from thememiner.records import Action, Plan
from thememiner.reports.json import render

BOOK = planning.prompts("assertive-care")
HOSTILE = (
    "=1+1",
    "+1",
    "-1+cmd",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x")',
    "＝1",
    "a\x07b\x0bc",
    "\ud800",
    "\u202ex",
    "",
)


@pytest.fixture
def plan(judged) -> Plan:
    return planning.plan(judged, BOOK, sha256="ab" * 32)


@pytest.fixture
def hostile(plan) -> Plan:
    """A plan in which people wrote what might run, and what XML cannot hold."""
    text = ("action", "resource_gap", "measure", "owner", "due", "status", "finding")
    actions = [
        replace(action, **dict.fromkeys(text, HOSTILE[n % len(HOSTILE)]))
        for n, action in enumerate(plan.actions)
    ]
    return replace(plan, actions=tuple(actions), about=(("=cmd", "\x00"), *plan.about))


def opened(plan: Plan) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(plans.render(plan, ".xlsx")))


def table(plan: Plan) -> list[list[str]]:
    return list(csv.reader(io.StringIO(plans.render(plan, ".csv").decode("utf-8-sig"), newline="")))


def test_every_format_is_the_same_bytes_again_and_says_that_it_is_a_draft(plan):
    for suffix in plans.FORMATS:
        assert plans.render(plan, suffix) == plans.render(plan, suffix)
    assert opened(plan).sheetnames[0] == workbooks.COVER
    assert opened(plan)[workbooks.COVER]["B2"].value == "draft, not yet reviewed"
    assert opened(plan)[workbooks.PLAN].oddHeader.right.text == "draft, not yet reviewed"
    assert all("draft, not yet reviewed" in row for row in table(plan)[1:])
    assert json.loads(plans.render(plan, ".json"))["status"] == "draft, not yet reviewed"
    document = docx.Document(io.BytesIO(plans.render(plan, ".docx")))
    assert document.paragraphs[1].text == "Draft, not yet reviewed."
    assert "draft, not yet reviewed" in document.sections[0].header.paragraphs[0].text
    with zipfile.ZipFile(io.BytesIO(plans.render(plan, ".docx"))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_cover_says_of_what_the_plan_is_made(plan):
    cover = dict(row for row in opened(plan)[workbooks.COVER].iter_rows(values_only=True))
    assert cover["Report"] == "Invented review"
    assert cover["Report file"] == "SHA-256 abababababababab"
    assert cover["Codebook"] == "assertive-care 2.0"
    assert cover["Template"] == "assertive-care-review 1.0 (not an official template)"
    assert "software" in cover["What this is"]


def test_each_sheet_is_one_table_with_its_headings_in_view(plan):
    book = opened(plan)
    for page in book:
        (held,) = page.tables.values()
        assert held.ref.startswith("A1:")
        assert held.autoFilter
        assert page.freeze_panes in ("A2", "B2")
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert all(cell.value for cell in page[1])
        assert not page.merged_cells.ranges
    page = book[workbooks.PLAN]
    assert page["I2"].alignment.wrap_text
    offered = {
        str(rule.sqref).partition(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation
    }
    assert any("not started" in offer for offer in offered.values())


def test_owner_due_and_status_are_blank_and_every_action_has_its_row(plan):
    head, *body = opened(plan)[workbooks.PLAN].iter_rows(values_only=True)
    assert [row[0] for row in body] == [action.id for action in plan.actions]
    for name in ("Owner", "Due", "Status"):
        assert not any(row[head.index(name)] for row in body)
    for name in ("Finding", "Action", "Horizon", "Resource gap", "Strength of action", "Measure", "Gap"):
        assert all(row[head.index(name)] for row in body)
    assert "Since the earlier plan" not in head


def test_nothing_in_a_workbook_can_run(hostile):
    for page in opened(hostile):
        for cell in (cell for row in page.iter_rows() for cell in row):
            assert cell.value is None or cell.data_type == "s", cell
            assert cell.number_format == "@" or cell.value is None
            assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(plans.render(hostile, ".xlsx"))) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "sheet" in name)


def test_nothing_in_a_csv_can_run(hostile):
    content = plans.render(hostile, ".csv")
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in table(hostile) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in cells)
    assert "'=1+1" in cells


def test_a_document_holds_what_is_hostile_as_text(hostile):
    document = docx.Document(io.BytesIO(plans.render(hostile, ".docx")))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    assert "=1+1" in cells
    assert any("a\ufffdb" in cell for cell in cells)


def test_a_document_has_real_headings_and_tables_that_say_their_headings_on_each_page(plan):
    document = docx.Document(io.BytesIO(plans.render(plan, ".docx")))
    heads = [
        (p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Title", "Head"))
    ]
    assert heads[0] == ("Title", "Draft action plan")
    firsts = [text for name, text in heads if name == "Heading 1"]
    assert firsts == [
        "Short-term actions, with minimal resource implications",
        "Longer-term actions, with potential resource implications",
        "What the commissioning letter asks for",
        "Assurances, and what would keep them",
    ]
    assert ("Heading 2", "Identification of gaps, barriers and challenges") in heads
    page = document.sections[0]
    assert page.page_width > page.page_height
    for held in document.tables:
        assert held.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        room = page.page_width - 2 * page.left_margin
        assert sum(cell.width for cell in held.rows[0].cells) <= room + docx.shared.Mm(1)
    ids = {row.cells[0].text.partition("\n")[0] for t in document.tables[:-2] for row in t.rows[1:]}
    assert ids >= {action.id for action in plan.actions}


def test_a_document_counts_the_excerpts_of_each_action_and_groups_the_findings_of_a_demand(plan):
    document = docx.Document(io.BytesIO(plans.render(plan, ".docx")))
    cells = {row.cells[0].text: row.cells for t in document.tables for row in t.rows}
    cited = [action for action in plan.actions if action.evidence_ids]
    assert cited
    for action in cited:
        assert f"Excerpts: {len(action.evidence_ids)}" in cells[action.id][1].text
    names = rows.Names(plan)
    for demand in plan.requirements:
        lines = cells[demand.text][2].text.splitlines()
        assert len(lines) == len({names.placed(i)[0] for i in demand.finding_ids})
        assert all(names.placed(i)[1] in cells[demand.text][2].text for i in demand.finding_ids)


def test_sections_stand_in_the_template_s_order_once_each(plan):
    shuffled = replace(plan, actions=plan.actions[::-1])
    document = docx.Document(io.BytesIO(plans.render(shuffled, ".docx")))
    text = [p.text for p in document.paragraphs]
    short = text[text.index(rows.HORIZON_HEADS["short"]) : text.index(rows.HORIZON_HEADS["longer"])]
    seconds = [t for t in short if t in {*dict(plan.sections).values(), rows.ASKED_HEAD}]
    assert seconds == [
        "Relevant policies and procedures",
        "Governance, monitoring and partnership arrangements",
        "Identification of gaps, barriers and challenges",
        rows.ASKED_HEAD,
    ]


def test_demands_and_assurances_are_listed(plan):
    book = opened(plan)
    head, *body = book[workbooks.LETTER].iter_rows(values_only=True)
    assert [row[0] for row in body] == [demand.id for demand in plan.requirements]
    by_id = {row[0]: dict(zip(head, row, strict=True)) for row in body}
    assert by_id["public-board"]["What there is on it"] == "no evidence yet"
    assert by_id["public-board"]["Findings"] in ("", None)
    assert by_id["public-board"]["Actions (ids)"].startswith("A-")
    head, *body = book[workbooks.KEEPING].iter_rows(values_only=True)
    assert {row[3] for row in body} >= {"written in policy", "described by the provider only"}
    assert all(row[head.index("What would keep it")] for row in body)


def test_an_empty_plan_can_be_written():
    for suffix in plans.FORMATS:
        assert plans.render(Plan(()), suffix)


def test_what_people_left_out_has_a_place_of_its_own(plan):
    gone = replace(plan.actions[0], progress=planning.LEFT_OUT)
    some = replace(plan, actions=(gone, *(replace(a, progress="open") for a in plan.actions[1:])))
    book = opened(some)
    assert book[workbooks.LEFT]["A2"].value == gone.id
    assert gone.id not in {cell.value for cell in book[workbooks.PLAN]["A"]}
    assert "Since the earlier plan" in {cell.value for cell in book[workbooks.PLAN][1]}
    document = docx.Document(io.BytesIO(plans.render(some, ".docx")))
    assert "Left out by people" in [p.text for p in document.paragraphs]


def test_a_text_too_long_for_a_cell_says_that_there_is_more(plan):
    many = tuple(f"gaps|code:x|{n:016x}:0-9" for n in range(2000))
    long = replace(plan, actions=(replace(plan.actions[0], evidence_ids=many),))
    value = opened(long)[workbooks.PLAN].cell(2, 16).value
    assert value.endswith("(more in plan.json)")
    assert len(value) <= 32_767
    assert set(value.split("\n")[:-1]) <= set(many)


def test_json_gives_the_same_plan_back(plan, hostile, tmp_path):
    for made in (plan, replace(hostile, about=()), Plan(())):
        file = plans.write(made, tmp_path / "plan.json")
        again = plans.load(file)
        if made is plan or not made.actions:
            assert again == made
        assert plans.render(again, ".json") == file.read_bytes()


def test_a_plan_written_by_hand_needs_its_actions_alone(tmp_path):
    file = tmp_path / "plan.json"
    file.write_text('{"actions": [{"id": "P-1", "action": "Plant a tree.", "horizon": "short"}]}', "utf-8")
    assert plans.load(file).actions == (Action("P-1", "", "", "", "", "short", "Plant a tree."),)


ONE = '{"id": "A", "horizon": "short", "action": "x"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "is not a plan: it is not JSON"),
        ("[]", 'it has no "actions"'),
        ('{"themes": {}}', 'it has no "actions"'),
        ('{"actions": [{"id": "A"}]}', "'horizon' is missing"),
        ('{"actions": [{"id": "A", "horizon": "long", "action": "x"}]}', "not one of short, longer"),
        ('{"actions": [{"id": "A", "horizon": "short"}]}', "'action' is missing"),
        ('{"actions": [{"id": "A", "horizon": "short", "action": "x", "ownr": ""}]}', "Did you mean 'owner'"),
        ('{"actions": [{"id": "A", "horizon": "short", "action": "x", "owner": 3}]}', "must be text"),
        ('{"actions": 3}', "must be a list"),
        ('{"actions": [], "schema": 2}', "is of schema 2"),
        (f'{{"actions": [{ONE}, {ONE}]}}', "stands twice"),
    ],
)
def test_a_slip_in_a_plan_is_said_in_a_line(tmp_path, text, said):
    file = tmp_path / "plan.json"
    file.write_text(text, "utf-8")
    with pytest.raises(tm.InputError, match=said) as caught:
        plans.load(file)
    assert "plan.json" in str(caught.value)


# The command.


@pytest.fixture
def report(judged, tmp_path):
    file = tmp_path / "report.json"
    file.write_text(render(judged), "utf-8")
    return file


def test_plan_writes_each_format_and_says_what_it_holds(command, report, tmp_path):
    for suffix in plans.FORMATS:
        done = command("plan", report, "--out", tmp_path / f"plan{suffix}")
        assert done.code == 0, done.err
        assert (
            "16 short-term actions, 5 longer-term actions, 3 assurances; 11 demands of the letter" in done.out
        )
        assert "Draft, not yet reviewed" in done.out
    assert plans.load(tmp_path / "plan.json").actions


def test_a_plan_that_people_may_have_written_in_is_not_replaced_unasked(command, report, tmp_path):
    out = tmp_path / "plan.xlsx"
    assert command("plan", report, "--out", out).code == 0
    assert command("plan", report, "--out", out).code == 0  # the same again
    out.write_bytes(out.read_bytes() + b"edited")
    done = command("plan", report, "--out", out)
    assert done.code == 2
    assert "people may have written in it" in done.err
    assert out.read_bytes().endswith(b"edited")
    assert command("plan", report, "--out", out, "--overwrite").code == 0


def test_a_file_that_is_open_elsewhere_is_a_line(command, report, tmp_path, monkeypatch):
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", locked)
    done = command("plan", report, "--out", tmp_path / "plan.xlsx")
    assert done.code == 2
    assert "If it is open in another program, close it there." in done.err
    assert done.err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "plan.pdf"), "Known: .xlsx, .docx, .csv, .json"),
        (("--out", "plan.xlsx", "--actions", "assertive-car"), "Did you mean 'assertive-care'"),
        (("--out", "plan.xlsx", "--plan", "none.json"), "cannot be read"),
        (("--out", "report.json"), "is what is to be read"),
    ],
)
def test_slips_are_a_line(command, report, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    done = command("plan", "report.json", *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_plan_of_a_report_with_no_findings_and_of_one_of_before(command, judged, tmp_path):
    file = tmp_path / "report.json"
    file.write_text(render(replace(judged, findings=(), requirements=())), "utf-8")
    done = command("plan", file, "--out", tmp_path / "plan.json")
    assert "The report has none, so only the demands of the letter are drafted." in done.out
    assert len(plans.load(tmp_path / "plan.json").actions) == 11  # by the shipped template that it names


def test_the_wording_can_be_copied_changed_and_given(command, report, tmp_path):
    mine = tmp_path / "mine.toml"
    assert command("plan", "copy", "assertive-care", mine).code == 0
    assert command("plan", "copy", "assertive-care", mine).code == 2  # never over a file
    text = mine.read_text("utf-8").replace(
        "Use a short transfer checklist in every team", "Use our checklist", 1
    )
    mine.write_text(text, "utf-8")
    done = command("plan", report, "--out", tmp_path / "plan.json", "--actions", mine)
    assert done.code == 0, done.err
    assert any("Use our checklist" in action.action for action in plans.load(tmp_path / "plan.json").actions)
    mine.write_text(text.replace('id = "handover"', 'id = "hand-over"'), "utf-8")
    done = command("plan", report, "--out", tmp_path / "other.json", "--actions", mine)
    assert (done.code, "Did you mean 'handover'" in done.err) == (2, True)
