"""What of each kind can be charted over time: for a run's report and for the command alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from thememiner.records import Change, Kind, Report, Timeline, Trend
from thememiner.trending import coded, prevalence
from thememiner.trending.coded import Coded, changes_of, of_report
from thememiner.trending.periods import Period, called
from thememiner.trending.saying import CALLED
from thememiner.trending.telling import KINDS, left_out, trends


def over_time(report: Report) -> Report:
    """The report with the trends of its own themes, of those in enough documents and periods to be judged.

    Documents dated after the day that the report speaks of are left out, and no others: the same report
    always has the same trends, whenever they are asked for.
    """
    found = timelines([of_report(report)], changes=changes_of(report), until=day_of(report))
    kept = [trend for _, charts in found for trend in charts if trend.chart != "none" or trend.movement]
    return replace(report, timelines=tuple(line for line, _ in found), trends=tuple(kept))


def day_of(report: Report) -> str:
    """The day that a report speaks of (ISO), "" where it is not told."""
    return str(report.provenance.get("date", ""))


def timelines(
    runs: Iterable[Coded],
    kinds: Iterable[Kind] = KINDS,
    *,
    themes: Sequence[str] = (),
    period: Period | None = None,
    organisation: str = "",
    changes: Iterable[Change] = (),
    until: str = "",
) -> list[tuple[Timeline, tuple[Trend, ...]]]:
    """For each kind that came what can be charted of it, and its trends as `trends` has them."""
    runs, changes = list(runs), list(changes)
    found = []
    for kind in kinds:
        those = trends(
            runs,
            kind,
            themes=themes,
            period=period,
            organisation=organisation,
            changes=changes,
            until=until,
        )
        line = _timeline(runs, kind, those, organisation, until)
        if line.documents:
            found.append((line, those))
    return found


def _timeline(
    runs: Sequence[Coded], kind: Kind, those: Sequence[Trend], organisation: str, until: str
) -> Timeline:
    pooled = [run for _, run in coded.pooled(runs, range(len(runs)))]
    days = [prevalence.dated(run, kind, until) for run in pooled]
    named = {d.id for run in pooled for d in run.documents if organisation in ("", d.organisation)}
    plotted = {key for spans, _ in days for key in spans} & named
    came = {d.id for run in pooled for d in run.documents if d.kind == kind} & named
    starts = [point[0] for trend in those for point in trend.points]
    line = Timeline(
        kind=kind,
        period=those[0].period if those else "month",
        documents=len(came),
        plotted=len(plotted),
        first=min(starts, default=""),
        last=max(starts, default=""),
        until=until,
        themes=sum(trend.chart != "none" for trend in those),
        left_out=left_out(pooled, [out for _, out in days], organisation),
        uncharted=tuple(trend.theme_id for trend in those if trend.chart == "none"),
    )
    return replace(line, note=_note(line, those))


def _note(line: Timeline, those: Sequence[Trend]) -> str:
    """What is charted and what is not, in sentences."""
    many, out = CALLED[line.kind], [f"{reason}: {count:,}" for reason, count in line.left_out]
    if not line.plotted:
        return f"Not charted over time: none of {line.documents:,} {many} can be plotted ({'; '.join(out)})."
    left = "".join(f" Not plotted, {reason}." for reason in out)
    span = " to ".join(dict.fromkeys(called(day, line.period) for day in (line.first, line.last) if day))
    of = f"{line.plotted:,} of {line.documents:,} {many}, {span},"
    if not those:
        return f"Not charted over time: none of {line.plotted:,} dated {many} carries a theme.{left}"
    if not line.themes:
        return f"Not charted over time: {of} are too few, or of too few {line.period}s, to judge.{left}"
    few = len(line.uncharted)
    rest = f" In too few documents or {line.period}s to judge: {few:,} more." if few else ""
    themes = "1 theme has" if line.themes == 1 else f"{line.themes:,} themes have"
    return f"{themes} a chart: {of} by {line.period}.{rest}{left}"
