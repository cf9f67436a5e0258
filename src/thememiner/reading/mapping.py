"""One file → its ledger entry and its documents: what was parsed is a table, a form, notes or plain text."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner.errors import ThememinerError
from thememiner.reading import formats, formoriginals, forms, frames, notes, repairs, sandbox, tables, texts
from thememiner.reading.finding import Found
from thememiner.reading.parsed import Bundle, Parsed, RefusedError, Tables, Text
from thememiner.records import LedgerEntry, RawDocument

if TYPE_CHECKING:
    from thememiner.reading.parsed import Member
    from thememiner.reading.sandbox import Limits
    from thememiner.records import Source

# Suffixes whose paragraphs may begin with who speaks, in the kinds that have speakers.
_NOTES = frozenset(
    (".docx", ".docm", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml", ".msg")
)
_SPOKEN_KINDS = frozenset(("account", "feedback"))
_SHEET_KINDS = frozenset(("account", "policy"))
LARGEST = 512 * 1024 * 1024  # bytes of a file; a year's extract is under 100 MB
DEEPEST = 3  # files inside files inside files: a mail in a mailbox in a zip folder, and what it carries
# A file and what became of it.
Outcome = tuple[LedgerEntry, tuple[RawDocument, ...]]


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


def map_file(
    found: Found, limits: Limits | None = None, *, keep_empty: bool = False, room: Room | None = None
) -> list[Outcome]:
    """The ledger's entry for a file and the documents in it, then the same for each file inside it.

    A file that cannot be read is refused in its entry, and nothing of it is lost from the count.
    """
    frame = frames.is_frame(found.path)
    suffix = "" if frame else Path(found.name).suffix.lower()
    entry = LedgerEntry(
        source=found.name,
        kind=found.source.kind,
        status="refused",
        format="DataFrame" if frame else formats.known(suffix),
        parser="thememiner" if frame else formats.parser_of(suffix),
        inside=found.inside,
    )
    try:
        if frame:
            parsed: Parsed = _frame(found.path)
            entry = replace(entry, sha256=frames.digest(parsed) if isinstance(parsed, Tables) else "")
        else:
            data = found.data if found.data is not None else bytes_of(Path(found.path))
            entry = replace(entry, sha256=hashlib.sha256(data).hexdigest())
            formats.check(suffix)
            parsed = sandbox.parse(suffix, data, limits)
        documents, counts, lost = _documents(parsed, found, entry.sha256, suffix, keep_empty=keep_empty)
    except RefusedError as refused:
        return [(replace(entry, reason=refused.code, detail=refused.detail), ())]
    except ThememinerError:
        raise  # the user's to mend
    except Exception:  # noqa: BLE001  # the run goes on, whatever one file's shape does to a reader
        advice = "save it again in its own program, or as PDF"
        return [(replace(entry, reason="crashed", detail=advice), ())]
    members = () if isinstance(parsed, Tables) else parsed.members
    room = room or Room()
    inner = [
        outcome
        for member in members
        for outcome in _inside(member, found, limits, keep_empty=keep_empty, room=room)
    ]
    documents = [
        replace(d, repairs=repairs.told(d.text, d.originals)) if d.originals else d for d in documents
    ]
    counts.update(dict(parsed.skipped))
    skipped = tuple(sorted((+counts).items()))
    if not documents and not members:
        return [(replace(entry, reason="empty", detail="there is no text in it", skipped=skipped), ())]
    partly = parsed.partly or ("malformed" if lost else "")
    done = replace(
        entry,
        status="partly_read" if partly else "read",
        reason=partly,
        documents=len(documents),
        skipped=skipped,
        detail=parsed.detail,
    )
    return [(done, tuple(documents)), *inner]


def _inside(
    member: Member, found: Found, limits: Limits | None, *, keep_empty: bool, room: Room
) -> list[Outcome]:
    """What became of a file inside another one."""
    inner = Found(None, f"{found.name}/{member.name}", found.source, member.data, found.name, found.depth + 1)
    code, detail = member.code, member.detail
    if not code and inner.depth > DEEPEST:
        code, detail = "over_limit", "it lies too deep inside other files; unpack them and give the folder"
    if not code and not room.takes(len(member.data)):
        code, detail = "over_limit", "there is more inside one file than the reader takes; split it"
    if not code:
        return map_file(inner, limits, keep_empty=keep_empty, room=room)
    suffix = Path(member.name).suffix.lower()
    entry = LedgerEntry(
        source=inner.name,
        kind=found.source.kind,
        status="refused",
        reason=code,
        format=formats.known(suffix),
        inside=found.name,
        detail=detail,
    )
    return [(entry, ())]


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; raises `RefusedError` when it is too large or cannot be opened."""
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


def _documents(
    parsed: Parsed, found: Found, digest: str, suffix: str, *, keep_empty: bool
) -> tuple[list[RawDocument], Counter[str], bool]:
    """The documents of a file, what was left out, and whether some of it was lost."""
    source, name = found.source, found.name
    if source.kind == "account" and not source.text:
        found_forms = forms.read(parsed, rows_only=suffix not in forms.SUFFIXES)
        if found_forms:
            wording = sum(form.wording for form in found_forms)
            given = formoriginals.lines(parsed)
            documents = [forms.document(form, source, name, digest, given) for form in found_forms]
            return documents, Counter({"form wording": wording}), False
    if isinstance(parsed, Bundle):
        return [], Counter(), False
    if isinstance(parsed, Text):
        return *_text(parsed, source, name, digest, suffix), False
    if source.kind not in _SHEET_KINDS and not any(table.rows for table in parsed.tables):
        raise RefusedError("empty", "it has headings and no rows")
    rows = tables.documents(parsed, source, name, digest, keep_empty=keep_empty)
    if rows:
        return rows
    if source.kind in _SHEET_KINDS:
        return tables.sheets(parsed, source, name, digest), Counter(), False
    raise tables.no_text_column(parsed)


def _text(
    parsed: Text, source: Source, name: str, digest: str, suffix: str
) -> tuple[list[RawDocument], Counter[str]]:
    blocks = list(parsed.blocks)
    voices: list[str] = []
    if suffix in _NOTES and source.kind in _SPOKEN_KINDS:
        blocks, voices = notes.speakers(blocks, headed=source.kind == "feedback")
    composed = texts.compose(blocks, voices, parsed.title)
    if not composed.text:
        return [], Counter()
    document = RawDocument(
        kind=source.kind,
        text=composed.text,
        reference=name,
        source=name,
        file_sha256=digest,
        title=parsed.title,
        voice=source.voice or "unknown",
        organisation=source.organisation,
        document=source.document,
        parts=composed.parts,
        locations=composed.locations,
        voices=composed.voices,
        asides=composed.asides,
        originals=composed.originals,
        date=parsed.date,
        known=parsed.known,
    )
    return [document], Counter()


def parsed_file(found: Found, limits: Limits | None = None) -> Parsed:
    """What a file holds, as its parser gives it; raises `RefusedError`."""
    if frames.is_frame(found.path):
        return _frame(found.path)
    suffix = Path(found.name).suffix.lower()
    formats.check(suffix)
    return sandbox.parse(suffix, bytes_of(Path(found.path)), limits)


def headings(found: Found, limits: Limits | None = None) -> list[str]:
    """The column names of a file, for a message; none when it cannot be read or is no table."""
    try:
        parsed = parsed_file(found, limits)
    except RefusedError:
        return []
    return tables.headings(parsed) if isinstance(parsed, Tables) else []
