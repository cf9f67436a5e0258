"""What changed between two reports: told by what they hold, in every format, and refused where it cannot be."""

# ruff: noqa: E501  what is expected stays on one line

from __future__ import annotations

import html.parser
import json
from dataclasses import replace
from pathlib import Path

import pytest

from thememiner import plans
from thememiner.differing import compare, render, summary
from thememiner.differing.changes import Changes
from thememiner.errors import InputError
from thememiner.records import (
    Action,
    DocumentEntry,
    LedgerEntry,
    Membership,
    Plan,
    Received,
    Report,
    Rules,
    SectionResult,
    Theme,
    Triangulation,
)
from thememiner.reports import json as report_json
from thememiner.reports import wording

HANDOVER = "policies/code:assertive-care/handover"
DNA = "policies/code:assertive-care/dna-discharge"
HOSTILE = (
    "<script>alert(1)</script>",
    "=1+1",
    "\x00\x07",
    "\u202egnorw",
    "{{ 7*7 }}",
    "](javascript:alert(1))",
    "| a | b |",
    "</style><img src=x onerror=alert(1)>",
    "👩🏽‍⚕️",
    "\ud800",
    "x" * 32_768,
)


def altered(report: Report, identity: str, **changes: object) -> Report:
    """The report with one finding otherwise."""
    return replace(
        report,
        findings=tuple(replace(f, **changes) if f.id == identity else f for f in report.findings),  # type: ignore[arg-type]
    )


def why(changes: Changes, identity: str) -> str:
    return " ".join(next(f for f in changes.findings if f.id == identity).why)


def test_the_same_report_has_changed_in_nothing(judged):
    changes = compare(judged, judged)
    assert changes.findings == ()
    assert changes.unchanged == len(judged.findings)
    assert changes.cautions == ("The two files are the same report.",)
    told = (changes.instruments, changes.sources, changes.themes_new, changes.themes_gone)
    assert not any(told)


def test_findings_are_new_withdrawn_moved_and_changed(judged):
    old = altered(judged, HANDOVER, position="assured", basis=("written in policy",))
    old = replace(
        altered(old, DNA, statement="Other words."),
        findings=altered(old, DNA, statement="Other words.").findings[:-1],
    )
    new = replace(
        judged,
        findings=tuple(f for f in judged.findings if f.id != "gaps/code:assertive-care/step-up-capacity"),
    )
    changes = compare(old, new)
    assert [(f.sort, f.id.split("/")[-1], f.what) for f in changes.findings] == [
        ("position", "handover", ("position", "basis")),
        ("new", "workforce", ()),
        ("withdrawn", "step-up-capacity", ()),
        ("changed", "dna-discharge", ("statement",)),
    ]
    moved = changes.of("position")[0]
    assert (moved.was_position, moved.now_position) == ("Assured (written in policy)", "Gap of practice")
    assert why(changes, HANDOVER) == "Nothing that the two reports hold says why."
    assert changes.unchanged == len(judged.findings) - 4
    assert (
        "Findings whose position moved: 1; new: 1; withdrawn: 1; changed otherwise: 1" in summary(changes)[0]
    )


def test_a_position_moved_by_evidence_says_which(judged):
    one, *rest = judged.evidence
    fresh = replace(one, id="policies|x|f:0-3", document_id="f" * 16, sha256="a" * 64, location="page 9")
    toned = replace(one, polarity="positive")
    entry = DocumentEntry(
        "f" * 16, "account", "staff", "Northfield", "", "", "", "late return.docx", "0" * 64
    )
    theme = judged.themes[0]
    counted = replace(theme, counts=(("incident", "negative", 9, 7),))
    beside = Triangulation(theme.id, "agree", "all say so")
    old = replace(judged, themes=(theme, *judged.themes[1:]), triangulation=(beside,))
    new = replace(
        altered(judged, HANDOVER, position="mixed", evidence_ids=(one.id, fresh.id)),
        evidence=(toned, fresh, *rest),
        documents=(*judged.documents, entry),
        themes=(counted, *judged.themes[1:]),
        triangulation=(replace(beside, verdict="people say otherwise", why="one account does"),),
    )
    assert compare(old, new).of("position")[0].why == (
        "Quotes from documents that came since: 1 (late return.docx, page 9).",
        "Quotes whose tone is judged otherwise: 1 (the first: negative then, positive now; file1.docx, page 2).",
        "Documents that tell of the theme: incident reports, negative, from 0 to 7.",
        "What the voices say together: “agree” then, “people say otherwise” now (one account does).",
    )
    back = compare(new, old)
    assert back.of("position")[0].why[0] == (
        "Quotes no longer shown, of documents not in the later report: 1 (late return.docx, page 9)."
    )
    same = replace(new, documents=judged.documents)
    again = compare(
        replace(old, documents=(*old.documents, entry)), replace(same, documents=(*old.documents, entry))
    )
    assert again.of("position")[0].why[0].startswith("Other quotes from documents that both have: 1 (")


