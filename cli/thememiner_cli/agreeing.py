"""`agreement`: how far two coders of the same texts agree, as a table on the screen and in a file."""

from __future__ import annotations

import csv
import dataclasses
import difflib
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from thememiner_cli import writing

if TYPE_CHECKING:
    from thememiner.codings import Codings, Matched
    from thememiner.records import Agreement

READING = (
    "How to read it: where a code is rare, kappa and alpha can be low though the coders agree on nearly "
    "every text, while AC1 then mostly counts the texts that neither gave it; so read them together, beside "
    "how often each coder used the code."
)
_FEW = 30  # documents: with fewer, intervals from resampling them are known to come out too narrow
_LISTED = 8
_HEADS = {"percent": "agreement", "kappa": "kappa", "ac1": "AC1", "alpha": "alpha"}
_LEFT, _WIDTH = 24, 14  # with codes of up to 24 letters a line has 80


def agreement(
    file_a: Annotated[Path, typer.Argument(help="One coder's codings: CSV, XLSX or JSONL.")],
    file_b: Annotated[Path, typer.Argument(help="The other's; either may be what `code` wrote.")],
    out: Annotated[Path | None, typer.Option("--out", help="A file to write too: .csv or .json.")] = None,
    code: Annotated[list[str] | None, typer.Option("--code", help="Only this code. Repeatable.")] = None,
    id_column: Annotated[
        list[str] | None,
        typer.Option("--id-column", help="Id column; each file uses the first it has. Repeatable."),
    ] = None,
    blank_is_no: Annotated[
        bool, typer.Option("--blank-is-no", help="A blank cell is a no, not a text left uncoded.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the resampling.")] = 0,
) -> None:
    """How far two coders of the same texts agree, code by code: percent, kappa, AC1, alpha, 95 % intervals.

    A file has a row a text, a column of ids and a column of 0 and 1 for each code, or is what `code` wrote.
    """
    from thememiner import codings
    from thememiner.agreement import agree

    writing.check_file(out, (".csv", ".json"), [file_a, file_b])
    first, second = (codings.read(file, tuple(id_column or ())) for file in (file_a, file_b))
    matched = codings.match(first, second, tuple(code or ()), blank_is_no=blank_is_no)
    names = _names(first, second, file_a, file_b)
    found = agree(matched.codings, ("A", "B"), matched.documents, seed=seed)
    for line in (*_matching(matched, first, second, names), "", *_table(found), "", *_notes(found, matched)):
        typer.echo(line)
    if out:
        about = _about(matched, names, seed)
        writing.write(out, _json(about, found) if out.suffix.lower() == ".json" else _csv(about, found))
        typer.echo(f"Written: {out}")


def _names(first: Codings, second: Codings, *paths: Path) -> tuple[str, str]:
    """What the two files are called, through the wall; with their folders where the names are the same."""
    from thememiner.deidentifying import mask

    names = (first.name, second.name)
    if first.name == second.name:
        names = (str(paths[0]), str(paths[1]))
    return mask(names[0]).text, mask(names[1]).text


def _matching(matched: Matched, first: Codings, second: Codings, names: tuple[str, str]) -> list[str]:
    """What was compared and what was not: lines."""
    from thememiner.deidentifying import mask

    lines = [f"A is {names[0]}, B is {names[1]}: {writing.number(len(matched.ids), 'text')} in both."]
    for letter, number in zip("AB", matched.only_ids, strict=True):
        if number:
            lines.append(f"Left out: {writing.number(number, 'text')} only in {letter}.")
    for letter, codes in zip("AB", matched.only_codes, strict=True):
        if codes:
            lines.append(f"Left out: {_listed(codes, 'code')} only in {letter}.")
    lines += [
        f"Is {mask(code).text} of A the same as {mask(other).text} of B? Then name the columns alike."
        for code in matched.only_codes[0]
        for other in difflib.get_close_matches(code, matched.only_codes[1], n=1, cutoff=0.8)
    ]
    for letter, coder in zip("AB", (first, second), strict=True):
        if coder.of_machine:
            lines.append(f"{letter} is what thememiner coded: assigned counts as yes, weak as no.")
        if coder.left_out:
            lines.append(f"No codings in {letter}: {_listed(coder.left_out, 'column')}.")
    return lines


