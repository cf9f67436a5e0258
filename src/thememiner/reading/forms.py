"""Completed forms: the answers alone, each with its question and the form's heading above it.

A form's own words (title, instructions, headings, questions) are never evidence, so none of them is in the
text; they stand in `parts`, `sections` and `blanks`, and the rest is counted. A file may hold one form,
several one after another, one a sheet or one a row; what is no form keeps all its words and is read as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thememiner.reading import (
    columns,
    dates,
    formcells,
    formlisten,
    formoriginals,
    formrows,
    formtables,
    repairs,
)
from thememiner.reading.formheadings import particular
from thememiner.reading.parsed import Bundle, Tables, Text
from thememiner.reading.tidying import line
from thememiner.records import RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thememiner.reading.formsaid import Said
    from thememiner.reading.parsed import Block, Parsed, Table
    from thememiner.records import Edit, Source, Span

# The formats that forms come in; tables of other formats may hold one form a row.
SUFFIXES = frozenset((".docx", ".docm", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
# A report may have a question in some table: a form has at most this many words of its own for each word of
# answer, or, where answers are short or blank, for each question.
_PROSE_SHARE = 3
_WORDS_A_QUESTION = 100
_CLEARLY = 6  # questions that make a form of short answers
_LEAST = 40  # words of answer that are taken for granted
_STRAY = 20  # words of its own that a form may have of which nothing says that it is one
_STRAY_UNDER_TITLE = 60  # the same, where its title does
_IN_TABLES = ("table", "sheet", "row")
_OPENING = 40  # blocks in which a paper or policy says that it is one
_FORM_TITLE = re.compile(
    r"\b(?:return|template|form|questionnaire|self-assessment|pro-?forma|submission|survey)\b", re.IGNORECASE
)
_PAPER_TITLE = re.compile(
    r"\b(?:policy|procedure|protocol|guidelines?|strategy|minutes|agenda|report)\b", re.IGNORECASE
)
_PAPER = re.compile(
    r"agenda item|executive summary|\b(?:board|committee) is asked|for (?:assurance|decision|noting)$|"
    r"(?:report|paper|policy) (?:title|author|owner|number|statement|reference)|"
    r"purpose of (?:the|this) (?:report|paper|policy)|version control|document control|"
    r"(?:next )?review date|ratified|minutes of|apologies|^recommendations?$",
    re.IGNORECASE,
)
_SHEET = re.compile(r"(?:sheet|tab|form|return|template|response)?\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """What one form says: its answers in order, its particulars, and how many words of its own it has.

    `locator` says which of several in a file it is.
    """

    answers: tuple[Answer, ...] = ()
    organisation: str = ""
    date: str = ""
    title: str = ""
    locator: str = ""
    wording: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, "" where the question was left blank, with the form's heading and where it stands."""

    section: str
    question: str
    text: str
    location: str


def read(parsed: Parsed, *, rows_only: bool = False) -> tuple[Form, ...]:
    """The forms that a parsed file holds, none when it is something else; `rows_only`: one form a row."""
    if isinstance(parsed, Bundle):
        return ()
    if isinstance(parsed, Tables):
        rows = _sheet_rows(parsed.tables)
        return rows or (() if rows_only else _of_sheets(parsed.tables))
    return () if rows_only else _of_text(parsed)


def document(
    form: Form, source: Source, name: str, sha256: str, given: Mapping[str, str] | None = None
) -> RawDocument:
    """The form as one document whose text is its answers; `given` is what the parser gave for its lines."""
    parts: list[Span] = []
    sections: list[Span] = []
    locations: list[Span] = []
    texts: list[str] = []
    originals: list[Edit] = []
    at = 0
    for said in form.answers:
        if not said.text:
            continue
        end = at + len(said.text)
        parts.append((said.question, at, end))
        if said.section:
            sections.append((said.section, at, end))
        locations.append((said.location, at, end))
        originals += repairs.shifted(formoriginals.edits(said.text, given or {}), at)
        texts.append(said.text)
        at = end + 2
    return RawDocument(
        kind=source.kind,
        text="\n\n".join(texts),
        reference=f"{name}:{form.locator}" if form.locator else name,
        source=name,
        file_sha256=sha256,
        locator=form.locator,
        title=form.title,
        form=True,
        voice=source.voice or "unknown",
        may_quote=source.may_quote,
        organisation=source.organisation or form.organisation,
        date=form.date,
        document=source.document,
        parts=tuple(parts),
        sections=tuple(sections),
        locations=tuple(locations),
        blanks=tuple((said.section, said.question) for said in form.answers if not said.text),
        originals=tuple(originals),
    )


