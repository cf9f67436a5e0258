"""Pieces of a text: its paragraphs, and how those that are too short or too long are put right."""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A sentence of fewer words says too little alone: it joins its neighbour.
FEWEST_WORDS = 5
# A passage longer than this, in characters, is cut at a clause: no encoder reads further.
LONGEST = 1_000

Piece = tuple[int, int]

_WORD = re.compile(r"\w\S*")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*|\x00")


def paragraphs(text: str, first: int, last: int) -> Iterator[Piece]:
    """The paragraphs of the stretch, without the white space around them."""
    start = first
    for match in _PARAGRAPH_END.finditer(text, first, last):
        piece = trimmed(text, start, match.start())
        if piece:
            yield piece
        start = match.end() if match[0] != "\x00" else match.start()
    piece = trimmed(text, start, last)
    if piece:
        yield piece


def trimmed(text: str, start: int, end: int) -> Piece | None:
    """The stretch without its outer white space, or None when nothing is left."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    right = len(inner.rstrip())
    return (start + left, start + right) if left < right else None


def enough_words(text: str, start: int, end: int) -> bool:
    """Whether the piece has words enough to stand alone."""
    return _count(text, start, end) == FEWEST_WORDS


def _count(text: str, start: int, end: int) -> int:
    """How many words the piece has, counted no further than is enough."""
    return sum(1 for _ in islice(_WORD.finditer(text, start, end), FEWEST_WORDS))


def joined(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one paragraph, those of too few words joined to the next or, at its end, the last."""
    found: list[Piece] = []
    waiting: int | None = None
    words = 0
    for start, end in pieces:
        begin = start if waiting is None else waiting
        words += _count(text, start, end)
        if words >= FEWEST_WORDS:
            found.append((begin, end))
            waiting, words = None, 0
        else:
            waiting = begin
    if waiting is not None:
        end = pieces[-1][1]
        if found:
            found[-1] = (found[-1][0], end)
        else:
            found.append((waiting, end))
    return found


_CLAUSES = (
    re.compile(r";\s+"),
    re.compile(r"(?<!\d),\s+|:\s+|\s[\-–—]\s+"),
    re.compile(r"(?<!\d)\s+"),
    re.compile(r"\s+"),
)


def shortened(text: str, start: int, end: int) -> Iterator[Piece]:
    """The piece, cut into even parts of at most `LONGEST` characters, each cut at the nearest clause."""
    while end - start > LONGEST:
        parts = math.ceil((end - start) / LONGEST)
        aim = start + (end - start) // parts
        # Leave room on both sides, so that neither part is a fragment.
        low, high = start + LONGEST // 4, min(start + LONGEST, end - 1)
        cut = next(
            (
                min(places, key=lambda place: (abs(place - aim), place))
                for clause in _CLAUSES
                if (places := [match.end() for match in clause.finditer(text, low, high)])
            ),
            aim,
        )
        piece = trimmed(text, start, cut)
        if piece:
            yield piece
        start = cut
    piece = trimmed(text, start, end)
    if piece:
        yield piece
