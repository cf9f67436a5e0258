"""Emerging themes: how often one is called new or growing when nothing has changed, and when it has."""

from __future__ import annotations

import random
from collections.abc import Iterator
from statistics import mean

from thememiner import discovering, steps
from thememiner_evaluation.measuring import Bench, Reading
from thememiner_evaluation.tasks import stability

DRAWS = 2_000
_NEW = 0.3  # share of the documents that are new
_GROWTH = 3.0  # a theme that grows has so many times the share of new documents


def alarms(bench: Bench) -> Iterator[Reading]:
    """The sample review's themes, its documents called new at random: draws with any alarm; themes that grow.

    What grows does so by drawing each of its documents as new with odds `_GROWTH` times those of the rest.
    """
    passages = stability.passages(bench)
    themes, members = steps.discover(passages, bench.encoder, bench.settings(), "passage")
    home = {p.id: p.document_id for p in passages}
    held: dict[str, set[str]] = {theme.id: set() for theme in themes}
    for m in members:
        held[m.theme_id].add(home[m.passage_id])
    groups, documents = list(held.values()), set(home.values())
    false = [any(_called(groups, documents, None, seed)) for seed in range(DRAWS)]
    seen = [
        bool(_called(groups, documents, grown, seed)[grown])
        for grown in range(len(groups))
        for seed in range(50)
    ]
    size = (("themes", float(len(groups))), ("documents", float(len(documents))), ("draws", float(DRAWS)))
    yield Reading("draws with a false alarm", mean(false), detail=size)
    yield Reading("growing themes seen", mean(seen) if seen else None, detail=(("odds", _GROWTH),))


def _called(groups: list[set[str]], documents: set[str], grown: int | None, seed: int) -> list[str]:
    rng = random.Random(seed)
    odds = _NEW / (1 - _NEW)
    more = odds * _GROWTH / (1 + odds * _GROWTH)
    inside = groups[grown] if grown is not None else set()
    fresh = {d for d in sorted(documents) if rng.random() < (more if d in inside else _NEW)}
    return discovering.emerging(groups, documents, documents - fresh)
