"""MSG (Outlook) → what EML gives: python-oxmsg opens the container, and the properties are read leniently."""

from __future__ import annotations

import codecs
import contextlib
import io
from dataclasses import dataclass, replace
from typing import Any

from thememiner.reading import (
    correspondents,
    mail,
    mailheaders,
    membernames,
    nestedmail,
    outlookrtf,
    packages,
)
from thememiner.reading.charsets import worded
from thememiner.reading.mailparts import Parts, Stretch, is_enveloped, page_bytes
from thememiner.reading.parsed import Member, RefusedError, Text
from thememiner.reading.tidying import line

_DEEPEST = 3  # messages inside messages
_ROOT, _NESTED, _ITEM = 32, 24, 8  # bytes before the properties of a message, an inner one, an attachment
_STRING, _STRING8, _BINARY, _OBJECT = 0x1F, 0x1E, 0x102, 0xD
_CLASS, _SUBJECT, _BODY, _HTML, _RTF = 0x001A, 0x0037, 0x1000, 0x1013, 0x1009
_HEADERS, _SENT, _RECEIVED = 0x007D, 0x0039, 0x0E06
_CODEPAGES = (0x3FDE, 0x3FFD)  # of the internet text, of the message
_NAMES = (0x0C1A, 0x0042, 0x3001, 0x0040)  # sender, on whose behalf, a recipient's or receiver's name
_LISTS = (0x0E04, 0x0E03, 0x0E02)  # to, cc and bcc as they are shown
_ADDRESSES = (0x0C1F, 0x5D01, 0x0065, 0x3003, 0x39FE)
_DATA, _LONG_NAME, _NAME, _SHOWN_NAME, _METHOD, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x3001, 0x3705, 0x3712
_KEPT_ELSEWHERE = frozenset((2, 3, 4, 7))  # methods of attaching that leave the file where it was
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg", ".webp")
_RTF_ONLY = "its text is in Outlook's RTF alone, which cannot be read; save it in Outlook as HTML or PDF"
_AGAIN = "save it again in Outlook, or as HTML"


@dataclass(frozen=True, slots=True)
class _Store:
    """A storage of the file (a message, an attachment, a recipient) and its properties."""

    storage: Any
    properties: Any

    def number(self, key: int) -> int | None:
        """A number; None when there is none that can be read."""
        try:
            found = self.properties.int_prop_value(key)
        except Exception:  # noqa: BLE001  # the library throws whatever a broken property makes it throw
            return None
        return found if isinstance(found, int) else None

    def data(self, key: int, sort: int = _BINARY) -> bytes:
        """The bytes of a property; b"" when it is not there."""
        try:
            return bytes(self.storage.property_stream_bytes(key, sort))
        except KeyError:
            return b""

    def charset(self) -> str:
        """The character set of what is not in Unicode; "" when the message does not say."""
        from oxmsg.domain import encodings

        for key in _CODEPAGES:
            page = self.number(key)
            if page:
                with contextlib.suppress(LookupError):
                    return codecs.lookup(f"cp{page}").name
                with contextlib.suppress(
                    Exception
                ):  # of kinds of its own, for a page that it has no name for
                    return codecs.lookup(encodings.encoding_from_codepage(page)).name
        return ""

    def text(self, key: int, charset: str = "") -> str:
        """A text; "" when it is not there."""
        wide = self.data(key, _STRING)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return worded(self.data(key, _STRING8), charset or "cp1252").rstrip("\0")


def parse(data: bytes) -> Text:
    """The text of a mail, with its subject, its day, its people and its attachments."""
    from olefile import OleFileIO
    from oxmsg.storage import Storage

    if not data.startswith(packages.OLE):
        raise RefusedError("malformed", "this is not an Outlook message, whatever its name")
    try:
        with OleFileIO(io.BytesIO(data)) as opened:
            storage = Storage.from_ole(opened)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # what it throws at a broken container is of many sorts
        cut = len(data) % 512 != 0
        raise RefusedError("truncated" if cut else "malformed", _AGAIN) from error
    return _read(_store(storage, _ROOT), 0).text()


def _store(storage: Any, before: int) -> _Store:
    from oxmsg.properties import Properties

    return _Store(storage, Properties(storage, before))


@dataclass(frozen=True, slots=True)
class _Mail:
    """A message as it was read: its parts and what stands above them."""

    parts: Parts
    title: str
    date: str
    known: set[tuple[str, str]]
    rtf_only: bool

    def text(self) -> Text:
        """The message as a text; raises `RefusedError` when nothing in it can be read."""
        try:
            found = mail.composed(self.parts, title=self.title, date=self.date, known=self.known)
        except RefusedError as refused:
            if self.rtf_only and refused.code == "empty":
                raise RefusedError("unsupported", _RTF_ONLY) from None
            raise
        if not self.rtf_only:
            return found
        skipped = tuple(sorted((*found.skipped, ("text in RTF", 1))))
        return replace(found, skipped=skipped, partly="unsupported", detail=_RTF_ONLY)


