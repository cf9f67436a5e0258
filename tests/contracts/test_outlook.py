"""MSG: what Outlook saves, whole or broken; made by the writers of this folder. All names are invented."""

from __future__ import annotations

import struct
import sys

import pytest

from thememiner.reading import outlook, read
from thememiner.reading.parsed import RefusedError
from thememiner.records import Source

FIRST = "The crisis team did not ring back on Friday."
SECOND = "Nobody told us who the new coordinator was."
CLASS, SUBJECT, BODY, HTML, RTF = 0x1A, 0x37, 0x1000, 0x1013, 0x1009
HEADERS, SENDER, TO, ADDRESS, NAME, SMTP = 0x7D, 0x0C1A, 0x0E04, 0x0C1F, 0x3001, 0x39FE
DATA, LONG_NAME, METHOD, CONTENT_ID = 0x3701, 0x3707, 0x3705, 0x3712
SENT = {0x39: (0x40, 134_170_326_000_000_000)}  # 2026-03-03 23:30 by universal time
ABOUT = {CLASS: "IPM.Note", SUBJECT: "A visit", SENDER: "Quill, Ottoline", TO: "Bram Tolliver; Review Team"}


@pytest.fixture
def msg(writers):
    """`msg(texts, ...)`: the bytes of a message with these properties, and attachments as storages."""

    def made(texts, binaries=None, numbers=None, attached=(), **more):
        inside = {f"__attach_version1.0_#{n:08X}": storage for n, storage in enumerate(attached)}
        inside |= more.pop("inside", {})
        return writers.compound(writers.message({**ABOUT, **texts}, binaries, numbers, inside, **more))

    return made


@pytest.fixture
def attachment(writers):
    """`attachment(name, data, ...)`: the storage of an attached file."""

    def made(name, data, texts=None, method=1):
        given = {LONG_NAME: name, **(texts or {})}
        return writers.message(given, {DATA: data}, {METHOD: (3, method)}, before=8)

    return made


def text(parsed):
    return "\n".join(block.text for block in parsed.blocks)


def test_a_message_is_read_as_a_mail_is(msg, writers):
    recipient = writers.message({NAME: "Ines Farrow", SMTP: "ines@example.org"}, before=8)
    data = msg({BODY: f"{FIRST}\r\n\r\n{SECOND}", ADDRESS: "/O=ORG/CN=OQ"}, numbers=SENT,
               inside={"__recip_version1.0_#00000000": recipient})  # fmt: skip
    parsed = outlook.parse(data)
    assert [block.text for block in parsed.blocks] == [FIRST, SECOND]
    assert (parsed.title, parsed.date, parsed.partly, parsed.skipped) == ("A visit", "2026-03-03", "", ())
    assert parsed.known == (
        ("e-mail", "ines@example.org"),
        ("person", "Bram Tolliver"),
        ("person", "Ines Farrow"),
        ("person", "Ottoline Quill"),
    )


def test_the_headers_that_came_along_say_the_day_and_the_people(msg):
    headers = "From: =?utf-8?q?Zo=C3=AB?= Lark <z@example.org>\r\nDate: Wed, 04 Mar 2026 00:30:00 +0100\r\n"
    parsed = outlook.parse(msg({BODY: FIRST, HEADERS: headers}, numbers=SENT))
    assert parsed.date == "2026-03-04"
    assert {("person", "Zoë Lark"), ("e-mail", "z@example.org")} <= set(parsed.known)


def test_a_page_is_read_when_there_is_no_plain_text(msg):
    page = f"<html><body><p>{FIRST}</p><p>Her father’s £20</p></body></html>"
    for charset, number in (("utf-8", 65001), ("cp1252", 1252)):
        parsed = outlook.parse(msg({}, {HTML: page.encode(charset)}, {0x3FDE: (3, number)}))
        assert text(parsed) == f"{FIRST}\nHer father’s £20"
    assert text(outlook.parse(msg({}, {HTML: page.encode("cp1252")}))) == f"{FIRST}\nHer father’s £20"


