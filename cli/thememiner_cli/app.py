"""The commands, and what happens to an error: one line on stderr and exit code 2 if the user can mend it."""

from __future__ import annotations

import sys
from typing import Annotated, Any, cast

import typer

from thememiner_cli import (
    agreeing,
    differing,
    evaluating,
    filling,
    listing,
    planning,
    reporting,
    reviewing,
    running,
    signing,
    stages,
    training,
    trending,
)

app = typer.Typer(
    help="Recurring themes with verbatim evidence from incident narratives, policies, accounts and feedback.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_STOPPED = 130  # the exit code of a run that was interrupted

# What the command line's own library raises for a wrong option: its click is vendored or not, by version.
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[2])


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
    training.train,
    training.choose,
    agreeing.agreement,
    trending.trends,
    reporting.report,
    filling.fill,
    differing.changes,
    signing.status,
    reporting.verify,
    evaluating.evaluate,
):
    app.command()(command)
app.add_typer(reviewing.findings, name="findings")
app.add_typer(planning.plan, name="plan")
app.add_typer(listing.codebooks, name="codebooks")
app.add_typer(listing.templates, name="templates")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may not know the letters of a theme's name
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from thememiner.errors import InputError, ThememinerError

    try:
        status = app(standalone_mode=False)
    except _UsageError as error:
        _refuse(error)
    except InputError as error:
        _fail(str(error), 2)
    except ThememinerError as error:
        _fail(str(error), 1)
    else:
        if status == _STOPPED:
            _fail("stopped; nothing was half written.", _STOPPED)
        sys.exit(status)


def _refuse(error: Any) -> None:
    """Say in a line what is wrong with the options given; without a command, show the help."""
    message = error.format_message().replace("Value error, ", "")
    if message.startswith("Usage:"):
        sys.stderr.write(f"{message}\n")
        raise SystemExit(error.exit_code)
    path = error.ctx.command_path if getattr(error, "ctx", None) else "thememiner"
    stop = "" if message.endswith((".", "?")) else "."
    _fail(f"{message}{stop} Try '{path} --help'.", error.exit_code)


def _fail(message: str, status: int) -> None:
    """Say it in a line and end; a message may tell a file's name or headings, so it goes through the wall."""
    from thememiner.deidentifying import mask

    message = mask(message).text
    sys.stderr.write(f"thememiner: {' '.join(message.split())}\n")
    raise SystemExit(status)


if __name__ == "__main__":
    main()
