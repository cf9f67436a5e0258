"""What each cell of the grid opens to: where the quotes of the findings leave a voice out, one of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from thememiner import evidence, mapping, polarity
from thememiner.records import Document, Evidence, Finding, GridCell, Membership, Passage, Template

_DIFFERING = ("account", "feedback")  # what makes a cell differ
_ANSWERS = 3  # passages of an answer that stands under no theme of the section
_UNJUDGED = Membership("", "", 0.0, "no")

_Pairs = list[tuple[Membership, Passage]]


def open_up(
    grid: Sequence[GridCell],
    findings: Sequence[Finding],
    memberships: Iterable[Membership],
    passages: Sequence[Passage],
    documents: Sequence[Document],
    layout: Template,
    quoted: Sequence[Evidence],
) -> tuple[tuple[GridCell, ...], tuple[Evidence, ...]]:
    """Return the grid with the ids of what its cells open to, and the excerpts cut for that.

    A finding quotes a few documents, so of forty organisations most are not among them. A cell gets an
    excerpt of each kind that its section takes and of which it has none, on a theme placed there; of its
    account and of people on each theme on which it differs, whatever the section takes; and the beginning of
    its answer where no theme of the section has any.
    """
    texts = {d.id: d for d in documents}
    by_id = {p.id: p for p in passages}
    themes: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        themes[finding.section_id].append(finding.theme_id)
    placed = {theme_id for ids in themes.values() for theme_id in ids}
    of: dict[tuple[str, str, str], _Pairs] = defaultdict(list)
    for m in memberships:
        if m.theme_id in placed and m.outcome == "assigned":
            p = by_id[m.passage_id]
            of[m.theme_id, p.organisation, p.kind].append((m, p))
    answers = _answers(passages, layout)
    takes = {section.id: section.kinds for section in layout.sections}
    have = {(e.section_id, e.organisation, e.kind, e.theme_id) for e in quoted}
    cells: list[GridCell] = []
    cut: list[Evidence] = []
    for cell in grid:
        held = {"account": cell.answers, "policy": cell.commitments}
        held |= {"incident": cell.incidents, "feedback": cell.people}
        here = cell.section_id, cell.organisation
        for kind, ids in held.items():
            lacking = [t for t in cell.theme_ids if (*here, kind, t) not in have and kind in _DIFFERING]
            new = [e for t in lacking for e in _pick(cell, t, of[t, cell.organisation, kind], texts, 2)]
            if not ids and not new and kind in takes[cell.section_id]:
                new = _first(cell, [(t, of[t, cell.organisation, kind]) for t in themes[here[0]]], texts)
            if kind == "account" and not ids and not new:
                first = answers[here][:_ANSWERS]
                new = [evidence.cut(here[0], "", _UNJUDGED, p, texts[p.document_id]) for p in first]
            cut += new
            held[kind] = (*ids, *(e.id for e in new))
        cells.append(
            replace(
                cell,
                answers=held["account"],
                commitments=held["policy"],
                incidents=held["incident"],
                people=held["feedback"],
            )
        )
    return tuple(cells), tuple(map(polarity.explained, cut))


def _first(
    cell: GridCell, themes: Iterable[tuple[str, _Pairs]], texts: Mapping[str, Document]
) -> list[Evidence]:
    """An excerpt on the first of the themes that has one to be quoted."""
    picked = (_pick(cell, theme_id, members, texts, 1) for theme_id, members in themes)
    return next(filter(None, picked), [])


def _pick(
    cell: GridCell, theme_id: str, members: _Pairs, texts: Mapping[str, Document], most: int
) -> list[Evidence]:
    return evidence.pick(cell.section_id, theme_id, members, texts, most) if members else []


def _answers(passages: Sequence[Passage], layout: Template) -> Mapping[tuple[str, str], list[Passage]]:
    """(section id, organisation) -> the passages of its account that answer the section, in order."""
    given = mapping.section_of_answers({mapping.asked(p) for p in passages}, layout)
    found: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for p in passages:
        section = given.get(mapping.asked(p)) if p.kind == "account" else None
        if section:
            found[section, p.organisation].append(p)
    return found
