"""What is given → what is read: each file once, and nothing that thememiner itself wrote.

gathered = gather([Source("policies/", kind="policy"), Source("policies/leave.docx", kind="policy")])
gathered.files         # for each source, the files to read: leave.docx stands under one of the two
gathered.skipped       # how many were set aside, by reason
gathered.notes         # the same in sentences, with names
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from thememiner import resources
from thememiner.deidentifying import mask
from thememiner.errors import InputError
from thememiner.reading import Found, find
from thememiner.reading.columns import absent, missing
from thememiner.reading.frames import is_frame
from thememiner.reading.mapping import headings
from thememiner.records import LedgerEntry, Skipped, Source

# What `run` writes into a folder, and `report.json` says that it did; and what is made of it beside it.
WRITTEN = (
    *("report.html", "report.json", "report.md", "documents.jsonl", "settings.toml", "plan.json"),
    *("findings.xlsx", "reviewed.json"),
)
OWN, AGAIN = "file of an earlier report, no source", "the same file given again"
ENCLOSED = "table that comes with the review, no source"

_HEAD = 8_000  # characters of a file in which it says what it is
_NAMED = 5  # files named in a sentence
# What is read as a table, so that a column that was named is looked for in it.
_TABLES = frozenset("csv tsv tab xlsx xlsm xlsb xls ods jsonl ndjson json parquet DataFrame".split())
_OPTIONS = tuple(f.name for f in dataclasses.fields(Source) if f.name not in ("path", "kind", "exclude"))


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to read of each source, what was set aside with its reason, and sentences that say so."""

    files: tuple[tuple[Source, tuple[Found, ...]], ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


def gather(sources: Iterable[Source], enclosed: Iterable[str] = ()) -> Gathered:
    """Return the files of the sources, less those that thememiner wrote and those given before.

    `enclosed` are paths of tables that come with the review: in a folder of sources they are none.

    The same bytes under the same kind are read once, however often and by whatever name they are given,
    unless the sources say different things of them (two organisations, other columns). Which of them is
    read does not hang on the order: the one of which most is said. Raises `InputError` as `find` does, and
    for a source that is a report of thememiner's own.
    """
    given = [(source, tuple(find(source))) for source in sources]
    own = {id(found) for _, files in given for found in files if is_written(found.path)}
    for source, files in given:
        if files and all(id(found) in own for found in files):
            name = mask(files[0].name if len(files) == 1 else Path(source.path).resolve().name).text
            raise InputError(
                f"{name} was written by an earlier run of thememiner: give what it was made from."
            )
    beside = {Path(path).resolve() for path in enclosed}
    tables = {
        id(found)
        for _, files in given
        for found in files
        if beside and isinstance(found.path, (str, Path)) and Path(found.path).resolve() in beside
    }
    set_aside = own | tables
    again = _repeats([found for _, files in given for found in files if id(found) not in set_aside])
    set_aside |= again
    kept = tuple(
        (source, tuple(found for found in files if id(found) not in set_aside)) for source, files in given
    )
    names = {id(found): mask(found.name).text for _, files in given for found in files}
    notes = []
    if own:
        notes.append(
            f"left out as files of an earlier report, not sources: {_listed(names[i] for i in own)}."
        )
    if again:
        notes.append(f"given more than once and read once; set aside: {_listed(names[i] for i in again)}.")
    skipped = [
        Skipped("read", reason, len(some))
        for reason, some in ((OWN, own), (ENCLOSED, tables), (AGAIN, again))
        if some
    ]
    return Gathered(kept, tuple(skipped), tuple(notes))


def is_written(path: object) -> bool:
    """Whether a run of thememiner wrote this file: by its place beside a report, or by its words."""
    if not isinstance(path, (str, Path)):
        return False
    path = Path(path)
    if path.name in WRITTEN and _is_report(path.with_name("report.json")):
        return True
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _is_report(path)
    if suffix in (".html", ".htm"):
        return '<meta name="generator" content="thememiner">' in _head(path)
    if suffix == ".md":
        head = _head(path)
        return "OFFICIAL-SENSITIVE: working draft" in head and "\n## The question asked\n" in head
    if path.name == "settings.toml":
        return _is_settings(path)
    return False


def check_columns(read: Iterable[tuple[Source, Sequence[Found], Sequence[LedgerEntry]]]) -> None:
    """Raise `InputError` for a column that was named and that no table has: a slip must not go unsaid.

    One table may lack a column that another has, since one option names the columns of all.
    """
    tables: dict[tuple[str, str], list[tuple[Found | None, bool]]] = defaultdict(list)
    for source, files, entries in read:
        by_name = {found.name: found for found in files}
        named = [*(("text", name) for name in source.text), *([("id", source.id)] if source.id else [])]
        for entry in entries:
            if entry.format in _TABLES and entry.documents:
                for column in named:
                    gone = absent(column[1]) in dict(entry.skipped)
                    tables[column].append((by_name.get(entry.source), gone))
    for (field, name), found in tables.items():
        if all(gone for _, gone in found):
            first = next((file for file, _ in found if file), None)
            header = headings(first) if first else []
            raise missing(header, field, name, first.name if first else "what was given")


def is_absence(reason: str) -> bool:
    """Whether a ledger entry's reason is a named column that a table has not: nothing is left out by it."""
    return reason.startswith(absent("")[:-1])


def refusals(ledger: Iterable[LedgerEntry]) -> str:
    """The first few files that were not read, each with its reason, as sentences."""
    lines = sorted({f"{e.source}: {e.reason or 'no text'}{e.detail and ', '}{e.detail}" for e in ledger})
    more = f" And {len(lines) - _NAMED} more." if len(lines) > _NAMED else ""
    return f"{'; '.join(lines[:_NAMED])}.{more}"


def doubtful_dates(ledger: Iterable[LedgerEntry]) -> str:
    """A line on the columns that have dates month first, as files were read; "" where there is none."""
    found = sorted(f"{entry.source}, {note}" for entry in ledger for note in entry.notes)
    if not found:
        return ""
    more = f"; and {len(found) - _NAMED} more columns" if len(found) > _NAMED else ""
    where = "1 column" if len(found) == 1 else f"{len(found)} columns"
    return f"dates in {where} may be read wrong. {'; '.join(found[:_NAMED])}{more}."


def _repeats(files: Sequence[Found]) -> set[int]:
    """Which of the files (by `id`) are the same bytes and kind as another that is read."""
    sizes: dict[tuple[str, int], list[Found]] = defaultdict(list)
    for found in files:
        if not is_frame(found.path):
            try:
                sizes[found.source.kind, Path(found.path).stat().st_size].append(found)
            except OSError:  # reading says why it cannot be opened
                continue
    again: set[int] = set()
    for (kind, _), alike in sizes.items():
        same: dict[str, list[Found]] = defaultdict(list)
        for found in alike if len(alike) > 1 else []:
            try:
                same[f"{kind} {resources.sha256(Path(found.path))}"].append(found)
            except OSError:
                continue
        for copies in same.values():
            read: list[Found] = []
            for found in sorted(copies, key=_rank):
                if any(_agree(found.source, other.source) for other in read):
                    again.add(id(found))
                else:
                    read.append(found)
    return again


def _rank(found: Found) -> tuple[int, list[str], str]:
    """The source that says most comes first; then an order that hangs on nothing but content."""
    said = [repr(getattr(found.source, name)) for name in _OPTIONS]
    return -sum(bool(getattr(found.source, name)) for name in _OPTIONS), said, found.name


def _agree(one: Source, other: Source) -> bool:
    """Whether no option is said by both and differently."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in _OPTIONS)
    return all(a == b for a, b in pairs if a and b)


def _is_report(path: Path) -> bool:
    head = _head(path)
    return head.startswith('{\n "schema": ') and '\n "provenance": {' in head


def _is_settings(path: Path) -> bool:
    try:
        return {"codebook", "template", "smallest_theme"} <= set(tomllib.loads(_head(path)))
    except ValueError:
        return False


def _head(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""


def _listed(names: Iterable[str]) -> str:
    every = sorted(names)
    more = f" and {len(every) - _NAMED} more" if len(every) > _NAMED else ""
    return ", ".join(every[:_NAMED]) + more
