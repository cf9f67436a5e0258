"""`fill`: the accepted findings of a report into the answer cells of a form, otherwise left as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import writing

if TYPE_CHECKING:
    from thememiner.records import Report, Template


def fill(
    form: Annotated[Path, typer.Argument(help="The form to fill in: .docx or .xlsx. It is not changed.")],
    report: Annotated[Path, typer.Argument(help="A report.json with what people decided (findings apply).")],
    out: Annotated[Path, typer.Option("--out", help="The filled form to write, in the form's own format.")],
    template: Annotated[
        str,
        typer.Option(
            help="The report's template, if it is your own: its prompts tell the sections of questions.",
            show_default=False,
        ),
    ] = "",
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Write findings that nobody has reviewed too, each marked so.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace --out even if people may have written in it.")
    ] = False,
) -> None:
    """Write the findings that people accepted into the blank answer cells of a form, and change nothing else.

    An answer that is there is never written over. What is filled and what is left alone is told.
    """
    from thememiner import InputError, filling
    from thememiner.deidentifying import mask
    from thememiner.reports.json import load
    from thememiner.saving import write_file

    if not form.is_file():
        raise InputError(f"{form} is not a file: give the path of a form, such as form.docx or form.xlsx.")
    if out.suffix.lower() != form.suffix.lower():
        raise InputError(f"{out} would hold what {form.name} is: give it a name that ends in {form.suffix}.")
    writing.check_file(out, (), [form, report])
    found = load(report)
    made = filling.fill(form, found, _layout(found, template), drafts=drafts)
    if out.exists() and not overwrite and writing.content(out) != made.content:
        raise InputError(
            f"{out} is there already, and people may have written in it: choose another --out, or pass "
            "--overwrite to replace it."
        )
    write_file(out, made.content)
    for line in made.notes:
        typer.echo(mask(line).text)  # a heading of a form may name somebody
    typer.echo(f"Form: {out}")


def _layout(report: Report, name: str) -> Template | None:
    """The template named, else the shipped one that the report was made with; None where there is neither."""
    from thememiner import resources, template

    given = report.provenance.get("template")
    own = str(given.get("id", "")) if isinstance(given, dict) else ""
    name = name or (own if own in resources.names("templates") else "")
    return template(name) if name else None
