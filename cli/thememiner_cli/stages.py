"""`read`, `redact`, `segment`, `code`, `discover`: one stage at a time, rows out."""

from __future__ import annotations

import csv
import enum
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from thememiner_cli import writing
from thememiner_cli.progress import shown

if TYPE_CHECKING:
    from thememiner.records import LedgerEntry, Source
    from thememiner.settings import Settings
    from thememiner.steps import ReadTexts


class KindName(enum.StrEnum):
    """The four kinds of text."""

    incident = "incident"
    policy = "policy"
    account = "account"
    feedback = "feedback"


class Unit(enum.StrEnum):
    """What is clustered."""

    document = "document"
    passage = "passage"


Sources = Annotated[list[Path], typer.Argument(help="Files and folders to read.")]
KindOption = Annotated[KindName, typer.Option("--kind", help="What kind of text this is.")]
Columns = Annotated[
    list[str] | None, typer.Option("--text-column", help="Text column of a table. Repeatable.")
]
IdColumn = Annotated[str, typer.Option("--id-column", help="Id column of a table.")]
OutFile = Annotated[Path, typer.Option("--out", help="The file to write.")]
# Names that somebody gives to a file, not to a folder.
_FILES = frozenset((".csv", ".json", ".ndjson", ".tsv", ".txt", ".xlsx", ".docx", ".zip"))


