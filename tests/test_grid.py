"""The grid's cells: what a person says does not apply, what a cell opens to, how it stands on the pages."""

from __future__ import annotations

import csv
import dataclasses
import json as stdlib_json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from thememiner import triangulating
from thememiner.errors import UnknownNameError
from thememiner.pipeline import cells
from thememiner.pipeline.concluding import not_applicable
from thememiner.records import (
    Comparison,
    Document,
    DocumentEntry,
    Evidence,
    Finding,
    GridCell,
    Membership,
    Passage,
    Rate,
    Report,
    Section,
    SectionResult,
    Template,
    Theme,
)
from thememiner.reports import arranging, html, json, markdown
from thememiner.scoping import Review

NORTH, SOUTH = "North Trust", "South Trust"
LAYOUT = Template("t", "T", "1", (Section("s", "Policies", kinds=("account", "policy", "incident")),))


# What a person says does not apply.


def collated(reason, answers=(), name=NORTH):
    theme = triangulating.sides([], triangulating.Rules())
    (cell,) = triangulating.collate(
        LAYOUT.sections,
        [name],
        [],
        [Finding("s/t", "s", "t", "T.", 1.0, "")],
        {"t": theme},
        answers,
        {"s": [(NORTH, "Who leads?")]},
        {("s", NORTH): reason} if reason else {},
        {"t": {NORTH: (("Hill", "feedback", "bad"),), SOUTH: (("Quay", "incident", "good"),)}},
    )
    return cell


def test_what_a_person_says_goes_before_what_the_program_found():
    assert collated("").state == "silent"
    cell = collated("no wards")
    assert (cell.state, cell.why) == ("not applicable", "no wards")
    spoken = Evidence("e", "s", "t", "d", "account", "staff", NORTH, "positive", 0, 1, "x", "")
    cell = collated("no wards", [spoken])
    assert cell.why == "no wards; its own account speaks of the section all the same"
    assert cell.answers == ("e",)


def test_what_does_not_apply_differs_on_nothing():
    lead = [Passage(f"r{n}", "r", 0, 1, "x", "account", organisation=NORTH) for n in range(3)]
    claims = [(Membership(p.id, "t", 0.9, "assigned", "positive"), p) for p in lead]
    told = [Passage(f"m{n}", "m", 0, 1, "x", "feedback", organisation=NORTH) for n in range(3)]
    against = [(Membership(p.id, "t", 0.9, "assigned", "negative"), p) for p in told]
    theme = triangulating.sides(claims + against, triangulating.Rules())
    placed = [Finding("s/t", "s", "t", "T.", 1.0, "")]
    for reasons, state, themes in (({}, "differs", ("t",)), ({("s", NORTH): "none"}, "not applicable", ())):
        (cell,) = triangulating.collate(LAYOUT.sections, [NORTH], [], placed, {"t": theme}, [], {}, reasons)
        assert (cell.state, cell.theme_ids) == (state, themes)


def test_a_cell_has_the_places_that_differ_within_its_own_organisation():
    assert collated("").places == (("Hill", "t", "feedback", "bad"),)
    assert collated("", name="East Trust").places == ()


def test_a_section_is_named_by_id_or_title_and_names_that_are_not_known_are_told():
    review = Review(not_applicable=(("north trust", "policies", "none"), (SOUTH, "s", "Ms Zoe Bright left")))
    found = not_applicable(review, LAYOUT, {NORTH, SOUTH, ""})
    assert found["s", NORTH] == "none"
    assert "Bright" not in found["s", SOUTH]
    for row, said in (
        ((NORTH, "policy", "x"), "section of"),
        (("Nort Trust", "s", "x"), "Did you mean 'North Trust'"),
    ):
        with pytest.raises(UnknownNameError, match=said):
            not_applicable(Review(not_applicable=(row,)), LAYOUT, {NORTH})


# What a cell opens to.


def passages(*rows):
    """(kind, organisation, theme or "", tone, text) -> memberships, passages and documents, one of each."""
    members, cut, documents = [], [], []
    for n, (kind, organisation, theme, tone, text) in enumerate(rows):
        p = Passage(f"d{n}:0-{len(text)}", f"d{n}", 0, len(text), text, kind, organisation=organisation)
        p = dataclasses.replace(p, section="Policies" if kind == "account" else "")
        cut.append(p)
        documents.append(Document(f"d{n}", kind, text, "", "r", f"f{n}.docx", "", organisation=organisation))
        if theme:
            members.append(Membership(p.id, theme, 0.9, "assigned", tone))
    return members, cut, documents


