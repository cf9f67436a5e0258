"""A table → CSV, Parquet: the same values in each, and nothing in a CSV that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

from thememiner.reports.tables.shapes import Column, Frame, Value

DISARMED = Column(
    "disarmed",
    "in the CSV alone: the columns of this row whose text has a ' before it that is not its own, joined by a "
    "space; take that away to have the value",
)
# What begins so is a formula to a spreadsheet program (OWASP ASVS 1.2.10), whatever blank stands before it.
_BLANK = r"[\s\x00-\x20\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*"
_FORMULA = re.compile(rf"{_BLANK}[=+\-@＝＋－＠]|[\t\r\n\x00]")
_NEGATIVE = re.compile(r"-\d[\d,]*(?:\.\d+)?%?")


def csv_bytes(made: Frame) -> bytes:
    """UTF-8 with a byte order mark, commas and CRLF: what Excel and Power BI open rightly by themselves."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(column.name for column in made.columns), DISARMED.name])
    for row in made.rows:
        cells = [_cell(value) for value in row]
        runs = [at for at, value in enumerate(row) if isinstance(value, str) and would_run(value)]
        for at in runs:
            cells[at] = f"'{cells[at]}"
        writer.writerow([*cells, " ".join(made.columns[at].name for at in runs)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def would_run(text: str) -> bool:
    """Whether a spreadsheet program may take a text for a formula; a plain negative number is none."""
    return bool(_FORMULA.match(text)) and not _NEGATIVE.fullmatch(text)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def parquet_bytes(made: Frame) -> bytes:
    """The table with its types; the same table gives the same bytes with one version of pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types: dict[str, Any] = {
        "text": pa.string(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "yes/no": pa.bool_(),
        "day": pa.date32(),
    }
    fields = [pa.field(column.name, types[column.type]) for column in made.columns]
    columns = list(zip(*made.rows, strict=True)) if made.rows else [() for _ in made.columns]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out, compression="snappy")
    return out.getvalue()
