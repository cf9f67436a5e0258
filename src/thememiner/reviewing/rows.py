"""A report's findings as rows of text under headings: what a reviewer reads, and what is filled in.

A heading is a name that books are read back by: change one, and older books cannot be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from thememiner.records import Decision, Finding, Report
from thememiner.reports import arranging, between, wording
from thememiner.reports.contents import Quote
from thememiner.reviewing.deciding import seen_quotes, undecided

USE = {"use": "Use", "do not use": "Do not use", "not yet reviewed": ""}
SHOWN_QUOTES = 3  # in a finding's row; the sheet of quotes has them all
_LONG = 450  # characters of a quote in a finding's row; the sheet of quotes has it whole
_BOTH = ("positive", "negative")  # what is shown of each finding, where it is there

# Field -> the heading of its column and the column's width in characters: what the program wrote,
MADE: dict[str, tuple[str, int]] = {
    "number": ("No.", 6),
    "theme": ("Theme", 24),
    "section": ("Section", 24),
    "statement": ("Draft statement", 52),
    "position": ("Draft position", 11),
    "basis": ("Draft basis", 20),
    "exception": ("Does not hold for", 22),
    "needs": ("Still needed", 22),
    "why": ("Why it is in this section", 24),
    "quotes": ("Lead quotes, and where they stand", 76),
    "mark": ("Review so far", 20),
}
# what people fill in,
ASKED: dict[str, tuple[str, int]] = {
    "use": ("Use?", 12),
    "new_statement": ("Statement, reworded", 52),
    "new_section": ("Section, changed", 24),
    "new_position": ("Position, changed", 12),
    "new_basis": ("Basis, changed", 22),
    "reason": ("Reason", 36),
    "by": ("By whom", 20),
}
# and what a finding is known again by.
FINDINGS = MADE | ASKED | {"id": ("Finding id", 30)}
HEADINGS = {field: heading for field, (heading, _) in FINDINGS.items()}
QUOTES: dict[str, int] = {
    "No.": 6,
    "Theme": 24,
    "Who says it": 24,
    "Organisation": 26,
    "What it says of the theme": 22,
    "Quote": 90,
    "Where it stands": 44,
    "Finding id": 30,
}
NOWHERE = "Beside the codebook, in no section"
SECTION_ID = "Section id"
# The sheet by which a book is known again: what the finding was, and what stood under `ASKED`.
KEPT = (
    "id",
    "section_id",
    "section",
    "theme",
    "statement",
    "position",
    "basis",
    "exception",
    "needs",
    "quotes",
    "lead",
    *ASKED,
    "stands",
    "report",
    "title",
)


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of a book: of findings, of quotes, of what is kept, and (id, title) of the sections."""

    findings: tuple[dict[str, str], ...]
    quotes: tuple[tuple[str, ...], ...]
    kept: tuple[dict[str, str], ...]
    sections: tuple[tuple[str, str], ...]


