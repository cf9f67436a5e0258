"""Running text: tidying, Word, PDF, web pages, Markdown. All texts are invented."""

import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from thememiner.deidentifying import deidentify
from thememiner.reading import markdown, pagelines, pdf, plain, read, texts, web
from thememiner.reading.pagelines import Line
from thememiner.reading.parsed import Block, RefusedError
from thememiner.reading.tidying import tidy
from thememiner.records import Source
from thememiner.segmenting import segment


def only(path, **settings):
    (document,) = read([Source(path, **{"kind": "policy", **settings})]).documents
    return document


def slices(document, spans):
    return [(label, document.text[start:end]) for label, start, end in spans]


# Tidying


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("a\u00a0 b\t c", "a b c"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("of\ufb01ce \ufb02ow", "office flow"),
        ("e\u0301tude", "étude"),
        ("a\x00b\x07c\u200bd\ufeff", "abcd"),
        ("a \n\n\n\n b", "a\n\nb"),
        ("10 000 and 5\u00a0mg, 10²", "10 000 and 5 mg, 10²"),
        ("  edge  ", "edge"),
    ],
)
def test_tidy(raw, tidied):
    assert tidy(raw) == tidied


@given(st.text(alphabet="a1 .\u00a0\u2009\u200b\n\r\t\ufb01²e\u0301\x00\u00ad", max_size=40))
def test_tidy_is_at_rest_and_never_joins_numbers(text):
    once = tidy(text)
    assert tidy(once) == once
    for a, b in pairwise(text):
        if a == "1" and b.isspace():
            assert "11" not in once or "11" in text.translate({0: None, 0xAD: None, 0x200B: None})
            break


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["aa", "b c", "d"]), st.sampled_from(["paragraph", "item", "cell", "heading"])
        ),
        min_size=1,
        max_size=9,
    )
)
def test_composed_stretches_cut_the_blocks_own_text(pieces):
    blocks = [Block(text, sort, f"paragraph {n}", 1) for n, (text, sort) in enumerate(pieces)]
    composed = texts.compose(blocks)
    assert [composed.text[s:e] for _, s, e in composed.locations] == [b.text for b in blocks]
    headings = [b.text for b in blocks if b.sort == "heading"]
    named = [composed.text[s:e] for sort, s, e in composed.asides if sort == "heading"]
    assert named == (headings if len(headings) < len(blocks) else [])
    assert all(composed.text[s:e].strip() for _, s, e in composed.parts)


def test_a_heading_with_nothing_under_it_leads_the_deeper_one():
    blocks = [
        Block("Discharge", "heading", level=1),
        Block("Planning", "heading", level=2),
        Block("Plan early."),
        Block("Transport", "heading", level=2),
        Block("Escorts", "heading", level=2),
        Block("Book one."),
    ]
    composed = texts.compose(blocks)
    assert [heading for heading, _, _ in composed.parts] == ["Discharge: Planning", "Escorts"]
    assert composed.text.split("\n\n") == [block.text for block in blocks]


# Word

W = nsdecls("w")


def word(path, build):
    document = docx.Document()
    build(document)
    document.save(path)
    return path


def add(document, xml):
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def test_tables_headers_footers_and_nested_tables_are_read(tmp_path):
    def build(document):
        document.add_heading("Scope", 1)
        document.add_paragraph("Before the table.")
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "Cell one"
        table.cell(0, 1).text = "Cell two"
        table.cell(1, 0).text = "Outer"
        table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "Inner"
        document.sections[0].header.paragraphs[0].text = "Northmoor Trust policy"
        document.sections[0].footer.paragraphs[0].text = "Page 1 of 9"

    document = only(word(tmp_path / "a.docx", build))
    assert (
        document.text
        == "Scope\n\nBefore the table.\n\nCell one\nCell two\n\nOuter\nInner\n\nNorthmoor Trust policy"
    )
    assert slices(document, document.locations)[1] == ("table 1, row 1", "Cell one\nCell two")
    assert slices(document, document.asides) == [("heading", "Scope"), ("header", "Northmoor Trust policy")]
    assert document.parts[0][0] == "Scope"


