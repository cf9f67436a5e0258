"""The one spelling of white space and characters that every text has before offsets are taken.

Nothing here can join two numbers: spaces become one space, never none, and superscripts stay
(NFC, not NFKC).
"""

from __future__ import annotations

import re
import unicodedata

# PDFium writes this where a line ends in a hyphen, and leaves the line end out.
BREAK = "\ufffe"
# Latin ligatures that fonts put into PDF text.
LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
# Control and invisible characters, but not the newline, the tab or U+200D, which holds emoji together.
DROPPED = dict.fromkeys(
    [
        *(c for c in range(0x20) if c not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        0xAD,
        0x200B,
        0x200C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        0xFFFE,
        0xFFFF,
        *range(0xFFF9, 0xFFFC),
        *range(0xD800, 0xE000),
    ]
)
TABLE: dict[int, str | None] = {**DROPPED, **LIGATURES}
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\xa0 \u1680\u2000-\u200a\u202f\u205f\u3000]+")
_EDGES = re.compile(r" ?\n ?")
_GAPS = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """The text in NFC with single spaces, a newline for line ends and no control characters or ligatures."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip()
    text = _LINE_END.sub("\n", text).translate(TABLE)
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _GAPS.sub("\n\n", _EDGES.sub("\n", text)).strip()


def line(text: str) -> str:
    """The text tidied onto one line, for headings and names."""
    return " ".join(tidy(text).split())
