"""Word documents written in one hand: real headings, captions, table headings, page numbers, one language.

    paper = Pen("Board paper", "working draft")
    paper.heading("Purpose", 1)
    paper.said("What this is for.")
    content = paper.content()

`houses` reads an organisation's own document, whose styles and page the pen then writes in. Text from
outside can become nothing but text.
"""

from __future__ import annotations

from thememiner.wordfiles.houses import read
from thememiner.wordfiles.writing import Cell, Excerpt, Lines, Pen

__all__ = ["Cell", "Excerpt", "Lines", "Pen", "read"]
