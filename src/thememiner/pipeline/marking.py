"""Quotes → what each describes that is hard to read, told by its meaning where no cue of words is met.

Words alone miss two in three of what was written in other words (`graphic`; docs/readers.md). So each passage
is told by its likeness to the invented sentences of `corpora/cues/harm.toml`, which may be edited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from thememiner import sorting
from thememiner.records import Embeddings, Evidence, Passage

if TYPE_CHECKING:
    from thememiner.embedding import Encoder

HARMS = (
    "self-harm or suicide",
    "an injury",
    "violence",
    "sexual violence",
    "restraint or seclusion",
    "a death or a body",
    "harm to a child",
)
_NOTHING = "nothing"
_LEAST = 1 / 3  # a quote left open that should be closed is twice as bad as one closed in vain


def marked(
    quotes: Iterable[Evidence], passages: Sequence[Passage], embeddings: Embeddings, encoder: Encoder
) -> tuple[Evidence, ...]:
    """Return the quotes, each with what of it is hard to read (of `HARMS`; () of most).

    `passages` are those of `embeddings`. A quote of several passages describes what any of them does.
    """
    quotes = tuple(quotes)
    near: dict[str, list[int]] = defaultdict(list)
    for at, passage in enumerate(passages):
        near[passage.document_id].append(at)
    shares = sorting.shares(embeddings.vectors, encoder.encode, "harm", (*HARMS, _NOTHING))
    hard = shares[:, -1] <= 1 - _LEAST
    sort = shares[:, :-1].argmax(axis=1)

    def described(quote: Evidence) -> tuple[str, ...]:
        of = near[quote.document_id]
        inside = (at for at in of if passages[at].start < quote.end and quote.start < passages[at].end)
        told = {HARMS[sort[at]] for at in inside if hard[at]}
        return tuple(harm for harm in HARMS if harm in told)

    return tuple(replace(quote, describes=described(quote)) for quote in quotes)
