"""A text as the patterns see it: characters that are written in many ways as one, invisible ones left out."""

from __future__ import annotations

import re
import unicodedata

# Every Latin capital: Welsh, Polish, Yoruba and Vietnamese names begin with one too.
CAPITAL = "A-Z" + "".join(
    chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper()
)
# The first digit of each alphabet that is met in British records; the other nine follow it.
_ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)
# For matching only. Same length, so that offsets hold.
_SAME = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    ),
    **dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"),
    **{chr(zero + digit): str(digit) for zero in _ZEROS for digit in range(10)},
    **{chr(0xFF21 + letter): chr(0x41 + letter) for letter in range(26)},
    **{chr(0xFF41 + letter): chr(0x61 + letter) for letter in range(26)},
    "\uff20": "@",
    "\uff0e": ".",
    "\uff0f": "/",
    "\uff1a": ":",
    "\r": "\n",
    "\v": "\n",
    "\f": "\n",
    "\u0085": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
}
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# Marks that are written on the letter before them: "e" and an accent are one letter, as "é" is.
_MARKS = "\u0300-\u036f"
_LEFT_OUT = re.compile(f"[{_INVISIBLE}{_MARKS}]+")
_END = re.compile(f".(?:[{_INVISIBLE}]*[{_MARKS}])*", re.DOTALL)
_NO_MARK = re.compile(f"[^{_MARKS}]+")


def plain(text: str) -> tuple[str, list[int] | None]:
    """`text` as the patterns see it, and the place in `text` of each of its characters (None: the same)."""
    # A line's end of two characters counts as one, since two line ends are a paragraph's.
    text = text.replace("\r\n", "\u2060\n")
    if text.isascii():
        for odd in "\t\r\v\f":
            if odd in text:
                text = text.replace(odd, _SAME[odd])
        return text, None
    for odd in _SAME.keys() & set(text):
        text = text.replace(odd, _SAME[odd])
    if not _LEFT_OUT.search(text):
        return text, None
    back: list[int] = []
    pieces: list[str] = []
    last = 0
    for match in _LEFT_OUT.finditer(text):
        letter = text[max(last, match.start() - 1) : match.start()]
        marked = unicodedata.normalize("NFC", letter + _NO_MARK.sub("", match[0]))
        pieces += (text[last : match.start() - len(letter)], marked[: len(letter)])
        back.extend(range(last, match.start()))
        last = match.end()
    pieces.append(text[last:])
    back.extend(range(last, len(text)))
    return "".join(pieces), back


def end_of(text: str, at: int) -> int:
    """Where the character at `at` ends, with the marks that are written on it."""
    match = _END.match(text, at)
    return match.end() if match else at
