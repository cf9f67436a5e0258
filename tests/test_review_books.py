"""The book of findings in somebody's hands: what it shows, what can be done to it, and what comes back."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thememiner as tm
from thememiner import reviewing
from thememiner.records import Decision, Report, Reviewed
from thememiner.reports.json import render
from thememiner.reviewing import cells, rows, workbooks

SHA = "ab" * 32
IDS = (
    "policies/code:assertive-care/handover",
    "policies/code:assertive-care/dna-discharge",
    "experience/code:assertive-care/family-involvement",
)
FIRST, SECOND, THIRD = 2, 3, 4  # rows of the sheet


class Edited:
    """The book in somebody's hands."""

    def __init__(self, report: Report, folder) -> None:
        self.file = folder / "findings.xlsx"
        self.file.write_bytes(reviewing.book(report, SHA))
        self.book = openpyxl.load_workbook(self.file)
        self.page = self.book[workbooks.FINDINGS]

    def column(self, heading: str) -> int:
        return next(cell.column for cell in self.page[1] if cell.value == heading)

    def put(self, row: int, heading: str, value: object, page=None) -> None:
        cell = (page or self.page).cell(row, self.column(heading))
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a cell that is text takes what begins with "=" as text

    def rows(self) -> list[list[object]]:
        return [[cell.value for cell in row] for row in self.page.iter_rows()]

    def lay(self, rows: list[list[object]]) -> None:
        self.page.delete_rows(1, self.page.max_row)
        for row in rows:
            self.page.append(row)

    def save(self):
        for page in self.book:
            page.tables.clear()  # Excel keeps them in step; openpyxl does not
        self.book.save(self.file)
        return self.file

    def read(self, *given, **named) -> reviewing.Imported:
        return reviewing.read(self.save(), *given, **named)


@pytest.fixture
def edited(judged, tmp_path) -> Edited:
    return Edited(judged, tmp_path)


def one(found: reviewing.Imported) -> Decision:
    (made,) = found.reviewed.decisions
    return made


# What the book shows.


def opened(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(reviewing.book(report, SHA)))


def test_the_same_report_gives_the_same_book(judged):
    assert reviewing.book(judged, SHA) == reviewing.book(judged, SHA)


def test_each_sheet_is_one_table_with_its_headings_in_view(judged):
    book = opened(judged)
    assert book.sheetnames == ["Read me first", "Findings", "Quotes", "Choices", "As exported"]
    assert book.active.title == "Read me first"
    for page in book:
        (held,) = page.tables.values()
        assert held.ref.startswith("A1:")
        assert held.autoFilter
        assert page.freeze_panes in ("A2", "C2")
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert all(cell.value for cell in page[1])
        assert not page.merged_cells.ranges
        assert page.oddHeader.right.text == workbooks.NOTE
    assert book["Findings"].freeze_panes == "C2"  # number and theme stay in view beside what is filled in


def test_what_people_fill_in_is_told_from_what_was_drafted_by_colour_and_words(judged):
    page = opened(judged)["Findings"]
    fill = {cell.value: (cell.fill.fgColor.rgb, cell.font.color.rgb) for cell in page[1]}
    asked = [heading for heading, _ in rows.ASKED.values()]
    assert {fill[heading] for heading in asked} == {("FFFFE082", "FF000000")}
    assert {fill[heading] for heading, _ in rows.MADE.values()} == {("FF005EB8", "FFFFFFFF")}
    told = {rule.promptTitle: rule for rule in page.data_validations.dataValidation}
    assert set(told) == set(asked)
    assert all(rule.prompt and len(rule.prompt) <= 255 and rule.showInputMessage for rule in told.values())


def test_the_choices_offered_are_those_that_are_understood(judged):
    book = opened(judged)
    page, lists = book["Findings"], book["Choices"]
    offered = {}
    for rule in page.data_validations.dataValidation:
        if rule.type == "list":
            sheet, _, place = rule.formula1.partition("!")
            assert sheet == "Choices"
            first, last = place.replace("$", "").split(":")
            offered[rule.promptTitle] = [cell.value for (cell,) in lists[f"{first}:{last}"]]
    assert offered["Use?"] == ["Use", "Do not use"]
    assert offered["Section, changed"] == [section.title for section in judged.sections]
    assert offered["Position, changed"] == ["assured", "gap", "mixed", "not known"]
    assert all(offer for offers in offered.values() for offer in offers)
    titles = {section.id: section.title for section in judged.sections}
    assert [cells.section(title, titles) for title in titles.values()] == list(titles)
    assert all(cells.position(position) for position in offered["Position, changed"])
    assert all(cells.bases(basis) == ((basis,), "") for basis in offered["Basis, changed"])


