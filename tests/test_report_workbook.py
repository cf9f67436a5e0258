"""The workbook of a report: opened and read back, twice the same, and with nothing in it that runs."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from thememiner import outputs, reports
from thememiner.records import Received, Report
from thememiner.reports import json, wording, workbook
from thememiner.reports.workbook import headings
from thememiner.workbooks import LONGEST

ORDER = (
    "Read me first",
    "Findings",
    "Sections",
    "Grid",
    "Grid, opened",
    "Matrix",
    "Evidence",
    "Requirements",
)
NASTY = (
    '=HYPERLINK("http://x.test","y")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "{=1+1}",
    "http://x.test/a",
    "mailto:a@x.test",
    "<script>alert(1)</script>",
    "]]><!--&amp;",
    "nul \x00 bell \x07 escape \x1b end",
    "_x0041_",
    "\u202eright to left\u202c",
    "\u200fmark",
    "😊🌈",
    "lone \ud800 half",
    "\ufffe\uffff",
    "one\u2028two\x85three",
    "'quoted",
    "[Column]#'",
)


def book(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.render(report)))


def rows(made: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    head, *body = made[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def strings(content: bytes) -> set[str]:
    """The texts of the cells: in the standard _x000D_ is one character, and _x005F_ a low line."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        tree = etree.fromstring(parts.read("xl/sharedStrings.xml"))
    told = ("".join(node.itertext()) for node in tree)
    return {re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text) for text in told}


def test_each_sheet_is_one_table_with_its_heading_row_in_view(whole):
    made = book(whole)
    assert [name for name in made.sheetnames if name in ORDER] == list(ORDER)
    assert made.active.title == "Read me first"
    for page in made:
        (table,) = page.tables.values()
        assert table.ref == page.dimensions
        assert table.autoFilter is not None
        assert [column.name for column in table.tableColumns] == [cell.value for cell in page[1]]
        assert page.freeze_panes[1:] == "2"
        assert page.print_title_rows == "$1:$1"
        assert page.sheet_state == "visible"
        assert not page.merged_cells.ranges
        assert page.page_setup.orientation == "landscape"
        assert wording.MARKING in page.oddHeader.right.text
        assert all(10 <= d.width <= 80 for d in page.column_dimensions.values())
    assert len({name.casefold() for name in made.sheetnames}) == len(made.sheetnames)
    frozen = {name: made[name].freeze_panes for name in ("Findings", "Grid", "Matrix", "Evidence")}
    assert frozen == {"Findings": "D2", "Grid": "B2", "Matrix": "D2", "Evidence": "B2"}


def test_the_alternative_text_of_each_table_is_there(whole):
    with zipfile.ZipFile(io.BytesIO(workbook.render(whole))) as parts:
        tables = [name for name in parts.namelist() if name.startswith("xl/tables/")]
        assert len(tables) == len(book(whole).sheetnames)
        sheets = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert sheets.count(b"altText=") == len(tables)


def test_every_excerpt_stands_whole_with_its_source(whole):
    held = rows(book(whole), "Evidence")
    assert [row["Excerpt"] for row in held] == [e.quote for e in whole.evidence]
    for row, e in zip(held, whole.evidence, strict=True):
        assert row["Evidence id"] == e.id
        assert hashlib.sha256(str(row["Excerpt"]).encode()).hexdigest() == e.sha256
        assert (row["From character"], row["To character"]) == (e.start, e.end)
        assert next(d.source for d in whole.documents if d.id == e.document_id) in row["Where it stands"]
    assert held[3]["Where it stands"] == (
        "file4.docx, page 2; version 4; expired, review date March 2026; superseded by file7.docx"
    )
    assert [row["No."] for row in held] == list(range(1, 8))


def test_excerpts_in_cells_are_whole_quotes_with_their_number_and_source(whole):
    quotes = dict(enumerate(whole.evidence, start=1))
    seen = 0
    made = book(whole)
    for name in ("Findings", "Grid, opened", "Matrix", "Sections"):
        for row in made[name].iter_rows(values_only=True):
            for cell in row:
                for text, number in re.findall(r"“([^”]*)”\n\[(\d+): ", str(cell)):
                    seen += 1
                    assert text == quotes[int(number)].quote
    assert seen >= 12


