"""`demo`, `run`, `report`, `verify`: the whole job, its report, and the proof of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import writing
from thememiner_cli.progress import shown

if TYPE_CHECKING:
    from thememiner.results import ThemedReview

Paths = list[Path]
Out = Annotated[Path, typer.Option("--out", help="Folder for the report.")]


def demo(out: Out = Path("thememiner-demo")) -> None:
    """Run the whole job on the invented sample review that comes with thememiner."""
    from thememiner import resources

    run(out=out, review=resources.folder("samples") / "review.toml")


def run(
    out: Out,
    incidents: Annotated[
        Paths | None, typer.Option(help="Incident narratives: a file or folder. Repeatable.")
    ] = None,
    policies: Annotated[Paths | None, typer.Option(help="Policies and guidance. Repeatable.")] = None,
    accounts: Annotated[
        Paths | None, typer.Option(help="Organisations' own accounts: returns, notes. Repeatable.")
    ] = None,
    feedback: Annotated[
        Paths | None, typer.Option(help="Comments, stories, notes of groups. Repeatable.")
    ] = None,
    review: Annotated[
        Path | None, typer.Option(help="A review.toml that lists sources, scope and what is expected.")
    ] = None,
    codebook: Annotated[str, typer.Option(help="A shipped codebook's name, or a path to one.")] = "",
    template: Annotated[str, typer.Option(help="A shipped template's name, or a path to one.")] = "",
    text_column: Annotated[
        list[str] | None, typer.Option(help="Text column of the tables given. Repeatable.")
    ] = None,
    id_column: Annotated[str, typer.Option(help="Id column of the tables given.")] = "",
    settings: Annotated[Path | None, typer.Option(help="A settings.toml of an earlier run.")] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="File names to leave out of folders, such as '*.csv'. Repeatable."),
    ] = None,
    precision: Annotated[str, typer.Option(help="auto, bfloat16 or float32.")] = "",
) -> None:
    """Turn incidents, policies, accounts and feedback into themes with evidence, and write the report."""
    import dataclasses

    import thememiner as tm
    from thememiner.settings import load_settings

    writing.check_folder(out)
    chosen = load_settings(settings) if settings else tm.Settings()
    if precision:
        chosen = dataclasses.replace(chosen, precision=precision)

    def sources(paths: Paths | None) -> list[tm.Source]:
        return [
            tm.Source(p, text=tuple(text_column or ()), id=id_column, exclude=tuple(exclude or ()))
            for p in paths or ()
        ]

    with shown() as tell:
        found = tm.mine(
            incidents=sources(incidents),
            policies=sources(policies),
            accounts=sources(accounts),
            feedback=sources(feedback),
            review=review,
            codebook=codebook,
            template=template,
            settings=chosen,
            progress=tell,
        )
        written = found.save(out)
    writing.say_unread(found.record.ledger)
    _print_themes(found)
    typer.echo(f"Report: {written / 'report.html'}")


def report(
    source: Annotated[Path, typer.Argument(help="A report.json.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .html, .md or .json.")],
) -> None:
    """Write a finished report in another format; the suffix of --out chooses it."""
    from thememiner import reports
    from thememiner.reports.json import load

    writing.check_file(out)
    typer.echo(f"Report: {reports.write(load(source), out)}")


def verify(
    report: Annotated[Path, typer.Argument(help="The report.json to prove.")],
    sources: Annotated[Paths, typer.Argument(help="The files and folders it was made from.")],
) -> None:
    """Prove every excerpt of a finished report against its sources; exit code 1 on any miss."""
    import thememiner as tm
    from thememiner.reports.json import load

    proof = tm.verify(load(report), sources)
    for line in proof.failures[:50]:
        typer.echo(line, err=True)
    if len(proof.failures) > 50:
        typer.echo(f"... and {len(proof.failures) - 50} more", err=True)
    typer.echo(f"{proof.proved} of {proof.excerpts} excerpts proved verbatim in {proof.files} files.")
    if not proof.passed:
        typer.echo("NOT VERIFIED.", err=True)
        raise typer.Exit(1)
    typer.echo("Verified.")


def _print_themes(found: ThemedReview) -> None:
    from rich.console import Console
    from rich.table import Table

    from thememiner.records import KINDS
    from thememiner.reports.wording import theme_names

    record = found.record
    names = theme_names(record.themes)
    table = Table(title="Themes (draft until a named reviewer accepts them; counts are not incidence)")
    table.add_column("Theme")
    table.add_column("Passages", justify="right")
    table.add_column("Documents", justify="right")
    table.add_column("By kind (passages)")
    for theme in record.themes:
        kinds = {k: sum(n for kind, _, n, _ in theme.counts if kind == k) for k in KINDS}
        held = ", ".join(f"{kind} {n:,}" for kind, n in kinds.items() if n)
        table.add_row(names[theme.id], f"{theme.passages:,}", f"{theme.documents:,}", held)
    Console().print(table)
    counts = record.passages
    refused = sum(e.status == "refused" for e in record.ledger)
    typer.echo(
        f"{len(record.ledger)} files found, {refused} refused; {len(record.documents):,} documents; "
        f"{counts['total']:,} passages: {counts['assigned']:,} assigned, {counts['weak']:,} weak, "
        f"{counts['unassigned']:,} unassigned."
    )
    for item in record.skipped:
        typer.echo(f"Left out: {item.reason}: {item.count:,}.")
