"""CSV and TSV → a table, with the delimiter found by trying, and an unclosed quotation mark noticed."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from thememiner.reading.decoding import decode_whole
from thememiner.reading.parsed import RefusedError, Tables, as_table

_DELIMITERS = ",;\t|"
_SAMPLE = 65_536  # characters that the delimiter is judged on
_SAMPLE_ROWS = 200
_FIELD_LIMIT = 2**31 - 1  # csv's own is 131,072, less than some narratives
_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?[^\S\r\n]*(\r\n|\r|\n|$)', re.IGNORECASE)


def parse(data: bytes) -> Tables:
    """One table; the first row that is not blank is the header."""
    csv.field_size_limit(_FIELD_LIMIT)
    decoded = decode_whole(data)
    text = decoded.text.replace("\0", "")
    told = _SEPARATOR_LINE.match(text)
    if told:  # Excel's own line says the delimiter, and counts as no row of the sheet
        text, delimiter = text[told.end() :], told[1]
    else:
        delimiter = _delimiter(text)
    rows, unclosed = _rows(text, delimiter)
    table = as_table("", rows)
    if table is None:
        raise RefusedError("empty", "there are no rows with anything in them")
    details = [decoded.detail]
    if unclosed:
        details.append(f"a quotation mark opened in row {unclosed} is never closed")
    partly = "malformed" if unclosed else ""
    return Tables((table,), (), partly, "; ".join(d for d in details if d), delimiter)


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], int]:
    """All records, and the row in which a quotation mark was opened and never closed (0: none)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, before = [], 0
    start = 0  # lines read before the last record
    try:
        for row in reader:
            rows.append(row)
            start, before = before, reader.line_num
    except csv.Error as error:
        raise RefusedError("malformed", "the rows cannot be told apart; save the file as XLSX") from error
    tail = "".join(list(io.StringIO(text, newline=""))[start:])
    try:
        list(csv.reader(io.StringIO(tail, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            return rows, len(rows)
    return rows, 0


def _delimiter(text: str) -> str:
    """The delimiter under which most rows of a sample have the same number of cells, above one."""
    sample = text[:_SAMPLE]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        for index, row in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            if row:
                widths[len(row)] += 1
            if index >= _SAMPLE_ROWS:
                break
        if not widths:
            continue
        (width, count) = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = count / widths.total() * (width > 1) * (1 + min(width, 20) / 100)
        if score > best_score:
            best, best_score = delimiter, score
    return best
