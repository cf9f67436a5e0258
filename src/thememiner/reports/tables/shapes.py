"""A table for data tools: columns of one type each with their meaning, rows, and the keys that join them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "whole", "number", "yes/no", "day"]
Value = str | int | float | bool | dt.date | None
_DIGITS = 12  # of an id made of a name: enough that no two of a report's are the same


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` says that it names the row, with the others so marked, `to` which column it joins."""

    name: str
    meaning: str
    type: Type = "text"
    key: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One table: what a row of it is, its columns and rows; a value that is not there is None."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def frame(
    name: str, meaning: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, once: bool = False
) -> Frame:
    """A table; an empty text is None there, and with `once` rows that are alike stand once."""
    made = [tuple(None if value == "" else _sound(value) for value in row) for row in rows]
    return Frame(name, meaning, tuple(columns), tuple(dict.fromkeys(made) if once else made))


def key(name: str, meaning: str, to: str = "") -> Column:
    """A column that names the row."""
    return Column(name, meaning, key=True, to=to)


def joins(to: str, meaning: str, name: str = "") -> Column:
    """A column that holds the key of another table, by the name that it has there."""
    return Column(name or to.partition(".")[2], meaning, to=to)


def whole(name: str, meaning: str) -> Column:
    """A column of whole numbers."""
    return Column(name, meaning, "whole")


def number(name: str, meaning: str) -> Column:
    """A column of numbers."""
    return Column(name, meaning, "number")


def said(name: str, meaning: str) -> Column:
    """A column of text."""
    return Column(name, meaning)


def organisation_id(name: str) -> str:
    """The id of an organisation, from its name alone; "" of none."""
    return made_id("org", name) if name else ""


def made_id(sort: str, *parts: str) -> str:
    """An id that is the same for the same parts in every run."""
    joined = chr(31).join(parts).encode("utf-8", "surrogatepass")
    return f"{sort}-{hashlib.sha256(joined).hexdigest()[:_DIGITS]}"


def apart(ids: Iterable[str]) -> list[str]:
    """Ids, of which a second of the same has "~2" behind it."""
    seen: dict[str, int] = {}
    made = []
    for identity in ids:
        seen[identity] = seen.get(identity, 0) + 1
        made.append(identity if seen[identity] == 1 else f"{identity}~{seen[identity]}")
    return made


def day(date: str) -> dt.date | None:
    """A whole day out of a date as it is recorded, which may be a year or a month; None of those."""
    try:
        return dt.date.fromisoformat(date[:10])
    except ValueError:
        return None


def _sound(value: Value) -> Value:
    """A text that can be written: half an emoji alone is none."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
