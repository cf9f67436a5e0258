"""Codebooks and review templates, read from TOML and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar, cast

from thememiner import resources
from thememiner.errors import TomlError, nearest
from thememiner.records import (
    KINDS,
    Code,
    Codebook,
    Example,
    Kind,
    NearMiss,
    Requirement,
    Section,
    Template,
)
from thememiner.tomls import Reader, load

_Named = TypeVar("_Named", Code, Section, Requirement)


def codebook(name: str) -> Codebook:
    """The codebook called `name` (a shipped one, or a path to a TOML file).

    Raises `UnknownNameError` with the nearest name, or `TomlError` saying what is wrong and where.
    """
    path = resources.named_file("codebooks", name)
    top = Reader(load(path), path.name)
    top.only(("id", "name", "version", "description", "code", "background"))
    codes = tuple(_code(row) for row in top.tables("code"))
    if not codes:
        raise TomlError(f"{path.name}: a codebook needs at least one [[code]].")
    _unique(codes, path)
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


def template(name: str) -> Template:
    """The review template called `name` (a shipped one, or a path to a TOML file); errors as `codebook`."""
    path = resources.named_file("templates", name)
    top = Reader(load(path), path.name)
    top.only(("id", "name", "version", "official", "note", "source", "question", "section", "requirement"))
    sections = tuple(_section(row) for row in top.tables("section"))
    if not sections:
        raise TomlError(f"{path.name}: a template needs at least one [[section]].")
    requirements = tuple(_requirement(row) for row in top.tables("requirement"))
    _unique(sections, path)
    _unique(requirements, path)
    return Template(
        id=top.text("id"),
        name=top.text("name"),
        version=top.text("version", "1"),
        sections=sections,
        requirements=requirements,
        official=top.flag("official", False),
        note=top.text("note", ""),
        source=top.text("source", ""),
        question=top.text("question", ""),
    )


def check_codes(layout: Template, book: Codebook) -> list[str]:
    """What a template asks of a codebook that is not there: one line a missing code, nearest name given."""
    known = [code.id for code in book.codes]
    rows: list[Section | Requirement] = [*layout.sections, *layout.requirements]
    return [
        f"template {layout.id!r}, {row.id!r}: code {code!r} is not in codebook {book.id!r}"
        f"{_guess(nearest(code, known))}"
        for row in rows
        for code in row.codes
        if code not in known
    ]


def _guess(near: str) -> str:
    return f"; nearest: {near!r}" if near else ""


def _code(row: Reader) -> Code:
    row.only(
        ("id", "name", "definition", "include", "exclude", "wanted", "examples", "near_misses", "columns")
    )
    return Code(
        id=row.text("id"),
        name=row.text("name"),
        definition=row.text("definition", ""),
        include=row.text("include", ""),
        exclude=row.text("exclude", ""),
        wanted=row.flag("wanted", True),
        examples=tuple(_example(example) for example in row.tables("examples")),
        near_misses=tuple(_near_miss(miss) for miss in row.tables("near_misses")),
    )


def _near_miss(row: Reader) -> NearMiss:
    row.only(("text", "code"))
    return NearMiss(text=row.text("text"), code=row.text("code", ""))


def _example(row: Reader) -> Example:
    row.only(("kind", "text"))
    return Example(kind=cast("Kind", row.choice("kind", KINDS, "incident")), text=row.text("text"))


def _section(row: Reader) -> Section:
    row.only(("id", "title", "prompts", "kinds", "codes"))
    kinds = row.texts("kinds") or KINDS
    for kind in kinds:
        if kind not in KINDS:
            raise TomlError(f"{row.where}: kind {kind!r} is not one of {', '.join(KINDS)}.")
    return Section(
        id=row.text("id"),
        title=row.text("title"),
        prompts=row.texts("prompts"),
        kinds=cast("tuple[Kind, ...]", kinds),
        codes=row.texts("codes"),
    )


def _requirement(row: Reader) -> Requirement:
    row.only(("id", "text", "codes"))
    return Requirement(id=row.text("id"), text=row.text("text"), codes=row.texts("codes"))


def _unique(rows: tuple[_Named, ...], path: Path) -> None:
    seen: set[str] = set()
    for row in rows:
        if not row.id or "/" in row.id:
            raise TomlError(f"{path.name}: the id {row.id!r} cannot be used; an id is a word without '/'.")
        if row.id in seen:
            raise TomlError(f"{path.name}: the id {row.id!r} stands twice; ids must differ.")
        seen.add(row.id)
