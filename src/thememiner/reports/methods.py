"""The method page: headed statements on how a report was made, from what the run recorded.

What was not recorded or not measured is said to be so. The steps themselves stand in `wording.METHOD`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thememiner.records import Report
from thememiner.reports import decisions, readability, receiving, standing, wording
from thememiner.reports.contents import Group
from thememiner.wording import listed

USE = (
    (
        "It is meant for people who review services after the event: it sorts what was written down and sent "
        "in, and shows it with its source. What it means, and what to do, people decide."
    ),
    (
        "It is not for real-time care decisions, not triage, and not for judging a person who uses services, "
        "a family or staff."
    ),
)
AGREEMENT = (
    "Agreement between coders was not measured: the run has no record of people coding the same texts apart "
    "from the program. 'thememiner agreement' says how far two coders agree, code by code."
)
LIMITS = (
    (
        "What nobody wrote down, and what was not sent, is not here. Who writes, and of whom, differs "
        "between services, groups of people and years."
    ),
    "Texts are read in English alone. A word that one service uses in a sense of its own may be missed.",
    (
        "A theme of the codebook is found where a passage is like its description and examples: what the "
        "codebook does not describe is only in the groups beside it."
    ),
    (
        "Positions and sentences are drafted by fixed rules from counts and quotes; they weigh no cause, and "
        "find no fault."
    ),
)
_NOT_RECORDED = "not recorded"
_SHORT = 16  # digits of a digest that a person can compare


def method(report: Report) -> tuple[Group, ...]:
    """The statements, in the order in which they are printed, before the steps."""
    made = report.provenance
    parts = (
        ("What kind of work this is, and what it is for", (_kind(made), *USE)),
        ("What was read", tuple(_corpus(report))),
        ("Scope, and what was left out", tuple(_scope(report))),
        ("Codebook and template", tuple(_instruments(report))),
        ("Encoder, thresholds and seed", tuple(_machine(made))),
        ("Agreement and review", tuple(_reviewed(report))),
        ("What is known to be missed", tuple(_missed(report))),
        ("Limits", LIMITS),
        ("How to check it", tuple(_checked(made))),
    )
    return tuple(Group(title, lines=lines) for title, lines in parts)


def reading(report: Report) -> Group:
    """How hard the report is to read, and how quotes that are hard to bear are marked."""
    said = (readability.statement(report), wording.MARKED_NOTE)
    return Group(wording.READING_TITLE, lines=tuple(filter(None, said)))


def _kind(made: Mapping[str, Any]) -> str:
    version = _text(made.get("thememiner"))
    name = f"thememiner {version}" if version else "thememiner (version not recorded)"
    return (
        f"Framework analysis with a codebook, carried out by the program {name} on one computer, without a "
        "network."
    )


def _corpus(report: Report) -> Iterator[str]:
    yield receiving.summary(report)
    dates = sorted(d for entry in report.documents if (d := entry.date))
    if dates:
        undated = sum(not entry.date for entry in report.documents)
        some = f"; {wording.counted(undated, 'document')} without a date" if undated else ""
        day = _text(report.provenance.get("date"))
        told = [entry.date for entry in report.documents if entry.kind in ("incident", "feedback")]
        ahead = sum(bool(day) and date > day for date in told)
        after = (
            f"; {wording.number(ahead)} of the incidents and comments dated after the review’s own day"
            if ahead
            else ""
        )
        yield f"Dated from {wording.day(dates[0])} to {wording.day(dates[-1])}{some}{after}."
    else:
        yield "No document has a date."
    owed = len(report.outstanding)
    yield (
        f"Asked for and outstanding: {wording.counted(owed, 'document')}."
        if owed or any(received.expected for received in report.received)
        else wording.NOTHING_ASKED
    )
    if report.absent_voices:
        yield f"Voices not recorded: {listed([wording.voice(voice) for voice in report.absent_voices])}."


def _scope(report: Report) -> Iterator[str]:
    scope = _part(report.provenance, "scope")
    start, end = (_text(scope.get(key)) for key in ("start", "end"))
    if start or end:
        since = f" from {wording.day(start)}" if start else ""
        until = f" to {wording.day(end)}" if end else ""
        yield f"In scope: incidents and feedback{since}{until}. What has no date was not left out."
    for key in ("services", "teams", "terms"):
        if isinstance(scope.get(key), (list, tuple)) and scope[key]:
            yield f"In scope, {key}: {', '.join(map(str, scope[key]))}."
    if not any(scope.values()):
        yield "No scope was set: everything that could be read is in."
    left = sum(skipped.count for skipped in report.skipped)
    yield (
        f"Left out by a step of the work: {wording.number(left)}, each counted with its reason under “What "
        "was left out, and why”."
        if left
        else "No step of the work left anything out."
    )


def _instruments(report: Report) -> Iterator[str]:
    made = report.provenance
    book, layout = _part(made, "codebook"), _part(made, "template")
    coded = sum(theme.origin == "codebook" for theme in report.themes)
    yield (
        f"Codebook {_named(book)}{_digest(book)}: {wording.counted(coded, 'theme')} with passages. Its "
        "themes were described before the work began."
    )
    found = len(report.themes) - coded
    yield f"Found beside it, and named by nobody yet: {wording.counted(found, 'group')}."
    yield f"Template {_named(layout)}: {'an' if layout.get('official') is True else 'not an'} official one."
    if note := _text(layout.get("note")):
        yield note


def _machine(made: Mapping[str, Any]) -> Iterator[str]:
    encoder, settings = _part(made, "encoder"), _part(made, "settings")
    precision = _text(encoder.get("precision")) or _NOT_RECORDED
    yield f"Encoder {_text(encoder.get('name')) or _NOT_RECORDED}{_digest(encoder)}; precision {precision}."
    coder = _part(made, "coder")
    if coder:
        labelled = _text(coder.get("labelled")) or "a number not recorded of"
        yield f"Coder taught with {labelled} labelled texts{_digest(coder)}."
    told = {"assigned": "a passage is placed under a theme from", "weak": "and weakly like one from"}
    known = [
        f"{words} {settings[key]}" for key, words in told.items() if isinstance(settings.get(key), float)
    ]
    yield f"Likeness: {', '.join(known)}." if known else "Thresholds are not recorded."
    rules = settings.get("findings")
    if isinstance(rules, dict):
        usual = {key: rules.get(key) for key in wording.THRESHOLDS if key in rules}
        said = (wording.THRESHOLDS[key].partition(" (usually")[0].format(now=usual[key]) for key in usual)
        yield f"Findings: {'; '.join(said)}."
    seed = _text(made.get("seed"))
    yield f"Every random step starts from the seed {seed}." if seed else "The seed is not recorded."


def _reviewed(report: Report) -> Iterator[str]:
    yield AGREEMENT
    yield decisions.note(report) or "There is no finding to review."
    yield standing.status(report)


def _missed(report: Report) -> Iterator[str]:
    counts = report.passages
    total = counts.get("total", 0)
    if total:
        none, weak = (wording.number(counts.get(key, 0)) for key in ("unassigned", "weak"))
        yield (
            f"Of {wording.counted(total, 'passage')}, {none} stand under no theme and {weak} are only weakly "
            "like one; some of them are about a theme. How often sorting, tone and placing go wrong is said "
            "with each step."
        )
    unread = sum(entry.status != "read" for entry in report.ledger)
    if unread:
        files = wording.capital(wording.counted(unread, "file"))
        yield f"{files} not read, or only in part: what they hold is missing."
    if receiving.switched_off(report.provenance, "redact"):
        yield wording.NOT_MASKED
    else:
        yield "Names and numbers are masked as far as the program knows them; some will have been missed."
    if report.caution:
        yield report.caution
    yield wording.UNKNOWN_NOTE


def _checked(made: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "'thememiner verify report.json' with the sources proves that every quote stands in its source, "
        "letter for letter. It does not prove the sentences and counts: to check those, run again with the "
        "same version and settings, which gives the same bytes."
    )
    reader = _text(made.get("reader"))
    inputs = made.get("inputs")
    held = wording.counted(len(inputs), "file") if isinstance(inputs, (list, tuple)) else "no file"
    yield (
        f"report.json has the SHA-256 of {held} and of every quote. Reader and identifier tables: "
        f"{f'SHA-256 {reader[:_SHORT]}' if reader else _NOT_RECORDED}."
    )


def _part(made: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = made.get(name)
    return part if isinstance(part, Mapping) else {}


def _named(part: Mapping[str, Any]) -> str:
    name, version = _text(part.get("id")), _text(part.get("version"))
    return f"{name}, version {version or _NOT_RECORDED}" if name else f"({_NOT_RECORDED})"


def _digest(part: Mapping[str, Any]) -> str:
    digest = _text(part.get("sha256"))
    return f" (SHA-256 {digest[:_SHORT]})" if digest else ""


def _text(value: Any) -> str:
    return str(value) if isinstance(value, (str, int, float)) else ""