def opened(rows, *, themes=("t",), differs=(), quoted=()):
    members, cut, documents = passages(*rows)
    cell = GridCell("s", NORTH, "differs" if differs else "consistent", "", differs)
    for e in quoted:
        field = {"account": "answers", "incident": "incidents"}[e.kind]
        cell = dataclasses.replace(cell, **{field: (*getattr(cell, field), e.id)})
    findings = [Finding(f"s/{t}", "s", t, "T.", 1.0, "") for t in themes]
    (cell,), added = cells.open_up([cell], findings, members, cut, documents, LAYOUT, quoted)
    said = {e.id: e.quote for e in added}
    return cell, said


def test_a_cell_gets_an_excerpt_of_each_kind_that_it_has_none_of():
    cell, said = opened(
        [
            ("account", NORTH, "t", "positive", "We meet each week and it works well for us all."),
            ("policy", NORTH, "t", "neutral", "Staff must meet within five working days of it."),
            ("incident", NORTH, "t", "negative", "Nobody met and the plan was not passed on to them."),
            ("incident", SOUTH, "t", "negative", "Nobody came to the meeting of the south at all."),
            ("feedback", NORTH, "t", "negative", "They never met us although they had said they would."),
        ]
    )
    assert [said[i] for i in (*cell.answers, *cell.commitments, *cell.incidents)] == [
        "We meet each week and it works well for us all.",
        "Staff must meet within five working days of it.",
        "Nobody met and the plan was not passed on to them.",
    ]
    assert cell.people == ()  # the section does not take feedback
    assert len(said) == 3


def test_a_cell_that_has_a_quote_gets_no_other():
    quote = Evidence("e", "s", "t", "d9", "incident", "staff", NORTH, "negative", 0, 1, "x", "")
    rows = [("incident", NORTH, "t", "negative", "Nobody met and the plan was not passed on to them.")]
    cell, said = opened(rows, quoted=[quote])
    assert (cell.incidents, said) == (("e",), {})


def test_where_a_cell_differs_it_opens_to_what_was_said_of_that():
    quote = Evidence("e", "s", "other", "d9", "account", "staff", NORTH, "positive", 0, 1, "x", "")
    rows = [
        ("account", NORTH, "t", "negative", "We do not meet, as there is nobody who could do it."),
        ("feedback", NORTH, "t", "negative", "They never met us although they had said they would."),
    ]
    cell, said = opened(rows, themes=("other", "t"), differs=("t",), quoted=[quote])
    assert cell.answers[0] == "e"
    assert said[cell.answers[1]].startswith("We do not meet")
    assert said[cell.people[0]].startswith("They never met us")  # whatever the section takes


def test_an_answer_under_no_theme_is_still_shown():
    rows = [("account", NORTH, "", "", f"Answer number {n} is about something else.") for n in range(5)]
    cell, said = opened(rows)
    assert [said[i] for i in cell.answers] == [
        f"Answer number {n} is about something else." for n in range(3)
    ]
    quote = Evidence("e", "s", "other", "d9", "account", "staff", NORTH, "positive", 0, 1, "x", "")
    assert opened(rows, quoted=[quote])[1] == {}


# On the pages.


