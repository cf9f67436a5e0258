"""What a review is about: its sources, its scope, who owes which document, who has sent what.

A review is written down in a small `review.toml`; see `docs/reviews.md` for every key.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from thememiner.errors import TomlError, nearest
from thememiner.records import (
    DATES,
    KINDS,
    MAY_QUOTE,
    VOICES,
    Change,
    Document,
    Kind,
    LedgerEntry,
    Received,
    Skipped,
    Source,
)
from thememiner.tomls import Reader, load

_SOURCE_TEXTS = (
    "id",
    "date",
    "organisation",
    "organisation_column",
    "place",
    "team",
    "voice_column",
    "may_quote_column",
    "question",
    "document",
)


_KEYS = (
    *(
        "title",
        "question",
        "date",
        "codebook",
        "template",
        "scope",
        "deidentify",
        "expected",
        "source",
        "change",
    ),
    "not_applicable",
)
_TABLES = ("recommendations", "maturity", "denominators")  # beside the sources
_TOLD: tuple[Kind, ...] = ("incident", "feedback")  # kinds that tell of what happened, on a day
_KIND_WORDS: dict[Kind, str] = {
    "incident": "incident report",
    "policy": "policy",
    "account": "organisation's account",
    "feedback": "feedback",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What counts: dates (ISO, inclusive), services (places), teams, and terms of which one must occur.

    Dates and terms apply to incidents and feedback; a policy or a return is always in. What is not
    known of a document never puts it out.
    """

    start: str = ""
    end: str = ""
    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A review as its TOML file says it: what to read, what is in scope, who owes what, what to mask.

    `changes` are changes in how things were reported, in order of their day, for charts over time. `date` is
    the day that the review speaks of (ISO). `recommendations`, `maturity` and `denominators` are paths of
    tables: what outside bodies ask for, how organisations rate themselves, and what there is to count
    against; `not_applicable` are (organisation, section, reason) of what an organisation does not provide.
    """

    title: str = ""
    question: str = ""
    sources: tuple[Source, ...] = ()
    scope: Scope = field(default_factory=Scope)
    expected: tuple[tuple[str, str], ...] = ()
    codebook: str = ""
    template: str = ""
    patterns: tuple[str, ...] = ()
    dates: str = ""
    recognisers: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    recommendations: str = ""
    maturity: str = ""
    date: str = ""
    denominators: str = ""
    not_applicable: tuple[tuple[str, str, str], ...] = ()

    @property
    def day(self) -> str:
        """The day that the review speaks of: its own, else the last in scope, else ""."""
        return self.date or self.scope.end


def load_review(path: str | Path) -> Review:
    """The review in a TOML file; paths of sources are relative to it. Errors are `TomlError`s."""
    path = Path(path)
    top = Reader(load(path), path.name)
    top.only((*_KEYS, *_TABLES))
    recommendations, maturity, denominators = (
        str(path.parent / name) if (name := top.text(key, "")) else "" for key in _TABLES
    )
    scope = Reader(top.table.get("scope", {}), f"{path.name}, scope")
    scope.only(("from", "to", "services", "teams", "terms"))
    start, end = _dates(scope)
    wall = Reader(top.table.get("deidentify", {}), f"{path.name}, deidentify")
    wall.only(("patterns", "dates", "recognisers"))
    return Review(
        title=top.text("title", ""),
        question=top.text("question", ""),
        sources=tuple(_source(row, path.parent) for row in top.tables("source")),
        scope=Scope(
            start=start,
            end=end,
            services=scope.texts("services"),
            teams=scope.texts("teams"),
            terms=scope.texts("terms"),
        ),
        expected=tuple(_owed(row) for row in top.tables("expected")),
        codebook=_beside(top.text("codebook", ""), path.parent),
        template=_beside(top.text("template", ""), path.parent),
        patterns=wall.texts("patterns"),
        dates=wall.choice("dates", DATES) if "dates" in wall.table else "",
        recognisers=wall.texts("recognisers"),
        changes=tuple(sorted((_change(row) for row in top.tables("change")), key=lambda c: (c.date, c.note))),
        recommendations=recommendations,
        maturity=maturity,
        denominators=denominators,
        date=_day(top, "date"),
        not_applicable=tuple(_not_applicable(row) for row in top.tables("not_applicable")),
    )


def given(review: Review) -> list[Any]:
    """The paths of everything that a review reads: its sources, and the tables that come with it."""
    return [*(source.path for source in review.sources), *tables(review)]


def tables(review: Review) -> list[str]:
    """The paths of the tables that come with a review, which are no sources of it."""
    return [path for path in (review.recommendations, review.maturity, review.denominators) if path]


def apply(scope: Scope, documents: Iterable[Document]) -> tuple[list[Document], list[Skipped]]:
    """Return the documents in scope, in order, and what was out, counted by reason."""
    kept: list[Document] = []
    out: Counter[str] = Counter()
    for document in documents:
        reason = _why_out(scope, document)
        if reason:
            out[reason] += 1
        else:
            kept.append(document)
    return kept, [Skipped("scope", reason, n) for reason, n in sorted(out.items())]


def tally(
    review: Review, documents: Sequence[Document], ledger: Sequence[LedgerEntry]
) -> tuple[tuple[Received, ...], tuple[Received, ...], tuple[str, ...]]:
    """Return what was received by organisation and document, what is outstanding, which voices are absent.

    A file that was refused has not been received.
    """
    refused = {entry.source for entry in ledger if entry.status == "refused"}
    sent: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        if document.source not in refused:
            key = (document.organisation, document.document or document.kind)
            sent.setdefault(key, set()).add(document.source)
    owed = dict.fromkeys(review.expected)
    received = tuple(
        Received(organisation, name, tuple(sorted(sources)), (organisation, name) in owed)
        for (organisation, name), sources in sorted(sent.items())
    )
    outstanding = tuple(
        Received(organisation, name) for organisation, name in owed if (organisation, name) not in sent
    )
    heard = {d.voice for d in documents} | {voice for d in documents for voice, _, _ in d.voices}
    absent = tuple(v for v in VOICES if v not in heard and v != "unknown")
    return received, outstanding, absent


def notes(review: Review, documents: Sequence[Document]) -> list[str]:
    """Sentences on what is not to be guessed: what is in scope undated, a return under another name."""
    said: list[str] = []
    if review.scope.start or review.scope.end:
        undated = sum(d.kind in _TOLD and not d.date for d in documents)
        if undated:
            what = "1 incident or comment has" if undated == 1 else f"{undated:,} incidents and comments have"
            counts = "counts" if undated == 1 else "count"
            said.append(f"{what} no date that could be read, and {counts} as in scope.")
    early = sum(d.kind in _TOLD and bool(review.day) and d.date > review.day for d in documents)
    if early:
        what = "1 incident or comment is" if early == 1 else f"{early:,} incidents and comments are"
        said.append(f"{what} dated after the review's own day, {review.day}: check dates that cannot be so.")
    sent = {d.organisation for d in documents if d.organisation} - {o for o, _ in review.expected}
    came = {(d.organisation, d.document or d.kind) for d in documents}
    owing = dict.fromkeys(o for o, name in review.expected if (o, name) not in came)
    said += [
        f"nothing came from {owed!r}, which is expected, but {near!r} sent something: if they are one, "
        "write the name alike."
        for owed in owing
        if (near := _alike(owed, sorted(sent)))
    ]
    return said


def unheard(ledger: Iterable[LedgerEntry], documents: Iterable[Document]) -> list[str]:
    """A sentence for each kind of which files were given and nothing is in the report."""
    heard = {d.kind for d in documents}
    states: dict[Kind, list[LedgerEntry]] = defaultdict(list)
    for entry in ledger:
        states[entry.kind].append(entry)
    said = []
    for kind in (k for k in KINDS if k in states and k not in heard):
        files, refused = len(states[kind]), sum(e.status == "refused" for e in states[kind])
        why = "could be read" if refused == files else "is in scope"
        given = "1 file was" if files == 1 else f"{files} files were"
        said.append(f"no {_KIND_WORDS[kind]} {why}, although {given} given: the report rests on none.")
    return said


def _alike(name: str, others: Sequence[str]) -> str:
    """The other name that this one is a part of, or is close to; "" for none."""
    own = name.casefold()
    parts = [o for o in others if own in o.casefold() or o.casefold() in own]
    return parts[0] if parts else nearest(name, others)


def _why_out(scope: Scope, document: Document) -> str:
    if document.kind in _TOLD:
        if document.date and scope.start and document.date < scope.start[: len(document.date)]:
            return f"dated before {scope.start}"
        if document.date and scope.end and document.date[:10] > scope.end:
            return f"dated after {scope.end}"
        if scope.terms and not any(_holds(document.text, term) for term in scope.terms):
            return "none of the scope's terms occurs"
    if scope.services and document.place and not _named(document.place, scope.services):
        return "another service"
    if scope.teams and document.team and not _named(document.team, scope.teams):
        return "another team"
    return ""


def _named(value: str, wanted: Sequence[str]) -> bool:
    return any(w.casefold() in value.casefold() for w in wanted)


def _holds(text: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE) is not None


def _source(row: Reader, folder: Path) -> Source:
    row.only(("path", "kind", "voice", "may_quote", "text", "exclude", *_SOURCE_TEXTS))
    values: dict[str, Any] = {name: row.text(name, "") for name in _SOURCE_TEXTS}
    voice = row.text("voice", "")
    if voice:
        row.choice("voice", VOICES)
    may_quote = row.text("may_quote", "")
    if may_quote:
        row.choice("may_quote", MAY_QUOTE)
    return Source(
        path=folder / row.text("path"),
        kind=cast("Kind", row.choice("kind", KINDS)),
        voice=voice,
        may_quote=may_quote,
        text=row.texts("text"),
        exclude=row.texts("exclude"),
        **values,
    )


def _beside(name: str, folder: Path) -> str:
    """A shipped name as it is; a path to a TOML file relative to the review's own folder."""
    return str(folder / name) if name.endswith(".toml") else name


