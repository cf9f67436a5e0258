"""The report as a Word document for a board: cover, summary, findings by section, appendices.

    content = render(report)
    content = render(report, house=Path("board.docx").read_bytes())

The body is short enough for a board; every excerpt stands whole with its source, once, most of them in
Appendix A.
"""

from __future__ import annotations

from thememiner.records import Report
from thememiner.reports import arranging, wording
from thememiner.reports.paper import appendices, body, summary
from thememiner.reports.paper.page import Page
from thememiner.wordfiles import Pen

_UPRIGHT = (
    summary.cover,
    summary.purpose,
    summary.key_points,
    summary.risks,
    summary.assurances,
    summary.asked,
    body.background,
    body.approach,
    body.received,
    body.people,
    body.findings,
    body.unknown,
    summary.next_steps,
)
_TURNED = (appendices.evidence, appendices.themes, appendices.method, appendices.ledger)


def render(report: Report, house: bytes | None = None, name: str = "the house document") -> bytes:
    """The paper; the same report and house document give the same bytes.

    `house` is an organisation's own .docx, whose styles, page, headers and footers are kept; `name` is what
    messages call it. Raises `InputError` for one that is broken or holds what runs or fetches something.
    """
    contents = arranging.arrange(report)
    pen = Pen(
        contents.title,
        contents.marking,
        marking=contents.marking,
        footer=contents.status,
        house=house,
        name=name,
    )
    page = Page(pen, report, contents, arranging.numbers(report), wording.theme_names(report.themes))
    for part in _UPRIGHT:
        part(page)
    pen.turned()
    for number, part in enumerate(_TURNED):
        if number:
            pen.new_page()
        part(page)
    return pen.content()
