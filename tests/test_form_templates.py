"""A form becomes a template: its headings are sections and its questions prompts, filled in or not."""

from __future__ import annotations

import io
import random
from pathlib import Path

import docx
import openpyxl
import pytest

from thememiner.codebooks import template
from thememiner.codebooks.formtemplates import imported
from thememiner.codebooks.templates import written
from thememiner.errors import InputError
from thememiner.reading import Limits
from thememiner.reading.formasked import asked
from thememiner.reading.prompts import unnumbered
from thememiner_evaluation.forms_layouts import LAYOUTS
from thememiner_evaluation.forms_made import GUIDANCE, OPENING, Made, Words

# Of the layouts' own words: what are headings of sections, and what neither heads nor asks.
HEADINGS = {
    "header_table.docx": ["Section A: Access", "Section B: Safety"],
    "heading_questions.docx": ["Part 1 Governance", "Part 2 Partners"],
    "several_in_one.docx": ["Section A: Access"],
    "domains_and_guidance.docx": ["Safety", "Partnership"],
    "sheet_form.xlsx": ["Access to care", "Keeping in touch"],
}
TITLES = {
    "Review of community care: provider return",
    "Community care self-assessment return",
    "Survey of providers",
    "Community care template",
    "Self-assessment template",
    "Provider return",
}
ASIDE = {*GUIDANCE, *OPENING, *TITLES, "Thank you for completing this form.", "Pick one of these levels"}


class Blank(Words):
    """A form that nobody has filled in."""

    def answer(self, question: str, **_: object) -> str:
        self.made.blanks.append((self.body, question))
        return ""

    def give(self, text: str) -> str:
        return ""

    def next_body(self) -> str:
        return ""


def made(folder: Path, name: str, words: type[Words], seed: int = 1) -> tuple[Path, Made]:
    filled = words(random.Random(f"{seed} {name}"), Made(name))
    path = folder / name
    path.write_bytes(LAYOUTS[name](filled))
    return path, filled.made


def own(form: Made) -> list[str]:
    """What a layout asks, of its own words."""
    heads = HEADINGS.get(form.name, [])
    return [w for w in form.own if w not in ASIDE and w not in heads and not w.startswith("Think of ")]


@pytest.mark.parametrize("words", [Words, Blank])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_comes_back_with_its_headings_and_questions(tmp_path, name, words):
    path, form = made(tmp_path, name, words)
    layout, idle = imported(path)
    assert idle == ()
    asks = own(form)
    if HEADINGS.get(name):
        assert [section.title for section in layout.sections] == HEADINGS[name]
        found = [unnumbered(prompt) for section in layout.sections for prompt in section.prompts]
    else:
        found = [section.title for section in layout.sections]
        prompts = [prompt for section in layout.sections for prompt in section.prompts]
        assert {unnumbered(prompt) for prompt in prompts} <= set(found)
        assert all(any(q in prompt for prompt in prompts) for q in asks if q.endswith("?"))
    assert sorted(found) == sorted(asks)
    assert not {text for _, text in form.answers if text} & set(found)
    (tmp_path / "own.toml").write_bytes(written(layout))
    assert template(str(tmp_path / "own.toml")) == layout
    assert layout.official is False
    assert layout.source == f"The form {name}."
    assert str(tmp_path) not in written(layout).decode()
    assert all(section.codes == () for section in layout.sections)
    assert len({section.id for section in layout.sections}) == len(layout.sections)


def saved(path: Path, *paragraphs: tuple[str, str], title: str = "") -> Path:
    document = docx.Document()
    if title:
        document.add_heading(title, 0)
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    document.save(path)
    return path


def test_ids_are_made_of_the_titles_words_and_differ(tmp_path):
    heads = ["Section A: Getting in touch", "Part B Getting in touch", "3. Über uns", "Раздел"]
    rows = [
        (style, text) for head in heads for style, text in (("Heading 1", head), ("Normal", f"Why {head}?"))
    ]
    layout, _ = imported(saved(tmp_path / "form.docx", *rows))
    assert [section.id for section in layout.sections] == [
        "getting-in-touch",
        "getting-in-touch-2",
        "uber-uns",
        "section",
    ]
    assert [section.prompts for section in layout.sections] == [(f"Why {head}?",) for head in heads]


def test_a_heading_that_asks_nothing_is_left_out_and_told(tmp_path):
    rows = [
        ("Heading 1", "Introduction"),
        ("Normal", "This form is about winter."),
        ("Heading 1", "Warm homes"),
        ("Normal", "How are homes kept warm?"),
        ("Heading 1", "Food"),
        ("Normal", "Who cooks at weekends?"),
    ]
    layout, idle = imported(saved(tmp_path / "form.docx", *rows, title="Winter review: return"))
    assert (layout.id, layout.name) == ("winter-review-return", "Winter review: return")
    assert [section.title for section in layout.sections] == ["Warm homes", "Food"]
    assert idle == ("Introduction",)


