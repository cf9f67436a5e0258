"""`changes`: what is new, moved, gone, done and late between two finished reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thememiner_cli import writing


def changes(
    old: Annotated[Path, typer.Argument(help="The earlier report.json.")],
    new: Annotated[Path, typer.Argument(help="The later report.json.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="The page to write: .html, .md or .json. [default: none]")
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", help="The plan.json: which of its actions are done, open or late."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace --out if it is another page.")
    ] = False,
) -> None:
    """Say what changed from one report to the next, and why positions moved, by what the two reports hold.

    Findings are matched by section and theme. Two reports of different templates or codebooks are refused.
    """
    from thememiner import InputError, UnknownNameError, differing, plans
    from thememiner.deidentifying import mask
    from thememiner.reports.json import load
    from thememiner.saving import write_file

    if out is not None and out.suffix.lower() not in differing.FORMATS:
        raise UnknownNameError("the format of what changed", out.suffix or out.name, differing.FORMATS)
    writing.check_file(out, (), [old, new, *([plan] if plan else [])])
    found = differing.compare(load(old), load(new), plans.load(plan) if plan else None)
    if out is not None:
        content = differing.render(found, out.suffix)
        if out.exists() and not overwrite and writing.content(out) != content:
            raise InputError(
                f"{out} is there already, and people may have written in it: choose another --out, or pass "
                "--overwrite to replace it."
            )
        write_file(out, content)
    for line in differing.summary(found):
        typer.echo(mask(line).text)
    if out is not None:
        typer.echo(f"Changes: {out}")