def test_every_finding_has_its_row_with_what_is_needed_to_judge_it(judged):
    head, *body = opened(judged)["Findings"].iter_rows(values_only=True)
    assert [row[head.index("Finding id")] for row in body] == [f.id for f in judged.findings]
    assert [row[head.index("No.")] for row in body[:2]] == ["1.1", "1.2"]
    first = dict(zip(head, body[0], strict=True))
    assert first["Section"] == judged.sections[0].title
    assert first["Draft statement"] == judged.findings[0].statement
    assert (first["Draft position"], first["Draft basis"]) == ("gap", "practice")
    assert first["Review so far"] == "Not yet reviewed"
    assert first["Lead quotes, and where they stand"] == (
        "“Each area has its own handover form.”\n[Organisation’s account, provider lead, Northfield. "
        "Negative about this theme. file1.docx, page 2]"
    )
    assert not any(first[heading] for heading, _ in rows.ASKED.values())
    none = next(
        row for row in body if row[head.index("Finding id")].startswith("governance/code:assertive-care/h")
    )
    assert none[head.index("Lead quotes, and where they stand")] == "No passage is sure enough to be quoted."


def test_rows_stand_in_the_order_of_the_report_s_numbers(judged):
    many = replace(
        judged, findings=(judged.findings[0], *(replace(f, passages=9) for f in judged.findings[1:]))
    )
    body = list(opened(many)["Findings"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in body] == sorted(row[0] for row in body)
    assert body[1][-1] == judged.findings[0].id  # one passage alone comes last in its section


def test_the_lead_quotes_show_what_speaks_for_and_what_against(judged):
    first = judged.findings[0]
    quotes = [
        replace(judged.evidence[0], id=f"q{n}", quote=f"Quote {n}.", polarity=p, kind="account")
        for n, p in enumerate(["negative"] * 5 + ["positive"] + ["negative"] * 2)
    ]
    many = replace(
        judged,
        evidence=(*quotes, *judged.evidence),
        findings=(replace(first, evidence_ids=tuple(q.id for q in quotes)), *judged.findings[1:]),
    )
    head, row, *_ = opened(many)["Findings"].iter_rows(values_only=True)
    shown = row[head.index("Lead quotes, and where they stand")]
    assert [f"Quote {n}." in shown for n in range(8)] == [True, True, False, False, False, True, False, False]
    assert shown.endswith("(5 more quotes: see the sheet of quotes)")
    quoted = [line[5] for line in opened(many)["Quotes"].iter_rows(values_only=True)]
    assert {f"Quote {n}." for n in range(8)} <= set(quoted)


def test_quotes_stand_whole_in_their_sheet_and_long_ones_begin_in_the_row(judged):
    long = "They said it again and again. " * 30
    held = replace(judged, evidence=(replace(judged.evidence[0], quote=long), *judged.evidence[1:]))
    book = opened(held)
    head, row, *_ = book["Findings"].iter_rows(values_only=True)
    shown = row[head.index("Lead quotes, and where they stand")]
    begun = shown.partition("“")[2].partition(" [... whole in the sheet of quotes]")[0]
    assert long.startswith(begun)
    assert len(begun) > 400
    assert long in [line[5] for line in book["Quotes"].iter_rows(values_only=True)]


def test_nothing_in_a_book_can_run(judged):
    nasty = ("=1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "a\x07b", "\ud800", "+1", "-1")
    held = replace(
        judged,
        title=nasty[2],
        findings=tuple(
            replace(
                f, statement=nasty[n % 7], exception=nasty[n % 7], needs=nasty[n % 7], reason=nasty[n % 7]
            )
            for n, f in enumerate(judged.findings)
        ),
        evidence=tuple(replace(e, quote=nasty[n]) for n, e in enumerate(judged.evidence)),
    )
    for page in opened(held):
        for cell in (cell for row in page.iter_rows() for cell in row):
            assert cell.value is None or cell.data_type == "s", cell
            assert cell.number_format == "@" or cell.value is None
            assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(reviewing.book(held, SHA))) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "sheet" in name)