def test_questions_above_the_first_heading_have_a_section(tmp_path):
    rows = [
        ("Normal", "Who is answering this?"),
        ("Normal", "How long have you been here?"),
        ("Heading 1", "Warm homes"),
        ("Normal", "How are homes kept warm?"),
        ("Heading 1", "Food"),
        ("Normal", "Who cooks at weekends?"),
    ]
    layout, _ = imported(saved(tmp_path / "form.docx", *rows))
    assert [(s.title, len(s.prompts)) for s in layout.sections] == [
        ("Questions above the first heading", 2),
        ("Warm homes", 1),
        ("Food", 1),
    ]


def test_sheets_of_one_form_are_its_sections(tmp_path):
    book = openpyxl.Workbook()
    for sheet, asks in (
        ("Access", ("Who rings first?", "Where do people wait?")),
        ("Safety", ("Who decides?",)),
    ):
        page = book.active if sheet == "Access" else book.create_sheet()
        page.title = sheet
        for row in (("Question", "Answer"), *((question, None) for question in asks)):
            page.append(row)
    book.save(tmp_path / "form.xlsx")
    layout, _ = imported(tmp_path / "form.xlsx")
    assert [(s.id, s.title, s.prompts) for s in layout.sections] == [
        ("access", "Access", ("Who rings first?", "Where do people wait?")),
        ("safety", "Safety", ("Who decides?",)),
    ]


def test_what_an_organisation_added_to_the_form_comes_too_and_its_answers_do_not(tmp_path):
    rows = [
        ("Heading 1", "Warm homes"),
        ("Normal", "How are homes kept warm?"),
        ("Normal", "By the boiler, which Ada Winterbourne looks after."),
        ("Heading 1", "Our own heading"),
        ("Normal", "What else should you know?"),
        ("Normal", "Nothing."),
    ]
    layout, _ = imported(saved(tmp_path / "form.docx", *rows))
    assert [section.title for section in layout.sections] == ["Warm homes", "Our own heading"]
    assert "Winterbourne" not in written(layout).decode()


def test_nothing_asked_is_one_line(tmp_path):
    for rows in ([("Normal", "All was well in the house that winter, and nobody fell.")] * 3, []):
        with pytest.raises(
            InputError, match=r"^form\.docx (has no headings and no questions|cannot be read)"
        ):
            imported(saved(tmp_path / "form.docx", *rows))


def test_a_table_of_data_is_no_form(tmp_path):
    rows = "Ref,What happened\n" + "".join(f"{n},The lift stopped on floor {n}.\n" for n in range(5))
    (tmp_path / "extract.csv").write_text(rows)
    with pytest.raises(
        InputError, match=r"^extract\.csv has no headings and no questions that could be found"
    ):
        imported(tmp_path / "extract.csv")
    many = [("Heading 1", f"Why was number {n} late?") for n in range(400)]
    with pytest.raises(InputError, match=r"^form\.docx has \d+ headings and questions, more than the 300"):
        imported(saved(tmp_path / "form.docx", *many))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("form.docx", b"no form", r"form\.docx cannot be read \(malformed\)"),
        ("form.xlsx", b"PK\x03\x04broken", r"form\.xlsx cannot be read \("),
        ("form.zip", b"PK\x05\x06" + bytes(18), r"form\.zip "),
        ("form.exe", b"MZ", r"form\.exe cannot be read \(unsupported\)"),
    ],
)
def test_a_file_that_is_refused_says_the_readers_reason(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=said):
        imported(tmp_path / name)


def test_a_file_that_takes_too_long_is_refused(tmp_path):
    path, _ = made(tmp_path, "header_table.docx", Blank)
    with pytest.raises(InputError, match=r"cannot be read \(timeout\): it takes too long"):
        asked(path, Limits(seconds=0.0, seconds_per_mb=0.0))


def test_a_path_that_leads_nowhere(tmp_path):
    with pytest.raises(InputError, match="is not a file: give the path of a form"):
        imported(tmp_path / "form.docx")
    with pytest.raises(InputError, match="is not a file"):
        imported(tmp_path)


def test_a_document_in_memory_that_holds_no_words(tmp_path):
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    (tmp_path / "form.xlsx").write_bytes(buffer.getvalue())
    with pytest.raises(InputError, match=r"form\.xlsx "):
        imported(tmp_path / "form.xlsx")
