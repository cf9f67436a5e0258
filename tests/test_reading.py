"""Reading as a whole: every format, the ledger, folders, refusals. All texts are invented."""

import json
import subprocess
import sys
from itertools import pairwise

import docx
import openpyxl
import pandas as pd
import pytest
from fpdf import FPDF

from thememiner.errors import InputError
from thememiner.reading import read
from thememiner.records import Source

SENTENCES = (
    "The ward rang the community team twice before the discharge.",
    "Nobody answered until 14:30 on the second day.",
    "Her father’s number was not in the record.",
)


def write_docx(path, paragraphs=SENTENCES, heading="Handover"):
    document = docx.Document()
    document.add_heading(heading, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(path)


def write_pdf(path, paragraphs=SENTENCES, **encryption):
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for paragraph in paragraphs:
        pdf.multi_cell(0, 6, paragraph.replace("’", "'"), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(6)
    if encryption:
        pdf.set_encryption(**encryption)
    pdf.output(str(path))


def write_xlsx(path, rows, sheet="Incidents"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


def write_all(folder):
    """The same sentences in every format of running text."""
    write_docx(folder / "a.docx")
    write_pdf(folder / "b.pdf")
    (folder / "c.txt").write_text("\n\n".join(SENTENCES), "utf-8")
    (folder / "d.md").write_text("# Handover\n\n" + "\n\n".join(f"- {s}" for s in SENTENCES), "utf-8")
    page = "".join(f"<p>{s}</p>" for s in SENTENCES)
    html = (
        f"<html><head><title>x</title><style>p{{}}</style></head><body><h1>Handover</h1>{page}</body></html>"
    )
    (folder / "e.html").write_text(html, "utf-8")


def check_spans(document):
    for spans in (document.parts, document.sections, document.locations, document.voices):
        for _, start, end in spans:
            assert 0 <= start < end <= len(document.text)
            assert document.text[start:end] == document.text[start:end].strip()
        assert list(spans) == sorted(spans, key=lambda span: span[1])
        assert all(a[2] <= b[1] for a, b in pairwise(spans))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "box"
    folder.mkdir()
    return folder


def test_every_format_yields_the_same_sentences(folder):
    write_all(folder)
    reading = read([Source(folder, kind="policy")])
    assert [entry.status for entry in reading.ledger] == ["read"] * 5
    for document in reading.documents:
        for sentence in SENTENCES:
            assert sentence.replace("’", "'") in document.text.replace("’", "'"), document.source
        check_spans(document)
        assert document.locations
        for place, start, end in document.locations:
            assert place.startswith("page 1" if document.source.endswith("pdf") else "paragraph ")
            assert document.text[start:end]
    by_name = {document.source: document for document in reading.documents}
    for name in ("box/a.docx", "box/d.md", "box/e.html"):
        document = by_name[name]
        assert document.title == "Handover"
        assert document.text.startswith("Handover\n\n")
        assert document.asides == (("heading", 0, 8),)
        assert document.parts == (("Handover", 10, len(document.text)),)
    assert [place for place, _, _ in by_name["box/c.txt"].locations] == [f"paragraph {n}" for n in (1, 2, 3)]


def test_rows_are_the_same_in_every_table_format(folder):
    header = ["id", "date", "narrative", "nhs_number"]
    rows = [[f"W{n}", f"0{n}/03/2024", sentence, "not to be kept"] for n, sentence in enumerate(SENTENCES, 1)]
    write_xlsx(folder / "a.xlsx", [header, *rows])
    lines = [",".join(f'"{cell}"' for cell in row) for row in [header, *rows]]
    (folder / "b.csv").write_text("\n".join(lines), "utf-8")
    records = [dict(zip(header, row, strict=True)) for row in rows]
    (folder / "c.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    (folder / "d.json").write_text(json.dumps({"stories": records}), "utf-8")
    (folder / "e.tsv").write_text("\n".join("\t".join(row) for row in [header, *rows]), "utf-8")
    settings = {"text": "narrative", "id": "id", "date": "date"}
    reading = read([Source(folder, **settings), Source(pd.DataFrame(records), **settings)])
    assert [entry.documents for entry in reading.ledger] == [3] * 6
    assert [entry.format for entry in reading.ledger] == ["DataFrame", "xlsx", "csv", "jsonl", "json", "tsv"]
    for at, document in enumerate(reading.documents):
        number = at % 3 + 1
        assert document.text == SENTENCES[number - 1]
        assert (document.reference, document.own_reference) == (f"W{number}", True)
        assert document.date == f"2024-03-0{number}"
        assert document.parts == (("narrative", 0, len(document.text)),)
        assert document.known == (("number", "not to be kept"),)
        others = [getattr(document, name) for name in document.__slots__ if name != "known"]
        assert "not to be kept" not in str(others)


def test_refused_files_do_not_stop_the_run_and_the_ledger_balances(folder):
    write_all(folder)
    (folder / "f.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
    (folder / "g.docx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "h.pdf").write_bytes(b"%PDF-1.4 nothing more")
    (folder / "i.txt").write_bytes(b"")
    (folder / "j.png").write_bytes(b"\x89PNG")
    (folder / "k.xlsx").write_bytes(b"not a workbook")
    (folder / "l.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    )
    write_pdf(folder / "m.pdf", owner_password="o", user_password="u")
    (folder / "n.pdf").write_bytes((folder / "b.pdf").read_bytes()[:300])
    (folder / "o.pdf").write_bytes(b"hello")
    (folder / "p.json").write_text("{oh", "utf-8")
    (folder / "q.csv").write_bytes(b"PK\x03\x04")
    (folder / "r").write_text("no suffix", "utf-8")
    reading = read([Source(folder, kind="policy")])
    refused = {entry.source[4:]: entry.reason for entry in reading.ledger if entry.status == "refused"}
    assert refused == {
        "f.doc": "unsupported",
        "g.docx": "truncated",
        "h.pdf": "truncated",
        "i.txt": "empty",
        "j.png": "unsupported",
        "k.xlsx": "malformed",
        "l.docx": "encrypted",
        "m.pdf": "encrypted",
        "n.pdf": "truncated",
        "o.pdf": "malformed",
        "p.json": "malformed",
        "q.csv": "malformed",
        "r": "unsupported",
    }
    details = {entry.source[4:]: entry.detail for entry in reading.ledger}
    assert details["f.doc"] == "save it as DOCX or PDF"
    assert len(reading.ledger) == len(list(folder.iterdir())) == 5 + len(refused)
    assert sum(entry.documents for entry in reading.ledger) == len(reading.documents) == 5
    assert all(len(entry.sha256) == 64 for entry in reading.ledger)


@pytest.mark.parametrize(("thrown", "code"), [(ValueError, "crashed"), (ModuleNotFoundError, "unsupported")])
def test_what_a_parser_throws_is_a_code_and_not_a_traceback(monkeypatch, thrown, code):
    from thememiner.reading import child, formats

    def broken(data):
        raise thrown(data.decode("utf-8"))

    monkeypatch.setitem(formats.FORMATS, ".txt", (broken, ""))
    frames = child.answer(".txt", b"A private sentence.", 10_000)
    assert len(frames) == 1
    assert f'"{code}"'.encode() in frames[0]
    assert b"private" not in frames[0]


def test_the_order_of_sources_and_files_does_not_matter(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        write_all(folder)
    a = read([Source(one, kind="policy"), Source(two, kind="account")])
    b = read([Source(two, kind="account"), Source(one, kind="policy")])
    assert a == b
    assert [entry.source for entry in a.ledger] == sorted(entry.source for entry in a.ledger)


def test_a_folder_is_walked_without_hidden_locked_and_excluded_files(folder):
    (folder / "sub").mkdir()
    (folder / "old").mkdir()
    (folder / ".git").mkdir()
    for name in ("a.txt", "sub/b.txt", "old/c.txt", ".hidden.txt", "~$a.docx", "draft_d.txt", ".git/e.txt"):
        (folder / name).write_text("A sentence.", "utf-8")
    reading = read([Source(folder, exclude=("old/*", "draft*"))])
    assert [entry.source for entry in reading.ledger] == ["box/a.txt", "box/sub/b.txt"]
    assert str(folder.parent) not in str(reading.ledger)
    with pytest.raises(InputError, match="has no files in it but 4"):
        read([Source(folder, exclude="*.txt")])


def test_an_empty_folder_and_a_missing_path_are_the_users_to_mend(folder):
    with pytest.raises(InputError, match="the folder box has no files in it"):
        read([Source(folder)])
    (folder / "incidents.csv").write_text("text\nx", "utf-8")
    with pytest.raises(
        InputError, match=r'incidnts.csv does not exist in box. Did you mean "incidents.csv"\?'
    ):
        read([Source(folder / "incidnts.csv")])
    with pytest.raises(InputError, match="there is no such folder"):
        read([Source(folder / "nowhere" / "a.csv")])


def test_progress_is_told_for_every_file(folder):
    write_all(folder)
    told = []
    read([Source(folder)], progress=lambda done, of: told.append((done, of)))
    assert told == [(n, 5) for n in range(1, 6)]


def test_the_kind_and_settings_of_the_source_reach_the_document(folder):
    write_all(folder)
    source = Source(folder, kind="account", organisation="Northmoor Trust", voice="staff", document="return")
    for document in read([source]).documents:
        assert (document.kind, document.organisation) == ("account", "Northmoor Trust")
        assert (document.voice, document.document) == ("staff", "return")


def test_a_document_hides_its_text(folder):
    write_all(folder)
    assert "ward" not in repr(read([Source(folder)]).documents)


def test_importing_reading_is_light():
    code = (
        "import sys, thememiner.reading; "
        "print([m for m in ('lxml', 'selectolax', 'pypdfium2', 'python_calamine', 'pandas', 'numpy') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_whose_shape_breaks_a_reader_is_refused_and_the_run_goes_on(folder, monkeypatch):
    from thememiner.reading import mapping

    (folder / "a.txt").write_text("A private sentence.", "utf-8")
    (folder / "b.md").write_text("Another sentence.", "utf-8")
    real = mapping.texts.compose

    def broken(blocks, *rest):
        if blocks[0].text.startswith("A private"):
            raise ValueError(blocks[0].text)
        return real(blocks, *rest)

    monkeypatch.setattr(mapping.texts, "compose", broken)
    reading = read([Source(folder)])
    assert [(entry.status, entry.reason) for entry in reading.ledger] == [
        ("refused", "crashed"),
        ("read", ""),
    ]
    assert "private" not in str(reading.ledger)


def test_the_end_of_a_files_name_is_no_format_unless_it_is_one(folder):
    (folder / "letter of Mr.Quillby").write_text("A sentence.", "utf-8")
    (folder / "b.doc").write_text("A sentence.", "utf-8")
    assert {entry.format for entry in read([Source(folder)]).ledger} == {"", "doc"}
