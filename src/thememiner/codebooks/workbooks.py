"""A codebook as an Excel workbook, for analysts to edit: five sheets, a row a code, an example, a near miss.

Nothing typed can run in it: every cell is text in a column of text, so that a definition that begins with "="
stays what it is when somebody edits it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from thememiner.codebooks.tomlbooks import COLOUR
from thememiner.errors import InputError, nearest
from thememiner.records import GAPS, KINDS, Code, Codebook, Example, Kind, NearMiss
from thememiner.workbooks import LONGEST, Pen, cut

if TYPE_CHECKING:
    from thememiner.reading.parsed import Table

# Sheet -> its headings, each with the width of its column in characters.
SHEETS: dict[str, dict[str, int]] = {
    "codes": {
        "id": 24,
        "name": 32,
        "definition": 60,
        "include": 60,
        "exclude": 60,
        "wanted": 10,
        "columns": 40,
        "group": 24,
        "colour": 10,
        "gap": 12,
        "comparable": 12,
    },
    "examples": {"code": 24, "kind": 12, "text": 100},
    "near misses": {"text": 100, "code": 24, "right code": 24},
    "background": {"kind": 12, "text": 100},
    "about": {"what": 16, "value": 100},
}
_NEEDED = {
    "codes": ("id", "name"),
    "examples": ("code", "text"),
    "near misses": ("text", "code"),
    "background": ("text",),
    "about": ("what", "value"),
}
_ABOUT = ("id", "name", "version", "description")
_YES = {"": True, "yes": True, "true": True, "no": False, "false": False}
_LARGEST = 16 * 2**20  # bytes; the largest shipped codebook is 0.1 MB


@dataclass(frozen=True, slots=True)
class _Row:
    """One row under its headings; `where` names its sheet, for errors."""

    cells: Mapping[str, str]
    places: Mapping[str, str]
    where: str

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def needed(self, heading: str) -> str:
        if not self[heading].strip():
            raise self.slip(heading, "is empty; fill it in, or delete the row (merged cells: unmerge them)")
        return self[heading]

    def choice(self, heading: str, known: Mapping[str, Any]) -> str:
        value = self[heading].strip()
        if value.lower() not in known:
            names = [name for name in known if name]
            near = nearest(value, names)
            guess = f"; did you mean {near!r}" if near else ""
            raise self.slip(heading, f"has {value!r}, which is not one of {', '.join(names)}{guess}")
        return value.lower()

    def code(self, heading: str, known: Mapping[str, Any]) -> str:
        value = self[heading].strip()
        if value not in known:
            near = nearest(value, known)
            guess = f"; did you mean {near!r}" if near else ""
            raise self.slip(heading, f"names {value!r}, which is no id of the sheet codes{guess}")
        return value

    def slip(self, heading: str, what: str) -> InputError:
        return InputError(f"{self.where}, cell {self.places[heading]} ({heading}) {what}.")


def read(path: Path) -> Codebook:
    """The codebook that a workbook holds; `InputError` names the sheet and the cell of a slip.

    Only the sheet `codes` is needed. Without `about`, the file's name is the codebook's id and name.
    """
    sheets = _sheets(path)
    if "codes" not in sheets:
        raise InputError(f"{path.name} has no sheet 'codes'; its sheets are {', '.join(sheets) or 'blank'}.")
    codes = {}
    for row in _rows(path, sheets, "codes"):
        code = _code(row)
        if code.id in codes:
            raise row.slip("id", f"has the id {code.id!r} again; ids must differ")
        codes[code.id] = code
    if not codes:
        raise InputError(
            f"{path.name}, sheet codes has no row under its headings; give it at least one code."
        )
    examples: dict[str, list[Example]] = {code: [] for code in codes}
    misses: dict[str, list[NearMiss]] = {code: [] for code in codes}
    for row in _rows(path, sheets, "examples"):
        row.needed("code")
        examples[row.code("code", codes)].append(_example(row))
    for row in _rows(path, sheets, "near misses"):
        row.needed("code")
        right = row.code("right code", {"": None, **codes}) if "right code" in row.cells else ""
        misses[row.code("code", codes)].append(NearMiss(row.needed("text"), right))
    about = _about(path, sheets)
    return Codebook(
        id=about.get("id") or path.stem,
        name=about.get("name") or path.stem,
        version=about.get("version") or "1",
        codes=tuple(
            replace(code, examples=tuple(examples[code.id]), near_misses=tuple(misses[code.id]))
            for code in codes.values()
        ),
        background=tuple(_example(row) for row in _rows(path, sheets, "background")),
        description=about.get("description", ""),
    )


def _sheets(path: Path) -> dict[str, Table]:
    """Known name -> sheet, read in a process of its own; a name that is not known is refused."""
    from thememiner.reading import sandbox
    from thememiner.reading.parsed import RefusedError, Tables

    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path.name} is larger than {_LARGEST // 2**20} MB, too large for a codebook.")
        parsed = sandbox.parse(".xlsx", path.read_bytes())
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    except RefusedError as error:
        said = error.code.replace("_", " ")
        raise InputError(f"{path.name} cannot be read ({said}): {error.detail or 'save it again'}.") from None
    found: dict[str, Table] = {}
    for table in cast("Tables", parsed).tables:
        name = " ".join(table.sheet.lower().replace("_", " ").split())
        if name not in SHEETS:
            near = nearest(name, SHEETS)
            raise InputError(
                f"{path.name} has a sheet {table.sheet!r}, which is none of {', '.join(SHEETS)}; "
                + (f"did you mean {near!r}? Rename it, or delete it." if near else "delete it.")
            )
        found[name] = table
    return found


def _rows(path: Path, sheets: Mapping[str, Table], name: str) -> Iterator[_Row]:
    """The rows of a sheet that have anything in them."""
    if name not in sheets:
        return
    table, where = sheets[name], f"{path.name}, sheet {name}"
    headings: dict[int, str] = {}
    for column, text in enumerate(table.header):
        heading = " ".join(text.lower().replace("_", " ").split())
        if not heading:
            continue
        place = f"{where}, cell {_letters(column)}{table.header_row}"
        if heading not in SHEETS[name]:
            near = nearest(heading, SHEETS[name])
            guess = f"; did you mean {near!r}" if near else ""
            known = ", ".join(SHEETS[name])
            raise InputError(f"{place}: {text!r} is not a heading of this sheet ({known}){guess}.")
        if heading in headings.values():
            raise InputError(f"{place}: the heading {heading!r} stands twice.")
        headings[column] = heading
    for heading in _NEEDED[name]:
        if heading not in headings.values():
            raise InputError(f"{where} has no heading {heading!r} in row {table.header_row}.")
    for number, row in zip(table.numbers, table.rows, strict=True):
        cells = dict.fromkeys(headings.values(), "")
        for column, text in enumerate(row):
            if column in headings:
                cells[headings[column]] = text
            elif text.strip():
                raise InputError(f"{where}, cell {_letters(column)}{number} stands under no heading.")
        if any(text.strip() for text in cells.values()):
            places = {heading: f"{_letters(column)}{number}" for column, heading in headings.items()}
            yield _Row(cells, places, where)


def _code(row: _Row) -> Code:
    identity = row.needed("id").strip()
    if "/" in identity:
        raise row.slip("id", f"has the id {identity!r}, which cannot be used; an id is a word without '/'")
    colour = row["colour"].strip()
    if not COLOUR.fullmatch(colour):
        raise row.slip("colour", f"has {colour!r}, which is not a colour; write it as #RRGGBB")
    return Code(
        id=identity,
        name=row.needed("name"),
        definition=row["definition"],
        include=row["include"],
        exclude=row["exclude"],
        wanted=_YES[row.choice("wanted", _YES)],
        columns=tuple(line for line in row["columns"].split("\n") if line.strip()),
        group=row["group"],
        colour=colour,
        gap=row.choice("gap", dict.fromkeys(("", *GAPS))),
        comparable=_YES[row.choice("comparable", _YES)],
    )


def _example(row: _Row) -> Example:
    kinds: dict[str, None] = {"": None} | dict.fromkeys(KINDS)
    kind = row.choice("kind", kinds) or "incident"
    return Example(cast("Kind", kind), row.needed("text"))


def _about(path: Path, sheets: Mapping[str, Table]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _rows(path, sheets, "about"):
        found[row.choice("what", dict.fromkeys(_ABOUT))] = row["value"]
    return found


def written(book: Codebook) -> bytes:
    """The workbook of a codebook; `read` gives the same codebook back.

    Raises `InputError` for a text that is longer than a cell can be, and for a label with a line break in it.
    """
    out = io.BytesIO()
    with Pen(out, "Codebook", "for coding with thememiner; its name stands in the sheet about") as pen:
        for name, rows in _tables(book).items():
            for number, row in enumerate(rows, start=2):
                if any(cut(cell)[1] for cell in row):
                    raise InputError(
                        f"a text (sheet {name}, row {number}) is longer than the {LONGEST:,} of a cell."
                    )
            page = pen.sheet(name, SHEETS[name], rows)
            for column, heading in enumerate(SHEETS[name]):
                _offer(page, column, heading, len(book.codes))
    return out.getvalue()


def _tables(book: Codebook) -> dict[str, list[tuple[str, ...]]]:
    for code in book.codes:
        if any("\n" in label or not label.strip() for label in code.columns):
            raise InputError(f"code {code.id}: a label of its columns is blank or has a line break in it.")
    return {
        "codes": [
            (
                *(c.id, c.name, c.definition, c.include, c.exclude, "yes" if c.wanted else "no"),
                *("\n".join(c.columns), c.group, c.colour, c.gap, "yes" if c.comparable else "no"),
            )
            for c in book.codes
        ],
        "examples": [(c.id, e.kind, e.text) for c in book.codes for e in c.examples],
        "near misses": [(m.text, c.id, m.code) for c in book.codes for m in c.near_misses],
        "background": [(e.kind, e.text) for e in book.background],
        "about": [(what, getattr(book, what)) for what in _ABOUT],
    }


def _offer(page: Any, column: int, heading: str, codes: int) -> None:
    """A list to choose from, where only some values can stand."""
    offers: dict[str, Any] = {
        "kind": list(KINDS),
        "wanted": ["yes", "no"],
        "comparable": ["yes", "no"],
        "gap": list(GAPS),
        "code": f"=codes!$A$2:$A${codes + 200}",  # room for codes that are added
        "right code": f"=codes!$A$2:$A${codes + 200}",
    }
    if heading in offers:
        rule = {"validate": "list", "source": offers[heading], "error_type": "warning"}
        page.data_validation(1, column, 100_000, column, rule)


def _letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
