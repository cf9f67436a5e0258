"""Bytes put into a part of an Office file, and the file with that part: all else stays byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from thememiner.reading import packages
from thememiner.reading.parsed import RefusedError

_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<end>/?)(?P<name>[^\s/>!?]+)(?:[^\"'>/]+|/(?!>)|\"[^\"]*\"|'[^']*')*(?P<empty>/?)>",
    re.DOTALL,
)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_AGAIN = "open it in Word or Excel, save it again, and give that"
_SIGNED = "_xmlsignatures/"
# Signs that XML cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Element:
    """Where an element stands in a part's bytes: its start tag, what is in it, its end tag, and its end.

    `tag` is its name as written, with its prefix; an empty one (`<a/>`) has `inner`, `close` and `end` alike.
    """

    tag: str
    start: int
    inner: int
    close: int
    end: int

    @property
    def prefix(self) -> str:
        """The prefix of its name, with the colon; "" where it has none."""
        return self.tag[: self.tag.rfind(":") + 1]

    @property
    def is_empty(self) -> bool:
        """Whether it is written as one tag."""
        return self.inner == self.end


@dataclass(frozen=True, slots=True)
class Edit:
    """The bytes that come in place of those from `start` to `end`."""

    start: int
    end: int
    new: bytes


def elements(part: bytes) -> list[Element]:
    """Every element of a well-formed part, in document order. Raises `RefusedError` for one not in UTF-8."""
    named = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or (named and named[1].lower() not in (b"utf-8", b"us-ascii")):
        raise RefusedError("unsupported", f"it is not kept in UTF-8; {_AGAIN}")
    found: list[Element] = []
    opened: list[Element] = []
    for match in _TAG.finditer(part):
        if match["name"] is None:
            continue
        if match["end"]:
            element = opened.pop()
            element.close, element.end = match.start(), match.end()
            continue
        element = Element(match["name"].decode("utf-8"), match.start(), match.end(), match.end(), match.end())
        found.append(element)
        if not match["empty"]:
            opened.append(element)
    return found


def spliced(part: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with the edits made, which must not overlap; of several at one place in order."""
    placed = sorted(enumerate(edits), key=lambda each: (each[1].start, each[0]), reverse=True)
    for _, edit in placed:
        part = part[: edit.start] + edit.new + part[edit.end :]
    return part


def escaped(text: str) -> str:
    """A text that may stand between tags: signs that XML cannot hold are replaced."""
    text = _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def members(data: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Every part of a package with its bytes, in order."""
    with packages.opened(data) as package:
        for info in package.infolist():
            yield info, b"" if info.is_dir() else packages.part(package, info.filename)


def packed(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with the bytes of some parts changed; the others, names, dates and order stay.

    Raises `RefusedError` for a package that is signed, whose signature would no longer hold.
    """
    out = io.BytesIO()
    names = set()
    with zipfile.ZipFile(out, "w") as kept:
        for info, content in members(data):
            if info.filename.startswith(_SIGNED):
                raise RefusedError("unsupported", "it is digitally signed; give a copy that is not")
            if info.filename in names:
                raise RefusedError("malformed", f"it holds a part twice; {_AGAIN}")
            names.add(info.filename)
            made = zipfile.ZipInfo(info.filename, info.date_time)
            made.compress_type = (
                zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            )
            made.external_attr, made.create_system, made.comment = (
                info.external_attr,
                info.create_system,
                info.comment,
            )
            kept.writestr(made, parts.get(info.filename, content))
    return out.getvalue()
