"""How often charts over time and the test for emerging themes cry out, when nothing changes and when it does.

    python -m thememiner_evaluation.trend_alarms [--charts 4000] [--families 2000]

Series are drawn from a seed: documents of a month that carry a theme by chance alone, months that vary more
than that, months that grow in number, themes that go together. Prints a line a case.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.trending import runs, xmr
from thememiner.trending.moving import moving

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Draw = Callable[[np.random.Generator], tuple[Ints, Ints]]  # themes × periods, periods

MONTHS = 24
THEMES = 24


@dataclass(frozen=True, slots=True)
class Alarms:
    """Shares of charts with a point outside the limits, with any flag, and with a flag as a run chart."""

    outside: float
    any_rule: float
    as_runs: float


def charts(rng: np.random.Generator, number: int, documents: int, carried: float) -> Alarms:
    """What charts of `MONTHS` months say that vary by chance alone, `carried` of `documents` expected."""
    outside = flagged = ran = 0
    for _ in range(number):
        values = (rng.binomial(documents, carried / documents, MONTHS) / documents).tolist()
        limits, middle = xmr.limits(values), runs.runs(values)
        assert limits
        assert middle
        flags = xmr.flags(values, limits)
        outside += any(rule == "outside" for _, rule in flags)
        flagged += any(flag for flag, _ in flags)
        ran += bool(middle.said) or any(flag for flag, _ in runs.flags(values, middle))
    return Alarms(outside / number, flagged / number, ran / number)


def shares() -> Floats:
    """What share of the documents each of `THEMES` themes has: from one in 50 to one in 4."""
    return np.geomspace(0.02, 0.25, THEMES)


def steady(
    periods: int, documents: Ints, *, spread: float = 0.0, shared: bool = False, factor: float = 1.0
) -> Draw:
    """Counts of `THEMES` themes in which nothing changes, but the middle one by `factor` in the last three.

    `spread` is how much the share of a period varies beyond chance, as its standard deviation over the share;
    `shared` whether all themes vary together.
    """
    base = np.repeat(shares()[:, None], periods, axis=1)
    base[THEMES // 2, -3:] *= factor

    def draw(rng: np.random.Generator) -> tuple[Ints, Ints]:
        rates = base
        if spread:
            size = (1 if shared else THEMES, periods)
            rates = np.clip(base * rng.gamma(1 / spread**2, spread**2, size), 0, 1)
        return rng.binomial(documents, rates), documents

    return draw


def alarms(rng: np.random.Generator, number: int, draw: Draw, recent: int) -> tuple[float, float]:
    """Shares of families in which any theme is called emerging or fading, and in which the changed one is."""
    any_, changed = 0, 0
    for _ in range(number):
        counts, documents = draw(rng)
        words = [word for word, _ in moving(counts.tolist(), documents.tolist(), recent)]
        changed += words[THEMES // 2] == "emerging"
        any_ += any(words)
    return any_ / number, changed / number


def cases() -> dict[str, tuple[int, Draw]]:
    """(recent periods, how to draw) of each case in which nothing changes."""
    even = np.full(MONTHS, 80)
    growing = np.linspace(20, 140, MONTHS).astype(np.int64)
    shrinking = growing[::-1].copy()
    return {
        "24 months of 80 documents, by chance alone": (3, steady(24, even)),
        "24 months of 10 documents": (3, steady(24, np.full(24, 10))),
        "12 months of 80": (3, steady(12, np.full(12, 80))),
        "60 months of 80": (3, steady(60, np.full(60, 80))),
        "8 quarters of 240": (2, steady(8, np.full(8, 240))),
        "24 months, themes vary by 30 % more": (3, steady(24, even, spread=0.3)),
        "24 months, they vary so together": (3, steady(24, even, spread=0.3, shared=True)),
        "24 months that grow from 20 to 140": (3, steady(24, growing)),
        "24 months that shrink from 140 to 20": (3, steady(24, shrinking)),
        "months that shrink, themes vary by 30 % more": (3, steady(24, shrinking, spread=0.3)),
        "months that grow, themes vary by 30 % more": (3, steady(24, growing, spread=0.3)),
    }


def main() -> None:
    """Print how often there is an alarm, case by case."""
    given = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    given.add_argument("--charts", type=int, default=4000)
    given.add_argument("--families", type=int, default=2000)
    given.add_argument("--seed", type=int, default=0)
    asked = given.parse_args()
    rng = np.random.default_rng(asked.seed)
    print(f"charts of {MONTHS} months by chance alone: outside the limits, any flag, any flag of a run chart")
    for documents in (20, 80, 200):
        for carried in (0.5, 1, 2, 3, 5, 10, 20):
            if carried <= documents / 2:
                found = charts(rng, asked.charts, documents, carried)
                print(
                    f"  {carried:4} of {documents:3} documents: {found.outside:.3f} {found.any_rule:.3f} "
                    f"{found.as_runs:.3f}",
                    flush=True,
                )
    print(f"{THEMES} themes, nothing changes: any called emerging or fading")
    for name, (recent, draw) in cases().items():
        print(f"  {name}: {alarms(rng, asked.families, draw, recent)[0]:.3f}", flush=True)
    print("one theme of 24 (share .073) times a factor in the last 3 of 24 months of 80: called emerging")
    for factor in (1.5, 2.0, 2.5, 3.0):
        for spread in (0.0, 0.3):
            draw = steady(MONTHS, np.full(MONTHS, 80), spread=spread, factor=factor)
            hit = alarms(rng, asked.families // 4, draw, 3)[1]
            print(f"  times {factor}, varying by {spread:.0%} more: {hit:.3f}", flush=True)


if __name__ == "__main__":
    main()
