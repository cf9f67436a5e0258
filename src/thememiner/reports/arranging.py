"""The report in reading order: what every page for people shows, in the same order and words.

`arrange` turns a `Report` into `Contents`: plain words, tables and quotes, with nothing of HTML or
Markdown in it, so that two pages of one report cannot say different things.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from thememiner.records import (
    KINDS,
    POLARITIES,
    VOICES,
    DocumentEntry,
    Evidence,
    Finding,
    LedgerEntry,
    Report,
    SectionResult,
    Theme,
)
from thememiner.reports import wording

MAIN_FINDINGS = 5  # a section, on the first page
SHOWN_QUOTES = 3  # a finding; the rest fold away
LEAD_WORDS = (8, 40)  # of the one quote that stands beside a finding on the first page
PEOPLE_QUOTES = 2  # a theme, on the first page; the rest stand under the findings
SHOWN_FILES = 3  # of one organisation and document; the ledger has them all
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
    """One finding as shown: `number` is "2.1", `anchor` is where it stands on the page.

    `lead` is the quote that stands with it on the first page; `again` are (where, its anchor) of quotes of
    this finding that stand elsewhere on the page; `position` and `basis` are empty until they are judged.
    """

    number: str
    anchor: str
    title: str
    statement: str
    reason: str
    position: str
    basis: str
    quotes: tuple[Quote, ...]
    again: tuple[tuple[str, str], ...] = ()
    lead: Quote | None = None


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """One section of the template; `main` are findings for the first page, `single` rest on one passage."""

    number: int
    anchor: str
    title: str
    findings: tuple[PlacedFinding, ...]
    single: tuple[PlacedFinding, ...]
    main: tuple[PlacedFinding, ...]
    statement: str
    searched: str
    blanks: tuple[Group, ...]

    @property
    def all(self) -> tuple[PlacedFinding, ...]:
        """Every finding of the section, those of one passage last."""
        return self.findings + self.single


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole report in reading order."""

    title: str
    question: str
    question_note: str
    content_note: str
    status: str
    status_notes: tuple[str, ...]
    summary: str
    received: tuple[Table, ...]
    absent_voices: str
    sections: tuple[PlacedSection, ...]
    people: tuple[Group, ...]
    people_note: str
    unknown: tuple[Group, ...]
    by_kind: Table
    by_polarity: Table
    themes: Table
    groups: Table
    beside: tuple[Group, ...]
    unplaced: tuple[Group, ...]
    ledger: Table
    left_out: tuple[Table, ...]
    steps: tuple[str, ...]
    method: tuple[Table, ...]


def arrange(report: Report) -> Contents:
    """The report in reading order."""
    documents = {entry.id: entry for entry in report.documents}
    names = wording.theme_names(report.themes)
    quotes = {
        e.id: _quote(e, documents.get(e.document_id), names.get(e.theme_id, "")) for e in report.evidence
    }
    page = _Page()
    people = _people(report, quotes, names, page)
    sections = _sections(report, quotes, names, page)
    coded = [theme for theme in report.themes if theme.origin != "discovered"]
    groups = [theme for theme in report.themes if theme.origin == "discovered"]
    by_kind = _documents_by_kind(report)
    return Contents(
        title=report.title,
        question=report.question,
        question_note=_question_note(report.provenance),
        content_note=report.content_note or wording.CONTENT_NOTE,
        status=_status(report.status),
        status_notes=_status_notes(report),
        summary=_summary(report),
        received=(_organisations(report), _voices(report), *_expected(report), *_not_read(report)),
        absent_voices=_absent(report),
        sections=sections,
        people=people,
        people_note=_people_note(report) if not people else wording.PEOPLE_NOTE,
        unknown=_unknown(report, sections),
        by_kind=_by_kind(coded, names),
        by_polarity=_by_polarity(coded, names),
        themes=_themes("Themes of the codebook, and what is said of them", coded, names, by_kind),
        groups=_themes("Groups found beside the codebook", groups, names, by_kind),
        beside=_beside(report, quotes, names, page),
        unplaced=_unplaced(report, quotes, names, page),
        ledger=_ledger(report.ledger),
        left_out=_left_out(report),
        steps=_steps(report.provenance),
        method=_method(report.provenance),
    )


