"""The words shown beside a theme's name: the best that enough of its documents hold, each of another stem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thememiner.labelling.ranking import stem
from thememiner.wording import judging_words

if TYPE_CHECKING:
    from thememiner.labelling.ranking import Ranked

MOST = 8
_HOLDERS = 3  # a keyword stands in at least this many documents (or all, in a smaller theme)
_HOLD_SHARES = (0.2, 0.1, 0.05)  # and in at least this share of the theme's, the first by which there are two
_BESIDE = 3  # keywords where none but the best have enough holders


def choose(ranked: Ranked, theme: int, about: float = 0.0) -> tuple[str, ...]:
    """The best terms that enough documents hold, no two of one stem, no names of people or places.

    A term is held wherever a word of its stem stands. Where fewer than two words have enough holders, the
    next best that two documents hold stand beside them. None where no term is held by the share `about` of
    the documents, or no two words are left.
    """
    rows = ranked.theme == theme
    texts, holders = ranked.texts, ranked.holders(theme)
    proper = texts.names(texts.of(rows))
    size = len(np.unique(ranked.home[rows]))
    fit = [
        (ranked.spelt(term), holders[int(ranked.stems[term])])
        for term, _ in ranked.best(theme)
        if not any(proper[w] or texts.words[w] in judging_words() for w in ranked.numbers(term))
    ]
    fit = [(spelt, held) for spelt, held in fit if held >= min(2, size)]
    best, most = max(fit, key=lambda term: term[1], default=("", 0))
    if most < about * size:
        return ()
    for share in _HOLD_SHARES:
        enough = max(min(_HOLDERS, size), round(share * size))
        distinct = unlike([spelt for spelt, held in fit if held >= enough])
        if sum(len(term.split()) for term in distinct) >= 2:
            return tuple(distinct[:MOST])
    few = unlike([best, *(spelt for spelt, _ in fit)])[:_BESIDE]
    return tuple(few) if sum(len(term.split()) for term in few) >= 2 else ()


def unlike(terms: list[str]) -> list[str]:
    """The terms that bring a stem that none before them had."""
    stems: set[str] = set()
    kept = []
    for term in terms:
        new = {stem(word) for word in term.split()}
        if not new <= stems:
            kept.append(term)
            stems |= new
    return kept
