"""Small numbers, so that none can be read and none worked out.

FFT: 1 to 4 are suppressed, others stand as they are. HES: 1 to 7 are suppressed, others are rounded to the
nearest 5; 0 stays 0 in both. (Source: NHS England's fft_pipeline, suppression.py; NHS Digital, change to
disclosure control of HES and ECDS, September 2018.)

What follows by subtraction. The same passages are told apart in several ways: by kind, by polarity, by voice.
Each way adds up to the same whole, so a whole that is known gives what one way leaves out. Therefore the
whole is told only where no part of any way is suppressed, and where a part of one way is, two parts at least
of every way are (all, where there are fewer), the smallest first. Nobody can then tell the whole: to any
suppressed number as many more can be added as one likes, if a suppressed one of each other way gets as many.
So none is known to be small, but for the mark itself, and none is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from thememiner.records import Count, Regime

# The least number that is told.
LEAST: dict[Regime, int] = {"none": 0, "fft": 5, "hes": 8}
FEW = 5  # sources that carry a theme, below which it is held also where no number is suppressed
_APART = 2  # parts of one way of telling apart that are suppressed, if any is
_ROUNDED = 5

Parts = Mapping[Any, tuple[int, ...]]  # name -> (passages, documents, and documents of its kind without)


def told(number: int, regime: Regime) -> Count:
    """A number by itself as it may be told."""
    if 0 < number < LEAST[regime]:
        return None
    return (number + _ROUNDED // 2) // _ROUNDED * _ROUNDED if regime == "hes" else number


def hidden(ways: Sequence[Parts], regime: Regime) -> list[set[Any]]:
    """The names of the parts that are suppressed, for each way in which the same things are told apart."""
    least = LEAST[regime]
    small = [{name for name, pair in way.items() if any(0 < n < least for n in pair)} for way in ways]
    if not any(small):
        return small
    for way, names in zip(ways, small, strict=True):
        ranked = sorted(
            (name for name, pair in way.items() if any(pair)), key=lambda n: (way[n][1::-1], str(n))
        )
        for name in ranked:
            if len(names) >= _APART:
                break
            names.add(name)
    return small
