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
_ALONE = 0.4  # a single keyword that this share holds is enough, with lesser ones beside it
_BESIDE = 3  # keywords then


def choose(ranked: Ranked, theme: int) -> tuple[str, ...]:
    """The best terms that enough documents hold, no two of one stem, no names of people or places.

    A term is held wherever a word of its stem stands. If one term alone has enough holders, and nearly half
    the theme holds it, the next best that two documents hold stand beside it. None where no two words are
    left.
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
    holding = dict(fit)
    for share in _HOLD_SHARES:
        enough = max(min(_HOLDERS, size), round(share * size))
        distinct = unlike([spelt for spelt, held in fit if held >= enough])
        if len(distinct) == 1 and holding[distinct[0]] >= _ALONE * size:
            distinct = unlike([*distinct, *(spelt for spelt, held in fit if held < enough)])[:_BESIDE]
        if sum(len(term.split()) for term in distinct) >= 2:
            return tuple(distinct[:MOST])
    return ()


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