def test_a_position_moved_by_a_person_names_them_and_nothing_else(judged):
    decided = altered(
        judged, HANDOVER, position="assured", basis=("written in policy",), review="use", reviewer="A. Reader",
        drafted=(("position", "gap"), ("basis", "practice")),
    )  # fmt: skip
    theme = replace(judged.themes[0], counts=(("incident", "negative", 9, 7),))
    decided = replace(decided, themes=(theme, *judged.themes[1:]))
    assert compare(judged, decided).of("position")[0].why == (
        "Not yet reviewed then; reviewed by A. Reader now.",
        "A. Reader changed the position; the program’s draft is: gap.",
        "A. Reader changed the basis; the program’s draft is: practice.",
    )
    undone = compare(decided, judged).of("position")[0].why
    assert "The position that A. Reader had put in place is not in the later report." in undone


def test_set_aside_is_withdrawn_by_a_person_and_taken_up_again(judged):
    first, *rest = judged.findings
    aside = replace(first, review="do not use", reviewer="A. Reader", review_reason="A duplicate.")
    decided = replace(judged, findings=tuple(rest), set_aside=(aside,))
    assert compare(judged, decided).of("withdrawn")[0].why == (
        "Set aside by A. Reader. Reason given: A duplicate.",
    )
    assert compare(decided, judged).of("new")[0].why == ("People had set it aside, and no longer do.",)


def test_groups_beside_the_codebook_are_matched_by_their_passages(judged):
    def with_group(name: str, *passages: str) -> Report:
        return replace(
            judged,
            themes=(*judged.themes, Theme(f"found:{name}", f"Words {name}", "discovered")),
            findings=(
                *judged.findings,
                replace(judged.findings[0], id=f"/found:{name}", section_id="", theme_id=f"found:{name}"),
            ),
            memberships=tuple(Membership(p, f"found:{name}", 1.0, "assigned") for p in passages),
        )

    same = compare(with_group("a", "1", "2", "3"), with_group("b", "1", "2", "3", "4"))
    assert same.findings[0].sort == "changed" if same.findings else same.unchanged == 9
    assert (same.themes_new, same.themes_gone) == ((), ())
    other = compare(with_group("a", "1", "2", "3"), with_group("b", "3", "4", "5"))
    assert [f.sort for f in other.findings] == ["new", "withdrawn"]
    assert len(other.themes_new) == len(other.themes_gone) == 1


def test_different_instruments_are_said(judged):
    made = judged.provenance
    for part, value, said in (
        (
            "codebook",
            {"id": "assertive-care", "version": "3"},
            "codebook is another: assertive-care 2.0 then, assertive-care 3 now",
        ),
        ("codebook", made["codebook"] | {"sha256": "x"}, "codebook assertive-care 2.0 is worded otherwise"),
        ("encoder", {"name": "other"}, "The encoder"),
        ("coder", {"sha256": "x"}, "The coder was taught otherwise"),
        ("thememiner", "0.2.0", "0.1.0 then, 0.2.0 now"),
        ("reader", "x", "Another build"),
        ("settings", made["settings"] | {"quotes": 3}, "The setting quotes changed"),
        ("settings", made["settings"] | {"reason": "secret"}, "The setting reason changed."),
        ("settings", made["settings"] | {"findings": {"enough": 4}}, "The setting findings.enough changed"),
    ):
        changes = compare(judged, replace(judged, provenance=made | {part: value}))
        assert said in " ".join(changes.instruments)
        assert "secret" not in " ".join(changes.instruments)
        assert summary(changes)[0].startswith("Comparisons rest on different instruments")
        assert b"Comparisons rest on different instruments" in render(changes, ".md")
    assert Rules().enough == 3


def test_other_cautions(judged):
    shifted = replace(judged, documents=tuple(replace(d, id=d.id[::-1]) for d in judged.documents))
    assert "no document in common" in " ".join(compare(judged, shifted).cautions)
    early, late = (
        replace(judged, provenance=judged.provenance | {"date": d}) for d in ("2026-01-01", "2026-06-30")
    )
    assert "wrong way round" in " ".join(compare(late, early).cautions)
    assert not compare(early, late).cautions
    assert compare(early, late).day == "2026-06-30"
    scoped = replace(judged, provenance=judged.provenance | {"scope": {"end": "2026-03-01"}})
    assert "scope" in " ".join(compare(judged, scoped).cautions)
    assert compare(judged, scoped).day == "2026-03-01"
    alien = compare(judged, judged, Plan((), documents=("zz",)))
    assert "may be of another review" in " ".join(alien.cautions)


