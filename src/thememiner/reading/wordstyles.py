"""A Word document's parts and styles: hardened XML, relations, and what a paragraph's style says of it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thememiner.reading import packages
from thememiner.reading.hardened import DoctypeError, xml_root
from thememiner.reading.parsed import RefusedError
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    import zipfile

_HEADING = re.compile(r"heading\s*(\d)|(title)$", re.IGNORECASE)
_CONTENTS = re.compile(r"toc\s*\d|table of figures", re.IGNORECASE)
_LIST = re.compile(r"list\b(?!\s*paragraph)", re.IGNORECASE)
_BODY_LEVEL = 9  # Word's outline level of ordinary text


def read_xml(package: zipfile.ZipFile, part: str) -> Any:
    """The root of one part; no entity is resolved, no network asked, and a DTD is refused."""
    from lxml import etree

    try:
        return xml_root(packages.part(package, part))
    except KeyError as error:
        raise RefusedError("malformed", "a part of it is missing; save it again as DOCX") from error
    except etree.XMLSyntaxError as error:
        raise RefusedError("malformed", "save it again as DOCX") from error
    except DoctypeError as error:
        detail = "it defines entities of its own; save it again as DOCX"
        raise RefusedError("malformed", detail) from error


def name(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, key: str) -> str | None:
    """The attribute of that name in whatever namespace; None when it is not there."""
    for full, value in element.attrib.items():
        if full.rpartition("}")[2] == key:
            return str(value)
    return None


def child(element: Any, tag: str) -> Any:
    """The first child of that name; None when there is none, or no element to look in."""
    if element is not None:
        for inner in element:
            if isinstance(inner.tag, str) and name(inner) == tag:
                return inner
    return None


def whole(element: Any, otherwise: int) -> int:
    """The number that an element (or None) gives, at most 1,000; `otherwise` when it gives none."""
    value = attribute(element, "val") if element is not None else ""
    return min(int(value), 1000) if value and value.isdigit() else otherwise


def shaded(properties: Any) -> bool:
    """Whether a table cell's properties (w:tcPr, or None) give it a background, as labels have."""
    found = child(properties, "shd")
    fill = attribute(found, "fill") if found is not None else None
    return fill is not None and fill.lower() not in ("auto", "ffffff")


def picked(choices: Any) -> str:
    """What is chosen in a drop-down of old (w:ddList, or None): its file holds the number alone."""
    entries = (
        [attribute(item, "val") or "" for item in choices if name(item) == "listEntry"]
        if choices is not None
        else []
    )
    found = child(choices, "result")
    found = child(choices, "default") if found is None else found
    value = (attribute(found, "val") if found is not None else None) or "0"
    return entries[int(value)] if value.isdigit() and int(value) < len(entries) else ""


def relations(package: zipfile.ZipFile, part: str) -> dict[str, list[str]]:
    """Sort of relation -> the parts of the package that `part` ("" for the package) has it to, sorted."""
    folder, base = posixpath.split(part)
    found: dict[str, list[str]] = {}
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    members = set(package.namelist())
    if path not in members:
        return found
    for item in read_xml(package, path):
        if not isinstance(item.tag, str) or attribute(item, "TargetMode") == "External":
            continue
        target = attribute(item, "Target") or ""
        full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if full in members:
            found.setdefault((attribute(item, "Type") or "").rpartition("/")[2], []).append(full)
    return {sort: sorted(parts) for sort, parts in found.items()}


def core_title(package: zipfile.ZipFile) -> str:
    """The title in the document's properties, or ""."""
    for part in relations(package, "").get("core-properties", ()):
        found = child(read_xml(package, part), "title")
        if found is not None:
            return line(found.text or "")
    return ""


@dataclass(frozen=True, slots=True)
class About:
    """What a paragraph is: a heading of a level (0 for the title), an item, a line of contents."""

    heading: int | None = None
    item: bool = False
    contents: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """What each paragraph style of a document says, its parents' words taken up."""

    known: dict[str, About]
    numbered: dict[str, tuple[str, int]]

    @classmethod
    def of(cls, package: zipfile.ZipFile, related: dict[str, list[str]]) -> Styles:
        """The styles that the document's own part defines."""
        raw: dict[str, Any] = {}
        for part in related.get("styles", ())[:1]:
            for item in read_xml(package, part):
                if isinstance(item.tag, str) and name(item) == "style":
                    raw[attribute(item, "styleId") or ""] = item
        return cls(
            {key: _about(key, raw, frozenset()) for key in raw},
            {key: found for key in raw if (found := _numbered(key, raw, frozenset()))},
        )

    def about(self, properties: Any) -> About:
        """What a paragraph's properties (w:pPr, or None) say it is; its own settings before its style's."""
        style = child(properties, "pStyle")
        key = attribute(style, "val") or "" if style is not None else ""
        known = self.known.get(key) or _named(key)
        level = _level(properties)
        heading = known.heading if level is None else (level + 1 if level < _BODY_LEVEL else None)
        item = child(properties, "numPr") is not None or known.item
        return About(heading, item and heading is None, known.contents)


def numbering(properties: Any) -> tuple[str, int | None] | None:
    """(numbering, level) that a paragraph's properties give it, the level None when they do not say."""
    found = child(properties, "numPr")
    if found is None:
        return None
    number, level = child(found, "numId"), child(found, "ilvl")
    value = attribute(level, "val") if level is not None else None
    depth = int(value) if value and value.isdigit() else None
    return (attribute(number, "val") or "" if number is not None else ""), depth


def _numbered(key: str, raw: dict[str, Any], seen: frozenset[str]) -> tuple[str, int] | None:
    """(numbering, level) of a style or of the style that it is based on; the nearer settles each."""
    item = raw.get(key)
    if item is None or key in seen:
        return None
    own = numbering(child(item, "pPr"))
    if own and own[0] and own[1] is not None:
        return own[0], own[1]
    parent = child(item, "basedOn")
    above = _numbered(attribute(parent, "val") or "", raw, seen | {key}) if parent is not None else None
    if own is None:
        return above
    number = own[0] or (above[0] if above else "")
    level = own[1] if own[1] is not None else (above[1] if above else 0)
    return (number, level) if number else None


def _about(key: str, raw: dict[str, Any], seen: frozenset[str]) -> About:
    item = raw.get(key)
    if item is None or key in seen:
        return _named(key)
    title = child(item, "name")
    about = _named(attribute(title, "val") or key if title is not None else key)
    properties = child(item, "pPr")
    level = _level(properties)
    if about.heading is None and level is not None and level < _BODY_LEVEL:
        about = About(level + 1, about.item, about.contents)
    if child(properties, "numPr") is not None and about.heading is None:
        about = About(None, True, about.contents)
    if about == About():
        parent = child(item, "basedOn")
        if parent is not None and level is None:
            return _about(attribute(parent, "val") or "", raw, seen | {key})
    return about


def _named(title: str) -> About:
    match = _HEADING.match(title)
    heading = (int(match[1]) if match[1] else 0) if match else None
    contents = bool(_CONTENTS.match(title)) and not title.lower().startswith("toc heading")
    return About(heading, heading is None and bool(_LIST.match(title)), contents)


def _level(properties: Any) -> int | None:
    found = child(properties, "outlineLvl")
    value = attribute(found, "val") if found is not None else None
    return int(value) if value and value.isdigit() else None
