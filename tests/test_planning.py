"""Draft actions from an invented report: which there are, what they say, and what stays from run to run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import thememiner as tm
from thememiner import planning, reports
from thememiner.planning.drafting import own_id
from thememiner.planning.resourcing import stated
from thememiner.records import GAPS, Evidence, Requirement
from thememiner.reports import html, markdown
from thememiner.reports.json import load, render

BOOK = planning.prompts("assertive-care")
THEME = "code:assertive-care/"


def actions_of(report, code):
    return [a for a in planning.draft(report, BOOK) if a.theme_id == THEME + code]


def test_every_gap_has_a_short_and_a_longer_action_in_the_words_of_the_prompts(judged):
    made = actions_of(judged, "handover")
    assert [(a.gap, a.horizon) for a in made] == [
        ("practice", "short"),
        ("practice", "longer"),
        ("assurance", "short"),  # nobody has judged what stands under governance
        ("provision", "short"),
        ("provision", "longer"),
    ]
    for action in made:
        assert action.action == BOOK.codes["handover"].gaps[action.gap].at(action.horizon).action
        assert action.strength in ("stronger", "intermediate", "weaker")
        assert action.factors == ("organisation", "processes", "external-environment")
        assert (action.owner, action.due, action.status) == ("", "", "")


def test_a_theme_has_each_action_once_whatever_its_sections(judged):
    every = planning.draft(judged, BOOK)
    assert len({a.id for a in every}) == len(every)
    practice = next(a for a in every if a.theme_id.endswith("handover") and a.gap == "practice")
    assert practice.finding_id == f"policies/{THEME}handover"
    assert practice.also == (f"gaps/{THEME}handover",)
    assert len(practice.evidence_ids) == 2


def test_every_gap_and_every_mixed_finding_has_its_actions(judged):
    every = planning.draft(judged, BOOK)
    for finding in judged.findings:
        mine = [a for a in every if finding.id in (a.finding_id, *a.also)]
        assert bool(mine) == (finding.position != "assured")
        for gap in set(finding.basis or ()) & set(GAPS):
            assert {a.horizon for a in mine if a.gap == gap} == {"short", "longer"}


def test_a_mixed_finding_is_narrowed_to_its_exception(judged):
    made = actions_of(judged, "multi-agency")
    assert {(a.gap, a.origin) for a in made} == {("practice", "mixed")}
    assert all(
        a.action.endswith(" To be done where the finding does not hold: places in the east.") for a in made
    )
    blank = replace(judged, findings=tuple(replace(f, exception="") for f in judged.findings))
    assert all(
        a.action.endswith("where the finding does not hold.") for a in actions_of(blank, "multi-agency")
    )


def test_what_is_not_known_has_one_action_to_find_out(judged):
    (made,) = actions_of(judged, "workforce")
    assert (made.origin, made.gap, made.horizon) == ("not known", "assurance", "short")
    assert made.finding.endswith(" Still needed: figures of posts by team. [Not yet reviewed]")
    plain = made.finding.removesuffix(" [Not yet reviewed]")
    said = tuple(replace(f, statement=plain) for f in judged.findings if f.needs)
    assert actions_of(replace(judged, findings=said), "workforce")[0].finding == made.finding  # once
    unjudged = replace(judged, findings=tuple(replace(f, position=None, basis=None) for f in judged.findings))
    every = [a for a in planning.draft(unjudged, BOOK) if not a.requirement_id]
    assert {(a.gap, a.horizon) for a in every} == {("assurance", "short")}
    assert len(every) == len({f.theme_id for f in judged.findings})


def test_a_position_that_is_not_known_to_this_version_is_not_judged(judged):
    odd = replace(judged, findings=tuple(replace(f, position="fine") for f in judged.findings))
    assert {a.origin for a in planning.draft(odd, BOOK)} == {"not known", "requirement"}
    (asked,) = planning.trace([Requirement("x", "X.", ("workforce",))], odd.themes, odd.findings)
    assert asked.statement == "1 finding: 1 not judged yet; not yet reviewed"


def test_a_gap_of_no_known_sort_is_one_of_assurance(judged):
    for basis in (None, (), ("described by the provider",)):
        findings = tuple(replace(f, position="gap", basis=basis) for f in judged.findings)
        made = planning.draft(replace(judged, findings=findings), BOOK)
        assert {a.gap for a in made if a.theme_id} == {"assurance"}


def test_ids_come_from_what_an_action_is_for_and_not_from_its_place(judged):
    before = {a.id: a for a in planning.draft(judged, BOOK)}
    backwards = replace(
        judged,
        findings=judged.findings[::-1],
        evidence=judged.evidence[::-1],
        requirements=judged.requirements[::-1],
    )
    assert {a.id for a in planning.draft(backwards, BOOK)} == set(before)
    other_words = planning.draft(judged, planning.prompts(""))
    assert {a.id for a in other_words} == set(before)
    fewer = replace(judged, findings=judged.findings[1:])  # the theme is left in a later section
    assert {a.id for a in planning.draft(fewer, BOOK)} == set(before)


def test_resources_are_quoted_with_their_source_and_never_worked_out(judged):
    short, longer = actions_of(judged, "step-up-capacity")
    assert short.resource_gap == longer.resource_gap
    assert short.resource_gap.split("\n") == [
        "“Each practitioner holds 38 people.” (Northfield, file3.docx, page 2)",
        "“The team is 3.4 WTE below establishment.” (Northfield, file3.docx, page 2)",
    ]
    quotes = " ".join(e.quote for e in judged.evidence)
    assert all(line.partition("”")[0][1:] in quotes for line in short.resource_gap.split("\n"))
    (workforce,) = actions_of(judged, "workforce")  # a policy's number is what should be, no shortfall
    assert workforce.resource_gap == planning.NONE_STATED
    told_as_good = tuple(replace(e, polarity="positive") for e in judged.evidence)
    made = actions_of(replace(judged, evidence=told_as_good), "step-up-capacity")
    assert {a.resource_gap for a in made} == {planning.NONE_STATED}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Each worker carries 35 people.", "caseloads"),
        ("Caseloads stand at about thirty-eight.", "caseloads"),
        ("The average caseload is 42.", "caseloads"),
        ("She had 51 on her caseload.", "caseloads"),
        ("Forty clients per practitioner is usual.", "caseloads"),
        ("Two band 6 posts vacant since spring.", "vacancies"),
        ("Psychology posts remain unfilled.", "vacancies"),
        ("We carry 7 vacancies.", "vacancies"),
        ("The team is 3.4 WTE short.", "whole-time equivalents"),
        ("Four whole-time equivalent nurses left.", "whole-time equivalents"),
        ("It would cost £120,000.", "money"),
        ("Further investment is needed.", "money"),
        ("The assertive function is not commissioned.", "money"),
        ("Caseloads are reviewed within 5 working days.", ""),
        ("Caseloads were looked at in 2024.", ""),
        ("Caseloads are too high.", ""),
        ("There are no vacancies in the nursing team.", ""),
        ("No additional funding is needed.", ""),
        ("The hostel had two vacancies.", ""),
        ("His flat was vacant.", ""),
        ("He has 2 previous cases of this.", ""),
        ("Seen 3 times by the team.", ""),
    ],
)
def test_what_states_resources(text, what):
    assert stated(text) == ([(what, text)] if what else [])


def test_a_sentence_is_given_whole_and_once():
    text = "It is hard. Each worker holds 38 people, with 3 WTE vacant posts and £9,000 lost! We cope."
    assert stated(text) == [("caseloads", text[12:-9])]
    assert stated("I lost £40 of my benefit.", "feedback") == []
    assert stated("") == []


def test_every_demand_is_traced_and_drafted_even_where_policy_assures(judged):
    traced = {r.id: r for r in judged.requirements}
    every = {a.id: a for a in planning.draft(judged, BOOK)}
    assert all(i in every for r in traced.values() for i in r.action_ids)
    dna = traced["dna-in-practice"]
    assert dna.finding_ids == (f"policies/{THEME}dna-discharge",)
    assert dna.statement == "1 finding: 1 assured (written in policy); not yet reviewed"
    own = every[dna.action_ids[0]]
    assert (own.requirement_id, own.origin, own.finding_id) == ("dna-in-practice", "requirement", "")
    assert own.action == BOOK.demands["dna-in-practice"].action
    assert len([a for a in every.values() if a.requirement_id]) == len(traced) == 11
    coordination = traced["care-coordination"]  # its codes: care-coordination, continuity, handover
    assert (
        coordination.statement
        == "3 findings: 2 gaps (practice, provision); 1 not judged yet; not yet reviewed"
    )
    assert len(coordination.action_ids) == 6


def test_a_demand_without_evidence_says_so_and_is_an_action_to_find_it(judged):
    (asked,) = planning.trace(
        [Requirement("mine", "That it snows.", ("no-such",))], judged.themes, judged.findings
    )
    assert (asked.statement, asked.finding_ids) == ("no evidence yet", ())
    (made,) = planning.draft(replace(judged, findings=(), requirements=(asked,)), BOOK)
    assert made.action == (
        "Ask the organisations concerned for evidence on this demand, from records, audit, and people and "
        "families, or say openly that there is none: “That it snows”"
    )
    assert (made.id, made.finding) == (asked.action_ids[0], "no evidence yet")


def test_assurances_say_on_what_basis_and_what_would_keep_them(judged):
    made = planning.assure(judged, BOOK)
    assert [(a.theme_id.removeprefix(THEME), a.basis[0]) for a in made] == [
        ("dna-discharge", "written in policy"),
        ("family-involvement", "confirmed by people and families"),
        ("multi-agency", "described by the provider"),
    ]
    assert made[0].keep == BOOK.codes["dna-discharge"].keep
    assert made[2].exception == "places in the east"


def test_a_report_without_findings_still_drafts_the_demands(judged):
    bare = replace(judged, findings=(), evidence=(), themes=(), requirements=())
    layout = tm.template("assertive-care-review")
    made = planning.plan(planning.traced(bare, layout), BOOK)
    assert len(made.actions) == 11
    assert ("Findings", "The report has none, so only the demands of the letter are drafted.") in made.about
    assert planning.plan(bare, BOOK).actions == ()


def test_a_report_of_before_is_traced_by_its_template(judged):
    before = replace(judged, requirements=())
    layout = tm.template("assertive-care-review")
    assert planning.traced(before, layout) == judged
    assert planning.traced(judged, None) == judged
    assert planning.traced(before, None) == before


def test_what_was_not_de_identified_is_said(judged):
    assert "Identifiers" not in dict(planning.plan(judged, BOOK).about)
    open_ = replace(judged, provenance=judged.provenance | {"settings": {"redact": False}})
    assert "not de-identified" in dict(planning.plan(open_, BOOK).about)["Identifiers"]
    assert dict(planning.plan(replace(judged, provenance={}), BOOK).about)["Codebook"] == "not recorded"


def test_the_report_keeps_the_trace(judged, tmp_path):
    text = render(judged)
    (tmp_path / "report.json").write_text(text, "utf-8")
    again = load(tmp_path / "report.json")
    assert again.requirements == judged.requirements
    assert again.findings == judged.findings
    whole = json.loads(text)
    schema = json.loads(Path(reports.__file__).with_name("schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(whole)
    del whole["requirements"]  # a report of before
    for finding in whole["findings"]:
        del finding["exception"], finding["needs"]
    (tmp_path / "before.json").write_text(json.dumps(whole), "utf-8")
    assert load(tmp_path / "before.json").requirements == ()


# The next run.


def evidence_of(report) -> dict[str, Evidence]:
    return {e.id: e for e in report.evidence}


def test_the_next_plan_keeps_what_people_did_and_says_how_it_stands(judged):
    first = planning.draft(judged, BOOK)
    known = [d.id for d in judged.documents]
    by_id = {a.id: a for a in first}
    step_up, handover = (
        next(a for a in first if a.theme_id.endswith(c)) for c in ("step-up-capacity", "handover")
    )
    by_id[step_up.id] = replace(step_up, owner="Team lead", due="2030-01-02", status="done")
    by_id[handover.id] = replace(handover, action="Ours.", status="in progress", edited=("action",))
    gone = planning.added(replace(step_up, id="", action="Plant a tree.", origin="people"))
    earlier = (*by_id.values(), gone)
    same = {a.id: a for a in planning.compare(earlier, first, evidence_of(judged), known)}
    assert same[step_up.id].progress == "done"
    assert (same[step_up.id].owner, same[step_up.id].due) == ("Team lead", "2030-01-02")
    assert (same[handover.id].action, same[handover.id].progress) == ("Ours.", "open")
    assert same[gone.id].progress == "added by people"
    assert same[gone.id].action == "Plant a tree."
    # something new has come on capacity, and nothing is left on handover
    late = replace(
        judged.evidence[2], id=judged.evidence[2].id.replace("0003:", "0099:"), document_id=f"{99:016x}"
    )
    findings = tuple(
        replace(f, evidence_ids=(*f.evidence_ids, late.id)) if f.theme_id == step_up.theme_id else f
        for f in judged.findings
        if not f.theme_id.endswith("handover")
    )
    later = replace(judged, findings=findings, evidence=(*judged.evidence, late))
    next_ = {
        a.id: a for a in planning.compare(earlier, planning.draft(later, BOOK), evidence_of(later), known)
    }
    assert next_[step_up.id].progress == "newly evidenced"
    assert next_[step_up.id].status == "done"
    assert next_[handover.id].progress == "no longer evidenced"
    assert next_[handover.id].action == "Ours."
    fresh = [a for a in next_.values() if a.progress == "newly evidenced"]
    assert {a.theme_id for a in fresh} == {
        step_up.theme_id,
        "",
    }  # and the demands under whose codes it stands
    assert planning.counted(next_.values()) == (
        "5 newly evidenced, 11 open, 5 no longer evidenced, 1 added by people"
    )


def test_a_quote_picked_anew_from_a_known_document_is_not_new_evidence(judged):
    first = planning.draft(judged, BOOK)
    bare = tuple(replace(a, evidence_ids=()) for a in first)
    known = [d.id for d in judged.documents]
    assert {a.progress for a in planning.compare(bare, first, evidence_of(judged), known)} == {"open"}
    # a plan that says nothing of documents or evidence cannot tell, and does not claim to
    assert {a.progress for a in planning.compare(bare, first, evidence_of(judged))} == {"open"}
    assert {a.progress for a in planning.compare((), first, evidence_of(judged))} == {"new"}


def test_what_people_left_out_stays_out_until_there_is_something_new(judged):
    first = planning.draft(judged, BOOK)
    out = tuple(replace(a, progress=planning.LEFT_OUT) for a in first)
    known = [d.id for d in judged.documents]
    assert {a.progress for a in planning.compare(out, first, evidence_of(judged), known)} == {
        planning.LEFT_OUT
    }
    again = planning.compare(out, first, evidence_of(judged), known[1:])
    assert {a.progress for a in again} == {planning.LEFT_OUT, "newly evidenced"}


def test_an_action_of_peoples_own_has_an_id_of_its_words():
    assert own_id("  Plant a\n TREE ") == own_id("plant a tree")
    assert own_id("Plant a tree") != own_id("Plant trees")
    assert own_id("x").startswith("P-")


def test_both_pages_show_the_letter_traced_and_only_where_there_is_one(judged):
    for page in (html.render(judged), markdown.render(judged)):
        assert "What the commissioning letter asks for" in page
        assert "no evidence yet" in page
        assert "1 finding: 1 assured (written in policy); not yet reviewed" in page.replace("\\", "")
    row = next(
        line for line in markdown.render(judged).split("\n") if line.startswith("| That missed contact")
    )
    assert row.endswith("| 1.2 | 1 |")
    silent = replace(judged, requirements=())
    for page in (html.render(silent), markdown.render(silent)):
        assert "What the commissioning letter asks for" not in page


def test_what_people_wrote_and_another_plan_has_not_is_counted(judged):
    from dataclasses import replace

    drafted = planning.plan(judged, planning.prompts("")).actions
    worked = (
        replace(drafted[0], owner="Head of services"),
        replace(drafted[1], edited=("action",)),
        *drafted[2:],
    )
    assert planning.lost(worked, drafted) == 2
    assert planning.lost(worked, worked[1:]) == 1  # the row is gone
    assert planning.lost(drafted, worked) == planning.lost(worked, worked) == 0
    assert planning.lost(worked, (replace(worked[0], owner="Another"), *worked[1:])) == 0


def test_what_people_said_no_to_is_not_called_open(judged):
    from dataclasses import replace

    drafted = planning.plan(judged, planning.prompts("")).actions
    earlier = (replace(drafted[0], status="not accepted"), replace(drafted[1], status="done"), *drafted[2:])
    known = {i.rpartition("|")[2].rpartition(":")[0] for a in drafted for i in a.evidence_ids}
    made = planning.compare(earlier, drafted, {e.id: e for e in judged.evidence}, known)
    assert [a.progress for a in made[:3]] == ["not accepted", "done", "open"]
    assert "1 not accepted" in planning.counted(made)
