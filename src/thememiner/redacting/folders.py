"""Files and folders → a folder with the same files de-identified, a ledger, and a summary of the masks."""

from __future__ import annotations

import json
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.deidentifying.masking import Masked, mask, mask_together
from thememiner.deidentifying.rules import Rules, rules
from thememiner.errors import InputError
from thememiner.reading import find, formats, sandbox
from thememiner.reading.ledger import ledger_table
from thememiner.reading.parsed import RefusedError
from thememiner.reading.whole import Whole, read_whole
from thememiner.records import Kind, LedgerEntry, Source
from thememiner.redacting import summary
from thememiner.redacting.naming import Paths, masked_name, sheet_names, spaced
from thememiner.redacting.rows import count, masked_rows
from thememiner.redacting.spreadsheets import Sheet, csv_bytes, xlsx_bytes
from thememiner.saving import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from thememiner.reading import Found
    from thememiner.reading.parsed import Table

LEDGER, SUMMARY_SHEET, SUMMARY_TABLE = "ledger.json", "summary.xlsx", "summary.csv"
_DELIMITED = frozenset((".csv", ".tsv", ".tab"))
_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
_CUT = "cell cut to the longest that XLSX can hold"


@dataclass(frozen=True, slots=True)
class RedactedFile:
    """One file: its ledger entry, the path written ("" when refused), and (kind, number) of its masks."""

    entry: LedgerEntry
    written: str = ""
    masks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """What became of each file, in the order of their names; `folder` holds what was written."""

    folder: Path
    files: tuple[RedactedFile, ...]


