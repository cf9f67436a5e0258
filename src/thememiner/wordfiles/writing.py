"""The pen that writes a Word document: headings, paragraphs, lists, quotes and tables, in order."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from thememiner.wordfiles import houses, pages, styles
from thememiner.wordfiles.lists import new_list
from thememiner.wordfiles.texts import W, child, clean, closing, field, one_line, run

_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # no time of making: the same content gives the same bytes
_SHADE = "D9E2EC"
_TALL = "500"  # twentieths of a point: room for a line by hand
_LONG = 900  # characters of a row that may be cut by the end of a page
MOST_COLUMNS = 9  # beside one another; more go on in a table of their own
_MOST_SIGNS = 255  # of a property

# Stretches of one paragraph: (text, bold).
Lines = Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote letter for letter in a cell, and on a line of its own where it comes from."""

    text: str
    source: str


# A cell: a text, a whole number, or paragraphs, each of stretches or an excerpt.
Cell = str | int | Sequence[Lines | Excerpt]


class Pen:
    """Writes one document; `title` and `note` are its properties, `marking` stands on each page.

    `house` are the bytes of the organisation's own document, `name` what it is called in messages.
    """

    def __init__(
        self,
        title: str,
        note: str,
        *,
        marking: str = "",
        footer: str = "",
        house: bytes | None = None,
        name: str = "the house document",
        landscape: bool = False,
    ) -> None:
        self._document = houses.opened(house, name)
        self._styles = styles.prepare(self._document, ours=house is None)
        self._body = self._document.element.body
        self._end = self._body[-1]
        if house is None:
            pages.plain(self._end)
        else:
            pages.make_room(self._end)
        if landscape:
            pages.turn(self._end)
        pages.mark(self._document, self._styles, marking, footer)
        self._about(title, note)
        self._tables = 0
        self._breaks = False

    def _about(self, title: str, note: str) -> None:
        about = self._document.core_properties
        about.title, about.comments = one_line(title)[:_MOST_SIGNS], one_line(note)[:_MOST_SIGNS]
        about.author = about.last_modified_by = "thememiner"
        about.created = about.modified = _MADE
        about.language, about.revision = styles.LANGUAGE, 1

    def heading(self, text: str, level: int) -> None:
        """A heading, from level 1; level 0 is the title."""
        style = "Title" if level == 0 else f"heading {level}"
        self._paragraph([(one_line(text), False)], style)

    def said(
        self, *parts: tuple[str, bool] | str, style: str = styles.NORMAL, with_next: bool = False
    ) -> None:
        """A paragraph of stretches: a text or (text, bold). `with_next` keeps it on the next one's page."""
        self._paragraph([(p, False) if isinstance(p, str) else p for p in parts], style, with_next=with_next)

    def listed(self, lines: Iterable[str | Lines], *, numbered: bool = False) -> None:
        """A list, with bullets or numbers from 1."""
        number = new_list(self._document, "decimal") if numbered else ""
        for line in lines:
            parts = [(line, False)] if isinstance(line, str) else line
            paragraph = self._paragraph(parts, "List Number" if numbered else "List Bullet")
            if number:
                child(child(paragraph.find(W + "pPr"), "numPr"), "numId", val=number)

    def quote(self, text: str, source: str) -> None:
        """A quote letter for letter, and on a line of its own where it comes from."""
        self._paragraph([(text, False)], "Excerpt")
        self._paragraph([(source, False)], "Excerpt Source")

    def new_page(self) -> None:
        """What comes next begins a page."""
        self._breaks = True

    def turned(self) -> None:
        """What comes next stands on pages of the other way round, upright or on their side."""
        last = self._paragraph([], styles.NORMAL)
        before = pages.copied(self._end)
        properties = last.find(W + "pPr")
        child(properties, "spacing", before="0", after="0", line="20", lineRule="exact")
        properties.append(before)
        pages.turn(self._end)
        pages.go_on(self._end)

    def table(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[float],
        *,
        told: str = "",
        tall: bool = False,
    ) -> None:
        """A table with a numbered caption; its heading row stands on each page.

        `widths` are shares of the page, `told` is its text for those who do not see it; rows that are `tall`
        have room to write in. Of more columns than
        `MOST_COLUMNS` the rest go on in further tables, each with the first column.
        """
        held = list(rows)
        room = MOST_COLUMNS - 1
        rest = range(1, max(len(columns), 2), room)
        for number, at in enumerate(rest, start=1):
            chosen = [0, *range(at, min(at + room, len(columns)))] if len(columns) > 1 else [0]
            part = f" (part {number} of {len(rest)})" if len(rest) > 1 else ""
            self._table(
                caption + part,
                [columns[c] for c in chosen],
                [[row[c] for c in chosen] for row in held],
                [widths[c] for c in chosen],
                told or caption,
                tall=tall,
            )

    def content(self) -> bytes:
        """The document; the same writing gives the same bytes."""
        out = io.BytesIO()
        self._document.save(out)
        return houses.dateless(out.getvalue())

    def _paragraph(self, parts: Lines, style: str, *, with_next: bool = False) -> Any:
        from lxml import etree

        paragraph = etree.Element(W + "p")
        self._end.addprevious(paragraph)
        properties = child(paragraph, "pPr")
        child(properties, "pStyle", val=self._styles[style])
        if with_next:
            child(properties, "keepNext")
        if self._breaks:
            child(properties, "pageBreakBefore")
            self._breaks = False
        _write(paragraph, parts)
        return paragraph

    def _table(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        told: str,
        *,
        tall: bool,
    ) -> None:
        from lxml import etree

        self._tables += 1
        above = self._paragraph([("Table ", False)], "caption", with_next=True)
        field(above, "SEQ Table \\* ARABIC", str(self._tables))
        run(above, f". {one_line(caption)}")
        table = etree.Element(W + "tbl")
        self._end.addprevious(table)
        look = child(table, "tblPr")
        child(look, "tblStyle", val=self._styles[styles.TABLE])
        room = pages.room(self._end)
        sizes = [max(round(room * width / sum(widths)), 1) for width in widths]
        child(look, "tblW", w=str(sum(sizes)), type="dxa")
        child(look, "tblLayout", type="fixed")
        edges = child(look, "tblCellMar")
        for edge, width in (("top", "28"), ("left", "85"), ("bottom", "11"), ("right", "85")):
            child(edges, edge, w=width, type="dxa")
        child(look, "tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0")
        child(look, "tblCaption", val=one_line(caption)[:_MOST_SIGNS])
        child(look, "tblDescription", val=one_line(told)[:_MOST_SIGNS])
        grid = child(table, "tblGrid")
        for size in sizes:
            child(grid, "gridCol", w=str(size))
        self._row(table, [[[(name, True)]] for name in columns], sizes, heads=True)
        for row in rows:
            self._row(table, row, sizes, tall=tall)
        self._paragraph([], "Table Text")

    def _row(
        self,
        table: Any,
        cells: Sequence[Cell],
        sizes: Sequence[int],
        *,
        heads: bool = False,
        tall: bool = False,
    ) -> None:
        row = child(table, "tr")
        look = child(row, "trPr")
        if _length(cells) <= _LONG:
            child(look, "cantSplit")
        if tall:
            child(look, "trHeight", val=_TALL, hRule="atLeast")
        if heads:
            child(look, "tblHeader")
        for cell, size in zip(cells, sizes, strict=True):
            held = child(row, "tc")
            its = child(held, "tcPr")
            child(its, "tcW", w=str(size), type="dxa")
            if heads:
                child(its, "shd", val="clear", color="auto", fill=_SHADE)
            for parts, style in _lines(cell):
                paragraph = child(held, "p")
                properties = child(paragraph, "pPr")
                child(properties, "pStyle", val=self._styles[style])
                if heads:
                    child(properties, "keepNext")
                if tall:
                    child(properties, "spacing", before="90")
                if isinstance(cell, int):
                    child(properties, "jc", val="right")
                _write(paragraph, parts)


def _write(paragraph: Any, parts: Lines) -> None:
    """The stretches of a paragraph; what turns the direction of one ends with it."""
    for at, (text, bold) in enumerate(parts, start=1):
        ended = closing(text) if at < len(parts) else ""
        run(paragraph, text + ended, bold=bold)


def _lines(cell: Cell) -> Iterator[tuple[Lines, str]]:
    """The paragraphs of a cell, one at least, each with its style."""
    if isinstance(cell, (int, str)):
        for line in (f"{cell:,}" if isinstance(cell, int) else clean(cell)).split("\n"):
            yield [(line, False)], "Table Text"
        return
    for held in cell or [[]]:
        if isinstance(held, Excerpt):
            yield [(held.text, False)], "Table Quote"
            yield [(held.source, False)], "Table Source"
        else:
            yield held, "Table Text"


def _length(cells: Iterable[Cell]) -> int:
    """The characters of the longest cell of a row."""
    return max((sum(len(text) for line, _ in _lines(cell) for text, _ in line) for cell in cells), default=0)
