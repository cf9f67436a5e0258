"""The report in reading order: what every page for people shows, in the same order and words.

`arrange` turns a `Report` into `Contents`: plain words, tables and quotes, with nothing of HTML or
Markdown in it, so that two pages of one report cannot say different things.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thememiner.records import (
    KINDS,
    POLARITIES,
    VOICES,
    DocumentEntry,
    Evidence,
    Finding,
    LedgerEntry,
    Link,
    Report,
    SectionResult,
    Theme,
)
from thememiner.reports import wording

MAIN_FINDINGS = 5  # a section, on the first page
SHOWN_QUOTES = 3  # a finding; the rest fold away
SHOWN_FILES = 3  # of one organisation and document; the ledger has them all
SHOWN_LINKS = 100  # linked documents; report.json has them all
DIGEST = 12  # characters of an id or digest that a person can compare

Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """One excerpt with its caption in words: who, whose, what it says of the theme, where it stands."""

    text: str
    kind: str
    people: bool
    speaker: str
    organisation: str
    polarity: str
    modality: str
    place: str
    mark: str
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its quotes, or with sentences."""

    title: str
    quotes: tuple[Quote, ...] = ()
    lines: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """One finding as shown: `number` is "2.1", `anchor` is where it stands on the page."""

    number: str
    anchor: str
    title: str
    statement: str
    reason: str
    fit: str
    position: str
    basis: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """One section of the template; `main` are its strongest findings, strongest first."""

    number: int
    anchor: str
    title: str
    findings: tuple[PlacedFinding, ...]
    main: tuple[PlacedFinding, ...]
    statement: str
    searched: str
    blanks: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole report in reading order."""

    title: str
    question: str
    content_note: str
    status: str
    status_notes: tuple[str, ...]
    summary: str
    received: tuple[Table, ...]
    absent_voices: str
    sections: tuple[PlacedSection, ...]
    people: tuple[Group, ...]
    unknown: tuple[Group, ...]
    by_kind: Table
    by_polarity: Table
    themes: Table
    beside: tuple[Group, ...]
    unplaced: tuple[Group, ...]
    ledger: Table
    left_out: tuple[Table, ...]
    steps: tuple[str, ...]
    method: tuple[Table, ...]


def arrange(report: Report) -> Contents:
    """The report in reading order."""
    documents = {entry.id: entry for entry in report.documents}
    names = {theme.id: theme.name for theme in report.themes}
    quotes = {e.id: _quote(e, documents, names.get(e.theme_id, "")) for e in report.evidence}
    sections = _sections(report, quotes, names)
    return Contents(
        title=report.title,
        question=report.question,
        content_note=report.content_note or wording.CONTENT_NOTE,
        status=_status(report.status),
        status_notes=_status_notes(report.provenance),
        summary=_summary(report),
        received=(_organisations(report), _voices(report), *_expected(report), *_not_read(report)),
        absent_voices=_absent(report.absent_voices),
        sections=sections,
        people=_people(report.evidence, quotes, names),
        unknown=_unknown(report, sections),
        by_kind=_by_kind(report.themes),
        by_polarity=_by_polarity(report.themes),
        themes=_themes(report),
        beside=_beside(report, quotes),
        unplaced=_unplaced(report, quotes, names),
        ledger=_ledger(report.ledger),
        left_out=_left_out(report),
        steps=_steps(report.provenance),
        method=_method(report.provenance),
    )


# Quotes and findings.


def _quote(evidence: Evidence, documents: Mapping[str, DocumentEntry], theme: str) -> Quote:
    return Quote(
        text=evidence.quote,
        kind=evidence.kind,
        people=_is_people(evidence),
        speaker=wording.capital(wording.speaker(evidence.kind, evidence.voice)),
        organisation=evidence.organisation or wording.NO_ORGANISATION.lower(),
        polarity=wording.POLARITIES.get(evidence.polarity, evidence.polarity),
        modality=wording.COMMITMENT if evidence.modality == "commitment" else "",
        place=_place(evidence, documents),
        mark=f"document {_short(evidence.document_id)}, characters {evidence.start} to {evidence.end}",
        theme=theme,
    )


def _is_people(evidence: Evidence) -> bool:
    """Whether people or families speak: by voice; feedback of no recorded voice is theirs too."""
    return evidence.voice in wording.PEOPLE or (evidence.kind == "feedback" and evidence.voice == "unknown")


def _place(evidence: Evidence, documents: Mapping[str, DocumentEntry]) -> str:
    """The source, then where in it: "policy.pdf, page 7"; and, of an older version, what superseded it."""
    document = documents.get(evidence.document_id)
    parts = [document.source, document.locator] if document else []
    parts.append(evidence.location)
    place = ", ".join(dict.fromkeys(part for part in parts if part)) or "place not recorded"
    if document and document.superseded_by:
        newer = documents.get(document.superseded_by)
        place += f"; superseded by {newer.source if newer else 'a newer version'}"
    return place


def _short(identity: str) -> str:
    """An id or digest cut to what a person can compare, with its "~2" if it has one."""
    head, mark, repeat = identity.partition("~")
    return head[:DIGEST] + mark + repeat


def _sections(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str]
) -> tuple[PlacedSection, ...]:
    findings = {finding.id: finding for finding in report.findings}
    placed = []
    for number, section in enumerate(report.sections, start=1):
        known = [findings[i] for i in section.finding_ids if i in findings]
        shown = tuple(
            _finding(finding, f"{number}.{place}", quotes, names)
            for place, finding in enumerate(known, start=1)
        )
        strongest = sorted(range(len(known)), key=lambda i: -known[i].score)[:MAIN_FINDINGS]
        placed.append(
            PlacedSection(
                number=number,
                anchor=f"section-{number}",
                title=section.title,
                findings=shown,
                main=tuple(shown[i] for i in strongest),
                statement=wording.capital(section.statement) or ("" if shown else wording.NO_FINDING),
                searched=f"{wording.capital(wording.counted(section.searched, 'passage'))} searched.",
                blanks=_blanks(section),
            )
        )
    return tuple(placed)


def _finding(
    finding: Finding, number: str, quotes: Mapping[str, Quote], names: Mapping[str, str]
) -> PlacedFinding:
    cited = [quotes[i] for i in finding.evidence_ids if i in quotes]
    return PlacedFinding(
        number=number,
        anchor="finding-" + number.replace(".", "-"),
        title=names.get(finding.theme_id, finding.theme_id),
        statement=finding.statement,
        reason=finding.reason or "not recorded",
        fit=wording.fit(finding.score),
        position=finding.position or wording.NOT_JUDGED,
        basis=wording.NOT_JUDGED if finding.basis is None else "; ".join(finding.basis) or "none",
        quotes=_in_turn(cited),
    )


def _in_turn(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """People and families first, then each other kind in turn, so that the first few show them all."""
    seen: Counter[str] = Counter()
    turns = []
    for place, quote in enumerate(quotes):
        turns.append((not quote.people, 0 if quote.people else seen[quote.kind], place, quote))
        seen[quote.kind] += 1
    return tuple(quote for *_, quote in sorted(turns, key=lambda turn: turn[:3]))


def _blanks(section: SectionResult) -> tuple[Group, ...]:
    by_organisation: dict[str, list[str]] = defaultdict(list)
    for organisation, question in section.blanks:
        by_organisation[organisation or wording.NO_ORGANISATION].append(question)
    return tuple(Group(name, lines=tuple(by_organisation[name])) for name in sorted(by_organisation))


def _people(
    evidence: Iterable[Evidence], quotes: Mapping[str, Quote], names: Mapping[str, str]
) -> tuple[Group, ...]:
    """Each excerpt once a theme, in the order of the themes' names: nothing here is ranked by count."""
    by_theme: dict[str, dict[tuple[str, int, int], Evidence]] = defaultdict(dict)
    for item in evidence:
        if _is_people(item):
            by_theme[item.theme_id].setdefault((item.document_id, item.start, item.end), item)
    groups = []
    for theme in sorted(by_theme, key=lambda i: names.get(i, i).casefold()):
        # Named voices first; among them the order of the evidence stands.
        items = sorted(by_theme[theme].values(), key=lambda e: e.voice == "unknown")
        groups.append(Group(names.get(theme, theme), tuple(quotes[item.id] for item in items)))
    return tuple(groups)


