"""Redaction at the source: a clean environment with the short list alone, and none of the heavy libraries."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from thememiner.reading.formats import FORMATS

CHECKOUT = Path(__file__).parents[1]
SHORT = CHECKOUT / "constraints-redact.txt"
HEAVY = (
    "torch sentence_transformers bertopic sklearn spacy pandas numpy scipy sknetwork safetensors transformers"
    " jinja2 tomli_w pyarrow"
).split()
# Read only where thememiner is installed in full: what reads it is larger than all the rest.
LEFT_OUT = {"pyarrow"}


def pins(name: str) -> dict[str, str]:
    """Package → version of a list of requirements, by its normalised name."""
    lines = (CHECKOUT / name).read_text("utf-8").splitlines()
    found = [line.partition(";")[0].strip().split("==") for line in lines if line and line[0] != "#"]
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def test_the_short_list_pins_what_the_long_one_does():
    short, whole = pins("constraints-redact.txt"), pins("constraints.txt")
    windows = {"colorama"}  # the long list is of the machine it was made on
    assert {name: whole.get(name) for name in short if name not in windows} == {
        name: version for name, version in short.items() if name not in windows
    }


def test_the_short_list_has_what_reads_each_format():
    needed = {package for _, package in FORMATS.values() if package} - LEFT_OUT
    assert {name.lower() for name in needed} <= set(pins("constraints-redact.txt"))


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The interpreter of an environment made as the README says."""
    folder = tmp_path_factory.mktemp("alone")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True, timeout=60)
    (wheel,) = folder.glob("thememiner-*.whl")
    home = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    for what in (("--no-deps", wheel), ("-r", SHORT)):
        done = subprocess.run(
            [home / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what],
            check=False,
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stderr
    return home / "python"


@pytest.mark.slow
def test_the_short_list_is_enough(python, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "incidents.csv").write_text("Ref,Narrative\nA,Mrs Quill rang from 020 7946 0321.\n")
    (folder / "note.html").write_text("<h1>Visit</h1><p>Mr Peverell was seen.</p>")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def run(*arguments: object) -> str:
        done = subprocess.run(
            [*map(str, arguments)],
            cwd=elsewhere,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={"PATH": "/usr/bin:/bin"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    for way, out in (([python.with_name("thememiner")], "one"), ([python, "-m", "thememiner"], "two")):
        assert "2 files found: 2 read" in run(*way, "redact", folder, "--out", out)
        table = (elsewhere / out / "in" / "incidents.csv").read_text("utf-8-sig")
        assert list(csv.reader(table.splitlines())) == [
            ["Ref", "Narrative"],
            ["A", "Mrs [PERSON 1] rang from [PHONE]."],
        ]
        assert "Mr [PERSON 1] was seen." in (elsewhere / out / "in" / "note.txt").read_text("utf-8")
    column = ("--text-column", "Narrative", "--out", "lines.jsonl")
    assert "1 document." in run(python, "-m", "thememiner", "redact", folder / "incidents.csv", *column)

    loaded = (
        "import importlib.util, json, pathlib, sys, thememiner_cli.app\n"
        "from thememiner import redacting, steps\n"
        f"redacting.redact([{str(folder)!r}], 'three')\n"
        f"heavy = {HEAVY!r}\n"
        "print(json.dumps([[m for m in heavy if m in sys.modules],"
        " [m for m in heavy if importlib.util.find_spec(m)], thememiner_cli.__file__]))"
    )
    in_use, there, home = json.loads(run(python, "-I", "-c", loaded))
    assert (in_use, there) == ([], [])
    assert Path(home).is_relative_to(python.parents[1])
    packages = Path(home).parents[1]
    size = sum(
        file.stat().st_size
        for file in packages.rglob("*")
        if file.is_file()
        and "__pycache__" not in file.parts
        and not file.relative_to(packages).parts[0].startswith(("pip", "setuptools"))
    )
    assert 30e6 < size < 80e6, f"{size / 1e6:.0f} MB: say so in README.md and docs/redacting.md"
