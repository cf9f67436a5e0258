"""Where a passage stands, as its id says."""

from __future__ import annotations

import re

# A passage's id is its document's with start and end, whatever stands between them.
_PASSAGE = re.compile(r"(.+?)[^0-9A-Za-z]+(\d+)[^0-9A-Za-z]+(\d+)")


def span(passage_id: str) -> tuple[str, int, int] | None:
    """Document id, start and end of a passage; None of an id that does not tell."""
    match = _PASSAGE.fullmatch(passage_id)
    return (match[1], int(match[2]), int(match[3])) if match else None
