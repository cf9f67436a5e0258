"""Redaction at the source: the same files, de-identified, in the same layout, and nothing else."""

# ruff: noqa: E501, DTZ001  rows stay on one line, and the times of a workbook have no zone

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from thememiner.deidentifying import rules
from thememiner.errors import InputError
from thememiner.reading.parsed import Block, Member, RefusedError, Text
from thememiner.redacting import WORDS, redact
from thememiner.redacting.naming import Paths, safe, sheet_names, spaced
from thememiner.redacting.spreadsheets import Sheet, csv_bytes, harmless, xlsx_bytes


@pytest.fixture
def given(tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


def ledger(out: Path) -> dict[str, object]:
    return json.loads((out / "ledger.json").read_text("utf-8"))


# Tables.


def test_a_csv_comes_back_with_every_row_and_column(given, out):
    text = (
        "Ref;Patient name;NHS No;What happened;Notes;\r\n"
        '1;"QUILL, Zara";9434765919;"Mrs Quill rang.\r\nZara was upset; £20 lost";;\r\n'
        "\r\n"
        "2;;;Nothing;;\r\n"
        ";;;;;\r\n"
        "3;Tom Peverell;999;Tom Peverell and Mrs Quill spoke;x;beyond\r\n"
    )
    (given / "extract.csv").write_bytes(text.encode("cp1252"))
    redact([given], out)
    written = out / "given" / "extract.csv"
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows(written, ";") == [
        ["Ref", "Patient name", "NHS No", "What happened", "Notes", ""],
        ["1", "[PERSON 1]", "[NHS NUMBER]", "Mrs [PERSON 1] rang.\r\n[PERSON 1] was upset; £20 lost", "", ""],
        [],
        ["2", "", "", "Nothing", "", ""],
        ["", "", "", "", "", ""],
        ["3", "[PERSON 1]", "[NUMBER]", "[PERSON 1] and Mrs [PERSON 2] spoke", "x", "beyond"],
    ]


@pytest.mark.parametrize(
    ("suffix", "delimiter"), [(".csv", ","), (".csv", "|"), (".tsv", "\t"), (".TAB", "\t")]
)
def test_a_table_keeps_its_delimiter_and_suffix(given, out, suffix, delimiter):
    (given / f"a{suffix}").write_text(f"a{delimiter}b\n1{delimiter}2\n3{delimiter}4\n")
    redact([given / f"a{suffix}"], out)
    assert rows(out / f"a{suffix.lower()}", delimiter) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_headings_below_titles_are_found_and_a_role_is_no_heading(given, out):
    (given / "a.csv").write_text(
        "Extract of incidents\nMade by,Mrs Quill\nVoice,Reported by,Comment\nPatient,Ann Avocet,The ward was cold\n"
        "Staff,Bo Else,Bo Else said so\n"
    )
    redact([given / "a.csv"], out)
    assert rows(out / "a.csv") == [
        ["Extract of incidents", "", ""],
        ["Made by", "Mrs [PERSON 1]", ""],
        ["Voice", "Reported by", "Comment"],
        ["Patient", "[PERSON 1]", "The ward was cold"],
        ["Staff", "[PERSON 1]", "[PERSON 1] said so"],
    ]


def test_a_form_of_labels_and_values(given, out):
    (given / "form.csv").write_text(
        "Ward,Acorn\nPatient name,Zara Quill\nDate of birth,03/04/1956\nReferred by:,Ms Avocet,NHS number:,999\n"
        "Voice,Patient\nPatient,The food was cold\n"
    )
    redact([given / "form.csv"], out)
    assert [row[:4] for row in rows(out / "form.csv")] == [
        ["Ward", "Acorn", "", ""],
        ["Patient name", "[PERSON 1]", "", ""],
        ["Date of birth", "[DATE OF BIRTH]", "", ""],
        ["Referred by:", "Ms [PERSON 1]", "NHS number:", "[NUMBER]"],
        ["Voice", "Patient", "", ""],
        ["Patient", "The food was cold", "", ""],
    ]


def test_a_table_of_two_columns_is_no_form(given, out):
    (given / "a.csv").write_text("Patient name,Ward\nZara Quill,Acorn\n")
    redact([given / "a.csv"], out)
    assert rows(out / "a.csv") == [["Patient name", "Ward"], ["[PERSON 1]", "Acorn"]]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-cmd", "'-cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\uff1d1", "'\uff1d1"),
        ("-12.5", "-12.5"),
        ("-1,200", "-1,200"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_cell_of_a_csv_is_no_formula(cell, written):
    assert harmless(cell) == written
    assert next(
        csv.reader(io.StringIO(csv_bytes(Sheet("", ((cell, "x"),), (1,)), ",")[3:].decode(), newline=""))
    ) == [
        written,
        "x",
    ]


def test_a_workbook_keeps_sheets_places_and_types(given, out):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Mrs Quill [x]".replace("[", "(").replace("]", ")")
    page["B3"], page["C3"], page["D3"], page["E3"] = "Ref", "When", "Surname", "Told"
    page["B4"], page["C4"], page["D4"], page["E4"] = 12.5, dt.datetime(2024, 3, 12), "Quill", "Quill rang"
    page["B6"], page["C6"], page["D6"], page["E6"] = "007", dt.datetime(2024, 3, 12, 9, 30), None, "'=1+1"
    page["B7"], page["C7"], page["E7"] = True, dt.time(9, 30), 9434765919
    page["D8"] = True
    page["E8"] = "=HYPERLINK(1)"
    page["E8"].data_type = "s"
    book.create_sheet("Plain")["A1"] = "Nothing"
    book.save(given / "b.xlsx")
    redact([given / "b.xlsx"], out)
    again = openpyxl.load_workbook(out / "b.xlsx")
    assert again.sheetnames == ["Mrs (PERSON 1) (x)", "Plain"]
    page = again.worksheets[0]
    assert [page[at].value for at in ("B3", "C3", "D3", "E3")] == ["Ref", "When", "Surname", "Told"]
    assert [page[at].value for at in ("B4", "C4", "D4", "E4")] == [
        12.5,
        dt.datetime(2024, 3, 12),
        "[PERSON 1]",
        "[PERSON 1] rang",
    ]
    assert page["C4"].is_date
    assert [page[at].value for at in ("A5", "B5", "E5")] == [None] * 3
    assert [page[at].value for at in ("B6", "C6")] == ["007", dt.datetime(2024, 3, 12, 9, 30)]
    assert (page["B7"].value, page["C7"].value, page["E7"].value) == (True, dt.time(9, 30), "[NHS NUMBER]")
    assert page["D8"].value == "[PERSON 1]"
    assert (page["E8"].value, page["E8"].data_type) == ("=HYPERLINK(1)", "s")
    with zipfile.ZipFile(out / "b.xlsx") as archive:
        whole = b"".join(map(archive.read, archive.namelist()))
    assert b"<f>" not in whole


def test_a_cell_too_long_for_a_workbook_is_counted_and_one_too_far_refused():
    content, cut = xlsx_bytes([Sheet("S", (("x" * 32_768, "y" * 32_767),), (1,))])
    assert cut == 1
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [len(cell.value) for cell in page[1]] == [32_767, 32_767]
    with pytest.raises(RefusedError, match="over_limit"):
        xlsx_bytes([Sheet("S", (("x",),), (1_048_577,))])


def test_records_of_json_come_back_as_rows(given, out):
    (given / "a.jsonl").write_text(
        '{"id": 1, "reporter name": "Ann Other"}\n\n{"id": 2, "text": "Call Mr Quill"}\n'
    )
    redact([given / "a.jsonl"], out)
    assert rows(out / "a.csv") == [
        ["id", "reporter name", "text"],
        ["1", "[PERSON 1]", ""],
        ["2", "", "Call Mr [PERSON 1]"],
    ]


# Texts.


def test_a_document_comes_back_as_text_with_its_headings(given, out):
    document = docx.Document()
    document.add_heading("Visit of Mrs Quill", 1)
    document.add_paragraph("She was seen at home.")
    document.add_heading("Follow-up", 2)
    document.add_paragraph("Quill agreed.")
    table = document.add_table(3, 2)
    for at, (label, value) in enumerate(
        (("Surname", "Brambling"), ("Ward", "Acorn"), ("DOB", "3 April 1956"))
    ):
        table.rows[at].cells[0].text, table.rows[at].cells[1].text = label, value
    document.save(given / "visit.docx")
    redact([given], out)
    text = (out / "given" / "visit.txt").read_text("utf-8")
    assert text == (
        "Visit of Mrs [PERSON 1]\n\nShe was seen at home.\n\nFollow-up\n\n[PERSON 1] agreed.\n\n"
        "Surname\n[PERSON 2]\n\nWard\nAcorn\n\nDOB\n[DATE OF BIRTH]\n"
    )


def test_a_title_and_a_heading_that_are_not_in_the_text_are_written_above_it(given, out, monkeypatch):
    said = Text(
        (Block("Thank you."), Block("See Mr Quill.", "note")), "Reply to Mr Quill", known=(("person", "Bo"),)
    )
    monkeypatch.setattr("thememiner.reading.sandbox.parse", lambda *_: said)
    (given / "mail of Bo.txt").write_text("x")
    redact([given], out)
    assert (out / "given" / "mail of (PERSON 2).txt").read_text() == (
        "Reply to Mr [PERSON 1]\n\nThank you.\n\nNotes\nSee Mr [PERSON 1].\n"
    )


def test_files_inside_files_are_written_below_them(given, out, monkeypatch):
    def parse(suffix: str, data: bytes, _: object) -> object:
        if suffix == ".md":
            return Text(
                (Block("A mail."),),
                members=(
                    Member("a\\b/../Mrs Quill.txt", b"In it."),
                    Member("x.txt", code="encrypted", detail="no"),
                ),
            )
        return Text((Block(data.decode()),))

    monkeypatch.setattr("thememiner.reading.sandbox.parse", parse)
    (given / "Ms Avocet.md").write_text("x")
    done = redact([given / "Ms Avocet.md"], out)
    assert {file.entry.inside for file in done.files[1:]} == {"Ms (PERSON 1).md"}
    assert [(file.entry.source, file.entry.status, file.written) for file in done.files] == [
        ("Ms (PERSON 1).md", "read", "Ms (PERSON 1).txt"),
        ("Ms (PERSON 1).md/a\\b/../Mrs (PERSON 1).txt", "read", "Ms (PERSON 1).md/a_b/_/Mrs (PERSON 1).txt"),
        ("Ms (PERSON 1).md/x.txt", "refused", ""),
    ]
    assert (out / "Ms (PERSON 1).md" / "a_b" / "_" / "Mrs (PERSON 1).txt").read_text() == "In it.\n"


# Names of files, and what is beside them.


def test_names_of_files_and_folders_are_masked_and_each_once(given, out):
    inner = given / "Mrs_Quill" / "b"
    inner.mkdir(parents=True)
    (inner / "MrPeverell-letter.txt").write_text("A note.")
    (inner / "Ms.Avocet letter.md").write_text("Another.")
    (inner / "Peverow.txt").write_text("Seen with Mr Peverow.")
    (given / "summary.csv").write_text("a,b\n1,2\n")
    (given / "a.txt").write_text("One.")
    (given / "a.md").write_text("Two.")
    done = redact([given, given / "a.txt"], out)
    assert [file.written for file in done.files] == [
        "given/Mrs_(PERSON 1)/b/Mr(PERSON 1)-letter.txt",
        "given/Mrs_(PERSON 1)/b/Ms.(PERSON 1) letter.txt",
        "given/Mrs_(PERSON 1)/b/(PERSON 1).txt",
        "given/a.txt",
        "given/a~2.txt",
        "given/summary.csv",
    ]
    assert all((out / file.written).is_file() for file in done.files)
    assert (out / "given" / "a.txt").read_text() == "Two.\n"


def test_a_file_called_as_the_summary_is_not_lost(given, out):
    (given / "Summary.csv").write_text("a,b\n1,2\n")
    assert [file.written for file in redact([given / "Summary.csv"], out).files] == ["Summary~2.csv"]
    assert rows(out / "Summary~2.csv") == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a/b", "a_b"),
        ("..", "_"),
        ("CON", "_CON"),
        ("nul.x", "_nul.x"),
        (" x. ", "x"),
        ("a\x00[b]", "a_b_".replace("_b", "__b", 1)),
    ],
)
def test_a_name_is_safe_on_any_system(name, wanted):
    assert safe(name) == wanted
    assert len(safe("é" * 300).encode()) <= 180


