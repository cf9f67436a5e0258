"""The middle of a board paper: background, approach, evidence, people, findings, what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thememiner.reports import wording
from thememiner.reports.contents import PlacedFinding, PlacedSection
from thememiner.reports.paper import words
from thememiner.reports.paper.page import Page, excerpt, group, quoted, table
from thememiner.wordfiles import Cell, Excerpt, Lines

GRID_COLUMNS = 7  # that an upright page has room for
EXAMPLES = 3  # excerpts a section, each beside its finding; the rest stand in the appendix


def background(page: Page) -> None:
    """The question, the days looked at, and what the paper is made by."""
    pen, report = page.pen, page.report
    pen.heading("Background", 1)
    asked = [(r.text, False) for r in report.requirements]
    scope = report.provenance.get("scope")
    if isinstance(scope, dict) and (scope.get("start") or scope.get("end")):
        start, end = (wording.day(str(scope.get(key) or "")) or "any day" for key in ("start", "end"))
        pen.said(words.BACKGROUND.format(start=start, end=end))
    if asked:
        demands = wording.counted(len(asked), "demand")
        pen.said(
            f"The commissioning letter makes {demands}: each stands in Appendix A with what there is on it."
        )
    pen.said(
        "The findings stand under the sections of the review’s template: "
        + "; ".join(section.title for section in page.contents.sections)
        + "."
    )


def approach(page: Page) -> None:
    """How it was done, in a paragraph, and the limits that a reader has to know."""
    pen = page.pen
    pen.heading("Approach", 1)
    pen.said(words.APPROACH)
    pen.heading(words.STATUS_TITLE, 2)
    pen.listed(page.contents.status_notes)


def received(page: Page) -> None:
    """What came and what did not; which policies, and what was asked for, stand in the appendix."""
    pen, contents = page.pen, page.contents
    pen.heading("Evidence received", 1)
    pen.said(contents.summary)
    if contents.absent_voices:
        pen.said((contents.absent_voices, True))
    if contents.caution:
        pen.said((contents.caution, True))
    for held in contents.received[:2]:
        table(pen, held)


def people(page: Page) -> None:
    """The words of people and families: one account a theme."""
    pen, contents = page.pen, page.contents
    pen.heading(wording.PEOPLE_TITLE, 1)
    pen.said(contents.people_note)
    if contents.people:
        pen.said(words.PEOPLE_MORE)
    for held in contents.people:
        pen.heading(held.title, 2)
        for quote in held.quotes[:1]:
            quoted(pen, quote)


def findings(page: Page) -> None:
    """The grid, then a table of findings for each section."""
    pen, contents = page.pen, page.contents
    pen.heading("Findings by section", 1)
    pen.said(words.FINDINGS_NOTE)
    if contents.grid:
        pen.heading(wording.GRID_TITLE, 2)
        if len(contents.grid.columns) <= GRID_COLUMNS:
            table(pen, contents.grid)
        else:
            pen.listed([f"{block.title}: {block.counts}" for block in contents.blocks])
            pen.said(words.WIDE_GRID)
    for section in contents.sections:
        pen.heading(f"Section {section.number}: {section.title}", 2)
        if section.statement and (section.quotes or not section.all):
            pen.said(section.statement)
        for quote in section.quotes:
            quoted(pen, quote)
        pen.said(section.searched, style="Note", with_next=bool(section.all))
        if section.all:
            heads = ("No.", "Finding", "Position, and review")
            caption = f"Findings of section {section.number}: {section.title}"
            pen.table(caption, heads, _rows(section), (7, 65, 28))


def _rows(section: PlacedSection) -> Iterable[Sequence[Cell]]:
    alone = {finding.number for finding in section.single}
    shown = examples(section)
    for finding in section.all:
        told: list[Lines | Excerpt] = [[(finding.statement, False)]]
        if finding.number in shown and finding.lead:
            told.append(excerpt(finding.lead))
        yield finding.number, told, _judged(finding, alone=finding.number in alone)


def examples(section: PlacedSection) -> frozenset[str]:
    """The numbers of the findings of a section that have an example beside them."""
    return frozenset([finding.number for finding in section.all if finding.lead][:EXAMPLES])


def _judged(finding: PlacedFinding, *, alone: bool) -> list[Lines]:
    judged = f"{finding.judged}. " if finding.judged else ""
    said = f". {words.ONE_PASSAGE}." if alone else "."
    return [[(judged, False), (finding.mark, True), (said, False)]]


def unknown(page: Page) -> None:
    """What is not known, under its heads."""
    pen, contents = page.pen, page.contents
    pen.heading("What we do not know", 1)
    pen.said(wording.UNKNOWN_NOTE)
    for held in contents.unknown:
        group(pen, held, 2)
    if not contents.unknown:
        pen.said(words.NOTHING_UNKNOWN)
