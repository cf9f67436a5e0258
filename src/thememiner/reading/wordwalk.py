"""A walk over a Word document's XML: its paragraphs, tables, runs and boxes in reading order → blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from thememiner.reading.blocks import Blocks
from thememiner.reading.parsed import Block, RefusedError
from thememiner.reading.wordstyles import Styles, attribute, child, name, picked, shaded, whole

if TYPE_CHECKING:
    from collections import Counter

    from thememiner.reading.wordnumbers import Numbers

_DEEPEST = 200  # elements inside elements; lxml itself stops at 256
# Elements that only wrap others.
_WRAPPERS = frozenset({"ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "customXml", "dir", "bdo"})
_DELETED = frozenset({"del", "moveFrom"})
_FIXED = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# Check boxes as fonts draw them: Wingdings and Wingdings 2.
_SYMBOLS = {
    "F0FE": "☒",
    "F0FD": "☒",
    "F052": "☒",
    "F0FC": "✓",
    "F050": "✓",
    "F0A8": "☐",
    "F06F": "☐",
    "F0A3": "☐",
}
# How a run looks: two flags, so that a paragraph looks as all of its runs do.
_BOLD, _ITALIC = 1, 2
_PAGE_FIELD = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b")


@dataclass(slots=True)
class Walker:
    """Walks one stretch of a document; what it leaves out is counted in `skipped`.

    `boxes` are text boxes met in the paragraph, to be read after it; `fields` the instructions of the
    fields that are open; `numbers` what Word counts before paragraphs. `elements` are, by the number of a
    block, the paragraph or cell that it was read from.
    """

    styles: Styles
    skipped: Counter[str]
    blocks: Blocks = field(default_factory=Blocks)
    boxes: list[Any] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    numbers: Numbers | None = None
    elements: dict[int, Any] = field(default_factory=dict)

    def children(self, element: Any) -> None:
        """Reads all blocks of an element."""
        for item in element:
            if isinstance(item.tag, str):
                self.block(item)

    def block(self, item: Any) -> None:
        """Reads one block, or what wraps several."""
        tag = name(item)
        if tag == "p":
            self.paragraph(item)
        elif tag == "tbl":
            self.table(item)
        elif tag == "sdt":
            if _is_contents(item):
                self.contents(child(item, "sdtContent"))
            else:
                inner = child(item, "sdtContent")
                self.children(inner if inner is not None and not self.placeholder(item) else ())
        elif tag in _DELETED:
            self.skipped["deleted text"] += 1
        elif tag in _WRAPPERS:
            self.children(item)
        elif tag == "AlternateContent":
            self.children(_choice(item))
        elif tag == "altChunk":
            self.skipped["embedded file"] += 1

    def paragraph(self, item: Any) -> None:
        """Reads a paragraph, and after it the text boxes that hang on it."""
        about = self.styles.about(child(item, "pPr"))
        text, look = self.runs(item)
        boxes, self.boxes = self.boxes, []
        if about.contents:
            self.skipped["table of contents"] += bool(text.strip())
            self.blocks.add(text, "contents")
        elif about.heading is not None:
            self.blocks.add(text, "heading", about.heading, lead=self.number(item, text))
        else:
            sort = "item" if about.item else "paragraph"
            lead = self.number(item, text)
            self.blocks.add(text, sort, lead=lead, strong=bool(look & _BOLD), italic=bool(look & _ITALIC))
        self.elements.setdefault(len(self.blocks.found) - 1, item)  # a blank one adds no block
        for box in boxes:
            self.children(box)

    def number(self, item: Any, text: str) -> str:
        """The number that Word shows before a paragraph, "4.2 ", or "" for none; blank ones count none."""
        return self.numbers.next(child(item, "pPr"), self.styles) if self.numbers and text.strip() else ""

    def contents(self, item: Any) -> None:
        """Reads a table of contents, a line for each of its paragraphs."""
        for paragraph in _elements(item) if item is not None else ():
            if name(paragraph) == "p":
                text = self.runs(paragraph)[0]
                self.skipped["table of contents"] += bool(text.strip())
                self.blocks.add(text, "contents")

    def table(self, item: Any) -> None:
        """Reads a table; a cell merged over rows is one cell."""
        self.blocks.tables += 1
        above: dict[int, int] = {}  # column -> index of the block that a merged cell continues
        row = 0
        for found in _inside(item, "tr"):
            properties = child(found, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self.skipped["deleted text"] += 1
                continue
            column = whole(child(properties, "gridBefore"), 0)
            for cell in _inside(found, "tc"):
                about = child(cell, "tcPr")
                width = whole(child(about, "gridSpan"), 1)
                merge = child(about, "vMerge")
                if merge is not None and attribute(merge, "val") != "restart" and column in above:
                    grown = self.blocks.found[above[column]]
                    self.blocks.found[above[column]] = _taller(grown, row)
                else:
                    around = cell.getparent().getparent()  # the table, or a content control
                    blank = self.placeholder(around)
                    inner = Walker(self.styles, self.skipped) if blank else self.inside(cell)
                    text, was = inner.blocks.lines()
                    strong, italic = inner.look()
                    strong = strong or shaded(about)
                    self.blocks.cell(text, row, column, width, strong=strong, italic=italic, was=was)
                    above[column] = len(self.blocks.found) - 1
                    self.elements[above[column]] = cell
                column += width
            row += 1

    def inside(self, item: Any) -> Walker:
        """A walker of its own through a cell or note, nested tables and all."""
        inner = Walker(self.styles, self.skipped, numbers=self.numbers)
        inner.children(item)
        return inner

    def look(self) -> tuple[bool, int]:
        """Whether all that was read is bold, and how many of its first lines are italic."""
        kept = [block for block in self.blocks.found if block.text]
        strong = bool(kept) and all(block.strong or block.sort == "heading" for block in kept)
        return strong, sum(block.italic for block in takewhile(lambda block: block.italic, kept))

    def runs(self, item: Any, depth: int = 0) -> tuple[str, int]:
        """The text of a paragraph or of what wraps its runs, and how all of it looks."""
        if depth > _DEEPEST:
            raise RefusedError("over_limit", "its elements lie too deep; save it again as DOCX")
        texts, looks = [], _BOLD | _ITALIC
        for inner in item:
            if not isinstance(inner.tag, str):
                continue
            tag = name(inner)
            if tag == "r":
                text, look = self.run(inner)
            elif tag in _WRAPPERS:
                text, look = self.runs(inner, depth + 1)
            elif tag == "sdt":
                text, look = self.control(inner, depth)
            elif tag == "AlternateContent":
                text, look = self.runs(_choice(inner), depth + 1)
            elif tag in _DELETED:
                self.skipped["deleted text"] += 1
                continue
            elif tag in ("oMath", "oMathPara"):
                text, look = "".join(e.text or "" for e in _elements(inner) if name(e) == "t"), 0
            else:
                continue
            texts.append(text)
            looks &= look if text.strip() else _BOLD | _ITALIC
        joined = "".join(texts)
        return joined, looks if joined.strip() else 0

    def control(self, item: Any, depth: int) -> tuple[str, int]:
        """The text of a content control, and its look; words that only hold its place are none."""
        content = child(item, "sdtContent")
        return (
            self.runs(content, depth + 1) if content is not None and not self.placeholder(item) else ("", 0)
        )

    def placeholder(self, item: Any) -> bool:
        """Whether a content control shows only what to type there, which is counted."""
        showing = child(child(item, "sdtPr"), "showingPlcHdr") is not None
        self.skipped["placeholder"] += showing
        return showing

    def run(self, item: Any) -> tuple[str, int]:
        """The text of a run, and its look."""
        properties = child(item, "rPr")
        if properties is not None and _on(child(properties, "vanish")):
            self.skipped["hidden text"] += 1
            return "", 0
        texts = []
        for inner in item:
            if not isinstance(inner.tag, str):
                continue
            tag = name(inner)
            if tag == "t":
                texts.append(inner.text or "")
            elif tag in _FIXED:
                texts.append(_FIXED[tag])
            elif tag == "sym":
                texts.append(_SYMBOLS.get((attribute(inner, "char") or "").upper(), ""))
            elif tag in ("fldChar", "instrText"):
                texts.append(self.field(inner, tag))
            elif tag == "ruby":
                texts.append(self.runs(child(inner, "rubyBase"))[0])
            elif tag == "AlternateContent":
                self.drawing(_choice(inner))
            elif tag in ("drawing", "pict", "object"):
                self.drawing(inner)
        text = "".join(texts)
        if any(_PAGE_FIELD.match(field) for field in self.fields):
            text = ""
        return text, _BOLD * _on(child(properties, "b")) | _ITALIC * _on(child(properties, "i"))

    def field(self, item: Any, tag: str) -> str:
        """Follows complex fields: a page number is no text, a ticked check box of old is a sign."""
        if tag == "instrText":
            if self.fields:
                self.fields[-1] += item.text or ""
            return ""
        kind = attribute(item, "fldCharType")
        if kind == "begin":
            self.fields.append("")
            box = child(child(item, "ffData"), "checkBox")
            if box is not None:
                state = child(box, "checked")
                return "☒" if _on(state if state is not None else child(box, "default")) else "☐"
            return picked(child(child(item, "ffData"), "ddList"))
        if kind == "end" and self.fields:
            self.fields.pop()
        return ""

    def drawing(self, item: Any) -> None:
        """Sets the text boxes of a drawing aside; a drawing may hold its fallback copy further down."""
        pending = [item]
        while pending:
            element = pending.pop()
            tag = name(element)
            if tag == "txbxContent":
                self.boxes.append(element)
            elif tag == "AlternateContent":
                pending.append(_choice(element))
            elif tag == "t" and element.tag.startswith("{http://schemas.openxmlformats.org/drawingml"):
                self.skipped["words in a drawing"] += bool((element.text or "").strip())
            else:
                pending.extend(e for e in reversed(element) if isinstance(e.tag, str))


def _inside(element: Any, tag: str) -> list[Any]:
    """The rows of a table or the cells of a row, through what may wrap them."""
    found = []
    for inner in element:
        if not isinstance(inner.tag, str):
            continue
        this = name(inner)
        if this == tag:
            found.append(inner)
        elif this in _WRAPPERS or this in ("sdt", "sdtContent"):
            found.extend(_inside(inner, tag))
        elif this == "AlternateContent":
            found.extend(_inside(_choice(inner), tag))
    return found


def _elements(element: Any) -> list[Any]:
    return [e for e in element.iter() if isinstance(e.tag, str)]


def _choice(element: Any) -> Any:
    """The one version of a thing that is stored twice: the newer, else the fallback."""
    for tag in ("Choice", "Fallback"):
        found = child(element, tag)
        if found is not None and len(found):
            return found
    return element.makeelement("empty")


def _is_contents(item: Any) -> bool:
    gallery = child(child(child(item, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"


def _on(element: Any) -> bool:
    return element is not None and (attribute(element, "val") or "1") not in ("0", "false", "off", "none")


def _taller(block: Block, row: int) -> Block:
    return replace(block, height=row - block.row + 1)