def _cited(report: Report) -> set[str]:
    return {i for finding in report.findings for i in finding.evidence_ids}


def _beside(report: Report, quotes: Mapping[str, Quote]) -> tuple[Group, ...]:
    cited = _cited(report)
    own: dict[str, list[Quote]] = defaultdict(list)
    for item in report.evidence:
        if item.id not in cited:
            own[item.theme_id].append(quotes[item.id])
    groups = []
    for theme in report.themes:
        if theme.origin != "discovered":
            continue
        lines = [
            (
                f"{wording.capital(wording.counted(theme.passages, 'passage'))} "
                f"from {wording.counted(theme.documents, 'document')}; {wording.stability(theme.stability)}."
            )
        ]
        if theme.keywords:
            lines.append("Words that set it apart: " + ", ".join(theme.keywords) + ".")
        groups.append(Group(theme.name, _in_turn(own[theme.id]), tuple(lines), note=theme.definition))
    return tuple(groups)


def _unplaced(report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str]) -> tuple[Group, ...]:
    """Quotes that no finding cites and that stand under no theme found beside the codebook."""
    cited = _cited(report)
    beside = {theme.id for theme in report.themes if theme.origin == "discovered"}
    left: dict[str, list[Quote]] = defaultdict(list)
    for item in report.evidence:
        if item.id not in cited and item.theme_id not in beside:
            left[item.theme_id].append(quotes[item.id])
    return tuple(Group(names.get(theme, theme), _in_turn(rows)) for theme, rows in left.items())


