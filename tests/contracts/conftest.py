"""Writers of small good files for formats that nothing installed can write. All words are invented."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Sectors:
    """Chains of sectors of one size, and the table that says which follows which."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        if not content:
            return _END
        first, count = len(self.table), -(-len(content) // self.size)
        self.data += content.ljust(count * self.size, b"\0")
        self.table += [*range(first + 1, first + count), _END]
        return first


def compound(tree: Tree) -> bytes:
    """A compound file (OLE2) with these streams and storages; at most some 60 kB."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, sort, right, child, start, size
    large, small = _Sectors(_SECTOR), _Sectors(_MINI)

    def add(branch: Tree) -> int:
        following = _FREE
        for name, content in reversed(branch.items()):
            if isinstance(content, bytes):
                where = small if len(content) < _CUTOFF else large
                entry = (name, 2, following, _FREE, where.add(content), len(content))
            else:
                entry = (name, 1, following, add(content), 0, 0)
            entries.append(entry)
            following = len(entries)
        return following

    first = add(tree)
    root = ("Root Entry", 5, _FREE, first, large.add(bytes(small.data)), len(small.data))
    directory = b"".join(map(_entry, [root, *entries]))
    directory_start = large.add(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"))
    mini_table = struct.pack(f"<{len(small.table)}I", *small.table)
    mini_start = large.add(mini_table.ljust(-(-len(mini_table) // _SECTOR) * _SECTOR, b"\xff"))
    table = [*large.table, _FAT]
    assert len(table) <= _SECTOR // 4
    fat = struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = (0, 1, directory_start, 0, _CUTOFF, mini_start, int(bool(mini_table)), _END, 0)
    head += struct.pack("<9I", *counts) + struct.pack("<109I", len(large.table), *[_FREE] * 108)
    return head + bytes(large.data) + fat


def _entry(entry: tuple[str, int, int, int, int, int]) -> bytes:
    name, sort, right, child, start, size = entry
    wide = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(wide), sort, 1, _FREE, right, child)
    return wide.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def message(
    texts: Mapping[int, str],
    binaries: Mapping[int, bytes] | None = None,
    numbers: Mapping[int, tuple[int, int]] | None = None,
    inside: Tree | None = None,
    *,
    before: int = 32,
    narrow: str = "",
) -> dict[str, bytes | Tree]:
    """The storage of an Outlook message, an attachment or a recipient; `numbers` are key -> (sort, value).

    With `narrow` the texts are in that character set and not in Unicode.
    """
    tree: dict[str, bytes | Tree] = {}
    properties = bytes(before)
    for key, text in texts.items():
        sort = 0x1E if narrow else 0x1F
        content = text.encode(narrow or "utf-16-le")
        tree[f"__substg1.0_{key:04X}{sort:04X}"] = content
        properties += struct.pack("<HHIII", sort, key, 6, len(content), 0)
    for key, content in (binaries or {}).items():
        tree[f"__substg1.0_{key:04X}0102"] = content
        properties += struct.pack("<HHIII", 0x102, key, 6, len(content), 0)
    for key, (sort, value) in (numbers or {}).items():
        properties += struct.pack("<HHIQ", sort, key, 6, value)
    return {"__properties_version1.0": properties, **tree, **(inside or {})}


def xls(rows: list[list[str]]) -> bytes:
    """An .xls workbook (BIFF8) of one sheet of texts."""

    def record(sort: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", sort, len(body)) + body

    def wide(text: str) -> bytes:
        return b"\x01" + text.encode("utf-16-le")

    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet += record(0x204, struct.pack("<HHHH", at, column, 0, len(text)) + wide(text))
    sheet += record(0x0A)
    start = record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0)) + record(
        0x42, struct.pack("<H", 1200)
    )
    name = "Sheet1"
    after = len(start) + 4 + 8 + 2 * len(name) + 4  # where the sheet begins
    bound = record(0x85, struct.pack("<IBBB", after, 0, 0, len(name)) + wide(name))
    assert after == len(start) + len(bound) + 4
    return compound({"Workbook": (start + bound + record(0x0A) + sheet).ljust(_CUTOFF, b"\0")})


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()


_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsb(rows: list[list[str]]) -> bytes:
    """An .xlsb workbook of one sheet of texts."""

    def record(sort: int, body: bytes = b"") -> bytes:
        head = bytes([sort]) if sort < 128 else bytes([sort & 0x7F | 0x80, sort >> 7])
        size = len(body)
        length = b""
        while True:
            size, low = size >> 7, size & 0x7F
            length += bytes([low | 0x80 if size else low])
            if not size:
                return head + length + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Sheet1"))
    book += record(144) + record(132)
    columns = max(map(len, rows))
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, columns - 1)) + record(145)
    for at, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 1) + struct.pack("<II", 0, columns - 1))
        for column, text in enumerate(row):
            sheet += record(6, struct.pack("<II", column, 0) + wide(text))
    sheet += record(146) + record(130)
    link = '<Relationship Id="rId1" Type="{}/{}" Target="{}"/>'
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _RELATIONS.format(link.format(_OFFICE, "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": _RELATIONS.format(
                link.format(_OFFICE, "worksheet", "worksheets/sheet1.bin")
            ),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def ods(rows: list[list[str]]) -> bytes:
    """An .ods workbook of one sheet of texts without marks of XML."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{space}">{entry}</manifest:manifest>'
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


@pytest.fixture(scope="session")
def writers() -> SimpleNamespace:
    """The writers of this file, by name."""
    made = (compound, message, xls, xlsb, ods, zipped)
    return SimpleNamespace(**{writer.__name__: writer for writer in made})
