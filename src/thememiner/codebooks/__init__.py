"""Codebooks and review templates: read, checked, and written for the programs that people edit them in.

    book = codebook("mine.xlsx")          # or a shipped name, a TOML file, a REFI-QDA codebook (.qdc)
    export(book, "mine.qdc")

A TOML file and a workbook hold the whole of a codebook; a .qdc has no place for examples (`left_out`).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from thememiner import resources
from thememiner.codebooks.templates import mismatch, missing_codes, template
from thememiner.errors import InputError
from thememiner.records import Codebook
from thememiner.saving import write_file

__all__ = ["codebook", "export", "left_out", "mismatch", "missing_codes", "template"]

# Ending -> the module that reads a path and writes a codebook; only TOML's is always loaded.
_FORMATS = {".toml": "tomlbooks", ".xlsx": "workbooks", ".qdc": "refiqda"}


def codebook(name: str) -> Codebook:
    """The codebook called `name` (a shipped one, or a path to a TOML, XLSX or REFI-QDA .qdc file).

    Raises `UnknownNameError` with the nearest name, `TomlError` saying what is wrong in a TOML file and
    where, or `InputError` naming the sheet and cell of a workbook or the code of a .qdc.
    """
    path = resources.named_file("codebooks", name)
    book: Codebook = _format(path.suffix.lower()).read(path)
    return book


def export(book: Codebook, file: str | Path) -> Path:
    """The codebook written to `file`, as TOML, XLSX or .qdc by its ending.

    The same codebook gives the same bytes. Raises `InputError` for another ending, and for what the format
    cannot hold.
    """
    path = Path(file)
    if path.suffix.lower() not in _FORMATS:
        raise InputError(
            f"{path} cannot hold a codebook: give it a name that ends in {', '.join(_FORMATS)} "
            "(TOML, Excel, REFI-QDA for NVivo, ATLAS.ti and MAXQDA)."
        )
    return write_file(path, _format(path.suffix.lower()).written(book))


def _format(suffix: str) -> Any:
    return import_module(f"thememiner.codebooks.{_FORMATS.get(suffix, 'tomlbooks')}")


def left_out(book: Codebook, file: str | Path) -> str:
    """What the format of `file` has no place for, in words; "" when it holds the whole codebook."""
    if Path(file).suffix.lower() != ".qdc":
        return ""
    counts = {
        "examples": sum(len(code.examples) for code in book.codes),
        "near misses": sum(len(code.near_misses) for code in book.codes),
        "background texts": len(book.background),
    }
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n)
