"""A paragraph as the tokens of spaCy's English tokeniser, which carry the offsets."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer


class Tokens:
    """A paragraph's tokens as plain lists, which are faster to walk than spaCy's own objects."""

    def __init__(self, source: str) -> None:
        doc = _tokeniser()(source)
        columns: list[list[int]] = doc.to_array(["ORTH", "SPACY"]).tolist()
        strings = doc.vocab.strings
        self.source = source
        self.texts: list[str] = [strings[orth] for orth, _ in columns]
        self.starts: list[int] = []
        self.ends: list[int] = []
        start = 0
        for word, (_, space) in zip(self.texts, columns, strict=True):
            self.starts.append(start)
            end = start + len(word)
            self.ends.append(end)
            start = end + space

    def __len__(self) -> int:
        return len(self.texts)

    def glued(self, at: int) -> bool:
        """Whether token `at` follows the one before it with nothing between."""
        return at > 0 and self.starts[at] == self.ends[at - 1] and not self.texts[at - 1].isspace()

    def at_offset(self, offset: int) -> int:
        """The first token that starts at `offset` or later."""
        return bisect_right(self.starts, offset - 1)


@lru_cache(maxsize=1)
def _tokeniser() -> Tokenizer:
    """The tokeniser alone: it needs no weights, and has no longest text."""
    import spacy

    return spacy.blank("en").tokenizer
