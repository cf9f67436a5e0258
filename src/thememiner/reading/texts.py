"""Blocks → one text with the stretches of it that have a heading, a location or a voice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from thememiner.reading import repairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.reading.parsed import Block
    from thememiner.records import Edit, Span

# Blocks from beyond the body stand under these headings, since their own has nothing to do with them.
_BEYOND = {"note": "Notes", "comment": "Comments"}
# Sorts of block that are of the text but never evidence: they name, number and lead to what is.
_ASIDES = frozenset(("heading", "contents", "header", "footer"))


@dataclass(frozen=True, slots=True)
class Composed:
    """A text, whole, and its stretches; `asides` are those that are never evidence, by what they are.

    `originals` are the edits of its blocks; what stands between blocks is ours, and no edit says so.
    """

    text: str
    parts: tuple[Span, ...] = ()
    locations: tuple[Span, ...] = ()
    voices: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    originals: tuple[Edit, ...] = ()


@dataclass(slots=True)
class _Stretches:
    """Stretches that follow each other; one that is like the last, and wanted whole, makes it longer."""

    found: list[Span] = field(default_factory=list)

    def add(self, label: str, start: int, end: int, *, joined: bool = True) -> None:
        if joined and self.found and self.found[-1][0] == label:
            self.found[-1] = (label, self.found[-1][1], end)
        elif label:
            self.found.append((label, start, end))


def compose(blocks: Sequence[Block], voices: Sequence[str] = (), title: str = "") -> Composed:
    """The text of the blocks: paragraphs apart by a blank line, items and the cells of a row by a line end.

    A heading is an aside of the text, and heads the part that follows, to the next heading; one with nothing
    before a deeper heading is put in front of that ("Discharge: Planning"). `voices` has one for each block.
    """
    if not any(block.text and block.sort not in _ASIDES for block in blocks):
        blocks = [replace(block, sort="paragraph") for block in blocks]  # headings are all there is
    texts: list[str] = []
    length, last = 0, None
    parts, locations, spoken = _Stretches(), _Stretches(), _Stretches()
    asides: list[Span] = []
    originals: list[Edit] = []
    heading, level, used = "", 0, True
    for index, block in enumerate(blocks):
        if not block.text:
            continue
        between = _between(last, block)
        start = length + len(between)
        texts += [between, block.text]
        length, last = start + len(block.text), block
        locations.add(block.location, start, length)
        originals += repairs.shifted(block.originals, start)
        if block.sort in _ASIDES:
            asides.append((block.sort, start, length))
            if block.sort == "heading":
                above = "" if used or heading == title else heading
                deeper = bool(above) and block.level > level
                heading, level, used = (
                    (f"{above}: {block.text}" if deeper else block.text),
                    block.level,
                    False,
                )
            continue
        if block.lead:
            asides.append(("lead", start, start + block.lead))
        beyond = _BEYOND.get(block.sort)
        parts.add(beyond or heading, start, length, joined=bool(beyond) or used)
        used = used or not beyond
        if voices:
            spoken.add(voices[index], start, length)
    return Composed(
        "".join(texts),
        tuple(parts.found),
        tuple(locations.found),
        tuple(spoken.found),
        tuple(asides),
        tuple(originals),
    )


def _between(last: Block | None, block: Block) -> str:
    if last is None:
        return ""
    if block.continues:
        return "" if last.text.endswith("-") else " "
    if last.sort == block.sort and block.sort in ("item", "contents"):
        return "\n"
    if last.sort == block.sort == "cell" and (last.table, last.row) == (block.table, block.row):
        return "\n"
    return "\n\n"


def join(parts: Sequence[tuple[str, str]]) -> tuple[str, tuple[Span, ...]]:
    """The texts of (heading, text), apart by a blank line, and the stretch of each; blank ones left out."""
    kept = [(heading, text) for heading, text in parts if text]
    spans, at = [], 0
    for heading, text in kept:
        spans.append((heading, at, at + len(text)))
        at += len(text) + 2
    return "\n\n".join(text for _, text in kept), tuple(spans)
