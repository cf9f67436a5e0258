"""The layouts that completed forms come in. All texts are invented."""

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from thememiner.reading import boxes, formheadings, formlisten, forms, read
from thememiner.reading.parsed import Block, Table, Tables, Text
from thememiner.records import Source
from thememiner_evaluation import forms_read

LONG = "The coast team rings each family on the day and writes down what was said."
OTHER = "Two nurses hold the list, and the matron reads it out every Friday morning."


def found(path, **chosen):
    return read([Source(path, **{"kind": "account", **chosen})]).documents


def pairs(document):
    return [(question, document.text[start:end]) for question, start, end in document.parts]


def begun(title="Review of winter care: return", organisation="Northmoor Trust"):
    document = docx.Document()
    document.add_heading(title, 0)
    document.add_paragraph("Please complete every part of this form.")
    if organisation:
        table(document, [["Organisation", organisation], ["Completed by (role)", "Deputy matron"]])
    return document


def table(document, rows, bold=(), head=False):
    made = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = made.cell(at, column)
            cell.text = text
            if column in bold or (head and not at):
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        run.bold = True
    return made


def one(document, tmp_path):
    document.save(tmp_path / "a.docx")
    (got,) = found(tmp_path / "a.docx")
    return got


def book(path, **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    made.save(path)
    return found(path)


# Tables


def test_bold_labels_beside_answers_are_questions(tmp_path):
    document = begun()
    rows = [
        ["Capacity to step up", "Yes."],
        ["Family involvement", ""],
        ["Night cover", "tbc"],
        ["Estates", "None."],
    ]
    table(document, rows, bold=[0])
    got = one(document, tmp_path)
    assert got.form
    assert pairs(got) == [("Capacity to step up", "Yes."), ("Estates", "None.")]
    assert [question for _, question in got.blanks] == ["Family involvement", "Night cover"]
    assert got.organisation == "Northmoor Trust"


def test_shaded_labels_are_as_good_as_bold_ones(tmp_path):
    document = begun()
    made = table(document, [["Capacity", "Enough."], ["Night cover", ""]])
    for at in range(2):
        about = made.cell(at, 0)._tc.get_or_add_tcPr()
        about.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="D9D9D9"/>'))
    got = one(document, tmp_path)
    assert (pairs(got), got.blanks) == ([("Capacity", "Enough.")], (("", "Night cover"),))


def test_plain_labels_are_told_by_the_free_text_beside_them(tmp_path):
    document = begun()
    table(document, [["1. Capacity", LONG], ["2. Night cover", ""], ["3. Estates", OTHER]])
    got = one(document, tmp_path)
    assert pairs(got) == [("1. Capacity", LONG), ("3. Estates", OTHER)]
    assert got.blanks == (("", "2. Night cover"),)


def test_what_a_table_of_particulars_asks_beside_them_is_an_answer(tmp_path):
    document = docx.Document()
    document.add_heading("Winter care return", 0)
    rows = [
        ["Name of trust", "Northmoor Trust"],
        ["Date", "4 May 2024"],
        ["Number of teams", "Twelve"],
        ["Lead officer", "J Bloggs"],
    ]
    table(document, rows)
    table(document, [["Question", "Response"], ["How is it done?", LONG]], head=True)
    got = one(document, tmp_path)
    assert got.text == f"Twelve\n\n{LONG}"
    assert (got.organisation, got.date) == ("Northmoor Trust", "2024-05-04")


def test_who_signs_a_form_is_no_answer(tmp_path):
    document = begun()
    table(document, [["Beds", "Nine"], ["Cars", "Two"]], bold=[0])
    document.add_paragraph("")
    table(
        document,
        [["Name", "Role", "Date"], ["J Bloggs", "Matron", "4 May 2024"], ["K Bloggs", "Lead", "5 May 2024"]],
    )
    assert one(document, tmp_path).text == "Nine\n\nTwo"


def test_a_template_with_more_prose_than_answers_keeps_its_prose(tmp_path):
    document = docx.Document()
    document.add_heading("Use of vans: template", 0)
    for heading in ("Purpose", "Why", "Who"):
        document.add_heading(heading, 1)
        document.add_paragraph(f"{LONG} {OTHER}")
    table(
        document,
        [["Stage", "Driver", "Depot reply"], ["Dawn", "Rings", "Lends"], ["Dusk", "Parks", "Counts"]],
        head=True,
    )
    got = one(document, tmp_path)
    assert OTHER in got.text


def test_labels_under_a_header_of_three_columns(tmp_path):
    document = begun()
    rows = [
        ["Area", "Your response (max 300 words)", "Evidence"],
        ["Estates", LONG, ""],
        ["Night cover", "", ""],
        ["Access", "", "Audit"],
    ]
    table(document, rows, head=True)
    got = one(document, tmp_path)
    assert pairs(got) == [("Estates", LONG), ("Access – Evidence", "Audit")]
    assert [question for _, question in got.blanks] == ["Night cover", "Access"]


def test_an_answer_that_speaks_of_a_response_is_no_header(tmp_path):
    document = begun()
    table(
        document,
        [["Area", "Response"], ["Access", LONG], ["Estates", "See response above"], ["Cover", "None."]],
    )
    got = one(document, tmp_path)
    assert pairs(got) == [("Access", LONG), ("Estates", "See response above"), ("Cover", "None.")]


def test_answers_go_on_where_the_place_for_the_question_is_blank(tmp_path):
    document = begun()
    table(document, [["Estates", LONG], ["", OTHER], ["", "And more."], ["Night cover", ""]], bold=[0])
    got = one(document, tmp_path)
    assert pairs(got) == [("Estates", LONG), ("Estates", OTHER), ("Estates", "And more.")]
    assert got.blanks == (("", "Night cover"),)


def test_a_question_whose_first_row_is_blank_is_answered_by_its_second(tmp_path):
    document = begun()
    made = table(document, [["Question", "Response"], ["How is it done?", ""], ["", LONG]], head=True)
    made.cell(1, 0).merge(made.cell(2, 0))
    got = one(document, tmp_path)
    assert (pairs(got), got.blanks) == ([("How is it done?", LONG)], ())


def test_ticks_in_columns_give_the_heading_of_the_column(tmp_path):
    document = begun()
    rows = [
        ["Standard", "Yes", "Partly", "No", "Comments"],
        ["Rota", "✓", "", "", ""],
        ["Beds", "", "x since May", "", LONG],
        ["Cars", "", "", "☒", ""],
        ["Bases", "☐", "☐", "☐", ""],
        ["Phones", "", "", "", OTHER],
    ]
    table(document, rows, head=True)
    got = one(document, tmp_path)
    assert pairs(got) == [
        ("Rota", "Yes"),
        ("Beds", "Partly\nsince May"),
        ("Beds – Comments", LONG),
        ("Cars", "No"),
        ("Phones – Comments", OTHER),
    ]
    assert [question for _, question in got.blanks] == ["Bases"]


def test_levels_under_a_merged_heading(tmp_path):
    document = begun()
    rows = [
        ["Domain", "Maturity", "", "", "Your evidence"],
        ["", "1", "2", "3", ""],
        ["Beds", "", "X", "", LONG],
        ["Cars", "", "", "", ""],
    ]
    made = table(document, rows, head=True)
    made.cell(0, 1).merge(made.cell(0, 3))
    made.cell(0, 0).merge(made.cell(1, 0))
    made.cell(0, 4).merge(made.cell(1, 4))
    got = one(document, tmp_path)
    assert pairs(got) == [("Beds", "2"), ("Beds – Your evidence", LONG)]
    assert [question for _, question in got.blanks][:1] == ["Cars"]


def test_what_levels_mean_is_the_forms_and_only_the_marked_one_is_said(tmp_path):
    document = begun()
    rows = [
        ["Domain", "Level 1", "Level 2", "Rationale"],
        ["Beds", "Beds are counted by hand", "☒ Beds are counted by the hour", LONG],
        ["Cars", "☒ Cars are shared", "Cars are kept for the team", ""],
    ]
    table(document, rows, head=True)
    got = one(document, tmp_path)
    assert pairs(got) == [("Beds", "Level 2"), ("Beds – Rationale", LONG), ("Cars", "Level 1")]


def test_a_column_of_guidance_is_the_forms_and_one_of_domains_a_heading(tmp_path):
    document = begun()
    rows = [
        ["Domain", "Question", "Guidance", "Response"],
        ["Safety", "How is it done?", "Think of nights", LONG],
        ["", "Who does it?", "Name roles", ""],
    ]
    made = table(document, rows, head=True)
    made.cell(1, 0).merge(made.cell(2, 0))
    got = one(document, tmp_path)
    assert (pairs(got), got.blanks) == ([("How is it done?", LONG)], (("Safety", "Who does it?"),))
    assert [section for section, _, _ in got.sections] == ["Safety"]


def test_questions_over_the_whole_width_have_their_answers_below(tmp_path):
    document = begun()
    rows = [
        ["What would help?"],
        [LONG],
        ["1. We would ask for beds and for the two cars that we lost"],
        ["Who decides?"],
        [""],
        ["When?"],
        ["May."],
    ]
    table(document, rows)
    got = one(document, tmp_path)
    assert pairs(got) == [("What would help?", LONG), ("What would help?", rows[2][0]), ("When?", "May.")]
    assert got.blanks == (("", "Who decides?"),)


def test_a_box_may_hold_the_question_and_its_answer(tmp_path):
    document = begun()
    table(document, [[f"How is it done?\n{LONG}"]])
    document.add_paragraph("")
    table(document, [["Who decides?\n(max 100 words)"]])
    document.add_paragraph("")
    table(document, [[f"Who pays?\n{OTHER}"]])
    got = one(document, tmp_path)
    assert pairs(got) == [("How is it done?", LONG), ("Who pays?", OTHER)]
    assert len(got.blanks) == 1


def test_questions_side_by_side_and_questions_over_their_answers(tmp_path):
    document = begun()
    table(
        document,
        [
            ["How many beds?", "Nine", "How many cars?", "Two"],
            ["How many bases?", "", "How many phones?", "Six"],
        ],
    )
    document.add_paragraph("")
    table(document, [["Who leads?", "Who pays?"], ["The matron", "The council"]])
    got = one(document, tmp_path)
    assert pairs(got) == [
        ("How many beds?", "Nine"),
        ("How many cars?", "Two"),
        ("How many phones?", "Six"),
        ("Who leads?", "The matron"),
        ("Who pays?", "The council"),
    ]
    assert got.blanks == (("", "How many bases?"),)


def test_guidance_in_a_place_to_answer_is_the_forms(tmp_path):
    document = begun()
    rows = [
        ["Question", "Response"],
        ["How is it done?", f"Please describe this in 200 words\n{LONG}"],
        ["Who does it?", "(max 200 words)"],
    ]
    made = table(document, rows, head=True)
    made.cell(1, 1).add_paragraph("Please see the audit.")
    cell = made.add_row().cells
    cell[0].text = "Who pays?"
    cell[1].paragraphs[0].add_run("Consider winter and summer.").italic = True
    cell[1].add_paragraph(OTHER)
    got = one(document, tmp_path)
    assert pairs(got) == [("How is it done?", f"{LONG}\nPlease see the audit."), ("Who pays?", OTHER)]
    assert got.blanks == (("", "Who does it?"),)


def test_what_is_chosen_of_a_list_is_the_answer_and_what_holds_its_place_is_none(tmp_path):
    document = begun()
    made = table(document, [["Beds", ""], ["Cars", ""], ["Bases", ""], ["Phones", ""]], bold=[0])
    word = nsdecls("w")

    def control(shown, holds=""):
        about = f"<w:sdtPr>{holds}<w:dropDownList/></w:sdtPr>"
        return f"<w:sdt {word}>{about}<w:sdtContent>{shown}</w:sdtContent></w:sdt>"

    run = "<w:r><w:t>{}</w:t></w:r>"
    holding = "<w:showingPlcHdr/>"
    made.cell(0, 1).paragraphs[0]._p.append(parse_xml(control(run.format("Enough"))))
    made.cell(1, 1).paragraphs[0]._p.append(parse_xml(control(run.format("Pick a level"), holding)))
    block = f"<w:p>{run.format('Say it here')}</w:p>"
    made.cell(2, 1)._tc.insert(1, parse_xml(control(block, holding)))
    old = (
        f"<w:r {word}><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>"
        "<w:listEntry w:val='None'/><w:listEntry w:val='Some'/></w:ddList></w:ffData></w:fldChar></w:r>"
    )
    made.cell(3, 1).paragraphs[0]._p.append(parse_xml(old))
    got = one(document, tmp_path)
    assert pairs(got) == [("Beds", "Enough"), ("Phones", "Some")]
    assert [question for _, question in got.blanks] == ["Cars", "Bases"]


def test_a_cell_inside_a_control_that_holds_its_place_is_blank(tmp_path):
    document = begun()
    made = table(document, [["Beds", "Write here what you have"], ["Cars", "Two."]], bold=[0])
    cell = made.cell(0, 1)._tc
    row = cell.getparent()
    held = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent/></w:sdt>")
    row.replace(cell, held)
    held[1].append(cell)
    got = one(document, tmp_path)
    assert (got.text, got.blanks) == ("Two.", (("", "Beds"),))


# Paragraphs


def test_answers_that_are_paragraphs_follow_their_question(tmp_path):
    document = begun()
    document.add_heading("Part 1 Access", 1)
    for question, answers in (
        ("1. How is it done?", [LONG, OTHER]),
        ("2. Who pays?", []),
        ("3. Joint working", [OTHER]),
    ):
        document.add_paragraph().add_run(question).bold = True
        document.add_paragraph().add_run("Include figures where known.").italic = True
        for text in answers:
            document.add_paragraph(text)
    document.add_paragraph("Thank you for completing this form.")
    document.add_paragraph("Signed: J Bloggs")
    got = one(document, tmp_path)
    assert pairs(got) == [("1. How is it done?", f"{LONG}\n\n{OTHER}"), ("3. Joint working", OTHER)]
    assert got.blanks == (("Part 1 Access", "2. Who pays?"),)


def test_an_answer_may_hold_a_list_a_table_and_headings_of_its_own(tmp_path):
    document = begun()
    for question in ("How is it done?", "Who pays?"):
        document.add_heading(question, 2)
        document.add_heading("In the north", 3)
        document.add_paragraph(LONG)
        document.add_paragraph("beds", style="List Bullet")
        document.add_paragraph("cars", style="List Bullet")
        table(document, [["North", "Nine beds"], ["South", "Two beds"]])
    got = one(document, tmp_path)
    text = f"In the north\n\n{LONG}\n\nbeds\ncars\n\nNorth\nNine beds\nSouth\nTwo beds"
    assert pairs(got) == [("How is it done?", text), ("Who pays?", text)]


def test_labels_with_boxes_and_headings_of_a_return_are_questions(tmp_path):
    document = begun()
    for label, text in (("Night cover", LONG), ("Estates", "")):
        document.add_heading(label, 2)
        document.add_paragraph("(max 250 words)")
        table(document, [[text]])
    got = one(document, tmp_path)
    assert (pairs(got), [question for _, question in got.blanks]) == ([("Night cover", LONG)], ["Estates"])
    document = begun("Winter self-assessment")
    for label, text in (("Night cover", LONG), ("Estates", ""), ("Cars", OTHER)):
        document.add_heading(label, 2)
        document.add_paragraph("(max 250 words)")
        document.add_paragraph(text)
    got = one(document, tmp_path)
    assert pairs(got) == [("Night cover", LONG), ("Cars", OTHER)]
    assert [question for _, question in got.blanks] == ["Estates"]


# Several forms in a file


def rows_of(text):
    return [["Question", "Answer"], ["How is it done?", text], ["Who pays?", ""]]


def test_forms_one_after_another_in_a_document(tmp_path):
    document = docx.Document()
    for body, text in (("Northmoor Trust", LONG), ("Southfield CIC", OTHER), ("Southfield CIC", "Third.")):
        document.add_heading("Winter return", 0)
        table(document, [["Organisation", body]])
        table(document, rows_of(text), head=True)
    document.save(tmp_path / "a.docx")
    got = found(tmp_path / "a.docx")
    assert [(d.organisation, d.text, d.locator) for d in got] == [
        ("Northmoor Trust", LONG, "form 1"),
        ("Southfield CIC", OTHER, "form 2"),
        ("Southfield CIC", "Third.", "form 3"),
    ]
    assert [d.blanks for d in got] == [(("", "Who pays?"),)] * 3
    assert len({d.reference for d in got}) == 3


def test_forms_headed_by_the_name_of_each_body(tmp_path):
    document = docx.Document()
    for body, text in (("Northmoor NHS Foundation Trust", LONG), ("Southfield Council", OTHER)):
        document.add_heading(body, 1)
        table(document, rows_of(text), head=True)
    document.save(tmp_path / "a.docx")
    got = found(tmp_path / "a.docx")
    assert [(d.organisation, d.text) for d in got] == [
        ("Northmoor NHS Foundation Trust", LONG),
        ("Southfield Council", OTHER),
    ]


def test_one_form_a_sheet(tmp_path):
    asked = [["Question", "Answer"], ["How is it done?", LONG], ["Estates", None], ["Cars", "Two"]]
    got = book(
        tmp_path / "a.xlsx",
        Guide=[["How to use this book"]],
        A=[["Organisation", "Northmoor Trust"], *asked],
        B=[["Organisation", "Southfield CIC"], *asked],
    )
    assert [(d.organisation, d.locator, d.blanks) for d in got] == [
        ("Northmoor Trust", "sheet A", (("", "Estates"),)),
        ("Southfield CIC", "sheet B", (("", "Estates"),)),
    ]
    assert got[0].text == f"{LONG}\n\nTwo"


def test_sheets_named_after_bodies_that_ask_the_same(tmp_path):
    got = book(tmp_path / "a.xlsx", Northmoor=rows_of(LONG), Southfield=rows_of(OTHER))
    assert [(d.organisation, d.text) for d in got] == [("Northmoor", LONG), ("Southfield", OTHER)]


def test_sheets_that_ask_other_things_are_one_form(tmp_path):
    more = [["Question", "Answer"], ["Where are the beds?", OTHER]]
    (got,) = book(
        tmp_path / "a.xlsx", About=[["Organisation", "Northmoor Trust"]], One=rows_of(LONG), Two=more
    )
    assert (got.organisation, got.text) == ("Northmoor Trust", f"{LONG}\n\n{OTHER}")
    assert [section for section, _, _ in got.sections] == ["One", "Two"]


SURVEY = [
    [
        "ID",
        "Completion time",
        "Name of organisation",
        "Email",
        "How is it done?",
        "Please describe your cars",
        "Estates",
    ],
    ["1", "2024-05-04", "Northmoor Trust", "a@example.org", LONG, "Two", None],
    ["2", "2024-05-05", "Southfield CIC", "b@example.org", None, "n/a", OTHER],
    [None, None, "Westerdale Trust", None, None, None, None],
]


def test_one_form_a_row(tmp_path):
    got = book(tmp_path / "a.xlsx", Answers=[["Survey of May"], *SURVEY])
    assert [(d.organisation, d.date, d.text) for d in got] == [
        ("Northmoor Trust", "2024-05-04", f"{LONG}\n\nTwo"),
        ("Southfield CIC", "2024-05-05", f"n/a\n\n{OTHER}"),
        ("Westerdale Trust", "", ""),
    ]
    assert [len(d.blanks) for d in got] == [1, 1, 3]
    assert got[1].locator == "sheet Answers, row 4"
    assert not any("example.org" in d.text for d in got)


def test_one_form_a_row_in_a_csv_or_a_document_but_not_with_a_text_column(tmp_path):
    lines = [";".join(cell or "" for cell in row) for row in SURVEY]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    assert [d.organisation for d in found(tmp_path / "a.csv")] == [
        "Northmoor Trust",
        "Southfield CIC",
        "Westerdale Trust",
    ]
    got = found(tmp_path / "a.csv", text=("Please describe your cars",))
    assert [(d.form, d.text) for d in got] == [(False, "Two")]  # "n/a" is no answer, and is counted
    assert not any(d.form for d in found(tmp_path / "a.csv", kind="policy"))
    document = docx.Document()
    table(document, [[cell or "" for cell in row] for row in SURVEY], head=True)
    document.save(tmp_path / "a.docx")
    assert [d.text for d in found(tmp_path / "a.docx")][:2] == [f"{LONG}\n\nTwo", f"n/a\n\n{OTHER}"]


def test_a_table_without_questions_for_headings_is_not_one_form_a_row(tmp_path):
    rows = [
        ["Organisation", "Beds", "Cars"],
        ["Northmoor Trust", LONG, "Two"],
        ["Southfield CIC", OTHER, "Six"],
    ]
    assert not any(d.form for d in book(tmp_path / "a.xlsx", Sheet=rows))


# What other layouts showed


def test_answers_named_below_a_question_over_the_whole_width(tmp_path):
    document = begun()
    rows = [
        ["Q1. How is it done?", ""],
        ["Response", LONG],
        ["Evidence", "Audit"],
        ["Q2. Who pays?", ""],
        ["Response", ""],
    ]
    made = table(document, rows)
    for at in (0, 3):
        made.cell(at, 0).merge(made.cell(at, 1))
    got = one(document, tmp_path)
    assert pairs(got) == [("Q1. How is it done?", LONG), ("Q1. How is it done? – Evidence", "Audit")]
    assert [question for _, question in got.blanks] == ["Q2. Who pays?"]


def test_an_answer_stands_under_its_question_beside_a_column_of_numbers(tmp_path):
    document = begun()
    table(
        document, [["1", "How is it done?"], ["", "Why so? Because it works."], ["2", "Who pays?"], ["", ""]]
    )
    got = one(document, tmp_path)
    assert pairs(got) == [("How is it done?", "Why so? Because it works.")]
    assert [question for _, question in got.blanks] == ["Who pays?"]


def test_the_question_stands_before_a_column_of_prompts(tmp_path):
    rows = [
        ["Ref", "Theme", "Key line of enquiry", "Prompt", "Rating", "Narrative"],
        ["1", "Access", "How is it done?", "Think of nights and of winter", "Amber", LONG],
    ]
    (got,) = book(tmp_path / "a.xlsx", A=[["Organisation", None, "Northmoor Trust"], *rows])
    assert got.organisation == "Northmoor Trust"
    assert "Think" not in got.text
    assert got.text.endswith(LONG)
    assert [section for section, _, _ in got.sections][-1] == "Access"


def test_headings_of_one_sign_and_a_column_that_is_always_filled(tmp_path):
    document = begun()
    rows = [["#", "Statement", "What we look for", "Y/N", "Provider commentary"]]
    rows += [
        ["1", "Beds are counted", "Counted by day and by night", "Y", LONG],
        ["2", "Cars are kept", "Kept for the team at all hours", "N", OTHER],
    ]
    table(document, rows)
    got = one(document, tmp_path)
    assert [text for _, text in pairs(got)] == ["Y", LONG, "N", OTHER]


@pytest.mark.parametrize("set_as", ["bold", "colon", "request"])
def test_lines_without_a_table(tmp_path, set_as):
    document = docx.Document()
    document.add_paragraph("Name of organisation: Northmoor Trust")
    labels = {
        "bold": ("1. Beds", "2. Cars"),
        "colon": ("Beds:", "Cars:"),
        "request": ("Please outline your beds", "Describe cars in use"),
    }
    for label, text in zip(labels[set_as], (f"Answer: {LONG}", OTHER), strict=True):
        document.add_paragraph().add_run(label).bold = set_as == "bold"
        document.add_paragraph(text)
    got = one(document, tmp_path)
    assert (got.form, got.organisation) == (True, "Northmoor Trust")
    assert pairs(got) == list(zip(labels[set_as], (LONG, OTHER), strict=True))


# Small parts


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Yes ☒ No ☐", "Yes"),
        ("Yes ☒ No ☐ since May", "Yes\nsince May"),
        ("Yes ☒ No ☐\nSince May.", "Yes\nSince May."),
        ("In place: ☐ Yes ☒ No", "No"),
        ("☐ Fully met\n☒ Partly met\n☐ Not met", "Partly met"),
        ("[x] Yes [ ] No", "Yes"),
        ("☐ Yes ☒ No, but we will in May", "No, but we will in May"),
        ("☐", ""),
        ("✓", "✓"),
        ("Yes / No", ""),
        ("Yes/No/Partly", ""),
        ("Yes", "Yes"),
        ("N/A", "N/A"),
        ("Not applicable.", "Not applicable."),
        ("Nil", "Nil"),
        ("tbc", ""),
        ("To be confirmed", ""),
        ("…", ""),
        ("-", ""),
        ("Click or tap here to enter text.", ""),
        ("Choose an item.", ""),
        ("[Insert your response here]", ""),
        ("Choose patients first.", "Choose patients first."),
        ("Enter by the north gate.", "Enter by the north gate."),
    ],
)
def test_what_a_place_to_answer_says(written, said):
    assert boxes.answer(written) == said


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Organisation", "organisation"),
        ("1. Name of organisation:", "organisation"),
        ("Completed by (role)", "person"),
        ("Date of completion", "date"),
        ("Organisation of care", ""),
        ("Update", ""),
    ],
)
def test_particulars_are_told(text, sort):
    assert formheadings.particular(text) == sort


