"""Layouts that completed forms come in, each made with invented words: documents and workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from thememiner_evaluation.forms_made import GUIDANCE, OPENING, Words

Rows = Sequence[Sequence[str]]


def saved(thing: Any) -> bytes:
    """The bytes of a document or workbook."""
    buffer = io.BytesIO()
    thing.save(buffer)
    return buffer.getvalue()


def begun(
    words: Words, *, body: bool = True, title: str = "Review of community care: provider return"
) -> Any:
    """A document with a form's title, opening and particulars."""
    import docx

    document = docx.Document()
    document.add_heading(words.own(title), 0)
    for text in OPENING:
        document.add_paragraph(words.own(text))
    if body:
        table(
            document,
            [
                ["Organisation", words.next_body()],
                ["Completed by (role)", "Deputy lead"],
                ["Date", "4 March 2025"],
            ],
        )
    return document


def table(document: Any, rows: Rows, *, bold: Sequence[int] = (), head: bool = False) -> Any:
    """A table; the columns in `bold` are, and with `head` the first row."""
    made = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = made.cell(at, column)
            cell.text = text
            if column in bold or (head and at == 0):
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        run.bold = True
    return made


def header_table(words: Words) -> bytes:
    """Question and response under a header, by sections."""
    document = begun(words)
    for section in ("Section A: Access", "Section B: Safety"):
        document.add_heading(words.own(section), 1)
        rows = [["No.", "Question", "Response"]]
        rows += [[str(at), q, words.answer(q)] for at, q in enumerate(words.questions(4), 1)]
        table(document, rows, head=True)
    return saved(document)


def label_table_bold(words: Words) -> bytes:
    """Bold labels beside answers, no header."""
    document = begun(words)
    table(document, [[label, words.answer(label)] for label in words.labels(6)], bold=[0])
    return saved(document)


def label_table_plain(words: Words) -> bytes:
    """Plain numbered labels beside answers, no header."""
    document = begun(words)
    labels = words.labels(6)
    table(
        document,
        [[f"{at}. {text}", words.answer(f"{at}. {text}", long=True)] for at, text in enumerate(labels, 1)],
    )
    return saved(document)


def area_response_evidence(words: Words) -> bytes:
    """Labels under a header of three columns; only the response can be blank."""
    document = begun(words)
    rows = [["Area", "Your response (max 300 words)", "Evidence"]]
    for label in words.labels(6):
        response = words.answer(label)
        rows.append([label, response, words.give(words.said()) if words.rng.random() < 0.5 else ""])
    table(document, rows, head=True)
    return saved(document)


def bold_questions(words: Words) -> bytes:
    """Bold numbered questions, guidance in italics, answers as paragraphs."""
    document = begun(words)
    for at, question in enumerate(words.questions(5), 1):
        text = f"{at}. {question}"
        document.add_paragraph().add_run(text).bold = True
        document.add_paragraph().add_run(words.own(words.rng.choice(GUIDANCE))).italic = True
        for part in words.answer(text, traps=False).split("\n"):
            document.add_paragraph(part)
        if words.rng.random() < 0.3 and (words.body, text) not in words.made.blanks:
            document.add_paragraph(words.give(words.said()))
    document.add_paragraph(words.own("Thank you for completing this form."))
    return saved(document)


def heading_questions(words: Words) -> bytes:
    """Questions as headings under the headings of sections."""
    document = begun(words)
    for section in ("Part 1 Governance", "Part 2 Partners"):
        document.add_heading(words.own(section), 1)
        for question in words.questions(3):
            document.add_heading(question, 2)
            document.add_paragraph(words.answer(question))
    return saved(document)


def plain_questions(words: Words) -> bytes:
    """Questions that are paragraphs like any other."""
    document = begun(words)
    topics = words.rng.sample(("rota", "referral", "review", "escalation", "training"), 4)
    for topic in topics:
        question = words.own(f"How is the {topic} kept up to date?")
        document.add_paragraph(question)
        document.add_paragraph(words.answer(question, traps=False))
    return saved(document)


def label_headings(words: Words) -> bytes:
    """Headings that are labels, with limits of words, and answers as paragraphs."""
    document = begun(words, title="Community care self-assessment return")
    for label in words.labels(5):
        document.add_heading(label, 2)
        document.add_paragraph(words.own("(max 250 words)"))
        document.add_paragraph(words.answer(label, traps=False))
    return saved(document)


def boxes_below(words: Words) -> bytes:
    """Questions and labels, each with a box of one cell below."""
    document = begun(words)
    for question in [*words.questions(3), *words.labels(3)]:
        document.add_paragraph().add_run(question).bold = True
        table(document, [[words.answer(question)]])
    return saved(document)


