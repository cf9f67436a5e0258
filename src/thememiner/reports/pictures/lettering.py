"""Words as a chart has room for them: characters that its font has, in lines of a known width."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path
from typing import Any

MISSING = "\u25a1"  # in place of a character that the font has not
_SIZE = 100  # units in which characters are measured


@functools.cache
def font_file(*, bold: bool = False) -> Path:
    """The font that comes with matplotlib, so that a chart is the same on every machine."""
    import matplotlib as mpl

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name


@functools.cache
def _font(*, bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(font_file(bold=bold)))
    font.set_size(_SIZE, 72)
    return font


@functools.cache
def _characters() -> frozenset[int]:
    return frozenset(_font(bold=False).get_charmap()) & frozenset(_font(bold=True).get_charmap())


def drawable(text: str) -> str:
    """A text in one line, without controls and marks of direction; what the font has not is a square."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    kept = (c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Mn", "Me") or c == "\u00ad")
    return "".join(c if ord(c) in _characters() else MISSING for c in kept if c != "\u00ad")


@functools.cache
def _advance(character: str, *, bold: bool) -> float:
    from matplotlib.ft2font import LoadFlags

    glyph = _font(bold=bold).load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / _SIZE


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a drawable text is, in the units of `size`."""
    return size * sum(_advance(character, bold=bold) for character in text)


def whole(text: str, room: float, size: float, *, bold: bool = False) -> bool:
    """Whether each word fits into a line, so that none is broken."""
    return all(width(word, size, bold=bold) <= room for word in drawable(text).split())


def lines(text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """A text in at most so many lines that fit, the last ending in "…" where it is cut."""
    words = drawable(text).split()
    made: list[str] = []
    while words and len(made) < most:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        if width(line, size, bold=bold) > room:  # one word, longer than the line
            fits = max(1, _fitting(line, room, size, bold=bold))
            line, rest = line[:fits], line[fits:]
            words.insert(0, rest)
        made.append(line)
    if words and made:
        last = made[-1]
        while last and width(f"{last}…", size, bold=bold) > room:
            last = last[:-1]
        made[-1] = f"{last.rstrip()}…"
    return made


def _fitting(word: str, room: float, size: float, *, bold: bool) -> int:
    used = 0.0
    for place, character in enumerate(word):
        used += size * _advance(character, bold=bold)
        if used > room:
            return place
    return len(word)
