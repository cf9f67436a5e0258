"""Tables across sections: the grid, the voices, demands, recommendations and ratings."""

from __future__ import annotations

from collections.abc import Iterator

from thememiner.records import Report
from thememiner.reports.tables.findings import EVIDENCE_KEY, FINDING_KEY
from thememiner.reports.tables.shapes import (
    Frame,
    apart,
    frame,
    joins,
    key,
    made_id,
    organisation_id,
    said,
)
from thememiner.reports.tables.sources import ORGANISATION

_THEME_KEY = key("theme_id", "the theme", "themes.theme_id")
_CELL = key("cell_id", "the cell", "grid_cells.cell_id")
_PARTS = ("answers", "commitments", "incidents", "people")
_VOICES = ("policy", "accounts", "incidents", "people")
_ACTION = key("action_id", "the draft action, as in plan.json")


def frames(report: Report) -> Iterator[Frame]:
    """Every table that stands across sections."""
    yield from _grid(report)
    yield from _triangulation(report)
    yield from _requirements(report)
    yield from _recommendations(report)
    yield from _ratings(report)


def _grid(report: Report) -> Iterator[Frame]:
    cells = [(f"{cell.section_id}|{organisation_id(cell.organisation)}", cell) for cell in report.grid]
    yield frame(
        "grid_cells",
        "One organisation in one section: how it stands to what the others describe",
        (
            key("cell_id", "section_id|organisation_id"),
            joins("sections.section_id", "the section"),
            joins("organisations.organisation_id", "the organisation"),
            said("state", "consistent, differs, silent, not received or not applicable"),
            said("why", "why, in words"),
        ),
        ((i, cell.section_id, organisation_id(cell.organisation), cell.state, cell.why) for i, cell in cells),
    )
    yield frame(
        "grid_cell_themes",
        "A theme on which an organisation differs",
        (_CELL, _THEME_KEY),
        ((i, theme) for i, cell in cells for theme in cell.theme_ids),
        once=True,
    )
    yield frame(
        "grid_cell_evidence",
        "An excerpt that a cell opens to",
        (_CELL, EVIDENCE_KEY, key("part", "answers (its own account), commitments, incidents or people")),
        ((i, e, part) for i, cell in cells for part in _PARTS for e in getattr(cell, part)),
        once=True,
    )
    yield frame(
        "grid_cell_places",
        "A place of an organisation of which is told otherwise than of its others",
        (
            _CELL,
            key("place", "the place"),
            _THEME_KEY,
            key("kind", "who tells: incident or feedback"),
            said("lean", "good or bad"),
        ),
        ((i, *place) for i, cell in cells for place in cell.places),
        once=True,
    )


def _triangulation(report: Report) -> Iterator[Frame]:
    yield frame(
        "triangulation",
        "What the voices together say of a theme: one verdict, by rules and not by numbers",
        (_THEME_KEY, said("verdict", "the verdict"), said("why", "what it rests on, in words")),
        ((t.theme_id, t.verdict, t.why) for t in report.triangulation),
    )
    yield frame(
        "triangulation_evidence",
        "An excerpt that stands for a voice on a theme",
        (
            key("theme_id", "the theme", "triangulation.theme_id"),
            EVIDENCE_KEY,
            key("part", "policy, accounts, incidents or people"),
        ),
        ((t.theme_id, e, part) for t in report.triangulation for part in _VOICES for e in getattr(t, part)),
        once=True,
    )


def _requirements(report: Report) -> Iterator[Frame]:
    own = key("requirement_id", "the demand", "requirements.requirement_id")
    yield frame(
        "requirements",
        "A demand of the commissioning letter",
        (
            key("requirement_id", "its id in the template"),
            said("requirement", "what is asked"),
            said("statement", "what there is on it"),
        ),
        ((r.id, r.text, r.statement) for r in report.requirements),
    )
    yield frame(
        "requirement_findings",
        "A finding under the codes of a demand",
        (own, FINDING_KEY),
        ((r.id, i) for r in report.requirements for i in r.finding_ids),
        once=True,
    )
    yield frame(
        "requirement_actions",
        "A draft action that serves a demand",
        (own, _ACTION),
        ((r.id, i) for r in report.requirements for i in r.action_ids),
        once=True,
    )


def _recommendations(report: Report) -> Iterator[Frame]:
    own = key("recommendation_id", "the recommendation", "recommendations.recommendation_id")
    every = report.recommendations
    yield frame(
        "recommendations",
        "What an outside body recommended, crossed with the findings",
        (
            key("recommendation_id", "its id in the table that was given"),
            said("source", "whose it is"),
            ORGANISATION,
            said("date", "its date"),
            said("recommendation", "what is recommended"),
            said("reason", "how it came to its themes"),
            said("statement", "what there is on it"),
        ),
        (
            (r.id, r.source, organisation_id(r.organisation), r.date, r.text, r.reason, r.statement)
            for r in every
        ),
    )
    yield frame(
        "recommendation_themes",
        "A theme of a recommendation",
        (own, _THEME_KEY),
        ((r.id, i) for r in every for i in r.theme_ids),
        once=True,
    )
    yield frame(
        "recommendation_findings",
        "A finding under the themes of a recommendation",
        (own, FINDING_KEY, said("position", "the finding's position; empty: not judged")),
        ((r.id, *pair) for r in every for pair in zip(r.finding_ids, r.positions, strict=False)),
        once=True,
    )
    yield frame(
        "recommendation_actions",
        "A draft action that serves a recommendation",
        (own, _ACTION),
        ((r.id, i) for r in every for i in r.action_ids),
        once=True,
    )


def _ratings(report: Report) -> Iterator[Frame]:
    ids = apart(made_id("rating", r.organisation, r.item) for r in report.ratings)
    every = list(zip(ids, report.ratings, strict=True))
    own = key("rating_id", "the rating", "ratings.rating_id")
    yield frame(
        "ratings",
        "How an organisation rates itself, beside what was read of it; the program assigns no level",
        (
            key("rating_id", "made of organisation and item"),
            ORGANISATION,
            said("item", "what it rated"),
            said("rating", "its own rating"),
            said("stated", "evidence that it states"),
            said("verdict", "supported, not supported or not evidenced"),
            said("why", "what the verdict rests on"),
            said("reason", "how the item came to its themes"),
        ),
        (
            (i, organisation_id(r.organisation), r.item, r.rating, r.stated, r.verdict, r.why, r.reason)
            for i, r in every
        ),
    )
    yield frame(
        "rating_themes",
        "A theme of a rated item",
        (own, _THEME_KEY),
        ((i, theme) for i, r in every for theme in r.theme_ids),
        once=True,
    )
    yield frame(
        "rating_evidence",
        "An excerpt beside a rating",
        (own, EVIDENCE_KEY),
        ((i, e) for i, r in every for e in r.evidence_ids),
        once=True,
    )
