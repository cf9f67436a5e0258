"""`evaluate`: the benchmarks, beside their peers, as a table and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thememiner_cli import writing


def evaluate(
    benchmarks: Annotated[
        list[str] | None, typer.Argument(metavar="[BENCH]...", help="Which benchmarks; none means all.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="The folder of public sets; a set not there is skipped.")
    ] = None,
    peers: Annotated[bool, typer.Option("--peers", help="Run the other methods beside it, too.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the figures here, too (.json).")] = None,
    vectors: Annotated[
        Path | None, typer.Option("--vectors", help="Keep the sets' vectors in this folder for the next run.")
    ] = None,
    precision: Annotated[str, typer.Option(help="auto, bfloat16 or float32.")] = "auto",
) -> None:
    """Measure thememiner on public sets. Exit code 1 when a figure is worse than its floor."""
    # the evaluation stands beside the library, and is loaded by nothing but this command
    from thememiner_evaluation.evaluating import evaluate as measured

    if out is not None:
        writing.check_file(out, (".json",), [data] if data else [])
    if vectors is not None:
        writing.check_folder(vectors)
    status = measured(
        benchmarks or (),
        data=data,
        peers=peers,
        out=out,
        vectors=vectors,
        precision=precision,
        say=typer.echo,
        tell=lambda name: typer.echo(f"measuring {name}", err=True),
    )
    if status:
        raise typer.Exit(status)
