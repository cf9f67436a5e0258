"""A passage's paragraph: what a sentence means often stands in the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from thememiner.records import Passage


def paragraph(passage: Passage, texts: Mapping[str, str]) -> tuple[str, int]:
    """What tells a passage's paragraph from all others: its document, and the blank line before it.

    `texts` are the documents' texts by id.
    """
    return passage.document_id, texts[passage.document_id].rfind("\n\n", 0, passage.start)


def surroundings(passages: Sequence[Passage], texts: Mapping[str, str]) -> dict[str, str]:
    """Each passage, by id, as it stands in its paragraph: with the passage before it and the one after.

    Verbatim, from the start of the first to the end of the last. Of `passages` alone, in any order: what was
    left out is nobody's neighbour, but stands between two that were not.
    """
    found = {}
    order = sorted(passages, key=lambda p: (p.document_id, p.start, p.end))
    for _, together in groupby(order, key=lambda p: paragraph(p, texts)):
        near = list(together)
        for n, passage in enumerate(near):
            first, last = near[max(n - 1, 0)], near[min(n + 1, len(near) - 1)]
            found[passage.id] = texts[passage.document_id][first.start : last.end]
    return found
