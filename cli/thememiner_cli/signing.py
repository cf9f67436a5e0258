"""`status`: how far a report has come and who said so; and the copy that a release freezes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thememiner_cli import writing

if TYPE_CHECKING:
    from thememiner.records import Report


def status(
    report: Annotated[Path, typer.Argument(help="A report.json.")],
    to: Annotated[
        str, typer.Option("--to", help="The step to record: reviewed, seen, approved, released; or draft.")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="The name of who takes the step.")] = "",
    role: Annotated[str, typer.Option(help="Their role.")] = "",
    date: Annotated[str, typer.Option(help="The day of the step: 2026-11-20.")] = "",
    authority: Annotated[str, typer.Option(help='What lets them, such as "Quality committee, item 7".')] = "",
    note: Annotated[str, typer.Option(help="A remark; to take a report back to a draft, why.")] = "",
    not_yet: Annotated[
        str, typer.Option("--not-yet", help='Why "reviewed" or "seen" is not reached yet, and may be passed.')
    ] = "",
    unreviewed: Annotated[
        str, typer.Option(help="Why it is approved with findings that nobody has reviewed.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Folder of the released copy. [default: released-DATE beside the report]",
            show_default=False,
        ),
    ] = None,
    besides: Annotated[
        list[Path] | None,
        typer.Option("--with", help="A file to freeze with the release, such as the paper. Repeatable."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace pages even if they were changed by hand.")
    ] = False,
) -> None:
    """Say how a report stands, or record who reviewed, saw, approved or released it, and print it anew.

    The steps are reviewed (by the analyst), seen (by the lived-experience group), approved (by a named
    director) and released. None is taken off again: a report that changes says so of each.
    """
    from thememiner import InputError, outputs, projects, signing
    from thememiner.reports.json import load
    from thememiner.saving import write_files, write_folder

    found = load(report)
    if not to:
        if any((by, role, date, authority, note, not_yet, unreviewed, out, besides)):
            raise InputError("say which step is to be recorded: --to reviewed, seen, approved or released.")
        for line in _told(found):
            typer.echo(line)
        return
    if to != "released" and (out or besides):
        raise InputError("--out and --with are for a release: give them with --to released.")
    writing.check_folder(report.parent)
    changed = [*outputs.changed_since(report), *projects.changed_since(report)]
    if changed and not overwrite:
        raise InputError(
            f"{' and '.join(changed)} beside {report} changed after the report was written (or another "
            "version of thememiner wrote it), and would be written anew: pass --overwrite to replace it."
        )
    made = signing.take(
        found,
        to,
        by=by,
        date=date,
        role=role,
        authority=authority,
        note=note,
        not_yet=not_yet,
        unreviewed_reason=unreviewed,
    )
    copy = _copy(report, made, out, besides or []) if to == "released" else None
    if copy is not None:
        folder, files = copy
        writing.check_folder(folder)
        write_folder(folder, files)
    try:
        write_files(report.parent, signing.anew(made, report))
    except InputError:
        if copy is not None:  # what nothing says was released is no release
            import shutil

            shutil.rmtree(copy[0], ignore_errors=True)
        raise
    for line in _told(made):
        typer.echo(line)
    if copy is not None:
        typer.echo(f"Released: {copy[0]}. Seal, to write into the minutes: {signing.prove(copy[0]).seal}")


def _copy(report: Path, made: Report, out: Path | None, besides: list[Path]) -> tuple[Path, dict[str, bytes]]:
    """The folder of a release, which is new, and the files to freeze in it."""
    from thememiner import InputError, signing

    folder = out or report.parent / f"released-{made.ladder[-1].date}"
    if folder.exists() or folder.is_symlink():
        raise InputError(f"{folder} is there already, and a release is never replaced: choose another --out.")
    return folder, signing.freeze(signing.pages(made), besides)


def _told(report: Report) -> list[str]:
    """How a report stands, and a line a step."""
    from thememiner import signing
    from thememiner.reports import standing

    lines = [standing.status(report)]
    for row in standing.steps(report).rows:
        held = zip(("", "", "by ", "", "", "since then: "), map(str, row), strict=True)
        lines.append("  " + ", ".join(f"{before}{cell}" for before, cell in held if cell))
    if waiting := signing.unreviewed(report):
        lines.append(
            f"Not reviewed as they are: {waiting:,} of {writing.number(len(report.findings), 'finding')}."
        )
    return lines


def check_copy(folder: Path) -> None:
    """Say whether a released copy is as it was frozen; exit code 1 where it is not."""
    from thememiner import signing

    proof = signing.prove(folder)
    writing.told(proof.failures)
    if proof.says:
        typer.echo(proof.says)
    typer.echo(f"Seal: {proof.seal}")
    if proof.failures:
        typer.echo("NOT AS RELEASED.", err=True)
        raise typer.Exit(1)
    typer.echo(
        f"As released: {writing.number(proof.files, 'file')}, none changed, missing or added. Compare the "
        "seal with the one that was written down: who can change the files can change their list too."
    )
