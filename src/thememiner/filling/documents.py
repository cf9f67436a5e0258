"""A Word form: which of its cells are blank, and the bytes that put an answer into one.

Only the bytes of the answer are new. They take the look of the paragraph that waits for them, and a content
control that says what to type there is filled as Word fills it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from thememiner.filling.splicing import Edit, Element, elements, escaped, spliced
from thememiner.reading import packages, wordstyles
from thememiner.reading.formspaces import Spot
from thememiner.reading.hardened import xml_root
from thememiner.reading.parsed import RefusedError
from thememiner.reading.wordnumbers import Numbers
from thememiner.reading.wordstyles import Styles, attribute, child, name
from thememiner.reading.wordwalk import Walker

# What a blank paragraph or cell may hold besides paragraphs and runs.
_MARKS = frozenset(
    ("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "permStart", "permEnd")
)
# What a paragraph's properties hold that no answer may be written under, or no copy may have.
_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "sectPr"))
# Content controls that hold something else than words.
_CHOOSING = frozenset(
    "dropDownList comboBox date picture checkbox docPartObj docPartList group equation citation bibliography "
    "repeatingSection repeatingSectionItem dataBinding".split()
)
_OTHER = frozenset(("tbl", "drawing", "pict", "object", "fldChar", "ins", "del"))
_LOCKED = frozenset(("contentLocked", "sdtContentLocked"))


class WordForm:
    """The main part of a Word form, and the answers that are put into it."""

    def __init__(self, data: bytes) -> None:
        with packages.opened(data) as package:
            self.part = wordstyles.relations(package, "")["officeDocument"][0]
            self.content = packages.part(package, self.part)
            related = wordstyles.relations(package, self.part)
            root = xml_root(self.content)
            walker = Walker(Styles.of(package, related), Counter(), numbers=Numbers.of(package, related))
            walker.children(child(root, "body"))
        self.blocks = tuple(walker.blocks.found)
        self._read_from = walker.elements
        self._every = [
            e for e in root.iter() if isinstance(e.tag, str)
        ]  # kept, so that each stays the same object
        self._number = {e: at for at, e in enumerate(self._every)}
        self._bytes = elements(self.content)
        if len(self._bytes) != len(self._every):
            raise RefusedError("malformed", "open it in Word, save it again, and give that")
        self._edits: list[Edit] = []

    def room(self, spot: Spot) -> str:
        """Why no answer can be written at a spot; "" where one can."""
        element = self._at(spot)
        if element is None:
            return "no blank line stands under the question"
        if name(element) == "p":
            return "" if _blank(element) else "what stands under the question is not blank"
        control = _control(element)
        if control is not None:
            return _why_not(control, element)
        return (
            ""
            if _blank(element)
            else "it holds something else than words (a picture, a field, a tracked change)"
        )

    def write(self, spot: Spot, paragraphs: Sequence[str]) -> int:
        """Puts an answer where there is `room`; how many of its paragraphs it took: all."""
        element = self._at(spot)
        assert element is not None
        control = _control(element) if name(element) == "tc" else None
        if control is not None:
            self._into_control(control, paragraphs)
        else:
            self._into(element if name(element) == "p" else child(element, "p"), paragraphs)
        return len(paragraphs)

    def done(self) -> dict[str, bytes]:
        """The parts that changed, with their bytes."""
        content = spliced(self.content, self._edits)
        xml_root(content)  # what is written can be read
        return {self.part: content}

    def where(self, spot: Spot) -> str:
        """Where a spot is, in words."""
        return self.blocks[spot.block].location

    def _at(self, spot: Spot) -> Any:
        """The cell of a spot, or the blank paragraph after its line; None where there is none."""
        element = self._read_from.get(spot.block)
        if element is None or not spot.after:
            return element
        following = element.getnext()
        is_line = name(element) == "p" and following is not None and name(following) == "p"
        return following if is_line and not _text(following) else None

    def _into(self, paragraph: Any, paragraphs: Sequence[str]) -> None:
        """Writes into a blank paragraph, and further ones like it after it."""
        at = self._of(paragraph)
        properties = child(paragraph, "pPr")
        copied = self._copied(properties)
        look = self._copied(child(properties, "rPr"))
        first, *rest = [_run(at.prefix, text, look) for text in paragraphs]
        if at.is_empty:
            tag = self.content[at.start : at.end - 2].rstrip()
            self._edits.append(Edit(at.start, at.end, tag + b">" + first + _closing(at)))
        else:
            self._edits.append(Edit(at.close, at.close, first))
        name_ = at.tag.encode()
        more = b"".join(b"<%b>%b%b</%b>" % (name_, copied, run, name_) for run in rest)
        if more:
            self._edits.append(Edit(at.end, at.end, more))

    def _into_control(self, control: Any, paragraphs: Sequence[str]) -> None:
        """Writes in place of the words that hold a control's place, which is one no longer."""
        holding = self._of(child(child(control, "sdtPr"), "showingPlcHdr"))
        self._edits.append(Edit(holding.start, holding.end, b""))
        content = child(control, "sdtContent")
        at = self._of(content)
        run = _run(at.prefix, "\n\n".join(paragraphs), b"")
        held = next((e for e in content.iter() if isinstance(e.tag, str) and name(e) == "p"), None)
        if held is None:
            self._edits.append(Edit(at.inner, at.close, run))
            return
        inner = self._of(held)
        properties = child(held, "pPr")
        start = self._of(properties).end if properties is not None else inner.inner
        self._edits.append(Edit(start, inner.close, run))

    def _copied(self, properties: Any) -> bytes:
        """The bytes of properties that a copy may have; b"" of none, or of such as track changes."""
        if properties is None or any(name(e) in _TRACKED for e in _elements(properties)):
            return b""
        at = self._of(properties)
        return self.content[at.start : at.end]

    def _of(self, element: Any) -> Element:
        return self._bytes[self._number[element]]


