"""Proves a finished report against its sources: every excerpt is found again, or the proof fails.

Each given file is matched to the report by its SHA-256, read and de-identified again with the settings
the report holds, and each document's digest is compared; then each excerpt is a slice, byte for byte.
Nothing is searched for and nothing is matched loosely.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from thememiner import resources
from thememiner.deidentifying import Rules, deidentify, mask, rules
from thememiner.embedding import digest
from thememiner.errors import InputError
from thememiner.reading import find, read
from thememiner.records import Report, Source


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved: excerpts in all, those proved, and a line for each thing that failed."""

    excerpts: int
    proved: int
    files: int
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every excerpt was proved and nothing else failed."""
        return not self.failures and self.proved == self.excerpts


def verify(report: Report, sources: Iterable[Any]) -> Verification:
    """Return the proof of `report` against the files, folders and DataFrames given.

    Fails closed: a file the report does not know, a document that reads differently, a reader or
    setting that differs, a source not given, and an excerpt that is not its slice are all failures.
    Raises `InputError` for a path that is not there and a report that does not say how it was made.
    """
    failures: list[str] = []
    if report.provenance.get("reader") != resources.reader_digest():
        failures.append("the reader or the identifier tables are not those the report was made with")
    redact, wall, inputs = _recorded(report)
    excludes = tuple(sorted({glob for given in inputs for glob in given.source.exclude}))
    known: dict[str, list[_Input]] = {}
    for given in inputs:
        known.setdefault(given.sha256, []).append(given)
    texts: dict[tuple[str, str], str] = {}
    files = [found for source in sources for found in find(Source(source, exclude=excludes))]
    for found in files:
        name = mask(found.name, wall).text
        try:
            sha256 = _digest(found.path)
        except OSError:
            failures.append(f"{name} cannot be opened")
            continue
        if sha256 not in known:
            failures.append(f"{name} is not a file of this report (its SHA-256 is in no entry)")
            continue
        for given in known[sha256]:
            reading = read([replace(given.source, path=found.path, exclude=())])
            for document in deidentify(reading.documents, redact=redact, rules=wall):
                texts[document.id, document.sha256] = document.text
    return _prove(report, texts, failures, len(files))


def _digest(path: Any) -> str:
    """SHA-256 of a file, or of a DataFrame's rows as reading gives it."""
    if isinstance(path, (str, Path)):
        return resources.sha256(Path(path))
    return read([Source(path)]).ledger[0].sha256


@dataclass(frozen=True, slots=True)
class _Input:
    """A file of the report: its digest, and the source it was read as."""

    sha256: str
    source: Source


def _recorded(report: Report) -> tuple[bool, Rules, list[_Input]]:
    """Whether the texts were de-identified, by which rules, and the files.

    Raises `InputError` if the report does not say.
    """
    try:
        settings = report.provenance["settings"]
        redact = settings["redact"]
        wall = rules(tuple(settings.get("local_patterns", ())), settings.get("dates", "keep"))
        inputs = [
            _Input(given["sha256"], Source(None, given["kind"], **given["options"]))
            for given in report.provenance["inputs"]
        ]
    except (KeyError, TypeError):
        raise InputError(
            "the report does not say how its files were read (provenance), so it proves nothing."
        ) from None
    return bool(redact), wall, inputs


def _prove(
    report: Report, texts: dict[tuple[str, str], str], failures: list[str], files: int
) -> Verification:
    known: dict[str, str] = {}
    missing: dict[str, int] = {}
    for entry in report.documents:
        text = texts.get((entry.id.partition("~")[0], entry.sha256))
        if text is not None and digest(text) == entry.sha256:
            known[entry.id] = text
        else:
            missing[entry.source] = missing.get(entry.source, 0) + 1
    failures += [
        f"{source}: {n} {'document' if n == 1 else 'documents'} could not be read again as recorded"
        for source, n in sorted(missing.items())
    ]
    proved = 0
    for excerpt in report.evidence:
        text = known.get(excerpt.document_id)
        if text is None:
            failures.append(f"excerpt {excerpt.id}: its document is not proved")
        elif not (
            0 <= excerpt.start < excerpt.end
            and text[excerpt.start : excerpt.end] == excerpt.quote
            and digest(excerpt.quote) == excerpt.sha256
        ):
            failures.append(f"excerpt {excerpt.id}: it is not what stands in its source")
        else:
            proved += 1
    return Verification(len(report.evidence), proved, files, tuple(failures))
