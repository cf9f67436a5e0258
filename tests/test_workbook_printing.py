"""A workbook as it is printed: rows as high as their text, and no sheet too small to read."""

from __future__ import annotations

import io

import openpyxl
import pytest

from thememiner.workbooks import Pen


def page(columns, *rows, unwrapped=()):
    out = io.BytesIO()
    with Pen(out, "Title", "note") as pen:
        pen.sheet("Sheet", columns, rows, unwrapped=unwrapped)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue())).active


@pytest.mark.parametrize(
    ("text", "height"),
    [("short", None), ("one\ntwo\nthree", 43.5), ("word " * 46, 72.5), ("line\n" * 999, 409)],
)
def test_a_row_is_as_high_as_its_text(text, height):
    found = page({"A": 10, "B": 40}, ("x", text)).row_dimensions[2].height
    assert found == (height and pytest.approx(height, abs=1))


def test_a_text_that_is_not_wrapped_makes_no_row_higher():
    assert page({"Id": 10, "B": 40}, ("x" * 500, "b"), unwrapped=("Id",)).row_dimensions[2].height is None


def test_a_wide_sheet_goes_on_to_another_page_across_and_a_narrow_one_does_not():
    narrow, wide = page({"A": 20}, ("a",)), page({f"C{n}": 50 for n in range(9)}, ("a",) * 9)
    assert narrow.sheet_properties.pageSetUpPr.fitToPage
    assert wide.page_setup.scale == 60
    assert wide.print_title_rows == narrow.print_title_rows == "$1:$1"
    assert wide.print_area == "'Sheet'!$A$1:$I$2"
