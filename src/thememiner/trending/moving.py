"""Emerging and fading themes: of all themes at once, which stand out in the last periods more than by chance.

Were nothing to change, the last periods could be any of the periods. So every choice of as many periods is
tried, and a theme stands out if in few of them any theme departs as far from its own share. The chance that
any theme is called emerging or fading though nothing changes is then `LEVEL` at most, over all themes
together, however much the periods vary and the themes go together (Westfall & Young 1993, single-step maxT;
all choices are tried, so nothing is random).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from thememiner.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.05  # the chance that any theme is called emerging or fading when nothing has changed
FEW = 5  # documents with a theme, or without it, below which it is not tested
RECENT = {"month": 3, "quarter": 2}  # the last periods, which are held against those before
_SAME = 1e-9  # departures that differ by less are equal


def moving(
    counts: Sequence[Sequence[int]], totals: Sequence[int], recent: int
) -> list[tuple[str, float | None]]:
    """For each theme ("emerging", "fading" or "", the chance), from its documents in each period.

    `counts` are themes × periods, `totals` the documents of each period, all above 0, `recent` how many of
    the last periods are held against those before. The chance is None for a theme with fewer than `FEW`
    documents, and for all where there are too few periods to tell. Raises `InputError` for other shapes.
    """
    import numpy as np

    n = len(totals)
    if any(len(row) != n for row in counts) or any(
        not 0 <= x <= total for row in counts for x, total in zip(row, totals, strict=True)
    ):
        raise InputError("moving: every theme needs a count for each period, of at most its documents.")
    everything = sum(totals)
    tested = [i for i, row in enumerate(counts) if FEW <= sum(row) <= everything - FEW]
    found: list[tuple[str, float | None]] = [("", None)] * len(counts)
    if not tested or not enough(n, recent) or not all(totals):
        return found
    chosen = itertools.chain.from_iterable(itertools.combinations(range(n), recent))
    choices = np.fromiter(chosen, dtype=np.intp).reshape(-1, recent)  # the last periods in the last row
    weights = np.asarray(totals, dtype=np.float64)
    drawn = weights[choices].sum(axis=1)
    furthest = np.zeros(len(choices))
    own = {}
    for i in tested:
        departures = _departures(np.asarray(counts[i], dtype=np.float64), weights, choices, drawn)
        own[i] = float(departures[-1])
        furthest = np.maximum(furthest, np.abs(departures))
    for i, departure in own.items():
        chance = float(np.mean(furthest >= abs(departure) - _SAME))
        word = "" if chance > LEVEL else "emerging" if departure > 0 else "fading"
        found[i] = (word, chance)
    return found


def enough(periods: int, recent: int) -> bool:
    """Whether there are so many choices of periods that one of them can be rarer than `LEVEL`."""
    return periods > 2 * recent and math.comb(periods, recent) * LEVEL >= 1


def _departures(
    counts: NDArray[np.float64],
    totals: NDArray[np.float64],
    choices: NDArray[np.intp],
    drawn: NDArray[np.float64],
) -> NDArray[np.float64]:
    """For each choice of periods how far its documents with the theme are from what the share of all gives.

    In standard deviations of as many documents drawn from all (hypergeometric): few vary more than many.
    """
    import numpy as np

    carried, everything = counts.sum(), totals.sum()
    share = carried / everything
    variance = drawn * share * (1 - share) * (everything - drawn) / (everything - 1)
    return np.asarray((counts[choices].sum(axis=1) - drawn * share) / np.sqrt(variance))
