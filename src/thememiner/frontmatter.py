"""What stands before the matter of notes and papers: who was there, and notices about the document itself.

A mapped step: "Present: ..." and "These notes are a summary ..." are nobody's account of a service, so they
are no evidence, and are counted as left out. The words it is known by are in `corpora/cues/frontmatter.toml`.
Only prose has front matter: no row of a table, and no answer of a form.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from thememiner import resources
from thememiner.records import Document, Passage
from thememiner.tomls import Reader, load

_KINDS = ("account", "feedback")
_OPENING = 30  # passages from the start of a document among which front matter is looked for


@dataclass(frozen=True, slots=True)
class _Cues:
    attendance: re.Pattern[str]
    heading: re.Pattern[str]
    notice: re.Pattern[str]
    continued: re.Pattern[str]


def set_aside(
    documents: Iterable[Document], passages: Iterable[Passage]
) -> tuple[list[Passage], list[Passage]]:
    """Return the passages in their order without front matter, and the front matter."""
    # A row of a table has a locator, and a form's answers are never front matter.
    prose = {d.id: d for d in documents if d.kind in _KINDS and not d.locator and not d.form}
    kept: list[Passage] = []
    out: list[Passage] = []
    for document_id, rows in groupby(passages, key=lambda p: p.document_id):
        whole = list(rows)
        document = prose.get(document_id)
        fronts = _fronts(document, whole[:_OPENING]) if document else set()
        for passage in whole:
            (out if passage.id in fronts else kept).append(passage)
    return kept, out


def _fronts(document: Document, opening: Sequence[Passage]) -> set[str]:
    """The ids of the passages that are front matter; a notice may go on in the sentences behind it."""
    cues = _cues()
    found: set[str] = set()
    notice = False  # whether the passage before was one
    end = 0
    for passage in opening:
        between = document.text[end : passage.start]
        notice = bool(
            cues.notice.match(passage.text)
            or (notice and "\n\n" not in between and cues.continued.match(passage.text))
        )
        # Under a heading such as "Present" a list is meant: never a sentence, or someone's labelled words.
        named = cues.heading.fullmatch(passage.heading) and passage.text.rstrip()[-1:] not in ".!?"
        if notice or cues.attendance.match(passage.text) or (named and passage.voice == document.voice):
            found.add(passage.id)
        end = passage.end
    return found


@functools.cache
def _cues() -> _Cues:
    """The shipped lists, compiled once."""
    path = resources.folder("cues") / "frontmatter.toml"
    lists = Reader(load(path), path.name)
    words = {name: _either(lists.texts(name)) for name in lists.table}
    return _Cues(
        attendance=_pattern(rf"\s*(?:(?:{words['labels']})\s*(?::|[-–—]\s)|(?:{words['apologies']})\b)"),
        heading=_pattern(rf"\s*(?:\d+\.?\s*)?(?:{words['labels']})\s*:?\s*"),
        notice=_pattern(
            rf"(?:this|these|the)\s+(?:\w+\s+){{0,3}}?(?:{words['itself']})\b[^.]*?\b(?:{words['notice']})(?!\w)"
        ),
        continued=_pattern(
            rf"(?:{words['pronouns']})\b[^.]*?\b(?:{words['notice']}|{words['omission']})(?!\w)"
        ),
    )


def _either(phrases: Iterable[str]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for p in longest)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
