"""Where results go: looked at before the work begins, so that a slip costs no run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from thememiner.records import LedgerEntry


def check_file(*paths: Path | None) -> None:
    """Raise `InputError` for a file to write that is a folder, or whose folder cannot be made."""
    from thememiner.errors import InputError

    for path in paths:
        if path is not None:
            if path.is_dir():
                raise InputError(f"{path} is a folder: give the name of the file to write.")
            check_folder(path.parent)


def check_folder(path: Path) -> None:
    """Raise `InputError` for a folder that is a file, or that cannot be made or written in."""
    from thememiner.errors import InputError

    there = next((p for p in (path, *path.absolute().parents) if p.exists()), Path("/"))
    if not there.is_dir():
        raise InputError(f"{path} cannot be made: {there.name} is a file, not a folder.")
    if not os.access(there, os.W_OK):
        raise InputError(f"{path} cannot be written: you may not write in {there.name or there}.")


def write(path: Path, text: str) -> None:
    """The file written whole, or not at all."""
    from thememiner.saving import write_file

    write_file(path, text.encode("utf-8"))


def say_unread(ledger: Iterable[LedgerEntry]) -> None:
    """A line on stderr for each file that was not read whole."""
    for line in unread(ledger):
        typer.echo(line, err=True)


def unread(ledger: Iterable[LedgerEntry]) -> list[str]:
    """What became of each file that was not read whole: its name (through the wall), why, what to do."""
    from thememiner.deidentifying import mask

    words = {"refused": "refused", "partly_read": "partly read"}
    return [
        mask(f"{e.source}: {words[e.status]}, {e.reason}. {e.detail}".rstrip()).text
        for e in ledger
        if e.status != "read"
    ]
