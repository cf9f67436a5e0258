"""What the parsers hand back: plain records of text and numbers, so that a child process can answer in JSON.

A parser gets bytes and gives a `Text` (blocks in reading order), `Tables` or a `Bundle` of files; one that
cannot read the file raises `RefusedError` with one of `CODES`. It knows nothing of kinds or documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thememiner.records import Edit

# Why a file was not read, or not read whole.
CODES: tuple[str, ...] = (
    "encrypted",
    "truncated",
    "malformed",
    "image_only",
    "over_limit",
    "timeout",
    "crashed",
    "unsupported",
    "empty",
    "no_text_column",
)

# (reason, number of rows or parts)
Skips = tuple[tuple[str, int], ...]


class RefusedError(Exception):
    """A file that cannot be read: `code` is one of `CODES`, `detail` what to do, never the file's words."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a file: heading, paragraph, item, cell, note, comment, contents, header or footer.

    `location` says where it stands ("page 7"); `level` is a heading's depth, from 1. A cell has its
    `table` (from 1), `row` and `column` (from 0) and how many columns and rows it covers. `strong` is
    text that is bold throughout, or a shaded cell; `continues` a block that goes on in the sentence of the
    one before; `lead` the number of characters at its start that only lead into it: a bullet, a number, a
    speaker; `italic` how many of its first lines are italic throughout. `originals` are the edits by which
    its text differs from what the parser gave (`repairs`).
    """

    text: str
    sort: str = "paragraph"
    location: str = ""
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    width: int = 1
    height: int = 1
    strong: bool = False
    continues: bool = False
    lead: int = 0
    italic: int = 0
    originals: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file: its name there and its bytes, or the reason code and advice why it was left."""

    name: str
    data: bytes = b""
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A file of running text, with the files attached to it. `partly` is a code when some could not be read.

    `date` is its own, as yyyy-mm-dd; `known` are (sort, value) of the people it names in its headers.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    skipped: Skips = ()
    partly: str = ""
    detail: str = ""
    date: str = ""
    known: tuple[tuple[str, str], ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: the first row with anything in it, as the header, and the rows under it; all are text.

    Rows end at their last cell with text, so they may be shorter or longer than the header. `numbers` are
    the rows' numbers as a spreadsheet shows them, from 1; `merged` are ranges of cells (first row, first
    column, last row, last column), rows by number and columns from 0. A workbook's `types` have a text for
    the header and each row, with a letter a cell: n a number, d a date, s a date and time, h a time,
    b TRUE or FALSE, t anything else.
    """

    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    header_row: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """A file of tables. `partly` is a code when some of it could not be read; `delimiter` is a CSV's own."""

    tables: tuple[Table, ...]
    skipped: Skips = ()
    partly: str = ""
    detail: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file that only holds other files: a zip folder, a mailbox."""

    members: tuple[Member, ...]
    skipped: Skips = ()
    partly: str = ""
    detail: str = ""


Parsed = Text | Tables | Bundle


def as_table(
    sheet: str,
    rows: Iterable[Sequence[str]],
    first: int = 1,
    merged: tuple[tuple[int, int, int, int], ...] = (),
    types: Sequence[str] = (),
) -> Table | None:
    """The rows as a table, the first of them being row `first` of the file; None when all are blank.

    A row of blank cells is a row; one of no cells at all (a blank line of a CSV) only counts as a number.
    `types`, where they are known, are those of all the rows.
    """
    given = list(rows)
    cut = [_cut(row) for row in given]
    start = next((index for index, row in enumerate(cut) if row), None)
    if start is None:
        return None
    kept = [index for index in range(start + 1, len(cut)) if given[index]]
    numbers = tuple(first + index for index in kept)
    rows_kept = tuple(cut[index] for index in kept)
    of_cells = tuple(types[index] for index in (start, *kept)) if types else ()
    return Table(sheet, cut[start], rows_kept, numbers, first + start, merged, of_cells)


def _cut(row: Sequence[str]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return tuple(row[:end])
