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
from thememiner_cli.progress import shown

if TYPE_CHECKING:
    from thememiner.deidentifying import Rules
    from thememiner.records import Source
    from thememiner.settings import Settings
    from thememiner.steps import ReadTexts


class KindName(enum.StrEnum):
    """The four kinds of text."""

    incident = "incident"
    policy = "policy"
    account = "account"
    feedback = "feedback"


class DatesKept(enum.StrEnum):
    """What is left of the date of an event."""

    keep = "keep"
    month = "month"


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
Patterns = Annotated[
    list[str] | None,
    typer.Option(
        "--pattern", help="Mask this local number too: a regular expression, or KIND=it. Repeatable."
    ),
]
Dates = Annotated[
    DatesKept, typer.Option("--dates", help="Keep dates of events, or leave only their month and year.")
]
Recognisers = Annotated[
    list[str] | None,
    typer.Option(
        "--recogniser",
        help="Mask the names this finds, too: an installed spaCy pipeline, or presidio. Repeatable.",
    ),
]
_CODED = ("id", "code_id", "score", "outcome", "start", "end", "words", "nearest_example")
# Names that somebody gives to a file, not to a folder.
_FILES = frozenset((".csv", ".json", ".ndjson", ".tsv", ".txt", ".xlsx", ".docx", ".zip"))


def read(
    sources: Sources,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write: JSON lines (.jsonl).")] = None,
    ledger: Annotated[Path | None, typer.Option(help="Where to write the ledger (.json).")] = None,
    redact: Annotated[bool, typer.Option("--redact/--no-redact", help="De-identify (the default).")] = True,
    reason: Annotated[
        str, typer.Option(help="Why texts are not de-identified: --no-redact needs it; the ledger keeps it.")
    ] = "",
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
    pattern: Patterns = None,
    dates: Dates = DatesKept.keep,
    recogniser: Recognisers = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show what would be made of each file; write nothing.")
    ] = False,
) -> None:
    """Read files and folders: a line a document, and a ledger of what became of each file."""
    if preview:
        _preview(sources, kind, text_column, id_column)
        return
    from thememiner import steps
    from thememiner.errors import InputError
    from thememiner.reading.ledger import ledger_table

    if out is None:
        raise InputError("read needs --out FILE.jsonl, or --preview to see what would be made of the files.")
    reason = said_reason(redact, reason)
    if not redact:
        ledger = ledger or out.with_suffix(".ledger.json")
    writing.check_file(out, writing.LINES, sources)
    writing.check_file(ledger, (".json",), [*sources, out])
    if not redact:
        typer.echo(
            f"thememiner: --no-redact: the texts written still hold identifiers; {ledger} records why.",
            err=True,
        )
    with writing.warnings_told():
        found = read_for(
            sources,
            kind,
            text_column,
            id_column,
            redact=redact,
            pattern=pattern,
            dates=dates,
            recogniser=recogniser,
        )
        if ledger:
            table = ledger_table(found.ledger, reason)
            writing.write(ledger, json.dumps(table, ensure_ascii=False, indent=1) + "\n")
        check_read(found)
        _write_lines(out, steps.document_rows(found.documents))
        say_read(found)


def _preview(paths: list[Path], kind: KindName, text: list[str] | None, id_column: str) -> None:
    """Print what would be made of each file: headings and numbers, through the wall."""
    from thememiner.deidentifying import mask
    from thememiner.reading.previewing import preview
    from thememiner.records import Source

    for path in paths:
        for found in preview([Source(path, kind.value, text=tuple(text or ()), id=id_column)]):
            typer.echo(f"{mask(found.source).text}: {found.taken_for}")
            for what, which in found.lines:
                typer.echo(f"  {mask(what).text}: {mask(which).text}")


def redact(
    sources: Sources,
    out: Annotated[
        Path, typer.Option("--out", help="A new folder for the same files de-identified, or a .jsonl file.")
    ],
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
    pattern: Patterns = None,
    dates: Dates = DatesKept.keep,
    recogniser: Recognisers = None,
) -> None:
    """De-identify files, in their own layout, into a folder; or texts, every row a line, into a .jsonl file.

    In a folder every cell of a table is masked, with a ledger and a summary of what was masked beside them.
    """
    if out.suffix.lower() != ".jsonl":
        from thememiner.deidentifying import rules

        columns = [*(text_column or ()), *([id_column] if id_column else ())]
        _redact_folder(
            sources, out, kind, columns, rules(tuple(pattern or ()), dates.value, tuple(recogniser or ()))
        )
        return
    from thememiner import steps

    writing.check_file(out, writing.LINES, sources)
    with writing.warnings_told():
        found = read_for(
            sources,
            kind,
            text_column,
            id_column,
            keep_empty=True,
            pattern=pattern,
            dates=dates,
            recogniser=recogniser,
        )
        check_read(found)
        _write_lines(out, steps.redaction_rows(found.documents))
        say_read(found)


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
        found = read_for(sources, kind, text_column, id_column)
        check_read(found)
        _write_lines(out, steps.passage_rows(found.documents))
        say_read(found)


