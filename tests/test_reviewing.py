"""Decisions on findings: put over a report and taken off again, kept from run to run, shown everywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import thememiner as tm
from thememiner import planning, plans, reports, reviewing
from thememiner.plans import rows as plan_rows
from thememiner.records import Decision, GridCell, Recommendation, Report, Reviewed, Theme
from thememiner.reports import json as report_json
from thememiner.reports.arranging import arrange
from thememiner.reviewing import deciding, rows

BOOK = planning.prompts("assertive-care")
SHA = "ab" * 32
HANDOVER, DNA, FAMILY, UNJUDGED, AGENCY, GAPS, STEP_UP, WORKFORCE = range(8)


@pytest.fixture
def report(judged) -> Report:
    """The judged report, with every basis recorded."""
    return replace(
        judged, findings=tuple(replace(f, basis=f.basis or (f.position and ())) for f in judged.findings)
    )


def decision(report: Report, at: int, review: str = "use", **more: object) -> Decision:
    """What a person decides of a finding that they have before them as it is."""
    kept = {row["id"]: row for row in rows.rows(report, SHA).kept}
    seen = rows.seen(kept[reviewing.undecided(report).findings[at].id])
    return replace(seen, review=review, by="A. Reader", **more)


def decided(report: Report, *decisions: Decision) -> Report:
    return reviewing.decide(report, Reviewed(decisions, SHA, report.title)).report


def finding(report: Report, at: int):
    return next(f for f in (*report.findings, *report.set_aside) if f.id == IDS[at])


IDS = (
    "policies/code:assertive-care/handover",
    "policies/code:assertive-care/dna-discharge",
    "experience/code:assertive-care/family-involvement",
    "governance/code:assertive-care/handover",
    "governance/code:assertive-care/multi-agency",
    "gaps/code:assertive-care/handover",
    "gaps/code:assertive-care/step-up-capacity",
    "gaps/code:assertive-care/workforce",
)


def everything(report: Report) -> tuple[Decision, ...]:
    """A decision of each sort."""
    return (
        decision(report, HANDOVER, "do not use", reason="Only one form was seen."),
        decision(report, DNA, statement="It is written, and nobody has looked whether it is done."),
        decision(report, FAMILY, section_id="gaps"),
        decision(report, AGENCY, position="gap", basis=("practice", "assurance")),
        decision(report, GAPS, "do not use", reason="Told twice."),
        decision(report, STEP_UP, position="not known"),
        decision(report, WORKFORCE, "not yet reviewed", reason="ask the trust"),
    )


def test_a_finding_that_is_used_keeps_everything_and_says_who_looked_at_it(report):
    made = finding(decided(report, decision(report, HANDOVER)), HANDOVER)
    assert made.mark == "Reviewed by A. Reader"
    assert replace(made, review="not yet reviewed", reviewer="") == report.findings[HANDOVER]


def test_nobody_has_looked_at_what_nobody_decided(report):
    made = decided(report, decision(report, HANDOVER))
    assert [f.mark for f in made.findings][1:] == ["Not yet reviewed"] * 7
    assert {f.mark for f in report.findings} == {"Not yet reviewed"}


def test_what_people_change_stands_and_the_draft_beside_it(report):
    made = decided(report, *everything(report))
    reworded, moved, judged, unsure = (finding(made, at) for at in (DNA, FAMILY, AGENCY, STEP_UP))
    assert reworded.statement == "It is written, and nobody has looked whether it is done."
    assert reworded.drafted == (("statement", report.findings[DNA].statement),)
    assert (moved.section_id, moved.reason) == ("gaps", "placed here by A. Reader")
    assert moved.drafted == (("section", "experience"), ("reason", "named"))
    assert (judged.position, judged.basis) == ("gap", ("practice", "assurance"))
    assert judged.drafted == (("position", "mixed"), ("basis", "described by the provider"))
    assert (unsure.position, unsure.basis) == ("not known", ())  # a basis that fits the new position no more
    assert made.evidence == report.evidence  # no quote is altered
    assert all(f.evidence_ids == finding(report, at).evidence_ids for at, f in enumerate(report.findings))


def test_a_basis_that_still_fits_another_position_stays(report):
    made = finding(decided(report, decision(report, AGENCY, position="assured")), AGENCY)
    assert (made.position, made.basis) == ("assured", ("described by the provider",))
    assert finding(decided(report, decision(report, DNA, position="gap")), DNA).basis == ()


def test_sections_hold_what_stands_in_them_now(report):
    made = decided(report, *everything(report))
    held = {section.id: section.finding_ids for section in made.sections}
    assert held["policies"] == (IDS[DNA],)
    assert held["experience"] == ()
    assert held["gaps"] == (IDS[STEP_UP], IDS[WORKFORCE], IDS[FAMILY])  # what people placed comes last
    assert {f.id for f in made.findings} | {f.id for f in made.set_aside} == {f.id for f in report.findings}


def test_what_is_set_aside_leaves_the_demands_and_is_counted(report):
    made = decided(report, *everything(report))
    demands = {demand.id: demand for demand in made.requirements}
    aside = {f.id for f in made.set_aside}
    assert not aside & {i for demand in made.requirements for i in demand.finding_ids}
    lost = [d for d in report.requirements if aside & set(d.finding_ids)]
    assert lost
    for was in lost:
        n = len(aside & set(was.finding_ids))
        assert demands[was.id].statement.endswith(f"; {n} finding{'s' * (n > 1)} set aside by people")
    only = decided(report, decision(report, DNA, "do not use", reason="x"))
    alone = [d for d in only.requirements if "set aside" in d.statement and not d.finding_ids]
    assert alone
    assert alone[0].statement == "no evidence yet; 1 finding set aside by people"


@pytest.mark.parametrize("at", range(8))
@pytest.mark.parametrize(
    ("review", "more"),
    [
        ("do not use", {"reason": "x"}),
        ("use", {"statement": "Ours."}),
        ("use", {"section_id": "gaps"}),
        ("use", {"section_id": "policies"}),
        ("use", {"position": "gap", "basis": ("provision",)}),
        ("use", {"position": "assured"}),
        ("not yet reviewed", {"reason": "ask"}),
    ],
)
def test_taking_a_decision_off_gives_the_report_back(report, at, review, more):
    made = decided(report, decision(report, at, review, **more))
    assert "reviewed" in made.provenance
    assert reviewing.undecided(made) == report


def test_taking_every_decision_off_gives_the_report_back_and_so_does_the_file(report, tmp_path):
    made = decided(report, *everything(report))
    kept = report_json.load(reports.write(made, tmp_path / "report.json"))
    schema = json.loads(Path(reports.__file__).with_name("schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads((tmp_path / "report.json").read_text("utf-8")))
    assert kept.findings == made.findings
    assert kept.set_aside == made.set_aside
    assert reviewing.undecided(kept).findings == report.findings
    assert reviewing.undecided(kept).requirements == report.requirements
    assert reviewing.undecided(report) is report


def test_decisions_are_put_over_the_draft_whatever_was_decided_before(report):
    made = decided(decided(report, *everything(report)), decision(report, DNA, "do not use", reason="x"))
    assert made == decided(report, decision(report, DNA, "do not use", reason="x"))
    log = Reviewed((*everything(report), decision(report, HANDOVER)))  # the last of a finding stands
    assert finding(reviewing.decide(report, log).report, HANDOVER).review == "use"


# The next run.


def test_a_decision_without_a_finding_is_told_and_counted(report):
    gone = replace(report, findings=report.findings[1:])
    found = reviewing.decide(gone, Reviewed((decision(report, HANDOVER), decision(report, DNA))))
    assert [note.partition(":")[0] for note in found.notes] == [
        "1 decision is of findings that are not there any more, and stays with the others"
    ]
    assert "Handover between providers (use)" in found.notes[0]
    assert [(s.stage, s.count) for s in found.report.skipped] == [("review", 1)]
    assert reviewing.undecided(found.report).skipped == ()
    quiet = reviewing.decide(gone, Reviewed((decision(report, HANDOVER, "not yet reviewed"),)))
    assert quiet.notes == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"statement": "Otherwise."}, "statement"),
        ({"position": "mixed"}, "position"),
        ({"basis": ("assurance",)}, "basis"),
        ({"exception": "the east"}, "what it does not hold for"),
        ({"needs": "more"}, "what is needed"),
        ({"evidence_ids": ()}, "quotes"),
    ],
)
def test_a_finding_that_changed_since_keeps_its_decision_and_says_what_changed(report, change, said):
    log = Reviewed((decision(report, HANDOVER, statement="Ours."), decision(report, DNA)))
    first, *rest = report.findings
    found = reviewing.decide(replace(report, findings=(replace(first, **change), *rest)), log)
    made = finding(found.report, HANDOVER)
    assert (made.statement, made.changed) == ("Ours.", (said,))
    assert made.mark == f"Reviewed by A. Reader; changed since then: {said}"
    assert finding(found.report, DNA).changed == ()
    assert found.notes == (
        f"1 finding has changed since it was reviewed, and says so: {IDS[HANDOVER]} ({said}).",
    )


def test_other_scores_and_counts_are_no_change(report):
    log = Reviewed((decision(report, HANDOVER),))
    first, *rest = report.findings
    same = replace(first, score=0.2, reason="by meaning", passages=99, latest="2030-01-01")
    assert reviewing.decide(replace(report, findings=(same, *rest)), log).notes == ()


def test_a_section_that_is_gone_is_told_and_the_finding_stays(report):
    found = reviewing.decide(report, Reviewed((decision(report, DNA, section_id="elsewhere"),)))
    assert finding(found.report, DNA).section_id == "policies"
    assert found.notes == (f"Not moved, for the report has no such section: {IDS[DNA]} (to elsewhere).",)


def test_decisions_of_another_review_are_refused(report):
    other = replace(decision(report, DNA), seen_quotes=("ffff 0123",))
    with pytest.raises(tm.InputError, match=r"of another review \(Theirs\): they rest on none"):
        reviewing.decide(report, Reviewed((other,), SHA, "Theirs"))
    reviewing.decide(report, Reviewed((replace(other, seen_quotes=()),)))  # nothing says of which


# In every output.


def test_every_page_carries_the_mark_of_each_finding(report):
    for made, most in (
        (report, "Not yet reviewed"),
        (decided(report, *everything(report)), "Reviewed by A. Reader"),
    ):
        for suffix in (".html", ".md"):
            page = reports.RENDERERS[suffix](made)
            shown = sum(f.mark == most for f in made.findings)
            assert page.count(most) >= shown
            for f in made.findings:
                assert f.mark in page
            # on the first page as well as beside the evidence
            main = page.partition("Main findings</h2>" if suffix == ".html" else "## Main findings")[2]
            main = main.partition("What people and families told us" if suffix == ".md" else 'id="people"')[0]
            led = [f for section in arrange(made).sections for f in section.main]
            assert led
            assert sum(main.count(mark) for mark in {f.mark for f in led}) == len(led)
    assert "No finding has been reviewed by a named person yet" in reports.markdown.render(report)


def test_a_page_shows_what_people_decided_beside_the_draft(report):
    made = decided(report, *everything(report))
    page = reports.markdown.render(made)
    main, _, rest = page.partition("## What was left out, and why")
    assert "6 of 8 findings reviewed by a named person; 2 set aside" in main
    assert "Only one form was seen" not in main
    assert "Only one form was seen" in rest
    assert "Told twice" in rest
    assert "- The program’s draft: Did not attend" in page or "The program’s draft" in page
    assert "Placed by the program in: Experience of service use" in page
    assert "Position as drafted: mixed" in page
    assert "Basis as drafted: described by the provider" in page
    assert "Reason given by A\\. Reader: ask the trust" in page or "ask the trust" in page
    assert "1 finding stood here, and people set aside or moved every one" in page
    assert "what people decided of findings does not change them" not in page  # there is no grid


def test_hostile_decisions_are_text_on_every_page(report):
    nasty = "<script>alert(1)</script> [x](http://y)"
    made = decided(
        report,
        replace(decision(report, DNA, statement=nasty, reason=nasty), by=nasty),
        replace(decision(report, FAMILY, "do not use", reason=nasty), by=nasty),
    )
    page = reports.html.render(made)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 5
    assert "[x](" not in reports.markdown.render(made)


def test_the_plan_cites_findings_with_their_mark_and_lists_what_is_set_aside(report):
    made = planning.plan(decided(report, *everything(report)), BOOK)
    assert dict(made.about)["Findings that people have looked at"] == "6 of 8, 2 set aside"
    assert all(
        a.finding.endswith(("[Not yet reviewed]", "[Reviewed by A. Reader]"))
        for a in made.actions
        if a.origin != "requirement" and a.progress != planning.NOT_USED
    )
    assert all("[" in found.finding for found in made.assurances)
    out = [a for a in made.actions if a.progress == planning.NOT_USED]
    assert out
    assert {a.theme_id for a in out} == {"code:assertive-care/handover"}
    assert all("[Set aside by A. Reader: " in a.finding for a in out)
    before = {a.id for a in planning.plan(report, BOOK).actions}
    assert {a.id for a in made.actions} >= before - {
        a.id for a in planning.plan(report, BOOK).actions if "step-up" in a.theme_id
    }
    shown = plan_rows.shown(made)
    assert not {a.id for a in out} & {a.id for a in shown}


def test_an_action_comes_back_when_its_finding_is_used_again(report):
    aside = planning.plan(decided(report, decision(report, STEP_UP, "do not use", reason="x")), BOOK)
    gone = {a.id for a in aside.actions if a.progress == planning.NOT_USED}
    assert gone
    used = planning.plan(report, BOOK, earlier=aside)
    assert {a.progress for a in used.actions if a.id in gone} == {"open"}
    without = replace(aside, actions=tuple(a for a in aside.actions if a.id not in gone))
    later = planning.plan(
        decided(report, decision(report, STEP_UP, "do not use", reason="x")), BOOK, earlier=without
    )
    assert {a.progress for a in later.actions if a.id in gone} == {planning.NOT_USED}  # and not "new"
    first = planning.plan(report, BOOK)
    kept = replace(first, actions=tuple(replace(a, owner="Lead") for a in first.actions))
    later = planning.plan(
        decided(report, decision(report, STEP_UP, "do not use", reason="x")), BOOK, earlier=kept
    )
    out = [a for a in later.actions if a.id in gone]
    assert {(a.progress, a.owner) for a in out} == {(planning.NOT_USED, "Lead")}


def test_a_plan_in_excel_and_word_lists_what_is_set_aside_and_comes_back_with_it(report, tmp_path):
    made = planning.plan(decided(report, decision(report, STEP_UP, "do not use", reason="=x")), BOOK)
    file = plans.write(made, tmp_path / "plan.xlsx")
    import openpyxl

    book = openpyxl.load_workbook(file)
    head, *body = book["Left out"].iter_rows(values_only=True)
    assert head == ("Id", "Why", "Section", "Theme", "Finding", "Action")
    assert {row[1] for row in body} == {"its finding set aside"}
    assert all(row[4].endswith("[Set aside by A. Reader: =x]") for row in body)
    assert "Since the earlier plan" not in [cell.value for cell in book["Draft action plan"][1]]
    from thememiner.plans import importing

    again = importing.read(file)
    assert again.plan.actions == made.actions
    assert "left out" not in " ".join(again.notes)
    import docx

    words = [
        cell.text
        for table in docx.Document(plans.write(made, tmp_path / "plan.docx")).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "its finding set aside" in words


# The file.


def test_the_file_of_decisions_comes_back_the_same(report, tmp_path):
    log = Reviewed(everything(report), SHA, report.title)
    file = tmp_path / "reviewed.json"
    file.write_bytes(reviewing.render(log))
    assert reviewing.load(file) == log
    assert reviewing.render(reviewing.load(file)) == reviewing.render(log)


def test_decisions_are_added_and_nothing_is_replaced(report):
    first = Reviewed((decision(report, DNA), decision(report, FAMILY)), SHA)
    second = Reviewed((decision(report, DNA), decision(report, FAMILY, "do not use", reason="x")), SHA)
    log = reviewing.joined(first, second)
    assert log.decisions == (*first.decisions, second.decisions[1])
    assert reviewing.standing(log)[IDS[FAMILY]].review == "do not use"
    assert reviewing.joined(None, second) == second


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[]", 'no "decisions"'),
        ('{"actions": []}', 'no "decisions"'),
        ('{"decisions": [], "schema": 2}', "of schema 2"),
        ('{"decisions": [], "shcema": 1}', "Did you mean 'schema'"),
        ('{"decisions": {}}', "list of tables"),
        ('{"decisions": [{}]}', "'finding_id' is missing"),
        ('{"decisions": [{"finding_id": "a", "reveiw": "use"}]}', "Did you mean 'review'"),
        ('{"decisions": [{"finding_id": "a", "review": "used", "by": "R"}]}', "Did you mean 'use'"),
        ('{"decisions": [{"finding_id": "a", "position": "gpa"}]}', "Did you mean 'gap'"),
        ('{"decisions": [{"finding_id": "a", "basis": ["practise"]}]}', "Did you mean 'practice'"),
        ('{"decisions": [{"finding_id": "a", "review": "use"}]}', "nobody's name"),
        ('{"decisions": [{"finding_id": 3}]}', "must be text"),
    ],
)
def test_a_file_that_is_no_log_of_decisions_is_refused_in_a_line(tmp_path, text, said):
    file = tmp_path / "reviewed.json"
    file.write_text(text, "utf-8")
    with pytest.raises(tm.InputError, match=r"reviewed\.json") as error:
        reviewing.load(file)
    assert said in str(error.value)


def test_a_log_written_by_hand_needs_an_id_a_decision_and_a_name(report, tmp_path):
    file = tmp_path / "reviewed.json"
    row = {"finding_id": IDS[DNA], "review": "do not use", "by": "A. Reader", "reason": "x"}
    file.write_text(json.dumps({"decisions": [row]}), "utf-8")
    found = reviewing.decide(report, reviewing.load(file))
    assert found.notes == ()  # nothing says what was looked at, so nothing has changed since
    assert [f.id for f in found.report.set_aside] == [IDS[DNA]]


def test_the_run_remembers_which_decisions_it_had(report):
    log = Reviewed((decision(report, DNA),), SHA, report.title)
    kept = reviewing.decide(report, log).report.provenance["reviewed"]
    assert (kept["decisions"], kept["of_report"], len(kept["sha256"])) == (1, SHA, 64)
    assert deciding.STAGE == "review"


def test_what_there_is_on_a_demand_says_how_much_of_it_was_reviewed(report):
    def said(*decisions: Decision) -> str:
        return next(d.statement for d in decided(report, *decisions).requirements if len(d.finding_ids) == 3)

    handovers = [decision(report, at) for at in (HANDOVER, UNJUDGED, GAPS)]
    assert said().endswith("; not yet reviewed")
    assert said(handovers[0]).endswith("; 1 reviewed, 2 not yet")
    assert said(*handovers).endswith("; reviewed")


def test_each_finding_has_its_mark_once_beside_its_evidence(report):
    led = sum(len(section.main) for section in arrange(report).sections)
    for suffix in (".html", ".md"):
        assert reports.RENDERERS[suffix](report).count("Not yet reviewed") == len(report.findings) + led


def test_a_section_says_what_was_looked_for_before_a_person_placed_a_finding_there(report):
    empty = replace(report, findings=report.findings[:-3], requirements=())
    sections = [
        replace(s, finding_ids=(), statement="searched for and not found: nothing.") if s.id == "gaps" else s
        for s in report.sections
    ]
    empty = replace(empty, sections=tuple(sections))
    made = decided(empty, decision(empty, FAMILY, section_id="gaps"))
    page = reports.markdown.render(made)
    assert "Before a person placed a finding here: searched for and not found: nothing." in page
    assert "Searched for and not found: nothing." in reports.markdown.render(empty)
    assert reviewing.undecided(made) == empty


def test_the_grid_says_that_decisions_do_not_change_it(report):
    held = replace(report, grid=(GridCell("policies", "Northfield", "consistent", "why"),))
    said = "what people decided of findings does not change them"
    assert said not in reports.markdown.render(held)
    assert said not in reports.markdown.render(decided(held, decision(held, DNA, statement="Ours.")))
    for shift in ({"review": "do not use", "reason": "x"}, {"section_id": "gaps"}, {"position": "gap"}):
        made = decided(held, decision(held, DNA, **shift))
        assert said in reports.markdown.render(made)
        assert made.grid == held.grid


# What is asked for from outside, and groups beside the codebook.


@pytest.fixture
def recommended(report) -> Report:
    """The report with a recommendation that is crossed with what is said of handovers."""
    asked = Recommendation("CQC 1", "CQC", "Hand over well.", ("handover",))
    return replace(report, recommendations=planning.cross([asked], {}, report.themes, report.findings))


def test_what_is_set_aside_leaves_recommendations_too_and_comes_back(recommended):
    (was,) = recommended.recommendations
    made = decided(
        recommended,
        decision(recommended, HANDOVER, "do not use", reason="x"),
        decision(recommended, GAPS, position="not known"),
    )
    (now,) = made.recommendations
    assert now.finding_ids == was.finding_ids[1:]
    assert now.positions == ("", "not known")
    assert now.statement.endswith("; 1 reviewed, 1 not yet; 1 finding set aside by people")
    assert now.action_ids[0] == was.action_ids[0]
    assert reviewing.undecided(made) == recommended


@pytest.fixture
def grouped(report) -> Report:
    """The report with a group beside the codebook that has a position in draft."""
    group = Theme("found:ab", "Waiting", "discovered", definition="Passages on waiting.")
    found = replace(report.findings[DNA], id="/found:ab", section_id="", theme_id="found:ab", evidence_ids=())
    return replace(report, themes=(*report.themes, group), findings=(*report.findings, found))


def test_a_group_beside_the_codebook_carries_the_mark_too(grouped):
    said = "Were it a finding, in draft: Assured (written in policy). Not yet reviewed."
    assert said.replace("(", "\\(") in reports.markdown.render(grouped) or said in reports.markdown.render(
        grouped
    )
    made = decided(grouped, decision(grouped, 8))
    assert "Reviewed by A. Reader." in reports.html.render(made)
    assert reviewing.undecided(made) == grouped


def test_a_person_may_place_a_group_in_a_section_and_take_it_out_again(grouped):
    made = decided(grouped, decision(grouped, 8, section_id="gaps"))
    held = {section.id: section.finding_ids for section in made.sections}
    assert held["gaps"][-1] == "/found:ab"
    assert reviewing.undecided(made) == grouped
    assert decided(grouped, decision(grouped, 8, "do not use", reason="x")).set_aside[0].id == "/found:ab"
    assert reviewing.undecided(decided(grouped, decision(grouped, 8, "do not use", reason="x"))) == grouped
    assert b"xl/" in reviewing.book(grouped, SHA)
    (row,) = [r for r in rows.rows(grouped, SHA).findings if r["id"] == "/found:ab"]
    assert row["section"] == "Beside the codebook, in no section"
