"""`train`: from texts that people have coded, a coder for `code` and `run`; `choose`: which to code next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import stages, writing
from thememiner_cli.progress import shown

if TYPE_CHECKING:
    from thememiner.coding import Coder
    from thememiner.records import Codebook


def train(
    sources: Annotated[
        list[Path], typer.Argument(help="Tables of texts that people have coded: files or folders.")
    ],
    codebook: Annotated[str, typer.Option(help="A shipped codebook's name, or a path to one.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the coder. Made if it is not there.")],
    text_column: stages.Columns = None,
    group_column: Annotated[
        str,
        typer.Option(
            help="Column that says who wrote a text (a respondent, a report): what one wrote is never both "
            "learnt from and checked on."
        ),
    ] = "",
    columns_map: Annotated[
        Path | None,
        typer.Option(help='A TOML file of code-id = ["heading", ...], instead of the codes\' own columns.'),
    ] = None,
    kind: stages.KindOption = stages.KindName.feedback,
    redact: Annotated[bool, typer.Option("--redact/--no-redact", help="De-identify (the default).")] = True,
    reason: Annotated[str, typer.Option(help="Why texts are not de-identified: --no-redact needs it.")] = "",
    pattern: stages.Patterns = None,
    dates: stages.Dates = stages.DatesKept.keep,
    recogniser: stages.Recognisers = None,
    precision: Annotated[str, typer.Option(help="auto, bfloat16 or float32.")] = "auto",
    fine_tune: Annotated[
        bool,
        typer.Option(
            "--fine-tune",
            help="Tune the encoder too, in minutes, and keep it where texts held back are told better with "
            "it. Needs 300 labelled texts.",
        ),
    ] = False,
) -> None:
    """Train a coder on a codebook and on texts that people have coded, and say how well it tells each code.

    A label column is named by a code's id or name, or listed in the code's `columns`; its cells say 1 or 0,
    yes or no, true or false, x or nothing. The coder holds numbers alone: no text, and no word of one.
    """
    import dataclasses

    from thememiner import codebooks, coding, embedding, outputs, teaching
    from thememiner.records import Source

    writing.check_folder(out)
    outputs.keep_apart([out], sources)
    book = codebooks.codebook(codebook)
    mapped = teaching.columns_map(columns_map, book) if columns_map else None
    reason = stages.said_reason(redact, reason)
    with writing.warnings_told():
        taught = teaching.teach(
            [Source(path, kind.value, text=tuple(text_column or ())) for path in sources],
            book,
            group_column=group_column,
            mapped=mapped,
            redact=redact,
            local_patterns=tuple(pattern or ()),
            dates=dates.value,
            recognisers=tuple(recogniser or ()),
        )
        if not redact:
            typer.echo(
                "thememiner: --no-redact: identifiers in these texts weigh in the coder too.", err=True
            )
        with shown() as tell:
            encoder = embedding.encoder("minilm", precision)
            coder = coding.train(
                book,
                encoder,
                taught.labelled,
                lambda done, total: tell("train", done, total),
                fine_tune=fine_tune,
            )
        coder = dataclasses.replace(coder, origin=dataclasses.replace(coder.origin, reason=reason))
        coding.save(coder, out)
        _print_figures(book, coder, len(taught.columns))
        _say_compared(coder)
        blank = f" Left out: {writing.number(taught.blank, 'row')} without text." if taught.blank else ""
        typer.echo(f"Trained on {writing.number(len(taught.labelled.texts), 'labelled text')}.{blank}")
        typer.echo(f"Coder: {out}. It holds numbers alone: no text, and no word of one.")


def choose(
    sources: stages.Sources,
    codebook: Annotated[str, typer.Option(help="A shipped codebook's name, or a path to one.")],
    out: stages.OutTable,
    coder: Annotated[
        Path | None, typer.Option(help="A coder that 'thememiner train' wrote from the labels so far.")
    ] = None,
    number: Annotated[int, typer.Option(min=1, help="How many texts to choose.")] = 100,
    kind: stages.KindOption = stages.KindName.feedback,
    text_column: stages.Columns = None,
    id_column: stages.IdColumn = "",
) -> None:
    """Choose the texts that a person should label next: those that would teach the coder most.

    Give texts that have no label yet. The table written holds them de-identified, with an empty column a code
    to fill in; 'thememiner train' reads it as it is.
    """
    from thememiner import codebooks, coding, steps
    from thememiner.redacting.spreadsheets import harmless

    writing.check_file(out, writing.TABLE, sources)
    book = codebooks.codebook(codebook)
    if coder:
        coding.load(coder, book)
    with writing.warnings_told():
        found = stages.read_for(sources, kind, text_column, id_column)
        stages.check_read(found)
        settings = stages.settings_of(codebook=codebook, coder=str(coder or ""))
        columns = ("id", "text", *(code.id for code in book.codes))
        rows = steps.choice_rows(found.documents, settings, number)
        # a person opens the table in a spreadsheet program
        safe = ({key: harmless(cell) for key, cell in row.items()} for row in rows)
        stages.write_table(out, columns, safe)
        stages.say_read(found)


def _say_compared(coder: Coder) -> None:
    """Whether the fine-tuned encoder was kept, and why."""
    if not coder.compared:
        return
    found = coder.compared
    kept = "is kept" if coder.tuned else "is not kept, because it does not pay"
    typer.echo(
        f"The fine-tuned encoder {kept}: on {writing.number(found.texts, 'text')} held back F1 is "
        f"{found.tuned_f1:.3f} with it and {found.light_f1:.3f} without, mean average precision "
        f"{found.tuned_map:.3f} and {found.light_map:.3f}."
    )


def _print_figures(book: Codebook, coder: Coder, labelled: int) -> None:
    """A line a code that has labels, most texts first; then all together."""
    from rich.console import Console
    from rich.table import Table

    if not coder.figures:
        typer.echo("Too few labelled texts to check the coder on: the run's own thresholds apply.")
        return
    table = Table(title="On labelled texts held back, a group or text never on both sides")
    table.add_column("Code")
    for heading in ("Texts", "Precision", "Recall", "F1"):
        table.add_column(heading, justify="right")
    rows = sorted(zip(book.codes, coder.figures, strict=True), key=lambda row: (-row[1].texts, row[0].id))
    for code, found in rows:
        if found.texts:
            shares = (f"{share:.2f}" for share in (found.precision, found.recall, found.f1))
            table.add_row(code.id, f"{found.texts:,}", *shares)
    Console().print(table)
    typer.echo(
        f"{labelled:,} of {writing.number(len(book.codes), 'code')} have a label column. "
        "With few texts a figure is rough."
    )
