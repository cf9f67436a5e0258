"""Recognisers of names that a user has besides ours. The pipelines are made here, of a list of names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from thememiner.deidentifying import mask, rules
from thememiner.errors import InputError
from thememiner_cli.app import app


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    model = spacy.blank("en")
    ruler = model.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "Zzyva"},
            {"label": "PERSON", "pattern": "Dr Quorl Zzyva"},
            {"label": "PERSON", "pattern": "brenlow"},
            {"label": "PERSON", "pattern": "PERSON"},
            {"label": "ORG", "pattern": "Flindle"},
        ]
    )
    folder = tmp_path_factory.mktemp("pipeline") / "names"
    model.to_disk(folder)
    return str(folder)


def test_what_a_recogniser_finds_is_masked_and_goes_on_through_the_text(pipeline: str) -> None:
    text = "zoom. Dr Quorl Zzyva came. Flindle rang; brenlow fell. Later Zzyva wrote."
    wall = rules(recognisers=(pipeline,))
    assert (
        mask(text, wall).text
        == "zoom. Dr [PERSON 1] came. Flindle rang; [PERSON 2] fell. Later [PERSON 1] wrote."
    )
    assert "brenlow" in mask(text).text


def test_masking_again_changes_nothing(pipeline: str) -> None:
    wall = rules(recognisers=(pipeline,))
    once = mask("The ward saw Zzyva today.", wall).text
    assert once == "The ward saw [PERSON 1] today."
    assert mask(once, wall).text == once


def test_a_text_longer_than_a_pipeline_takes_is_given_in_pieces(pipeline: str) -> None:
    text = ("The bed was moved.\n" * 60_000) + "Then brenlow fell.\n"
    assert mask(text, rules(recognisers=(pipeline,))).text.endswith("Then [PERSON 1] fell.\n")


@pytest.mark.parametrize(
    ("recogniser", "said"),
    [("en_core_web_none", "is not installed: give the name"), ("", "is not installed")],
)
def test_one_that_is_not_there_is_said(recogniser: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        rules(recognisers=(recogniser,))


def test_one_that_finds_no_entities_or_is_broken_is_said(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "plain")
    with pytest.raises(InputError, match="finds no entities"):
        rules(recognisers=(str(tmp_path / "plain"),))
    (tmp_path / "broken").mkdir()
    with pytest.raises(InputError, match="cannot be loaded"):
        rules(recognisers=(str(tmp_path / "broken"),))


def test_presidio_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, pipeline: str) -> None:
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    from thememiner.deidentifying import recognisers

    recognisers._load.cache_clear()
    monkeypatch.setattr(recognisers, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install presidio-analyzer"):
        rules(recognisers=(f"presidio:{pipeline}",))


def test_presidio_masks_people_and_payment_numbers(pipeline: str) -> None:
    pytest.importorskip("presidio_analyzer")
    masked = mask(
        "Then brenlow fell. Card 4111 1111 1111 1111.", rules(recognisers=(f"presidio:{pipeline}",))
    )
    assert masked.text == "Then [PERSON 1] fell. Card [PAYMENT NUMBER]."


def test_the_command_line_and_its_error(tmp_path: Path, pipeline: str) -> None:
    source = tmp_path / "a.csv"
    source.write_text("text\nThen brenlow fell on the stairs.\n")
    out = tmp_path / "out.jsonl"
    given = ["redact", str(source), "--text-column", "text", "--recogniser"]
    done = CliRunner().invoke(app, [*given, pipeline, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "brenlow" not in out.read_text()
    wrong = CliRunner().invoke(app, [*given, "no", "--out", str(tmp_path / "x")])
    assert wrong.exit_code != 0
    assert "recogniser 'no' is not installed" in str(wrong.exception or wrong.output)
