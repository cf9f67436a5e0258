"""Questions that are paragraphs: which lines of a form are its questions, since their answers follow them."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from thememiner.reading.prompts import asks, is_guidance, is_numbered, names_form, unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.reading.parsed import Block

LINES = frozenset(("paragraph", "item", "heading"))
_LABEL_WORDS = 12
_FEW = 2  # labels that are alike before they are taken for questions
_ABOUT = re.compile(
    r"\b(?:(?:this|the) (?:form|template|return|questionnaire)|this (?:review|exercise))\b", re.IGNORECASE
)

# How a line is set: heading and its level, bold, numbered. Questions of one form are set alike.
_Look = tuple[str, int, bool, bool]


def questions(blocks: Sequence[Block], title: str, *, tabled: bool, labels: bool) -> dict[int, bool]:
    """The blocks that ask, by number, and whether each is sure to (or else is only a label).

    In a form whose questions stand in tables (`tabled`) lines ask only when nothing else is possible; with
    `labels`, headings and lines set alike may be questions, though none of them asks.
    """
    found = {
        at: True for at, b in enumerate(blocks) if b.sort in LINES and b.text != title and _asks(b, tabled)
    }
    styled = [at for at in found if _is_set(blocks[at])]
    if len(styled) >= _FEW and len(styled) * 2 >= len(found):  # others are asked in an answer, or in guidance
        found = dict.fromkeys(styled, True)
    for at in list(found):
        after_asking = at - 1 in found and "?" in blocks[at - 1].text and "?" not in blocks[at].text
        if at - 1 in found and not _is_set(blocks[at]) and (_is_set(blocks[at - 1]) or after_asking):
            del found[at]  # it goes on asking
    looks = {_look(blocks[at]) for at in found if _is_set(blocks[at])}
    boxed = [
        at for at, b in enumerate(blocks) if b.sort in LINES and _is_label(b) and _box_follows(blocks, at)
    ]
    if len(boxed) >= _FEW:
        found = {**dict.fromkeys(boxed, False), **found}
    if len(found) >= _FEW and looks:
        same = (at for at, b in enumerate(blocks) if b.sort in LINES and _look(b) in looks and _is_label(b))
        alike = [at for at in same if b_is_leaf(blocks, at, found) and blocks[at].text != title]
        found = {**dict.fromkeys(alike, False), **found}
    elif labels and len(found) < _FEW and not tabled:
        found = dict.fromkeys(_labels(blocks, title), False)
    return dict(sorted(found.items()))


def _asks(block: Block, tabled: bool) -> bool:
    text = block.text
    if not asks(text) or _ABOUT.search(text):
        return False
    if "?" in text:
        return not is_guidance(text) or _is_set(block)
    return _is_set(block) or not (tabled or names_form(text) or block.italic)


def _is_set(block: Block) -> bool:
    """Whether a line stands out: a heading, bold, or numbered."""
    return block.sort == "heading" or block.strong or is_numbered(block.text)


def _look(block: Block) -> _Look:
    return (
        (block.sort == "heading" and "heading") or "line",
        block.level,
        block.strong,
        is_numbered(block.text),
    )


def _is_label(block: Block) -> bool:
    words = len(unnumbered(block.text).split())
    return (
        0 < words <= _LABEL_WORDS
        and not block.text.endswith((".", ";"))
        and _is_set(block)
        and (block.sort != "heading" or block.level > 0)
        and not is_guidance(block.text)
    )


def _box_follows(blocks: Sequence[Block], at: int) -> bool:
    """Whether a table of one cell follows, to be written in; guidance may stand between."""
    after = at + 1
    while (
        after < len(blocks)
        and blocks[after].sort != "cell"
        and is_guidance(blocks[after].text, italic=blocks[after].italic > 0)
    ):
        after += 1
    if after >= len(blocks) or blocks[after].sort != "cell":
        return False
    return after + 1 >= len(blocks) or blocks[after + 1].table != blocks[after].table


def b_is_leaf(blocks: Sequence[Block], at: int, found: dict[int, bool]) -> bool:
    """Whether something may be answered under a line: what follows is no question and no deeper heading."""
    if at + 1 >= len(blocks):
        return True
    after = blocks[at + 1]
    deeper = after.sort == "heading" and after.level > blocks[at].level
    return at + 1 not in found and not deeper


def _labels(blocks: Sequence[Block], title: str) -> list[int]:
    """The lines that are set as labels: headings with none under them, else bold ones, else numbered."""
    lines = [at for at, b in enumerate(blocks) if b.sort in LINES and _is_label(b) and b.text != title]
    headings = [at for at in lines if blocks[at].sort == "heading"]
    leaves = [
        at
        for at, after in zip_longest(headings, headings[1:], fillvalue=-1)
        if after < 0 or blocks[after].level <= blocks[at].level
    ]
    bold = [at for at in lines if blocks[at].strong and blocks[at].sort != "heading"]
    numbered = [at for at in lines if is_numbered(blocks[at].text) and at not in headings]
    colons = [
        at
        for at, b in enumerate(blocks)
        if b.sort == "paragraph" and b.text.endswith(":") and len(b.text.split()) <= _LABEL_WORDS
    ]
    together = sum(at + 1 in numbered for at in numbered)  # an answer's own list, more likely
    for group in (leaves, bold, numbered if together * 2 < len(numbered) else [], colons):
        if len(group) >= _FEW:
            return group
    return []
