"""The report as Markdown: the same content in the same order, for e-mail, wikis and comparison by line.

Every text that comes from outside is escaped, so that it can make no link, image, HTML or heading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.reports import wording
from thememiner.reports.arranging import arrange
from thememiner.reports.contents import (
    Cell,
    Contents,
    Group,
    OverTime,
    PlacedFinding,
    PlacedSection,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thememiner.records import Report

# Signs that open something anywhere in a line. CommonMark lets a backslash stand before any of them.
_SIGNS = re.compile(r"[\\`*_\[\]{}<>#|~&!$^=]")
# What makes a list, a rule or a heading at the start of a line.
_START = re.compile(r"(?:[-+]|\d{1,9}(?=[.)](?:\s|$)))")
_AT = re.compile(r"@+")
_WWW = re.compile(r"(?i)\b(www)\.")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")


def render(report: Report) -> str:
    """The report as Markdown text."""
    contents = arrange(report)
    return _joined(_blocks(contents))


def page(title: str, status: str, table: Table, marking: str = wording.MARKING) -> str:
    """A page of one table, with its marking and how the report stands."""
    head = (f"**{marking}**", f"# {escape(title)}", f"**{escape(status)}**")
    blocks = (*head, *table_lines(table), f"**{marking}**")
    return _joined(blocks)


def _joined(blocks: Iterable[str]) -> str:
    """The blocks, with a sign for half of a pair, which has no encoding."""
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")


def escape(text: str) -> str:
    """A text on one line that reads the same once rendered, and is nothing but text.

    `@` goes into a code span: some renderers make a link of an address even when it is escaped.
    """
    line = _LINE_ENDS.sub(" ", text).strip()
    line = _SIGNS.sub(r"\\\g<0>", line)
    line = line.replace("://", r"\://")
    line = _WWW.sub(r"\1\.", line)
    line = _AT.sub(r"`\g<0>`", line)
    start = _START.match(line)
    if start is None:
        return line
    return "\\" + line if start[0] in "-+" else f"{start[0]}\\{line[start.end() :]}"


def _head(report: Contents) -> Iterator[str]:
    """What stands before the findings."""
    yield f"**{report.marking}**"
    yield f"# {escape(report.title)}"
    yield f"**Content note.** {escape(report.content_note)}"
    yield "## The question asked"
    yield escape(report.question) or "No question was recorded for this run."
    yield "## Status of this report"
    yield f"**{escape(report.status)}**"
    yield _list(report.status_notes)
    if report.standing.rows:
        yield from table_lines(report.standing)
    yield "## Evidence received and outstanding"
    yield escape(report.summary)
    if report.absent_voices:
        yield f"**{escape(report.absent_voices)}**"
    for table in report.received:
        yield from table_lines(table)


def _blocks(report: Contents) -> Iterator[str]:
    yield from _head(report)
    yield from _main(report.sections)
    if report.grid:
        yield f"## {wording.GRID_TITLE}"
        yield from table_lines(report.grid)
        for block in report.blocks:
            yield f"### {escape(block.title)}"
            yield from table_lines(block.table)
    yield f"## {wording.PEOPLE_TITLE}"
    yield report.people_note
    for group in report.people:
        yield from _group(group)
    if report.letter.rows:
        yield f"## {wording.LETTER_TITLE}"
        yield from table_lines(report.letter)
    if report.recommendations:
        yield f"## {wording.RECOMMENDED_TITLE}"
        yield from table_lines(report.recommendations)
    if report.ratings:
        yield f"## {wording.RATED_TITLE}"
        yield from table_lines(report.ratings)
    yield "## What we do not know"
    yield wording.UNKNOWN_NOTE
    for group in report.unknown:
        yield from _group(group)
    yield wording.SUMMARY_END
    if report.residual_note:
        yield f"## {wording.RESIDUAL_TITLE}"
        yield report.residual_note
    for table in report.residual:
        yield from table_lines(table)
    if report.across:
        yield f"## {wording.ACROSS_TITLE}"
        for table in report.across:
            yield from table_lines(table)
    yield "## Themes in two tables"
    yield "Numbers of passages. They show where the evidence lies, not how often anything happens."
    yield from table_lines(report.by_kind)
    yield from table_lines(report.by_voice)
    yield from table_lines(report.by_polarity)
    yield from table_lines(report.tones)
    for section in report.sections:
        yield from _section(section)
    yield from _end(report)


def _main(sections: tuple[PlacedSection, ...]) -> Iterator[str]:
    yield f"## {wording.MAIN_TITLE}"
    yield wording.MAIN_NOTE
    for section in sections:
        if section.main:
            yield f"### {section.number}. {escape(section.title)}"
            for finding in section.main:
                judged = f"**{escape(finding.judged)}.** " if finding.judged else ""
                mark = f"**{escape(finding.mark)}.**"
                yield f"- {judged}{escape(finding.statement)} {mark} (finding {finding.number})"
                if finding.lead:
                    yield _quote(finding.lead)
                elif finding.marked:
                    yield wording.MARKED_BELOW
    if not any(section.main for section in sections):
        yield "No finding was made for any section."


def _section(section: PlacedSection) -> Iterator[str]:
    yield f"## Section {section.number}: {escape(section.title)}"
    yield escape(section.statement)
    for quote in section.quotes:
        yield _quote(quote)
    yield section.searched
    for finding in section.findings:
        yield from _finding(finding)
    if section.single:
        yield f"### {wording.SINGLE_TITLE}"
        for finding in section.single:
            yield f"#### {finding.number} {escape(finding.title)}"
            yield from _evidence(finding)
    if section.blanks:
        yield "### Questions left without an answer"
        for blank in section.blanks:
            yield f"#### {escape(blank.title)}"
            yield _list(blank.lines)


def _finding(finding: PlacedFinding) -> Iterator[str]:
    yield f"### {finding.number} {escape(finding.title)}"
    yield from _evidence(finding)


def _evidence(finding: PlacedFinding) -> Iterator[str]:
    yield f"**{escape(finding.statement)}**"
    judged = (("Position", finding.judged), ("Review", finding.mark), *finding.told)
    yield "\n".join(
        (
            f"- Why it is here: {escape(finding.reason)}",
            *(f"- {escape(name)}: {escape(value)}" for name, value in judged if value),
        )
    )
    for quote in finding.quotes:
        yield _quote(quote)
    if finding.again:
        yield f"Quotes that also speak of this stand under: {', '.join(place for place, _ in finding.again)}."


def _end(report: Contents) -> Iterator[str]:
    if report.over_time:
        yield from _over_time(report.over_time)
    yield "## All themes"
    yield from table_lines(report.themes)
    yield f"## {wording.BESIDE_TITLE}"
    yield wording.BESIDE_NOTE
    if report.caution:
        yield escape(report.caution)
    yield from table_lines(report.groups)
    for group in report.beside:
        yield from _group(group)
    if not report.beside:
        yield report.none_beside
    if report.blanks:
        yield f"## {wording.BLANKS_TITLE}"
        yield wording.BLANKS_NOTE
        for group in report.blanks:
            yield from _group(group)
    if report.unplaced:
        yield "## Quotes outside the sections"
        for group in report.unplaced:
            yield from _group(group)
    yield f"## {report.ledger_title}"
    yield from table_lines(report.ledger)
    yield "## What was left out, and why"
    for table in report.left_out:
        yield from table_lines(table)
    yield "## How this was made"
    for group in report.made:
        yield from _group(group)
    yield f"### {wording.STEPS_TITLE}"
    yield "\n".join(f"{n}. {step}" for n, step in enumerate(report.steps, start=1))
    for table in report.method:
        yield from table_lines(table)
    yield "## Words used"
    yield "\n".join(f"- **{word}**: {meaning}" for word, meaning in wording.GLOSSARY)
    yield f"## {wording.SHORT_TITLE}"
    yield from table_lines(report.short_forms)
    yield escape(report.not_explained)
    yield f"**{report.marking}**"


def _over_time(told: OverTime) -> Iterator[str]:
    """What stands out as a sentence and its figures, for want of a chart; the rest in lines."""
    yield f"## {told.title}"
    yield told.note
    yield _list(told.lines)
    for shown in told.shown:
        yield f"### {escape(shown.title)}"
        yield escape(shown.says)
        yield _list(shown.changes)
        yield from table_lines(shown.table)
    yield _list((*told.more, *told.rest))


def _group(group: Group) -> Iterator[str]:
    yield f"### {escape(group.title)}"
    yield escape(group.note)
    yield _list(group.lines)
    for quote in group.quotes:
        yield _quote(quote)


def _list(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)


def _quote(quote: Quote) -> str:
    caption = f"{quote.speaker}, {quote.organisation}. {quote.says}."
    mark = f"> **{escape(quote.mark)}.**\n>\n" if quote.mark else ""
    return f"{mark}> {escape(quote.text)}\n>\n> {escape(caption)}\n> {escape(quote.place)}"


def table_lines(table: Table) -> Iterator[str]:
    """A table with its caption and note, as blocks."""
    if not table.rows:
        yield f"**{escape(table.caption)}:** none."
    else:
        yield f"**{escape(table.caption)}**"
        numeric = [isinstance(value, int) for value in table.rows[0]]
        yield "\n".join(
            (
                _row(table.columns),
                "|" + "|".join(" ---: " if is_number else " --- " for is_number in numeric) + "|",
                *(_row(row) for row in table.rows),
            )
        )
    yield escape(table.note)


def _row(cells: tuple[Cell, ...]) -> str:
    shown = (wording.number(cell) if isinstance(cell, int) else escape(cell) or "–" for cell in cells)
    return "| " + " | ".join(shown) + " |"
