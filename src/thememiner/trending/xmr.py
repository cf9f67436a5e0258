"""XmR charts as Making Data Count has them: values → mean, limits, and the points with a special cause.

    found = limits([.10, .12, .08, ...])
    found.centre, found.lower, found.upper
    flags([.10, .12, .08, ...], found)         # ("high", "shift") ... one a value, ("", "") for none

Source: NHS England's Making Data Count, as NHSRplotthedots 0.2.2 computes it: moving ranges above 3.267 times
their mean are left out (Nelson 1982). But for two of three a point outside the limits counts as beyond the
near limit, as the programme has it since November 2023. High and low are neither good nor bad.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from thememiner.errors import InputError
from thememiner.trending.stretches import least, sides, steps, stretches

if TYPE_CHECKING:
    from thememiner.trending.stretches import Values

LIMIT = 2.66  # mean moving ranges from the mean to a limit: 3 / 1.128
NEAR = 2 / 3  # of the way from the mean to a limit
SCREEN = 3.267  # mean moving ranges above which a moving range is left out
RUN = 7  # points of a trend, and of a shift
TRIAL = 13  # points below which limits are trial limits
FEWEST = 6  # points below which there are no limits (Wheeler 1993: "as few as five or six")

Flag = tuple[str, str]  # "high", "low" or ""; and the rule: "outside", "trend", "two of three", "shift"


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of the baseline's points and the limits about it, which may lie where no value can.

    `moving_range` is the mean of those that were kept, `screened` the number left out, `points` the number
    of points that all this rests on.
    """

    centre: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    moving_range: float
    screened: int
    points: int

    @property
    def trial(self) -> bool:
        """Whether so few points make these trial limits."""
        return self.points < TRIAL


def limits(values: Values, baseline: int = 0) -> Limits | None:
    """The limits of a series, from all its points or from the first `baseline`; None below `FEWEST` points.

    A moving range is the difference of two neighbours: there is none across a gap (None). Raises `InputError`
    for a value that is no number, and for a baseline of fewer points than `FEWEST`.
    """
    if any(v is not None and not math.isfinite(v) for v in values):
        raise InputError("a chart takes numbers, and None where a period has none.")
    if baseline and baseline < FEWEST:
        raise InputError(f"a baseline needs {FEWEST} points or more; {baseline} are asked for.")
    values = values[: _end(values, baseline)] if baseline else values
    points = [v for v in values if v is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(points) < FEWEST or not ranges:
        return None
    centre = math.fsum(points) / len(points)
    first = math.fsum(ranges) / len(ranges)
    kept = [r for r in ranges if r <= SCREEN * first + least(values)]
    mean = math.fsum(kept) / len(kept)
    far, near = LIMIT * mean, NEAR * LIMIT * mean
    return Limits(
        centre=centre,
        lower=centre - far,
        upper=centre + far,
        near_lower=centre - near,
        near_upper=centre + near,
        moving_range=mean,
        screened=len(ranges) - len(kept),
        points=len(points),
    )


def flags(values: Values, found: Limits) -> tuple[Flag, ...]:
    """One flag a value: the first rule that a point falls under, in the order of the programme.

    Outside the limits; in a trend (`RUN` points, each above the one before, or each below); beyond the near
    limit as two of three neighbours, all three on that side of the mean; in a shift (`RUN` points on one side
    of the mean). A point on the mean is on neither side, and a gap ends a trend, a shift and a three.
    """
    same = least(values)
    marks: list[Flag] = [("", "")] * len(values)

    def mark(i: int, sign: int, rule: str) -> None:
        if not marks[i][0]:
            marks[i] = ("high" if sign > 0 else "low", rule)

    def beyond(v: float | None, lower: float, upper: float) -> int:
        return 0 if v is None else 1 if v > upper + same else -1 if v < lower - same else 0

    for i, v in enumerate(values):
        if sign := beyond(v, found.lower, found.upper):
            mark(i, sign, "outside")
    for start, end, sign in stretches(steps(values)):
        if end - start + 1 >= RUN:
            for i in range(start, end + 1):
                mark(i, sign, "trend")
    side = sides(values, found.centre)
    near = [beyond(v, found.near_lower, found.near_upper) for v in values]
    for start in range(len(values) - 2):
        three = range(start, start + 3)
        for sign in (1, -1):
            pair = [i for i in three if near[i] == sign]
            if len(pair) >= 2 and all(side[i] == sign for i in three):
                for i in pair:
                    mark(i, sign, "two of three")
    for start, end, sign in stretches(side):
        if end - start >= RUN:
            for i in range(start, end):
                mark(i, sign, "shift")
    return tuple(marks)


def _end(values: Values, baseline: int) -> int:
    """Where the first `baseline` points of a series end."""
    places = [i for i, v in enumerate(values) if v is not None]
    return places[baseline - 1] + 1 if len(places) >= baseline else len(values)
