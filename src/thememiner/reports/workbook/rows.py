"""The rows of a workbook's sheets: findings, grid, evidence, demands and what calls for an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thememiner.records import Finding, RecommendationResult, Report, RequirementResult
from thememiner.reports import arranging, between, decisions, wording
from thememiner.reports.contents import Cell, Contents, Table
from thememiner.reports.workbook import framework
from thememiner.reports.workbook.excerpting import SHOWN, Excerpts
from thememiner.wording import listed

IDS = ("Evidence id", "Document id", "SHA-256 of the excerpt")
_QUOTED = f"At most {SHOWN} short excerpts a cell, each with its number in the sheet Evidence and its source."
# What a finding of a position calls for; those that are assured call for nothing but to be kept.
_CALLS = {
    "gap": "Gap: an action",
    "mixed": "Mixed: an action where it does not hold",
    "not known": "Not known: to find out",
    "": "Not judged yet: to find out",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A report with what its rows are made of; `names` are of themes, `titles` of sections, by id."""

    report: Report
    contents: Contents
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    titles: Mapping[str, str]
    excerpts: Excerpts

    def first(self, ids: Iterable[str], themes: Iterable[str]) -> list[str]:
        """Ids of excerpts, those on some themes first."""
        wanted = frozenset(themes)
        known = [i for i in ids if i in self.excerpts.evidence]
        return sorted(known, key=lambda i: self.excerpts.evidence[i].theme_id not in wanted)


def known(report: Report) -> Known:
    """What the rows of a report are made of."""
    names = wording.theme_names(report.themes)
    return Known(
        report=report,
        contents=arranging.arrange(report),
        names=names,
        numbers=arranging.numbers(report),
        titles={s.id: f"{number}. {s.title}" for number, s in enumerate(report.sections, start=1)},
        excerpts=Excerpts(report, names),
    )


def findings(known: Known) -> Table:
    """Every finding, by its number, with its review and a few excerpts."""
    titles, numbers = known.titles, known.numbers
    rows = [
        (
            numbers.get(finding.id, ""),
            titles.get(finding.section_id, wording.BESIDE_TITLE),
            between.title(finding, known.names),
            finding.statement,
            finding.mark,
            wording.capital(finding.position or "not judged"),
            "\n".join(finding.basis or ()),
            finding.exception,
            finding.needs,
            known.excerpts.few(finding.evidence_ids) or "No passage is sure enough to be quoted.",
            wording.amount(finding.passages),
            wording.day(finding.latest),
            "\n".join(f"{what}: {said}" for what, said in decisions.told(finding, titles)),
            finding.reason,
            finding.id,
        )
        for finding in _in_order(known)
    ]
    heads = (
        "No.",
        "Section",
        "Theme",
        "Finding",
        "Review",
        "Position",
        "Basis, or sort of gap",
        "Does not hold for",
        "Still needed",
        "Excerpts, and where they stand",
        "Passages",
        "Newest evidence",
        "What people changed, and why",
        "Why it is here",
        "Finding id",
    )
    return Table("Every finding, by section", heads, tuple(rows), _QUOTED)


def _in_order(known: Known) -> list[Finding]:
    """The findings by number, those in no section last."""
    places = {identity: place for place, identity in enumerate(known.numbers)}
    return sorted(known.report.findings, key=lambda finding: places.get(finding.id, len(places)))


def sections(known: Known) -> Table:
    """How each section ends: its findings, or what was looked for and not found, or not asked."""
    rows = tuple(
        (
            f"{placed.number}. {placed.title}",
            len(placed.all),
            placed.statement if section.statement or not placed.all else "",
            wording.amount(section.searched),
            known.excerpts.few(section.evidence_ids, on=True),
            section.id,
        )
        for placed, section in zip(known.contents.sections, known.report.sections, strict=True)
    )
    heads = ("Section", "Findings", "How it ends", "Passages searched", "A source says so", "Section id")
    return Table("The sections of the template", heads, rows, wording.UNKNOWN_NOTE)


def opened(known: Known) -> Table:
    """What each cell of the grid rests on, by who says it."""
    report = known.report
    opened = [(block.title, cell) for block in known.contents.blocks for cell in block.cells]
    cells = [cell for section in report.sections for cell in report.grid if cell.section_id == section.id]
    rows = tuple(
        (
            title,
            cell.organisation,
            shown.state,
            "\n".join(shown.lines),
            *(
                known.excerpts.few(known.first(ids, cell.theme_ids), on=True)
                for ids in (cell.people, cell.incidents, cell.answers, cell.commitments)
            ),
        )
        for (title, shown), cell in zip(opened, cells, strict=True)
    )
    heads = (
        "Section",
        "Organisation",
        "How it stands",
        "Why",
        "People and families say",
        "Incidents show",
        "Its own account",
        "Its policies say",
    )
    return Table("What each cell of the grid rests on", heads, rows, _QUOTED)