# What comes back.


def test_a_book_that_nobody_touched_decides_nothing(judged, edited):
    found = edited.read()
    assert found.reviewed == Reviewed((), SHA, judged.title)
    assert found.notes == ("8 of 8 findings read; nothing newly decided.", "8 not yet reviewed.")


def test_what_people_decided_is_read(judged, edited):
    edited.put(FIRST, "Use?", "USE.")
    edited.put(FIRST, "By whom", " A. Reader ")
    edited.put(SECOND, "Use?", "Do not use")
    edited.put(SECOND, "Reason", "=Told twice")
    edited.put(SECOND, "By whom", "A. Reader")
    edited.put(THIRD, "Statement, reworded", "=They ring\nback.")
    edited.put(THIRD, "Section, changed", judged.sections[0].title.upper())
    edited.put(THIRD, "Position, changed", "Gap")
    edited.put(THIRD, "Basis, changed", "Practice;\nassurance")
    edited.put(THIRD, "By whom", "B. Reader")
    used, aside, changed = edited.read().reviewed.decisions
    assert (used.finding_id, used.review, used.by, used.report) == (IDS[0], "use", "A. Reader", SHA)
    assert (aside.review, aside.reason) == ("do not use", "=Told twice")
    assert changed.review == "use"  # who puts a draft right means to use it
    assert (changed.statement, changed.section_id) == ("=They ring\nback.", "policies")
    assert (changed.position, changed.basis) == ("gap", ("practice", "assurance"))
    assert used.seen_statement == judged.findings[0].statement
    assert used.seen_quotes == (f"{judged.evidence[0].document_id} {judged.evidence[0].sha256[:16]}",)
    assert edited.read().notes == (
        (
            "8 of 8 findings read; 3 newly decided: 2 to use, 1 not to use, 1 reworded, 1 moved, 1 with "
            "another position or basis."
        ),
        "5 not yet reviewed.",
    )


def test_what_was_read_can_be_put_over_the_report(judged, edited):
    edited.put(FIRST, "Statement, reworded", "Ours.")
    edited.put(FIRST, "By whom", "A. Reader")
    made = reviewing.decide(judged, edited.read().reviewed)
    assert made.notes == ()
    assert (made.report.findings[0].statement, made.report.findings[0].changed) == ("Ours.", ())


def test_a_remark_alone_decides_nothing_and_is_kept(edited):
    edited.put(FIRST, "Reason", "ask the trust")
    made = one(edited.read())
    assert (made.review, made.reason, made.by) == ("not yet reviewed", "ask the trust", "")


def test_what_tells_of_a_person_is_masked_in_what_people_wrote_and_told(judged, edited, tmp_path):
    edited.put(
        FIRST, "Statement, reworded", "Mrs Doreen Blackwood (NHS number 943 476 5919) was handed over late."
    )
    edited.put(FIRST, "By whom", "Ann Lee")
    edited.put(SECOND, "Use?", "Do not use")
    edited.put(SECOND, "Reason", "Mrs Doreen Blackwood told us otherwise on 07700 900123.")
    edited.put(SECOND, "By whom", "Ann Lee")
    edited.put(THIRD, "Reason", "ask the trust")
    found = edited.read()
    told = reviewing.render(found.reviewed).decode()
    for gone in ("Doreen", "Blackwood", "943 476 5919", "07700 900123"):
        assert gone not in told
    assert "Mrs [PERSON 1] told us otherwise on [PHONE]." in told
    assert [decision.by for decision in found.reviewed.decisions] == ["Ann Lee", "Ann Lee", ""]
    masked = f"Masked, as it may tell of a person: something in the words of {IDS[0]}, {IDS[1]}."
    assert [note for note in found.notes if note.startswith("Masked")] == [masked]
    assert reviewing.joined(found.reviewed, edited.read().reviewed) == found.reviewed
    # The same in a log that was written by hand.
    log = tmp_path / "reviewed.json"
    log.write_text(
        json.dumps(
            {
                "decisions": [
                    {
                        "finding_id": IDS[0],
                        "review": "do not use",
                        "reason": "Mr Alan Threlfall rang from 07700 900123.",
                        "by": "Ann Lee",
                    }
                ]
            }
        )
    )
    page = render(reviewing.decide(judged, reviewing.load(log)).report)
    assert "Mr [PERSON 1] rang from [PHONE]." in page
    assert "Threlfall" not in page
    assert "Ann Lee" in page


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_any_order_of_rows_and_columns_reads_the_same(judged, tmp_path, random):
    held = Edited(judged, tmp_path)
    held.put(FIRST, "Use?", "Use")
    held.put(FIRST, "By whom", "A. Reader")
    head, *body = held.rows()
    order = list(range(len(head)))
    random.shuffle(order)
    random.shuffle(body)
    held.lay([[row[at] for at in order] for row in [head, *body[:4], [None] * len(head), *body[4:]]])
    assert one(held.read()).finding_id == IDS[0]


