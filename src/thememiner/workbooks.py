"""Workbooks that people work in: written in one hand, every cell text, and their sheets read back safely.

A heading is a name by which a file is read back; columns may be moved and added, and a heading that was
changed is refused with what it was.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, cast

from thememiner.errors import InputError, nearest
from thememiner.reading import sandbox
from thememiner.reading.parsed import RefusedError, Table, Tables

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
LONGEST = 32_767  # characters of a cell, of which an emoji is two: Excel counts in UTF-16
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # no time of making: the same content gives the same bytes
_A3 = 8  # Excel's number for the paper
_WIDE = 330  # characters beside one another that can still be read on one page across
_LINE, _TALLEST = 14.5, 409.0  # points: of one line, and of the highest row there can be
_LETTERS = 1.15  # of running text in a unit of width, with room for words that go to the next line
_SAFE = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
# Heading rows: white on blue for what the program wrote, black on yellow for what is to be filled in.
_HEAD = {"bg_color": "#005EB8", "font_color": "#FFFFFF"}
_FILL_IN = {"bg_color": "#FFE082", "font_color": "#000000"}


class Pen:
    """Writes the sheets of one workbook alike, each one table; use it in a `with`, which closes the file.

    `title` stands at the head of each printed page, with `note`.
    """

    def __init__(self, out: Any, title: str, note: str) -> None:
        import xlsxwriter

        self.workbook = xlsxwriter.Workbook(out, {"in_memory": True, **_SAFE})
        self.title, self.note = title, note
        self.workbook.set_properties(
            {"title": title, "comments": note, "created": _MADE, "author": "thememiner"}
        )
        # "@" is text: what begins with "=" or looks like a date stays as typed when the cell is edited.
        plain = {"num_format": "@", "valign": "top", "font_name": "Arial", "font_size": 11}
        head = {**plain, "bold": True, "text_wrap": True, "border": 1}
        self.head = self.workbook.add_format({**head, **_HEAD})
        self.fill_in = self.workbook.add_format({**head, **_FILL_IN})
        lines = {"border": 1, "border_color": "#AEB7BD"}
        self.wrapped = self.workbook.add_format({**plain, **lines, "text_wrap": True})
        self.line = self.workbook.add_format({**plain, **lines})
        self.number = self.workbook.add_format({**plain, **lines, "num_format": "#,##0"})
        self.tables = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.workbook.close()

    def sheet(
        self,
        name: str,
        columns: Mapping[str, int],
        cells: Iterable[Sequence[str | int]],
        unwrapped: Collection[str] = (),
        to_fill: Collection[str] = (),
        more: str = "(cut short)",
    ) -> Any:
        """One sheet with one table: a heading row that stays in view and on each printed page.

        `columns` are headings with their width in characters; `more` ends a text that no cell can hold. A
        whole number is written as one, so that it sorts and adds up; all else is text.
        """
        page = self.workbook.add_worksheet(name)
        body = list(cells)
        formats = [self.line if heading in unwrapped else self.wrapped for heading in columns]
        self.tables += 1
        page.add_table(
            *(0, 0, max(len(body), 1), len(columns) - 1),
            {
                "name": f"Table{self.tables}",
                "title": name,
                "description": f"{name}: {self.note}",
                "style": None,
                "columns": [
                    {"header": heading, "header_format": self.fill_in if heading in to_fill else self.head}
                    for heading in columns
                ],
            },
        )
        for at, width in enumerate(columns.values()):
            page.set_column(at, at, width, formats[at])
        wrapped = [(at, width) for at, (h, width) in enumerate(columns.items()) if h not in unwrapped]
        for number, row in enumerate(body, start=1):
            lines = max((_lines(str(row[at]), width) for at, width in wrapped), default=1)
            if lines > 1:  # not every program makes a row as high as its text when it opens a file
                page.set_row(number, min(lines * _LINE, _TALLEST))
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(number, at, cell, self.number)
                elif cell:
                    page.write_string(number, at, fitted(cell, more), formats[at])
                else:  # blank, so that nobody counts it
                    page.write_blank(number, at, None, formats[at])
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(_A3)
        page.repeat_rows(0)
        page.print_area(0, 0, max(len(body), 1), len(columns) - 1)  # without what hangs over from an id
        if too_wide(columns):
            page.set_print_scale(60)
            page.print_across()
        else:
            page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4)
        page.set_header(f"&L{self.title}: {name}&R{self.note}")
        page.set_footer("&RPage &P of &N")
        return page


def too_wide(columns: Mapping[str, int]) -> bool:
    """Whether a sheet on one page across would be too small to read."""
    return sum(columns.values()) > _WIDE


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, about: a letter is a little narrower than the width's unit."""
    return sum(max(1, math.ceil(len(part) / (width * _LETTERS))) for part in text.split("\n"))


