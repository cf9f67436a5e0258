"""Where a line, or a cell of a table, ends its passage without a mark."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from thememiner.segmenting.items import LINE_MARKER

if TYPE_CHECKING:
    from thememiner.segmenting.tokens import Tokens

# A line ends its passage, where no mark does, if it is this much shorter than the longest of its paragraph.
_SHORT_LINE = 0.6


def after_lines(tokens: Tokens) -> set[int]:
    """Tokens that begin a passage because a line, or a cell of a table, ended before them."""
    source = tokens.source
    starts: set[int] = set()
    for match in re.finditer(r"\t+|\s\|\s", source):
        starts.add(tokens.at_offset(match.end()))
    if "\n" not in source:
        return starts
    lines = source.split("\n")
    longest = max(map(len, lines))
    offset = 0
    for line, following in pairwise(lines):
        offset += len(line) + 1
        if _line_ends(line, following, longest):
            starts.add(tokens.at_offset(offset + len(following) - len(following.lstrip())))
    return starts


def _line_ends(line: str, following: str, longest: int) -> bool:
    if LINE_MARKER.match(following):
        return True
    lead = following.lstrip()[:1]
    if not lead or lead.islower():
        return False
    if LINE_MARKER.match(line) and line.rstrip()[-1:] != ",":
        return len(line) < longest * 0.9 or line.rstrip()[-1:] in ".;:?!"
    return len(line.rstrip()) < longest * _SHORT_LINE and line.rstrip()[-1:] not in ",-"