def test_deleted_rows_stay_as_they_were_and_are_told(edited):
    edited.page.delete_rows(FIRST, 2)
    found = edited.read()
    assert found.reviewed.decisions == ()
    assert found.notes[1] == f"Left as they were, for their rows are gone: 2 ({IDS[0]}, {IDS[1]})."


def test_columns_that_were_deleted_or_added_do_no_harm(edited):
    edited.put(FIRST, "Use?", "Use")
    edited.put(FIRST, "By whom", "A. Reader")
    edited.page.delete_cols(edited.column("Still needed"))
    edited.page.delete_cols(edited.column("Basis, changed"))
    assert one(edited.read()).review == "use"


def test_a_column_of_their_own_is_told(edited):
    edited.page.cell(1, edited.page.max_column + 1).value = "Our notes"
    assert "Not read back: the column 'Our notes'." in edited.read().notes


def test_what_is_written_over_the_draft_is_taken_as_changed_and_told(edited):
    edited.put(FIRST, "Draft statement", "Ours.")
    edited.put(FIRST, "Draft position", "mixed")
    edited.put(FIRST, "Draft basis", "written in policy")
    edited.put(FIRST, "By whom", "A. Reader")
    edited.put(SECOND, "Draft statement", None)  # nothing is put in its place
    edited.put(THIRD, "Lead quotes, and where they stand", "They never said this.")
    edited.put(THIRD, "Still needed", "nothing")
    found = edited.read()
    made = one(found)
    assert (made.statement, made.position, made.basis) == ("Ours.", "mixed", ("written in policy",))
    assert f"Written over the draft, and taken as changed: {IDS[0]}." in found.notes
    assert f"Left as it was: 'Lead quotes, and where they stand' of {IDS[2]}." in found.notes
    assert f"Left as it was: 'Still needed' of {IDS[2]}." in found.notes


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Draft statement", "Ours."),
        ("Draft position", "not known"),
        ("Draft basis", "assurance"),
        ("Section", "Experience of service use"),
    ],
)
def test_writing_over_a_draft_is_a_decision_by_itself(edited, heading, value):
    edited.put(FIRST, heading, value)
    made = one(edited.read(by="A. Reader"))
    assert made.review == "use"
    section = {"experience": "Experience of service use"}.get(made.section_id)
    assert value in (made.statement, made.position, *made.basis, section)


def test_people_s_own_column_comes_before_what_is_written_over_the_draft(edited):
    edited.put(FIRST, "Draft statement", "Half a sen")
    edited.put(FIRST, "Statement, reworded", "Ours.")
    assert one(edited.read(by="A. Reader")).statement == "Ours."


def test_what_is_the_same_as_the_draft_changes_nothing_of_it(judged, edited):
    edited.put(FIRST, "Use?", "Use")
    edited.put(FIRST, "Statement, reworded", judged.findings[0].statement)
    edited.put(FIRST, "Section, changed", "1")
    edited.put(FIRST, "Position, changed", "Gap")
    edited.put(FIRST, "Basis, changed", "Gap of practice")
    made = one(edited.read(by="A. Reader"))
    assert (made.statement, made.section_id, made.position, made.basis) == ("", "", "", ())


def test_spaces_and_line_ends_are_no_change(judged, edited):
    edited.put(FIRST, "Draft statement", f"  {judged.findings[0].statement}\r\n")
    assert edited.read().reviewed.decisions == ()


def test_a_name_for_rows_that_have_none(edited):
    edited.put(FIRST, "Use?", "Use")
    edited.put(SECOND, "Use?", "Use")
    edited.put(SECOND, "By whom", "B. Reader")
    assert [d.by for d in edited.read(by="A. Reader").reviewed.decisions] == ["A. Reader", "B. Reader"]


