"""What users get: the wheel, built, put in a folder of its own, and used with the checkout out of reach."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow

# -B writes no .pyc beside it; -I and -S leave out the working folder, PYTHON* variables and .pth files,
# so no editable install is found.
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); sys.path.append(sys.argv.pop(1))\n"
    "import thememiner, thememiner_cli, pathlib\n"
    "for package in (thememiner, thememiner_cli):\n"
    "    assert pathlib.Path(package.__file__).is_relative_to(sys.path[0]), package.__file__\n"
    "assert not any(path.startswith({checkout!r} + end) for path in sys.path for end in ('/src', '/cli'))\n"
)


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """The folder in which the wheel was put."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("thememiner-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


@pytest.fixture
def run(target, tmp_path):
    """`run(code, *arguments)`: Python code in a clean process, in another folder, with the wheel alone."""

    def start(code: str, *arguments: object) -> str:
        libraries = sysconfig.get_path("purelib")
        script = START.format(checkout=str(CHECKOUT)) + code
        command = [sys.executable, "-I", "-S", "-B", "-c", script, target, libraries, *arguments]
        done = subprocess.run(
            [*map(str, command)], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return start


MAIN = "from thememiner_cli.app import main; main()"


def test_the_wheel_holds_what_it_should(target):
    names = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()}
    for name in (
        "thememiner/_shipped/codebooks/assertive-care.toml",
        "thememiner/_shipped/codebooks/contributory-factors.toml",
        "thememiner/_shipped/codebooks/lfpse-risk-themes.toml",
        "thememiner/_shipped/codebooks/patient-experience.toml",
        "thememiner/_shipped/codebooks/pfd-concerns.toml",
        "thememiner/_shipped/codebooks/seips.toml",
        "thememiner/_shipped/templates/assertive-care-review.toml",
        "thememiner/_shipped/actions/assertive-care.toml",
        "thememiner/_shipped/actions/general.toml",
        "thememiner/_shipped/templates/experience-report.toml",
        "thememiner/_shipped/templates/psirf-thematic-review.toml",
        "thememiner/_shipped/columns/lfpse.toml",
        "thememiner/_shipped/cues/polarity.toml",
        "thememiner/_shipped/samples/review.toml",
        "thememiner/_shipped/models/polarity.safetensors",
        "thememiner/reports/schema.json",
        "thememiner/reports/report.html.j2",
        "thememiner/reports/report.css",
        "thememiner_cli/app.py",
    ):
        assert name in names
    for name in names:
        assert not name.startswith(("tests/", "corpora/", "docs/")), name
        assert Path(name).suffix not in {".pickle", ".pkl", ".joblib", ".pyc"}, name
    (points,) = target.glob("*.dist-info/entry_points.txt")
    assert "thememiner = thememiner_cli.app:main" in points.read_text()
    assert list(target.glob("*.dist-info/licenses/LICENSE"))


def test_the_shipped_folders_are_those_of_the_wheel(run, target):
    code = (
        "from thememiner import resources\n"
        "for name in ('codebooks', 'templates', 'columns', 'cues', 'samples', 'models'):\n"
        "    print(resources.folder(name))"
    )
    assert run(code).splitlines() == [
        str(target / "thememiner" / "_shipped" / name)
        for name in ("codebooks", "templates", "columns", "cues", "samples", "models")
    ]


def test_the_reader_is_the_same_as_the_checkouts(run):
    from thememiner.resources import reader_digest

    assert (
        run("from thememiner import resources; print(resources.reader_digest())").strip() == reader_digest()
    )


def test_light_commands(run, tmp_path):
    assert run(MAIN, "codebooks", "list").startswith("assertive-care\t")
    assert "sections" in run(MAIN, "templates", "list")
    (tmp_path / "a.csv").write_text("text\nThe family rang and nobody called back.\n")
    said = run(MAIN, "read", "a.csv", "--text-column", "text", "--out", "d.jsonl")
    assert "1 file found: 1 read" in said
    assert json.loads((tmp_path / "d.jsonl").read_text())["id"] == "a.csv:2"


def test_a_whole_run_and_its_proof(run, tmp_path, golden):
    """With the shipped template and the small codebook, which trains in a blink."""
    review = golden / "review.toml"
    said = run(MAIN, "run", "--review", review, "--codebook", golden / "codebook.toml", "--out", "out")
    assert "Report: out/report.html" in said
    files = [golden / name for name in ("incidents.csv", "comments.csv", "policy.md")]
    assert "Verified: every quote" in run(MAIN, "verify", "out/report.json", *files)
    assert (tmp_path / "out/report.html").stat().st_size > 10_000
