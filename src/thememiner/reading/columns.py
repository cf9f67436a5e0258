"""Which column is which: the user's own choice first, then the column maps of `corpora/columns`.

A map is TOML: `recognise` are headings that must all be there; `text` the columns of a text, in order,
and `question` the columns that say what each of them answers; `id_column`, `date`, `organisation`,
`place`, `team` the first of several that exists; `title` and `voice` name one column; the table `written`
names columns of what `read` wrote of a text. One entry may give alternatives ("Log No | log_no"). A
heading is also met by its question code: F001 is any heading that begins with F001 and goes on with no
letter, digit or underscore. `known` are further columns that tell of people, each as "sort: heading" with
a sort of `records.KNOWN`; most are known by their headings.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from thememiner import resources
from thememiner.errors import InputError, TomlError, nearest
from thememiner.reading.known import KnownColumn, known_columns
from thememiner.records import KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from thememiner.records import Source

_CODE = re.compile(r"[A-Z]{1,3}\d{2,3}(_[A-Za-z]+)?$")
# Field of a source -> the command line's option for it; the others are named in a review.toml.
_OPTIONS = {"text": "--text-column", "id": "--id-column"}
_MOST = 40  # columns named in a message
_LONGEST = 60  # characters of a heading in a message: a file without headings must not tell its first row


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The headings of one system's export. `revision` numbers the versions of a record; `repeats` says
    that a record comes on several rows, and under which reason equal ones are counted; `written` are
    (field, heading) of what `read` wrote down of a text (`reading/restoring.py`).
    """

    id: str
    name: str
    recognise: tuple[str, ...]
    text: tuple[str, ...]
    kind: str = ""
    id_column: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    organisation_fallback: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    revision: str = ""
    repeats: str = ""
    known: tuple[str, ...] = ()
    title: str = ""
    voice: str = ""
    question: tuple[str, ...] = ()
    written: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns of one table by number, -1 for none; `text` are those with the words, in order.

    `known` are (sort, column) of what the table tells of people, never a part of a document.
    `answers` says that some of its rows may be what organisations answered.
    `written` are (field, column) of what `read` wrote down of a text; `questions` are (column of
    text, column of what it answers); `absent` are columns of text and id that the source names and this
    table has not.
    """

    text: tuple[int, ...]
    id: int = -1
    date: int = -1
    organisation: tuple[int, ...] = ()
    place: int = -1
    team: int = -1
    voice: int = -1
    may_quote: int = -1
    revision: int = -1
    repeats: str = ""
    known: tuple[KnownColumn, ...] = ()
    title: int = -1
    questions: tuple[tuple[int, int], ...] = ()
    answers: bool = False
    written: tuple[tuple[str, int], ...] = ()
    absent: tuple[str, ...] = ()


def choose(header: Sequence[str], source: Source) -> Chosen | None:
    """The columns of a table under that header; None when nothing says which hold the text.

    Of the columns of text that the source names a table uses those it has, and one that has none of them is
    read by its map. Without a map it raises `MissingColumnError`, as it does for any other column that is
    named and not there, but for the id: a run may name the columns of several tables at once.
    """
    known = fitting(header, source.kind)
    if not source.text and known is None:
        return None
    absent = tuple(n for n in (*source.text, source.id) if n and find(header, n) < 0)
    text = [at for name in source.text if (at := find(header, name)) >= 0]
    if source.text and not text and known is None:
        raise MissingColumnError("text", source.text[0])
    if not text and known:
        text = [at for entry in known.text if (at := find(header, entry)) >= 0]

    def one(field: str, named: str, mapped: tuple[str, ...]) -> int:
        return _named(header, field, named) if named else _first(header, mapped)

    organisation: tuple[int, ...] = ()
    if source.organisation_column:
        organisation = (_named(header, "organisation_column", source.organisation_column),)
    elif source.organisation in header:  # one key for both: a column's name, else the organisation itself
        organisation = (list(header).index(source.organisation),)
    elif known:
        both = (_first(header, known.organisation), _first(header, known.organisation_fallback))
        organisation = tuple(at for at in both if at >= 0)
    own_id = bool(source.id) and find(header, source.id) >= 0
    other_id = own_id and known is not None and find(header, source.id) != _first(header, known.id_column)
    chosen = Chosen(
        text=tuple(dict.fromkeys(text)),
        id=find(header, source.id) if own_id else _first(header, known.id_column if known else ()),
        date=one("date", source.date, known.date if known else ()),
        organisation=organisation,
        place=one("place", source.place, known.place if known else ()),
        team=one("team", source.team, known.team if known else ()),
        voice=one("voice_column", source.voice_column, (known.voice,) if known and known.voice else ()),
        may_quote=one("may_quote_column", source.may_quote_column, ()),
        revision=find(header, known.revision) if known and known.revision else -1,
        title=find(header, known.title) if known and known.title else -1,
        questions=_questions(header, source, known, text),
        answers=bool(known and known.voice) and not source.voice_column,
        repeats=known.repeats if known and not other_id else "",
        written=()
        if source.text or not known
        else tuple((field, at) for field, entry in known.written if (at := find(header, entry)) >= 0),
        absent=absent,
    )
    return replace(chosen, known=_of_people(header, chosen, known))


def _questions(
    header: Sequence[str], source: Source, known: ColumnMap | None, text: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """(column of text, column of what it answers): the one that the source names, else by the map."""
    if source.question:
        asked = _named(header, "question", source.question)
        return tuple((at, asked) for at in text)
    pairs = zip(known.text, known.question, strict=False) if known and not source.text else ()
    found = [(find(header, entry), find(header, asks)) for entry, asks in pairs]
    return tuple((at, asked) for at, asked in found if at >= 0 and asked >= 0 and asked not in text)


def _of_people(header: Sequence[str], chosen: Chosen, mapped: ColumnMap | None) -> tuple[KnownColumn, ...]:
    """The columns that tell of people: by the map, else by their headings; none that a document shows."""
    shown = {*chosen.text, chosen.date, *chosen.organisation, chosen.place, chosen.team}
    shown |= {chosen.voice, chosen.may_quote}
    shown.update(at for _, at in chosen.questions)
    found = {at: sort for sort, at in known_columns(header)}
    for entry in mapped.known if mapped else ():
        sort, _, heading = entry.partition(": ")
        if (at := find(header, heading)) >= 0:
            found[at] = sort
    return tuple((sort, at) for at, sort in sorted(found.items()) if at not in shown)


def known(header: Sequence[str]) -> tuple[KnownColumn, ...]:
    """(sort, column) of the columns that tell of people, in any table and under any map."""
    return tuple(known_columns(header))


def fitting(header: Sequence[str], kind: str = "") -> ColumnMap | None:
    """The map all of whose recognised headings are there: of that kind first, then the one that asks most."""
    found = [m for m in maps() if all(find(header, entry) >= 0 for entry in m.recognise)]
    return max(found, key=lambda m: (m.kind == kind, len(m.recognise)), default=None)


def find(header: Sequence[str], entry: str) -> int:
    """The number of the column that an entry means, -1 for none: exactly, else but for case and edges, else
    by its code.
    """
    for name in entry.split(" | "):
        if name in header:
            return list(header).index(name)
        plain = [_plain(heading) for heading in header]
        if _plain(name) in plain:
            return plain.index(_plain(name))
        if _CODE.match(name):
            code = re.compile(re.escape(name) + r"(?![A-Za-z0-9_])")
            for at, heading in enumerate(header):
                if code.match(heading.strip()):
                    return at
    return -1


def missing(header: Sequence[str], field: str, name: str, file: str) -> InputError:
    """The error for a column that the source names and the file has not."""
    names = [heading for heading in header if heading.strip()]
    near = nearest(name, names)
    guess = f' Did you mean "{_shortened(near)}"?' if near else ""
    how = _OPTIONS.get(field, f"{field} = in review.toml")
    more = ", or the columns of each table in a review.toml" if field in _OPTIONS else ""
    return InputError(
        f'{file} has no column "{name}"; its columns are {listing(names)}.{guess} Name one with {how}{more}.'
    )


def absent(name: str) -> str:
    """The reason under which a ledger entry counts a named column that none of the file's tables has."""
    return f'table without the column "{name}"'


