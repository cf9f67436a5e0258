"""The proof of a report: it passes on its sources whatever they are called, and fails closed on all else."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from thememiner import pipeline, steps
from thememiner.errors import InputError
from thememiner.records import Source
from thememiner.reports.json import load, render
from thememiner.scoping import Review
from thememiner.settings import Settings
from thememiner.verifying import verify


@pytest.fixture
def report(finished):
    return load(finished.out / "report.json")


@pytest.fixture
def sources(finished, tmp_path):
    """A copy of the sources that may be changed, without the review.toml, which is no source."""
    folder = tmp_path / finished.sources.name
    shutil.copytree(finished.sources, folder)
    (folder / "review.toml").unlink()
    return folder


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def incidents(folder: Path) -> Path:
    return next(folder.glob("extract*.csv"))


def test_it_passes_on_its_sources(report, sources):
    proof = verify(report, [sources])
    assert proof.failures == ()
    assert proof.passed
    assert proof.proved == proof.excerpts == len(report.evidence) > 0
    assert proof.files == 5


def test_names_and_order_do_not_matter(report, sources):
    moved = incidents(sources).rename(sources / "renamed.csv")
    rest = sorted(p for p in sources.rglob("*") if p.is_file() and p != moved)
    assert verify(report, [*reversed(rest), str(moved)]).passed
    assert verify(report, [moved, *rest, moved]).passed


@pytest.mark.parametrize("name", ["extract*.csv", "comments.csv", "notes.md", "policies/discharge.md"])
def test_one_byte_changed_in_any_source_fails(report, sources, name):
    path = next(sources.glob(name))
    written = {i["sha256"]: i["source"] for i in report.provenance["inputs"]}
    changed = written[hashlib.sha256(path.read_bytes()).hexdigest()]
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(bytes(content))
    proof = verify(report, [sources])
    assert not proof.passed
    (line,) = proof.failures
    quotes = sum(
        e.document_id in {d.id for d in report.documents if d.source == changed} for e in report.evidence
    )
    assert line == (
        f"{changed} has changed since the report was made "
        f"({quotes} {'quote rests' if quotes == 1 else 'quotes rest'} on it)"
    )
    assert proof.proved == proof.excerpts - quotes
    assert proof.notes == ()


def test_a_source_left_out_fails(report, sources):
    (sources / "comments.csv").unlink()
    proof = verify(report, [sources])
    assert not proof.passed
    quotes = sum(
        e.document_id in {d.id for d in report.documents if d.kind == "feedback"} for e in report.evidence
    )
    assert proof.proved == proof.excerpts - quotes < proof.excerpts
    assert proof.failures == (f"comments.csv was not given ({quotes} quotes rest on it)",)


def test_a_file_that_is_none_of_its_is_noted_and_fails_nothing(report, sources):
    (sources / "stray.txt").write_text("A stray note.")
    proof = verify(report, [sources])
    assert proof.passed
    assert proof.files == 5
    assert proof.notes == (f"{sources.name}/stray.txt is no file of this report, and was not looked at",)


def test_strays_are_not_all_named(report, sources):
    for n in range(9):
        (sources / f"stray{n}.txt").write_text(f"A stray note, {n}.")
    notes = verify(report, [sources]).notes
    assert len(notes) == 6
    assert notes[-1] == "4 more files given are none of this report"


def test_a_file_that_was_refused_may_stay_away_but_not_change(report, sources):
    scan = next(sources.rglob("*.png"))
    scan.write_bytes(b"another picture")
    assert any("has changed since" in line for line in verify(report, [sources]).failures)
    scan.unlink()
    proof = verify(report, [sources])
    assert proof.passed
    assert any("of which nothing was read, was not given" in line for line in proof.notes)


def test_a_report_is_proved_with_its_pages(finished, sources, tmp_path):
    out = shutil.copytree(finished.out, tmp_path / "out")
    for name in ("report.json", "report.html", "report.md"):
        assert verify(out / name, [sources]).passed
    page = (out / "report.html").read_text("utf-8")
    (out / "report.html").write_text(page.replace("draft", "final", 1), "utf-8")
    proof = verify(str(out / "report.json"), [sources])
    assert not proof.passed
    assert proof.proved == proof.excerpts
    assert proof.failures == (
        "report.html was changed after it was written: it is not what report.json gives",
    )


def _row(line: str, **change) -> str:
    return json.dumps(json.loads(line) | change, ensure_ascii=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: [_row(lines[0], text="Quite another text."), *lines[1:]], "1 changed"),
        (lambda lines: [lines[0].replace(" the ", " The ", 1), *lines[1:]], "1 changed"),
        (lambda lines: lines[2:], "2 missing"),
        (lambda lines: [*lines, _row(lines[0], id="0" * 16)], "1 in no report"),
        (lambda lines: [*lines, lines[0]], "1 there twice"),
        (
            lambda lines: [_row(lines[0], id="x"), _row(lines[1], text=""), *lines[2:]],
            "1 changed, 1 missing, 1 in",
        ),
        (lambda lines: [*lines, "{"], "cannot be read"),
        (lambda lines: [*lines, "3"], "cannot be read"),
        (lambda lines: [*lines, _row(lines[0], text=3)], "cannot be read"),
        (lambda _: ["\udcff"], "cannot be read"),
        (lambda _: [], "missing"),
    ],
)
def test_texts_beside_a_report_are_those_it_lists(finished, sources, tmp_path, change, told):
    out = shutil.copytree(finished.out, tmp_path / "out")
    lines = [line for line in (out / "documents.jsonl").read_text("utf-8").split("\n") if line]
    assert any(" the " in line for line in lines[:1])
    (out / "documents.jsonl").write_text("\n".join(change(lines)), "utf-8", "surrogateescape")
    proof = verify(out / "report.json", [sources])
    assert not proof.passed
    assert proof.proved == proof.excerpts
    (line,) = proof.failures
    assert line.startswith("documents.jsonl does not hold the texts that report.json lists: ")
    assert told in line
    (out / "documents.jsonl").unlink()
    assert verify(out / "report.json", [sources]).passed


def test_the_texts_may_stand_in_any_order(finished, sources, tmp_path):
    out = shutil.copytree(finished.out, tmp_path / "out")
    lines = (out / "documents.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    (out / "documents.jsonl").write_text("\n".join(reversed(lines)), "utf-8")
    assert verify(out / "report.json", [sources]).failures == ()


def test_a_file_that_is_not_there_is_the_users_to_mend(report, sources):
    with pytest.raises(InputError, match="nowhere"):
        verify(report, [sources, sources / "nowhere.csv"])


def test_no_source_at_all_fails(report):
    assert not verify(report, []).passed


@pytest.mark.parametrize(
    "change",
    [
        lambda e: {"quote": e.quote.replace("e", "3", 1)},
        lambda e: {"quote": e.quote + " "},
        lambda e: {"start": e.start + 1},
        lambda e: {"end": e.end - 1},
        lambda e: {"sha256": "0" * 64},
        lambda e: {"document_id": "0" * 16},
        lambda _: {"quote": "", "start": 9, "end": 9, "sha256": sha("")},
        lambda e: {"start": e.start - 10**6},
    ],
)
def test_an_excerpt_that_was_touched_fails(report, sources, change):
    first, *rest = report.evidence
    changed = dataclasses.replace(report, evidence=(dataclasses.replace(first, **change(first)), *rest))
    proof = verify(changed, [sources])
    assert not proof.passed
    assert proof.proved == proof.excerpts - 1


def test_another_reader_fails(report, sources):
    changed = dataclasses.replace(report, provenance=report.provenance | {"reader": "0" * 64})
    assert verify(changed, [sources]).failures == (
        "the reader or the identifier tables are not those the report was made with",
    )


def test_other_settings_fail(report, sources):
    settings = report.provenance["settings"] | {"redact": False}
    changed = dataclasses.replace(report, provenance=report.provenance | {"settings": settings})
    assert not verify(changed, [sources]).passed


@pytest.mark.parametrize(
    "provenance",
    [
        {},
        {"inputs": None},
        {"inputs": [{}]},
        {"settings": 3},
        {"inputs": [{"sha256": "", "kind": "incident"}]},
    ],
)
def test_a_report_that_does_not_say_how_it_was_made_is_refused(report, sources, provenance):
    kept = {} if not provenance else report.provenance | provenance
    with pytest.raises(InputError, match="proves nothing"):
        verify(dataclasses.replace(report, provenance=kept), [sources])
    bogus = [i | {"options": {"nonsense": 1}} for i in report.provenance["inputs"]]
    with pytest.raises(InputError, match="proves nothing"):
        verify(dataclasses.replace(report, provenance=report.provenance | {"inputs": bogus}), [sources])


def test_failures_tell_no_identifier(report, sources, planted):
    path = incidents(sources)
    path.write_text(path.read_text() + "x")
    said = json.dumps(verify(report, [sources]).failures)
    assert not [name for name in planted if name in said]


def test_local_patterns_and_months_are_read_again_as_they_were(golden, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text\nOn 12/03/2024 card ZX1234 was lost and the handover was late.\n", "utf-8")
    settings = Settings(
        codebook=str(golden / "codebook.toml"), template=str(golden / "template.toml"), discover=False
    )
    review = Review(sources=(Source(path, text="text"),), patterns=(r"ZX\d{4}",), dates="month")
    result = pipeline.run(review, settings)
    assert result.documents[0].text.startswith("On March 2024 card [LOCAL NUMBER] was lost")
    assert result.settings.local_patterns == (r"ZX\d{4}",)
    kept = tmp_path / "report.json"
    kept.write_text(render(result.report), "utf-8")
    report = load(kept)
    assert verify(report, [path]).failures == ()
    for other in ({"dates": "keep"}, {"local_patterns": []}):
        changed = {**report.provenance, "settings": {**report.provenance["settings"], **other}}
        assert not verify(dataclasses.replace(report, provenance=changed), [path]).passed


def test_a_pattern_that_cannot_be_used_is_said_before_anything_is_read(tmp_path):
    with pytest.raises(InputError, match="local pattern"):
        pipeline.prepare(Review(), Settings(local_patterns=("[",)))
    with pytest.raises(InputError, match="local pattern"):
        steps.read_texts([Source(tmp_path / "nowhere.csv")], local_patterns=("[",))
