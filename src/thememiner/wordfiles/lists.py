"""Lists with bullets and numbers: for styles of a document that has none, and each with its own count."""

from __future__ import annotations

from typing import Any

from thememiner.wordfiles.texts import W, child

_SIGNS = {"bullet": "\u2022", "decimal": "%1."}


def number_lists(document: Any) -> dict[str, str]:
    """Sort of a list ("bullet", "decimal") -> the number that a style knows it by."""
    return {sort: new_list(document, sort) for sort in _SIGNS}


def new_list(document: Any, sort: str) -> str:
    """The number of a list of its own, which begins at 1."""
    sheet = _sheet(document)
    for last in sheet.findall(W + "numIdMacAtCleanup"):  # nothing may stand after it
        sheet.remove(last)
    used = {int(e.get(W + "abstractNumId") or 0) for e in sheet.iterchildren(W + "abstractNum")}
    numbers = {int(e.get(W + "numId") or 0) for e in sheet.iterchildren(W + "num")}
    kind, number = max(used, default=0) + 1, max(numbers, default=0) + 1
    _kind(sheet, kind, sort, _SIGNS[sort])
    child(child(sheet, "num", numId=str(number)), "abstractNumId", val=str(kind))
    return str(number)


def _kind(sheet: Any, identity: int, sort: str, sign: str) -> None:
    """A kind of list; all kinds stand before the lists that are of them."""
    from lxml import etree

    kind = etree.Element(W + "abstractNum")
    kind.set(W + "abstractNumId", str(identity))
    child(kind, "multiLevelType", val="singleLevel")
    level = child(kind, "lvl", ilvl="0")
    child(level, "start", val="1")
    child(level, "numFmt", val=sort)
    child(level, "lvlText", val=sign)
    child(level, "lvlJc", val="left")
    child(child(level, "pPr"), "ind", left="360", hanging="360")
    kinds = sheet.findall(W + "abstractNum")
    pictures = sheet.findall(W + "numPicBullet")
    place = sheet.index((kinds or pictures)[-1]) + 1 if kinds or pictures else 0
    sheet.insert(place, kind)


def _sheet(document: Any) -> Any:
    """The element that holds a document's lists; a new part where it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.parts.numbering import NumberingPart

    part = document.part
    try:
        return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        empty = parse_xml(f'<w:numbering xmlns:w="{W[1:-1]}"/>')
        uri = PackURI("/word/numbering.xml")
        made = NumberingPart(uri, CONTENT_TYPE.WML_NUMBERING, empty, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return made.element
