"""Which passages are not English: they are for a person to read, never scored by an English model.

Told by other letters than Latin ones; or by three or more small words of another language (words with letters
that English has not count with them) and hardly one of English. Names, terse notes and slips of the pen have
neither, so that English is not taken for anything else. Source of the idea: Ingle 1976 (language by its
commonest words).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

from thememiner import resources
from thememiner.records import Passage
from thememiner.tomls import Reader, load

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LEAST = 4  # words of a text of which the language can be told
_SHARE = 0.25  # of its words, that are small words of the other language
_DISTINCT = 3  # and so many different ones
_HOME = 0.5  # of a document's words, from which its shorter passages go with the rest


def set_aside(passages: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Return the passages to analyse and those that are not English, each in the order given.

    A passage too short to tell goes with its document, when most of that is not English.
    """
    alone = {p.id for p in passages if is_foreign(p.text)}
    words: dict[str, list[int]] = {}
    for p in passages:
        if len(_WORD.findall(p.text)) >= _LEAST:
            told = words.setdefault(p.document_id, [0, 0])
            told[p.id in alone] += len(p.text)
    whole = {home for home, (english, other) in words.items() if other > _HOME * (english + other)}
    foreign = [
        p
        for p in passages
        if p.id in alone or (p.document_id in whole and len(_WORD.findall(p.text)) < _LEAST)
    ]
    gone = {p.id for p in foreign}
    return [p for p in passages if p.id not in gone], foreign


def is_foreign(text: str) -> bool:
    """Whether a text is surely not English; false for one of fewer than four words."""
    letters = [c for c in text if c.isalpha()]
    words = [w.lower().replace("’", "'") for w in _WORD.findall(unicodedata.normalize("NFC", text))]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    if 2 * latin < len(letters) and len(letters) >= _LEAST:
        return len(words) >= _LEAST or len(letters) >= 2 * _LEAST  # some writings part no words
    if len(words) < _LEAST:
        return False
    english, others = _lists()
    own = sum(w in english for w in words)  # of its small words, none that others write too
    marked = {w for w in words if not w.isascii()} - {w for w in words if "'" in w}
    for small in others:
        found = [w for w in words if w in small or w in marked]
        known = any(w in small for w in found)
        if (
            known
            and len(set(found)) >= _DISTINCT
            and len(found) >= _SHARE * len(words)
            and len(found) > 2 * own
        ):
            return True
    return False


@functools.cache
def _lists() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """English small words, and those of each other language that English does not have."""
    path = resources.folder("cues") / "languages.toml"
    table = load(path)
    home = Reader(table["english"], path.name)
    every, shared = (frozenset(_split(home.texts(name))) for name in ("words", "shared"))
    reader = Reader(table["other"], path.name)
    others = (frozenset(_split(reader.texts(name))) for name in sorted(table["other"]))
    return every - shared, tuple(other - every - shared for other in others)


def _split(strings: Iterable[str]) -> list[str]:
    return " ".join(strings).split()