# Slips: one clear line.


@pytest.mark.parametrize(
    ("put", "said"),
    [
        ({"Use?": "maybe"}, "row 2 has 'maybe' under 'Use?'. Write Use or Do not use."),
        (
            {"Use?": "Use"},
            "row 2 has a decision and no name under 'By whom'. Fill it in, or give --by NAME",
        ),
        ({"Use?": "no", "By whom": "R"}, "row 2 has 'Do not use' and no 'Reason'. Say why"),
        (
            {"Position, changed": "gpa"},
            "row 2 has the position 'gpa'; 'gap' may be meant. Write assured, gap",
        ),
        ({"Position, changed": "3"}, "row 2 has the position '3'. Write assured"),
        ({"Basis, changed": "practise"}, "row 2 has the basis 'practise'; 'practice' may be meant"),
        (
            {"Basis, changed": "written in policy"},
            "the basis 'written in policy', which does not fit the position 'gap'. Of a gap write provision",
        ),
        (
            {"Position, changed": "assured", "Basis, changed": "practice"},
            "does not fit the position 'assured'. Write described by the provider",
        ),
        ({"Position, changed": "not known", "Basis, changed": "practice"}, "'not known'. It can have none."),
        ({"Section, changed": "Experiense of service use"}, "which is none of this report; 'Experience of"),
        ({"Section, changed": "9"}, "has the section '9', which is none of this report. Write one of: "),
        (
            {"Use?": "no", "By whom": "R", "Reason": "x", "Section, changed": "2"},
            "is not to be used and is to stand in another section",
        ),
        (
            {"Finding id": "policies/code:assertive-care/handver"},
            f"not of this book; {IDS[0]!r} may be meant",
        ),
        ({"Finding id": ""}, "row 2 has no finding id. Put it back"),
        ({"Finding id": IDS[1]}, "columns were sorted apart"),
    ],
)
def test_a_slip_in_a_row_is_a_line_that_says_where(edited, put, said):
    for heading, value in put.items():
        edited.put(FIRST, heading, value)
    with pytest.raises(tm.InputError) as error:
        edited.read()
    assert said in str(error.value)
    assert str(error.value).startswith("findings.xlsx, sheet Findings, row")
    assert "\n" not in str(error.value)


def test_an_id_that_stands_twice_is_refused_with_both_rows(edited):
    edited.page.append([cell.value for cell in edited.page[FIRST]])
    with pytest.raises(tm.InputError, match=r"row 10 has the same finding id as row 2 \(policies/"):
        edited.read()


def test_many_rows_without_a_name_are_told_at_once(edited):
    for row in range(2, 9):
        edited.put(row, "Use?", "Use")
    with pytest.raises(tm.InputError, match=r"rows 2, 3, 4, 5, 6, \.\.\. have a decision and no name"):
        edited.read()


@pytest.mark.parametrize(
    ("heading", "new", "said"),
    [
        ("Use?", "Verdict", "the heading 'Use?' is not there; 'Verdict' may be it. Change it back."),
        ("Finding id", "Key", "the heading 'Finding id' is not there; 'Key' may be it."),
        ("By whom", "Who", "the heading 'By whom' is not there; 'Who' may be it."),
        ("Reason", "By whom", "the heading 'By whom' stands twice. Delete the copy."),
    ],
)
def test_a_heading_that_was_changed_is_refused(edited, heading, new, said):
    edited.put(1, heading, new)
    with pytest.raises(tm.InputError) as error:
        edited.read()
    assert said in str(error.value)


def test_sheets_that_were_renamed_or_lost(judged, edited):
    edited.page.title = "Mine"
    with pytest.raises(tm.InputError, match="has no sheet 'Findings'; its sheets are"):
        edited.read()
    edited.page.title = "findings "
    del edited.book["As exported"]
    del edited.book["Choices"]
    with pytest.raises(tm.InputError, match=r"no sheet 'As exported'.*--report"):
        edited.read()
    edited.put(FIRST, "Section, changed", "2")
    edited.put(FIRST, "By whom", "A. Reader")
    made = one(edited.read(judged, SHA))
    assert (made.section_id, made.report, made.seen_statement) == (
        "experience",
        SHA,
        judged.findings[0].statement,
    )


