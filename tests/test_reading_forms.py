"""Completed forms and notes of meetings. All texts are invented."""

import docx
import openpyxl
import pytest

from thememiner.reading import boxes, notes, prompts, read
from thememiner.records import VOICES, Source


def only(path, **settings):
    reading = read([Source(path, **{"kind": "account", **settings})])
    (document,) = reading.documents
    return document, reading.ledger[0]


def slices(document, spans):
    return [(label, document.text[start:end]) for label, start, end in spans]


def grid(document, rows):
    table = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    return table


@pytest.fixture
def form(tmp_path):
    document = docx.Document()
    document.add_heading("Review of community care: return", 0)
    document.add_paragraph("Please complete every box. Do not name any person. Return by Friday.")
    grid(
        document,
        [
            ["Organisation", "Northmoor Trust"],
            ["Date completed", "4 March 2024"],
            ["Completed by", "Jo Bloggs"],
        ],
    )
    document.add_heading("Section A: Handover", 1)
    table = grid(
        document,
        [
            ["No.", "Question", "Response", "Evidence"],
            ["1", "How is handover done between teams?", "By phone, each day.", "Audit of May"],
            ["2", "Who is told?", "", ""],
            ["3", "What about weekends?", "n/a", ""],
            ["Capacity", "", "", ""],
            ["4", "How many beds are there?", "Twelve.\nTwo are closed.", ""],
            ["", "", "One is shut for repair.", ""],
        ],
    )
    table.cell(4, 0).merge(table.cell(4, 3))
    table.cell(5, 1).merge(table.cell(6, 1))
    document.add_paragraph("Thank you. This form is not a legal document.")
    document.save(tmp_path / "return.docx")
    return tmp_path / "return.docx"


def test_a_forms_text_is_its_answers_alone(form):
    document, entry = only(form)
    assert document.form
    assert document.text == (
        "By phone, each day.\n\nAudit of May\n\nn/a\n\nTwelve.\nTwo are closed.\n\nOne is shut for repair."
    )
    assert slices(document, document.parts) == [
        ("How is handover done between teams?", "By phone, each day."),
        ("How is handover done between teams? – Evidence", "Audit of May"),
        ("What about weekends?", "n/a"),
        ("How many beds are there?", "Twelve.\nTwo are closed."),
        ("How many beds are there?", "One is shut for repair."),
    ]
    assert [section for section, _, _ in document.sections] == ["Section A: Handover"] * 3 + ["Capacity"] * 2
    assert document.blanks == (("Section A: Handover", "Who is told?"),)
    assert (document.organisation, document.date) == ("Northmoor Trust", "2024-03-04")
    assert "Jo Bloggs" not in document.text
    assert dict(entry.skipped)["form wording"] > 10
    assert document.title == "Review of community care: return"


def test_the_sources_organisation_stands_before_the_forms(form):
    assert only(form, organisation="Southfield Trust")[0].organisation == "Southfield Trust"


def test_a_policy_with_such_a_table_is_not_a_form(form):
    document, _ = only(form, kind="policy")
    assert not document.form
    assert "Please complete every box." in document.text


def test_questions_down_the_first_column_and_above_their_boxes(tmp_path):
    document = docx.Document()
    document.add_paragraph("Return")
    grid(
        document,
        [["1. How are families involved?", "They are invited."], ["2. Describe your audit of this", " "]],
    )
    document.add_paragraph("Is there anything else?")
    grid(document, [["Nothing."]])
    grid(document, [["What would help?"], ["More beds."], ["Which beds would help most?"], [""]])
    document.save(tmp_path / "a.docx")
    found, _ = only(tmp_path / "a.docx")
    assert slices(found, found.parts) == [
        ("1. How are families involved?", "They are invited."),
        ("Is there anything else?", "Nothing."),
        ("What would help?", "More beds."),
    ]
    assert [question for _, question in found.blanks] == [
        "2. Describe your audit of this",
        "Which beds would help most?",
    ]


