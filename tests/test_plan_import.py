"""A plan that people worked in comes back by id: sorted, moved, deleted, retyped, with rows of their own."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thememiner as tm
from thememiner import planning, plans
from thememiner.plans import cells, importing, workbooks
from thememiner.records import Plan
from thememiner.reports.json import render

BOOK = planning.prompts("assertive-care")


@pytest.fixture
def plan(judged) -> Plan:
    return planning.plan(judged, BOOK)


class Edited:
    """The plan as a workbook in somebody's hands."""

    def __init__(self, plan: Plan, folder) -> None:
        self.file = folder / "plan.xlsx"
        plans.write(plan, self.file)
        self.book = openpyxl.load_workbook(self.file)
        self.page = self.book[workbooks.PLAN]

    def column(self, heading: str) -> int:
        return next(cell.column for cell in self.page[1] if cell.value == heading)

    def put(self, row: int, heading: str, value: object) -> None:
        self.page.cell(row, self.column(heading)).value = value

    def rows(self) -> list[list[object]]:
        return [[cell.value for cell in row] for row in self.page.iter_rows()]

    def lay(self, rows: list[list[object]]) -> None:
        self.page.delete_rows(1, self.page.max_row)
        for row in rows:
            self.page.append(row)

    def read(self, drafted: Plan | None = None) -> importing.Imported:
        for page in self.book:
            page.tables.clear()  # Excel keeps them in step; openpyxl does not
        self.book.save(self.file)
        return importing.read(self.file, drafted)


@pytest.fixture
def edited(plan, tmp_path) -> Edited:
    return Edited(plan, tmp_path)


def test_a_workbook_that_nobody_touched_gives_the_plan_back(plan, edited):
    found = edited.read()
    assert found.plan.actions == plan.actions
    assert found.plan.documents == plan.documents
    assert found.plan.about == plan.about
    assert dict(found.plan.themes).items() <= dict(plan.themes).items()
    assert found.notes == ("21 actions read.",)


def test_what_people_wrote_is_read_and_told_from_what_was_drafted(plan, edited):
    edited.put(2, "Owner", "Head of community services")
    edited.put(2, "Due", "31/3/2030")
    edited.put(2, "Status", "In Progres")
    edited.put(2, "Action", "Do it our way.")
    edited.put(3, "Horizon", "short term")
    edited.put(3, "Strength of action", "Weaker")
    edited.put(3, "Measure", "")
    edited.put(4, "Action", f"  {plan.actions[2].action} \n")
    found = edited.read()
    first, second, third, *rest = found.plan.actions
    assert (first.owner, first.due, first.status) == (
        "Head of community services",
        "2030-03-31",
        "in progress",
    )
    assert (first.action, first.edited) == ("Do it our way.", ("action",))
    assert (second.horizon, second.strength, second.measure) == ("short", "weaker", "")
    assert second.edited == ("horizon", "measure", "strength")
    assert third == plan.actions[2]  # spaces are no wording
    assert tuple(rest) == plan.actions[3:]
    assert found.notes == ("21 actions read: 1 with an owner, 2 reworded.",)


def test_rows_sorted_and_columns_moved_change_nothing(plan, edited):
    head, *body = edited.rows()
    edited.lay([row[::-1] for row in [head, *body[::-1]]])
    assert edited.read().plan.actions == plan.actions


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_any_order_of_rows_and_columns_reads_the_same(plan, tmp_path, random):
    given_ = Edited(plan, tmp_path)
    head, *body = given_.rows()
    order = list(range(len(head)))
    random.shuffle(order)
    random.shuffle(body)
    blank = [None] * len(head)
    given_.lay([[row[at] for at in order] for row in [head, *body[:5], blank, *body[5:]]])
    assert given_.read().plan.actions == plan.actions


def test_deleted_rows_are_left_out_by_people_and_not_lost(plan, edited):
    edited.page.delete_rows(2, 2)
    found = edited.read()
    gone = [action for action in found.plan.actions if action.progress == planning.LEFT_OUT]
    assert [action.id for action in gone] == [action.id for action in plan.actions[:2]]
    assert found.notes[1] == f"2 left out by people: {gone[0].id}, {gone[1].id}."
    # and stay so when the plan goes out and comes back again
    again = Edited(replace(found.plan, sections=plan.sections, themes=plan.themes), edited.file.parent).read()
    assert again.plan.actions == found.plan.actions
    assert again.notes == ("19 actions read.",)
    edited.page.delete_rows(2, 100)
    assert {a.progress for a in edited.read().plan.actions} == {planning.LEFT_OUT}


