"""What one identifier is: a pattern, a check and the context that makes it certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# How far before a match its cue is looked for, in characters: about six words.
CUE_REACH = 40
# A gap between two fields or two paragraphs: a cue does not work across it.
FENCE = "\x00"
# A digit as it is typed: a zero is often a letter O. Not the O of a word.
DIGIT = r"(?:\d|[Oo](?![a-np-zA-NP-Z]))"
# What a number is called by.
NUMBER = r"(?:numbers?|no\.?s?|num\.?|ids?|identifiers?|refs?\.?|references?|codes?|#)"
# Between a cue and its number: signs, and at most one small word.
TO_VALUE = r"[^a-z0-9]{0,6}(?:(?:is|was|as|of) )?[^a-z0-9]{0,3}$"
# After one number of a cue, the next one of the same list.
_LIST = re.compile(r" ?(?:[,;/&+]|and|or)? ?(?:and |or )?")

Hit = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One sort of identifier.

    A match counts if `check` or `cue` says so; with neither, the shape is enough. `cue` is looked for
    in the `CUE_REACH` characters before the match, `unless` (which vetoes) must end where the match
    starts. A group called `id` narrows what is masked.

    `near` says where the pattern is tried at all, so that most texts cost nothing: anywhere ("text", for
    patterns that begin with a digit), near a digit, near a long number, or near one of these words (in
    lower case); `reach` is how far before and after. `digits` says that none is without a digit.
    """

    kind: str
    pattern: re.Pattern[str]
    near: Literal["text", "digit", "long"] | tuple[str, ...]
    check: Callable[[str], bool] | None = None
    cue: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    reach: tuple[int, int] = (30, 80)
    digits: bool = True

    def find(self, text: str, windows: Iterable[tuple[int, int]]) -> Iterator[Hit]:
        """The hits of this identifier in the windows; the context is read from the whole text."""
        narrow = "id" in self.pattern.groupindex
        last = -1
        for first, end in windows:
            for match in self.pattern.finditer(text, first, end):
                group = "id" if narrow and match["id"] is not None else 0
                if self._certain(text, match.start(), match[group], last):
                    last = match.end(group)
                    yield self.kind, match.start(group), last

    def _certain(self, text: str, start: int, value: str, last: int) -> bool:
        before = text[max(0, start - CUE_REACH) : start]
        before = before[max(before.rfind(FENCE), before.rfind("\n\n")) + 1 :]
        if self.unless is not None and self.unless.search(before):
            return False
        if self.check is None and self.cue is None:
            return True
        if self.check is not None and self.check(value):
            return True
        if self.cue is None:
            return False
        return self.cue.search(before) is not None or (
            0 <= last <= start <= last + 6 and _LIST.fullmatch(text, last, start) is not None
        )


def cue(words: str) -> re.Pattern[str]:
    """A pattern that finds one of `words` (alternatives), in any case, as whole words."""
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)


def squeezed(value: str) -> str:
    """The letters and digits of a value, in capitals."""
    return "".join(character for character in value if character.isalnum()).upper()