def test_insertions_are_kept_and_deletions_dropped(tmp_path):
    def build(document):
        add(
            document,
            f"<w:p {W}><w:r><w:t xml:space='preserve'>Staff </w:t></w:r>"
            "<w:del w:id='1' w:author='x'><w:r><w:delText>may</w:delText></w:r></w:del>"
            "<w:ins w:id='2' w:author='x'><w:r><w:t>must</w:t></w:r></w:ins>"
            "<w:moveFrom w:id='3' w:author='x'><w:r><w:t> gone</w:t></w:r></w:moveFrom>"
            "<w:r><w:t xml:space='preserve'> ring</w:t><w:noBreakHyphen/><w:t>back.</w:t></w:r></w:p>",
        )

    path = word(tmp_path / "a.docx", build)
    assert only(path).text == "Staff must ring-back."
    assert read([Source(path)]).ledger[0].skipped == (("deleted text", 2),)


def test_text_boxes_are_read_once_and_content_controls_without_placeholders(tmp_path):
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"

    def build(document):
        add(
            document,
            f"<w:p {W} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
            "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
            "xmlns:v='urn:schemas-microsoft-com:vml'><w:r><w:t>Round the box.</w:t></w:r>"
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
            f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
        )
        add(
            document,
            f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t xml:space='preserve'>In control: </w:t></w:r>"
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r>"
            "</w:sdtContent></w:sdt><w:r><w:t>yes.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        )

    path = word(tmp_path / "a.docx", build)
    assert only(path).text == "Round the box.\n\nIn the box.\n\nIn control: yes."
    assert read([Source(path)]).ledger[0].skipped == (("placeholder", 1),)


def test_list_items_are_lines_and_clauses_styled_as_headings_are_text(tmp_path):
    def build(document):
        document.add_heading("Duties", 1)
        document.add_heading("Each team must name a lead for the care of every person.", 2)
        document.add_paragraph("ring the ward", style="List Bullet")
        document.add_paragraph("write to the family", style="List Bullet")

    document = only(word(tmp_path / "a.docx", build))
    assert document.text == (
        "Duties\n\nEach team must name a lead for the care of every person.\n\n"
        "ring the ward\nwrite to the family"
    )
    assert document.parts == (("Duties", 8, len(document.text)),)


def test_numbers_that_word_counts_are_read_as_it_shows_them(tmp_path):
    """Headings by a style's numbering, items by their own, letters below; a second list begins again."""

    def level(depth, form, text, start=1):
        return (
            f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>"
            f"<w:lvlText w:val='{text}'/></w:lvl>"
        )

    def build(document):
        root = document.part.numbering_part.element
        roman = level(2, "lowerRoman", "%3)")
        for number, levels in (
            (71, level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")),
            (72, level(0, "decimal", "%1.", 3) + level(1, "lowerLetter", "(%2)") + roman),
        ):
            abstract = f"<w:abstractNum {W} w:abstractNumId='{number}'>{levels}</w:abstractNum>"
            root.insert(0, parse_xml(abstract))
            root.append(
                parse_xml(f"<w:num {W} w:numId='{number}'><w:abstractNumId w:val='{number}'/></w:num>")
            )
        again = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
        root.append(parse_xml(f"<w:num {W} w:numId='73'><w:abstractNumId w:val='72'/>{again}</w:num>"))

        def say(text, number=0, depth=0, heading=0):
            style = f"<w:pStyle w:val='Heading{heading}'/>" if heading else ""
            own = f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>" if number else ""
            add(document, f"<w:p {W}><w:pPr>{style}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")

        say("Scope", 71, 0, 1)
        say("Duties", 71, 0, 1)
        say("Teams", 71, 1, 2)
        say("ring the ward", 72)
        say("by noon", 72, 1)
        say("or by six", 72, 1)
        say("if open", 72, 2)
        say("write", 72)
        say("plain words")
        say("begin again", 73)

    document = only(word(tmp_path / "a.docx", build))
    assert (
        document.text.split()
        == (
            "1 Scope 2 Duties 2.1 Teams 3. ring the ward (a) by noon (b) or by six i) if open 4. write "
            "plain words 1. begin again"
        ).split()
    )
    leads = [words for sort, words in slices(document, document.asides) if sort == "lead"]
    assert leads == ["3. ", "(a) ", "(b) ", "i) ", "4. ", "1. "]
    assert [heading for heading, _, _ in document.parts] == ["2 Duties: 2.1 Teams"]


def test_a_document_of_headings_alone_is_not_lost(tmp_path):
    path = word(tmp_path / "a.docx", lambda document: document.add_heading("Only this", 1))
    assert only(path).text == "Only this"


def test_a_document_type_definition_is_refused(tmp_path):
    path = word(tmp_path / "a.docx", lambda document: document.add_paragraph("x"))
    bad = tmp_path / "b.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = b'<!DOCTYPE d [<!ENTITY e "boo">]>' + data.partition(b"?>")[2]
            target.writestr(name, data)
    assert read([Source(bad)]).ledger[0].reason == "malformed"


# PDF


def pdf_of(path, pages, header="", footer=""):
    class Pages(FPDF):
        def header(self):
            self.set_font("Helvetica", size=9)
            if header:
                self.cell(0, 6, header, new_x="LMARGIN", new_y="NEXT")

        def footer(self):
            self.set_y(-15)
            self.set_font("Helvetica", size=9)
            if footer:
                self.cell(0, 6, footer.format(self.page_no()))

    made = Pages()
    for paragraphs in pages:
        made.add_page()
        made.set_font("Helvetica", size=11)
        for paragraph in paragraphs:
            made.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
            made.ln(6)
    made.output(str(path))
    return path


def test_page_furniture_is_set_aside_and_pages_are_located(tmp_path):
    pages = [[f"On page {name} the team met the family at {n} o'clock."] for n, name in enumerate("abcd", 1)]
    path = pdf_of(tmp_path / "a.pdf", pages, "Northmoor Trust policy", "Page {} of 4")
    document = only(path)
    asides = slices(document, document.asides)
    assert asides == [
        aside
        for n in range(1, 5)
        for aside in (("header", "Northmoor Trust policy"), ("footer", f"Page {n} of 4"))
    ]
    assert slices(document, document.locations) == [
        (f"page {n}", f"Northmoor Trust policy\n\n{pages[n - 1][0]}\n\nPage {n} of 4") for n in range(1, 5)
    ]
    assert [p.text for p in segment(deidentify([document]))] == [words for (words,) in pages]
    assert read([Source(path)]).ledger[0].skipped == (("line of page furniture", 8),)


def test_numbers_in_the_margin_that_do_not_count_pages_stay(tmp_path):
    pages = [[f"Doses given: {dose}"] for dose in (5, 40, 7, 12, 3)]
    document = only(pdf_of(tmp_path / "a.pdf", pages))
    assert [f"Doses given: {dose}" in document.text for dose in (5, 40, 7, 12, 3)] == [True] * 5


def test_lines_are_joined_and_paragraphs_kept(tmp_path):
    long = (
        "The community team rang the ward on every day of the first week and wrote down what was said. " * 3
    )
    document = only(pdf_of(tmp_path / "a.pdf", [[long, "A second paragraph."]]))
    assert document.text == long.strip() + "\n\nA second paragraph."


def test_hyphens_are_joined_only_where_the_word_is_attested():
    words = frozenset(["coordination", "team"])
    assert pagelines.mend("co\ufffeordination", words) == "coordination"
    assert pagelines.mend("coordina-\ntion", words) == "coordination"
    assert pagelines.mend("multi-\nagency work", words) == "multi-agency work"
    assert pagelines.mend("10-\n20 mg", words) == "10-20 mg"
    assert pagelines.mend("5\n10 mg", words) == "5 10 mg"


def test_a_sentence_that_runs_over_the_page_is_one_paragraph(tmp_path):
    document = only(pdf_of(tmp_path / "a.pdf", [["The team wrote to the"], ["family on the next day."]]))
    assert document.text == "The team wrote to the family on the next day."
    assert [place for place, _, _ in document.locations] == ["page 1", "page 2"]


def test_lines_of_contents_are_counted(tmp_path):
    path = pdf_of(tmp_path / "a.pdf", [["1 Scope ........................ 3", "The scope is wide."]])
    assert only(path).text.endswith("\n\nThe scope is wide.")
    assert [sort for sort, _, _ in only(path).asides] == ["contents"]
    assert read([Source(path)]).ledger[0].skipped == (("line of a table of contents", 1),)


def test_furniture_needs_the_same_margin_of_several_pages():
    def page(*texts):
        return [Line(text, 50, 300, 800 - 300 * n, 812 - 300 * n, 842) for n, text in enumerate(texts)]

    pages = [page("Policy v1", "Body text") for _ in range(4)]
    assert pagelines.furniture(pages) == {(n, 0) for n in range(4)}
    assert pagelines.furniture(pages[:2]) == set()
    assert pagelines.furniture([page(f"Total {n * n}", "Body") for n in range(5)]) == set()


def test_a_scan_is_refused_and_a_scanned_page_said(tmp_path):
    from PIL import Image

    Image.new("RGB", (60, 80), "white").save(tmp_path / "scan.png")
    for name, texts_too in (("scan.pdf", False), ("mixed.pdf", True)):
        made = FPDF()
        made.set_font("Helvetica", size=11)
        made.add_page()
        made.image(str(tmp_path / "scan.png"), 0, 0, 210, 297)
        if texts_too:
            made.add_page()
            made.multi_cell(0, 6, "A page that can be read by anyone.")
        made.output(str(tmp_path / name))
    entry = read([Source(tmp_path / "scan.pdf")]).ledger[0]
    assert (entry.status, entry.reason) == ("refused", "image_only")
    entry = read([Source(tmp_path / "mixed.pdf")]).ledger[0]
    assert (entry.status, entry.reason) == ("partly_read", "image_only")
    assert entry.skipped == (("page that is an image", 1),)


def test_what_was_typed_into_a_pdfs_fields_is_read(tmp_path):
    widget = b"/T (a) /F 4 /P 3 0 R /Rect [40 280 360 310] /DA (/F 12 Tf 0 g) >>"
    helvetica = b"<< /Font << /F 5 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /DR " + helvetica + b" >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Annots [4 0 R] /Resources "
        + helvetica
        + b" >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /V (The teams ring before noon.) " + widget,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.4\n"
    for number, value in enumerate(objects, 1):
        data += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    (tmp_path / "a.pdf").write_bytes(data + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n")
    assert pdf.parse((tmp_path / "a.pdf").read_bytes()).blocks[0].text == "The teams ring before noon."


# Web pages, Markdown, plain text


def page(path, body):
    path.write_text(f"<html><body>{body}</body></html>", "utf-8")
    return path


def test_a_web_page_without_navigation_scripts_and_hidden_words(tmp_path):
    body = (
        "<nav><a>Home</a></nav><script>var x='no';</script><h1>Care plan</h1>"
        "<p>First\n <b>bold</b> words<br>next</p>"
        "<p hidden>unseen</p><div style='display: none'>unseen</div>"
        "<ul><li>one</li><li>two <p>more</p></li></ul>"
        "<table><caption>Beds</caption><tr><th>Ward</th><th>Beds</th></tr>"
        "<tr><td>North</td><td>5</td></tr></table>"
    )
    document = only(page(tmp_path / "a.html", body))
    assert (
        document.text
        == "Care plan\n\nFirst bold words\nnext\n\none\ntwo\n\nmore\n\nBeds\n\nWard\nBeds\n\nNorth\n5"
    )
    assert document.parts == (("Care plan", 11, len(document.text)),)


def test_the_numbers_of_a_web_pages_lists_are_read(tmp_path):
    body = (
        "<ol start=4><li>ring</li><li>write<ul><li>soon</li></ul></li><li>meet</li></ol><ul><li>end</li></ul>"
    )
    document = only(page(tmp_path / "a.html", body))
    assert document.text == "4. ring\n5. write\nsoon\n6. meet\nend"
    assert [words for _, words in slices(document, document.asides)] == ["4. ", "5. ", "6. "]


def test_text_that_lies_deep_is_kept_and_what_lies_too_deep_refused(tmp_path):
    deep = page(tmp_path / "a.html", "<div>" * 400 + "<p>Deep words.</p>" + "</div>" * 400 + "<p>After.</p>")
    assert only(deep).text == "Deep words.\n\nAfter."
    with pytest.raises(RefusedError, match="over_limit"):
        web.parse(page(tmp_path / "b.html", "<div>" * 200_000).read_bytes())
    flat = page(tmp_path / "c.html", "<p>No end tag." * 2000)
    assert len(web.parse(flat.read_bytes()).blocks) == 2000


def test_comments_that_never_close_cost_no_time(tmp_path):
    path = page(tmp_path / "a.html", "<p>Seen.</p>" + "<!-- <script " * 50_000)
    assert [block.text for block in web.parse(path.read_bytes()).blocks] == ["Seen."]


def test_merged_cells_of_a_web_page_keep_their_columns(tmp_path):
    body = "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    cells = [
        (b.text, b.row, b.column, b.width, b.height)
        for b in web.parse(page(tmp_path / "a.html", body).read_bytes()).blocks
    ]
    assert cells == [("a", 0, 0, 1, 2), ("b", 0, 1, 2, 1), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1)]


def test_markdown_loses_its_marks_and_no_words(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: The plan\n---\n# Scope #\n\nA **bold** and _soft_ [link](http://x.y/z_(1)) of\n"
        "two lines\\*.\n\n1. first\n2. second\n   goes on\n\n> quoted > still\n\n"
        "| a | b |\n|---|---|\n| 1 | `x|y` |\n\n"
        "Under\n-----\n\nsnake_case_name <!-- gone --> &amp; so on\n\n```\ncode_line *x*\n```\n",
        "utf-8",
    )
    document = only(path)
    assert document.title == "The plan"
    assert [heading for heading, _, _ in document.parts] == ["Scope", "Under"]
    assert document.text.split("\n\n")[:4] == [
        "Scope",
        "A bold and soft link of two lines*.",
        "1. first\n2. second goes on",
        "quoted > still",
    ]
    assert document.text.endswith("snake_case_name & so on\n\ncode_line *x*")


def test_markdown_pipes_that_are_no_table_stay(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("This | that\n\nand more", "utf-8")
    assert [block.text for block in markdown.parse(path.read_bytes()).blocks] == ["This | that", "and more"]


def test_lines_broken_at_a_width_are_joined_and_others_not(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "The community team rang the ward on every day of the first week\n"
        "and wrote down what was said by all of those who were there and\n"
        "what they would do.\n\nShort line\nAnother short line\n\n- one\n- two\n",
        "utf-8",
    )
    assert [(block.text[:12], block.sort) for block in plain.parse(path.read_bytes()).blocks] == [
        ("The communit", "paragraph"),
        ("Short line", "paragraph"),
        ("Another shor", "paragraph"),
        ("- one", "item"),
        ("- two", "item"),
    ]


def test_where_pdfium_sees_little_the_second_reader_is_asked(tmp_path, monkeypatch):
    """Its words are taken only where it finds many more, and the ledger says so."""
    from thememiner.reading import secondopinion

    said = "The community team rang the ward on every day of the week."
    data = pdf_of(tmp_path / "a.pdf", [[said], [said.replace("ward", "family")], [said]]).read_bytes()
    real = pdf._lines
    calls = []

    def blind(page):
        calls.append(page)
        return [] if len(calls) == 2 else real(page)

    monkeypatch.setattr(pdf, "_lines", blind)
    found = pdf.parse(data)
    assert [block.text for block in found.blocks] == [said, said.replace("ward", "family"), said]
    assert [block.location for block in found.blocks] == ["page 1", "page 2", "page 3"]
    assert "1 of 3 pages" in found.detail
    assert not found.partly

    def senseless(page):
        return [replace(line, text="\ue001\ue002" * len(line.text)) for line in real(page)]

    monkeypatch.setattr(pdf, "_lines", senseless)
    assert "3 of 3 pages" in pdf.parse(data).detail
    monkeypatch.setattr(secondopinion.SecondReader, "_text", lambda *_: "")
    assert pdf.parse(data).partly == "malformed"


def test_a_file_that_only_the_second_reader_opens_is_read_in_part(tmp_path, monkeypatch):
    data = pdf_of(tmp_path / "a.pdf", [["The community team rang the ward on every day."]]).read_bytes()

    def shut(data):
        raise RefusedError("malformed", "x")

    monkeypatch.setattr(pdf, "_opened", shut)
    found = pdf.parse(data)
    assert found.blocks[0].text == "The community team rang the ward on every day."
    assert found.partly == "malformed"
    with pytest.raises(RefusedError, match="malformed"):
        pdf.parse(b"%PDF-1.4 nothing here")


def test_comments_of_a_word_document_are_read_as_comments(tmp_path):
    def build(document):
        run = document.add_paragraph("The lead rings the ward.").add_run()
        document.add_comment(run, text="We do not do this yet.", author="A Person", initials="AP")

    document = only(word(tmp_path / "a.docx", build))
    assert slices(document, document.parts) == [("Comments", "We do not do this yet.")]
    assert "A Person" not in document.text
