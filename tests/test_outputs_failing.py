"""Every command that writes something of a report, where it cannot: one line, and nothing half written."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
import pathlib

import docx
import pytest

from thememiner.reports import json as saved
from thememiner_evaluation.formats import blank

OVER = ("--overwrite",)
# What is written, and the command for it but for --out.
FILES = {
    **{f"report{end}": ("report", "{report}", *OVER) for end in (".html", ".md", ".json", ".xlsx", ".docx")},
    **{f"project{end}": ("report", "{report}") for end in (".qdpx", ".qdc")},
    "board.docx": ("report", "{report}", "--house", "{house}", *OVER),
    **{f"plan{end}": ("plan", "{report}", *OVER) for end in (".xlsx", ".docx", ".csv", ".json")},
    "findings.xlsx": ("findings", "export", "{report}", *OVER),
    **{f"changes{end}": ("changes", "{report}", "{report}", *OVER) for end in (".html", ".md", ".json")},
    **{f"form{end}": ("fill", f"{{form{end}}}", "{report}", "--drafts", *OVER) for end in (".docx", ".xlsx")},
}
NEW = {f"coreq{end}": ("report", "{report}", "--checklist", "coreq") for end in (".xlsx", ".md")}
FOLDERS = {"tables": ("--tables",), "charts": ("--charts",), "given": ("--release", "internal", "--out")}


def denied(*_, **__):
    raise PermissionError(errno.EACCES, "Permission denied")


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


# Where each fault strikes, and what the line then says.
FAULTS = {
    "open in another program": (pathlib.Path, "replace", denied, "open in another program"),
    "full disk": (os, "fsync", full, "No space left on device"),
    "read-only folder": (os, "access", lambda _, mode, **__: mode != os.W_OK, "may not write"),
}


@pytest.fixture
def given(tmp_path, whole):
    """A finished report in a folder of its own, and what its commands take."""
    folder = tmp_path / "run"
    folder.mkdir()
    texts = {e.document_id: e.quote for e in whole.evidence}
    rows = {
        d.id: texts.get(d.id, "Parking is far, and the bus does not come on Sundays.")
        for d in whole.documents
    }
    documents = tuple(
        dataclasses.replace(d, sha256=hashlib.sha256(rows[d.id].encode()).hexdigest())
        for d in whole.documents
    )
    report = dataclasses.replace(whole, documents=documents)
    (folder / "report.json").write_text(saved.render(report), "utf-8")
    lines = [json.dumps({"id": i, "text": t}) + "\n" for i, t in rows.items()]
    (folder / "documents.jsonl").write_text("".join(lines), "utf-8")
    made = {"report": folder / "report.json", "house": folder / "house.docx"}
    docx.Document().save(made["house"])
    for end in (".docx", ".xlsx"):
        made[f"form{end}"] = folder / f"blank{end}"
        made[f"form{end}"].write_bytes(blank(report, end))
    return made


def named(arguments, given):
    return [given[a[1:-1]] if a.startswith("{") else a for a in arguments]


def standing(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def fails(command, monkeypatch, fault, *arguments):
    place, name, strike, says = FAULTS[fault]
    with monkeypatch.context() as patch:
        patch.setattr(place, name, strike)
        outcome = command(*arguments)
    assert outcome.code == 2
    assert says in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", [*FILES, *NEW])
def test_a_file_that_cannot_be_written_leaves_what_was_there(
    command, monkeypatch, tmp_path, given, name, fault
):
    out = tmp_path / "out"
    out.mkdir()
    if name in FILES:
        (out / name).write_bytes(b"what was there")
    before = standing(out)
    arguments = (*named((FILES | NEW)[name], given), "--out", out / name)
    fails(command, monkeypatch, fault, *arguments)
    assert standing(out) == before
    assert command(*arguments).code == 0  # it was the fault, and nothing else
    assert standing(out) != before


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_cannot_be_written_leaves_what_was_there(
    command, monkeypatch, tmp_path, given, name, fault
):
    out = tmp_path / "out"
    out.mkdir()
    arguments = ("report", given["report"], *FOLDERS[name], out / name)
    fails(command, monkeypatch, fault, *arguments)
    assert standing(out) == {}
    assert command(*arguments).code == 0
    before = standing(out)
    assert before
    fails(command, monkeypatch, fault, *arguments)
    assert standing(out) == before
    assert not [p for p in out.iterdir() if p.name != name]
