"""A table's rows → documents, one a row, or one a record where a record comes on several rows.

Only the columns that were chosen get into a document; what others tell of people goes with it, to be
masked in it. Rows left out are counted with their reason.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from thememiner.reading import columns, dates, notes, repairs, texts
from thememiner.reading.known import known_values
from thememiner.reading.parsed import RefusedError, Table, Tables
from thememiner.reading.restoring import restored
from thememiner.reading.tidying import line, tidy
from thememiner.reading.unanswered import unanswered
from thememiner.records import MAY_QUOTE, VOICES, RawDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.reading.columns import Chosen
    from thememiner.records import Edit, Source, Span

_BETWEEN_ANSWERS = " {~@~} "  # what LFPSE puts between several answers to one question
_HEADER_DEPTH = 20  # rows looked through for the header, under titles and notes

_ANSWERING = "provider lead"  # the voice of a row in which an organisation answers what it was told


@dataclass(frozen=True, slots=True)
class Made:
    """What a file comes to: its documents, what was left out, whether cells were lost, and its `notes`."""

    documents: Sequence[RawDocument]
    counts: Counter[str] = field(default_factory=Counter)
    lost: bool = False
    notes: tuple[str, ...] = ()


def documents(
    parsed: Tables, source: Source, name: str, sha256: str, *, keep_empty: bool = False
) -> Made | None:
    """What the rows of the tables come to; None when no column holds the text.

    `keep_empty` gives each row a document of its own, with text or without. Raises `InputError` when the
    source names a column that no sheet has.
    """
    used: list[tuple[Table, Chosen]] = []
    error: columns.MissingColumnError | None = None
    for table in parsed.tables:
        try:
            found = with_columns(table, source)
        except columns.MissingColumnError as this:
            error = error or this
            continue
        if found:
            used.append(found)
    if not used:
        if error:
            raise columns.missing(headings(parsed), error.field, error.name, name)
        return None
    counts: Counter[str] = Counter()
    counts["sheet without a text column"] = len(parsed.tables) - len(used)
    found_documents: list[RawDocument] = []
    notes: list[str] = []
    beyond = 0
    for table, chosen in used:
        beyond += sum(any(cell.strip() for cell in row[len(table.header) :]) for row in table.rows)
        where = f"{name}:{table.sheet}" if len(used) > 1 else name
        order = dates.order(
            (number, _cell(row, chosen.date)) for number, row in zip(table.numbers, table.rows, strict=True)
        )
        heading = columns.listing([table.header[chosen.date]]) if chosen.date >= 0 else ""
        sheet = f"sheet {table.sheet}, " if len(used) > 1 else ""
        notes += filter(None, [dates.told(f'{sheet}"{heading}"', order)])
        single = [[at] for at in range(len(table.rows))]
        for rows in single if keep_empty else _records(table, chosen, counts):
            document = _document(table, rows, chosen, order, source=source, where=where, counts=counts)
            if document.text or keep_empty:
                found_documents.append(replace(document, source=name, file_sha256=sha256))
    counts["row with more cells than the header"] = beyond
    for column in set.intersection(*(set(chosen.absent) for _, chosen in used)):
        counts[columns.absent(column)] = 1
    return Made(found_documents, counts, bool(beyond), tuple(notes))


def sheets(parsed: Tables, source: Source, name: str, sha256: str) -> list[RawDocument]:
    """Each sheet as one document, every cell a line; for policies and accounts kept in workbooks."""
    found = []
    for table in parsed.tables:
        named = line(table.sheet)
        lines: list[str] = [named] if named else []
        asides = (("heading", 0, len(named)),) if named else ()
        locations: list[Span] = []
        originals: list[Edit] = list(repairs.edits(table.sheet, named)) if named else []
        at = first = len(named) + 2 if named else 0
        sheet = f"sheet {table.sheet}, " if table.sheet else ""
        rows = zip((table.header_row, *table.numbers), (table.header, *table.rows), strict=True)
        for number, row in rows:
            cells = [(raw, cell) for raw in row if (cell := tidy(raw))]
            start = at
            for raw, cell in cells:
                originals += repairs.shifted(repairs.edits(raw, cell), at)
                at += len(cell) + 1
            if cells:
                lines.append("\n".join(cell for _, cell in cells))
                locations.append((f"{sheet}row {number}", start, at - 1))
                at += 1
        found.append(
            RawDocument(
                kind=source.kind,
                text="\n\n".join(lines),
                reference=f"{name}:{table.sheet}" if len(parsed.tables) > 1 else name,
                source=name,
                file_sha256=sha256,
                locator=f"sheet {table.sheet}" if table.sheet else "",
                title=table.sheet,
                voice=source.voice or "unknown",
                may_quote=source.may_quote,
                organisation=source.organisation,
                document=source.document,
                parts=((named, first, at - 2),) if named and at > first else (),
                locations=tuple(locations),
                asides=asides,
                originals=tuple(originals),
            )
        )
    return [document for document in found if document.locations]


def headings(parsed: Tables) -> list[str]:
    """The column names of all sheets, each once."""
    names = dict.fromkeys(line(heading) for table in parsed.tables for heading in table.header)
    return [name for name in names if name]


def no_text_column(parsed: Tables) -> RefusedError:
    """The refusal of a table of which nothing says what column has the text."""
    names = headings(parsed)
    return RefusedError(
        "no_text_column", f"its columns are {columns.listing(names)}; name one with --text-column"
    )


def with_columns(table: Table, source: Source) -> tuple[Table, Chosen] | None:
    """The table from its true header on, with its columns: the first row under which they are found."""
    error: columns.MissingColumnError | None = None
    for depth in range(min(_HEADER_DEPTH, len(table.rows) + 1)):
        lower = _from(table, depth)
        try:
            chosen = columns.choose(lower.header, source)
        except columns.MissingColumnError as this:
            error = error or this
            continue
        if chosen:
            return lower, chosen
    if error:
        raise error
    return None


def _from(table: Table, depth: int) -> Table:
    """The table as if its header were `depth` rows further down."""
    if not depth:
        return table
    return replace(
        table,
        header=table.rows[depth - 1],
        header_row=table.numbers[depth - 1],
        rows=table.rows[depth:],
        numbers=table.numbers[depth:],
    )


def _records(table: Table, chosen: Chosen, counts: Counter[str]) -> list[list[int]]:
    """The rows that make up each document: one, or all of one record's latest revision."""
    if not chosen.repeats or chosen.id < 0:
        return [[at] for at in range(len(table.rows))]
    groups: dict[str, list[int]] = {}
    for at, row in enumerate(table.rows):
        key = _cell(row, chosen.id)
        groups.setdefault(key or f"\0{at}", []).append(at)
    if chosen.revision < 0:
        return list(groups.values())
    latest = []
    for rows in groups.values():
        numbers = [_revision(_cell(table.rows[at], chosen.revision)) for at in rows]
        kept = [at for at, number in zip(rows, numbers, strict=True) if number == max(numbers)]
        counts["earlier revision"] += len(rows) - len(kept)
        latest.append(kept)
    return latest


