"""`plan`: from a finished report a draft action plan to work in, and back what people did with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from thememiner_cli import listing, writing

if TYPE_CHECKING:
    from thememiner.planning import Prompts
    from thememiner.records import Plan, Report


class _DraftsByDefault(TyperGroup):
    """`plan report.json` is `plan draft report.json`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["draft", *args]
        return super().parse_args(ctx, args)


plan = typer.Typer(
    help="Draft an action plan from a finished report (thememiner plan report.json --out plan.xlsx), and "
    "read it back.",
    cls=_DraftsByDefault,
    no_args_is_help=True,
)


@plan.command()
def draft(
    report: Annotated[Path, typer.Argument(help="A report.json.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .xlsx, .docx, .csv or .json.")],
    earlier: Annotated[
        Path | None,
        typer.Option("--plan", help="An earlier plan.json: keep what people did, and say how each stands."),
    ] = None,
    actions: Annotated[
        str,
        typer.Option(
            help="Wording of the actions: a shipped name, or a path to a TOML file. [default: the codebook's "
            "own, else general]",
            show_default=False,
        ),
    ] = "",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace --out even if people may have written in it.")
    ] = False,
) -> None:
    """Draft an action plan: for each gap, what is not known and each demand of the letter.

    Owner, due date and status are left blank. Resource gaps are quoted from the evidence, never estimated.
    """
    from thememiner import InputError, UnknownNameError, plans
    from thememiner.saving import write_file

    if out.suffix.lower() not in plans.FORMATS:
        raise UnknownNameError("the plan format", out.suffix or out.name, plans.FORMATS)
    writing.check_file(out, (), [report, *([earlier] if earlier else [])])
    made = planned(report, plans.load(earlier) if earlier else None, actions)
    content = plans.render(made, out.suffix)
    if out.exists() and not overwrite and writing.content(out) != content:
        raise InputError(
            f"{out} is there already, and people may have written in it: read it back first (thememiner plan "
            "import), choose another --out, or pass --overwrite to replace it."
        )
    for line in said(write_file(out, content), made):
        typer.echo(line)


@plan.command("import")
def import_plan(
    file: Annotated[Path, typer.Argument(help="The workbook or CSV that people worked in.")],
    out: Annotated[Path, typer.Option("--out", help="The plan.json to write.")],
    report: Annotated[
        Path | None,
        typer.Option(
            help="The report.json that the plan is of: for a CSV, which does not say what was drafted."
        ),
    ] = None,
    actions: Annotated[str, typer.Option(help="The --actions that the plan was drafted with, if any.")] = "",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace --out even if what people wrote in it is lost.")
    ] = False,
) -> None:
    """Read back a plan that people worked in: by id, whatever was sorted, moved, deleted or added.

    'thememiner run ... --plan plan.json' and 'thememiner plan report.json --plan plan.json' carry it on.
    """
    from thememiner import InputError, planning, plans
    from thememiner.deidentifying import mask
    from thememiner.plans import importing
    from thememiner.saving import write_file

    if out.suffix.lower() != ".json":
        raise InputError(f"{out} would hold JSON: give it a name that ends in .json.")
    writing.check_file(out, (), [file, *([report] if report else [])])
    earlier = _earlier(out) if out.exists() else None
    found = importing.read(file, planned(report, None, actions) if report else None)
    lost = planning.lost(earlier.actions, found.plan.actions) if earlier and not overwrite else 0
    if lost:
        raise InputError(
            f"{out} holds what people wrote of {writing.number(lost, 'action')} (owner, due date, status or "
            f"wording), which {file.name} has not: import the newer workbook, choose another --out, or pass "
            "--overwrite to replace it."
        )
    write_file(out, plans.render(found.plan, ".json"))
    for line in found.notes:
        typer.echo(mask(line).text)  # a heading of people's own may name somebody
    typer.echo(f"Plan: {out}")


@plan.command("copy")
def copy_wording(name: listing.Shipped, file: listing.NewFile) -> None:
    """Write the shipped wording of actions to a file, to change it and give it with --actions."""
    typer.echo(f"Written: {listing.copied('actions', name, file)}. Change it, and give it with --actions.")


def _earlier(out: Path) -> Plan:
    """The plan that stands in the file to write; `InputError` for anything else, which would be lost."""
    from thememiner import InputError, plans

    try:
        return plans.load(out)
    except InputError:
        raise InputError(f"{out} is there already and is no plan: choose another --out.") from None


def planned(report: Path, earlier: Plan | None, actions: str = "") -> Plan:
    """The plan of a report.json, with the wording named, else that of its codebook."""
    from thememiner import planning, resources
    from thememiner.reports import standing
    from thememiner.reports.json import load

    found = load(report)
    return planning.plan(
        planning.traced(found, _layout(found)),
        _wording(found, actions),
        sha256=resources.sha256(report),
        earlier=earlier,
        stands=standing.status(found),
    )


def check_replaced(out: Path, earlier: Path) -> None:
    """Raise `InputError` where a plan would be written over another than the one that it carries on."""
    from thememiner import InputError

    if out.exists() and not (earlier.exists() and out.samefile(earlier)):
        raise InputError(
            f"{out} is there already, and is not the --plan given: choose another --out, or pass --overwrite."
        )


def said(out: Path, made: Plan) -> list[str]:
    """What a plan holds and where it is, in a few lines."""
    from thememiner import planning

    counts = {
        "short-term action": sum(a.horizon == "short" for a in made.actions),
        "longer-term action": sum(a.horizon == "longer" for a in made.actions),
        "assurance": len(made.assurances),
    }
    silent = sum(demand.statement.startswith(planning.NO_EVIDENCE) for demand in made.requirements)
    demands = writing.number(len(made.requirements), "demand")
    held = ", ".join(writing.number(n, what) for what, n in counts.items())
    lines = [f"{held}; {demands} of the letter, {silent} with no evidence yet."]
    if made.recommendations:
        silent = sum(each.statement == planning.NO_EVIDENCE for each in made.recommendations)
        asked = writing.number(len(made.recommendations), "recommendation")
        lines.append(f"{asked} of outside bodies, {silent} with no evidence yet.")
    about = dict(made.about)
    if planning.COMPARED in about:
        lines.append(f"{planning.COMPARED}: {about[planning.COMPARED]}.")
    lines += [about[what] for what in ("Findings", "Another review?") if what in about]
    return [*lines, f"Plan: {out}. Draft, not yet reviewed."]


def _layout(report: Report) -> Any:
    """The shipped template that a report of before was made with; None where it is not shipped."""
    from thememiner import resources, template

    name = _id(report, "template")
    return template(name) if name in resources.names("templates") else None


def _wording(report: Report, name: str) -> Prompts:
    """The prompts to word actions with, checked against the codebook that they are for."""
    from thememiner import codebook, planning, resources

    own = _id(report, "codebook")
    found = planning.prompts(name or (own if own in resources.names("actions") else ""))
    if found.codebook:
        planning.check_codes(found, [code.id for code in codebook(found.codebook).codes])
    return found


def _id(report: Report, what: str) -> str:
    """The id of the codebook or template that a report was made with."""
    given = report.provenance.get(what)
    return str(given.get("id", "")) if isinstance(given, dict) else ""
