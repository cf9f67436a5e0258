"""TOML read with errors a user can mend: file, line or key, and what was expected."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from thememiner.errors import InputError, TomlError, nearest

Table = Mapping[str, Any]
_R = TypeVar("_R")


def load(path: Path) -> dict[str, Any]:
    """The contents of a TOML file; a missing, undecodable or broken one is a `TomlError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TomlError(f"{path.name} does not exist.") from None
    except (OSError, UnicodeDecodeError):
        raise TomlError(f"{path.name} cannot be read: expected a text file in UTF-8.") from None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError
        raise TomlError(f"{path.name} is not valid TOML: {_plainly(str(error))}.") from None


def kept(path: Path, keys: tuple[str, ...], schema: int, is_not: str, how: str) -> Reader:
    """The top of a JSON file of this `schema` that thememiner keeps, with some of `keys`, always the first.

    `is_not` says in an error what it is not, `how` how to write one. Raises `InputError`.
    """
    try:
        given = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} {is_not}: it is not JSON. {how}") from None
    if not isinstance(given, dict) or keys[0] not in given:
        raise InputError(f'{path} {is_not}: it has no "{keys[0]}". {how}')
    top = Reader(given, path.name)
    top.only(keys)
    if given.get("schema", schema) != schema:
        raise InputError(f"{path} is of schema {given['schema']!r}, and this version reads schema {schema}.")
    return top


def _plainly(error: str) -> str:
    """What the parser says, in words for who typed the file; its place is kept."""
    what, found, place = error.partition(" (at ")
    where = f" (at {place}" if found else ""
    for theirs, ours in _PLAINLY.items():
        if what.startswith(theirs):
            return ours + where
    return what + where


# What the parser says -> what most often is the matter.
_PLAINLY = {
    "Illegal character '\\n'": "a quotation mark is missing at the end of a text",
    "Unterminated string": "a quotation mark is missing at the end of a text",
    'Expected "\'"': "a quotation mark is missing at the end of a text",
    "Unescaped '\\'": "a backslash stands between double quotation marks; write a path with / instead",
    "Invalid hex value": "a backslash stands between double quotation marks; write a path with / instead",
    "Invalid value": "a value is missing, or a text stands without quotation marks",
    "Expected '=' after a key": "expected key = value",
    "Unclosed array": "a list is not closed with ]",
    "Cannot overwrite a value": "a key stands twice",
    "Cannot declare": "a table stands twice; rows that repeat are written [[name]]",
}


class Reader:
    """One table of a TOML file, read key by key; `where` says which, for error messages."""

    def __init__(self, table: object, where: str) -> None:
        if not isinstance(table, Mapping):
            raise TomlError(f"{where}: expected a table, found {_sort(table)}.")
        self.table: Table = table
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        """A string; a list of strings is joined by "; "."""
        value = self._get(key, default)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return "; ".join(value)
        if not isinstance(value, str):
            raise TomlError(f"{self.where}: {key!r} must be text in quotes, found {_sort(value)}.")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise TomlError(f"{self.where}: {key!r} must be true or false, found {_sort(value)}.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; one string alone is a list of one; a missing key is none."""
        value = self._get(key, [])
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise TomlError(f"{self.where}: {key!r} must be a list of texts, found {_sort(value)}.")
        return tuple(value)

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """A string out of `known`."""
        value, names = self.text(key, default), list(known)
        if value not in names:
            near = nearest(value, names)
            guess = f" Did you mean {near!r}?" if near else ""
            raise TomlError(f"{self.where}: {key} = {value!r} is not one of {', '.join(names)}.{guess}")
        return value

    def tables(self, key: str) -> list[Reader]:
        """An array of tables ([[key]]); a missing key is none."""
        value = self._get(key, [])
        if not isinstance(value, list):
            raise TomlError(f"{self.where}: {key!r} must be a list of tables, [[{key}]].")
        return [Reader(row, f"{self.where}, {key} {n}") for n, row in enumerate(value, start=1)]

    def only(self, known: Iterable[str]) -> None:
        """Refuse a key that is not known, with the nearest known one: a misspelling must not be lost."""
        names = list(known)
        for key in self.table:
            if key not in names:
                near = nearest(key, names)
                guess = f" Did you mean {near!r}?" if near else ""
                raise TomlError(f"{self.where}: {key!r} is not known.{guess} Known: {', '.join(names)}.")

    def _get(self, key: str, default: object) -> object:
        if key in self.table:
            return self.table[key]
        if default is None:
            raise TomlError(f"{self.where}: {key!r} is missing.")
        return default


def record(sort: type[_R], row: Reader, needed: Iterable[str] = ()) -> _R:
    """A record of texts and lists of texts; of a field without a default a missing text is "", if not needed.

    A key that is not known is refused, with the nearest.
    """
    known: Any = sort  # mypy does not take a type for a dataclass's
    fields, must = dataclasses.fields(known), set(needed)
    row.only(field.name for field in fields)
    values: dict[str, Any] = {}
    for field in fields:
        if field.default is not dataclasses.MISSING and field.name not in row.table:
            continue
        if str(field.type).startswith("tuple"):
            values[field.name] = row.texts(field.name)
        else:
            values[field.name] = row.text(field.name, None if field.name in must else "")
    return sort(**values)


def _sort(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "a table",
    }
    return names.get(type(value), "something else")
