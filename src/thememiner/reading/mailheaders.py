"""The headers of a mail as text, whatever the program that wrote them thought of the rules."""

from __future__ import annotations

import binascii
import datetime as dt
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from thememiner.reading.charsets import worded
from thememiner.reading.decoding import decode
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from email.message import Message

PEOPLE = frozenset(
    "from to cc bcc reply-to sender resent-from resent-to resent-cc resent-sender return-path delivered-to "
    "disposition-notification-to x-original-to apparently-to".split()
)
# One of these is in every mail, and in no other text by chance.
_MARKS = PEOPLE | frozenset("subject date message-id received mime-version content-type".split())


def raw(message: Message[Any, Any], names: frozenset[str]) -> list[str]:
    """The headers of those names, in their order, on one line each, still encoded."""
    # The policy's own reading of a header throws on some that are not well formed.
    return [" ".join(str(value).split()) for name, value in message.raw_items() if name.lower() in names]


def is_mail(message: Message[Any, Any]) -> bool:
    """Whether there is any header by which a mail is known."""
    return any(name.lower() in _MARKS for name, _ in message.raw_items())


def subject(message: Message[Any, Any]) -> str:
    """The subject, on one line; "" when there is none."""
    return next((line(decoded(value)) for value in raw(message, frozenset(("subject",)))), "")


def date(message: Message[Any, Any]) -> str:
    """The day on which it was sent, where it was sent, as yyyy-mm-dd; "" when that cannot be told."""
    return next(map(day, raw(message, frozenset(("date",)))), "")


def day(value: str) -> str:
    """The day of a date as mails write it."""
    try:
        found: dt.datetime = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return found.date().isoformat()


def decoded(value: str) -> str:
    """A header's words: bytes beyond ASCII by our own decoder, then RFC 2047's encoded words."""
    text = value
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = decode(text.encode("utf-8", "surrogateescape")).text
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except (HeaderParseError, binascii.Error, ValueError):
        return text
    return "".join(
        piece if isinstance(piece, str) else worded(piece, charset or "") for piece, charset in pieces
    )
