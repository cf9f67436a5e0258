"""Shipped files are found in an installed wheel and in a checkout, and nowhere else."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from thememiner import resources
from thememiner.errors import ResourceError, UnknownNameError

ROOT = Path(__file__).parents[1]


@pytest.fixture
def places(tmp_path, monkeypatch):
    """An empty wheel folder and an empty checkout, both where `resources` looks."""
    monkeypatch.setattr(resources, "_SHIPPED", tmp_path / "wheel" / "_shipped")
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path / "checkout")

    def put(where: str, name: str, text: str = "") -> Path:
        path = tmp_path / where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return put


def test_from_the_wheel(places):
    path = places("wheel/_shipped", "codebooks/falls.toml")
    assert resources.folder("codebooks") == path.parent
    assert resources.named_file("codebooks", "falls") == path


def test_from_the_checkout_where_there_is_no_wheel_folder(places):
    path = places("checkout", "corpora/codebooks/falls.toml")
    assert resources.folder("codebooks") == path.parent
    assert resources.named_file("codebooks", "falls") == path
    weights = places("checkout", "models/artefacts/a.safetensors")
    assert resources.folder("models") == weights.parent


def test_the_wheel_goes_before_the_checkout(places):
    places("checkout", "corpora/codebooks/falls.toml")
    path = places("wheel/_shipped", "codebooks/falls.toml")
    assert resources.named_file("codebooks", "falls") == path


def test_neither(places):
    with pytest.raises(ResourceError, match=r"'cues' is missing: reinstall"):
        resources.folder("cues")


def test_a_folder_nobody_ships():
    with pytest.raises(
        UnknownNameError, match=r"shipped folder 'codebook' is not known. Did you mean 'codebooks'"
    ):
        resources.folder("codebook")


def test_names_are_sorted_and_only_of_toml_files(places):
    for name in ("b.toml", "a.toml", "notes.md"):
        places("checkout", f"corpora/templates/{name}")
    assert resources.names("templates") == ["a", "b"]


def test_a_misspelt_name_comes_back_with_the_nearest(places):
    places("checkout", "corpora/codebooks/falls.toml")
    places("checkout", "corpora/codebooks/pressure-sores.toml")
    with pytest.raises(UnknownNameError) as error:
        resources.named_file("codebooks", "presure-sores")
    assert str(error.value) == (
        "codebook 'presure-sores' is not known. Did you mean 'pressure-sores'? "
        "Known: falls, pressure-sores. A path to a TOML file works too."
    )


def test_a_path_is_taken_as_it_is(places, tmp_path, monkeypatch):
    places("checkout", "corpora/codebooks/falls.toml")
    own = places("mine", "own.toml")
    assert resources.named_file("codebooks", str(own)) == own
    odd = places("mine", "own.txt")  # a file that is there needs no ending
    assert resources.named_file("codebooks", str(odd)) == odd
    monkeypatch.chdir(own.parent)
    assert resources.named_file("codebooks", "own.toml") == Path("own.toml")


def test_a_path_that_leads_nowhere(places, tmp_path):
    places("checkout", "corpora/templates/falls.toml")
    with pytest.raises(UnknownNameError, match=r"A path must lead to a TOML file that exists") as error:
        resources.named_file("templates", str(tmp_path / "fals.toml"))
    assert str(error.value).startswith("template ")
    (tmp_path / "dir.toml").mkdir()
    with pytest.raises(UnknownNameError):
        resources.named_file("templates", str(tmp_path / "dir.toml"))
    with pytest.raises(UnknownNameError):
        resources.named_file("templates", "")


def test_the_wheel_takes_along_every_folder_that_is_asked_for():
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]
    shipped = hatch["build"]["targets"]["wheel"]["force-include"]
    asked = {there: f"thememiner/_shipped/{name}" for name, there in resources._FOLDERS.items()}
    assert shipped == asked | {"evaluation/baselines": "thememiner_evaluation/baselines"}
    assert all((ROOT / there).is_dir() for there in shipped)


def test_every_shipped_folder_is_found():
    for name in resources._FOLDERS:
        assert any(resources.folder(name).iterdir())


def test_the_digest_of_a_file(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"\x00\r\n" * 100_000)
    assert resources.sha256(path) == hashlib.sha256(b"\x00\r\n" * 100_000).hexdigest()


@pytest.fixture
def reader(places, monkeypatch):
    """A small package with one reader, one identifier table and one column map; writes into it."""
    package = places("package", "resources.py")
    monkeypatch.setattr(resources, "__file__", str(package))
    places("package", "reading/web.py", "a = 1\nb = 2\n")
    places("package", "deidentifying/dates.py", "c = 3\n")
    places("package", "polarity.py", "d = 4\n")
    places("checkout", "corpora/columns/fft.toml", "text = 'comment'\n")
    return places


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("package", "reading/web.py"),
        ("package", "reading/deeper/new.py"),
        ("package", "deidentifying/dates.py"),
        ("checkout", "corpora/columns/fft.toml"),
        ("checkout", "corpora/columns/new.toml"),
    ],
)
def test_what_decides_a_text_decides_the_digest(reader, where, name):
    before = resources.reader_digest()
    assert resources.reader_digest() == before
    reader(where, name, "something else\n")
    assert resources.reader_digest() != before


def test_what_does_not_decide_a_text_does_not(reader):
    before = resources.reader_digest()
    reader("package", "polarity.py", "d = 5\n")
    reader("package", "reading/web.py", "a = 1\r\nb = 2\r\n")  # a checkout on Windows
    assert resources.reader_digest() == before


def test_a_line_moved_from_one_file_to_the_next_is_a_difference(reader):
    reader("package", "reading/aa.py", "x\n")
    reader("package", "reading/ab.py", "y\n")
    before = resources.reader_digest()
    reader("package", "reading/aa.py", "x\ny\n")
    reader("package", "reading/ab.py", "")
    assert resources.reader_digest() != before
