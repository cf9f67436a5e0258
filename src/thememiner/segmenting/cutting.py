"""Where a text is cut: after the stops of sentences, at list items, and after lines and cells that end."""

from __future__ import annotations

import re
from itertools import pairwise

from thememiner.segmenting.items import items
from thememiner.segmenting.lines import after_lines
from thememiner.segmenting.pieces import Piece, paragraphs, trimmed
from thememiner.segmenting.stops import after_notes, after_stops
from thememiner.segmenting.tokens import Tokens

# Where a sentence, an item or a cell can end: without one of these a paragraph is one sentence.
_MAY_END = re.compile(r"[.?!…。．？！]['\"’”)\]]*\s*\S|[.?!…][A-Z]|[\n\t|•●▪◦‣⁃∙·]|\d\)|[a-z]\)|\*\*")


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, list item and cell of `text`, before short ones are joined."""
    return [piece for paragraph in paragraphs(text, 0, len(text)) for piece in cut(text, *paragraph)]


def cut(text: str, start: int, end: int) -> list[Piece]:
    """The sentences, items and cells of one paragraph of `text`, in order."""
    paragraph = text[start:end]
    if not _MAY_END.search(paragraph):
        return [(start, end)]
    tokens = Tokens(paragraph)
    begun = items(tokens)
    starts = begun | after_stops(tokens, begun) | after_notes(tokens) | after_lines(tokens, begun)
    bounds = [start, *(start + tokens.starts[at] for at in sorted(starts) if 0 < at < len(tokens)), end]
    pieces = (trimmed(text, first, last) for first, last in pairwise(bounds))
    return [piece for piece in pieces if piece]
