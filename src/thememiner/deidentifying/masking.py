"""A text with its identifiers masked, and where every offset of the old text is in the new one."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from thememiner.deidentifying import addresses, contacts, dates, numbers
from thememiner.deidentifying.identifiers import FENCE, Hit, Identifier, windows_around_digits
from thememiner.deidentifying.known import find_known, number_people
from thememiner.deidentifying.people import find_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.deidentifying.known import Known
    from thememiner.records import Span

# Every identifier; where two overlap, the first in this order names the mask.
IDENTIFIERS: tuple[Identifier, ...] = (
    *addresses.IDENTIFIERS,
    *contacts.IDENTIFIERS,
    *dates.IDENTIFIERS,
    *numbers.IDENTIFIERS,
)


@dataclass(frozen=True)
class Masked:
    """A text after masking.

    `masks` are (kind, start, end) in `text`; `cuts` are (start, end) of the same masks in the text as it
    was. Between masks the two texts are the same, code point by code point.
    """

    text: str
    masks: tuple[Span, ...] = ()
    cuts: tuple[tuple[int, int], ...] = ()

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


def mask(text: str) -> Masked:
    """`text` with every identifier masked; what is not masked stays as it was."""
    return mask_together([text])[0]


def mask_together(texts: Sequence[str], known: Known = ()) -> list[Masked]:
    """Each of `texts` masked, where a person named in one is the same person in the others.

    `known` are (sort, value) of people the texts are about, to be masked wherever they stand.
    """
    masked: list[Masked] = []
    hits = _find(FENCE.join(text.replace(FENCE, " ") for text in texts), known)
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


def _write(text: str, hits: list[Hit]) -> Masked:
    if not hits:
        return Masked(text)
    pieces: list[str] = []
    masks: list[Span] = []
    cuts: list[tuple[int, int]] = []
    last = length = 0
    for kind, start, end in hits:
        kept, written = text[last:start], f"[{kind}]"
        pieces += (kept, written)
        length += len(kept)
        masks.append((kind, length, length + len(written)))
        cuts.append((start, end))
        length += len(written)
        last = end
    pieces.append(text[last:])
    return Masked("".join(pieces), tuple(masks), tuple(cuts))


# ---------------------------------------------------------------- finding


def _find(text: str, known: Known) -> list[Hit]:
    """(kind, start, end) of everything to mask, in order, without overlaps."""
    plain, back = _plain(text)
    hits: list[Hit] = []
    places = {
        "digit": windows_around_digits(plain, fewest=1),
        "number": windows_around_digits(plain, fewest=_FEWEST),
        "@": _windows_around_ats(plain),
        "www": [(0, len(plain))] if _WEB.search(plain) else [],
    }
    for identifier in IDENTIFIERS:
        for start, end in places[identifier.near]:
            hits += identifier.find(plain, start, end)
    people, records = find_people(plain)
    hits += [("HOSPITAL NUMBER", start, end) for start, end in records]
    if known:
        found, names = find_known(plain, known)
        hits += found
        people = number_people(plain, people, names)
    hits += [(f"PERSON {number}", start, end) for start, end, number in people]
    merged = _without_overlaps(hits)
    return merged if back is None else [(kind, back[start], back[end - 1] + 1) for kind, start, end in merged]


# No number that stands for somebody has fewer digits than this, but for those looked for near any digit.
_FEWEST = 3
_AT = re.compile(r"@|[\[(](?:at|@)[\])]", re.IGNORECASE)
_WEB = re.compile(r"https?://|www\.", re.IGNORECASE)
# As far as an e-mail address reaches to both sides of its "@".
_EMAIL_BEFORE, _EMAIL_AFTER = 66, 130


def _windows_around_ats(text: str) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    for match in _AT.finditer(text):
        start, end = max(0, match.start() - _EMAIL_BEFORE), match.end() + _EMAIL_AFTER
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


# Characters that are written in many ways, for matching only. Same length, so that offsets hold.
_SAME = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    ),
    **dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"),
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    **{chr(0xFF21 + letter): chr(0x41 + letter) for letter in range(26)},
    **{chr(0xFF41 + letter): chr(0x61 + letter) for letter in range(26)},
    "\uff20": "@",
    "\uff0e": ".",
    "\r": "\n",
}
_OTHERS = re.compile("[" + "".join(map(re.escape, _SAME)) + "]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]+")


def _plain(text: str) -> tuple[str, list[int] | None]:
    """`text` as the patterns see it, and the place in `text` of each of its characters (None: the same)."""
    if text.isascii():
        plain = text.replace("\t", " ") if "\t" in text else text
        return (plain.replace("\r", "\n") if "\r" in plain else plain), None
    plain = _OTHERS.sub(lambda match: _SAME[match[0]], text)
    if not _INVISIBLE.search(plain):
        return plain, None
    back: list[int] = []
    pieces: list[str] = []
    last = 0
    for match in _INVISIBLE.finditer(plain):
        pieces.append(plain[last : match.start()])
        back.extend(range(last, match.start()))
        last = match.end()
    pieces.append(plain[last:])
    back.extend(range(last, len(plain)))
    return "".join(pieces), back


_RANK = {identifier.kind: rank for rank, identifier in reversed(list(enumerate(IDENTIFIERS)))}


def _without_overlaps(hits: list[Hit]) -> list[Hit]:
    """The hits in order; hits that overlap become one, so that nothing of either is left."""
    merged: list[Hit] = []
    for kind, start, end in sorted(
        hits, key=lambda hit: (hit[1], -hit[2], _RANK.get(hit[0], len(_RANK)), hit[0])
    ):
        if merged and start < merged[-1][2]:
            before, first, last = merged[-1]
            best = min(before, kind, key=lambda name: _RANK.get(name, len(_RANK)))
            merged[-1] = (best, first, max(last, end))
        else:
            merged.append((kind, start, end))
    return merged