@pytest.mark.parametrize("heading", ["Working with the Council", "Role of the Trust", "The Trust", "Trust"])
def test_a_heading_that_only_speaks_of_a_body_is_not_its_name(heading):
    assert not formlisten._given(Block(heading, "heading", level=1), None)


# Laws over all layouts

WORDS = st.sampled_from(
    "we ring the ward on Friday. 12 beds? no yes x May 1. (so far) team: – Alderby's n/a".split()
)
SAID = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
# Alone in its row, what ends in a question mark is a question.
# An answer that is itself a question cannot be told from one where it stands alone in its row.
ANSWERS = st.one_of(st.just(""), SAID.filter(lambda text: "?" not in text))
QUESTIONS = ("How are zebras housed?", "Describe zebra rotas", "Who feeds the zebras?", "Why zebras?")
LABELS = ("Zebra estates", "Zebra cover", "Zebra access", "Zebra diet")


def cells(rows, strong=()):
    return tuple(
        Block(
            text,
            "cell",
            f"table 2, row {at + 1}",
            0,
            2,
            at,
            column,
            strong=column in strong or (not at and -1 in strong),
        )
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )


PARTICULARS = (
    Block("Zebra return", "heading"),
    Block("Organisation", "cell", table=1),
    Block("Northmoor Trust", "cell", table=1, column=1),
)


