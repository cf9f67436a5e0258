"""Tables of findings: sections, findings, what they rest on, and every excerpt letter for letter."""

from __future__ import annotations

from collections.abc import Iterator

from thememiner.records import Finding, Report
from thememiner.reports import arranging, between, wording
from thememiner.reports.tables.shapes import (
    Column,
    Frame,
    frame,
    joins,
    key,
    number,
    organisation_id,
    said,
    whole,
)
from thememiner.reports.tables.sources import DOCUMENT, KIND, ORGANISATION
from thememiner.reports.tables.themes import POLARITY, THEME

SECTION = joins("sections.section_id", "the section; empty where it is in none")
FINDING_KEY = key("finding_id", "the finding", "findings.finding_id")
EVIDENCE_KEY = key("evidence_id", "the excerpt", "evidence.evidence_id")


def frames(report: Report) -> Iterator[Frame]:
    """Every table of sections, findings and excerpts."""
    yield _sections(report)
    yield frame(
        "section_evidence",
        "An excerpt in which a source states that there is none of what a section asks",
        (key("section_id", "the section", "sections.section_id"), EVIDENCE_KEY),
        ((s.id, identity) for s in report.sections for identity in s.evidence_ids),
        once=True,
    )
    yield frame(
        "unanswered",
        "A question of a completed form that was left without an answer",
        (SECTION, ORGANISATION, said("question", "the question")),
        (
            *((s.id, organisation_id(name), asked) for s in report.sections for name, asked in s.blanks),
            *(("", organisation_id(name), asked) for name, asked in report.blanks),
        ),
    )
    yield _findings(report)
    made = (*report.findings, *report.set_aside)
    yield frame(
        "finding_bases",
        "One thing that an assurance rests on, or one sort of gap",
        (FINDING_KEY, key("basis", "as the finding says it")),
        ((f.id, basis) for f in made for basis in f.basis or ()),
        once=True,
    )
    yield frame(
        "finding_drafts",
        "What a person changed of a finding, as the program had it",
        (
            FINDING_KEY,
            key("what", "statement, section, position or basis"),
            said("draft", "its own"),
        ),
        ((f.id, what, draft) for f in made for what, draft in f.drafted),
    )
    yield frame(
        "finding_organisations",
        "An organisation that a finding between organisations names",
        (
            FINDING_KEY,
            key("organisation_id", "the organisation", "organisations.organisation_id"),
            whole("place", "1 for the first; of what goes from one to the other that is the sender"),
        ),
        (
            (f.id, organisation_id(name), place)
            for f in made
            for place, name in enumerate(dict.fromkeys(f.between), start=1)
        ),
    )
    yield frame(
        "finding_evidence",
        "An excerpt that a finding cites",
        (FINDING_KEY, EVIDENCE_KEY, whole("place", "its place among the finding's, from 1")),
        (
            (f.id, identity, place)
            for f in made
            for place, identity in enumerate(dict.fromkeys(f.evidence_ids), start=1)
        ),
    )
    yield _evidence(report)


def _sections(report: Report) -> Frame:
    return frame(
        "sections",
        "A section of the template, and how it ends",
        (
            key("section_id", "its id in the template"),
            whole("number", "its number in the report"),
            said("section", "its title"),
            said("statement", "how it ends where no theme stands in it"),
            said("absence", "stated absent by a source, searched for and not found, or not asked"),
            whole("searched", "passages searched"),
        ),
        (
            (s.id, place, s.title, s.statement, s.absence, s.searched)
            for place, s in enumerate(report.sections, start=1)
        ),
    )


def _findings(report: Report) -> Frame:
    numbers = arranging.numbers(report)
    names = wording.theme_names(report.themes)
    sections = {s.id for s in report.sections}

    def row(f: Finding, *, aside: bool) -> tuple[str | int | float | bool | None, ...]:
        return (
            f.id,
            numbers.get(f.id, ""),
            f.section_id if f.section_id in sections else "",
            f.theme_id,
            between.title(f, names),
            f.sort,
            f.statement,
            f.position,
            f.exception,
            f.needs,
            f.latest,
            f.passages,
            f.score,
            f.reason,
            f.mark,
            f.review,
            f.reviewer,
            f.review_reason,
            "; ".join(f.changed),
            aside,
        )

    return frame(
        "findings",
        "A theme placed in a section, as a draft sentence until a named person has reviewed it",
        (
            key("finding_id", "made of section, theme and, where it is between some, organisations"),
            said("number", "its number in the report; empty of one in no section or set aside"),
            SECTION,
            THEME,
            said("title", "its theme, and of one between organisations which"),
            said("sort", "theme, variation, from, to or between"),
            said("statement", "the finding in a sentence"),
            said("position", "assured, gap, mixed or not known; empty: not judged"),
            said("exception", "what it does not hold for"),
            said("needs", "further evidence that is needed"),
            said("latest", "date of the newest document that speaks of it"),
            whole("passages", "passages that it rests on, quoted or not"),
            number("score", "how surely it is placed in its section"),
            said("reason", "why it is placed there"),
            said("mark", "the mark that it carries: Not yet reviewed, or by whom it was"),
            said("review", "not yet reviewed, use or do not use"),
            said("reviewer", "who reviewed it"),
            said("review_reason", "the reason that they gave"),
            said("changed", "what has changed since they looked, joined by ; "),
            Column("set_aside", "whether people marked it do not use", "yes/no"),
        ),
        (
            *(row(f, aside=False) for f in report.findings),
            *(row(f, aside=True) for f in report.set_aside),
        ),
    )


def _evidence(report: Report) -> Frame:
    shown = arranging.quoted(report, wording.theme_names(report.themes))
    sections = {s.id for s in report.sections}
    return frame(
        "evidence",
        "An excerpt, letter for letter: text[start:end] of its document in documents.jsonl",
        (
            key("evidence_id", "made of section, theme, document, start and end"),
            whole("number", "its number in the report's workbook"),
            SECTION,
            THEME,
            DOCUMENT,
            KIND,
            said("voice", "who speaks, where it is recorded"),
            ORGANISATION,
            POLARITY,
            said("modality", "commitment (what should happen) or description"),
            said("marked", "what the excerpt describes that is hard to read; empty of others"),
            said("quote", "the excerpt"),
            said("place", "where it stands, in words: source and place, of a policy its version too"),
            said("location", "where in the document"),
            whole("start", "its first character in the document, from 0"),
            whole("end", "the character after its last"),
            said("sha256", "digest of the excerpt"),
            number("strength", "how surely it is about the theme"),
            said("exception", "its words that say what it does not hold for"),
            said("states", "numbers that a commitment states, joined by ; "),
            said("answers", "the question that it answers"),
            said("repairs", "how its letters differ from the file's, joined by ; "),
        ),
        (
            (
                e.id,
                place,
                e.section_id if e.section_id in sections else "",
                e.theme_id,
                e.document_id,
                e.kind,
                e.voice,
                organisation_id(e.organisation),
                e.polarity,
                e.modality,
                shown[e.id].mark,
                e.quote,
                shown[e.id].place,
                e.location,
                e.start,
                e.end,
                e.sha256,
                e.strength,
                e.exception,
                "; ".join(e.states),
                e.answers,
                "; ".join(e.repairs),
            )
            for place, e in enumerate(report.evidence, start=1)
        ),
    )
