"""The report as JSON, schema 1: the form it is kept in, and read back from.

Anything printed from a report can be printed again from this file, so `load(render(report))` is the
same report, and the same report is always the same bytes.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from thememiner.errors import InputError
from thememiner.records import (
    KINDS,
    POLARITIES,
    VOICES,
    Comparison,
    DocumentEntry,
    Evidence,
    Finding,
    GridCell,
    LedgerEntry,
    Link,
    Membership,
    Rate,
    RatingResult,
    ReadInFull,
    Received,
    RecommendationResult,
    Report,
    RequirementResult,
    Residual,
    Risk,
    SectionResult,
    Skipped,
    Theme,
    Triangulation,
)

SCHEMA = 1
PLACES = 6  # finer digits differ between machines

# Lists that may be long: a row a line, which is also what keeps writing fast.
_ROW_A_LINE = frozenset({"documents", "memberships", "linked", "comparisons", "rates"})

# Fields that reports of an earlier version of this schema do not have.
_ADDED = frozenset(
    {
        "linked",
        "blanks",
        "residual",
        "caution",
        "requirements",
        "triangulation",
        "grid",
        "read_in_full",
        "comparisons",
        "rates",
        "recommendations",
        "ratings",
        "set_aside",
    }
)

# Fields whose name in the file is not the record's.
_FILE_NAMES: dict[type, dict[str, str]] = {
    SectionResult: {"finding_ids": "findings"},
    Membership: {"passage_id": "passage", "theme_id": "theme"},
    Risk: {"document_id": "document"},
}

_R = typing.TypeVar("_R")


class _ShapeError(ValueError):
    """Where a file leaves the shape of schema 1, and how."""


def render(report: Report) -> str:
    """The report as JSON text: keys in the schema's order, one line end at the end."""
    parts = []
    for key, value in _shape(canonical(report)).items():
        if key in _ROW_A_LINE and value:
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in value)
            text = f"[\n  {rows}\n ]"
        else:
            # A line end inside a string is written \n, so the ones found here are only layout.
            text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1).replace("\n", "\n ")
        parts.append(f' "{key}": {text}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def load(path: str | Path) -> Report:
    """The report kept in a JSON file.

    Raises `InputError` with the file and the reason if it cannot be read, is not a report of this
    schema, or comes from a newer version.
    """
    path = Path(path)
    try:
        given = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:  # bytes that are not UTF-8, text that is not JSON
        raise InputError(f"{path} is not a thememiner report: it is not JSON ({error}).") from error
    if not isinstance(given, dict) or "schema" not in given:
        raise InputError(f'{path} is not a thememiner report: it has no "schema".')
    schema = given["schema"]
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        raise InputError(
            f"{path} is of schema {schema}, and this version reads schema {SCHEMA}: "
            "install a newer thememiner."
        )
    if type(schema) is not int or schema != SCHEMA:
        raise InputError(f"{path} is not a thememiner report of schema {SCHEMA}: its schema is {schema!r}.")
    try:
        return _report(given)
    except _ShapeError as error:
        raise InputError(f"{path} is not a thememiner report of schema {SCHEMA}: {error}.") from error


def _refuse_constant(name: str) -> typing.NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def canonical(report: Report) -> Report:
    """The same report in one order wherever order has no meaning, and numbers to six places.

    The order of sections, themes, findings, evidence and of what was skipped is kept: it means something.
    """
    rounded = _rounded
    return dataclasses.replace(
        report,
        provenance=rounded(report.provenance),
        ledger=tuple(sorted(report.ledger, key=lambda e: (e.source, e.kind, e.sha256))),
        documents=tuple(sorted(report.documents, key=lambda d: d.id)),
        received=tuple(sorted(report.received, key=_owed)),
        outstanding=tuple(sorted(report.outstanding, key=_owed)),
        absent_voices=tuple(sorted(report.absent_voices, key=_voice_order)),
        themes=tuple(_canonical_theme(theme) for theme in report.themes),
        findings=tuple(dataclasses.replace(f, score=rounded(f.score)) for f in report.findings),
        set_aside=tuple(dataclasses.replace(f, score=rounded(f.score)) for f in report.set_aside),
        evidence=tuple(dataclasses.replace(e, strength=rounded(e.strength)) for e in report.evidence),
        memberships=tuple(
            sorted(
                (dataclasses.replace(m, score=rounded(m.score)) for m in report.memberships),
                key=lambda m: (m.passage_id, m.theme_id),
            )
        ),
        linked=tuple(
            sorted(
                (dataclasses.replace(link, likeness=rounded(link.likeness)) for link in report.linked),
                key=lambda link: (link.document_id, link.of),
            )
        ),
        comparisons=tuple(map(_rounded_record, report.comparisons)),
        rates=tuple(map(_rounded_record, report.rates)),
    )


def _rounded_record(record: _R) -> _R:
    """A flat record with its floats to six places."""
    known: Any = record
    floats = {f.name: getattr(known, f.name) for f in dataclasses.fields(known)}
    rounded: _R = dataclasses.replace(
        known, **{name: _rounded(value) for name, value in floats.items() if isinstance(value, float)}
    )
    return rounded


def _canonical_theme(theme: Theme) -> Theme:
    return dataclasses.replace(
        theme,
        counts=tuple(sorted(theme.counts, key=_count_order)),
        organisations=tuple(sorted(theme.organisations)),
        voices=tuple(sorted(theme.voices)),
        stability=_rounded(theme.stability),
        cohesion=_rounded(theme.cohesion),
    )


def _owed(received: Received) -> tuple[str, str, tuple[str, ...]]:
    return received.organisation, received.document, received.sources


def _voice_order(voice: str) -> tuple[int, str]:
    return (VOICES.index(voice) if voice in VOICES else len(VOICES)), voice


def _count_order(row: tuple[str, str, int, int]) -> tuple[int, str, int, str]:
    kind, polarity = row[0], row[1]
    return (
        next((i for i, known in enumerate(KINDS) if known == kind), len(KINDS)),
        kind,
        next((i for i, known in enumerate(POLARITIES) if known == polarity), len(POLARITIES)),
        polarity,
    )


def _rounded(value: Any) -> Any:
    """A value with its floats to six places, its tuples as lists and its mappings sorted."""
    if isinstance(value, float):
        return round(value, PLACES) + 0.0  # + 0.0: no "-0.0"
    if isinstance(value, Mapping):
        return {str(key): _rounded(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value


# Out: records to the shape of the schema.


def _shape(report: Report) -> dict[str, Any]:
    states = [entry.status for entry in report.ledger]
    return {
        "schema": SCHEMA,
        "title": report.title,
        "question": report.question,
        "status": report.status,
        "content_note": report.content_note,
        "provenance": report.provenance,
        "ledger": {
            "files": [_row(entry) for entry in report.ledger],
            "found": len(states),
            "read": states.count("read"),
            "partly_read": states.count("partly_read"),
            "refused": states.count("refused"),
        },
        "documents": [_row(entry) for entry in report.documents],
        "received": [_row(entry) for entry in report.received],
        "outstanding": [_row(entry) for entry in report.outstanding],
        "absent_voices": list(report.absent_voices),
        "sections": [_row(section) for section in report.sections],
        "themes": [_theme_row(theme) for theme in report.themes],
        "findings": [_row(finding) for finding in report.findings],
        "evidence": [_row(evidence) for evidence in report.evidence],
        "memberships": [_row(membership) for membership in report.memberships],
        "passages": report.passages,
        "skipped": [_row(skipped) for skipped in report.skipped],
        "linked": [_row(link) for link in report.linked],
        "blanks": [list(blank) for blank in report.blanks],
        "residual": {
            "masks": dict(report.residual.masks),
            "mistyped": report.residual.mistyped,
            "risky": report.residual.risky,
            "documents": [_row(risk) for risk in report.residual.risks],
        },
        "caution": report.caution,
        "requirements": [_row(demand) for demand in report.requirements],
        "triangulation": [_row(theme) for theme in report.triangulation],
        "grid": [_row(cell) for cell in report.grid],
        "read_in_full": [_row(account) for account in report.read_in_full],
        "recommendations": [_row(each) for each in report.recommendations],
        "ratings": [_row(rating) for rating in report.ratings],
        "comparisons": [_row(comparison) for comparison in report.comparisons],
        "rates": [_row(rate) for rate in report.rates],
        "set_aside": [_row(finding) for finding in report.set_aside],
    }


def _row(record: Any) -> dict[str, Any]:
    sort: Any = type(record)  # mypy does not take a dataclass's type for hashable
    return {key: getattr(record, name) for key, name in _keys(sort)}


@functools.cache
def _keys(record: Any) -> tuple[tuple[str, str], ...]:
    """(name in the file, name in the record) of each field."""
    renamed = _FILE_NAMES.get(record, {})
    return tuple((renamed.get(f.name, f.name), f.name) for f in dataclasses.fields(record))


def _theme_row(theme: Theme) -> dict[str, Any]:
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for kind, polarity, passages, documents in theme.counts:
        counts.setdefault(kind, {})[polarity] = {"passages": passages, "documents": documents}
    return _row(theme) | {
        "code_id": theme.code_id or None,
        "counts": counts,
        "organisations": _tally(theme.organisations),
        "voices": _tally(theme.voices),
    }


def _tally(rows: Sequence[tuple[str, int, int]]) -> dict[str, dict[str, int]]:
    return {name: {"passages": passages, "documents": documents} for name, passages, documents in rows}


# In: the shape of the schema to records, each value checked against its record's type.


def _report(given: dict[str, Any]) -> Report:
    for key in ("ledger", *(f.name for f in dataclasses.fields(Report))):
        if key not in given and key not in _ADDED:
            raise _ShapeError(f'it has no "{key}"')
    ledger = given["ledger"]
    if not isinstance(ledger, dict) or "files" not in ledger:
        raise _ShapeError('"ledger" has no "files"')
    passages = _checked(dict[str, int], given["passages"], "passages")
    provenance = _checked(dict[str, Any], given["provenance"], "provenance")
    themes = [
        _flat_theme(theme, where) if isinstance(theme, dict) else theme
        for where, theme in _numbered(given["themes"], "themes")
    ]
    return Report(
        provenance=provenance,
        title=_checked(str, given["title"], "title"),
        question=_checked(str, given["question"], "question"),
        ledger=_records(LedgerEntry, ledger["files"], "ledger.files"),
        documents=_records(DocumentEntry, given["documents"], "documents"),
        received=_records(Received, given["received"], "received"),
        outstanding=_records(Received, given["outstanding"], "outstanding"),
        absent_voices=_checked(tuple[str, ...], given["absent_voices"], "absent_voices"),
        sections=_records(SectionResult, given["sections"], "sections"),
        themes=_records(Theme, themes, "themes"),
        findings=_records(Finding, given["findings"], "findings"),
        evidence=_records(Evidence, given["evidence"], "evidence"),
        memberships=_records(Membership, given["memberships"], "memberships"),
        passages=passages,
        skipped=_records(Skipped, given["skipped"], "skipped"),
        content_note=_checked(str, given["content_note"], "content_note"),
        status=_checked(str, given["status"], "status"),
        linked=_records(Link, given.get("linked", []), "linked"),
        blanks=_checked(tuple[tuple[str, str], ...], given.get("blanks", []), "blanks"),
        residual=_residual(given.get("residual", {})),
        caution=_checked(str, given.get("caution", ""), "caution"),
        requirements=_records(RequirementResult, given.get("requirements", []), "requirements"),
        triangulation=_records(Triangulation, given.get("triangulation", []), "triangulation"),
        grid=_records(GridCell, given.get("grid", []), "grid"),
        read_in_full=_records(ReadInFull, given.get("read_in_full", []), "read_in_full"),
        recommendations=_records(RecommendationResult, given.get("recommendations", []), "recommendations"),
        ratings=_records(RatingResult, given.get("ratings", []), "ratings"),
        comparisons=_records(Comparison, given.get("comparisons", []), "comparisons"),
        rates=_records(Rate, given.get("rates", []), "rates"),
        set_aside=_records(Finding, given.get("set_aside", []), "set_aside"),
    )


def _residual(given: Any) -> Residual:
    """The residual risk; nothing of it in a report made before it was there."""
    table = _checked(dict[str, Any], given, "residual")
    return Residual(
        masks=tuple(_checked(dict[str, int], table.get("masks", {}), "residual.masks").items()),
        mistyped=_checked(int, table.get("mistyped", 0), "residual.mistyped"),
        risky=_checked(int, table.get("risky", 0), "residual.risky"),
        risks=_records(Risk, table.get("documents", []), "residual.documents"),
    )


def _flat_theme(theme: dict[str, Any], where: str) -> dict[str, Any]:
    """A theme with its nested counts as the record's flat rows."""
    flat = dict(theme)
    if flat.get("code_id", "") is None:
        flat["code_id"] = ""
    for key in ("organisations", "voices"):
        if key in flat:
            flat[key] = list(_tally_rows(flat[key], f"{where}.{key}"))
    if "counts" in flat:
        by_kind = _checked(dict[str, Any], flat["counts"], f"{where}.counts")
        flat["counts"] = [
            [kind, *row]
            for kind, by_polarity in by_kind.items()
            for row in _tally_rows(by_polarity, f"{where}.counts.{kind}")
        ]
    return flat


def _tally_rows(given: Any, where: str) -> Iterator[list[Any]]:
    for name, counts in _checked(dict[str, Any], given, where).items():
        pair = _checked(dict[str, int], counts, f"{where}.{name}")
        if set(pair) != {"passages", "documents"}:
            raise _ShapeError(f'{where}.{name} should have "passages" and "documents"')
        yield [name, pair["passages"], pair["documents"]]


def _numbered(given: Any, where: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(given, list):
        raise _ShapeError(f"{where} should be a list")
    for number, item in enumerate(given):
        yield f"{where}[{number}]", item


def _records(record: type[_R], given: Any, where: str) -> tuple[_R, ...]:
    return tuple(_record(record, item, place) for place, item in _numbered(given, where))


def _record(record: type[_R], given: Any, where: str) -> _R:
    if not isinstance(given, dict):
        raise _ShapeError(f"{where} should be an object")
    sort: Any = record  # as in `_row`
    checks, required = _checks(sort)
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in checks:
            raise _ShapeError(f'{where} has "{key}", which this version does not know')
        name, check = checks[key]
        values[name] = check(value, where, key)
    for key, name in required:
        if name not in values:
            raise _ShapeError(f'{where} has no "{key}"')
    return record(**values)


_Check = Callable[[Any, str, str], Any]


@functools.cache
def _checks(record: Any) -> tuple[dict[str, tuple[str, _Check]], tuple[tuple[str, str], ...]]:
    """For a record: file key -> (field, check of its value), and the fields that have no default."""
    hints = typing.get_type_hints(record)
    checks = {key: (name, _check(hints[name])) for key, name in _keys(record)}
    without = {f.name for f in dataclasses.fields(record) if f.default is dataclasses.MISSING}
    return checks, tuple((key, name) for key, name in _keys(record) if name in without)


def _checked(hint: Any, value: Any, where: str) -> Any:
    return _check(hint)(value, where, "")


@functools.cache
def _check(hint: Any) -> _Check:
    """A function that gives a JSON value back as `hint` has it, or raises `_ShapeError`."""
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
    raise _ShapeError(f"{where}.{key} should be {wanted}" if key else f"{where} should be {wanted}")


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
