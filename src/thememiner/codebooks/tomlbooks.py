"""A codebook as a TOML file, read with its slips told and written as the shipped ones are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar, cast

from thememiner.errors import TomlError, nearest
from thememiner.records import GAPS, KINDS, Code, Codebook, Example, Kind, NearMiss, Requirement, Section
from thememiner.tomls import Reader, load

_Named = TypeVar("_Named", Code, Section, Requirement)
COLOUR = re.compile(r"(?:#[0-9A-Fa-f]{6})?")


def read(path: Path) -> Codebook:
    """The codebook that a TOML file holds; `TomlError` says what is wrong in it and where."""
    top = Reader(load(path), path.name)
    top.only(("id", "name", "version", "description", "code", "background"))
    codes = tuple(_code(row) for row in top.tables("code"))
    if not codes:
        raise TomlError(f"{path.name}: a codebook needs at least one [[code]].")
    unique(codes, path.name)
    known = {code.id for code in codes}
    for code in codes:
        for miss in code.near_misses:
            if miss.code and miss.code not in known:
                raise TomlError(
                    f"{path.name}: a near miss of code {code.id!r} names {miss.code!r}, which is not a code; "
                    f"nearest: {nearest(miss.code, known) or 'none'}."
                )
    return Codebook(
        id=top.text("id"),
        name=top.text("name"),
        version=top.text("version", "1"),
        codes=codes,
        background=tuple(_example(row) for row in top.tables("background")),
        description=top.text("description", ""),
    )


def unique(rows: tuple[_Named, ...], where: str) -> None:
    """Raise `TomlError` unless every id of the rows is a word without "/", and stands once."""
    seen: set[str] = set()
    for row in rows:
        if not row.id or "/" in row.id:
            raise TomlError(f"{where}: the id {row.id!r} cannot be used; an id is a word without '/'.")
        if row.id in seen:
            raise TomlError(f"{where}: the id {row.id!r} stands twice; ids must differ.")
        seen.add(row.id)


def _code(row: Reader) -> Code:
    row.only(
        (
            "id",
            "name",
            "definition",
            "include",
            "exclude",
            "wanted",
            "examples",
            "near_misses",
            "columns",
            "group",
            "colour",
            "gap",
            "comparable",
        )
    )
    colour = row.text("colour", "")
    if not COLOUR.fullmatch(colour):
        raise TomlError(f"{row.where}: colour = {colour!r} is not a colour; write it as #RRGGBB.")
    return Code(
        id=row.text("id"),
        name=row.text("name"),
        definition=row.text("definition", ""),
        include=row.text("include", ""),
        exclude=row.text("exclude", ""),
        wanted=row.flag("wanted", True),
        examples=tuple(_example(example) for example in row.tables("examples")),
        near_misses=tuple(_near_miss(miss) for miss in row.tables("near_misses")),
        columns=row.texts("columns"),
        group=row.text("group", ""),
        colour=colour,
        gap=row.choice("gap", ("", *GAPS), ""),
        comparable=row.flag("comparable", True),
    )


def _near_miss(row: Reader) -> NearMiss:
    row.only(("text", "code"))
    return NearMiss(text=row.text("text"), code=row.text("code", ""))


def _example(row: Reader) -> Example:
    row.only(("kind", "text"))
    return Example(kind=cast("Kind", row.choice("kind", KINDS, "incident")), text=row.text("text"))


def written(book: Codebook) -> bytes:
    """The TOML of a codebook, a line an example; `read` gives the same codebook back."""
    lines = [f"{key} = {quoted(getattr(book, key))}" for key in ("id", "name", "version")]
    if book.description:
        lines.append(f"description = {quoted(book.description)}")
    for code in book.codes:
        lines += ["", "[[code]]", *_lines(code)]
    for text in book.background:
        lines += ["", "[[background]]", f"kind = {quoted(text.kind)}", f"text = {quoted(text.text)}"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _lines(code: Code) -> Iterable[str]:
    yield f"id = {quoted(code.id)}"
    yield f"name = {quoted(code.name)}"
    for key in ("group", "colour", "gap", "definition", "include", "exclude"):
        if value := getattr(code, key):
            yield f"{key} = {quoted(value)}"
    yield f"wanted = {str(code.wanted).lower()}"
    if not code.comparable:
        yield "comparable = false"
    if code.columns:
        yield f"columns = [{', '.join(map(quoted, code.columns))}]"
    yield from _rows("examples", ((("kind", e.kind), ("text", e.text)) for e in code.examples))
    yield from _rows(
        "near_misses", ((("text", m.text), *([("code", m.code)] if m.code else [])) for m in code.near_misses)
    )


def _rows(key: str, rows: Iterable[tuple[tuple[str, str], ...]]) -> Iterable[str]:
    inner = [f"  {{{', '.join(f'{name} = {quoted(text)}' for name, text in row)}}}," for row in rows]
    if inner:
        yield from (f"{key} = [", *inner, "]")


def quoted(text: str) -> str:
    """The text as a TOML basic string: JSON's, but for the one control character that JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
