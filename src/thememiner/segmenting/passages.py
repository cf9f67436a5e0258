"""Document → Passage: each with the labels that hold where it begins."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from thememiner.records import Document, Passage, Span
from thememiner.segmenting.cutting import cut
from thememiner.segmenting.pieces import Piece, enough_words, joined, paragraphs, shortened, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def segment(documents: Iterable[Document]) -> list[Passage]:
    """Passages in the order of the documents and of their text; offsets are of each document's text."""
    return [passage for document in documents for passage in _passages(document)]


def _passages(document: Document) -> Iterator[Passage]:
    text = document.text
    heading = _Labels(document.parts, "")
    section = _Labels(document.sections, "")
    voice = _Labels(document.voices, document.voice)
    location = _Labels(document.locations, "")
    for first, last in _stretches(document):
        for start, end in _pieces(text, first, last):
            yield Passage(
                id=f"{document.id}:{start}-{end}",
                document_id=document.id,
                start=start,
                end=end,
                text=text[start:end],
                kind=document.kind,
                voice=voice.at(start),
                organisation=document.organisation,
                heading=heading.at(start),
                section=section.at(start),
                location=location.at(start),
            )


def _stretches(document: Document) -> Iterator[Piece]:
    """The text between the bounds that no passage crosses, of parts, form sections and voices; no asides."""
    length = len(document.text)
    bounds = {0, length}
    for _, start, end in (*document.parts, *document.sections, *document.voices, *document.asides):
        bounds |= {min(max(start, 0), length), min(max(end, 0), length)}
    aside = _Labels(document.asides, "")
    for start, end in pairwise(sorted(bounds)):
        if not aside.at(start):
            yield start, end


class _Labels:
    """Which label holds at an offset: of the spans that cover it, the shortest."""

    def __init__(self, spans: Sequence[Span], default: str) -> None:
        self.bounds = sorted({offset for _, start, end in spans for offset in (start, end)})
        self.labels = [default] * (len(self.bounds) + 1)
        places = {offset: place for place, offset in enumerate(self.bounds)}
        for label, start, end in sorted(spans, key=lambda span: span[1] - span[2]):
            for place in range(places[start], places[end]):
                self.labels[place + 1] = label

    def at(self, offset: int) -> str:
        return self.labels[bisect_right(self.bounds, offset)]


def _pieces(text: str, first: int, last: int) -> Iterator[Piece]:
    whole = trimmed(text, first, last)
    if whole is None:
        return
    if not enough_words(text, *whole):
        yield from shortened(text, *whole)
        return
    for paragraph in paragraphs(text, first, last):
        for start, end in joined(text, cut(text, *paragraph)):
            yield from shortened(text, start, end)
