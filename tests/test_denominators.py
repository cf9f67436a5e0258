"""A table of denominators: read, refused with the row that is wrong, and matched to who sent something."""

from __future__ import annotations

import pytest

from thememiner import denominators
from thememiner.errors import InputError
from thememiner.records import Denominator

HEAD = "organisation,period,number,unit,counts\n"


@pytest.fixture
def table(tmp_path):
    def write(text, name="denominators.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_row_says_how_much_of_what(table):
    rows = denominators.read(
        table(
            f'{HEAD}North Trust,2024/25,"1,850",people,"mean of the month ends"\n\nSouth Trust,,12.5,beds,\n'
        )
    )
    assert rows == (
        Denominator(
            "North Trust", 1850.0, "people", "mean of the month ends", "2024/25", "2024-04-01", "2025-03-31"
        ),
        Denominator("South Trust", 12.5, "beds"),
    )


def test_columns_stand_in_any_order_and_some_may_be_left_out(table):
    rows = denominators.read(table("Unit,What it counts,Number,Organisation\ncontacts,all,7,North\n"))
    assert rows == (Denominator("North", 7.0, "contacts", "all"),)
    assert denominators.read(table("organisation,number,unit\nNorth,7,beds\n"))[0].counts == ""


def test_a_workbook_will_do(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("Figures")
    for row in (["Organisation", "Number", "Unit"], ["North", 1850, "people"]):
        sheet.append(row)
    book.save(tmp_path / "d.xlsx")
    assert denominators.read(tmp_path / "d.xlsx") == (Denominator("North", 1850.0, "people"),)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("", ("", "")),
        ("none", ("", "")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2024/25", ("2024-04-01", "2025-03-31")),
        ("2024/2025", ("2024-04-01", "2025-03-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-10 to 2025-09", ("2024-10-01", "2025-09-30")),
        ("2024-10-15 to 2025-01-31", ("2024-10-15", "2025-01-31")),
    ],
)
def test_periods(table, period, days):
    (row,) = denominators.read(table(f"{HEAD}North,{period},10,beds,\n"))
    assert (row.start, row.end) == days


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("North,,0,beds,\n", "row 2: 'number' must be above 0"),
        ("North,,-3,beds,\n", "'number' must be above 0"),
        ("North,,many,beds,\n", "found 'many'"),
        ('North,,"1,85",beds,\n', "found '1,85'"),
        ("North,,,beds,\n", "'number' is empty"),
        (",,10,beds,\n", "'organisation' is empty"),
        ("North,,10,,\n", "'unit' is empty"),
        ("North,last year,10,beds,\n", "'period' 'last year' is none"),
        ("North,2024/27,10,beds,\n", "'period' '2024/27' is none"),
        ("North,2024-13,10,beds,\n", "is none"),
        ("North,2025 to 2024,10,beds,\n", "ends before it begins"),
        ("North,,10,beds,\nnorth,,11,Beds,\n", "row 3 says the same as row 2"),
        ("North,2024/25,1,850,beds\n", "row 2: 'unit' must say what is counted, found '850'"),
        ("North,2024/25,1,850,beds,occupied\n", "row 2 has more cells than there are headings"),
        (f"North,,{'9' * 400},beds,\n", "'number' must be above 0 and at most 1,000,000,000,000"),
        ("", "no r"),
    ],
)
def test_a_slip_is_one_line_that_says_where(table, rows, said):
    with pytest.raises(InputError, match=said) as error:
        denominators.read(table(HEAD + rows))
    assert "\n" not in str(error.value)
    assert "denominators.csv" in str(error.value)


def test_the_same_unit_counted_otherwise_or_in_another_year_is_another_number(table):
    rows = denominators.read(table(f"{HEAD}N,2024,1,beds,\nN,2025,1,beds,\nN,2025,1,beds,occupied\n"))
    assert len(rows) == 3


def test_a_missing_column_or_file_is_told(table, tmp_path):
    with pytest.raises(InputError, match=r"no column 'number'\. Is 'numbers' the one"):
        denominators.read(table("organisation,numbers,unit\nNorth,3,beds\n"))
    with pytest.raises(InputError, match=r"none\.csv"):
        denominators.read(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is no table"):
        denominators.read(table("North has ten beds.", "d.txt"))
    with pytest.raises(InputError):
        denominators.read(tmp_path)


def test_a_file_that_cannot_be_read_says_why_in_words(table):
    with pytest.raises(InputError, match=r"denominators\.csv cannot be read \(empty\): the file has nothing"):
        denominators.read(table(""))


def test_names_match_whatever_their_case_and_what_does_not_is_one_line():
    rows = [Denominator(name, 1.0, "beds") for name in ("NORTH  trust", "South", "Elsewhere Homes")]
    kept, said = denominators.match(rows, ["North Trust", "South Trust", ""])
    assert [row.organisation for row in kept] == ["North Trust"]
    assert "'South' (did you mean 'South Trust'?), 'Elsewhere Homes'" in said
    assert "\n" not in said
    assert denominators.match(rows[:1], ["North Trust"])[1] == ""
    assert denominators.match([], ["North Trust"]) == ((), "")
    many = [Denominator(f"Xyz {n}", 1.0, "beds") for n in range(40)]
    assert "and 35 more" in denominators.match(many, ["North Trust"])[1]