def _run(prefix: str, text: str, look: bytes) -> bytes:
    """A run of text with its line ends and tabs."""
    pieces = []
    for number, part in enumerate(escaped(text).split("\n")):
        pieces.append(f"<{prefix}br/>" if number else "")
        for at, piece in enumerate(part.split("\t")):
            pieces.append(f"<{prefix}tab/>" if at else "")
            pieces.append(f'<{prefix}t xml:space="preserve">{piece}</{prefix}t>' if piece else "")
    return f"<{prefix}r>".encode() + look + "".join(pieces).encode() + f"</{prefix}r>".encode()


def _closing(at: Element) -> bytes:
    return f"</{at.tag}>".encode()


def _elements(element: Any) -> Iterable[Any]:
    return (e for e in element.iter() if isinstance(e.tag, str))


def _text(element: Any) -> str:
    return "".join(
        e.text or "" for e in _elements(element) if name(e) in ("t", "delText", "instrText")
    ).strip()


def _blank(element: Any) -> bool:
    """Whether a cell or paragraph holds nothing but blank paragraphs, and one at least."""
    if name(element) == "p":
        properties = child(element, "pPr")
        if properties is not None and any(name(e) in _TRACKED for e in _elements(properties)):
            return False
        return all(
            name(e) == "pPr" or name(e) in _MARKS or (name(e) == "r" and _blank_run(e))
            for e in _children(element)
        )
    inner = [e for e in _children(element) if name(e) != "tcPr" and name(e) not in _MARKS]
    return bool(inner) and all(name(e) == "p" and _blank(e) for e in inner)


def _blank_run(run: Any) -> bool:
    kept = [e for e in _children(run) if name(e) != "rPr" and name(e) not in _MARKS]
    return all(name(e) == "t" and not (e.text or "").strip() for e in kept)


def _children(element: Any) -> list[Any]:
    return [e for e in element if isinstance(e.tag, str)]


def _control(cell: Any) -> Any:
    """The content control that holds the place of an answer: in the cell, or around it; None for none."""
    around = cell.getparent().getparent()
    found = [e for e in _elements(cell) if name(e) == "sdt"]
    if name(around) == "sdt" and not found:
        return around if _holds(around) else None
    return found[0] if found and _holds(found[0]) else None


def _holds(control: Any) -> bool:
    return child(child(control, "sdtPr"), "showingPlcHdr") is not None


def _why_not(control: Any, cell: Any) -> str:
    """Why words cannot be put into a content control; "" where they can."""
    properties = child(control, "sdtPr")
    if any(name(e) in _CHOOSING for e in _children(properties)):
        return "it takes a choice or a date, not words"
    lock = child(properties, "lock")
    if lock is not None and (attribute(lock, "val") or "") in _LOCKED:
        return "it is locked"
    content = child(control, "sdtContent")
    held = [name(e) for e in _elements(cell)]
    if (
        content is None
        or held.count("sdt") > 1
        or not _OTHER.isdisjoint(held)
        or _text(cell) != _text(content)
    ):
        return "it holds something else than words to be typed over"
    if len([e for e in _elements(content) if name(e) == "p" and _text(e)]) > 1:
        return "its content control holds several paragraphs"
    return ""
