"""Where in a text identifiers are looked for: near digits, near long numbers, near words that cue them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thememiner.deidentifying.identifiers import Identifier

Stretch = tuple[int, int]

_DIGITS = re.compile(r"[0-9]+")
# Groups of digits this near each other may be one number; the shortest long number, with an O or two for 0.
_NEAR, _FEWEST = 4, 4


class Windows:
    """The windows of one text, made when they are asked for and kept."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = _lowered(text)
        self._digits = [match.span() for match in _DIGITS.finditer(text)]
        self._long = _long_numbers(self._digits)
        self.without_digits = not self._digits
        self._made: dict[object, list[Stretch]] = {}

    def of(self, identifier: Identifier) -> list[Stretch]:
        """The stretches in which the identifier's pattern is tried."""
        if identifier.digits and not self._digits:
            return []
        near, reach = identifier.near, identifier.reach
        if near == "text":
            return [(0, len(self._text))]
        key = near, reach, identifier.digits
        made = self._made.get(key)
        if made is None:
            places = (
                self._digits
                if near == "digit"
                else self._long
                if near == "long"
                else self._words(identifier, near)
            )
            made = self._made[key] = _merged(places, *reach, len(self._text))
        return made

    def _words(self, identifier: Identifier, words: Iterable[str]) -> list[Stretch]:
        """Where the words stand, in order; with a digit in reach where there has to be one."""
        found: list[Stretch] = []
        before, after = identifier.reach
        for word in words:
            at = self._lower.find(word)
            while at >= 0:
                end = at + len(word)
                if not identifier.digits or self._has_digit(at - before, end + after):
                    found.append((at, end))
                at = self._lower.find(word, end)
        return sorted(found)

    def _has_digit(self, start: int, end: int) -> bool:
        at = bisect_left(self._digits, (start,))
        return at < len(self._digits) and self._digits[at][0] < end


def _lowered(text: str) -> str:
    """The text in lower case, of the same length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _long_numbers(digits: list[Stretch]) -> list[Stretch]:
    """Groups of digits that stand near each other, with as many digits as a long number has."""
    long: list[Stretch] = []
    start = end = count = -1
    for first, last in digits:
        if count > 0 and first - end <= _NEAR:
            end = last
            count += last - first
            continue
        if count >= _FEWEST:
            long.append((start, end))
        start, end, count = first, last, last - first
    if count >= _FEWEST:
        long.append((start, end))
    return long


def _merged(places: list[Stretch], before: int, after: int, length: int) -> list[Stretch]:
    """The places with what stands before and after them; those that meet are one."""
    windows: list[Stretch] = []
    first = last = -1
    for start, end in places:
        if last >= 0 and start - before <= last:
            last = max(last, end + after)
            continue
        if last >= 0:
            windows.append((first, last))
        first, last = max(0, start - before), end + after
    if last >= 0:
        windows.append((first, min(last, length)))
    return windows
