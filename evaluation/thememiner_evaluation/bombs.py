"""Small files that harm a careless reader, made here; and an ordinary PDF to time a careful one with."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

_DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def every() -> Iterator[tuple[str, str, bytes]]:
    """(name, suffix, bytes) of each bomb."""
    for suffix, name, make in _BOMBS:
        yield name, suffix, make()


def package(parts: dict[str, str | bytes], main: str) -> bytes:
    """An Office package with those parts, of which `main` is its document."""
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/></Relationships>'
    )
    return zipped({"[Content_Types].xml": _DOCX_TYPES, "_rels/.rels": relations, **parts})


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip file of those members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def document(body: str, before: str = "") -> bytes:
    """A DOCX with that body."""
    return package(
        {"word/document.xml": f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>"},
        "word/document.xml",
    )


def workbook(rows: str, strings: str = "") -> bytes:
    """An XLSX of one sheet with those rows."""
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook {_S} xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations,
        "xl/worksheets/sheet1.xml": f"<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {_S}>{strings}</sst>",
    }
    return package(parts, "xl/workbook.xml")


def pdf(content: bytes, filters: str = "/FlateDecode", pages: int = 1) -> bytes:
    """A PDF each of whose pages shows the one content stream."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []

    def add(number: int, body: bytes) -> None:
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")

    kids = b" ".join(b"%d 0 R" % (5 + index) for index in range(pages))
    add(1, b"<</Type/Catalog/Pages 2 0 R>>")
    add(2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids))
    add(3, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    add(4, b"<</Length %d/Filter[%s]>>stream\n" % (len(content), filters.encode()) + content + b"\nendstream")
    for index in range(pages):
        add(
            5 + index,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>",
        )
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(offsets) + 1, start))
    return out.getvalue()


def ordinary_pdf(pages: int, seed: int) -> bytes:
    """A PDF of full pages of words, as a policy has them: about 45 lines of 12 words."""
    rng = random.Random(seed)  # words, not secrets
    said = "the team will review each plan with family staff ward within hours and record what was agreed"
    words = said.split()
    lines = [f"({' '.join(rng.choices(words, k=12))}) Tj 0 -16 Td" for _ in range(45)]
    stream = f"BT /F 10 Tf 50 790 Td {' '.join(lines)} ET".encode()
    return pdf(zlib.compress(stream), pages=pages)


def _zip_of_zips() -> bytes:
    data = zipped({"a.txt": b"0" * 10**7})
    for _ in range(4):
        data = zipped({f"{index}.zip": data for index in range(16)})
    return data


def _overlapping() -> bytes:
    """Many entries of one directory that all point at the same member."""
    data = zipped({"a.txt": b"0" * 10**7})
    at = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, copies = data[at:end], 5000
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = copies.to_bytes(2, "little")
    tail[12:16] = (len(entry) * copies).to_bytes(4, "little")
    return data[:at] + entry * copies + bytes(tail)


def _sparse() -> bytes:
    return workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def _sparse_without_references() -> bytes:
    return workbook('<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>')


def _laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return document("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", f"<!DOCTYPE x [{entities}]>")


def _outside() -> bytes:
    return document(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    )


def _deep(opening: str, closing: str, depth: int) -> str:
    return opening * depth + "<w:p/>" + closing * depth


def _paths() -> bytes:
    names = (
        "../../escape.txt",
        "/absolute.txt",
        "C:\\drive.txt",
        "..\\..\\back.txt",
        "CON.txt",
        "a\x00b.txt",
    )
    return zipped({name.replace("\x00", "_"): "A sentence that must not leave its folder." for name in names})


_BOMBS: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    (".zip", "zip of zips", _zip_of_zips),
    (".zip", "zip of 1 GB", lambda: zipped({"a.txt": b"0" * 2**30})),
    (".zip", "zip, overlapping members", _overlapping),
    (".zip", "zip, names that leave the folder", _paths),
    (".zip", "zip of 20,000 members", lambda: zipped({f"{n}.txt": "x" for n in range(20_000)})),
    (".xlsx", "sparse sheet A1, XFD1048576", _sparse),
    (".xlsx", "sparse sheet without references", _sparse_without_references),
    (
        ".xlsx",
        "shared string of 300 MB",
        lambda: workbook(
            '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si><t>{'x' * 300_000_000}</t></si>"
        ),
    ),
    (".docx", "billion laughs", _laughs),
    (".docx", "external entity", _outside),
    (".docx", "2 million paragraphs", lambda: document("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 2_000_000)),
    (
        ".docx",
        "tables 3,000 deep",
        lambda: document(_deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3000)),
    ),
    (".docx", "part of 1 GB", lambda: package({"word/document.xml": b" " * 2**30}, "word/document.xml")),
    (
        ".pdf",
        "double Flate of 1 GB",
        lambda: pdf(zlib.compress(zlib.compress(b" " * 2**30)), "/FlateDecode/FlateDecode"),
    ),
    (".pdf", "3 million operators", lambda: pdf(zlib.compress(b"BT /F 1 Tf (x) Tj ET\n" * 3_000_000))),
    (
        ".pdf",
        "one stream on 9,000 pages",
        lambda: pdf(zlib.compress(b"BT /F 9 Tf 50 700 Td (x y z) Tj ET " * 2000), pages=9000),
    ),
    (".html", "1 MB of div", lambda: b"<div>" * 200_000),
    (".html", "1 MB of nested tables", lambda: b"<table><tr><td>" * 70_000),
    (".html", "attributes of 10 MB", lambda: b"<p " + b"a=b " * 2_500_000 + b">x</p>"),
    (".md", "a million brackets", lambda: b"[" * 1_000_000),
    (".md", "emphasis without end", lambda: b"*a **b " * 200_000),
    (".json", "200,000 lists deep", lambda: b"[" * 200_000),
    (".jsonl", "records 100,000 deep", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    (".csv", "one row of 20 million commas", lambda: b"," * 20_000_000),
    (".csv", "quotation mark that never ends", lambda: b'a,b\n"' + b"x,y\n" * 3_000_000),
    (".txt", "200 MB of one letter", lambda: b"x" * 200_000_000),
    (".txt", "30 million blank lines", lambda: b"x\n\n" * 15_000_000),
)
