"""Files of codings → what two coders gave the same texts, matched by id.

    both = match(read("first.csv"), read("second.xlsx"))
    both.codings           # code -> rows (first, second) of True, False or None, in the order of both.ids

A file of codings is a table with a row a text, a column of ids and a column of 0 and 1 for each code; or what
`thememiner code` wrote, in which "assigned" is yes, and "weak" and "no" are no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thememiner.errors import InputError, UnknownNameError, nearest
from thememiner.reading import find
from thememiner.reading.mapping import parsed_file
from thememiner.reading.parsed import RefusedError, Table, Tables
from thememiner.records import Source

Answer = bool | None

_YES, _NO = frozenset(("1", "1.0", "true", "yes", "y")), frozenset(("0", "0.0", "false", "no", "n"))
_MISSING = frozenset(("", "na", "n/a", "nan"))
_OUTCOMES: dict[str, Answer] = {"assigned": True, "weak": False, "no": False}
# What columns are called that hold ids, and documents to which passages belong: the first that is there.
_IDS = ("passage_id", "id", "document_id", "reference", "ref", "passage", "document")
_DOCUMENTS = ("document_id", "document")
# What thememiner's own tables hold beside ids: never codes, though a start may well be 0 in every row.
_OTHER = frozenset("start end text kind source voice heading section location score outcome fields".split())
_PASSAGE = re.compile(r"(.+):\d+-\d+")  # the id of a passage: its document, then where it stands there


@dataclass(frozen=True, slots=True)
class Codings:
    """What one coder gave: for each code (by its own name) the answer for each id; `documents` of ids.

    `name` is the file's, `column` that of its ids; `left_out` are columns that hold no codings; `of_machine`
    says that `thememiner code` wrote it.
    """

    name: str
    column: str
    ids: tuple[str, ...]
    codes: Mapping[str, Mapping[str, Answer]]
    documents: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    of_machine: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """Two coders' codings of the ids that both have, and what only one of them has."""

    ids: tuple[str, ...]
    codings: Mapping[str, list[tuple[Answer, Answer]]]
    documents: tuple[str, ...] | None
    only_ids: tuple[int, int]
    only_codes: tuple[tuple[str, ...], tuple[str, ...]]


def read(path: str | Path, id_columns: Sequence[str] = ()) -> Codings:
    """The codings in a file: CSV, XLSX, JSONL and the other tables that thememiner reads.

    Ids stand in the first of `id_columns` that it has; when none are named, in one called id, passage_id or
    the like. Yes is 1, true or yes, no is 0, false or no; a blank cell, or "na", is None. Raises `InputError`
    for a file that cannot be read, has no ids or codings, has an id twice or a cell that is no coding.
    """
    (found, *more) = find(Source(path))
    if more or Path(path).is_dir():
        raise InputError(f"{found.name.partition('/')[0]} is a folder: give one file of codings.")
    try:
        parsed = parsed_file(found)
    except RefusedError as error:
        raise InputError(f"{found.name} cannot be read: {error}.") from None
    if not isinstance(parsed, Tables):
        raise InputError(f"{found.name} is no table: give CSV, XLSX or JSONL, a row a text.")
    if parsed.partly:
        raise InputError(
            f"{found.name} cannot be read whole: {parsed.partly}. Mend it first. {parsed.detail}"
        )
    table, at = _sheet(parsed, found.name, id_columns)
    names = [cell.strip() for cell in table.header]
    if {"codeid", "outcome"} <= set(map(_plain, names)):
        return _long(table, found.name, names, at)
    return _wide(table, found.name, names, at)


