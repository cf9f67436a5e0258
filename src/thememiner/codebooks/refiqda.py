"""A codebook as a REFI-QDA codebook file (.qdc), which NVivo, ATLAS.ti, MAXQDA and others exchange.

The format holds names, descriptions, colours and a hierarchy. What a code includes and excludes stands in its
description, in lines that a person can read and that are read back; examples have no place in it.

Source: REFI-QDA standard 1.5, codebook exchange (Rotterdam Exchange Format Initiative, 2019).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from thememiner.codebooks.ids import free, slug
from thememiner.codebooks.tomlbooks import COLOUR
from thememiner.errors import InputError
from thememiner.reading.hardened import DoctypeError, xml_root
from thememiner.records import GAPS, Code, Codebook

_SPACE = "urn:QDA-XML:codebook:1.0"
_SPACES = re.compile(r"urn:QDA-XML:(?:codebook|project):\d+(?:\.\d+)*")
_LARGEST = 16 * 2**20  # bytes; a codebook of 300 codes is well under 1 MB
_BETWEEN = " / "  # the names of a group inside a group
_FIELD = re.compile(
    r"\s*(include|exclude|wanted|comparable|column|gap|id|version)s?\s*:[ \t]*", re.IGNORECASE
)
_NO = ("no", "false")


def read(path: Path) -> Codebook:
    """The codebook that a .qdc holds: names, descriptions, colours and groups; no examples.

    A code without an `Id:` line in its description is given an id from its name. One folder over all the
    codes is the codebook itself. Raises `InputError` for a file that is none, is too large or is unsafe.
    """
    top = _child(_root(path), "Codes")
    tops = [] if top is None else list(_children(top, "Code"))
    name, about = path.stem, {"definition": [""]}
    if len(tops) == 1 and not _codable(tops[0]) and _child(tops[0], "Code") is not None:
        name, about = tops[0].get("name", "").strip() or name, _described(tops[0])
        tops = list(_children(tops[0], "Code"))
    rows = [row for element in tops for row in _walk(element, ())]
    if not rows:
        raise InputError(f"{path.name} holds no code.")
    taken = {identity for element, _ in rows if (identity := _joined(_described(element), "id"))}
    codes: list[Code] = []
    for element, groups in rows:
        code = _code(path, element, groups, taken)
        if any(code.id == other.id for other in codes):
            raise InputError(
                f"{path.name}, code {code.name!r}: the id {code.id!r} stands twice; ids must differ."
            )
        codes.append(code)
    return Codebook(
        id=_joined(about, "id") or slug(path.stem, "code"),
        name=name,
        version=_joined(about, "version") or "1",
        codes=tuple(codes),
        description=_joined(about, "definition"),
    )


def _root(path: Path) -> Any:
    """The root element; no entity is resolved, no network asked, and a DTD is refused."""
    from lxml import etree

    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path.name} is larger than {_LARGEST // 2**20} MB, too large for a codebook.")
        root = xml_root(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    except etree.XMLSyntaxError as error:
        place = f" (line {error.lineno})" if error.lineno else ""
        raise InputError(f"{path.name} is not valid XML{place}; export the codebook again.") from None
    except DoctypeError:
        raise InputError(
            f"{path.name} defines entities of its own and is not read; export the codebook again."
        ) from None
    space, _, name = str(root.tag).rpartition("}")
    if name != "CodeBook" or not _SPACES.fullmatch(space.lstrip("{")):
        raise InputError(f"{path.name} is not a REFI-QDA codebook; export one (.qdc), not a project (.qdpx).")
    return root


def _children(element: Any, name: str) -> Iterator[Any]:
    return (inner for inner in element if str(inner.tag).rpartition("}")[2] == name)


def _child(element: Any, name: str) -> Any:
    return next(_children(element, name), None)


def _codable(element: Any) -> bool:
    return element.get("isCodable", "true").strip().lower() not in ("false", "0")


def _walk(element: Any, groups: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """(code, names of what it stands in), in the file's order; folders are groups and no codes."""
    if _codable(element):
        yield element, groups
    inner = (*groups, " ".join(element.get("name", "").split()))
    for child in _children(element, "Code"):
        yield from _walk(child, inner)


