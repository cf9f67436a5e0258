"""Where a series keeps to one side, or keeps going one way: stretches of equal signs, ended by a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

Values = Sequence[float | None]  # one a period, in order; None where there is nothing to judge
_ROUNDING = 1e-9  # of the largest value: differences below it come from how a computer writes numbers down


def least(values: Values) -> float:
    """The difference from which two values of a series differ at all."""
    return _ROUNDING * max((abs(v) for v in values if v is not None), default=0.0)


def sides(values: Values, centre: float) -> list[int | None]:
    """For each value 1 above the centre, -1 below, 0 on it, and None for a gap."""
    same = least(values)
    return [None if v is None else _sign(v - centre, same) for v in values]


def steps(values: Values) -> list[int | None]:
    """For each value but the first 1 if it is higher than the one before, -1 if lower, 0 if the same."""
    same = least(values)
    return [
        None if before is None or v is None else _sign(v - before, same) for before, v in pairwise(values)
    ]


def stretches(signs: Sequence[int | None]) -> Iterator[tuple[int, int, int]]:
    """(start, end, sign) of every longest run of 1 or of -1, the end left out; 0 and None end a run."""
    start = 0
    for end in range(1, len(signs) + 1):
        if end == len(signs) or signs[end] != signs[start]:
            sign = signs[start]
            if sign:
                yield start, end, sign
            start = end


def _sign(difference: float, same: float) -> int:
    return 0 if abs(difference) <= same else 1 if difference > 0 else -1
