"""Weighted ridge regression of many targets on [vector, TF-IDF, 1], whose bias is a weight like the others.

In kernel form up to a few thousand rows (Saunders, Gammerman & Vovk 1998), beyond that by conjugate gradients
on the weights themselves (Hestenes & Stiefel 1952): the same solution, without a matrix of rows × rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]

KERNEL_ROWS = 6_000  # beyond these a kernel takes more time and memory than it saves
_STEPS = 400  # of conjugate gradients, at most
_NEAR = 1e-7  # the share of the first residual at which they end


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What a text is to the coder: `vectors` float64 texts × dimensions, `words` sparse texts × terms."""

    vectors: Floats
    words: Any

    def rows(self, at: Rows) -> Inputs:
        """Some of the texts."""
        return Inputs(self.vectors[at], self.words[at])

    def times(self, weights: Floats) -> Floats:
        """Decision values, texts × targets."""
        size = self.vectors.shape[1]
        found: Floats = self.vectors @ weights[:size] + self.words @ weights[size:-1] + weights[-1]
        return found

    def back(self, values: Floats) -> Floats:
        """The transposed product, (dimensions + terms + 1) × targets."""
        return np.vstack([self.vectors.T @ values, self.words.T @ values, values.sum(axis=0)])


class Fitting:
    """The fits of one set of texts; their `kernel`, float64 texts × texts, is made once, unless too large."""

    def __init__(self, inputs: Inputs, wanted: Floats) -> None:
        self.inputs = inputs
        self.wanted = wanted
        self.kernel: Floats | None = None
        if len(wanted) <= KERNEL_ROWS:
            self.kernel = inputs.vectors @ inputs.vectors.T + (inputs.words @ inputs.words.T).toarray() + 1.0

    def weights(self, trust: Floats, ridge: float) -> Floats:
        """The weights, (dimensions + terms + 1) × targets, the last row the bias.

        They minimise the squared errors, each text's times its `trust` (over 0), plus `ridge` times their own
        squares.
        """
        if self.kernel is None:
            return _descend(self.inputs, self.wanted, trust, ridge)
        return self.inputs.back(_dual(self.kernel.copy(), self.wanted, trust, ridge))

    def held_back(self, held: Rows, seen: Rows, trust: Floats, ridge: float) -> Floats:
        """The decision values of the texts `held` by a fit of those `seen`; `trust` is that of all texts."""
        if not len(seen):  # all texts are of one group, and the codebook has none
            return np.zeros((len(held), self.wanted.shape[1]))
        if self.kernel is None:
            part = _descend(self.inputs.rows(seen), self.wanted[seen], trust[seen], ridge)
            return self.inputs.rows(held).times(part)
        part = _dual(self.kernel[np.ix_(seen, seen)], self.wanted[seen], trust[seen], ridge)
        found: Floats = self.kernel[np.ix_(held, seen)] @ part
        return found


def _dual(kernel: Floats, wanted: Floats, trust: Floats, ridge: float) -> Floats:
    """The weight of each text, texts × targets, from their kernel, which is written over."""
    from scipy.linalg import cho_factor, cho_solve

    kernel.flat[:: len(kernel) + 1] += ridge / trust
    factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, wanted, check_finite=False))


def _descend(inputs: Inputs, wanted: Floats, trust: Floats, ridge: float) -> Floats:
    """By conjugate gradients, all targets side by side, each with its own step."""
    each = trust[:, None]
    residual = inputs.back(each * wanted)
    weights = np.zeros_like(residual)
    direction = residual.copy()
    size = (residual**2).sum(axis=0)
    enough = _NEAR**2 * size
    for _ in range(_STEPS):
        if (size <= enough).all():
            break
        turned = inputs.back(each * inputs.times(direction)) + ridge * direction
        along = (direction * turned).sum(axis=0)
        step = np.divide(size, along, out=np.zeros_like(size), where=along > 0)
        weights += step * direction
        residual -= step * turned
        smaller = (residual**2).sum(axis=0)
        direction = residual + np.divide(smaller, size, out=np.zeros_like(size), where=size > 0) * direction
        size = smaller
    return weights
