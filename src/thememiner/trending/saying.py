"""What a chart shows in plain words: the points that stand out, by which rule, and what is usual.

High and low are told as above and below, never as better and worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from thememiner.records import Trend
from thememiner.trending import periods
from thememiner.trending.charting import Point, Segment
from thememiner.wording import listed

# What documents of a kind are called, many of them.
CALLED = {"incident": "incident reports", "feedback": "comments"}
_CENTRES = {"xmr": "mean", "run": "median"}
_RULES = {
    ("outside", "high"): "above the upper limit",
    ("outside", "low"): "below the lower limit",
    ("two of three", "high"): "near the upper limit",
    ("two of three", "low"): "near the lower limit",
    ("trend", "high"): "rising",
    ("trend", "low"): "falling",
    ("shift", "high"): "above its {}",
    ("shift", "low"): "below its {}",
}
_WAVES = {
    "too few": "it crosses its median less often than chance would have it, as what comes in waves does",
    "too many": "it crosses its median more often than chance would have it, as what goes to and fro does",
}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Points one after another under one rule."""

    rule: str
    flag: str
    points: list[Point]


def says(trend: Trend, waves: Sequence[str], moved: str) -> tuple[bool, str]:
    """Whether anything stands out, and the sentences: what does or that nothing does, then what is usual.

    `waves` are "too few" and "too many" of a run chart's segments, `moved` what is said of a theme that
    emerges or fades, "" for any other.
    """
    if trend.chart == "none":
        return bool(moved), moved
    found = [
        *([moved.rstrip(".")] if moved else []),
        *_stretches(trend),
        *(_WAVES[sort] for sort in dict.fromkeys(waves)),
    ]
    told = ". ".join(part[:1].upper() + part[1:] for part in found) or "Nothing stands out"
    return bool(found), f"{told}. {_usual(trend)}"


def _stretches(trend: Trend) -> list[str]:
    """A clause for each rule that flags points, in order of their first."""
    by_rule: dict[tuple[str, str], list[_Stretch]] = {}
    for stretch in _runs(trend):
        by_rule.setdefault((stretch.rule, stretch.flag), []).append(stretch)
    clauses = []
    for (rule, flag), stretches in by_rule.items():
        where = listed([_when(stretch.points, trend) for stretch in stretches])
        named = "" if rule == "outside" else f" ({rule})"
        clauses.append(f"{_RULES[rule, flag].format(_CENTRES[trend.chart])} {where}{named}")
    return clauses


def _runs(trend: Trend) -> list[_Stretch]:
    """The flagged points, those next to one another under one rule together.

    What a run chart passes over (a point on the median, a value that repeats) parts none.
    """
    centres = {segment[0]: segment[2] for segment in trend.segments}
    found: list[_Stretch] = []
    over: list[Point] = []  # points since the last flagged one
    before: float | None = None
    for (flag, rule, segment), group in groupby(trend.points, key=lambda point: point[4:7]):
        points = list(group)
        if not flag:
            over += points
            continue
        last = found[-1] if found else None
        same = last and (last.flag, last.rule, last.points[-1][6]) == (flag, rule, segment)
        passed = trend.chart == "run" and all(p[3] in (centres[segment], before) for p in over)
        if last and same and passed:
            last.points.extend([*over, *points])
        else:
            found.append(_Stretch(rule, flag, points))
        over, before = [], points[-1][3]
    return found


def _when(points: Sequence[Point], trend: Trend) -> str:
    """The periods of a stretch; of one alone its share too."""
    first = periods.called(points[0][0], trend.period)
    if len(points) > 1:
        return f"from {first} to {periods.called(points[-1][0], trend.period)}"
    _, carried, documents, share, *_ = points[0]
    return f"in {first} ({percent(share or 0.0)}, {carried:,} of {documents:,})"


def _usual(trend: Trend) -> str:
    """The centre and limits of the last segment that has them."""
    drawn = [segment for segment in trend.segments if segment[2] is not None]
    if not drawn:
        return ""
    segment = drawn[-1]
    since = f"Since {_begins(trend, segment)}" if len(trend.segments) > 1 else "Usual"
    _, _, centre, lower, upper, trial = segment
    of = f"{percent(centre or 0.0)} of {CALLED[trend.kind]} a {trend.period} ({_CENTRES[trend.chart]})"
    if lower is None or upper is None:
        rare = f", and so rare that little could stand out: half of the {trend.period}s have none"
        return f"{since}: {of}{rare if not centre else ''}."
    limits = f"chance alone keeps nearly all between {percent(lower)} and {percent(upper)}"
    return f"{since}: {of}; {limits}{' (trial limits: few points)' if trial else ''}."


def _begins(trend: Trend, segment: Segment) -> str:
    start = next(point[0] for point in trend.points if point[6] == segment[0])
    return periods.called(start, trend.period)


def percent(share: float) -> str:
    """A share as people read it: "18.2 %"."""
    return f"{100 * share:.1f} %"
