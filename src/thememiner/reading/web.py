"""HTML → blocks, by selectolax (Lexbor), which keeps what lies deep; nesting is capped before it is asked."""

from __future__ import annotations

import re
from typing import Any

from thememiner.reading.blocks import Blocks
from thememiner.reading.decoding import decode, decode_whole
from thememiner.reading.parsed import RefusedError, Text
from thememiner.reading.tidying import line

DEEPEST = 512  # elements inside elements; time grows with the square of it
LARGEST = 32 * 1024 * 1024
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
_UNSEEN = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
# Elements that never have an end tag, or whose end tag may be left out so that they do not nest.
_FLAT_NAMES = (
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd td th tr thead tbody tfoot option optgroup colgroup html head body"
)
_FLAT = frozenset(_FLAT_NAMES.split())
_DROPPED_NAMES = (
    "head script style noscript template svg iframe object select button textarea datalist "
    "audio video canvas map dialog"
)
_DROPPED = frozenset(_DROPPED_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form header hr html legend li main menu ol p pre section summary table tbody td tfoot "
    "th thead tr ul"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_SPAN = 1000
_SPACE = re.compile(r"\s+")


def parse(data: bytes) -> Text:
    """The headings, paragraphs, list items and table cells of a page; its navigation is counted, not kept."""
    from selectolax.lexbor import LexborHTMLParser

    text, detail = _text(data)
    if _depth(text) > DEEPEST:
        raise RefusedError("over_limit", "its elements lie too deep; save the page as DOCX or PDF")
    tree = LexborHTMLParser(text)
    walker = _Walker()
    if tree.body is not None:
        walker.walk(tree.body)
        walker.flush()
    if not walker.blocks.found:
        raise RefusedError("empty", "there is no text in the page")
    first = next((b.text for b in walker.blocks.found if b.sort == "heading"), "")
    name = tree.css_first("title")
    title = first or (line(name.text(deep=True)) if name is not None else "")
    skipped = (("navigation", walker.navigation),) if walker.navigation else ()
    return Text(tuple(walker.blocks.found), title, skipped, detail=detail)


def _text(data: bytes) -> tuple[str, str]:
    if len(data) > LARGEST:
        raise RefusedError("over_limit", f"larger than {LARGEST // 2**20} MB; split it")
    decoded = decode_whole(data)
    if decoded.encoding == "cp1252":
        told = _CHARSET.search(data[:4096])
        name = told[1].decode("ascii").lower() if told else ""
        if name not in ("", "utf-8", "iso-8859-1", "latin1", "windows-1252", "us-ascii"):
            try:
                return data.decode(name), ""
            except (LookupError, UnicodeDecodeError):
                return decode(data).text, ""
    return decoded.text, decoded.detail


def _seen(text: str) -> str:
    """The page without comments, scripts and styles, in one pass however many are never closed."""
    pieces, at = [], 0
    while match := _UNSEEN.search(text, at):
        pieces.append(text[at : match.start()])
        closing = f"</{match[1]}" if match[1] else "-->"
        end = re.compile(closing, re.IGNORECASE).search(text, match.end())
        if not end:
            return "".join(pieces)
        at = end.end()
    return "".join([*pieces, text[at:]])


def _depth(text: str) -> int:
    """How deep elements lie, by their tags alone; optional end tags are not missed."""
    depth = deepest = 0
    for end, name, closed in _TAG.findall(_seen(text)):
        if closed or name.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if end else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Walker:
    """Goes through the elements in order, holding the words of the block that is not yet at its end."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.held: list[str] = []
        self.sort = "paragraph"
        self.pre = 0
        self.navigation = 0
        self.lead = ""  # the number of the item that is held
        self.lists: list[int] = []  # how far each open list has counted, -1 for one that does not

    def walk(self, root: Any) -> None:
        """Goes through all below `root`, with a stack of its own: pages nest deeper than calls may."""
        pending = _children(root)
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                self.close(node)
            elif node.is_text_node:
                words = node.text_content or ""
                self.held.append(words if self.pre else _SPACE.sub(" ", words))
            elif node.is_element_node and self.open(node, node.tag or ""):
                pending.append(node.tag)
                pending.extend(_children(node))

    def open(self, node: Any, tag: str) -> bool:
        """Begins an element; false when there is no more to do with it."""
        if tag in _DROPPED or _hidden(node):
            return False
        if tag == "nav":
            self.navigation += 1
            return False
        if tag == "br":
            self.held.append("\n")
            return False
        if tag in _BLOCKS or tag in _HEADINGS:
            self.flush()
            if tag == "table" and node.css_first("table table, h1, h2, h3, h4") is None:
                self.table(node)
                return False
            self.pre += tag == "pre"
            if tag in ("ol", "ul", "menu"):
                start = node.attributes.get("start") or "1"
                counts = tag == "ol"
                self.lists.append((int(start[:6]) if start[:6].isdecimal() else 1) - 1 if counts else -1)
            elif tag in ("li", "dd"):
                self.sort = "item"
                if tag == "li" and self.lists and self.lists[-1] >= 0:
                    self.lists[-1] += 1
                    self.lead = f"{self.lists[-1]}. "
        return True

    def close(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.flush("heading", _HEADINGS[tag])
        elif tag in _BLOCKS:
            self.flush()
            self.pre -= tag == "pre"
            if tag in ("ol", "ul", "menu") and self.lists:
                self.lists.pop()

    def flush(self, sort: str = "", level: int = 0) -> None:
        text = "".join(self.held)
        if text.strip():
            self.blocks.add(text, sort or self.sort, level, lead="" if sort else self.lead)
            self.lead = ""
        self.held, self.sort = [], "paragraph"

    def table(self, node: Any) -> None:
        """Adds a table's cells. One with tables or headings in it only lays out the page, and is text."""
        for caption in node.css("caption"):
            self.walk(caption)
            self.flush()
        self.blocks.tables += 1
        taken: dict[int, int] = {}  # column -> last row that a cell above reaches down to
        row = 0
        for found in node.css("tr"):
            column = 0
            cells = [c for c in found.iter() if c.tag in ("td", "th")]
            for cell in cells:
                while taken.get(column, -1) >= row:
                    column += 1
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                text, was = self._cell(cell)
                self.blocks.cell(text, row, column, width, height, strong=cell.tag == "th", was=was)
                for covered in range(column, column + width):
                    taken[covered] = row + height - 1
                column += width
            row += bool(cells)

    def _cell(self, cell: Any) -> tuple[str, str]:
        inner = _Walker()
        inner.walk(cell)
        inner.flush()
        return inner.blocks.lines()


def _children(node: Any) -> list[Any]:
    """The children of a node, the last first."""
    children = []
    child = node.last_child
    while child is not None:
        children.append(child)
        child = child.prev
    return children


def _hidden(node: Any) -> bool:
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
    )


def _span(cell: Any, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return min(max(int(value), 1), _MOST_SPAN) if value.isdigit() else 1