def test_a_row_of_peoples_own_has_an_id_that_stays(plan, edited):
    head = [cell.value for cell in edited.page[1]]
    own = dict.fromkeys(head)
    own |= {"Action": "Plant a tree.", "Horizon": "Short-term", "Owner": "Gardener", "Status": "ongoing"}
    own |= {"Section": "identification of gaps, barriers and challenges", "Theme": "Trees"}
    edited.page.append([own[name] for name in head])
    found = edited.read()
    added = found.plan.actions[-1]
    assert added.id.startswith("P-")
    assert (added.section_id, added.theme_id, added.origin) == ("gaps", "Trees", "people")
    assert (added.owner, added.status, added.progress) == ("Gardener", "in progress", "added by people")
    assert edited.read().plan.actions[-1].id == added.id
    edited.put(edited.page.max_row, "Owner", "Somebody else")
    assert edited.read().plan.actions[-1].id == added.id
    # its id stands in the next workbook, so that its words may change too
    whole = replace(found.plan, sections=plan.sections, themes=plan.themes)
    second = Edited(whole, edited.file.parent)
    second.put(second.page.max_row, "Action", "Plant two trees.")
    again = second.read().plan.actions[-1]
    assert (again.id, again.action) == (added.id, "Plant two trees.")


def rename(heading: str, new: str):
    return lambda e: e.page.cell(1, e.column(heading), new)


def put(row: int, heading: str, value: str):
    return lambda e: e.put(row, heading, value)


def twice(e):
    e.page.append([cell.value for cell in e.page[2]])


def own(**words: str):
    def add(e):
        head = [cell.value for cell in e.page[1]]
        e.page.append([words.get(str(name)) for name in head])

    return add


def without(sheet: str):
    return lambda e: e.book.remove(e.book[sheet])