def matrix(known: Known) -> Table:
    """The framework matrix: a row a case, a column a theme."""
    cases = framework.matrix(known.report, known.names, known.excerpts)
    heads = (*framework.CASE, *known.names.values())
    return Table("Framework matrix: cases and themes", heads, tuple(cases), framework.NOTE)


def evidence(known: Known) -> Table:
    """Every excerpt whole, with its source and where it is cited."""
    report, excerpts = known.report, known.excerpts
    cited: dict[str, list[str]] = defaultdict(list)
    for finding in report.findings:
        for identity in finding.evidence_ids:
            cited[identity].append(known.numbers.get(finding.id, "beside the codebook"))
    dates = {entry.id: entry.date for entry in report.documents}
    rows = tuple(
        (
            excerpts.numbers[e.id],
            (quote := excerpts.quotes[e.id]).mark,
            e.quote,
            quote.speaker,
            quote.organisation,
            quote.says,
            quote.place,
            known.names.get(e.theme_id, e.theme_id) or wording.FOREIGN,
            known.titles.get(e.section_id, e.section_id),
            ", ".join(cited[e.id]),
            wording.day(dates.get(e.document_id, "")),
            e.id,
            e.document_id,
            e.start,
            e.end,
            e.sha256,
        )
        for e in report.evidence
    )
    heads = (
        "No.",
        wording.MARK_HEAD,
        "Excerpt",
        "Who says it",
        "Organisation",
        "What it says of the theme",
        "Where it stands",
        "Theme",
        "Section",
        "In findings",
        "Date",
        "Evidence id",
        "Document id",
        "From character",
        "To character",
        "SHA-256 of the excerpt",
    )
    note = (
        "Letter for letter; from and to are characters of the document's text in documents.jsonl, from 0, "
        "the last left out."
    )
    return Table("Every excerpt of the report, with its source", heads, rows, note)


def requirements(known: Known) -> Table:
    """Each demand of the letter, what there is on it, and the ids of the actions drafted for it."""
    numbers = known.numbers
    rows = tuple(
        (
            demand.id,
            demand.text,
            demand.statement,
            ", ".join(numbers[i] for i in demand.finding_ids if i in numbers) or "none",
            len(demand.action_ids),
            "\n".join(demand.action_ids),
        )
        for demand in known.report.requirements
    )
    heads = (
        "Id",
        "What the letter asks for",
        "What there is on it",
        "Findings",
        "Draft actions",
        "Ids of draft actions",
    )
    return Table(wording.LETTER_TITLE, heads, rows, wording.LETTER_NOTE)


def plan(known: Known) -> Table:
    """What calls for an action: findings that are not assured, then what is asked for from outside."""
    report, numbers = known.report, known.numbers
    demands: dict[str, list[str]] = defaultdict(list)
    asked: list[tuple[Cell, ...]] = []
    outside: tuple[RequirementResult | RecommendationResult, ...] = (
        *report.requirements,
        *report.recommendations,
    )
    for each in outside:
        for identity in each.finding_ids:
            demands[identity].append(each.id)
        ids = "\n".join(each.action_ids)
        asked.append((_who(each), "", each.text, each.statement, "", each.id, ids, ""))
    rows: list[tuple[Cell, ...]] = [
        (
            _calls(finding),
            f"{numbers[finding.id]} {known.titles[finding.section_id].partition(' ')[2]}",
            finding.statement,
            finding.exception,
            finding.needs,
            "\n".join(demands[finding.id]),
            "",
            finding.mark,
        )
        for finding in _in_order(known)
        if finding.id in numbers and finding.position != "assured"
    ]
    heads = (
        "What it calls for",
        "Finding",
        "What was found, or is asked for",
        "Does not hold for, or what there is on it",
        "Still needed",
        "Demands and recommendations (ids)",
        "Draft actions (ids)",
        "Review",
    )
    note = (
        "What a plan has to answer. The actions, with horizon, strength, measure, resource gap and columns "
        "for owner, due date and status, are drafted by 'thememiner plan report.json --out plan.xlsx'; the "
        "ids are the same there."
    )
    return Table("What calls for an action", heads, (*rows, *asked), note)


def _who(each: RequirementResult | RecommendationResult) -> str:
    """Who asks for something from outside."""
    if isinstance(each, RequirementResult):
        return "Asked for by the letter"
    return f"Recommended by {each.source or 'a source not recorded'}"


def _calls(finding: Finding) -> str:
    """What a finding calls for: of a gap, of which sort it is."""
    if finding.position == "gap" and finding.basis:
        return f"Gap of {listed(finding.basis)}: an action"
    return _CALLS[finding.position or ""]
