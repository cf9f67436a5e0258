"""Which cells of a table stand after a label that tells of people: "Patient name:" and the name beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from thememiner.reading import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thememiner.reading.known import KnownColumn

_LONGEST_LABEL, _LONGEST_VALUE = 60, 200  # characters; longer ones are texts


def labelled(rows: Iterable[Sequence[str]]) -> list[tuple[KnownColumn, ...]]:
    """For each row (sort, column) of the values that stand after a label.

    A label ends in a colon, or is the first of two cells and not the only one such: a single one heads a
    column. "Patient" alone is none: below "Voice" it says who speaks, and what is beside it is a comment.
    """
    given = list(rows)
    certain = [tuple(_values(row, colon=True)) for row in given]
    pairs = [tuple(_values(row, colon=False)) for row in given]
    if sum(map(bool, pairs)) < 2:
        return certain
    return [a or b for a, b in zip(certain, pairs, strict=True)]


def _values(row: Sequence[str], *, colon: bool) -> Iterable[KnownColumn]:
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    if not colon and len(filled) != 2:
        return
    for label, value in pairwise(filled):
        said = row[label].strip()
        if len(said) > _LONGEST_LABEL or len(row[value]) > _LONGEST_VALUE:
            continue
        if colon != said.endswith(":") or columns.known([row[value]]):
            continue
        for sort, _ in columns.known([said]):
            if sort != "person" or "name" in said.lower():
                yield sort, value
