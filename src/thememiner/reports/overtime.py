"""Themes over time on the page: what stands out first, with its chart, the rest in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thememiner.records import Report, Timeline, Trend
from thememiner.reports.contents import OverTime, Shown, Table
from thememiner.reports.timecharts import draw
from thememiner.reports.wording import day
from thememiner.wording import period_name

TITLE = "Over time"
NOTE = (
    "Which share of all that is dated speaks of a theme. High and low are neither good nor bad: more reports "
    "often mean better reporting, and counts of reports are not incidence."
)
CHARTS = 12  # drawn; of the rest of what stands out the sentences stand alone
BY_CHANCE = 0.2  # of charts in which nothing changes stand out (`thememiner_evaluation.trend_alarms`)
CALLED = {"incident": "incident reports", "feedback": "comments of people and families"}
_PERIODS = {"month": "Month", "quarter": "Quarter"}


def over_time(report: Report, names: Mapping[str, str]) -> OverTime | None:
    """What the report says of time; None where nothing that came comes day by day. `names` are of themes."""
    if not report.timelines:
        return None
    telling = sorted(
        (trend for trend in report.trends if trend.signal),
        key=lambda t: (not t.movement, t.chart != "xmr", -sum(p[1] for p in t.points), t.theme_id, t.kind),
    )
    several = len(report.timelines) > 1
    chance = _by_chance(report.trends, len(telling))
    return OverTime(
        title=TITLE,
        note=NOTE,
        lines=tuple(filter(None, (*(line.note for line in report.timelines), chance))),
        shown=tuple(shown(t, number, names) for number, t in enumerate(telling[:CHARTS], start=1)),
        more=tuple(f"{_title(trend, names)}. {trend.says}" for trend in telling[CHARTS:]),
        rest=tuple(line for kind in report.timelines for line in _rest(kind, report.trends, names, several)),
    )


def _by_chance(trends: Sequence[Trend], telling: int) -> str:
    """How many charts stand out, and how many would if nothing changed."""
    if not telling:
        return "On no chart does anything stand out." if trends else ""
    many = f"{telling:,} of {len(trends):,} charts" if len(trends) > 1 else "The one chart"
    chance = max(1, round(BY_CHANCE * len(trends)))
    about = f", about {chance:,} of these" if len(trends) > 1 else ""
    few = "; so few may well be chance" if telling <= chance and len(trends) > 1 else ""
    return (
        f"{many} {'shows' if telling == 1 else 'show'} something that stands out. Where nothing changes, up "
        f"to one chart in five does so by chance alone{about}{few}. Emerging and fading are told against all "
        "themes at once, and one report in twenty has any by chance."
    )


def _title(trend: Trend, names: Mapping[str, str]) -> str:
    return f"{names.get(trend.theme_id, trend.theme)}: {CALLED.get(trend.kind, trend.kind)}"


def shown(trend: Trend, number: int, names: Mapping[str, str]) -> Shown:
    """A trend as it is shown: what it says, its chart with the key, its figures."""
    title = _title(trend, names)
    first, last = (period_name(trend.points[place][0], trend.period) for place in (0, -1))
    key = _key(trend)
    says = trend.says.replace(" %", "\u00a0%")  # a number and its sign stay on one line
    return Shown(
        title=title,
        says=says,
        key=key,
        changes=tuple(f"{n}: {note} ({day(date)})" for n, (date, note) in enumerate(trend.changes, start=1)),
        chart=draw(
            trend,
            f"time-{number}",
            f"{title}, share by {trend.period}, {first} to {last}",
            f"{trend.says} {key} The table after the chart has the figures.",
        ),
        table=_table(trend, title),
    )


def _key(trend: Trend) -> str:
    """What the signs of the chart are: of those that it has."""
    centres = {"xmr": "Unbroken line: mean. Broken lines: limits.", "run": "Unbroken line: median."}
    flags = {point[4] for point in trend.points if point[3] is not None}
    trial = any(segment[5] for segment in trend.segments)
    numbered = bool(trend.segments) and trend.segments[-1][2] is not None
    signs = [
        (flags & {"high"}, "▲ stands out, high or rising."),
        (flags & {"low"}, "▼ stands out, low or falling."),
        (any(point[5] == "incomplete" for point in trend.points), "○ incomplete, not judged."),
        (trend.movement, f"Shaded: the last {trend.recent} {trend.period}s, held against those before."),
        (trial, "Trial limits: they rest on few points, and will move."),
        (numbered and len(trend.segments) > 1, "Numbers at the right: of the last stretch."),
    ]
    told = [centres.get(trend.chart, "Too few points for limits or a median.")]
    return " ".join([*told, *(words for there, words in signs if there)])


def _table(trend: Trend, title: str) -> Table:
    rows = tuple(
        (
            period_name(start, trend.period),
            carried,
            documents,
            f"{100 * share:.1f} %" if share is not None else "",
            f"{flag}: {why}" if flag else f"not judged: {why}" if why else "",
        )
        for start, carried, documents, share, flag, why, _ in trend.points
    )
    of = "Comments" if trend.kind == "feedback" else "Incident reports"
    heads = (_PERIODS.get(trend.period, trend.period), "With the theme", of, "Share", "Stands out")
    return Table(f"{title}, by {trend.period}", heads, rows, note=trend.note)


def _rest(
    line: Timeline, trends: Sequence[Trend], names: Mapping[str, str], several: bool
) -> tuple[str, ...]:
    """The themes of a kind of which there is nothing to say, in a line."""
    of = f" ({CALLED.get(line.kind, line.kind)})" if several else ""
    still = sorted(names.get(t.theme_id, t.theme) for t in trends if t.kind == line.kind and not t.signal)
    moved = {trend.theme_id for trend in trends if trend.kind == line.kind}
    few = sorted(names.get(theme, theme) for theme in line.uncharted if theme not in moved)
    lines = (
        (still, f"Nothing stands out{of}"),
        (few, f"In too few documents or {line.period}s to judge{of}"),
    )
    return tuple(f"{said}: {'; '.join(themes)}." for themes, said in lines if themes)
