"""Run charts, for small numbers: values → the median, and the points that chance alone would hardly give.

Source: Perla, Provost & Murray 2011 (BMJ Quality & Safety 20, 46-51): a shift of six points on one side of
the median, a trend of five, too few or too many runs about it; how many is too many is by the exact chance of
Swed & Eisenhart 1943. Their fourth rule, an astronomical point, is a reader's judgement and not made here.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from thememiner.trending.stretches import sides, steps, stretches

if TYPE_CHECKING:
    from thememiner.trending.stretches import Values

SHIFT = 6  # points on one side of the median; those on it are passed over
TREND = 5  # points each above the one before, or each below; a value that repeats is passed over
FEWEST = 10  # points below which there is no median
_TAIL = 0.025  # the chance of so few runs, or of so many, below which they are too few or too many


@dataclass(frozen=True, slots=True)
class Runs:
    """The median of a series, how many points lie above and below it, and in how many runs.

    `said` is "too few", "too many" or "" of the runs; `one_sided` that nothing lies on one of the sides, so
    that shifts and runs mean nothing.
    """

    centre: float
    above: int
    below: int
    runs: int
    said: str = ""

    @property
    def one_sided(self) -> bool:
        """Whether nothing lies above the median, or nothing below, as where most periods have none."""
        return not self.above or not self.below


def runs(values: Values) -> Runs | None:
    """The median and runs of a series; None below `FEWEST` points."""
    points = [v for v in values if v is not None]
    if len(points) < FEWEST:
        return None
    centre = statistics.median(points)
    off = [side for side in sides(values, centre) if side]
    above, below = off.count(1), off.count(-1)
    number = sum(a != b for a, b in pairwise(off)) + bool(off)
    said = ""
    if above and below:
        if chance_of_runs(above, below, number) <= _TAIL:
            said = "too few"
        elif 1 - chance_of_runs(above, below, number - 1) <= _TAIL:
            said = "too many"
    return Runs(centre, above, below, number, said)


def flags(values: Values, found: Runs) -> tuple[tuple[str, str], ...]:
    """One flag a value: ("high" or "low", "shift" or "trend"), ("", "") for none; a gap ends both."""
    marks = [("", "")] * len(values)

    def mark(places: list[int], sign: int, rule: str) -> None:
        for i in places:
            marks[i] = ("high" if sign > 0 else "low", rule) if not marks[i][0] else marks[i]

    if not found.one_sided:
        for places, signs in _passing_over(sides(values, found.centre)):
            for start, end, sign in stretches(signs):
                if end - start >= SHIFT:
                    mark(places[start:end], sign, "shift")
    # The first of a stretch of values has no step: it stands where the step to the second begins.
    for places, signs in _passing_over(steps(values)):
        for start, end, sign in stretches(signs):
            if end - start + 1 >= TREND:
                first = places[start]
                mark([first, *(i + 1 for i in places[start:end])], sign, "trend")
    return tuple(marks)


def chance_of_runs(above: int, below: int, most: int) -> float:
    """The chance of `most` runs or fewer, were so many points above and below in any order.

    Of all orders, 2 C(a-1, k-1) C(b-1, k-1) have 2k runs, and C(a-1, k) C(b-1, k-1) + C(a-1, k-1) C(b-1, k)
    have 2k + 1 (Swed & Eisenhart 1943).
    """
    c = math.comb
    ways = 0
    for number in range(2, most + 1):
        k, odd = divmod(number, 2)
        if odd:
            ways += c(above - 1, k) * c(below - 1, k - 1) + c(above - 1, k - 1) * c(below - 1, k)
        else:
            ways += 2 * c(above - 1, k - 1) * c(below - 1, k - 1)
    return ways / c(above + below, above)


def _passing_over(signs: list[int | None]) -> list[tuple[list[int], list[int | None]]]:
    """The places and signs between gaps, without those that are 0."""
    parts: list[tuple[list[int], list[int | None]]] = [([], [])]
    for i, sign in enumerate(signs):
        if sign is None:
            parts.append(([], []))
        elif sign:
            parts[-1][0].append(i)
            parts[-1][1].append(sign)
    return parts
