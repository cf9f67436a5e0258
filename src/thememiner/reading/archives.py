"""ZIP → the files in it, in memory: nothing is unpacked onto a disk, and each bad one is refused alone."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
from collections import Counter

from thememiner.reading import membernames, packages
from thememiner.reading.parsed import Bundle, Member, RefusedError

MOST_RATIO = 200  # unpacked to packed; text packs to a tenth, and the best of it to a hundredth
_RATIO_FROM = 10 * 1024 * 1024  # bytes unpacked, from which the ratio counts
_LOCAL_HEADER = 30  # bytes, before the name
_UTF8 = 0x800  # the flag of a name in UTF-8
_ENCRYPTED = 0x1
_BROKEN = (*packages.BROKEN, lzma.LZMAError, struct.error)
_ENDING = b"PK\x05\x06"
_TAIL = 66_000  # the ending and the longest comment after it
_SPLIT = "it unpacks to more than the reader takes; split it"
_AGAIN = "zip the file again"


def parse(data: bytes) -> Bundle:
    """The files, under safe names; those that are hidden, or only litter of a system, are counted."""
    skipped: Counter[str] = Counter()
    with _opened(data) as package:
        given = [(info, _name(info)) for info in package.infolist()]
        if len(given) > packages.MOST_MEMBERS:
            raise RefusedError("over_limit", f"more than {packages.MOST_MEMBERS} files in it; split it")
        if sum(info.file_size for info, _ in given) > packages.LARGEST_PACKAGE:
            raise RefusedError("over_limit", _SPLIT)
        files = []
        for info, name in given:
            if name.endswith(("/", "\\")) and not info.file_size:
                continue  # a folder
            if membernames.is_litter(name):
                skipped["hidden file"] += 1
            else:
                files.append((info, name))
        names = membernames.distinct([membernames.safe(name) for _, name in files])
        changed = sum(safe != name for safe, (_, name) in zip(names, files, strict=True))
        overlapping = _overlapping([info for info, _ in files])
        members = tuple(
            Member(name, code="malformed", detail=f"it shares its bytes with another file; {_AGAIN}")
            if at in overlapping
            else _member(package, info, name)
            for at, ((info, _), name) in enumerate(zip(files, names, strict=True))
        )
    named = "1 name was made safe" if changed == 1 else f"{changed} names were made safe"
    return Bundle(members, tuple(sorted(skipped.items())), detail=named if changed else "")


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        if not data.startswith(b"PK"):
            raise RefusedError("malformed", "this is not a ZIP file, whatever its name") from error
        whole = _ENDING in data[-_TAIL:]
        raise RefusedError("malformed" if whole else "truncated", "copy or zip the files again") from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the flag it may be UTF-8 all the same, as macOS writes it."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """The files that begin inside another's bytes, by number: a bomb's way to be far larger than its file."""
    found, end = set(), -1
    for at in sorted(range(len(infos)), key=lambda at: (infos[at].header_offset, at)):
        info = infos[at]
        if info.header_offset < end:
            found.add(at)
        else:
            end = info.header_offset + _LOCAL_HEADER + info.compress_size
    return found


def _member(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    if info.flag_bits & _ENCRYPTED:
        return Member(name, code="encrypted", detail="zip it again without a password")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(name, code="unsupported", detail="it is a link to another file; zip the file itself")
    if info.file_size > max(_RATIO_FROM, MOST_RATIO * info.compress_size):
        return Member(
            name, code="over_limit", detail="it unpacks to far more than it should; give the file itself"
        )
    try:
        with package.open(info) as stream:
            return Member(name, stream.read(info.file_size + 1))
    except NotImplementedError:
        return Member(name, code="unsupported", detail=f"it is packed in a way that is not read; {_AGAIN}")
    except _BROKEN:
        return Member(name, code="malformed", detail=_AGAIN)
