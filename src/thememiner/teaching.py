"""Tables that people have coded → labelled texts, de-identified, for `coding.train` to learn from.

A label column is named by a code's id or name, or stands in the code's `columns`, or in a map of one's own
(code id = ["heading", ...]). Its cells say yes or no: 1 or 0, yes or no, true or false, x or blank.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from thememiner.coding import Labelled
from thememiner.deidentifying import deidentify, rules
from thememiner.errors import InputError, InputWarning, UnknownNameError, nearest
from thememiner.reading.coded import CodedTable, read_coded
from thememiner.reading.columns import find, listing, missing
from thememiner.records import Codebook, Source
from thememiner.tomls import Reader, load

_YES = frozenset(("1", "1.0", "yes", "y", "true", "t", "x", "✓", "✔"))
_NO = frozenset(("", "0", "0.0", "no", "n", "false", "f", "-"))
_NAMED = 5  # columns named in a warning


@dataclass(frozen=True, slots=True)
class Taught:
    """Labelled texts, and what they were made from: `columns` are (code id, headings).

    `unknown` are (heading, texts, nearest code) of columns that look like labels and are of no code; `blank`
    rows had no text.
    """

    labelled: Labelled
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    unknown: tuple[tuple[str, int, str], ...]
    blank: int


def columns_map(path: Path, book: Codebook) -> dict[str, tuple[str, ...]]:
    """Code id → headings, from a TOML file; raises `TomlError` or `UnknownNameError`."""
    top = Reader(load(path), path.name)
    known = [code.id for code in book.codes]
    for key in top.table:
        if key not in known:
            raise UnknownNameError(f"{path.name}: code", key, known)
    return {key: top.texts(key) for key in top.table}


def teach(
    sources: Iterable[Source],
    book: Codebook,
    *,
    group_column: str = "",
    mapped: Mapping[str, tuple[str, ...]] | None = None,
    redact: bool = True,
    local_patterns: tuple[str, ...] = (),
    dates: str = "keep",
    recognisers: tuple[str, ...] = (),
) -> Taught:
    """Return the sources' texts with their labels, in the order of the files and their rows.

    Texts are de-identified unless `redact` is false. Texts of one value of `group_column` (one respondent,
    one report) are never on both sides when the coder is checked. Warns (`InputWarning`) of columns that look
    like labels and are of no code. Raises `InputError` when a file cannot be read whole, when no column is a
    label column, and for a cell of one that says neither yes nor no.
    """
    coded = read_coded(sources)
    named = _named(book, mapped or {})
    of = [_label_columns(table, named) for table in coded]
    told = _told(coded, of, book)
    wall = rules(local_patterns, dates, recognisers)
    texts: list[str] = []
    groups: list[str] = []
    rows: list[list[bool]] = []
    blank = 0
    for table, columns in zip(coded, of, strict=True):
        group = _group(table, group_column)
        documents = deidentify(table.documents, redact=redact, rules=wall)
        for at, (document, row) in enumerate(zip(documents, table.rows, strict=True)):
            if not document.text.strip():
                blank += 1
                continue
            texts.append(document.text)
            groups.append(_cell(row, group) if group >= 0 else f"{table.name}:{at}")
            rows.append([any(_yes(table, at, c) for c in columns.get(code.id, ())) for code in book.codes])
    if not texts:
        raise InputError("no row of what was given holds a text to learn from.")
    unknown = _unknown(coded, of, group_column, book)
    _warn(unknown, book)
    return Taught(
        labelled=Labelled(tuple(texts), np.array(rows, dtype=bool), tuple(groups), tuple(told)),
        columns=_headings(coded, of, book),
        unknown=tuple(unknown),
        blank=blank,
    )


def _named(book: Codebook, mapped: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Code id → the headings that a label column of it may have; a map of one's own comes instead."""
    return {code.id: mapped.get(code.id) or (code.id, code.name, *code.columns) for code in book.codes}


