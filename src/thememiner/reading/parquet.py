"""Parquet → a table, by pyarrow, with nothing loaded that is not a plain value; limits come before reading.

A file may carry classes of its own for its columns (extension types), which once ran code on loading
(CVE-2023-47248): a file that names any is refused by the bytes of its footer, before pyarrow sees them,
since even pyarrow's `read_metadata` makes the classes that are known to it.
"""

from __future__ import annotations

import base64
import math
from collections import Counter
from typing import Any

from thememiner.reading import jsonlines, packages
from thememiner.reading.decoding import decode
from thememiner.reading.parsed import RefusedError, Table, Tables
from thememiner.reading.workbooks import cell

LARGEST = packages.LARGEST_PACKAGE  # bytes unpacked, as the file says
MOST_CELLS = 20_000_000
_BATCH = 10_000  # rows
_MAGIC, _SEALED = b"PAR1", b"PARE"
_EXTENSION = b"ARROW:extension:name"
_FOOTER = 8  # bytes: how long the metadata is, and the magic
_AGAIN = "write the file again, or save it as CSV"


def parse(data: bytes) -> Tables:
    """The rows as one table; a record in a cell becomes columns, a list one cell, as in JSON lines."""
    import pyarrow as pa
    from pyarrow import parquet

    if data.startswith(_SEALED) or data.endswith(_SEALED):
        raise RefusedError("encrypted", "save a copy without encryption")
    if not data.startswith(_MAGIC):
        raise RefusedError("malformed", "this is not a Parquet file, whatever its name")
    if not data.endswith(_MAGIC):
        raise RefusedError("truncated", "copy the file again")
    if any(mark in _metadata(data) for mark in _marks()):
        raise RefusedError("unsupported", f"a column is of a class of its own; {_AGAIN}")
    try:
        about = parquet.read_metadata(pa.BufferReader(data))
        _check(about)
        file = parquet.ParquetFile(pa.BufferReader(data), memory_map=False, pre_buffer=False)
        if any(_odd(field.type) for field in file.schema_arrow):
            raise RefusedError("unsupported", f"a column is of a class of its own; {_AGAIN}")
        rows: list[dict[str, str]] = []
        lost = 0
        for batch in file.iter_batches(_BATCH, use_threads=False):
            found, broken = _rows(batch)
            rows += found
            lost += broken
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, TypeError) as error:
        sealed = "crypt" in str(error)
        raise RefusedError("encrypted" if sealed else "malformed", _AGAIN) from error
    if not rows:
        raise RefusedError("empty", "there are no rows in it")
    header = tuple(dict.fromkeys(key for row in rows for key in row))
    table = Table("", header, tuple(_cut(row, header) for row in rows), tuple(range(1, len(rows) + 1)), 0)
    skipped = (("cell that is no text", lost),) if lost else ()
    return Tables((table,), skipped)


def _check(about: Any) -> None:
    """Refuses a file whose metadata says that it is too large."""
    size = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
    if about.num_rows * max(1, about.num_columns) > MOST_CELLS or size > LARGEST:
        raise RefusedError("over_limit", "it has more in it than the reader takes; split it")


def _metadata(data: bytes) -> bytes:
    """The file's metadata as it stands there; raises `RefusedError` when it is not where it should be."""
    length = int.from_bytes(data[-_FOOTER:-4], "little")
    if length + _FOOTER + len(_MAGIC) > len(data):
        raise RefusedError("malformed", _AGAIN)
    return data[-_FOOTER - length : -_FOOTER]


def _marks() -> list[bytes]:
    """The key that names an extension type, as it is, and as base64 writes it from each place of three."""
    encoded = [base64.b64encode(bytes(shift) + _EXTENSION) for shift in range(3)]
    # Characters that hold bits of what stands before or after the key say nothing.
    return [_EXTENSION, *(text.rstrip(b"=")[-(-4 * shift // 3) : -1] for shift, text in enumerate(encoded))]


def _odd(kind: Any) -> bool:
    """Whether a type, or one inside it, is an extension."""
    import pyarrow as pa

    inside = (kind.field(at).type for at in range(kind.num_fields))
    return isinstance(kind, pa.BaseExtensionType) or any(map(_odd, inside))


def _rows(batch: Any) -> tuple[list[dict[str, str]], int]:
    """The rows of a batch as flat records of text, and how many cells held bytes that are no text."""
    lost = 0
    columns: list[list[Any]] = []
    for array in batch.columns:
        values, broken = _plain(_values(array))
        columns.append(values)
        lost += broken
    names = _distinct(batch.schema.names)
    rows = zip(*columns, strict=True)
    return [jsonlines.flattened(dict(zip(names, row, strict=True))) for row in rows], lost


def _distinct(names: list[str]) -> list[str]:
    """The names of the columns, a number after one that was there before: none may hide another."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return found


def _values(array: Any) -> list[Any]:
    """The cells of a column as Python values; those that Python has no value for as Arrow writes them."""
    import pyarrow as pa

    if getattr(array.type, "unit", "") == "ns":  # finer than Python's own, and nothing that a review needs
        array = array.cast(_microseconds(array.type), safe=False)
    try:
        return list(array.to_pylist())
    except UnicodeDecodeError:
        return list(array.cast(pa.large_binary()).to_pylist())
    except (ValueError, OverflowError):
        return list(array.cast(pa.large_string()).to_pylist())


def _microseconds(kind: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", kind.tz)
    return pa.time64("us") if pa.types.is_time(kind) else pa.duration("us")


def _plain(values: list[Any]) -> tuple[list[Any], int]:
    """The values with bytes as text, where they are text, and dates as they are written elsewhere."""
    lost = 0

    def one(value: Any) -> Any:
        nonlocal lost
        if isinstance(value, str):
            return value
        if isinstance(value, bytes):
            if b"\0" in value:
                lost += 1
                return None
            return decode(value).text
        if isinstance(value, dict):
            return {str(key): one(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):  # a map is a list of pairs
            return [one(inner) for inner in value]
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return None
        return cell(value)

    return [one(value) for value in values], lost


def _cut(row: dict[str, str], header: tuple[str, ...]) -> tuple[str, ...]:
    cells = [row.get(name, "") for name in header]
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)
