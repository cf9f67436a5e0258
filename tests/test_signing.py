"""Who has seen and approved a report: its ladder, what a change does, and what a release freezes."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json as stdlib_json
import os
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from thememiner import InputError, differing, outputs, planning, projects, reports, reviewing, signing
from thememiner.records import Decision, Report, Reviewed
from thememiner.releasing import release
from thememiner.reports import html, json, markdown, paper, standing, tables, workbook
from thememiner.reports.workbook.sheets import sheets
from thememiner.saving import write_files

SCHEMA = Path(reports.__file__).parent / "schema.json"
REVIEW = {"by": "A. Analyst", "date": "2026-11-10"}
APPROVAL = {
    "by": "J. Example",
    "role": "Executive medical director",
    "authority": "Quality committee, item 7",
    "date": "2026-11-20",
}
RELEASE = {"by": "C. Secretary", "date": "2026-12-01"}
APPROVED = (
    "Approved on 20 November 2026 by J. Example, Executive medical director (Quality committee, item 7)"
)


@pytest.fixture
def report(judged) -> Report:
    """A report in which people have reviewed every finding."""
    looked = tuple(
        dataclasses.replace(f, review="use", reviewer="A. Analyst", changed=()) for f in judged.findings
    )
    return dataclasses.replace(judged, findings=looked, ladder=(), status="draft")


def seen(report: Report) -> Report:
    report = signing.take(report, "reviewed", **REVIEW)
    return signing.take(report, "seen", by="The Northfield group", date="2026-11-12")


def approved(report: Report) -> Report:
    return signing.take(seen(report), "approved", **APPROVAL)


def changed(report: Report) -> Report:
    return dataclasses.replace(report, caution="Something that was not there before.")


def test_a_report_climbs_a_step_at_a_time_and_keeps_each(report):
    made = signing.take(approved(report), "released", **RELEASE)
    assert [step.status for step in made.ladder] == [
        "analyst reviewed",
        "seen by the lived-experience group",
        "approved",
        "released",
    ]
    assert made.status == "released"
    assert dataclasses.replace(made, ladder=(), status="draft") == report
    assert len({step.digest for step in made.ladder}) == 1
    said = standing.status(made)
    assert said == f"Released on 1 December 2026 by C. Secretary. {APPROVED}."


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (
            "seen",
            'nobody has recorded "analyst reviewed"; record it first (--to reviewed) or say why not yet',
        ),
        ("approved", 'nobody has recorded "analyst reviewed"'),
        ("released", 'nobody has recorded "analyst reviewed"'),
    ],
)
def test_no_rung_is_left_out_in_silence(report, to, said):
    with pytest.raises(InputError) as refused:
        signing.take(report, to, **APPROVAL)
    assert said in str(refused.value)


def test_a_release_needs_an_approval_and_of_the_report_as_it_is(report):
    with pytest.raises(InputError, match=r'recorded "approved"; record it first \(--to approved\)\.'):
        signing.take(seen(report), "released", **RELEASE)
    with pytest.raises(InputError, match="changed since it was approved"):
        signing.take(changed(approved(report)), "released", **RELEASE)
    again = signing.take(changed(approved(report)), "approved", **APPROVAL)
    assert signing.take(again, "released", **RELEASE).status == "released"


def test_the_group_may_not_have_seen_it_yet_and_every_page_says_why(report):
    made = signing.take(report, "reviewed", **REVIEW)
    made = signing.take(made, "seen", by="A. Analyst", date="2026-11-12", not_yet="they meet in December")
    assert made.status == "analyst reviewed"
    made = signing.take(made, "approved", **APPROVAL)
    why = "Not yet seen by the lived-experience group: they meet in December."
    assert standing.status(made) == f"{APPROVED}. {why}"
    made = signing.take(made, "seen", by="The Northfield group", date="2026-12-03")
    assert made.status == "approved"  # seen later, it stays approved
    assert standing.status(made) == f"{APPROVED}."


def test_findings_that_nobody_reviewed_are_counted_and_the_reason_is_printed(report):
    first, second, *rest = report.findings
    open_ = dataclasses.replace(first, review="not yet reviewed")
    moved = dataclasses.replace(second, changed=("statement",))
    made = seen(dataclasses.replace(report, findings=(open_, moved, *rest)))
    with pytest.raises(InputError, match=rf"2 findings of {len(report.findings)} not reviewed as they are"):
        signing.take(made, "approved", **APPROVAL)
    made = signing.take(made, "approved", **APPROVAL, unreviewed_reason="a first look for the board")
    told = "2 of its findings had not been reviewed then: a first look for the board."
    assert told in standing.status(made)
    assert told in standing.status(signing.take(made, "released", **RELEASE))
    with pytest.raises(InputError, match="--unreviewed is for an approval"):
        signing.take(seen(report), "approved", **APPROVAL, unreviewed_reason="no need")


@pytest.mark.parametrize(
    ("to", "given", "said"),
    [
        ("reviewed", {"by": " "}, "--by"),
        ("approved", {"role": ""}, "--role and --authority"),
        ("approved", {"authority": "\u202e"}, "--role and --authority"),
        ("approved", {"not_yet": "later"}, "--not-yet is for"),
        ("draft", {}, "say why with --note"),
        ("reviewed", {"date": "20/11/2026"}, "cannot be read as a day"),
        ("reviewed", {"date": "2026-02-30"}, "cannot be read as a day"),
        ("reviewed", {"date": "2026-11-09"}, "is before the last step"),
        ("reviewed", {"note": "x" * 2000}, "2,000 characters long"),
        ("aproved", {}, "approved"),
    ],
)
def test_a_step_that_lacks_what_it_needs_is_refused_in_a_line(report, to, given, said):
    made = signing.take(report, "reviewed", by="B. Other", date="2026-11-10")
    with pytest.raises(InputError) as refused:
        signing.take(made, to, **(APPROVAL | given))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_same_step_is_not_recorded_twice_and_another_persons_is(report):
    made = signing.take(report, "reviewed", **REVIEW)
    with pytest.raises(InputError, match="recorded already"):
        signing.take(made, "reviewed", by="A. Analyst", date="2026-11-11")
    assert len(signing.take(made, "reviewed", by="B. Other", date="2026-11-11").ladder) == 2
    assert len(signing.take(changed(made), "reviewed", by="A. Analyst", date="2026-11-11").ladder) == 2


def test_what_is_taken_back_is_a_draft_and_climbs_anew(report):
    made = signing.take(approved(report), "draft", by="J. Example", date="2026-11-25", note="a return came")
    assert made.status == "draft"
    said = "Taken back on 25 November 2026 by J. Example: a return came."
    assert standing.status(made) == f"Draft until accepted by a named reviewer. {said}"
    assert made.ladder[:3] == approved(report).ladder
    with pytest.raises(InputError, match='recorded "analyst reviewed"'):
        signing.take(made, "approved", **(APPROVAL | {"date": "2026-11-26"}))
    with pytest.raises(InputError, match="a draft already"):
        signing.take(made, "draft", by="J. Example", date="2026-11-25", note="again")


def test_a_later_change_is_said_of_every_step_and_of_the_release(report):
    made = changed(signing.take(approved(report), "released", **RELEASE))
    said = standing.status(made)
    assert (
        said
        == f"Released on 1 December 2026 by C. Secretary; changed since then. {APPROVED}; changed since then."
    )
    assert {row[-1] for row in standing.steps(made).rows} == {"changed"}
    back = signing.take(made, "draft", by="J. Example", date="2026-12-02", note="more came")
    assert standing.status(back).endswith("Changed since the release of 1 December 2026.")


def test_a_change_back_is_no_change_and_neither_is_the_file_written_and_read(report, tmp_path):
    made = approved(report)
    path = reports.write(made, tmp_path / "report.json")
    kept = json.load(path)
    assert kept.ladder == made.ladder
    assert standing.digest(kept) == standing.digest(made) == made.ladder[0].digest
    assert standing.status(dataclasses.replace(changed(kept), caution=report.caution)) == f"{APPROVED}."
    Draft202012Validator(stdlib_json.loads(SCHEMA.read_text("utf-8"))).validate(
        stdlib_json.loads(path.read_text("utf-8"))
    )


def test_what_a_newer_version_adds_and_leaves_empty_changes_no_digest(report):
    told = standing._told(report)
    assert "trends" not in told
    assert "caution" in standing._told(changed(report))
    # a value that is not the default has a part in it, however empty
    documents = (dataclasses.replace(report.documents[0], expired=False), *report.documents[1:])
    assert standing.digest(dataclasses.replace(report, documents=documents)) != standing.digest(report)


def shown(report: Report) -> dict[str, str]:
    """What every output says, as text."""
    about = projects.notes.about(report)
    themes = projects.codebook(report).description
    frames = next(f for f in tables.tables(report) if f.name == "report")
    plan = planning.plan(report, planning.prompts("general"), stands=standing.status(report))
    page = differing.render(differing.compare(report, report), ".md").decode()
    return {
        "html": html.render(report),
        "md": markdown.render(report),
        "json": json.render(report),
        "xlsx": "\n".join(str(cell) for sheet in sheets(report) for row in sheet.table.rows for cell in row),
        "qdpx": about,
        "qdc": themes,
        "notes": projects.notes.notes(report)[0].text,
        "tables": "\n".join(str(row) for row in frames.rows),
        "plan": str(plan.about),
        "changes": page,
    }


def test_every_output_says_who_approved_it_and_that_it_changed_since(report):
    said = shown(changed(approved(report)))
    for where, text in said.items():
        plain = text.replace("\\(", "(").replace("\\)", ")")
        assert "J. Example" in plain, where
        if where != "json":
            assert f"{APPROVED}; changed since then." in plain, where
    for where, text in shown(report).items():
        assert "J. Example" not in text, where


HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>\x00\u202e\ud800 [a](b) `c`\n# d |'


def test_a_hostile_name_is_text_on_every_page_and_its_unseen_signs_are_gone(report):
    given = dict.fromkeys(("by", "role", "authority", "note"), HOSTILE)
    made = signing.take(seen(report), "approved", **(given | {"date": "2026-11-20"}))
    assert made.ladder[-1].by == '=HYPERLINK("http://x")<script>alert(1)</script> [a](b) `c` # d |'
    page = html.render(made)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    text = markdown.render(made)
    assert "<script" not in text.replace("\\<script", "")
    assert "[a](b)" not in text
    assert workbook.render(made)
    json.render(made).encode()


def test_names_go_through_as_typed(report):
    made = signing.take(report, "reviewed", by="Siân  O’Brien-Nwosu 👩🏽‍⚕️", date="2026-11-10")
    assert made.ladder[0].by == "Siân O’Brien-Nwosu 👩🏽‍⚕️"


@pytest.mark.parametrize("change", [{"status": "signed"}, {"by": 1}, {"more": "x"}, {"unreviewed": "2"}])
def test_a_step_that_is_none_is_refused_when_read(report, tmp_path, change):
    shape = stdlib_json.loads(json.render(approved(report)))
    shape["ladder"][0] |= change
    (tmp_path / "report.json").write_text(stdlib_json.dumps(shape), "utf-8")
    with pytest.raises(InputError, match=r"ladder\[0\]"):
        json.load(tmp_path / "report.json")


# Living with decisions and with further runs.


def test_steps_stay_when_a_report_of_the_same_review_is_written_over_it(report, tmp_path):
    path = reports.write(approved(report), tmp_path / "report.json")
    new = outputs.carried(changed(report), path)
    assert new.status == "approved"
    assert standing.status(new) == f"{APPROVED}; changed since then."
    assert outputs.carried(approved(report), path) == approved(report)
    further = signing.take(approved(report), "released", **RELEASE)
    assert outputs.carried(further, path) == further  # the longer of two
    others = tuple(dataclasses.replace(d, id=f"other-{d.id}") for d in report.documents)
    assert outputs.carried(dataclasses.replace(report, documents=others), path).ladder == ()
    assert outputs.carried(report, tmp_path / "none.json") == report


def test_decisions_keep_the_steps_and_taking_them_off_gives_the_report_back(judged):
    whole = (dataclasses.replace(f, basis=f.basis or (f.position and ())) for f in judged.findings)
    drafted = dataclasses.replace(judged, findings=tuple(whole))
    made = seen(drafted)
    decision = Decision(drafted.findings[0].id, "use", statement="Reworded.", by="A. Analyst")
    decided = reviewing.decide(made, Reviewed((decision,))).report
    assert decided.ladder == made.ladder
    assert "changed since then" in standing.status(decided)
    assert "changed since" not in standing.status(reviewing.undecided(decided))


def test_a_report_made_of_another_by_leaving_out_stands_where_that_stands(report):
    made = approved(report)
    public = dataclasses.replace(made, evidence=(), question="")
    assert "changed since" in standing.status(public)
    followed = standing.follow(made, public)
    assert standing.status(followed) == f"{APPROVED}."
    assert "changed since" in standing.status(changed(followed))
    assert "changed since" in standing.status(standing.follow(changed(made), public))
    assert standing.follow(report, changed(report)) == changed(report)


# The released copy.


def frozen(report: Report, folder: Path) -> Path:
    made = signing.take(approved(report), "released", **RELEASE)
    folder.mkdir()
    for name, content in signing.freeze(signing.pages(made)).items():
        (folder / name).write_bytes(content)
    return folder


def test_a_released_copy_is_proved_and_is_the_same_bytes_again(report, tmp_path):
    one, other = frozen(report, tmp_path / "one"), frozen(report, tmp_path / "other")
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {
        p.name: p.read_bytes() for p in other.iterdir()
    }
    proof = signing.prove(one)
    assert proof.failures == ()
    assert proof.files == len(reports.RENDERERS)
    assert proof.seal == hashlib.sha256((one / signing.SUMS).read_bytes()).hexdigest()
    assert proof.says.startswith("Released on 1 December 2026 by C. Secretary.")


@pytest.mark.parametrize("name", ["report.html", "report.json", "report.md", "report.xlsx"])
def test_any_changed_byte_is_told(report, tmp_path, name):
    folder = frozen(report, tmp_path / "copy")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    assert f"{name} has changed since the release" in signing.prove(folder).failures


def test_what_is_missing_or_added_is_told(report, tmp_path):
    folder = frozen(report, tmp_path / "copy")
    (folder / "report.html").unlink()
    (folder / "more.txt").write_text("x", "utf-8")
    (folder / "deeper").mkdir()
    assert signing.prove(folder).failures == (
        "report.html is missing",
        "deeper was added: it is not in the list",
        "more.txt was added: it is not in the list",
    )


def test_a_report_changed_together_with_the_list_does_not_fit_its_step(report, tmp_path):
    folder = frozen(report, tmp_path / "copy")
    content = json.render(changed(json.load(folder / "report.json"))).encode()
    before = hashlib.sha256((folder / "report.json").read_bytes()).hexdigest()
    (folder / "report.json").write_bytes(content)
    sums = (folder / signing.SUMS).read_text("utf-8").replace(before, hashlib.sha256(content).hexdigest())
    (folder / signing.SUMS).write_text(sums, "utf-8")
    assert signing.prove(folder).failures == ("report.json is not what was released",)


@pytest.mark.parametrize("text", ["x", f"{'0' * 64}  ../report.json\n", f"{'0' * 64}  a\n" * 2, "\x00\n"])
def test_a_list_that_is_none_is_refused(tmp_path, text):
    (tmp_path / signing.SUMS).write_text(text, "utf-8")
    with pytest.raises(InputError, match="is not the list of a released copy"):
        signing.prove(tmp_path)


def test_a_folder_without_a_list_is_no_released_copy(tmp_path):
    with pytest.raises(InputError, match="is no released copy"):
        signing.prove(tmp_path)


def test_files_that_go_with_a_release_keep_their_names_apart(tmp_path):
    (tmp_path / "paper.docx").write_bytes(b"paper")
    (tmp_path / "Report.HTML").write_bytes(b"other")
    assert signing.freeze({"report.html": b"x"}, [tmp_path / "paper.docx"])["paper.docx"] == b"paper"
    with pytest.raises(InputError, match="is in the release already"):
        signing.freeze({"report.html": b"x"}, [tmp_path / "Report.HTML"])
    with pytest.raises(InputError, match="cannot be read"):
        signing.freeze({}, [tmp_path / "none"])


def test_files_written_together_are_all_there_or_all_as_they_were(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"new", "b": b"new"}
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "kept").write_bytes(b"x")
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if str(self).endswith(".part") and Path(target).name == "c":
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match="cannot be written: Permission denied"):
        write_files(tmp_path, {"a": b"third", "n": b"third", "c": b"third"})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b", "d"]
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        write_files(tmp_path, {"a": b"new"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"old"}


# The command.


@pytest.fixture
def folder(report, tmp_path) -> Path:
    out = tmp_path / "review"
    reports.write_pages(report, out)
    reports.write(report, out / "report.xlsx")
    return out


def steps_taken(command, file: Path) -> None:
    assert command("status", file, "--to", "reviewed", "--by", "A. Analyst", "--date", "2026-11-10").code == 0
    late = ("--not-yet", "they meet in December")
    assert command("status", file, "--to", "seen", "--by", "A", "--date", "2026-11-12", *late).code == 0
    given = [part for key, value in APPROVAL.items() for part in (f"--{key}", value)]
    assert command("status", file, "--to", "approved", *given).code == 0


def test_the_command_says_and_records_and_writes_every_page_anew(command, folder):
    file = folder / "report.json"
    assert command("status", file).out.startswith("Draft until accepted by a named reviewer.")
    steps_taken(command, file)
    said = command("status", file).out
    assert f"{APPROVED}." in said
    assert "since then: as it was" in said
    assert APPROVED in (folder / "report.html").read_text("utf-8")
    assert outputs.changed_since(file) == []


def test_the_command_releases_into_a_new_folder_and_verify_proves_it(command, folder):
    file = folder / "report.json"
    steps_taken(command, file)
    (folder / "paper.docx").write_bytes(b"paper")
    release = ("status", file, "--to", "released", "--by", "C", "--date", "2026-12-01")
    said = command(*release, "--with", folder / "paper.docx")
    assert said.code == 0
    copy = folder / "released-2026-12-01"
    assert f"Released: {copy}. Seal" in said.out
    assert (copy / "report.json").read_bytes() == file.read_bytes()
    assert (copy / "paper.docx").read_bytes() == b"paper"
    proved = command("verify", copy)
    assert proved.code == 0
    assert "As released: 6 files" in proved.out
    refused = command("status", file, "--to", "released", "--by", "D", "--date", "2026-12-01")
    assert refused.code == 2
    assert "is there already, and a release is never replaced" in refused.err
    (copy / "report.md").write_text("x", "utf-8")
    failed = command("verify", copy)
    assert failed.code == 1
    assert "report.md has changed since the release" in failed.err


def test_a_live_report_that_cannot_be_written_leaves_no_release(command, folder, monkeypatch):
    file = folder / "report.json"
    steps_taken(command, file)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def refuse(*_: object) -> None:
        raise InputError("cannot be written")

    monkeypatch.setattr("thememiner.saving.write_files", refuse)
    said = command("status", file, "--to", "released", "--by", "C", "--date", "2026-12-01")
    assert said.code == 2
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_pages_changed_by_hand_are_not_lost(command, folder):
    (folder / "report.md").write_text("my remarks", "utf-8")
    step = ("status", folder / "report.json", "--to", "reviewed", "--by", "A", "--date", "2026-11-10")
    said = command(*step)
    assert said.code == 2
    assert "report.md beside" in said.err
    assert (folder / "report.md").read_text("utf-8") == "my remarks"
    assert command(*step, "--overwrite").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "A"), "say which step"),
        (("--to", "reviewed", "--by", "A", "--date", "2026-11-10", "--out", "x"), "are for a release"),
        (("--to", "revewed", "--by", "A", "--date", "2026-11-10"), "reviewed"),
        (("--to", "reviewed", "--by", "A"), "cannot be read as a day"),
    ],
)
def test_a_slip_on_the_command_line_is_a_line(command, folder, arguments, said):
    refused = command("status", folder / "report.json", *arguments)
    assert refused.code == 2
    assert said in refused.err
    assert refused.err.count("\n") == 1


def test_verify_of_a_report_still_wants_sources(command, folder):
    said = command("verify", folder / "report.json")
    assert said.code == 2
    assert "name the files and folders" in said.err


def test_a_public_version_stands_where_its_report_stands_and_a_paper_says_so(report):
    made = approved(report)
    public, _ = release(made, "public")
    assert standing.status(public).startswith("Approved on 20 November 2026 by J. Example")
    assert "changed since" not in standing.status(public)
    assert [step.by for step in public.ladder] == ["a named reviewer", "people of the group", "J. Example"]
    shuffled = dataclasses.replace(made, sections=made.sections[::-1])
    assert "changed since" in standing.status(release(shuffled, "public")[0])
    for told, draft in ((made, False), (public, False), (report, True), (changed(made), True)):
        with zipfile.ZipFile(io.BytesIO(paper.render(told))) as packed:
            words = packed.read("word/document.xml").decode()
        assert ("It is a working draft" in words) is draft
        assert ("before a named director has approved it" in words) is draft
