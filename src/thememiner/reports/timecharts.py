"""A theme over time as a chart: where its lines, points and words stand, for the page's inline SVG.

Drawn wide enough to be read when it is shrunk to a telephone's width, where the page's style makes the words
larger: so they are few. What stands out has another shape than the rest as well as another colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from thememiner.records import Trend
from thememiner.reports.charts import Box, Word
from thememiner.wording import period_name

WIDTH, HEIGHT = 640, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 76, 36, 44
_FOOT = HEIGHT - _BOTTOM
_APART = 26  # between words under one another, at their largest
_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
_GRID = 4  # lines of the grid above 0, at most
_ROUND, _SIGN = 4.5, 9.0  # half the size of a point, and of one that stands out

_Point = tuple[str, int, int, float | None, str, str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; `style` names its look."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point's outline as an SVG path, and its middle; `style` is "plain", "open", "high" or "low"."""

    path: str
    style: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Everything to be drawn, and the words that stand for it."""

    id: str
    title: str
    description: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    curves: tuple[str, ...]
    marks: tuple[Mark, ...]
    words: tuple[Word, ...]
    width: int = WIDTH
    height: int = HEIGHT


def draw(trend: Trend, identity: str, title: str, description: str) -> TimeChart:
    """The chart of one trend: its points, the line through them, centre and limits."""
    scale = _Scale(trend)
    return TimeChart(
        id=identity,
        title=title,
        description=description,
        boxes=tuple(_recent(trend, scale)),
        lines=(*_grid(scale), *_changes(trend, scale), *_limits(trend, scale)),
        curves=tuple(_curves(trend, scale)),
        marks=tuple(_marks(trend, scale)),
        words=(*_axes(trend, scale), *_numbers(trend, scale), *_numbered(trend, scale)),
    )


class _Scale:
    """Where a period and a share stand."""

    def __init__(self, trend: Trend) -> None:
        shares = [point[3] for point in trend.points]
        lines = [value for segment in trend.segments for value in segment[2:5]]
        most = max((value for value in (*shares, *lines) if value is not None), default=0.0)
        fitting = (step for step in _STEPS if most <= _GRID * step)
        self.step = next(fitting, _STEPS[-1])
        self.top = self.step * max(1, math.ceil(most / self.step - 1e-9))
        self.width = (WIDTH - _LEFT - _RIGHT) / max(1, len(trend.points))

    def x(self, place: float) -> float:
        """The middle of a period, counted from 0; its edges are half a period off."""
        return round(_LEFT + (place + 0.5) * self.width, 1)

    def y(self, share: float) -> float:
        """The height of a share."""
        return round(_FOOT - (_FOOT - _TOP) * share / self.top, 1)


def percent(share: float) -> str:
    """A share in as few digits as tell it: "38 %", "6.3 %"."""
    return f"{100 * share:.0f} %" if share >= 0.0995 or not share else f"{100 * share:.1f} %"


def _grid(scale: _Scale) -> Iterator[Line]:
    for n in range(round(scale.top / scale.step) + 1):
        y = scale.y(n * scale.step)
        yield Line(_LEFT, y, WIDTH - _RIGHT, y, "axis" if not n else "grid")


def _axes(trend: Trend, scale: _Scale) -> Iterator[Word]:
    for n in range(round(scale.top / scale.step) + 1):
        share = n * scale.step
        yield Word(_LEFT - 8, scale.y(share) + 5, f"{100 * share:g} %", "right")
    last = len(trend.points) - 1
    shown = {0: "left", last // 2: "value", last: "right"} if last > 3 else {0: "left", last: "right"}
    for place, style in shown.items() if last >= 0 else ():
        at = {"left": place - 0.5, "value": place, "right": place + 0.5}[style]
        yield Word(scale.x(at), _FOOT + 30, period_name(trend.points[place][0], trend.period), style)


def _spans(trend: Trend) -> dict[int, tuple[int, int]]:
    """Segment -> the places of its first and last point."""
    places: dict[int, list[int]] = {}
    for place, point in enumerate(trend.points):
        places.setdefault(point[6], []).append(place)
    return {number: (of[0], of[-1]) for number, of in places.items()}


def _limits(trend: Trend, scale: _Scale) -> Iterator[Line]:
    spans = _spans(trend)
    for number, _, centre, lower, upper, _ in trend.segments:
        if number not in spans:
            continue
        x1, x2 = scale.x(spans[number][0] - 0.5), scale.x(spans[number][1] + 0.5)
        for value, style in ((lower, "limit"), (upper, "limit"), (centre, "centre")):
            if value is not None:
                yield Line(x1, scale.y(value), x2, scale.y(value), style)


def _numbers(trend: Trend, scale: _Scale) -> Iterator[Word]:
    """What the lines of the last segment are, beside their ends, and never over one another."""
    last = trend.segments[-1] if trend.segments else None
    before = math.inf
    for value in sorted(v for v in (last[2:5] if last else ()) if v is not None):
        y = min(scale.y(value) + 5, before - _APART)
        yield Word(WIDTH - _RIGHT + 8, y, percent(value), "line")
        before = y


def _curves(trend: Trend, scale: _Scale) -> Iterator[str]:
    """The line through the points: broken at a gap, and where the coding differs."""
    breaks = {segment[0] for segment in trend.segments if segment[1] == "coding"}
    places = [i for i, point in enumerate(trend.points) if point[3] is not None]
    run: list[int] = places[:1]
    for a, b in pairwise(places):
        new = trend.points[b][6]
        if b - a > 1 or (new != trend.points[a][6] and new in breaks):
            yield _joined(trend.points, run, scale)
            run = []
        run.append(b)
    if run:
        yield _joined(trend.points, run, scale)


def _joined(points: Sequence[_Point], run: Sequence[int], scale: _Scale) -> str:
    return " ".join(f"{scale.x(i)},{scale.y(points[i][3] or 0.0)}" for i in run)


def _marks(trend: Trend, scale: _Scale) -> Iterator[Mark]:
    for place, (_, _, _, share, flag, why, _) in enumerate(trend.points):
        if share is None:
            continue
        x, y = scale.x(place), scale.y(share)
        if flag in ("high", "low"):
            up = -_SIGN if flag == "high" else _SIGN
            yield Mark(f"M{x} {y + up:g}L{x + _SIGN:g} {y - up:g}L{x - _SIGN:g} {y - up:g}Z", flag, x, y)
        else:
            r, d = _ROUND, 2 * _ROUND
            yield Mark(f"M{x - r:g} {y}a{r:g} {r:g} 0 1 0 {d:g} 0a{r:g} {r:g} 0 1 0 {-d:g} 0Z",
                       "open" if why else "plain", x, y)  # fmt: skip


def _recent(trend: Trend, scale: _Scale) -> Iterator[Box]:
    """The last periods, where the theme emerges or fades in them."""
    if not trend.movement or not trend.recent:
        return
    whole = [i for i, point in enumerate(trend.points) if point[3] is not None and point[5] != "incomplete"]
    for _, group in groupby(enumerate(whole[-trend.recent :]), key=lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        x = scale.x(run[0] - 0.5)
        yield Box(x, _TOP, round(scale.x(run[-1] + 0.5) - x, 1), _FOOT - _TOP, "recent")


def _places(trend: Trend) -> Iterator[tuple[int, int]]:
    """(number, place of its period) of each change in reporting."""
    for number, (date, _) in enumerate(trend.changes, start=1):
        before = [place for place, point in enumerate(trend.points) if point[0] <= date]
        if before:
            yield number, before[-1]


def _changes(trend: Trend, scale: _Scale) -> Iterator[Line]:
    for _, place in _places(trend):
        x = scale.x(place - 0.5)
        yield Line(x, _TOP - 4, x, _FOOT, "change")


def _numbered(trend: Trend, scale: _Scale) -> Iterator[Word]:
    for number, place in _places(trend):
        yield Word(scale.x(place - 0.5), _TOP - 9, str(number), "value")
