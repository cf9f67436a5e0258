"""Tables of what came: the report itself, organisations, files, documents, and what was left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from thememiner.records import LedgerEntry, Received, Report
from thememiner.reports import json, shortforms, standing, wording
from thememiner.reports.tables.shapes import (
    Column,
    Frame,
    Value,
    apart,
    day,
    frame,
    joins,
    key,
    made_id,
    number,
    organisation_id,
    said,
    whole,
)

ORGANISATION = joins("organisations.organisation_id", "the organisation; empty where it is not recorded")
DOCUMENT = joins("documents.document_id", "the document")
KIND = said("kind", "incident, policy, account (an organisation's of itself) or feedback")


def frames(report: Report) -> Iterator[Frame]:
    """Every table of what came."""
    ids = apart(made_id("file", e.kind, e.source, e.sha256) for e in report.ledger)
    yield _about(report)
    yield _organisations(report)
    yield _files(report, ids)
    yield _left_in_files(report, ids)
    yield _documents(report, ids)
    yield from _received(report)
    yield frame(
        "links",
        "Two documents in nearly the same words, and what follows from it",
        (
            Column("document_id", "the document", key=True, to="documents.document_id"),
            Column("of", "the document that it is like", key=True, to="documents.document_id"),
            said("sort", "repeat (counted once), superseded (of is the newer) or shared (each counts)"),
            said("reason", "why, in words"),
            number("likeness", "share of their runs of three words in common, 0 to 1"),
        ),
        ((link.document_id, link.of, link.sort, link.reason, link.likeness) for link in report.linked),
    )
    yield frame(
        "read_in_full",
        "A document for a person to read in full, whatever its themes",
        (key("document_id", "the document", "documents.document_id"), said("reasons", "why, joined by ; ")),
        ((account.document_id, "; ".join(account.reasons)) for account in report.read_in_full),
        once=True,
    )
    yield frame(
        "risks",
        "A document to read before anything is shared: what in it may tell who it is about",
        (key("document_id", "the document", "documents.document_id"), said("reasons", "what, joined by ; ")),
        ((risk.document_id, "; ".join(risk.reasons)) for risk in report.residual.risks),
        once=True,
    )
    yield frame(
        "short_forms",
        "A short form that stands in the report, and what it stands for",
        (
            key("short_form", "as it is written"),
            said("meaning", "what it stands for; all where there are two"),
        ),
        ((str(short), str(meaning)) for short, meaning in shortforms.table(report).rows),
    )
    yield frame(
        "left_out",
        "What a step of the run left out, counted with its reason",
        (said("step", "the step"), said("reason", "why"), whole("number", "how many")),
        ((s.stage, s.reason, s.count) for s in report.skipped),
    )


def _about(report: Report) -> Frame:
    digest = hashlib.sha256(json.render(report).encode("utf-8", "replace")).hexdigest()
    made = report.provenance
    rows: list[tuple[str, Value]] = [
        ("marking", standing.marking(report)),
        ("title", report.title),
        ("question", report.question),
        ("status", report.status),
        ("standing", standing.status(report)),
        *(("step", standing.said(step)) for step in report.ladder),
        ("content_note", report.content_note or wording.CONTENT_NOTE),
        ("caution", report.caution),
        ("report_sha256", digest),
        ("thememiner", str(made.get("thememiner", ""))),
        ("date", str(made.get("date", ""))),
        *((f"{what}_{part}", _part(made.get(what), part)) for what, part in _MADE_WITH),
        *((f"passages_{what}", str(count)) for what, count in sorted(report.passages.items())),
        *(("voice_not_recorded", voice) for voice in report.absent_voices),
    ]
    return frame(
        "report",
        "What the tables are of: a row a fact",
        (
            said("what", "which fact; step and voice_not_recorded may stand several times"),
            said("value", "its value"),
        ),
        rows,
    )


_MADE_WITH = tuple((what, part) for what in ("codebook", "template") for part in ("id", "version"))


def _part(given: object, part: str) -> str:
    return str(given.get(part, "")) if isinstance(given, dict) else ""


def _organisations(report: Report) -> Frame:
    names = {
        *(d.organisation for d in report.documents),
        *(r.organisation for r in (*report.received, *report.outstanding)),
        *(e.organisation for e in report.evidence),
        *(cell.organisation for cell in report.grid),
        *(name for theme in report.themes for name, *_ in theme.organisations),
        *(name for finding in (*report.findings, *report.set_aside) for name in finding.between),
        *(organisation for section in report.sections for organisation, _ in section.blanks),
        *(organisation for organisation, _ in report.blanks),
        *(comparison.organisation for comparison in report.comparisons),
        *(rate.organisation for rate in report.rates),
        *(rating.organisation for rating in report.ratings),
        *(each.organisation for each in report.recommendations),
        *(trend.organisation for trend in report.trends),
    }
    return frame(
        "organisations",
        "An organisation that is named anywhere in the report",
        (
            key("organisation_id", "made of the name alone, so the same in every run"),
            said("organisation", "its name"),
        ),
        ((organisation_id(name), name) for name in sorted(names - {""})),
    )


def _files(report: Report, ids: list[str]) -> Frame:
    return frame(
        "files",
        "A file that was found, and what became of it",
        (
            key("file_id", "made of kind, name and digest"),
            said("source", "its name"),
            KIND,
            said("status", "read, partly_read or refused"),
            said("reason", "why it was not read whole"),
            said("detail", "more on that"),
            whole("documents", "documents read from it"),
            said("format", "its format"),
            said("sha256", "digest of the file"),
            said("parser", "what read it"),
            said("inside", "the file that it came in"),
            said("notes", "on dates that can be read in two ways, joined by a space"),
        ),
        (
            (
                identity,
                e.source,
                e.kind,
                e.status,
                e.reason,
                e.detail,
                e.documents,
                e.format,
                e.sha256,
                e.parser,
                e.inside,
                " ".join(e.notes),
            )
            for identity, e in zip(ids, report.ledger, strict=True)
        ),
    )


def _left_in_files(report: Report, ids: list[str]) -> Frame:
    return frame(
        "file_left_out",
        "What of a file was left out, counted with its reason",
        (
            joins("files.file_id", "the file"),
            said("reason", "why"),
            whole("number", "rows or parts"),
        ),
        (
            (identity, reason, count)
            for identity, e in zip(ids, report.ledger, strict=True)
            for reason, count in e.skipped
        ),
    )


def _documents(report: Report, ids: list[str]) -> Frame:
    known: dict[tuple[str, str], str] = {}
    for identity, entry in zip(ids, report.ledger, strict=True):
        known.setdefault(_file(entry), identity)
    listed = {entry.id for entry in report.documents}
    return frame(
        "documents",
        "A document: a whole file, or a row of a table; its text stands in documents.jsonl under the same id",
        (
            key("document_id", "made of its kind and its own reference or text, so the same in every run"),
            KIND,
            said("voice", "whose words the document holds, where it is recorded"),
            ORGANISATION,
            said("place", "the place, as recorded"),
            said("team", "the team, as recorded"),
            said("date", "its date as recorded: a year, a month or a day"),
            Column("day", "its date where that is a whole day", "day"),
            joins("files.file_id", "the file; empty where it came inside another"),
            said("source", "the file's name"),
            said("locator", "where in the file"),
            said("reference", "its own reference, else the file's name and row"),
            said("sha256", "digest of its de-identified text"),
            whole("masks", "identifiers masked in it"),
            whole("passages", "passages that it was cut into"),
            Column("superseded_by", "the newer version of it, where that came", to="documents.document_id"),
            said("version", "of a policy: the version that it prints"),
            said("review_date", "of a policy: the review date that it prints"),
            Column("expired", "of a policy: whether that had passed on the review's day", "yes/no"),
            said("may_quote", "whether its words may be quoted in public: no, paraphrase, with role or yes"),
        ),
        (
            (
                d.id,
                d.kind,
                d.voice,
                organisation_id(d.organisation),
                d.place,
                d.team,
                d.date,
                day(d.date),
                known.get((d.kind, d.source), ""),
                d.source,
                d.locator,
                d.reference,
                d.sha256,
                d.masks,
                d.passages,
                d.superseded_by if d.superseded_by in listed else "",
                d.version,
                d.review_date,
                d.expired,
                d.may_quote,
            )
            for d in report.documents
        ),
    )


def _file(entry: LedgerEntry) -> tuple[str, str]:
    return entry.kind, entry.source


def _received(report: Report) -> Iterator[Frame]:
    every = [*((r, True) for r in report.received), *((r, False) for r in report.outstanding)]
    ids = apart(made_id("owed", r.organisation, r.document) for r, _ in every)
    yield frame(
        "received",
        "What an organisation sent, or was asked for and has not sent",
        (
            key("received_id", "made of organisation and document"),
            ORGANISATION,
            said("document", "what it is"),
            Column("expected", "whether it was asked for by name", "yes/no"),
            Column("came", "whether it came", "yes/no"),
        ),
        (
            (identity, organisation_id(r.organisation), r.document, r.expected, came)
            for identity, (r, came) in zip(ids, every, strict=True)
        ),
    )
    yield frame(
        "received_sources",
        "A file by which something that was owed came",
        (key("received_id", "what came", "received.received_id"), key("source", "the file's name")),
        _sources(zip(ids, (r for r, _ in every), strict=True)),
        once=True,
    )


def _sources(owed: Iterable[tuple[str, Received]]) -> Iterator[tuple[str, str]]:
    for identity, received in owed:
        for source in received.sources:
            yield identity, source
