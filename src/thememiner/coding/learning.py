"""A codebook and labelled texts → a trained coder.

The same ridge as without labels (`training`), over both. How strong it is and how much the codebook's own
texts are trusted beside the labelled ones is chosen by average precision on texts held back; on those the
codes are calibrated too, get their thresholds, and are reported. What is held back is held back with its
group (who wrote it), and with every other text in the same words.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from thememiner.coding import calibrating, lexical
from thememiner.coding.coder import Figures
from thememiner.coding.labelled import Labelled
from thememiner.coding.ridge import Fitting, Inputs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Rows = NDArray[np.int64]

RIDGES, TRUSTS = (2.0, 4.0, 8.0), (1.0, 0.3)
_TRIED = len(RIDGES) * len(TRUSTS)
ENOUGH = 50  # labelled texts from which thresholds and calibrations are the labels' own
_FOLDS = 5
_CHOOSING = 1_500  # labelled texts that the choice is made on; those of the lowest SHA-256
_SEEN = 3  # labelled texts that a feature must stand in: a rarer one may be a name that was not masked
_MOST_FEATURES = 100_000
_FEWEST = 3  # positives of a code that has a say in the choice
_WEAK = 0.5  # of a code's threshold: where "weak" begins


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What labelled texts teach: `weights` as `ridge.fit`, then per code calibration and thresholds.

    `assigned` and `weak` are NaN where the run's own thresholds apply; all four are where texts are too few.
    `decisions` are the decision values of the labelled texts held back, labelled texts × codes.
    """

    weights: Floats
    slope: Floats
    offset: Floats
    assigned: Floats
    weak: Floats
    figures: tuple[Figures, ...] = ()
    decisions: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def taught(self, more: Learnt, told: Flags) -> Learnt:
        """The same with what labelled texts teach of the codes `told`; figures of the others are all 0."""
        weights = self.weights.copy()
        weights[:, told] = more.weights
        each = {}
        for name in ("slope", "offset", "assigned", "weak"):
            values = getattr(self, name).copy()
            known = ~np.isnan(getattr(more, name))
            values[np.flatnonzero(told)[known]] = getattr(more, name)[known]
            each[name] = values
        own = iter(more.figures)
        figures = tuple(next(own) if t else Figures(0, 0.0, 0.0, 0.0) for t in told) if more.figures else ()
        return Learnt(weights, **each, figures=figures)


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """All texts, the codebook's own first, with their labels; `folds` are -1 for the codebook's own.

    `same` numbers texts in the same words.
    """

    inputs: Inputs
    labels: Flags
    folds: Rows
    same: Rows

    @property
    def labelled(self) -> Flags:
        """Which texts are labelled ones."""
        return np.asarray(self.folds >= 0)

    def some(self, rows: Rows) -> Task:
        """The task of some of the texts."""
        return Task(self.inputs.rows(rows), self.labels[rows], self.folds[rows], self.same[rows])


def features(book: Sequence[str], labelled: Sequence[str]) -> tuple[Rows, Floats]:
    """The features to learn from, sorted, and their inverse frequencies: all of the codebook's, and those
    that stand in three labelled texts or more. Without labelled texts they are words alone: of the few texts
    of a codebook, letters teach as much by chance as by sense.
    """
    numbers, held = lexical.known([*book, *labelled])
    if not labelled:
        held = held[: len(lexical.of_words(numbers))]
        return lexical.of_words(numbers), lexical.inverse(held, len(book))
    own = np.isin(numbers, lexical.known(book)[0])
    seen = np.zeros(len(numbers), dtype=np.int64)
    theirs, each = lexical.known(labelled)
    seen[np.searchsorted(numbers, theirs)] = each
    kept = np.flatnonzero(own | (seen >= _SEEN))
    kept = np.sort(kept[np.lexsort((kept, -seen[kept]))][:_MOST_FEATURES])
    return numbers[kept], lexical.inverse(held[kept], len(book) + len(labelled))


def folds(labelled: Labelled) -> Rows:
    """The fold of each labelled text: groups by their SHA-256, each to the fold with the fewest texts."""
    groups = labelled.groups or tuple(_plain(text) for text in labelled.texts)
    sizes = Counter(groups)
    number = min(_FOLDS, len(sizes))
    held = [0] * number
    fold = {}
    for group in sorted(sizes, key=lambda g: (-sizes[g], _digest(g))):
        fold[group] = min(range(number), key=lambda k: (held[k], k))
        held[fold[group]] += sizes[group]
    return np.array([fold[group] for group in groups], dtype=np.int64)


def task(inputs: Inputs, labels: Flags, texts: Sequence[str], labelled: Labelled) -> Task:
    """The task of all `texts`, of which the last are the labelled ones."""
    numbers: dict[str, int] = {}
    same = [numbers.setdefault(_plain(text), len(numbers)) for text in texts]
    own = np.full(len(texts) - len(labelled.texts), -1, dtype=np.int64)
    return Task(inputs, labels, np.concatenate([own, folds(labelled)]), np.array(same, dtype=np.int64))


