"""Pages of a Word document: their size, and what stands at the head and foot of each."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from thememiner.wordfiles.texts import W, child, field, run

_A4, _MARGIN, _EDGE = (11906, 16838), 1020, 567  # twentieths of a point: 210 × 297 mm, 18 mm, 10 mm
_LINE = 280
_LEAST = 1440  # of width for words, whatever margins a page says it has
_SIDES = ("top", "right", "bottom", "left")


def plain(section: Any) -> None:
    """An upright page of A4."""
    for part in list(section):
        if part.tag in (W + "pgSz", W + "pgMar"):
            section.remove(part)
    _size(section)


def _size(section: Any) -> tuple[Any, Any]:
    """The elements of a page's size and margins, which must follow its headers and footers."""
    from lxml import etree

    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    place = sum(e.tag in (W + "headerReference", W + "footerReference") for e in section)
    if size is None:
        size = etree.Element(W + "pgSz")
        size.set(W + "w", str(_A4[0]))
        size.set(W + "h", str(_A4[1]))
        section.insert(place, size)
    if margins is None:
        margins = etree.Element(W + "pgMar")
        for side in _SIDES:
            margins.set(W + side, str(_MARGIN))
        for edge in ("header", "footer"):
            margins.set(W + edge, str(_EDGE))
        margins.set(W + "gutter", "0")
        section.insert(section.index(size) + 1, margins)
    return size, margins


def make_room(section: Any) -> None:
    """Room at head and foot for the line that `mark` adds to what stands there."""
    _, margins = _size(section)
    for side in ("top", "bottom"):
        margins.set(W + side, str(_number(margins, side) + _LINE))


def turn(section: Any) -> None:
    """The page on its side, or upright again, with each margin where its edge has gone."""
    size, margins = _size(section)
    across, down = size.get(W + "w"), size.get(W + "h")
    size.set(W + "w", down)
    size.set(W + "h", across)
    if size.get(W + "orient") == "landscape":
        del size.attrib[W + "orient"]
    else:
        size.set(W + "orient", "landscape")
    # The head keeps its room, since it holds what stands there; the sides take what they had.
    least = min(_number(margins, "left"), _number(margins, "right"))
    for side in ("left", "right"):
        margins.set(W + side, str(least))


def go_on(section: Any) -> None:
    """The first page of a section like its others."""
    for first in section.findall(W + "titlePg"):
        section.remove(first)


def copied(section: Any) -> Any:
    """A section's page again, for the section before it."""
    return copy.deepcopy(section)


def room(section: Any) -> int:
    """The width for words, in twentieths of a point."""
    size, margins = _size(section)
    return max(
        _number(size, "w")
        - _number(margins, "left")
        - _number(margins, "right")
        - _number(margins, "gutter"),
        _LEAST,
    )


def _number(element: Any, name: str) -> int:
    try:
        return abs(round(float(element.get(W + name) or 0)))
    except ValueError:  # such as "2cm", which Word may write
        return 0


def mark(document: Any, styles: Mapping[str, str], marking: str, footer: str) -> None:
    """Puts the marking at the head of every page, and its number at the foot where it has none."""
    section = document.sections[0]
    for head, foot in _edges(document, section):
        if marking:
            paragraph = _first(head, styles["Marking"])
            child(paragraph.find(W + "pPr"), "jc", val="center")
            run(paragraph, marking)
        if not _numbered(foot):
            last = _last(foot, styles["footer"])
            run(last, f"{footer}   " if footer else "")
            run(last, "Page ")
            field(last, "PAGE")
            run(last, " of ")
            field(last, "NUMPAGES")
        elif footer:
            run(_last(foot, styles["footer"]), footer)
        for part in (head, foot):
            _describe(part)


def _edges(document: Any, section: Any) -> list[tuple[Any, Any]]:
    """The head and foot of each sort of page that the section has."""
    edges = [(section.header, section.footer)]
    if section.different_first_page_header_footer:
        edges.append((section.first_page_header, section.first_page_footer))
    if document.settings.odd_and_even_pages_header_footer:
        edges.append((section.even_page_header, section.even_page_footer))
    for head, foot in edges:
        head.is_linked_to_previous = foot.is_linked_to_previous = False
    return [(head._element, foot._element) for head, foot in edges]  # noqa: SLF001  # python-docx has no fields


def _first(part: Any, style: str) -> Any:
    """A paragraph at the start of a header, in place of a lone empty one."""
    from lxml import etree

    _drop_blank(part)
    paragraph = etree.Element(W + "p")
    part.insert(0, paragraph)
    child(child(paragraph, "pPr"), "pStyle", val=style)
    return paragraph


def _last(part: Any, style: str) -> Any:
    _drop_blank(part)
    paragraph = child(part, "p")
    child(child(paragraph, "pPr"), "pStyle", val=style)
    return paragraph


def _drop_blank(part: Any) -> None:
    """Takes out the empty paragraph of a header or footer that holds nothing else."""
    held = list(part)
    if len(held) == 1 and held[0].tag == W + "p" and all(e.tag == W + "pPr" for e in held[0]):
        part.remove(held[0])


def _numbered(part: Any) -> bool:
    """Whether a footer shows the number of the page."""
    told = [e.get(W + "instr") or "" for e in part.iter(W + "fldSimple")]
    told += [e.text or "" for e in part.iter(W + "instrText")]
    return any("PAGE" in text.upper().split() for text in told)


def _describe(part: Any) -> None:
    """Gives a picture that says nothing of itself a text for those who do not see it."""
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    for picture in part.iter(drawing):
        if not (picture.get("descr") or "").strip():
            picture.set("descr", "Picture of the organisation\u2019s own document")
