"""A report's findings as notes, each with its mark: drafted by software, not yet reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from thememiner.projects.naming import Labels, clean
from thememiner.records import Finding, Report
from thememiner.reports import between, collating, decisions, receiving, sharing, standing, wording
from thememiner.reports.arranging import numbers


@dataclass(frozen=True, slots=True)
class Note:
    """A finding in plain text, with a newline for line ends, and the name that no other note has."""

    finding: Finding
    name: str
    text: str


def notes(report: Report) -> list[Note]:
    """The findings as they are numbered, then those of groups beside the codebook, then those set aside."""
    names = wording.theme_names(report.themes)
    titles = {section.id: section.title for section in report.sections}
    number_of = numbers(report)
    order = {identity: place for place, identity in enumerate(number_of)}
    labels = Labels()
    stands = standing.status(report)
    known = sorted(report.findings, key=lambda f: order.get(f.id, len(order)))
    made = []
    for finding in chain(known, report.set_aside):
        title = between.title(finding, names)
        head = f"{number_of[finding.id]} {title}" if finding.id in number_of else title
        lines = (
            standing.marking(report),
            "",
            *_said(finding, head, titles),
            "",
            wording.STATUS_NOTES[0],
            f"The report: {stands}",
        )
        made.append(Note(finding, labels.give(head, finding.id), clean("\n".join(lines)) + "\n"))
    return made


def _said(finding: Finding, head: str, titles: dict[str, str]) -> Iterator[str]:
    yield head
    if finding.section_id in titles:
        yield f"Section: {titles[finding.section_id]}"
    # As the report's pages do, which say of a group only what it would be were it named.
    yield finding.statement if finding.section_id else f"Were it a finding, in draft: {finding.statement}"
    if judged := collating.judged(finding):
        yield f"Position: {judged}"
    yield f"Review: {finding.mark}"
    if finding.reason:
        yield f"Why it stands here: {finding.reason}"
    yield f"Rests on: {wording.counted(finding.passages, 'passage')}"
    for what, words in decisions.told(finding, titles):
        yield f"{what}: {words}"


def about(report: Report) -> str:
    """What the whole project is, for who opens it: its mark, the question, the status, what to know."""
    counts = report.passages
    weak = wording.counted(counts.get("weak", 0), "passage")
    return clean(
        "\n".join(
            filter(
                None,
                (
                    standing.marking(report),
                    report.content_note or wording.CONTENT_NOTE,
                    f"The question asked: {report.question}" if report.question else "",
                    standing.status(report),
                    *receiving.status_notes(report),
                    sharing.note(report),
                    report.caution,
                    (
                        "Codes are the report's themes, coded passages what was placed under them, and every "
                        f"quote; notes are its findings. Not coded: {weak} only weakly like a theme."
                    ),
                ),
            )
        )
    )
