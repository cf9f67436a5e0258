"""A form, blank or filled in, as a template: its headings are sections, and its questions their prompts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from thememiner.codebooks.ids import free, slug
from thememiner.errors import InputError
from thememiner.reading import Limits
from thememiner.reading.formasked import Asked, asked
from thememiner.reading.formheadings import heading
from thememiner.reading.prompts import is_question, unnumbered
from thememiner.records import Section, Template

_MOST = 300  # headings and questions; who asks more hands over a table of data, not a form
_WORDS = 6  # of a title, in an id
_PART = re.compile(r"(?:section|part|domain|theme)\s+(?:\d+|[a-z])\b[\s.:)–-]*", re.IGNORECASE)
_ABOVE = "Questions above the first heading"
NOTE = (
    "Read from a form by its headings and questions, which makes it no official template. No section names "
    "a code yet: until one does, themes are placed by what they mean. Put into 'codes' the ids of the codes "
    "that a section asks about ('thememiner codebooks show NAME' lists them), into 'kinds' the texts that it "
    "takes and into 'needs' what a good answer holds; delete what is no section of the review."
)


def imported(file: str | Path, limits: Limits | None = None) -> tuple[Template, tuple[str, ...]]:
    """The template of a form in a DOCX, XLSX or another file that is read, and the headings left out of it.

    Where no heading has questions under it, each question is a section. Raises `InputError` for a file that
    is not there, is refused, asks nothing, or asks more than a form would.
    """
    path = Path(file)
    found = asked(path, limits)
    size = sum(1 + len(part.questions) for part in found.parts)
    if size > _MOST:
        raise InputError(
            f"{path.name} has {size} headings and questions, more than the {_MOST} of a form: give the blank "
            "form, and not a table of data or a long report."
        )
    name = found.title or path.stem
    layout = Template(
        id=_id(name, set()),
        name=name,
        version="1",
        sections=tuple(_sections(found)),
        note=NOTE,
        source=f"The form {path.name}.",
    )
    return layout, found.idle


def _sections(found: Asked) -> Iterator[Section]:
    taken: set[str] = set()
    if not any(part.heading for part in found.parts):
        for question in found.parts[0].questions:
            title = heading(unnumbered(question))
            prompts = (question,) if is_question(question) else ()
            yield Section(_id(title, taken), title, prompts)
        return
    for part in found.parts:
        title = part.heading or _ABOVE
        yield Section(_id(title, taken), title, part.questions)


def _id(title: str, taken: set[str]) -> str:
    """An id of a title's first words, without its number."""
    words = _PART.sub("", unnumbered(title), count=1) or title
    return free([slug(" ".join(words.split()[:_WORDS]), "section")], taken)
