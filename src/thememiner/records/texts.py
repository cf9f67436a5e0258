"""What is read: sources, documents with and without identifiers, the ledger, passages and their links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from thememiner.records.words import Edit, Kind, Span, Status


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read (a file, a folder or a pandas DataFrame) and what is known of it.

    `text`, `id`, `date`, `organisation_column`, `place`, `team`, `voice_column`, `may_quote_column` and
    `question` (what the text answers) name columns of a table; `organisation`, `voice` and `may_quote` hold
    for the whole source. `exclude` are globs of file names.
    """

    path: Any
    kind: Kind = "incident"
    text: tuple[str, ...] = ()
    id: str = ""
    date: str = ""
    organisation: str = ""
    organisation_column: str = ""
    place: str = ""
    team: str = ""
    voice: str = ""
    voice_column: str = ""
    may_quote: str = ""
    may_quote_column: str = ""
    question: str = ""
    document: str = ""
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("text", "exclude"):
            value = getattr(self, name)
            if isinstance(value, str):
                object.__setattr__(self, name, (value,))
            elif not isinstance(value, tuple):
                object.__setattr__(self, name, tuple(value))


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One text as it was read, with identifiers still in it: private, so its `repr` hides the text.

    Only `deidentifying` takes one. `reference` is the record's own id when `own_reference`, else the
    file's name (and row). `parts` are (heading, start, end); a completed form has a part for each
    answer, headed by its question, and `sections` are (form heading, start, end) over its answers.
    `locations` say where each stretch came from ("page 7", "row 113", "sheet Staff, row 4");
    `voices` override `voice` for a stretch (a speaker in notes). `asides` are (sort, start, end) of what
    belongs to the text but is never evidence: headings, contents, page headers and footers, and the bullet,
    number or speaker that leads into a paragraph. `blanks` are (form heading,
    question) of questions left without an answer. `known` are (sort, value) of what the record's own
    columns or headers say of people, with sort one of `KNOWN`: to be masked wherever its text has them.
    `originals` are the edits by which tidying made the text of what the parser gave, and `repairs` are
    (sort, start, end) of those that changed a word, with sort one of `REPAIRS`. `may_quote` is one of
    `MAY_QUOTE`, "" where nothing says whether its words may be quoted in public.
    """

    kind: Kind
    text: str
    reference: str
    source: str
    file_sha256: str
    own_reference: bool = False
    known: tuple[tuple[str, str], ...] = ()
    locator: str = ""
    title: str = ""
    form: bool = False
    voice: str = "unknown"
    may_quote: str = ""
    organisation: str = ""
    place: str = ""
    team: str = ""
    date: str = ""
    document: str = ""
    parts: tuple[Span, ...] = ()
    sections: tuple[Span, ...] = ()
    locations: tuple[Span, ...] = ()
    voices: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    blanks: tuple[tuple[str, str], ...] = ()
    originals: tuple[Edit, ...] = ()
    repairs: tuple[Span, ...] = ()

    def __repr__(self) -> str:
        return f"RawDocument(kind={self.kind!r}, {len(self.text)} characters, text hidden)"


@dataclass(frozen=True, slots=True)
class Document:
    """One de-identified text: the canonical text that every excerpt is cut from.

    `id` is as the design says (`identify` in `deidentifying`), `sha256` is of the text's UTF-8 bytes,
    and `masks` are (kind, start, end) of what was masked, in this text; `mistyped` of them were named as
    a number that they cannot be (its check digit is wrong). The rest is as in `RawDocument`, gone
    through the same identifiers, but for what the parser gave, which stays behind.
    """

    id: str
    kind: Kind
    text: str
    sha256: str
    reference: str
    source: str
    file_sha256: str
    locator: str = ""
    title: str = ""
    form: bool = False
    voice: str = "unknown"
    may_quote: str = ""
    organisation: str = ""
    place: str = ""
    team: str = ""
    date: str = ""
    document: str = ""
    parts: tuple[Span, ...] = ()
    sections: tuple[Span, ...] = ()
    locations: tuple[Span, ...] = ()
    voices: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    blanks: tuple[tuple[str, str], ...] = ()
    masks: tuple[Span, ...] = ()
    repairs: tuple[Span, ...] = ()
    mistyped: int = 0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one file: read, partly read or refused, with the reason and what was left out.

    `skipped` are (reason, number of rows or parts), e.g. ("no text", 3); `inside` is the file that this one
    came in (a zip folder, a mail), "" for a file by itself. `notes` are sentences on dates in it that can be
    read in two ways.
    """

    source: str
    kind: Kind
    status: Status
    reason: str = ""
    documents: int = 0
    format: str = ""
    sha256: str = ""
    parser: str = ""
    skipped: tuple[tuple[str, int], ...] = ()
    detail: str = ""
    inside: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, list item or table cell of a document: `document.text[start:end] == text`."""

    id: str
    document_id: str
    start: int
    end: int
    text: str
    kind: Kind
    voice: str = "unknown"
    organisation: str = ""
    heading: str = ""
    section: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What linking found of a passage; `of` is the passage in whose words it is, where there is one.

    `boilerplate` (a form's words) and `repeat` (told again of the same event, or standing in the newer
    version) are set aside; `superseded` (only in an older version) and `shared` (also in another
    document, by another body or of another event) count, and are told.
    """

    passage_id: str
    sort: Literal["boilerplate", "repeat", "superseded", "shared"]
    of: str = ""

    @property
    def aside(self) -> bool:
        """Whether the passage is set aside before counting."""
        return self.sort in ("boilerplate", "repeat")


@dataclass(frozen=True, slots=True)
class Link:
    """That two documents are in nearly the same words, what follows from it, and why.

    `repeat`: the same event or document again, so `document_id` is set aside; `superseded`: `of` is the
    newer version; `shared`: the same wording, each counts. `likeness` is the share of all their runs of
    three words that they have in common.
    """

    document_id: str
    of: str
    sort: Literal["repeat", "superseded", "shared"]
    reason: str
    likeness: float
    source: str = ""
    of_source: str = ""
