"""What `read` wrote of a text besides its words → the document again: headings, voices, where it came from.

A line that `read` wrote holds stretches as JSON, [[label, start, end], ...], of the text beside them. Texts
are written tidied, so that tidying leaves their offsets as they are.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thememiner.records import RawDocument, Span

_FIELDS = ("parts", "sections", "locations", "voices", "asides", "repairs")


def restored(document: RawDocument, cells: Mapping[str, str]) -> RawDocument:
    """The document with the stretches that its cells tell; a cell that is none of ours changes nothing."""
    if not document.text:
        return document
    fields: dict[str, Any] = {}
    source = cells.get("source", "")
    if source and document.reference.startswith(source):  # a file's name (and row) is no id of a record
        fields["own_reference"] = False
    for name in _FIELDS:
        if name in cells and (spans := _spans(cells[name], len(document.text))) is not None:
            fields[name] = spans
    return replace(document, **fields)


def _spans(cell: str, length: int) -> tuple[Span, ...] | None:
    """The stretches of a cell, if all lie in a text of that length; a line without any has none."""
    try:
        rows = json.loads(cell) if cell else []
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list):
        return None
    spans = []
    for row in rows:
        match row:
            case [str(label), start, end]:
                first, last = _offset(start), _offset(end)
            case _:
                return None
        if not 0 <= first < last <= length:
            return None
        spans.append((label, first, last))
    return tuple(spans)


def _offset(value: object) -> int:
    """An offset; numbers of a JSON file come as text."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else -1
