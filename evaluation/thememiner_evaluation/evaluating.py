"""The run: which benchmarks, in which order, what is not there, and whether a floor gave way."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from thememiner.errors import InputError, UnknownNameError
from thememiner_evaluation import datasets, floors
from thememiner_evaluation.benchmarks import BENCHMARKS, Benchmark
from thememiner_evaluation.measuring import Bench, NotMeasured
from thememiner_evaluation.results import Row, measured, notes, table, write

Say = Callable[[str], None]


def evaluate(
    names: Iterable[str] = (),
    *,
    data: Path | None = None,
    peers: bool = False,
    out: Path | None = None,
    vectors: Path | None = None,
    precision: str = "auto",
    say: Say = print,
    tell: Say = lambda _: None,
) -> int:
    """Measure the benchmarks called `names` (all), print the table, and return the exit code.

    `out` is written anew after each benchmark; what it holds already is not measured again where nothing that
    it rests on has changed, so that a run of hours may be stopped and gone on with. `say` is given what is
    printed, `tell` how far it is.

    1 when a figure is worse than its floor; 0 also where the data is not there, which is said with where to
    get each set. Raises `UnknownNameError` for a benchmark that is not known, `InputError` for a data folder
    that does not exist.
    """
    chosen = _chosen(names)
    if data is not None and not data.is_dir():
        raise InputError(f"the data folder {data} does not exist: give the folder that holds the sets.")
    for line in datasets.missing(data, sorted({name for b in chosen for name in b.data})):
        say(f"not there, skipped: {line}")
    with tempfile.TemporaryDirectory() as spare:
        bench = Bench(data, vectors or Path(spare), peers, precision)
        held = measured(out, bench) if out else {}
        rows = []
        for benchmark in chosen:
            if benchmark.id in held:
                rows.append(held[benchmark.id])
                continue
            tell(benchmark.id)
            rows.append(measure(benchmark, bench))
            if out:  # after each: a run of hours that is stopped keeps what it measured
                done = {row.benchmark.id for row in rows}
                write(out, [*rows, *(row for i, row in held.items() if i not in done)], bench)
        say(table(rows))
        say(notes(rows))
    gone = [line for row in rows for line in _fallen(row)]
    for line in gone:
        say(f"FLOOR: {line}")
    return 1 if gone else 0


def measure(benchmark: Benchmark, bench: Bench) -> Row:
    """One benchmark, measured; without its data, a row that says so."""
    began = time.perf_counter()
    absent = [name for name in benchmark.data if datasets.missing(bench.data, [name])]
    if absent:
        return Row(benchmark, (), 0.0, f"no data ({', '.join(absent)})")
    try:
        readings = tuple(benchmark.measure(bench))
    except NotMeasured as why:
        return Row(benchmark, (), time.perf_counter() - began, str(why))
    return Row(benchmark, readings, time.perf_counter() - began)


def _fallen(row: Row) -> list[str]:
    return floors.fallen(row.benchmark.id, row.readings, floors.floors(row.benchmark.id))


def _chosen(names: Iterable[str]) -> list[Benchmark]:
    wanted = list(dict.fromkeys(names)) or list(BENCHMARKS)
    for name in wanted:
        if name not in BENCHMARKS:
            raise UnknownNameError("benchmark", name, BENCHMARKS)
    return [BENCHMARKS[name] for name in wanted]
