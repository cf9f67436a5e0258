"""What linking says of each passage: marks, never cuts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from thememiner.linking.boilerplate import boilerplate
from thememiner.linking.relating import relate
from thememiner.records import KINDS, Document, Link, Mark, Passage
from thememiner.wording import tokens

_SHARED_WORDS = 5  # a shorter passage, such as a heading, is in two documents by chance


def link(
    documents: Iterable[Document], passages: Iterable[Passage], links: Sequence[Link] | None = None
) -> list[Mark]:
    """Return at most one mark a passage, in their order: boilerplate, repeat, superseded or shared.

    `links` are what `relate` gave for these documents, when it is already known. Comments are never
    boilerplate: two people who use the same words are two voices.
    """
    passages = list(passages)
    of = {found.document_id: found for found in (relate(documents) if links is None else links)}
    copied = _boilerplate(passages, of)
    first = _first_passages(passages, {found.of for found in of.values()})
    marks = [_mark(p, of.get(p.document_id), first, copied) for p in passages]
    return [mark for mark in marks if mark]


def _mark(
    passage: Passage, found: Link | None, first: Mapping[tuple[str, str], str], copied: set[str]
) -> Mark | None:
    twin = first.get((found.of, _key(passage.text)), "") if found else ""
    if found and found.sort == "repeat":
        return Mark(passage.id, "repeat", twin)
    if passage.id in copied:
        return Mark(passage.id, "boilerplate")
    if found and found.sort == "superseded":
        return Mark(passage.id, "repeat" if twin else "superseded", twin)
    if twin and len(tokens(passage.text)) >= _SHARED_WORDS:
        return Mark(passage.id, "shared", twin)
    return None


def _first_passages(passages: Sequence[Passage], originals: set[str]) -> dict[tuple[str, str], str]:
    """(document, words) -> the first passage there with these words."""
    first: dict[tuple[str, str], Passage] = {}
    for p in passages:
        if p.document_id in originals:
            key = p.document_id, _key(p.text)
            first[key] = min(first.get(key, p), p, key=lambda p: (p.start, p.end))
    return {key: p.id for key, p in first.items()}


def _boilerplate(passages: Sequence[Passage], of: Mapping[str, Link]) -> set[str]:
    """The ids of boilerplate, but where it is all that a document says: that is no form's words."""
    # A policy that six trusts share is one text, not six that happen to use a form's words.
    one = {
        d: found.of
        for d, found in of.items()
        if found.sort == "superseded"
        or (found.sort == "shared" and found.reason == "different organisations")
    }
    homes = {d: _home(d, one) for d in one}
    repeated = {d for d, found in of.items() if found.sort == "repeat"}
    by_kind: dict[str, list[Passage]] = defaultdict(list)
    for p in passages:
        if p.document_id not in repeated:
            by_kind[p.kind].append(p)
    copied: set[str] = set()
    for kind in KINDS:
        if kind != "feedback":
            copied |= boilerplate(by_kind[kind], homes if kind != "incident" else {})
    speaking = {p.document_id for p in passages if p.id not in copied}
    return {p.id for p in passages if p.id in copied and p.document_id in speaking}


def _home(document: str, one: Mapping[str, str]) -> str:
    """The document at the end of the links: the least of them, should they run in a ring."""
    seen = [document]
    while (following := one.get(seen[-1])) and following not in seen:
        seen.append(following)
    return min(seen[seen.index(following) :]) if following else seen[-1]


def _key(text: str) -> str:
    return " ".join(tokens(text))
