"""An Excel form: which of its cells are blank, and the bytes that put an answer into one, always as text.

The text stands in the cell itself, so that no other part of the workbook changes; the cell keeps its style.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from thememiner.filling.splicing import Edit, Element, elements, escaped, spliced
from thememiner.reading import packages, wordstyles
from thememiner.reading.formspaces import Spot
from thememiner.reading.hardened import xml_root
from thememiner.reading.parsed import RefusedError
from thememiner.reading.wordstyles import attribute, child, name
from thememiner.redacting.spreadsheets import harmless
from thememiner.workbooks import LONGEST

_BETWEEN = "\n\n"
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
# Checks of what is typed that words pass, or may pass.
_WORDS_PASS = frozenset((None, "none", "textLength", "custom"))


@dataclass(slots=True)
class _Sheet:
    """One sheet's part: its bytes, its rows and cells by number, what may stand in them, and what is new."""

    part: str
    content: bytes
    data: Element
    hidden: bool
    rows: dict[int, Element] = field(default_factory=dict)
    cells: dict[tuple[int, int], Element] = field(default_factory=dict)
    held: dict[tuple[int, int], Any] = field(default_factory=dict)
    choices: list[tuple[int, int, int, int]] = field(default_factory=list)
    new: dict[tuple[int, int], str] = field(default_factory=dict)


class ExcelForm:
    """The sheets of an Excel form, and the answers that are put into them."""

    def __init__(self, data: bytes) -> None:
        self._sheets: dict[str, _Sheet] = {}
        with packages.opened(data) as package:
            book = wordstyles.relations(package, "")["officeDocument"][0]
            targets = _targets(package, book)
            for sheet in wordstyles.read_xml(package, book).iter("{*}sheet"):
                part = targets.get(attribute(sheet, "id") or "", "")
                if part in package.namelist():
                    hidden = attribute(sheet, "state") in ("hidden", "veryHidden")
                    found = _read(part, packages.part(package, part), hidden=hidden)
                    if found:
                        self._sheets[attribute(sheet, "name") or ""] = found

    def room(self, spot: Spot) -> str:
        """Why no answer can be written at a spot; "" where one can."""
        sheet = self._sheets.get(spot.sheet)
        if sheet is None:
            return "its sheet cannot be written"
        if sheet.hidden:
            return "its sheet is hidden"
        held = sheet.held.get((spot.row, spot.column))
        if held is not None and len(held):
            return "it is not blank"
        if spot.boxed and (held is None or attribute(held, "s") in (None, "0")):
            return "no box stands beside or under the question"
        if any(t <= spot.row <= b and left <= spot.column <= r for t, left, b, r in sheet.choices):
            return "it takes a choice, a number or a date, not words"
        return ""

    def write(self, spot: Spot, paragraphs: Sequence[str]) -> int:
        """Puts an answer where there is `room`; how many of its paragraphs a cell can hold, each whole."""
        text, taken = "", 0
        for paragraph in paragraphs:
            longer = f"{text}{_BETWEEN}{paragraph}" if taken else harmless(paragraph)
            if len(longer.encode("utf-16-le", "replace")) // 2 > LONGEST:
                break
            text, taken = longer, taken + 1
        if taken:
            self._sheets[spot.sheet].new[spot.row, spot.column] = text
        return taken

    def done(self) -> dict[str, bytes]:
        """The parts that changed, with their bytes."""
        made = {}
        for sheet in self._sheets.values():
            if sheet.new:
                made[sheet.part] = spliced(sheet.content, _edits(sheet))
                xml_root(made[sheet.part])  # what is written can be read
        return made

    def where(self, spot: Spot) -> str:
        """Where a spot is, in words."""
        return f"sheet {spot.sheet}, cell {_name(spot.row, spot.column)}"


def _targets(package: Any, book: str) -> dict[str, str]:
    """Id of a relation of the workbook -> the part that it leads to."""
    folder, base = posixpath.split(book)
    relations = wordstyles.read_xml(package, posixpath.join(folder, "_rels", f"{base}.rels"))
    return {
        attribute(each, "Id") or "": posixpath.normpath(
            posixpath.join("/", folder, attribute(each, "Target") or "")
        ).lstrip("/")
        for each in relations
    }


def _read(part: str, content: bytes, *, hidden: bool) -> _Sheet | None:
    """A sheet by its rows and cells, of which those without a name follow the one before."""
    root = xml_root(content)
    every = [e for e in root.iter() if isinstance(e.tag, str)]
    stands = elements(content)
    if len(stands) != len(every):
        raise RefusedError("malformed", "open it in Excel, save it again, and give that")
    at = {e: number for number, e in enumerate(every)}
    data = child(root, "sheetData")
    if data is None:
        return None
    sheet = _Sheet(part, content, stands[at[data]], hidden)
    number = 0
    for row in data:
        given = attribute(row, "r") or ""
        number = int(given) if given.isdigit() else number + 1
        sheet.rows[number] = stands[at[row]]
        column = -1
        for cell in row:
            named = _AREA.fullmatch(attribute(cell, "r") or "")
            column = _column(named[1]) if named else column + 1
            sheet.cells[number, column], sheet.held[number, column] = stands[at[cell]], cell
    for check in every:
        if name(check) == "dataValidation" and attribute(check, "type") not in _WORDS_PASS:
            areas = [attribute(check, "sqref") or "", *(e.text or "" for e in check.iter("{*}sqref"))]
            sheet.choices += [_area(area) for area in " ".join(areas).split() if _AREA.fullmatch(area)]
    return sheet


def _edits(sheet: _Sheet) -> list[Edit]:
    """The bytes of the new cells: in place of blank ones, in their rows, or in rows of their own."""
    edits = []
    missing: dict[int, bytes] = {}
    for (row, column), text in sorted(sheet.new.items()):
        cell, held = sheet.cells.get((row, column)), sheet.rows.get(row)
        made = _cell(sheet, row, column, text)
        if cell:
            edits.append(Edit(cell.start, cell.end, made))
        elif held and not held.is_empty:
            later = [c for (r, at), c in sheet.cells.items() if r == row and at > column]
            place = min((c.start for c in later), default=held.close)
            edits.append(Edit(place, place, made))
        else:
            missing[row] = missing.get(row, b"") + made
    for row, cells in missing.items():
        held = sheet.rows.get(row)
        tag = f"{sheet.data.prefix}row".encode()
        if held:
            start = sheet.content[held.start : held.end - 2].rstrip()
            edits.append(Edit(held.start, held.end, start + b">" + cells + b"</" + tag + b">"))
            continue
        place = min((r.start for n, r in sheet.rows.items() if n > row), default=sheet.data.close)
        edits.append(Edit(place, place, b'<%b r="%d">%b</%b>' % (tag, row, cells, tag)))
    return edits


def _cell(sheet: _Sheet, row: int, column: int, text: str) -> bytes:
    """A cell of text, in the style that the blank one has."""
    prefix = sheet.data.prefix
    held = sheet.held.get((row, column))
    style = attribute(held, "s") if held is not None else None
    shown = f' s="{style}"' if style and style.isdigit() else ""
    return (
        f'<{prefix}c r="{_name(row, column)}"{shown} t="inlineStr"><{prefix}is>'
        f'<{prefix}t xml:space="preserve">{escaped(text)}</{prefix}t></{prefix}is></{prefix}c>'
    ).encode()


def _area(text: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of "B2:C9"."""
    found = _AREA.fullmatch(text)
    assert found
    left, top, right, bottom = found.groups()
    return int(top), _column(left), int(bottom or top), _column(right or left)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _name(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
