"""`report`, `verify`: a finished report in another format, and the proof of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import releasing, signing, writing

if TYPE_CHECKING:
    from thememiner.verifying import Verification

_FILLED_IN = (".docx", ".xlsx")  # files that people write in


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
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Replace a .docx or .xlsx even if people may have written in it."),
    ] = False,
) -> None:
    """Write a finished report in another format (the suffix of --out chooses it), as tables, or as charts.

    A .docx is a paper for a board, with a cover sheet to fill in. A .qdpx is a project for NVivo, ATLAS.ti,
    MAXQDA and others, with the whole texts from documents.jsonl beside report.json; a .qdc is a codebook of
    the themes.

    With --release public or internal a folder as --out gets every format, the tables and what was withheld;
    who reads it cannot tell what was withheld of whom. The log that can stays beside report.json.
    """
    from thememiner import InputError, projects, reports
    from thememiner.reports import pictures
    from thememiner.reports import tables as tidy
    from thememiner.reports.json import load

    if release != "working":
        for option, given in (("--charts", charts), ("--house", house), ("--checklist", checklist)):
            if given:
                raise InputError(
                    f"{option} goes with the working report: leave it out, or leave out --release."
                )
        releasing.write(source, out, tables, release, small_numbers, approvals)
        return
    if small_numbers or approvals:
        raise InputError("--small-numbers and --approvals go with --release public or internal.")
    if checklist:
        if tables or charts or house:
            raise InputError("--checklist writes one file: give --tables, --charts, --house in another run.")
        _checklist(source, checklist, out)
        return
    _check(source, out, tables, charts, house)
    found = load(source)
    filled_in = out and out.suffix.lower() in _FILLED_IN and out.exists()
    if out and filled_in and not overwrite and writing.content(out) != reports.content(found, out, house):
        raise InputError(
            f"{out} is there already, and people may have written in it: choose another --out, or pass "
            "--overwrite to replace it."
        )
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


def _check(
    source: Path, out: Path | None, tables: Path | None, charts: Path | None, house: Path | None
) -> None:
    """That every place to write to can be written to, apart from the others, before anything is."""
    from thememiner import InputError, projects, reports
    from thememiner.errors import UnknownNameError
    from thememiner.reports import pictures
    from thememiner.reports import tables as tidy

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
        list[Path] | None, typer.Argument(help="The files and folders it was made from; none for a folder.")
    ] = None,
    page: Annotated[
        list[Path] | None,
        typer.Option(help="A file written from it under another name, such as board.docx. Repeatable."),
    ] = None,
    house: Annotated[
        Path | None,
        typer.Option(help="The house document that each --page that ends in .docx was made with."),
    ] = None,
    working: Annotated[
        Path | None,
        typer.Option(
            help="With sources, of a released folder: the working report.json that it was released from."
        ),
    ] = None,
) -> None:
    """Prove that every quote of a finished report stands in its sources; exit code 1 on any miss.

    Also that report.html, report.md, report.docx and the like beside it, and each --page, say what
    report.json says, and that documents.jsonl holds the texts it lists. It does not prove the sentences,
    themes and counts in report.json: to check those, run again and compare. Of a folder that 'thememiner
    status --to released' wrote: that no file in it has changed, is missing or was added; with sources, that
    the report in it is proved by them too. Of one that 'report --release' wrote: that every file in it is
    what the report.json in it gives; with sources and --working, that each quote stands in them.
    """
    import thememiner as tm
    from thememiner.releasing import proving

    if not sources and (page or house):
        raise tm.InputError(f"--page and --house need the sources that {report} was made from, after it.")
    if report.is_dir() and proving.is_release(report):
        _check_released(working, sources, page, house)
        released = releasing.check_folder(report)
        if not sources or working is None:
            return
        proof = tm.verify(releasing.quoted(released, working), sources)
        _proved(proof)
        return
    if working:
        raise tm.InputError("--working goes with a folder that 'report --release' wrote: leave it out.")
    if report.is_dir():
        signing.check_copy(report)
        if not sources:
            return
        report /= "report.json"
    if not sources:
        raise tm.InputError(f"name the files and folders that {report} was made from, after it.")
    _proved(tm.verify(report, sources, page or (), house))


def _check_released(
    working: Path | None, sources: list[Path] | None, page: list[Path] | None, house: Path | None
) -> None:
    """That what was given can prove a released folder."""
    from thememiner import InputError

    if page or house:
        raise InputError("--page and --house are of a working report: leave them out of a released folder.")
    if bool(sources) != bool(working):
        raise InputError(
            "a released report does not say how its files were read: give both its sources and --working, "
            "the working report.json that it was released from."
        )


def _proved(proof: Verification) -> None:
    """Say what was proved; exit code 1 where anything failed."""
    writing.told(proof.failures)
    for line in proof.notes:
        typer.echo(f"Note: {line}.", err=True)
    files = writing.number(proof.files, "file")
    typer.echo(f"{proof.proved:,} of {writing.number(proof.excerpts, 'quote')} proved verbatim in {files}.")
    if not proof.passed:
        typer.echo("NOT VERIFIED.", err=True)
        raise typer.Exit(1)
    typer.echo("Verified: every quote stands in its source. The sentences about them are not proved by this.")
