"""The sample corpus can test things: written apart from the codebook and the cues, the same bytes again."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from thememiner import codebook, resources
from thememiner.wording import tokens

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "samples"


def fives(text):
    words = tokens(text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


@pytest.fixture(scope="module")
def gold():
    return json.loads((SAMPLES / "gold.json").read_text(encoding="utf-8"))


def test_no_five_words_in_a_row_are_shared_with_the_codebook(gold):
    book = codebook("assertive-care")
    examples = [e.text for code in book.codes for e in (*code.examples, *code.near_misses)]
    examples += [b.text for b in book.background]
    taught = set().union(*map(fives, examples))
    banks = [p.read_text(encoding="utf-8") for p in (ROOT / "corpora" / "build").glob("*.toml")]
    lines = [line for bank in banks for line in bank.splitlines()]
    lines += [p["text"] for p in gold["passages"]]
    shared = {run for line in lines for run in fives(line)} & taught
    assert not shared


def test_no_cue_of_five_words_is_shared():
    cues = (resources.folder("cues") / "polarity.toml").read_text(encoding="utf-8")
    assert not [phrase for phrase in re.findall(r'"([^"]+)"', cues) if len(phrase.split()) >= 5]


def test_the_corpus_is_as_large_as_promised(gold):
    kinds = {}
    for document in gold["documents"]:
        kinds[document["kind"]] = kinds.get(document["kind"], 0) + 1
    assert kinds["incident"] >= 300
    assert kinds["feedback"] >= 400
    assert kinds["policy"] == 6
    assert sum(theme["code_id"] is None for theme in gold["themes"]) >= 3
    assert len(gold["decoys"]) >= 3
    assert gold["blank"]
    assert gold["missing"]


def test_the_script_writes_the_same_bytes_again(tmp_path):
    script = ROOT / "corpora" / "build" / "make_samples.py"
    done = subprocess.run(
        [sys.executable, script, "--out", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

    def digests(folder):
        files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
        return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    assert digests(tmp_path) == digests(SAMPLES)