def test_a_workbook_form_with_merged_cells(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Return"
    for row in (
        ["Community care return"],
        ["Trust name", "Northmoor Trust"],
        [],
        ["Key line of enquiry", "Provider response", "RAG"],
        ["Access"],
        ["How soon are people seen?", "In two weeks.", "Amber"],
        ["Is there a waiting list?", None, None],
        ["Who reviews the list?", "The lead.", None],
        [None, "The board.", None],
    ):
        sheet.append(row)
    sheet.merge_cells("A8:A9")
    book.save(tmp_path / "a.xlsx")
    found, entry = only(tmp_path / "a.xlsx")
    assert found.text == "In two weeks.\n\nAmber\n\nThe lead.\n\nThe board."
    assert [question for question, _, _ in found.parts] == [
        "How soon are people seen?",
        "How soon are people seen? – RAG",
        "Who reviews the list?",
        "Who reviews the list?",
    ]
    assert {section for section, _, _ in found.sections} == {"Access"}
    assert found.blanks == (("Access", "Is there a waiting list?"),)
    assert found.organisation == "Northmoor Trust"
    assert found.locations[0][0] == "sheet Return, row 6"
    assert entry.status == "read"


def test_a_form_left_blank_is_still_a_form(tmp_path):
    document = docx.Document()
    grid(document, [["Question", "Answer"], ["How is it done?", ""], ["Who does it?", ""]])
    document.save(tmp_path / "a.docx")
    found, entry = only(tmp_path / "a.docx")
    assert (found.text, len(found.blanks), entry.status) == ("", 2, "read")


def test_a_report_with_a_question_in_a_table_is_not_a_form(tmp_path):
    document = docx.Document()
    for _ in range(30):
        document.add_paragraph(
            "The board heard how the teams work with each other across the county in winter."
        )
    grid(document, [["What next?", "A plan."]])
    document.save(tmp_path / "a.docx")
    found, _ = only(tmp_path / "a.docx")
    assert not found.form
    assert "The board heard" in found.text


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("☒ Yes ☐ No", "Yes"),
        ("☐ Yes ☐ No", ""),
        ("Yes ☐ No ☒", "No"),
        ("☒ Yes ☐ No\nWe do it weekly.", "Yes\nWe do it weekly."),
        ("Weekly.", "Weekly."),
    ],
)
def test_only_what_is_ticked_is_the_answer(written, answer):
    assert boxes.ticked(written) == answer


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("How is it done?", True),
        ("Is it done? (Please attach the audit.)", True),
        ("3. Arrangements for people who do not attend", True),
        ("Please describe your arrangements", True),
        ("Q4 Handover", False),
        ("Arrangements", False),
        ("We asked them why. They left.", False),
        ("When a person leaves, the team rings the family and writes it down.", False),
        ("", False),
    ],
)
def test_questions_are_told(text, asks):
    assert prompts.is_question(text) is asks


# Notes


def test_speaker_labels_give_voices_and_are_no_evidence(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(
        "# Meeting in May\n\nWe met at noon.\n\nMother: Nobody rang me.\n\n**Carer:** I was not asked.\n\n"
        "Team manager: We will ring.\n\nChair - Thank you all.\n\nJo Bloggs: I agree.\n\n"
        "Action: ring back.\n\n## What people using services told us\n\nThe wait was long.\n\n"
        "- Father: it was too far\n\n## Next\n\nDone.\n",
        "utf-8",
    )
    document, _ = only(path, kind="feedback")
    assert ("lead", "Mother: ") in slices(document, document.asides)
    assert ("lead", "Carer: ") in slices(document, document.asides)
    assert "Jo Bloggs: I agree." in document.text
    assert "Action: ring back." in document.text
    assert slices(document, document.voices) == [
        ("family or carer", "Mother: Nobody rang me.\n\nCarer: I was not asked."),
        ("staff", "Team manager: We will ring."),
        ("unknown", "Chair - Thank you all."),
        ("person using services", "The wait was long."),
        ("family or carer", "Father: it was too far"),
    ]


def test_labels_are_read_in_word_text_and_web_notes_but_not_in_policies(tmp_path):
    document = docx.Document()
    document.add_paragraph("Service user: I waited.")
    document.save(tmp_path / "a.docx")
    (tmp_path / "b.txt").write_text("Service user: I waited.", "utf-8")
    (tmp_path / "c.html").write_text("<p><strong>Service user:</strong> I waited.</p>", "utf-8")
    for name in ("a.docx", "b.txt", "c.html"):
        found, _ = only(tmp_path / name, kind="feedback")
        assert found.text == "Service user: I waited."
        assert (found.voices, found.asides) == ((("person using services", 0, 23),), (("lead", 0, 14),))
        found, _ = only(tmp_path / name, kind="policy")
        assert (found.text, found.voices) == ("Service user: I waited.", ())


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("Mother", "family or carer"),
        ("Carer 2", "family or carer"),
        ("Parent A", "family or carer"),
        ("Service user", "person using services"),
        ("Expert by experience", "person using services"),
        ("Ward manager", "staff"),
        ("Community psychiatric nurse", "staff"),
        ("Medical director", "provider lead"),
        ("Head of nursing", "provider lead"),
        ("ICB lead", "commissioner"),
        ("Social worker", "partner"),
        ("Police officer", "partner"),
        ("Healthwatch", "independent body"),
        ("Chair", "unknown"),
        ("Jo Bloggs", ""),
        ("Summary", ""),
    ],
)
def test_roles_have_voices(label, voice):
    assert notes.voice_of(label) == voice


def test_every_voice_named_is_one_of_the_records():
    assert {*notes._ROLES.values(), *notes._ENDS.values(), *notes._QUALIFIERS.values()} <= set(VOICES)
