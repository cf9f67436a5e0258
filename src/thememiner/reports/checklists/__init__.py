"""COREQ and SRQR for a finished report: what the run can answer filled in, what only people can left to them.

    table(report, "coreq")

Nothing is ticked: whether an item is reported well enough, people judge.
"""

from __future__ import annotations

from thememiner.errors import UnknownNameError
from thememiner.records import Report
from thememiner.reports import receiving, wording
from thememiner.reports.checklists.items import COREQ, SRQR, Checklist
from thememiner.reports.contents import Table
from thememiner.reports.methods import AGREEMENT, method

CHECKLISTS: dict[str, Checklist] = {"coreq": COREQ, "srqr": SRQR}
COLUMNS = ("Item", "Part", "What it asks", "What the run recorded", "For people to write")
NOTE = (
    "Item numbers are those of the publication, whose full wording is not repeated here. Nothing is ticked: "
    "whether an item is answered well enough, people judge. Where a person must write, it is blank but for "
    "what to say, in brackets."
)


def table(report: Report, name: str) -> Table:
    """The checklist as a table, a row an item; raises `UnknownNameError` for one that is not known."""
    if name.casefold() not in CHECKLISTS:
        raise UnknownNameError("the checklist", name, CHECKLISTS)
    known = CHECKLISTS[name.casefold()]
    given = answers(report)
    rows = tuple(
        (i.number, i.part, i.asks, given[i.answer] if i.answer else "", f"[{i.prompt}]" if i.prompt else "")
        for i in known.items
    )
    return Table(f"{known.name}: {known.source}", COLUMNS, rows, note=NOTE)


def answers(report: Report) -> dict[str, str]:
    """What the run recorded, by what an item may be answered with."""
    said = {group.title: group.lines for group in method(report)}
    kind, corpus, scope, instruments, machine, reviewed, missed, limits, checked = said.values()
    coded = sum(theme.origin == "codebook" for theme in report.themes)
    findings = sum(bool(finding.section_id) for finding in report.findings)
    quotes = wording.counted(len(report.evidence), "excerpt")
    exceptions = sum(bool(finding.exception) for finding in report.findings)
    single = sum(finding.passages == 1 for finding in report.findings)
    masked = not receiving.switched_off(report.provenance, "redact")
    return {
        "approach": " ".join((kind[0], wording.STATUS_NOTES[2])),
        "title": report.title,
        "question": report.question or "No question was recorded for this run.",
        "corpus": " ".join(corpus[:2]),
        "outstanding": " ".join(corpus[2:]),
        "voices": _voices(report),
        "scope": " ".join(scope),
        "codebook": " ".join(instruments),
        "themes": f"{wording.capital(wording.counted(coded, 'theme'))} of the codebook, set beforehand; "
        f"{wording.counted(len(report.themes) - coded, 'group')} found beside it, not named yet.",
        "coders": f"The program coded every passage. {AGREEMENT}",
        "seen": reviewed[-1],
        "software": " ".join((kind[0], machine[0])),
        "steps": "See “How this was made” in the report: the steps of the program. " + reviewed[1],
        "processing": " ".join(wording.METHOD[:4]) if masked else wording.NOT_MASKED,
        "masking": wording.STATUS_NOTES[3] if masked else wording.NOT_MASKED,
        "trust": " ".join(checked),
        "quotes": f"{wording.capital(quotes)}, letter for letter, each with who speaks, where known, and "
        "its source.",
        "findings": f"{wording.capital(wording.counted(findings, 'finding'))}, by section of the template.",
        "minor": f"{wording.capital(wording.counted(exceptions, 'finding'))} with a stated exception; "
        f"{wording.counted(single, 'finding')} on one passage.",
        "limits": " ".join((*limits, *missed)),
    }


def _voices(report: Report) -> str:
    told = "; ".join(f"{row[0]}: {row[1]}" for row in receiving.voices(report).rows if row[1])
    return f"Documents by who speaks: {told}." if told else ""