def test_the_sheet_kept_for_the_program_is_refused_when_changed(edited):
    edited.book["As exported"]["A1"].value = "key"
    with pytest.raises(tm.InputError, match=r"the heading 'id' is not there\. Put the sheet back"):
        edited.read()


def test_a_book_of_another_report_is_refused(judged, edited):
    other = replace(judged, documents=tuple(replace(d, id=f"f{n}") for n, d in enumerate(judged.documents)))
    with pytest.raises(tm.InputError, match=r"a book of another report \('Invented review'\)"):
        edited.read(other, "cd" * 32)
    assert edited.read(judged, "cd" * 32).notes[-1] == (
        "The book was exported from an earlier report.json than the one given."
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("findings.docx", b"PK", "no table to read findings back from"),
        ("findings.xls", b"\xd0\xcf\x11\xe0 not a workbook", "cannot be read"),
        ("findings.xlsx", b"PK\x03\x04 broken", "cannot be read"),
        ("findings.xlsx", b"", "cannot be read"),
        ("findings.csv", b"a,b\n1,2\n", "'Finding id' is not there"),
        ("none.xlsx", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_book_is_refused_in_a_line(tmp_path, name, content, said):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(tm.InputError) as error:
        reviewing.read(file)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


# From book to book.


def test_a_book_of_a_decided_report_shows_what_was_decided(judged, edited, tmp_path):
    edited.put(FIRST, "Use?", "Use")
    edited.put(FIRST, "Statement, reworded", "Ours.")
    edited.put(FIRST, "Position, changed", "not known")
    edited.put(FIRST, "By whom", "A. Reader")
    edited.put(SECOND, "Use?", "Do not use")
    edited.put(SECOND, "Reason", "Told twice.")
    edited.put(SECOND, "By whom", "A. Reader")
    edited.put(THIRD, "Section, changed", "4")
    edited.put(THIRD, "By whom", "A. Reader")
    log = edited.read().reviewed
    again = Edited(reviewing.decide(judged, log).report, tmp_path)
    head, *body = again.rows()
    by_id = {row[head.index("Finding id")]: dict(zip(head, row, strict=True)) for row in body}
    assert len(by_id) == 8
    first, second, third = (by_id[i] for i in IDS)
    assert first["Draft statement"] == judged.findings[0].statement
    assert (first["Statement, reworded"], first["Position, changed"]) == ("Ours.", "not known")
    assert (second["Use?"], second["Reason"]) == ("Do not use", "Told twice.")
    assert (third["Section"], third["Section, changed"]) == (
        judged.sections[1].title,
        judged.sections[3].title,
    )
    assert {row["Review so far"] for row in by_id.values()} == {
        "Reviewed by A. Reader",
        "Set aside by A. Reader",
        "Not yet reviewed",
    }
    found = again.read()
    assert found.reviewed.decisions == ()  # nothing is decided anew
    assert found.notes[1] == "5 not yet reviewed."


def test_a_decision_can_be_taken_back(judged, edited, tmp_path):
    edited.put(FIRST, "Use?", "Use")
    edited.put(FIRST, "Statement, reworded", "Ours.")
    edited.put(FIRST, "By whom", "A. Reader")
    log = edited.read().reviewed
    again = Edited(reviewing.decide(judged, log).report, tmp_path)
    again.put(FIRST, "Use?", None)
    back = reviewing.joined(log, again.read().reviewed)
    assert [d.review for d in back.decisions] == ["use", "not yet reviewed"]
    assert reviewing.decide(judged, back).report.findings[0].mark == "Not yet reviewed"


def changed(judged: Report, log: Reviewed) -> Report:
    """The next run's report, in which the first finding is drafted otherwise, with the decisions over it."""
    first, *rest = judged.findings
    later = replace(judged, findings=(replace(first, statement="Drafted anew."), *rest))
    return reviewing.decide(later, log).report


def test_a_finding_that_changed_is_asked_about_again(judged, edited, tmp_path):
    edited.put(FIRST, "Use?", "Use")
    edited.put(FIRST, "By whom", "A. Reader")
    log = edited.read().reviewed
    later = changed(judged, log)
    again = Edited(later, tmp_path)
    head, row, *_ = again.rows()
    assert row[head.index("Use?")] in ("", None)
    assert row[head.index("Review so far")] == "Reviewed by A. Reader; changed since then: statement"
    assert again.read().reviewed.decisions == ()
    again.put(FIRST, "Use?", "Use")  # looked at again, and nothing else
    log = reviewing.joined(log, again.read().reviewed)
    assert len(log.decisions) == 2
    assert changed(judged, log).findings[0].mark == "Reviewed by A. Reader"


def test_a_remark_on_a_finding_that_changed_does_not_undo_what_was_decided(judged, edited, tmp_path):
    edited.put(FIRST, "Use?", "Do not use")
    edited.put(FIRST, "Reason", "x")
    edited.put(FIRST, "By whom", "A. Reader")
    again = Edited(changed(judged, edited.read().reviewed), tmp_path)
    again.put(FIRST, "Reason", "really?")
    with pytest.raises(tm.InputError, match=r"row 2 was changed, and 'Use\?' is blank: what was decided"):
        again.read()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Use", "use"),
        (" yes ", "use"),
        ("Do not use", "do not use"),
        ("do-not-use", "do not use"),
        ("Don't use", "do not use"),
        ("don’t use.", "do not use"),
        ("", "not yet reviewed"),
        ("useful", None),
        ("1", None),
    ],
)
def test_what_is_written_under_use(text, meant):
    assert cells.use(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ""),
        ("b", "b"),
        ("BEDS", "b"),
        ("2", "b"),
        ("2. Beds", "b"),
        ("1. Beds", None),
        ("0", None),
        ("x", None),
    ],
)
def test_what_is_written_for_a_section(text, meant):
    assert cells.section(text, {"a": "Access", "b": "Beds"}) == meant


