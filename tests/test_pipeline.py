"""The chain end to end, held to the promises of the design on a small invented review.

The golden report is renewed with `THEMEMINER_RENEW_GOLDEN=1 python -m pytest tests/test_pipeline.py`; look
at what `git diff tests/golden` shows before it is kept.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import thememiner as tm
from thememiner import embedding, pipeline
from thememiner.records import ASSURANCES, GAPS, POSITIONS, Rules
from thememiner.reports.json import load, render
from thememiner.settings import Settings
from thememiner.wording import UNNAMED

RENEW = "THEMEMINER_RENEW_GOLDEN"
WRITTEN = ("report.json", "report.html", "report.md", "documents.jsonl", "settings.toml")

# A run in a process of its own, in which any socket that is opened is an error.
ALONE = """
import socket, sys
def refused(*_, **__):
    raise AssertionError("a socket was opened")
sys.addaudithook(lambda event, _: refused() if event.startswith("socket.") else None)
from thememiner_cli.app import main
main()
"""


@pytest.fixture(scope="session")
def report(finished):
    return load(finished.out / "report.json")


def same_files(one: Path, other: Path, names: tuple[str, ...] = WRITTEN) -> None:
    assert {n: (one / n).read_bytes() for n in names} == {n: (other / n).read_bytes() for n in names}


# Promise 1: verbatim.


def test_every_quote_is_the_slice_it_says(finished, report):
    rows = map(json.loads, (finished.out / "documents.jsonl").read_text("utf-8").splitlines())
    texts = {row["id"]: row["text"] for row in rows}
    assert report.evidence
    for excerpt in report.evidence:
        assert texts[excerpt.document_id][excerpt.start : excerpt.end] == excerpt.quote
        assert embedding.digest(excerpt.quote) == excerpt.sha256


# Promise 2: nothing vanishes.


def test_files_documents_and_passages_balance(report):
    states = Counter(entry.status for entry in report.ledger)
    assert len(report.ledger) == 5 == states["read"] + states["partly_read"] + states["refused"]
    assert sum(entry.documents for entry in report.ledger) == len(report.documents)
    counts = report.passages
    assert counts["total"] == counts["assigned"] + counts["weak"] + counts["unassigned"]
    assert counts["total"] == sum(d.passages for d in report.documents)
    assert [(s.stage, s.reason, s.count) for s in report.skipped] == [("read", "no text", 1)]


def test_outcomes_are_counted_from_the_memberships(report):
    best = {
        m.passage_id: m.outcome for m in sorted(report.memberships, key=lambda m: m.outcome, reverse=True)
    }
    outcomes = Counter(best.values())
    assert (outcomes["assigned"], outcomes["weak"]) == (report.passages["assigned"], report.passages["weak"])
    for theme in report.themes:
        mine = [m for m in report.memberships if m.theme_id == theme.id and m.outcome == "assigned"]
        assert len(mine) == theme.passages == sum(n for _, _, n, _ in theme.counts)


def test_marked_and_scoped_out_are_counted(tmp_path, golden):
    narrative = (
        "On the morning round the lift was out of order again and so the trolley with lunch for the top "
        "floor was carried up by two porters and one of them hurt his back on the stairs near the clinic."
    )
    rows = [f"R{n},2024-01-0{n},{narrative}" for n in range(1, 4)]
    (tmp_path / "a.csv").write_text("\n".join(["Ref,When,Text", *rows, "R9,2020-01-01,Too old to count.\n"]))
    plan = tm.Review(
        sources=(tm.Source(tmp_path / "a.csv", text="Text", id="Ref", date="When"),),
        scope=tm.scoping.Scope(start="2024-01-01"),
        codebook=str(golden / "codebook.toml"),
        template=str(golden / "template.toml"),
    )
    with pytest.warns(tm.InputWarning, match="no passage was assigned a code of codebook 'small'"):
        result = pipeline.run(plan)
    skipped = {(s.stage, s.reason): s.count for s in result.report.skipped}
    assert skipped["scope", "dated before 2024-01-01"] == 1
    marked = sum(n for (stage, _), n in skipped.items() if stage == "link")
    assert marked == 2
    assert len(result.passages) == result.report.passages["total"] + marked


def test_sections_say_what_was_not_found(report):
    empty = [s for s in report.sections if not s.finding_ids]
    assert empty
    assert {s.absence for s in empty} <= {"searched for and not found", "not asked"}
    for section in empty:
        assert section.statement.startswith(section.absence)
        assert section.evidence_ids == ()
    assert all(s.absence == s.statement == "" for s in report.sections if s.finding_ids)


def test_a_template_without_codes_places_themes_by_meaning(tmp_path, golden):
    kept = [
        line
        for line in (golden / "template.toml").read_text("utf-8").splitlines()
        if not line.startswith("codes")
    ]
    (tmp_path / "bare.toml").write_text("\n".join(kept))
    review = tm.scoping.load_review(golden / "review.toml")
    plan = dataclasses.replace(
        review, codebook=str(golden / "codebook.toml"), template=str(tmp_path / "bare.toml")
    )
    with pytest.warns(
        tm.InputWarning, match="names no codes, so the themes of codebook 'small' are placed by"
    ):
        report = pipeline.run(plan, Settings(discover=False)).report
    assert report.findings
    coded = {theme.id for theme in report.themes if theme.origin == "codebook"}
    assert {finding.theme_id for finding in report.findings} == coded  # each has a home
    for finding in report.findings:
        assert "no section names its code; by meaning " in finding.reason
        assert 0 < finding.score < 1
    policy = [f for f in report.findings if f.section_id == "written"]
    assert all("policy" in f.statement for f in policy)  # it takes policies and accounts alone


def test_what_was_expected_and_did_not_come_is_listed(report):
    assert [(o.organisation, o.document) for o in report.outstanding] == [("Northfield", "return")]


# Promise 3: the same again.


@pytest.mark.slow
def test_the_same_bytes_in_other_processes_with_no_socket_opened(finished, tmp_path):
    """With one thread and with two, and with the options in another order; promise 6 on the way."""
    given = finished.arguments
    pairs = [given[i : i + 2] for i in range(0, len(given), 2)]
    shuffled = [word for pair in reversed(pairs) for word in pair]
    for threads, arguments in (("1", shuffled), ("2", given)):
        out = tmp_path / threads
        done = subprocess.run(
            [sys.executable, "-c", ALONE, "run", *arguments, "--out", str(out)],
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
            env=os.environ | {"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": threads},
        )
        assert done.returncode == 0, done.stderr
        same_files(out, finished.out)
        assert done.stdout.replace(str(out), "") == finished.said.out.replace(str(finished.out), "")


def test_the_same_bytes_after_other_work_in_this_process(command, finished, tmp_path, golden):
    small = ("--codebook", golden / "codebook.toml", "--template", golden / "template.toml")
    assert command("run", "--review", golden / "review.toml", *small, "--out", tmp_path / "other").code == 0
    assert command("run", *finished.arguments, "--out", tmp_path / "again").code == 0
    same_files(tmp_path / "again", finished.out)


def test_files_given_one_by_one_in_either_order(tmp_path, golden):
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text(f"text\nThe family of {name} rang and nobody called back.\n")
    small = {"codebook": str(golden / "codebook.toml"), "template": str(golden / "template.toml")}
    sources = [tm.Source(tmp_path / f"{name}.csv", text="text") for name in "abc"]
    both = [tm.mine(incidents=given, **small).record for given in (sources, sources[::-1])]
    assert render(both[0]) == render(both[1])


def test_rows_in_another_order_give_the_same_themes_counts_and_quotes(
    command, write_review, finished, report, tmp_path
):
    arguments = write_review(tmp_path / "backwards", backwards=True)
    assert command("run", *arguments, "--out", tmp_path / "out").code == 0
    other = load(tmp_path / "out" / "report.json")
    assert other.themes == report.themes
    assert other.passages == report.passages
    assert other.memberships == report.memberships
    assert other.findings == report.findings
    assert [(e.id, e.quote, e.strength) for e in other.evidence] == [
        (e.id, e.quote, e.strength) for e in report.evidence
    ]
    assert {(d.id, d.sha256) for d in other.documents} == {(d.id, d.sha256) for d in report.documents}


def test_a_discovered_theme_is_found_and_named_from_its_passages(report, finished):
    found = [t for t in report.themes if t.origin == "discovered"]
    assert len(found) >= 2
    rows = map(json.loads, (finished.out / "documents.jsonl").read_text("utf-8").splitlines())
    texts = {row["id"]: row["text"].lower() for row in rows}
    for theme in found:
        assert theme.id.startswith("found:")
        members = {m.passage_id.split(":")[0] for m in report.memberships if m.theme_id == theme.id}
        held = " ".join(texts[document] for document in members)
        words = theme.name.removeprefix(f"{UNNAMED} (words: ").rstrip(")").replace(",", " ").split()
        assert words
        assert all(word.lower() in held for word in words)


# Promise 5: private.


def leaks(text: str, planted: tuple[str, ...]) -> list[str]:
    return [name for name in planted if name.lower() in text.lower()]


@pytest.mark.parametrize("name", ["documents.jsonl", "settings.toml"])
def test_no_planted_identifier_is_written(finished, planted, name):
    assert leaks((finished.out / name).read_text("utf-8"), planted) == []


@pytest.mark.parametrize("name", ["report.json", "report.html", "report.md"])
def test_no_planted_identifier_is_reported(finished, planted, name):
    assert leaks((finished.out / name).read_text("utf-8"), planted) == []


def test_no_planted_identifier_is_said(finished, planted):
    assert leaks(finished.said.out + finished.said.err, planted) == []


def test_the_planted_identifiers_are_there_to_be_found(finished, planted):
    held = "".join(
        path.name + path.read_text("utf-8", errors="replace") for path in finished.sources.rglob("*.*")
    )
    assert leaks(held, planted) == list(planted)


# Promises 7 and 8: drafts; no pickle.


def test_everything_is_a_draft(report):
    assert report.status == "draft"
    assert {t.status for t in report.themes} == {"draft"}


def test_every_finding_has_a_position_that_its_theme_has_everywhere(report):
    judged = {}
    for f in report.findings:
        assert f.position in POSITIONS
        assert set(f.basis) <= set(GAPS if f.position == "gap" else ASSURANCES)
        assert judged.setdefault(f.theme_id, (f.position, f.basis)) == (f.position, f.basis)
    assert {v.theme_id for v in report.triangulation} == set(judged)


def test_what_is_written_is_text(finished):
    for path in finished.out.iterdir():
        assert path.suffix in {".json", ".jsonl", ".html", ".md", ".toml"}
        path.read_text("utf-8")


# The order of work, and what is refused.


def test_progress_is_told_stage_by_stage(tmp_path, golden):
    (tmp_path / "a.txt").write_text("The family rang three times and nobody called back.")
    told: list[str] = []
    tm.mine(
        feedback=tmp_path / "a.txt",
        codebook=str(golden / "codebook.toml"),
        template=str(golden / "template.toml"),
        progress=lambda stage, done, total: told.append(stage),
    )
    assert list(dict.fromkeys(told)) == [
        "read",
        "segment",
        "embed",
        "code",
        "discover",
        "label",
        "polarity",
        "report",
    ]


def test_thresholds_that_are_set_decide_what_is_found(finished, golden):
    usual = load(finished.out / "report.json")
    assert {f.position for f in usual.findings} - {"not known"}
    settings = Settings(
        codebook=str(golden / "codebook.toml"),
        template=str(golden / "template.toml"),
        discover=False,
        findings=Rules(enough=1_000),
    )
    found = tm.mine(review=golden / "review.toml", settings=settings).record
    assert {f.position for f in found.findings} == {"not known"}
    assert {t.verdict for t in found.triangulation} == {"not enough evidence"}
    assert found.provenance["settings"]["findings"] == dataclasses.asdict(settings.findings)


def test_discovery_can_be_left_out(finished, golden):
    source = tm.Source(finished.sources / "comments.csv", text="Comment", id="Ref")
    settings = Settings(
        codebook=str(golden / "codebook.toml"), template=str(golden / "template.toml"), discover=False
    )
    themes = tm.mine(feedback=source, settings=settings).record.themes
    assert {t.origin for t in themes} == {"codebook"}


def test_no_blank_answer_is_lost_whether_a_section_asks_it_or_not(golden, tmp_path):
    import docx

    form = docx.Document()
    form.add_heading("Return for the review", 0)
    rows = [
        ("Organisation", "Northmoor Trust"),
        ("Are the buildings paid for?", ""),
        ("Who looks after the gardens?", ""),
        ("How is handover done?", "The teams ring one another before noon and write down what was said."),
    ]
    table = form.add_table(len(rows), 2)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    form.save(tmp_path / "return.docx")
    settings = Settings(
        codebook=str(golden / "codebook.toml"), template=str(golden / "template.toml"), discover=False
    )
    found = tm.mine(accounts=tmp_path / "return.docx", settings=settings).record
    assert {s.id: s.blanks for s in found.sections if s.blanks} == {
        "money": (("Northmoor Trust", "Are the buildings paid for?"),)
    }
    assert found.blanks == (("Northmoor Trust", "Who looks after the gardens?"),)


def test_nothing_in_scope_is_the_users_to_mend(tmp_path, golden):
    (tmp_path / "a.csv").write_text("When,Text\n2020-01-01,The family rang.\n")
    plan = tm.Review(
        sources=(tm.Source(tmp_path / "a.csv", text="Text", date="When"),),
        scope=tm.scoping.Scope(start="2024-01-01"),
    )
    with pytest.raises(tm.InputError, match="no document is in scope"):
        pipeline.run(plan)


def test_what_a_review_says_of_itself_goes_through_the_wall(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text(
        "Organisation,Text\nMrs Doreen Blackwood Care,The family rang and nobody rang back.\n"
    )
    (tmp_path / "in" / "d.csv").write_text("organisation,number,unit\nNorthmoor,10,beds\n")
    said = "Mrs Doreen Blackwood rang 07700 900123"
    plan = tm.Review(
        title=said,
        question=said,
        sources=(tm.Source(tmp_path / "in", text="Text", organisation_column="Organisation"),),
        expected=(("Mrs Doreen Blackwood Care", "incident"), ("Mr Alan Threlfall Homes", "return")),
        denominators=str(tmp_path / "in" / "d.csv"),
    )
    with pytest.warns(tm.InputWarning):  # denominators of an organisation that sent nothing
        found = pipeline.run(plan, Settings(discover=False)).report
    assert (found.title, found.question) == ("Mrs [PERSON 1] rang [PHONE]",) * 2
    assert [owed.organisation for owed in found.outstanding] == ["Mr [PERSON 1] Homes"]
    assert [(came.organisation, came.expected) for came in found.received] == [("Mrs [PERSON 1] Care", True)]
    for gone in ("Doreen", "Threlfall", "07700"):
        assert gone not in render(found)
    # Nor is a table of denominators that lies among them a source.
    assert [entry.source for entry in found.ledger] == ["in/a.csv"]


# The golden report.


def test_the_golden_report(golden):
    plan = tm.load_review(golden / "review.toml")
    settings = Settings(
        codebook=str(golden / "codebook.toml"),
        template=str(golden / "template.toml"),
        precision="float32",
    )
    given = json.loads(render(pipeline.run(plan, settings).report))
    for changing in ("thememiner", "encoder", "reader"):
        given["provenance"].pop(changing)
    for name in ("codebook", "template"):
        given["provenance"]["settings"][name] = "small"
    for entry in given["ledger"]["files"]:
        entry.pop("parser")
    path = golden / "report.json"
    if os.environ.get(RENEW):
        path.write_text(json.dumps(given, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    wanted = json.loads(path.read_text("utf-8"))
    differences = list(compare(given, wanted))
    assert not differences, f"{differences[:10]} (renew with {RENEW}=1)"


def compare(given: object, wanted: object, where: str = "") -> list[str]:
    """Where two values of JSON differ; numbers may by what two machines do in their last digits."""
    if isinstance(given, dict) and isinstance(wanted, dict) and given.keys() == wanted.keys():
        return [line for key in given for line in compare(given[key], wanted[key], f"{where}.{key}")]
    if isinstance(given, list) and isinstance(wanted, list) and len(given) == len(wanted):
        pairs = enumerate(zip(given, wanted, strict=True))
        return [line for n, (one, other) in pairs for line in compare(one, other, f"{where}[{n}]")]
    if isinstance(given, float) and isinstance(wanted, float | int):
        return [] if math.isclose(given, wanted, abs_tol=0.002) else [f"{where}: {given} for {wanted}"]
    return [] if given == wanted else [f"{where}: {str(given)[:80]!r} for {str(wanted)[:80]!r}"]


def test_the_comparison_bites():
    one = {"a": [1, {"b": 0.5, "c": "x"}]}
    assert compare(one, {"a": [1, {"b": 0.501, "c": "x"}]}) == []
    for other in ({"a": [1]}, {"a": [2, {"b": 0.5, "c": "x"}]}, {"a": [1, {"b": 0.6, "c": "x"}]}, {}):
        assert compare(one, other)
