"""The words of each output, as a program of another maker reads them, and which excerpts stand in them.

    there, due = shown(report, "report.docx", made)

White space is as one blank on both sides: a page has lines of its own.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from thememiner.records import Report
from thememiner.reports.arranging import arrange
from thememiner.reports.contents import OpenCell, Quote
from thememiner.reports.ordering import canonical

Made = Mapping[str, Mapping[str, bytes]]


def shown(report: Report, name: str, made: Made) -> tuple[int, int]:
    """How many of the excerpts that an output is to show stand in its words, and how many those are.

    Pages show some of those of a group that nobody has named, the book of findings those of findings; all
    else shows every one.
    """
    held = _plain(READERS[name](made))
    quotes = [_plain(text) for text in _due(report, name)]
    return sum(quote in held for quote in quotes), len(quotes)


def coded(report: Report, texts: Mapping[str, str], made: Made) -> tuple[int, int]:
    """How many of the passages assigned to a theme a project has in place, word for word; how many those are.

    `texts` are the documents', by id.
    """
    held = set(map(_plain, _coded(made["report.qdpx"]["report.qdpx"])))
    due = {m.passage_id for m in report.memberships if m.outcome == "assigned"}
    there = 0
    for passage_id in due:
        document, _, span = passage_id.rpartition(":")
        start, end = map(int, span.split("-"))
        there += _plain(texts[document][start:end]) in held
    return there, len(due)


def _due(report: Report, name: str) -> Iterator[str]:
    if name in ("report.html", "report.md", "report.docx"):
        left = () if name == "report.html" else (OpenCell,)  # the grid's cells are opened in HTML alone
        yield from dict.fromkeys(_arranged(arrange(canonical(report)), left))
        return
    cited = {i for f in (*report.findings, *report.set_aside) for i in f.evidence_ids}
    for excerpt in report.evidence:
        if name != "findings.xlsx" or excerpt.id in cited:
            yield excerpt.quote


def _arranged(value: Any, left: tuple[type, ...]) -> Iterator[str]:
    """The words of every quote in what the pages are made of."""
    if isinstance(value, Quote):
        yield value.text
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _arranged(item, left)
    elif dataclasses.is_dataclass(value) and not isinstance(value, left):
        for field in dataclasses.fields(value):
            yield from _arranged(getattr(value, field.name), left)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _json(made: Made) -> str:
    rows = json.loads(made["report.json"]["report.json"])["evidence"]
    return "\n".join(row["quote"] for row in rows)


def _html(made: Made) -> str:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(made["report.html"]["report.html"].decode()).body
    return body.text() if body else ""


def _markdown(made: Made) -> str:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(made["report.md"]["report.md"].decode())
    return "\n".join("".join(t.content for t in token.children or ()) for token in tokens)


def _docx(made: Made) -> str:
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document = docx.Document(io.BytesIO(made["report.docx"]["report.docx"]))
    return "\n".join(Paragraph(p, document.part).text for p in document.element.body.iter(qn("w:p")))


def _sheets(content: bytes) -> str:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return "\n".join(str(cell) for row in rows for cell in row)


def _parquet(made: Made) -> str:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(made["tables/"]["tables/parquet/evidence.parquet"]))
    return "\n".join(table["quote"].to_pylist())


def _csv(made: Made) -> str:
    import csv

    text = made["tables/"]["tables/csv/evidence.csv"].decode("utf-8-sig")
    return "\n".join(row["quote"] for row in csv.DictReader(io.StringIO(text, newline="")))


def _project(made: Made) -> str:
    return "\n".join(_coded(made["report.qdpx"]["report.qdpx"]))


def _coded(content: bytes) -> Iterator[str]:
    """The words between the two ends of each coded passage."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("project.qde"))
        for source in root.iter("{*}TextSource"):
            path = str(source.get("plainTextPath")).removeprefix("internal://")
            text = package.read(f"sources/{path}").decode()
            for part in source.iter("{*}PlainTextSelection"):
                yield text[int(part.get("startPosition", 0)) : int(part.get("endPosition", 0))]


READERS: dict[str, Callable[[Made], str]] = {
    "report.json": _json,
    "report.html": _html,
    "report.md": _markdown,
    "report.docx": _docx,
    "report.xlsx": lambda made: _sheets(made["report.xlsx"]["report.xlsx"]),
    "findings.xlsx": lambda made: _sheets(made["findings.xlsx"]["findings.xlsx"]),
    "tables, CSV": _csv,
    "tables, Parquet": _parquet,
    "report.qdpx": _project,
}