# What came, what did not, and what is not known.


def _status(status: str) -> str:
    if status == "draft":
        return "Draft until accepted by a named reviewer."
    return f"{wording.capital(status)}."


def _status_notes(provenance: Mapping[str, Any]) -> tuple[str, ...]:
    if _switched_off(provenance, "redact"):
        return (*wording.STATUS_NOTES[:-1], wording.NOT_MASKED + _reason(provenance))
    return wording.STATUS_NOTES


def _reason(provenance: Mapping[str, Any]) -> str:
    """Why texts were not de-identified, where the run says."""
    reason = provenance["settings"].get("reason")
    return f" {wording.REASON.format(reason=reason)}" if reason else ""


def _switched_off(provenance: Mapping[str, Any], setting: str) -> bool:
    settings = provenance.get("settings")
    return isinstance(settings, dict) and settings.get(setting) is False


def _summary(report: Report) -> str:
    states = Counter(entry.status for entry in report.ledger)
    read = [f"{wording.number(states['read'])} read"]
    if states["partly_read"]:
        read.append(f"{wording.number(states['partly_read'])} partly read")
    if states["refused"]:
        read.append(f"{wording.number(states['refused'])} not read")
    organisations = {entry.organisation for entry in report.documents if entry.organisation}
    return (
        f"{wording.capital(wording.counted(len(report.ledger), 'file'))} found: {wording.listed(read)}. "
        f"They held {wording.counted(len(report.documents), 'document')} "
        f"from {wording.counted(len(organisations), 'named organisation')}, cut into "
        f"{wording.counted(report.passages.get('total', 0), 'passage')}."
    )


def _organisations(report: Report) -> Table:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in report.documents:
        counts[entry.organisation][entry.kind] += 1
    owed = Counter(received.organisation for received in report.outstanding)
    for received in (*report.received, *report.outstanding):
        counts.setdefault(received.organisation, Counter())
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
                *(counts[name][kind] for kind in KINDS),
                counts[name].total(),
                owed[name],
            )
            for name in ordered
        ),
        note="" if report.outstanding or any(r.expected for r in report.received) else wording.NOTHING_ASKED,
    )


def _voices(report: Report) -> Table:
    counts = Counter(entry.voice for entry in report.documents)
    names = [*VOICES, *sorted(set(counts) - set(VOICES))]
    absent = set(report.absent_voices)
    return Table(
        "Documents received, by voice",
        ("Voice", "Documents", "Heard?"),
        tuple(
            (
                wording.capital(wording.voice(name)),
                counts[name],
                _heard(name, counts[name], absent),
            )
            for name in names
            if counts[name] or name != "unknown"
        ),
        note="A document with several speakers is counted under the one recorded for the whole of it.",
    )


def _heard(name: str, documents: int, absent: set[str]) -> str:
    if name in absent:
        return "No"
    if name == "unknown":
        return "Not known who speaks"
    return "Yes" if documents else "Yes, as a speaker in other documents"


def _expected(report: Report) -> Iterable[Table]:
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
        note=wording.BESIDES if besides else "",
    )


