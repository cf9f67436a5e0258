"""The coded passages of a report: one stretch of a text, the themes it stands under, what is said of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from thememiner.errors import InputError
from thememiner.records import Evidence, Membership, Report
from thememiner.reports import wording
from thememiner.reports.arranging import quoted


@dataclass(slots=True)
class Stretch:
    """A stretch of a document: its themes, what it says of each in lines, and the findings that quote it."""

    start: int
    end: int
    theme_ids: dict[str, None] = field(default_factory=dict)
    lines: dict[str, None] = field(default_factory=dict)
    finding_ids: dict[str, None] = field(default_factory=dict)


def stretches(report: Report, texts: Mapping[str, str]) -> dict[str, list[Stretch]]:
    """Document id -> its coded stretches in the order of the text: every assigned passage, every excerpt.

    What is only weakly like a theme is left out, as in the report's counts. Raises `InputError` where the
    report names a text, a place in it or a theme that is not there.
    """
    names = wording.theme_names(report.themes)
    quotes = quoted(report, names)
    bears: dict[str, list[str]] = defaultdict(list)
    for finding in chain(report.findings, report.set_aside):
        for i in finding.evidence_ids:
            bears[i].append(finding.id)
    found: dict[str, dict[tuple[int, int], Stretch]] = defaultdict(dict)

    def at(document_id: str, start: int, end: int, theme_id: str) -> Stretch:
        if theme_id and theme_id not in names:
            raise InputError(f"report.json names a theme that it does not list: {theme_id!r}.")
        if not 0 <= start < end <= len(texts.get(document_id, "")):
            raise InputError(
                f"report.json names a passage that is in none of its texts: {document_id!r}, {start}-{end}."
            )
        stretch = found[document_id].setdefault((start, end), Stretch(start, end))
        if theme_id:
            stretch.theme_ids[theme_id] = None
        return stretch

    for excerpt in report.evidence:
        quote = quotes[excerpt.id]
        stretch = at(excerpt.document_id, excerpt.start, excerpt.end, excerpt.theme_id)
        theme = f"{quote.theme}: {quote.says}" if quote.theme else "Quoted under no theme"
        stretch.lines[f"{theme}. Quoted: {quote.speaker}, {quote.organisation}; {quote.place}."] = None
        stretch.finding_ids |= dict.fromkeys(bears[excerpt.id])
    said = {(e.document_id, e.start, e.end, e.theme_id) for e in report.evidence}
    for membership in report.memberships:
        if membership.outcome == "assigned":
            place = (*_parted(membership.passage_id), membership.theme_id)
            stretch = at(*place)
            if place not in said:
                stretch.lines[f"{names[membership.theme_id]}: {_says(membership)}."] = None
    return {document_id: [places[place] for place in sorted(places)] for document_id, places in found.items()}


def _parted(passage_id: str) -> tuple[str, int, int]:
    """A passage's document, start and end, which its id is made of."""
    document_id, _, place = passage_id.rpartition(":")
    start, _, end = place.partition("-")
    # isdecimal takes digits of other scripts, and int() reads them.
    if not (document_id and start.isdecimal() and end.isdecimal()):
        raise InputError(f"report.json has a passage whose id says no place: {passage_id!r}.")
    return document_id, int(start), int(end)


def _says(membership: Membership) -> str:
    """What a passage says of a theme, in the words that the report has for a quote."""
    return wording.capital(
        wording.says(
            Evidence(
                *("",) * 4,
                kind="incident",
                voice="",
                organisation="",
                polarity=membership.polarity,
                start=0,
                end=0,
                quote="",
                sha256="",
                modality=membership.modality,
            )
        )
    )
