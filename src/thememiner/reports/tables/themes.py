"""Tables of what recurs: themes, how they are counted, passages, and which passage is about which theme."""

from __future__ import annotations

from collections.abc import Iterator

from thememiner.records import Report, Theme
from thememiner.reports import wording
from thememiner.reports.passages import span
from thememiner.reports.tables.shapes import (
    Column,
    Frame,
    frame,
    joins,
    key,
    number,
    organisation_id,
    said,
    whole,
)

THEME = joins("themes.theme_id", "the theme")
_THEME_KEY = key("theme_id", "the theme", "themes.theme_id")
_COUNTS = (whole("passages", "passages, each once"), whole("documents", "documents that hold them"))
POLARITY = said("polarity", "positive, negative, mixed or neutral (or not judged) about the theme")


def frames(report: Report) -> Iterator[Frame]:
    """Every table of themes and passages."""
    yield _themes(report)
    yield frame(
        "theme_counts",
        "How much of one kind and polarity is about a theme. A passage may be about several themes",
        (_THEME_KEY, key("kind", "kind of document"), key("polarity", "what is said of it"), *_COUNTS),
        ((theme.id, *row) for theme in report.themes for row in theme.counts),
    )
    yield frame(
        "theme_organisations",
        "How much of one organisation is about a theme; empty organisation: not recorded",
        (_THEME_KEY, key("organisation_id", "the organisation", "organisations.organisation_id"), *_COUNTS),
        (
            (theme.id, organisation_id(name), passages, documents)
            for theme in report.themes
            for name, passages, documents in theme.organisations
        ),
    )
    yield frame(
        "theme_voices",
        "How much in one voice is about a theme",
        (_THEME_KEY, key("voice", "who speaks"), *_COUNTS),
        ((theme.id, *row) for theme in report.themes for row in theme.voices),
    )
    yield frame(
        "tallies",
        "How much there is of something, as a released report may tell it; an empty number is suppressed or "
        "not told. A working report has no row here: its numbers stand in the other tables",
        (
            said("theme_id", "the theme; empty for all that came"),
            said("by", "what name names: kind, polarity, voice or organisation"),
            said("name", "of which; empty: not recorded"),
            said("kind", "the one kind that is counted; empty for all"),
            *_COUNTS,
        ),
        ((t.theme_id, t.by, t.name, t.kind, t.passages, t.documents) for t in report.release.tallies),
    )
    yield _passages(report)
    yield frame(
        "memberships",
        "That a passage is about a theme, surely (assigned) or weakly (weak: not counted under it)",
        (
            key("passage_id", "the passage", "passages.passage_id"),
            _THEME_KEY,
            number("score", "how surely, 0 to 1"),
            said("outcome", "assigned or weak"),
            POLARITY,
            said("modality", "commitment (what should happen) or description"),
        ),
        ((m.passage_id, m.theme_id, m.score, m.outcome, m.polarity, m.modality) for m in report.memberships),
    )
    yield frame(
        "theme_exemplars",
        "A passage that shows what a discovered theme is",
        (
            _THEME_KEY,
            key("sort", "central, diverse or boundary"),
            key("passage_id", "the passage", "passages.passage_id"),
        ),
        ((theme.id, *row) for theme in report.themes for row in theme.exemplars),
        once=True,
    )


def _themes(report: Report) -> Frame:
    names = wording.theme_names(report.themes)
    listed = {theme.id for theme in report.themes}
    rows = [_theme(theme, names[theme.id]) for theme in report.themes]
    rows += [(i, i, *[None] * (len(_THEMES) - 2)) for i in dict.fromkeys(_named(report)) if i not in listed]
    return frame("themes", "A code of the codebook with evidence, or a theme found beside it", _THEMES, rows)


_THEMES = (
    key("theme_id", "code:<codebook>/<code>, or found:<digest>; kept from run to run"),
    said("theme", "its name as the report shows it"),
    said("origin", "codebook or discovered; this and what follows is empty of a code without a passage"),
    said("code_id", "the code"),
    said("definition", "what it is"),
    said("keywords", "words that set it apart, joined by ; "),
    whole("passages", "passages surely about it"),
    whole("documents", "documents that hold them"),
    said("status", "draft until a person accepts it"),
    number("stability", "of a discovered one: how like itself it is found again, 0 to 1"),
    number("cohesion", "of a discovered one: how near its passages are to one another, 0 to 1"),
    said("near_code", "of a discovered one: the code that it is close to"),
    said("wider", "of a discovered one: what it is a part of"),
    said("emerging", "new or growing against an earlier run"),
)


def _theme(theme: Theme, name: str) -> tuple[str | int | float | None, ...]:
    return (
        theme.id,
        name,
        theme.origin,
        theme.code_id,
        theme.definition,
        "; ".join(theme.keywords),
        theme.passages,
        theme.documents,
        theme.status,
        theme.stability,
        theme.cohesion,
        theme.near_code,
        theme.wider,
        theme.emerging,
    )


def _named(report: Report) -> Iterator[str]:
    """The ids of themes that the report names anywhere: a code without a passage is in no list of themes."""
    for membership in report.memberships:
        yield membership.theme_id
    for excerpt in report.evidence:
        if excerpt.theme_id:
            yield excerpt.theme_id
    for finding in (*report.findings, *report.set_aside):
        yield finding.theme_id
    for line in report.timelines:
        yield from line.uncharted
    for cell in report.grid:
        yield from cell.theme_ids
        yield from (theme for _, theme, *_ in cell.places)
    for each in report.recommendations:
        yield from each.theme_ids
    for rating in report.ratings:
        yield from rating.theme_ids
    yield from (verdict.theme_id for verdict in report.triangulation)
    yield from (comparison.theme_id for comparison in report.comparisons)
    yield from (rate.theme_id for rate in report.rates if rate.theme_id)
    yield from (trend.theme_id for trend in report.trends)


def _passages(report: Report) -> Frame:
    documents = {entry.id for entry in report.documents}
    ids = dict.fromkeys(m.passage_id for m in report.memberships)
    ids |= dict.fromkeys(passage for theme in report.themes for _, passage in theme.exemplars)
    rows = []
    for identity in ids:
        document, start, end = span(identity) or ("", None, None)
        rows.append((identity, document if document in documents else "", start, end))
    return frame(
        "passages",
        "A passage that stands under a theme. Those under none are counted in the table report, and all are "
        "text[start:end] of documents.jsonl",
        (
            key("passage_id", "its document's with start and end"),
            joins("documents.document_id", "the document that it stands in"),
            Column("start", "its first character, from 0", "whole"),
            Column("end", "the character after its last", "whole"),
        ),
        rows,
    )