def _revision(value: str) -> tuple[float, str]:
    try:
        return float(value), ""
    except ValueError:
        return -1.0, value


def _document(
    table: Table,
    rows: Sequence[int],
    chosen: Chosen,
    order: dates.Order,
    *,
    source: Source,
    where: str,
    counts: Counter[str],
) -> RawDocument:
    """The document of a record, its text "" when it has none; texts of its further rows are further parts."""
    parts: dict[tuple[str, str], str] = {}  # (heading, text) -> the cell as it was
    kept: list[int] = []
    empty: list[int] = []
    for at in rows:
        row = table.rows[at]
        given = {column: text for column in chosen.text if (text := tidy(_cell(row, column)))}
        new = {
            (_heading(table, row, column, chosen), text): row[column]
            for column, text in given.items()
            if not unanswered(text)
        }
        if not new:
            empty.append(at)
            counts["not answered" if given else "no text"] += 1
            continue
        counts["answer left out that says nothing, such as “n/a”"] += len(given) - len(new)
        if kept and all(part in parts for part in new):
            counts[chosen.repeats] += 1
        else:
            for part, cell in new.items():
                parts.setdefault(part, cell)
            kept.append(at)
    kept = kept or empty
    text, spans = texts.join(list(parts))
    originals = [
        edit
        for (_, start, _), ((_, part), cell) in zip(spans, parts.items(), strict=True)
        for edit in repairs.shifted(repairs.edits(cell, part), start)
    ]
    row, number = table.rows[kept[0]], table.numbers[kept[0]]
    own = line(_cell(row, chosen.id))
    sheet = f"sheet {table.sheet}, " if table.sheet else ""
    locator = f"{sheet}row {number}"
    voice = _voice(_cell(row, chosen.voice))
    # Among feedback an organisation's answer is its account of itself, and must not count as experience.
    answer = chosen.answers and voice == _ANSWERING
    document = RawDocument(
        kind="account" if answer and source.kind == "feedback" else source.kind,
        text=text,
        reference=own or f"{where}:{number}",
        source="",
        file_sha256="",
        own_reference=bool(own),
        known=known_values(chosen.known, (table.rows[at] for at in rows)),
        locator=locator,
        title=line(_cell(row, chosen.title)),
        voice=voice if answer else source.voice or voice,
        may_quote=_may_quote(_cell(row, chosen.may_quote)) or source.may_quote,
        organisation=next((o for c in chosen.organisation if (o := line(_cell(row, c)))), "")
        if source.organisation in ("", *table.header)
        else source.organisation,
        place=line(_cell(row, chosen.place)),
        team=line(_cell(row, chosen.team)),
        date=dates.iso(_cell(row, chosen.date), month_leads=order.month_leads),
        document=source.document,
        parts=spans,
        locations=((locator, 0, len(text)),) if text else (),
        originals=tuple(originals),
    )
    return restored(document, {name: _cell(row, at) for name, at in chosen.written})


def _heading(table: Table, row: Sequence[str], column: int, chosen: Chosen) -> str:
    """What a text answers, where a column says it; else its own column's heading."""
    asked = line(_cell(row, dict(chosen.questions).get(column, -1)))
    return asked or (line(table.header[column]) if column < len(table.header) else "")


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].replace(_BETWEEN_ANSWERS, "; ") if 0 <= column < len(row) else ""


def _may_quote(value: str) -> str:
    """One of `MAY_QUOTE`, "" of an empty cell; what is not one of its words is no leave to quote."""
    plain = line(value).lower()
    return plain if plain in ("", *MAY_QUOTE) else "no"


def _voice(value: str) -> str:
    plain = line(value)
    if plain.lower() in VOICES:
        return plain.lower()
    return notes.voice_of(plain) or "unknown"
