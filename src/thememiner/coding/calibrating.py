"""Decision values of texts that a coder had not seen → probabilities, and the thresholds to assign by.

Each code's Platt scaling (Platt 1999) and threshold are drawn towards those of all codes together, the more
the fewer texts it has: twenty positives do not settle a curve. A code's own threshold is the one of its best
F1, that of all codes the one of the best F1 over all their assignments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_FEWEST = 8  # texts from which a calibration can be learnt
# How far a code's own slope and offset are expected to stray, as standard deviations.
_SLOPE_SPREAD, _OFFSET_SPREAD = 0.1, 0.3
_NEWTON = 30  # steps, at most
_POSITIVES = 300  # at which a code's own threshold weighs as much as that of all codes
_LOWEST, _HIGHEST = 0.05, 0.9  # of a threshold: beyond them so few texts decide that it is chance


def shared(decisions: Floats, labels: Flags) -> tuple[float, float]:
    """Slope and offset that turn decision values of all codes into probabilities."""
    from sklearn.linear_model import LogisticRegression

    if len(decisions) < _FEWEST or not labels.any() or labels.all():
        return 1.0, 0.0
    platt: Any = LogisticRegression(C=1e6).fit(decisions.reshape(-1, 1), labels.ravel())
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    return (slope, offset) if slope > 0 else (1.0, 0.0)


def by_code(decisions: Floats, labels: Flags) -> tuple[Floats, Floats]:
    """Slope and offset of each code, float64, codes: its own, drawn towards `shared`."""
    slope, offset = shared(decisions, labels)
    pairs = [_drawn(decisions[:, j], labels[:, j], slope, offset) for j in range(labels.shape[1])]
    return np.array([s for s, _ in pairs]), np.array([o for _, o in pairs])


def _drawn(decisions: Floats, labels: Flags, slope: float, offset: float) -> tuple[float, float]:
    """The most likely slope and offset under normal priors around the shared ones, by Newton's method."""
    centre = np.array([slope, offset])
    precision = np.array([(_SLOPE_SPREAD * slope) ** -2, _OFFSET_SPREAD**-2])
    inputs = np.column_stack([decisions, np.ones_like(decisions)])
    found = centre.copy()
    for _ in range(_NEWTON):
        said = probability(inputs @ found)
        gradient = inputs.T @ (said - labels) + precision * (found - centre)
        curve = (inputs * (said * (1 - said))[:, None]).T @ inputs + np.diag(precision)
        step = np.linalg.solve(curve, gradient)
        found -= step
        if np.abs(step).max() < 1e-9:
            break
    return (float(found[0]), float(found[1])) if found[0] > 0 else (slope, offset)


def probability(logits: Floats) -> Floats:
    """The logistic function, without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * logits)))


def thresholds(said: Floats, labels: Flags) -> Floats:
    """The probability from which each code is assigned, float64, codes."""
    if not labels.any():
        return np.full(labels.shape[1], 0.5)
    common = best(said.ravel(), labels.ravel())
    positives = labels.sum(axis=0)
    own = np.array([best(said[:, j], labels[:, j]) if n else common for j, n in enumerate(positives)])
    drawn = (positives * own + _POSITIVES * common) / (positives + _POSITIVES)
    return np.asarray(np.clip(drawn, _LOWEST, _HIGHEST))


def best(said: Floats, labels: Flags) -> float:
    """The probability, between two texts, from which F1 is best."""
    order = np.argsort(-said, kind="stable")
    ranked = said[order]
    hits = np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(said) + 1) + labels.sum())
    f1[:-1][ranked[:-1] == ranked[1:]] = 0  # equal scores are assigned together
    at = int(np.argmax(f1))
    below = ranked[at + 1] if at + 1 < len(ranked) else 0.0
    return float((ranked[at] + below) / 2)
