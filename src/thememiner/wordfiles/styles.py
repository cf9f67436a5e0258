"""The styles that our documents are written in: those of the house where it has them, else made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thememiner.wordfiles.texts import W, child

FONT = "Arial"
_BLUE, _GREY, _LINE = "003087", "425563", "8A97A0"
LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its look in points, where it is not that of the style it stands on.

    `before`, `after` and `indent` are points, `line` 240ths of a line; `level` is that of a heading, `listed`
    the sort of a list, and a `bar` stands at its left.
    """

    name: str
    size: float = 0
    bold: bool = False
    colour: str = ""
    before: float = 0
    after: float = 6
    indent: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    level: int = 0
    listed: str = ""
    bar: bool = False
    line: int = 0
    following: str = "Normal"


NORMAL = "Normal"
TABLE = "Table Grid"
STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        Style(NORMAL, size=11, line=259, following=""),
        Style("Title", size=26, bold=True, colour=_BLUE, before=12, after=8, keep_next=True),
        Style("Subtitle", size=14, colour=_GREY, after=10),
        Style("heading 1", size=17, bold=True, colour=_BLUE, before=16, after=6, keep_next=True, level=1),
        Style("heading 2", size=13, bold=True, colour=_BLUE, before=8, after=2, keep_next=True, level=2),
        Style("heading 3", size=11.5, bold=True, colour=_GREY, before=10, after=3, keep_next=True, level=3),
        Style("caption", size=10, bold=True, colour=_GREY, before=8, after=4, keep_next=True),
        Style("Excerpt", indent=14, before=4, after=1, keep_next=True, keep_lines=True, bar=True),
        Style("List Bullet", after=4, listed="bullet", following="List Bullet"),
        Style("List Number", after=4, listed="decimal", following="List Number"),
        Style("header", size=9),
        Style("footer", size=9),
        Style("Excerpt Source", size=9, colour=_GREY, indent=14, after=4, keep_lines=True, bar=True),
        Style("Table Text", size=9, after=2, line=240, following="Table Text"),
        Style("Table Quote", size=9, indent=8, after=0, line=240, bar=True, keep_lines=True),
        Style("Table Source", size=8, colour=_GREY, indent=8, line=240, after=3, bar=True),
        Style("Note", size=9.5, colour=_GREY),
        Style("Marking", size=10, bold=True, after=0),
    )
}


def prepare(document: Any, *, ours: bool) -> dict[str, str]:
    """Name of a style -> its id in the document; one that is not there is made.

    `ours` gives every style our look; else those of the house stay as they are.
    """
    sheet = document.styles.element
    known = {
        (style.get(W + "type"), _name(style).casefold()): style for style in sheet.iterchildren(W + "style")
    }
    taken = {style.get(W + "styleId") for style in sheet.iterchildren(W + "style")}
    if ("paragraph", NORMAL.casefold()) not in known and (normal := _default(sheet)) is not None:
        known["paragraph", NORMAL.casefold()] = normal
    numbers: dict[str, str] = {}
    ids: dict[str, str] = {}
    for name, style in STYLES.items():
        held = known.get(("paragraph", name.casefold()))
        if held is None or ours:
            if style.listed and not numbers:
                from thememiner.wordfiles.lists import number_lists

                numbers = number_lists(document)
            held = _paragraph_style(sheet, held, style, ids, taken, numbers)
        ids[name] = held.get(W + "styleId")
    for name, style in STYLES.items():
        if ours and style.following and (held := known.get(("paragraph", name.casefold()))) is not None:
            held.find(W + "next").set(W + "val", ids[style.following])
    held = known.get(("table", TABLE.casefold()))
    ids[TABLE] = (_table_style(sheet, held, taken) if held is None or ours else held).get(W + "styleId")
    _speak(sheet)
    return ids


def _name(style: Any) -> str:
    held = style.find(W + "name")
    return (held.get(W + "val") or "") if held is not None else ""


def _default(sheet: Any) -> Any:
    """The paragraph style that stands where none is named."""
    for style in sheet.iterchildren(W + "style"):
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            return style
    return None


def _free(name: str, taken: set[str]) -> str:
    """An id that no other style of the document has."""
    identity = name.title().replace(" ", "")
    while identity in taken:
        identity = f"Tm{identity}"
    taken.add(identity)
    return identity


def _paragraph_style(
    sheet: Any,
    held: Any,
    style: Style,
    ids: Mapping[str, str],
    taken: set[str],
    numbers: Mapping[str, str],
) -> Any:
    """A paragraph style written anew, in place of the one held."""
    if held is None:
        held = child(sheet, "style", type="paragraph", styleId=_free(style.name, taken))
    for part in list(held):
        held.remove(part)
    child(held, "name", val=style.name)
    if style.name == NORMAL:
        held.set(W + "default", "1")
    else:
        child(held, "basedOn", val=ids[NORMAL])
        child(held, "next", val=ids.get(style.following, ids[NORMAL]))
    child(held, "qFormat")
    look = child(held, "pPr")
    if style.keep_next:
        child(look, "keepNext")
    if style.keep_lines:
        child(look, "keepLines")
    if style.listed:
        child(child(look, "numPr"), "numId", val=numbers[style.listed])
    if style.bar:
        edge = child(look, "pBdr")
        child(edge, "left", val="single", sz="18", space="8", color=_LINE)
    line = {"line": str(style.line), "lineRule": "auto"} if style.line else {}
    child(look, "spacing", before=_twips(style.before), after=_twips(style.after), **line)
    if style.indent:
        child(look, "ind", left=_twips(style.indent))
    if style.level:
        child(look, "outlineLvl", val=str(style.level - 1))
    words = child(held, "rPr")
    if style.name == NORMAL:
        child(words, "rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    if style.bold:
        child(words, "b")
    if style.colour:
        child(words, "color", val=style.colour)
    if style.size:
        child(words, "sz", val=str(round(style.size * 2)))
        child(words, "szCs", val=str(round(style.size * 2)))
    return held


def _table_style(sheet: Any, held: Any, taken: set[str]) -> Any:
    """A table with a line about each cell, in place of the style held."""
    if held is None:
        held = child(sheet, "style", type="table", styleId=_free(TABLE, taken))
    for part in list(held):
        held.remove(part)
    child(held, "name", val=TABLE)
    edges = child(child(held, "tblPr"), "tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        child(edges, edge, val="single", sz="4", space="0", color=_LINE)
    return held


def _speak(sheet: Any) -> None:
    """The language of the text, which a screen reader reads it in."""
    from lxml import etree

    defaults = sheet.find(W + "docDefaults")
    if defaults is None:
        defaults = etree.Element(W + "docDefaults")
        sheet.insert(0, defaults)
    held = defaults.find(W + "rPrDefault")
    if held is None:
        held = etree.Element(W + "rPrDefault")
        defaults.insert(0, held)
    words = held.find(W + "rPr")
    words = child(held, "rPr") if words is None else words
    if words.find(W + "lang") is None:
        child(words, "lang")
    for language in sheet.iter(W + "lang"):
        language.set(W + "val", LANGUAGE)


def _twips(points: float) -> str:
    return str(round(points * 20))
