"""What short forms stand for: those of `corpora/cues/glossary.toml`, and of a file of one's own over them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from thememiner import resources
from thememiner.errors import TomlError
from thememiner.tomls import Reader, load

Meanings = Mapping[str, tuple[str, ...]]

_MASK = re.compile(r"\[[A-Z][A-Z ]*\d*\]")
# Two to six capitals, with an & or small letters between ("A&E", "HoNOS"), or capitals and a number ("S117").
_SHORT = re.compile(
    r"(?<![\w&-])(?:[A-Z](?:[A-Za-z]{0,2}&?[A-Z]){1,5}[a-z]{0,3}\d?|[A-Z]{1,3}\d{1,3})(?![\w&])"
)
_CAPITALS = re.compile(r"[A-Z]{2,6}")
_LOUD = re.compile(r"\b[A-Z]{2,}\b(?:[\s,.!'-]+(?:[A-Z]+\b)){2,}")  # three words or more in capitals
WORD = re.compile(r"[\w&]+")
_MOST = 40  # characters of a short form of one's own


@functools.cache
def shipped() -> Meanings:
    """Short form -> its meanings, as shipped."""
    return _meanings(resources.folder("cues") / "glossary.toml")


@functools.cache
def well_known() -> frozenset[str]:
    """Short forms that our own sentences do not write out."""
    path = resources.folder("cues") / "glossary.toml"
    return frozenset(Reader(load(path), path.name).texts("known"))


def own(path: str | Path) -> Meanings:
    """A glossary of one's own: `[meanings]`, short form = "what it stands for" or a list of those.

    Raises `TomlError` for a file that is missing, broken or has no meaning in it.
    """
    return _meanings(Path(path))


def _meanings(path: Path) -> Meanings:
    top = Reader(load(path), path.name)
    top.only(("meanings", "known"))
    if "meanings" not in top.table:
        raise TomlError(
            f'{path.name}: "meanings" is missing. Write [meanings], then AOT = "what it stands for".'
        )
    table = Reader(top.table["meanings"], f"{path.name}, [meanings]")
    made = {key: tuple(text.strip() for text in table.texts(key)) for key in table.table}
    for key, meanings in made.items():
        if not WORD.fullmatch(key) or len(key) > _MOST or not meanings or not all(meanings):
            raise TomlError(
                f"{path.name}, [meanings]: {key[:_MOST]!r} has no meaning, or is no short form "
                f"(letters, digits and &, at most {_MOST})."
            )
    return made


def explained(texts: Iterable[str], known: Meanings) -> dict[str, tuple[str, ...]]:
    """The short forms of `known` that stand in some texts, with their meanings, by the alphabet."""
    words = {word for text in texts for word in WORD.findall(_MASK.sub(" ", text))}
    found = {short for word in words for short in (word, word.removesuffix("s")) if short in known}
    return {short: known[short] for short in sorted(found, key=lambda short: (short.casefold(), short))}


def unknown(texts: Iterable[str], known: Meanings, names: Iterable[str]) -> tuple[str, ...]:
    """Two to six capitals in some texts that nothing explains, in the order of the alphabet.

    Left out are words that only stand in capitals (the texts have them in small letters too, or all around is
    in capitals), and what `names`, those of organisations and places, hold or have as initials.
    """
    plain = [_plain(text) for text in texts]
    small = {word for text in plain for word in re.findall(r"\b[a-z]{2,6}\b", text)}
    said = [name for name in names if name]
    held = {word for name in said for word in re.findall(r"\w+", name)}
    initials = {"".join(word[0] for word in re.findall(r"\w+", name)).upper() for name in said}
    found = {match[0] for text in plain for match in _SHORT.finditer(text)}
    return tuple(
        sorted(
            short
            for short in found
            if _CAPITALS.fullmatch(short)
            and short not in known
            and short.lower() not in small
            and short not in held
            and not any(_within(short, letters) for letters in initials)
        )
    )


def _plain(text: str) -> str:
    """A text without masks and without what is shouted."""
    return _LOUD.sub(" ", _MASK.sub(" ", text))


def _within(short: str, letters: str) -> bool:
    """Whether three letters or more stand in an organisation's initials, in order, from the first."""
    rest = iter(letters)
    return len(short) > 2 and short[:1] == letters[:1] and all(letter in rest for letter in short)
