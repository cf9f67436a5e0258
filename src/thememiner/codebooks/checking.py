"""What is thin or unclear in a codebook, as advice: nothing here makes it unusable.

Two codes overlap where many examples of one are nearer the other: an example's cosine to the mean of its own
code's other examples (it is left out itself) against its cosine to the mean of another code's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from thememiner.records import Code, Codebook
from thememiner.wording import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENOUGH = 8  # examples of a code
# Share of the examples of two codes, or of one of them, that are nearer the other: from there on they
# overlap. No two codes of the shipped codebooks come to that; most codes that are cut in two at random do.
_BOTH, _ONE, _LEAST = 0.2, 0.35, 3
_FAR = 0.1  # of cosine: by how much nearer another code an example must be to be worth a look
_ALIKE = 0.7  # Jaccard over words, from which two texts are nearly the same
_SHORT = 3  # words; texts of fewer are compared whole
_SHOWN = 70  # characters of an example that is quoted

Sort = Literal["thin", "undefined", "repeat", "overlap", "stray"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at: its sort, the code that it is of, and a line that says what and why."""

    sort: Sort
    code: str
    line: str


def check(book: Codebook, encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> list[Advice]:
    """Advice on a codebook, by sort, each in the codebook's order; strays with the furthest first.

    `encode` gives a unit row a text (`embedding.Encoder.encode`); it is called once, with distinct texts, and
    not at all where fewer than two codes have two examples.
    """
    return [*_thin(book), *_undefined(book), *_repeats(book), *_near(book, encode)]


def _thin(book: Codebook) -> Iterator[Advice]:
    for code in book.codes:
        count = len(code.examples)
        if count < ENOUGH:
            miss = "expect it to miss much" if count else "it will hardly be found"
            examples = f"{count} example{'' if count == 1 else 's'}"
            yield Advice("thin", code.id, f"{code.id}: {examples}; with fewer than {ENOUGH} {miss}.")


def _undefined(book: Codebook) -> Iterator[Advice]:
    for code in book.codes:
        if not code.definition.strip():
            yield Advice(
                "undefined", code.id, f"{code.id}: no definition; say in a sentence what it is about."
            )


def _repeats(book: Codebook) -> Iterator[Advice]:
    """Examples of two codes, or of a code and the background, that are the same or nearly."""
    rows = [(code.id, e.text) for code in book.codes for e in code.examples]
    rows += [("background", e.text) for e in book.background]
    words = [tuple(tokens(text)) for _, text in rows]
    sets = [frozenset(w) for w in words]
    homes: dict[str, list[int]] = {}
    for at, (code, text) in enumerate(rows):
        # only rows with a word in common can be alike
        seen = Counter(other for word in sets[at] for other in homes.get(word, ()))
        for other in sorted(seen):
            if rows[other][0] == code:
                continue
            both = len(sets[at] & sets[other]) / len(sets[at] | sets[other])
            short = min(len(sets[at]), len(sets[other])) < _SHORT
            if words[at] == words[other] or (both > _ALIKE and not short):
                same = "the same" if words[at] == words[other] else "nearly the same"
                pair = f"{_quoted(rows[other][1])} and {_quoted(text)}"
                yield Advice(
                    "repeat",
                    rows[other][0],
                    f"{rows[other][0]} and {code}: {pair} are {same}; keep it under one.",
                )
        for word in sets[at]:
            homes.setdefault(word, []).append(at)


def _near(book: Codebook, encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> Iterator[Advice]:
    codes = [code for code in book.codes if len(code.examples) > 1]
    if len(codes) < 2:
        return
    texts = [e.text for code in codes for e in code.examples]
    homes = np.repeat(np.arange(len(codes)), [len(code.examples) for code in codes])
    distinct = sorted(set(texts))
    row = {text: at for at, text in enumerate(distinct)}
    vectors = encode(distinct)[[row[text] for text in texts]].astype(np.float64)
    sums = np.stack([vectors[homes == at].sum(axis=0) for at in range(len(codes))])
    likeness = vectors @ _unit(sums).T
    own = (vectors * _unit(sums[homes] - vectors)).sum(axis=1)
    likeness[np.arange(len(texts)), homes] = -1.0
    rival, margin = likeness.argmax(axis=1), likeness.max(axis=1) - own
    strays = [int(at) for at in np.argsort(-margin, kind="stable") if margin[at] > 0]
    yield from _overlaps(codes, Counter((int(homes[at]), int(rival[at])) for at in strays))
    for at in strays:
        if margin[at] > _FAR:
            here, there = codes[homes[at]].id, codes[rival[at]].id
            yield Advice("stray", here, f"{here}: {_quoted(texts[at])} is nearer to {there}.")


def _overlaps(codes: Sequence[Code], strays: Counter[tuple[int, int]]) -> Iterator[Advice]:
    for here, there in combinations(range(len(codes)), 2):
        one, other = codes[here], codes[there]
        out, back = strays[here, there], strays[there, here]
        n, m = len(one.examples), len(other.examples)
        if max(out, back) >= _LEAST and ((out + back) / (n + m) >= _BOTH or max(out / n, back / m) >= _ONE):
            yield Advice(
                "overlap",
                one.id,
                f"{one.id} and {other.id} overlap: {out} of {n} and {back} of {m} examples are nearer to the "
                "other; say in both what tells them apart, or make them one.",
            )


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float64)


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return f'"{plain}"' if len(plain) <= _SHOWN else f'"{plain[: _SHOWN - 3].rstrip()}..."'
