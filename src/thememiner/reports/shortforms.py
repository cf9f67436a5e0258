"""Short forms: ours written out at first use, those in quotes explained at the end and never altered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from thememiner import acronyms
from thememiner.records import Report
from thememiner.reports import wording
from thememiner.reports.contents import PlacedFinding, PlacedSection, Table


def meanings(report: Report) -> acronyms.Meanings:
    """The shipped glossary with the reader's own laid over it."""
    return {**acronyms.shipped(), **dict(report.glossary)}


def table(report: Report) -> Table:
    """The short forms that stand in the report, each with what it stands for."""
    found = acronyms.explained(_texts(report), meanings(report))
    rows = tuple((short, "; or: ".join(told)) for short, told in found.items())
    heads = ("Short form", "What it stands for")
    return Table(wording.SHORT_CAPTION, heads, rows, wording.SHORT_NOTE if rows else "")


def not_explained(report: Report) -> str:
    """A sentence that lists the short forms in quotes that nothing explains; "" of none."""
    quotes = [text for e in report.evidence for text in (e.quote, e.answers)]
    names = {
        *(d.organisation for d in report.documents),
        *(d.place for d in report.documents),
        *(d.team for d in report.documents),
        *(e.organisation for e in report.evidence),
        *(each.organisation for each in (*report.received, *report.outstanding)),
    }
    found = acronyms.unknown(quotes, meanings(report), sorted(names))
    return f"{wording.NOT_EXPLAINED}: {', '.join(found)}." if found else ""


def written_out(sections: tuple[PlacedSection, ...], report: Report) -> tuple[PlacedSection, ...]:
    """The sections with each short form in our own sentences written out where a reader meets it first.

    First come the main findings, then the sections. One with two meanings stays; so does what people wrote.
    """
    known = {
        short: told[0]
        for short, told in meanings(report).items()
        if len(told) == 1 and short not in acronyms.well_known()
    }
    seen: set[str] = set()

    def out(text: str) -> str:
        def told(match: re.Match[str]) -> str:
            short = match[0]
            if short not in known or short in seen or known[short] in text:
                return short
            seen.add(short)
            return f"{known[short]} ({short})"

        return acronyms.WORD.sub(told, text)

    def each(findings: tuple[PlacedFinding, ...]) -> tuple[PlacedFinding, ...]:
        return tuple(f if f.told else replace(f, statement=out(f.statement)) for f in findings)

    first = [each(section.main) for section in sections]
    return tuple(
        replace(
            section,
            main=main,
            statement=out(section.statement),
            findings=each(section.findings),
            single=each(section.single),
        )
        for section, main in zip(sections, first, strict=True)
    )


def _texts(report: Report) -> Iterator[str]:
    """What a reader of the report reads: quotes and what they answer, names, titles and sentences."""
    yield from (report.title, report.question)
    for e in report.evidence:
        yield from (e.quote, e.answers)
    for theme in report.themes:
        yield from (theme.name, theme.definition)
    for section in report.sections:
        yield from (section.title, section.statement, *(question for _, question in section.blanks))
    yield from (finding.statement for finding in report.findings)
    yield from (demand.text for demand in report.requirements)
    yield from (asked.text for asked in report.recommendations)
    yield from (question for _, question in report.blanks)
    yield from (document.organisation for document in report.documents)
