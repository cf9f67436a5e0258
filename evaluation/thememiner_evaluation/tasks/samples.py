"""The sample review shipped with the product, against its gold: planted themes, and decoys."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator

import thememiner as tm
from thememiner import resources
from thememiner_evaluation.measuring import Bench, Reading
from thememiner_evaluation.sample_gold import score


def planted(bench: Bench) -> Iterator[Reading]:
    """Planted themes found, decoys that appear, and planted passages whose code is assigned."""
    folder = resources.folder("samples")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates that the samples leave out on purpose
        found = tm.mine(review=folder / "review.toml", settings=bench.settings())
    yield from readings(found)


def readings(found: tm.ThemedReview) -> Iterator[Reading]:
    """The figures of a finished run of the sample review."""
    gold = json.loads((resources.folder("samples") / "gold.json").read_text(encoding="utf-8"))
    scores = score(found, gold)
    yield Reading("planted themes found", scores.recall, detail=(("planted", float(scores.planted)),))
    yield Reading("decoys that appear", len(scores.decoys))
    yield Reading("planted passages coded", scores.coded / scores.passages)