def _owed(row: Reader) -> tuple[str, str]:
    row.only(("organisation", "document", "section"))
    return row.text("organisation"), row.text("document", "") or row.text("section", "return")


def _not_applicable(row: Reader) -> tuple[str, str, str]:
    row.only(("organisation", "section", "reason"))
    said = tuple(" ".join(row.text(key).split()) for key in ("organisation", "section", "reason"))
    if not all(said):
        raise TomlError(f"{row.where}: 'organisation', 'section' and 'reason' are all needed.")
    return said[0], said[1], said[2]


def _change(row: Reader) -> Change:
    row.only(("date", "note", "rebase"))
    note = " ".join(row.text("note").split())
    date = _day(row, "date")
    if not date or not note:
        raise TomlError(f"{row.where}: {'note' if date else 'date'!r} is missing.")
    return Change(date, note, row.flag("rebase", default=False))


def _day(row: Reader, key: str) -> str:
    value = row.table.get(key, "")
    try:
        if isinstance(value, dt.date):
            return value.isoformat()[:10]
        if isinstance(value, str):
            return dt.date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        pass
    raise TomlError(f"{row.where}: {key!r} must be a date such as 2024-10-01, found {value!r}.")


def _dates(scope: Reader) -> tuple[str, str]:
    start, end = _day(scope, "from"), _day(scope, "to")
    if start and end and end < start:
        raise TomlError(f"{scope.where}: 'to' ({end}) is before 'from' ({start}).")
    return start, end
