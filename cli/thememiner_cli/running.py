"""`demo`, `run`: the whole job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import planning, writing
from thememiner_cli.progress import shown

if TYPE_CHECKING:
    from thememiner.results import ThemedReview

Paths = list[Path]
PLAN = "plan.json"  # in the folder of a run that carries a plan on
Out = Annotated[
    Path, typer.Option("--out", help="Folder for the report, outside what is read. Made if it is not there.")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace a report in --out even if it was changed by hand.")
]


def demo(out: Out = Path("thememiner-demo"), overwrite: Overwrite = False) -> None:
    """Run the whole job on the invented sample review that comes with thememiner."""
    from thememiner import resources

    run(out=out, review=resources.folder("samples") / "review.toml", overwrite=overwrite)


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
        Path | None,
        typer.Option(
            help="A review.toml: title, question, sources and who speaks in them, scope, what is expected."
        ),
    ] = None,
    codebook: Annotated[
        str,
        typer.Option(
            help="A shipped codebook's name, or a path to one. [default: the review's, else assertive-care]",
            show_default=False,
        ),
    ] = "",
    template: Annotated[
        str,
        typer.Option(
            help="A shipped template's name, or a path to one. "
            "[default: the review's, else assertive-care-review]",
            show_default=False,
        ),
    ] = "",
    coder: Annotated[
        Path | None, typer.Option(help="A coder that 'thememiner train' wrote for the codebook: its folder.")
    ] = None,
    text_column: Annotated[
        list[str] | None, typer.Option(help="Text column; each table uses those it has. Repeatable.")
    ] = None,
    id_column: Annotated[str, typer.Option(help="Id column of the tables that have it.")] = "",
    settings: Annotated[
        Path | None, typer.Option(help="A settings.toml of an earlier run; it holds no sources.")
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="File names to leave out of folders, such as '*.csv'. Repeatable."),
    ] = None,
    precision: Annotated[str, typer.Option(help="auto, bfloat16 or float32.")] = "",
    since: Annotated[
        Path | None,
        typer.Option(help="An earlier report.json: say which groups are new or growing since it."),
    ] = None,
    earlier_plan: Annotated[
        Path | None,
        typer.Option("--plan", help="An earlier plan.json: carry it on, and write it into --out."),
    ] = None,
    findings: Annotated[
        Path | None,
        typer.Option(help="A reviewed.json: put what people decided of findings over this run's."),
    ] = None,
    recommendations: Annotated[
        Path | None,
        typer.Option(
            help="A table of outside bodies' recommendations (id, source, recommendation): cross them with "
            "the findings."
        ),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Turn incidents, policies, accounts and feedback into themes with evidence, and write the report."""
    import dataclasses

    import thememiner as tm
    from thememiner import outputs, plans, results, scoping
    from thememiner.reports import standing
    from thememiner.settings import load_settings

    writing.check_folder(out)
    acted = plans.load(earlier_plan) if earlier_plan else None
    if earlier_plan and not overwrite:
        planning.check_replaced(out / PLAN, earlier_plan)
    chosen = load_settings(settings) if settings else tm.Settings()
    if precision:
        chosen = dataclasses.replace(chosen, precision=precision)
    if coder:
        chosen = dataclasses.replace(chosen, coder=str(coder))

    def sources(paths: Paths | None) -> list[tm.Source]:
        return [
            tm.Source(p, text=tuple(text_column or ()), id=id_column, exclude=tuple(exclude or ()))
            for p in paths or ()
        ]

    plan = results.planned(
        incidents=sources(incidents),
        policies=sources(policies),
        accounts=sources(accounts),
        feedback=sources(feedback),
        review=review,
        codebook=codebook,
        template=template,
        recommendations=recommendations or "",
    )
    outputs.keep_apart([out], scoping.given(plan))
    earlier = overwrite or outputs.check_earlier(out)
    replaced = " (replaced the earlier report)" if earlier and (out / "report.html").exists() else ""
    with writing.warnings_told():
        with shown() as tell:
            found = tm.mine(review=plan, settings=chosen, progress=tell, since=since, findings=findings)
            written = found.save(out, overwrite=True)
        writing.say_unread(found.record.ledger)
        _print_themes(found)
        if acted is not None:
            made = planning.planned(written / "report.json", acted)
            for line in planning.said(plans.write(made, written / PLAN), made):
                typer.echo(line)
        typer.echo("To review its findings: thememiner findings export report.json --out findings.xlsx")
        typer.echo(f"Report: {written / 'report.html'}{replaced}")
        if found.record.ladder:
            typer.echo(standing.status(found.record))


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
    if record.caution:
        typer.echo(record.caution)
    counts = record.passages
    typer.echo(
        f"{writing.counted(record.ledger)}; {writing.number(len(record.documents), 'document')}; "
        f"{writing.number(counts['total'], 'passage')}: {counts['assigned']:,} assigned, "
        f"{counts['weak']:,} weak, {counts['unassigned']:,} unassigned."
    )
    for item in record.skipped:
        typer.echo(f"Left out: {item.reason}: {item.count:,}.")
