"""A result never takes the place of a source, nor of what a person wrote into an earlier report."""

from __future__ import annotations

import os
import shutil

import pytest

from thememiner.errors import InputError
from thememiner.outputs import changed_since, check_earlier, keep_apart


@pytest.fixture
def out(finished, tmp_path):
    return shutil.copytree(finished.out, tmp_path / "out")


def test_an_output_that_is_a_source_is_refused_by_any_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "a.csv"
    source.write_text("text\nShe rang.\n")
    os.link(source, tmp_path / "linked.csv")
    (tmp_path / "soft.csv").symlink_to(source)
    for name in ("a.csv", "./a.csv", "linked.csv", "soft.csv", str(source)):
        with pytest.raises(InputError, match="is what is to be read"):
            keep_apart([tmp_path / name], ["a.csv"])
    keep_apart([tmp_path / "b.csv"], ["a.csv", object()])


def test_an_output_inside_a_source_is_refused_and_one_beside_it_is_not(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for inside in (source / "out", source / "a" / "b" / "d.jsonl"):
        with pytest.raises(InputError, match="outside it"):
            keep_apart([inside], [source])
    with pytest.raises(InputError, match="is what is to be read"):
        keep_apart([source], [source])
    keep_apart([tmp_path / "in2", tmp_path / "in.jsonl", tmp_path], [source])


def test_pages_as_they_were_written_are_not_changed(out):
    assert changed_since(out / "report.json") == []
    assert check_earlier(out)


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_a_page_with_one_byte_changed_is_named(out, name):
    content = bytearray((out / name).read_bytes())
    content[len(content) // 2] ^= 1
    (out / name).write_bytes(bytes(content))
    assert changed_since(out / "report.json") == [name]
    with pytest.raises(InputError, match=rf"^{name} in .* was changed .* --overwrite"):
        check_earlier(out)


def test_a_sentence_changed_in_the_json_shows_in_the_other_pages(out):
    path = out / "report.json"
    text = path.read_text("utf-8")
    assert "How well are people" in text
    path.write_text(text.replace("How well are people", "How badly are people"), "utf-8")
    assert changed_since(path) == ["report.html", "report.md"]


def test_layout_changed_in_the_json_is_a_change(out):
    (out / "report.json").write_text((out / "report.json").read_text("utf-8") + "\n", "utf-8")
    assert changed_since(out / "report.json") == ["report.json"]


def test_a_page_that_cannot_be_checked_is_not_replaced(out):
    (out / "report.json").unlink()
    with pytest.raises(InputError, match=r"no report\.json"):
        check_earlier(out)


def test_a_folder_without_a_report_is_free(tmp_path):
    (tmp_path / "notes.md").write_text("Mine.")
    assert not check_earlier(tmp_path)
    assert not check_earlier(tmp_path / "nowhere")
