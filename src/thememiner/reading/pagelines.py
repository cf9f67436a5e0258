"""Lines on pages → paragraphs: page furniture apart, broken lines joined, hyphens judged by the document.

Pure functions over `Line`s, so that they can be tried without a PDF.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from dataclasses import dataclass, replace

from thememiner.reading.tidying import BREAK

_MARGIN = 0.12  # share of the page's height, above and below, where furniture may stand
_FEWEST_PAGES = 3  # that a line must be on to be furniture
_SHARE = 0.6  # of all pages ...
_MANY = 5  # ... or this many, for the running heads of chapters
_START = re.compile(
    r"(?:[•‣◦⁃∙·▪▫■●○❖➢➤►✓✔☐☒\uf000-\uf0ff]|[-–—*] |o (?=[A-Z])|"
    r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)] |\d+(?:\.\d+)+\.? )"
)
_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(rf"([^\W\d_]+)(?:{BREAK}|-\n)([^\W\d_]+)")
_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d{0,4}\s*$")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its box in points, y upwards, by its first and last characters' font boxes."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page_height: float

    @property
    def size(self) -> float:
        """The height of its font's box."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, or a line of contents, header or footer: its page, from 1, and whether it goes on.

    `was` are its lines as they were read, once they are mended.
    """

    text: str
    page: int
    sort: str
    continues: bool = False
    was: str = ""


def contents(pages: list[list[Line]]) -> set[tuple[int, int]]:
    """(page, line) of the lines of a table of contents: they lead by dots to a page number."""
    return {
        (index, at)
        for index, lines in enumerate(pages)
        for at, found in enumerate(lines)
        if _LEADER.search(found.text)
    }


def paragraphs(
    pages: list[list[Line]], furniture: set[tuple[int, int]], listed: set[tuple[int, int]]
) -> list[Stretch]:
    """The paragraphs in reading order, with lines of furniture and contents as stretches of their own.

    Those that stand between two pages of one paragraph come after it.
    """
    apart = furniture | listed
    words = frozenset(
        word.lower()
        for index, lines in enumerate(pages)
        for at, found in enumerate(lines)
        if (index, at) not in apart
        for word in _WORD.findall(_unbroken(found.text))
    )
    result: list[Stretch] = []
    held: list[Stretch] = []
    before: Line | None = None
    for index, lines in enumerate(pages):
        kept = [found for at, found in enumerate(lines) if (index, at) not in apart]
        pitch = _pitch(kept)
        right = max((found.right for found in kept), default=0.0)
        previous: Line | None = None  # on this page
        for at, found in enumerate(lines):
            if (index, at) in apart:
                sort = "contents" if (index, at) in listed else _margin(found)
                held.append(Stretch(found.text, index + 1, sort))
                continue
            if previous and _same_paragraph(previous, found, pitch, right):
                result[-1] = replace(result[-1], text=f"{result[-1].text}\n{found.text}")
            else:
                goes_on = before is not None and _goes_on(before, found, first=previous is None)
                if not goes_on:
                    result += held
                    held.clear()
                result.append(Stretch(found.text, index + 1, "paragraph", goes_on))
            before = previous = found
    return [replace(found, text=mend(found.text, words), was=found.text) for found in result + held]


def _margin(found: Line) -> str:
    return "header" if found.bottom > found.page_height / 2 else "footer"


def mend(text: str, words: frozenset[str]) -> str:
    """The lines as one; a hyphen at a line end goes only where the document has the joined word."""

    def join(match: re.Match[str]) -> str:
        head, tail = match[1], match[2]
        return head + tail if (head + tail).lower() in words else f"{head}-{tail}"

    text = _BROKEN.sub(join, text).replace(BREAK, "-")
    return re.sub(r"(?<=\w-)\n(?=\w)", "", text).replace("\n", " ")


def _unbroken(text: str) -> str:
    """The line without the words that it breaks off, which attest nothing."""
    return re.sub(rf"[^\W\d_]+(?:{BREAK}[^\W\d_]*|-$)", " ", text)


def furniture(pages: list[list[Line]]) -> set[tuple[int, int]]:
    """(page, line) of headers and footers: the same words in the same margin of many pages.

    Numbers may differ only as page numbers do, by as much as the pages are apart.
    """
    groups: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for index, lines in enumerate(pages):
        for at, found in enumerate(lines):
            height = found.page_height or 1.0
            upper, lower = found.bottom > (1 - _MARGIN) * height, found.top < _MARGIN * height
            if upper or lower:
                groups[_DIGITS.sub("#", found.text), upper].append((index, at))
    found_in: set[tuple[int, int]] = set()
    for places in groups.values():
        on = {index for index, _ in places}
        if len(on) >= _FEWEST_PAGES and (len(on) >= _SHARE * len(pages) or len(on) >= _MANY):
            numbers = [[int(n[:9]) for n in _DIGITS.findall(pages[i][at].text)] for i, at in places]
            if _constant_or_counting(numbers, [index for index, _ in places]):
                found_in.update(places)
    return found_in


def _constant_or_counting(numbers: list[list[int]], pages: list[int]) -> bool:
    for column in zip(*numbers, strict=True):
        offsets = [value - page for value, page in zip(column, pages, strict=True)]
        # Section by section numbering may begin again, so most, not all, must agree.
        most = max(statistics.multimode(offsets), key=offsets.count)
        same = max(statistics.multimode(column), key=column.count)
        if max(offsets.count(most), column.count(same)) < 0.8 * len(column):
            return False
    return True


def _pitch(lines: list[Line]) -> float:
    """The usual distance between the lines of a page's paragraphs."""
    distances = [a.bottom - b.bottom for a, b in itertools.pairwise(lines)]
    sizes = [found.size for found in lines if found.size > 0]
    size = statistics.median(sizes) if sizes else 12.0
    near = [d for d in distances if 0.5 * size < d < 2.2 * size]
    return statistics.median_low(near) if near else 1.3 * size


def _same_paragraph(a: Line, b: Line, pitch: float, right: float) -> bool:
    if _START.match(b.text) or (a.size <= 0 or b.size <= 0):
        return False
    down = a.bottom - b.bottom
    if not 0.4 * a.size < down < max(1.35 * pitch, 1.2 * a.size):
        return False
    lower = b.text[:1].islower()
    if abs(a.size - b.size) > 0.15 * a.size and not lower:
        return False
    short = right - a.right
    if _END.search(a.text):
        return short < 6 * a.size
    return lower or short < 0.25 * right


def _goes_on(a: Line, b: Line, *, first: bool) -> bool:
    """Whether a paragraph that begins a page or a column goes on in the sentence of the one before."""
    moved = first or b.bottom > a.bottom
    return moved and b.text[:1].islower() and not _END.search(a.text) and not _START.match(b.text)