def page(organisations, **more):
    """An invented report with a cell for each of two sections and so many organisations."""
    quotes, entries, grid = [], [], []
    for n in range(organisations):
        name = f"Organisation {n:02} of the Invented Region"
        for section in ("a", "b"):
            ids = {}
            for kind in ("account", "policy", "incident", "feedback"):
                i = f"{section}|t|{kind}{n}"
                words = f"In {name} the {kind} says that all of it is so, by section {section}."
                e = Evidence(
                    i, section, "t", f"{kind}{n}", kind, "unknown", name, "neutral", 0, 9, words, "0" * 64
                )
                if kind == "policy":
                    e = dataclasses.replace(
                        e, modality="commitment", states=("five days",), location="page 7"
                    )
                quotes.append(e)
                ids[kind] = (i,)
            grid.append(
                GridCell(
                    section, name, "consistent", "so", (), ids["account"], ids["policy"], ids["incident"],
                    ids["feedback"], (("Hill", "t", "feedback", "bad"),) if n == 0 else (),
                )
            )  # fmt: skip
        entries += [
            DocumentEntry(f"{k}{n}", k, "unknown", name, "", "", "", f"{k}{n}.docx", "0" * 64)
            for k in ("account", "incident", "feedback")
        ]
        entries.append(
            DocumentEntry(
                f"policy{n}", "policy", "unknown", name, "", "", "", f"policy{n}.docx", "0" * 64,
                version="3.1", review_date="2025-03", expired=n == 0,
            )
        )  # fmt: skip
    return Report(
        provenance={"date": "2025-06-01"},
        title="Invented",
        question="",
        ledger=(),
        documents=tuple(entries),
        received=(),
        outstanding=(),
        absent_voices=(),
        sections=tuple(SectionResult(s, f"Section {s}", ()) for s in ("a", "b")),
        themes=(Theme("t", "Meetings", "codebook"),),
        findings=(),
        evidence=tuple(quotes),
        memberships=(),
        passages={"total": 0},
        grid=tuple(grid),
        **more,
    )


def test_each_cell_opens_without_a_script_to_who_says_what():
    tree = HTMLParser(html.render(page(2)))
    assert tree.css_first("script") is None
    found = tree.css("details.open-cell")
    assert [c.css_first("summary").text() for c in found][:2] == [
        "Organisation 00 of the Invented Region: Consistent; differs within it: Hill",
        "Organisation 01 of the Invented Region: Consistent",
    ]
    text = found[0].text()
    for words in (
        "policy0.docx, page 7; version 3.1; expired, review date March 2025",
        "it states “five days”",
        "Expired policy: policy0.docx (version 3.1; expired, review date March 2025).",
        "Hill: people and families tell badly of Meetings there",
        "Meetings: Neutral about this theme",
    ):
        assert words in text
    assert len(found[0].css("blockquote")) == 4
    assert "expired" not in found[1].text().casefold()
    links = [a.attributes["href"] for a in tree.css("section[aria-labelledby=grid] td a")]
    assert sorted(links) == sorted(f"#{c.attributes['id']}" for c in found)


def test_forty_organisations_stand_in_rows_and_fold_away():
    report = page(40)
    table = arranging.arrange(report).grid
    assert (len(table.rows), table.columns[0]) == (40, "Organisation")
    assert len(arranging.arrange(page(1)).grid.rows) == 2  # one stands in a column
    tree = HTMLParser(html.render(report))
    assert len(tree.css("details.open-cell")) == 80
    assert not any("open" in block.attributes for block in tree.css("details.block"))
    assert "open" in HTMLParser(html.render(page(6))).css_first("details.block").attributes
    text = markdown.render(report)
    assert max(map(len, text.splitlines())) < 1_200
    assert (
        len(re.findall(r"^\| Organisation \d\d ", text, re.MULTILINE)) == 40 + 40 + 80
    )  # who sent what, the grid, its blocks


def test_no_organisation_is_no_grid():
    report = page(0)
    assert arranging.arrange(report).grid is None
    assert arranging.arrange(report).blocks == ()
    assert 'id="grid"' not in html.render(report)


def test_what_only_a_cell_quotes_is_shown_whole_there_and_nowhere_else():
    report = page(1)
    for n in range(6):
        e = dataclasses.replace(
            report.evidence[0], id=f"more{n}", start=n + 20, end=n + 40, quote=f"More {n}."
        )
        cell = dataclasses.replace(report.grid[0], answers=(*report.grid[0].answers, e.id))
        report = dataclasses.replace(report, evidence=(*report.evidence, e), grid=(cell, *report.grid[1:]))
    contents = arranging.arrange(report)
    assert len(contents.blocks[0].cells[0].groups[0].quotes) == 7
    assert contents.unplaced == ()


def test_what_findings_quote_too_is_cut_short_and_says_where_the_rest_stands():
    report = page(1)
    more = tuple(
        dataclasses.replace(report.evidence[0], id=f"more{n}", start=n + 20, end=n + 40) for n in range(6)
    )
    finding = Finding("a/t", "a", "t", "T.", 1.0, "", evidence_ids=tuple(e.id for e in more), passages=9)
    cell = dataclasses.replace(report.grid[0], answers=finding.evidence_ids)
    sections = (dataclasses.replace(report.sections[0], finding_ids=("a/t",)), *report.sections[1:])
    report = dataclasses.replace(
        report, evidence=(*report.evidence, *more), grid=(cell,), findings=(finding,), sections=sections
    )
    group = arranging.arrange(report).blocks[0].cells[0].groups[0]
    assert (len(group.quotes), group.note, group.links) == (3, "3 more quotes", (("1.1", "finding-1-1"),))


