"""The sample review against its gold file: planted themes found, decoys that appear, passages coded.

    python -m thememiner_evaluation.sample_gold [--out DIR]

A planted theme with a code is found when its theme has evidence; one without a code is found when a
discovered theme of eight documents or more has at least a third of its assigned passages out of texts that
were planted with it. A decoy appears when a third of a theme's assigned passages hold its wording.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import thememiner as tm
from thememiner import resources

_SHARE = 1 / 3
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scores:
    """What was planted and found: theme ids missed, decoys that appear, and the recall of coded passages."""

    planted: int
    missed: tuple[str, ...]
    decoys: tuple[str, ...]
    passages: int
    coded: int

    @property
    def recall(self) -> float:
        """The share of planted themes that were found."""
        return 1 - len(self.missed) / self.planted


def score(found: tm.ThemedReview, gold: Gold) -> Scores:
    """Return the scores of a run of the sample review against its gold."""
    texts = {d.id: d.text for d in found.documents}
    members: dict[str, list[str]] = defaultdict(list)
    spans: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for m in found.record.memberships:
        if m.outcome == "assigned":
            document, _, span = m.passage_id.rpartition(":")
            start, end = map(int, span.split("-"))
            members[m.theme_id].append(texts[document][start:end])
            spans[m.theme_id].append((document, start, end))
    planted = _planted(gold)
    homes = _homes(gold, texts)
    themes = {t.id: t for t in found.record.themes}
    missed = [t["id"] for t in gold["themes"] if not _found(t, themes, spans, homes)]
    decoys = [
        d["id"] for d in gold["decoys"] if any(_is_decoy(d["texts"], rows) for rows in members.values())
    ]
    coded = sum(
        any(text[:60] in row or row in text for row in members.get(f"code:assertive-care/{theme}", ()))
        for text, theme in planted
    )
    return Scores(len(gold["themes"]), tuple(missed), tuple(decoys), len(planted), coded)


def groups(record: tm.Report, texts: Mapping[str, str], gold: Gold) -> dict[str, str]:
    """Planted theme without a code -> the id of the group found beside the codebook that is most of it.

    `texts` are the documents', by id. A planted theme of which no group has a third is left out.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for m in record.memberships:
        if m.outcome == "assigned":
            members[m.theme_id].append(m.passage_id.rpartition(":")[0])
    found = {}
    for planted, homes in _homes(gold, texts).items():
        shares = {
            t.id: sum(d in homes for d in members[t.id]) / len(members[t.id])
            for t in record.themes
            if t.origin == "discovered" and members[t.id]
        }
        best = max(shares, key=lambda i: (shares[i], i), default="")
        if best and shares[best] >= _SHARE:
            found[planted] = best
    return found


def _planted(gold: Gold) -> list[tuple[str, str]]:
    """(text, theme) of every planted passage whose theme has a code."""
    coded = {t["id"] for t in gold["themes"] if t["code_id"]}
    return [(p["text"], t) for p in gold["passages"] for t in p["themes"] if t in coded]


def _homes(gold: Gold, texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Theme id -> the documents that hold one of its planted sentences."""
    wanted: dict[str, list[str]] = defaultdict(list)
    uncoded = {t["id"] for t in gold["themes"] if not t["code_id"]}
    for p in gold["passages"]:
        for theme in uncoded & set(p["themes"]):
            wanted[theme].append(p["text"][:50])
    return {
        theme: {d for d, text in texts.items() if any(s in text for s in starts)}
        for theme, starts in wanted.items()
    }


def _found(
    planted: Gold,
    themes: Mapping[str, Any],
    spans: Mapping[str, Sequence[tuple[str, int, int]]],
    homes: Mapping[str, set[str]],
) -> bool:
    if planted["code_id"]:
        return f"code:assertive-care/{planted['code_id']}" in themes
    return any(
        sum(document in homes[planted["id"]] for document, *_ in spans[theme_id])
        >= _SHARE * len(spans[theme_id])
        for theme_id, theme in themes.items()
        if theme.origin == "discovered" and spans[theme_id]
    )


def _is_decoy(wording: Sequence[str], rows: Sequence[str]) -> bool:
    holds = sum(any(words in row or row in words for words in wording) for row in rows)
    return bool(rows) and holds >= _SHARE * len(rows)


def main() -> None:
    """Run the sample review and print its scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    samples = resources.folder("samples")
    gold = json.loads((samples / "gold.json").read_text(encoding="utf-8"))
    found = tm.mine(review=samples / "review.toml")
    with tempfile.TemporaryDirectory() as folder:
        found.save(options.out or folder)
    scores = score(found, gold)
    print(
        f"planted themes found {scores.planted - len(scores.missed)} of {scores.planted}: {scores.recall:.2f}"
    )
    print(f"missed: {', '.join(scores.missed) or 'none'}")
    print(f"decoys that appear: {', '.join(scores.decoys) or 'none'}")
    print(f"planted passages with their code assigned: {scores.coded} of {scores.passages}")
    for theme in found.record.themes:
        print(f"{theme.passages:5} passages {theme.documents:4} documents  {theme.origin:10} {theme.name}")


if __name__ == "__main__":
    main()
