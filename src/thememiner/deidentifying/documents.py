"""RawDocument → Document: the privacy wall."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from thememiner.deidentifying import months
from thememiner.deidentifying.masking import mask, mask_together
from thememiner.deidentifying.rules import Rules
from thememiner.records import Document, RawDocument, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thememiner.deidentifying.masking import Masked


_NO_RULES = Rules()


def deidentify(
    documents: Iterable[RawDocument], *, redact: bool = True, rules: Rules = _NO_RULES
) -> list[Document]:
    """De-identified documents, in the order given; a mapped step (design.md, section 2).

    `rules` add local patterns and say whether event dates keep their day (`rules.rules` checks them).
    With `redact=False` the texts stay as they are, for a corpus that was de-identified before. Ids of
    documents that repeat are the same here: `number_repeats` tells them apart once all are together.
    """
    return [_deidentified(document, rules) if redact else _kept(document) for document in documents]


def identify(kind: str, reference_or_text: str) -> str:
    """The id of a document: 16 hexadecimal digits of the SHA-256 of kind and reference or text."""
    return _sha256(f"{kind}\n{reference_or_text}")[:16]


def number_repeats(documents: Iterable[Document]) -> list[Document]:
    """The documents in the order given, with `~2`, `~3` ... after an id that was there before.

    Which one comes first is settled by content, so that input order and batches do not matter.
    """
    given = list(documents)
    seen: Counter[str] = Counter()
    ids = [document.id for document in given]
    for place in sorted(range(len(given)), key=lambda place: (given[place].id, *_canonical(given[place]))):
        document = given[place]
        seen[document.id] += 1
        if seen[document.id] > 1:
            ids[place] = f"{document.id}~{seen[document.id]}"
    return [
        document if document.id == identity else replace(document, id=identity)
        for document, identity in zip(given, ids, strict=True)
    ]


def _canonical(document: Document) -> tuple[str, ...]:
    """What tells documents of one id apart: content first, and where it came from only as a last resort."""
    return (
        document.sha256,
        document.date,
        document.organisation,
        document.place,
        document.team,
        document.voice,
        document.may_quote,
        document.title,
        document.document,
        document.reference,
        document.file_sha256,
        document.source,
        document.locator,
    )


def _deidentified(document: RawDocument, rules: Rules) -> Document:
    # One text for the parts of a document that speak of the same people, so that a name in a heading
    # and in the text has one number.
    asides = [heading for heading, _, _ in document.parts]
    asides += [heading for heading, _, _ in document.sections]
    asides += [words for blank in document.blanks for words in blank]
    masked, *others = mask_together([document.text, document.title, *asides], rules, document.known)
    rest = (other.text for other in others)
    title = next(rest)
    parts = tuple((next(rest), start, end) for _, start, end in masked.moved_spans(document.parts))
    sections = tuple((next(rest), start, end) for _, start, end in masked.moved_spans(document.sections))
    blanks = tuple((next(rest), next(rest)) for _ in document.blanks)

    def label(value: str) -> str:
        return _label(value, rules)

    def labels(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((label(name), start, end) for name, start, end in masked.moved_spans(spans))

    return Document(
        id=_id(document, masked.text),
        kind=document.kind,
        text=masked.text,
        sha256=_sha256(masked.text),
        reference=_reference(document.reference, rules),
        source=label(document.source),
        file_sha256=document.file_sha256,
        locator=label(document.locator),
        title=title,
        form=document.form,
        voice=label(document.voice),
        may_quote=document.may_quote,
        organisation=label(document.organisation),
        place=label(document.place),
        team=label(document.team),
        date=months.month_of_iso(document.date) if rules.dates == "month" else document.date,
        document=label(document.document),
        parts=parts,
        sections=sections,
        locations=labels(document.locations),
        voices=labels(document.voices),
        asides=masked.moved_spans(document.asides),
        blanks=blanks,
        masks=masked.masks,
        repairs=_repairs(document, masked),
        mistyped=masked.mistyped,
    )


def _kept(document: RawDocument) -> Document:
    return Document(
        id=_id(document, document.text),
        kind=document.kind,
        text=document.text,
        sha256=_sha256(document.text),
        reference=document.reference,
        source=document.source,
        file_sha256=document.file_sha256,
        locator=document.locator,
        title=document.title,
        form=document.form,
        voice=document.voice,
        may_quote=document.may_quote,
        organisation=document.organisation,
        place=document.place,
        team=document.team,
        date=document.date,
        document=document.document,
        parts=document.parts,
        sections=document.sections,
        locations=document.locations,
        voices=document.voices,
        asides=document.asides,
        blanks=document.blanks,
        repairs=document.repairs,
    )


def _repairs(document: RawDocument, masked: Masked) -> tuple[Span, ...]:
    """The repairs that no mask has touched: of a masked word there is nothing to look for in the source."""
    moved = masked.moved_spans(document.repairs)
    return tuple(
        span
        for span, (_, start, end) in zip(moved, document.repairs, strict=True)
        if span[2] - span[1] == end - start
    )


def _id(document: RawDocument, text: str) -> str:
    return identify(document.kind, document.reference if document.own_reference else text)


@lru_cache(maxsize=4096)
def _label(value: str, rules: Rules) -> str:
    """A short field by itself: the same value gives the same words in every document."""
    return mask(value, rules).text if value else value


@lru_cache(maxsize=4096)
def _reference(value: str, rules: Rules) -> str:
    """The reference, or `id-` and 12 digits of its SHA-256 where it holds an identifier.

    An underscore joins words for the patterns but not for a reader, so it is a space here.
    """
    return f"id-{_sha256(value)[:12]}" if mask(value.replace("_", " "), rules).masks else value


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
