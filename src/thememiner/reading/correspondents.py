"""Who a mail is from and to → (sort, value) of `RawDocument.known`, to be masked in its text."""

from __future__ import annotations

import re
from email.utils import getaddresses
from typing import TYPE_CHECKING

from thememiner.reading.mailheaders import decoded
from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 500  # characters of a name
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w-]{1,80}(?:\.[\w-]{1,80}){1,8}")
_APART = re.compile(r"[\s<>,;:\"()\[\]]+")
_ASIDE = re.compile(r"\s*[(\[].*$", re.DOTALL)  # "PATEL, Asha (AN NHS TRUST)"
# A mailbox of an office is nobody, and to mask its words would take them out of every sentence.
_OFFICE = re.compile(
    r"\b(?:team|services?|mailbox|no-?reply|helpdesk|department|dept|trust|nhs\w*|committee|office|enquiries|"
    r"complaints|pals|feedback|notifications?|administrator|group|council|university|hospital|support|safety|"
    r"governance|distribution|list|all staff|undisclosed[- ]recipients|recipients?)\b",
    re.IGNORECASE,
)
# The headers of the mail that is answered, as programs write them above it.
_QUOTED = re.compile(
    r"^[>\s|*]*(?:From|To|Cc|Bcc|Sent by|Reply-To)\s*:\*?[ \t]*(.{1,1000})$", re.MULTILINE | re.IGNORECASE
)
_NAMED = re.compile(r"([^\W\d_][^<>\[\]\n:;,\"()]{0,80}?)[ \t]*[<\[](?:mailto:)?[^<>\[\]\s@]{1,100}@")
_WROTE = re.compile(r"^.*\bwrote:", re.MULTILINE)
_LEAD_IN = re.compile(r"^.*(?:\d|\b[ap]m\b)[,\s]*|^On\b.*,\s*", re.IGNORECASE)


def of_headers(values: Iterable[str]) -> set[tuple[str, str]]:
    """The people of address headers, still encoded: `Asha Patel <asha@x.org>, "Okoro, Ben" <ben@x.org>`."""
    found: set[tuple[str, str]] = set()
    for raw in values:
        # Names are decoded once they are told apart, since what is encoded may hold a comma.
        value = raw if _addresses(raw) else decoded(raw)
        found |= {("e-mail", address) for address in _addresses(value)}
        for name, _ in _parsed(value):
            found |= of_name(decoded(name))
    return found


def of_name(name: str) -> set[tuple[str, str]]:
    """The person that a display name is of; nobody when it is an office's or an address."""
    plain = line(name).strip(" '\"")
    if _addresses(plain):
        return {("e-mail", address) for address in _addresses(plain)}
    plain = _ASIDE.sub("", plain).strip(" ,;'\"")
    if not any(map(str.isalpha, plain)) or len(plain) > _MOST or _OFFICE.search(plain) or "@" in plain:
        return set()
    surname, comma, forename = plain.partition(",")
    if comma and forename.strip():
        plain = f"{forename.strip()} {surname.strip()}"
    return {("person", plain)}


def of_text(text: str) -> set[tuple[str, str]]:
    """The people whom a mail's own text gives with their addresses: the headers of what it answers."""
    if "@" not in text and ":" not in text:
        return set()
    found = of_headers(value for value in _QUOTED.findall(text) if "@" in value)
    for said in _WROTE.findall(text):
        for name in _NAMED.findall(said):
            found |= of_name(_LEAD_IN.sub("", name))
    return found


def _addresses(value: str) -> list[str]:
    """The e-mail addresses in a header, word by word: a search at every letter takes far longer."""
    words = (word.strip(".'") for word in _APART.split(value) if "@" in word)
    return [match[0] for word in words if (match := _EMAIL.fullmatch(word))]


def _parsed(value: str) -> list[tuple[str, str]]:
    """The (name, address) of a header; those that write it wrongly are read for their names all the same."""
    plain = value.replace(";", ",").replace("[mailto:", "<").replace("]", ">")
    found = [pair for pair in getaddresses([plain]) if any(pair)]
    if found and all("@" in address or name for name, address in found):
        return found
    return [(name, "") for name in _NAMED.findall(value)]
