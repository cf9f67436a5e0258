"""A mail's parts → the stretches of its body and the files attached to it, by what each part says it is.

What is no text and no file (a signature, a picture that the text shows) is counted.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from dataclasses import dataclass, field
from email.policy import default
from typing import TYPE_CHECKING, Any

from thememiner.reading import membernames
from thememiner.reading.charsets import worded
from thememiner.reading.mailheaders import decoded
from thememiner.reading.parsed import Member

if TYPE_CHECKING:
    from email.message import Message

_SIGNATURES = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
)
_WRAPPED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_ENVELOPED = bytes.fromhex("06092a864886f70d010703")  # the object identifier of what is encrypted, in DER
_COUNTED = {
    "text/calendar": "calendar entry",
    "text/vcard": "contact card",
    "text/x-vcard": "contact card",
    "message/delivery-status": "delivery report",
    "message/disposition-notification": "delivery report",
    "text/rfc822-headers": "headers of another mail",
    "message/external-body": "file kept elsewhere",
}
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/zip": ".zip",
    "application/json": ".json",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "message/rfc822": ".eml",
}
_CID = re.compile(rb"cid:([^\"'\s>)]{1,250})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a body: the same words as plain texts and as pages of HTML, or one of them."""

    plain: tuple[str, ...] = ()
    pages: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Parts:
    """What a mail is made of. `pictures` are (content id, file): only a file when no page shows it."""

    stretches: list[Stretch] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    pictures: list[tuple[str, Member]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    encrypted: int = 0

    def gather(self, part: Message[Any, Any]) -> None:
        """Adds a part and all below it."""
        sort = part.get_content_type()
        name = file_name(part)
        if sort == "message/rfc822":
            self.members.append(_nested(part, name))
        elif sort in _COUNTED and not _attached(part):
            self.skipped[_COUNTED[sort]] += 1
        elif part.is_multipart():
            inner = [p for p in part.get_payload() if not isinstance(p, str)]
            if sort == "multipart/alternative":
                self._alternatives(inner)
            else:
                self.encrypted += sort == "multipart/encrypted"
                for each in inner:
                    self.gather(each)
        elif not sort.startswith("multipart/") or part.get_payload():
            self._leaf(part, sort, name)

    def files(self) -> tuple[Member, ...]:
        """The attached files under names that differ; pictures that a page shows are counted instead."""
        shown = {match.lower() for s in self.stretches for page in s.pages for match in _CID.findall(page)}
        kept = list(self.members)
        for content_id, member in self.pictures:
            if content_id.lower().encode("utf-8", "replace") in shown:
                self.skipped["picture in the text"] += 1
            else:
                kept.append(member)
        names = membernames.distinct([member.name for member in kept])
        return tuple(
            Member(name, member.data, member.code, member.detail)
            for name, member in zip(names, kept, strict=True)
        )

    def _alternatives(self, inner: list[Message[Any, Any]]) -> None:
        """Adds the versions of one text as one stretch, and what files they bring."""
        versions = Parts()
        for each in inner:
            versions.gather(each)
        self.stretches.append(
            Stretch(
                tuple(text for stretch in versions.stretches for text in stretch.plain),
                tuple(page for stretch in versions.stretches for page in stretch.pages),
            )
        )
        self.members += versions.members
        self.pictures += versions.pictures
        self.skipped += versions.skipped
        self.encrypted += versions.encrypted

    def _leaf(self, part: Message[Any, Any], sort: str, name: str) -> None:
        data = payload(part)
        if sort in _SIGNATURES:
            self.skipped["signature"] += 1
        elif sort in _WRAPPED:
            if is_enveloped(data) or part.get_param("smime-type") == "enveloped-data":
                self.encrypted += 1
            else:
                self.skipped["text wrapped up in its signature"] += 1
        elif sort == "application/pgp-encrypted":
            self.encrypted += 1
        elif sort in ("application/ms-tnef", "application/vnd.ms-tnef") or name.casefold() == "winmail.dat":
            self.skipped["winmail.dat"] += 1
        elif name or _attached(part) or not sort.startswith("text/"):
            named = name or f"attachment {len(self.members) + len(self.pictures) + 1}{_ENDINGS.get(sort, '')}"
            member = Member(named, data)
            content_id = str(part.get("content-id") or "").strip(" <>\r\n\t")
            if sort.startswith("image/") and content_id:
                self.pictures.append((content_id, member))
            else:
                self.members.append(member)
        elif sort == "text/html":
            self.stretches.append(Stretch(pages=(page_bytes(data, _charset(part)),)))
        else:
            self.stretches.append(Stretch(plain=(worded(data, _charset(part)),)))


def is_enveloped(data: bytes) -> bool:
    """Whether these are the bytes of an encrypted mail (S/MIME)."""
    return _ENVELOPED in data[:200]


def page_bytes(data: bytes, charset: str) -> bytes:
    """A page of HTML in UTF-8; one that came without a character set says it itself."""
    return worded(data, charset).encode("utf-8", "replace") if charset else data


def payload(part: Message[Any, Any]) -> bytes:
    """The bytes of a part, as they were before they were packed for the journey."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        data = None
    return data if isinstance(data, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")


def file_name(part: Message[Any, Any]) -> str:
    """The name of an attached file, made safe; "" when it has none."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    plain = decoded(name).strip()
    return membernames.base(plain) if plain else ""


def _attached(part: Message[Any, Any]) -> bool:
    return part.get_content_disposition() == "attachment"


def _charset(part: Message[Any, Any]) -> str:
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError):
        return ""


def _nested(part: Message[Any, Any], name: str) -> Member:
    """A mail attached to a mail, as a file of its own, its headers as they came."""
    named = name if name.casefold().endswith(".eml") else f"{name or 'attached mail'}.eml"
    inner = part.get_payload()
    if isinstance(inner, str):  # the text of a mail whose parts were not told apart
        return Member(named, payload(part))
    if not isinstance(inner, list) or not inner or isinstance(inner[0], str):
        return Member(named, code="empty", detail="there is no mail in it")
    mail = inner[0]
    if str(part.get("content-transfer-encoding") or "").strip().lower() == "base64" and not mail.keys():
        try:
            return Member(named, base64.b64decode(str(mail.get_payload())))
        except (binascii.Error, ValueError):
            return Member(named, code="malformed", detail="save the attached mail by itself")
    try:
        return Member(named, mail.as_bytes(policy=default.clone(refold_source="none")))
    except (ValueError, LookupError, TypeError, AttributeError):
        return Member(named, code="malformed", detail="save the attached mail by itself")
