"""Where the shipped files are: inside an installed wheel, or beside the sources of a checkout."""

from __future__ import annotations

import hashlib
from pathlib import Path

from thememiner.errors import ResourceError, UnknownNameError

# What a codebook or template of one's own may be kept in, so that a misspelt path is told from a name.
_OWN = (".toml", ".xlsx", ".qdc")
_LONGEST_NAME = 200  # characters of a shipped name
_SHIPPED = Path(__file__).parent / "_shipped"
_CHECKOUT = Path(__file__).parents[2]

# Folder of the wheel -> folder of the checkout (an editable install has no `_shipped`).
_FOLDERS = {
    "codebooks": "corpora/codebooks",
    "templates": "corpora/templates",
    "actions": "corpora/actions",
    "columns": "corpora/columns",
    "cues": "corpora/cues",
    "samples": "corpora/samples",
    "models": "models/artefacts",
}


def folder(name: str) -> Path:
    """The folder of shipped files called `name` ("codebooks", "templates", "columns", ...)."""
    if name not in _FOLDERS:
        raise UnknownNameError("shipped folder", name, _FOLDERS)
    for candidate in (_SHIPPED / name, _CHECKOUT / _FOLDERS[name]):
        if candidate.is_dir():
            return candidate
    raise ResourceError(f"the shipped folder {name!r} is missing: reinstall thememiner")


def names(kind: str) -> list[str]:
    """The names of the shipped TOML files of one sort ("codebooks", "templates", ...), sorted."""
    return sorted(path.stem for path in folder(kind).glob("*.toml"))


def named_file(kind: str, name: str) -> Path:
    """The file that `name` means: a path if it is one, else the shipped TOML file of that name.

    Raises `UnknownNameError` with the nearest shipped name.
    """
    given = Path(name)
    try:
        there = given.is_file()
    except OSError:  # too long for the file system
        there = False
    if given.suffix.lower() in _OWN or there:
        if there:
            return given
        sort = "TOML file" if given.suffix.lower() == ".toml" else "file"
        raise UnknownNameError(kind[:-1], name, names(kind), f"A path must lead to a {sort} that exists.")
    shipped = folder(kind) / f"{name[:_LONGEST_NAME]}.toml"
    if not shipped.is_file():
        raise UnknownNameError(kind[:-1], name, names(kind), "A path to a TOML file works too.")
    return shipped


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def reader_digest() -> str:
    """SHA-256 over the code and tables that decide a document's text: readers, identifiers, column maps."""
    here = Path(__file__).parent
    files = [*sorted((here / "reading").rglob("*.py")), *sorted((here / "deidentifying").rglob("*.py"))]
    files += sorted(folder("columns").glob("*.toml"))
    whole = hashlib.sha256()
    for path in files:  # the same on a checkout with Windows line ends
        whole.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()