def _code(path: Path, element: Any, groups: tuple[str, ...], taken: set[str]) -> Code:
    name = element.get("name", "").strip()
    if not name:
        inside = f" in {groups[-1]!r}" if groups else ""
        raise InputError(f"{path.name}: a code{inside} has no name.")
    said = _described(element)
    colour = element.get("color", "").strip()
    identity = _joined(said, "id")
    if "/" in identity:
        raise InputError(f"{path.name}, code {name!r}: the id {identity!r} must be a word without '/'.")
    return Code(
        id=identity or _new(name, groups, taken),
        name=name,
        definition=_joined(said, "definition"),
        include=_joined(said, "include"),
        exclude=_joined(said, "exclude"),
        wanted=_joined(said, "wanted").lower() not in _NO,
        comparable=_joined(said, "comparable").lower() not in _NO,
        gap=gap if (gap := _joined(said, "gap").lower()) in GAPS else "",
        columns=tuple(said.get("column", ())),
        group=_BETWEEN.join(groups),
        colour=colour if COLOUR.fullmatch(colour) else "",
    )


def _new(name: str, groups: tuple[str, ...], taken: set[str]) -> str:
    """An id made of a name, told from others by its group, else by a number; it is taken from now on."""
    wider = [slug(f"{groups[-1]} {name}", "code")] if groups else []
    return free([slug(name, "code"), *wider], taken)


def _described(element: Any) -> dict[str, list[str]]:
    """A description by its fields: the text before the first "Include:" and so on is the definition."""
    inner = _child(element, "Description")
    found: dict[str, list[str]] = {"definition": [""]}
    field = "definition"
    for line in ("".join(inner.itertext()) if inner is not None else "").splitlines():
        if match := _FIELD.match(line):
            field = match[1].lower()
            found.setdefault(field, []).append(line[match.end() :])
        else:
            found[field][-1] += f"\n{line}"
    return {key: [text.strip() for text in texts] for key, texts in found.items()}


def _joined(said: dict[str, list[str]], field: str) -> str:
    return "\n".join(said.get(field, ())).strip()


def guid(book_id: str, key: str) -> str:
    """The GUID of a code by its id, of a group by "/" and its names, of the whole book by ""."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:thememiner:codebook:{book_id}:{key}"))


def written(book: Codebook) -> bytes:
    """The .qdc of a codebook, as UTF-8: one folder of its name, and in it the codes by their groups.

    `read` gives back all but examples, near misses and background, with the codes of a group together. Raises
    `InputError` for a character that XML cannot hold.
    """
    from lxml import etree

    def add(parent: Any, name: str, key: str, description: str, *, codable: bool, colour: str = "") -> Any:
        marks = {"guid": guid(book.id, key), "name": name, "isCodable": str(codable).lower()}
        element = etree.SubElement(parent, f"{{{_SPACE}}}Code", marks | ({"color": colour} if colour else {}))
        if description:
            etree.SubElement(element, f"{{{_SPACE}}}Description").text = description
        return element

    root = etree.Element(f"{{{_SPACE}}}CodeBook", {"origin": "thememiner"}, nsmap={None: _SPACE})
    try:
        codes = etree.SubElement(root, f"{{{_SPACE}}}Codes")
        top = add(codes, book.name, "", _description_of(book), codable=False)
        places: dict[str, Any] = {"": top}
        # a code may itself be the group of others: then they stand in it
        paths = {_BETWEEN.join(filter(None, (code.group, code.name))): code for code in reversed(book.codes)}

        def place(path: str) -> Any:
            if path not in places:
                group, _, name = path.rpartition(_BETWEEN)
                places[path] = (
                    coded(paths[path])
                    if path in paths
                    else add(place(group), name, f"/{path}", "", codable=False)
                )
            return places[path]

        made: dict[str, Any] = {}

        def coded(code: Code) -> Any:
            if code.id not in made:
                made[code.id] = add(
                    place(code.group),
                    code.name,
                    code.id,
                    _description(code),
                    codable=True,
                    colour=code.colour,
                )
            return made[code.id]

        for code in book.codes:
            coded(code)
    except ValueError as error:  # lxml's word for a control character
        raise InputError(
            f"codebook {book.id}: a name or definition has a character no XML can hold."
        ) from error
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _description_of(book: Codebook) -> str:
    return "\n".join(
        [*([book.description, ""] if book.description else []), f"Id: {book.id}", f"Version: {book.version}"]
    )


def _description(code: Code) -> str:
    fields = [
        ("Include", code.include),
        ("Exclude", code.exclude),
        ("Wanted", "" if code.wanted else "no"),
        ("Gap", code.gap),
        ("Comparable", "" if code.comparable else "no"),
        *(("Column", label) for label in code.columns),
        ("Id", code.id),
    ]
    lines = [f"{key}: {text}" for key, text in fields if text]
    return "\n".join([*([code.definition, ""] if code.definition else []), *lines])
