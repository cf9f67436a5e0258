"""How near a theme is in meaning to each section of a template, from vectors of their texts.

A section that speaks of everything is near to every theme: so from each likeness the mean of the codebook's
codes to the same text is taken. What is left is turned into the share of such placings that were right, on
templates and codebooks that were placed by hand (evaluation/sets/placing/fit).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.records import Code, Section

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

# The least score of a second section that a theme serves too; its best one it serves whatever the score.
SEVERAL = 0.3
_NEARLY_ALL = 0.95
_SURE = 0.5  # from here on a section is nearer than every other
# By how many codes' worth the mean of few codes is drawn towards none.
_FEW = 2
# Logistic regression of "right" on the lead over the best other section (`python -m
# thememiner_evaluation.tasks.placing`): slope and intercept.
SLOPE, INTERCEPT = 24.8, -0.37


# Between the things that one question asks for.
_BETWEEN = re.compile(r",\s*(?:and\s+|or\s+)?|[;:]\s*|\s+(?:and|or)\s+")


@dataclass(frozen=True, slots=True)
class Near:
    """How sure it is that a theme belongs in a section, 0 to 1, and why, in words."""

    score: float
    reason: str


def theme_texts(code: Code) -> tuple[list[str], list[str]]:
    """The texts that say what a code is about: its name and definition; and its examples."""
    return [text for text in (code.name, code.definition) if text], [e.text for e in code.examples]


def section_texts(section: Section) -> list[tuple[str, int]]:
    """A section's texts, each with the number of the question that it is of: all that it asks (-1) first.

    A question that asks for several things is near to none of them, so each thing stands for itself too.
    """
    asks = [p for p in section.prompts if section.title not in p]
    texts = [(". ".join([section.title, *asks]), -1)]
    texts += [
        (p if section.title in p else f"{section.title}: {p}", n) for n, p in enumerate(section.prompts)
    ]
    texts += [(section.title, -1)] if not section.prompts else []
    for n, text in enumerate(section.prompts) if section.prompts else [(-1, section.title)]:
        parts = [part.strip() for part in _BETWEEN.split(text.rstrip("?. "))]
        texts += [(part, n) for part in parts if part and len(parts) > 1]
    return texts


def theme_vector(said: Vectors, shown: Vectors) -> Vectors:
    """A theme's unit vector: of its name and definition, a row each, and the mean of what shows it."""
    rows = said.astype(np.float64)
    if len(shown):
        rows = np.concatenate([rows, _unit(shown.mean(axis=0, keepdims=True))])
    return np.asarray(_unit(rows.sum(axis=0, keepdims=True))[0], dtype=np.float32)


def by_meaning(
    themes: Vectors, sections: Sequence[Vectors], besides: Floats | None = None
) -> tuple[Floats, Numbers]:
    """The score 0 to 1 of each theme in each section, and which of the section's texts is nearest.

    `themes` are unit rows, themes × dimensions, best those of a whole codebook; `sections` has the unit rows
    of each section's `section_texts`. `besides` are log odds, themes × sections, of what is known besides
    meaning (`priors`). Both results are themes × sections; the first text, all that is asked, is never named.
    """
    likeness = np.zeros((len(themes), len(sections)))
    nearest = np.zeros(likeness.shape, dtype=np.int64)
    for at, views in enumerate(sections):
        cosine = np.round(themes.astype(np.float64) @ views.T.astype(np.float64), 4)
        cosine -= cosine.mean(axis=0) * len(themes) / (len(themes) + _FEW)
        nearest[:, at] = 1 + cosine[:, 1:].argmax(axis=1)
        likeness[:, at] = (cosine[:, 0] + cosine[:, 1:].max(axis=1)) / 2
    odds = SLOPE * likeness + (0.0 if besides is None else besides)
    return 1 / (1 + np.exp(-(odds - _best_other(odds) + INTERCEPT))), nearest


def near(section: Section, score: float, question: int) -> Near:
    """The score with its reason in words; `question` is the number of the nearest, -1 for the title."""
    what = "title" if question < 0 else f"question “{section.prompts[question]}”"
    if score >= _SURE:
        how = f"it is nearest to this section's {what}"
    elif score >= SEVERAL:
        how = f"it is nearly as near to this section's {what} as to another section"
    else:
        how = f"no section is clearly nearest; in this one it is nearest to the {what}"
    right = "nearly all" if score >= _NEARLY_ALL else f"about {max(round(10 * score), 1)} in 10"
    return Near(score, f"no section names its code; by meaning {how} ({right} such placings were right)")


def chosen(nearness: Sequence[Near], there: Sequence[bool]) -> list[int]:
    """The sections that a theme goes to, of those where it has something `there`: the best, and near ones."""
    places = [at for at, is_there in enumerate(there) if is_there]
    best = max(places, key=lambda at: (nearness[at].score, -at), default=-1)
    return [at for at in places if at == best or nearness[at].score >= SEVERAL]


def _best_other(odds: Floats) -> Floats:
    """For each theme and section, the odds of the best other section; 0 where there is no other."""
    if odds.shape[1] < 2:
        return np.zeros(odds.shape)
    order = np.sort(odds, axis=1)
    best, second = order[:, -1:], order[:, -2:-1]
    return np.where(odds == best, second, best)


def _unit(rows: NDArray[np.float64] | Vectors) -> Floats:
    wide = rows.astype(np.float64)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    return np.asarray(wide / np.where(lengths > 0, lengths, 1.0))
