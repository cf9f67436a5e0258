"""A JSON value → the record that it is: every value checked against its field's type."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any

from thememiner.records import Membership, Risk, SectionResult

# Fields whose name in the file is not the record's.
FILE_NAMES: dict[type, dict[str, str]] = {
    SectionResult: {"finding_ids": "findings"},
    Membership: {"passage_id": "passage", "theme_id": "theme"},
    Risk: {"document_id": "document"},
}

_R = typing.TypeVar("_R")


class ShapeError(ValueError):
    """Where a file leaves the shape of schema 1, and how."""


@functools.cache
def keys(record: Any) -> tuple[tuple[str, str], ...]:
    """(name in the file, name in the record) of each field."""
    renamed = FILE_NAMES.get(record, {})
    return tuple((renamed.get(f.name, f.name), f.name) for f in dataclasses.fields(record))


def numbered(given: Any, where: str) -> Iterator[tuple[str, Any]]:
    """(where it stands, item) of each item of a JSON list; raises `ShapeError`."""
    if not isinstance(given, list):
        raise ShapeError(f"{where} should be a list")
    for number, item in enumerate(given):
        yield f"{where}[{number}]", item


def records(record: type[_R], given: Any, where: str) -> tuple[_R, ...]:
    """A JSON list of objects as records; raises `ShapeError`."""
    return tuple(record_of(record, item, place) for place, item in numbered(given, where))


def record_of(record: type[_R], given: Any, where: str) -> _R:
    """A JSON object as a record, every value checked; raises `ShapeError`."""
    if not isinstance(given, dict):
        raise ShapeError(f"{where} should be an object")
    sort: Any = record  # as in `_row`
    checks, required = _checks(sort)
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in checks:
            raise ShapeError(f'{where} has "{key}", which this version does not know')
        name, check = checks[key]
        values[name] = check(value, where, key)
    for key, name in required:
        if name not in values:
            raise ShapeError(f'{where} has no "{key}"')
    return record(**values)


_Check = Callable[[Any, str, str], Any]


@functools.cache
def _checks(record: Any) -> tuple[dict[str, tuple[str, _Check]], tuple[tuple[str, str], ...]]:
    """For a record: file key -> (field, check of its value), and the fields that have no default."""
    hints = typing.get_type_hints(record)
    checks = {key: (name, _check(hints[name])) for key, name in keys(record)}
    without = {f.name for f in dataclasses.fields(record) if f.default is dataclasses.MISSING}
    return checks, tuple((key, name) for key, name in keys(record) if name in without)


def checked(hint: Any, value: Any, where: str) -> Any:
    """A JSON value as `hint` has it; raises `ShapeError` with where it stands."""
    return _check(hint)(value, where, "")


@functools.cache
def _check(hint: Any) -> _Check:
    """A function that gives a JSON value back as `hint` has it, or raises `ShapeError`."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return _one_of(inner)
    if origin is types.UnionType:  # the records have only `X | None`
        return _or_null(_check(next(a for a in inner if a is not type(None))))
    if origin is tuple:
        return _tuple_of(inner)
    if origin is dict:
        return _dict_of(inner[1])
    return _plain(hint)


def _fail(where: str, key: str, wanted: str) -> typing.NoReturn:
    raise ShapeError(f"{where}.{key} should be {wanted}" if key else f"{where} should be {wanted}")


def _one_of(known: tuple[Any, ...]) -> _Check:
    def check(value: Any, where: str, key: str) -> Any:
        if not isinstance(value, str) or value not in known:
            _fail(where, key, "one of " + ", ".join(known))
        return value

    return check


def _or_null(inner: _Check) -> _Check:
    def check(value: Any, where: str, key: str) -> Any:
        return None if value is None else inner(value, where, key)

    return check


def _tuple_of(inner: tuple[Any, ...]) -> _Check:
    endless = len(inner) == 2 and inner[1] is Ellipsis
    checks = tuple(_check(hint) for hint in (inner[:1] if endless else inner))

    def check(value: Any, where: str, key: str) -> Any:
        if not isinstance(value, list):
            _fail(where, key, "a list")
        if endless:
            return tuple(checks[0](item, where, key) for item in value)
        if len(value) != len(checks):
            _fail(where, key, f"lists of {len(checks)}")
        return tuple(each(item, where, key) for each, item in zip(checks, value, strict=True))

    return check


def _dict_of(hint: Any) -> _Check:
    inner = _check(hint)

    def check(value: Any, where: str, key: str) -> Any:
        if not isinstance(value, dict):
            _fail(where, key, "an object")
        return {name: inner(item, where, key) for name, item in value.items()}

    return check


def _plain(hint: Any) -> _Check:
    words = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}

    def check(value: Any, where: str, key: str) -> Any:
        if hint is float and type(value) is int:
            return float(value)
        if hint is not Any and type(value) is not hint:
            _fail(where, key, words[hint])
        return value

    return check