def test_sheet_names_fit_and_differ():
    long = "x" * 40
    assert sheet_names([long, long.upper(), "a:b", "", "'q'"]) == [
        "x" * 31,
        "X" * 29 + "~2",
        "a_b",
        "Sheet",
        "q",
    ]


@pytest.mark.parametrize("name", ["Mrs_Quill", "MrsQuill.x", "a-b", "é_Ü.B", "x@y_z"])
def test_a_spaced_name_has_its_places(name):
    words, back = spaced(name)
    assert len(words) == len(back)
    assert all(a in (b, " ") for a, b in zip(words, (name[at] for at in back), strict=True))


def test_paths_differ_whatever_their_case():
    paths = Paths(["ledger.json"])
    assert paths.free("", "Ledger", ".json") == "Ledger~2.json"
    assert paths.folder(("A", "x"), ("M", "m")) == "M/m"
    assert paths.folder(("B",), ("m",)) == "m~2"
    assert paths.folder(("A", "x"), ("M", "m")) == "M/m"


def test_the_ledger_balances_and_nothing_of_a_refused_file_is_written(given, out):
    (given / "good.txt").write_text("Fine.")
    (given / "Mrs Quill.png").write_bytes(b"\x89PNG")
    (given / "empty.csv").write_text(" ")
    (given / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (given / "letter of Mr. Peverell").write_text("x")
    done = redact([given], out)
    table = ledger(out)
    assert (table["found"], table["read"], table["refused"]) == (5, 1, 4)
    assert table["redaction"] == {"redacted": True}
    assert {f["source"]: (f["reason"], f["written"]) for f in table["files"]} == {
        "given/Mrs (PERSON 1).png": ("unsupported", ""),
        "given/broken.xlsx": ("truncated", ""),
        "given/empty.csv": ("empty", ""),
        "given/good.txt": ("", "given/good.txt"),
        "given/letter of Mr. (PERSON 1)": ("unsupported", ""),
    }
    assert len(done.files) == 5
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert there == {"ledger.json", "summary.csv", "summary.xlsx", "given/good.txt"}


def test_the_summary_counts_the_masks(given, out):
    (given / "a.csv").write_text("Ref,Patient name,Told\n1,Ann Other,Ann Other of GU1 4RJ\n")
    (given / "b.txt").write_text("Mr Quill and Mrs Peverell.")
    (given / "c.png").write_bytes(b"x")
    redact([given], out)
    head, columns, *files, last = rows(out / "summary.csv")
    assert head[0] == WORDS
    assert "de-identified (pseudonymised), not anonymous: read before sharing" in WORDS.lower()
    table = {row[0]: dict(zip(columns, row, strict=True)) for row in (*files, last)}
    assert table["given/a.csv"]["PERSON"] == "2"
    assert table["given/b.txt"]["PERSON"] == "2"
    assert table["given/c.png"]["Status"] == "refused, not written"
    assert (table["All files"]["PERSON"], table["All files"]["All masks"]) == ("4", "5")
    page = openpyxl.load_workbook(out / "summary.xlsx").active
    assert page["A1"].value == WORDS
    assert page.cell(page.max_row, page.max_column).value == 5


def test_a_folder_in_what_is_read_and_the_other_way_about(given, out):
    (given / "a.txt").write_text("x")
    inner = given / "b"
    inner.mkdir()
    for sources, folder in (
        ([given], given / "out"),
        ([given], given),
        ([given / "a.txt"], given),
        ([inner], given),
        ([given / "a.txt"], given / "a.txt"),
    ):
        with pytest.raises(InputError, match=r"lies in|is a file"):
            redact(sources, folder)
    out.mkdir()
    (out / "old.txt").write_text("x")
    with pytest.raises(InputError, match="not empty"):
        redact([given / "a.txt"], out)
    assert [path.name for path in out.iterdir()] == ["old.txt"]


def test_the_same_bytes_whatever_the_order(given, tmp_path):
    (given / "a.csv").write_text("Ref,Told\n1,Mr Quill\n")
    (given / "b.txt").write_text("Mrs Peverell.")
    book = openpyxl.Workbook()
    book.active["A1"] = "Mr Quill"
    book.save(given / "c.xlsx")
    sources = [given / name for name in ("a.csv", "b.txt", "c.xlsx")]
    redact(sources, tmp_path / "one")
    redact(sources[::-1], tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_a_file_that_cannot_be_written_leaves_no_part_of_itself(given, out, monkeypatch):
    (given / "a.txt").write_text("x")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match="No space left"):
        redact([given / "a.txt"], out)
    assert list(out.iterdir()) == []


def test_local_patterns_and_months_hold_in_every_cell_and_text(given, out):
    (given / "a.csv").write_text("Ref,What\nQZ-123,Seen QZ-124 on 4 March 2025\n")
    (given / "b.txt").write_text("Tag QZ-125 was lost.")
    redact([given], out, wall=rules((r"TAG=QZ-\d{3}",), "month"))
    assert rows(out / "given" / "a.csv") == [["Ref", "What"], ["[TAG]", "Seen [TAG] on March 2025"]]
    assert (out / "given" / "b.txt").read_text() == "Tag [TAG] was lost.\n"
