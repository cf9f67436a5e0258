"""Where a line, or a cell of a table, ends its passage without a mark."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from thememiner.segmenting.items import LINE_MARKER

if TYPE_CHECKING:
    from thememiner.segmenting.tokens import Tokens

# A line ends its passage, where no mark does, if it is this much shorter than the longest of its paragraph.
_SHORT_LINE = 0.6


def after_lines(tokens: Tokens, items: set[int]) -> set[int]:
    """Tokens that begin a passage because a line, or a cell of a table, ended before them."""
    source = tokens.source
    starts: set[int] = set()
    for match in re.finditer(r"\t+|\s\|\s", source):
        starts.add(tokens.at_offset(match.end()))
    if "\n" not in source:
        return starts
    begun = sorted(tokens.starts[item] for item in items if item < len(tokens))
    lines = source.split("\n")
    longest = max(map(len, lines))
    offset = 0
    for line, following in pairwise(lines):
        within = bisect_left(begun, offset) < bisect_left(begun, offset + len(line))
        offset += len(line) + 1
        if _line_ends(line, following, longest, item=within):
            starts.add(tokens.at_offset(offset + len(following) - len(following.lstrip())))
    return starts


def _line_ends(line: str, following: str, longest: int, *, item: bool) -> bool:
    """Whether a passage ends with `line`; `item`: a list item begins in it."""
    if LINE_MARKER.match(following):
        return True
    lead = following.lstrip()[:1]
    if not lead or lead.islower():
        return False
    line = line.rstrip()
    if (item or LINE_MARKER.match(line)) and line[-1:] != ",":
        return line[-1:] in ".;:?!" or _had_room(line, following, longest)
    return len(line) < longest * _SHORT_LINE and line[-1:] not in ",-"


def _had_room(line: str, following: str, longest: int) -> bool:
    """Whether the next line's first word would have stood in this one, so that its writer ended it."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) <= longest
