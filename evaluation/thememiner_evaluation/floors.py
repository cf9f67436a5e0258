"""Floors: what a figure must not fall below again. One JSON file a benchmark, metric -> floor.

A floor stands a little below what was measured, so that another processor's rounding does not trip it; it is
raised when the product gets better, and lowered only with a reason in the commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from thememiner.errors import InputError
from thememiner_evaluation.benchmarks import BENCHMARKS
from thememiner_evaluation.measuring import Reading

_HERE = Path(__file__)
# in a checkout, and inside an installed wheel
FOLDERS = (_HERE.parents[1] / "baselines", _HERE.parent / "baselines")


def floors(benchmark: str, folders: Iterable[Path] = FOLDERS) -> dict[str, float]:
    """Metric -> floor of one benchmark; empty where it has none.

    Raises `InputError` for a floor of a metric that the benchmark does not have.
    """
    for folder in folders:
        path = folder / f"{benchmark}.json"
        if path.is_file():
            table: dict[str, float] = json.loads(path.read_text("utf-8"))
            known = [metric.name for metric in BENCHMARKS[benchmark].metrics]
            if unknown := sorted(set(table) - set(known)):
                raise InputError(f"{path.name}: no metric {unknown[0]!r}; known: {', '.join(known)}.")
            return table
    return {}


def fallen(benchmark: str, readings: Iterable[Reading], table: Mapping[str, float]) -> list[str]:
    """A line for each figure that is worse than its floor; one that was not measured is no fall."""
    metrics = {metric.name: metric for metric in BENCHMARKS[benchmark].metrics}
    return [
        f"{benchmark}, {r.metric}: {r.value:.4f} is worse than its floor {table[r.metric]:.4f}"
        for r in readings
        if r.value is not None and r.metric in table and not metrics[r.metric].meets(r.value, table[r.metric])
    ]
