"""Codebooks in the programs that people edit them in: what goes out comes back, slips are told by cell."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from thememiner import resources
from thememiner.codebooks import codebook, export, left_out, refiqda, workbooks
from thememiner.errors import InputError, UnknownNameError
from thememiner.records import KINDS, Code, Codebook, Example, NearMiss

BOOK = Codebook(
    id="transport",
    name="Getting there",
    version="2.0",
    description="Journeys to and from care.",
    codes=(
        Code(
            id="lifts",
            name="Lifts",
            definition="Being driven\nby others.",
            include="taxis; volunteers",
            exclude="Buses (buses).",
            wanted=False,
            examples=(Example("feedback", "=my neighbour drove me"), Example("incident", "Taxi 1-2 late.")),
            near_misses=(NearMiss("The bus was late.", "buses"), NearMiss("The lift is broken.")),
            columns=("Lift, paid", "Taxi; other"),
            group="Roads / By car",
            colour="#005EB8",
            comparable=False,
        ),
        Code(id="buses", name="Buses", group="Roads"),
        Code(id="foot", name="On foot"),
    ),
    background=(Example("policy", "@This document has twelve pages."),),
)


def bare(book: Codebook) -> Codebook:
    """The codebook without what a .qdc has no place for."""
    codes = tuple(replace(code, examples=(), near_misses=()) for code in book.codes)
    return replace(book, codes=codes, background=())


def test_toml_and_workbook_hold_the_whole(tmp_path):
    for name in ("own.toml", "own.xlsx"):
        assert codebook(str(export(BOOK, tmp_path / name))) == BOOK
        assert left_out(BOOK, name) == ""


def test_a_qdc_holds_all_but_the_texts(tmp_path):
    assert codebook(str(export(BOOK, tmp_path / "own.qdc"))) == bare(BOOK)
    assert left_out(BOOK, "own.qdc") == "2 examples, 2 near misses, 1 background texts"


@pytest.mark.parametrize("name", resources.names("codebooks"))
def test_every_shipped_codebook_comes_back(tmp_path, name):
    book = codebook(name)
    assert codebook(str(export(book, tmp_path / "b.toml"))) == book
    assert codebook(str(export(book, tmp_path / "b.xlsx"))) == book
    assert codebook(str(export(book, tmp_path / "b.qdc"))) == bare(book)


@pytest.mark.parametrize("ending", ["toml", "xlsx", "qdc"])
def test_the_same_codebook_gives_the_same_bytes(tmp_path, ending):
    one, other = (export(BOOK, tmp_path / f"{n}.{ending}").read_bytes() for n in (1, 2))
    assert one == other


# What spreadsheets and XML are known to change: formulas, dates, escapes, spaces, line ends, controls.
WORDS = st.lists(
    st.sampled_from(["=", "1-2", "_x000D_", " ", "\n", "\t", "é", "<b>", "&amp;", "'", '"', "\\", "+", "a"]),
    max_size=6,
).map("".join)
TEXT = st.builds("{}a{}".format, WORDS, WORDS)
CODE = st.builds(
    Code,
    id=st.just("x"),
    name=TEXT,
    definition=TEXT,
    include=TEXT,
    wanted=st.booleans(),
    comparable=st.booleans(),
    examples=st.lists(st.builds(Example, st.sampled_from(KINDS), TEXT), max_size=3).map(tuple),
    near_misses=st.lists(st.builds(NearMiss, TEXT, st.sampled_from(["", "b0"])), max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=st.lists(CODE, min_size=1, max_size=3), description=TEXT)
def test_whatever_is_typed_comes_back(tmp_path, codes, description):
    named = tuple(replace(code, id=f"b{n}") for n, code in enumerate(codes))
    book = Codebook("own", "Own", "1", named, description=description)
    for name in ("own.toml", "own.xlsx"):
        assert codebook(str(export(book, tmp_path / name))) == book


def test_nothing_in_a_workbook_can_run(tmp_path):
    path = export(BOOK, tmp_path / "own.xlsx")
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    cell = openpyxl.load_workbook(path)["examples"]["C2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("=my neighbour drove me", "s", "@")


def edited(tmp_path: Path, change) -> str:
    """The workbook of BOOK, changed as an analyst would in Excel."""
    book = openpyxl.load_workbook(export(BOOK, tmp_path / "own.xlsx"))
    change(book)
    book.save(tmp_path / "own.xlsx")
    return str(tmp_path / "own.xlsx")


def put(sheet: str, cell: str, value: object):
    def change(book) -> None:
        book[sheet][cell] = value

    return change


@pytest.mark.parametrize("name", ["x" * 300, "Plans & people &P &D &G", "=1+1"])
@pytest.mark.filterwarnings("error")
def test_the_name_of_a_codebook_makes_no_code_of_the_printed_page(tmp_path, name):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbooks.written(replace(BOOK, id=name, name=name)))
    assert workbooks.read(path) == replace(BOOK, id=name, name=name)
    for page in openpyxl.load_workbook(path):
        assert (page.oddHeader.left.text, page.oddFooter.right.text) == (
            f"Codebook: {page.title}",
            "Page &P of &N",
        )


def test_a_workbook_edited_elsewhere_is_read(tmp_path):
    def change(book) -> None:
        book["codes"].append(["trains", "Trains"])
        book["examples"].append(["trains", None, "The train was late."])
        book["codes"]["F2"] = True
        book["codes"]["B1"] = " NAME "
        book["near misses"].title = "Near_misses"
        del book["about"]
        book.create_sheet("blank")

    book = codebook(edited(tmp_path, change))
    assert (book.id, book.name, book.version) == ("own", "own", "1")
    assert book.codes[0].wanted
    assert book.codes[3] == Code("trains", "Trains", examples=(Example("incident", "The train was late."),))
    assert book.codes[0].near_misses == BOOK.codes[0].near_misses


def test_a_workbook_of_codes_alone_is_a_codebook(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "codes"
    book.active.append([])
    book.active.append(["id", "name"])
    book.active.append([12, "Twelve"])
    book.save(tmp_path / "mine.xlsx")
    assert codebook(str(tmp_path / "mine.xlsx")) == Codebook("mine", "mine", "1", (Code("12", "Twelve"),))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("examples", "A3", "lift"), r"own.xlsx, sheet examples, cell A3 \(code\) names 'lift'.*'lifts'"),
        (put("examples", "A3", None), r"sheet examples, cell A3 \(code\) is empty.*unmerge"),
        (put("examples", "C3", " "), r"sheet examples, cell C3 \(text\) is empty"),
        (put("examples", "B2", "feedbak"), r"cell B2 \(kind\) has 'feedbak'.*did you mean 'feedback'"),
        (put("near misses", "C2", "busses"), r"sheet near misses, cell C2 \(right code\) names 'busses'"),
        (put("near misses", "B2", "busses"), r"sheet near misses, cell B2 \(code\) names 'busses'"),
        (put("background", "B2", None), r"sheet background, cell B2 \(text\) is empty"),
        (put("codes", "A3", "lifts"), r"sheet codes, cell A3 \(id\) has the id 'lifts' again"),
        (put("codes", "A3", "a/b"), r"cell A3 \(id\) has the id 'a/b', which cannot be used"),
        (put("codes", "B3", None), r"sheet codes, cell B3 \(name\) is empty"),
        (put("codes", "F2", "perhaps"), r"cell F2 \(wanted\) has 'perhaps'.*yes, true, no, false"),
        (put("codes", "I2", "blue"), r"cell I2 \(colour\) has 'blue'.*#RRGGBB"),
        (
            put("codes", "C1", "defintion"),
            r"cell C1: 'defintion' is not a heading.*did you mean 'definition'",
        ),
        (put("codes", "C1", "id"), r"cell C1: the heading 'id' stands twice"),
        (put("codes", "A1", None), r"sheet codes, cell A2 stands under no heading|no heading 'id' in row 1"),
        (put("codes", "L2", "by the way"), r"sheet codes, cell L2 stands under no heading"),
        (put("about", "A2", "ids"), r"sheet about, cell A2 \(what\) has 'ids'"),
    ],
)
def test_a_slip_in_a_workbook_is_told_by_its_cell(tmp_path, change, said):
    with pytest.raises(InputError, match=said):
        codebook(edited(tmp_path, change))


def test_sheets_that_are_missing_or_unknown(tmp_path):
    def misspelt(book) -> None:
        book["examples"].title = "exampels"

    with pytest.raises(InputError, match=r"a sheet 'exampels'.*did you mean 'examples'"):
        codebook(edited(tmp_path, misspelt))
    with pytest.raises(InputError, match=r"has no sheet 'codes'; its sheets are examples"):
        codebook(edited(tmp_path, lambda book: book.remove(book["codes"])))
    with pytest.raises(InputError, match=r"sheet codes has no row under its headings"):
        codebook(edited(tmp_path, lambda book: [book["codes"].delete_rows(2) for _ in range(3)]))


@pytest.mark.parametrize("data", [b"", b"id,name\n", b"PK\x03\x04broken", b"<html></html>"])
def test_what_is_no_workbook_or_qdc_is_refused_in_a_line(tmp_path, data):
    for name, said in (("own.xlsx", r"own.xlsx cannot be read \("), ("own.qdc", r"own.qdc is not ")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=said):
            codebook(str(tmp_path / name))


@pytest.mark.parametrize("module", [workbooks, refiqda])
def test_a_file_that_is_too_large_is_not_opened(tmp_path, monkeypatch, module):
    path = export(BOOK, tmp_path / ("own.qdc" if module is refiqda else "own.xlsx"))
    monkeypatch.setattr(module, "_LARGEST", 100)
    with pytest.raises(InputError, match="too large for a codebook"):
        codebook(str(path))


def test_a_path_that_leads_nowhere_is_told(tmp_path):
    for name in ("mine.xlsx", "mine.qdc"):
        with pytest.raises(UnknownNameError, match="A path must lead to a file that exists"):
            codebook(str(tmp_path / name))


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"ends in \.toml, \.xlsx, \.qdc"):
        export(BOOK, tmp_path / "own.csv")


def test_what_a_format_cannot_hold_is_told(tmp_path):
    long = replace(BOOK, codes=(Code("a", "A", examples=(Example("policy", "a" * 40_000),)),))
    with pytest.raises(InputError, match=r"sheet examples, row 2\) is longer than"):
        export(long, tmp_path / "own.xlsx")
    with pytest.raises(InputError, match=r"code a: a label of its columns is blank or has a line break"):
        export(Codebook("b", "B", "1", (Code("a", "A", columns=("one\ntwo",)),)), tmp_path / "own.xlsx")
    with pytest.raises(InputError, match=r"codebook b: .* no XML can hold"):
        export(Codebook("b", "B", "1", (Code("a", "A\x01"),)), tmp_path / "own.qdc")


# REFI-QDA


def qdc(tmp_path: Path, inner: str, before: str = "") -> str:
    path = tmp_path / "team codes.qdc"
    head = '<?xml version="1.0" encoding="utf-8"?>' + before
    path.write_bytes(
        f'\ufeff{head}<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x">{inner}</CodeBook>'.encode()
    )
    return str(path)


def test_a_qdc_is_as_the_standard_says(tmp_path):
    root = etree.parse(str(export(BOOK, tmp_path / "own.qdc"))).getroot()
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert [etree.QName(child).localname for child in root] == ["Codes"]
    codes = [e for e in root.iter() if etree.QName(e).localname == "Code"]
    assert [(c.get("name"), c.get("isCodable"), c.get("color")) for c in codes] == [
        ("Getting there", "false", None),
        ("Roads", "false", None),
        ("By car", "false", None),
        ("Lifts", "true", "#005EB8"),
        ("Buses", "true", None),
        ("On foot", "true", None),
    ]
    assert len({c.get("guid") for c in codes}) == len(codes)
    for code in codes:  # the description stands before the codes inside
        names = [etree.QName(child).localname for child in code]
        assert names == sorted(names, reverse=True)
    (lifts,) = (c for c in codes if c.get("name") == "Lifts")
    assert lifts[0].text == (
        "Being driven\nby others.\n\nInclude: taxis; volunteers\nExclude: Buses (buses).\nWanted: no\n"
        "Comparable: no\n"
        "Column: Lift, paid\nColumn: Taxi; other\nId: lifts"
    )


def test_a_qdc_of_another_program_is_read_with_what_it_has(tmp_path):
    book = codebook(
        qdc(
            tmp_path,
            """<Codes>
            <Code guid="a" name="Access" isCodable="true" color="#ff0000">
              <Description>Getting in.\r\nINCLUDE: waits,\nlists\nExclude: parking</Description>
              <Code guid="b" name="Waits &amp; lists" isCodable="1"/>
              <Code guid="c" name="Other" isCodable="true"/></Code>
            <Code guid="d" name="Staff" isCodable="false"><Code guid="e" name="Other" isCodable="true"/>
              <Code guid="f" name="Other" isCodable="true" color="red"/></Code></Codes>
            <Sets><Set guid="s" name="Mine"><MemberCode guid="a"/></Set></Sets>""",
        )
    )
    assert book == Codebook(
        "team-codes",
        "team codes",
        "1",
        (
            Code("access", "Access", "Getting in.", "waits,\nlists", "parking", colour="#ff0000"),
            Code("waits-lists", "Waits & lists", group="Access"),
            Code("other", "Other", group="Access"),
            Code("staff-other", "Other", group="Staff"),
            Code("other-2", "Other", group="Staff"),
        ),
    )
    again = export(book, tmp_path / "again.qdc")
    assert codebook(str(again)) == book
    assert [c.get("name") for c in etree.parse(str(again)).getroot()[0][0]] == [None, "Access", "Staff"]


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("", "holds no code"),
        ("<Codes/>", "holds no code"),
        ('<Codes><Code guid="a" name="A" isCodable="false"/></Codes>', "holds no code"),
        ('<Codes><Code guid="a" name=" " isCodable="true"/></Codes>', "a code has no name"),
        ("<Codes><Code", r"not valid XML \(line 1\)"),
        (
            "<Codes>" + '<Code name="A"><Description>Id: a</Description></Code>' * 2 + "</Codes>",
            "code 'A': the id 'a' stands twice",
        ),
        ('<Codes><Code name="A"><Description>Id: a/b</Description></Code></Codes>', "must be a word without"),
        ("<Codes>" + '<Code name="A">' * 400 + "</Code>" * 400 + "</Codes>", "not valid XML"),
    ],
)
def test_a_qdc_that_cannot_be_used_is_told(tmp_path, inner, said):
    with pytest.raises(InputError, match=said):
        codebook(qdc(tmp_path, inner))


def test_a_qdc_that_defines_entities_is_refused(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    before = f'<!DOCTYPE CodeBook [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(InputError, match="defines entities of its own"):
        codebook(qdc(tmp_path, '<Codes><Code name="A"><Description>&a;</Description></Code></Codes>', before))


def test_a_project_is_not_taken_for_a_codebook(tmp_path):
    path = tmp_path / "p.qdc"
    path.write_text('<Project xmlns="urn:QDA-XML:project:1.0" name="p"/>')
    with pytest.raises(InputError, match=r"not a REFI-QDA codebook.*not a project"):
        codebook(str(path))


def test_bytes_do_not_hold_the_time(tmp_path):
    with zipfile.ZipFile(io.BytesIO(workbooks.written(BOOK))) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}