def test_findings_carry_their_marks_and_what_people_changed(whole):
    held = rows(book(whole), "Findings")
    assert len(held) == len(whole.findings)
    assert [row["Review"] for row in held].count("Not yet reviewed") == len(whole.findings) - 1
    first = held[0]
    assert (first["No."], first["Review"], first["Position"]) == ("1.1", "Reviewed by A. Reader", "Gap")
    assert "The program’s draft: Before." in first["What people changed, and why"]
    assert held[-1]["Section"] == wording.BESIDE_TITLE
    assert "Set aside." not in {row["Finding"] for row in held}
    assert rows(book(whole), "Set aside")[0]["Reason"] == "another matter"


def test_the_matrix_has_a_row_a_source_and_organisation_and_a_column_a_theme(whole):
    held = rows(book(whole), "Matrix")
    assert list(held[0])[4:] == list(wording.theme_names(whole.themes).values())
    assert [(row["Organisation"], row["Source"]) for row in held][:2] == [
        ("Northfield", "comments.csv"),
        ("Northfield", "file1.docx"),
    ]
    assert [row["Organisation"] for row in held][-1] == wording.NO_ORGANISATION
    group = next(theme.id for theme in whole.themes if theme.keywords[:1] == ("parking",))
    told = held[0][wording.theme_names(whole.themes)[group]]
    assert told == "2 passages, none quoted."  # and the weak one is not counted
    handover = whole.themes[0].name
    assert held[0][handover] is None
    assert held[1][handover].startswith("“Each area has its own handover form.”\n[1: ")
    assert held[1][handover].endswith("\n\n1 passage.")
    assert [row["Documents"] for row in held] == [1] * 8


def test_a_cell_shows_what_speaks_against_and_numbers_the_rest(whole):
    first = whole.evidence[0]

    def another(number: int, **changes: str):
        return replace(first, id=f"e{number}", start=number, **changes)

    more = (
        another(1, quote="We fill in one form for each of them."),
        another(2, quote="It works here and we are proud of it.", polarity="positive"),
        another(3, quote="word " * 41),
    )
    held = rows(book(replace(whole, evidence=(*whole.evidence, *more))), "Matrix")
    told = held[1][whole.themes[0].name]
    assert [int(n) for n in re.findall(r"\[(\d+):", told)] == [1, 9]
    assert "(Also: 8, 10 in the sheet Evidence)" in told
    alone = rows(book(replace(whole, evidence=(*whole.evidence[1:], more[2]))), "Matrix")
    assert alone[1][whole.themes[0].name] == "(Longer or marked: 7 in the sheet Evidence)\n\n1 passage."


def test_a_cell_of_the_grid_opens_to_what_differs_first_and_names_themes(whole):
    first, _, third, *_ = whole.evidence
    cell = replace(whole.grid[0], answers=(third.id, first.id))
    told = rows(book(replace(whole, grid=(cell,))), "Grid, opened")[0]["Its own account"]
    assert told.startswith(
        f"“{first.quote}”\n[1: Organisation’s account, provider lead, Northfield, on Handover"
    )
    assert told.endswith("(Also: 3 in the sheet Evidence)") or "\n[3: " in told


def test_what_calls_for_an_action_leads_from_gaps_and_demands(whole):
    held = rows(book(whole), "Plan")
    assert held[0]["What it calls for"] == "Gap of practice: an action"
    assert "R1" in held[0]["Demands and recommendations (ids)"]
    assert not any("assured" in str(row["What it calls for"]).lower() for row in held)
    asked = [row for row in held if not row["Finding"]]
    assert len(asked) == len(whole.requirements) + 1
    assert asked[-1]["What it calls for"] == "Recommended by Coroner"
    assert asked[-1]["Draft actions (ids)"] == "A-1"


def test_what_stands_out_over_time_is_told_with_its_figures(whole):
    made = book(whole)
    told = {row["What"]: row["What stands out"] for row in rows(made, "Over time")}
    title = next(what for what in told if what.startswith("Handover"))
    assert told[title] == "It stands out in January 2026."
    assert told["What is charted"]
    figures = rows(made, "Over time, figures")
    assert [(row["Period"], row["With the theme"], row["Share"]) for row in figures] == [
        ("Jan 2026", 2, "20.0 %"),
        ("Feb 2026", 0, None),
    ]


def test_the_cover_names_every_sheet_and_says_what_is_capped(whole):
    made = book(whole)
    cover = {row["What"]: row["Value"] for row in rows(made, "Read me first")}
    assert [what[7:] for what in cover if what.startswith("Sheet: ")] == made.sheetnames[1:]
    assert "at most 2 short excerpts" in cover["Sheet: Matrix"]
    assert cover["Marking"] == wording.MARKING
    assert cover["Content note"].startswith("Take your time. Quotes stand under the findings")
    assert cover["Before this is shared"] == wording.RESIDUAL_NOTE
    said = [row["Value"] for row in rows(made, "Read me first") if row["What"] == "To know"]
    assert any("reviewed by a named person" in text for text in said)