def fitted(text: str, more: str) -> str:
    """A text that a cell can hold: of a longer one as many whole lines as fit, and `more`."""
    first, rest = cut(text)
    if not rest:
        return first
    room = cut(text, LONGEST - len(more) - 1)[0]
    return f"{room.rpartition(chr(10))[0] or room}\n{more}"


def cut(text: str, room: int = LONGEST) -> tuple[str, str]:
    """As much of a text as fits a cell, and the rest; together they are the text, letter for letter."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text) <= room // 2:
        return text, ""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * room:
        return text, ""
    held = len(units[: 2 * room].decode("utf-16-le", "ignore"))  # half an emoji is left to the rest
    return text[:held], text[held:]


def sheets(path: Path, what: str) -> dict[str, Table]:
    """Name (`plain`) -> sheet of a file, read in a process of its own; `what` is what it should hold.

    Raises `InputError` for one that is no table, or that cannot be read whole.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path} is no table to read {what} back from: give one that ends in .xlsx or .csv.")
    try:
        parsed = sandbox.parse(path.suffix.lower(), path.read_bytes())
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}. If it is open in another program, close it."
        ) from None
    except RefusedError as error:
        said = error.code.replace("_", " ")
        raise InputError(f"{path} cannot be read ({said}): {error.detail or 'save it again'}.") from None
    tables = cast("Tables", parsed)
    if tables.partly:
        raise InputError(f"{path} cannot be read whole: {tables.partly}. {tables.detail}.")
    return {plain(table.sheet): table for table in tables.tables}


def sheet(path: Path, found: Mapping[str, Table], name: str) -> Table:
    """The sheet of a name, else the only one there; `InputError` where there are others alone."""
    if table := found.get(plain(name)):
        return table
    if len(found) == 1:
        return next(iter(found.values()))
    names = ", ".join(repr(table.sheet) for table in found.values())
    raise InputError(f"{path.name} has no sheet {name!r}; its sheets are {names}. Rename it back.")


def headings(
    path: Path,
    table: Table,
    fields: Mapping[str, str],
    needed: Sequence[str],
    ignored: Collection[str] = (),
) -> tuple[dict[int, str], list[str]]:
    """Column -> field, and the headings of columns that people added.

    `fields` are the headings by field. Raises `InputError` for one that stands twice, for a column of
    `needed` that was renamed, and where the first of them is not there.
    """
    known = {plain(heading): field for field, heading in fields.items()}
    found: dict[int, str] = {}
    others = []
    where = f"{path.name}, row {table.header_row}"
    for at, text in enumerate(table.header):
        field = known.get(plain(text), "")
        if field and field in found.values():
            raise InputError(f"{where}: the heading {text!r} stands twice. Delete the copy.")
        if field:
            found[at] = field
        elif text.strip() and plain(text) not in map(plain, ignored):
            others.append(text.strip())
    missing = [fields[field] for field in needed if field not in found.values()]
    if missing and (others or fields[needed[0]] in missing):
        near = nearest(missing[0], others) or (others[0] if others else "")
        what = f"; {near!r} may be it" if near else ""
        raise InputError(f"{where}: the heading {missing[0]!r} is not there{what}. Change it back.")
    return found, others


def plain(name: str) -> str:
    """A name of a sheet or column, whatever its case and spaces."""
    return " ".join(name.casefold().split())
