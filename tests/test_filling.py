"""A form is filled in with what people accepted, in its blank answer cells, and nothing else changes."""

# ruff: noqa: E501  each hostile text and layout stays on one line

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree
from openpyxl.worksheet.datavalidation import DataValidation

from thememiner.codebooks.formtemplates import imported
from thememiner.errors import InputError
from thememiner.filling import fill
from thememiner.filling.splicing import Edit, elements, spliced
from thememiner.reading import formspaces, sandbox
from thememiner.records import Finding, Report, SectionResult
from thememiner.reports import json
from thememiner_evaluation.forms_layouts import LAYOUTS
from thememiner_evaluation.forms_made import Made, Words

HEADS = ("Relevant policies and procedures", "Experience of service use")
HOSTILE = (
    "=1+1", "+44", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "<script>alert(1)</script>", "</w:t></w:r>",
    "]]>", "&amp;&lt;&#0;", "\x00\x07\x1b", "\u202egnorw", "\ufffe\uffff", "👩🏽‍⚕️ 🙂", "{{ x }}", "<!ENTITY x 'y'>", "a\tb\nc\r\nd",
    "<w:p/>", "\ud800",
)  # fmt: skip


def accepted(report: Report, *ids: str, **changes: object) -> Report:
    """The report with some findings accepted by a person: those of the ids, else all."""
    values: dict[str, object] = {"review": "use", "reviewer": "A. Reader"} | changes
    return replace(
        report,
        findings=tuple(replace(f, **values) if not ids or f.id in ids else f for f in report.findings),  # type: ignore[arg-type]
    )


def reworded(report: Report, text: str) -> Report:
    return accepted(report, statement=text, drafted=(("statement", "before"),))


def word_form(path: Path, *, answers: tuple[str, ...] = ()) -> Path:
    """A form with two sections of two questions, one answered."""
    document = docx.Document()
    document.add_heading("Review of community care: provider return", 0)
    document.add_paragraph("Please complete every box.")
    given = iter(answers)
    for head in HEADS:
        document.add_heading(head, 1)
        table = document.add_table(3, 2)
        for row, pair in enumerate(
            (
                ("Question", "Response"),
                *((f"How is {n} of {head.lower()} known?", next(given, "")) for n in "ab"),
            )
        ):
            for column, text in enumerate(pair):
                table.cell(row, column).text = text
    document.add_section()
    document.save(path)
    return path


def sheet_form(path: Path, **cells: object) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Return"
    page.append(["Review of community care: provider return"])
    for head in HEADS:
        page.append([head])
        page.append(["Question", "Response"])
        for n in "ab":
            page.append([f"How is {n} of {head.lower()} known?"])
    for name, value in cells.items():
        page[name] = value
    book.create_sheet("Totals")["A1"] = "=SUM(Return!A1:A3)"
    book.save(path)
    return path


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def changed(before: bytes, after: bytes) -> dict[str, bytes]:
    """The parts that are not the same bytes; names and their order are."""
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    return {name: new[name] for name in old if old[name] != new[name]}


def cells(data: bytes) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in t.rows] for t in docx.Document(io.BytesIO(data)).tables]


def only_these_cells(before: bytes, after: bytes, tag: str, filled: set[int]) -> None:
    """That two parts are the same element by element, but for the inside of some cells."""
    old, new = etree.fromstring(before), etree.fromstring(after)
    ours, theirs = list(old.iter(f"{{*}}{tag}")), list(new.iter(f"{{*}}{tag}"))
    assert len(ours) == len(theirs)
    assert {
        n for n, (a, b) in enumerate(zip(ours, theirs, strict=True)) if etree.tostring(a) != etree.tostring(b)
    } == filled
    for n in filled:
        ours[n].clear()
        theirs[n].clear()
    assert etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")


