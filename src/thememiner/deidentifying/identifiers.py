"""What one identifier is: a pattern, a check and the context that makes it certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# How far before a match its cue is looked for, in characters: about six words.
CUE_REACH = 40
# A gap between two fields or two paragraphs: a cue does not work across it.
FENCE = "\x00"

Hit = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One sort of identifier.

    A match counts if `check` or `cue` says so; with neither, the shape is enough. `cue` is looked for
    in the `CUE_REACH` characters before the match, `unless` (which vetoes) must end where the match
    starts. A group called `id` narrows what is masked. `near` says what must be at hand for the pattern
    to be tried at all, so that most texts cost nothing.
    """

    kind: str
    pattern: re.Pattern[str]
    near: Literal["digit", "number", "@", "www"]
    check: Callable[[str], bool] | None = None
    cue: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def find(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """The hits of this identifier in text[start:end]; the context is read from the whole text."""
        narrow = "id" in self.pattern.groupindex
        for match in self.pattern.finditer(text, start, end):
            group = "id" if narrow and match["id"] is not None else 0
            if self._certain(text, match.start(), match[group]):
                yield self.kind, match.start(group), match.end(group)

    def _certain(self, text: str, start: int, value: str) -> bool:
        before = text[max(0, start - CUE_REACH) : start]
        before = before[max(before.rfind(FENCE), before.rfind("\n\n")) + 1 :]
        if self.unless is not None and self.unless.search(before):
            return False
        if self.check is None and self.cue is None:
            return True
        if self.check is not None and self.check(value):
            return True
        return self.cue is not None and self.cue.search(before) is not None


def cue(words: str) -> re.Pattern[str]:
    """A pattern that finds one of `words` (alternatives), in any case, as whole words."""
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)


_DIGITS = re.compile(r"\d+")
# Characters kept before and after a group of digits: a town may stand between street and postcode.
_BEFORE, _AFTER = 24, 48


def windows_around_digits(text: str, *, fewest: int) -> list[tuple[int, int]]:
    """Stretches of `text` around groups of at least `fewest` digits: the only places to look for numbers."""
    windows: list[tuple[int, int]] = []
    start = end = digits = -1
    for match in _DIGITS.finditer(text):
        first, last = match.span()
        if digits > 0 and first - end <= _AFTER:
            end = last
            digits += last - first
            continue
        if digits >= fewest:
            windows.append((max(0, start - _BEFORE), end + _AFTER))
        start, end, digits = first, last, last - first
    if digits >= fewest:
        windows.append((max(0, start - _BEFORE), end + _AFTER))
    return windows


def squeezed(value: str) -> str:
    """The letters and digits of a value, in capitals."""
    return "".join(character for character in value if character.isalnum()).upper()
