"""`codebooks` and `templates`: what is shipped, what is in one, whether one's own is sound."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer

from thememiner_cli import writing

codebooks = typer.Typer(help="List, show, copy, export and check codebooks.", no_args_is_help=True)
templates = typer.Typer(help="List, show, copy, import and check review templates.", no_args_is_help=True)
_SHOWN = 10  # examples nearer another code, unless all are asked for

Name = Annotated[str, typer.Argument(help="A shipped name, or a path to a TOML file.")]
Book = Annotated[str, typer.Argument(help="A shipped name, or a path to a TOML, XLSX or QDC file.")]
BookFile = Annotated[Path, typer.Argument(help="A TOML, XLSX or QDC file.")]
File = Annotated[Path, typer.Argument(help="A TOML file.")]
Shipped = Annotated[str, typer.Argument(help="A shipped name.")]
NewFile = Annotated[Path, typer.Argument(help="The TOML file to write.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@codebooks.command("list")
def list_codebooks() -> None:
    """The shipped codebooks, one a line."""
    from thememiner import codebook, resources

    for name in resources.names("codebooks"):
        book = codebook(name)
        typer.echo(f"{name}\t{len(book.codes)} codes\t{book.name}")


@codebooks.command("show")
def show_codebook(name: Book, as_json: Json = False) -> None:
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


@codebooks.command("copy")
def copy_codebook(name: Shipped, file: NewFile) -> None:
    """Write a shipped codebook's TOML to a file, to change it into one's own."""
    _copy("codebooks", name, file)


@codebooks.command("export")
def export_codebook(
    name: Book,
    file: Annotated[
        Path, typer.Argument(help="The file to write; its ending (.xlsx, .qdc, .toml) says as what.")
    ],
) -> None:
    """Write a codebook for Excel (.xlsx), for NVivo, ATLAS.ti and MAXQDA (REFI-QDA .qdc), or as TOML.

    Every command that takes a codebook reads all three.
    """
    from thememiner import codebooks as books

    book = books.codebook(name)
    _keep(file)
    typer.echo(f"Written: {books.export(book, file)}.")
    if lost := books.left_out(book, file):
        typer.echo(f"Left out, as the format has no place for them: {lost}.")


@codebooks.command("check")
def check_codebook(
    file: BookFile,
    template: Annotated[str, typer.Option(help="A template that should name its codes.")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="List every example that is nearer another code.")
    ] = False,
) -> None:
    """Say what to look at in a codebook: thin, undefined and overlapping codes, examples that fit another.

    It is advice, exit code 0; a codebook that cannot be used is an error, exit code 2.
    """
    import thememiner as tm
    from thememiner import embedding
    from thememiner.codebooks import checking, missing_codes

    book = tm.codebook(str(file))
    advice = checking.check(book, lambda texts: embedding.encoder().encode(texts))
    strays = [a.line for a in advice if a.sort == "stray"]
    lines = [a.line for a in advice if a.sort != "stray"]
    if template:
        lines += [f"template, {line}" for line in missing_codes(tm.template(template), book)]
    shown = strays if every else strays[:_SHOWN]
    for line in (*lines, *shown):
        typer.echo(line)
    if len(strays) > len(shown):
        typer.echo(f"... and {writing.number(len(strays) - len(shown), 'more example')} like these (--all).")
    if strays:
        typer.echo("An example that is nearer another code is right where it is if it is of both.")
    codes = writing.number(len(book.codes), "code")
    if lines:
        typer.echo(
            f"{file.name} can be used: {codes}, and {writing.number(len(lines), 'thing')} to mend first."
        )
    else:
        typer.echo(f"{file.name} is sound: {codes}.")


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
    """The sections of a template, with what each asks and needs, and its requirements."""
    from thememiner import template

    layout = template(name)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(layout), ensure_ascii=False, indent=1))
        return
    official = "official" if layout.official else "not an official template"
    typer.echo(f"{layout.name} ({layout.id} {layout.version}, {official})")
    typer.echo(f"{layout.note}\nSource: {layout.source or 'not given'}\n")
    for section in layout.sections:
        typer.echo(f"{section.id}: {section.title}\n  takes {', '.join(section.kinds)}")
        for sort, texts in (("asks", section.prompts), ("needs", section.needs)):
            for text in texts:
                typer.echo(f"  {sort}: {text}")
        typer.echo(f"  {writing.number(len(section.codes), 'code')}")
    for requirement in layout.requirements:
        typer.echo(f"requirement {requirement.id}: {requirement.text}")


@templates.command("copy")
def copy_template(name: Shipped, file: NewFile) -> None:
    """Write a shipped template's TOML to a file, to change it into one's own."""
    _copy("templates", name, file)


@templates.command("check")
def check_template(
    file: File,
    codebook: Annotated[str, typer.Option(help="The codebook whose codes it should name.")] = "",
) -> None:
    """Read a template and, with --codebook, list the codes it names that are not in that codebook."""
    import thememiner as tm
    from thememiner.codebooks import missing_codes

    layout = tm.template(str(file))
    lines = missing_codes(layout, tm.codebook(codebook)) if codebook else []
    for line in lines:
        typer.echo(line)
    if lines:
        raise tm.TomlError(f"{file.name} names codes that codebook {codebook} has not, as listed.")
    sections = writing.number(len(layout.sections), "section")
    typer.echo(
        f"{file.name} is sound: {sections}, {writing.number(len(layout.requirements), 'requirement')}."
    )


@templates.command("import")
def import_template(
    form: Annotated[Path, typer.Argument(help="A form, blank or filled in: DOCX, XLSX and the like.")],
    out: Annotated[Path, typer.Option(help="The TOML file to write.")],
) -> None:
    """Make a template of a form: its headings are the sections, its questions their prompts.

    Where no heading has questions under it, each question is a section. No codes are named yet.
    """
    from thememiner.codebooks import formtemplates
    from thememiner.codebooks.templates import written
    from thememiner.saving import write_file

    _new(out)
    layout, idle = formtemplates.imported(form)
    write_file(out, written(layout))
    sections = writing.number(len(layout.sections), "section")
    prompts = writing.number(sum(len(section.prompts) for section in layout.sections), "question")
    typer.echo(f"Written: {out}, {sections} and {prompts}.")
    if idle:
        typer.echo(f"Left out, as nothing is asked under them: {'; '.join(idle)}.")
    typer.echo(
        f"No section names a code yet: put those that it asks about into its codes, then "
        f"'thememiner templates check {out} --codebook NAME'. Until then themes are placed by what they mean."
    )


def _copy(kind: str, name: str, file: Path) -> None:
    written = copied(kind, name, file)
    typer.echo(
        f"Written: {written}. Give it an id and name of its own, then 'thememiner {kind} check {written}'."
    )


def copied(kind: str, name: str, file: Path) -> Path:
    """Where the TOML of a shipped codebook, template or wording of actions was written; never over a file."""
    from thememiner import resources
    from thememiner.saving import write_file

    shipped = resources.named_file(kind, name)
    if file.is_dir():
        file = file / shipped.name
    _new(file)
    return write_file(file, shipped.read_bytes())


def _new(file: Path) -> None:
    from thememiner import InputError

    _keep(file)
    if file.suffix != ".toml":
        raise InputError(f"{file} would hold TOML: give it a name that ends in .toml.")


def _keep(file: Path) -> None:
    from thememiner import InputError

    if file.exists():
        raise InputError(f"{file} is there already: choose another name, so that it is not lost.")
