"""An organisation's own Word document as the dress of ours: its styles, page, headers and footers.

Its body goes, and with it whatever is no part of that dress: macros, comments, properties, data, links to
templates. What runs or fetches something from a header or footer is refused, since nobody would see it there.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from thememiner.errors import InputError
from thememiner.reading import hardened, packages
from thememiner.reading.parsed import RefusedError
from thememiner.wordfiles.texts import W

LARGEST = 64 * 1024 * 1024  # bytes of a document that is nothing but a dress
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = b"purl.oclc.org/ooxml"
_AGAIN = "open it in Word, save it as a Word document (.docx), and give that"
_OTHERS = {
    ".docm": "it may hold macros",
    ".dotm": "it is a template that may hold macros",
    ".dotx": "it is a template",
    ".doc": "it is in Word's older format",
    ".odt": "it is in another program's format",
}
# What is kept beside the body, by the end of the relationship's type.
_KEPT = frozenset(("styles", "numbering", "theme", "fontTable", "settings", "header", "footer"))
# What these may themselves hold, besides words.
_HELD = frozenset(("image", "font", "hyperlink"))
_SETTINGS = frozenset(
    "evenAndOddHeaders mirrorMargins gutterAtTop bordersDoNotSurroundHeader bordersDoNotSurroundFooter "
    "defaultTabStop autoHyphenation hyphenationZone characterSpacingControl compat themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator".split()
)
# Fields that work out something of the document itself.
_FIELDS = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE TITLE SUBJECT AUTHOR "
    "KEYWORDS COMMENTS FILENAME STYLEREF DOCPROPERTY REVNUM LASTSAVEDBY IF QUOTE SYMBOL ADVANCE".split()
)
_LINK = re.compile(r"(?i)(?:https?|mailto):")
_SECTION = frozenset("headerReference footerReference pgSz pgMar pgBorders titlePg docGrid bidi".split())


def read(path: str | Path) -> bytes:
    """The bytes of a house document.

    Raises `InputError` for what is no .docx by its name, and for a file that cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path} is not a file: give the path of your own document, such as board.docx.")
    if path.suffix.lower() != ".docx":
        why = _OTHERS.get(path.suffix.lower(), "it is not a Word document")
        raise InputError(f"{path.name} cannot be taken as the house document ({why}): {_AGAIN}.")
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                f"{path.name} cannot be taken as the house document (it is larger than 64 MB): delete its "
                "pictures and text, and give what is left."
            )
        return path.read_bytes()
    except OSError as error:
        how = "If it is open in another program, close it."
        raise InputError(f"{path} cannot be read: {error.strerror or error}. {how}") from None


def opened(data: bytes | None, name: str = "the house document") -> Any:
    """A python-docx document with an empty body, dressed as `data`, or plain; `name` is for messages.

    Raises `InputError` for what is no Word document, is broken or could run or fetch something.
    """
    import docx

    if data is None:
        document = docx.Document()
    else:
        try:
            _check(data)
            document = docx.Document(io.BytesIO(data))
            _check_dress(document, name)
        except RefusedError as refused:
            raise _refusal(name, refused.code.replace("_", " "), refused.detail) from None
        except InputError:
            raise
        except Exception as error:
            # python-docx says that a part is missing or odd in many ways
            raise _refusal(name, "it is broken", _AGAIN) from error
    _strip(document)
    return document


def _refusal(name: str, why: str, how: str) -> InputError:
    return InputError(f"{name} cannot be taken as the house document ({why}): {how or _AGAIN}.")


