"""What is said of a theme in one sentence, of nothing but what its passages show; and which code is near
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from thememiner.records import KINDS, Codebook, Passage, Theme
from thememiner.wording import listed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# Cosine of a theme's middle to a code's from which it is called close to it. Chosen on half of a set of
# patients' comments, by respondent: there the code was people's most frequent one for 82 % of such themes,
# on the other half for 79 % (n = 48).
NEAR = 0.7
_WORDS = 3  # keywords in the sentence
_FEW = 0.1  # a kind or voice with less of the passages than this is not told
_KINDS = {
    "incident": "incident reports",
    "policy": "policies",
    "account": "organisations’ accounts",
    "feedback": "what people and families say",
}


def describe(theme: Theme, members: Sequence[Passage], codes: dict[str, str] | None = None) -> str:
    """The sentence: where the theme's passages come from, the words they share, the code it is close to.

    `codes` are names of codes by id. There is no count in it, and no judgement.
    """
    kinds = _most([p.kind for p in members])
    voices = _most([p.voice for p in members if p.voice != "unknown"])
    where = listed([_KINDS[kind] for kind in KINDS if kind in kinds])
    said = f" ({listed(voices)})" if voices else ""
    words = listed([f"“{word}”" for word in theme.keywords[:_WORDS]])
    share = f" that share the {'words' if len(theme.keywords) > 1 else 'word'} {words}" if words else ""
    near = f"; close to the code “{codes[theme.near_code]}”" if codes and theme.near_code else ""
    return f"Passages from {where}{said}{share}{near}." if members else ""


def near_codes(centres: Vectors, book: Codebook, codes: Vectors) -> list[str]:
    """The id of the code that each theme is close to, "" where none is.

    `centres` are the themes' mean vectors, `codes` those of the codes' texts (`texts_of`), in their order.
    """
    if not len(codes) or not len(centres):
        return [""] * len(centres)
    likeness = np.round(centres @ codes.T, 4)
    return [book.codes[int(row.argmax())].id if row.max() >= NEAR else "" for row in likeness]


def texts_of(book: Codebook) -> list[list[str]]:
    """The texts that say what each code is about, and not what it is not."""
    return [
        [text for text in (code.name, code.definition, *(e.text for e in code.examples)) if text]
        for code in book.codes
    ]


def _most(values: Sequence[str]) -> list[str]:
    """The distinct values, most frequent first, without those of a few."""
    counts = Counter(values)
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    return [value for value in ranked if counts[value] >= _FEW * len(values)]
