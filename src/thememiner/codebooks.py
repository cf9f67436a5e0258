"""Codebooks and review templates, read from TOML and checked."""

from __future__ import annotations

from collections.abc import Iterable
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


def missing_codes(layout: Template, book: Codebook) -> list[str]:
    """The codes that a template names and a codebook has not: a line a section, then one a requirement."""
    known = {code.id for code in book.codes}
    lines = []
    for sort, rows in (("section", layout.sections), ("requirement", layout.requirements)):
        for row in rows:
            gone = [_named(code, known) for code in row.codes if code not in known]
            if gone:
                lines.append(
                    f"{sort} {row.id}: {len(gone)} of {len(row.codes)} codes not there: {', '.join(gone)}"
                )
    return lines


def mismatch(layout: Template, book: Codebook) -> str:
    """Sentences when a template and a codebook are not made for one another; "" when they are."""
    named = {code for section in layout.sections for code in section.codes}
    known = {code.id for code in book.codes}
    gone, homeless = named - known, known - named
    if not gone and homeless:
        return (
            f"{len(homeless)} of the {len(known)} codes of codebook {book.id!r} are in no section of "
            f"template {layout.id!r}, so no finding is made of them."
        )
    if not gone:
        return ""
    return (
        f"{len(gone)} of the {len(named)} codes that template {layout.id!r} names are not in codebook "
        f"{book.id!r}, so nothing stands under them; give a --template made for the codebook, or see "
        "'thememiner templates check FILE --codebook C'."
    )


def _named(code: str, known: Iterable[str]) -> str:
    near = nearest(code, known)
    return f"{code} (nearest: {near})" if near else code


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
        columns=row.texts("columns"),
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
