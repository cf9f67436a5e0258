"""Tables of figures: organisations compared, rates, and themes over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thememiner.records import Report, Timeline, Trend
from thememiner.reports.tables.shapes import (
    Column,
    Frame,
    apart,
    frame,
    joins,
    key,
    made_id,
    number,
    organisation_id,
    said,
    whole,
)
from thememiner.reports.tables.sources import KIND, ORGANISATION
from thememiner.reports.tables.themes import THEME

_THEME_KEY = key("theme_id", "the theme", "themes.theme_id")


def frames(report: Report) -> Iterator[Frame]:
    """Every table of figures."""
    yield from _compared(report)
    yield from over_time(report.trends)
    yield from _charted(report.timelines)


def _compared(report: Report) -> Iterator[Frame]:
    share = "of its documents, 0 to 1; empty where there are too few"
    yield frame(
        "comparisons",
        "How many of an organisation's documents of one kind speak of a theme, and tell badly of it",
        (
            _THEME_KEY,
            key("kind", "incident or feedback"),
            key("organisation_id", "the organisation", "organisations.organisation_id"),
            whole("documents", "its documents of that kind"),
            whole("speak", "of these, how many speak of the theme"),
            whole("bad", "of these, how many tell badly of it"),
            number("speak_low", f"lower end of the 95 % interval of the share that speaks, {share}"),
            number("speak_high", "upper end"),
            number("speak_effect", "Cohen's h against all others; above 0 where this one's share is larger"),
            number("bad_low", f"lower end of the 95 % interval of the share that tells badly, {share}"),
            number("bad_high", "upper end"),
            number("bad_effect", "Cohen's h against all others"),
            said("note", "why there is no share"),
        ),
        (
            (
                c.theme_id,
                c.kind,
                organisation_id(c.organisation),
                c.documents,
                c.speak,
                c.bad,
                c.speak_low,
                c.speak_high,
                c.speak_effect,
                c.bad_low,
                c.bad_high,
                c.bad_effect,
                c.note,
            )
            for c in report.comparisons
        ),
    )
    yield frame(
        "rates",
        "Incident reports for each 1,000 of a denominator; a report is not an incidence",
        (
            joins("themes.theme_id", "the theme; empty: all incident reports"),
            ORGANISATION,
            whole("events", "incident reports"),
            number("denominator", "how much there was"),
            said("unit", "of what"),
            said("counts", "what the denominator counts"),
            said("period", "of which period, as it was given"),
            number("rate", "for each 1,000; empty where there are too few"),
            number("low", "lower exact 95 % limit"),
            number("high", "upper exact 95 % limit"),
            said("note", "why there is no rate"),
        ),
        (
            (
                r.theme_id,
                organisation_id(r.organisation),
                r.events,
                r.number,
                r.unit,
                r.counts,
                r.period,
                r.rate,
                r.low,
                r.high,
                r.note,
            )
            for r in report.rates
        ),
    )


def over_time(trends: Iterable[Trend]) -> Iterator[Frame]:
    """Tables of themes over time; they have no row where the report has no trends."""
    every = list(trends)
    ids = apart(made_id("trend", t.theme_id, t.kind, t.organisation, t.polarity) for t in every)
    own = key("trend_id", "the trend", "trends.trend_id")
    yield frame(
        "trends",
        "How much of one kind of text carried a theme over time",
        (
            key("trend_id", "made of theme, kind, organisation and polarity"),
            THEME,
            KIND,
            joins("organisations.organisation_id", "the organisation; empty: all"),
            said("polarity", "empty: all"),
            said("period", "month or quarter"),
            said("chart", "xmr, run or none"),
            said("movement", "emerging, fading or empty"),
            number("chance", "how often chance gives such a movement, 0 to 1"),
            whole("recent", "the last periods that the movement is of"),
            Column("signal", "whether anything of it is more than chance", "yes/no"),
            said("says", "what stands out, in words, or that nothing does"),
            said("note", "how it was judged"),
        ),
        (
            (
                i,
                t.theme_id,
                t.kind,
                organisation_id(t.organisation),
                t.polarity,
                t.period,
                t.chart,
                t.movement,
                t.chance,
                t.recent,
                t.signal,
                t.says,
                t.note,
            )
            for i, t in zip(ids, every, strict=True)
        ),
    )
    yield frame(
        "trend_points",
        "One period of a trend",
        (
            own,
            key("period_start", "first day of the period"),
            whole("with_theme", "documents with the theme"),
            whole("documents", "documents"),
            number("share", "share of them, 0 to 1; empty where there is no document"),
            said("flag", "high, low or empty"),
            said("rule", "by what rule, or why it is not judged"),
            whole("segment", "the segment of the chart"),
        ),
        ((i, *point) for i, t in zip(ids, every, strict=True) for point in t.points),
    )
    yield frame(
        "trend_segments",
        "A stretch of a trend with its own centre and limits; no line joins points across a change of coding",
        (
            own,
            Column("segment", "its number", "whole", key=True),
            said("begins", "what begins it: empty, coding or change"),
            number("centre", "mean (xmr) or median (run)"),
            number("lower", "lower limit"),
            number("upper", "upper limit"),
            Column("trial_limits", "whether the limits are of few points", "yes/no"),
        ),
        ((i, *segment) for i, t in zip(ids, every, strict=True) for segment in t.segments),
    )
    yield frame(
        "trend_changes",
        "A change in reporting that is marked on a trend",
        (own, said("day", "the day"), said("note", "what changed")),
        ((i, *change) for i, t in zip(ids, every, strict=True) for change in t.changes),
    )


def _charted(timelines: Iterable[Timeline]) -> Iterator[Frame]:
    every = list(timelines)
    own = key("kind", "the kind", "timelines.kind")
    yield frame(
        "timelines",
        "What of one kind of text could be charted over time",
        (
            key("kind", "incident or feedback"),
            said("period", "month or quarter"),
            whole("documents", "documents that came"),
            whole("plotted", "of these, on the charts"),
            said("first", "first day of the first period"),
            said("last", "first day of the last period"),
            said("until", "day after which documents are left out; empty: none"),
            whole("themes", "themes with a chart"),
            said("note", "all this in sentences"),
        ),
        (
            (t.kind, t.period, t.documents, t.plotted, t.first, t.last, t.until, t.themes, t.note)
            for t in every
        ),
    )
    yield frame(
        "timeline_left_out",
        "Documents that are on no chart, counted with the reason",
        (own, key("reason", "why"), whole("documents", "how many")),
        ((t.kind, *left) for t in every for left in t.left_out),
    )
    yield frame(
        "timeline_uncharted",
        "A theme in too few documents or periods to judge",
        (own, _THEME_KEY),
        ((t.kind, theme) for t in every for theme in t.uncharted),
        once=True,
    )