def compared(organisation, kind="incident", **more):
    values = {"documents": 100, "speak": 30, "bad": 6} | more
    return Comparison("t", kind, organisation, **values)


def test_differences_are_those_beyond_small_and_beyond_chance():
    rows = (
        compared(
            NORTH,
            speak_low=0.2,
            speak_high=0.4,
            speak_effect=0.5,
            bad_low=0.03,
            bad_high=0.12,
            bad_effect=0.1,
        ),
        compared(SOUTH, speak_low=0.2, speak_high=0.4, speak_effect=-0.25),
        compared("East", documents=12, speak_low=0.2, speak_high=0.4, speak_effect=0.5),  # so few: chance
        compared("West", documents=500, speak_low=0.2, speak_high=0.4, speak_effect=0.19),  # very small
        compared("Far", documents=9, note="few"),
    )
    report = page(2, comparisons=rows)
    table = next(t for t in arranging.arrange(report).across if "share" in t.caption)
    assert table.rows == (
        (
            "Meetings", NORTH, "Incident reports", "30 % (20 to 40) of 100", "larger (h +0.50, medium)",
            "6 % (3 to 12) of 100", "not clearly different",
        ),
        (
            "Meetings", SOUTH, "Incident reports", "30 % (20 to 40) of 100", "smaller (h -0.25, small)",
            "too few of 100 for a share", "",
        ),
    )  # fmt: skip
    assert "Far (incident reports)" in table.note
    for text in (HTMLParser(html.render(report)).text(), markdown.render(report)):
        assert "larger (h" in text.replace("\\", "")


def test_a_long_list_of_differences_is_cut_and_says_so():
    rows = tuple(compared(f"Trust {n}", speak_low=0.2, speak_high=0.4, speak_effect=0.5) for n in range(45))
    table = next(t for t in arranging.arrange(page(1, comparisons=rows)).across if "share" in t.caption)
    assert len(table.rows) == 40
    assert table.note.endswith("5 more are in report.json.")


def test_rates_say_of_what_and_where_there_are_too_few():
    rows = (
        Rate("t", NORTH, 25, 1850.0, "people", "month ends", "2024/25", 13.5135, 8.745, 19.9486),
        Rate("", NORTH, 60, 1850.0, "people", rate=32.4, low=24.7, high=41.7),
        Rate("", SOUTH, 4, 12.5, "beds", note="few"),
        Rate("t", SOUTH, 3, 12.5, "beds", note="few"),
    )
    report = page(1, rates=rows)
    table = next(t for t in arranging.arrange(report).across if "1,000" in t.caption)
    assert table.rows == (
        ("All incident reports", NORTH, "60", "32.4 (24.7 to 41.7)", "1,850 people"),
        ("All incident reports", SOUTH, "too few for a rate", "", "12.5 beds"),
        ("Meetings", NORTH, "25", "13.5 (8.7 to 19.9)", "1,850 people, 2024/25, month ends"),
    )


def test_comparisons_and_rates_come_back_from_the_file(tmp_path):
    rows = (compared(NORTH, speak_low=0.2, speak_high=1 / 3, speak_effect=-1 / 3),)
    report = page(1, comparisons=rows, rates=(Rate("", NORTH, 60, 1850.0, "people", rate=1 / 3),))
    path = tmp_path / "report.json"
    path.write_text(json.render(report), encoding="utf-8")
    back = json.load(path)
    assert json.render(back) == json.render(report)
    assert back.comparisons[0].speak_effect == -0.333333
    assert (back.rates[0].rate, back.grid[0].places) == (0.333333, (("Hill", "t", "feedback", "bad"),))
    older = stdlib_json.loads(path.read_text("utf-8"))
    for key in ("comparisons", "rates"):
        del older[key]
    for cell in older["grid"]:
        del cell["places"]
    for entry in older["documents"]:
        del entry["version"], entry["review_date"], entry["expired"]
    path.write_text(stdlib_json.dumps(older), encoding="utf-8")
    assert json.load(path).comparisons == ()


