"""A second reader's view of single PDF pages, by pypdf, for where PDFium sees little or nonsense.

The two fail on different files: of 2,100 public ones 82 open only in PDFium and 24 only in pypdf, and where
both open they agree on nearly all (docs/reliability.md, 1.1). So disagreement is worth a look.
"""

from __future__ import annotations

import io
import logging
import unicodedata
from typing import TYPE_CHECKING, Any

from thememiner.reading.pagelines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 25  # characters: a page of fewer is looked at again
_ODD_SHARE = 0.05  # of a page's characters that stand for nothing
_MUCH_MORE = 2.0  # times as many characters: then the second reader is believed
_MOST_PAGES = 2_000  # of a file that only the second reader can open
_SIZE, _STEP = 10.0, 12.0  # the second reader tells no places, so its lines stand one under another


class SecondReader:
    """pypdf over the same bytes, opened only when it is asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: Any = None
        self.used = 0

    def review(self, pages: Sequence[list[Line]]) -> list[list[Line]]:
        """The pages, those on which the second reader finds much more, or what makes sense, by it."""
        if not pages:
            return []
        sampled = {0, len(pages) // 2, len(pages) - 1}
        kept = [
            self._better(index, lines) if index in sampled or doubtful(lines) else lines
            for index, lines in enumerate(pages)
        ]
        if any(kept[index] is not pages[index] for index in sampled if not doubtful(pages[index])):
            # PDFium missed words on an ordinary page, so every page is looked at.
            kept = [
                self._better(index, lines) if lines is pages[index] else lines
                for index, lines in enumerate(kept)
            ]
        self.used = self.used or sum(new is not old for new, old in zip(kept, pages, strict=True))
        return kept

    def pages(self) -> list[list[Line]]:
        """All pages by the second reader alone, for a file that PDFium cannot open; none when it cannot."""
        self._text(0)
        number = len(self._pages or ())
        self.used = min(number, _MOST_PAGES)
        return [_lines(self._text(index)) for index in range(self.used)]

    def _better(self, index: int, lines: list[Line]) -> list[Line]:
        text = self._text(index)
        own = "".join(line.text for line in lines)
        if sensible(text) >= max(FEW, _MUCH_MORE * sensible(own)):
            return _lines(text)
        return lines

    def _text(self, index: int) -> str:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            if self._pages is None:
                import pypdf

                reader = pypdf.PdfReader(io.BytesIO(self._data))
                self._pages = [] if reader.is_encrypted else reader.pages
            return self._pages[index].extract_text() or "" if index < len(self._pages) else ""
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # an opinion that cannot be had changes nothing
            self._pages = [] if self._pages is None else self._pages
            return ""


def doubtful(lines: Sequence[Line]) -> bool:
    """Whether a page has almost no characters, or too many that stand for nothing."""
    text = "".join(line.text for line in lines)
    characters = sum(not character.isspace() for character in text)
    return characters < FEW or characters - sensible(text) > _ODD_SHARE * characters


def sensible(text: str) -> int:
    """How many characters of a text stand for something."""
    if text.isascii() and text.isprintable():
        return len(text) - text.count(" ")
    return sum(not character.isspace() and not _odd(character) for character in text)


def _odd(character: str) -> bool:
    # PDFium's mark of a broken word is its own and means something.
    return character != "\ufffe" and (
        character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs")
    )


def _lines(text: str) -> list[Line]:
    found = [line.strip() for line in text.split("\n") if line.strip()]
    height = _STEP * (len(found) + 20)
    width = max((len(line) for line in found), default=0) * _SIZE / 2
    return [
        Line(
            line,
            0.0,
            min(width, len(line) * _SIZE / 2),
            height - _STEP * (at + 10),
            height - _STEP * (at + 10) + _SIZE,
            height,
        )
        for at, line in enumerate(found)
    ]