# The commands.


def test_the_whole_round_with_the_commands(command, judged, tmp_path):
    report, book, log = tmp_path / "report.json", tmp_path / "findings.xlsx", tmp_path / "reviewed.json"
    report.write_text(render(judged), "utf-8")
    done = command("findings", "export", report, "--out", book)
    assert (done.code, done.err, done.out) == (0, "", f"8 findings, none reviewed. Book: {book}\n")
    assert command("findings", "export", report, "--out", book).code == 0  # nobody has written in it
    held = openpyxl.load_workbook(book)
    page = held["Findings"]
    columns = {cell.value: cell.column for cell in page[1]}
    for row, (use, reason) in {FIRST: ("Use", ""), SECOND: ("Do not use", "Told twice.")}.items():
        page.cell(row, columns["Use?"]).value = use
        page.cell(row, columns["Reason"]).value = reason
    held.save(book)
    refused = command("findings", "export", report, "--out", book)
    assert (refused.code, "people may have written in it" in refused.err) == (2, True)
    refused = command("findings", "import", book, "--out", log)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "give --by NAME" in refused.err
    assert not log.exists()
    done = command("findings", "import", book, "--out", log, "--by", "A. Reader", "--report", report)
    assert (done.code, done.err) == (0, "")
    assert "8 of 8 findings read; 2 newly decided: 1 to use, 1 not to use." in done.out
    assert json.loads(log.read_text("utf-8"))["report"] == tm.resources.sha256(report)
    done = command("findings", "import", book, "--out", log, "--by", "A. Reader")
    assert done.out.endswith(f"Decisions: {log} (2 earlier decisions kept)\n")
    assert len(reviewing.load(log).decisions) == 2  # said once
    out = tmp_path / "out"
    done = command("findings", "apply", report, log, "--out", out)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"8 findings, 2 reviewed. Report: {out / 'report.html'}\n"
    assert command("findings", "apply", report, log, "--out", out).code == 0
    assert "Told twice." in (out / "report.md").read_text("utf-8")
    assert tm.resources.sha256(out / "report.json") != tm.resources.sha256(report)
    assert command("findings", "export", out / "report.json", "--out", tmp_path / "next.xlsx").out.startswith(
        "8 findings, 2 reviewed."
    )
    assert command("plan", out / "report.json", "--out", tmp_path / "plan.docx").code == 0


