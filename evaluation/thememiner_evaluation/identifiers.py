"""Structured UK identifiers: how many are masked, and how much that is none is masked as well.

    python -m thememiner_evaluation.identifiers [--size 5000] [--data DIR]

Every sort is made `size` times and typed in many ways; recall counts a value when all of its letters and
digits are masked. As many decoys, over all sorts of them, count when anything in them is masked. Exit
code 1 when a must is missed. With `--data`, two small sets of texts are scored too (development figures).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from thememiner.deidentifying import mask
from thememiner_evaluation.identifier_decoys import DECOYS
from thememiner_evaluation.identifier_terse import TERSE
from thememiner_evaluation.identifier_texts import SORTS, Sort
from thememiner_evaluation.identifier_values import AROUND, Groups, typed

SEED = 20261122
MUST_RECALL, MUST_FALSE = 0.995, 0.02
AIM_RECALL, AIM_FALSE = 1.0, 0.005


@dataclass(frozen=True, slots=True)
class Case:
    """A text with one identifier in it: where it stands, and how it was typed."""

    text: str
    start: int
    end: int
    typing: str


@dataclass(frozen=True, slots=True)
class Score:
    """Of one sort: how many there were, how many counted, how many of those under the right kind."""

    name: str
    size: int
    counted: int
    kind: int = 0

    @property
    def share(self) -> float:
        """The share that counted."""
        return self.counted / self.size


def cases(sort: Sort, size: int, rng: Random) -> Iterator[Case]:
    """That many texts with an identifier of one sort."""
    for _ in range(size):
        groups: Groups = sort.make(rng)
        typing = rng.choice(sort.typings)
        value = typed(rng, groups, sort.gaps, typing)
        around = rng.choice(AROUND) if sort.wrapped else "{}"
        text = rng.choice(sort.texts).replace("{}", around)
        start = text.index("{}")
        yield Case(text.replace("{}", value), start, start + len(value), typing.name)


def recall(sort: Sort, size: int, rng: Random) -> tuple[Score, list[Case]]:
    """The recall of one sort, and the texts in which it was missed."""
    missed: list[Case] = []
    right = 0
    for case in cases(sort, size, rng):
        masked = mask(case.text)
        hidden = {at for start, end in masked.cuts for at in range(start, end)}
        if all(at in hidden for at in range(case.start, case.end) if case.text[at].isalnum()):
            kinds = {
                kind
                for (kind, *_), (start, end) in zip(masked.masks, masked.cuts, strict=True)
                if start < case.end and end > case.start
            }
            right += kinds <= set(sort.kinds)
        else:
            missed.append(case)
    return Score(sort.name, size, size - len(missed), right), missed


def false_masks(size: int, rng: Random) -> tuple[list[Score], list[tuple[str, str]]]:
    """How many decoys of each sort are masked, and the texts."""
    scores: list[Score] = []
    wrong: list[tuple[str, str]] = []
    for name, make in DECOYS.items():
        texts = [make(rng) for _ in range(max(1, size // len(DECOYS)))]
        bad = [(text, masked.text) for text in texts if (masked := mask(text)).masks]
        scores.append(Score(name, len(texts), len(bad)))
        wrong += bad
    return scores, wrong


def wilson(counted: int, size: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    z = 1.959964
    share = counted / size
    middle = share + z * z / (2 * size)
    half = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    whole = 1 + z * z / size
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _line(name: str, score: Score, extra: str = "") -> str:
    low, high = wilson(score.counted, score.size)
    return (
        f"{name:<34} {score.counted:>6} of {score.size:<6} {score.share:.4f} ({low:.4f} to {high:.4f}){extra}"
    )


def measure(size: int, *, show: int = 0) -> bool:
    """Print every figure; True when each must is met."""
    met = True
    print(f"recall, {size} of each sort (must {MUST_RECALL}, aim {AIM_RECALL}); seed {SEED}")
    for sort in (*SORTS, *TERSE):
        score, missed = recall(sort, size, Random(f"{SEED} {sort.name}"))
        print(_line(sort.name, score, f"  right kind {score.kind / size:.4f}"))
        for case in missed[:show]:
            print(f"    missed ({case.typing}): {case.text!r}")
        met &= score.share >= MUST_RECALL
    scores, wrong = false_masks(max(size, 1) * 2, Random(f"{SEED} decoys"))
    print(f"decoys masked (must {MUST_FALSE}, aim {AIM_FALSE})")
    for score in scores:
        print(_line(score.name, score))
        met &= score.share <= MUST_FALSE
    whole = Score("all decoys", sum(s.size for s in scores), sum(s.counted for s in scores))
    print(_line(whole.name, whole))
    for text, masked in wrong[: show * 5]:
        print(f"    masked: {text!r} -> {masked!r}")
    return met and whole.share <= MUST_FALSE


def development(folder: Path) -> None:
    """Print recall over two small sets: identifiers in invented texts, and single values with verdicts."""
    texts = folder / "deidentification" / "uk_nhs_synthetic.jsonl"
    values = folder / "deidentification" / "uk_identifier_unit_values.csv"
    if texts.is_file():
        rows = (json.loads(line) for line in texts.read_text("utf-8").splitlines())
        _print_tally("invented NHS texts, all but people (development)", _spans(rows))
    if values.is_file():
        with values.open(encoding="utf-8", newline="") as stream:
            _print_tally(
                "single values: verdict as expected (development)", _verdicts(csv.DictReader(stream))
            )


def _spans(rows: Iterable[dict[str, object]]) -> Iterator[tuple[str, bool]]:
    for row in rows:
        text, spans = str(row["text"]), row["spans"]
        hidden = {at for start, end in mask(text).cuts for at in range(start, end)}
        assert isinstance(spans, list)
        for span in spans:
            if span["type"] != "PERSON":
                inside = range(span["start"], span["end"])
                yield span["type"], all(at in hidden for at in inside if text[at].isalnum())


def _verdicts(rows: Iterable[dict[str, str]]) -> Iterator[tuple[str, bool]]:
    for row in rows:
        yield row["entity"], len(mask(row["text"]).masks) == int(row["expected_matches"])


def _print_tally(title: str, found: Iterable[tuple[str, bool]]) -> None:
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for name, good in found:
        counts[name][good] += 1
    print(title)
    for name, count in sorted(counts.items()):
        print(f"  {name:<26} {count[True]} of {count.total()}")


def main() -> None:
    """Measure, and exit with 1 when a must is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=5000, help="identifiers of each sort")
    parser.add_argument("--data", type=Path, help="folder of the shared data, for the development figures")
    parser.add_argument("--show", type=int, default=0, help="print this many misses of each sort")
    given = parser.parse_args()
    met = measure(given.size, show=given.show)
    if given.data:
        development(given.data)
    print("every must is met" if met else "a must is MISSED")
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
