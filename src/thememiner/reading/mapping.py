"""One file → its ledger entry and its documents: what it holds is a table, a form, notes or plain text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from thememiner.errors import ThememinerError
from thememiner.reading import formoriginals, forms, notes, repairs, tables, texts
from thememiner.reading.opening import CRASHED, opened
from thememiner.reading.parsed import Bundle, Parsed, RefusedError, Tables, Text
from thememiner.reading.tables import Made
from thememiner.records import LedgerEntry, RawDocument

if TYPE_CHECKING:
    from thememiner.reading.finding import Found
    from thememiner.reading.opening import Opened
    from thememiner.reading.sandbox import Limits
    from thememiner.records import Source

# Suffixes whose paragraphs may begin with who speaks, in the kinds that have speakers.
_NOTES = frozenset(
    (".docx", ".docm", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml", ".msg")
)
_SPOKEN_KINDS = frozenset(("account", "feedback"))
_SHEET_KINDS = frozenset(("account", "policy"))
# A file and what became of it.
Outcome = tuple[LedgerEntry, tuple[RawDocument, ...]]


def map_file(found: Found, limits: Limits | None = None, *, keep_empty: bool = False) -> list[Outcome]:
    """The ledger's entry for a file and the documents in it, then the same for each file inside it.

    A file that cannot be read is refused in its entry, and nothing of it is lost from the count.
    """
    return [_outcome(file, keep_empty=keep_empty) for file in opened(found, limits)]


def _outcome(file: Opened, *, keep_empty: bool) -> Outcome:
    """What became of one file."""
    if file.parsed is None:
        return file.entry, ()
    try:
        made = _made(file, file.parsed, keep_empty=keep_empty)
    except RefusedError as refused:
        return file.refused(refused), ()
    except ThememinerError:
        raise  # the user's to mend
    except Exception:  # noqa: BLE001  # the run goes on, whatever one file's shape does to a reader
        return file.refused(CRASHED), ()
    counts = made.counts + Counter(dict(file.parsed.skipped))
    done = tuple(
        replace(d, repairs=repairs.told(d.text, d.originals)) if d.originals else d for d in made.documents
    )
    return replace(file.settled(len(done), counts, lost=made.lost), notes=made.notes), done


def _made(file: Opened, parsed: Parsed, *, keep_empty: bool) -> Made:
    source, name, suffix, digest = file.found.source, file.found.name, file.suffix, file.entry.sha256
    if source.kind == "account" and not source.text:
        found_forms = forms.read(parsed, rows_only=suffix not in forms.SUFFIXES)
        if found_forms:
            wording = sum(form.wording for form in found_forms)
            given = formoriginals.lines(parsed)
            documents = [forms.document(form, source, name, digest, given) for form in found_forms]
            return Made(documents, Counter({"form wording": wording}))
    if isinstance(parsed, Bundle):
        return Made(())
    if isinstance(parsed, Text):
        return Made(_text(parsed, source, name, digest, suffix))
    if source.kind not in _SHEET_KINDS and not any(table.rows for table in parsed.tables):
        raise RefusedError("empty", "it has headings and no rows")
    rows = tables.documents(parsed, source, name, digest, keep_empty=keep_empty)
    if rows:
        return rows
    if source.kind in _SHEET_KINDS:
        return Made(tables.sheets(parsed, source, name, digest))
    raise tables.no_text_column(parsed)


def _text(parsed: Text, source: Source, name: str, digest: str, suffix: str) -> list[RawDocument]:
    blocks = list(parsed.blocks)
    voices: list[str] = []
    if suffix in _NOTES and source.kind in _SPOKEN_KINDS:
        blocks, voices = notes.speakers(blocks, headed=source.kind == "feedback")
    composed = texts.compose(blocks, voices, parsed.title)
    if not composed.text:
        return []
    document = RawDocument(
        kind=source.kind,
        text=composed.text,
        reference=name,
        source=name,
        file_sha256=digest,
        title=parsed.title,
        voice=source.voice or "unknown",
        may_quote=source.may_quote,
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
    return [document]


def parsed_file(found: Found, limits: Limits | None = None) -> Parsed:
    """What a file holds, as its parser gives it; raises `RefusedError`."""
    file = next(opened(found, limits))
    if file.parsed is None:
        raise RefusedError(file.entry.reason, file.entry.detail)
    return file.parsed


def headings(found: Found, limits: Limits | None = None) -> list[str]:
    """The column names of a file, for a message; none when it cannot be read or is no table."""
    try:
        parsed = parsed_file(found, limits)
    except RefusedError:
        return []
    return tables.headings(parsed) if isinstance(parsed, Tables) else []