def test_word_cells_are_filled_and_nothing_else_changes(tmp_path, judged):
    form = word_form(tmp_path / "form.docx", answers=("", "", "We ask people.\nOften.", ""))
    before = form.read_bytes()
    made = fill(form, accepted(judged))
    assert form.read_bytes() == before
    content = changed(before, made.content)
    assert list(content) == ["word/document.xml"]
    only_these_cells(parts(before)["word/document.xml"], content["word/document.xml"], "tc", {3, 11})
    first, second = cells(made.content)
    mine = {f.id: f.statement for f in judged.findings}
    assert first[1][1].split("\n") == [
        f"Gap of practice. {mine['policies/code:assertive-care/handover']}",
        f"Assured (written in policy). {mine['policies/code:assertive-care/dna-discharge']}",
    ]
    assert first[2][1] == ""
    assert second[1][1] == "We ask people.\nOften."
    assert "confirmed by people" in second[2][1]
    told = " ".join(made.notes)
    assert "Filled: section “Relevant policies and procedures”, 2 findings, in table 1, row 2." in made.notes
    assert "answered already (nothing is written over): 1." in told
    assert "No place on the form: section “Governance" in told
    assert "further questions" in told
    assert fill(form, accepted(judged)).content == made.content


def test_one_answer_is_bytes_put_between_the_form_s_own(tmp_path, judged):
    form = word_form(tmp_path / "form.docx")
    one = accepted(judged, "experience/code:assertive-care/family-involvement")
    old, new = (parts(b)["word/document.xml"] for b in (form.read_bytes(), fill(form, one).content))
    head, tail = common(old, new), common(old[::-1], new[::-1])
    assert head + tail >= len(old) - len(b"<w:p/>")  # the blank paragraph itself may be opened
    sheet = sheet_form(tmp_path / "form.xlsx")
    name = "xl/worksheets/sheet1.xml"
    old, new = (parts(b)[name] for b in (sheet.read_bytes(), fill(sheet, one).content))
    head, tail = common(old, new), common(old[::-1], new[::-1])
    assert head + tail >= len(old)


