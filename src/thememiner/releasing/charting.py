"""Themes over time, as a released report may tell them: charts of periods that are all large enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from thememiner.records import Change, Regime, Report, Timeline, Trend
from thememiner.releasing import bodies
from thememiner.releasing.dividing import Ground, divides
from thememiner.releasing.suppressing import told
from thememiner.trending import changes_of, charted, day_of, of_report, prevalence
from thememiner.trending.periods import PERIODS, Period
from thememiner.trending.prevalence import Counted
from thememiner.wording import period_name

NOTE = (
    "{themes}, by {period}, from {first} to {last}. The others have too few in some {period}. Whether a "
    "theme emerges or fades is not told in this version."
)


def over_time(
    report: Report, grounds: Iterable[Ground], themes: Sequence[tuple[str, str]], regime: Regime
) -> tuple[tuple[Timeline, ...], tuple[Trend, ...]]:
    """What of each kind came and is told, and a chart of each theme (id, name) that may have one.

    Of each kind the period is the one by which most themes have a chart, the month where as many have.
    """
    lines, trends = [], []
    for ground in grounds:
        if not any(line.kind == ground.kind for line in report.timelines):
            continue
        found = [_charts(report, ground, themes, period, regime) for period in PERIODS]
        charts = max(found, key=len)
        if charts:
            lines.append(_line(ground, charts))
            trends += charts
    return tuple(lines), tuple(trends)


def _charts(
    report: Report, ground: Ground, themes: Iterable[tuple[str, str]], period: Period, regime: Regime
) -> list[Trend]:
    run = of_report(replace(report, documents=tuple(d for d in report.documents if d.id in ground.every)))
    spans, _ = prevalence.dated(run, ground.kind, day_of(report))
    counted = prevalence.count(run, spans, period)
    if counted is None:
        return []
    kept = {(t.theme_id, t.kind) for t in report.trends}
    made = [
        chart
        for theme in themes
        if (theme[0], ground.kind) in kept and not bodies.rows(ground, theme[0], regime)[1]
        if (chart := _chart(ground, theme, counted, period, changes_of(report), regime))
    ]
    return [chart for chart in made if chart.chart != "none"]


def _chart(
    ground: Ground,
    theme: tuple[str, str],
    counted: Counted,
    period: Period,
    changes: tuple[Change, ...],
    regime: Regime,
) -> Trend | None:
    """The chart of the numbers as they are told; None where one of them may not be."""
    mine = ground.every & ground.themes[theme[0]]
    carried = Counter(counted.of[d] for d in mine if d in counted.of)
    parts = [(carried[n], of) for n, of in counted.total.items()]
    out = (len(mine) - carried.total(), len(ground.every) - sum(counted.total.values()))
    if not divides([*parts, out], regime):
        return None

    def all_told(numbers: Mapping[int, int]) -> Counter[int]:
        return Counter({n: told(number, regime) or 0 for n, number in numbers.items()})

    shown = replace(counted, of={}, total=all_told(counted.total))
    return charted(theme, ground.kind, period, shown, all_told(carried), changes)


def _line(ground: Ground, charts: Sequence[Trend]) -> Timeline:
    points, period = charts[0].points, charts[0].period
    came = sum(point[2] for point in points)
    themes = f"{len(charts):,} themes have a chart" if len(charts) > 1 else "1 theme has a chart"
    first, last = (period_name(points[place][0], period) for place in (0, -1))
    return Timeline(
        kind=ground.kind,
        period=period,
        documents=came,
        plotted=came,
        first=points[0][0],
        last=points[-1][0],
        themes=len(charts),
        note=NOTE.format(themes=themes, period=period, first=first, last=last),
    )
