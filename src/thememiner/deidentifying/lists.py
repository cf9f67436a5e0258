"""The shipped lists of forenames, surnames, places and ordinary words, loaded when first asked for.

What a word can be is a few letters, as `models/build/names.py` writes them: "F" a common forename, "f" a
known one, "e" a rare one; "s" a surname; "p" a place; "w" an ordinary word, "x" a rare one, "r" a rare
one that is a name as well, "n" a common one that is likelier a name, "v" a word that is in
no dictionary. A name without "w" is likelier a name than a word.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from functools import lru_cache

from thememiner import resources
from thememiner.deidentifying.things import EPONYMS, PRODUCTS, REGIONS
from thememiner.deidentifying.vocabulary import NAMES_AND_WORDS
from thememiner.errors import ResourceError

_FILE, _MORE = "names.txt.gz", "forenames.txt"
_PINNED = {
    _FILE: "745894834591a81af4ec5f73b2fc0819a920da41e7ab2a21b74c4a82a3a34935",
    _MORE: "960f1bf777fc4ff996d885b447f17d87f2e06714c6926ea05e3debda734feeee",
}

# What an ending may stand for: "carried" is of "carry". The word list has few inflected forms.
_ENDINGS = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e")),
    *(("ly", ""), ("er", ""), ("er", "e")),
)
_SHORTEST_STEM = 3
# Longer words are not in the lists; they are told by how they end.
_LONGEST = 12
_LONG_WORD = re.compile(
    r"(?:[aeiou]tions?|sions?|ments?|ness|ity|ities|ists?|ians?|ing|ed|ly|ous|ful|less|ships?|ism|ic|ics|ical|al"
    r"|ary|ory|able|ible|ers?|ors?|ance|ances|ence|ences|ology|graphy|scopy|itis|osis|aemia|pathy|ive|ives|ise"
    r"|ate|ine|ant|ent|ants|ents|ide|one|ol|hood|wide|wards?|omy|asty|ia)$"
)


@lru_cache(maxsize=1)
def load() -> dict[str, str]:
    """Every word of the lists and what it can be.

    Raises `ResourceError` if the file is missing or not the pinned one.
    """
    kinds: dict[str, str] = {}
    for section in gzip.decompress(_pinned(_FILE)).decode("utf-8").split("\n\n"):
        kind, *listed = section.split("\n")
        kinds.update(dict.fromkeys(listed, kind[1:-1]))
    for line in _pinned(_MORE).decode("utf-8").split("\n"):
        if line and not line.startswith("#"):
            for name in line.split(" "):
                kinds[name] = _as_forename(kinds.get(name, ""))
    return kinds


def _pinned(name: str) -> bytes:
    path = resources.folder("models") / name
    if not path.is_file():
        raise ResourceError(f"the shipped file {name} is missing: reinstall thememiner")
    if resources.sha256(path) != _PINNED[name]:
        raise ResourceError(
            f"the shipped file {name} is not the one thememiner was tested with (SHA-256 differs), "
            "so it is not used: reinstall thememiner"
        )
    return path.read_bytes()


def _as_forename(kind: str) -> str:
    """What a word can be when it is a known forename too: a rare word is then likelier the name."""
    if "F" in kind or "f" in kind:
        return kind
    return "f" + kind.translate({ord("e"): None, ord("v"): None, ord("x"): "r"})


@lru_cache(maxsize=1 << 16)
def kind_of(word: str) -> str:
    """What a word in lower case can be; "" for a word that is in no list, not even without its ending."""
    kinds = load()
    kind = kinds.get(word)
    if kind is not None:
        return kind
    if not word.isascii():
        plain = unaccented(word)
        if plain in kinds:
            return kinds[plain]
    if "'" in word or "’" in word:
        joined = word.replace("'", "").replace("’", "")
        return kinds.get(joined, "") if joined != word else ""
    if "-" in word:
        return ""
    if len(word) > _LONGEST and _LONG_WORD.search(word):
        return "w"
    stems = {
        mark
        for ending, stem in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM
        for mark in kinds.get(word[: -len(ending)] + stem, "")
    }
    return "w" if {"w", "v"} & stems else "x" if "x" in stems else ""


def unaccented(word: str) -> str:
    """The word without the accents of its letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def is_forename(word: str) -> bool:
    """Whether a word in lower case is a forename rather than a word, and no eponym."""
    kind = kind_of(word)
    return (
        ("F" in kind or "f" in kind)
        and "w" not in kind
        and word not in EPONYMS
        and word not in NAMES_AND_WORDS
    )


def is_plain(word: str) -> bool:
    """Whether a word in lower case is in the lists, but as no name: "pandemic", "office"."""
    kind = kind_of(word)
    return bool(kind) and not {"F", "f", "e", "s", "p"} & set(kind)


def is_doubtful(word: str) -> bool:
    """Whether a word in lower case is likelier a word than a name, though it may be one: "justice"."""
    return "w" in kind_of(word) or word in PRODUCTS


def is_place(word: str) -> bool:
    """Whether a word in lower case is a town, a county or a region, and no common forename."""
    kind = kind_of(word)
    return ("p" in kind and "F" not in kind) or word in REGIONS