def tick_columns(words: Words) -> bytes:
    """Yes, partly and no as columns to tick, and comments."""
    document = begun(words)
    rows = [["Standard", "Yes", "Partly", "No", "Comments"]]
    for label in words.labels(6):
        chosen = words.rng.randrange(4)
        marks = [
            words.rng.choice("xX✓☒") if at == chosen else words.rng.choice(("", "", "☐")) for at in range(3)
        ]
        comment = words.give(words.said()) if words.rng.random() < 0.4 else ""
        if chosen < 3:
            words.give(rows[0][chosen + 1])
        elif not comment:
            words.made.blanks.append((words.body, label))
        rows.append([label, *marks, comment])
    table(document, rows, head=True)
    return saved(document)


def maturity(words: Words) -> bytes:
    """Levels under a heading merged over them."""
    document = begun(words)
    rows = [
        ["Domain", "Maturity", "", "", "", "Your evidence"],
        ["", "1 Starting", "2 Emerging", "3 Established", "4 Leading", ""],
    ]
    for label in words.labels(5):
        level = words.rng.randrange(4)
        rows.append([label, *("X" if at == level else "" for at in range(4)), words.give(words.said())])
        words.give(rows[1][level + 1])
    made = table(document, rows, head=True)
    made.cell(0, 1).merge(made.cell(0, 4))
    made.cell(0, 0).merge(made.cell(1, 0))
    made.cell(0, 5).merge(made.cell(1, 5))
    return saved(document)


def check_boxes(words: Words) -> bytes:
    """Boxes in a cell, and a cell for more."""
    document = begun(words)
    rows = [["Question", "Answer", "Further details"]]
    for question in words.questions(5):
        chosen = words.rng.choice(("Yes", "No", ""))
        signs = ["☒" if option == chosen else "☐" for option in ("Yes", "No")]
        further = words.give(words.said()) if words.rng.random() < 0.5 else ""
        if chosen:
            words.give(chosen)
        else:
            words.made.blanks.append((words.body, question))
        after = words.rng.random() < 0.5
        rows.append(
            [
                question,
                f"Yes {signs[0]} No {signs[1]}" if after else f"{signs[0]} Yes  {signs[1]} No",
                further,
            ]
        )
    table(document, rows, head=True)
    return saved(document)


