"""PDF → paragraphs with their pages, by PDFium, with pypdf as a second opinion.

Images of text are not read, and the ledger says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from thememiner.reading import pagelines, repairs
from thememiner.reading.blocks import MOST, bullet_length
from thememiner.reading.pagelines import Line, Stretch
from thememiner.reading.parsed import Block, RefusedError, Text
from thememiner.reading.secondopinion import FEW, SecondReader, doubtful
from thememiner.reading.tidying import line, tidy

MOST_PAGES = 10_000
_MOST_CHARACTERS = 1_000_000  # of a page
_SCAN_SHARE = 0.5  # of the page that the image covers
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_TAIL = 2048
_NO_TITLE = re.compile(r"microsoft (word|powerpoint|excel)\b|untitled|.*\.\w{2,4}$|\W*$", re.IGNORECASE)


def parse(data: bytes) -> Text:
    """The paragraphs of all pages; repeated page headers and footers are set aside and counted."""
    second = SecondReader(data)
    try:
        seen = _looked_at(data)
    except RefusedError as refused:
        pages = second.pages() if refused.code in ("malformed", "truncated") else []
        if not any(pages):
            raise
        seen = _Seen(pages, partly=refused.code)
    pages = second.review(seen.pages)
    scans = sum(_characters(pages[index]) < FEW for index in seen.images)
    senseless = sum(doubtful(lines) and _characters(lines) >= FEW for lines in pages)
    listed = pagelines.contents(pages)
    furniture = pagelines.furniture(pages) - listed
    blocks = _blocks(pagelines.paragraphs(pages, furniture, listed))
    if not any(block.sort in ("paragraph", "item") for block in blocks):
        if seen.broken == len(pages):
            raise RefusedError("malformed", "none of its pages can be read; print it to PDF again")
        raise RefusedError("image_only", "it holds images of text; run text recognition (OCR) first")
    counts = {
        "attached file": seen.attached,
        "line of page furniture": len(furniture),
        "line of a table of contents": len(listed),
        "page that cannot be read": seen.broken,
        "page that is an image": scans,
        "page of characters that stand for nothing": senseless,
    }
    skipped = tuple((reason, number) for reason, number in counts.items() if number)
    partly = "malformed" if seen.broken or senseless else "image_only" if scans else seen.partly
    detail = (
        f"read by pypdf where PDFium finds less: {second.used} of {len(pages)} pages" if second.used else ""
    )
    return Text(blocks, _title(seen.named, pages), skipped, partly, detail)


@dataclass(slots=True)
class _Seen:
    """What PDFium sees of a file: its pages' lines, which look like images, how many cannot be read."""

    pages: list[list[Line]] = field(default_factory=list)
    images: set[int] = field(default_factory=set)
    broken: int = 0
    attached: int = 0
    named: str = ""
    partly: str = ""


def _looked_at(data: bytes) -> _Seen:
    import pypdfium2

    document = _opened(data)
    seen = _Seen()
    try:
        if len(document) > MOST_PAGES:
            raise RefusedError("over_limit", f"more than {MOST_PAGES} pages; split it")
        forms = bool(document.get_formtype())
        if forms:
            document.init_forms()
        for index in range(len(document)):
            try:
                page = document[index]
                if forms:  # what was typed into its fields becomes text of the page
                    page.flatten()
                    page = document[index]
                lines = _lines(page)
                if _characters(lines) < FEW and _is_scan(page):
                    seen.images.add(index)
            except pypdfium2.PdfiumError:
                lines = []
                seen.broken += 1
            seen.pages.append(lines)
        seen.named = line(document.get_metadata_dict().get("Title") or "")
        seen.attached = document.count_attachments()
    finally:
        document.close()
    return seen


def _characters(lines: list[Line]) -> int:
    return sum(len(found.text) for found in lines)


def _opened(data: bytes) -> Any:
    import pypdfium2

    if not data.strip():
        raise RefusedError("empty", "the file has nothing in it")
    if b"%PDF-" not in data[:1024]:
        raise RefusedError("malformed", "this is not a PDF, whatever its name")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise RefusedError("encrypted", "save a copy without a password") from error
        whole = b"%%EOF" in data[-_TAIL:]
        raise RefusedError("malformed" if whole else "truncated", "print it to PDF again") from error
    if not len(document):
        document.close()
        raise RefusedError("empty", "it has no pages")
    return document


def _lines(page: Any) -> list[Line]:
    """The lines of a page in reading order, with where they stand."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > _MOST_CHARACTERS:
            raise RefusedError("over_limit", "a page has more text than the reader takes")
        height = page.get_height()
        lines, at = [], 0
        for text in re.split("(\r\n|\r|\n)", text_page.get_text_range()):
            length = len(text) + sum(character > "\uffff" for character in text)
            stripped = text.strip()
            if stripped and stripped != "\ufffe":
                first = raw.FPDFText_GetCharIndexFromTextIndex(text_page, at + len(text) - len(text.lstrip()))
                last = raw.FPDFText_GetCharIndexFromTextIndex(text_page, at + len(text.rstrip()) - 1)
                left, bottom, right, top = _box(text_page, first)
                right = max(right, _box(text_page, last)[2]) if last > first else right
                lines.append(Line(stripped, left, right, bottom, top, height))
            at += length
        return lines
    finally:
        text_page.close()


def _box(text_page: Any, index: int) -> tuple[float, float, float, float]:
    import pypdfium2

    if index < 0:
        return 0.0, 0.0, 0.0, 0.0
    try:
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top


def _is_scan(page: Any) -> bool:
    from pypdfium2 import raw

    area = page.get_width() * page.get_height()
    covered = 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = image.get_bounds() if hasattr(image, "get_bounds") else image.get_pos()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered > _SCAN_SHARE * area)


def _blocks(found: list[Stretch]) -> tuple[Block, ...]:
    blocks = []
    for stretch in found:
        text = tidy(stretch.text)
        lead = bullet_length(text) if stretch.sort == "paragraph" else 0
        if text:
            sort = "item" if lead else stretch.sort
            where = f"page {stretch.page}"
            originals = repairs.edits(stretch.was, text)
            blocks.append(
                Block(text, sort, where, continues=stretch.continues, lead=lead, originals=originals)
            )
    if len(blocks) > MOST:
        raise RefusedError("over_limit", "it has more paragraphs than the reader takes; split it")
    return tuple(blocks)


def _title(named: str, pages: list[list[Line]]) -> str:
    """The title in the properties when it is one, else the largest words of the first page."""
    if named and not _NO_TITLE.match(named):
        return named
    first = next((lines for lines in pages if lines), [])
    height = max((found.size for found in first if " " in found.text), default=0.0)
    large = [found.text for found in first if found.size > 0.95 * height and " " in found.text]
    return line(" ".join(large[:3])) if len(large) < len(first) else ""
