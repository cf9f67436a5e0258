"""What was masked, by kind, for each file and in total, as a sheet for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from thememiner.redacting.spreadsheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thememiner.records import LedgerEntry

WORDS = "De-identified (pseudonymised), not anonymous: read before sharing."
_STATUS = {"read": "read", "partly_read": "partly read", "refused": "refused, not written"}


def table(files: Sequence[tuple[LedgerEntry, str, Mapping[str, int]]]) -> Sheet:
    """A row a file (its entry, what was written, its masks by kind) and one for all, below the words."""
    kinds = sorted({kind for _, _, masks in files for kind in masks})
    totals = Counter[str]()
    rows = []
    for entry, written, masks in files:
        totals.update(masks)
        counts = [*(masks.get(kind, 0) for kind in kinds), sum(masks.values())]
        rows.append((entry.source, written, _STATUS[entry.status], entry.reason, *map(str, counts)))
    whole = [*(totals[kind] for kind in kinds), sum(totals.values())]
    head = ("File", "Written as", "Status", "Reason", *kinds, "All masks")
    last = ("All files", "", "", "", *map(str, whole))
    types = ("", "", *["tttt" + "n" * len(whole)] * (len(rows) + 1))
    every = ((WORDS,), head, *rows, last)
    return Sheet("Summary", every, tuple(range(1, len(every) + 1)), types)
