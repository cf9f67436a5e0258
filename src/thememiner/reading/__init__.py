"""Files → raw documents, and the ledger of what became of each file. The texts still name people.

reading = read([Source("extract.csv", kind="incident"), Source("returns/", kind="account")])
reading.documents      # one a row, one a file, or one a completed form
reading.ledger         # files found = read + partly read + refused, each with its reason
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from thememiner.reading import repairs, sandbox
from thememiner.reading.finding import Found, find
from thememiner.reading.mapping import Outcome, map_file
from thememiner.reading.sandbox import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thememiner.records import LedgerEntry, RawDocument, Source

__all__ = ["Found", "Limits", "Reading", "find", "original", "read", "read_files"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the documents in the order of their sources' names, and one ledger entry a file."""

    documents: tuple[RawDocument, ...]
    ledger: tuple[LedgerEntry, ...]


def read(
    sources: Iterable[Source],
    progress: Callable[[int, int], None] | None = None,
    *,
    limits: Limits | None = None,
    keep_empty: bool = False,
) -> Reading:
    """Everything the sources lead to, whatever the order they or their files come in.

    Each file is parsed in a process of its own, within `limits`; one that cannot be read is refused in the
    ledger and the run goes on. `progress` is told (files done, files in all); `keep_empty` keeps the rows of
    a table that hold no text. Raises `InputError` for a path
    that is not there, a folder with no files, and a column that a source names and its file has not.
    """
    files = [found for source in sources for found in find(source)]
    return read_files(files, progress, limits=limits, keep_empty=keep_empty)


def read_files(
    files: Iterable[Found],
    progress: Callable[[int, int], None] | None = None,
    *,
    limits: Limits | None = None,
    keep_empty: bool = False,
) -> Reading:
    """As `read`, of files that were found before."""
    files = sorted(files, key=lambda found: (found.name, found.source.kind))
    results: list[Outcome] = []
    with ThreadPoolExecutor(sandbox.workers()) as side_by_side:
        mapped = side_by_side.map(partial(map_file, limits=limits, keep_empty=keep_empty), files)
        for done, outcomes in enumerate(mapped, 1):
            results += outcomes
            if progress:
                progress(done, len(files))
    results.sort(key=lambda result: (result[0].source, result[0].kind, result[0].sha256))
    documents = tuple(document for _, found_documents in results for document in found_documents)
    return Reading(documents, tuple(entry for entry, _ in results))


def original(document: RawDocument, start: int, end: int) -> str:
    """What the parser gave where `document.text[start:end]` stands: the same but for what tidying changed.

    In a PDF a line end is a newline, and one that divides a word by a hyphen is U+FFFE, as PDFium writes it.
    """
    return repairs.before(document.text, document.originals, start, end)