def renamed_sheet(e):
    e.page.title = "Plan 2"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            rename("Owner", "Owners"),
            "row 1: the heading 'Owner' is not there; 'Owners' may be it. Change it back.",
        ),
        (rename("Id", "Number"), "the heading 'Id' is not there"),
        (rename("Theme", "Owner"), "the heading 'Owner' stands twice"),
        (put(3, "Id", "A-0000000000"), "row 3 has 'A-0000000000' as its id, which is not of this plan"),
        (twice, "row 23 has the same id as row 2 (A-"),
        (own(Owner="Me"), "row 23 has neither an id nor an action"),
        (own(Action="Plant."), "row 23 has no horizon. Write Short-term or Longer-term."),
        (put(2, "Horizon", "soon"), "row 2 has the horizon 'soon'. Write Short-term or Longer-term."),
        (
            put(2, "Strength of action", "good"),
            "row 2 has the strength 'good'. Write stronger, intermediate or",
        ),
        (without(workbooks.DRAFTED), "has no sheet 'As drafted'"),
        (without(workbooks.PLAN), "has no sheet 'Draft action plan'; its sheets are 'Read me first'"),
        (renamed_sheet, "Rename it back"),
        (lambda e: e.book[workbooks.DRAFTED].cell(1, 2, "x"), "the heading 'section_id' is not there"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line_with_what_to_do(edited, change, said):
    change(edited)
    with pytest.raises(tm.InputError) as caught:
        edited.read()
    assert said in str(caught.value)
    assert "plan.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_own_columns_and_changed_findings_are_told(plan, edited):
    edited.page.cell(1, edited.page.max_column + 1, "Comments")
    edited.put(2, "Finding", "It is all fine.")
    found = edited.read()
    assert found.plan.actions == plan.actions
    assert found.notes[1:] == (
        "Not read back: the column 'Comments'.",
        f"Left as it was: the finding of {plan.actions[0].id}. A plan does not change findings.",
    )


def test_a_column_that_people_took_out_stays_as_drafted(plan, edited):
    edited.page.delete_cols(edited.column("Measure"))
    assert edited.read().plan.actions == plan.actions


def test_without_the_sheet_of_what_was_drafted_the_report_says_it(plan, edited):
    without(workbooks.DRAFTED)(edited)
    assert edited.read(plan).plan.actions == plan.actions


def test_a_plan_of_another_report_is_refused(plan, edited):
    other = replace(plan, documents=("ffff",))
    with pytest.raises(tm.InputError, match="is no plan of that report: it rests on none of its documents"):
        edited.read(other)
    assert edited.read(plan).plan.actions == plan.actions


@pytest.mark.parametrize("value", ["=1+1", "+44", "-", "@x", "'quoted", "＝1"])
def test_what_looks_like_a_formula_comes_back_as_typed(plan, edited, tmp_path, value):
    changed = replace(plan, actions=(replace(plan.actions[0], owner=value, status=value), *plan.actions[1:]))
    assert Edited(changed, tmp_path).read().plan.actions[0].owner == value
    file = plans.write(changed, tmp_path / "plan.csv")
    found = importing.read(file, plan).plan.actions[0]
    assert (found.owner, found.edited) == (value, ())


# CSV.


def test_a_csv_with_its_report_gives_the_plan_back(plan, tmp_path):
    file = plans.write(plan, tmp_path / "plan.csv")
    found = importing.read(file, plan)
    assert found.plan.actions == plan.actions
    assert found.plan.documents == plan.documents


def test_a_csv_as_excel_saves_it_elsewhere(plan, tmp_path):
    """Semicolons, Windows letters, rows deleted, no report at hand."""
    head, *body = csv.reader(io.StringIO(plans.render(plan, ".csv").decode("utf-8-sig"), newline=""))
    body[0][head.index("Owner")] = "Équipe"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([head, *body[:-2]])
    file = tmp_path / "plan.csv"
    file.write_bytes(out.getvalue().encode("cp1252"))
    found = importing.read(file)
    assert found.plan.actions[0].owner == "Équipe"
    assert len(found.plan.actions) == len(plan.actions) - 2
    assert found.notes[-1] == importing.NOTHING_DRAFTED
    kept = replace(found.plan.actions[0], owner="", edited=())
    assert kept == plan.actions[0]
    told = importing.read(file, plan)
    assert sum(a.progress == planning.LEFT_OUT for a in told.plan.actions) == 2


def test_a_csv_keeps_what_only_the_earlier_plan_had(plan, judged, tmp_path):
    own_ = planning.added(replace(plan.actions[0], action="Plant a tree."))
    out = replace(plan.actions[0], progress=planning.LEFT_OUT)
    lost = replace(plan.actions[1], id="A-ffffffffff")
    earlier = replace(plan, actions=(out, lost, *plan.actions[1:], own_))
    second = planning.plan(judged, BOOK, earlier=earlier)
    file = plans.write(second, tmp_path / "plan.csv")
    found = importing.read(file, planning.plan(judged, BOOK)).plan
    assert {a.id: a.progress for a in found.actions} == {a.id: a.progress for a in second.actions}
    assert {a.progress for a in found.actions} == {
        "left out by people",
        "open",
        "no longer evidenced",
        "added by people",
    }


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.xlsx", b"not a workbook", "cannot be read"),
        ("plan.xlsx", b"", "cannot be read"),
        ("plan.pdf", b"", "is no table to read a plan back from"),
        ("plan.csv", b"a,b\n1,2\n", "the heading 'Id' is not there"),
        ("plan.csv", b'Id,Action\n"1,2\n', "cannot be read whole"),
        ("none.csv", None, "cannot be read: No such file"),
    ],
)
def test_a_file_that_is_no_plan_is_a_line(tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(tm.InputError, match=said):
        importing.read(tmp_path / name)


# Cells.


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2030-01-02", "2030-01-02"),
        ("2030-01-02 00:00:00", "2030-01-02"),
        ("2/1/2030", "2030-01-02"),
        ("02.01.2030", "2030-01-02"),
        ("2 January 2030", "2030-01-02"),
        ("2nd Jan 2030", "2030-01-02"),
        ("31/02/2030", "31/02/2030"),
        ("1/2/30", "1/2/30"),
        ("end of the year", "end of the year"),
        ("", ""),
    ],
)
def test_due_is_a_date_where_it_is_one(text, meant):
    assert cells.due(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Done", "done"),
        ("DONE.", "done"),
        ("completed", "done"),
        ("not done", "not started"),
        ("Not Startd", "not started"),
        ("in progres", "in progress"),
        ("on-going", "in progress"),
        ("Not accepted", "not accepted"),
        ("accepted", "accepted"),
        ("open", "open"),
        ("Waiting for the board", "Waiting for the board"),
        ("", ""),
    ],
)
def test_status_is_the_nearest_or_what_people_wrote(text, meant):
    assert cells.status(text) == meant


# The commands.


