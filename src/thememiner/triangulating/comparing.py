"""Organisations compared by numbers, where there are enough: shares of what came, rates for what was done.

Of fewer than `FEWEST` documents of one kind an organisation is compared by text alone, and of fewer than
`EVENTS` documents that speak of a theme no share, rate or difference is given: so few say more about chance,
and about people who could be recognised, than about a service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from thememiner.records import Comparison, Denominator, Document, Kind, Membership, Passage, Rate
from thememiner.triangulating.rates import cohens_h, poisson, wilson
from thememiner.triangulating.sides import SURE, Sides

FEWEST = 10  # documents of one kind
EVENTS = 5  # documents that speak of a theme, or tell badly of it
PER = 1_000  # of the unit of a denominator
KINDS_COMPARED: tuple[Kind, ...] = ("incident", "feedback")

FEW_DOCUMENTS = f"fewer than {FEWEST} documents: compared by text alone"
FEW_EVENTS = f"fewer than {EVENTS} documents speak of it: no share"
FEW_FOR_RATE = f"fewer than {EVENTS} documents: no rate"
ALONE = "no other organisation has enough documents to compare with"

_Said = Mapping[tuple[str, Kind, str], frozenset[str]]  # (theme, kind, organisation) -> documents


def compare(
    memberships: Iterable[Membership], passages: Sequence[Passage], themes: Mapping[str, Sides]
) -> tuple[Comparison, ...]:
    """Share of each organisation's incident reports and comments that speak, and that tell badly, of a theme.

    A row for each theme of `themes`, kind and organisation that has a document of that kind, in the order of
    the themes, then by kind and name. A document speaks of a theme by a passage likelier than not about it,
    and tells badly as `sides` says; each effect is Cohen's h against all other organisations together.
    """
    heard: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    for p in passages:
        if p.kind in KINDS_COMPARED and p.organisation:
            heard[p.kind, p.organisation].add(p.document_id)
    said = _speaking(memberships, passages)
    return tuple(
        _row(theme_id, kind, name, themes[theme_id], said, heard)
        for theme_id in themes
        for kind in KINDS_COMPARED
        for name in sorted(name for of, name in heard if of == kind)
    )


def rate(
    memberships: Iterable[Membership],
    passages: Sequence[Passage],
    documents: Iterable[Document],
    themes: Iterable[str],
    denominators: Iterable[Denominator],
) -> tuple[Rate, ...]:
    """Incident reports for each 1,000 of a denominator, in all (theme "") and of each theme.

    A denominator with a period takes the reports dated in it, so that those without a date are left out.
    """
    said = _speaking(memberships, passages)
    dates = {d.id: d.date for d in documents}
    every: dict[str, set[str]] = defaultdict(set)
    for p in passages:
        if p.kind == "incident":
            every[p.organisation].add(p.document_id)
    rows = []
    for one in denominators:
        inside = {d for d in every[one.organisation] if within(dates.get(d, ""), one.start, one.end)}
        rows.append(rated("", len(inside), one))
        for theme_id in themes:
            of_theme = said.get((theme_id, "incident", one.organisation), frozenset())
            rows.append(rated(theme_id, len(of_theme & inside), one))
    return tuple(rows)


def _speaking(memberships: Iterable[Membership], passages: Sequence[Passage]) -> _Said:
    by_id = {p.id: p for p in passages}
    said: dict[tuple[str, Kind, str], set[str]] = defaultdict(set)
    for m in memberships:
        if m.outcome == "assigned" and m.score >= SURE and m.passage_id in by_id:
            p = by_id[m.passage_id]
            said[m.theme_id, p.kind, p.organisation].add(p.document_id)
    return {key: frozenset(documents) for key, documents in said.items()}


def _row(
    theme_id: str,
    kind: Kind,
    name: str,
    theme: Sides,
    said: _Said,
    heard: Mapping[tuple[Kind, str], set[str]],
) -> Comparison:
    sides = theme.incidents if kind == "incident" else theme.people
    speaks, bad = {}, {}
    for of, other in heard:
        if of == kind:
            speaks[other] = len(said.get((theme_id, kind, other), frozenset()))
            bad[other] = len(sides[other].bad) if other in sides else 0
    documents = {other: len(ids) for (of, other), ids in heard.items() if of == kind}
    return compared(
        Comparison(theme_id, kind, name, documents[name], speaks[name], bad[name]), documents, speaks, bad
    )


def compared(
    row: Comparison,
    documents: Mapping[str, int],
    speaks: Mapping[str, int],
    bad: Mapping[str, int],
) -> Comparison:
    """A row with its intervals and effects, from the numbers of all organisations; where few, with why not.

    Of a row that does not tell how many tell badly nothing is worked out of it.
    """
    name = row.organisation
    if row.documents < FEWEST:
        return replace(row, note=FEW_DOCUMENTS)
    if row.speak < EVENTS:
        return replace(row, note=FEW_EVENTS)
    low, high = wilson(row.speak, row.documents)
    row = replace(row, speak_low=low, speak_high=high, speak_effect=_effect(name, speaks, documents))
    if row.bad is not None and row.bad >= EVENTS:
        low, high = wilson(row.bad, row.documents)
        row = replace(row, bad_low=low, bad_high=high, bad_effect=_effect(name, bad, documents))
    return replace(row, note="" if row.speak_effect is not None else ALONE)


def _effect(name: str, counts: Mapping[str, int], documents: Mapping[str, int]) -> float | None:
    """Cohen's h of one organisation's share against that of all others together; None of too few others."""
    others = sum(n for other, n in documents.items() if other != name)
    if others < FEWEST:
        return None
    rest = sum(n for other, n in counts.items() if other != name)
    return cohens_h(counts[name] / documents[name], rest / others)


def rated(theme_id: str, events: int, one: Denominator) -> Rate:
    """So many incident reports for each 1,000 of a denominator; of too few no rate, and why."""
    row = Rate(
        theme_id=theme_id,
        organisation=one.organisation,
        events=events,
        number=one.number,
        unit=one.unit,
        counts=one.counts,
        period=one.period,
    )
    if events < EVENTS:
        return replace(row, note=FEW_FOR_RATE)
    low, high = poisson(events)
    scale = PER / one.number
    return replace(row, rate=events * scale, low=low * scale, high=high * scale)


def within(date: str, start: str, end: str) -> bool:
    """Whether a date (to day or month) lies in a period of days; all do where there is none."""
    if not start:
        return True
    return bool(date) and start[: len(date)] <= date <= end[: len(date)]