def test_counts_are_numbers_and_everything_else_text(whole):
    for page in book(whole):
        for row in page.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.data_type != "n" or cell.value is None or isinstance(cell.value, int)


def test_nothing_of_the_report_is_lost(whole):
    made = book(whole)
    text = "\n".join(str(v) for page in made for row in page.iter_rows(values_only=True) for v in row if v)
    for given in (
        *(d.text for d in whole.requirements),
        *(t.name for t in whole.themes if t.origin == "codebook"),
        *(s.title for s in whole.sections),
        "Agree a form.",
        "Fellgate",
        "How is it known?",
        "Who else?",
        "they say the same",
        "A death",
        "scan.pdf",
        "blank",
        "Few passages.",
        "Not supported: it does not",
        "bed days",
        "Does it hold?",
    ):
        assert given in text


@pytest.mark.parametrize("nasty", NASTY, ids=ascii)
def test_no_text_becomes_a_formula_a_link_or_a_new_part(whole, bent, nasty):
    report = bent(whole, nasty)
    content = workbook.render(report)
    plain_parts = zipfile.ZipFile(io.BytesIO(workbook.render(whole))).namelist()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        extra = set(parts.namelist()) ^ set(plain_parts)
        assert not extra
        for name in parts.namelist():
            tree = etree.fromstring(parts.read(name))  # well-formed, which a control character would not be
            tags = {etree.QName(node).localname for node in tree.iter()}
            assert not tags & {"f", "hyperlink", "hyperlinks", "oleObject", "externalReference", "script"}
            assert b'TargetMode="External"' not in parts.read(name)
    made = openpyxl.load_workbook(io.BytesIO(content))
    fine = nasty.encode("utf-8", "replace").decode()
    assert {fine + e.quote for e in whole.evidence} <= strings(content)
    assert len(rows(made, "Evidence")) == len(whole.evidence)
    for page in made:
        (table,) = page.tables.values()
        names = [column.name for column in table.tableColumns]
        assert names == [cell.value for cell in page[1]]
        assert len({name.casefold() for name in names}) == len(names)
        assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
    again = CalamineWorkbook.from_filelike(io.BytesIO(content))  # another reader
    assert again.sheet_names == made.sheetnames
    assert len(again.get_sheet_by_name("Evidence").to_python()) == 1 + len(whole.evidence)