def _check(data: bytes) -> None:
    """Raise `RefusedError` for what is no plain Word document, or would grow when it is opened."""
    with packages.opened(data) as package:
        for info in package.infolist():
            content = packages.part(package, info.filename)
            if not info.filename.lower().endswith((".xml", ".rels")):
                continue
            try:
                root = hardened.xml_root(content)
            except ValueError as error:  # lxml's XMLSyntaxError is none of ours to name
                raise RefusedError("malformed", _AGAIN) from error
            except SyntaxError as error:
                raise RefusedError("malformed", _AGAIN) from error
            if info.filename == "_rels/.rels" and _STRICT in content:
                raise RefusedError(
                    "unsupported", "it is kept as Strict Open XML; save it as Word Document (.docx) instead"
                )
            if info.filename == "[Content_Types].xml" and _MAIN not in {
                e.get("ContentType") for e in root if e.get("PartName")
            }:
                raise RefusedError("unsupported", f"it is not a plain Word document; {_AGAIN}")


def _sort(relation: Any) -> str:
    return str(relation.reltype).rpartition("/")[2]


def _check_dress(document: Any, name: str) -> None:
    """Raise `InputError` for a header, footer or the like that runs or fetches something."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if _sort(relation) not in _KEPT or relation.is_external or _sort(relation) == "settings":
            continue
        part, sort = relation.target_part, _sort(relation)
        for held in part.rels.values():
            link = _sort(held) == "hyperlink" and _LINK.match(held.target_ref)
            if _sort(held) not in _HELD or (held.is_external and not link):
                told = f"its {sort} holds or is linked to something else than words and pictures"
                raise _refusal(name, told, f"delete that ({_sort(held)}), and give what is left")
        if sort not in {"header", "footer"}:
            continue
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
        for instruction in _instructions(root):
            word = instruction.split()[:1]
            if word and word[0].upper() not in _FIELDS:
                told = f"its {sort} holds a field that may fetch something, {word[0][:20]}"
                raise _refusal(name, told, "delete that field, and give what is left")


def _instructions(root: Any) -> list[str]:
    """What the fields of a header or footer do, those inside others apart."""
    told = [e.get(W + "instr") or "" for e in root.iter(W + "fldSimple")]
    opened: list[str] = []
    for element in root.iter(W + "fldChar", W + "instrText"):
        if element.tag == W + "instrText":
            if opened:
                opened[-1] += element.text or ""
            else:
                told.append(element.text or "")
        elif element.get(W + "fldCharType") == "begin":
            opened.append("")
        elif element.get(W + "fldCharType") == "end" and opened:
            told.append(opened.pop())
    return told + opened


def _strip(document: Any) -> None:
    """Leaves of a document nothing but its dress."""
    package, part = document.part.package, document.part
    for holder, kept in ((package.rels, {"officeDocument"}), (part.rels, _KEPT)):
        for identity in [i for i, r in holder.items() if _sort(r) not in kept or r.is_external]:
            del holder[identity]
    section = _section(document)
    body = document.element.body
    for element in list(body):
        body.remove(element)
    body.append(section)
    for element in list(document.element):
        if element is not body:  # a background may be a picture
            document.element.remove(element)
    named = {e.get(_relation()) for e in section}
    for identity in [i for i, r in part.rels.items() if _sort(r) in {"header", "footer"} and i not in named]:
        del part.rels[identity]
    settings = document.settings.element
    for element in list(settings):
        if element.tag.removeprefix(W) not in _SETTINGS:
            settings.remove(element)
    for relation in part.rels.values():
        if _sort(relation) == "settings":  # such as the template that it was made from
            relation.target_part.rels.clear()


def _relation() -> str:
    return "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _section(document: Any) -> Any:
    """The page of the paper: the first section with a header or footer of its own, else the last."""
    from docx.oxml import OxmlElement

    every = list(document.element.body.iter(W + "sectPr"))
    own = [s for s in every if s.find(W + "headerReference") is not None]
    own += [s for s in every if s.find(W + "footerReference") is not None]
    chosen = (own or every[-1:] or [OxmlElement("w:sectPr")])[0]
    for element in list(chosen):
        if element.tag.removeprefix(W) not in _SECTION:
            chosen.remove(element)
    return chosen


def dateless(data: bytes) -> bytes:
    """The same document, with no time of making in its zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for item in made.infolist():
            entry = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, made.read(item))
    return out.getvalue()
