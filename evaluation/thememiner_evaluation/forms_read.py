"""Whether completed forms are read whole, and ordinary papers left alone, over layouts made from a seed.

    python -m thememiner_evaluation.forms_read [--seed N] [--each N] [--misses]

Answers must come back verbatim under their own organisation, blanks be listed, and no words of the form's own
stand in a text; a paper given as an account must keep all its words. `--misses` shows what did not.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from thememiner.reading import read
from thememiner.reading.tidying import line
from thememiner.records import Source
from thememiner_evaluation.forms_layouts import LAYOUTS
from thememiner_evaluation.forms_made import Made, Words
from thememiner_evaluation.forms_papers import PAPERS

_BULLET = re.compile(r"^• ")


@dataclass(slots=True)
class Score:
    """What came back of a layout's files: (found, of how many), and what went wrong, in words."""

    answers: tuple[int, int] = (0, 0)
    blanks: tuple[int, int] = (0, 0)
    listed: int = 0  # blanks listed that are none
    leaked: int = 0
    kept: tuple[int, int] = (0, 0)
    misses: list[str] = field(default_factory=list)


def main() -> None:
    """Make, read, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=5, help="files of each layout")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    scores = measure(options.seed, options.each)
    for name, score in scores.items():
        print(f"{name:28} {_shown(score)}")
        for miss in score.misses if options.misses else ():
            print(f"    {miss}")
    print(f"{'all':28} {_shown(total(scores.values()))}")


def measure(seed: int, each: int) -> dict[str, Score]:
    """Layout -> what came back of so many files of it."""
    makers: dict[str, Callable[[Words], bytes]] = {**LAYOUTS, **PAPERS}
    files: dict[str, Made] = {}
    for name, make in makers.items():
        for number in range(each):
            words = Words(random.Random(f"{seed} {name} {number}"), Made(f"{number}-{name}"))
            words.made.data = make(words)
            files[words.made.name] = words.made
    scores = {name: Score() for name in makers}
    with tempfile.TemporaryDirectory() as folder:
        for made in files.values():
            (Path(folder) / made.name).write_bytes(made.data)
        documents = read([Source(folder, kind="account")]).documents
    for name, made in files.items():
        mine = [document for document in documents if document.source.endswith(f"/{name}")]
        texts = [(document.organisation, _lines(document.text)) for document in mine]
        score = scores[name.partition("-")[2]]
        _kept(score, made, [lines for _, lines in texts])
        if not made.kept:
            _answers(score, made, texts)
            _blanks(score, made, {(d.organisation, question) for d in mine for _, question in d.blanks})
    return scores


def total(scores: Iterable[Score]) -> Score:
    """All scores as one."""
    found = Score()
    for score in scores:
        for name in ("answers", "blanks", "kept"):
            one, other = getattr(found, name), getattr(score, name)
            setattr(found, name, (one[0] + other[0], one[1] + other[1]))
        found.listed += score.listed
        found.leaked += score.leaked
    return found


def _lines(text: str) -> list[str]:
    return [_BULLET.sub("", line(part)) for part in text.split("\n") if part.strip()]


def _answers(score: Score, made: Made, texts: list[tuple[str, list[str]]]) -> None:
    found = 0
    for body, answer in made.answers:
        whole = all(any(part in lines for own, lines in texts if own == body) for part in _lines(answer))
        found += whole
        if not whole:
            score.misses.append(f"lost: {answer}")
    score.answers = (score.answers[0] + found, score.answers[1] + len(made.answers))
    for own in made.own:
        leaks = sum(line(own) in part for _, lines in texts for part in lines)
        score.leaked += leaks
        if leaks:
            score.misses.append(f"leaked: {own}")


def _blanks(score: Score, made: Made, listed: set[tuple[str, str]]) -> None:
    plain = {(body, line(question)) for body, question in made.blanks}
    score.blanks = (score.blanks[0] + len(plain & listed), score.blanks[1] + len(plain))
    score.listed += len(listed - plain)
    score.misses += [f"not listed: {question}" for _, question in sorted(plain - listed)]
    score.misses += [f"listed, but answered: {question}" for _, question in sorted(listed - plain)]


def _kept(score: Score, made: Made, texts: list[list[str]]) -> None:
    lines = {part for lines in texts for part in lines}
    lost = [text for text in made.kept if not all(part in lines for part in _lines(text))]
    score.kept = (score.kept[0] + len(made.kept) - len(lost), score.kept[1] + len(made.kept))
    score.misses += [f"not kept: {text}" for text in lost]


def _shown(score: Score) -> str:
    if score.kept[1] and not score.answers[1]:
        return f"kept {score.kept[0]} of {score.kept[1]}"
    shown = (
        f"answers {score.answers[0]} of {score.answers[1]}, blanks {score.blanks[0]} of {score.blanks[1]} "
        f"(listed wrongly {score.listed}), leaked {score.leaked}"
    )
    return f"{shown}, kept {score.kept[0]} of {score.kept[1]}" if score.kept[1] else shown


if __name__ == "__main__":
    main()
