"""EML → the text of a mail and the files attached to it, by the standard library and our own decoder.

Headers are never in the text: the subject is the title, the people are `known`. Quoted replies are kept.
"""

from __future__ import annotations

from dataclasses import replace
from email import errors, message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from thememiner.reading import correspondents, mailheaders, plain, web
from thememiner.reading.decoding import decode
from thememiner.reading.mailparts import Parts, Stretch
from thememiner.reading.parsed import Block, RefusedError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from thememiner.reading.parsed import Skips

_FULLER = 2  # times the words, by which a page beats a plain text ("This mail needs a program that ...")
_PGP = "-----BEGIN PGP MESSAGE-----"
_CUT = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)
_DECRYPT = "it is encrypted; open it in the mail program and save its text"
_UNWRAP = "some of its text is in a wrapping that is not read; forward it as plain text or HTML"


def parse(data: bytes) -> Text:
    """The text of a mail, with its subject, its day, its people and its attachments."""
    message = _message(data)
    if not mailheaders.is_mail(message):
        raise RefusedError("malformed", "this is not an e-mail, whatever its name")
    parts = Parts()
    parts.gather(message)
    known = correspondents.of_headers(mailheaders.raw(message, mailheaders.PEOPLE))
    defects = [defect for part in message.walk() for defect in part.defects]
    broken = ("", "")
    if any(isinstance(defect, _CUT) for defect in defects):
        broken = ("truncated", "the end of it is missing; save it again")
    elif any(isinstance(defect, errors.MissingHeaderBodySeparatorDefect) for defect in defects):
        broken = ("malformed", "a line among its headers is none, so some of them stand in its text")
    return composed(
        parts, title=mailheaders.subject(message), date=mailheaders.date(message), known=known, broken=broken
    )


def composed(
    parts: Parts,
    *,
    title: str,
    date: str,
    known: set[tuple[str, str]],
    broken: tuple[str, str] = ("", ""),
) -> Text:
    """A mail's parts as a text; raises `RefusedError` when there is nothing in them that can be read.

    `broken` is the code, and the advice, of what is wrong with the file itself.
    """
    blocks, skipped, code, detail = body(parts.stretches)
    members = parts.files()
    if any(block.text.startswith(_PGP) for block in blocks):
        blocks, code = (), "encrypted"
    if parts.encrypted:
        code, detail = "encrypted", _DECRYPT
    elif parts.skipped["winmail.dat"] or parts.skipped["text wrapped up in its signature"]:
        code, detail = code or "unsupported", detail or _UNWRAP
    elif broken[0] and not code:
        code, detail = broken
    if code == "encrypted":
        detail = _DECRYPT
    if not blocks and not members:
        raise RefusedError(code or "empty", detail or "there is no text in it")
    for block in blocks:
        known = known | correspondents.of_text(block.text)
    parts.skipped.update(dict(skipped))
    counts = tuple(sorted((+parts.skipped).items()))
    return Text(blocks, title, counts, code, detail, date, tuple(sorted(known)), members)


def body(stretches: list[Stretch]) -> tuple[tuple[Block, ...], Skips, str, str]:
    """The blocks of a body, what was left out, and the code and advice when some of it could not be read."""
    blocks: list[Block] = []
    skipped: dict[str, int] = {}
    code = detail = ""
    for stretch in stretches:
        written = plain.paragraphs("\n\n".join(stretch.plain))
        shown: tuple[Block, ...] = ()
        try:
            pages = list(_pages(stretch))
            shown = tuple(block for page in pages for block in page.blocks)
        except RefusedError as refused:
            pages = []
            if not written:
                code, detail = refused.code, refused.detail
        if _words(shown) > _FULLER * _words(written):
            for reason, number in (skip for page in pages for skip in page.skipped):
                skipped[reason] = skipped.get(reason, 0) + number
            blocks += shown
        else:
            blocks += written
    return _numbered(blocks), tuple(skipped.items()), code, detail


def _message(data: bytes) -> Message[Any, Any]:
    text = decode(data[:64])
    if text.encoding.startswith("utf-16") or text.encoding.startswith("utf-32"):
        data = decode(data).text.encode("utf-8")
    try:
        return message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), policy=policy.default)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise RefusedError("malformed", "save it again in the mail program") from error


def _pages(stretch: Stretch) -> Iterator[Text]:
    for page in stretch.pages:
        try:
            yield web.parse(page)
        except RefusedError as refused:
            if refused.code != "empty":
                raise


def _words(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _numbered(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with their paragraphs numbered through, since each stretch began again at 1."""
    found, number = [], 0
    for block in blocks:
        if block.location.startswith("paragraph "):
            number += 1
            found.append(replace(block, location=f"paragraph {number}"))
        else:
            found.append(block)
    return tuple(found)
