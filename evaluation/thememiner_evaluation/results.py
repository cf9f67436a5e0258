"""Measured rows, as a table to read and as JSON with what they rest on."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thememiner_evaluation import datasets, product
from thememiner_evaluation.benchmarks import BENCHMARKS, Benchmark, Metric
from thememiner_evaluation.measuring import Bench, Reading

_PACKAGES = (
    "bertopic",
    "hdbscan",
    "numpy",
    "scikit-learn",
    "scikit-network",
    "scipy",
    "sentence-transformers",
    "spacy",
    "torch",
    "turftopic",
    "umap-learn",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A benchmark as measured: its readings and its seconds; `reason` says why there are none."""

    benchmark: Benchmark
    readings: tuple[Reading, ...]
    seconds: float
    reason: str = ""


def verdict(metric: Metric, reading: Reading | None) -> str:
    """How a figure stands to its must and aim: aim, must, missed, reported, or not measured."""
    if reading is None or reading.value is None or math.isnan(reading.value):
        return "not measured"
    if metric.aim is not None and metric.meets(reading.value, metric.aim):
        return "aim"
    if metric.must is not None:
        return "must" if metric.meets(reading.value, metric.must) else "missed"
    return "reported"


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| benchmark | measure | must | aim | got | verdict | peers in the same run |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        found = {reading.metric: reading for reading in row.readings}
        for n, metric in enumerate(row.benchmark.metrics):
            reading = found.get(metric.name)
            cells = (
                row.benchmark.id if n == 0 else "",
                metric.name,
                _bound(metric, metric.must),
                _bound(metric, metric.aim),
                _got(reading, row.reason),
                verdict(metric, reading),
                "; ".join(f"{who} {number(v)}" for who, v in reading.peers) if reading else "",
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def notes(rows: Sequence[Row]) -> str:
    """What each row measured, on what, and what it is made of: a paragraph a benchmark."""
    parts = []
    for row in rows:
        parts.append(
            f"{row.benchmark.id}: {row.benchmark.task} {row.benchmark.trained} ({row.seconds:.0f} s)"
        )
        if row.reason:
            parts.append(f"  not measured: {row.reason}")
        told: set[tuple[Any, ...]] = set()
        for reading in row.readings:
            if reading.note and reading.value is not None:
                parts.append(f"  {reading.metric}: {reading.note}")
            if reading.detail and reading.detail not in told:
                told.add(reading.detail)
                parts.append("  " + "; ".join(f"{name} {number(v)}" for name, v in reading.detail))
    return "\n".join(parts) + "\n"


def document(rows: Sequence[Row], bench: Bench) -> dict[str, Any]:
    """Everything measured and what it rests on, for JSON; nothing in it tells when or by whom it was run."""
    return {
        "provenance": provenance(bench, {name for row in rows for name in row.benchmark.data}),
        "benchmarks": [
            {
                "id": row.benchmark.id,
                "task": row.benchmark.task,
                "trained": row.benchmark.trained,
                "data": list(row.benchmark.data),
                "seconds": round(row.seconds, 1),
                "reason": row.reason,
                "metrics": [_figure(metric, row) for metric in row.benchmark.metrics],
            }
            for row in rows
        ],
    }


def provenance(bench: Bench, data: Iterable[str]) -> dict[str, Any]:
    """Versions, encoder, precision, class of machine, settings, and SHA-256 of the data files."""
    import dataclasses
    from importlib import metadata

    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    settings = dataclasses.asdict(bench.settings()) | {"encoder": bench.encoder.name}
    return {
        "thememiner": product.version(),
        "code": product.digest(),
        "python": platform.python_version(),
        "packages": versions,
        "encoder": {
            "name": bench.encoder.name,
            "sha256": bench.encoder.digest,
            "precision": bench.encoder.precision,
        },
        "machine": machine(),
        "settings": settings,
        "data": datasets.digests(bench.data, data),
        "peers": bench.peers,
    }


def measured(path: Path, bench: Bench) -> dict[str, Row]:
    """The rows of a JSON written before, by benchmark, where it rests on the same as a run made now.

    None where the file is not there, or any of code, packages, encoder, machine, settings and peers is
    another; a row whose data files are others, or that has no readings, is left out.
    """
    import json

    if not path.exists():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        then, files = dict(told["provenance"]), told["provenance"]["data"]
        now = provenance(bench, ())
        if {**then, "data": {}} != json.loads(json.dumps({**now, "data": {}})):
            return {}
        rows = {row["id"]: row for row in told["benchmarks"] if not row["reason"]}
        known = {i: _row(BENCHMARKS[i], row) for i, row in rows.items() if i in BENCHMARKS}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}  # no file of ours, or an older version's: measured anew
    return {
        i: row
        for i, row in known.items()
        if row.readings
        and all(files.get(f) == d for f, d in datasets.digests(bench.data, row.benchmark.data).items())
    }


def machine() -> str:
    """The class of machine: system, processor family, cores, and the best instructions torch finds."""
    import torch

    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"{torch.backends.cpu.get_cpu_capability()}"
    )


def number(value: float) -> str:
    """A figure as it is printed: whole numbers whole, else three significant places."""
    if math.isnan(value):
        return "none"
    if float(value).is_integer() and abs(value) < 1e9:
        return f"{int(value):,}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def _row(benchmark: Benchmark, told: dict[str, Any]) -> Row:
    """A row as it was written."""
    readings = tuple(
        Reading(
            one["name"],
            one["value"],
            one["spread"],
            tuple(one["peers"].items()),
            tuple(one["detail"].items()),
            one["note"],
        )
        for one in told["metrics"]
        if one["value"] is not None or one["note"]
    )
    return Row(benchmark, readings, float(told["seconds"]))


def _figure(metric: Metric, row: Row) -> dict[str, Any]:
    reading = next((r for r in row.readings if r.metric == metric.name), None)
    value = reading.value if reading else None
    return {
        "name": metric.name,
        "better": "higher" if metric.higher else "lower",
        "must": metric.must,
        "aim": metric.aim,
        "value": None if value is None or math.isnan(value) else round(value, 6),
        "spread": round(reading.spread, 6) if reading and reading.spread is not None else None,
        "verdict": verdict(metric, reading),
        "peers": {who: round(v, 6) for who, v in reading.peers} if reading else {},
        "detail": {who: round(v, 6) for who, v in reading.detail} if reading else {},
        "note": reading.note if reading else row.reason,
    }


def _bound(metric: Metric, value: float | None) -> str:
    return "–" if value is None else f"{'≥' if metric.higher else '≤'} {number(value)}"


def _got(reading: Reading | None, reason: str) -> str:
    if reading is None:
        return reason or "–"
    if reading.value is None:
        return reading.note or "–"
    return number(reading.value) + (f" ± {number(reading.spread)}" if reading.spread is not None else "")


def write(path: Path, rows: Sequence[Row], bench: Bench) -> None:
    """Write the JSON, whole or not at all."""
    import json

    from thememiner.saving import write_file

    text = json.dumps(document(rows, bench), ensure_ascii=False, indent=1) + "\n"
    write_file(path, text.encode("utf-8"))
