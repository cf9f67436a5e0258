"""`read`, `redact`, `segment`, `code`, `discover`: one stage at a time, rows out."""

from __future__ import annotations

import csv
import enum
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from thememiner_cli import writing

if TYPE_CHECKING:
    from thememiner.records import Source
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


Sources = Annotated[
    list[Path], typer.Argument(help="Files and folders to read; also what read, redact or segment wrote.")
]
KindOption = Annotated[KindName, typer.Option("--kind", help="What kind of text this is.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--text-column", help="Text column; each table uses those it has. Repeatable."),
]
IdColumn = Annotated[str, typer.Option("--id-column", help="Id column of a table.")]
OutLines = Annotated[Path, typer.Option("--out", help="The file to write: JSON lines (.jsonl).")]
OutTable = Annotated[Path, typer.Option("--out", help="The file to write: a table (.csv).")]


def read(
    sources: Sources,
    out: OutLines,
    ledger: Annotated[Path | None, typer.Option(help="Where to write the ledger (.json).")] = None,
    redact: Annotated[bool, typer.Option("--redact/--no-redact", help="De-identify (the default).")] = True,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Read files and folders: a line a document, and a ledger of what became of each file."""
    from thememiner import steps

    writing.check_file(out, writing.LINES, sources)
    writing.check_file(ledger, (".json",), [*sources, out])
    if not redact:
        typer.echo("thememiner: --no-redact: the texts written still hold identifiers.", err=True)
    with writing.warnings_told():
        found = _read(sources, kind, text_column, id_column, redact=redact)
        if ledger:
            table = steps.ledger_table(found.ledger)
            writing.write(ledger, json.dumps(table, ensure_ascii=False, indent=1) + "\n")
        _check(found)
        _write_lines(out, steps.document_rows(found.documents))
        _say(found)


def redact(
    sources: Sources,
    out: OutLines,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """De-identify texts: every row comes back, with what was masked and where."""
    from thememiner import steps

    writing.check_file(out, writing.LINES, sources)
    with writing.warnings_told():
        found = _read(sources, kind, text_column, id_column, keep_empty=True)
        _check(found)
        _write_lines(out, steps.redaction_rows(found.documents))
        _say(found)


def segment(
    sources: Sources,
    out: OutLines,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Cut texts into passages: sentences, list items and table cells, with their offsets."""
    from thememiner import steps

    writing.check_file(out, writing.LINES, sources)
    with writing.warnings_told():
        found = _read(sources, kind, text_column, id_column)
        _check(found)
        _write_lines(out, steps.passage_rows(found.documents))
        _say(found)


def code(
    sources: Sources,
    codebook: Annotated[str, typer.Option(help="A shipped codebook's name, or a path to one.")],
    out: OutTable,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Code texts with a codebook: every code's score for every document, and the passage it rests on."""
    from thememiner import codebooks, steps

    writing.check_file(out, writing.TABLE, sources)
    codebooks.codebook(codebook)  # a wrong name is said before anything is read
    with writing.warnings_told():
        found = _read(sources, kind, text_column, id_column)
        _check(found)
        rows = steps.code_rows(found.documents, _settings(codebook=codebook))
        _write_table(out, ("id", "code_id", "score", "outcome", "start", "end"), rows)
        _say(found)


def discover(
    sources: Sources,
    out: OutTable,
    unit: Annotated[Unit, typer.Option(help="Cluster whole documents, or their passages.")] = Unit.document,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Find themes without a codebook: one row a document and theme, strongest first."""
    from thememiner import steps

    writing.check_file(out, writing.TABLE, sources)
    with writing.warnings_told():
        found = _read(sources, kind, text_column, id_column)
        _check(found)
        rows = steps.theme_rows(found.documents, _settings(), unit.value)
        _write_table(out, ("id", "theme_id", "theme_name", "strength"), rows)
        _say(found)


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


def _check(found: ReadTexts) -> None:
    """Raise `InputError` when no text was read at all, before anything is written of it."""
    if not found.documents:
        from thememiner.errors import InputError

        lines = [line.rstrip(".") for line in writing.unread(found.ledger)]
        more = f" And {len(lines) - 5} more." if len(lines) > 5 else ""
        raise InputError(f"no text could be read. {'; '.join(lines[:5])}.{more}")


def _say(found: ReadTexts) -> None:
    """What was read, in a line, and each file that was not, on stderr."""
    writing.say_unread(found.ledger)
    typer.echo(f"{writing.counted(found.ledger)}; {writing.number(len(found.documents), 'document')}.")


def _write_lines(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    writing.write(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _write_table(out: Path, columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    writing.write(out, text.getvalue())
