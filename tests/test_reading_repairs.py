"""Tidying can be undone: what the parser gave comes back letter for letter. All texts are invented."""

from __future__ import annotations

import json
import time
import unicodedata
from dataclasses import fields, replace
from email.message import EmailMessage

import docx
import openpyxl
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from thememiner.deidentifying import deidentify
from thememiner.evidence import pick, repairs
from thememiner.reading import original, pdf, read, texts, wire
from thememiner.reading.pagelines import mend
from thememiner.reading.parsed import Block, Text
from thememiner.reading.repairs import before, edits, shifted, told, undo
from thememiner.reading.tidying import line, tidy
from thememiner.records import Document, Membership, Passage, RawDocument, Source
from thememiner.steps import document_rows, read_texts

# Everything that tidying looks at, so that a text of these is changed in many ways at once.
ODD = (
    "ab fi1.-\u00a0\u2009\u200b\n\r\t\f\ufb01\ufb03\ufffe\u00ad"
    "e\u0301\u0323\u0307\u1112\u1161\u11ab\x00\u2028"
)
RAW = "The of\ufb01ce  team wrote\u00a0down what it te\u0301lls a fam\u00adily.\tNobody\u200b rang."
NOW = "The office team wrote down what it télls a family. Nobody rang."


@given(st.text(st.sampled_from(ODD), max_size=80))
def test_what_is_tidied_comes_back(was):
    for done in (tidy, line):
        found = edits(was, done(was))
        assert undo(done(was), found) == was
        assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)


@given(st.text(max_size=60), st.text(max_size=60))
def test_one_text_comes_back_from_any_other(was, text):
    assert undo(text, edits(was, text)) == was


@given(
    st.lists(st.sampled_from(["coordina", "tion", "\ufffe", "-\n", "\n", " ", "10", "of\ufb01ce", "a-\nb"])),
    st.frozensets(st.sampled_from(["coordination", "coordina", "tion", "ab"])),
)
def test_mended_lines_come_back(pieces, words):
    was = "".join(pieces)
    text = tidy(mend(was, words))
    assert undo(text, edits(was, text)) == was


