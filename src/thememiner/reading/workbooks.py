"""XLSX, XLSM, XLSB, XLS and ODS → one table a sheet, by python-calamine. Macros are never run."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from thememiner.reading import packages
from thememiner.reading.parsed import RefusedError, Table, Tables, as_table

_OLDEST = b"\x09"  # how a workbook of before 1995 begins
LARGEST_OLD = 64 * 1024 * 1024  # bytes of an .xls, which has no scan of its own before it is opened


def parse(data: bytes) -> Tables:
    """The sheets that have anything in them, hidden ones too, in the workbook's order."""
    import python_calamine

    _check(data)
    tables: list[Table] = []
    blank = 0
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        for name, about in zip(workbook.sheet_names, workbook.sheets_metadata, strict=True):
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            table = _table(name, workbook.get_sheet_by_name(name))
            if table is None:
                blank += 1
            else:
                tables.append(table)
    except python_calamine.PasswordError as error:
        raise RefusedError("encrypted", "save a copy without a password") from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of calamine's is no Exception
        panic = type(error).__name__ == "PanicException"
        raise RefusedError("crashed" if panic else "malformed", "save it again as XLSX") from error
    if not tables:
        raise RefusedError("empty", "there are no rows with anything in them")
    return Tables(tuple(tables), (("blank sheet", blank),) if blank else ())


def cell(value: Any) -> str:
    """One cell as text: whole numbers without ".0", dates as yyyy-mm-dd, truth as TRUE or FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def letter(value: Any) -> str:
    """The type of one cell, as a letter of `Table.types`."""
    if isinstance(value, bool):
        return "b"
    if isinstance(value, int | float):
        return "n"
    if isinstance(value, dt.datetime):
        return "s"
    if isinstance(value, dt.date):
        return "d"
    return "h" if isinstance(value, dt.time) else "t"


def _check(data: bytes) -> None:
    if data.startswith(b"PK"):
        with packages.opened(data) as package:
            try:
                packages.check_sheets(package)
            except packages.BROKEN as error:
                raise RefusedError("malformed", "copy or save the file again") from error
    elif data.startswith(packages.OLE):
        refusal = packages.ole_refusal(data)
        if refusal.code == "encrypted":
            raise refusal
        if len(data) > LARGEST_OLD:
            raise RefusedError("over_limit", "save it as XLSX")
    elif not data.startswith(_OLDEST):
        raise RefusedError("malformed", "this is not a workbook, whatever its name; save it again as XLSX")


def _table(name: str, sheet: Any) -> Table | None:
    if sheet.start is None:
        return None
    first_row, first_column = sheet.start
    pad = [""] * first_column  # so that columns count from A, as merged ranges do
    values = sheet.to_python(skip_empty_area=True)
    rows = [pad + [cell(value) for value in row] for row in values]
    types = ["t" * first_column + "".join(map(letter, row)) for row in values]
    ranges = tuple(
        sorted((start[0] + 1, start[1], end[0] + 1, end[1]) for start, end in sheet.merged_cell_ranges or ())
    )
    while rows and not any(text.strip() for text in rows[-1]):  # formatted, never filled in
        rows.pop()
    return as_table(name, rows, first_row + 1, ranges, types)