def _came(sources: tuple[str, ...]) -> str:
    """The first few files; the ledger has them all."""
    more = [wording.counted(len(sources) - SHOWN_FILES, "more file")] if len(sources) > SHOWN_FILES else []
    return wording.listed([*sources[:SHOWN_FILES], *more]) or "Received"


def _not_read(report: Report) -> Iterable[Table]:
    rows = tuple(
        (entry.source, wording.STATES[entry.status], entry.reason or entry.detail or "reason not recorded")
        for entry in report.ledger
        if entry.status != "read"
    )
    if rows:
        yield Table("Files not read, or read only in part", ("File", "State", "Reason"), rows)


def _absent(voices: Iterable[str]) -> str:
    names = [wording.voice(name) for name in voices]
    return f"Voices not heard: {wording.listed(names)}." if names else ""


def _unknown(report: Report, sections: tuple[PlacedSection, ...]) -> tuple[Group, ...]:
    groups = [
        Group(
            "Sections without a finding",
            lines=tuple(f"{s.number}. {s.title}: {s.statement}" for s in sections if not s.findings),
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
            ),
        ),
        Group(
            "Voices not heard", lines=tuple(wording.capital(wording.voice(v)) for v in report.absent_voices)
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


# Themes.


def _sum(theme: Theme, *, kind: str = "", polarity: str = "") -> int:
    return sum(n for k, p, n, _ in theme.counts if kind in {"", k} and polarity in {"", p})


def _by_kind(themes: Iterable[Theme]) -> Table:
    return Table(
        "Passages about each theme, by kind of evidence",
        ("Theme", *(wording.KIND_HEADS[kind] for kind in KINDS)),
        tuple((theme.name, *(_sum(theme, kind=kind) for kind in KINDS)) for theme in themes),
    )


def _by_polarity(themes: Iterable[Theme]) -> Table:
    return Table(
        "Passages about each theme, by what they say of it",
        ("Theme", *(wording.POLARITY_HEADS[polarity] for polarity in POLARITIES)),
        tuple((theme.name, *(_sum(theme, polarity=p) for p in POLARITIES)) for theme in themes),
    )


def _themes(report: Report) -> Table:
    by_kind = _documents_by_kind(report)
    rows = []
    for theme in report.themes:
        said = {wording.POLARITY_HEADS[p].lower(): _sum(theme, polarity=p) for p in POLARITIES}
        rows.append(
            (
                theme.name,
                _origin(theme),
                theme.passages,
                theme.documents,
                *((_from(by_kind[theme.id]),) if by_kind is not None else ()),
                ", ".join(f"{wording.number(n)} {word}" for word, n in said.items() if n),
                ", ".join(theme.keywords),
            )
        )
    return Table(
        "Themes, where they come from and what is said of them",
        (
            "Theme",
            "Origin, stability and status",
            "Passages",
            "Documents",
            *(() if by_kind is None else ("Documents, by kind",)),
            "Passages, by what they say",
            "Words that set it apart",
        ),
        tuple(rows),
        note="A passage may be about more than one theme, so these numbers do not add up to the whole.",
    )


def _origin(theme: Theme) -> str:
    parts = [wording.ORIGINS[theme.origin], theme.status]
    if theme.stability is not None:
        parts.insert(1, wording.stability(theme.stability))
    return "; ".join(parts)


def _from(documents: Counter[str]) -> str:
    """Documents by kind in words: "2 incident reports, 3 from people and families"."""
    return ", ".join(wording.documents(kind, documents[kind]) for kind in KINDS if documents[kind])


# A passage's id is its document's with start and end, whatever stands between them.
_PASSAGE = re.compile(r"(.+?)[^0-9A-Za-z]+\d+[^0-9A-Za-z]+\d+")


def _documents_by_kind(report: Report) -> dict[str, Counter[str]] | None:
    """Documents a theme and kind, counted once each; None if the memberships do not tell.

    (A theme's counts are by polarity too, and a document with two polarities is in both.)
    """
    kinds = {entry.id: entry.kind for entry in report.documents}
    seen: dict[str, set[str]] = defaultdict(set)
    for membership in report.memberships:
        if membership.outcome == "assigned":
            match = _PASSAGE.fullmatch(membership.passage_id)
            if not match or match[1] not in kinds:
                return None
            seen[membership.theme_id].add(match[1])
    if any(len(seen[theme.id]) != theme.documents for theme in report.themes):
        return None
    return {theme.id: Counter(kinds[document] for document in seen[theme.id]) for theme in report.themes}


# The ledger, what was left out, and how it was done.


def _ledger(entries: Iterable[LedgerEntry]) -> Table:
    return Table(
        "Files, and what became of each",
        ("File", "Kind", "State", "Reason", "Documents", "Left out", "Format", "Parser", "SHA-256 (start)"),
        tuple(
            (
                entry.source,
                wording.KIND_HEADS[entry.kind],
                wording.STATES[entry.status],
                "; ".join(part for part in (entry.reason, entry.detail) if part),
                entry.documents,
                "; ".join(f"{reason}: {wording.number(n)}" for reason, n in entry.skipped),
                entry.format,
                entry.parser,
                entry.sha256[:DIGEST],
            )
            for entry in sorted(entries, key=lambda e: (e.source, e.kind))
        ),
    )


def _left_out(report: Report) -> tuple[Table, ...]:
    known = [key for key in wording.OUTCOMES if key in report.passages]
    other = sorted(set(report.passages) - set(known))
    return (
        Table(
            "What became of the passages",
            ("Passages", "Number"),
            tuple((wording.OUTCOMES.get(key, key), report.passages[key]) for key in (*known, *other)),
        ),
        Table(
            "What each step left out, and why",
            ("Step", "Reason", "Number"),
            tuple((wording.STAGES.get(s.stage, s.stage), s.reason, s.count) for s in report.skipped),
        ),
        _linked(report.linked),
    )


def _linked(links: Iterable[Link]) -> Table:
    """Which documents are in nearly the same words: those set aside first, for a person to check."""
    order = {sort: place for place, sort in enumerate(wording.LINKS)}
    ranked = sorted(
        links, key=lambda link: (order.get(link.sort, len(order)), link.source, link.document_id, link.of)
    )
    more = len(ranked) - SHOWN_LINKS
    notes = [wording.LINKED_NOTE] if any(link.sort == "repeat" for link in ranked) else []
    if more > 0:
        notes.append(f"{wording.capital(wording.counted(more, 'more link'))} in report.json.")
    return Table(
        "Linked documents: nearly the same words",
        ("Document", "Linked to", "What follows", "Why", "Wording in common"),
        tuple(
            (
                _named(link.source, link.document_id),
                _named(link.of_source, link.of),
                wording.LINKS.get(link.sort, link.sort),
                link.reason,
                f"{100 * link.likeness:.0f} %",
            )
            for link in ranked[:SHOWN_LINKS]
        ),
        note=" ".join(notes),
    )


def _named(source: str, identity: str) -> str:
    return f"{source} (document {_short(identity)})" if source else f"document {_short(identity)}"


def _steps(provenance: Mapping[str, Any]) -> tuple[str, ...]:
    off = {}
    if _switched_off(provenance, "redact"):
        off["De-identify"] = wording.NOT_MASKED_STEP + _reason(provenance)
    if _switched_off(provenance, "discover"):
        off["Look beside the codebook"] = wording.NOT_SOUGHT_STEP
    return tuple(off.get(step.partition(":")[0], step) for step in wording.METHOD)


# What a reader of the method needs first; the rest folds away.
_MAIN = ("thememiner", "version", "method", "scope", "codebook", "template", "encoder", "precision", "seed")


def _method(provenance: Mapping[str, Any]) -> tuple[Table, ...]:
    rows = tuple(_flat(provenance))
    main = tuple(row for row in rows if row[0].partition(".")[0] in _MAIN)
    rest = tuple(row for row in rows if row not in main)
    return (
        Table("Version, scope, codebook, encoder and seed", ("What", "Value"), main),
        Table("Settings and inputs", ("What", "Value"), rest),
    )


def _flat(value: Any, name: str = "") -> Iterable[tuple[str, str]]:
    """(dotted name, value) of everything in a nested mapping, sorted."""
    if isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield from _flat(value[key], f"{name}.{key}" if name else str(key))
    elif isinstance(value, (list, tuple)) and any(isinstance(item, Mapping) for item in value):
        for number, item in enumerate(value, start=1):
            yield f"{name} {number}", "; ".join(f"{key}: {text}" for key, text in _flat(item) if text)
    elif isinstance(value, (list, tuple)):
        yield name, ", ".join(map(_plain, value))
    else:
        yield name, _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)