def layout(name, answers):
    asked = list(zip(QUESTIONS, answers, strict=True))
    labelled = list(zip(LABELS, answers, strict=True))
    made = {
        "header": cells([("Question", "Response"), *asked], (-1,)),
        "labels": cells(labelled, (0,)),
        "three": cells(
            [("Area", "Your response", "Evidence"), *((label, text, text) for label, text in labelled)], (-1,)
        ),
        "beside": cells(asked),
        "below": cells([[text] for pair in asked for text in pair]),
        "lines": tuple(
            block
            for question, text in asked
            for block in (
                Block(question, strong=True),
                *([Block(text, "paragraph", "paragraph 1")] if text else []),
            )
        ),
    }
    return Text((*PARTICULARS, *made[name]), "Zebra return")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["header", "labels", "three", "beside", "below", "lines"]),
    st.lists(ANSWERS, min_size=4, max_size=4),
)
def test_every_answer_comes_back_and_no_word_of_the_form(name, answers):
    (form,) = forms.read(layout(name, answers))
    said = [each.text for each in form.answers if each.text]
    wanted = [text for text in answers if boxes.answer(text) for _ in range(1 + (name == "three"))]
    assert said == wanted
    assert not any("zebra" in text.lower() for text in said)
    if name != "three":
        assert sum(not each.text for each in form.answers) == sum(not boxes.answer(text) for text in answers)
    document = forms.document(form, Source("x", kind="account"), "x", "0")
    assert document.text == "\n\n".join(wanted)
    assert document.organisation == "Northmoor Trust"


CELL = st.one_of(
    ANSWERS,
    st.sampled_from(
        [*QUESTIONS, *LABELS, "Response", "Yes", "Organisation", "☒", "Question", "Please tick one"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELL, max_size=5), min_size=1, max_size=7), st.booleans())
def test_no_table_whatever_it_holds_breaks_the_reader(rows, strong):
    forms.read(Text((*PARTICULARS, *cells(rows, (0,) if strong else ())), "Zebra return"))
    width = max(map(len, rows))
    if width:
        numbers = tuple(range(2, len(rows) + 1))
        sheet = Table("Sheet1", tuple(rows[0]), tuple(map(tuple, rows[1:])), numbers, 1, ((1, 0, 2, 1),))
        forms.read(Tables((sheet, sheet)))


def test_made_layouts_come_back_whole_and_papers_keep_their_words():
    scores = forms_read.measure(11, 1)
    whole = forms_read.total(scores.values())
    assert len(scores) > 30
    assert whole.leaked == whole.listed == 0
    assert [miss for score in scores.values() for miss in score.misses] == []
