"""Parsed records ⇄ JSON frames, which is all that a reader process may answer in. Never pickle.

A frame is eight bytes of length and that much JSON. An answer is one frame for what was parsed, or for
why it was refused, and one for each file inside it.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from typing import TYPE_CHECKING, Any

from thememiner.reading.parsed import Block, Bundle, Member, Parsed, RefusedError, Table, Tables, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LENGTH = 8  # bytes of a frame's length
_SORTS: dict[str, type[Text | Tables | Bundle]] = {
    "text": Text,
    "tables": Tables,
    "bundle": Bundle,
}
_PLAIN = ("title", "partly", "detail", "date", "delimiter")


class BrokenFrameError(Exception):
    """What came is no frame: the other side died, or says more than it may."""


def frame(value: dict[str, Any]) -> bytes:
    """One frame."""
    body = json.dumps(value).encode("ascii")
    return len(body).to_bytes(LENGTH, "big") + body


def read_frame(read: Callable[[int], bytes], longest: int) -> dict[str, Any]:
    """The next frame; raises `BrokenFrameError` when it is cut short, too long or no JSON record."""
    head = read(LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < LENGTH or length > longest:
        raise BrokenFrameError
    body = read(length)
    if len(body) < length:
        raise BrokenFrameError
    try:
        value = json.loads(body)
    except ValueError as error:
        raise BrokenFrameError from error
    if not isinstance(value, dict):
        raise BrokenFrameError
    return value


def refusal(error: RefusedError) -> dict[str, Any]:
    """A refusal as a JSON record."""
    return {"refused": error.code, "detail": error.detail}


def encode(parsed: Parsed) -> Iterator[dict[str, Any]]:
    """What was parsed as JSON records: the head, then each member."""
    members = () if isinstance(parsed, Tables) else parsed.members
    sort = next(name for name, kind in _SORTS.items() if isinstance(parsed, kind))
    head: dict[str, Any] = {"sort": sort, "members": len(members), "skipped": parsed.skipped}
    head |= {key: value for key in _PLAIN if (value := getattr(parsed, key, ""))}
    if isinstance(parsed, Text):
        head |= {"known": parsed.known, "blocks": [_shortened(block) for block in parsed.blocks]}
    elif isinstance(parsed, Tables):
        head["tables"] = [dataclasses.astuple(table) for table in parsed.tables]
    yield head
    for member in members:
        data = base64.b64encode(member.data).decode("ascii")
        yield {"name": member.name, "data": data, "code": member.code, "detail": member.detail}


def decode(head: dict[str, Any], members: Callable[[], dict[str, Any]]) -> Parsed:
    """The records that the first frame and the members after it stand for; raises what was refused.

    `members` gives the next member's frame. Raises `BrokenFrameError` when a frame is not as it should be.
    """
    if "refused" in head:
        raise RefusedError(str(head["refused"]), str(head["detail"]))
    try:
        found = tuple(_member(members()) for _ in range(head["members"]))
        about: dict[str, Any] = {key: head[key] for key in _PLAIN if key in head}
        about["skipped"] = tuple((str(reason), int(number)) for reason, number in head["skipped"])
        if head["sort"] == "tables":
            return Tables(tuple(_table(*row) for row in head["tables"]), **about)
        if head["sort"] == "bundle":
            return Bundle(found, **about)
        blocks = tuple(_block(*row) for row in head["blocks"])
        known = tuple((str(sort), str(value)) for sort, value in head["known"])
        return Text(blocks, known=known, members=found, **about)
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenFrameError from error


def _member(value: dict[str, Any]) -> Member:
    return Member(value["name"], base64.b64decode(value["data"]), value["code"], value["detail"])


def _block(*row: Any) -> Block:
    """A block; the edits of its text come last, each a list."""
    if len(row) < len(_DEFAULTS):
        return Block(*row)
    found = tuple((int(start), int(end), str(was)) for start, end, was in row[-1])
    return Block(*(*row[:-1], found))


def _table(
    sheet: str,
    header: list[str],
    rows: list[list[str]],
    numbers: list[int],
    header_row: int,
    merged: list[list[int]],
    types: list[str],
) -> Table:
    ranges = tuple((a, b, c, d) for a, b, c, d in merged)
    cells = tuple(map(tuple, rows))
    return Table(sheet, tuple(header), cells, tuple(numbers), header_row, ranges, tuple(types))


_DEFAULTS = tuple(field.default for field in dataclasses.fields(Block))


def _shortened(block: Block) -> list[Any]:
    """The block's fields in their order, up to the last that is not as usual."""
    values = [getattr(block, field.name) for field in dataclasses.fields(Block)]
    while len(values) > 1 and values[-1] == _DEFAULTS[len(values) - 1]:
        values.pop()
    return values
