"""Counts of a theme → its chart: which one the numbers bear, its segments, the flags, the words.

A segment has limits of its own. One begins where the coding differs, and the line is broken there; and where
a change in reporting asks for a new baseline, and there it is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from thememiner.records import Change
from thememiner.trending import periods, runs, xmr
from thememiner.trending.moving import FEW
from thememiner.trending.periods import Period
from thememiner.trending.prevalence import Counted

# Documents a period, in the mean, with the theme and without it, from which an XmR chart's limits hold. With
# fewer, counts are skewed, and chance alone puts points above the upper limit: how often is measured by
# `thememiner_evaluation.trend_alarms`.
SMALL = 5

Chart = Literal["xmr", "run", "none"]
Point = tuple[str, int, int, float | None, str, str, int]
Segment = tuple[int, str, float | None, float | None, float | None, bool]
GAP, INCOMPLETE = "no document", "incomplete"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: its points with their flags, its segments with their limits, and what is to be said of them.

    `waves` are "too few" or "too many" of each segment whose runs about the median chance would not give.
    """

    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    said: tuple[str, ...]
    waves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one segment is drawn from: (period, with the theme, documents), and why it begins."""

    begins: str  # "" for the first, else "coding" or "change"
    cells: tuple[tuple[int, int, int], ...]
    incomplete: frozenset[int]

    def values(self) -> list[float | None]:
        """The share of each period; None where it is not judged."""
        return [
            carried / total if total and n not in self.incomplete else None
            for n, carried, total in self.cells
        ]


def stretches(
    counted: Counted, carried: Mapping[int, int], period: Period, changes: Sequence[Change], *, first: bool
) -> list[Stretch]:
    """The segments of one coding's points: one, and one more for each change that asks for a new baseline.

    A new baseline begins with the first period that begins on the day of the change or after it.
    """
    starts = {counted.first}
    for change in changes:
        days = periods.days(change.date)
        if change.rebase and days:
            n = periods.number(days[0], period)
            starts.add(n if periods.first_day(n, period) == days[0] else n + 1)
    cuts = [*sorted(n for n in starts if counted.first <= n <= counted.last), counted.last + 1]
    return [
        Stretch(
            ("" if first else "coding") if begin == counted.first else "change",
            tuple((n, carried.get(n, 0), counted.total.get(n, 0)) for n in range(begin, end)),
            counted.incomplete,
        )
        for begin, end in pairwise(cuts)
    ]


def choose(parts: Sequence[Stretch], period: Period) -> tuple[Chart, str]:
    """Which chart the numbers bear, and why, in a sentence.

    An XmR chart where, in the mean, `SMALL` documents a period have the theme and as many do not, and some
    segment has the points for limits; else a run chart where some segment has the points for a median. None
    for a theme in fewer than `FEW` documents, or in all but so few: nothing could be told of it.
    """
    judged = [
        (carried, total)
        for part in parts
        for n, carried, total in part.cells
        if total and n not in part.incomplete
    ]
    most = max((sum(v is not None for v in part.values()) for part in parts), default=0)
    if not judged:
        return "none", f"No chart: no whole {period} has a document."
    carried = sum(c for c, _ in judged) / len(judged)
    without = sum(t - c for c, t in judged) / len(judged)
    rare, what = min((carried, "carry"), (without, "do not carry"))
    scarce = min((sum(c for c, _ in judged), "carry"), (sum(t - c for c, t in judged), "do not carry"))
    if scarce[0] < FEW:
        return "none", (
            f"Points only: {_number(scarce[0], 'document')} {scarce[1]} the theme, too few to judge, "
            f"{FEW} are needed."
        )
    told = f"on average {rare:.1f} documents a {period} {what} the theme"
    if rare >= SMALL and most >= xmr.FEWEST:
        return "xmr", f"XmR chart: {told}, and limits need {SMALL}."
    if most >= runs.FEWEST:
        return "run", (
            f"Run chart: {told}, and limits need {SMALL}; shifts, trends and the number of runs about the "
            "median are judged instead."
        )
    needed = xmr.FEWEST if rare >= SMALL else runs.FEWEST
    return "none", (
        f"Points only: {_number(most, f'whole {period}')} with documents {_are(most)} too few to judge, "
        f"{needed} are needed."
    )


def draw(parts: Sequence[Stretch], chart: Chart, period: Period, baseline: int = 0) -> Drawn:
    """The chart of a theme, from its segments."""
    points: list[Point] = []
    segments: list[Segment] = []
    said: list[str] = []
    waves: list[str] = []
    for number, part in enumerate(parts, start=1):
        values = part.values()
        marks: Sequence[tuple[str, str]] = [("", "")] * len(values)
        segment: Segment = (number, part.begins, None, None, None, False)
        which = f"Segment {number}: " if len(parts) > 1 else ""
        if chart == "xmr":
            limits = xmr.limits(values, baseline)
            if limits:
                marks = xmr.flags(values, limits)
                lower, upper = max(limits.lower, 0.0), min(limits.upper, 1.0)
                segment = (number, part.begins, limits.centre, lower, upper, limits.trial)
            said += [which + words for words in _of_limits(limits, values)]
        elif chart == "run":
            found = runs.runs(values)
            if found:
                marks = runs.flags(values, found)
                segment = (number, part.begins, found.centre, None, None, False)
                waves += [found.said] if found.said else []
            said += [which + words for words in _of_runs(found, values)]
        segments.append(segment)
        for (n, carried, total), value, (flag, rule) in zip(part.cells, values, marks, strict=True):
            why = GAP if not total else INCOMPLETE if value is None else rule
            share = carried / total if total else None
            points.append(
                (periods.first_day(n, period).isoformat(), carried, total, share, flag, why, number)
            )
    return Drawn(tuple(points), tuple(segments), (*said, *_of_points(points, period)), tuple(waves))


def _of_limits(limits: xmr.Limits | None, values: Sequence[float | None]) -> list[str]:
    """What a reader must know of a segment's limits."""
    if limits is None:
        points = sum(v is not None for v in values)
        if points >= xmr.FEWEST:
            return ["No limits: no two points are neighbours."]
        return [f"No limits: {_number(points, 'point')} {_are(points)} too few, {xmr.FEWEST} are needed."]
    said = []
    if limits.trial:
        said.append(
            f"Trial limits: they rest on {_number(limits.points, 'point')}, fewer than {xmr.TRIAL}, and will "
            "move as points are added."
        )
    if limits.lower < 0:
        said.append("The lower limit is cut at 0, below which no share can be.")
    if limits.upper > 1:
        said.append("The upper limit is cut at 1, above which no share can be.")
    if limits.screened:
        said.append(
            f"{_number(limits.screened, 'moving range')} above {xmr.SCREEN} times their mean "
            f"{'was' if limits.screened == 1 else 'were'} left out of the limits."
        )
    if not limits.moving_range:
        said.append("Every point of the baseline is the same, so the limits are the mean.")
    return said


def _of_runs(found: runs.Runs | None, values: Sequence[float | None]) -> list[str]:
    """What a reader must know of a segment's median and runs."""
    if found is None:
        points = sum(v is not None for v in values)
        return [f"No median: {_number(points, 'point')} {_are(points)} too few, {runs.FEWEST} are needed."]
    if found.one_sided:
        return ["No shift can be told: half of the points or more are the same, and on its edge."]
    if found.said:
        off = f"{found.above} points above it and {found.below} below"
        return [f"There are {found.said} runs about the median for chance alone: {found.runs}, of {off}."]
    return []


def _of_points(points: Sequence[Point], period: Period) -> list[str]:
    """What is said of points that are not judged."""
    said = []
    if gaps := sum(why == GAP for *_, why, _ in points):
        has = "has no document: a gap, not a zero" if gaps == 1 else "have no document: gaps, not zeros"
        said.append(f"{_number(gaps, period)} {has}.")
    for first, *_, why, _ in points:
        if why == INCOMPLETE:
            called = periods.called(str(first), period)
            said.append(
                f"{called} is incomplete (the records leave a week of it or more out) and not judged."
            )
    return said


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
