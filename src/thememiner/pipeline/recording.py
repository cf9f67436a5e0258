"""What the report keeps of a run: how it was made, and what was left out of the counts."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner import counting, imprints, resources
from thememiner.deidentifying import mask
from thememiner.pipeline.beside import MOST
from thememiner.pipeline.preparing import Prepared
from thememiner.records import (
    Codebook,
    Document,
    DocumentEntry,
    Link,
    Mark,
    Passage,
    Report,
    Skipped,
    Template,
    Theme,
)
from thememiner.scoping import Review
from thememiner.settings import Settings

if TYPE_CHECKING:
    from thememiner.coding import Coder
    from thememiner.embedding import Encoder


def unmarked(passages: Iterable[Passage], marks: Iterable[Mark]) -> list[Passage]:
    """The passages that are not set aside, in order."""
    out = {m.passage_id for m in marks if m.aside}
    return [p for p in passages if p.id not in out]


def marked(marks: Sequence[Mark], passages: Sequence[Passage]) -> list[Skipped]:
    """What is set aside before counting, by reason."""
    kinds = {p.id: p.kind for p in passages}
    reasons = Counter(
        "wording repeated across documents (passages)"
        if m.sort == "boilerplate"
        else "the same incident reported again (passages)"
        if kinds[m.passage_id] == "incident"
        else "in another version or copy of the same document (passages)"
        for m in marks
        if m.aside
    )
    return [Skipped("link", reason, n) for reason, n in sorted(reasons.items())]


def told(marks: Sequence[Mark]) -> dict[str, int]:
    """How many passages that count are shared wording, or only in a superseded version, where any are."""
    return dict(sorted(Counter(str(m.sort) for m in marks if not m.aside).items()))


def unread(foreign: Sequence[Passage]) -> list[Skipped]:
    """What is for a person to read."""
    reason = "not in English: not coded, for a person to read (passages)"
    return [Skipped("code", reason, len(foreign))] if foreign else []


def unshown(found: Sequence[Theme]) -> list[Skipped]:
    """How many themes beside the codebook are more than are shown."""
    more = len(found) - MOST
    return [Skipped("discover", "smaller themes beside the codebook, not shown", more)] if more > 0 else []


def documents(
    documents: Sequence[Document], passages: Sequence[Passage], links: Sequence[Link], on: str
) -> tuple[DocumentEntry, ...]:
    """The documents as the report lists them; a superseded one names the newer, a policy its version.

    `on` is the day that the review speaks of, "" where it is not known.
    """
    newer = {link.document_id: link.of for link in links if link.sort == "superseded"}
    told = {d.id: imprints.imprint(d) for d in documents}
    return tuple(
        replace(
            entry,
            superseded_by=newer.get(entry.id, ""),
            version=told[entry.id].version,
            review_date=told[entry.id].review_date,
            expired=imprints.expired(told[entry.id].review_date, on),
        )
        for entry in counting.list_documents(documents, passages)
    )


def provenance(
    settings: Settings,
    review: Review,
    corpus: Prepared,
    book: Codebook,
    layout: Template,
    encoder: Encoder,
    taught: Coder | None,
) -> dict[str, Any]:
    """What a report says of how it was made: versions, settings, digests."""
    return {
        "thememiner": metadata.version("thememiner"),
        "settings": dataclasses.asdict(settings)
        | {"codebook": Path(settings.codebook).name, "template": Path(settings.template).name}
        | ({"coder": Path(settings.coder).name} if settings.coder else {})
        | ({"glossary": Path(settings.glossary).name} if settings.glossary else {}),
        "scope": {k: v for k, v in dataclasses.asdict(review.scope).items() if v},
        **({"date": review.day} if review.day else {}),
        **({"changes": _changes(review)} if review.changes else {}),
        "encoder": {"name": encoder.name, "sha256": encoder.digest, "precision": encoder.precision},
        "codebook": {"id": book.id, "version": book.version, "sha256": _digest(book)},
        **({"coder": {"labelled": taught.origin.labelled, "sha256": taught.sha256}} if taught else {}),
        "template": {
            "id": layout.id,
            "version": layout.version,
            "official": layout.official,
            "note": layout.note,
        },
        "inputs": list(corpus.inputs),
        "reader": resources.reader_digest(),
        "seed": settings.seed,
        "method": "codebook (framework) analysis",
    }


def _digest(book: Codebook) -> str:
    """SHA-256 of all that a codebook says: a chart over time must not join what two wordings of it coded."""
    said = json.dumps(dataclasses.asdict(book), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _changes(review: Review) -> list[dict[str, Any]]:
    """The review's changes in reporting, their notes through the wall."""
    return [dataclasses.asdict(replace(change, note=mask(change.note).text)) for change in review.changes]


def compared(since: Report | None) -> dict[str, Any]:
    """Which earlier report themes were compared with, if any."""
    if since is None:
        return {}
    return {"since": {"title": since.title, "documents": len(since.documents)}}