# Quotes and findings.


def _quote(evidence: Evidence, document: DocumentEntry | None, theme: str) -> Quote:
    return Quote(
        text=evidence.quote,
        kind=evidence.kind,
        people=_is_people(evidence, document),
        speaker=wording.capital(wording.speaker(evidence.kind, evidence.voice)),
        organisation=evidence.organisation or wording.NO_ORGANISATION.lower(),
        polarity=wording.POLARITIES.get(evidence.polarity, evidence.polarity),
        modality=wording.COMMITMENT if evidence.modality == "commitment" else "",
        place=_place(evidence, document),
        theme=theme,
    )


class _Page:
    """Which stretches of which documents stand on the page already, and where: each is shown once."""

    def __init__(self) -> None:
        self.shown: dict[str, list[tuple[Evidence, str, str]]] = defaultdict(list)

    def show(self, evidence: Evidence, where: str, anchor: str) -> tuple[str, str] | None:
        """Note an excerpt, and return None; or return where its words stand already, and the anchor."""
        for other, place, at in self.shown[evidence.document_id]:
            inside = other.start <= evidence.start and evidence.end <= other.end
            if inside and evidence.quote in other.quote:
                return place, at
        self.shown[evidence.document_id].append((evidence, where, anchor))
        return None


def _is_people(evidence: Evidence, document: DocumentEntry | None) -> bool:
    """Whether people or families speak: by voice; feedback of no recorded voice is theirs too.

    In what an organisation sends they do only where a speaker's label says so, never by the source's voice.
    """
    if evidence.kind == "feedback":
        return evidence.voice in (*wording.PEOPLE, "unknown")
    labelled = document is None or document.voice != evidence.voice
    return evidence.voice in wording.PEOPLE and labelled


def _place(evidence: Evidence, document: DocumentEntry | None) -> str:
    """The source, then where in it: "policy.pdf, page 7"."""
    parts = [document.source, document.locator] if document else []
    parts.append(evidence.location)
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "place not recorded"


