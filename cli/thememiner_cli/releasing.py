"""`report --release`: a report for those inside the review, or for everybody; and the proof of its folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from thememiner_cli import writing

if TYPE_CHECKING:
    from thememiner.records import Profile, Regime, Report


def write(
    source: Path,
    out: Path | None,
    tables: Path | None,
    profile: str,
    small_numbers: str,
    approvals: Path | None,
) -> None:
    """The released report as a folder or a file, or its tables, and its log beside the working report."""
    from thememiner import InputError, projects, releasing, reports
    from thememiner.errors import UnknownNameError
    from thememiner.releasing import packaging
    from thememiner.reports import tables as tidy
    from thememiner.reports.json import load
    from thememiner.saving import write_file

    if not (out or tables):
        raise InputError("give --out FOLDER or FILE, --tables FOLDER or both.")
    suffix = out.suffix.lower() if out else ""
    if out and suffix in (*projects.FORMATS, ".jsonl", ".ndjson"):
        raise InputError(packaging.REFUSED.format(name=out, known=", ".join(reports.RENDERERS)))
    if out and suffix and suffix not in reports.RENDERERS and not out.is_dir():
        raise UnknownNameError("the report format", suffix, reports.RENDERERS)
    single = bool(suffix) and suffix in reports.RENDERERS
    log = source.parent / f"release-{profile}.csv"
    if single:
        writing.check_file(out, (), [source])
    elif out:
        writing.check_folder(out.parent)
        packaging.check(out)
    if out and not single and (inside := _inside(log, out)):
        raise InputError(f"{out} would hold {inside}, which names documents: choose another --out.")
    if tables:
        if out and tables.resolve() in (out.resolve(), *out.resolve().parents):
            raise InputError(f"{out} would lie in {tables}, which holds tables alone: choose another --out.")
        writing.check_folder(tables.parent)
        tidy.check(tables)
    found = load(source)
    kept = source.with_name(packaging.TEXTS)
    if profile == "public" and not kept.is_file():
        raise InputError(
            f"{kept.name} is not beside {source}, so what is quoted cannot be compared with the texts that "
            "are withheld: copy it there from the folder that the run wrote."
        )
    texts = packaging.texts(found, kept) if profile == "public" else []
    made, told = releasing.release(
        found,
        cast("Profile", profile),
        small_numbers=cast("Regime", small_numbers) if small_numbers else None,
        approvals=releasing.load_approvals(approvals) if approvals else releasing.Approvals(),
        texts=texts,
    )
    if out:
        typer.echo(f"Release: {reports.write(made, out) if single else packaging.write(made, out)}")
    if tables:
        typer.echo(f"Tables: {tidy.write(made, tables)}. What they hold: {tables / 'dictionary.md'}")
    write_file(log, told.csv())
    withheld = sum(line.what == "excerpt" and bool(line.why) for line in told.lines)
    typer.echo(
        f"{writing.number(len(made.evidence), 'excerpt')} shown, {withheld:,} withheld; held for sign-off: "
        f"{len(made.release.held):,}. Which, and why (it names documents, keep it): {log}"
    )


def check_folder(folder: Path) -> Report:
    """The report of a released folder, every file of which is what it gives; exit code 1 where one is not."""
    from thememiner.releasing import proving

    proof = proving.prove(folder)
    writing.told(proof.failures)
    if proof.failures or proof.report is None:
        typer.echo("NOT AS RELEASED.", err=True)
        raise typer.Exit(1)
    typer.echo(
        f"As released: {writing.number(proof.files, 'file')}, each what report.json gives, none missing or "
        f"added. Seal: {proof.seal}. Compare it with one that was written down: who can change report.json "
        "can write all the others anew."
    )
    return proof.report


def quoted(released: Report, working: Path) -> Report:
    """The working report with the excerpts that a released one quotes; exit code 1 where it has not all."""
    import dataclasses

    from thememiner.releasing import proving
    from thememiner.reports.json import load

    found = load(working)
    excerpts, failures = proving.quoted(released, found)
    writing.told(failures)
    if failures:
        typer.echo("NOT VERIFIED.", err=True)
        raise typer.Exit(1)
    return dataclasses.replace(found, evidence=excerpts)


def _inside(file: Path, folder: Path) -> str:
    return file.name if folder.resolve() in file.resolve().parents else ""
