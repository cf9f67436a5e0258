"""Intervals about a share and about a rate, and how large the difference of two shares is.

    wilson(81, 263)                 # (.2553, .3662): the share lies between 25.5 and 36.6 %, at 95 %
    poisson(25)                     # (16.18, 36.90): about 25 counted events
    cohens_h(.5, .4)                # .2014: a small difference

Sources: Wilson (1927), as Newcombe recommends for one share (1998, Statistics in Medicine 17); Garwood (1936)
for the exact limits of a count; Cohen (1988, Statistical Power Analysis, chapter 6) for h.
"""

from __future__ import annotations

import math
from statistics import NormalDist

LEVEL = 0.95  # of the intervals


def wilson(count: int, of: int) -> tuple[float, float]:
    """The score interval about the share `count` of `of` (1 or more), 0 to 1."""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share = count / of
    middle = share + z * z / (2 * of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    low = (middle - reach) / scale if count else 0.0
    return low, (middle + reach) / scale if count < of else 1.0


def poisson(count: int) -> tuple[float, float]:
    """The exact limits of the number of events that is expected where `count` were counted."""
    from scipy.special import gammaincinv

    tail = (1 - LEVEL) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def cohens_h(share: float, other: float) -> float:
    """How much larger a share is than another, on a scale on which .05 to .1 is more than .45 to .5."""
    return 2 * math.asin(math.sqrt(share)) - 2 * math.asin(math.sqrt(other))