def test_what_must_not_be_written_over_is_not(command, judged, tmp_path):
    report, book, log = tmp_path / "report.json", tmp_path / "findings.xlsx", tmp_path / "reviewed.json"
    report.write_text(render(judged), "utf-8")
    empty = tmp_path / "empty.json"
    empty.write_text(render(replace(judged, findings=())), "utf-8")
    command("findings", "export", report, "--out", book)
    command("findings", "import", book, "--out", log)
    (tmp_path / "mine.json").write_text('{"mine": 1}', "utf-8")
    other = Reviewed((Decision("a", "use", by="R", seen_quotes=("ffff 00",)),), "00", "Theirs")
    (tmp_path / "other.json").write_bytes(reviewing.render(other))
    held = openpyxl.load_workbook(book)
    held["Findings"].cell(2, 12).value = "Use"
    held.save(tmp_path / "edited.xlsx")
    for arguments, said in (
        (("export", report, "--out", "x.csv"), "Known: .xlsx"),
        (("export", empty, "--out", tmp_path / "x.xlsx"), "has no findings"),
        (("export", log, "--out", tmp_path / "x.xlsx"), "not a thememiner report"),
        (("import", book, "--out", tmp_path / "x.txt"), "ends in .json"),
        (("import", book, "--out", report), "cannot be added to"),
        (("import", book, "--out", report, "--report", report), "is what is to be read"),
        (("import", book, "--out", tmp_path / "mine.json"), "cannot be added to"),
        (
            ("import", tmp_path / "edited.xlsx", "--by", "R", "--out", tmp_path / "other.json"),
            "decisions on another review ('Theirs')",
        ),
        (("apply", report, log, "--out", tmp_path), "is what is to be read"),
        (("apply", report, report, "--out", tmp_path / "out"), "holds no decisions"),
        (("apply", report, tmp_path / "other.json", "--out", tmp_path / "out"), "of another review"),
    ):
        done = command("findings", *arguments)
        assert (done.code, done.err.count("\n")) == (2, 1), (arguments, done)
        assert said in done.err, done.err
    assert json.loads((tmp_path / "mine.json").read_text("utf-8")) == {"mine": 1}
    assert not (tmp_path / "out").exists()


def test_a_run_keeps_what_was_decided(command, finished, tmp_path):
    book, log, out = tmp_path / "findings.xlsx", tmp_path / "reviewed.json", tmp_path / "out"
    assert command("findings", "export", finished.out / "report.json", "--out", book).code == 0
    held = openpyxl.load_workbook(book)
    page = held["Findings"]
    columns = {cell.value: cell.column for cell in page[1]}
    page.cell(2, columns["Statement, reworded"]).value = "Worded by a person."
    held.save(book)
    assert command("findings", "import", book, "--by", "A. Reader", "--out", log).code == 0
    made = reviewing.load(log)
    gone = replace(made.decisions[0], finding_id="gone/code:x", seen_section="Gone", seen_theme="Theme")
    log.write_bytes(reviewing.render(replace(made, decisions=(*made.decisions, gone))))
    done = command("run", *finished.arguments, "--findings", log, "--out", out)
    assert done.code == 0, done.err
    assert "1 decision is of findings that are not there any more" in done.err
    assert "Worded by a person." in (out / "report.md").read_text("utf-8")
    whole = tm.resources, json.loads((out / "report.json").read_text("utf-8"))
    assert [f["review"] for f in whole[1]["findings"]].count("use") == 1
    assert any(skipped["stage"] == "review" for skipped in whole[1]["skipped"])
    proof = command("verify", out / "report.json", finished.sources)
    assert proof.code == 0, proof.err
    applied = tmp_path / "applied"
    assert command("findings", "apply", finished.out / "report.json", log, "--out", applied).code == 0
    assert (applied / "report.json").read_bytes() == (out / "report.json").read_bytes()
    refused = command("run", *finished.arguments, "--findings", book, "--out", tmp_path / "no")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert not (tmp_path / "no").exists()


def test_the_texts_and_settings_come_with_the_decisions(command, judged, tmp_path):
    report, log, out = tmp_path / "report.json", tmp_path / "reviewed.json", tmp_path / "out"
    report.write_text(render(judged), "utf-8")
    log.write_bytes(reviewing.render(Reviewed()))
    assert command("findings", "apply", report, log, "--out", out).code == 0
    assert not (out / "documents.jsonl").exists()  # there was none
    (tmp_path / "documents.jsonl").write_text("{}\n", "utf-8")
    (tmp_path / "settings.toml").write_text("seed = 17\n", "utf-8")
    assert command("findings", "apply", report, log, "--out", out).code == 0
    for name in ("documents.jsonl", "settings.toml"):
        assert (out / name).read_bytes() == (tmp_path / name).read_bytes()
