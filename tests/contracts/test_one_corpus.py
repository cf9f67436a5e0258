"""A folder that holds every format is one corpus, and its report says of every excerpt where it stands."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

import thememiner as tm
from thememiner import pipeline
from thememiner.reading import formats
from thememiner.reports import html
from thememiner.settings import Settings

from . import test_readers

# The place of an excerpt in each sort of file.
ROW = re.compile(r"\brow [1-4]\b")
PARAGRAPH = re.compile(r"paragraph \d")
PLACES = dict.fromkeys((".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".parquet"), ROW) | {
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), ROW),
    ".pdf": re.compile(r"page 1\b"),
}


def sentences(suffix: str) -> tuple[str, ...]:
    """The sentences of a file, unlike those of any other."""
    unit = f"Quay {formats_in_order().index(suffix) + 1}"
    return (
        f"Nothing was handed over in writing when the case of {unit} moved to another trust.",
        f"The receiving team of {unit} never got the handover summary from the ward.",
        f"Transfer from {unit} to the new team was done without a handover meeting.",
    )


def formats_in_order() -> list[str]:
    return sorted(formats.FORMATS)


@pytest.fixture
def corpus(tmp_path, monkeypatch, writers: SimpleNamespace):
    folder = tmp_path / "box"
    folder.mkdir()
    for suffix in formats_in_order():
        said = sentences(suffix)
        rows = [["id", "narrative"], *([f"{suffix[1:]}{n}", text] for n, text in enumerate(said, 1))]
        monkeypatch.setattr(test_readers, "SENTENCES", said)
        monkeypatch.setattr(test_readers, "ROWS", rows)
        (folder / f"{suffix[1:]}-file{suffix}").write_bytes(test_readers.GOOD[suffix](writers))
    return folder


def test_a_folder_of_every_format_is_one_corpus(corpus, tmp_path, golden):
    review = tm.Review(sources=(tm.Source(corpus, kind="incident", text="narrative"),))
    settings = Settings(
        discover=False,
        quotes=200,
        codebook=str(golden / "codebook.toml"),
        template=str(golden / "template.toml"),
    )
    result = pipeline.run(review, settings)
    ledger = result.report.ledger
    assert {entry.status for entry in ledger} == {"read"}
    assert sum(entry.documents for entry in ledger) == len(result.documents)
    found = {}
    for document in result.documents:
        suffix = "." + document.source.removeprefix("box/").partition("-")[0]
        place = PLACES.get(suffix, PARAGRAPH)
        given = [name for name, _, _ in document.locations] or [document.locator]
        assert given, suffix
        assert all(place.search(name) for name in given), (suffix, given)
        found.setdefault(suffix, []).append(document.text)
    assert sorted(found) == formats_in_order()
    for suffix, texts in found.items():
        assert all(sentence in "\n".join(texts) for sentence in sentences(suffix)), suffix
    assert result.report.evidence
    page = html.render(result.report)
    for excerpt in result.report.evidence:
        assert any(place.search(excerpt.location) for place in (ROW, PARAGRAPH, PLACES[".pdf"]))
        assert excerpt.location in page