def _sections(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[PlacedSection, ...]:
    findings = {finding.id: finding for finding in report.findings}
    excerpts = {e.id: e for e in report.evidence}
    led: set[str] = set()  # themes on the first page already
    placed = []
    for number, section in enumerate(report.sections, start=1):
        known = [findings[i] for i in section.finding_ids if i in findings]
        known.sort(key=lambda f: f.passages == 1)  # those of one passage last; else the order stands
        shown = {}
        for place, finding in enumerate(known, start=1):
            cited = [(quotes[i], excerpts[i]) for i in finding.evidence_ids if i in quotes]
            shown[finding.id] = _finding(finding, f"{number}.{place}", cited, names, page)
        strongest = sorted(known, key=lambda f: (f.theme_id in led, -f.score, -f.passages))
        main = [f for f in strongest if f.passages != 1 and f.theme_id not in led][:MAIN_FINDINGS]
        led |= {f.theme_id for f in main}
        shown |= {f.id: _led(shown[f.id]) for f in main}
        placed.append(
            PlacedSection(
                number=number,
                anchor=f"section-{number}",
                title=section.title,
                findings=tuple(shown[f.id] for f in known if f.passages != 1),
                single=tuple(shown[f.id] for f in known if f.passages == 1),
                main=tuple(shown[f.id] for f in main),
                statement=wording.capital(section.statement) or ("" if shown else wording.NO_FINDING),
                searched=f"{wording.capital(wording.counted(section.searched, 'passage'))} searched.",
                blanks=_blanks(section),
            )
        )
    return tuple(placed)


def _finding(
    finding: Finding,
    number: str,
    cited: list[tuple[Quote, Evidence]],
    names: Mapping[str, str],
    page: _Page,
) -> PlacedFinding:
    anchor = "finding-" + number.replace(".", "-")
    places = [page.show(evidence, number, anchor) for _, evidence in cited]
    again = dict.fromkeys(place for place in places if place and place[1] != anchor)
    fresh = [quote for (quote, _), place in zip(cited, places, strict=True) if place is None]
    return PlacedFinding(
        number=number,
        anchor=anchor,
        title=names.get(finding.theme_id, finding.theme_id),
        statement=finding.statement,
        reason=finding.reason or "not recorded",
        position=finding.position or "",
        basis="" if finding.basis is None else "; ".join(finding.basis) or "none",
        quotes=_in_turn(fresh),
        again=tuple(again),
    )


def _led(finding: PlacedFinding) -> PlacedFinding:
    """A finding with one of its quotes taken to the first page, where one reads well there.

    Of people's words none is: they have a place of their own there.
    """
    kinds = ("incident", "account", "policy")  # what happens says more than what should
    least, most = LEAD_WORDS
    fitting = [q for q in finding.quotes if q.kind in kinds and least <= len(q.text.split()) <= most]
    if not fitting:
        return finding
    lead = min(fitting, key=lambda q: kinds.index(q.kind))
    rest = tuple(q for q in finding.quotes if q is not lead)
    here = (wording.MAIN_TITLE, "main-findings")
    return replace(finding, quotes=rest, again=(here, *finding.again), lead=lead)


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
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[Group, ...]:
    """Each excerpt once, under the theme that it is surest of; themes stand in the order of their names.

    Nothing here is ranked by count. What people gave themselves stands before what a note of an
    organisation's meeting has them say, and named voices before those not recorded.
    """
    coded = {theme.id for theme in report.themes if theme.origin != "discovered"}
    spoken = [e for e in report.evidence if e.theme_id in coded and quotes[e.id].people]
    surest: dict[tuple[str, int, int], Evidence] = {}
    for item in spoken:
        span = (item.document_id, item.start, item.end)
        best = surest.setdefault(span, item)
        if (-item.strength, item.theme_id) < (-best.strength, best.theme_id):
            surest[span] = item
    by_theme: dict[str, list[Evidence]] = defaultdict(list)
    for item in surest.values():
        by_theme[item.theme_id].append(item)
    groups = []
    for theme in sorted(by_theme, key=lambda i: names.get(i, i).casefold()):
        items = sorted(by_theme[theme], key=lambda e: (e.kind != "feedback", e.voice == "unknown"))
        told: list[Quote] = []
        for item in items:
            if len(told) < PEOPLE_QUOTES and page.show(item, wording.PEOPLE_TITLE, "people") is None:
                told.append(quotes[item.id])
        if told:
            groups.append(Group(names.get(theme, theme), tuple(told)))
    return tuple(groups)


def _people_note(report: Report) -> str:
    """Why nobody is quoted: nothing came, or nothing that came was placed under a theme."""
    came = sum(entry.kind == "feedback" for entry in report.documents)
    if not came:
        return wording.NO_PEOPLE
    return wording.NO_PEOPLE_QUOTED.format(came=wording.counted(came, "document"))


def _cited(report: Report) -> set[str]:
    return {i for finding in report.findings for i in finding.evidence_ids}


def _left(
    evidence: Iterable[Evidence], quotes: Mapping[str, Quote], page: _Page, where: str, anchor: str
) -> dict[str, list[Quote]]:
    """The quotes of each theme that do not stand on the page yet."""
    left: dict[str, list[Quote]] = defaultdict(list)
    for item in evidence:
        if page.show(item, where, anchor) is None:
            left[item.theme_id].append(quotes[item.id])
    return left


def _beside(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[Group, ...]:
    groups = [theme for theme in report.themes if theme.origin == "discovered"]
    found, cited = {theme.id for theme in groups}, _cited(report)
    mine = [e for e in report.evidence if e.theme_id in found and e.id not in cited]
    own = _left(mine, quotes, page, wording.BESIDE_TITLE, "beside")
    return tuple(Group(names[t.id], _in_turn(own[t.id])[:SHOWN_QUOTES], note=t.definition) for t in groups)


def _unplaced(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[Group, ...]:
    """Quotes that no finding cites and that stand under no theme found beside the codebook."""
    cited = _cited(report)
    beside = {theme.id for theme in report.themes if theme.origin == "discovered"}
    rest = [e for e in report.evidence if e.id not in cited and e.theme_id not in beside]
    left = _left(rest, quotes, page, "quotes outside the sections", "unplaced")
    return tuple(Group(names.get(theme, theme), _in_turn(rows)) for theme, rows in left.items() if rows)


# What came, what did not, and what is not known.


def _status(status: str) -> str:
    if status == "draft":
        return "Draft until accepted by a named reviewer."
    return f"{wording.capital(status)}."


def _status_notes(report: Report) -> tuple[str, ...]:
    notes: tuple[str, ...] = wording.STATUS_NOTES
    if _switched_off(report.provenance, "redact"):
        notes = (*notes[:-1], wording.NOT_MASKED)
    if report.findings and all(f.position is None and f.basis is None for f in report.findings):
        notes = (notes[0], wording.NOT_JUDGED, *notes[1:])
    return notes


def _question_note(provenance: Mapping[str, Any]) -> str:
    """Whose words the title and the question are, where the run gave none."""
    given = provenance.get("given")
    if not isinstance(given, dict):
        return ""
    missing = [f"the {name}" for name in ("title", "question") if given.get(name) is False]
    if not missing:
        return ""
    are = "is" if len(missing) == 1 else "are"
    return (
        f"{wording.capital(wording.listed(missing))} {are} the template’s own: none was given for this run."
    )


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
        return "Not recorded"
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


def _absent(report: Report) -> str:
    """Which voices are not recorded: "not heard" is more than documents that name none can show."""
    if not report.absent_voices:
        return ""
    unsaid = sum(entry.voice == "unknown" for entry in report.documents)
    if unsaid and len(report.absent_voices) >= len(VOICES) - 1:
        return "Voices were not recorded: no document says whose words it holds."
    names = wording.listed([wording.voice(name) for name in report.absent_voices])
    also = "1 document does" if unsaid == 1 else f"{wording.number(unsaid)} documents do"
    return f"Voices not recorded: {names}." + (f" {also} not say whose words they hold." if unsaid else "")


def _unknown(report: Report, sections: tuple[PlacedSection, ...]) -> tuple[Group, ...]:
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


def _by_kind(themes: Iterable[Theme], names: Mapping[str, str]) -> Table:
    return Table(
        "Passages about each theme, by kind of evidence",
        ("Theme", *(wording.KIND_HEADS[kind] for kind in KINDS)),
        tuple((names[theme.id], *(_sum(theme, kind=kind) for kind in KINDS)) for theme in themes),
    )


def _by_polarity(themes: Iterable[Theme], names: Mapping[str, str]) -> Table:
    return Table(
        "Passages about each theme, by what they say of it",
        ("Theme", *(wording.POLARITY_HEADS[polarity] for polarity in POLARITIES)),
        tuple((names[theme.id], *(_sum(theme, polarity=p) for p in POLARITIES)) for theme in themes),
    )


def _themes(
    caption: str,
    themes: Iterable[Theme],
    names: Mapping[str, str],
    by_kind: Mapping[str, Counter[str]] | None,
) -> Table:
    rows = []
    for theme in themes:
        said = {wording.POLARITY_HEADS[p].lower(): _sum(theme, polarity=p) for p in POLARITIES}
        rows.append(
            (
                names[theme.id],
                _origin(theme),
                theme.passages,
                theme.documents,
                *((_from(by_kind[theme.id]),) if by_kind is not None else ()),
                ", ".join(f"{wording.number(n)} {word}" for word, n in said.items() if n),
                ", ".join(theme.keywords),
            )
        )
    return Table(
        caption,
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
        note=wording.NOT_THE_WHOLE if rows else "",
    )


def _origin(theme: Theme) -> str:
    kept = wording.ORIGINS[theme.origin] if theme.stability is None else wording.stability(theme.stability)
    return f"{kept}; {theme.status}"


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
    )


def _steps(provenance: Mapping[str, Any]) -> tuple[str, ...]:
    off = {}
    if _switched_off(provenance, "redact"):
        off["De-identify"] = wording.NOT_MASKED_STEP
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
