"""What a text is about that asks for something: the codes of a recommendation, or of an item that was rated.

The coder says which codes a sentence may be about, and meaning whether it is about any: to a sentence that is
near to nothing in the codebook the coder gives a code all the same, since it was never shown one. Settled on
the first half of evaluation/sets/recommendations.toml (`thememiner evaluate recommendations`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from thememiner.records import Membership

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# The least cosine to the nearest theme from which a sentence is about anything in the codebook.
NEAR = 0.4


def about(memberships: Iterable[Membership], nearest: Mapping[str, float]) -> tuple[str, ...]:
    """The ids of what a text is about, surest first: all that are assigned, else the surest that is weak.

    `memberships` are of its sentences, `nearest` is each one's cosine to the nearest theme, by passage id. A
    sentence under `NEAR` says nothing.
    """
    said = [m for m in memberships if nearest[m.passage_id] >= NEAR]
    ranked = sorted(said, key=lambda m: (-m.score, m.theme_id))
    assigned = dict.fromkeys(m.theme_id for m in ranked if m.outcome == "assigned")
    return tuple(assigned) or tuple(m.theme_id for m in ranked if m.outcome == "weak")[:1]


def nearest(texts: Vectors, themes: Vectors) -> list[float]:
    """The cosine of each text to the theme that it is nearest to, to 4 decimal places; unit rows of both."""
    cosine = texts.astype("float64") @ themes.T.astype("float64")
    return [round(float(row.max()), 4) for row in cosine]
