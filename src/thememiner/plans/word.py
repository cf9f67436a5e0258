"""A plan as a Word document for a board: real headings, tables with heading rows, landscape.

Short-term and longer-term actions stand apart, as the national letter asks; owner, due date and status
are blank to be filled in.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from thememiner import planning
from thememiner.plans import rows
from thememiner.records import Action, Plan

_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # no time of making: the same plan gives the same bytes
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can have
_PAGE, _MARGIN = (297, 210), 14  # millimetres: A4 on its side
# Signs that XML cannot hold.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ACTIONS = {
    "Id": 25,
    "Finding": 58,
    "Draft action": 60,
    "Resource gap": 42,
    "Strength and measure": 36,
    "Owner": 16,
    "Due": 16,
    "Status": 16,
}
_DEMANDS = {"What the letter asks for": 84, "What there is on it": 55, "Findings": 80, "Actions": 50}
_RECOMMENDED = {"Recommendation": 104, "What there is on it": 55, "Findings": 60, "Actions": 50}
_ASSURANCES = {
    "Finding": 75,
    "Basis": 50,
    "Does not hold for": 54,
    "What would keep it": 90,
}
_LEFT = {"Id": 25, "Why": 36, "Theme": 40, "Finding": 84, "Action": 84}
_EVIDENCE = {"Action": 30, "Evidence ids (in report.json)": 239}
# A cell is paragraphs, each of (text, bold) stretches.
_Cell = Sequence[Sequence[tuple[str, bool]]]


def render(plan: Plan) -> bytes:
    """The document of a plan; the same plan gives the same bytes."""
    import docx

    names, document = rows.Names(plan), docx.Document()
    _set_up(document)
    document.add_heading("Draft action plan", 0)
    _said(document, planning.DRAFT[:1].upper() + planning.DRAFT[1:] + ".", bold=True)
    for what, value in plan.about:
        _said(document, f"{what}: ", value)
    actions = rows.shown(plan)
    heads = [*names.sections.values(), rows.ASKED_HEAD, rows.RECOMMENDED_HEAD, rows.ADDED_HEAD]
    places = {identity: place for place, identity in enumerate(names.sections)}

    def _place(action: Action) -> int:
        """Under which heading an action stands."""
        last = len(heads) - (3 if action.requirement_id else 2 if action.recommendation_id else 1)
        return places.get(action.section_id, last)

    for horizon, head in rows.HORIZON_HEADS.items():
        document.add_heading(head, 1)
        mine = [action for action in actions if action.horizon == horizon]
        if not mine:
            _said(document, "No action is drafted.")
        for place, held in groupby(sorted(mine, key=_place), key=_place):
            document.add_heading(_clean(heads[place]), 2)
            _table(document, _ACTIONS, (_action(action, names) for action in held))
    document.add_heading(rows.LETTER, 1)
    _listed(
        document, _DEMANDS, (_plain(row[1:]) for row in rows.demands(plan, names)), "No demands are recorded."
    )
    if plan.recommendations:
        document.add_heading(rows.RECOMMENDED, 1)
        _table(document, _RECOMMENDED, (_recommended(row) for row in rows.recommendations(plan, names)))
    document.add_heading("Assurances, and what would keep them", 1)
    assured = (_assured(rows.assurance(found, names)) for found in plan.assurances)
    _listed(document, _ASSURANCES, assured, "No finding has been judged an assurance.")
    if gone := rows.left_out(plan):
        document.add_heading("Left out by people", 1)
        told = (_plain((a.id, a.progress, names.theme(a.theme_id), a.finding, a.action)) for a in gone)
        _table(document, _LEFT, told)
    document.add_heading("Evidence behind each action", 1)
    cited = (_plain((action.id, "; ".join(action.evidence_ids))) for action in actions if action.evidence_ids)
    _listed(document, _EVIDENCE, cited, "No evidence is cited.")
    out = io.BytesIO()
    document.save(out)
    return _dateless(out.getvalue())


def _set_up(document: Any) -> None:
    """Page, fonts, language, properties, header and footer."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = map(Mm, _PAGE)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    for name, size in (("Normal", 10), ("Title", 24), ("Heading 1", 16), ("Heading 2", 12)):
        font = document.styles[name].font
        font.name, font.size = "Arial", Pt(size)
        fonts = document.styles[name].element.rPr.rFonts
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they go before a font's name
            fonts.attrib.pop(qn(f"w:{key}"), None)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    about = document.core_properties
    about.title, about.author, about.comments = "Draft action plan", "thememiner", planning.DRAFT
    about.created = about.modified = _MADE
    about.last_modified_by, about.revision = "thememiner", 1
    page.header.paragraphs[0].text = f"Draft action plan: {planning.DRAFT}"
    _page_number(page.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  # python-docx has no fields


def _said(document: Any, *parts: str, bold: bool = False) -> None:
    """A paragraph; where it has two parts the first is bold."""
    paragraph = document.add_paragraph()
    for at, part in enumerate(parts):
        paragraph.add_run(_clean(part)).bold = bold or (len(parts) > 1 and at == 0)


def _listed(document: Any, columns: dict[str, int], body: Iterable[Sequence[_Cell]], none: str) -> None:
    """A table, or the words for that there is nothing to put in it."""
    if held := list(body):
        _table(document, columns, held)
    else:
        _said(document, none)


def _table(document: Any, columns: dict[str, int], body: Iterable[Sequence[_Cell]]) -> None:
    """A table whose heading row stands on each page, and whose rows are not cut by a page's end."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, columns.values(), strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], [[[(heading, True)]] for heading in columns], columns)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for cell in table.rows[0].cells:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "D9E2EC")):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
    for cells in body:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        _fill(row, cells, columns)
    document.add_paragraph()


def _fill(row: Any, cells: Sequence[_Cell], columns: dict[str, int]) -> None:
    from docx.shared import Mm, Pt

    for cell, paragraphs, width in zip(row.cells, cells, columns.values(), strict=True):
        cell.width = Mm(width)
        for at, stretches in enumerate(paragraphs):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            for text, bold in stretches:
                run = paragraph.add_run(_clean(text))
                run.bold, run.font.size = bold, Pt(9)


def _action(action: Action, names: rows.Names) -> Sequence[_Cell]:
    theme = names.theme(action.theme_id)
    told = rows.cell(action, "finding", names).removeprefix(
        f"{theme}: "
    )  # the theme stands before it already
    finding = [[(line, False)] for line in told.split("\n")]
    factors = rows.cell(action, "factors", names).replace("\n", ", ")
    also = rows.cell(action, "section_id", names).split("\n")[1:]
    demands = rows.cell(action, "requirement_id", names).replace("\n", ", ")
    recommended = rows.cell(action, "recommendation_id", names).replace("\n", ", ")
    progress = [[("Since the earlier plan: ", True), (action.progress, False)]] if action.progress else []
    return (
        [[(action.id, False)], *progress],
        [
            *([[(theme, True)]] if theme else []),
            *finding,
            [(rows.gap(action), False)],
            *([[("Also in: ", True), ("; ".join(also), False)]] if also else []),
            *([[("Look first at (SEIPS): ", True), (factors, False)]] if factors else []),
            *(
                [[("Answers the recommendations: ", True), (recommended, False)]]
                if recommended and not action.recommendation_id
                else []
            ),
            *(
                [[("Answers the letter on: ", True), (demands, False)]]
                if demands and not action.requirement_id
                else []
            ),
        ],
        [[(action.action, False)]],
        [[(line, False)] for line in action.resource_gap.split("\n")],
        [[(action.strength, True)], [(action.measure, False)]],
        *([[(value, False)]] for value in (action.owner, action.due, action.status)),
    )


def _assured(row: Sequence[str]) -> Sequence[_Cell]:
    section, theme, finding, basis, exception, keep, _ = row
    return [[(theme, True)], [(finding, False)], [(section, False)]], *_plain((basis, exception, keep))


def _recommended(row: Sequence[str]) -> Sequence[_Cell]:
    identity, source, to, date, text, themes, why, statement, findings, actions = row
    whose = ", ".join(part for part in (source, f"to {to}" if to else "", date) if part)
    told = f"{identity} ({whose})" if whose else identity
    placed = "; ".join(part for part in (themes.replace("\n", ", "), why) if part)
    return [[(told, True)], [(text, False)], [(placed, False)]], *_plain((statement, findings, actions))


def _plain(cells: Iterable[str]) -> Sequence[_Cell]:
    return [[[(line, False)] for line in text.split("\n")] for text in cells]


def _clean(text: str) -> str:
    """A text that XML can hold."""
    return _NO_XML.sub("\ufffd", text)


def _dateless(data: bytes) -> bytes:
    """The same document, with no time of making in its zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for item in made.infolist():
            entry = zipfile.ZipInfo(item.filename, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, made.read(item))
    return out.getvalue()
