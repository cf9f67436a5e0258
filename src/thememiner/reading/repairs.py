"""What tidying changed in a text, kept so that what stood there before comes back letter for letter.

An edit is (start, end, was): where the parser gave `was`, the text now has `text[start:end]`. Edits are found
by laying the two texts side by side, so that no step that tidies has to keep accounts. Both their number and
the time it takes grow with the text and no faster; where almost every word differs, one edit stands for all.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from thememiner.reading.tidying import BREAK, DROPPED, LIGATURES, TABLE, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thememiner.records import Edit, Span

_MANY, _DENSE = 16, 16  # edits that a text may have, and one more for so many characters
_SIGNS = 32  # characters that compose one, at most
_CHUNK = 64  # characters compared at once
_NEAR = 12  # characters left out on both sides together, at most, to be in step again at once
_STEP = 4  # that must then be the same
_ANCHOR = 16  # characters that are looked for where nothing near is the same
_WINDOW = 4096  # and how far, with four times as much as was left out of the text
# White space and characters that are dropped: whatever came of them, they are never words.
_UNSEEN = re.compile(rf"[\s{re.escape(''.join(chr(code) for code in DROPPED if chr(code) != BREAK))}]*")
_JOINT = re.compile(rf"{BREAK}|-[ \t]*\r?\n")  # what a word was divided with


def edits(was: str, text: str) -> tuple[Edit, ...]:
    """The edits that make `text` of `was`, in order; () when these are the same."""
    if was == text:
        return ()
    found: list[Edit] = []
    most = _MANY + len(was) // _DENSE
    i = j = 0
    while len(found) <= most:
        same = _same(was, i, text, j)
        i, j = i + same, j + same
        if i == len(was) and j == len(text):
            return tuple(found)
        gone, come = _apart(was, i, text, j)
        found.append((j, j + come, was[i : i + gone]))
        i, j = i + gone, j + come
    return ((0, len(text), was),)


def shifted(found: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    """The edits of a text that now stands `by` characters further on."""
    return tuple((start + by, end + by, was) for start, end, was in found)


def undo(text: str, found: Iterable[Edit]) -> str:
    """The text as the parser gave it: `undo(text, edits(was, text)) == was`."""
    pieces: list[str] = []
    at = 0
    for start, end, was in found:
        pieces += (text[at:start], was)
        at = end
    return "".join((*pieces, text[at:]))


def before(text: str, found: Sequence[Edit], start: int, end: int) -> str:
    """What the parser gave for `text[start:end]`; what was dropped at its very edges is not in it."""
    first = bisect_left(found, (start,))
    first -= bool(first) and found[first - 1][1] > start
    pieces: list[str] = []
    at = start
    for here, there, was in islice(found, first, None):
        if here >= end:
            break
        if there > start:
            pieces += (text[at:here], was)
            at = there
    return "".join((*pieces, text[at:end]))


def told(text: str, found: Iterable[Edit]) -> tuple[Span, ...]:
    """(sort, start, end) of the edits by which a word differs from the source, for who looks for it there.

    "hyphen": a word that a line end divided is whole again; "ligature": letters that were one sign are apart;
    "character": one is written in another way, or what cannot be seen is gone. What was taken out of a word
    shows in the letters on its two sides. Changes of white space alone are none of these.
    """
    spans = []
    for start, end, was in found:
        if was.isspace() or not (sort := _sort(was, text[start:end])):
            continue
        first, last = (start, end) if text[start:end].strip() else (start - 1, end + 1)
        beside = text[max(first, 0) : last]
        if last - first == len(beside) and (last == end or not any(map(str.isspace, beside))):
            spans.append((sort, first, last))
    return tuple(spans)


def _sort(was: str, now: str) -> str:
    """What sort of repair it is; "" for one of white space, and for what is no repair."""
    if _bare(was.replace(BREAK, "-")) == _bare(now):
        return ""
    joined = _JOINT.sub("", was)
    if _bare(tidy(joined)) != _bare(now):
        return ""  # words that were left out or put in
    if joined != was:
        return "hyphen"
    return "ligature" if any(ord(character) in LIGATURES for character in was) else "character"


def _bare(text: str) -> str:
    return "".join(text.split())


def _same(was: str, i: int, text: str, j: int) -> int:
    """How many characters are the same from there on."""
    at, step = 0, _CHUNK
    while step:
        piece = was[i + at : i + at + step]
        if len(piece) == step and text.startswith(piece, j + at):
            at += step
        else:
            step //= 2
    return at


def _apart(was: str, i: int, text: str, j: int) -> tuple[int, int]:
    """How many characters of each to leave out, where they differ, to be in step again."""
    if joint := _JOINT.match(was, i):
        return joint.end() - i, int(joint[0] == BREAK and text.startswith("-", j))
    unseen = _unseen(was, i), _unseen(text, j)
    if any(unseen):
        return unseen
    own = _one(was, i)
    written = unicodedata.normalize("NFC", own.translate(TABLE))
    if written and text.startswith(written, j):
        return len(own), len(written)
    for both in range(1, _NEAR + 1):
        for come in range(both + 1):
            ahead = was[i + both - come : i + both - come + _STEP]
            if ahead == text[j + come : j + come + _STEP]:
                return both - come, come
    come = 0
    while anchor := text[j + come : j + come + _ANCHOR]:
        place = was.find(anchor, i, i + 4 * come + _WINDOW)
        if place >= 0:
            return place - i, come
        come = 2 * come or _ANCHOR
    return len(was) - i, len(text) - j


def _unseen(text: str, at: int) -> int:
    found = _UNSEEN.match(text, at)
    return found.end() - at if found else 0


def _one(text: str, at: int) -> str:
    """The character that stands there, with the signs that compose with it."""
    end, most = at + 1, min(len(text), at + _SIGNS)
    while end < most and (
        unicodedata.combining(text[end]) or ord(text[end]) in DROPPED or "\u1160" <= text[end] <= "\u11ff"
    ):
        end += 1
    return text[at:end]
