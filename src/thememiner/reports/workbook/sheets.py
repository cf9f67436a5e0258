"""What the sheets of a workbook hold, in order, one table each, in the words of the report's pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from thememiner.records import Report
from thememiner.reports import wording
from thememiner.reports.contents import Cell, Contents, Group, Table
from thememiner.reports.workbook import rows

COVER = "Read me first"
# Caption of a table of the pages -> the name of its sheet, where the caption is too long for one.
_NAMES = {
    wording.SIDES_TITLE: "Voices side by side",
    wording.COMPARED_TITLE: "Shares compared",
    wording.RATES_TITLE: "Rates",
    wording.IN_FULL_TITLE: "Read in full",
    wording.RECOMMENDED_CAPTION: "Recommendations",
    wording.RATED_CAPTION: "Self-ratings",
    wording.POLICIES_TITLE: "Policies",
    "Documents received and returns outstanding, by organisation": "Received",
    "Documents received, by voice": "Voices received",
    "What was asked for, and what came": "Asked for",
    "Files not read, or read only in part": "Not read",
    "Passages about each theme, by kind of evidence": "Themes by kind",
    "Passages about each theme, by what they say of it": "Themes by tone",
    "Themes of the codebook, and what is said of them": "Themes",
    "Each group, and what is said of it": "Unnamed groups",
    "Findings that people set aside": "Set aside",
    "What became of the passages": "Passages",
    "What each step left out, and why": "Left out",
    "Linked documents: nearly the same words": "Linked documents",
    "What was masked, by kind": "Masked",
    "Documents to read first": "Before sharing",
    "Files, and what became of each": "Ledger",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table under the name of its sheet; the first `frozen` columns stay in view."""

    name: str
    table: Table
    frozen: int = 0
    unwrapped: tuple[str, ...] = ()


def sheets(report: Report) -> tuple[Sheet, ...]:
    """Every sheet that has something in it, the cover first; the same report gives the same."""
    known = rows.known(report)
    contents = known.contents
    made = (
        Sheet("Findings", rows.findings(known), 3, ("Finding id",)),
        Sheet("Sections", rows.sections(known), 2),
        Sheet("People and families", _quotes(contents.people, contents.people_note), 1),
        *((Sheet("Grid", contents.grid, 1),) if contents.grid else ()),
        Sheet("Grid, opened", rows.opened(known), 2),
        Sheet("Matrix", rows.matrix(known), 3),
        Sheet("Evidence", rows.evidence(known), 1, rows.IDS),
        Sheet("Requirements", rows.requirements(known), 1),
        Sheet("Plan", rows.plan(known), 2),
        *_of(contents.recommendations, contents.ratings, *contents.across),
        Sheet("Over time", _over_time(contents)),
        Sheet("Over time, figures", _figures(contents), 2),
        *_of(contents.themes, contents.by_kind, contents.by_polarity, contents.groups),
        Sheet("Groups quoted", _quotes(contents.beside, wording.BESIDE_NOTE)),
        *_of(*contents.received),
        Sheet("Not known", _lines(contents.unknown, wording.UNKNOWN_NOTE)),
        Sheet("Unanswered", _unanswered(contents)),
        *_of(*contents.left_out, *contents.residual, contents.ledger),
        Sheet("Steps", contents.standing),
        Sheet("Method", _method(contents)),
        Sheet("Words used", Table("Words used", ("Word", "What it means here"), wording.GLOSSARY)),
        Sheet(wording.SHORT_TITLE, _short(contents)),
    )
    filled = tuple(sheet for sheet in made if sheet.table.rows)
    return (_cover(contents, filled), *filled)


def _of(*tables: Table | None) -> Iterator[Sheet]:
    """A sheet for each table that the pages show."""
    for table in tables:
        if table:
            yield Sheet(_NAMES.get(table.caption, table.caption), table)