@pytest.mark.parametrize(
    ("narrow", "page"),
    [("cp1252", 1252), ("cp1252", None), ("cp1252", 99_999), ("utf-8", 65001), ("cp1252", 65001)],
)
def test_text_that_is_not_unicode_is_read_by_its_code_page_or_as_western(msg, narrow, page):
    numbers = {0x3FFD: (3, page)} if page else {}
    parsed = outlook.parse(msg({BODY: "Her father’s £20"}, numbers=numbers, narrow=narrow))
    assert text(parsed) == "Her father’s £20"


RICH = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}{\colortbl;\red0\green0\blue255;}"
    rf"\f0\fs20 {FIRST}\par\par {{\b Her father\'92s}} \'a320 \u8211? and \u-10179?\u-8704?\par}}"
)
WRAPPED = (
    r"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}\uc1\pard\plain\f0"
    r"{\*\htmltag19 <html>}{\*\htmltag64 <p class=\"x\">}\htmlrtf {\htmlrtf0 "
    rf"{FIRST}{{\*\htmltag84 &nbsp;}}\htmlrtf \'a0\htmlrtf0 {SECOND}"
    r"{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0 {\*\htmltag27 </html>}}"
)


def unpacked(rtf):
    """RTF in the form that says that it is not compressed."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf.encode("ascii")


def test_text_in_rtf_alone_is_read(msg, tmp_path):
    packed = pytest.importorskip("compressed_rtf").compress
    pytest.importorskip("striprtf")
    for data in (unpacked(RICH), packed(RICH.encode("ascii")), unpacked(RICH) + bytes(9)):
        parsed = outlook.parse(msg({}, {RTF: data}))
        assert text(parsed) == f"{FIRST}\nHer father’s £20 – and 😀"
        assert (parsed.partly, parsed.detail, parsed.skipped) == ("", "", ())
    assert text(outlook.parse(msg({}, {RTF: unpacked(WRAPPED)}))) == f"{FIRST} {SECOND}"
    assert text(outlook.parse(msg({BODY: SECOND}, {RTF: unpacked(RICH)}))) == SECOND
    path = tmp_path / "visit.msg"
    path.write_bytes(msg({}, {RTF: packed(RICH.encode("ascii"))}))
    (document,) = read([Source(path, kind="feedback")]).documents
    assert document.text.startswith(FIRST)


def test_rtf_that_is_broken_or_has_no_words_is_not_lost_in_silence(msg):
    pytest.importorskip("striprtf")
    packed = pytest.importorskip("compressed_rtf").compress(RICH.encode("ascii"))
    cut, changed, none = packed[:-9], packed[:40] + b"?" + packed[41:], unpacked(r"{\rtf1 {\*\x no}}")
    for data in (cut, changed, none, packed[:12], unpacked(RICH)[:-9]):
        with pytest.raises(RefusedError) as refused:
            outlook.parse(msg({}, {RTF: data}))
        assert refused.value.code == "unsupported"


def test_rtf_is_left_where_nothing_is_installed_that_reads_it(msg, monkeypatch):
    monkeypatch.setitem(sys.modules, "compressed_rtf", None)
    with pytest.raises(RefusedError, match="RTF alone"):
        outlook.parse(msg({}, {RTF: unpacked(RICH)}))


def test_text_in_rtf_alone_is_not_lost_in_silence(msg, attachment):
    with pytest.raises(RefusedError) as refused:
        outlook.parse(msg({}, {RTF: b"LZFu"}))
    assert (refused.value.code, "HTML" in refused.value.detail) == ("unsupported", True)
    parsed = outlook.parse(msg({}, {RTF: b"LZFu"}, attached=[attachment("a.txt", SECOND.encode())]))
    assert (parsed.partly, parsed.skipped) == ("unsupported", (("text in RTF", 1),))
    assert "HTML" in parsed.detail
    assert not outlook.parse(msg({BODY: FIRST}, {RTF: b"LZFu"})).partly


def test_attachments_are_files_of_their_own(msg, attachment, tmp_path):
    path = tmp_path / "visit.msg"
    attached = [
        attachment("notes.txt", SECOND.encode()),
        attachment("..\\notes.txt", b"Other words."),
        attachment("logo.png", b"x", {CONTENT_ID: "logo@x"}),
        attachment("elsewhere.docx", b"", method=2),
    ]
    page = f'<p>{FIRST}</p><img src="cid:logo@x">'.encode()
    path.write_bytes(msg({}, {HTML: page}, attached=attached))
    reading = read([Source(path, kind="policy")])
    assert [(e.source, e.status) for e in reading.ledger] == [
        ("visit.msg", "read"),
        ("visit.msg/notes (2).txt", "read"),
        ("visit.msg/notes.txt", "read"),
    ]
    assert reading.ledger[0].skipped == (("file kept elsewhere", 1), ("picture in the text", 1))
    assert {d.text for d in reading.documents} == {FIRST, SECOND, "Other words."}


def holding(writers, name, inner):
    storage = writers.message({LONG_NAME: name}, {}, {METHOD: (3, 5)}, before=8)
    return {**storage, "__substg1.0_3701000D": inner}


def test_a_message_in_a_message_is_a_mail_of_its_own_and_the_same_each_time(
    msg, writers, attachment, tmp_path
):
    file = attachment("deep é.txt", b"Deep words.")
    inner = writers.message(
        {
            CLASS: "IPM.Note",
            SUBJECT: "Inner é",
            BODY: f"{SECOND}\r\n\r\nHer father’s £20",
            SENDER: "Ines Farrow",
        },
        {HTML: f"<p>{SECOND}</p>".encode()},
        SENT,
        {"__attach_version1.0_#00000000": file},
        before=24,
    )
    data = msg({BODY: FIRST}, attached=[holding(writers, "Inner", inner)])
    assert outlook.parse(data).members == outlook.parse(data).members
    path = tmp_path / "visit.msg"
    path.write_bytes(data)
    reading = read([Source(path, kind="policy")])
    assert [e.source for e in reading.ledger] == [
        "visit.msg",
        "visit.msg/Inner.eml",
        "visit.msg/Inner.eml/deep é.txt",
    ]
    document = reading.documents[1]
    assert (document.text, document.title, document.date) == (
        f"{SECOND}\n\nHer father’s £20",
        "Inner é",
        "2026-03-03",
    )
    assert ("person", "Ines Farrow") in document.known


def test_a_drawing_that_lives_in_the_text_is_refused_alone(msg, writers):
    parsed = outlook.parse(msg({BODY: FIRST}, attached=[holding(writers, "Sheet", {"CONTENTS": b"x"})]))
    assert [(member.name, member.code) for member in parsed.members] == [("Sheet", "unsupported")]


def test_an_encrypted_message_is_refused_as_that(msg, attachment):
    body = bytes.fromhex("308006092a864886f70d010703a080") + bytes(50)
    with pytest.raises(RefusedError) as refused:
        outlook.parse(msg({CLASS: "IPM.Note.SMIME"}, attached=[attachment("smime.p7m", body)]))
    assert refused.value.code == "encrypted"


def test_a_signed_message_is_read_in_its_wrapping(msg, attachment, tmp_path):
    signed = (
        "Content-Type: multipart/signed; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\n"
        f"{FIRST}\r\n--b1\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n--b1--\r\n"
    )
    path = tmp_path / "signed.msg"
    path.write_bytes(
        msg({CLASS: "IPM.Note.SMIME.MultipartSigned"}, attached=[attachment("smime.p7m", signed.encode())])
    )
    reading = read([Source(path, kind="policy")])
    assert [d.text for d in reading.documents] == [FIRST]


def test_what_is_no_message_is_refused(writers):
    for data in (b"Words.", writers.compound({"WordDocument": b"x" * 5000}), writers.xls([["a"]])):
        with pytest.raises(RefusedError, match="malformed"):
            outlook.parse(data)


def test_a_broken_property_costs_no_more_than_itself(msg):
    data = bytearray(msg({BODY: FIRST}, numbers={0x39: (0x40, 2**64 - 1), 0x3FDE: (3, 2**31)}))
    parsed = outlook.parse(bytes(data))
    assert (text(parsed), parsed.date) == (FIRST, "")
