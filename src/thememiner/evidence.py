"""Picks the quotes for a theme in a section, and refuses any that is not verbatim.

A quote is `document.text[start:end]` and nothing else. Voices are balanced, what speaks against the
rest is always shown, no document gives a second quote before every other has given one, and people's
and families' own words keep their whole paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from thememiner.embedding import digest
from thememiner.errors import VerificationError
from thememiner.records import Document, Evidence, Membership, Passage
from thememiner.wording import tokens

_PARAGRAPH = 2000  # characters: a longer paragraph is quoted by its sentence
_BEST_WORDS = (8, 60)  # quotes this long read best


def pick(
    section_id: str,
    theme_id: str,
    members: Iterable[tuple[Membership, Passage]],
    documents: Mapping[str, Document],
    most: int,
) -> list[Evidence]:
    """Return at most `most` excerpts, people and families first, then by kind and polarity in turn."""
    kinds: dict[tuple[int, str], dict[str, list[Evidence]]] = {}
    for membership, passage in members:
        excerpt = cut(section_id, theme_id, membership, passage, documents[passage.document_id])
        kinds.setdefault((_rank(excerpt), excerpt.kind), {}).setdefault(excerpt.polarity, []).append(excerpt)
    queues = [_in_turn(tones) for _, tones in sorted(kinds.items())]
    picked: dict[str, Evidence] = {}
    said: set[str] = set()
    for row in zip_longest(*queues):
        for excerpt in row:
            if excerpt is None or excerpt.id in picked or len(picked) >= most:
                continue
            words = " ".join(tokens(excerpt.quote))
            if words not in said:
                said.add(words)
                picked[excerpt.id] = excerpt
    return sorted(picked.values(), key=lambda e: (_rank(e), e.kind, e.polarity, _order(e)))


def cut(
    section_id: str, theme_id: str, membership: Membership, passage: Passage, document: Document
) -> Evidence:
    """One excerpt, cut from the document's text; raises `VerificationError` if the passage is not there."""
    if document.text[passage.start : passage.end] != passage.text or passage.document_id != document.id:
        raise VerificationError(f"passage {passage.id} is not in its document: it is not quoted")
    start, end = paragraph(document, passage) if passage.kind == "feedback" else (passage.start, passage.end)
    quote = document.text[start:end]
    return Evidence(
        id=f"{section_id}|{theme_id}|{document.id}:{start}-{end}",
        section_id=section_id,
        theme_id=theme_id,
        document_id=document.id,
        kind=passage.kind,
        voice=passage.voice,
        organisation=passage.organisation,
        polarity=membership.polarity,
        start=start,
        end=end,
        quote=quote,
        sha256=digest(quote),
        modality=membership.modality,
        strength=membership.score,
        location=passage.location or document.locator,
    )


def paragraph(document: Document, passage: Passage) -> tuple[int, int]:
    """The paragraph a passage stands in, without asides; the passage alone where that is too long."""
    start = document.text.rfind("\n\n", 0, passage.start)
    start = 0 if start < 0 else start + 2
    end = document.text.find("\n\n", passage.end)
    end = len(document.text) if end < 0 else end
    # A speaker, a number or a heading is no part of what is said, and ends what was said before.
    start = max([start, *(after for _, _, after in document.asides if after <= passage.start)])
    end = min([end, *(before for _, before, _ in document.asides if before >= passage.end)])
    end = max(passage.end, start + len(document.text[start:end].rstrip()))
    if end - start > _PARAGRAPH or not document.text[start:end].strip():
        return passage.start, passage.end
    return start, end


def _in_turn(tones: Mapping[str, list[Evidence]]) -> list[Evidence]:
    """One kind's excerpts, a polarity at a time, so that what speaks against the rest comes early."""
    queues = [_spread(sorted(group, key=_order)) for _, group in sorted(tones.items(), key=_fewest_last)]
    return [excerpt for row in zip_longest(*queues) for excerpt in row if excerpt is not None]


def _fewest_last(tone: tuple[str, list[Evidence]]) -> tuple[int, str]:
    return -len(tone[1]), tone[0]


def _rank(excerpt: Evidence) -> int:
    return 0 if excerpt.kind == "feedback" else 1


def _order(excerpt: Evidence) -> tuple[bool, bool, float, str]:
    """Of a policy first what it commits to; then what reads well, what is surest, and a fixed order."""
    words = len(excerpt.quote.split())
    described = excerpt.kind == "policy" and excerpt.modality == "description"
    long = words > _BEST_WORDS[1] and excerpt.kind != "feedback"  # people's accounts are never too long
    return (described, words < _BEST_WORDS[0] or long, -round(excerpt.strength, 2), excerpt.sha256)


def _spread(excerpts: list[Evidence]) -> list[Evidence]:
    """One excerpt a document and an organisation before a second of either."""
    seen: dict[str, int] = {}
    turns: list[tuple[int, int]] = []
    for excerpt in excerpts:
        document, organisation = excerpt.document_id, f"organisation {excerpt.organisation}"
        turns.append((seen.get(document, 0), seen.get(organisation, 0) if excerpt.organisation else 0))
        for key in (document, organisation):
            seen[key] = seen.get(key, 0) + 1
    return [e for _, e in sorted(zip(turns, excerpts, strict=True), key=lambda pair: pair[0])]