def _of_text(parsed: Text) -> tuple[Form, ...]:
    """The forms of a document: tables of one form a row, or what stands in it from end to end."""
    by_table: dict[int, list[Block]] = {}
    for block in parsed.blocks:
        if block.sort == "cell":
            by_table.setdefault(block.table, []).append(block)
    outside = sum(len(block.text.split()) for block in parsed.blocks if block.sort in ("paragraph", "item"))
    rows = [row for blocks in by_table.values() for row in formrows.read(formcells.of_blocks(blocks))]
    if rows and _is_form([said for row in rows for said in row], outside, is_paper=False, is_titled=False):
        return _numbered([_form(row, title=parsed.title) for row in rows], "form")
    opening = [block.text for block in parsed.blocks[:_OPENING]]
    is_titled = any(_FORM_TITLE.search(text) for text in (parsed.title, *opening[:2]))
    is_paper = _PAPER_TITLE.search(parsed.title) is not None
    is_paper = is_paper or any(_PAPER.search(line(text)) for text in opening if len(text.split()) <= _LEAST)
    is_paper = is_paper and not is_titled
    said = formlisten.to_text(
        parsed.blocks, parsed.title, labels=not is_paper and (is_titled or _names_body(parsed))
    )
    if not _is_form(said, 0, is_paper=is_paper, is_titled=is_titled):
        return ()
    return _numbered([_form(each, title=parsed.title) for each in _split(said)], "form")


def _names_body(parsed: Text) -> bool:
    """Whether a document begins with the name of the organisation that fills it in, under such a label."""
    opening = parsed.blocks[:_OPENING]
    return any(
        said.sort == "organisation" for block in opening for said in formtables.labelled_line(block.text)
    ) or any(particular(block.text) == "organisation" and block.sort == "cell" for block in opening)


def _sheet_rows(tables: Sequence[Table]) -> tuple[Form, ...]:
    """One form a row of any sheet, unless a column map knows the export."""
    forms = []
    for table in tables:
        if columns.fitting(table.header) is None:
            for row in formrows.read(formcells.of_sheet(table)):
                where = next(said.location for said in row if said.location)
                forms.append(replace(_form(row, title=table.sheet), locator=where))
    return tuple(forms)


def _of_sheets(tables: Sequence[Table]) -> tuple[Form, ...]:
    """One form a sheet where sheets name their own bodies or ask the same; else one form of all of them."""
    heard = [formlisten.to_sheet(table) for table in tables]
    together = [said for each in heard for said in each]
    names = " ".join(said.text for said in together if said.sort == "title")
    if not _is_form(together, 0, is_paper=False, is_titled=bool(_FORM_TITLE.search(names))):
        return ()
    wording = sum(said.sort in ("wording", "guidance", "section") for said in together)
    if not _apart(heard):
        whole = [
            form
            for table, said in zip(tables, heard, strict=True)
            for form in [_form(said, section=table.sheet)]
        ]
        first = next((form.title for form in whole if form.title), "")
        one = Form(
            answers=tuple(given for form in whole for given in form.answers),
            organisation=next((form.organisation for form in whole if form.organisation), ""),
            date=next((form.date for form in whole if form.date), ""),
            title=first,
            wording=wording,
        )
        return (one,)
    bodies = sorted({said.text for said in together if said.sort == "organisation"})
    forms = []
    for table, said in zip(tables, heard, strict=True):
        for form in map(_form, _split(said)):
            named = "" if _SHEET.fullmatch(table.sheet) else line(table.sheet)
            body = form.organisation or (bodies[0] if len(bodies) == 1 else named)
            if form.answers:
                forms.append(replace(form, organisation=body, locator=f"sheet {table.sheet}"))
    return tuple(forms)