@given(st.text(st.sampled_from(ODD), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_stretch_cut_in_two_is_the_whole_but_for_what_was_dropped_at_the_cut(was, one, other):
    text = tidy(was)
    found = edits(was, text)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    part = before(text, found, start, end)
    assert part in was
    # Of a stretch that no edit touches nothing else can have stood there.
    if not any(first < end and last > start for first, last, _ in found):
        assert part == text[start:end]


@pytest.mark.parametrize(
    ("was", "text", "found", "said"),
    [
        ("co\ufffeordinate", "coordinate", [(2, 2, "\ufffe")], [("hyphen", 1, 3)]),
        ("coordi-\nnate it", "coordinate it", [(6, 6, "-\n")], [("hyphen", 5, 7)]),
        ("multi\ufffeagency", "multi-agency", [(5, 6, "\ufffe")], []),
        ("multi-\nagency", "multi-agency", [(6, 6, "\n")], []),
        ("an of\ufb01ce", "an office", [(5, 7, "\ufb01")], [("ligature", 5, 7)]),
        ("caf\u0065\u0301", "café", [(3, 4, "e\u0301")], [("character", 3, 4)]),
        ("fam\u00adily", "family", [(3, 3, "\u00ad")], [("character", 2, 4)]),
        ("\ufeffShe rang\u200b late", "She rang late", [(0, 0, "\ufeff"), (8, 9, "\u200b ")], []),
        ("She  rang\r\nlate", "She rang\nlate", [(4, 4, " "), (8, 9, "\r\n")], []),
        ("Tick one: yes", "yes", [(0, 0, "Tick one: ")], []),
    ],
)
def test_each_edit_is_short_and_says_what_it_is(was, text, found, said):
    assert list(edits(was, text)) == found
    assert list(told(text, found)) == said


@pytest.mark.parametrize(
    "was",
    [
        "a\u200b" * 100_000,
        "\ufb01" * 100_000,
        "x" + "\0" * 300_000 + "y",
        "x" + "\u0301\u0323" * 100_000 + "y",
        " \n" * 300_000 + "x",
        unicodedata.normalize("NFD", "환자 안전") * 20_000,
        "word \u00a0" * 50_000,
        "ab\n" * 100_000,
    ],
    ids=["dropped", "ligatures", "nul", "signs", "white", "jamo", "spaces", "lines"],
)
def test_no_text_makes_it_slow_or_large(was):
    text = line(was)
    began = time.process_time()
    found = edits(was, text)
    assert time.process_time() - began < 5  # a tenth of it, where nothing else runs
    assert len(found) <= 17 + len(was) // 16
    assert undo(text, found) == was


def test_unlike_texts_do_not_make_it_slow():
    began = time.process_time()
    assert len(edits("ab" * 100_000, "ba" * 100_000 + "c")) < 20
    assert len(edits("a" * 200_000, "b" * 200_000)) == 1
    assert time.process_time() - began < 5


# Through the readers


def of_page(tmp_path):
    (tmp_path / "a.html").write_text(f"<p>{RAW}</p><table><tr><td>{RAW}</td><td>x</td></tr></table>", "utf-8")
    return tmp_path / "a.html", 2


def of_word(tmp_path):
    document = docx.Document()
    numbered = document.add_paragraph(RAW, style="List Number")
    document.add_comment(numbered.runs, RAW)
    document.add_table(1, 1).cell(0, 0).text = RAW
    document.sections[0].footer.paragraphs[0].text = RAW
    document.save(tmp_path / "a.docx")
    return tmp_path / "a.docx", 4


def of_plain(tmp_path):
    long = "The team met each week and wrote to the family after every one of the visits"
    (tmp_path / "a.txt").write_text(f"{long}\r\nthat they made. {RAW}\r\n \r\n- {RAW}\r\n", "utf-8")
    return tmp_path / "a.txt", 2


def of_markdown(tmp_path):
    (tmp_path / "a.md").write_text(f"# {RAW}\n\n{RAW}\n\n| a | b |\n|---|---|\n| {RAW} | x |\n", "utf-8")
    return tmp_path / "a.md", 3


def of_mail(tmp_path):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Visits"
    message.set_content(RAW, charset="utf-8")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    return tmp_path / "a.eml", 1


def of_rows(tmp_path):
    (tmp_path / "a.csv").write_text(f'Ref,First,Then\n1,"{RAW}","x {RAW}"\n', "utf-8")
    return tmp_path / "a.csv", 2


def of_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Policy", RAW])
    book.active.append([RAW, "x"])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx", 2


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (of_page, "policy"),
        (of_word, "policy"),
        (of_word, "feedback"),
        (of_plain, "policy"),
        (of_markdown, "policy"),
        (of_mail, "policy"),
        (of_rows, "incident"),
        (of_sheets, "policy"),
    ],
)
def test_what_every_parser_gave_comes_back(tmp_path, made, kind):
    path, times = made(tmp_path)
    columns = ("First", "Then") if made is of_rows else ()
    (document,) = read([Source(path, kind=kind, text=columns)]).documents
    # A page's white space is one space wherever it is; Word's tab is an element, which reads as a space.
    given = " ".join(RAW.split()) if made is of_page else RAW.replace("\t", " ") if made is of_word else RAW
    text, at, found = document.text, -1, 0
    while (at := text.find(NOW, at + 1)) >= 0:
        assert original(document, at, at + len(NOW)) == given
        inside = {(sort, text[s:e]) for sort, s, e in document.repairs if at <= s and e <= at + len(NOW)}
        assert inside == {("ligature", "fi"), ("character", "é"), ("character", "mi")}
        found += 1
    assert found == times
    assert RAW not in repr(document)
    assert undo(text, document.originals).count("te\u0301lls") == times


def test_an_answer_on_a_form_has_what_stood_in_its_place(tmp_path):
    document = docx.Document()
    document.add_heading("Return of community care", 0)
    rows = [
        ("Organisation", "Northmoor Trust"),
        ("What happens at weekends?", f"{RAW}\nTwo  are closed."),
        ("Who is told?", f"Please describe in full.\n{RAW}"),
        ("How is it checked?", "By\u00a0audit."),
        ("And how often?", "By audit."),
    ]
    table = document.add_table(len(rows), 2)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    document.save(tmp_path / "a.docx")
    (form,) = read([Source(tmp_path / "a.docx", kind="account")]).documents
    assert form.form
    assert [form.text[s:e] for _, s, e in form.parts] == [
        f"{NOW}\nTwo are closed.",
        NOW,
        "By audit.",
        "By audit.",
    ]
    given = [original(form, s, e) for _, s, e in form.parts]
    spaced = RAW.replace("\t", " ")
    # Two cells that differ in a space alone: which of them an answer came from is not told by its words.
    assert given == [f"{spaced}\nTwo  are closed.", spaced, "By audit.", "By audit."]
    assert {sort for sort, _, _ in form.repairs} == {"ligature", "character"}


