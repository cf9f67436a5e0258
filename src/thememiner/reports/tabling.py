"""The tables behind the findings: themes, files, what was left out, and how the report was made."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from thememiner.records import (
    KINDS,
    POLARITIES,
    VOICES,
    Count,
    LedgerEntry,
    Link,
    Release,
    Report,
    RequirementResult,
    Rules,
    Theme,
)
from thememiner.reports import receiving, tallying, wording
from thememiner.reports.contents import Cell, Table
from thememiner.reports.passages import span

SHOWN_LINKS = 100  # linked documents; report.json has them all
DIGEST = 12  # characters of a digest that a person can compare
_WORKING = Release()


def by_kind(themes: Iterable[Theme], names: Mapping[str, str], release: Release = _WORKING) -> Table:
    """Passages about each theme, by kind."""
    return Table(
        "Passages about each theme, by kind of evidence",
        ("Theme", *(wording.KIND_HEADS[kind] for kind in KINDS)),
        tuple((names[theme.id], *_amounts(theme, "kind", KINDS, release)) for theme in themes),
        note=tallying.note(release),
    )


def by_polarity(themes: Iterable[Theme], names: Mapping[str, str], release: Release = _WORKING) -> Table:
    """Passages about each theme, by polarity."""
    return Table(
        "Passages about each theme, by what they say of it",
        ("Theme", *(wording.POLARITY_HEADS[polarity] for polarity in POLARITIES)),
        tuple((names[theme.id], *_amounts(theme, "polarity", POLARITIES, release)) for theme in themes),
        note=tallying.note(release),
    )


def by_voice(themes: Sequence[Theme], names: Mapping[str, str], release: Release = _WORKING) -> Table:
    """Passages about each theme, by who speaks; a voice that says nothing of any theme has no column."""
    counts = {theme.id: tallying.of_theme(theme, "voice", release) for theme in themes}
    heard = {name for of in counts.values() for name in of}
    voices = [voice for voice in VOICES if voice in heard]
    return Table(
        "Passages about each theme, by who speaks",
        ("Theme", *(wording.capital(wording.voice(voice)) for voice in voices)),
        tuple(
            (names[theme.id], *(wording.amount(counts[theme.id].get(v, 0)) for v in voices))
            for theme in themes
            if voices
        ),
        note=tallying.note(release),
    )


def tones_by_kind(themes: Iterable[Theme]) -> Table:
    """What is said of all themes together, by kind: passages by polarity."""
    counts = Counter[tuple[str, str]]()
    for theme in themes:
        for kind, polarity, passages, _ in theme.counts:
            counts[kind, polarity] += passages
    heads = [(kind, wording.KIND_HEADS[kind]) for kind in KINDS]
    return _tones("What each kind of evidence says of themes", "Kind", heads, counts, wording.TONES_NOTE)


def tones_by_voice(report: Report, themes: Iterable[Theme]) -> Table:
    """What is said of all themes together, by the voice of the document: passages by polarity."""
    coded = {theme.id for theme in themes}
    voices = {entry.id: entry.voice for entry in report.documents}
    counts = Counter[tuple[str, str]]()
    for membership in report.memberships:
        if membership.outcome == "assigned" and membership.theme_id in coded:
            place = span(membership.passage_id)
            if place and place[0] in voices:
                counts[voices[place[0]], membership.polarity] += 1
    heads = [(voice, wording.capital(wording.voice(voice))) for voice in VOICES]
    note = f"{wording.TONES_NOTE} {wording.TONES_VOICE}"
    return _tones("What each voice says of themes", "Voice", heads, counts, note)


def _tones(
    caption: str,
    head: str,
    names: Iterable[tuple[str, str]],
    counts: Mapping[tuple[str, str], int],
    note: str,
) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (shown, *(counts.get((name, p), 0) for p in POLARITIES)) for name, shown in names
    ]
    heads = (head, *(wording.POLARITY_HEADS[polarity] for polarity in POLARITIES))
    return Table(caption, heads, tuple(row for row in rows if any(row[1:])), note=note)


def _amounts(theme: Theme, by: str, names: Iterable[str], release: Release) -> Iterable[Cell]:
    counts = tallying.of_theme(theme, by, release)
    return (wording.amount(counts.get(name, 0)) for name in names)


def themes(
    caption: str,
    themes: Iterable[Theme],
    names: Mapping[str, str],
    by_kind: Mapping[str, Mapping[str, Count]] | None,
    release: Release = _WORKING,
) -> Table:
    """All that is counted of some themes."""
    rows = []
    for theme in themes:
        polarities = tallying.of_theme(theme, "polarity", release)
        said = {wording.POLARITY_HEADS[p].lower(): polarities.get(p, 0) for p in POLARITIES}
        rows.append(
            (
                names[theme.id],
                _origin(theme),
                wording.amount(theme.passages),
                wording.amount(theme.documents),
                *((_from(by_kind[theme.id]),) if by_kind is not None else ()),
                ", ".join(f"{wording.number(n)} {word}" for word, n in said.items() if n != 0),
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
        note=" ".join(filter(None, (wording.NOT_THE_WHOLE if rows else "", tallying.note(release)))),
    )


def _origin(theme: Theme) -> str:
    kept = wording.ORIGINS[theme.origin] if theme.stability is None else wording.stability(theme.stability)
    changed = f"; {wording.EMERGING.get(theme.emerging, theme.emerging)}" if theme.emerging else ""
    return f"{kept}{changed}; {theme.status}"


def _from(documents: Mapping[str, Count]) -> str:
    """Documents by kind in words: "2 incident reports, 3 from people and families"."""
    counts = {kind: documents.get(kind, 0) for kind in KINDS}
    return ", ".join(wording.documents(kind, count) for kind, count in counts.items() if count != 0)


def documents_by_kind(report: Report) -> Mapping[str, Mapping[str, Count]] | None:
    """Documents a theme and kind, counted once each; None if the memberships do not tell.

    (A theme's counts are by polarity too, and a document with two polarities is in both.)
    """
    if report.release.tallies:
        return {theme.id: tallying.documents_of_theme(theme, report.release) for theme in report.themes}
    kinds = {entry.id: entry.kind for entry in report.documents}
    seen: dict[str, set[str]] = defaultdict(set)
    for membership in report.memberships:
        if membership.outcome == "assigned":
            place = span(membership.passage_id)
            if not place or place[0] not in kinds:
                return None
            seen[membership.theme_id].add(place[0])
    if any(len(seen[theme.id]) != theme.documents for theme in report.themes):
        return None
    return {theme.id: Counter(kinds[document] for document in seen[theme.id]) for theme in report.themes}


def ledger(entries: Iterable[LedgerEntry]) -> Table:
    """Every file, and what became of it."""
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


def left_out(report: Report) -> tuple[Table, ...]:
    """What became of the passages, and what each step left out; of a released report what was withheld."""
    if report.release.profile == "public":
        return tuple(_withheld(report.release))
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


def _withheld(release: Release) -> Iterable[Table]:
    heads = ("What", "Why", "How many")
    rows = release.withheld
    yield Table(wording.WITHHELD_CAPTION, heads, rows, note=tallying.note(release))
    if release.held:
        yield Table(wording.HELD_CAPTION, ("What", "Why"), release.held, note=wording.HELD_NOTE)


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
    short = identity[:DIGEST]
    return f"{source} (document {short})" if source else f"document {short}"


def letter(demands: Iterable[RequirementResult], numbers: Mapping[str, str]) -> Table:
    """Each demand of the commissioning letter: what there is on it, in which findings, how many actions."""
    return Table(
        "Each demand of the letter, and where it is answered",
        ("What the letter asks for", "What there is on it", "Findings", "Draft actions"),
        tuple(
            (
                demand.text,
                demand.statement,
                ", ".join(numbers[i] for i in demand.finding_ids if i in numbers) or "none",
                len(demand.action_ids),
            )
            for demand in demands
        ),
        note=wording.LETTER_NOTE,
    )


def steps(provenance: Mapping[str, Any]) -> tuple[str, ...]:
    """How the report was made, step by step."""
    off = {}
    if receiving.switched_off(provenance, "redact"):
        off["De-identify"] = wording.NOT_MASKED_STEP + receiving.reason(provenance)
    if receiving.switched_off(provenance, "discover"):
        off["Look beside the codebook"] = wording.NOT_SOUGHT_STEP
    return (*(off.get(step.partition(":")[0], step) for step in wording.METHOD), *_thresholds(provenance))


def _thresholds(provenance: Mapping[str, Any]) -> Iterable[str]:
    """The step that says by which thresholds findings were reached, where they are not the usual ones."""
    settings = provenance.get("settings")
    given = settings.get("findings") if isinstance(settings, dict) else None
    usual = dataclasses.asdict(Rules())
    if isinstance(given, dict) and (
        changed := [key for key in usual if given.get(key, usual[key]) != usual[key]]
    ):
        said = (wording.THRESHOLDS[key].format(now=given[key], usual=usual[key]) for key in changed)
        yield f"{wording.THRESHOLDS_STEP} {'; '.join(said)}."


# What a reader of the method needs first; the rest folds away.
_MAIN = ("thememiner", "version", "method", "scope", "codebook", "template", "encoder", "precision", "seed")


def method(provenance: Mapping[str, Any]) -> tuple[Table, ...]:
    """The provenance: what a reader of the method needs first, then the rest."""
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