def _apart(heard: Sequence[Sequence[Said]]) -> bool:
    """Whether sheets are forms of their own: several name a body, or ask the same questions."""
    asked = [{said.question for said in each if said.sort == "answer"} for each in heard]
    asked = [questions for questions in asked if questions]
    bodies = [{said.text for said in each if said.sort == "organisation"} for each in heard]
    same = any(
        len(one & other) > 1 and 2 * len(one & other) >= min(len(one), len(other))
        for at, one in enumerate(asked)
        for other in asked[at + 1 :]
    )
    return len(asked) > 1 and (sum(map(bool, bodies)) > 1 or same)


def _split(said: Iterable[Said]) -> list[list[Said]]:
    """One form after another: a new one begins where its title comes again, or another body is named."""
    forms: list[list[Said]] = [[]]
    for each in said:
        answered = any(known.sort == "answer" for known in forms[-1])
        known = {(k.sort, k.text) for k in forms[-1] if k.sort in ("title", "organisation")}
        again = each.sort == "title" and ("title", each.text) in known
        other = each.sort == "organisation" and (each.sort, each.text) not in known
        other = other and any(sort == "organisation" for sort, _ in known)
        if answered and (again or other):
            forms.append([])
        forms[-1].append(each)
    return forms


def _numbered(forms: Sequence[Form], word: str) -> tuple[Form, ...]:
    """The forms with answers; several get numbers, so that each can be told."""
    kept = [form for form in forms if form.answers]
    if len(kept) < 2:
        return tuple(kept)
    return tuple(replace(form, locator=f"{word} {number}") for number, form in enumerate(kept, 1))


def _form(said: Iterable[Said], *, title: str = "", section: str = "") -> Form:
    """One form of what it says."""
    answers: list[Answer] = []
    organisation, date, wording = "", "", 0
    for each in said:
        if each.sort == "answer":
            answers.append(Answer(section, each.question, each.text, each.location))
        elif each.sort == "organisation":
            organisation = organisation or each.text
        elif each.sort == "date":
            date = date or dates.iso(each.text)
        elif each.sort == "section":
            section = each.text
        elif each.sort == "title":
            title = title or each.text
        wording += each.sort not in ("organisation", "date")  # of an answer its question
    return Form(tuple(answers), organisation, date, title, wording=wording)


def _is_form(said: Sequence[Said], outside: int, *, is_paper: bool, is_titled: bool) -> bool:
    """Whether this is a form at all, and not a report or policy with questions or labels in some table."""
    answers = [each for each in said if each.sort == "answer"]
    number = len(answers)
    if not number:
        return False
    words = max(sum(len(each.text.split()) for each in answers), _LEAST)
    blank = sum(not each.text for each in answers)
    sure = sum(each.sure for each in answers)
    first = next(at for at, each in enumerate(said) if each.sort == "answer")
    lengths = [len(each.text.split()) if each.sort == "prose" else 0 for each in said]
    early, late = outside + sum(lengths[:first]), sum(lengths[first:])
    guided = sum(len(each.text.split()) for each in said if each.sort == "guidance")
    said_so = sum(each.sort == "guidance" for each in said) > 1 or any(e.sort == "organisation" for e in said)
    tables = [each for each in answers if each.location.startswith(_IN_TABLES)]
    if is_paper or not (said_so or is_titled):
        sure_tables = sum(each.sure for each in tables)
        most = words // 4 if sure_tables >= _CLEARLY and not is_paper else _STRAY
        return sure > 0 and early + late + guided <= most
    if 2 * sure < number:  # labels: what they head may be any table, and lines may be headings
        if not said_so or 2 * len(tables) < number:
            return number > 1 and early + late <= _STRAY_UNDER_TITLE
        return number > 1 and early <= max(3 * _LEAST, words) and 3 * late <= max(3 * _LEAST, words)
    prose = early + late + guided
    if not said_so:
        return prose <= words
    many = (number >= _CLEARLY or 3 * blank >= number) and prose <= _WORDS_A_QUESTION * number
    return (prose <= _PROSE_SHARE * words or many) and late <= max(words, _LEAST * number)
