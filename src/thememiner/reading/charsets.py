"""Bytes that come with the name of their character set, as those of mails do; the name may well be wrong."""

from __future__ import annotations

from thememiner.reading.decoding import decode

# What senders name 7-bit and Western texts, rightly or not: our own decoder tells these by their bytes.
_WESTERN = frozenset(
    "us-ascii ascii iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 windows-1252 cp1252 utf-8 utf8 "
    "unknown-8bit".split()
)


def worded(data: bytes, charset: str) -> str:
    """The text of the bytes in the character set that they claim, or in the one that they show."""
    if charset.lower() not in _WESTERN:
        try:
            return data.decode(charset)
        except (LookupError, ValueError):  # no such set, or not in it
            pass
    return decode(data).text
