"""One file → its ledger entry and its documents: what was parsed is a table, a form, notes or plain text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner.reading import formats, forms, frames, notes, tables, texts
from thememiner.reading.parsed import Parsed, RefusedError, Tables, Text
from thememiner.records import LedgerEntry, RawDocument
from thememiner.resources import sha256

if TYPE_CHECKING:
    from collections.abc import Callable

    from thememiner.reading.finding import Found
    from thememiner.records import Source

# Suffixes whose paragraphs may begin with who speaks, in the kinds that have speakers.
_NOTES = frozenset((".docx", ".docm", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"))
_SPOKEN_KINDS = frozenset(("account", "feedback"))
_SHEET_KINDS = frozenset(("account", "policy"))
# What else goes wrong while a file is parsed -> the reason code it gets.
_CODES: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "over_limit"),
    (RecursionError, "over_limit"),
    (TimeoutError, "timeout"),
    (Exception, "crashed"),
)


def map_file(found: Found, *, keep_empty: bool = False) -> tuple[LedgerEntry, tuple[RawDocument, ...]]:
    """The ledger's entry for a file and the documents in it; a file that cannot be read is refused there."""
    frame = frames.is_frame(found.path)
    suffix = "" if frame else Path(found.path).suffix.lower()
    entry = LedgerEntry(
        source=found.name,
        kind=found.source.kind,
        status="refused",
        format="DataFrame" if frame else suffix.removeprefix("."),
        parser="thememiner" if frame else formats.parser_of(suffix),
    )
    digest = ""
    try:
        digest = "" if frame else _digest(Path(found.path))
        parsed = _parse(frames.parse, found.path) if frame else _parse(formats.parse, Path(found.path))
        if frame and isinstance(parsed, Tables):
            digest = frames.digest(parsed)
        documents, counts, lost = _documents(parsed, found, digest, suffix, keep_empty=keep_empty)
    except RefusedError as refused:
        return replace(entry, reason=refused.code, detail=refused.detail, sha256=digest), ()
    counts.update(dict(parsed.skipped))
    skipped = tuple(sorted((+counts).items()))
    if not documents:
        detail = "there is no text in it"
        return replace(entry, reason="empty", detail=detail, sha256=digest, skipped=skipped), ()
    partly = parsed.partly or ("malformed" if lost else "")
    done = replace(
        entry,
        status="partly_read" if partly else "read",
        reason=partly,
        documents=len(documents),
        sha256=digest,
        skipped=skipped,
        detail=parsed.detail,
    )
    return done, tuple(documents)


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        raise RefusedError("malformed", "it cannot be opened; check who may read it") from error


def _parse(parser: Callable[[Any], Parsed], what: Any) -> Parsed:
    """What a file holds; whatever its parser throws becomes a reason code, and none of its words."""
    try:
        return parser(what)
    except RefusedError:
        raise
    except Exception as error:  # noqa: BLE001  # the run goes on, whatever one file does to its parser
        code = next(code for kind, code in _CODES if isinstance(error, kind))
        raise RefusedError(code, "save it again in its own program, or as PDF") from None


def _documents(
    parsed: Parsed, found: Found, digest: str, suffix: str, *, keep_empty: bool
) -> tuple[list[RawDocument], Counter[str], bool]:
    """The documents of a file, what was left out, and whether some of it was lost."""
    source, name = found.source, found.name
    if source.kind == "account" and suffix in forms.SUFFIXES and not source.text:
        form = forms.read(parsed)
        if form:
            document = forms.document(form, source, name, digest)
            return [document], Counter({"form wording": form.wording}), False
    if isinstance(parsed, Text):
        return *_text(parsed, source, name, digest, suffix), False
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
    )
    return [document], Counter(dict(composed.skipped))
