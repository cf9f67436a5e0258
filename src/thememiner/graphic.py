"""Which quotes are hard to read, and what they describe, by the cues of `corpora/cues/graphic.toml`.

Words decide here, and in doubt a quote is marked; a run tells by meaning too (`pipeline/marking.py`). What is
marked is shown closed or with its mark, never left out.
"""

from __future__ import annotations

import functools
import re

from thememiner import resources
from thememiner.tomls import Reader, load
from thememiner.wording import listed

# What ~ stands for in a cue. No sign is of both a word and what divides words, so that no text takes long.
_WORDS = r"(?:[\w’']+[\s,;:–-]+){0,4}?"
_NEAR = r"[\s,;:–-]+(?:[\w’']+[\s,;:–-]+){0,7}?"  # between what is done and what it is done to
_SPACE = re.compile(r"\s+")
_KEPT = 50_000  # texts whose answer is kept: a page, a paper and a workbook ask for the same


@functools.lru_cache(maxsize=_KEPT)
def describes(text: str) -> tuple[str, ...]:
    """What of a text is hard to read, in words ("self-harm or suicide", "an injury"); () where nothing is."""
    unless, categories = _cues()
    plain = unless.sub(" … ", _SPACE.sub(" ", text))
    return tuple(name for name, cues in categories if cues.search(plain))


def mark(text: str, perhaps: tuple[str, ...] = ()) -> str:
    """What a reader is told before a quote that is hard to read: "This quote describes violence"; else "".

    `perhaps` is what it is told to describe by its meaning. That is too unsure to be named before somebody's
    words, so it says only that they may be hard to read.
    """
    found = describes(text)
    if not found:
        return "This quote may be hard to read" if perhaps else ""
    # What is joined by "or" is told apart by commas.
    return f"This quote describes {listed(found) if len(found) < 3 else '; '.join(found)}"


@functools.cache
def _cues() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    path = resources.folder("cues") / "graphic.toml"
    top = Reader(load(path), path.name)
    top.only(("unless", "category"))
    categories = []
    for row in top.tables("category"):
        row.only(("name", "cues", "acts", "on"))
        acts, things = ("|".join(row.texts(key)) for key in ("acts", "on"))
        near = (rf"\b(?:{acts})\b{_NEAR}(?:{things})\b", rf"\b(?:{things})\b{_NEAR}(?:{acts})\b")
        categories.append((row.text("name"), _any((*row.texts("cues"), *near))))
    return _any(top.texts("unless")), tuple(categories)


def _any(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{cue.replace('~', _WORDS)})" for cue in cues), re.IGNORECASE)
