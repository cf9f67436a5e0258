"""Words within one slip of the pen of known words: a letter missing, added, wrong, or two changed about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Slips:
    """Known words, arranged so that a word is compared with all of them in a few look-ups."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._whole = set(self._words)
        self._short: dict[str, list[str]] = {}
        for word in self._words:
            for shorter in _shorter(word):
                self._short.setdefault(shorter, []).append(word)
        # One slip leaves the start or the end of a word as it is: by the length of a word that is looked up
        # and that of the part, the starts and ends it may have.
        self._parts: dict[int, dict[int, set[str]]] = {}
        for word in self._words:
            part = max(len(word) // 2 - 1, 1)
            for change in (-1, 0, 1):
                parts = self._parts.setdefault(len(word) + change, {})
                parts.setdefault(part, set()).update((word[:part], word[-part:]))

    def nearest(self, word: str) -> str:
        """The first known word, in order, that is `word` or one slip from it; "" when there is none."""
        if word in self._whole:
            return word
        if not self._may_be_near(word):
            return ""
        near = set(self._short.get(word, ()))
        for shorter in _shorter(word):
            if shorter in self._whole:
                near.add(shorter)
            near.update(known for known in self._short.get(shorter, ()) if one_slip(word, known))
        return min(near, default="")

    def _may_be_near(self, word: str) -> bool:
        return any(
            word[:part] in parts or word[-part:] in parts
            for part, parts in self._parts.get(len(word), {}).items()
        )


def _shorter(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def one_slip(first: str, second: str) -> bool:
    """Whether two words of one length differ in one letter, or in two neighbours changed about."""
    if len(first) != len(second):
        return False
    wrong = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and first[wrong[0]] == second[wrong[1]]
        and first[wrong[1]] == second[wrong[0]]
    )
