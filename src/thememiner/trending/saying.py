"""What a chart shows in plain words: the points that stand out, by which rule, and what is usual.

High and low are told as above and below, never as better and worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
_TOLD = 3  # stretches under one rule that are told one by one
_WAVES = {
    "too few": "it crosses its median less often than chance would have it, as what comes in waves does",
    "too many": "it crosses its median more often than chance would have it, as what goes to and fro does",
}


@dataclass(slots=True)
class _Stretch:
    """Points that go together under one rule; `through` is whether some between them lie on the centre."""

    rule: str
    flag: str
    points: list[Point]
    through: bool = False


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
        told = [_when(stretch.points, trend) for stretch in stretches]
        more = len(told) - _TOLD
        where = listed([*told[:_TOLD], *([f"{more} more times"] if more > 1 else told[_TOLD:])])
        named = "" if rule == "outside" else f" ({rule})"
        on = "on or " if rule == "shift" and any(stretch.through for stretch in stretches) else ""
        clauses.append(f"{on}{_RULES[rule, flag].format(_CENTRES[trend.chart])} {where}{named}")
    return clauses


def _runs(trend: Trend) -> list[_Stretch]:
    """The flagged points, those that go together under one rule as one stretch."""
    found: list[_Stretch] = []
    latest: dict[tuple[str, str, int], tuple[_Stretch, int]] = {}
    for place, point in enumerate(trend.points):
        *_, flag, rule, segment = point
        if not flag:
            continue
        stretch, last = latest.get((rule, flag, segment), (None, place))
        if stretch and _goes_on(trend, last, place):
            stretch.points.append(point)
            stretch.through |= any(not between[4] for between in trend.points[last + 1 : place])
        else:
            stretch = _Stretch(rule, flag, [point])
            found.append(stretch)
        latest[rule, flag, segment] = stretch, place
    return found


def _goes_on(trend: Trend, first: int, last: int) -> bool:
    """Whether a shift or trend goes on between two of its points: what lies between is of it too.

    A point of it may carry the flag of a rule that comes before; and a run chart passes over a point on the
    median, or a value that repeats.
    """
    _, _, _, _, flag, rule, segment = trend.points[first]
    if last == first + 1:
        return True
    shares = [point[3] for point in trend.points[first : last + 1]]
    centre = next((s[2] for s in trend.segments if s[0] == segment), None)
    if rule not in ("shift", "trend") or centre is None or None in shares:
        return False
    values = [share for share in shares if share is not None]
    steps = [v - centre for v in values] if rule == "shift" else [b - a for a, b in pairwise(values)]
    sign = 1 if flag == "high" else -1
    return all(sign * step > 0 or (not step and trend.chart == "run") for step in steps)


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
    when = _of(trend, segment)
    _, _, centre, lower, upper, trial = segment
    of = f"{percent(centre or 0.0)} of {CALLED[trend.kind]} a {trend.period} ({_CENTRES[trend.chart]})"
    if lower is None or upper is None:
        rare = f", and so rare that little could stand out: half of the {trend.period}s have none"
        return f"{when}: {of}{rare if not centre else ''}."
    limits = f"chance alone keeps nearly all between {percent(lower)} and {percent(upper)}"
    return f"{when}: {of}; {limits}{' (trial limits: few points)' if trial else ''}."


def _of(trend: Trend, segment: Segment) -> str:
    """When what is usual was so: where the chart has several segments, since when, or from when to when."""
    if len(trend.segments) == 1:
        return "Usual"
    starts = [periods.called(point[0], trend.period) for point in trend.points if point[6] == segment[0]]
    if segment[0] == trend.segments[-1][0]:
        return f"Since {starts[0]}"
    return f"From {starts[0]} to {starts[-1]}"


def percent(share: float) -> str:
    """A share as people read it: "18.2 %"."""
    return f"{100 * share:.1f} %"
