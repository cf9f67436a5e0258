"""What a cell names: codes of the codebook, by id or name, and a section of the template."""

from __future__ import annotations

import re

from thememiner.enclosures.tables import Row, plain
from thememiner.errors import nearest
from thememiner.records import Codebook, Template

_BETWEEN = re.compile(r"[;|\n]")
_NUMBER = re.compile(r"(?:section|part)?\s*\d+[.):]?\s+", re.IGNORECASE)


def codes(row: Row, cell: str, book: Codebook) -> tuple[str, ...]:
    """The ids of the codes that a cell names, parted by ; or , or on lines of their own.

    Raises `InputError` for a code that the codebook has not, with the nearest.
    """
    known = {plain(name): code.id for code in book.codes for name in (code.name, code.id)}
    found: dict[str, None] = {}
    for part in filter(str.strip, _BETWEEN.split(cell)):
        # a code's name may have commas of its own
        names = [part] if plain(part) in known else [name for name in part.split(",") if name.strip()]
        for name in names:
            if plain(name) not in known:
                near = nearest(name.strip(), [text for code in book.codes for text in (code.id, code.name)])
                guess = f" Did you mean {near!r}?" if near else ""
                raise row.slip(
                    f"names {name.strip()!r}, which is no code of codebook {book.id!r}.{guess} It has "
                    f"{', '.join(code.id for code in book.codes)}."
                )
            found[known[plain(name)]] = None
    return tuple(found)


def section(row: Row, cell: str, layout: Template) -> str:
    """The id of the section that a cell names, by id or title; "" of a blank cell.

    Raises `InputError` for a section that the template has not, with the nearest.
    """
    if not cell:
        return ""
    if found := section_named(cell, layout):
        return found
    near = nearest(cell, [text for s in layout.sections for text in (s.id, s.title)])
    guess = f" Did you mean {near!r}?" if near else ""
    raise row.slip(
        f"names the section {cell!r}, which template {layout.id!r} has not.{guess} It has "
        f"{', '.join(s.id for s in layout.sections)}."
    )


def section_named(text: str, layout: Template) -> str:
    """The id of the section of that id or title, a number before it left out; "" where it is none."""
    known = {plain(name): s.id for s in layout.sections for name in (s.title, s.id)}
    return known.get(plain(text)) or known.get(plain(_NUMBER.sub("", text, count=1)), "")


def code_named(text: str, book: Codebook) -> str:
    """The id of the code of that id or name; "" where it is none."""
    known = {plain(name): code.id for code in book.codes for name in (code.name, code.id)}
    return known.get(plain(text), "")
