"""`codebooks` and `templates`: what is shipped, what is in one, whether one's own is sound."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer

codebooks = typer.Typer(help="List, show and check codebooks.", no_args_is_help=True)
templates = typer.Typer(help="List, show and check review templates.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A shipped name, or a path to a TOML file.")]
File = Annotated[Path, typer.Argument(help="A TOML file.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@codebooks.command("list")
def list_codebooks() -> None:
    """The shipped codebooks, one a line."""
    from thememiner import codebook, resources

    for name in resources.names("codebooks"):
        book = codebook(name)
        typer.echo(f"{name}\t{len(book.codes)} codes\t{book.name}")


@codebooks.command("show")
def show_codebook(name: Name, as_json: Json = False) -> None:
    """The codes of a codebook, with their definitions."""
    from thememiner import codebook

    book = codebook(name)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(book), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{book.name} ({book.id} {book.version}, {len(book.codes)} codes)\n")
    for code in book.codes:
        unwanted = "" if code.wanted else " [its presence is not wanted]"
        typer.echo(f"{code.id}: {code.name}{unwanted}\n  {code.definition}\n  {len(code.examples)} examples")


@codebooks.command("check")
def check_codebook(file: File) -> None:
    """Read a codebook and say what is thin in it; a broken one is an error, exit code 2."""
    from thememiner import codebook

    book = codebook(str(file))
    thin = [c for c in book.codes if len(c.examples) < 8]
    for code in thin:
        typer.echo(f"{code.id}: {len(code.examples)} examples; with fewer than 8 expect it to miss much.")
    typer.echo(f"{file.name} is sound: {len(book.codes)} codes, {len(thin)} thin.")


@templates.command("list")
def list_templates() -> None:
    """The shipped review templates, one a line."""
    from thememiner import resources, template

    for name in resources.names("templates"):
        layout = template(name)
        official = "official" if layout.official else "not an official template"
        typer.echo(f"{name}\t{len(layout.sections)} sections\t{official}\t{layout.name}")


@templates.command("show")
def show_template(name: Name, as_json: Json = False) -> None:
    """The sections and requirements of a template."""
    from thememiner import template

    layout = template(name)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(layout), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{layout.name} ({layout.id} {layout.version})\n{layout.note}\n")
    for section in layout.sections:
        typer.echo(
            f"{section.id}: {section.title}\n  takes {', '.join(section.kinds)}\n  {len(section.codes)} codes"
        )
    for requirement in layout.requirements:
        typer.echo(f"requirement {requirement.id}: {requirement.text}")


@templates.command("check")
def check_template(
    file: File,
    codebook: Annotated[str, typer.Option(help="The codebook whose codes it should name.")] = "",
) -> None:
    """Read a template and, with --codebook, hold the codes it names against that codebook."""
    import thememiner as tm
    from thememiner.codebooks import check_codes

    layout = tm.template(str(file))
    problems = check_codes(layout, tm.codebook(codebook)) if codebook else []
    if problems:
        raise tm.TomlError("; ".join(problems) + ".")
    typer.echo(
        f"{file.name} is sound: {len(layout.sections)} sections, {len(layout.requirements)} requirements."
    )
