"""A file, and each file inside it → what it holds and its entry in the ledger: no other place opens files.

`mapping` makes documents of what is opened here, and `whole` keeps all of it; both settle its entry.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner.errors import ThememinerError
from thememiner.reading import formats, frames, sandbox
from thememiner.reading.finding import Found
from thememiner.reading.parsed import Parsed, RefusedError, Tables
from thememiner.records import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from thememiner.reading.parsed import Member
    from thememiner.reading.sandbox import Limits

LARGEST = 512 * 1024 * 1024  # bytes of a file; a year's extract is under 100 MB
DEEPEST = 3  # files inside files inside files: a mail in a mailbox in a zip folder, and what it carries
CRASHED = RefusedError("crashed", "save it again in its own program, or as PDF")


@dataclass(slots=True)
class Room:
    """How much more there may be inside one file, over all depths: zips of zips grow by multiplying."""

    files: int = 10_000
    bytes: int = 1024 * 1024 * 1024

    def takes(self, size: int) -> bool:
        """Whether there is room for one more file of that size, which it then has."""
        if self.files < 1 or self.bytes < size:
            return False
        self.files -= 1
        self.bytes -= size
        return True


@dataclass(frozen=True, slots=True)
class Opened:
    """A file: what it holds, None when it was refused, and its entry, which says why or is to be settled.

    `suffix` is that of its format, "" when none is known.
    """

    found: Found
    suffix: str
    entry: LedgerEntry
    parsed: Parsed | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        """The files inside it."""
        return () if self.parsed is None or isinstance(self.parsed, Tables) else self.parsed.members

    def refused(self, refused: RefusedError, skipped: tuple[tuple[str, int], ...] = ()) -> LedgerEntry:
        """Its entry as a file that was refused."""
        return replace(
            self.entry, status="refused", reason=refused.code, detail=refused.detail, skipped=skipped
        )

    def settled(
        self, documents: int, counts: Mapping[str, int], *, lost: bool = False, kept: bool = False
    ) -> LedgerEntry:
        """Its entry now that it is known how many documents it came to, and what was left out.

        A file of none, with no file inside it and nothing else that is `kept`, is refused as empty; one of
        which cells were `lost` is partly read.
        """
        assert self.parsed is not None  # what was refused is settled
        skipped = tuple(sorted((reason, number) for reason, number in counts.items() if number))
        if not (documents or self.members or kept):
            return self.refused(RefusedError("empty", "there is no text in it"), skipped)
        partly = self.parsed.partly or ("malformed" if lost else "")
        return replace(
            self.entry,
            status="partly_read" if partly else "read",
            reason=partly,
            documents=documents,
            skipped=skipped,
            detail=self.parsed.detail,
        )


def opened(found: Found, limits: Limits | None = None, room: Room | None = None) -> Iterator[Opened]:
    """The file, then each file inside it with what is inside that; none is lost from the count."""
    file = _opened(found, limits)
    yield file
    room = room or Room()
    for member in file.members:
        inner = Found(
            None, f"{found.name}/{member.name}", found.source, member.data, found.name, found.depth + 1
        )
        refused = _not_opened(member, inner.depth, room)
        if refused:
            unopened = _unopened(inner)
            yield replace(unopened, entry=unopened.refused(refused))
        else:
            yield from opened(inner, limits, room)


def _not_opened(member: Member, depth: int, room: Room) -> RefusedError | None:
    """Why a file inside another is not opened; None where it may be."""
    if member.code:
        return RefusedError(member.code, member.detail)
    if depth > DEEPEST:
        advice = "it lies too deep inside other files; unpack them and give the folder"
        return RefusedError("over_limit", advice)
    if not room.takes(len(member.data)):
        return RefusedError("over_limit", "there is more inside one file than the reader takes; split it")
    return None


def _unopened(found: Found) -> Opened:
    frame = frames.is_frame(found.path)
    suffix = "" if frame else formats.suffix_of(found.name)
    entry = LedgerEntry(
        source=found.name,
        kind=found.source.kind,
        status="refused",
        format="DataFrame" if frame else suffix.removeprefix("."),
        parser="thememiner" if frame else formats.parser_of(suffix),
        inside=found.inside,
    )
    return Opened(found, suffix, entry)


def _opened(found: Found, limits: Limits | None) -> Opened:
    file = _unopened(found)
    try:
        if frames.is_frame(found.path):
            parsed: Parsed = _frame(found.path)
            digest = frames.digest(parsed) if isinstance(parsed, Tables) else ""
            return replace(file, parsed=parsed, entry=replace(file.entry, sha256=digest))
        data = found.data if found.data is not None else _bytes_of(Path(found.path))
        file = replace(file, entry=replace(file.entry, sha256=hashlib.sha256(data).hexdigest()))
        formats.check(file.suffix)
        return replace(file, parsed=sandbox.parse(file.suffix, data, limits))
    except RefusedError as refused:
        return replace(file, entry=file.refused(refused))
    except ThememinerError:
        raise  # the user's to mend
    except Exception:  # noqa: BLE001  # the run goes on, whatever one file's shape does to a reader
        return replace(file, entry=file.refused(CRASHED))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise RefusedError("over_limit", f"larger than {LARGEST // 2**20} MB; split it")
        return path.read_bytes()
    except OSError as error:
        raise RefusedError("malformed", "it cannot be opened; check who may read it") from error


def _frame(frame: Any) -> Parsed:
    """What a DataFrame holds; whatever goes wrong becomes a reason code, and none of its words."""
    try:
        return frames.parse(frame)
    except RefusedError:
        raise
    except Exception:  # noqa: BLE001  # the run goes on
        raise RefusedError("malformed", "its cells cannot be written as text") from None
