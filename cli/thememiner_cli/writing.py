"""Where results go: looked at before the work begins, so that a slip costs no run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from thememiner.records import LedgerEntry


LINES = (".jsonl", ".ndjson")
TABLE = (".csv",)
_MOST_LINES = 50  # of what failed
_FORMATS = {".jsonl": "JSON lines", ".csv": "a CSV table", ".json": "JSON"}


def check_file(path: Path | None, suffixes: tuple[str, ...], sources: Iterable[Path]) -> None:
    """Raise `InputError` for a file that must not or cannot be written.

    It is a folder, one of the sources or in one; its name ends as if it held another format than it will;
    or its folder cannot be made. A name without an ending is left as it is.
    """
    from thememiner import outputs
    from thememiner.errors import InputError

    if path is None:
        return
    if path.is_dir():
        raise InputError(f"{path} is a folder: give the name of the file to write.")
    if suffixes and path.suffix and path.suffix.lower() not in suffixes:
        raise InputError(
            f"{path} would hold {_FORMATS[suffixes[0]]}: give it a name that ends in {' or '.join(suffixes)}."
        )
    outputs.keep_apart([path], sources)
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


def content(path: Path) -> bytes:
    """The bytes of a file; `InputError` for one that cannot be read."""
    from thememiner.errors import InputError

    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}. If it is open in another program, close it."
        ) from None


def say_unread(ledger: Iterable[LedgerEntry]) -> None:
    """A line on stderr for each file that was not read whole."""
    for line in unread(ledger):
        typer.echo(line, err=True)


def unread(ledger: Iterable[LedgerEntry]) -> list[str]:
    """What became of each file that was not read whole: its name (through the wall), why, what to do."""
    from thememiner.deidentifying import mask

    words = {"refused": "refused", "partly_read": "partly read"}
    return [
        mask(f"{e.source}: {words[e.status]}, {e.reason}{e.detail and ': '}{e.detail}".rstrip(".") + ".").text
        for e in ledger
        if e.status != "read"
    ]


def counted(ledger: Sequence[LedgerEntry]) -> str:
    """How many files were found, and what became of them: "3 files found: 2 read, 1 refused"."""
    words = {"read": "read", "partly_read": "partly read", "refused": "refused"}
    states = {word: sum(e.status == s for e in ledger) for s, word in words.items()}
    held = ", ".join(f"{n:,} {word}" for word, n in states.items() if n)
    return f"{len(ledger):,} {'file' if len(ledger) == 1 else 'files'} found: {held}"


def number(count: int, noun: str) -> str:
    """How many of a thing: "1 document", "2 documents"."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


@contextmanager
def warnings_told() -> Iterator[None]:
    """Print what a run warns of, a line each on stderr, when the work is done: last, so that it is seen."""
    import warnings

    from thememiner.deidentifying import mask
    from thememiner.errors import InputWarning

    told: list[str] = []
    with warnings.catch_warnings():
        warnings.filterwarnings("always", category=InputWarning)
        shown = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *rest: Any) -> None:
            if issubclass(category, InputWarning):
                told.append(str(message))
            else:
                shown(message, category, *rest)

        warnings.showwarning = show  # type: ignore[assignment]
        yield
    for line in dict.fromkeys(told):
        typer.echo(f"thememiner: warning: {mask(line).text}", err=True)


def told(failures: Sequence[str]) -> None:
    """Say what failed, a line each, of many the first."""
    for line in failures[:_MOST_LINES]:
        typer.echo(f"{line}.", err=True)
    if len(failures) > _MOST_LINES:
        typer.echo(f"... and {len(failures) - _MOST_LINES:,} more", err=True)
