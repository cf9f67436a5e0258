"""The report as JSON, schema 1: the form it is kept in, and read back from.

Anything printed from a report can be printed again from this file, so `load(render(report))` is the
same report, and the same report is always the same bytes.
"""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from thememiner.errors import InputError
from thememiner.records import (
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
    Release,
    Report,
    RequirementResult,
    Residual,
    Risk,
    SectionResult,
    Skipped,
    Step,
    Tally,
    Theme,
    Timeline,
    Trend,
    Triangulation,
)
from thememiner.reports.ordering import canonical
from thememiner.reports.shaping import ShapeError, checked, keys, numbered, record_of, records

SCHEMA = 1

# Lists that may be long: a row a line, which is also what keeps writing fast.
_ROW_A_LINE = frozenset({"documents", "memberships", "linked", "comparisons", "rates", "trends"})

# Fields that reports of an earlier version of this schema do not have.
_ADDED = frozenset(
    {
        "glossary",
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
        "timelines",
        "trends",
        "ladder",
        "release",
    }
)


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
    # Half of a pair, which no encoding has, is escaped as JSON allows, so that it is read back.
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "backslashreplace").decode("utf-8")


def load(path: str | Path) -> Report:
    """The report kept in a JSON file.

    Raises `InputError` with the file and the reason if it cannot be read, is not a report of this
    schema, or comes from a newer version.
    """
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path} is a folder: give the report.json in it, {path / 'report.json'}.")
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
    except ShapeError as error:
        raise InputError(f"{path} is not a thememiner report of schema {SCHEMA}: {error}.") from error


def _refuse_constant(name: str) -> typing.NoReturn:
    raise ValueError(f"{name} is not a JSON number")


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
        "timelines": [_row(line) for line in report.timelines],
        "trends": [_row(trend) for trend in report.trends],
        "ladder": [_row(step) for step in report.ladder],
        "release": _row(report.release) | {"tallies": [_row(tally) for tally in report.release.tallies]},
        "glossary": [[short, list(told)] for short, told in report.glossary],
    }


def _row(record: Any) -> dict[str, Any]:
    sort: Any = type(record)  # mypy does not take a dataclass's type for hashable
    return {key: getattr(record, name) for key, name in keys(sort)}


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
            raise ShapeError(f'it has no "{key}"')
    ledger = given["ledger"]
    if not isinstance(ledger, dict) or "files" not in ledger:
        raise ShapeError('"ledger" has no "files"')
    passages = checked(dict[str, int], given["passages"], "passages")
    provenance = checked(dict[str, Any], given["provenance"], "provenance")
    themes = [
        _flat_theme(theme, where) if isinstance(theme, dict) else theme
        for where, theme in numbered(given["themes"], "themes")
    ]
    return Report(
        provenance=provenance,
        title=checked(str, given["title"], "title"),
        question=checked(str, given["question"], "question"),
        ledger=records(LedgerEntry, ledger["files"], "ledger.files"),
        documents=records(DocumentEntry, given["documents"], "documents"),
        received=records(Received, given["received"], "received"),
        outstanding=records(Received, given["outstanding"], "outstanding"),
        absent_voices=checked(tuple[str, ...], given["absent_voices"], "absent_voices"),
        sections=records(SectionResult, given["sections"], "sections"),
        themes=records(Theme, themes, "themes"),
        findings=records(Finding, given["findings"], "findings"),
        evidence=records(Evidence, given["evidence"], "evidence"),
        memberships=records(Membership, given["memberships"], "memberships"),
        passages=passages,
        skipped=records(Skipped, given["skipped"], "skipped"),
        content_note=checked(str, given["content_note"], "content_note"),
        status=checked(str, given["status"], "status"),
        linked=records(Link, given.get("linked", []), "linked"),
        blanks=checked(tuple[tuple[str, str], ...], given.get("blanks", []), "blanks"),
        residual=_residual(given.get("residual", {})),
        caution=checked(str, given.get("caution", ""), "caution"),
        requirements=records(RequirementResult, given.get("requirements", []), "requirements"),
        triangulation=records(Triangulation, given.get("triangulation", []), "triangulation"),
        grid=records(GridCell, given.get("grid", []), "grid"),
        read_in_full=records(ReadInFull, given.get("read_in_full", []), "read_in_full"),
        recommendations=records(RecommendationResult, given.get("recommendations", []), "recommendations"),
        ratings=records(RatingResult, given.get("ratings", []), "ratings"),
        comparisons=records(Comparison, given.get("comparisons", []), "comparisons"),
        rates=records(Rate, given.get("rates", []), "rates"),
        set_aside=records(Finding, given.get("set_aside", []), "set_aside"),
        timelines=records(Timeline, given.get("timelines", []), "timelines"),
        trends=records(Trend, given.get("trends", []), "trends"),
        ladder=records(Step, given.get("ladder", []), "ladder"),
        release=_release(given.get("release", {})),
        glossary=checked(tuple[tuple[str, tuple[str, ...]], ...], given.get("glossary", []), "glossary"),
    )


def _residual(given: Any) -> Residual:
    """The residual risk; nothing of it in a report made before it was there."""
    table = checked(dict[str, Any], given, "residual")
    return Residual(
        masks=tuple(checked(dict[str, int], table.get("masks", {}), "residual.masks").items()),
        mistyped=checked(int, table.get("mistyped", 0), "residual.mistyped"),
        risky=checked(int, table.get("risky", 0), "residual.risky"),
        risks=records(Risk, table.get("documents", []), "residual.documents"),
    )


def _release(given: Any) -> Release:
    """For whom the report is; of one made before that was told, those who work on it."""
    table = checked(dict[str, Any], given, "release")
    flat = {key: value for key, value in table.items() if key != "tallies"}
    tallies = records(Tally, table.get("tallies", []), "release.tallies")
    return replace(record_of(Release, flat, "release"), tallies=tallies)


def _flat_theme(theme: dict[str, Any], where: str) -> dict[str, Any]:
    """A theme with its nested counts as the record's flat rows."""
    flat = dict(theme)
    if flat.get("code_id", "") is None:
        flat["code_id"] = ""
    for key in ("organisations", "voices"):
        if key in flat:
            flat[key] = list(_tally_rows(flat[key], f"{where}.{key}"))
    if "counts" in flat:
        by_kind = checked(dict[str, Any], flat["counts"], f"{where}.counts")
        flat["counts"] = [
            [kind, *row]
            for kind, by_polarity in by_kind.items()
            for row in _tally_rows(by_polarity, f"{where}.counts.{kind}")
        ]
    return flat


def _tally_rows(given: Any, where: str) -> Iterator[list[Any]]:
    for name, counts in checked(dict[str, Any], given, where).items():
        pair = checked(dict[str, int], counts, f"{where}.{name}")
        if set(pair) != {"passages", "documents"}:
            raise ShapeError(f'{where}.{name} should have "passages" and "documents"')
        yield [name, pair["passages"], pair["documents"]]
