"""The numbers that Word counts before headings and list items, "4.2" or "(b)", which no run of text holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thememiner.reading.wordstyles import Styles, attribute, child, name, numbering, read_xml

if TYPE_CHECKING:
    import zipfile

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted: Word's name of the format, the text around, the first number."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbers:
    """The lists of one document and how far each has counted; paragraphs are to come in their order."""

    lists: dict[str, str]
    levels: dict[str, dict[int, Level]]
    restarts: dict[str, dict[int, int]]
    counted: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, package: zipfile.ZipFile, related: dict[str, list[str]]) -> Numbers:
        """The lists that the document's numbering part defines."""
        found = cls({}, {}, {})
        for part in related.get("numbering", ())[:1]:
            for item in read_xml(package, part):
                if not isinstance(item.tag, str):
                    continue
                if name(item) == "abstractNum":
                    found.levels[attribute(item, "abstractNumId") or ""] = dict(_levels(item))
                elif name(item) == "num":
                    found._add(item)
        return found

    def _add(self, item: Any) -> None:
        key, abstract = attribute(item, "numId") or "", child(item, "abstractNumId")
        self.lists[key] = attribute(abstract, "val") or "" if abstract is not None else ""
        for override in item:
            if isinstance(override.tag, str) and name(override) == "lvlOverride":
                start = child(override, "startOverride")
                if start is not None:
                    depth = _whole(attribute(override, "ilvl"), 0)
                    self.restarts.setdefault(key, {})[depth] = _whole(attribute(start, "val"), 1)

    def next(self, properties: Any, styles: Styles) -> str:
        """The number before the paragraph of these properties, with a space, or "" where none is shown."""
        style = child(properties, "pStyle")
        by_style = styles.numbered.get(attribute(style, "val") or "") if style is not None else None
        own = numbering(properties)
        key = own[0] if own and own[0] else (by_style[0] if by_style else "")
        depth = own[1] if own and own[1] is not None else (by_style[1] if by_style else 0)
        levels = self.levels.get(self.lists.get(key, ""), {})
        if depth not in levels:
            return ""
        counts = self.counted.setdefault(self.lists[key], [None] * _LEVELS)
        if key not in self.begun:
            self.begun.add(key)
            for at, start in self.restarts.get(key, {}).items():
                if at < _LEVELS:
                    counts[at] = start - 1 if at >= depth else start
        level = levels[depth]
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.format in ("bullet", "none") or "%" not in level.text:
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            above = levels.get(at, Level())
            count = counts[at]
            return _written(above.start if count is None else count, above.format)

        return f"{_PLACE.sub(shown, level.text).strip()} "


def _levels(item: Any) -> list[tuple[int, Level]]:
    found = []
    for inner in item:
        if isinstance(inner.tag, str) and name(inner) == "lvl":
            depth = _whole(attribute(inner, "ilvl"), 0)
            form, text, start = child(inner, "numFmt"), child(inner, "lvlText"), child(inner, "start")
            if depth < _LEVELS:
                level = Level(
                    attribute(form, "val") or "decimal" if form is not None else "decimal",
                    (attribute(text, "val") or "")[:40] if text is not None else "",
                    _whole(attribute(start, "val"), 1) if start is not None else 1,
                )
                found.append((depth, level))
    return found


def _whole(value: str | None, otherwise: int) -> int:
    return int(value[:6]) if value and value[:6].isdecimal() else otherwise


def _written(number: int, form: str) -> str:
    """A number in one of Word's formats; those of other scripts as digits."""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number < 26 * 20 else str(number)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        written, left = "", number
        for value, letters in _ROMAN:
            written += letters * (left // value if number < 4000 else 0)
            left %= value
        return (written or str(number)).upper() if form == "upperRoman" else written or str(number)
    return f"{number:02}" if form == "decimalZero" else str(number)
