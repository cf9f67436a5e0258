"""`findings`: a report's findings as a book to review, what was decided in it, and the report with that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import writing

if TYPE_CHECKING:
    from thememiner.records import Report, Reviewed

findings = typer.Typer(
    help="Review the findings of a finished report in Excel (export), read back what was decided (import), "
    "and put it over the report (apply).",
    no_args_is_help=True,
)
BookOf = Annotated[Path, typer.Argument(help="A report.json.")]


@findings.command()
def export(
    report: BookOf,
    out: Annotated[Path, typer.Option("--out", help="The workbook to write: .xlsx.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace --out even if people may have written in it.")
    ] = False,
) -> None:
    """Write every finding with its quotes and sources into a workbook, with columns to decide in.

    What people decided already, in a report that has it, stands in their columns.
    """
    from thememiner import InputError, UnknownNameError, resources, reviewing
    from thememiner.reports.json import load
    from thememiner.saving import write_file

    if out.suffix.lower() != ".xlsx":
        raise UnknownNameError("the format of a book of findings", out.suffix or out.name, [".xlsx"])
    writing.check_file(out, (), [report])
    found = load(report)
    if not (found.findings or found.set_aside):
        raise InputError(f"{report} has no findings, so there is nothing to review.")
    content = reviewing.book(found, resources.sha256(report))
    if out.exists() and not overwrite and writing.content(out) != content:
        raise InputError(
            f"{out} is there already, and people may have written in it: read it back first (thememiner "
            "findings import), choose another --out, or pass --overwrite to replace it."
        )
    write_file(out, content)
    typer.echo(f"{_standing(found)} Book: {out}")


@findings.command("import")
def import_book(
    file: Annotated[Path, typer.Argument(help="The workbook that people worked in.")],
    out: Annotated[
        Path, typer.Option("--out", help="The reviewed.json to write; decisions in it already are kept.")
    ],
    report: Annotated[
        Path | None,
        typer.Option(help="The report.json that the book is of: to check it, or if its sheets were lost."),
    ] = None,
    by: Annotated[str, typer.Option(help="Whose decisions those are that have no name beside them.")] = "",
) -> None:
    """Read back what was decided in a book: by id, whatever was sorted, moved or deleted.

    'thememiner findings apply report.json reviewed.json --out FOLDER' puts it over the report, and
    'thememiner run ... --findings reviewed.json' over the next run.
    """
    from thememiner import InputError, resources, reviewing
    from thememiner.deidentifying import mask
    from thememiner.reports.json import load
    from thememiner.saving import write_file

    if out.suffix.lower() != ".json":
        raise InputError(f"{out} would hold JSON: give it a name that ends in .json.")
    writing.check_file(out, (), [file, *([report] if report else [])])
    earlier = _earlier(out)
    found = reviewing.read(
        file, load(report) if report else None, resources.sha256(report) if report else "", by
    )
    if earlier:
        _check_one_review(out, earlier, found.reviewed)
    write_file(out, reviewing.render(reviewing.joined(earlier, found.reviewed)))
    for line in found.notes:
        typer.echo(mask(line).text)  # a heading of people's own may name somebody
    kept = len(earlier.decisions) if earlier else 0
    before = f" ({writing.number(kept, 'earlier decision')} kept)" if kept else ""
    typer.echo(f"Decisions: {out}{before}")


@findings.command()
def apply(
    report: BookOf,
    reviewed: Annotated[Path, typer.Argument(help="The reviewed.json that 'findings import' wrote.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the report with the decisions in it.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a report in --out even if it was changed by hand.")
    ] = False,
) -> None:
    """Write a finished report again with people's decisions in it: report.html, .json and .md.

    Its texts and settings (documents.jsonl, settings.toml) come with it, and the program's drafts stay beside
    the decisions. Decisions that no longer have a finding, and findings that have changed since they were
    reviewed, are told.
    """
    from thememiner import outputs, reports, reviewing
    from thememiner.deidentifying import mask
    from thememiner.reports import standing
    from thememiner.reports.json import load
    from thememiner.saving import write_file

    writing.check_folder(out)
    outputs.keep_apart([out / f"report{suffix}" for suffix in reports.RENDERERS], [report, reviewed])
    made = reviewing.decide(load(report), reviewing.load(reviewed))
    if not overwrite:
        outputs.check_earlier(out)
    decided = outputs.carried(made.report, out / "report.json")
    reports.write_pages(decided, out)
    for name in ("documents.jsonl", "settings.toml"):  # what releases, projects and the next run go by
        if (kept := report.with_name(name)).is_file() and kept.resolve() != (out / name).resolve():
            write_file(out / name, writing.content(kept))
    for line in made.notes:
        typer.echo(mask(line).text)
    typer.echo(f"{_standing(decided)} Report: {out / 'report.html'}")
    if decided.ladder:
        typer.echo(standing.status(decided))


def _standing(report: Report) -> str:
    """How many findings people have reviewed, in a line."""
    made = (*report.findings, *report.set_aside)
    seen = sum(finding.review != "not yet reviewed" for finding in made)
    return f"{writing.number(len(made), 'finding')}, {seen or 'none'} reviewed."


def _earlier(out: Path) -> Reviewed | None:
    """The decisions that stand in the file to write; `InputError` for a file of anything else."""
    from thememiner import InputError, reviewing

    if not out.exists():
        return None
    try:
        return reviewing.load(out)
    except InputError as error:
        raise InputError(f"{out} is there already, and cannot be added to: {error}") from None


def _check_one_review(out: Path, earlier: Reviewed, found: Reviewed) -> None:
    """Raise `InputError` where a file holds decisions on other documents than those of the book."""
    from thememiner import InputError

    before, now = (
        {quote.partition(" ")[0] for decision in log.decisions for quote in decision.seen_quotes}
        for log in (earlier, found)
    )
    if before and now and not before & now and earlier.report != found.report:
        raise InputError(
            f"{out} holds decisions on another review ({earlier.title!r}): choose another --out, so that "
            "they are not mixed."
        )
