"""`demo`, `run`, `report`, `verify`: the whole job, its report, and the proof of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import planning, releasing, signing, writing
from thememiner_cli.progress import shown

if TYPE_CHECKING:
    from thememiner.results import ThemedReview

Paths = list[Path]
_MOST_LINES = 50  # of what failed
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
        typer.echo(f"Report: {written / 'report.html'}{replaced}")
        if found.record.ladder:
            typer.echo(standing.status(found.record))


def report(
    source: Annotated[Path, typer.Argument(help="A report.json.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The file to write: .html, .md, .json, .xlsx, .docx, .qdpx or .qdc."),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option(
            "--tables",
            help="A folder to write tables into, as CSV and Parquet with a data dictionary, for Power BI and "
            "pandas.",
        ),
    ] = None,
    house: Annotated[
        Path | None,
        typer.Option(
            help="Your organisation's own .docx: --out board.docx takes its styles, page, headers, footers."
        ),
    ] = None,
    charts: Annotated[
        Path | None,
        typer.Option("--charts", help="A folder to write charts into, as SVG and PNG slides, and in words."),
    ] = None,
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            help="Write a reporting checklist instead, coreq or srqr: what the run recorded filled in, the "
            "rest left to people. --out is then an .xlsx or .md.",
        ),
    ] = "",
    release: Annotated[
        str,
        typer.Option(
            "--release",
            help="For whom: working (as it is), internal (for those inside the review: codes in place of "
            "file names) or public (nothing that could tell who people are).",
        ),
    ] = "working",
    small_numbers: Annotated[
        str,
        typer.Option(
            "--small-numbers",
            help="Of a released report: fft (1 to 4 suppressed), hes (1 to 7, the rest rounded to 5) or "
            "none. [default: hes in public, else none]",
            show_default=False,
        ),
    ] = "",
    approvals: Annotated[
        Path | None,
        typer.Option(
            "--approvals", help="A release.toml: which quotes and themes a named person lets through."
        ),
    ] = None,
) -> None:
    """Write a finished report in another format (the suffix of --out chooses it), as tables, or as charts.

    A .docx is a paper for a board, with a cover sheet to fill in. A .qdpx is a project for NVivo, ATLAS.ti,
    MAXQDA and others, with the whole texts from documents.jsonl beside report.json; a .qdc is a codebook of
    the themes.

    With --release public or internal a folder as --out gets every format, the tables and what was withheld;
    who reads it cannot tell what was withheld of whom. The log that can stays beside report.json.
    """
    if release != "working":
        releasing.write(source, out, tables, release, small_numbers, approvals)
        return
    from thememiner import InputError, projects, reports
    from thememiner.errors import UnknownNameError
    from thememiner.reports import pictures
    from thememiner.reports import tables as tidy
    from thememiner.reports.json import load

    if checklist:
        if tables or charts:
            raise InputError("--checklist writes one file: give --tables and --charts in a run of their own.")
        _checklist(source, checklist, out)
        return
    if small_numbers or approvals:
        raise InputError("--small-numbers and --approvals go with --release public or internal.")
    if not (out or tables or charts):
        raise InputError("give --out FILE, --tables FOLDER, --charts FOLDER or several of them.")
    known = (*reports.RENDERERS, *projects.FORMATS)
    if out and out.suffix.lower() not in known:
        raise UnknownNameError("the report format", out.suffix or out.name, known)
    writing.check_file(out, (), [source, *((house,) if house else ())])
    if house and not (out and out.suffix.lower() == ".docx"):
        raise InputError("--house dresses a paper: give it with an --out that ends in .docx.")
    if house and out and out.resolve() == source.with_suffix(".docx").resolve():
        raise InputError(
            f"{out} is the name of the plain paper, which 'verify' proves without --house: choose another, "
            "such as board.docx."
        )
    for folder, thing, room in ((tables, "tables", tidy), (charts, "charts", pictures)):
        if folder is None:
            continue
        for other in (out, tables if folder is charts else charts):
            if other and folder.resolve() in (other.resolve(), *other.resolve().parents):
                raise InputError(f"{other} would lie in {folder}, which holds {thing} alone: choose another.")
        writing.check_folder(folder.parent)
        room.check(folder)
    found = load(source)
    if out and out.suffix.lower() in projects.FORMATS:
        typer.echo(f"Report: {projects.write(source, out)}")
        if said := projects.warning(found, out):
            typer.echo(f"Warning: {said}", err=True)
    elif out:
        typer.echo(f"Report: {reports.write(found, out, house)}")
    if tables:
        typer.echo(f"Tables: {tidy.write(found, tables)}. What they hold: {tables / 'dictionary.md'}")
    if charts:
        typer.echo(f"Charts: {pictures.write(found, charts)}. In words: {charts / pictures.PAGE}")


def _checklist(source: Path, name: str, out: Path | None) -> None:
    """Write a reporting checklist of a report; never over a file that people may have written in."""
    from thememiner import InputError
    from thememiner.reports.checklists import writing as checklists
    from thememiner.reports.json import load

    if out is None:
        raise InputError("--checklist needs --out: an .xlsx or .md to write it into.")
    writing.check_file(out, (), [source])
    if out.exists():
        raise InputError(f"{out} is there already, and people may have written in it: choose another --out.")
    typer.echo(f"Checklist: {checklists.write(load(source), name, out)}")


def verify(
    report: Annotated[
        Path,
        typer.Argument(help="The report.json to prove, or a report.html beside it; or a released folder."),
    ],
    sources: Annotated[
        Paths | None, typer.Argument(help="The files and folders it was made from; none for a folder.")
    ] = None,
    page: Annotated[
        Paths | None,
        typer.Option(help="A file written from it under another name, such as board.docx. Repeatable."),
    ] = None,
    house: Annotated[
        Path | None,
        typer.Option(help="The house document that each --page that ends in .docx was made with."),
    ] = None,
) -> None:
    """Prove that every quote of a finished report stands in its sources; exit code 1 on any miss.

    Also that report.html, report.md, report.docx and the like beside it, and each --page, say what
    report.json says, and that documents.jsonl holds the texts it lists. It does not prove the sentences,
    themes and counts in report.json: to check those, run again and compare. Of a folder that 'thememiner
    status --to released' wrote: that no file in it has changed, is missing or was added; with sources, that
    the report in it is proved by them too.
    """
    import thememiner as tm

    if report.is_dir():
        signing.check_copy(report)
        if not sources:
            return
        report /= "report.json"
    if not sources:
        raise tm.InputError(f"name the files and folders that {report} was made from, after it.")
    proof = tm.verify(report, sources, page or (), house)
    for line in proof.failures[:_MOST_LINES]:
        typer.echo(f"{line}.", err=True)
    if len(proof.failures) > _MOST_LINES:
        typer.echo(f"... and {len(proof.failures) - _MOST_LINES} more", err=True)
    for line in proof.notes:
        typer.echo(f"Note: {line}.", err=True)
    files = writing.number(proof.files, "file")
    typer.echo(f"{proof.proved:,} of {writing.number(proof.excerpts, 'quote')} proved verbatim in {files}.")
    if not proof.passed:
        typer.echo("NOT VERIFIED.", err=True)
        raise typer.Exit(1)
    typer.echo("Verified: every quote stands in its source. The sentences about them are not proved by this.")


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
