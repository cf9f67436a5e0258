"""TXT → paragraphs. Headings cannot be told from other lines here, so they stay in the text."""

from __future__ import annotations

import re

from thememiner.reading import repairs
from thememiner.reading.blocks import Blocks, bullet_length
from thememiner.reading.decoding import decode_whole
from thememiner.reading.parsed import Block, RefusedError, Text
from thememiner.reading.tidying import tidy

# Lines broken by an e-mail program or typewriter are about this long, but for a paragraph's last one.
_WRAP_LEAST, _WRAP_MOST = 50, 100
_FRESH = re.compile(r"(?:\d+[.)]|\(?[a-z]\)|[A-Z][\w' ]{0,38}:)\s")  # a list number or a label


def parse(data: bytes) -> Text:
    """The paragraphs and list items of a text file."""
    decoded = decode_whole(data)
    blocks = paragraphs(decoded.text)
    if not blocks:
        raise RefusedError("empty", "there is no text in the file")
    return Text(blocks, detail=decoded.detail)


def paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs and list items of a plain text; none when it is blank."""
    blocks = Blocks()
    tidied = tidy(text)
    found = repairs.edits(text, tidied)
    at = 0
    for group in re.split(r"(\n\s*\n)", tidied):
        if not group.strip():
            at += len(group)
            continue
        for words, item in unwrapped(group.split("\n")):
            was = repairs.before(tidied, found, at, at + len(words))
            blocks.add(words, "item" if item else "paragraph", was=was)
            at += len(words) + 1
        at -= 1  # after the last line comes what parts the groups
    return tuple(blocks.found)


def unwrapped(lines: list[str]) -> list[tuple[str, bool]]:
    """The paragraphs of a group of lines, each with whether it is a list item.

    Lines are joined only when they look broken at a set width; else each is a paragraph of its own.
    """
    longest = max(map(len, lines))
    wrapped = len(lines) > 1 and _WRAP_LEAST <= longest <= _WRAP_MOST
    paragraphs: list[tuple[str, bool]] = []
    last = ""
    for raw in lines:
        text, item = raw, bullet_length(raw) > 0
        if wrapped and last and not item and not _FRESH.match(raw) and _goes_on(last, longest):
            paragraphs[-1] = (f"{paragraphs[-1][0]} {text}", paragraphs[-1][1])
        else:
            paragraphs.append((text, item))
        last = raw
    return paragraphs


def _goes_on(text: str, longest: int) -> bool:
    """Whether a line is long enough to have been broken by the width rather than by its writer."""
    return len(text) >= 0.7 * longest