def redact(
    sources: Iterable[str | Path],
    folder: str | Path,
    *,
    kind: Kind = "incident",
    wall: Rules | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Redacted:
    """Write the files of the sources, de-identified, into a new or empty folder, with a ledger and a summary.

    CSV comes back as CSV, workbooks as XLSX, JSON records as CSV, and other formats as text. A file that
    cannot be read is refused in the ledger, and nothing of it is written. `wall` has what is masked besides
    what is masked anyway (`deidentifying.rules`). `progress` is told (files done,
    files in all). Raises `InputError` for a path that is not there, and for a folder that holds something,
    lies in a source or has one in it.
    """
    wall = wall or rules()
    folder = Path(folder)
    given = list(dict.fromkeys(Path(source) for source in sources))
    _check(folder, given)
    every = [file for path in given for file in find(Source(path, kind))]
    every.sort(key=lambda file: (file.name.count("/"), file.name, str(file.path)))
    # A file given twice is written once, where its folder puts it.
    found = list({Path(file.path).resolve(): file for file in every}.values())
    found.sort(key=lambda file: (file.name, str(file.path)))
    paths = Paths((LEDGER, SUMMARY_SHEET, SUMMARY_TABLE))
    names: dict[str, str] = {}  # what files are called in the ledger, by their own names
    done: list[RedactedFile] = []
    for number, wholes in enumerate(_read(found), 1):
        done += [_redacted(whole, folder, paths, names, wall) for whole in wholes]
        if progress:
            progress(number, len(found))
    table = ledger_table([file.entry for file in done])
    for row, file in zip(table["files"], done, strict=True):
        row["written"] = file.written
    rows = summary.table([(f.entry, f.written, dict(f.masks)) for f in done])
    write_file(folder / SUMMARY_TABLE, csv_bytes(rows, ","))
    write_file(folder / SUMMARY_SHEET, xlsx_bytes([rows])[0])
    # Last, so that a folder without a ledger is known for one that was not finished.
    write_file(folder / LEDGER, (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode())
    return Redacted(folder, tuple(done))


def _check(folder: Path, sources: Sequence[Path]) -> None:
    out = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: give a folder, or a file that ends in .jsonl.")
    for source in sources:
        there = source.resolve()
        if out == there or out.is_relative_to(there):
            raise InputError(f"{folder} lies in what is read ({source}): choose a folder outside it.")
        if there.is_relative_to(out):
            raise InputError(f"{source} lies in {folder}, where the results go: choose another folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(f"{folder} is not empty: choose a new folder, so that nothing old is sent along.")


def _read(files: Sequence[Found]) -> Iterator[list[Whole]]:
    """What each file holds, in order; a few are read ahead, side by side, and no more are kept."""
    with ThreadPoolExecutor(sandbox.workers()) as side_by_side:
        ahead: deque[Future[list[Whole]]] = deque()
        for file in files:
            ahead.append(side_by_side.submit(read_whole, file))
            if len(ahead) > sandbox.workers():
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _redacted(whole: Whole, folder: Path, paths: Paths, names: dict[str, str], wall: Rules) -> RedactedFile:
    """The file de-identified and written, or its refusal; either way with a masked name."""
    kinds: Counter[str] = Counter()
    *above, name = whole.name.split("/")
    plain = name[: len(name) - len(formats.suffix_of(name))]
    words, back = spaced(plain)
    # A file is often called after whom its text is about, so the name is masked beside the text.
    text, of_name = mask_together([whole.text, words], wall, whole.known)
    written_stem = masked_name(plain, back, of_name)
    folders = tuple(_masked_alone(part, wall) for part in above)
    entry = replace(
        whole.entry,
        source="/".join((*folders, written_stem + name[len(plain) :])),
        inside=names.get(whole.entry.inside, ""),
        detail=mask(whole.entry.detail, wall).text,
    )
    names[whole.name] = entry.source
    if entry.status == "refused" or not (whole.tables or whole.text):
        return RedactedFile(entry)
    try:
        suffix, content, cut = _content(whole, text, kinds, wall)
    except RefusedError as refused:
        entry = replace(entry, status="refused", reason=refused.code, documents=0, detail=refused.detail)
        return RedactedFile(entry)
    if cut:
        skipped = tuple(sorted((*entry.skipped, (_CUT, cut))))
        entry = replace(entry, status="partly_read", reason=entry.reason or "over_limit", skipped=skipped)
    path = paths.free(paths.folder(tuple(above), folders), written_stem, suffix)
    write_file(folder / path, content)
    count(of_name, kinds)
    return RedactedFile(entry, path, tuple(sorted(kinds.items())))


def _masked_alone(name: str, wall: Rules) -> str:
    words, back = spaced(name)
    return masked_name(name, back, mask(words, wall))


def _content(whole: Whole, text: Masked, kinds: Counter[str], wall: Rules) -> tuple[str, bytes, int]:
    """The suffix and the bytes to write, and how many cells were cut; adds to `kinds` what was masked."""
    if whole.tables is None:
        count(text, kinds)
        return ".txt", f"{text.text}\n".encode("utf-8", "replace"), 0
    tables = whole.tables.tables
    if whole.suffix in _WORKBOOKS or len(tables) > 1:
        names = [spaced(table.sheet) for table in tables]
        masked = [mask(words, wall) for words, _ in names]
        for found in masked:
            count(found, kinds)
        written = sheet_names(
            masked_name(table.sheet, back, found)
            for table, (_, back), found in zip(tables, names, masked, strict=True)
        )
        sheets = [_sheet(table, name, kinds, wall) for table, name in zip(tables, written, strict=True)]
        return ".xlsx", *xlsx_bytes(sheets)
    suffix = whole.suffix if whole.suffix in _DELIMITED else ".csv"
    delimiter = whole.tables.delimiter or ","
    return suffix, csv_bytes(_sheet(tables[0], "", kinds, wall), delimiter), 0


def _sheet(table: Table, name: str, kinds: Counter[str], wall: Rules) -> Sheet:
    rows, found = masked_rows(table, wall)
    kinds.update(found)
    # The rows of JSON have no header among them, and its lines are no rows of a sheet.
    numbers = (table.header_row, *table.numbers) if table.header_row else tuple(range(1, len(rows) + 1))
    types = tuple(
        "".join(
            letter if now == before else "t" for letter, before, now in zip(letters, given, row, strict=False)
        )
        for letters, given, row in zip(table.types, (table.header, *table.rows), rows, strict=False)
    )
    return Sheet(name, rows, numbers, types)
