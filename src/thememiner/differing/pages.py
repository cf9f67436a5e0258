"""What changed, as a page for people: plain sentences, counts after words, what moved first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from thememiner.differing.changes import Changes, FindingChange
from thememiner.reports import wording
from thememiner.reports.contents import Group, Table

TITLE = "What changed since the earlier report"
SAME_INSTRUMENTS = "Both reports were made with the same codebook, template, model and settings."
OTHER_INSTRUMENTS = (
    "Comparisons rest on different instruments: the two reports were not made alike, so that what is new, "
    "moved or gone may be the instruments’ doing and not the services’."
)
REPORTS = (
    "Reports and comments are what was written down and sent in. That there are more or fewer of them does "
    "not show that more or less happened."
)
_DRAFT = "Draft, put together by software: a finding is a draft until a named person has accepted it."
NO_DAY = "No day is given that the later report speaks of (date in review.toml), so no action is called late."
_STANDINGS = {
    "late": "late",
    "open": "open",
    "done": "done",
    "not accepted": "not accepted",
    "left out": "left out",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: its heading, sentences, entries with sentences of their own, and tables."""

    title: str
    lines: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    tables: tuple[Table, ...] = ()


def summary(changes: Changes) -> tuple[str, ...]:
    """The counts, a line each."""
    return tuple(_summary(changes))


def page(changes: Changes) -> tuple[Part, ...]:
    """The parts of the page in reading order."""
    return tuple(_parts(changes))


def _summary(changes: Changes) -> Iterator[str]:
    yield from changes.cautions
    if changes.instruments:
        yield OTHER_INSTRUMENTS
    position, new, gone, changed = (len(changes.of(s)) for s in ("position", "new", "withdrawn", "changed"))
    yield (
        f"Findings whose position moved: {position:,}; new: {new:,}; withdrawn: {gone:,}; changed otherwise: "
        f"{changed:,}; as they were: {changes.unchanged:,}."
    )
    yield f"Themes and groups new: {len(changes.themes_new):,}; gone: {len(changes.themes_gone):,}."
    sources = Counter(source.sort for source in changes.sources)
    owed = Counter(state for _, _, state in changes.outstanding)
    gone, came = sources["not in the later report"], owed["came"]
    yield (
        f"Sources received since: {sources['received since']:,}; that came again, changed: "
        f"{sources['came again, changed']:,}; not in the later report: {gone:,}; "
        f"documents owed that came: {came:,}; outstanding: {len(changes.outstanding) - came:,}."
    )
    if changes.actions is not None:
        stand = Counter[str](action.standing for action in changes.actions)
        held = "; ".join(f"{words}: {stand[name]:,}" for name, words in _STANDINGS.items())
        on = f" on {wording.day(changes.day)}" if changes.day else ""
        yield f"Actions of the plan{on}: {held}."
        if not changes.day:
            yield NO_DAY


def _parts(changes: Changes) -> Iterator[Part]:
    about = (
        f"Earlier report: {changes.earlier}{_speaks(changes.earlier_day)}",
        f"How it stands: {changes.earlier_stands}",
        f"Later report: {changes.later}{_speaks(changes.day)}",
        f"How it stands: {changes.stands}",
        _DRAFT,
        REPORTS,
    )
    yield Part("What is compared", about)
    yield Part("In short", summary(changes))
    told = (OTHER_INSTRUMENTS, *changes.instruments) if changes.instruments else (SAME_INSTRUMENTS,)
    yield Part("What the comparison rests on", told)
    moved = changes.of("position")
    yield Part("Positions that moved, and why", () if moved else ("None.",), tuple(map(_entry, moved)))
    yield Part(
        "New findings", tables=(_table("Findings that the earlier report does not have", changes.of("new")),)
    )
    gone = _table("Findings that the later report does not have", changes.of("withdrawn"))
    yield Part("Findings withdrawn", tables=(gone,))
    if changes.actions is not None:
        yield _actions(changes)
    yield _received(changes)
    rows = (
        *((name, "New") for name in changes.themes_new),
        *((name, "Gone") for name in changes.themes_gone),
    )
    yield Part("Themes", tables=(Table("Themes and groups that are new or gone", ("Theme", "Which"), rows),))
    heads = ("Finding", "Section", "What changed", "Was", "Now", "Why")
    others = tuple(
        (
            each.title,
            each.section,
            ", ".join(each.what),
            each.was,
            each.now if each.now != each.was else "the same words",
            " ".join(each.why),
        )
        for each in changes.of("changed")
    )
    yield Part(
        "Findings changed otherwise", tables=(Table("Findings whose position did not move", heads, others),)
    )


def _speaks(day: str) -> str:
    return f", which speaks of {wording.day(day)}" if day else ""


def _entry(finding: FindingChange) -> Group:
    """A finding whose position moved."""
    lines = (
        f"Section: {finding.section}",
        f"Position then: {finding.was_position or 'not judged'}",
        f"Position now: {finding.now_position or 'not judged'}",
        f"Then: {finding.was}",
        f"Now: {finding.now}" if finding.now != finding.was else "Now: the same words",
        *(f"Why: {why}" for why in finding.why),
        f"Review: {finding.review}",
    )
    return Group(finding.title, lines=lines)


def _table(caption: str, findings: tuple[FindingChange, ...]) -> Table:
    heads = ("Finding", "Section", "Position", "Statement", "Why", "Review")
    rows = tuple(
        (f.title, f.section, f.now_position or f.was_position, f.now or f.was, " ".join(f.why), f.review)
        for f in findings
    )
    return Table(caption, heads, rows)


def _actions(changes: Changes) -> Part:
    """The actions as they stand, the late ones first."""
    rows = tuple(
        (
            a.id,
            wording.capital(_STANDINGS[a.standing]),
            a.action,
            a.owner,
            wording.day(a.due),
            a.status,
            a.note,
        )
        for a in changes.actions or ()
    )
    heads = ("Action", "Stands", "What", "Owner", "Due", "Status as written", "Note")
    return Part(
        "Actions", () if changes.day else (NO_DAY,), tables=(Table("Actions of the plan", heads, rows),)
    )


def _received(changes: Changes) -> Part:
    """What came, came again or is gone, and what is owed."""
    sources = tuple(
        (s.source, wording.KINDS.get(s.kind, s.kind), wording.capital(s.sort), s.came, s.went)
        for s in changes.sources
    )
    owed = tuple((body, document, wording.capital(state)) for body, document, state in changes.outstanding)
    return Part(
        "Evidence received since",
        tables=(
            Table(
                "Sources that are not as they were",
                ("Source", "Kind", "Which", "Documents that came", "Documents that went"),
                sources,
            ),
            Table("Documents that were asked for", ("Organisation", "Document", "Which"), owed),
        ),
    )
