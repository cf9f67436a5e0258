"""Bytes → text: BOM, then strict UTF-8, then UTF-16 by its pattern of NULs, then Windows-1252 line by line.

The plain rule reads short UK files right where a statistical detector does not ("Patient's wife said
… £20"; docs/reliability.md, finding 4).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from thememiner.reading.parsed import RefusedError

_SAMPLE = 4096  # bytes looked at for the pattern of NULs
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Files of another sort under the name of a text file.
_MAGIC = (
    (b"PK\x03\x04", "a zipped file (perhaps a workbook or a Word document)"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, its encoding, and how many lines were not of that encoding."""

    text: str
    encoding: str
    odd_lines: int = 0

    @property
    def detail(self) -> str:
        """What the ledger says of a file of two encodings."""
        if not self.odd_lines:
            return ""
        lines = "1 line" if self.odd_lines == 1 else f"{self.odd_lines} lines"
        return f"{lines} read as Windows-1252, the rest as UTF-8"


def decode_whole(data: bytes) -> Decoded:
    """The text of a file; raises `RefusedError` when it is empty or not text at all."""
    if not data.strip():
        raise RefusedError("empty", "the file has nothing in it")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise RefusedError("malformed", f"this is {what}, not text; give it its right file name ending")
    return decode(data)


def decode(data: bytes) -> Decoded:
    """The text of some bytes, whatever they are."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            rest = data[len(bom) :]
            if encoding == "utf-8":
                return _utf8(rest)
            return Decoded(rest.decode(encoding, errors="replace"), encoding)
    wide = _wide(data[:_SAMPLE])
    if wide:
        return Decoded(data.decode(wide, errors="replace"), wide)
    return _utf8(data)


def _wide(sample: bytes) -> str:
    """The UTF-16 whose NULs the sample shows: Latin text has one in every second byte."""
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _utf8(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    lines, odd, wide = [], 0, 0
    for raw in data.split(b"\n"):
        try:
            text = raw.decode("utf-8")
            wide += not raw.isascii()
        except UnicodeDecodeError:
            text = _windows(raw)
            odd += 1
        lines.append(text)
    # With no line of true UTF-8 among them the whole file is Windows-1252, and nothing is odd.
    return Decoded("\n".join(lines), "utf-8" if wide else "cp1252", odd if wide else 0)


def _windows(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:  # five bytes have no character there; Latin-1 has one for each
        return raw.decode("latin-1")
