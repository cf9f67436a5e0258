"""The report as tables for Power BI and pandas: CSV and Parquet, keys that join them, and a data dictionary.

    write(report, "tables/")        # csv/, parquet/, dictionary.md, dictionary.csv, files.csv

Everything in them comes from the report; the texts of documents stand in documents.jsonl.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from thememiner.errors import InputError
from thememiner.records import Report
from thememiner.reports import ordering
from thememiner.reports.tables import across, dictionary, figures, findings, folders, sources, themes
from thememiner.reports.tables.shapes import Frame
from thememiner.reports.tables.writing import csv_bytes, parquet_bytes
from thememiner.saving import write_folder

__all__ = ["Frame", "check", "files", "listing", "tables", "write"]


def tables(report: Report) -> tuple[Frame, ...]:
    """Every table of a report, those without a row too, so that what is built on them stays whole.

    Raises `InputError` where the report names something that it does not hold: a key would lead nowhere.
    """
    known = ordering.canonical(report)
    made = tuple(f for room in (sources, themes, findings, across, figures) for f in room.frames(known))
    _check_keys(made)
    return made


def files(report: Report) -> dict[str, bytes]:
    """Name → bytes of every file; the same report gives the same."""
    made = tables(report)
    content = {f"csv/{f.name}.csv": csv_bytes(f) for f in made}
    content |= {f"parquet/{f.name}.parquet": parquet_bytes(f) for f in made}
    content["dictionary.csv"] = csv_bytes(dictionary.table(made))
    content["dictionary.md"] = dictionary.page(report, made).encode("utf-8", "replace")
    return folders.with_list(content)


def write(report: Report, folder: str | Path) -> Path:
    """The folder written whole, or not at all; tables of an earlier report in it are replaced.

    Raises `InputError` for a folder that holds anything else, and for one that cannot be written.
    """
    folder = Path(folder)
    check(folder)
    return write_folder(folder, files(report))


def check(folder: Path) -> None:
    """Raise `InputError` for a folder that holds anything but tables as written: it would be lost."""
    folders.check(folder, "--tables", "table")


def _check_keys(made: tuple[Frame, ...]) -> None:
    """Raise `InputError` for a key that stands twice or leads nowhere."""
    keys: dict[str, set[object]] = {}
    for f in made:
        named = [at for at, column in enumerate(f.columns) if column.key]
        rows = [tuple(row[at] for at in named) for row in f.rows]
        if named and len(set(rows)) < len(rows):
            twice = Counter(rows).most_common(1)[0][0]
            raise InputError(_broken(f"{', '.join(map(str, twice))} stands twice in its {f.name}"))
        keys |= {f"{f.name}.{f.columns[at].name}": {row[at] for row in f.rows} for at in named}
    for f, at, to in _joins(made):
        for row in f.rows:
            if row[at] is not None and row[at] not in keys[to]:
                raise InputError(
                    _broken(f"its {f.name} name {row[at]}, which is not in its {to.partition('.')[0]}")
                )


def _joins(made: tuple[Frame, ...]) -> Iterator[tuple[Frame, int, str]]:
    for f in made:
        for at, column in enumerate(f.columns):
            if column.to:
                yield f, at, column.to


def _broken(what: str) -> str:
    return (
        f"the report does not hold together: {what}. Run again, or take the report.json that the run wrote."
    )
