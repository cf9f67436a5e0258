"""What recurs: vectors, clusters, who belongs to which theme, how far coders agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from thememiner.records.words import Count, Modality, Outcome, Polarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """float32 vectors, passages × dimensions, unit rows, in the order of `ids`."""

    ids: tuple[str, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """The result of discovery over n rows.

    `labels` int64, n: the theme of each row, -1 unassigned; `strength` float64, n: share of a row's
    neighbour weight inside its theme; `coarse` int64, n: the wider theme; `stability` float64, one a
    theme: how often two members stay together over subsamples, 0 to 1; `resolution` is the one chosen.
    """

    labels: NDArray[np.int64]
    strength: NDArray[np.float64]
    coarse: NDArray[np.int64]
    stability: NDArray[np.float64]
    resolution: float = 1.0
    agreement: float = 0.0


@dataclass(frozen=True, slots=True)
class Membership:
    """That a passage is about a theme: `score` 0 to 1, `outcome`, and its polarity towards the theme."""

    passage_id: str
    theme_id: str
    score: float
    outcome: Outcome
    polarity: Polarity = "neutral"
    modality: Modality = "description"


@dataclass(frozen=True, slots=True)
class Theme:
    """A recurring theme: a code of the codebook with evidence, or one discovered beside it.

    `counts` are (kind, polarity, passages, documents); `organisations` and `voices` are
    (name, passages, documents). For a code `stability` and `cohesion` are None: how often a discovered
    theme's passages are found together again, and how near they are to one another, 0 to 1. `exemplars` are
    (central, diverse or boundary, passage id); `near_code` is the code that a discovered theme is close to,
    `wider` the name of what it is a part of with other themes, where there is such a thing; `emerging` is
    "new" or "growing" against an earlier run.
    """

    id: str
    name: str
    origin: Literal["codebook", "discovered"]
    code_id: str = ""
    definition: str = ""
    keywords: tuple[str, ...] = ()
    passages: Count = 0
    documents: Count = 0
    counts: tuple[tuple[str, str, int, int], ...] = ()
    organisations: tuple[tuple[str, int, int], ...] = ()
    voices: tuple[tuple[str, int, int], ...] = ()
    stability: float | None = None
    status: str = "draft"
    cohesion: float | None = None
    exemplars: tuple[tuple[str, str], ...] = ()
    near_code: str = ""
    wider: str = ""
    emerging: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders of the same units agree on one code: every measure together, so that none stands alone.

    All is of the `units` that at least two coders coded. `both` were given the code by every coder who
    coded them, `neither` by none; `used` and `prevalence` have, for each of `raters`, how many units it
    gave the code and what share (0 to 1) of those it coded. `percent` is 0 to 100; `kappa` (Cohen), `ac1`
    (Gwet) and `alpha` (Krippendorff) are at most 1. `low` and `high` are the ends of 95 % intervals from
    resampling `resampled` documents (or units, when no documents were given). What is not defined is None,
    and `note` says why in words.
    """

    code: str
    raters: tuple[str, ...]
    units: int
    both: int
    neither: int
    used: tuple[int, ...]
    prevalence: tuple[float | None, ...]
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None
    kappa: float | None = None
    kappa_low: float | None = None
    kappa_high: float | None = None
    ac1: float | None = None
    ac1_low: float | None = None
    ac1_high: float | None = None
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None
    resampled: int = 0
    note: str = ""
