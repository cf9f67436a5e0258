"""A report → the whole draft plan: actions, assurances, demands, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thememiner.planning.comparing import NOT_USED, compare, counted
from thememiner.planning.drafting import assure, draft, trace
from thememiner.planning.prompts import Prompts
from thememiner.records import Action, Plan, Report, Template

DRAFT = "draft, not yet reviewed"
WHAT = (
    "A draft put together by software from the findings of a report. Nothing in it is decided. Accept, "
    "reword or leave out each action; owner, due date and status are for people to fill in."
)
READING = (
    "Short-term actions have minimal resource implications, longer-term ones may need resources. Resource "
    "gaps are quoted from the evidence and never estimated. Strength is by the hierarchy of action: stronger "
    "actions do not depend on memory. Contributing factors (SEIPS) are where to look first; they were not "
    "found by the program."
)
COMPARED = "Against the earlier plan"
OTHER = (
    "No document of the earlier plan is in this report. If it is the plan of another review, what people "
    "wrote in it does not belong here."
)
_SHOWN = 16  # characters of a digest that a person can compare


def plan(
    report: Report, book: Prompts, *, sha256: str = "", earlier: Plan | None = None, stands: str = ""
) -> Plan:
    """The draft plan of a report, with what people did in an earlier plan kept in it.

    `sha256` is that of the report.json that the plan is made from; `stands` says how that report stands.
    """
    actions = _drafted(report, book)
    if earlier is not None:
        evidence = {excerpt.id: excerpt for excerpt in report.evidence}
        actions = compare(earlier.actions, actions, evidence, earlier.documents)
    sections = {section.id: section.title for section in report.sections}
    themes = {theme.id: theme.name for theme in report.themes if theme.origin == "codebook"}
    before = earlier or Plan(())
    documents = tuple(sorted(entry.id for entry in report.documents))
    about = [*_about(report, book, sha256, stands)]
    if earlier is not None:
        about.append((COMPARED, counted(actions)))
    if before.documents and documents and not set(before.documents) & set(documents):
        about.append(("Another review?", OTHER))
    return Plan(
        actions=actions,
        assurances=assure(report, book),
        requirements=report.requirements,
        recommendations=report.recommendations,
        about=tuple(about),
        # what only the earlier plan has keeps its names
        sections=tuple((sections | {i: n for i, n in before.sections if i not in sections}).items()),
        themes=tuple((themes | {i: n for i, n in before.themes if i not in themes}).items()),
        documents=documents,
    )


def _drafted(report: Report, book: Prompts) -> tuple[Action, ...]:
    """The actions of a report, and those that only findings which people set aside call for, marked so."""
    used = draft(report, book)
    if not report.set_aside:
        return used
    ids = {action.id for action in used}
    every = draft(replace(report, findings=(*report.findings, *report.set_aside)), book)
    return (*used, *(replace(action, progress=NOT_USED) for action in every if action.id not in ids))


def traced(report: Report, layout: Template | None) -> Report:
    """The report with the demands of its letter traced; one that has them traced already is left as it is."""
    if report.requirements or layout is None:
        return report
    return replace(report, requirements=trace(layout.requirements, report.themes, report.findings))


def _about(report: Report, book: Prompts, sha256: str, stands: str) -> Iterator[tuple[str, str]]:
    """How the plan was made: (what, value)."""
    made = report.provenance
    yield "Status", DRAFT
    yield "What this is", WHAT
    yield "Report", report.title
    if stands:
        yield "How the report stands", stands
    if report.question:
        yield "Question", report.question
    if sha256:
        yield "Report file", f"SHA-256 {sha256[:_SHOWN]}"
    yield "Codebook", _named(made.get("codebook"))
    layout = made.get("template")
    official = isinstance(layout, dict) and layout.get("official")
    yield "Template", _named(layout) + ("" if official else " (not an official template)")
    yield "Findings that people have looked at", _reviewed(report)
    yield "Wording of the actions", f"{book.id} {book.version}"
    yield "Documents read", f"{len(report.documents):,}"
    yield "Made with", f"thememiner {made.get('thememiner', '')}".strip()
    yield "How to read it", READING
    if not report.findings:
        yield "Findings", "The report has none, so only the demands of the letter are drafted."
    elif all(finding.position is None for finding in report.findings):
        yield (
            "Findings",
            "None has been judged an assurance or a gap yet, so each has an action to find out.",
        )
    if made.get("settings", {}).get("redact") is False:
        yield "Identifiers", "The texts were not de-identified: keep this plan where the sources are kept."


def _reviewed(report: Report) -> str:
    """How many findings people have reviewed, in words."""
    made = (*report.findings, *report.set_aside)
    seen = sum(finding.review != "not yet reviewed" for finding in made)
    counts = {
        "changed since then": sum(bool(finding.changed) for finding in made),
        "set aside": len(report.set_aside),
    }
    held = "".join(f", {number:,} {what}" for what, number in counts.items() if number)
    return f"{seen or 'none'} of {len(made):,}{held}"


def _named(given: object) -> str:
    """The id and version of a codebook or template."""
    if not isinstance(given, dict):
        return "not recorded"
    return f"{given.get('id', '')} {given.get('version', '')}".strip() or "not recorded"
