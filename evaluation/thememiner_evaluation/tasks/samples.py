"""The sample review shipped with the product, against its gold: planted themes, and decoys."""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import thememiner as tm
from thememiner import embedding, planning, resources, triangulating
from thememiner.records import GAPS
from thememiner.tomls import load
from thememiner_evaluation import findings_gold
from thememiner_evaluation.measuring import Bench, Reading
from thememiner_evaluation.sample_gold import score

_SETS = Path(__file__).parents[2] / "sets"


def planted(bench: Bench) -> Iterator[Reading]:
    """Planted themes found, decoys that appear, and planted passages whose code is assigned."""
    yield from readings(_run(bench))


def findings(bench: Bench) -> Iterator[Reading]:
    """Planted positions, bases and verdicts, the grid, accounts against assurances, demands, and seconds."""
    ends: dict[str, float] = {}
    found, gold = _run(bench, lambda stage, *_: ends.update({stage: time.perf_counter()})), _gold()
    report = found.record
    planning.plan(report, planning.prompts(""))
    seconds = time.perf_counter() - ends["report"]
    rows = findings_gold.compare(report, gold, {d.id: d.text for d in found.documents})
    right = [[a == b for a, b in zip(row.planted, row.found, strict=True)] for row in rows]
    parts = tuple(
        (f"{name} right, of {len(rows)}", float(sum(row[i] for row in right)))
        for i, name in enumerate(("positions", "bases", "verdicts"))
    )
    yield Reading("F1 of positions, bases and verdicts", findings_gold.f1(rows), detail=parts)
    yield Reading("cells of the grid right", findings_gold.grid_right(report, gold))
    yield Reading(
        "account against an assurance shown beside it", float(findings_gold.contradiction_shown(report, gold))
    )
    shown, there = findings_gold.accounts_beside(report)
    yield Reading("accounts against an assurance, shown in each finding", shown / max(there, 1))
    yield Reading(
        "planted demands traced to the findings of their themes", findings_gold.demands_traced(report, gold)
    )
    led = [demand.action_ids and demand.statement for demand in report.requirements]
    yield Reading(
        "demands of the letter that lead to a finding or say that there is none",
        sum(map(bool, led)) / len(led),
    )
    yield Reading("seconds from what is coded and judged to report and plan", seconds)
    yield Reading("sort of gap told, of sentences never seen", _gaps(bench))


def _gaps(bench: Bench) -> float:
    """The share of `evaluation/sets/gaps.toml` whose sort of gap is told; a third would be by chance."""
    told, settings = load(_SETS / "gaps.toml"), bench.settings()
    wanted = [(text, sort) for sort in GAPS for text in told[sort]]
    encode = embedding.encoder(settings.encoder, settings.precision).encode
    found = triangulating.sorts(encode([text for text, _ in wanted]), encode)
    return sum(sort == got for (_, sort), got in zip(wanted, found, strict=True)) / len(wanted)


def _run(bench: Bench, progress: Callable[[str, int, int], None] | None = None) -> tm.ThemedReview:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates that the samples leave out on purpose
        return tm.mine(
            review=resources.folder("samples") / "review.toml", settings=bench.settings(), progress=progress
        )


def _gold() -> findings_gold.Gold:
    gold: findings_gold.Gold = json.loads((resources.folder("samples") / "gold.json").read_text("utf-8"))
    return gold


def readings(found: tm.ThemedReview) -> Iterator[Reading]:
    """The figures of a finished run of the sample review."""
    scores = score(found, _gold())
    yield Reading("planted themes found", scores.recall, detail=(("planted", float(scores.planted)),))
    yield Reading("decoys that appear", len(scores.decoys))
    yield Reading("planted passages coded", scores.coded / scores.passages)
