"""ZIP folders, and what all files inside files share: names, limits, the ledger. All words are invented."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest

from thememiner.reading import archives, find, formats, mapping, membernames, opening, packages, read
from thememiner.reading.opening import Room
from thememiner.reading.parsed import RefusedError
from thememiner.reading.whole import read_whole
from thememiner.records import Source

TEXT = b"The ward rang the community team twice before the discharge."


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, data in members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            package.writestr(info, data)
    return stream.getvalue()


def names(data):
    return [member.name for member in archives.parse(data).members]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("notes/a.txt", "notes/a.txt"),
        ("../../etc/a.txt", "etc/a.txt"),
        ("/share/a.txt", "share/a.txt"),
        ("C:\\Users\\a.txt", "Users/a.txt"),
        ("C:a.txt", "a.txt"),
        ("\\\\server\\share\\a.txt", "server/share/a.txt"),
        ("a\x01b.txt", "ab.txt"),
        ("what?.txt", "what_.txt"),
        ("CON.txt", "_CON.txt"),
        ("folder/lpt1", "folder/_lpt1"),
        ("console.txt", "console.txt"),
        ("a.txt. . ", "a.txt"),
        ("./././a.txt", "a.txt"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_a_name_is_made_safe(given, safe):
    assert membernames.safe(given) == safe
    assert membernames.safe(safe) == safe


def test_a_name_keeps_its_ending_however_long_it_is():
    safe = membernames.safe("n" * 500 + ".docx")
    assert safe.endswith("n.docx")
    assert len(safe) == 120


def test_names_that_clash_are_numbered_and_none_takes_anothers():
    assert membernames.distinct(["a.txt", "A.TXT", "a.txt", "a (2).txt"]) == [
        "a.txt",
        "A (3).TXT",
        "a (4).txt",
        "a (2).txt",
    ]
    assert membernames.distinct(["x/a", "y/a"]) == ["x/a", "y/a"]


def test_files_come_out_under_safe_names_and_litter_is_counted():
    given = [
        "notes/",
        "notes/a.txt",
        "../b.txt",
        "__MACOSX/._a.txt",
        "notes/~$a.docx",
        ".hidden",
        "Thumbs.db",
    ]
    bundle = archives.parse(zipped(*[(name, b"" if name.endswith("/") else TEXT) for name in given]))
    assert [(member.name, member.data, member.code) for member in bundle.members] == [
        ("notes/a.txt", TEXT, ""),
        ("b.txt", TEXT, ""),
    ]
    assert bundle.skipped == (("hidden file", 4),)
    assert bundle.detail == "1 name was made safe"


def test_a_name_without_the_flag_of_utf8_is_read_as_it_was_written():
    data = zipped(("zz.txt", TEXT))
    assert names(data.replace(b"zz.txt", "é.txt".encode())) == ["é.txt"]
    assert names(data.replace(b"zz.txt", b"\x82\x9c.txt")) == ["é£.txt"]


def test_a_member_that_cannot_be_read_is_refused_alone():
    data = bytearray(zipped(("a.txt", TEXT), ("b.txt", TEXT[::-1]), method=zipfile.ZIP_STORED))
    data[data.index(TEXT) + 5] ^= 0xFF
    first, second = archives.parse(bytes(data)).members
    assert (first.code, first.data) == ("malformed", b"")
    assert (second.code, second.data) == ("", TEXT[::-1])


def test_an_encrypted_member_is_refused_alone(tmp_path):
    data = bytearray(zipped(("a.txt", TEXT), ("b.txt", TEXT)))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "box.zip"
    path.write_bytes(data)
    reading = read([Source(path, kind="policy")])
    assert [(e.source, e.status, e.reason, e.inside) for e in reading.ledger] == [
        ("box.zip", "read", "", ""),
        ("box.zip/a.txt", "refused", "encrypted", "box.zip"),
        ("box.zip/b.txt", "read", "", "box.zip"),
    ]
    assert [(d.text, d.source) for d in reading.documents] == [(TEXT.decode(), "box.zip/b.txt")]


def test_a_link_is_not_followed():
    info = zipfile.ZipInfo("secret.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    (member,) = archives.parse(zipped((info, "/etc/hostname"))).members
    assert (member.code, member.data) == ("unsupported", b"")


def test_members_that_share_their_bytes_are_refused_but_for_the_first():
    data = zipped(("a.txt", TEXT))
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start:end]
    twice = data[:start] + entry + entry
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(entry), start, 0)
    first, second = archives.parse(twice + ending).members
    assert (first.name, first.data) == ("a.txt", TEXT)
    assert (second.name, second.code) == ("a (2).txt", "malformed")


def test_a_member_that_grows_too_much_is_refused_before_it_is_unpacked():
    data = zipped(("zeros.txt", bytes(64 * 2**20)), ("small zeros.txt", bytes(2**20)))
    start = time.perf_counter()
    large, small = archives.parse(data).members
    assert (large.code, large.data) == ("over_limit", b"")
    assert len(small.data) == 2**20
    assert time.perf_counter() - start < 1


def test_a_size_that_lies_unpacks_no_more_than_it_says():
    data = zipped(("a.txt", b"x" * 10**6))
    lying = data.replace(struct.pack("<L", 10**6), struct.pack("<L", 100))
    assert lying != data
    (member,) = archives.parse(lying).members
    assert (member.code, member.data) == ("malformed", b"")


def test_too_much_in_all_is_refused(monkeypatch):
    data = zipped(("a.txt", TEXT), ("b.txt", TEXT))
    for name, least in (("MOST_MEMBERS", 1), ("LARGEST_PACKAGE", 2 * len(TEXT) - 1)):
        with monkeypatch.context() as patch:
            patch.setattr(packages, name, least)
            with pytest.raises(RefusedError, match="over_limit"):
                archives.parse(data)
    assert len(archives.parse(data).members) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no zip at all", "malformed"),
        (zipped(("a.txt", TEXT * 50))[:60], "truncated"),
        (zipped(("a.txt", TEXT)).replace(b"PK\x01\x02", b"PK\x01\x09"), "malformed"),
    ],
)
def test_what_is_no_whole_zip_is_refused(data, code):
    with pytest.raises(RefusedError) as refused:
        archives.parse(data)
    assert refused.value.code == code


def test_an_unknown_way_to_pack_is_refused_alone():
    data = zipped(("a.txt", TEXT), ("b.txt", TEXT))
    first = data.index(b"PK\x01\x02")
    data = data[: first + 10] + struct.pack("<H", 9) + data[first + 12 :]
    assert [member.code for member in archives.parse(data).members] == ["unsupported", ""]


def test_a_folder_in_a_zip_is_read_as_the_folder_would_be(tmp_path):
    inner = zipped(("deep.txt", b"Nobody answered until half past two."))
    path = tmp_path / "box.zip"
    path.write_bytes(zipped(("a/one.txt", TEXT), ("b.zip", inner), ("picture.png", b"x"), ("blank.txt", b"")))
    reading = read([Source(path, kind="policy")])
    assert [(e.source, e.status, e.reason) for e in reading.ledger] == [
        ("box.zip", "read", ""),
        ("box.zip/a/one.txt", "read", ""),
        ("box.zip/b.zip", "read", ""),
        ("box.zip/b.zip/deep.txt", "read", ""),
        ("box.zip/blank.txt", "refused", "empty"),
        ("box.zip/picture.png", "refused", "unsupported"),
    ]
    assert [d.source for d in reading.documents] == ["box.zip/a/one.txt", "box.zip/b.zip/deep.txt"]


def test_zips_of_zips_end_where_files_may_lie_no_deeper(tmp_path):
    data = zipped(("end.txt", TEXT))
    for _ in range(6):
        data = zipped(("in.zip", data))
    path = tmp_path / "box.zip"
    path.write_bytes(data)
    reading = read([Source(path, kind="policy")])
    assert [entry.reason for entry in reading.ledger] == ["", "", "", "", "over_limit"]
    assert not reading.documents


def test_what_zips_of_zips_hold_in_all_is_limited(tmp_path, monkeypatch):
    inner = zipped(*[(f"{n}.txt", TEXT) for n in range(10)])
    path = tmp_path / "box.zip"
    path.write_bytes(zipped(*[(f"{n}.zip", inner) for n in range(10)]))
    monkeypatch.setattr(opening, "Room", lambda: Room(files=25))
    ledger = read([Source(path, kind="policy")]).ledger
    assert sum(entry.status == "read" for entry in ledger) == 26
    assert {entry.reason for entry in ledger} == {"", "over_limit"}
    assert len(ledger) < 60
    room = Room(files=5, bytes=10)
    assert [room.takes(size) for size in (6, 5, 4, 1)] == [True, False, True, False]


def test_a_bomb_of_one_kernel_in_many_files_does_not_go_off():
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = kernel.compress(bytes(8 * 2**20)) + kernel.flush()
    about = (zlib.crc32(bytes(8 * 2**20)), len(body), 8 * 2**20)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *about, 5, 0) + b"a.txt"
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *about, 5, 0, 0, 0, 0, 0, 0)
    entries = (entry + b"a.txt") * 60
    start = len(local) + len(body)
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60, 60, len(entries), start, 0)
    members = archives.parse(local + body + entries + ending).members
    assert sum(len(member.data) for member in members) <= 8 * 2**20
    assert [member.code for member in members[1:]] == ["malformed"] * 59


def test_other_archives_are_refused_with_what_to_do():
    with pytest.raises(RefusedError) as refused:
        formats.parse(".7z", b"7z")
    assert (refused.value.code, "zip" in refused.value.detail) == ("unsupported", True)


def test_reading_and_redacting_tell_the_same_of_every_file(tmp_path, monkeypatch):
    deep = zipped(("in.zip", zipped(("in.zip", zipped(("in.zip", zipped(("end.txt", TEXT))))))))
    files = [("a.txt", TEXT), ("b.txt", b" "), ("c.pdf", b"no"), ("of Bo.Quill", TEXT), ("d.zip", deep)]
    path = tmp_path / "box.zip"
    path.write_bytes(zipped(*files, ("e.doc", TEXT), ("f.txt", TEXT), ("g.txt", TEXT)))
    monkeypatch.setattr(opening, "Room", lambda: Room(files=9))
    told = read([Source(path, kind="policy")]).ledger
    (found,) = find(Source(path, kind="policy"))
    whole = [file.entry for file in read_whole(found)]
    assert sorted(whole, key=lambda entry: entry.source) == list(told)
    assert {entry.reason for entry in told} == {"", "empty", "malformed", "unsupported", "over_limit"}
    deepest = next(entry for entry in told if entry.source.count(".zip") == 5)
    assert (deepest.reason, deepest.detail[:14]) == ("over_limit", "it lies too de")
    (last,) = (entry for entry in told if entry.source == "box.zip/g.txt")
    assert (last.reason, last.detail[:13]) == ("over_limit", "there is more")


def test_a_file_that_fails_takes_none_that_is_inside_it_along(tmp_path, monkeypatch):
    path = tmp_path / "box.zip"
    path.write_bytes(zipped(("a.txt", TEXT)))
    made = mapping._made

    def failing(file, parsed, **options):
        if file.suffix == ".zip":
            raise ValueError("of any sort")
        return made(file, parsed, **options)

    monkeypatch.setattr(mapping, "_made", failing)
    reading = read([Source(path, kind="policy")])
    assert [(entry.status, entry.reason) for entry in reading.ledger] == [
        ("refused", "crashed"),
        ("read", ""),
    ]
    assert [document.text for document in reading.documents] == [TEXT.decode()]