def _listed(names: Sequence[str], noun: str) -> str:
    from thememiner.deidentifying import mask

    more = ", ..." if len(names) > _LISTED else ""
    return f"{writing.number(len(names), noun)} ({mask(', '.join(names[:_LISTED])).text}{more})"


def _table(found: Sequence[Agreement]) -> list[str]:
    """Two lines a code: its name and the four measures; who used it how often, and the intervals."""
    left = max(_LEFT, *(len(a.code) for a in found))

    def row(first: str, cells: Iterable[str]) -> str:
        return f"{first:{left}}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells)

    lines = [
        row("code", _HEADS.values()),
        row(" texts   A %   B %  both", ["95 % interval", *["interval"] * 3]),
    ]
    for a in found:
        shares = [*a.prevalence, a.both / a.units if a.units else None]
        used = "".join(f"{'-' if share is None else f'{100 * share:.1f}':>6}" for share in shares)
        lines.append(row(a.code, (_value(a, m) for m in _HEADS)))
        lines.append(row(f"{a.units:>6,}{used}", (_interval(a, m) for m in _HEADS)))
    return lines


def _value(a: Agreement, measure: str) -> str:
    value = getattr(a, measure)
    if value is None:
        return "not defined"
    return f"{value:.1f} %" if measure == "percent" else f"{value:.2f}"


def _interval(a: Agreement, measure: str) -> str:
    low, high = getattr(a, f"{measure}_low"), getattr(a, f"{measure}_high")
    if low is None or high is None:
        return "-"
    return f"{low:.1f} to {high:.1f}" if measure == "percent" else f"{low:.2f} to {high:.2f}"


def _notes(found: Sequence[Agreement], matched: Matched) -> list[str]:
    """What is not defined and why, what the intervals rest on, and how to read it all: lines."""
    codes: dict[str, list[str]] = {}
    for a in found:
        if a.note:
            codes.setdefault(a.note, []).append(a.code)
    lines = [f"{', '.join(held)}: {note}" for note, held in codes.items()]
    count = found[0].resampled
    what = "document" if matched.documents is not None else "text"
    narrow = f"; with fewer than about {_FEW} they come out too narrow" if count < _FEW else ""
    lines.append(f"Intervals are from resampling {writing.number(count, what)}{narrow}.")
    return [*lines, READING]


def _about(matched: Matched, names: tuple[str, str], seed: int) -> dict[str, Any]:
    from thememiner.agreement import RESAMPLES

    return {
        "a": names[0],
        "b": names[1],
        "texts_in_both": len(matched.ids),
        "texts_only_in_a": matched.only_ids[0],
        "texts_only_in_b": matched.only_ids[1],
        "codes_only_in_a": list(matched.only_codes[0]),
        "codes_only_in_b": list(matched.only_codes[1]),
        "resampled": "documents" if matched.documents is not None else "texts",
        "resamples": RESAMPLES,
        "seed": seed,
    }


def _json(about: dict[str, Any], found: Sequence[Agreement]) -> str:
    whole = {**about, "reading": READING, "agreement": [dataclasses.asdict(a) for a in found]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _csv(about: dict[str, Any], found: Sequence[Agreement]) -> str:
    """A row a code: every field of the record, the two coders' figures in columns of their own."""
    rows = []
    for a in found:
        row: dict[str, Any] = {"code": a.code, "a": about["a"], "b": about["b"]}
        for name, value in dataclasses.asdict(a).items():
            if name in ("used", "prevalence"):
                row |= {f"{name}_a": value[0], f"{name}_b": value[1]}
            elif name not in ("code", "raters"):
                row[name] = value
        rows.append(row)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
