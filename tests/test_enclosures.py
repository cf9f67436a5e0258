"""Tables that come with a review: read by their headings, through the wall, and what is wrong in a line."""

from __future__ import annotations

import io

import openpyxl
import pytest

import thememiner as tm
from thememiner import enclosures
from thememiner.deidentifying import rules

BOOK = tm.codebook("assertive-care")
LAYOUT = tm.template("assertive-care-review")
HEADS = "id,source,recommendation"
RATED = "organisation,item,rating"


def recommended(tmp_path, content, name="recs.csv", **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return enclosures.recommendations(path, BOOK, **options)


def rated(tmp_path, content, name="ratings.csv", **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return enclosures.ratings(path, BOOK, LAYOUT, **options)


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_recommendation_has_all_that_its_row_says(tmp_path):
    found = recommended(
        tmp_path,
        "Ref,Source,Recommendation,Codes,Date,Organisation\n"
        "CQC 1,CQC,Name a coordinator.,care-coordination; Handover between providers,3 June 2025,North\n"
        '2,Inquiry,"Visit, and visit again.",,2025,\n',
    )
    first, second = found.rows
    assert (first.id, first.source, first.text) == ("CQC 1", "CQC", "Name a coordinator.")
    assert (first.codes, first.date, first.organisation) == (
        ("care-coordination", "handover"),
        "2025-06-03",
        "North",
    )
    # a date that cannot be read stays as it was written
    assert (second.text, second.codes, second.date) == ("Visit, and visit again.", (), "2025")
    assert (found.name, found.notes, found.skipped) == ("recs.csv", (), ())
    assert len(found.sha256) == 64


def test_codes_are_parted_by_commas_too_and_a_name_may_have_one(tmp_path):
    (row,) = recommended(
        tmp_path,
        f'{HEADS},codes\n1,CQC,Do it.,"handover, dna-discharge; Mental Health Act, CTO and aftercare"\n',
    ).rows
    assert row.codes == ("handover", "dna-discharge", "mental-health-act")


def test_headings_are_found_under_titles_in_a_workbook_and_on_every_sheet_that_has_them(tmp_path):
    heads = ["Id", "Source", "Recommendation"]
    data = workbook(
        CQC=[["Recommendations to the trust"], [], heads, ["C1", "CQC", "Look again."]],
        PFD=[heads, ["P1", "Coroner", "Ring back."], [None, None, None]],
        Notes=[["Made by hand", "in May"]],
    )
    found = recommended(tmp_path, data, "recs.xlsx")
    assert [row.id for row in found.rows] == ["C1", "P1"]
    assert [(s.stage, s.count) for s in found.skipped] == [("read", 1)]
    assert "sheet" in found.skipped[0].reason


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le"])
def test_whatever_the_encoding_the_words_are_the_same(tmp_path, encoding):
    text = f"{HEADS}\n1,CQC,Don’t wait – ring the person’s family within £0 and 2 days. Naïve plans fail.\n"
    (row,) = recommended(tmp_path, text.encode(encoding)).rows
    assert row.text == "Don’t wait – ring the person’s family within £0 and 2 days. Naïve plans fail."


PEOPLE = (
    f"{HEADS},organisation,Name of deceased\n"
    "1,Coroner,\"Mr Terence Quillfeather's mother, Mrs Ada Quillfeather, rang 07700 900461. "
    'The day vashka was ill.",'
    "North Trust,Vashka Quillfeather\n"
)


def test_what_a_coroner_names_goes_through_the_wall(tmp_path):
    (row,) = recommended(tmp_path, PEOPLE).rows
    # no rule would find the last one, but for the row's own column of names
    for name in ("Terence", "Quillfeather", "Ada", "07700", "vashka"):
        assert name not in row.text
    assert "mother" in row.text
    assert "was ill." in row.text
    assert row.organisation == "North Trust"
    (kept,) = recommended(tmp_path, PEOPLE, redact=False).rows
    assert "Ada Quillfeather" in kept.text


def test_local_patterns_dates_and_ids_go_through_the_wall_too(tmp_path):
    content = f"{HEADS},date\n943 476 5919,Mrs Ada Peverell,See RX123456.,12/03/2025\n"
    (row,) = recommended(tmp_path, content, wall=rules((r"RX\d{6}",), "month")).rows
    assert row.id.startswith("id-")
    assert "943" not in row.id
    assert "Peverell" not in row.source
    assert row.text == "See [LOCAL NUMBER]."
    assert row.date == "2025-03"
    (kept,) = recommended(tmp_path, content, redact=False).rows
    assert (kept.id, kept.text, kept.date) == ("943 476 5919", "See RX123456.", "2025-03-12")


def test_columns_that_are_not_read_are_told_and_those_of_people_are_not_named(tmp_path):
    found = recommended(tmp_path, f"{HEADS},Priority,Name of deceased\n1,CQC,Do it.,High,A B\n")
    assert found.notes == ("recs.csv: not read: the column 'Priority'.",)


BAD = {
    "an empty file": ("", "recs.csv cannot be read (empty): the file has nothing in it"),
    "headings alone": (f"{HEADS}\n", "recs.csv has headings and no rows under them"),
    "blank rows alone": (f"{HEADS}\n,,\n , ,\n", "has headings and no rows"),
    "a column is missing": (
        "id,source,recomendation\n1,CQC,Do it.\n",
        (
            "no column 'recommendation'. Is 'recomendation' the one? Call it 'recommendation'. Its columns "
            "are: id, source, recomendation"
        ),
    ),
    "every column is missing": ("a,b\n1,2\n", "recs.csv has no column 'id'"),
    "a column stands twice": ("id,source,recommendation,text\n1,CQC,A.,B.\n", "two columns are for"),
    "an unknown code": (
        f"{HEADS},codes\n1,CQC,A.,\n2,CQC,B.,handovr\n",
        (
            "recs.csv, row 3 names 'handovr', which is no code of codebook 'assertive-care'. Did you mean "
            "'handover'?"
        ),
    ),
    "an id twice": (f"{HEADS}\na1,CQC,A.\nb,CQC,B.\nA1,PFD,C.\n", "recs.csv, row 4 has the same id as row 2"),
    "no id": (f"{HEADS}\n,CQC,A.\n", "recs.csv, row 2 has no id"),
    "no text": (f"{HEADS}\n1,CQC,\n", "row 2 has an id and no recommendation"),
    "a comma that is not quoted": (
        f"{HEADS}\n1,CQC,Visit, and ring.\n",
        "row 2 has more cells than there are",
    ),
    "a quotation mark that never ends": (f'{HEADS}\n1,CQC,"Visit.\n', "recs.csv cannot be read"),
    "no table at all": (b"PK\x03\x04nothing", "recs.csv cannot be read"),
    "bytes": (bytes(range(256)) * 4, "recs.csv"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_slip_in_recommendations_is_a_line_with_its_row(tmp_path, case):
    content, said = BAD[case]
    with pytest.raises(tm.InputError) as error:
        recommended(tmp_path, content)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_dates_of_recommendations_in_two_orders_are_told(tmp_path):
    dated = ("04/13/2025", "04/14/2025", "04/15/2025", "03/04/2025")
    found = recommended(
        tmp_path, f"{HEADS},date\n" + "".join(f"{n},CQC,Do it.,{day}\n" for n, day in enumerate(dated))
    )
    assert [row.date for row in found.rows] == ["2025-04-13", "2025-04-14", "2025-04-15", "2025-03-04"]
    (said,) = found.notes
    assert said.startswith('recs.csv, "date": 3 (rows 2, 3, 4) can only be month first, none only day first')
    assert recommended(tmp_path, f"{HEADS},date\n1,CQC,Do it.,03/04/2025\n").notes == ()


def test_a_table_has_to_be_a_file_and_a_table(tmp_path):
    with pytest.raises(tm.InputError, match="does not exist in"):
        enclosures.recommendations(tmp_path / "gone.csv", BOOK)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "recs.csv").write_text(f"{HEADS}\n1,CQC,A.\n")
    with pytest.raises(tm.InputError, match="folder is a folder: give one table"):
        enclosures.recommendations(tmp_path / "folder", BOOK)
    with pytest.raises(tm.InputError, match=r"letter\.txt is no table: give a CSV or XLSX file"):
        recommended(tmp_path, "Do it.", "letter.txt")


def test_a_rating_is_kept_as_it_was_given(tmp_path):
    found = rated(
        tmp_path,
        "Organisation,Item,Section,Code,Level,Evidence\n"
        "North,Handover is safe,,handover,4,Policy v3\n"
        "North,,gaps,,Amber,\n"
        "South,,,Handover between providers,not yet,Told by Mrs Ada Peverell\n"
        "South,Care coordination and key worker,,,3,\n"
        "South,Everyone is treated kindly,,,=1+1,\n",
    )
    assert [(r.organisation, r.item, r.codes, r.section_id, r.rating) for r in found.rows] == [
        ("North", "Handover is safe", ("handover",), "", "4"),
        ("North", "Identification of gaps, barriers and challenges", (), "gaps", "Amber"),
        ("South", "Handover between providers", ("handover",), "", "not yet"),
        ("South", "Care coordination and key worker", ("care-coordination",), "", "3"),
        ("South", "Everyone is treated kindly", (), "", "=1+1"),
    ]
    assert found.rows[0].stated == "Policy v3"
    assert "Peverell" not in found.rows[2].stated
    assert found.rows[2].where == "ratings.csv, row 4"


def test_a_section_may_be_named_by_its_title_with_a_number_or_as_the_item(tmp_path):
    title = next(s.title for s in LAYOUT.sections if s.id == "gaps")
    found = rated(
        tmp_path,
        f'organisation,section,rating\nNorth,"4. {title}",1\nSouth,{title.upper()!r},2\n'.replace("'", '"'),
    )
    assert [r.section_id for r in found.rows] == ["gaps", "gaps"]
    found = rated(tmp_path, "organisation,section,rating\nNorth,Section 4,1\nSouth,1,2\n")
    assert [r.section_id for r in found.rows] == ["gaps", "policies"]
    (own,) = rated(tmp_path, f"{RATED}\nNorth,4,1\n").rows  # a number of their own
    assert (own.item, own.section_id) == ("4", "")
    with pytest.raises(tm.InputError, match="names the section '5'"):
        rated(tmp_path, "organisation,section,rating\nNorth,5,1\n")
    found = rated(tmp_path, f'{RATED}\nNorth,"{title}",1\n')
    assert [(r.section_id, r.codes) for r in found.rows] == [("gaps", ())]


def test_the_same_words_in_two_sections_are_two_items(tmp_path):
    found = rated(
        tmp_path, "organisation,section,item,rating\nNorth,gaps,Overall,1\nNorth,policies,Overall,2\n"
    )
    assert [(r.item, r.section_id) for r in found.rows] == [("Overall", "gaps"), ("Overall", "policies")]


def test_a_row_without_a_rating_is_counted_and_told(tmp_path):
    found = rated(tmp_path, f"{RATED}\nNorth,handover,\nNorth,medication,2\nSouth,medication, \n")
    assert [r.item for r in found.rows] == ["medication"]
    assert [(s.reason, s.count) for s in found.skipped] == [("self-rating without a rating (rows)", 2)]
    assert found.notes == ("ratings.csv: no rating in rows 2, 4, left out.",)


BAD_RATINGS = {
    "no item column": ("organisation,rating\nNorth,2\n", "no column 'item' or 'section' or 'code'"),
    "a heading misspelt": ("organisation,item,ratng\nNorth,x,2\n", "no column 'rating'. Is 'ratng' the one?"),
    "no organisation": (f"{RATED}\n,handover,2\n", "row 2 has no organisation"),
    "no item": (f"{RATED}\nNorth,,2\n", "row 2 has no item, section or code"),
    "an unknown section": (
        "organisation,section,rating\nNorth,gasp,2\n",
        "names the section 'gasp', which template 'assertive-care-review' has not. Did you mean 'gaps'?",
    ),
    "an unknown code": ("organisation,code,rating\nNorth,medicaton,2\n", "Did you mean 'medication'?"),
    "rated twice": (
        f"{RATED}\nNorth,Handover,2\nNORTH,handover,3\n",
        "row 3 rates the same item of the same",
    ),
}


@pytest.mark.parametrize("case", BAD_RATINGS)
def test_a_slip_in_ratings_is_a_line_with_its_row(tmp_path, case):
    content, said = BAD_RATINGS[case]
    with pytest.raises(tm.InputError) as error:
        rated(tmp_path, content)
    assert said in str(error.value)


def test_an_organisation_is_written_as_the_review_has_it(tmp_path):
    rows = rated(tmp_path, f"{RATED}\nnorth  trust,handover,2\n").rows
    assert enclosures.check_organisations(rows, ["North Trust", ""]) == {"north trust": "North Trust"}
    with pytest.raises(tm.InputError) as error:
        enclosures.check_organisations(rows, ["North Trust NHS Foundation Trust", "South"])
    assert str(error.value) == (
        "ratings.csv, row 2: nothing that was read is of 'north trust', and it is not expected. Did you mean "
        "'North Trust NHS Foundation Trust'? Write the name alike. If it is another organisation of the "
        "review, put it under [[expected]] in the review.toml."
    )
    with pytest.raises(tm.InputError, match=r"not expected\. If it is another"):
        enclosures.check_organisations(rows, [])
