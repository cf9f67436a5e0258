"""Proves a finished report against its sources: every excerpt is found again, or the proof fails.

Each given file is matched to the report by its SHA-256, read and de-identified again with the settings
the report holds, and each document's digest is compared; then each excerpt is a slice, byte for byte.
Nothing is searched for and nothing is matched loosely.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thememiner import resources
from thememiner.deidentifying import deidentify
from thememiner.embedding import digest
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


def verify(report: Report, sources: Iterable[str | Path]) -> Verification:
    """Return the proof of `report` against the files and folders given.

    Fails closed: a file the report does not know, a document that reads differently, a reader or
    setting that differs, a source not given, and an excerpt that is not its slice are all failures.
    """
    failures: list[str] = []
    if report.provenance.get("reader") != resources.reader_digest():
        failures.append("the reader or the identifier tables are not those the report was made with")
    redact = bool(report.provenance.get("settings", {}).get("redact", True))
    excludes = sorted(
        {g for given in report.provenance["inputs"] for g in given["options"].get("exclude", [])}
    )
    known: dict[str, list[dict[str, Any]]] = {}
    for given in report.provenance["inputs"]:
        known.setdefault(given["sha256"], []).append(given)
    texts: dict[tuple[str, str], str] = {}
    files = [
        Path(found.path) for source in sources for found in find(Source(source, exclude=tuple(excludes)))
    ]
    for path in files:
        sha256 = resources.sha256(path)
        if sha256 not in known:
            failures.append(f"{path.name} is not a file of this report (its SHA-256 is in no entry)")
            continue
        for given in known[sha256]:
            options: dict[str, Any] = {
                k: tuple(v) if isinstance(v, list) else v for k, v in given["options"].items()
            }
            options.pop("exclude", None)
            for document in deidentify(
                read([Source(path, given["kind"], **options)]).documents, redact=redact
            ):
                texts[document.id, document.sha256] = document.text
    return _prove(report, texts, failures, len(files))


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
        elif text[excerpt.start : excerpt.end] != excerpt.quote or digest(excerpt.quote) != excerpt.sha256:
            failures.append(f"excerpt {excerpt.id}: it is not what stands in its source")
        else:
            proved += 1
    return Verification(len(report.evidence), proved, files, tuple(failures))
