"""DOCX → blocks, by a walk over the file's own XML, since the usual libraries leave text behind.

Insertions are kept and deletions dropped; a drawing's fallback copy is read once or not at all; what is
left out (deleted and hidden text, placeholders) is counted; tables of contents are set aside. Names of
elements are taken without their namespace, so that Strict documents read the same.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from thememiner.reading import packages, repairs, wordstyles
from thememiner.reading.parsed import RefusedError, Text
from thememiner.reading.tidying import line
from thememiner.reading.wordnumbers import Numbers
from thememiner.reading.wordstyles import Styles, attribute, child, name, read_xml
from thememiner.reading.wordwalk import Walker

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Sequence

_PAGE_WORDS = re.compile(r"(?:page)?\s*\d*\s*(?:of|/)?\s*\d*", re.IGNORECASE)
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def parse(data: bytes) -> Text:
    """All that a document shows in reading order; notes, page headers and footers, and comments come last."""
    with packages.opened(data) as package:
        main = _main_part(package)
        related = wordstyles.relations(package, main)
        body = child(read_xml(package, main), "body")
        if body is None:
            raise RefusedError("malformed", "save it again as DOCX")
        walker = Walker(Styles.of(package, related), Counter(), numbers=Numbers.of(package, related))
        walker.children(body)
        for sort in ("footnotes", "endnotes"):
            _notes(walker, package, related.get(sort, ()))
        for sort in ("header", "footer"):
            _margins(walker, package, related.get(sort, ()), sort)
        for part in related.get("comments", ()):
            root = read_xml(package, part)
            for comment in root:
                if isinstance(comment.tag, str) and name(comment) == "comment":
                    text, was = walker.inside(comment).blocks.lines()
                    walker.blocks.add(text, "comment", was=was)
        blocks = tuple(walker.blocks.found)
        if not any(block.text for block in blocks):
            raise RefusedError("empty", "there is no text in the document")
        headings = [block for block in blocks if block.sort == "heading"]
        title = next((block.text for block in headings if block.level == 0), "")
        title = title or (headings[0].text if headings else "") or wordstyles.core_title(package)
        return Text(blocks, title, tuple(sorted((+walker.skipped).items())))


def _main_part(package: zipfile.ZipFile) -> str:
    found = wordstyles.relations(package, "").get("officeDocument", ())
    if not found:
        raise RefusedError("malformed", "this is not a Word document, whatever its name")
    return found[0]


def _notes(walker: Walker, package: zipfile.ZipFile, parts: Sequence[str]) -> None:
    for part in parts:
        for note in read_xml(package, part):
            if isinstance(note.tag, str) and attribute(note, "type") not in _SEPARATORS:
                text, was = walker.inside(note).blocks.lines()
                walker.blocks.add(text, "note", was=was)


def _margins(walker: Walker, package: zipfile.ZipFile, parts: Sequence[str], sort: str) -> None:
    """Adds the paragraphs of page headers or footers, each once, without page numbers."""
    seen: set[str] = set()
    for part in parts:
        text, was = walker.inside(read_xml(package, part)).blocks.lines()
        found, at = repairs.edits(was, text), 0
        for paragraph in text.split("\n"):
            plain, end = line(paragraph), at + len(paragraph)
            if plain and plain not in seen and not _PAGE_WORDS.fullmatch(plain):
                seen.add(plain)
                walker.blocks.add(plain, sort, was=repairs.before(text, found, at, end))
            at = end + 1
