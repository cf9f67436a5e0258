"""The board paper: read back, dressed as a house document, twice the same, and nothing in it that runs."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

import thememiner as tm
from thememiner import outputs, reports
from thememiner.errors import InputError
from thememiner.records import GridCell, Report
from thememiner.reports import arranging, paper, wording
from thememiner.reports.paper import body, words
from thememiner.wordfiles import Pen
from thememiner.wordfiles.texts import closing

PARTS = [
    "Purpose",
    "Key points",
    "Risks and issues",
    "Assurances",
    "Recommendations to the board",
    "Background",
    "Approach",
    "Evidence received",
    "What people and families told us",
    "Findings by section",
    "What we do not know",
    "Proposed next steps",
    "Appendix A: evidence",
    "Appendix B: themes",
    "Appendix C: method",
    "Appendix D: ledger",
]
NASTY = (
    '=HYPERLINK("http://x.test","y")',
    "<w:p><w:r><w:fldSimple w:instr='DDEAUTO c:\\\\cmd'/></w:r></w:p>",
    "{ INCLUDEPICTURE http://x.test/a.png }",
    "]]><!--&amp;<?x?>&#0;",
    "nul \x00 bell \x07 escape \x1b end \x0b\x0c",
    "\u202eright to left",
    "\u2067isolated \u202d\u202c",
    "\u200fmark",
    "😊🌈",
    "lone \ud800 half",
    "\ufffe\uffff",
    "one\u2028two\x85three\r\nfour\rfive\tsix",
    "http://x.test/a mailto:a@x.test",
    "x" * 32_768,
)
# Elements that run or fetch something, or that only a text turned into markup would make.
LIVE = frozenset(
    "hyperlink instrText fldChar object control altChunk pict drawing subDoc ins del sdt".split()
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def blocks(document) -> list[str]:
    """The text of every paragraph, in the body and in cells, in order."""
    return [docx.text.paragraph.Paragraph(p, None).text for p in document.element.body.iter(qn("w:p"))]


def words_of(element) -> str:
    return "".join(e.text or "" for e in element.iter(qn("w:t")))


def headings(document) -> list[tuple[int, str]]:
    found = []
    for p in document.paragraphs:
        name = p.style.name
        if name == "Title" or name.startswith("Heading"):
            found.append((0 if name == "Title" else int(name[-1]), p.text))
    return found


def quotes(contents: arranging.Contents) -> list:
    """Every excerpt that the pages show."""
    shown = [q for s in contents.sections for f in s.all for q in (*f.quotes, *((f.lead,) if f.lead else ()))]
    shown += [q for s in contents.sections for q in s.quotes]
    shown += [q for g in (*contents.people, *contents.beside, *contents.unplaced) for q in g.quotes]
    return shown


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_parts_stand_in_a_board_s_order_under_headings_without_a_jump(whole):
    document = opened(paper.render(whole))
    found = headings(document)
    assert found[0] == (0, "Invented review")
    assert [text for level, text in found if level == 1] == PARTS
    depths = [level for level, _ in found]
    assert all(after <= before + 1 for before, after in pairwise(depths))


@pytest.mark.parametrize("examples", [0, 1, 9])
def test_every_excerpt_of_the_pages_stands_whole_and_once_with_its_source(whole, monkeypatch, examples):
    monkeypatch.setattr(body, "EXAMPLES", examples)
    monkeypatch.setattr(arranging, "LEAD_WORDS", (2, 40))
    whole = replace(whole, findings=tuple(replace(f, passages=3) for f in whole.findings))
    contents = arranging.arrange(whole)
    assert any(f.lead for s in contents.sections for f in s.all)
    said = blocks(opened(paper.render(whole)))
    shown = quotes(contents)
    assert len(shown) >= 7
    assert {e.quote for e in whole.evidence} <= {q.text for q in shown}
    for quote in shown:
        places = [at for at, text in enumerate(said) if text == quote.text]
        assert len(places) == sum(other.text == quote.text for other in shown)
        assert said[places[0] + 1] == f"{quote.speaker}, {quote.organisation}. {quote.says}. {quote.place}"


def test_page_one_has_the_cover_fields_blank_and_no_quote(whole):
    document = opened(paper.render(whole))
    cover = document.tables[0]
    asked = [row.cells[0].text for row in cover.rows[1:]]
    for field in (
        *("Sponsor", "Approval", "Author", "strategy", "Legal", "Conflicts", "Equality", "Quality impact"),
        *("Resources", "Clinical", "public", "Partner", "Finance", "Digital"),
    ):
        assert sum(field in text for text in asked) == 1
    assert not any(row.cells[1].text for row in cover.rows[1:])
    first = [p.text for p in document.paragraphs if p.text][:6]
    assert "Status: Draft until accepted by a named reviewer." in first
    assert any(line.startswith("Content note. Take your time. Quotes stand under") for line in first)
    every = list(document.element.body)
    broken = next(at for at, e in enumerate(every) if e.find(f".//{W}pageBreakBefore") is not None)
    assert words_of(every[broken]) == "Purpose"
    before = "".join(map(words_of, every[:broken]))
    after = "".join(map(words_of, every[broken : broken + 20]))
    for e in whole.evidence:
        assert e.quote not in before
        assert e.quote not in after.partition("Risks and issues")[0]


def test_key_points_fit_a_page_whatever_the_report(whole):
    sections = tuple(
        replace(whole.sections[0], id=f"s{n}", title=f"T{n}", finding_ids=(f"f{n}",)) for n in range(20)
    )
    themes = tuple(replace(whole.themes[0], id=f"t{n}", name=f"N{n}") for n in range(20))
    findings = tuple(
        replace(
            whole.findings[1],
            id=f"f{n}",
            section_id=f"s{n}",
            theme_id=f"t{n}",
            statement="word " * (50 if n else 4000),
            passages=3,
        )
        for n in range(20)
    )
    many = replace(whole, sections=sections, themes=themes, findings=findings)
    said = [p.text for p in opened(paper.render(many)).paragraphs]
    points = said[said.index("Key points") : said.index("Risks and issues")]
    assert sum(map(len, points)) < 3500  # a page of this size holds about 4,000 characters
    assert sum("(Finding " in point for point in points) == 6
    assert any("(Finding 2.1)" in point for point in points)


def test_findings_carry_their_number_position_and_review(whole):
    document = opened(paper.render(whole))
    told = {
        row.cells[0].text: (row.cells[1].text, row.cells[2].text)
        for t in document.tables
        if t.rows[0].cells[-1].text == "Position, and review"
        for row in t.rows[1:]
    }
    numbers = arranging.numbers(whole)
    assert set(told) == set(numbers.values())
    for finding in whole.findings:
        if finding.id in numbers:
            statement, judged = told[numbers[finding.id]]
            assert finding.statement in statement
            assert finding.mark in judged
    text = "\n".join(blocks(document))
    assert "Reviewed by A. Reader" in text
    assert "The program’s draft: Before." in text
    assert "another matter" in text  # why one was set aside


def test_gaps_assurances_and_what_is_needed_stand_by_theme(whole):
    document = opened(paper.render(whole))
    by_head = {t.rows[0].cells[1].text: t for t in document.tables}
    gaps = by_head["Gap of"]
    first = [cell.text for cell in gaps.rows[1].cells]
    assert first[1] == "Practice"
    assert first[3] == "1.1"
    held = {
        row.cells[0].text: row.cells[2].text for row in by_head["Position, and what it rests on"].rows[1:]
    }
    assert "places in the east" in held.values()
    said = "\n".join(blocks(document))
    number = arranging.numbers(whole)["gaps/code:assertive-care/workforce"]
    assert f"Find figures of posts by team (finding {number})." in said
    assert "Ask again for what is outstanding: Fellgate (return)." in said
    assert "Read in full 1 account of a death" in said


def test_nothing_of_the_report_is_lost(whole):
    text = "\n".join(blocks(opened(paper.render(whole))))
    for given in (
        *(d.text for d in whole.requirements),
        *(t.name for t in whole.themes if t.origin == "codebook"),
        *(s.title for s in whole.sections),
        *("Agree a form.", "Fellgate", "How is it known?", "Who else?", "they say the same", "scan.pdf"),
        *("blank", "Few passages.", "Not supported: it does not", "bed days", "Does it hold?"),
        "It stands out in January 2026.",
        "SHA-256 (start)",
        wording.GRID_NOTE[:60],
        wording.GLOSSARY[0][1],
    ):
        assert given in text


def test_tables_have_captions_headings_on_each_page_and_a_text_for_those_who_do_not_see_them(whole):
    document = opened(paper.render(whole))
    numbers = []
    for element in document.element.body.iter(qn("w:tbl")):
        table = docx.table.Table(element, None)
        assert [r._tr.trPr.find(qn("w:tblHeader")) is not None for r in table.rows].index(True) == 0
        assert all(cell.text for cell in table.rows[0].cells)
        look = element.find(qn("w:tblPr"))
        assert look.find(qn("w:tblCaption")).get(qn("w:val"))
        assert look.find(qn("w:tblDescription")).get(qn("w:val"))
        above = docx.text.paragraph.Paragraph(element.getprevious(), document)
        assert above.style.name == "Caption"
        numbers.append(int(re.match(r"Table (\d+)\. ", words_of(element.getprevious()))[1]))
        widths = [int(column.get(qn("w:w"))) for column in element.find(qn("w:tblGrid"))]
        assert all(len(row.findall(qn("w:tc"))) == len(widths) for row in element.findall(qn("w:tr")))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_page_has_its_marking_its_status_and_its_number_in_british_english(whole):
    document = opened(paper.render(whole))
    upright, turned = document.sections
    assert upright.page_height > upright.page_width
    assert turned.page_width > turned.page_height
    for section in document.sections:
        assert section.header.paragraphs[0].text == wording.MARKING
        foot = section.footer._element
        assert [e.get(qn("w:instr")).strip() for e in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
        assert "Draft until accepted" in section.footer.paragraphs[0].text
    spoken = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"en-GB"}
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("Invented review", "thememiner", "en-GB")
    assert about.created.year == about.modified.year == 2000


def test_the_same_report_gives_the_same_bytes_and_no_date_of_today(whole):
    content = paper.render(whole)
    assert paper.render(whole) == content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_each_numbered_list_begins_at_one(whole):
    document = opened(paper.render(whole))
    lists = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p._p.pPr.numPr is not None and p.text]
    first, *rest = dict.fromkeys(lists)
    assert rest
    assert lists == sorted(lists, key=[first, *rest].index)
    kinds = {
        e.get(qn("w:numId")): e.find(qn("w:abstractNumId")).get(qn("w:val"))
        for e in document.part.numbering_part.element.iterchildren(qn("w:num"))
    }
    assert len({kinds[str(number)] for number in (first, *rest)}) == 1 + len(rest)


def test_an_empty_report_is_a_paper_too(whole):
    bare = replace(
        whole,
        **dict.fromkeys(
            "ledger documents received outstanding absent_voices findings evidence memberships requirements "
            "triangulation grid read_in_full recommendations ratings comparisons rates set_aside timelines "
            "trends themes skipped linked blanks".split(),
            (),
        ),
        sections=tuple(replace(s, finding_ids=(), blanks=(), evidence_ids=()) for s in whole.sections),
        provenance={},
        title="",
        question="",
    )
    said = "\n".join(blocks(opened(paper.render(bare))))
    for words_ in (words.NO_RISKS, words.NO_ASSURANCES, words.NO_QUESTION, wording.NO_PEOPLE):
        assert words_ in said


def test_a_wide_grid_goes_on_in_further_tables(whole):
    cells = tuple(
        GridCell(s.id, f"Trust {n:02}", "consistent", "it leans no other way")
        for s in whole.sections
        for n in range(12)
    )
    sections = tuple(
        replace(s, id=f"{s.id}{n}", title=f"{s.title} {n}") for n in range(4) for s in whole.sections
    )
    wide = replace(whole, grid=cells, sections=(*whole.sections, *sections))
    document = opened(paper.render(wide))
    assert words.WIDE_GRID in blocks(document)
    grids = [t for t in document.tables if t.rows[0].cells[0].text in {"Organisation", "Section"}]
    grids = [t for t in grids if "Trust 05" in "".join(c.text for r in t.rows for c in r.cells)]
    assert max(len(t.columns) for t in document.tables) <= 9
    told = {c.text for t in grids for r in t.rows for c in r.cells}
    assert {f"Trust {n:02}" for n in range(12)} <= told


@pytest.mark.parametrize("nasty", NASTY, ids=lambda text: ascii(text)[:30])
def test_no_text_becomes_an_element_a_field_or_a_part(whole, bent, nasty):
    report = bent(whole, nasty)
    content, plain = paper.render(report), paper.render(whole)
    made = parts(content)
    assert set(made) == set(parts(plain))
    for name, data in made.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(data)
            assert not {etree.QName(e).localname for e in root.iter(etree.Element)} & LIVE
            assert b'TargetMode="External"' not in data
    root = etree.fromstring(made["word/document.xml"])
    assert {e.get(f"{W}instr").strip() for e in root.iter(f"{W}fldSimple")} == {"SEQ Table \\* ARABIC"}
    tags = {etree.QName(e).localname for e in root.iter()}
    assert tags <= {
        etree.QName(e).localname for e in etree.fromstring(parts(plain)["word/document.xml"]).iter()
    } | {
        "br",
        "tab",
    }
    fine = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", nasty)
    fine = fine.replace("\r\n", "\n").replace("\r", "\n")
    said = set(blocks(opened(content)))
    assert {fine + e.quote for e in whole.evidence} <= said


def test_seven_hundred_hostile_excerpts_are_all_text_and_whole(whole):
    heads = ("=", "+", "@", "\t=", "{ DDE ", "\u202e", "\ufeff", "<w:t>", "]]>", "&#9;", "\\", "“", "%1", " ")
    tails = (
        "1+1",
        "cmd|' /C calc'!A0",
        "</w:t>",
        "MERGEFIELD x }",
        "&lt;b&gt;",
        "<b>x</b>",
        "https://x.test",
    )
    texts = [f"{h}{t}{n}" for n in range(8) for h in heads for t in tails]
    assert len(texts) >= 700
    base = whole.evidence[0]
    many = tuple(replace(base, id=f"e{n}", start=n, end=n, quote=text) for n, text in enumerate(texts))
    cited = replace(whole.findings[0], evidence_ids=tuple(e.id for e in many))
    report = replace(whole, evidence=many, findings=(cited, *whole.findings[1:]))
    content = paper.render(report)
    assert set(texts) <= set(blocks(opened(content)))
    tags = {etree.QName(e).localname for e in etree.fromstring(parts(content)["word/document.xml"]).iter()}
    assert not tags & LIVE


def test_what_turns_the_direction_of_a_name_ends_with_it():
    pen = Pen("t", "n")
    pen.said(("\u202eab", True), "cd\u2067")
    pen.said("\u202eab")
    pen.table("t", ("a", "b"), [("\u202eab", [[("\u2067x", False), ("y", False)]])], (1, 1))
    said = blocks(opened(pen.content()))
    assert "\u202eab\u202ccd\u2067" in said
    assert {"\u202eab", "\u2067x\u2069y"} <= set(said)
    assert closing("plain") == ""
    assert closing("\u202ea") == "\u202c"
    assert closing("\u2067\u202aa") == "\u202c\u2069"
    assert closing("\u202ea\u202c") == ""
    assert closing("\u202c\u2069") == ""


# A house document.


def house(change=None) -> bytes:
    """An organisation's document: serif headings, a header with words, two sections, text and comments."""
    made = docx.Document()
    made.styles["Heading 1"].font.name = "Georgia"
    page = made.sections[0]
    page.left_margin = page.right_margin = docx.shared.Mm(31)
    page.header.paragraphs[0].text = "Fellside board"
    page.footer.paragraphs[0].text = "Quay House"
    made.add_heading("Old heading", 1)
    run = made.add_paragraph("Old body text").runs[0]
    made.add_comment(run, "Old comment", "Old author", "O")
    made.core_properties.author = made.core_properties.keywords = "Old author"
    made.core_properties.comments = "Old note"
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    """The package with some parts changed, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in (parts(content) | changed).items():
            package.writestr(name, data)
    return out.getvalue()


def test_a_house_document_gives_its_styles_page_header_and_footer_and_nothing_else(whole):
    content = paper.render(whole, house())
    document = opened(content)
    assert [text for level, text in headings(document) if level == 1] == PARTS
    assert document.styles["Heading 1"].font.name == "Georgia"
    upright = document.sections[0]
    assert round(upright.left_margin.mm) == 31
    assert [p.text for p in upright.header.paragraphs] == [wording.MARKING, "Fellside board"]
    assert upright.footer.paragraphs[0].text == "Quay House"
    assert [e.get(qn("w:instr")).strip() for e in upright.footer._element.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]
    assert b"Old" not in b"".join(parts(content).values())
    assert not {n for n in parts(content) if "comments" in n or "customXml" in n or "thumbnail" in n}
    assert paper.render(whole, house()) == content
    assert set(blocks(document)) >= {e.quote for e in whole.evidence}


def test_a_house_document_without_our_styles_gets_them(whole):
    def bare(made):
        for style in list(made.styles.element.iterchildren(qn("w:style"))):
            made.styles.element.remove(style)

    document = opened(paper.render(whole, house(bare)))
    assert [text for level, text in headings(document) if level == 1] == PARTS
    used = {e.get(qn("w:val")) for e in document.element.body.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    known = {s.get(qn("w:styleId")) for s in document.styles.element.iterchildren(qn("w:style"))}
    assert used <= known
    numbers = {e.get(qn("w:numId")) for e in document.part.numbering_part.element.iterchildren(qn("w:num"))}
    lists = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:numId"))}
    assert lists <= numbers


def test_a_house_document_with_no_lists_no_settings_and_no_sections_is_taken(whole):
    def bare(made):
        for identity, relation in list(made.part.rels.items()):
            if relation.reltype.endswith(("numbering", "settings", "theme", "fontTable")):
                del made.part.rels[identity]
        made.element.body.remove(made.element.body.sectPr)
        for style in ("List Bullet", "List Number"):
            made.styles[style].delete()

    document = opened(paper.render(whole, house(bare)))
    assert [text for level, text in headings(document) if level == 1] == PARTS
    assert len(list(document.part.numbering_part.element.iterchildren(qn("w:num")))) == 4


def test_first_and_even_pages_of_a_house_are_marked_too(whole):
    def sorts(made):
        made.sections[0].different_first_page_header_footer = True
        made.sections[0].first_page_header.paragraphs[0].text = "First of all"
        made.settings.odd_and_even_pages_header_footer = True

    document = opened(paper.render(whole, house(sorts)))
    page = document.sections[0]
    for head in (page.header, page.first_page_header, page.even_page_header):
        assert head.paragraphs[0].text == wording.MARKING
    assert page.first_page_header.paragraphs[1].text == "First of all"


def test_a_page_number_that_a_house_has_is_not_doubled(whole):
    def numbered(made):
        field = docx.oxml.OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), " PAGE \\* MERGEFORMAT ")
        made.sections[0].footer.paragraphs[0]._p.append(field)

    page = opened(paper.render(whole, house(numbered))).sections[0]
    assert [e.get(qn("w:instr")).strip() for e in page.footer._element.iter(qn("w:fldSimple"))] == [
        "PAGE \\* MERGEFORMAT"
    ]


def test_a_picture_in_a_house_header_stays_and_says_what_it_is(whole, tmp_path):
    import struct
    import zlib

    def chunk(sort, data):
        body = sort + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    png += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")

    def logo(made):
        made.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png))

    content = paper.render(whole, house(logo))
    assert [data for name, data in parts(content).items() if name.startswith("word/media/")] == [png]
    head = opened(content).sections[0].header._element
    described = [e.get("descr") for e in head.iter() if etree.QName(e).localname == "docPr"]
    assert described == ["Picture of the organisation’s own document"]


def test_a_template_that_a_house_is_linked_to_does_not_come_along(whole):
    content = house()
    made = parts(content)
    settings = made["word/settings.xml"].replace(
        b"</w:settings>",
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        b'r:id="rId1"/></w:settings>',
    )
    links = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://x.test/a.dotm" TargetMode="External"/>'
        b"</Relationships>"
    )
    linked = repacked(content, **{"word/settings.xml": settings, "word/_rels/settings.xml.rels": links})
    every = b"".join(parts(paper.render(whole, linked)).values())
    assert b"x.test" not in every
    assert b"attachedTemplate" not in every


def fetching(instruction):
    def change(made):
        paragraph = made.sections[0].header.paragraphs[0]
        for sort, text in (("begin", ""), ("", instruction[:4]), ("", instruction[4:]), ("end", "")):
            run = paragraph.add_run()
            element = docx.oxml.OxmlElement("w:fldChar" if sort else "w:instrText")
            if sort:
                element.set(qn("w:fldCharType"), sort)
            element.text = text or None
            run._r.append(element)

    return house(change)


def linked(sort, target):
    def change(made):
        made.sections[0].header.part.relate_to(
            target,
            f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{sort}",
            is_external=True,
        )

    return house(change)


def macros() -> bytes:
    types = parts(house())["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repacked(house(), **{"[Content_Types].xml": types, "word/vbaProject.bin": b"VBA"})


OPEN = b"http://schemas.openxmlformats.org/officeDocument/2006"
BAD = {
    "empty": (b"", "malformed"),
    "no zip": (b"not a document", "malformed"),
    "cut": (house()[:2000], "truncated"),
    "old format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office file"),
    "macros": (macros(), "plain Word document"),
    "broken part": (repacked(house(), **{"word/styles.xml": b"<w:styles"}), "malformed"),
    "entities": (
        repacked(house(), **{"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "malformed",
    ),
    "strict": (
        repacked(
            house(),
            **{"_rels/.rels": parts(house())["_rels/.rels"].replace(OPEN, b"http://purl.oclc.org/ooxml")},
        ),
        "Strict Open XML",
    ),
    "a field that fetches": (fetching("INCLUDEPICTURE http://x.test/a.png"), "INCLUDEPICTURE"),
    "a field that runs": (fetching(" DDEAUTO c:\\cmd "), "DDEAUTO"),
    "a picture from elsewhere": (linked("image", "http://x.test/a.png"), "something else than words"),
    "a link to a file": (linked("hyperlink", "file://x.test/a"), "something else than words"),
    "an object": (linked("oleObject", "http://x.test/a"), "oleObject"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
def test_a_house_document_that_cannot_be_taken_is_refused_in_a_line(whole, data, said):
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        paper.render(whole, data, "ours.docx")
    assert str(caught.value).startswith("ours.docx cannot be taken as the house document (")
    assert "\n" not in str(caught.value)


def test_a_link_that_a_reader_clicks_stays_in_a_house_header(whole):
    assert b"https://x.test/a" in b"".join(
        parts(paper.render(whole, linked("hyperlink", "https://x.test/a"))).values()
    )


@pytest.mark.parametrize("name", ["a.docm", "a.dotx", "a.dotm", "a.doc", "a.odt", "a.pdf", "none.docx"])
def test_a_house_document_is_a_docx_that_is_there(whole, tmp_path, name):
    if name != "none.docx":
        (tmp_path / name).write_bytes(house())
    with pytest.raises(InputError) as caught:
        reports.write(whole, tmp_path / "board.docx", tmp_path / name)
    assert name in str(caught.value)
    assert ".docx" in str(caught.value)
    assert not (tmp_path / "board.docx").exists()


def test_only_a_paper_is_dressed(whole, tmp_path):
    (tmp_path / "ours.docx").write_bytes(house())
    with pytest.raises(InputError, match="takes no house document"):
        reports.write(whole, tmp_path / "report.html", tmp_path / "ours.docx")


# The proof.


@pytest.fixture
def written(whole: Report, tmp_path):
    (tmp_path / "ours.docx").write_bytes(house())
    whole = replace(whole, provenance=whole.provenance | {"inputs": []})
    reports.write(whole, tmp_path / "report.json")
    reports.write(whole, tmp_path / "report.docx")
    reports.write(whole, tmp_path / "plain.docx")
    reports.write(whole, tmp_path / "board.docx", tmp_path / "ours.docx")
    return tmp_path


def test_a_paper_beside_its_report_is_proved_and_a_changed_byte_fails(written):
    assert outputs.changed_since(written / "report.json") == []
    content = (written / "report.docx").read_bytes()
    for at in (0, len(content) // 3, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[at] ^= 1
        (written / "report.docx").write_bytes(changed)
        assert outputs.changed_since(written / "report.json") == ["report.docx"]


def test_a_paper_of_another_name_is_proved_with_its_house(written):
    def failures(*pages, dress=None):
        proof = tm.verify(written / "report.json", [], [written / p for p in pages], dress)
        return [line for line in proof.failures if "was changed after" in line]

    ours = written / "ours.docx"
    assert failures("plain.docx") == []
    assert failures("board.docx", dress=ours) == []
    assert failures("board.docx") == [
        "board.docx was changed after it was written: it is not what report.json gives"
    ]
    assert failures("report.json", "board.docx", dress=ours) == []
    with (written / "board.docx").open("ab") as stream:
        stream.write(b"\0")
    assert len(failures("board.docx", dress=ours)) == 1
    with pytest.raises(InputError, match="cannot be read"):
        failures("none.docx")
    with pytest.raises(InputError, match="is not known"):
        failures("ours.docx.txt") if (written / "ours.docx.txt").write_text("x") else None


# The command line.


def test_a_paper_is_written_and_proved_by_the_command_line(written, command, monkeypatch):
    monkeypatch.chdir(written)
    said = command("report", "report.json", "--out", "again.docx", "--house", "ours.docx")
    assert (said.code, said.out, said.err) == (0, "Report: again.docx\n", "")
    assert (written / "again.docx").read_bytes() == (written / "board.docx").read_bytes()
    page = ("--page", "board.docx")
    proof = command("verify", "report.json", "ours.docx", *page, "--house", "ours.docx")
    assert "board.docx" not in proof.err
    undressed = command("verify", "report.json", "ours.docx", *page)
    assert undressed.code == 1
    assert "board.docx was changed after it was written" in undressed.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--out", "x.html", "--house", "ours.docx"), "give it with an --out that ends in .docx"),
        (("--tables", "t", "--house", "ours.docx"), "give it with an --out that ends in .docx"),
        (("--out", "report.docx", "--house", "ours.docx"), "is the name of the plain paper"),
        (("--out", "ours.docx", "--house", "ours.docx"), "is what is to be read"),
        (("--out", "x.docx", "--house", "none.docx"), "none.docx is not a file"),
        (("--out", "x.docx", "--house", "broken.docx"), "broken.docx cannot be taken as the house document"),
        (("--out", "x.docx", "--house", "macros.docm"), "it may hold macros"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_a_slip_with_a_house_document_is_one_line(written, command, monkeypatch, given, said):
    monkeypatch.chdir(written)
    (written / "broken.docx").write_bytes(b"PK broken")
    (written / "macros.docm").write_bytes(macros())
    before = sorted(written.iterdir())
    told = command("report", "report.json", *given)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert told.err.count("\n") == 1
    assert sorted(written.iterdir()) == before


@pytest.mark.parametrize("name", ["board.docx", "board.xlsx"])
def test_what_people_wrote_into_a_paper_is_not_written_over(whole, tmp_path, command, name):
    report, out = tmp_path / "report.json", tmp_path / name
    reports.write(whole, report)
    assert command("report", report, "--out", out).code == 0
    assert command("report", report, "--out", out).code == 0  # the same again takes nothing away
    out.write_bytes(out.read_bytes() + b" ")
    said = command("report", report, "--out", out)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "people may have written in it" in said.err
    assert out.read_bytes().endswith(b" ")
    assert command("report", report, "--out", out, "--overwrite").code == 0
    assert out.read_bytes() == reports.content(whole, out)


def test_a_folder_in_place_of_a_report_is_told_with_the_file_to_give(whole, tmp_path, command):
    folder = tmp_path / "review"
    said = command("report", folder, "--out", tmp_path / "x.md")
    assert said.code == 2
    folder.mkdir()
    reports.write(whole, folder / "report.json")
    said = command("report", folder, "--out", tmp_path / "x.md")
    assert said.code == 2
    assert f"is a folder: give the report.json in it, {folder / 'report.json'}" in said.err
