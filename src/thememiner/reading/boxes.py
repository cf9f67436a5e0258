"""What is marked on a form: boxes that are ticked, columns that are crossed, and cells that say nothing."""

from __future__ import annotations

import re

from thememiner.reading.prompts import is_guidance
from thememiner.reading.tidying import line

_BOXES = re.compile(r"([☐☒☑□■✓✔✗✘]|\[ ?\]|\[[xX✓✔]\])")
_EMPTY = frozenset(("☐", "□", "[]", "[ ]"))
_MARK = re.compile(r"(?:[xX✓✔✗✘☒☑■●•√üP]|\[[xX✓✔]\]|yes|y|true)(?=[\s,;:.–—-]|$)", re.IGNORECASE)
_UNMARKED = frozenset(("☐", "□", "[]", "[ ]", "false", "no", "n", "-", "–", "—", "○", "o"))
# What stands in a place to answer that nobody has filled in.
_UNFILLED = re.compile(
    r"[\W_]*|t\.?b\.?[cad]\.?|to be (?:confirmed|advised|completed|decided|determined)\.?|"
    r"(?:please )?(?:click|tap)(?: or (?:tap|click))? (?:here|to enter|on|to add)\b.{0,60}|"
    r"(?:please )?(?:choose|select|pick)(?: (?:an?|one|your|from|of|the|drop[- ]?down|rag|maturity|current))*"
    r"(?: (?:items?|options?|answers?|ratings?|levels?|list|date|score|status|response|choice|below))?\W*|"
    r"(?:please )?(?:insert|enter|type|add|write)(?: (?:your|the|text|response|answer|comments?|evidence|"
    r"details?|date|name|rating|score|here|in|this|box|free))+\W*|"
    r"open[- ]ended response|"
    r"y(?:es)?\s*[/|]\s*no?(?:\s*[/|]\s*[\w/ ]{1,25})?",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:(?:our|your|provider|trust) )?(?:answer|response|reply)\s*:\s*", re.IGNORECASE)
_LEAD = re.compile(r".*[:?]\s*")  # what leads into boxes, and is the form's
_SETTLED = re.compile(r"(?:yes|no|n/?a|not applicable)\b\s*[,;:.–—-]\s*(?=\S+\s+\S+\s+\S)", re.IGNORECASE)
_OPTION_WORDS = 3  # an option before its box has at most so many words


def answer(text: str, italic: int = 0) -> str:
    """What a place to answer says: without the form's guidance, of boxes what is ticked, "" for nothing.

    `italic` is how many of its first lines are in italics.
    """
    lines = text.split("\n")
    while lines and is_guidance(lines[0], italic=italic > 0):
        lines, italic = lines[1:], italic - 1
    while lines and is_guidance(lines[-1]):
        lines = lines[:-1]
    rest = "\n".join(lines).strip()
    prefix = _PREFIX.match(rest)  # the form's, before what was written
    rest = rest[prefix.end() :] if prefix else rest
    said = ticked(rest)
    if not said and rest not in _EMPTY and _BOXES.fullmatch(rest):
        return rest  # a box ticked, with no words to it
    return "" if _UNFILLED.fullmatch(line(said).strip("[]<>{}() ")) else said


def ticked(text: str) -> str:
    """The text; of lines that offer boxes, only what is ticked, on whichever side of it its words are."""
    if not _BOXES.search(text):
        return text
    return "\n".join(filter(None, (_ticked(each) for each in text.split("\n"))))


def mark(text: str) -> tuple[bool, str]:
    """Whether a cell under an option is marked, and what is written there beside the mark."""
    plain = text.strip()
    found = _MARK.match(plain)
    if found:
        return True, plain[found.end() :].strip(" ,;:.–—-\n")
    return False, "" if plain.casefold() in _UNMARKED else plain


def is_mark(text: str) -> bool:
    """Whether a cell is blank or a mark, so that its column may be one to tick."""
    plain = line(text)
    found = _MARK.fullmatch(plain)
    return not plain or found is not None or plain.casefold() in _UNMARKED


def _ticked(text: str) -> str:
    """What is ticked in one line, with what is said beside the boxes."""
    pieces = _BOXES.split(text)
    if len(pieces) == 1:
        return text.strip()
    words, boxes = pieces[0::2], pieces[1::2]
    before = bool(words[0].strip()) and not _LEAD.fullmatch(words[0])
    before = before and (not words[-1].strip() or len(words[0].split()) <= _OPTION_WORDS)
    options = words[:-1] if before else words[1:]
    beside = words[-1] if before else ("" if _LEAD.fullmatch(words[0]) else words[0])
    said = [] if before else [beside]
    for box, option in zip(boxes, options, strict=True):
        if box not in _EMPTY:
            said.append(option)
        elif settled := _SETTLED.match(option.strip()):  # "☐ No, but we will": what follows is said
            rest = option.strip()[settled.end() :]
            said.append("" if is_guidance(rest) else rest)
    if before:
        said.append(beside)
    return "\n".join(filter(None, (part.strip() for part in said)))