def divided(path):
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    for words in (
        "Coordination is everyone's work, and the teams of the county agree to share the coordina-",
        "tion of every discharge with the multi-",
        "agency group each week.",
    ):
        made.cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
    made.output(str(path))
    return path


def test_a_word_that_a_line_end_divides_is_whole_and_known(tmp_path):
    (document,) = read([Source(divided(tmp_path / "a.pdf"), kind="policy")]).documents
    assert "share the coordination of every discharge with the multi-agency group" in document.text
    at = document.text.index("coordination of")
    assert original(document, at, at + 12) == "coordina\ufffetion"
    ((sort, start, end),) = document.repairs
    assert (sort, document.text[start:end]) == ("hyphen", "at")
    kept = deidentify([document])[0]
    lines = undo(document.text, document.originals).split("\n")
    assert [words[:11] for words in lines] == ["Coordinatio", "agency grou"] or len(lines) == 1
    assert kept.repairs == document.repairs


def test_stretches_of_a_pdf_know_their_lines(tmp_path):
    blocks = pdf.parse(divided(tmp_path / "a.pdf").read_bytes()).blocks
    parsed = Text(blocks)
    (head,) = wire.encode(parsed)
    assert wire.decode(json.loads(json.dumps(head)), dict) == parsed
    composed = texts.compose(blocks)
    assert composed.originals == tuple(e for b in blocks for e in shifted(b.originals, 0))


@given(st.lists(st.text(st.sampled_from(ODD), max_size=12).map(lambda was: (was, tidy(was)))))
def test_composed_edits_stand_where_their_blocks_do(pairs):
    blocks = [Block(text, originals=edits(was, text)) for was, text in pairs]
    composed = texts.compose(blocks)
    given_back = [was if text else "" for was, text in pairs]
    expected = "\n\n".join(was for was, (_, text) in zip(given_back, pairs, strict=True) if text)
    assert undo(composed.text, composed.originals) == expected


# Through the wall


def raw(text, spans):
    return RawDocument("incident", text, "r", "a.csv", "", repairs=spans, originals=((3, 4, "secret"),))


def test_past_the_wall_only_the_sort_and_the_place_are_known():
    text = "Mr John Smith told the office that nobody rang."
    spans = (("hyphen", 5, 7), ("ligature", 24, 26))
    masked = deidentify([raw(text, spans)])[0]
    assert "Smith" not in masked.text
    assert [(sort, masked.text[s:e]) for sort, s, e in masked.repairs] == [("ligature", "ff")]
    assert deidentify([raw(text, spans)], redact=False)[0].repairs == spans
    assert "originals" not in {field.name for field in fields(Document)}
    assert "secret" not in json.dumps([repr(masked), *document_rows([masked])])


def test_a_mask_at_the_edge_of_a_repair_takes_it_with_it():
    text = "She rang 07700 900123 again."
    spans = (("hyphen", 8, 10), ("hyphen", 20, 22), ("hyphen", 22, 24))
    masked = deidentify([raw(text, spans)])[0]
    assert [masked.text[s:e] for _, s, e in masked.repairs] == ["ag"]


def test_a_quote_says_how_a_word_of_it_may_differ():
    text = "Nobody rang the office. The ward was full of people that night."
    home = Document("d", "incident", text, "", "", "", "", repairs=(("ligature", 17, 19), ("hyphen", 22, 24)))
    assert repairs(home, 0, 23) == ("ligature",)
    assert repairs(home, 0, 42) == ("hyphen", "ligature")
    assert repairs(home, 24, 42) == ()
    assert repairs(replace(home, repairs=(("character", 0, 42),)), 24, 42) == ("character",)
    members = [(Membership("p", "t", 0.9, "assigned"), Passage("p", "d", 0, 23, text[:23], "incident"))]
    (excerpt,) = pick("s", "t", members, {"d": home}, 8)
    assert excerpt.repairs == ("ligature",)


def test_what_read_wrote_keeps_its_repairs(tmp_path):
    path, _ = of_word(tmp_path)
    first = read_texts([Source(path, "feedback")])
    lines = [json.dumps(row) for row in document_rows(first.documents)]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), "utf-8")
    again = read_texts([Source(tmp_path / "d.jsonl", "feedback")])
    assert first.documents[0].repairs
    assert again.documents[0].repairs == first.documents[0].repairs
