"""What is repeated among passages and documents: marks, never cuts.

A fitted stage that stands between segment and embed. Form text and statutory wording would otherwise
become the largest "theme"; the same incident exported twice would count twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from thememiner.records import Document, Mark, Passage
from thememiner.wording import runs, tokens

_COMMON_SHARE = 0.02  # a run of five words in this share of a kind's documents is common wording
_COMMON_LEAST = 6  # and in at least this many documents
_COVERED = 0.5  # a passage with this share of its runs common is boilerplate
_EVENT_WORDS = 30  # incident narratives this long with equal words are one event


def link(documents: Iterable[Document], passages: Iterable[Passage]) -> list[Mark]:
    """Return a mark for each passage that is boilerplate, or that repeats one of the same event.

    Comments are never boilerplate: two people who use the same words are two voices.
    """
    documents = sorted(documents, key=lambda d: d.id)
    passages = list(passages)
    repeated = _repeats(documents)
    first_of = _first_passages(passages, set(repeated.values()))
    common = _common_runs([p for p in passages if p.document_id not in repeated])
    marks = []
    for passage in passages:
        original = repeated.get(passage.document_id)
        if original:
            of = first_of.get((original, _key(passage.text)), "")
            marks.append(Mark(passage.id, "repeat", of))
        elif passage.kind != "feedback" and _boilerplate(passage, common[passage.kind]):
            marks.append(Mark(passage.id, "boilerplate"))
    return _sparing(marks, passages)


def _sparing(marks: list[Mark], passages: list[Passage]) -> list[Mark]:
    """The marks, but for boilerplate that is all a document says: equal narratives are not a form's words."""
    marked = {m.passage_id for m in marks}
    speaking = {p.document_id for p in passages if p.id not in marked}
    home = {p.id: p.document_id for p in passages}
    return [m for m in marks if m.sort == "repeat" or home[m.passage_id] in speaking]


def _repeats(documents: list[Document]) -> dict[str, str]:
    """Document id -> id of the first incident with the same words, for narratives of 30 words or more."""
    seen: dict[str, str] = {}
    found: dict[str, str] = {}
    for document in documents:
        if document.kind != "incident" or len(tokens(document.text)) < _EVENT_WORDS:
            continue
        first = seen.setdefault(_key(document.text), document.id)
        if first != document.id:
            found[document.id] = first
    return found


def _first_passages(passages: list[Passage], originals: set[str]) -> dict[tuple[str, str], str]:
    return {(p.document_id, _key(p.text)): p.id for p in reversed(passages) if p.document_id in originals}


def _common_runs(passages: list[Passage]) -> dict[str, set[str]]:
    """The runs of five words that many documents of one kind share, by kind."""
    holders: dict[str, Counter[str]] = defaultdict(Counter)
    per_document: dict[tuple[str, str], set[str]] = defaultdict(set)
    for passage in passages:
        per_document[passage.kind, passage.document_id].update(runs(passage.text))
    size = Counter(kind for kind, _ in per_document)
    for (kind, _), found in per_document.items():
        holders[kind].update(found)
    return defaultdict(
        set,
        {
            kind: {run for run, n in counts.items() if n >= max(_COMMON_LEAST, _COMMON_SHARE * size[kind])}
            for kind, counts in holders.items()
        },
    )


def _boilerplate(passage: Passage, common: set[str]) -> bool:
    found = runs(passage.text)
    return bool(found) and sum(run in common for run in found) >= _COVERED * len(found)


def _key(text: str) -> str:
    return " ".join(tokens(text))
