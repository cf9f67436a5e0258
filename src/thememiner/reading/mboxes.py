"""MBOX → its mails, each a file of its own; the lines that part them are told from lines of a text."""

from __future__ import annotations

import re

from thememiner.reading.parsed import Bundle, Member, RefusedError

MOST = 10_000  # mails
# "From sender date", at the beginning or after a blank line, and then a header. The date has a time of day
# and a year, which a sentence that begins with "From" and stands over a label seldom has.
_BEGINNING = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\d\d?:\d\d[^\r\n]*\d{4}[^\r\n]*\r?\n(?=>?[!-9;-~]+:|From )"
)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def parse(data: bytes) -> Bundle:
    """The mails in their order, named by their number; a ">" that was put before "From " goes again."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    starts = [match.span() for match in _BEGINNING.finditer(data)]
    if not starts or starts[0][0]:
        raise RefusedError("malformed", "this is not a mailbox, whatever its name")
    if len(starts) > MOST:
        raise RefusedError("over_limit", f"more than {MOST} mails in it; split it")
    ends = [start for start, _ in starts[1:]] + [len(data)]
    width = len(str(len(starts)))
    return Bundle(
        tuple(
            Member(
                f"mail {number:0{width}}.eml", _QUOTED.sub(rb"\1", data[begin:end].rstrip(b"\r\n") + b"\n")
            )
            for number, ((_, begin), end) in enumerate(zip(starts, ends, strict=True), 1)
        )
    )