def code(
    sources: Sources,
    codebook: Annotated[str, typer.Option(help="A shipped codebook's name, or a path to one.")],
    out: OutTable,
    coder: Annotated[
        Path | None, typer.Option(help="A coder that 'thememiner train' wrote for this codebook: its folder.")
    ] = None,
    kind: KindOption = KindName.incident,
    text_column: Columns = None,
    id_column: IdColumn = "",
) -> None:
    """Code texts with a codebook: every code's score for every document, and the passage it rests on."""
    from thememiner import codebooks, steps

    writing.check_file(out, writing.TABLE, sources)
    book = codebooks.codebook(codebook)  # a wrong name is said before anything is read
    if coder:
        from thememiner import coding

        coding.load(coder, book)
    with writing.warnings_told():
        found = read_for(sources, kind, text_column, id_column)
        check_read(found)
        rows = steps.code_rows(found.documents, settings_of(codebook=codebook, coder=str(coder or "")))
        write_table(out, _CODED, rows)
        say_read(found)


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
        found = read_for(sources, kind, text_column, id_column)
        check_read(found)
        rows = steps.theme_rows(found.documents, settings_of(), unit.value)
        write_table(out, ("id", "theme_id", "theme_name", "wider_theme", "strength", "stability"), rows)
        say_read(found)


def _redact_folder(sources: list[Path], out: Path, kind: KindName, columns: list[str], wall: Rules) -> None:
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
            sources, out, kind=kind.value, wall=wall, progress=lambda n, total: tell("redact", n, total)
        )
    ledger = [file.entry for file in done.files]
    writing.say_unread(ledger)
    if all(entry.status == "refused" for entry in ledger):
        raise InputError(f"no file could be read; {out / redacting.LEDGER} says why.")
    masks = sum(number for file in done.files for _, number in file.masks)
    typer.echo(f"{writing.counted(ledger)}; {writing.number(masks, 'mask')}. {redacting.WORDS}")
    typer.echo(f"Written: {out}")


def said_reason(redact: bool, reason: str) -> str:
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


def read_for(
    paths: Iterable[Path],
    kind: KindName,
    text: list[str] | None,
    id_column: str,
    *,
    redact: bool = True,
    keep_empty: bool = False,
    pattern: list[str] | None = None,
    dates: DatesKept = DatesKept.keep,
    recogniser: list[str] | None = None,
) -> ReadTexts:
    """The texts of files and folders, as `steps.read_texts`."""
    from thememiner import steps
    from thememiner.records import Source

    sources: list[Source] = [Source(p, kind.value, text=tuple(text or ()), id=id_column) for p in paths]
    return steps.read_texts(
        sources,
        redact=redact,
        keep_empty=keep_empty,
        local_patterns=tuple(pattern or ()),
        dates=dates.value,
        recognisers=tuple(recogniser or ()),
    )


def settings_of(**changes: Any) -> Settings:
    """The settings as they are, but for the changes."""
    from thememiner.settings import Settings

    return Settings(**changes)


def check_read(found: ReadTexts) -> None:
    """Raise `InputError` when no text was read at all, before anything is written of it."""
    if not found.documents:
        from thememiner.errors import InputError

        lines = [line.rstrip(".") for line in writing.unread(found.ledger)]
        more = f" And {len(lines) - 5} more." if len(lines) > 5 else ""
        raise InputError(f"no text could be read. {'; '.join(lines[:5])}.{more}")


def say_read(found: ReadTexts) -> None:
    """What was read, in a line, and each file that was not, on stderr."""
    writing.say_unread(found.ledger)
    typer.echo(f"{writing.counted(found.ledger)}; {writing.number(len(found.documents), 'document')}.")


def _write_lines(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    writing.write(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_table(out: Path, columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    writing.write(out, text.getvalue())
