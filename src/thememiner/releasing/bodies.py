"""Organisations by numbers, as a released report may tell them: shares of what came, and rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from thememiner import denominators
from thememiner.records import Comparison, Denominator, Rate, Regime, Report
from thememiner.releasing.dividing import Ground, enough, suppressed
from thememiner.releasing.suppressing import told
from thememiner.triangulating import compared, rated, within

Rows = Mapping[str, tuple[int, int]]  # organisation -> (documents that speak of a theme, documents), told


def rows(ground: Ground, theme: str, regime: Regime) -> tuple[Rows, bool]:
    """What is told of a theme by organisation, and whether an organisation is suppressed in it."""
    if theme not in ground.themes:
        return {}, True
    parts = {name: ground.row(theme, name) for name in ground.came}
    hidden = suppressed(parts, regime)
    shown = {name: part for name, part in parts.items() if name and name not in hidden}
    return {n: (told(a, regime) or 0, told(b, regime) or 0) for n, (a, b) in shown.items()}, bool(hidden)


def comparisons(
    report: Report, grounds: Iterable[Ground], themes: Iterable[str], regime: Regime
) -> Iterator[Comparison]:
    """The organisations side by side, of each theme and kind of which two at least are told.

    How many of them tell badly is never told: a document may be one of few that do.
    """
    asked, grounds = {(c.theme_id, c.kind) for c in report.comparisons}, list(grounds)
    for theme in themes:
        for ground in grounds:
            shown, _ = rows(ground, theme, regime)
            if len(shown) < 2 or (theme, ground.kind) not in asked:
                continue
            speaks = {name: carry for name, (carry, _) in shown.items()}
            documents = {name: of for name, (_, of) in shown.items()}
            for name in sorted(shown):
                row = Comparison(theme, ground.kind, name, documents[name], speaks[name], None)
                yield compared(row, documents, speaks, {})


def rates(report: Report, ground: Ground, themes: Iterable[str], regime: Regime) -> Iterator[Rate]:
    """The rates that rest on numbers that are told: where every report lies in the denominator's period."""
    dates = {d.id: d.date for d in report.documents}
    shown = {theme: rows(ground, theme, regime)[0] for theme in themes}
    for given in report.rates:
        name = given.organisation
        if given.theme_id or name not in ground.came or not enough(int(given.number), regime):
            continue
        start, end = denominators.span(given.period, "the report's rates")
        one = Denominator(name, given.number, given.unit, given.counts, given.period, start, end)
        inside = {d for d in ground.came[name] if within(dates[d], start, end)}
        if inside == ground.came[name]:
            yield rated("", told(len(inside), regime) or 0, one)
        for theme, of in shown.items():
            if name in of and ground.came[name] & ground.themes[theme] <= inside:
                yield rated(theme, of[name][0], one)
