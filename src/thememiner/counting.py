"""What the report counts: themes by kind, polarity, voice and organisation; documents; outcomes."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from thememiner.records import KINDS, POLARITIES, Document, DocumentEntry, Membership, Passage, Theme
from thememiner.wording import content_words

_SENSITIVE = {
    "suicide and self-harm": r"\b(?:suicid\w*|self[- ]?harm\w*|overdos\w*|took (?:his|her|their) own life)",
    "violence and abuse": r"\b(?:violen\w*|assault\w*|stabb\w*|homicid\w*|abus(?:e|ed|ive)\b|rap(?:e|ed)\b)",
    "death": r"\bdied\b|\bdeaths?\b|\bdeceased\b|\bfatal\w*",
    "restraint and seclusion": r"\brestrain\w*|\bseclu\w*",
}


def count_themes(
    themes: Iterable[Theme], memberships: Sequence[Membership], passages: Sequence[Passage]
) -> tuple[Theme, ...]:
    """Every theme with at least one assigned passage, with its counts, largest first."""
    by_id = {p.id: p for p in passages}
    members: dict[str, list[tuple[Membership, Passage]]] = defaultdict(list)
    for m in memberships:
        if m.outcome == "assigned":
            members[m.theme_id].append((m, by_id[m.passage_id]))
    counted = [_counted(theme, members[theme.id]) for theme in themes if members.get(theme.id)]
    return tuple(sorted(counted, key=lambda t: (-(t.documents or 0), -(t.passages or 0), t.id)))


def _counted(theme: Theme, members: Sequence[tuple[Membership, Passage]]) -> Theme:
    def count(chosen: Sequence[tuple[Membership, Passage]]) -> tuple[int, int]:
        return len(chosen), len({p.document_id for _, p in chosen})

    cells = [
        (kind, tone, *count([(m, p) for m, p in members if (p.kind, m.polarity) == (kind, tone)]))
        for kind in KINDS
        for tone in POLARITIES
    ]
    return replace(
        theme,
        passages=len(members),
        documents=len({p.document_id for _, p in members}),
        counts=tuple(cell for cell in cells if cell[2]),
        organisations=tuple(
            (name, *count([(m, p) for m, p in members if p.organisation == name]))
            for name in sorted({p.organisation for _, p in members})
        ),
        voices=tuple(
            (name, *count([(m, p) for m, p in members if p.voice == name]))
            for name in sorted({p.voice for _, p in members})
        ),
        keywords=theme.keywords or _words([p.text for _, p in members]),
    )


def _words(texts: Sequence[str], most: int = 8) -> tuple[str, ...]:
    counts = Counter(word for text in texts for word in set(content_words(text)))
    return tuple(word for word, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:most])


def count_outcomes(passages: Sequence[Passage], memberships: Sequence[Membership]) -> dict[str, int]:
    """How many passages there are, and how many are assigned, weak (at best) and unassigned."""
    assigned = {m.passage_id for m in memberships if m.outcome == "assigned"}
    weak = {m.passage_id for m in memberships if m.outcome == "weak"} - assigned
    total = len(passages)
    return {
        "total": total,
        "assigned": len(assigned),
        "weak": len(weak),
        "unassigned": total - len(assigned) - len(weak),
    }


def list_documents(documents: Sequence[Document], passages: Sequence[Passage]) -> tuple[DocumentEntry, ...]:
    """The documents as the report lists them, without their texts."""
    count = Counter(p.document_id for p in passages)
    own = {f.name for f in dataclasses.fields(Document)}
    names = [f.name for f in dataclasses.fields(DocumentEntry) if f.name in own and f.name != "masks"]
    return tuple(
        DocumentEntry(**{name: getattr(d, name) for name in names}, masks=len(d.masks), passages=count[d.id])
        for d in documents
    )


def content_note(documents: Sequence[Document]) -> str:
    """What a reader should know before reading on, or ""."""
    held = [
        name
        for name, pattern in _SENSITIVE.items()
        if any(re.search(pattern, d.text, re.IGNORECASE) for d in documents if d.kind != "policy")
    ]
    if not held:
        return ""
    # A comma before the last too: some of the names hold an "and" of their own.
    listed = held[0] if len(held) == 1 else f"{', '.join(held[:-1])}, and {held[-1]}"
    return (
        f"This report holds people's accounts of {listed}. Take the time and the support you need to read it."
    )
