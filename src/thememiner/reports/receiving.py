"""What came, what did not, and what is not known: the words and tables of the first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from thememiner.records import KINDS, VOICES, Report
from thememiner.reports import decisions, tallying, wording
from thememiner.reports.contents import Group, PlacedSection, Table
from thememiner.wording import listed

SHOWN_FILES = 3  # of one organisation and document; the ledger has them all
SHOWN_POLICIES = 50  # with version and review date; report.json has them all


def status_notes(report: Report) -> tuple[str, ...]:
    """What a reader should know of the whole before reading on."""
    notes: tuple[str, ...] = wording.STATUS_NOTES
    if switched_off(report.provenance, "redact"):
        notes = (*notes[:-1], wording.NOT_MASKED + reason(report.provenance))
    if report.findings and all(f.position is None and f.basis is None for f in report.findings):
        notes = (notes[0], wording.NOT_JUDGED, *notes[1:])
    if report.release.profile == "public":
        notes = (*notes[:-1], wording.PUBLIC_NOTE)
    if said := decisions.note(report):
        notes = (notes[0], said, *notes[1:])
    return notes


def reason(provenance: Mapping[str, Any]) -> str:
    """Why texts were not de-identified, where the run says."""
    given = provenance["settings"].get("reason")
    return f" {wording.REASON.format(reason=given)}" if given else ""


def switched_off(provenance: Mapping[str, Any], setting: str) -> bool:
    """Whether a setting of the run is recorded as off."""
    settings = provenance.get("settings")
    return isinstance(settings, dict) and settings.get(setting) is False


def summary(report: Report) -> str:
    """What was found and read, in two sentences."""
    if report.release.profile == "public":
        return wording.PUBLIC_SUMMARY
    states = Counter(entry.status for entry in report.ledger)
    read = [f"{wording.number(states['read'])} read"]
    if states["partly_read"]:
        read.append(f"{wording.number(states['partly_read'])} partly read")
    if states["refused"]:
        read.append(f"{wording.number(states['refused'])} not read")
    organisations = {entry.organisation for entry in report.documents if entry.organisation}
    heard = {entry.kind for entry in report.documents}
    unheard = [kind for kind in KINDS if kind not in heard and any(e.kind == kind for e in report.ledger)]
    return "".join(wording.UNHEARD[kind] for kind in unheard) + (
        f"{wording.capital(wording.counted(len(report.ledger), 'file'))} found: {listed(read)}. "
        f"They held {wording.counted(len(report.documents), 'document')} "
        f"from {wording.counted(len(organisations), 'named organisation')}, cut into "
        f"{wording.counted(report.passages.get('total', 0), 'passage')}."
    )


def organisations(report: Report) -> Table:
    """Documents received and returns outstanding, by organisation."""
    counts = tallying.by_organisation(report)
    owed = Counter(received.organisation for received in report.outstanding)
    for received in (*report.received, *report.outstanding):
        counts.setdefault(received.organisation, {})
    ordered = sorted(counts, key=lambda name: (not name, name.casefold()))
    return Table(
        "Documents received and returns outstanding, by organisation",
        (
            "Organisation",
            *(wording.KIND_HEADS[kind] for kind in KINDS),
            "All documents",
            "Returns outstanding",
        ),
        tuple(
            (
                name or wording.NO_ORGANISATION,
                *(wording.amount(counts[name].get(kind, 0)) for kind in KINDS),
                wording.amount(tallying.together(counts[name])),
                owed[name],
            )
            for name in ordered
        ),
        note=" ".join(
            filter(
                None,
                (
                    ""
                    if report.outstanding or any(r.expected for r in report.received)
                    else wording.NOTHING_ASKED,
                    tallying.note(report.release),
                ),
            )
        ),
    )


def voices(report: Report) -> Table:
    """Documents received, by voice."""
    counts = tallying.by_voice(report)
    names = [*VOICES, *sorted(set(counts) - set(VOICES))]
    absent = set(report.absent_voices)
    return Table(
        "Documents received, by voice",
        ("Voice", "Documents", "Heard?"),
        tuple(
            (
                wording.capital(wording.voice(name)),
                wording.amount(counts.get(name, 0)),
                _heard(name, counts.get(name, 0) != 0, absent),
            )
            for name in names
            if counts.get(name, 0) != 0 or name != "unknown"
        ),
        note="A document with several speakers is counted under the one recorded for the whole of it.",
    )


def _heard(name: str, came: bool, absent: set[str]) -> str:
    if name in absent:
        return "Not recorded"
    if name == "unknown":
        return "Not known who speaks"
    return "Yes" if came else "Yes, as a speaker in other documents"


def expected(report: Report) -> Iterable[Table]:
    """What was asked for by name; what came besides is in the tables of organisations and files."""
    asked = [(r, _came(r.sources)) for r in report.received if r.expected]
    asked += [(r, "Not received") for r in report.outstanding]
    if not asked:
        return
    besides = len(report.received) + len(report.outstanding) - len(asked)
    rows = sorted(
        (
            received.organisation or wording.NO_ORGANISATION,
            wording.capital(wording.KIND_HEADS.get(received.document, received.document)) or "Not named",
            came,
        )
        for received, came in asked
    )
    yield Table(
        "What was asked for, and what came",
        ("Organisation", "Document", "What came"),
        tuple(rows),
        note=wording.BESIDES if besides and report.release.profile != "public" else "",
    )


def _came(sources: tuple[str, ...]) -> str:
    """The first few files; the ledger has them all."""
    more = [wording.counted(len(sources) - SHOWN_FILES, "more file")] if len(sources) > SHOWN_FILES else []
    return listed([*sources[:SHOWN_FILES], *more]) or "Received"


def policies(report: Report) -> Iterable[Table]:
    """The policies with version and review date, the expired first; nothing where there is none."""
    found = [entry for entry in report.documents if entry.kind == "policy"]
    if not found:
        return
    on = str(report.provenance.get("date", ""))
    ranked = sorted(found, key=lambda e: (not e.expired, e.organisation, e.source, e.locator))
    rows = tuple(
        (
            ", ".join(part for part in (entry.source, entry.locator) if part),
            entry.organisation or wording.NO_ORGANISATION,
            entry.version or "not found",
            wording.day(entry.review_date) or "not found",
            *((wording.EXPIRED[entry.expired],) if on else ()),
        )
        for entry in ranked[:SHOWN_POLICIES]
    )
    more = len(ranked) - len(rows)
    rest = f" {wording.number(more)} more are in report.json." if more else ""
    yield Table(
        wording.POLICIES_TITLE,
        ("Document", "Organisation", "Version", "Review date", *(("Expired?",) if on else ())),
        rows,
        note=wording.POLICIES_NOTE
        + (wording.EXPIRED_ON.format(day=wording.day(on)) if on else wording.NO_DAY)
        + rest,
    )


def not_read(report: Report) -> Iterable[Table]:
    """The files not read, or read only in part; nothing where there is none."""
    rows = tuple(
        (entry.source, wording.STATES[entry.status], entry.reason or entry.detail or "reason not recorded")
        for entry in report.ledger
        if entry.status != "read"
    )
    if rows:
        yield Table("Files not read, or read only in part", ("File", "State", "Reason"), rows)


def absent(report: Report) -> str:
    """Which voices are not recorded: "not heard" is more than documents that name none can show."""
    if not report.absent_voices:
        return ""
    unsaid = sum(entry.voice == "unknown" for entry in report.documents) if not report.release.tallies else 0
    if unsaid and len(report.absent_voices) >= len(VOICES) - 1:
        return "Voices were not recorded: no document says whose words it holds."
    names = listed([wording.voice(name) for name in report.absent_voices])
    also = "1 document does" if unsaid == 1 else f"{wording.number(unsaid)} documents do"
    return f"Voices not recorded: {names}." + (f" {also} not say whose words they hold." if unsaid else "")


def unknown(
    report: Report, sections: tuple[PlacedSection, ...], blanks: tuple[Group, ...]
) -> tuple[Group, ...]:
    """What is not known, under its heads; heads with nothing under them are left out.

    `blanks` are the unanswered questions that no section asks.
    """
    groups = [
        Group(
            "Sections without a finding",
            lines=tuple(f"{s.number}. {s.title}: {s.statement}" for s in sections if not s.all),
        ),
        Group(
            "Returns not received",
            lines=tuple(
                f"{r.organisation or wording.NO_ORGANISATION}: {r.document or 'document not named'}"
                for r in report.outstanding
            ),
        ),
        Group(
            "Questions left without an answer",
            lines=tuple(
                f"{blank.title}: {wording.counted(len(blank.lines), 'question')} in section {s.number}, "
                f"{s.title}"
                for s in sections
                for blank in s.blanks
            )
            + tuple(
                f"{blank.title}: {wording.counted(len(blank.lines), 'question')} that no section of the "
                "template asks"
                for blank in blanks
            ),
        ),
        Group(
            "Voices not recorded",
            lines=tuple(wording.capital(wording.voice(v)) for v in report.absent_voices),
        ),
        Group("Passages under no theme", lines=_loose(report.passages)),
        Group(
            "Files not read, or read only in part",
            lines=tuple(
                f"{entry.source}: {wording.STATES[entry.status].lower()} "
                f"({entry.reason or 'reason not recorded'})"
                for entry in report.ledger
                if entry.status != "read"
            ),
        ),
        Group(
            "Dates that can be read in two ways",
            lines=tuple(f"{entry.source}, {note}." for entry in report.ledger for note in entry.notes),
        ),
    ]
    return tuple(group for group in groups if group.lines)


def _loose(passages: Mapping[str, int]) -> tuple[str, ...]:
    total = wording.counted(passages.get("total", 0), "passage")
    lines = []
    if passages.get("unassigned"):
        lines.append(f"{wording.number(passages['unassigned'])} of {total} fit no theme.")
    if passages.get("weak"):
        lines.append(
            f"{wording.number(passages['weak'])} of {total} are only weakly like a theme, and need a reader."
        )
    return tuple(lines)
