"""Review templates, read from TOML, checked and written, and whether one fits a codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from thememiner import resources
from thememiner.codebooks.tomlbooks import quoted, unique
from thememiner.errors import TomlError, nearest
from thememiner.records import KINDS, Codebook, Kind, Requirement, Section, Template
from thememiner.tomls import Reader, load


def template(name: str) -> Template:
    """The review template called `name` (a shipped one, or a path to a TOML file); errors as `codebook`."""
    path = resources.named_file("templates", name)
    top = Reader(load(path), path.name)
    top.only(("id", "name", "version", "official", "note", "source", "question", "section", "requirement"))
    sections = tuple(_section(row) for row in top.tables("section"))
    if not sections:
        raise TomlError(f"{path.name}: a template needs at least one [[section]].")
    requirements = tuple(_requirement(row) for row in top.tables("requirement"))
    unique(sections, path.name)
    unique(requirements, path.name)
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
    by_meaning = "placed by what they mean, which is less sure"
    if not named:
        return (
            f"template {layout.id!r} names no codes, so the themes of codebook {book.id!r} are {by_meaning}; "
            "put into its sections the codes that they ask about."
        )
    if not gone and homeless:
        return (
            f"{len(homeless)} of the {len(known)} codes of codebook {book.id!r} are in no section of "
            f"template {layout.id!r}: their themes are {by_meaning}."
        )
    if not gone:
        return ""
    return (
        f"{len(gone)} of the {len(named)} codes that template {layout.id!r} names are not in codebook "
        f"{book.id!r}, the first {_named(min(gone), known)}: themes that no section names are {by_meaning}; "
        "give a --template made for the codebook, or see 'thememiner templates check FILE --codebook C'."
    )


def _named(code: str, known: Iterable[str]) -> str:
    near = nearest(code, known)
    return f"{code} (nearest: {near})" if near else code


def _section(row: Reader) -> Section:
    row.only(("id", "title", "prompts", "kinds", "codes", "needs"))
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
        needs=row.texts("needs"),
    )


def _requirement(row: Reader) -> Requirement:
    row.only(("id", "text", "codes"))
    return Requirement(id=row.text("id"), text=row.text("text"), codes=row.texts("codes"))


def written(layout: Template) -> bytes:
    """The TOML of a template, a line a prompt; `template` gives the same template back."""
    lines = [f"{key} = {quoted(getattr(layout, key))}" for key in ("id", "name", "version")]
    lines.append(f"official = {str(layout.official).lower()}")
    lines += [
        f"{key} = {quoted(value)}"
        for key in ("note", "source", "question")
        if (value := getattr(layout, key))
    ]
    for section in layout.sections:
        lines += ["", "[[section]]", f"id = {quoted(section.id)}", f"title = {quoted(section.title)}"]
        lines += [*_listed("prompts", section.prompts), *_listed("needs", section.needs)]
        lines += [f"{key} = [{', '.join(map(quoted, getattr(section, key)))}]" for key in ("kinds", "codes")]
    for demand in layout.requirements:
        lines += ["", "[[requirement]]", f"id = {quoted(demand.id)}", f"text = {quoted(demand.text)}"]
        lines.append(f"codes = [{', '.join(map(quoted, demand.codes))}]")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _listed(key: str, texts: Iterable[str]) -> Iterator[str]:
    inner = [f"  {quoted(text)}," for text in texts]
    if inner:
        yield from (f"{key} = [", *inner, "]")
