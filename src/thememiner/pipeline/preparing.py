"""Sources to a corpus ready for analysis."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from thememiner import frontmatter, gathering, scoping, segmenting
from thememiner.deidentifying import Rules, deidentify, mask, number_repeats, rules
from thememiner.errors import InputError, InputWarning
from thememiner.reading import Limits, read_files
from thememiner.records import Document, LedgerEntry, Passage, Skipped, Source
from thememiner.scoping import Review
from thememiner.settings import Settings

# Told (stage, done, total) as the work goes on.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A corpus ready for analysis: de-identified, in scope, cut into passages, with its ledger."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    ledger: tuple[LedgerEntry, ...]
    inputs: tuple[dict[str, Any], ...]
    skipped: tuple[Skipped, ...]


def walled(review: Review, wall: Rules) -> Review:
    """A review with what is printed of it de-identified: title, question, organisations.

    An organisation has the same words as where a document names it, so that what came and what is owed agree.
    """

    def plain(text: str) -> str:
        return mask(text, wall).text if text else ""

    return replace(
        review,
        title=plain(review.title),
        question=plain(review.question),
        expected=tuple((plain(organisation), what) for organisation, what in review.expected),
        not_applicable=tuple((plain(name), section, why) for name, section, why in review.not_applicable),
    )


def prepare(review: Review, settings: Settings, progress: Progress | None = None) -> Prepared:
    """Read, de-identify, put in canonical order, apply the scope and segment.

    Raises `InputError` when there is nothing to read, or nothing that could be read.
    """
    tell = progress or silent
    wall = rules(settings.local_patterns, settings.dates, settings.recognisers)
    if not review.sources:
        raise InputError("there is nothing to read: give at least one file, folder or DataFrame.")
    documents: list[Document] = []
    ledger: list[LedgerEntry] = []
    inputs: list[dict[str, Any]] = []
    gathered = gathering.gather(review.sources, scoping.tables(review))
    read = []
    for n, (source, files) in enumerate(gathered.files):
        tell("read", n, len(gathered.files))
        reading = read_files(files, limits=Limits(seconds=settings.reading_seconds))
        read.append((source, files, reading.ledger))
        documents += deidentify(reading.documents, redact=settings.redact, rules=wall)
        entries = [_masked(entry, wall) if settings.redact else entry for entry in reading.ledger]
        ledger += entries
        inputs += [_input(entry, source) for entry in entries if not entry.inside]
    gathering.check_columns(read)
    documents = sorted(number_repeats(documents), key=lambda d: d.id)
    if not documents:
        raise InputError(f"no text could be read from what was given. {gathering.refusals(ledger)}")
    inside, skipped = scoping.apply(review.scope, documents)
    if not inside:
        raise InputError("no document is in scope: widen the dates, services, teams or terms under [scope].")
    tell("segment", 0, 1)
    passages, fronts = frontmatter.set_aside(inside, segmenting.segment(inside))
    for note in (
        *gathered.notes,
        gathering.doubtful_dates(ledger),
        *scoping.unheard(ledger, inside),
        *scoping.notes(review, inside),
    ):
        warn(note)
    skipped += gathered.skipped
    skipped += [Skipped("segment", "front matter", len(fronts))] if fronts else []
    skipped += [
        Skipped("read", reason, sum(n for e in ledger for r, n in e.skipped if r == reason))
        for reason in sorted({r for e in ledger for r, _ in e.skipped if not gathering.is_absence(r)})
    ]
    return Prepared(
        documents=tuple(inside),
        passages=tuple(passages),
        ledger=tuple(sorted(ledger, key=lambda e: (e.source, e.kind, e.sha256))),
        inputs=tuple(sorted(inputs, key=lambda i: (i["source"], i["kind"], i["sha256"]))),
        skipped=tuple(skipped),
    )


def _masked(entry: LedgerEntry, wall: Rules) -> LedgerEntry:
    """An entry whose file name and detail have gone through the wall: people name files after people."""
    return replace(
        entry,
        source=mask(entry.source, wall).text,
        detail=mask(entry.detail, wall).text,
        notes=tuple(mask(note, wall).text for note in entry.notes),
    )


def _input(entry: LedgerEntry, source: Source) -> dict[str, Any]:
    """What `verify` needs to read one file again: its digest and the settings it was read with."""
    options = {
        f.name: list(value) if isinstance(value := getattr(source, f.name), tuple) else value
        for f in dataclasses.fields(Source)
        if f.name not in ("path", "kind") and getattr(source, f.name)
    }
    return {"source": entry.source, "kind": entry.kind, "sha256": entry.sha256, "options": options}


def warn(note: str) -> None:
    """Tell what was made of the input, as a Python warning; the command line prints it in a line."""
    if note:
        warnings.warn(note, InputWarning, stacklevel=3)


def silent(stage: str, done: int, total: int) -> None:
    """Say nothing."""
