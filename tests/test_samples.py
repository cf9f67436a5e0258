"""The sample corpus can test things: written apart from the codebook and the cues, the same bytes again."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import thememiner as tm
from thememiner import codebook, resources
from thememiner.wording import tokens
from thememiner_evaluation import sample_gold

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


def test_planted_themes_are_found_and_no_decoy_is(sample_run, gold):
    scores = sample_gold.score(sample_run, gold)
    assert scores.recall >= 0.9, scores.missed
    assert not scores.decoys


def test_the_named_themes_have_evidence_of_three_kinds(sample_run):
    heard = {}
    for excerpt in sample_run.record.evidence:
        heard.setdefault(excerpt.theme_id.rpartition("/")[2], set()).add(excerpt.kind)
    for theme in ("handover", "step-up-capacity", "care-coordination"):
        assert {"incident", "policy", "feedback"} <= heard[theme]


def test_the_mothers_account_is_quoted_whole(sample_run, gold):
    planted = gold["contradiction"]
    planted = planted[0] if isinstance(planted, list) else planted
    assert any(e.quote.startswith(planted["text"][:40]) for e in sample_run.record.evidence)


def test_the_missing_return_and_the_blank_answer_are_named(sample_run, gold):
    assert [r.organisation for r in sample_run.record.outstanding] == [
        m["organisation"] for m in gold["missing"]
    ]
    blanks = [question for section in sample_run.record.sections for _, question in section.blanks]
    assert blanks == [b["question"] for b in gold["blank"]]


def test_the_sample_report_is_proved(sample_run):
    proof = tm.verify(sample_run.record, [SAMPLES])
    unknown = [line for line in proof.failures if "is not a file of this report" not in line]
    assert proof.proved == proof.excerpts
    assert not unknown