def test_the_whole_round_with_the_commands(command, judged, tmp_path):
    report = tmp_path / "report.json"
    report.write_text(render(judged), "utf-8")
    assert command("plan", report, "--out", tmp_path / "plan.xlsx").code == 0
    held = Edited(planning.plan(judged, BOOK), tmp_path)
    held.put(2, "Status", "done")
    held.put(3, "Owner", "Team lead")
    held.page.delete_rows(4)
    held.read()
    done = command("plan", "import", held.file, "--out", tmp_path / "plan.json")
    assert (done.code, done.err) == (0, "")
    assert "20 actions read: 1 with an owner, 1 done." in done.out
    assert "1 left out by people" in done.out
    done = command("plan", report, "--plan", tmp_path / "plan.json", "--out", tmp_path / "next.xlsx")
    assert "Against the earlier plan: 19 open, 1 done, 1 left out by people." in done.out
    page = openpyxl.load_workbook(tmp_path / "next.xlsx")[workbooks.PLAN]
    head, first, second, *_ = page.iter_rows(values_only=True)
    assert (first[1], first[head.index("Status")]) == ("done", "done")
    assert (second[1], second[head.index("Owner")]) == ("open", "Team lead")


def test_import_replaces_a_plan_and_nothing_else(command, judged, tmp_path):
    report = tmp_path / "report.json"
    report.write_text(render(judged), "utf-8")
    file, out = tmp_path / "plan.csv", tmp_path / "plan.json"
    command("plan", report, "--out", file)
    for _ in range(2):
        assert command("plan", "import", file, "--report", report, "--out", out).code == 0
    (tmp_path / "mine.json").write_text(json.dumps({"mine": 1}), "utf-8")
    for name, said in (
        ("mine.json", "is no plan"),
        ("plan.txt", "ends in .json"),
        ("plan.csv", "ends in .json"),
    ):
        done = command("plan", "import", file, "--out", tmp_path / name)
        assert (done.code, done.err.count("\n")) == (2, 1)
        assert said in done.err


def test_the_plan_of_another_review_is_told(command, judged, tmp_path):
    other = replace(planning.plan(judged, BOOK), documents=("ffff",))
    plans.write(other, tmp_path / "other.json")
    report = tmp_path / "report.json"
    report.write_text(render(judged), "utf-8")
    done = command("plan", report, "--plan", tmp_path / "other.json", "--out", tmp_path / "plan.json")
    assert done.code == 0
    assert "No document of the earlier plan is in this report." in done.out


def test_a_run_carries_a_plan_on_and_writes_it_beside_its_report(command, finished, tmp_path):
    first = tmp_path / "plan.json"
    assert command("plan", finished.out / "report.json", "--out", first).code == 0
    whole = json.loads(first.read_text("utf-8"))
    whole["actions"][0] |= {"status": "done", "owner": "Team lead"}
    whole["documents"] = whole["documents"][:-1]  # as though one document had come since
    first.write_text(json.dumps(whole), "utf-8")
    out = tmp_path / "out"
    done = command("run", *finished.arguments, "--plan", first, "--out", out)
    assert done.code == 0, done.err
    again = plans.load(out / "plan.json")
    assert {action.progress for action in again.actions} <= {"done", "open", "newly evidenced"}
    assert (again.actions[0].owner, again.actions[0].status) == ("Team lead", "done")
    assert "Against the earlier plan: " in done.out
    assert (out / "report.json").read_bytes() == (finished.out / "report.json").read_bytes()
    # it is carried on in place, and another plan there is not lost
    (tmp_path / "bad.json").write_text("{}")
    for other, said in ((tmp_path / "bad.json", "is not a plan"), (first, "is not the --plan given")):
        refused = command("run", *finished.arguments, "--plan", other, "--out", out)
        assert (refused.code, said in refused.err) == (2, True)


def test_a_plan_with_what_people_wrote_is_not_replaced_by_a_blank_one(plan, tmp_path, command):
    kept, book = tmp_path / "plan.json", tmp_path / "plan.xlsx"
    first, *others = plan.actions
    worked = replace(plan, actions=(replace(first, owner="Head of services"), *others))
    book.write_bytes(plans.render(plan, ".xlsx"))
    kept.write_bytes(plans.render(worked, ".json"))
    said = command("plan", "import", book, "--out", kept)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "holds what people wrote of 1 action" in said.err
    assert plans.load(kept).actions[0].owner == "Head of services"
    assert command("plan", "import", book, "--out", kept, "--overwrite").code == 0
    assert plans.load(kept).actions[0].owner == ""
