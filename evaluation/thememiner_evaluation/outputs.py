"""Every output of a finished report, once over: seconds and bytes of each, and whether twice gives the same.

    python -m thememiner_evaluation.outputs --report DIR [--out DIR] [--verify SOURCE ...]

DIR holds the report.json that a run wrote, with documents.jsonl beside it. With --verify every excerpt is
held against its source, and looked for, whole, in each format that shows quotes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import thememiner as tm
from thememiner import planning, resources
from thememiner.codebooks import codebook
from thememiner.projects import texts_beside
from thememiner.reports.json import load
from thememiner_evaluation.formats import Material, writers
from thememiner_evaluation.quotes_shown import READERS, coded, shown

MUST, AIM = 20, 8  # seconds, of all outputs of the sample review


def main() -> None:
    """Write, time, write again, compare; with sources, prove."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="A folder to keep the files in.")
    parser.add_argument("--verify", type=Path, nargs="+", metavar="SOURCE")
    options = parser.parse_args()
    path = options.report / "report.json"
    given = material(path)
    first, seconds = written(given)
    print(f"{'output':<16}{'seconds':>9}{'files':>7}{'bytes':>13}")
    for name, files in first.items():
        size = sum(map(len, files.values()))
        print(f"{name:<16}{seconds[name]:>9.2f}{len(files):>7}{size:>13,}")
    whole = sum(seconds.values())
    print(f"together {whole:.1f} s (must ≤ {MUST}, aim {AIM})")
    again, _ = written(given)
    differ = [name for name in first if digests(first[name]) != digests(again[name])]
    print(f"same report, same bytes: {', '.join(differ) + ' differ' if differ else 'yes, in all'}")
    if options.out:
        for files in first.values():
            for name, content in files.items():
                (options.out / name).parent.mkdir(parents=True, exist_ok=True)
                (options.out / name).write_bytes(content)
    missed = prove(given, first, options.verify) if options.verify else 0
    sys.exit(1 if differ or missed or whole > MUST else 0)


def material(path: Path) -> Material:
    """A finished report with its texts, and the wording of actions that goes with its codebook."""
    report = load(path)
    made = report.provenance.get("codebook")
    own = str(made.get("id", "")) if isinstance(made, dict) else ""
    wording = own if own in resources.names("actions") else ""
    if wording:
        planning.check_codes(planning.prompts(wording), [code.id for code in codebook(own).codes])
    return Material(report, texts_beside(path, report), sha256=resources.sha256(path), wording=wording)


def written(given: Material) -> tuple[dict[str, Mapping[str, bytes]], dict[str, float]]:
    """Every output's files, and the seconds that each took."""
    made, seconds = {}, {}
    for name, make in writers(given).items():
        began = time.perf_counter()
        made[name] = make()
        seconds[name] = time.perf_counter() - began
    return made, seconds


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def prove(given: Material, made: Mapping[str, Mapping[str, bytes]], sources: list[Path]) -> int:
    """How many excerpts are not proved, in the report or in what a format shows of it; prints the counts."""
    report = given.report
    proof = tm.verify(report, sources)
    print(f"report.json: {proof.proved:,} of {proof.excerpts:,} excerpts stand in their sources")
    missed = proof.excerpts - proof.proved
    together = 0
    for name in READERS:
        there, due = shown(report, name, made)
        print(f"{name}: {there:,} of the {due:,} excerpts that it shows, word for word")
        together += there
        missed += due - there
    there, due = coded(report, given.texts or {}, made)
    print(f"report.qdpx: {there:,} of the {due:,} passages assigned to a theme, word for word")
    missed += due - there
    print(f"in all formats {together:,} excerpts word for word, {missed:,} missed")
    return missed


if __name__ == "__main__":
    main()