def read(
    sources: Sources,
    out: OutFile,
    ledger: Annotated[Path | None, typer.Option(help="Where to write the ledger (JSON).")] = None,
    redact: Annotated[bool, typer.Option("--redact/--no-redact", help="De-identify (the default).")] = True,
    reason: Annotated[
        str, typer.Option(help="Why texts are not de-identified: --no-redact needs it; the ledger keeps it.")
    ] = "",
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Read files and folders: a line a document, and a ledger of what became of each file."""
    from thememiner import steps
    from thememiner.reading.ledger import ledger_table

    reason = _reason(redact, reason)
    if not redact:
        ledger = ledger or out.with_suffix(".ledger.json")
    writing.check_file(out, ledger)
    if not redact:
        typer.echo(
            f"thememiner: --no-redact: the texts written still hold identifiers; {ledger} records why.",
            err=True,
        )
    found = _read(sources, kind, text_column, id_column, redact=redact)
    _write_lines(out, steps.document_rows(found.documents))
    if ledger:
        table = ledger_table(found.ledger, reason)
        writing.write(ledger, json.dumps(table, ensure_ascii=False, indent=1) + "\n")
    _say(found)


def redact(
    sources: Sources,
    out: Annotated[
        Path, typer.Option("--out", help="A new folder for the same files de-identified, or a .jsonl file.")
    ],
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """De-identify files, in their own layout, into a folder; or texts, every row a line, into a .jsonl file.

    In a folder every cell of a table is masked, with a ledger and a summary of what was masked beside them.
    """
    if out.suffix.lower() != ".jsonl":
        _redact_folder(sources, out, kind, [*(text_column or ()), *([id_column] if id_column else ())])
        return
    from thememiner import steps

    writing.check_file(out)
    found = _read(sources, kind, text_column, id_column, keep_empty=True)
    _write_lines(out, steps.redaction_rows(found.documents))
    _say(found)


def segment(
    sources: Sources,
    out: OutFile,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Cut texts into passages: sentences, list items and table cells, with their offsets."""
    from thememiner import steps

    writing.check_file(out)
    found = _read(sources, kind, text_column, id_column)
    _write_lines(out, steps.passage_rows(found.documents))
    _say(found)


def code(
    sources: Sources,
    codebook: Annotated[str, typer.Option(help="A shipped codebook's name, or a path to one.")],
    out: OutFile,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Code texts with a codebook: every code's score for every document, and the passage it rests on."""
    from thememiner import codebooks, steps

    writing.check_file(out)
    codebooks.codebook(codebook)  # a wrong name is said before anything is read
    found = _read(sources, kind, text_column, id_column)
    rows = steps.code_rows(found.documents, _settings(codebook=codebook))
    _write_table(out, ("id", "code_id", "score", "outcome", "start", "end"), rows)
    _say(found)


def discover(
    sources: Sources,
    out: OutFile,
    unit: Annotated[Unit, typer.Option(help="Cluster whole documents, or their passages.")] = Unit.document,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Find themes without a codebook: one row a document and theme, strongest first."""
    from thememiner import steps

    writing.check_file(out)
    found = _read(sources, kind, text_column, id_column)
    rows = steps.theme_rows(found.documents, _settings(), unit.value)
    _write_table(out, ("id", "theme_id", "theme_name", "strength"), rows)
    _say(found)


def _redact_folder(sources: list[Path], out: Path, kind: KindName, columns: list[str]) -> None:
    """Write the files de-identified, and say what was refused and how many masks there are."""
    from thememiner import redacting
    from thememiner.errors import InputError

    if columns:
        raise InputError(
            "--text-column and --id-column are for a .jsonl file: in a folder every column is de-identified."
        )
    if out.suffix.lower() in _FILES and not out.is_dir():
        raise InputError(f"{out} would be a folder: give it another name, or one that ends in .jsonl.")
    writing.check_folder(out)
    with shown() as tell:
        done = redacting.redact(
            sources, out, kind=kind.value, progress=lambda n, total: tell("redact", n, total)
        )
    ledger = [file.entry for file in done.files]
    writing.say_unread(ledger)
    if all(entry.status == "refused" for entry in ledger):
        raise InputError(f"no file could be read; {out / redacting.LEDGER} says why.")
    masks = sum(number for file in done.files for _, number in file.masks)
    typer.echo(f"{_found(ledger)}; {masks:,} masks. {redacting.WORDS}")
    typer.echo(f"Written: {out}")


def _reason(redact: bool, reason: str) -> str:
    """Why texts are not de-identified, through the wall; raises `InputError` when it is not said."""
    from thememiner.deidentifying import mask
    from thememiner.errors import InputError

    if not redact and not reason.strip():
        raise InputError(
            "--no-redact needs --reason TEXT: say why the texts may keep identifiers; it is recorded."
        )
    if redact and reason:
        raise InputError("--reason says why texts are not de-identified: give it with --no-redact only.")
    return mask(" ".join(reason.split())).text


def _read(
    paths: Iterable[Path],
    kind: KindName,
    text: list[str] | None,
    id_column: str,
    *,
    redact: bool = True,
    keep_empty: bool = False,
) -> ReadTexts:
    from thememiner import steps
    from thememiner.records import Source

    sources: list[Source] = [Source(p, kind.value, text=tuple(text or ()), id=id_column) for p in paths]
    return steps.read_texts(sources, redact=redact, keep_empty=keep_empty)


def _settings(**changes: Any) -> Settings:
    from thememiner.settings import Settings

    return Settings(**changes)


def _say(found: ReadTexts) -> None:
    """What was read, in a line, and each file that was not, on stderr.

    Raises `InputError` when no text was read at all; what was written is kept.
    """
    if not found.documents:
        from thememiner.errors import InputError

        lines = writing.unread(found.ledger)
        more = f" And {len(lines) - 5} more." if len(lines) > 5 else ""
        raise InputError(f"no text could be read. {'; '.join(lines[:5])}.{more}")
    writing.say_unread(found.ledger)
    typer.echo(f"{_found(found.ledger)}; {len(found.documents):,} documents.")


def _found(ledger: Sequence[LedgerEntry]) -> str:
    """How many files were found, and what became of them."""
    counts = {s: sum(e.status == s for e in ledger) for s in ("read", "partly_read", "refused")}
    return (
        f"{len(ledger)} files found = {counts['read']} read + {counts['partly_read']} partly read "
        f"+ {counts['refused']} refused"
    )


def _write_lines(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    writing.write(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _write_table(out: Path, columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    writing.write(out, text.getvalue())