def _cover(contents: Contents, filled: Iterable[Sheet]) -> Sheet:
    told: list[tuple[Cell, ...]] = [
        ("Marking", contents.marking),
        ("Title", contents.title),
        ("Question", contents.question or "No question was recorded for this run."),
        ("Status", contents.status),
        *(("To know", note) for note in contents.status_notes),
        ("Content note", contents.content_note),
        ("What came", contents.summary),
        *((("Voices", contents.absent_voices),) if contents.absent_voices else ()),
        *((("Few passages", contents.caution),) if contents.caution else ()),
        *(() if contents.people else ((wording.PEOPLE_TITLE, contents.people_note),)),
        *((("Before this is shared", contents.residual_note),) if contents.residual_note else ()),
        (
            "How to read it",
            (
                "Each sheet is one table with filters; nothing in it runs or is fetched, and nothing "
                "that is written into it is read back. Every excerpt is letter for letter as the "
                "de-identified text has it. One too long for a cell goes on in the next row (part 1, part 2)."
            ),
        ),
        (
            "To prove it",
            (
                "'thememiner verify report.json' with the sources proves every excerpt, and that a "
                "report.xlsx beside it is what report.json gives."
            ),
        ),
        *((f"Sheet: {sheet.name}", _about(sheet)) for sheet in filled),
    ]
    return Sheet(COVER, Table(COVER, ("What", "Value"), tuple(told)))


def _about(sheet: Sheet) -> str:
    table = sheet.table
    held = wording.counted(len(table.rows), "row")
    return f"{table.caption.rstrip('.')} ({held}). {table.note}".strip()


def _short(contents: Contents) -> Table:
    """The short forms, and in the note those that nothing explains."""
    held = contents.short_forms
    return replace(held, note=f"{held.note} {contents.not_explained}".strip())


def _quotes(groups: Iterable[Group], note: str) -> Table:
    told = tuple(
        (group.title, quote.mark, quote.text, quote.speaker, quote.organisation, quote.says, quote.place)
        for group in groups
        for quote in group.quotes
    )
    heads = (
        "Theme",
        wording.MARK_HEAD,
        "Excerpt",
        "Who says it",
        "Organisation",
        "What it says of the theme",
        "Where it stands",
    )
    return Table("Excerpts by theme", heads, told, note)


def _lines(groups: Iterable[Group], note: str) -> Table:
    told = tuple((group.title, line) for group in groups for line in group.lines)
    return Table("What we do not know", ("What", "Which"), told, note)


def _over_time(contents: Contents) -> Table:
    """What stands out over time, and of what nothing does."""
    told = contents.over_time
    if told is None:
        return Table("Themes over time", ("What", "What stands out"), ())
    rows = (
        *(("What is charted", line) for line in told.lines),
        *((shown.title, " ".join((shown.says, *shown.changes))) for shown in told.shown),
        *(("Stands out too", line) for line in told.more),
        *(("The rest", line) for line in told.rest),
    )
    return Table("Themes over time", ("What", "What stands out"), rows, told.note)


def _figures(contents: Contents) -> Table:
    """The figures of each theme that stands out and is charted on the pages, period by period."""
    shown = contents.over_time.shown if contents.over_time else ()
    rows = tuple((each.title, *row) for each in shown for row in each.table.rows)
    heads = ("Theme", "Period", "With the theme", "Documents", "Share", "Stands out")
    note = "Of the themes that stand out and are drawn in report.html; --tables has all."
    return Table("Themes over time, in figures", heads, rows, note)


def _unanswered(contents: Contents) -> Table:
    groups = [(f"{s.number}. {s.title}", blank) for s in contents.sections for blank in s.blanks]
    groups += [("", blank) for blank in contents.blanks]
    told = tuple((section, blank.title, line) for section, blank in groups for line in blank.lines)
    heads = ("Section", "Organisation", "Question left without an answer")
    return Table("Questions left without an answer", heads, told)


def _method(contents: Contents) -> Table:
    made = tuple((group.title, line) for group in contents.made for line in group.lines)
    steps = tuple((f"Step {number}", step) for number, step in enumerate(contents.steps, start=1))
    told = tuple(row for table in contents.method for row in table.rows)
    return Table("How this was made", ("What", "Value"), (*made, *steps, *told))
