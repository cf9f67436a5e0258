"""Where a list item begins inside a line: at bullets, and at markers that count on from the last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thememiner.segmenting.tokens import Tokens

_BULLET = re.compile(
    r"(?:^|(?<=\s))[•●▪◦‣⁃∙·■□✓✔➢►](?=\s?\S)|(?:^|(?<=\n))[^\S\n]*(?P<dash>[\-–—*o])\s+(?=\S)"
)
_MARKER_END = re.compile(r"[.)](?=\s+\S|[A-Z][a-z])")
_MARKER = re.compile(
    r"(?:^|\s)(?P<mark>(?P<open>\(?)(?P<value>\d{1,3}|[a-z]|[A-Z]|[ivx]{2,5}|[IVX]{2,5})(?P<close>\.\)|[.)]))$"
)
# The longest marker: a bracket, five letters, a stop and a bracket, after a space.
_MARKER_REACH = 9
LINE_MARKER = re.compile(
    r"[^\S\n]*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[a-zA-Z]|[ivxIVX]{1,5})[.)]+|\d{1,3}(?:\.\d{1,3})+|[•●▪◦‣⁃∙·■□✓✔➢►\-–—*o])\s+\S"
    r"|[^\S\n]*\(?(?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,5})[.)]+[A-Z][a-z]"
    r"|[•●▪◦‣⁃]"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def items(tokens: Tokens) -> set[int]:
    """Tokens that begin a list item inside a line: bullets, and markers that count on from the last."""
    starts: set[int] = set()
    source = tokens.source
    for match in _BULLET.finditer(source):
        starts.add(tokens.at_offset(match.start("dash") if match["dash"] else match.start()))
    open_counts: dict[tuple[str, str, str], dict[int, int]] = {}
    for end in _MARKER_END.finditer(source):
        # Stops are few: each is looked back from, rather than every word tried as a marker.
        first = max(0, end.end() - _MARKER_REACH)
        marker = _MARKER.search(source[first : end.end()])
        if marker is None or (first and not marker.start() and not marker[0][0].isspace()):
            continue
        start = first + marker.start("mark")
        begins = _begins_line_or_sentence(source, start)
        for style, number in _numbers(marker["value"]):
            counts = open_counts.setdefault((marker["open"], marker["close"], style), {})
            previous = counts.pop(number - 1, None)
            if previous is not None:
                starts |= {tokens.at_offset(previous), tokens.at_offset(start)}
            elif number == 1 and begins:
                starts.add(tokens.at_offset(start))
            elif not begins or (style == "upper letter" and marker["close"] == "."):
                # "w) ... x)" goes on with a list; "J. Smith and K. Jones" are people.
                continue
            counts[number] = start
    return starts


def _numbers(value: str) -> Iterator[tuple[str, int]]:
    """What a marker can count as: "i" is a letter and a Roman figure."""
    if value.isdigit():
        yield "figure", int(value)
        return
    case = "upper" if value.isupper() else "lower"
    if len(value) == 1:
        yield f"{case} letter", ord(value.lower()) - ord("a") + 1
    if value.lower() in _ROMAN:
        yield f"{case} roman", _ROMAN[value.lower()]


def _begins_line_or_sentence(source: str, offset: int) -> bool:
    while offset and source[offset - 1] in " \t":
        offset -= 1
    return not offset or source[offset - 1] in "\n.:;?!"