def match(first: Codings, second: Codings, only: Sequence[str] = (), *, blank_is_no: bool = False) -> Matched:
    """The codings of the ids and codes that both have, ids sorted, codes in the first one's order.

    Codes match by name, whatever its case and whatever (space, `-`, `_`) parts its words; `only` takes some
    of them. A blank is a text that was not coded, or a no with `blank_is_no`. Documents are those that a file
    has a column for, else those in passages' ids (`document:start-end`), else None. Raises `InputError` when
    no id or no code is in both, or when a coder's answers are all 1 or blank, since nothing says what a
    blank means; `UnknownNameError` for a code of `only` that is not in both.
    """
    ids = tuple(sorted(set(first.ids) & set(second.ids)))
    if not ids:
        raise InputError(
            f"no id of {first.name} (column {first.column!r}) is in {second.name} "
            f"(column {second.column!r}): name the column that both share with --id-column."
        )
    mine, theirs = _by_plain(first), _by_plain(second)
    # A column blank in both files is nobody's code; blank in one, it is a code which that coder never gave.
    pairs = {
        mine[p]: theirs[p]
        for p in mine
        if p in theirs and (_held(first, mine[p]) or _held(second, theirs[p]))
    }
    alone = (
        tuple(code for p, code in mine.items() if p not in theirs and _held(first, code)),
        tuple(code for p, code in theirs.items() if p not in mine and _held(second, code)),
    )
    if not pairs:
        near = next(((a, n) for a in alone[0] if (n := nearest(a, alone[1]))), None)
        guess = f" Is {near[0]!r} the same as {near[1]!r}?" if near else ""
        raise InputError(
            f"no code is in both files: {first.name} has {_listed(alone[0])}; {second.name} has "
            f"{_listed(alone[1])}.{guess} Name the columns alike."
        )
    by_plain = {_plain(code): code for code in pairs}
    for code in only:
        if _plain(code) not in by_plain:
            raise UnknownNameError("code", code, pairs, "These are in both files.")
    chosen = list(dict.fromkeys(by_plain[_plain(code)] for code in only)) or list(pairs)
    if not blank_is_no:
        _check_blanks(first, chosen)
        _check_blanks(second, [pairs[code] for code in chosen])
    blank = False if blank_is_no else None

    def answers(coder: Codings, code: str) -> list[Answer]:
        return [blank if (given := coder.codes[code].get(i)) is None else given for i in ids]

    return Matched(
        ids,
        {code: list(zip(answers(first, code), answers(second, pairs[code]), strict=True)) for code in chosen},
        _documents(ids, first.documents, second.documents),
        (len(first.ids) - len(ids), len(second.ids) - len(ids)),
        alone,
    )


def _by_plain(codings: Codings) -> dict[str, str]:
    return {_plain(code): code for code in codings.codes}


def _held(codings: Codings, code: str) -> bool:
    """Whether the coder gave any answer on the code."""
    return any(answer is not None for answer in codings.codes[code].values())


def _check_blanks(codings: Codings, codes: Iterable[str]) -> None:
    """Raise `InputError` where all that a coder wrote is 1 and blanks."""
    if {answer for code in codes for answer in codings.codes[code].values()} == {True, None}:
        raise InputError(
            f"{codings.name} has 1 and empty cells but no 0, so nothing says whether an empty cell is a no: "
            "pass --blank-is-no if it is, or fill in 0."
        )


def _documents(
    ids: Sequence[str], first: Mapping[str, str], second: Mapping[str, str]
) -> tuple[str, ...] | None:
    for known in (first, second):
        if all(known.get(i) for i in ids):
            return tuple(known[i] for i in ids)
    found = [_PASSAGE.fullmatch(i) for i in ids]
    return tuple(f[1] for f in found if f) if all(found) else None


def _sheet(parsed: Tables, name: str, id_columns: Sequence[str]) -> tuple[Table, int]:
    """The one sheet with a column of ids, and where it stands in it; raises `InputError` otherwise."""
    wanted = id_columns or _IDS
    found = []
    for table in parsed.tables:
        plain = [_plain(cell) for cell in table.header]
        at = next((plain.index(_plain(w)) for w in wanted if _plain(w) in plain), -1)
        if at >= 0:
            found.append((table, at))
    if len(found) == 1:
        return found[0]
    if found:
        sheets = _listed([table.sheet for table, _ in found])
        raise InputError(f"{name} has ids on {len(found)} sheets ({sheets}): leave the one to compare.")
    columns = [cell.strip() for table in parsed.tables for cell in table.header if cell.strip()]
    named = " or ".join(map(repr, id_columns))
    what = f"no column {named}" if named else "no column of ids (such as id or passage_id)"
    near = next(filter(None, (nearest(name, columns) for name in id_columns)), "")
    guess = f" Did you mean {near!r}?" if near else ""
    raise InputError(
        f"{name} has {what}.{guess} Its columns are {_listed(columns)}. Name one with --id-column."
    )


