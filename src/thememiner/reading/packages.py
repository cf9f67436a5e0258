"""Zipped Office files opened with care: encrypted, truncated and over-large ones are refused first."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from thememiner.reading.parsed import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_PART = 128 * 1024 * 1024  # bytes unpacked; the largest part of 436 real DOCX was 12 MB
LARGEST_PACKAGE = 512 * 1024 * 1024
MOST_MEMBERS = 10_000
MOST_CELLS = 50_000_000  # rows x columns of a sheet's bounding box: the reader allocates all of it
_ENDING = b"PK\x05\x06"  # how a zip file ends
_TAIL = 66_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 20
# What zipfile throws at a broken package, in whatever part of it.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The package as an open zip file; raises `RefusedError` when it is not one that can be read."""
    if data.startswith(OLE):
        raise ole_refusal(data)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        whole = _ENDING in data[-_TAIL:] or not data.startswith(b"PK")
        raise RefusedError("malformed" if whole else "truncated", "copy or save the file again") from error
    with package:
        members = package.infolist()
        if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > LARGEST_PACKAGE:
            raise RefusedError("over_limit", "it unpacks to more than the reader takes; split it")
        if any(m.flag_bits & 1 for m in members):
            raise RefusedError("encrypted", "save a copy without a password")
        yield package


def ole_refusal(data: bytes) -> RefusedError:
    """Why a file in Microsoft's older container is refused: encrypted, or of an old format."""
    if _ENCRYPTED in data:
        return RefusedError("encrypted", "save a copy without a password")
    return RefusedError("unsupported", "this is an old Office file; save it as DOCX or XLSX")


def part(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part; raises `RefusedError` when it is too large or broken, `KeyError` when absent."""
    info = package.getinfo(name)
    if info.file_size > LARGEST_PART:
        raise RefusedError("over_limit", "it unpacks to more than the reader takes; split it")
    try:
        with package.open(info) as stream:
            data = stream.read(LARGEST_PART + 1)
    except BROKEN as error:
        raise RefusedError("malformed", "copy or save the file again") from error
    if len(data) > LARGEST_PART:
        raise RefusedError("over_limit", "it unpacks to more than the reader takes; split it")
    return data


def check_sheets(package: zipfile.ZipFile) -> None:
    """Refuses a workbook with a sheet so sparse that its bounding box would fill the memory."""
    for info in package.infolist():
        if not (info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml")):
            continue
        last_row = last_column = 1
        tail = b""
        with package.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                for column, row in _CELL.findall(tail + chunk):
                    last_row = max(last_row, int(row))
                    last_column = max(last_column, _number(column))
                tail = chunk[-200:]
        if last_row * last_column > MOST_CELLS:
            raise RefusedError("over_limit", "a sheet has a cell far from all others; delete it")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
