"""The appendices of a board paper: every excerpt with its source, themes, method, ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from thememiner.reports import wording
from thememiner.reports.contents import OverTime, PlacedSection, Quote, Table
from thememiner.reports.paper import body, words
from thememiner.reports.paper.page import Page, group, source, table
from thememiner.wordfiles import Cell, Lines

_EXCERPTS = ("Finding", "Excerpt", "Who says it, and where it stands")
_SHARES = (18, 50, 32)


def evidence(page: Page) -> None:
    """Appendix A: why each finding is here and its excerpts whole, then what stands across sections."""
    pen, contents = page.pen, page.contents
    pen.heading("Appendix A: evidence", 1)
    pen.said(words.UNREADABLE)
    if contents.grid and len(contents.grid.columns) > body.GRID_COLUMNS:
        table(pen, contents.grid)
    for section in contents.sections:
        pen.heading(f"Evidence for section {section.number}: {section.title}", 2)
        _why(page, section)
        if section.all:
            caption = f"Excerpts for section {section.number}: {section.title}"
            pen.table(caption, _EXCERPTS, _excerpts(section), _SHARES)
        for blank in section.blanks:
            pen.said((f"Questions left without an answer: {blank.title}", True))
            pen.listed(blank.lines)
    more = [(held.title, quote) for held in contents.people for quote in held.quotes[1:]]
    _quotes(page, "More words of people and families", more)
    _quotes(
        page,
        "Quotes outside the sections",
        [(g.title, quote) for g in contents.unplaced for quote in g.quotes],
    )
    if contents.letter.rows:
        pen.heading(wording.LETTER_TITLE, 2)
        table(pen, contents.letter)
    for title, held in (
        (wording.RECOMMENDED_TITLE, contents.recommendations),
        (wording.RATED_TITLE, contents.ratings),
    ):
        if held:
            pen.heading(title, 2)
            table(pen, held)
    if contents.across:
        pen.heading(wording.ACROSS_TITLE, 2)
    for held in contents.across:
        table(pen, held)
    if contents.blocks:
        pen.heading("What each cell of the grid rests on", 2)
    for block in contents.blocks:
        table(pen, block.table)


def _why(page: Page, section: PlacedSection) -> None:
    told = any(f.told for f in section.all)
    rows = [
        (f"{f.number} {f.title}", f.reason, "\n".join(f"{what}: {said}" for what, said in f.told) or "–")
        for f in section.all
    ]
    if rows:
        heads = ("Finding", "Why it is here", "What people changed, and why")
        shown = len(heads) if told else len(heads) - 1
        caption = f"Why each finding of section {section.number} is here"
        page.pen.table(caption, heads[:shown], [row[:shown] for row in rows], (34, 36, 30)[:shown])


def _excerpts(section: PlacedSection) -> Iterable[Sequence[Cell]]:
    """A row an excerpt; a finding whose excerpts all stand elsewhere, or that has none, has one too."""
    shown = body.examples(section)
    for f in section.all:
        here = f.quotes if f.lead is None or f.number in shown else (f.lead, *f.quotes)
        names = chain([f"{f.number} {f.title}"], repeat(f.number))
        for name, quote in zip(names, here, strict=False):
            yield name, _whole(quote), source(quote)
        places = [place for place, _ in f.again if place != wording.MAIN_TITLE]
        if f.number in shown:
            places.insert(0, f"the table of findings of section {section.number}")
        if places or not here:
            said = words.ALSO.format(places=", ".join(places)) if places else words.NOT_QUOTED
            yield f.number if here else f"{f.number} {f.title}", said, "–"


def _whole(quote: Quote) -> Sequence[Lines]:
    """An excerpt for a cell, after what it describes where that is hard to read."""
    mark = [[(f"{quote.mark}.", True)]] if quote.mark else []
    return [*mark, [(quote.text, False)]]


def _quotes(page: Page, title: str, held: Sequence[tuple[str, Quote]]) -> None:
    if held:
        page.pen.heading(title, 2)
        rows = ((name, _whole(quote), source(quote)) for name, quote in held)
        page.pen.table(f"{title}: excerpts", ("Theme", *_EXCERPTS[1:]), rows, _SHARES)


def themes(page: Page) -> None:
    """Appendix B: the themes in tables, over time, and what was found beside the codebook."""
    pen, contents = page.pen, page.contents
    pen.heading("Appendix B: themes", 1)
    pen.said("Numbers of passages. They show where the evidence lies, not how often anything happens.")
    for held in (contents.by_kind, contents.by_polarity, contents.themes):
        table(pen, held)
    if contents.over_time:
        _over_time(page, contents.over_time)
    pen.heading(wording.BESIDE_TITLE, 2)
    pen.said(wording.BESIDE_NOTE)
    table(pen, contents.groups)
    for each in contents.beside:
        group(pen, each, 3)
    if not contents.beside:
        pen.said("None was found.")


def _over_time(page: Page, told: OverTime) -> None:
    pen = page.pen
    pen.heading(told.title, 2)
    pen.said(told.note)
    pen.listed(told.lines)
    for shown in told.shown:
        pen.heading(shown.title, 3)
        pen.said(shown.says)
        pen.listed(shown.changes)
        table(pen, shown.table)
    pen.listed((*told.more, *told.rest))


def method(page: Page) -> None:
    """Appendix C: how it was made, what may still identify a person, and the words used."""
    pen, contents = page.pen, page.contents
    pen.heading("Appendix C: method", 1)
    pen.listed(contents.steps, numbered=True)
    for held in contents.method:
        table(pen, held)
    pen.heading(wording.RESIDUAL_TITLE, 2)
    pen.said(contents.residual_note)
    for held in contents.residual:
        table(pen, held)
    pen.heading("Words used", 2)
    table(pen, Table("Words used in this paper", ("Word", "What it means here"), wording.GLOSSARY))
    pen.heading(wording.SHORT_TITLE, 2)
    table(pen, contents.short_forms)
    if contents.not_explained:
        pen.said(contents.not_explained)


def ledger(page: Page) -> None:
    """Appendix D: every file, what was asked for, and what was left out and why."""
    pen, contents = page.pen, page.contents
    pen.heading("Appendix D: ledger", 1)
    for held in (*contents.received[2:], contents.ledger):
        table(pen, held)
    pen.heading("What was left out, and why", 2)
    for held in contents.left_out:
        table(pen, held)
    if contents.blanks:
        pen.heading(wording.BLANKS_TITLE, 2)
        pen.said(wording.BLANKS_NOTE)
        for each in contents.blanks:
            group(pen, each, 3)