def _read(message: _Store, depth: int) -> _Mail:
    if not message.text(_CLASS):
        raise RefusedError("malformed", "this is not an Outlook message, whatever its name")
    charset = message.charset()
    parts = Parts()
    written = message.text(_BODY, charset)
    page = message.data(_HTML)
    page = page_bytes(page, charset) if page else message.text(_HTML, charset).encode("utf-8", "replace")
    if written.strip() or page.strip():
        parts.stretches.append(Stretch((written,), (page,)))
    rtf = message.data(_RTF)
    if not parts.stretches and (written := outlookrtf.words(rtf)):
        parts.stretches.append(Stretch((written,)))
    rtf_only = not parts.stretches and bool(rtf)
    for storage in message.storage.iter_attachment_storages():
        _attachment(_store(storage, _ITEM), parts, charset, depth)
    headers = message.text(_HEADERS, charset)
    title = line(mailheaders.decoded(message.text(_SUBJECT, charset)))
    return _Mail(parts, title, _day(message, headers), _known(message, headers, charset), rtf_only)


def _attachment(item: _Store, parts: Parts, charset: str, depth: int) -> None:
    number = len(parts.members) + len(parts.pictures) + 1
    given = next(filter(None, (item.text(key, charset) for key in (_LONG_NAME, _NAME, _SHOWN_NAME))), "")
    name = membernames.base(given, f"attachment {number}")
    inner = next((s for s in item.storage.storages if s.name.endswith(f"{_DATA:04X}{_OBJECT:04X}")), None)
    if inner is not None:
        parts.members.append(_inner(_store(inner, _NESTED), name, depth))
    elif item.number(_METHOD) in _KEPT_ELSEWHERE:
        parts.skipped["file kept elsewhere"] += 1
    else:
        data = item.data(_DATA)
        content_id = item.text(_CONTENT_ID, charset)
        if name.lower().endswith(_PICTURES) and content_id:
            parts.pictures.append((content_id, Member(name, data)))
        elif b"multipart/signed" in data[:2000].lower() and name.lower().endswith((".p7m", ".p7s")):
            parts.members.append(Member("signed mail.eml", data))
        elif is_enveloped(data):
            parts.encrypted += 1
        else:
            parts.members.append(Member(name, data))


def _inner(message: _Store, name: str, depth: int) -> Member:
    """A message attached to a message, written out as EML so that it can be a file of its own."""
    named = name if name.lower().endswith((".eml", ".msg")) else f"{name}.eml"
    named = f"{named[:-4]}.eml"
    if not message.text(_CLASS):  # a drawing or a sheet that lives in the text
        return Member(
            name, code="unsupported", detail="it is part of another program's document; save it by itself"
        )
    if depth >= _DEEPEST:
        return Member(
            named, code="over_limit", detail="it lies too deep inside other mails; save it by itself"
        )
    found = _read(message, depth + 1)
    try:
        found.text()
    except RefusedError as refused:
        return Member(named, code=refused.code, detail=refused.detail)
    return Member(
        named, nestedmail.written(found.parts, title=found.title, date=found.date, known=found.known)
    )


def _day(message: _Store, headers: str) -> str:
    """The day it was sent: where the sender was, if its headers came along; else by universal time."""
    for header in headers.splitlines():
        if header.lower().startswith("date:") and (day := mailheaders.day(header[5:].strip())):
            return day
    for key in (_SENT, _RECEIVED):
        try:
            sent = message.properties.date_prop_value(key)
            if sent is not None:
                return str(sent.date().isoformat())
        except Exception:  # noqa: BLE001, S112  # as in `number`
            continue
    return ""


def _known(message: _Store, headers: str, charset: str) -> set[tuple[str, str]]:
    """The people of the headers that came along, and of the properties of the message and its recipients."""
    from email.parser import HeaderParser
    from email.policy import default

    parsed = HeaderParser(policy=default).parsestr(headers)
    known = correspondents.of_headers(mailheaders.raw(parsed, mailheaders.PEOPLE))
    stores = [message, *(_store(s, _ITEM) for s in message.storage.iter_recipient_storages())]
    for store in stores:
        for key in _NAMES:
            known |= correspondents.of_name(store.text(key, charset))
        for key in _LISTS:
            for name in store.text(key, charset).split(";"):
                known |= correspondents.of_name(name)
        known |= correspondents.of_headers(store.text(key, charset) for key in _ADDRESSES)
    return known