def controls(words: Words) -> bytes:
    """Content controls: what is chosen of a drop-down, or what holds the place of an answer."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = begun(words)
    labels = words.labels(5)
    made = table(document, [[label, ""] for label in labels], bold=[0])
    for at, label in enumerate(labels):
        chosen = words.rng.choice(("Fully in place", "In train", ""))
        shown = chosen or words.own("Pick one of these levels")
        holds = "" if chosen else "<w:showingPlcHdr/>"
        run = f"<w:r><w:t>{shown}</w:t></w:r>"
        control = (
            f"<w:sdt {nsdecls('w')}><w:sdtPr>{holds}<w:dropDownList/></w:sdtPr>"
            f"<w:sdtContent>{run}</w:sdtContent></w:sdt>"
        )
        made.cell(at, 1).paragraphs[0]._p.append(parse_xml(control))  # noqa: SLF001
        if chosen:
            words.give(chosen)
        else:
            words.made.blanks.append((words.body, label))
    return saved(document)


def merged_questions(words: Words) -> bytes:
    """Questions merged over two or three rows of answers."""
    document = begun(words)
    rows, merges = [["Ref", "Key line of enquiry", "Provider response"]], []
    for at, question in enumerate(words.questions(4), 1):
        number = words.rng.randint(1, 3)
        merges.append((len(rows), len(rows) + number - 1))
        rows += [
            [f"{at}.1" if not n else "", question if not n else "", words.give(words.said())]
            for n in range(number)
        ]
    made = table(document, rows, head=True)
    for first, last in merges:
        for column in (0, 1):
            made.cell(first, column).merge(made.cell(last, column))
    return saved(document)


def continued_rows(words: Words) -> bytes:
    """Answers that go on in rows whose question is blank."""
    document = begun(words)
    rows = []
    for label in words.labels(5):
        rows.append([label, words.give(words.said())])
        rows += [["", words.give(words.said())] for _ in range(words.rng.randint(0, 2))]
    table(document, rows, bold=[0])
    return saved(document)


def full_width(words: Words) -> bytes:
    """Questions in one column, each with its answer in the rows below."""
    document = begun(words)
    rows = []
    for question in words.questions(5):
        rows += [[question], [words.answer(question)]]
    table(document, rows)
    return saved(document)


def same_cell(words: Words) -> bytes:
    """Boxes that hold a question and under it the answer."""
    document = begun(words)
    for question in words.questions(4):
        table(document, [[f"{question}\n{words.give(words.said())}"]])
        document.add_paragraph("")
    return saved(document)


def several_in_one(words: Words) -> bytes:
    """Three forms one after another in one document."""
    document = begun(words, body=False)
    questions = words.questions(4)
    for number in range(3):
        if number:
            document.add_heading("Review of community care: provider return", 0)
        table(document, [["Name of organisation", words.next_body()], ["Date completed", "4 March 2025"]])
        document.add_heading(words.own("Section A: Access"), 1)
        rows = [["Question", "Answer"], *([q, words.answer(q)] for q in questions)]
        table(document, rows, head=True)
    return saved(document)


def side_by_side(words: Words) -> bytes:
    """Two questions a row, each with its answer at its right."""
    document = begun(words)
    one, two, three, four = (
        words.own(f"How many {what} do you have?") for what in ("beds", "nurses", "cars", "bases")
    )
    rows = [
        [q, words.answer(q, blank=0, traps=False), r, words.answer(r, blank=0, traps=False)]
        for q, r in ((one, two), (three, four))
    ]
    table(document, rows)
    return saved(document)


def domains_and_guidance(words: Words) -> bytes:
    """Domains merged beside their questions, and a column of guidance."""
    document = begun(words)
    rows = [["Domain", "Question", "Guidance", "Response"]]
    questions = words.questions(4)
    for at, question in enumerate(questions):
        domain = words.own(("Safety", "Partnership")[at // 2]) if at % 2 == 0 else ""
        rows.append(
            [
                domain,
                question,
                words.own(f"Think of {at + 3} different settings and of nights."),
                words.answer(question),
            ]
        )
    made = table(document, rows, head=True)
    made.cell(1, 0).merge(made.cell(2, 0))
    made.cell(3, 0).merge(made.cell(4, 0))
    words.made.own = [text for text in words.made.own if text not in ("Safety", "Partnership")]
    return saved(document)


def row_table(words: Words) -> bytes:
    """A document with a table of one form a row."""
    import docx

    document = docx.Document()
    document.add_heading(words.own("Survey of providers"), 0)
    table(document, _rows(words, 3), head=True)
    return saved(document)


def _rows(words: Words, number: int) -> list[list[str]]:
    questions = words.questions(4)
    rows = [["ID", "Completion time", "Name of organisation", "Email", *questions]]
    for at in range(number):
        body = words.next_body()
        rows.append(
            [
                str(at + 1),
                "2025-03-04",
                body,
                "box@example.org",
                *(words.answer(q, blank=0.25) for q in questions),
            ]
        )
    return rows


def book(sheets: Mapping[str, Rows], merges: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets; `merges` are ranges of the first."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([text or None for text in row])
    for merge in merges:
        made.worksheets[0].merge_cells(merge)
    return saved(made)


def sheet_form(words: Words) -> bytes:
    """A workbook with a title, sections and questions."""
    rows = [[words.own("Community care template")], ["Trust name", words.next_body()], [""]]
    rows += [["Ref", "Requirement", "Provider response", "RAG"]]
    for at, question in enumerate(words.questions(6)):
        if at % 3 == 0:
            rows.append([words.own(("Access to care", "Keeping in touch")[at // 3])])
        rows.append([f"{at + 1}.", question, words.answer(question), words.rng.choice(("", "Amber"))])
    return book({"Return": rows})


def sheet_labels(words: Words) -> bytes:
    """A workbook of labels and answers without a header."""
    rows = [[words.own("Self-assessment template")], ["Organisation", words.next_body()]]
    rows += [[label, words.answer(label, long=True)] for label in words.labels(7)]
    return book({"Sheet1": rows})


def sheet_each(words: Words) -> bytes:
    """One form a sheet."""
    questions, labels = words.questions(3), words.labels(2)
    sheets = {}
    for number in range(3):
        rows = [[words.own("Provider return")], ["Organisation:", words.next_body()], ["Question", "Answer"]]
        rows += [[asked, words.answer(asked)] for asked in [*questions, *labels]]
        sheets[f"Form {number + 1}"] = rows
    return book(sheets)


def sheet_rows(words: Words) -> bytes:
    """One form a row of a sheet."""
    return book({"Responses": _rows(words, 5)})


def csv_rows(words: Words) -> bytes:
    """One form a row of a CSV."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(_rows(words, 5))
    return buffer.getvalue().encode()


LAYOUTS: dict[str, Callable[[Words], bytes]] = {
    f"{make.__name__}{suffix}": make
    for suffix, makes in {
        ".docx": (
            header_table, label_table_bold, label_table_plain, area_response_evidence, bold_questions,
            heading_questions, plain_questions, label_headings, boxes_below, tick_columns, maturity,
            check_boxes, controls, merged_questions, continued_rows, full_width, same_cell,
            several_in_one, side_by_side, domains_and_guidance, row_table,
        ),
        ".xlsx": (sheet_form, sheet_labels, sheet_each, sheet_rows),
        ".csv": (csv_rows,),
    }.items()
    for make in makes
}  # fmt: skip