def rows(report: Report, sha256: str) -> Book:
    """The rows of a report's book; `sha256` is that of its report.json.

    What the program drafted stands under its headings, and what people decided of it already under theirs. A
    finding that has changed since is asked about again.
    """
    drafted = undecided(report)
    now = {finding.id: finding for finding in (*report.findings, *report.set_aside)}
    titles = {section.id: section.title for section in drafted.sections}
    names = wording.theme_names(drafted.themes)
    numbers = arranging.numbers(drafted)
    shown = arranging.quoted(drafted, names)
    digests = {excerpt.id: digest for excerpt, digest in seen_quotes(drafted)}
    findings, quotes, kept = [], [], []
    for finding in _in_order(drafted.findings, numbers):
        mine = arranging.in_turn(shown[i] for i in finding.evidence_ids if i in shown)
        base = {
            "id": finding.id,
            "section": titles.get(finding.section_id, finding.section_id) or NOWHERE,
            "theme": between.title(finding, names),
            "statement": finding.statement,
            "position": finding.position or "",
            "basis": "\n".join(finding.basis or ()),
            "exception": finding.exception,
            "needs": finding.needs,
        }
        asked = _asked(now[finding.id], titles)
        page = {
            "number": numbers.get(finding.id, ""),
            "why": finding.reason,
            "quotes": _lead(mine),
            "mark": now[finding.id].mark,
        }
        findings.append(base | asked | page)
        quotes += [
            (page["number"], base["theme"], q.speaker, q.organisation, q.says, q.text, q.place, finding.id)
            for q in mine
        ]
        seen = (digests[i] for i in finding.evidence_ids if i in digests)
        told = {
            "section_id": finding.section_id,
            "stands": now[finding.id].review,
            "report": sha256,
            "title": report.title,
            "lead": page["quotes"],
        }
        kept.append(base | asked | told | {"quotes": "\n".join(dict.fromkeys(seen))})
    return Book(tuple(findings), tuple(quotes), tuple(kept), tuple(titles.items()))


def seen(kept: Mapping[str, str]) -> Decision:
    """What of a finding stood before the person who looked at it, with nothing decided yet."""
    return Decision(
        finding_id=kept["id"],
        report=kept["report"],
        seen_section=kept["section"],
        seen_theme=kept["theme"],
        seen_statement=kept["statement"],
        seen_position=kept["position"],
        seen_basis=lines(kept["basis"]),
        seen_exception=kept["exception"],
        seen_needs=kept["needs"],
        seen_quotes=lines(kept["quotes"]),
    )


def lines(text: str) -> tuple[str, ...]:
    """The lines of a cell that have something in them."""
    return tuple(line for line in text.split("\n") if line)


def _in_order(findings: Iterable[Finding], numbers: Mapping[str, str]) -> Iterator[Finding]:
    """Findings in the order of their numbers in the report."""
    places = {identity: place for place, identity in enumerate(numbers)}
    yield from sorted(findings, key=lambda finding: places.get(finding.id, len(places)))


def _asked(finding: Finding, titles: Mapping[str, str]) -> dict[str, str]:
    """What people decided of a finding, as it stands in their columns."""
    changed = {what for what, _ in finding.drafted}
    section = titles.get(finding.section_id, finding.section_id)
    return {
        "use": "" if finding.changed else USE[finding.review],
        "new_statement": finding.statement if "statement" in changed else "",
        "new_section": section if "section" in changed else "",
        "new_position": finding.position or "" if "position" in changed else "",
        "new_basis": "\n".join(finding.basis or ()) if "basis" in changed else "",
        "reason": finding.review_reason,
        "by": finding.reviewer,
    }


def _lead(quotes: Iterable[Quote]) -> str:
    """A few quotes, each with its source: the first, and what speaks for and what against where there is."""
    every = list(quotes)
    sides = [next((at for at, q in enumerate(every) if q.polarity == side), None) for side in _BOTH]
    wanted = [at for at in (0, *sides) if at is not None]
    order = list(dict.fromkeys([*wanted, *range(len(every))]))[:SHOWN_QUOTES]
    first = [every[at] for at in sorted(order) if at < len(every)]
    told = [
        f"{_marked(q)}“{_shown(q.text)}”\n[{q.speaker}, {q.organisation}. {q.says}. {q.place}]" for q in first
    ]
    more = len(every) - len(first)
    rest = [f"({wording.counted(more, 'more quote')}: see the sheet of quotes)"] if more else []
    return "\n\n".join([*told, *rest]) or "No passage is sure enough to be quoted."


def _marked(quote: Quote) -> str:
    """What is told before a quote that is hard to read."""
    return f"({quote.mark}.)\n" if quote.mark else ""


def _shown(text: str) -> str:
    if len(text) <= _LONG:
        return text
    return f"{text[:_LONG].rpartition(' ')[0]} [... whole in the sheet of quotes]"