def _label_columns(table: CodedTable, named: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """Code id → the numbers of its label columns, where it has any."""
    found: dict[str, list[int]] = {}
    for code_id, headings in named.items():
        numbers = sorted({at for h in headings if (at := find(table.headings, h)) >= 0} - table.used)
        if numbers:
            found[code_id] = numbers
    return found


def _told(coded: Sequence[CodedTable], of: Sequence[Mapping[str, object]], book: Codebook) -> list[bool]:
    """Whether every table has a label column of each code; what one table does not say is not a "no"."""
    if not any(of):
        headings = [table.headings[at] for table in coded[:1] for at in _others(table)]
        raise InputError(
            f"no column of {coded[0].name} is a label column of codebook {book.id!r}; its columns are "
            f"{listing(headings)}. Name one by a code's id, list it under the code's columns = [...], or "
            "give --columns-map."
        )
    told = [all(code.id in columns for columns in of) for code in book.codes]
    if not any(told):
        raise InputError(
            "no code has a label column in every table: give tables with the same label columns."
        )
    return told


def _group(table: CodedTable, column: str) -> int:
    if not column:
        return -1
    at = find(table.headings, column)
    if at < 0:
        raise missing(table.headings, "group", column, table.name)
    return at


def _yes(table: CodedTable, at: int, column: int) -> bool:
    value = " ".join(_cell(table.rows[at], column).split()).lower()
    if value not in _YES and value not in _NO:
        raise InputError(
            f"{table.name}, row {table.numbers[at]}: the label column {table.headings[column]!r} must say 1 "
            "or 0, yes or no, true or false, or x or nothing."
        )
    return value in _YES


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _others(table: CodedTable) -> list[int]:
    return [at for at, h in enumerate(table.headings) if h.strip() and at not in table.used]


def _headings(
    coded: Sequence[CodedTable], of: Sequence[Mapping[str, Sequence[int]]], book: Codebook
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, dict[str, None]] = {code.id: {} for code in book.codes}
    for table, columns in zip(coded, of, strict=True):
        for code_id, numbers in columns.items():
            found[code_id].update(dict.fromkeys(table.headings[at] for at in numbers))
    return tuple((code_id, tuple(headings)) for code_id, headings in found.items() if headings)


def _unknown(
    coded: Sequence[CodedTable],
    of: Sequence[Mapping[str, Sequence[int]]],
    group_column: str,
    book: Codebook,
) -> list[tuple[str, int, str]]:
    """Columns of yes and no that are of no code: heading, how many texts say yes, nearest code."""
    known: dict[str, str] = {}
    for code in book.codes:
        known |= dict.fromkeys((*code.columns, code.name, code.id), code.id)
    counts: dict[str, int] = defaultdict(int)
    for table, columns in zip(coded, of, strict=True):
        taken = {at for numbers in columns.values() for at in numbers} | {_group(table, group_column)}
        for at in _others(table):
            values = [" ".join(_cell(row, at).split()).lower() for row in table.rows]
            yes = sum(value in _YES for value in values)
            if at not in taken and yes and all(value in _YES or value in _NO for value in values):
                counts[table.headings[at]] += yes
    return [(heading, n, known.get(nearest(heading, known), "")) for heading, n in sorted(counts.items())]


def _warn(unknown: Sequence[tuple[str, int, str]], book: Codebook) -> None:
    if not unknown:
        return
    said = [f"{h!r} ({n:,} texts{f'; nearest: {near}' if near else ''})" for h, n, near in unknown]
    more = f" and {len(said) - _NAMED} more" if len(said) > _NAMED else ""
    what = "column looks like a label and is" if len(unknown) == 1 else "columns look like labels and are"
    warnings.warn(
        f"{len(unknown)} {what} of no code of codebook {book.id!r}, so nothing is learnt there: "
        f"{', '.join(said[:_NAMED])}{more}.",
        InputWarning,
        stacklevel=3,
    )