def test_eight_hundred_hostile_excerpts_are_all_text_and_whole(whole):
    heads = (
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "\n=",
        "\x00=",
        "＝",
        " =",
        "'=",
        '"=',
        "{=",
        "\u202e=",
        "\ufeff=",
        "",
    )
    tails = (
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("http://x.test")',
        "SUM(A1:A9)",
        "<b>x</b>",
        "]]>",
        "&#0;",
    )
    texts = [f"{h}{t}{n}" for n in range(8) for h in heads for t in tails]
    assert len(texts) >= 800
    base = whole.evidence[0]
    many = tuple(replace(base, id=f"e{n}", start=n, quote=text) for n, text in enumerate(texts))
    content = workbook.render(replace(whole, evidence=many))
    assert set(texts) <= strings(content)
    cells = openpyxl.load_workbook(io.BytesIO(content))["Evidence"]["C"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(cells) == 1 + len(texts)


@pytest.mark.parametrize("sign", ["x", "😊"])
@pytest.mark.parametrize("over", [0, 1, LONGEST + 5])
def test_an_excerpt_that_no_cell_can_hold_goes_on_in_the_next_row(whole, sign, over):
    quote = "a" + sign * ((LONGEST - 1) // units(sign)) + "b" * over
    report = replace(whole, evidence=(replace(whole.evidence[0], quote=quote), *whole.evidence[1:]))
    held = rows(book(report), "Evidence")
    parts = [row for row in held if row["Evidence id"] == whole.evidence[0].id]
    assert "".join(str(row["Excerpt"]) for row in parts) == quote
    assert all(units(str(row["Excerpt"])) <= LONGEST for row in parts)
    numbers = [row["No."] for row in parts]
    count = -(-units(quote) // LONGEST)
    assert numbers == ([1] if count == 1 else [f"1 (part {n} of {count})" for n in range(1, count + 1)])


@pytest.mark.parametrize("sign", ["x", "😊"])
def test_any_other_text_that_is_too_long_says_that_it_is_cut(whole, sign):
    finding = replace(whole.findings[0], statement=sign * 40_000)
    held = rows(book(replace(whole, findings=(finding, *whole.findings[1:]))), "Findings")
    told = str(held[0]["Finding"])
    assert told.endswith(workbook.MORE)
    assert units(told) <= LONGEST
    assert units(told) > LONGEST - 5


def test_headings_are_ones_that_a_table_can_have():
    made = headings(["Of it", "of IT", "", "a\nb\x00c", "_x0041_", "y" * 300, "y" * 300, "\u202ez", "Of it"])
    assert made[:2] == ["Of it", "of IT (Of it)"]
    assert made[2:5] == ["(no name)", "a b c", "_ x0041_"]
    assert len({head.casefold() for head in made}) == len(made)
    assert all(head and len(head) <= 255 and head.isprintable() for head in made)


def test_names_of_sheets_are_ones_that_excel_takes(whole):
    owed = replace(whole, received=(Received("[a]:*?/\\'", "x" * 40, ("f",)),))
    assert all(
        len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) and name.strip("'") == name
        for name in book(owed).sheetnames
    )


def test_the_same_report_gives_the_same_bytes(whole, tmp_path):
    content = workbook.render(whole)
    assert workbook.render(replace(whole)) == content
    path = tmp_path / "report.json"
    path.write_text(json.render(whole), encoding="utf-8")
    assert workbook.render(json.load(path)) == workbook.render(json.canonical(whole))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in parts.read("docProps/core.xml")


def test_an_empty_report_has_a_cover_and_what_is_not_known(whole):
    empty = Report({}, "", "", (), (), (), (), (), (), (), (), (), ())
    assert book(empty).sheetnames[0] == "Read me first"
    bare = replace(whole, grid=(), requirements=(), recommendations=(), evidence=(), memberships=())
    assert {"Grid", "Evidence", "Requirements"}.isdisjoint(book(bare).sheetnames)
    cover = rows(book(bare), "Read me first")
    assert any(row["What"] == wording.PEOPLE_TITLE for row in cover)


def test_the_command_writes_it_and_a_changed_one_beside_the_report_is_told(whole, tmp_path, command):
    path = tmp_path / "report.json"
    path.write_text(json.render(whole), encoding="utf-8")
    said = command("report", path, "--out", tmp_path / "report.xlsx")
    assert said.code == 0, said.err
    kept = (tmp_path / "report.xlsx").read_bytes()
    assert kept == workbook.render(json.load(path))
    assert outputs.changed_since(path) == []
    (tmp_path / "report.xlsx").write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert outputs.changed_since(path) == ["report.xlsx"]
    # a report written into the folder again takes it along; where there is none, none is made
    other = replace(whole, title="Another")
    reports.write_pages(other, tmp_path)
    assert outputs.changed_since(path) == []
    assert not (tmp_path / "report.md").read_text("utf-8").startswith("Invented")
    reports.write_pages(other, tmp_path / "new")
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["report.html", "report.json", "report.md"]


def test_an_output_that_cannot_be_written_is_one_line_and_nothing_half_written(whole, tmp_path, command):
    path = tmp_path / "report.json"
    path.write_text(json.render(whole), encoding="utf-8")
    (tmp_path / "there.xlsx").mkdir()
    said = command("report", path, "--out", tmp_path / "there.xlsx")
    assert (said.code, said.err.count("\n")) == (2, 1)
    said = command("report", path, "--out", path / "report.xlsx")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.json", "there.xlsx"]


def test_a_row_is_as_high_as_its_longest_text_and_no_higher_than_can_be(tmp_path):
    from openpyxl import load_workbook

    from thememiner.reports.contents import Table
    from thememiner.reports.workbook.sheets import Sheet

    rows = (("a", "short"), ("b", "long enough for more lines " * 24), ("c", "line\n" * 300), ("d", ""))
    content = workbook.written((Sheet("One", Table("One", ("What", "Value"), rows)),))
    (tmp_path / "x.xlsx").write_bytes(content)
    heights = [load_workbook(tmp_path / "x.xlsx")["One"].row_dimensions[n].height for n in (2, 3, 4, 5)]
    assert heights[0] is heights[3] is None
    assert 100 < heights[1] < 200
    assert heights[2] == pytest.approx(409, abs=1)