def test_sources_and_what_was_owed(judged):
    def entry(name: str, digest: str) -> LedgerEntry:
        return LedgerEntry(name, "account", "read", documents=1, sha256=digest)

    owed = (Received("Northfield", "return"), Received("Southby", "return"))
    old = replace(
        judged,
        ledger=(entry("file1.docx", "a"), entry("file2.docx", "b"), entry("file3.docx", "c")),
        outstanding=owed,
    )
    new = replace(
        judged,
        ledger=(entry("file2.docx", "b"), entry("file3.docx", "d"), entry("file9.docx", "e")),
        documents=(*judged.documents[1:], replace(judged.documents[0], id="9" * 16, source="file9.docx")),
        received=(Received("Northfield", "return", ("file9.docx",)),),
        outstanding=(owed[1], Received("Westley", "return")),
    )
    changes = compare(old, new)
    assert [(s.source, s.sort, s.came, s.went) for s in changes.sources] == [
        ("file3.docx", "came again, changed", 0, 0),
        ("file9.docx", "received since", 1, 0),
        ("file1.docx", "not in the later report", 0, 1),
    ]
    assert changes.outstanding == (
        ("Northfield", "return", "came"),
        ("Southby", "return", "still outstanding"),
        ("Westley", "return", "outstanding now"),
    )


def action(at: int, **changes: str) -> Action:
    return Action(f"A{at}", "gaps", "", "", "", "short", f"Do {at}.", **changes)  # type: ignore[arg-type]


def test_actions_are_late_by_the_report_s_own_day(judged):
    new = replace(judged, provenance=judged.provenance | {"date": "2026-06-30"})
    plan = Plan(
        tuple(
            action(at, **given)
            for at, given in enumerate(
                (
                    {"due": "2026-06-29"},
                    {"due": "2026-06-30"},
                    {"due": "2026-06"},
                    {"due": "2026-05", "status": "in progress"},
                    {"due": "2025"},
                    {"due": "end of May"},
                    {"due": "2026-01-01", "status": "done"},
                    {"due": "2026-01-01", "status": "not accepted"},
                    {"due": "2026-01-01", "progress": "left out by people"},
                    {"due": "2026-01-01", "progress": "newly evidenced", "status": "done"},
                    {},
                )
            )
        )
    )
    found = compare(judged, new, plan).actions
    assert found
    assert [(a.id, a.standing) for a in found] == [
        *((f"A{n}", "late") for n in (0, 3, 4)),
        *((f"A{n}", "open") for n in (1, 2, 5, 10)),
        *((f"A{n}", "done") for n in (6, 9)),
        ("A7", "not accepted"),
        ("A8", "left out"),
    ]
    notes = {a.id: a.note for a in found}
    assert (notes["A5"], notes["A9"], notes["A10"]) == (
        "its due date is no date",
        "there is evidence that came after",
        "no due date",
    )
    dateless = compare(judged, judged, plan)
    assert not [a for a in dateless.actions or () if a.standing == "late"]
    assert "no action is called late" in " ".join(summary(dateless))
    assert compare(judged, new).actions is None
    assert b"Actions" not in render(compare(judged, new), ".md")


def test_reports_of_another_template_or_codebook_are_refused_in_a_line(judged):
    other = replace(judged, sections=(SectionResult("x", "X", ()),))
    with pytest.raises(InputError, match=r"different templates \(assertive-care-review 1\.0 and"):
        compare(judged, other)
    other = replace(judged, themes=(Theme("code:seips/x", "X", "codebook"),))
    with pytest.raises(InputError, match="different codebooks"):
        compare(judged, other)
    assert compare(judged, replace(judged, themes=()))


class Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def told(report: Report, text: str) -> tuple[Changes, Changes]:
    """Changes in which every field that people wrote is that text; and the same with plain words."""

    def made(words: str) -> Changes:
        new = altered(
            report, HANDOVER, position="mixed", statement=words, reviewer=words, review="use", exception=words
        )
        new = replace(new, title=words, sections=tuple(replace(s, title=words) for s in new.sections))
        new = replace(
            new, ledger=(LedgerEntry(words, "account", "read"),), outstanding=(Received(words, words),)
        )
        plan = Plan((action(1, owner=words, due=words, status=words), replace(action(2), action=words)))
        return compare(altered(report, DNA, statement=words), new, plan)

    return made(text), made("plain")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_adds_nothing_to_any_format(judged, text):
    changes, plain = told(judged, text)
    pages = []
    for each in (changes, plain):
        page = Page()
        page.feed(render(each, ".html").decode())
        pages.append(page)
    assert pages[0].tags == pages[1].tags
    assert "script" not in pages[0].tags
    lines, others = (render(each, ".md").decode() for each in (changes, plain))
    assert len(lines.split("\n")) == len(others.split("\n"))
    assert "<script" not in lines.replace("\\<", "")
    for row, other in zip(lines.split("\n"), others.split("\n"), strict=True):
        assert row.replace("\\|", "").count("|") == other.replace("\\|", "").count("|")
    assert json.loads(render(changes, ".json"))["later"] == text.encode("utf-8", "replace").decode()


def test_every_format_holds_every_change_and_is_the_same_again(judged):
    plan = Plan((action(1, owner="Head of service"),))
    old = altered(judged, HANDOVER, position="assured", basis=("written in policy",))
    changes = compare(old, judged, plan)
    page = Page()
    page.feed(render(changes, ".html").decode())
    shown = " ".join("".join(page.text).split())
    plainly = render(changes, ".md").decode().replace("\\", "")
    kept = json.loads(render(changes, ".json"))
    for words in (
        "Gap of practice",
        "Assured (written in policy)",
        "Head of service",
        "Do 1.",
        *summary(changes),
    ):
        assert words in shown
        assert words in plainly
    assert kept["schema"] == 1
    assert kept["findings"][0]["now_position"] == "Gap of practice"
    assert kept["actions"][0]["owner"] == "Head of service"
    for text in (shown, plainly, kept["status"]):
        assert "OFFICIAL-SENSITIVE: working draft, not for publication" in text
    for suffix in (".html", ".md", ".json"):
        assert render(changes, suffix) == render(compare(old, judged, plan), suffix)


@pytest.mark.parametrize(
    ("earlier", "later", "planned", "marking"),
    [
        ("public", "public", False, wording.MARKINGS["public"]),
        ("internal", "public", False, wording.MARKINGS["internal"]),
        ("public", "working", False, wording.MARKING),
        ("public", "public", True, wording.MARKING),
    ],
)
def test_it_is_for_those_whom_both_reports_and_the_plan_are_for(judged, earlier, later, planned, marking):
    old, new = (replace(judged, release=replace(judged.release, profile=p)) for p in (earlier, later))
    changes = compare(old, new, Plan(()) if planned else None)
    for suffix in (".html", ".md", ".json"):
        text = render(changes, suffix).decode()
        assert marking in text
        assert not any(other in text for other in wording.MARKINGS.values() if other != marking)


def test_the_command(tmp_path, judged, command):
    def kept(name: str, report: Report) -> Path:
        path = tmp_path / name
        path.write_text(report_json.render(report), encoding="utf-8")
        return path

    new = kept("new.json", judged)
    old = kept("old.json", altered(judged, HANDOVER, position="assured"))
    plan = tmp_path / "plan.json"
    plan.write_bytes(plans.render(Plan((action(1),)), ".json"))
    said = command("changes", old, new)
    assert said.code == 0, said.err
    assert said.out.startswith("Findings whose position moved: 1; new: 0;")
    out = tmp_path / "changes.html"
    said = command("changes", old, new, "--plan", plan, "--out", out)
    assert said.code == 0, said.err
    assert "Actions of the plan: late: 0; open: 1;" in said.out
    assert out.read_bytes().startswith(b"<!DOCTYPE html>")
    assert command("changes", old, new, "--plan", plan, "--out", out).code == 0
    newer = tmp_path / "newer.json"
    newer.write_text(new.read_text().replace('"schema": 1', '"schema": 2'))
    alien = kept("alien.json", replace(judged, sections=(SectionResult("x", "X", ()),)))
    for arguments in (
        (old, newer),
        (newer, new),
        (old, alien),
        (old, tmp_path / "none.json"),
        (old, plan),
        (old, new, "--plan", new),
        (old, new, "--out", new),
        (old, new, "--out", tmp_path / "x.pdf"),
        (old, new, "--out", out),
    ):
        said = command("changes", *arguments)
        assert (said.code, said.err.count("\n"), said.out) == (2, 1, ""), arguments
    assert command("changes", old, new, "--out", out, "--overwrite").code == 0
