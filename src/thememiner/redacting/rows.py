"""A table with its identifiers masked: every row and column stays where it is.

Cells of one row are masked together, so that a person has one number in it. A cell below a heading that tells
of people ("Patient name", "NHS No"), or after such a label, is masked whole, and its value also wherever else
the row has it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from thememiner.deidentifying.masking import Masked, mask_together
from thememiner.reading import columns
from thememiner.reading.known import known_values
from thememiner.reading.labels import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.deidentifying.rules import Rules
    from thememiner.reading.known import KnownColumn
    from thememiner.reading.parsed import Table

_HEADER_DEPTH = 20  # rows looked through for the header, under titles and notes
# What a column says of people (`records.KNOWN`) -> the mask of its cells.
_KINDS = {
    "person": "PERSON",
    "date of birth": "DATE OF BIRTH",
    "number": "NUMBER",
    "e-mail": "EMAIL",
    "phone": "PHONE",
    "address": "ADDRESS",
}
_NUMBER = re.compile(r" \d+$")

Row = tuple[str, ...]


def masked_rows(table: Table, wall: Rules) -> tuple[tuple[Row, ...], Counter[str]]:
    """The header and the rows, masked, and how many masks of each kind."""
    rows = (table.header, *table.rows)
    labels = labelled(rows)
    kinds: Counter[str] = Counter()
    masked: list[Row] = []
    below: tuple[KnownColumn, ...] = ()
    widest = 0
    for at, row in enumerate(rows):
        masked.append(_masked_row(row, (*labels[at], *below), kinds, wall))
        width = sum(bool(cell.strip()) for cell in row)
        # Titles and notes above a header are narrower than it, and no row below it is wider.
        if at < _HEADER_DEPTH and width > widest and not labels[at]:
            below, widest = (*below, *columns.known(row)), width
    return tuple(masked), kinds


def count(masked: Masked, kinds: Counter[str]) -> None:
    """Add the masks of a text to `kinds`, people of all numbers together."""
    kinds.update(_NUMBER.sub("", kind) for kind, _, _ in masked.masks)


def _masked_row(row: Row, whole: Sequence[KnownColumn], kinds: Counter[str], wall: Rules) -> Row:
    masked = mask_together([_seen(cell) for cell in row], wall, known_values(whole, [row]))
    cells = [_written(cell, found) for cell, found in zip(row, masked, strict=True)]
    sorts = {at: sort for sort, at in whole if at < len(row) and row[at].strip()}
    for at, found in enumerate(masked):
        if at in sorts:
            own = _own_kinds(sorts[at], found)
            cells[at] = "; ".join(f"[{kind}]" for kind in own)
            kinds.update(_NUMBER.sub("", kind) for kind in own)
        else:
            count(found, kinds)
    return tuple(cells)


def _own_kinds(sort: str, masked: Masked) -> list[str]:
    """The masks for a whole cell: the people or numbers found in it, else what its column holds."""
    begin, end = ("PERSON", "") if sort == "person" else ("", "NUMBER")
    found = (kind for kind, _, _ in masked.masks if kind.startswith(begin) and kind.endswith(end))
    return list(dict.fromkeys(found) if sort in {"person", "number"} else ()) or [_KINDS[sort]]


def _seen(cell: str) -> str:
    """The cell as the wall can read it: in an id the underscore joins words, and each is one."""
    return cell if "_" not in cell or "@" in cell or " " in cell else cell.replace("_", " ")


def _written(cell: str, masked: Masked) -> str:
    pieces: list[str] = []
    last = 0
    for (_, first, after), (start, end) in zip(masked.masks, masked.cuts, strict=True):
        pieces += (cell[last:start], masked.text[first:after])
        last = end
    return "".join([*pieces, cell[last:]])
