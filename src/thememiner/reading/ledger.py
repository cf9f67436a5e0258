"""The ledger as it is written down: what became of each file, and whether texts were de-identified."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.records import LedgerEntry


def ledger_table(ledger: Sequence[LedgerEntry], unredacted: str = "") -> dict[str, Any]:
    """The ledger as a JSON-able mapping: the files, and how many were read, partly read, refused, by format.

    `unredacted` is the reason why texts were not de-identified, "" where they were.
    """
    counts = Counter(entry.status for entry in ledger)
    return {
        "files": [
            {
                "source": e.source,
                "kind": e.kind,
                "status": e.status,
                "reason": e.reason,
                "documents": e.documents,
                "format": e.format,
                "sha256": e.sha256,
                "parser": e.parser,
                "skipped": [list(s) for s in e.skipped],
                "detail": e.detail,
                "inside": e.inside,
                "notes": list(e.notes),
            }
            for e in ledger
        ],
        "found": len(ledger),
        "read": counts["read"],
        "partly_read": counts["partly_read"],
        "refused": counts["refused"],
        "by_format": {
            form or "none": dict(Counter(e.status for e in ledger if e.format == form), found=number)
            for form, number in sorted(Counter(e.format for e in ledger).items())
        },
        "redaction": {"redacted": False, "reason": unredacted} if unredacted else {"redacted": True},
    }
