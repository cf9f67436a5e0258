"""Two readings of the same passages → the first, with what is likely to be about something else marked.

A coder that reads a passage beside its paragraph finds more, and takes more for its subject that is not:
papers on other matters use the same words (discharged from bankruptcy, a time limit for claims). So a
passage stays assigned and counted, but is neither quoted nor weighed,

- whose own words do not speak of the code even weakly, or
- that stands in a stretch of a long paper where hardly anything else is about any code: half of it is the
  stretch, half the whole paper. Of invented papers those on the subject have a code in one passage of four
  or more, those on other subjects in one of eight or fewer.

An organisation's account is taken as it is: it answers what was asked. So is what a person or family tells of
a death, of harm or of a warning: it may be the only one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from thememiner.records import Membership, Passage

DOUBTFUL = 0.49  # the greatest score of a passage that is neither quoted nor weighed: less likely than not
_AROUND = 12  # passages before and after that make a stretch; a document of fewer is not long
_ON_SUBJECT = 1 / 6


def agree(
    beside: Iterable[Membership],
    by_words: Iterable[Membership],
    passages: Sequence[Passage],
    grave: Collection[str] = (),
) -> list[Membership]:
    """Return the memberships `beside`, with a score of at most `DOUBTFUL` where they are doubtful.

    `by_words` are those of the other reading, weak ones too; `passages` are all that were read; `grave` are
    documents that a person has to read in full.
    """
    seen = {(m.passage_id, m.theme_id) for m in by_words}
    open_to_doubt = [
        p for p in passages if p.kind != "account" and not (p.kind == "feedback" and p.document_id in grave)
    ]
    doubted = {p.id for p in open_to_doubt}
    held = [
        _doubted(m) if m.passage_id in doubted and (m.passage_id, m.theme_id) not in seen else m
        for m in beside
    ]
    about = {m.passage_id for m in held if m.outcome == "assigned" and m.score > DOUBTFUL}
    off = _off_subject(open_to_doubt, about)
    return [_doubted(m) if m.passage_id in off else m for m in held]


def _doubted(membership: Membership) -> Membership:
    return replace(membership, score=min(membership.score, DOUBTFUL))


def _off_subject(passages: Sequence[Passage], about: set[str]) -> set[str]:
    """The passages of long documents around which too few others are `about` any code."""
    of: dict[str, list[Passage]] = defaultdict(list)
    for p in passages:
        of[p.document_id].append(p)
    off: set[str] = set()
    for mine in of.values():
        if len(mine) < _AROUND:
            continue
        mine.sort(key=lambda p: p.start)
        told = np.array([p.id in about for p in mine], dtype=np.int64)
        upto = np.concatenate([[0], told.cumsum()])
        at = np.arange(len(mine))
        first, last = np.maximum(at - _AROUND, 0), np.minimum(at + _AROUND + 1, len(mine))
        near = (upto[last] - upto[first] - told) / (last - first - 1)
        share = (near + told.mean()) / 2  # a stretch of a few passages says little alone
        off |= {p.id for p, there in zip(mine, share.tolist(), strict=True) if there < _ON_SUBJECT}
    return off
