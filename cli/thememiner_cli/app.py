"""The commands, and what happens to an error: one line on stderr and exit code 2 if the user can mend it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from thememiner_cli import listing, running, stages

app = typer.Typer(
    help="Recurring themes with verbatim evidence from incident narratives, policies, accounts and feedback.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"thememiner {version('thememiner')}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Recurring themes with verbatim evidence from incident narratives, policies, accounts and feedback."""


for command in (
    running.demo,
    running.run,
    stages.read,
    stages.redact,
    stages.segment,
    stages.code,
    stages.discover,
    running.report,
    running.verify,
):
    app.command()(command)
app.add_typer(listing.codebooks, name="codebooks")
app.add_typer(listing.templates, name="templates")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may not know the letters of a theme's name
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from thememiner.errors import InputError, ThememinerError

    try:
        app()
    except InputError as error:
        _fail(str(error), 2)
    except ThememinerError as error:
        _fail(str(error), 1)
    except KeyboardInterrupt:
        _fail("stopped; nothing was half written.", 130)


def _fail(message: str, status: int) -> None:
    sys.stderr.write(f"thememiner: {' '.join(message.split())}\n")
    raise SystemExit(status)


if __name__ == "__main__":
    main()