def listing(names: Sequence[str]) -> str:
    """Headings for a message: the first of them, none long, and how many more there are."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(map(_shortened, names[:_MOST])) + more


def _shortened(heading: str) -> str:
    plain = " ".join(heading.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rstrip()}…"


class MissingColumnError(Exception):
    """A column that the source names is not in this table; another sheet may have it."""

    def __init__(self, field: str, name: str) -> None:
        super().__init__(field)
        self.field = field
        self.name = name


@cache
def maps() -> tuple[ColumnMap, ...]:
    """All shipped column maps, by id."""
    return tuple(_read(resources.named_file("columns", name)) for name in resources.names("columns"))


def _named(header: Sequence[str], field: str, name: str) -> int:
    at = find(header, name)
    if at < 0:
        raise MissingColumnError(field, name)
    return at


def _first(header: Sequence[str], entries: tuple[str, ...]) -> int:
    return next((at for entry in entries if (at := find(header, entry)) >= 0), -1)


def _plain(heading: str) -> str:
    return " ".join(heading.split()).rstrip(":").rstrip().casefold()


def _read(path: Path) -> ColumnMap:
    known = {field.name for field in fields(ColumnMap)}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        odd = sorted(set(data) - known)
        if odd:
            raise TomlError(f"{path.name}: {odd[0]!r} is no entry of a column map; known: {sorted(known)}")
        entries: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        entries["written"] = tuple(data.get("written", {}).items())
        found = ColumnMap(**entries)
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise TomlError(f"{path.name}: {error}") from error
    wrong = sorted(entry for entry in found.known if entry.partition(": ")[0] not in KNOWN)
    if wrong:
        raise TomlError(f"{path.name}: known {wrong[0]!r} must be 'sort: heading' with a sort of {KNOWN}")
    return found
