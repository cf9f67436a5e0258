"""Hostile text in each field that holds words, written in every format: all of it is text, and nothing runs.

Each text stands in some field. With `THEMEMINER_HOSTILE=1` each stands in each, which takes most of an hour,
with 4 in every fourth.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import itertools
import json
import os
import re
import zipfile
from collections import Counter

import docx
import openpyxl
import pyarrow.parquet as pq
import pytest
from lxml import etree
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from thememiner.errors import InputError
from thememiner.reports import json as saved
from thememiner.reports import ordering, pictures
from thememiner.reports.pictures import canvas, plots
from thememiner.reports.pictures.slides import slides
from thememiner_evaluation.formats import Material, writers
from thememiner_evaluation.hostile_texts import TEXTS

STEP = int(os.environ.get("THEMEMINER_HOSTILE", "0"))
# Keys, and words of a closed list, which reading a report refuses when they are others.
FIXED = frozenset(
    "id kind polarity outcome modality origin status sha256 review sort counts position passages exemplars "
    "absence answers commitments incidents people policy accounts linked superseded_by of changed drafted "
    "places start end verdict basis state period chart quote factors horizon gap strength digest "
    "release".split()
)
HARMLESS = (
    "a@b words",
    "two\nlines of it",
    "",
    "2026-05-04",
    "first\n\nthen more",
    "a.docx",
    "A quote of a length that can stand beside a main finding, as an example of it.",
)


def planted(value, texts):
    """A record with the next of the texts in place of each text that is no key."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, tuple):
        return tuple(planted(item, texts) for item in value)
    if isinstance(value, dict):
        return {k: v if k == "id" else planted(v, texts) for k, v in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [f.name for f in dataclasses.fields(value)]
        free = [n for n in names if n not in FIXED and not n.endswith(("_id", "_ids", "_sha256"))]
        return dataclasses.replace(value, **{n: planted(getattr(value, n), texts) for n in free})
    return value


def material(whole, texts):
    """A report with hostile words in every field, and quotes of them, with texts in which these stand."""
    made = planted(whole, texts)
    quotes = {e.id: next(texts) or "." for e in made.evidence}
    evidence = tuple(
        dataclasses.replace(
            e, quote=q, start=0, end=len(q), sha256=hashlib.sha256(q.encode("utf-8", "replace")).hexdigest()
        )
        for e, q in zip(made.evidence, quotes.values(), strict=True)
    )
    held = {e.document_id: e.quote for e in evidence}
    texts = {
        d.id: held.get(d.id, "") + " and more of the same words here, then. " * 6 for d in made.documents
    }
    return Material(
        dataclasses.replace(made, evidence=evidence), texts, house=house(), wording="assertive-care"
    )


def house():
    out = io.BytesIO()
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Georgia"
    document.sections[0].header.paragraphs[0].text = "Fellside board"
    document.save(out)
    return out.getvalue()


def rounds(whole):
    """The materials: in each, every text once, each time in other fields."""
    fields = sum(1 for _ in leaves(whole))
    step = STEP or fields
    for first in range(0, len(TEXTS), step):
        yield first, material(whole, itertools.cycle(TEXTS[first:] + TEXTS[:first]))


def leaves(whole):
    """Each place that a text is put into."""
    seen = []
    planted(whole, iter(lambda: seen.append(1) or "x", None))
    return seen + [1 for _ in whole.evidence]


# What no output may hold, by format: each gives what is wrong, in words.


def in_html(content, harmless):
    """Elements with their attributes, and addresses, that the same page with harmless words has not."""
    return shapes(content.decode()) - harmless


def shapes(text):
    """(element, parent, attributes, addresses that lead out) of a page."""
    found = set()
    for node in LexborHTMLParser(text).root.traverse():
        marks = node.attributes
        out = tuple(
            sorted(
                v or ""
                for k, v in marks.items()
                if k in ("href", "src", "xlink:href", "action") and not (v or "").startswith("#")
            )
        )
        within = tuple(
            p for p in parents(node) if p in ("details", "table", "svg", "script", "style", "noscript")
        )
        found.add((node.tag, node.parent.tag if node.parent else "", tuple(sorted(marks)), out, within))
    return found


def parents(node):
    while node.parent is not None:
        node = node.parent
        yield node.tag


def in_markdown(content, harmless):
    """Sorts of token that harmless words do not make: HTML, links, pictures, headings of another rank."""
    return tokens(content.decode()) - harmless


def tokens(text):
    made = MarkdownIt("commonmark").enable("table").parse(text)
    every = [t for token in made for t in (token, *(token.children or ()))]
    return {
        (t.type, t.tag, t.attrGet("href") or t.attrGet("src") or "", t.content * (t.type == "code_inline"))
        for t in every
    }


def in_csv(content):
    """Cells that a spreadsheet program takes for a formula."""
    before = csv.field_size_limit(1 << 30)  # some of the texts fill a cell of Excel's many times over
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    cells = {cell for row in rows for cell in row}
    csv.field_size_limit(before)
    return {c[:40] for c in cells if RUNS.match(c) and not re.fullmatch(r"-\d[\d,.]*%?", c)}


RUNS = re.compile(r"[\s\x00-\x20\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[=+\-@＝＋－＠]|[\t\r\n\x00]")


def in_package(content):
    """What is wrong in an Office file: parts that are no XML, links to elsewhere, and what runs."""
    wrong = set()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        wrong |= {f"part {n}" for n, k in Counter(package.namelist()).items() if k > 1}
        for name in package.namelist():
            if not name.endswith((".xml", ".rels", ".qde")):
                wrong |= {name} - {n for n in {name} if n.endswith((".txt", ".png", ".jpeg"))}
                continue
            root = etree.fromstring(
                package.read(name), etree.XMLParser(resolve_entities=False, no_network=True)
            )
            wrong |= {f"{name}: {e.get('Target')}" for e in root.iter() if e.get("TargetMode") == "External"}
            wrong |= {
                f"{name}: <{etree.QName(e).localname}>"
                for e in root.iter(etree.Element)
                if etree.QName(e).localname in LIVE
            }
            wrong |= {
                f"{name}: field {e.get(f'{W}instr')}"
                for e in root.iter(f"{W}fldSimple")
                if not re.fullmatch(
                    r" ?(SEQ Table \\\* ARABIC|PAGE|NUMPAGES|SEQ Figure \\\* ARABIC) ?", e.get(f"{W}instr")
                )
            }
    return wrong


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LIVE = frozenset(
    "f hyperlink hyperlinks oleObject externalReference instrText altChunk control object script pict subDoc "
    "ddeLink webPublishItem definedNameFormula".split()
)


def in_workbook(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return in_package(content) | {
        f"{page.title}!{cell.coordinate} {cell.data_type}"
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type in ("f", "e") or cell.hyperlink is not None
    }


def in_drawing(content):
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    marks = {f"{k}" for e in root.iter() for k in e.attrib if k.lower().startswith("on")}
    out = {
        v for e in root.iter() for k, v in e.attrib.items() if k.endswith("href") and not v.startswith("#")
    }
    names = {etree.QName(e).localname for e in root.iter(etree.Element)}
    return marks | out | names & {"script", "foreignObject", "image", "a", "set", "animate", "handler"}


def wrong(name, content, harmless):
    """What one file holds that it must not."""
    end = name.rpartition(".")[2]
    if end == "html":
        return in_html(content, harmless["html", name])
    if end == "md":
        return in_markdown(content, harmless["md", name])
    if end == "csv":
        return in_csv(content)
    if end == "json":
        json.loads(content)
        return set()
    if end == "parquet":
        pq.read_table(io.BytesIO(content))
        return set()
    if end == "xlsx":
        return in_workbook(content)
    if end in ("docx", "qdpx"):
        return in_package(content)
    if end == "qdc":
        return in_drawing(content)
    if end == "svg":
        return in_drawing(content)
    return set() if end == "png" and content.startswith(b"\x89PNG") else {"unknown format"}


def every_file(given, *, pictured):
    for name, make in writers(given).items():
        if name == "charts/" and not pictured:
            yield from drawings(given.report)
        else:
            try:
                yield from make().items()
            except InputError as error:  # five words in a row of a withheld quote, rightly refused
                if name != "public/" or "withheld" not in str(error):
                    raise


def drawings(report):
    """The charts as SVG alone: painting the same pictures takes twice as long as all else."""
    with canvas.settings():
        for slide in slides(report):
            drawn = plots.draw(slide, pictures.source(report), "m")
            yield f"charts/svg/{slide.id}.svg", drawn.svg(slide.title, f"{slide.about} {slide.alt}")


@pytest.fixture
def harmless(whole):
    """What the pages are made of when nothing hostile is in them, by format and file."""
    made = {}
    for first in range(len(HARMLESS)):
        plain = material(whole, itertools.cycle(HARMLESS[first:] + HARMLESS[:first]))
        for name, content in every_file(plain, pictured=first == 0):
            end = name.rpartition(".")[2]
            if end in ("html", "md"):
                found = shapes(content.decode()) if end == "html" else tokens(content.decode())
                made[end, name] = made.get((end, name), set()) | found
    return made


def test_there_are_enough_and_each_is_one():
    assert len(TEXTS) == len(set(TEXTS)) >= 700


def test_hostile_text_is_text_in_every_format(whole, harmless, tmp_path):
    failures = []
    files = Counter()
    for first, given in rounds(whole):
        for name, content in every_file(given, pictured=first == 0):
            files[name.rpartition(".")[2]] += 1
            failures += [(first, name, what) for what in wrong(name, content, harmless)]
        (tmp_path / "report.json").write_text(saved.render(given.report), "utf-8", newline="")
        assert saved.load(tmp_path / "report.json") == ordering.canonical(given.report)
    assert failures == []
    assert set(files) == {*"html md json xlsx docx qdpx qdc csv parquet svg png".split()}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"a,' =1\r\n =1+1,b\r\n"),
        ("a.csv", "a\r\n\u200b＝1\r\n".encode()),
        ("a.md", b"[a](http://x.test)\n"),
        ("a.md", b"a <b>c</b>\n"),
        ("a.html", b"<p onclick=x>a</p>"),
        ("a.html", b"<p>a</p><script>x</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><a href='http://x.test'/></svg>"),
        ("a.exe", b""),
    ],
)
def test_the_checks_see_what_is_wrong(name, content):
    plain = {
        ("html", "a.html"): shapes("<p>a</p>"),
        ("md", "a.md"): tokens("a\n"),
    }
    assert wrong(name, content, plain)


def test_the_checks_see_a_formula_and_a_link_in_a_workbook():
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.active["A2"].hyperlink = "http://x.test"
    out = io.BytesIO()
    book.save(out)
    found = wrong("a.xlsx", out.getvalue(), {})
    assert any("A1 f" in what for what in found)
    assert any("x.test" in what for what in found)
