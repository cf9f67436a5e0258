"""What a theme's own passages say of its place: their kinds, and the headings that they answer under.

Each is a likelihood ratio as in naive Bayes, so that its log is added to the log odds of meaning with no
weight to choose. Pseudo-counts in the proportions of all themes keep a few passages from saying much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_DOUBT = 4.0  # pseudo-passages, and pseudo-answers, of each theme


def by_kinds(passages: Floats, takes: Flags) -> Floats:
    """Log odds, themes × sections, from how many passages of each kind a theme has.

    `passages` counts, themes × kinds; `takes` says which kinds a section takes, sections × kinds. Each kind
    weighs alike, however many passages it has: there are always more incidents than policies.
    """
    total = passages.sum(axis=0)
    if not total.sum():
        return np.zeros((len(passages), len(takes)))
    drawn = passages + _DOUBT * total / total.sum()
    share = np.divide(drawn, total, out=np.zeros_like(drawn), where=total > 0)
    mass = (share / share.sum(axis=1, keepdims=True)) @ takes.T.astype(np.float64)
    usual = mass.mean(axis=0)
    ratio = np.divide(mass, usual, out=np.ones_like(mass), where=usual > 0)
    return np.asarray(np.log(np.maximum(ratio, 1e-6)))


def by_position(answers: Floats) -> Floats:
    """Log odds, themes × sections, from how many answers given under each section speak of a theme."""
    usual = answers.sum(axis=0) / max(answers.sum(), 1.0)
    drawn = (answers + _DOUBT * usual) / (answers.sum(axis=1, keepdims=True) + _DOUBT)
    ratio = np.divide(drawn, usual, out=np.ones_like(drawn), where=usual > 0)
    return np.asarray(np.log(ratio))
