"""The texts that a report was made of, as a project holds them, and where a place in one is then.

Programs count a line end of two characters in different ways, and some leave out a byte order mark, so that
every place after it moves: a project's texts have newlines alone, and no mark. What thememiner reads has
neither two characters nor a mark.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from thememiner import outputs
from thememiner.errors import InputError
from thememiner.records import Evidence, Report

_MARK = "\ufeff"


def texts_beside(path: Path, report: Report) -> dict[str, str]:
    """Document id -> its text, from documents.jsonl beside the report at `path`.

    Raises `InputError` when there is none, or when it does not hold exactly the texts that the report
    lists, by their SHA-256.
    """
    kept = path.with_name("documents.jsonl")
    if not kept.is_file():
        raise InputError(
            f"There is no documents.jsonl beside {path}: a project holds the texts, so it cannot be written "
            "without them. Give the report.json in the folder that the run wrote."
        )
    if how := outputs.texts_differ(report, kept):
        raise InputError(
            f"{kept} does not hold the texts that {path.name} lists: {how}. Give both as one run wrote them."
        )
    rows = (json.loads(line) for line in kept.read_text("utf-8").split("\n") if line.strip())
    return {str(row["id"]): row["text"] for row in rows}


def plain(text: str) -> str:
    """A text with a newline for every line end and no byte order mark before it; else as it was."""
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def placed(text: str, start: int, end: int) -> tuple[int, int]:
    """Where in `plain(text)` the code points from `start` to `end` (left out) of `text` stand."""
    if "\r" not in text and not text.startswith(_MARK):
        return start, end
    return len(plain(text[:start])), len(plain(text[:end]))


def check_quotes(report: Report, texts: Mapping[str, str]) -> None:
    """Raise `InputError` when an excerpt of the report is not what stands in its text."""
    wrong = [excerpt.id for excerpt in report.evidence if not _stands(excerpt, texts)]
    if wrong:
        many = "1 quote is" if len(wrong) == 1 else f"{len(wrong):,} quotes are"
        raise InputError(
            f"{many} not what stands in the texts, first {wrong[0]!r}: the report was changed after it was "
            "made. Give it as the run wrote it."
        )


def _stands(excerpt: Evidence, texts: Mapping[str, str]) -> bool:
    text = texts.get(excerpt.document_id)
    return (
        text is not None
        and 0 <= excerpt.start < excerpt.end
        and text[excerpt.start : excerpt.end] == excerpt.quote
        and hashlib.sha256(excerpt.quote.encode("utf-8", "replace")).hexdigest() == excerpt.sha256
    )
