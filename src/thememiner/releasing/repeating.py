"""Whether a text repeats words of one that is withheld: five words in a row are enough to find it again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

RUN = 5
_WORD = re.compile(r"[^\W_]+")

Runs = frozenset[tuple[str, ...]]


def runs(texts: Iterable[str]) -> Runs:
    """Every run of five words in some texts, in small letters, whatever marks stand between them."""
    return frozenset(run for text in texts for run in _runs(text))


def repeats(text: str, known: Runs) -> bool:
    """Whether five words in a row of a text stand among `known`."""
    return any(run in known for run in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
