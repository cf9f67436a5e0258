"""Which column is which: the user's own choice first, then the column maps of `corpora/columns`.

A map is TOML: `recognise` are headings that must all be there; `text` the columns of a text, in order;
`id_column`, `date`, `organisation`, `place`, `team` the first of several that exists. One entry may give
alternatives ("Log No | log_no"). A heading is also met by its question code: F001 is any heading that
begins with F001 and goes on with no letter, digit or underscore.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from thememiner import resources
from thememiner.errors import InputError, TomlError, nearest
from thememiner.reading.known import KnownColumn, known_columns

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
    that a record comes on several rows, and under which reason equal ones are counted.
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns of one table by number, -1 for none; `text` are those with the words, in order."""

    text: tuple[int, ...]
    id: int = -1
    date: int = -1
    organisation: tuple[int, ...] = ()
    place: int = -1
    team: int = -1
    voice: int = -1
    revision: int = -1
    repeats: str = ""


def choose(header: Sequence[str], source: Source) -> Chosen | None:
    """The columns of a table under that header; None when nothing says which hold the text.

    A column that the source names must be there: its absence raises `InputError` by `missing`.
    """
    known = fitting(header, source.kind)
    if not source.text and known is None:
        return None
    text = [_named(header, "text", name) for name in source.text]
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
    own_id = (
        bool(source.id) and known is not None and find(header, source.id) != _first(header, known.id_column)
    )
    return Chosen(
        text=tuple(dict.fromkeys(text)),
        id=one("id", source.id, known.id_column if known else ()),
        date=one("date", source.date, known.date if known else ()),
        organisation=organisation,
        place=one("place", source.place, known.place if known else ()),
        team=one("team", source.team, known.team if known else ()),
        voice=one("voice_column", source.voice_column, ()),
        revision=find(header, known.revision) if known and known.revision else -1,
        repeats=known.repeats if known and not own_id else "",
    )


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
    return InputError(
        f'{file} has no column "{name}"; its columns are {listing(names)}.{guess} Name one with {how}.'
    )


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
        return ColumnMap(**entries)
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise TomlError(f"{path.name}: {error}") from error
