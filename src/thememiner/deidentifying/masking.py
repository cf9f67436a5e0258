"""A text with its identifiers masked, and where every offset of the old text is in the new one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from thememiner.deidentifying import (
    addresses,
    ages,
    contacts,
    dates,
    houses,
    months,
    numbers,
    references,
    registrations,
)
from thememiner.deidentifying.behind import find_behind
from thememiner.deidentifying.homes import find_homes
from thememiner.deidentifying.house_names import find_house_names, find_houses_in_towns
from thememiner.deidentifying.identifiers import FENCE, Hit, Identifier
from thememiner.deidentifying.known import find_known, number_people
from thememiner.deidentifying.normalising import end_of, plain
from thememiner.deidentifying.people import find_people
from thememiner.deidentifying.places import find_places
from thememiner.deidentifying.recognisers import recognised
from thememiner.deidentifying.rules import Rules
from thememiner.deidentifying.towns import find_towns
from thememiner.deidentifying.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.deidentifying.known import Known
    from thememiner.records import Span

# Every identifier; where two overlap, the first in this order names the mask.
IDENTIFIERS: tuple[Identifier, ...] = (
    *addresses.IDENTIFIERS,
    *houses.IDENTIFIERS,
    *contacts.IDENTIFIERS,
    *dates.IDENTIFIERS,
    *ages.IDENTIFIERS,
    *registrations.IDENTIFIERS,
    *numbers.IDENTIFIERS,
    *references.IDENTIFIERS,
)
# The kinds whose numbers carry their own check: one that fails it was mistyped, or is none.
_CHECKED = {
    "NHS NUMBER": numbers.nhs_number_is_valid,
    "NATIONAL INSURANCE NUMBER": numbers.national_insurance_number_is_valid,
}
_WITHOUT_DIGITS = tuple(identifier for identifier in IDENTIFIERS if not identifier.digits)
_NUMBERED = re.compile(r"(PERSON|PLACE) \d+$")
_NO_RULES = Rules()


@dataclass(frozen=True)
class Masked:
    """A text after masking.

    `masks` are (kind, start, end) in `text`; `cuts` are (start, end) of the same masks in the text as it
    was. Between masks the two texts are the same, code point by code point. `mistyped` counts numbers
    that were named as what they are but fail their own check.
    """

    text: str
    masks: tuple[Span, ...] = ()
    cuts: tuple[tuple[int, int], ...] = ()
    mistyped: int = 0

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.cuts]

    def moved(self, offset: int) -> int:
        """Where `offset` of the old text is in the new one.

        Inside a mask it moves to the mask's end, so that a mask across two stretches belongs to the first.
        """
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        old_start, old_end = self.cuts[at]
        _, new_start, new_end = self.masks[at]
        if offset == old_start:
            return new_start
        if offset < old_end:
            return new_end
        return new_end + offset - old_end

    def moved_spans(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Labelled stretches of the old text, at their offsets in the new one."""
        if not self.cuts:
            return spans
        return tuple((label, self.moved(start), self.moved(end)) for label, start, end in spans)


def mask(text: str, rules: Rules = _NO_RULES) -> Masked:
    """`text` with every identifier masked; what is not masked stays as it was."""
    return mask_together([text], rules)[0]


def mask_together(texts: Sequence[str], rules: Rules = _NO_RULES, known: Known = ()) -> list[Masked]:
    """Each of `texts` masked, where a person named in one is the same person in the others.

    `known` are (sort, value) of people the texts are about, to be masked wherever they stand.
    """
    masked: list[Masked] = []
    hits = _find(FENCE.join(text.replace(FENCE, " ") for text in texts), rules, known)
    first = taken = 0
    for text in texts:
        last = first + len(text)
        own: list[Hit] = []
        while taken < len(hits) and hits[taken][1] < last:
            kind, start, end = hits[taken]
            own.append((kind, start - first, min(end, last) - first))
            taken += 1
        masked.append(_write(text, own))
        first = last + 1
    return masked


def unnumbered(kind: str) -> str:
    """The kind of a mask without the number that tells one person or place of a document from another."""
    return _NUMBERED.sub(r"\1", kind)


def _write(text: str, hits: list[Hit]) -> Masked:
    if not hits:
        return Masked(text)
    pieces: list[str] = []
    masks: list[Span] = []
    cuts: list[tuple[int, int]] = []
    last = length = mistyped = 0
    for kind, start, end in hits:
        kept, was = text[last:start], text[start:end]
        written = months.month_of(plain(was)[0]) if kind == months.KIND else f"[{kind}]"
        pieces += (kept, written)
        length += len(kept)
        masks.append((kind, length, length + len(written)))
        cuts.append((start, end))
        length += len(written)
        last = end
        mistyped += kind in _CHECKED and not _CHECKED[kind](plain(was)[0])
    pieces.append(text[last:])
    return Masked("".join(pieces), tuple(masks), tuple(cuts), mistyped)


# ---------------------------------------------------------------- finding


def _find(given: str, rules: Rules, known: Known) -> list[Hit]:
    """(kind, start, end) of everything to mask, in order, without overlaps."""
    text, back = plain(given)
    windows = Windows(text)
    hits: list[Hit] = []
    built_in = _WITHOUT_DIGITS if windows.without_digits else IDENTIFIERS
    for identifier in (*rules.identifiers, *built_in) if rules.patterns else built_in:
        places = windows.of(identifier)
        if places:
            hits += identifier.find(text, places)
    besides, others = recognised(text, rules.recognisers)
    hits += others
    people, records = find_people(text, besides)
    hits += [("HOSPITAL NUMBER", start, end) for start, end in records]
    if known:
        found, names = find_known(text, known)
        hits += found
        people = number_people(text, people, names)
    hits += list(find_behind(text, people, hits))
    hits += find_houses_in_towns(text)
    hits += list(find_house_names(text, hits, people))
    hits += list(find_towns(text, hits))
    hits += [(f"PERSON {number}", start, end) for start, end, number in people]
    hits += [("PLACE", start, end) for start, end in (*find_places(text, people), *find_homes(text))]
    rank = {identifier.kind: at for at, identifier in reversed(list(enumerate(rules.identifiers)))}
    merged = _without_overlaps(hits, rank)
    if rules.dates == "month":
        merged = _with_days(merged, list(months.days(text)))
    return (
        merged
        if back is None
        else [(kind, back[start], end_of(given, back[end - 1])) for kind, start, end in merged]
    )


_RANK = {identifier.kind: rank for rank, identifier in reversed(list(enumerate(IDENTIFIERS)))}


def _without_overlaps(hits: list[Hit], local: dict[str, int]) -> list[Hit]:
    """The hits in order; hits that overlap become one, so that nothing of either is left."""

    def rank(kind: str) -> tuple[int, int]:
        return (0, local[kind]) if kind in local else (1, _RANK.get(kind, len(_RANK)))

    merged: list[Hit] = []
    for kind, start, end in sorted(hits, key=lambda hit: (hit[1], -hit[2], rank(hit[0]), hit[0])):
        if merged and start < merged[-1][2]:
            before, first, last = merged[-1]
            merged[-1] = (min(before, kind, key=rank), first, max(last, end))
        else:
            merged.append((kind, start, end))
    return merged


def _with_days(hits: list[Hit], days: list[Hit]) -> list[Hit]:
    """The hits, and the days that meet none of them."""
    starts = [start for _, start, _ in hits]
    free = []
    for day in days:
        at = bisect_left(starts, day[2])
        if at == 0 or hits[at - 1][2] <= day[1]:
            free.append(day)
    return sorted([*hits, *free], key=lambda hit: hit[1])