def common(one: bytes, other: bytes) -> int:
    """How many bytes the two begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def test_excel_cells_are_filled_as_text_in_their_style(tmp_path, judged):
    form = sheet_form(tmp_path / "form.xlsx", B8="Told.")
    book = openpyxl.load_workbook(form)
    book["Return"]["B4"].font = openpyxl.styles.Font(bold=True)
    book.save(form)
    before = form.read_bytes()
    made = fill(form, accepted(judged))
    content = changed(before, made.content)
    assert list(content) == ["xl/worksheets/sheet1.xml"]
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    page = book["Return"]
    assert page["B4"].data_type in ("s", "inlineStr")
    assert page["B4"].font.bold
    assert page["B4"].value.startswith("Gap of practice. Handover")
    assert page["B5"].value is None
    assert page["B8"].value == "Told."
    assert page["B9"].value.startswith("Assured")
    old = openpyxl.load_workbook(io.BytesIO(before))
    for sheet in old:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert book[sheet.title][cell.coordinate].value == cell.value
    assert "in sheet Return, cell B4." in made.notes[0]


@pytest.mark.parametrize("maker", [word_form, sheet_form])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_nothing_new(tmp_path, judged, maker, text):
    form = maker(tmp_path / ("form.docx" if maker is word_form else "form.xlsx"))
    plain, made = (fill(form, reworded(judged, t)) for t in ("Plain words.", text))

    def shapes(data: bytes) -> dict[str, set[str]]:
        return {
            name: {e.tag for e in etree.fromstring(part).iter()} - {_WORD + "br", _WORD + "tab"}
            for name, part in parts(data).items()
            if name.endswith((".xml", ".rels"))
        }

    assert shapes(made.content) == shapes(plain.content)
    if maker is word_form:
        shown = cells(made.content)[0][1][1].split("\n")[0]
        assert shown[:3] == "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text)[:3].split("\n")[
            0
        ].replace("\ud800", "\ufffd").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    else:
        cell = openpyxl.load_workbook(io.BytesIO(made.content))["Return"]["B4"]
        assert cell.data_type != "f"
        assert not str(cell.value).startswith(("=", "+", "-", "@"))


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_nothing_that_is_not_reviewed_is_written(tmp_path, judged):
    form = word_form(tmp_path / "form.docx")
    with pytest.raises(InputError, match="no finding that a named person accepted"):
        fill(form, judged)
    gap, held = "policies/code:assertive-care/handover", "policies/code:assertive-care/dna-discharge"
    some = accepted(judged, gap)
    assert "dna" not in str(cells(fill(form, some).content)).lower()
    assert "did not attend" not in str(cells(fill(form, some).content)).lower()
    every = fill(form, some, drafts=True)
    rows = [line for table in cells(every.content) for row in table for line in row[1].split("\n")]
    marked = [line for line in rows if line.startswith("Not yet reviewed: ")]
    assert len(marked) == 2
    assert rows[1].startswith("Gap of practice.")
    shifted = accepted(accepted(judged, gap), held, changed=("statement",))
    made = fill(form, shifted)
    assert "Assured" not in cells(made.content)[0][1][1]
    assert "changed since they were reviewed: 1" in made.notes[-1]
    quotes = fill(form, accepted(judged, held, changed=("quotes",)))
    assert "Assured" in cells(quotes.content)[0][1][1]
    unsigned = accepted(judged, held, reviewer="")
    with pytest.raises(InputError, match="no finding that a named person"):
        fill(form, unsigned)


def test_filled_twice_says_so_and_writes_nothing_again(tmp_path, judged):
    form = word_form(tmp_path / "form.docx")
    again = tmp_path / "again.docx"
    again.write_bytes(fill(form, accepted(judged)).content)
    with pytest.raises(InputError, match="stand on the form already: 3"):
        fill(again, accepted(judged))


def test_a_form_whose_cells_moved_is_filled_in_the_right_ones(tmp_path, judged):
    book = openpyxl.Workbook()
    page = book.active
    page["C5"] = "Review of community care: provider return"
    page["C7"] = HEADS[1]
    page["C8"], page["F8"] = "Question", "Your response"
    page["C9"] = "How is a known?"
    page["C12"] = HEADS[0]
    page["C13"], page["F13"] = "Question", "Your response"
    page["C14"] = "How is b known?"
    book.save(tmp_path / "form.xlsx")
    made = openpyxl.load_workbook(io.BytesIO(fill(tmp_path / "form.xlsx", accepted(judged)).content)).active
    assert "family" in made["F9"].value.lower()
    assert "Handover" in made["F14"].value


def test_what_takes_no_words_is_left_alone_and_said(tmp_path, judged):
    form = sheet_form(tmp_path / "form.xlsx", B4='=IF(1=2,1,"")')
    book = openpyxl.load_workbook(form)
    check = DataValidation(type="list", formula1='"Yes,No"')
    check.add("B8:B9")
    book["Return"].add_data_validation(check)
    book.save(form)
    made = fill(form, accepted(judged))
    page = openpyxl.load_workbook(io.BytesIO(made.content))["Return"]
    assert page["B4"].value == '=IF(1=2,1,"")'
    assert "Handover" in page["B5"].value
    assert page["B8"].value is None
    told = " ".join(made.notes)
    assert "it takes a choice, a number or a date" in told
    assert "No blank answer left: section “Experience of service use”, 1 finding." in told


def test_hidden_sheets_and_long_answers(tmp_path, judged):
    form = sheet_form(tmp_path / "form.xlsx")
    long = [replace(f, statement=c * 20_000) for f, c in zip(judged.findings, "abcdefgh", strict=True)]
    made = fill(form, accepted(replace(judged, findings=tuple(long))))
    value = openpyxl.load_workbook(io.BytesIO(made.content))["Return"]["B4"].value
    assert value == f"Gap of practice. {'a' * 20_000}"
    assert any("more than a cell can hold: 1." in line for line in made.notes)
    book = openpyxl.load_workbook(form)
    book.active = 1
    book["Return"].sheet_state = "hidden"
    book.save(form)
    with pytest.raises(InputError, match="its sheet is hidden"):
        fill(form, accepted(judged))


def control(kind: str, lock: str = "") -> str:
    return (
        f"<w:sdt {nsdecls('w')}><w:sdtPr>{lock}<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr>"
        '<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Click or tap here to enter text.</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )


@pytest.mark.parametrize(
    ("kind", "lock", "why"),
    [
        ("<w:text/>", "", ""),
        ("", "", ""),
        ("<w:dropDownList/>", "", "a choice or a date"),
        ("<w:date/>", "", "a choice or a date"),
        ("<w:text/>", '<w:lock w:val="sdtContentLocked"/>', "it is locked"),
    ],
)
def test_a_content_control_is_filled_unless_it_takes_no_words(tmp_path, judged, kind, lock, why):
    path = word_form(tmp_path / "form.docx")
    document = docx.Document(path)
    for row in (1, 2):
        document.tables[0].cell(row, 1).paragraphs[0]._p.append(parse_xml(control(kind, lock)))
    document.save(path)
    made = fill(path, accepted(judged))
    xml = parts(made.content)["word/document.xml"].decode()
    if why:
        assert why in " ".join(made.notes)
        assert xml.count("Click or tap") == 2
        return
    assert xml.count("Click or tap") == 1
    assert xml.count("showingPlcHdr") == 1
    shown = "".join(t.text for t in etree.fromstring(xml.encode()).iter(_WORD + "t"))
    assert "Gap of practice. " in shown
    forms = formspaces.of_text(sandbox.parse(".docx", made.content))
    assert [bool(space.text) for space in forms] == [True, False, True, False]


@pytest.mark.parametrize(
    "inside",
    [
        "<w:r><w:drawing/></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:del w:id='1' w:author='x'><w:r><w:delText>gone</w:delText></w:r></w:del>",
        "<w:r><w:footnoteReference w:id='2'/></w:r>",
    ],
)
def test_a_cell_that_holds_no_words_is_not_blank_for_that(tmp_path, judged, inside):
    path = word_form(tmp_path / "form.docx")
    document = docx.Document(path)
    held = parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")
    cell = document.tables[0].cell(1, 1)
    cell.paragraphs[0]._p.getparent().replace(cell.paragraphs[0]._p, held)
    document.save(path)
    before = path.read_bytes()
    made = fill(path, accepted(judged))
    only_these_cells(
        parts(before)["word/document.xml"], parts(made.content)["word/document.xml"], "tc", {5, 9}
    )
    assert "something else than words" in " ".join(made.notes)


def test_the_answer_looks_as_the_form_wants_it(tmp_path, judged):
    path = word_form(tmp_path / "form.docx")
    document = docx.Document(path)
    paragraph = document.tables[0].cell(1, 1).paragraphs[0]
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {nsdecls("w")}><w:color w:val="112233"/></w:rPr>')
    )
    document.save(path)
    cell = docx.Document(io.BytesIO(fill(path, accepted(judged)).content)).tables[0].cell(1, 1)
    assert len(cell.paragraphs) == 2
    for each in cell.paragraphs:
        assert str(each.runs[-1].font.color.rgb) == "112233"


class Blank(Words):
    """A form that nobody has filled in."""

    def answer(self, question: str, **_: object) -> str:
        return ""

    def give(self, text: str) -> str:
        return ""

    def next_body(self) -> str:
        return ""


# Layouts with nowhere to write: a return a row, boxes and steps that are ticked, lists to choose from, a question
# and its answer in one cell, labels that nothing beside them shows to be questions.
NO_ROOM = {
    "row_table.docx",
    "sheet_rows.xlsx",
    "sheet_labels.xlsx",
    "controls.docx",
    "same_cell.docx",
    "maturity.docx",
}
IN_PART = {
    "check_boxes.docx",
    "tick_columns.docx",
    "sheet_form.xlsx",
    "sheet_each.xlsx",
    "label_table_plain.docx",
}


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name.endswith((".docx", ".xlsx"))])
def test_every_layout_is_filled_under_its_own_questions(tmp_path, judged, name):
    path = tmp_path / name
    path.write_bytes(LAYOUTS[name](Blank(random.Random(f"7 {name}"), Made(name))))
    layout, _ = imported(path)
    findings = tuple(
        Finding(f"{s.id}/x", s.id, "x", f"Words of {s.id}.", 1.0, "", review="use", reviewer="A. Reader")
        for s in layout.sections
    )
    report = replace(
        judged,
        findings=findings,
        sections=tuple(SectionResult(s.id, s.title, (f"{s.id}/x",)) for s in layout.sections),
    )
    if name in NO_ROOM:
        with pytest.raises(InputError, match=r"so nothing is written|nothing was written"):
            fill(path, report, layout)
        return
    made = fill(path, report, layout)
    before, after = (spaces(path.suffix, data) for data in (path.read_bytes(), made.content))
    if name not in IN_PART:
        assert [space.question for space in before] == [space.question for space in after]
    there = [space.text for space in before]
    fresh = [space.text for space in after if space.text and space.text not in there]
    told = [f.statement for f in findings]
    assert fresh == (told if name not in IN_PART else [text for text in told if text in fresh])
    assert fresh
    assert [space.text for space in after if space.text in there and space.text] == list(filter(None, there))
    for part in changed(path.read_bytes(), made.content):
        assert part == "word/document.xml" or part.startswith("xl/worksheets/sheet")


def spaces(suffix: str, data: bytes) -> list[formspaces.Space]:
    parsed = sandbox.parse(suffix, data)
    if suffix == ".docx":
        return formspaces.of_text(parsed)
    return [space for table in parsed.tables for space in formspaces.of_sheet(table)]


def kept(path: Path, report: Report) -> Path:
    path.write_text(json.render(report), encoding="utf-8")
    return path


def test_the_command_says_what_it_did_and_writes_one_file(tmp_path, judged, command):
    form = word_form(tmp_path / "form.docx")
    report = kept(tmp_path / "report.json", accepted(judged))
    out = tmp_path / "out" / "filled.docx"
    said = command("fill", form, report, "--out", out)
    assert said.code == 0, said.err
    assert said.out.startswith("Filled: section “Relevant policies and procedures”, 2 findings")
    assert said.out.endswith(f"Form: {out}\n")
    assert list(out.parent.iterdir()) == [out]
    assert command("fill", form, report, "--out", out).code == 0  # the same again
    other = kept(tmp_path / "other.json", reworded(judged, "Other words."))
    again = command("fill", form, other, "--out", out)
    assert (again.code, "people may have written in it" in again.err) == (2, True)
    assert command("fill", form, other, "--out", out, "--overwrite").code == 0


def rezipped(data: bytes, **changed: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, changed.pop(info.filename, old.read(info.filename)))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def test_a_bad_form_or_report_is_one_line_and_no_file(tmp_path, judged, command):
    form = word_form(tmp_path / "form.docx")
    report = kept(tmp_path / "report.json", accepted(judged))
    data = form.read_bytes()
    main = parts(data)["word/document.xml"]
    bad = {
        "torn.docx": data[:3000],
        "text.docx": b"not a form",
        "signed.docx": rezipped(data, **{"_xmlsignatures/origin.sigs": b""}),
        "wide.docx": rezipped(
            data, **{"word/document.xml": main.decode().replace("UTF-8", "UTF-16").encode("utf-16")}
        ),
        "dtd.docx": rezipped(
            data, **{"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>' + main.split(b"?>", 1)[1]}
        ),
        "empty.xlsx": b"",
        "prose.docx": parts_of_prose(),
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
        out = tmp_path / f"out{Path(name).suffix}"
        said = command("fill", tmp_path / name, report, "--out", out)
        assert (said.code, said.err.count("\n"), said.out) == (2, 1, ""), (name, said)
        assert "Traceback" not in said.err
        assert not out.exists()
    newer = tmp_path / "newer.json"
    newer.write_text(report.read_text().replace('"schema": 1', '"schema": 2'))
    for arguments in (
        (form, newer, "--out", tmp_path / "o.docx"),
        (form, report, "--out", form),
        (form, report, "--out", tmp_path / "o.xlsx"),
        (tmp_path / "none.docx", report, "--out", tmp_path / "o.docx"),
        (report, report, "--out", tmp_path / "o.json"),
        (tmp_path, report, "--out", tmp_path / "o.docx"),
        (form, report, "--out", tmp_path / "o.docx", "--template", "no-such"),
    ):
        said = command("fill", *arguments)
        assert (said.code, said.err.count("\n")) == (2, 1), (arguments, said)
    assert form.read_bytes() == data


def parts_of_prose() -> bytes:
    document = docx.Document()
    document.add_heading("A report on boats", 0)
    document.add_heading("Boats", 1)
    document.add_paragraph("They float.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_form_of_other_sections_is_told_with_the_nearest(tmp_path, judged):
    form = word_form(tmp_path / "form.docx")
    data = form.read_bytes()
    xml = parts(data)["word/document.xml"].decode()
    for head, other in zip(HEADS, ("Relevent polices", "Zzz"), strict=True):
        xml = xml.replace(f">{head}<", f">{other}<")
    for n, head in (("a", HEADS[0]), ("b", HEADS[0]), ("a", HEADS[1]), ("b", HEADS[1])):
        xml = xml.replace(f"How is {n} of {head.lower()} known?", f"Why {n}?")
    form.write_bytes(rezipped(data, **{"word/document.xml": xml.encode()}))
    with pytest.raises(
        InputError,
        match=r"“Relevent polices” .nearest: “Relevant policies and procedures”.; “Zzz” .none is near",
    ):
        fill(form, accepted(judged))


def test_elements_stand_where_they_are_whatever_is_between_them():
    xml = """<?xml version="1.0"?><!-- <a> --><w:a x="1>2" y='/>'><b/><![CDATA[</w:a>]]><b z="/"/>t > u<c>é</c ></w:a>""".encode()
    found = elements(xml)
    assert [e.tag for e in found] == ["w:a", "b", "b", "c"]
    assert [xml[e.start : e.end] for e in found[1:]] == [b"<b/>", b'<b z="/"/>', "<c>é</c >".encode()]
    assert xml[found[0].inner : found[0].close].endswith(b"</c >")
    assert found[0].prefix == "w:"
    assert (
        spliced(
            xml, [Edit(found[1].start, found[1].start, b"1"), Edit(found[1].start, found[1].start, b"2")]
        ).count(b"12<b/>")
        == 1
    )


@pytest.mark.parametrize("box", ["B3", "A4"])
def test_a_box_beside_or_under_a_question_is_found(tmp_path, judged, box):
    """Blanks past the last words are no cells to a reader; a box that the form drew is one all the same."""
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["A2"], page["A3"] = "Provider return", HEADS[0], "1. How is this known to the board?"
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(InputError, match="no box stands beside or under the question"):
        fill(tmp_path / "form.xlsx", accepted(judged))
    page[box].border = openpyxl.styles.Border(bottom=openpyxl.styles.Side("thin"))
    book.save(tmp_path / "form.xlsx")
    made = openpyxl.load_workbook(io.BytesIO(fill(tmp_path / "form.xlsx", accepted(judged)).content)).active
    assert "Handover" in made[box].value
    assert made[box].border.bottom.style == "thin"


def test_cells_and_rows_that_are_not_there_are_made_in_their_order(tmp_path, judged):
    form = sheet_form(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(form)
    book["Return"]["D4"].border = openpyxl.styles.Border(bottom=openpyxl.styles.Side("thin"))
    book.save(form)
    made = fill(form, accepted(judged))
    root = etree.fromstring(parts(made.content)["xl/worksheets/sheet1.xml"])
    assert [c.get("r") for row in root.iter("{*}row") for c in row if row.get("r") == "4"] == [
        "A4",
        "B4",
        "D4",
    ]
    cell = openpyxl.load_workbook(io.BytesIO(made.content))["Return"]["B4"]
    assert "Handover" in cell.value
