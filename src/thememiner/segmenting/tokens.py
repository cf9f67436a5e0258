"""A paragraph as the tokens of spaCy's English tokeniser, which carry the offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer


# Stops that no space follows, which spaCy leaves inside a token: behind a figure, a bracket, a quotation or
# capitals ("by 1,000.Then", "(late).Then", "in ED.Then"), before a bracket or quotation that closes
# ("late.)Then"), and a question or a cry ("why?Then").
_GLUED_STOP = r"[.?!]+(?=[)\]”]?[A-Z][a-z])"
_GLUED = (
    rf"(?<=[a-z\d%)\]\"”’]){_GLUED_STOP}",
    rf"(?<=[A-Z][A-Z]){_GLUED_STOP}",
    r"(?<=[.?!])[)\]”](?=[A-Z][a-z])",
    # A full-width stop brings its own space, except within a figure.
    r"[。？！]|．(?!\d)",
)
# spaCy takes marks off a word one by one, in the square of the word's length: no word is longer than this.
_LONG_RUN = re.compile(r"(\S{300})")


class Tokens:
    """A paragraph's tokens as plain lists, which are faster to walk than spaCy's own objects."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        tokenise = _tokeniser()
        start = 0
        for part in filter(None, _LONG_RUN.split(source)):
            doc = tokenise(part)
            strings = doc.vocab.strings
            for orth, space in doc.to_array(["ORTH", "SPACY"]).tolist():
                word = strings[orth]
                self.texts.append(word)
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
    from spacy.util import compile_infix_regex

    pipeline: Any = spacy.blank("en")
    tokeniser: Tokenizer = pipeline.tokenizer
    tokeniser.infix_finditer = compile_infix_regex([*pipeline.Defaults.infixes, *_GLUED]).finditer
    return tokeniser
