"""Recommendations that name no code: whether they come to their themes, and others to none.

`sets/recommendations.toml` holds invented ones with their codes: "fit" settled the rule, "check" nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thememiner import codebooks, coding
from thememiner.pipeline import enclosing
from thememiner.records import Recommendation
from thememiner.tomls import Reader, load
from thememiner_evaluation.measuring import Bench, NotMeasured, Reading

_SET = Path(__file__).parents[2] / "sets" / "recommendations.toml"
_BOOK = "assertive-care"


def codes(bench: Bench) -> Iterator[Reading]:
    """Of the check half: texts with a right code, codes that are right, and texts that rightly have none."""
    if not _SET.is_file():
        raise NotMeasured(f"{_SET.parent.name}/{_SET.name} is not there")
    top = Reader(load(_SET), _SET.name)
    book, settings = codebooks.codebook(_BOOK), bench.settings()
    coder = coding.ready(book, bench.encoder, None)
    for half in ("fit", "check"):
        rows = [(row.text("text"), frozenset(row.texts("codes"))) for row in top.tables(half)]
        given = enclosing.Given(tuple(Recommendation(text, half, text) for text, _ in rows))
        found = enclosing.meant(given, book, coder, bench.encoder, settings)
        asked = [(frozenset(found[text]), right) for text, right in rows if right]
        others = [found[text] for text, right in rows if not right]
        placed = [code in right for got, right in asked for code in got]
        hits = [bool(got & right) for got, right in asked]
        yield Reading(f"{half}, with a right code", sum(hits) / len(hits), detail=(("texts", len(hits)),))
        yield Reading(
            f"{half}, codes that are right", sum(placed) / len(placed), detail=(("codes", len(placed)),)
        )
        yield Reading(
            f"{half}, of no code, with none",
            sum(not got for got in others) / len(others),
            detail=(("texts", len(others)),),
        )
