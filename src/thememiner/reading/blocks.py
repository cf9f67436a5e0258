"""The blocks of a text as a parser meets them: tidied, numbered, and not more than a reader can bear."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thememiner.reading import repairs
from thememiner.reading.parsed import Block, RefusedError
from thememiner.reading.tidying import line, tidy

MOST = 200_000  # blocks of a file; the longest real one (an inquiry's report) has 12,000
_HEADING_WORDS = 25  # a heading has no more
_CLAUSE_WORDS = 6  # and a sentence no fewer
# The bullets of typists and fonts (those from U+F000 are Symbol and Wingdings).
_BULLET = re.compile(r"(?:[•‣◦⁃∙·▪▫■●○❖➢➤►✓✔\uf000-\uf0ff]|[-–—*] |o (?=[A-Za-z]))\s*")


@dataclass(slots=True)
class Blocks:
    """Gathers blocks in reading order; headings have no number, a row of a table has one for its cells."""

    found: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def add(
        self,
        text: str,
        sort: str = "paragraph",
        level: int = 0,
        *,
        lead: str = "",
        strong: bool = False,
        italic: bool = False,
        was: str | None = None,
    ) -> None:
        """Adds a paragraph, heading, item or note, unless it is blank; `lead` is put in front of it.

        The bullet that a paragraph or item begins with is lead too, and makes it an item. `was` is what the
        parser gave, where `text` was tidied before.
        """
        was = text if was is None else was
        text = line(text) if sort == "heading" else tidy(text)
        if not text:
            return
        originals = repairs.shifted(repairs.edits(was, text), len(lead))
        bullet = bullet_length(text) if sort in ("paragraph", "item") else 0
        if bullet:
            sort = "item"
        text = f"{lead}{text}"
        if sort == "heading" and _is_sentence(text):
            sort, level = "paragraph", 0
        location = ""
        if sort not in ("heading", "contents"):
            self.paragraphs += 1
            location = f"paragraph {self.paragraphs}"
        ahead = 0 if sort == "heading" else len(lead) + bullet
        lines = text.count("\n") + 1 if italic else 0
        self._put(
            Block(text, sort, location, level, strong=strong, lead=ahead, italic=lines, originals=originals)
        )

    def cell(
        self,
        text: str,
        row: int,
        column: int,
        width: int = 1,
        height: int = 1,
        *,
        strong: bool = False,
        italic: int = 0,
        was: str | None = None,
    ) -> None:
        """Adds a cell of the table begun last; blank ones too, since a form's blank is news.

        `was` as in `add`.
        """
        location = f"table {self.tables}, row {row + 1}"
        was = text if was is None else was
        text = tidy(text)
        self._put(
            Block(
                text,
                "cell",
                location,
                0,
                self.tables,
                row,
                column,
                width,
                height,
                strong=strong,
                italic=italic,
                originals=repairs.edits(was, text),
            )
        )

    def lines(self) -> tuple[str, str]:
        """The texts of the blocks that have any, a line for each, and the same as the parser gave them."""
        kept = [block for block in self.found if block.text]
        was = "\n".join(repairs.undo(block.text, block.originals) for block in kept)
        return "\n".join(block.text for block in kept), was

    def _put(self, block: Block) -> None:
        if len(self.found) >= MOST:
            raise RefusedError("over_limit", "it has more paragraphs than the reader takes; split it")
        self.found.append(block)


def _is_sentence(text: str) -> bool:
    """Whether a heading is really a clause: policies number theirs by giving each a heading's style."""
    words = len(text.split())
    return words > _HEADING_WORDS or (words >= _CLAUSE_WORDS and text.endswith((".", ";")))


def bullet_length(text: str) -> int:
    """How many characters the bullet is that the line begins with; numbers say things and are none."""
    match = _BULLET.match(text)
    return match.end() if match and match.end() < len(text) else 0