def learn(given: Task, texts: Sequence[str], progress: Callable[[int, int], None]) -> Learnt:
    """Fit, calibrate and check; `texts` are only for the order by SHA-256. Codes without any text get 0."""
    ridge, trust = _chosen(given, texts, progress)
    fitting = Fitting(given.inputs, given.labels.astype(np.float64))
    progress(_TRIED, _TRIED + 2)
    decisions = held_back(fitting, given, ridge, trust)
    progress(_TRIED + 1, _TRIED + 2)
    weights = fitting.weights(_each(given, trust), ridge)
    return checked(weights, decisions, given.labels[given.labelled], given.folds[given.labelled])


def checked(weights: Floats, decisions: Floats, labels: Flags, own: Rows) -> Learnt:
    """What decision values of texts held back, of folds `own`, give: calibration, thresholds and figures."""
    if len(labels) < ENOUGH:
        none = np.full(labels.shape[1], np.nan)
        return Learnt(weights, none, none, none, none, decisions=decisions)
    slope, offset = calibrating.by_code(decisions, labels)
    said = calibrating.probability(slope * decisions + offset)
    bars = np.round(calibrating.thresholds(said, labels), 4)
    found = np.zeros(labels.shape, dtype=bool)
    for fold in range(int(own.max()) + 1):  # each with the calibration and thresholds of the others
        held = own == fold
        found[held] = assigned(decisions[~held], labels[~held], decisions[held])
    told = figures(found, labels)
    return Learnt(weights, slope, offset, bars, np.round(_WEAK * bars, 4), told, decisions)


def assigned(known: Floats, labels: Flags, asked: Floats) -> Flags:
    """What is assigned, of decision values `asked`, with the calibration and thresholds of those `known`."""
    slope, offset = calibrating.by_code(known, labels)
    bars = calibrating.thresholds(calibrating.probability(slope * known + offset), labels)
    return np.asarray(calibrating.probability(slope * asked + offset) >= bars)


def held_back(fitting: Fitting, given: Task, ridge: float, trust: float) -> Floats:
    """The decision values of the labelled texts, each by a fit without its fold; labelled texts × codes."""
    decisions = np.zeros((int(given.labelled.sum()), given.labels.shape[1]))
    own = given.folds[given.labelled]
    for fold in range(int(given.folds.max()) + 1):
        held = given.folds == fold
        seen = ~held & ~np.isin(given.same, given.same[held])
        rows = np.flatnonzero(held), np.flatnonzero(seen)
        decisions[own == fold] = fitting.held_back(*rows, _each(given, trust), ridge)
    return decisions


def figures(found: Flags, labels: Flags) -> tuple[Figures, ...]:
    """Each code's positives, precision, recall and F1."""
    return tuple(
        Figures(
            texts=int(wanted.sum()),
            precision=_share((got & wanted).sum(), got.sum()),
            recall=_share((got & wanted).sum(), wanted.sum()),
            f1=_share(2 * (got & wanted).sum(), got.sum() + wanted.sum()),
        )
        for got, wanted in zip(found.T, labels.T, strict=True)
    )


def _chosen(given: Task, texts: Sequence[str], progress: Callable[[int, int], None]) -> tuple[float, float]:
    """The ridge and trust under which texts held back are ranked best."""
    own = np.flatnonzero(~given.labelled)
    rows = sorted(np.flatnonzero(given.labelled).tolist(), key=lambda i: (_digest(texts[i]), i))[:_CHOOSING]
    part = given.some(np.array([*own, *sorted(rows)], dtype=np.int64))
    labels = part.labels[part.labelled]
    tried = list(product(RIDGES, TRUSTS if len(own) else TRUSTS[:1]))
    if not _ranked(labels).any():
        return RIDGES[1], TRUSTS[0]
    fitting = Fitting(part.inputs, part.labels.astype(np.float64))
    scored = []
    for done, (ridge, trust) in enumerate(tried):
        progress(done, _TRIED + 2)
        said = held_back(fitting, part, ridge, trust)
        scored.append(mean_average_precision(said, labels))
    return tried[int(np.argmax(scored))]


def mean_average_precision(decisions: Floats, labels: Flags) -> float:
    """The mean over codes of three positives or more; 0 where there is none."""
    from sklearn.metrics import average_precision_score

    codes = np.flatnonzero(_ranked(labels))
    each = [average_precision_score(labels[:, j], decisions[:, j]) for j in codes]
    return float(np.mean(each)) if each else 0.0


def _ranked(labels: Flags) -> Flags:
    """The codes that have a say in how well texts are ranked."""
    return np.asarray((labels.sum(axis=0) >= _FEWEST) & ~labels.all(axis=0))


def _each(given: Task, trust: float) -> Floats:
    """How much each text is trusted."""
    return np.where(given.labelled, 1.0, trust)


def _share(part: int, whole: int) -> float:
    return round(float(part / whole), 4) if whole else 0.0


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
