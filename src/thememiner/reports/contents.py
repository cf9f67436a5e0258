"""What a page for people shows, in reading order: words, tables and quotes, with no HTML or Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thememiner.reports.timecharts import TimeChart

Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row names the row.

    `links` are anchors on the page that its cells lead to, as `rows`, "" for none.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    links: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """One excerpt with its caption in words: who, whose, what it says of the theme, where it stands.

    `mark` is what to tell before one that is hard to read, "" of others.
    """

    text: str
    kind: str
    people: bool
    speaker: str
    organisation: str
    says: str
    place: str
    theme: str = ""
    polarity: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its quotes, or with sentences; `links` are (name, anchor) of where more stands."""

    title: str
    quotes: tuple[Quote, ...] = ()
    lines: tuple[str, ...] = ()
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell of the grid, opened: how it stands, sentences on it, and what it rests on, by kind of source."""

    anchor: str
    organisation: str
    state: str
    lines: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One section of the grid: how many cells are in which state, the cells, and the same as a table."""

    title: str
    counts: str
    cells: tuple[OpenCell, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """One finding as shown: `number` is "2.1", `anchor` is where it stands on the page.

    `lead` is the quote that stands with it on the first page; `again` are (where, its anchor) of quotes of
    this finding that stand elsewhere on the page; `judged` is `position` with its basis, both empty
    until judged. `mark` says whether a person has looked at it, `told` are (what, words) of what they changed
    and why.
    """

    number: str
    anchor: str
    title: str
    statement: str
    reason: str
    position: str
    judged: str
    quotes: tuple[Quote, ...]
    again: tuple[tuple[str, str], ...] = ()
    lead: Quote | None = None
    mark: str = "Not yet reviewed"
    told: tuple[tuple[str, str], ...] = ()

    @property
    def marked(self) -> bool:
        """Whether none of its quotes stands on the first page, and some are hard to read."""
        return self.lead is None and any(quote.mark for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """One section of the template; `main` are findings for the first page, `single` rest on one passage.

    `quotes` are those in which a source says that there is none.
    """

    number: int
    anchor: str
    title: str
    findings: tuple[PlacedFinding, ...]
    single: tuple[PlacedFinding, ...]
    main: tuple[PlacedFinding, ...]
    statement: str
    searched: str
    blanks: tuple[Group, ...]
    quotes: tuple[Quote, ...] = ()

    @property
    def all(self) -> tuple[PlacedFinding, ...]:
        """Every finding of the section, those of one passage last."""
        return self.findings + self.single


@dataclass(frozen=True, slots=True)
class Shown:
    """A theme over time of which something stands out: a sentence, the chart and its key, the figures.

    `changes` are the numbered changes in reporting that are marked on the chart.
    """

    title: str
    says: str
    key: str
    changes: tuple[str, ...]
    chart: TimeChart
    table: Table


@dataclass(frozen=True, slots=True)
class OverTime:
    """Themes over time: `lines` say what is charted, `shown` and `more` what stands out, `rest` what not."""

    title: str
    note: str
    lines: tuple[str, ...]
    shown: tuple[Shown, ...]
    more: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole report in reading order; `blanks` are unanswered questions that no section asks.

    `marking` says on every page for whom it is, `status` how it stands, `standing` has every step that
    people recorded. `made` are the statements of the method, `steps` how it was made, `method` what the run
    recorded.
    """

    title: str
    marking: str
    question: str
    content_note: str
    status: str
    status_notes: tuple[str, ...]
    standing: Table
    summary: str
    received: tuple[Table, ...]
    absent_voices: str
    sections: tuple[PlacedSection, ...]
    people: tuple[Group, ...]
    people_note: str
    letter: Table
    recommendations: Table | None
    ratings: Table | None
    unknown: tuple[Group, ...]
    residual_note: str
    residual: tuple[Table, ...]
    grid: Table | None
    blocks: tuple[Block, ...]
    across: tuple[Table, ...]
    by_kind: Table
    by_polarity: Table
    by_voice: Table
    tones: Table
    over_time: OverTime | None
    themes: Table
    groups: Table
    beside: tuple[Group, ...]
    none_beside: str
    caution: str
    unplaced: tuple[Group, ...]
    blanks: tuple[Group, ...]
    ledger_title: str
    ledger: Table
    left_out: tuple[Table, ...]
    made: tuple[Group, ...]
    steps: tuple[str, ...]
    method: tuple[Table, ...]
    short_forms: Table
    not_explained: str

    @property
    def people_marked(self) -> bool:
        """Whether words of people and families are hard to read, so that they begin a page of their own."""
        return any(quote.mark for group in self.people for quote in group.quotes)
