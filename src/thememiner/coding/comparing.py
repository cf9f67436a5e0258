"""Does a fine-tuned encoder tell the codes better than the light coder alone? Asked of texts held back.

Each labelled text gets the decision value of a light coder and the logits of an encoder that were both learnt
without it: the encoder is tuned without a fifth of the texts, then, for time, without two fifths twice. The
first fifth decides whether the others are tried at all, all of them whether the encoder is kept. What has to
be picked (how much the encoder counts, calibration, thresholds) is picked on one half of the texts and scored
on the other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from thememiner.coding import calibrating, learning
from thememiner.coding.coder import Compared
from thememiner.coding.learning import Learnt, Task
from thememiner.coding.tuning import Tuning
from thememiner.embedding import digest
from thememiner.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.coding.tuned import Tuned

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

ENOUGH = 300  # labelled texts from which an encoder is tuned
SHARES = (0.15, 0.3, 0.6, 1.2)  # how much its logits count beside the light coder's
LEAST = 0.005  # of F1 and of mean average precision: less is chance, and not worth reading each text twice


def tune(
    given: Task, light: Learnt, texts: Sequence[str], precision: str, progress: Callable[[int, int], None]
) -> tuple[Learnt, Tuned | None, Compared]:
    """What a fine-tuned encoder makes of the labelled `texts`, where it pays, else `light` as it was.

    Returns the calibration, thresholds and figures of both together, what the encoder adds to the light
    decision values, and how the two compared. `progress` is told (steps done, steps in all). Raises
    `InputError` when all texts are of one group.
    """
    from threadpoolctl import threadpool_limits

    own, same = given.folds[given.labelled], given.same[given.labelled]
    labels = given.labels[given.labelled]
    part = (own + 1) // 2  # the first fold, the two after it, the last two
    seen = [np.flatnonzero((part != p) & ~np.isin(same, same[part == p])) for p in range(int(part.max()) + 1)]
    if not all(len(rows) for rows in seen):
        raise InputError(
            "fine-tuning needs texts of several groups, to hold some back, and all that were given are of "
            "one, or are one text: train without it, or give another group column."
        )
    tuning = Tuning(texts, labels, precision)
    learnt = [len(rows) for rows in seen] + [len(texts)]
    told = _Told(progress, sum(map(tuning.steps, learnt)))
    halves = np.array([int(digest(text), 16) % 2 == 0 for text in texts])
    logits = np.zeros(labels.shape)
    for p, rows in enumerate(seen):
        held = part == p
        logits[held] = tuning.learn(rows, told).adds([texts[i] for i in np.flatnonzero(held).tolist()])
        if p == 0:
            found = compare(light.decisions[held], logits[held], labels[held], halves[held])
            if not _pays(found):
                return light, None, found
    found = compare(light.decisions, logits, labels, halves)
    if not _pays(found):
        return light, None, found
    share = _share(light.decisions, logits, labels)
    whole = tuning.learn(np.arange(len(texts)), told)
    added = dataclasses.replace(
        whole, weights=(share * whole.weights).astype(np.float32), bias=share * whole.bias
    )
    with threadpool_limits(1):  # one order of sums, whatever the machine's threads
        both = learning.checked(light.weights, light.decisions + share * logits, labels, own)
    return both, added, found


def compare(light: Floats, logits: Floats, labels: Flags, halves: Flags) -> Compared:
    """How well the codes are told by the light decision values, and by both together: texts × codes each."""
    from threadpoolctl import threadpool_limits

    both = np.empty_like(light)
    with threadpool_limits(1):
        for half in (halves, ~halves):
            both[~half] = light[~half] + _share(light[half], logits[half], labels[half]) * logits[~half]
        return Compared(
            texts=len(labels),
            light_f1=_f1(light, labels, halves),
            tuned_f1=_f1(both, labels, halves),
            light_map=_ranked(light, labels, halves),
            tuned_map=_ranked(both, labels, halves),
        )


def _pays(found: Compared) -> bool:
    better = found.tuned_f1 - found.light_f1, found.tuned_map - found.light_map
    return min(better) >= LEAST


def _share(light: Floats, logits: Floats, labels: Flags) -> float:
    """What the logits are best multiplied by before they are added: by mean average precision."""
    slope = calibrating.shared(light, labels)[0]
    scored = [learning.mean_average_precision(light + share / slope * logits, labels) for share in SHARES]
    return SHARES[int(np.argmax(scored))] / slope


def _f1(decisions: Floats, labels: Flags, halves: Flags) -> float:
    """Micro F1, each half with the calibration and thresholds of the other."""
    found = np.zeros(labels.shape, dtype=bool)
    for half in (halves, ~halves):
        if half.any() and not half.all():
            found[~half] = learning.assigned(decisions[half], labels[half], decisions[~half])
    whole = found.sum() + labels.sum()
    return round(float(2 * (found & labels).sum() / whole), 4) if whole else 0.0


def _ranked(decisions: Floats, labels: Flags, halves: Flags) -> float:
    return round(
        float(np.mean([learning.mean_average_precision(decisions[h], labels[h]) for h in (halves, ~halves)])),
        4,
    )


class _Told:
    """Counts steps for a progress."""

    def __init__(self, progress: Callable[[int, int], None], total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)
