"""JSON lines, and JSON files that hold a list of records → a table, one row a record.

A record inside a record becomes columns named "outer.inner"; a list becomes one cell, its items joined
(a list of lists stays JSON). Stories told on Care Opinion are recognised, and the answers to them become
rows of their own.
"""

from __future__ import annotations

import json
import math
from typing import Any

from thememiner.reading import stories
from thememiner.reading.decoding import decode_whole
from thememiner.reading.parsed import RefusedError, Table, Tables

_DEEPEST = 8  # records inside records; below that the cell is JSON


def parse_lines(data: bytes) -> Tables:
    """The records of a file with one a line; a line that is no record is counted, never dropped unsaid."""
    decoded = decode_whole(data)
    records: list[tuple[int, dict[str, str]]] = []
    broken = 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        record = _load(line)
        if isinstance(record, dict):
            records += [(number, row) for row in _told(record)]
        else:
            broken += 1
    if not records:
        if decoded.text.lstrip().startswith(("[", "{")):
            return parse_list(data)  # one document of JSON under the name of JSON lines
        raise RefusedError("malformed", "no line holds a JSON record")
    skipped = (("line that is not a JSON record", broken),) if broken else ()
    return Tables((_table(records),), skipped, "malformed" if broken else "", decoded.detail)


def parse_list(data: bytes) -> Tables:
    """The records of a file that is one JSON list, or one record with such a list in it."""
    decoded = decode_whole(data)
    value = _load(decoded.text)
    if value is None and "\n" in decoded.text.strip() and _load(decoded.text.split("\n", 1)[0]) is not None:
        return parse_lines(data)
    found = _records(value)
    if not found:
        raise RefusedError("malformed", "the file is not a list of JSON records")
    kept = [(index, record) for index, record in enumerate(found, 1) if isinstance(record, dict)]
    records = [(index, row) for index, record in kept for row in _told(record)]
    lost = len(found) - len(kept)
    skipped = (("item that is not a JSON record", lost),) if lost else ()
    return Tables((_table(records),), skipped, "malformed" if lost else "", decoded.detail)


def _load(text: str) -> Any:
    try:
        return json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return None


def _records(value: Any) -> list[Any]:
    """The list of records in a value: itself, its longest list of records, or itself alone."""
    if isinstance(value, list):
        return value if any(isinstance(item, dict) for item in value) else []
    if isinstance(value, dict) and not stories.is_story(value):
        lists = [v for v in value.values() if isinstance(v, list) and any(isinstance(i, dict) for i in v)]
        told = [found for found in lists if any(map(stories.is_story, found))]
        return max(told or lists, key=len) if lists else [value]
    return [value] if isinstance(value, dict) else []


def flattened(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """The record with the records inside it as columns of their own, all of it text."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            flat.update(flattened(value, f"{name}.", depth + 1))
        else:
            flat[name] = _cell(value)
    return flat


def _told(record: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of one record: a story has one, and one for each answer to it."""
    rows = stories.rows(record) if stories.is_story(record) else [record]
    return [flattened(row) for row in rows]


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and any(isinstance(item, list) for item in value):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "; ".join(filter(None, (_cell(item) for item in value)))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def _table(records: list[tuple[int, dict[str, str]]]) -> Table:
    header = tuple(dict.fromkeys(key for _, record in records for key in record))
    rows = tuple(tuple(record.get(key, "") for key in header) for _, record in records)
    return Table("", header, rows, tuple(number for number, _ in records), 0)
