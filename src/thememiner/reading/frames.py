"""A pandas DataFrame → a table and its digest, without importing pandas."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from thememiner.reading.parsed import RefusedError, Tables, as_table
from thememiner.reading.workbooks import cell


def is_frame(value: Any) -> bool:
    """Whether this is a DataFrame, told by its class, so that pandas need not be there."""
    return any(
        kind.__name__ == "DataFrame" and kind.__module__.partition(".")[0] == "pandas"
        for kind in type(value).__mro__
    )


def parse(frame: Any) -> Tables:
    """The frame's rows, numbered from 2 as a spreadsheet would show them under their header."""
    header = [str(name) for name in frame.columns]
    values = frame.astype(object).where(frame.notna(), None)
    rows = [[cell(value) for value in row] for row in values.itertuples(index=False, name=None)]
    table = as_table("", [header, *rows])
    if table is None or not rows:
        raise RefusedError("empty", "the DataFrame has no rows")
    return Tables((table,))


def digest(parsed: Tables) -> str:
    """SHA-256 of the rows as canonical JSON: the same rows, the same digest."""
    rows = [[list(table.header), *map(list, table.rows)] for table in parsed.tables]
    written = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