# From files to a report.


@pytest.fixture
def review(tmp_path, golden):
    """Writes a review of so many organisations into a folder, and returns the path of its review.toml."""

    def write(organisations, more=""):
        texts = (
            "Handover between the teams was not written down and nobody held the case.",
            "The handover to the community team took six weeks.",
            "Her family was not told that she had been discharged.",
        )
        with (tmp_path / "incidents.csv").open("w", newline="", encoding="utf-8") as stream:
            rows = csv.writer(stream)
            rows.writerow(("Log no", "What happened", "When", "Organisation"))
            for n in range(organisations):
                for at in range(12):
                    name = f"Trust {n:02}"
                    rows.writerow((f"{name} {at}", f"{texts[at % 3]} Case {n} {at}.", "2025-05-01", name))
        top = f"codebook = {str(golden / 'codebook.toml')!r}\ntemplate = {str(golden / 'template.toml')!r}\n"
        source = (
            '[[source]]\npath = "incidents.csv"\nkind = "incident"\ntext = "What happened"\nid = "Log no"\n'
            'date = "When"\n'
        )
        source += 'organisation_column = "Organisation"\n'
        (tmp_path / "review.toml").write_text(top + more + source, encoding="utf-8")
        return tmp_path / "review.toml"

    return write


def test_denominators_and_not_applicable_from_a_review(review, command, tmp_path, golden):
    text = "organisation,period,number,unit\ntrust 00,2025,600,contacts\nTrust 0,,5,beds\n"
    (tmp_path / "d.csv").write_text(text, encoding="utf-8")
    section = re.search(
        r'id = "([^"]+)"', (golden / "template.toml").read_text().partition("[[section]]")[2]
    )[1]
    more = (
        'denominators = "d.csv"\n'
        f'[[not_applicable]]\norganisation = "Trust 01"\nsection = "{section}"\nreason = "no wards"\n'
    )
    out = tmp_path / "out"
    said = command("run", "--review", review(2, more), "--out", out)
    assert said.code == 0, said.err
    assert "'Trust 0' (did you mean 'Trust 00'?)" in said.err
    report = json.load(out / "report.json")
    assert {r.organisation for r in report.rates} == {"Trust 00"}
    assert (report.rates[0].events, report.rates[0].rate) == (12, 20.0)
    state = {(c.section_id, c.organisation): (c.state, c.why) for c in report.grid}
    assert state[section, "Trust 01"][0] == "not applicable"
    assert state[section, "Trust 01"][1].startswith("no wards")
    assert state[section, "Trust 00"][0] != "not applicable"
    assert report.comparisons


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('denominators = "none.csv"\n', "none.csv"),
        ('[[not_applicable]]\norganisation = "Trust 00"\nsection = "nowhere"\nreason = "x"\n', "'nowhere'"),
        ('[[not_applicable]]\norganisation = "Trust 00"\nsection = "x"\n', "'reason'"),
        ('date = "spring"\n', "'date' must be a date"),
    ],
)
def test_a_slip_in_the_review_is_one_line(review, command, tmp_path, more, said):
    told = command("run", "--review", review(1, more), "--out", tmp_path / "out")
    assert (told.code, said in told.err) == (2, True), told.err
    assert len(told.err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_forty_organisations_one_and_none(review, command, tmp_path):
    for many in (40, 1):
        told = command("run", "--review", review(many), "--out", tmp_path / str(many))
        assert told.code == 0, told.err
        report = json.load(tmp_path / str(many) / "report.json")
        assert len({c.organisation for c in report.grid}) == many
        quoted = [c for c in report.grid if c.incidents]
        taking = {c.section_id for c in quoted}
        assert all(c.incidents for c in report.grid if c.section_id in taking), "each cell opens to something"
        assert all(c.speak_effect is None for c in report.comparisons) is (many == 1)
    path = review(1)
    path.write_text(path.read_text("utf-8").replace('organisation_column = "Organisation"\n', ""))
    table = (tmp_path / "incidents.csv").read_text("utf-8").replace("Organisation", "Colour")
    (tmp_path / "incidents.csv").write_text(table, encoding="utf-8")
    told = command("run", "--review", path, "--out", tmp_path / "none")
    assert told.code == 0, told.err
    report = json.load(tmp_path / "none" / "report.json")
    assert (report.grid, report.comparisons, report.rates) == ((), (), ())
