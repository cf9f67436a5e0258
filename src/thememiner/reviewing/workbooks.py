"""The book to review findings in: an Excel workbook, one table a sheet, every cell text.

By the sheet "As exported" the program knows the book again when it is read back.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from thememiner.records import ASSURANCES, GAPS, POSITIONS, Report
from thememiner.reports import standing, wording
from thememiner.reviewing import rows
from thememiner.workbooks import Pen

COVER, FINDINGS, QUOTES = "Read me first", "Findings", "Quotes"
CHOICES, KEPT = "Choices", "As exported"
TITLE = "Findings to review"
NOTE = "drafts by software until a named person has reviewed each"
_MORE = "(more in report.json)"
_LAST = 100_000  # the row to which cells offer their choices
_WHAT = (
    "The findings of a report, each a draft that software put together, for people to accept, change or set "
    "aside. Read the quotes before you decide. Nothing you write here changes a quote."
)
_FILL_IN = (
    "In the sheet 'Findings', the columns with a yellow heading. 'Use?': Use, or Do not use (with a reason). "
    "The others only where the draft is not right: the statement in your words, another section, position or "
    "basis (several on a line each). 'By whom': your name. A row left blank stays 'not yet reviewed'."
)
_LEAVE = (
    "The ids, the headings and the sheet 'As exported': by them the book is read back. Rows may be sorted, "
    "filtered and deleted (a finding whose row is deleted stays as it was); columns may be moved."
)
_BACK = "thememiner findings import THIS-FILE.xlsx --out reviewed.json"
_PROMPTS = {
    "use": "Use, or Do not use (then give the reason).",
    "new_statement": "Only if the draft is not right: the finding in your words.",
    "new_section": "Only if it belongs elsewhere: pick the section.",
    "new_position": "Only if the draft is not right: assured, gap, mixed or not known.",
    "new_basis": "Of an assurance, what it rests on; of a gap, which sort. Several: one on each line.",
    "reason": "Why: needed where a finding is not to be used.",
    "by": "Your name.",
}


def book(report: Report, sha256: str) -> bytes:
    """The book of a report's findings; `sha256` is that of its report.json. The same gives the same bytes."""
    made = rows.rows(report, sha256)
    out = io.BytesIO()
    with Pen(out, TITLE, NOTE) as pen:
        pen.sheet(COVER, {"What": 26, "Value": 100}, _about(report, made, sha256), more=_MORE)
        page = pen.sheet(
            FINDINGS,
            dict(rows.FINDINGS.values()),
            [[row[field] for field in rows.FINDINGS] for row in made.findings],
            unwrapped=(rows.HEADINGS["id"],),
            to_fill=[heading for heading, _ in rows.ASKED.values()],
            more=_MORE,
        )
        page.freeze_panes(1, 2)  # the number and the theme stay beside what is filled in
        page.set_zoom(80)  # so that more of its columns can be seen at once
        pen.sheet(QUOTES, rows.QUOTES, made.quotes, unwrapped=("Finding id",), more=_MORE)
        offers: dict[str, list[str]] = {
            "use": [said for said in rows.USE.values() if said],
            "new_section": [title for _, title in made.sections],
            "new_position": list(POSITIONS),
            "new_basis": [*ASSURANCES, *GAPS],
        }
        _offer(pen, page, offers, [identity for identity, _ in made.sections])
        kept = dict.fromkeys(rows.KEPT, 20)
        body = ([row[field] for field in rows.KEPT] for row in made.kept)
        pen.sheet(KEPT, kept, body, unwrapped=rows.KEPT, more=_MORE)
        pen.workbook.get_worksheet_by_name(COVER).activate()
    return out.getvalue()


def _about(report: Report, made: rows.Book, sha256: str) -> Iterator[tuple[str, str]]:
    """How the book was made, and what to do with it: (what, value)."""
    yield "Status", standing.marking(report)
    yield "What this is", _WHAT
    yield "What to fill in", _FILL_IN
    yield "What to leave as it is", _LEAVE
    yield "To read it back", _BACK
    yield "Report", report.title
    if report.question:
        yield "Question", report.question
    yield "Report file", f"SHA-256 {sha256}"
    seen = sum(bool(row["use"]) for row in made.findings)
    yield "Findings", f"{len(made.findings):,}, of which {seen or 'none'} reviewed and not changed since"
    yield "Content note", report.content_note or wording.CONTENT_NOTE


def _offer(pen: Pen, page: Any, offers: dict[str, list[str]], sections: list[str]) -> None:
    """What each column of people's says of itself when a cell is entered, and what it offers to choose.

    The lists stand in a sheet of their own: one inside a rule may hold 255 characters only.
    """
    columns = [*offers.values(), sections]
    lists = [
        [offer[at] if at < len(offer) else "" for offer in columns] for at in range(max(map(len, columns)))
    ]
    pen.sheet(CHOICES, {rows.HEADINGS[field]: 34 for field in offers} | {rows.SECTION_ID: 34}, lists)
    fields = list(rows.FINDINGS)
    for field, prompt in _PROMPTS.items():
        rule: dict[str, Any] = {"validate": "any"}
        if field in offers:
            column = chr(ord("A") + list(offers).index(field))
            end = 1 + len(offers[field])
            rule = {"validate": "list", "source": f"={CHOICES}!${column}$2:${column}${end}"}
        told = {"input_title": rows.HEADINGS[field], "input_message": prompt, "error_type": "information"}
        at = fields.index(field)
        page.data_validation(1, at, _LAST, at, rule | told)