def _long(table: Table, name: str, names: Sequence[str], at: int) -> Codings:
    """What `code` wrote: a row for each text and code."""
    plain = [_plain(n) for n in names]
    code_at, outcome_at = plain.index("codeid"), plain.index("outcome")
    codes: dict[str, dict[str, Answer]] = {}
    ids: dict[str, None] = {}
    for row, number in zip(table.rows, table.numbers, strict=True):
        key, code = _cell(row, at), _cell(row, code_at)
        outcome = _cell(row, outcome_at).lower()
        if outcome not in _OUTCOMES:
            raise InputError(f"{name}, row {number}: outcome must be assigned, weak or no.")
        if not key or not code:
            raise InputError(f"{name}, row {number}: there is no {'code' if key else 'id'}.")
        given = codes.setdefault(code, {})
        if key in given:
            raise InputError(f"{name}, row {number}: this id has {code!r} in an earlier row too; keep one.")
        given[key] = _OUTCOMES[outcome]
        ids[key] = None
    if not ids:
        raise InputError(f"{name} has headings but no rows.")
    return Codings(name, names[at], tuple(ids), codes, of_machine=True)


def _wide(table: Table, name: str, names: Sequence[str], at: int) -> Codings:
    """A row a text, a column a code."""
    rows: dict[str, tuple[int, Sequence[str]]] = {}
    for row, number in zip(table.rows, table.numbers, strict=True):
        key = _cell(row, at)
        if not key:
            if any(cell.strip() for cell in row):
                raise InputError(f"{name}, row {number}: there is no id in column {names[at]!r}.")
            continue
        if key in rows:
            raise InputError(
                f"{name}, rows {rows[key][0]} and {number} have the same id: keep one row for each, or name "
                "the column of ids with --id-column."
            )
        rows[key] = (number, row)
    document = next(
        (i for d in _DOCUMENTS for i, n in enumerate(names) if _plain(n) == _plain(d) and i != at), -1
    )
    codes: dict[str, dict[str, Answer]] = {}
    left_out = []
    for i, heading in enumerate(names):
        if i in (at, document) or not heading or _plain(heading) in _OTHER:
            continue
        cells = {key: (number, _cell(row, i)) for key, (number, row) in rows.items()}
        answers = _answers(cells, f"{name}, column {heading!r}")
        if answers is None:
            left_out.append(heading)
        elif _plain(heading) in map(_plain, codes):
            raise InputError(f"{name} has two columns {heading!r}: keep one.")
        else:
            codes[heading] = answers
    if not any(answer is not None for given in codes.values() for answer in given.values()):
        raise InputError(
            f"{name} has no column of codings: expected 0 and 1, a column a code. Its columns are "
            f"{_listed([n for n in names if n])}."
        )
    documents = {key: _cell(row, document) for key, (_, row) in rows.items()} if document >= 0 else {}
    return Codings(name, names[at], tuple(rows), codes, documents, tuple(left_out))


def _answers(cells: Mapping[str, tuple[int, str]], where: str) -> dict[str, Answer] | None:
    """The answers in a column; None where most of what it holds is no answer, so that it is no code's."""
    answers: dict[str, Answer] = {}
    wrong = []
    for key, (number, cell) in cells.items():
        plain = cell.lower()
        if plain not in _YES | _NO | _MISSING:
            wrong.append(number)
        answers[key] = None if plain in _MISSING else plain in _YES
    given = sum(answer is not None for answer in answers.values())
    if given and 2 * len(wrong) >= given:
        return None
    if wrong:
        raise InputError(f"{where}, row {wrong[0]}: expected 1, 0 or blank (or yes, no, true, false).")
    return answers


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.casefold())


def _listed(names: Iterable[str], most: int = 8) -> str:
    every = list(names)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more if every else "none"
