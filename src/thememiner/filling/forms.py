"""A report's accepted findings → the answer cells of a form, nothing else of which changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from thememiner.errors import InputError, nearest
from thememiner.filling.accepted import Draft, Drafts, accepted
from thememiner.filling.documents import WordForm
from thememiner.filling.sheets import ExcelForm
from thememiner.filling.splicing import packed
from thememiner.mapping.placing import section_of_answers
from thememiner.reading import formspaces, sandbox
from thememiner.reading.formspaces import Space, Spot
from thememiner.reading.parsed import RefusedError, Tables, Text
from thememiner.records import Report, Section, Template

FORMATS = (".docx", ".docm", ".xlsx", ".xlsm")
_LISTED = 5  # questions or headings that are named; the rest are counted
_FURTHER = "further questions of the sections filled (nothing says which of them a finding answers)"
_SHORT = 80  # characters of one that is named


@dataclass(frozen=True, slots=True)
class Filled:
    """The form's bytes with the answers in it, and lines on what was filled and what left alone."""

    content: bytes
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Said:
    """What is to be said: lines on sections, counts of what was left alone, cells that take no words."""

    lines: list[str]
    left: Counter[str]
    closed: list[str]
    cells: int = 0
    findings: int = 0


class _Form(Protocol):
    """A form of either format."""

    def room(self, spot: Spot) -> str: ...
    def write(self, spot: Spot, paragraphs: Sequence[str]) -> int: ...
    def done(self) -> dict[str, bytes]: ...
    def where(self, spot: Spot) -> str: ...


def fill(file: str | Path, report: Report, layout: Template | None = None, *, drafts: bool = False) -> Filled:
    """The form with the accepted findings of each section in the first blank answer under it.

    `layout` is the report's template, whose prompts tell a question's section too; with `drafts` findings
    that nobody reviewed are written as well, marked so. Raises `InputError` for a form that cannot be read,
    that asks nothing or has no section of the report, and where there is nothing to write or no room.
    """
    path = Path(file)
    if path.suffix.lower() not in FORMATS:
        raise InputError(
            f"{path} is no form that can be filled in: give one that ends in {', '.join(FORMATS)}."
        )
    try:
        return _filled(path, path.read_bytes(), report, layout, drafts=drafts)
    except OSError as error:
        how = "If it is open in another program, close it."
        raise InputError(f"{path} cannot be read: {error.strerror or error}. {how}") from None
    except RefusedError as refused:
        said = refused.code.replace("_", " ")
        raise InputError(f"{path.name} cannot be filled in ({said}): {refused.detail}.") from None


def _filled(path: Path, data: bytes, report: Report, layout: Template | None, *, drafts: bool) -> Filled:
    found = accepted(report, unreviewed=drafts)
    if not found.sections:
        raise InputError(
            "the report has no finding that a named person accepted, so nothing is written: "
            f"{_held(found)} Review them (thememiner findings export), or give --drafts for drafts."
        )
    spaces, form = _opened(path, data)
    if not spaces:
        raise InputError(
            f"{path.name} has no questions with a place to answer that could be found, so nothing is "
            "written: put them under a heading row such as Question and Response (a table of a return a row "
            "is no form)."
        )
    placed = _placed(spaces, _template(report, layout))
    if not any(placed):
        raise InputError(
            f"{path.name} has no heading and no question that is a section of the report, so nothing is "
            f"written: {_unplaced(spaces, placed, report)}."
        )
    return _written(path.name, data, report, found, spaces, placed, form)


def _opened(path: Path, data: bytes) -> tuple[list[Space], _Form]:
    """The questions of a form, which is read in a process of its own first, and the form to write in."""
    parsed = sandbox.parse(path.suffix.lower(), data)
    if isinstance(parsed, Text):
        document = WordForm(data)
        if [b.text for b in parsed.blocks[: len(document.blocks)]] != [b.text for b in document.blocks]:
            raise RefusedError("malformed", "open it in Word, save it again, and give that")
        return formspaces.of_text(parsed), document
    assert isinstance(parsed, Tables)
    return [space for table in parsed.tables for space in formspaces.of_sheet(table)], ExcelForm(data)


def _template(report: Report, layout: Template | None) -> Template:
    """The report's sections with the prompts that their template has."""
    prompts = {section.id: section.prompts for section in layout.sections} if layout else {}
    sections = tuple(Section(s.id, s.title, prompts.get(s.id, ())) for s in report.sections)
    return Template("", "", "", sections)


def _placed(spaces: Sequence[Space], template: Template) -> list[str]:
    """The section id of each question, "" for none: by its words, as answers that come in are placed."""
    titles = {_plain(section.title): section.id for section in template.sections}
    pairs = {(heading, space.question) for space in spaces for heading in space.headings or ("",)}
    given = section_of_answers(pairs, template)
    placed = []
    for space in spaces:
        exact = [titles[_plain(text)] for text in (space.question, *space.headings) if _plain(text) in titles]
        alike = [
            given[pair] for heading in space.headings or ("",) if (pair := (heading, space.question)) in given
        ]
        placed.append(next(iter([*exact, *alike]), ""))
    return placed


def _written(
    name: str,
    data: bytes,
    report: Report,
    found: Drafts,
    spaces: Sequence[Space],
    placed: Sequence[str],
    form: _Form,
) -> Filled:
    """The form with each section's findings in its first blank answer, and what is to be said of it."""
    said = _Said([], Counter(), [])
    for section in report.sections:
        mine = [space for space, of in zip(spaces, placed, strict=True) if of == section.id]
        _section(section.title, mine, found.sections.get(section.id, ()), form, said)
    if not said.cells:
        raise InputError(f"{name}: nothing was written. {' '.join([*said.lines, *_left(said)])}")
    lines = [
        *said.lines,
        f"Filled in all: {_counted(said.cells, 'answer cell')}, {_counted(said.findings, 'finding')}.",
        *_left(said),
    ]
    if unplaced := _unplaced(spaces, placed, report):
        lines.append(f"Left alone, in no section of the report: {unplaced}.")
    if any(found.held.values()):
        lines.append(f"Findings not written: {_held(found)}")
    return Filled(packed(data, form.done()), tuple(lines))


def _section(title: str, spaces: Sequence[Space], drafts: Sequence[Draft], form: _Form, said: _Said) -> None:
    """Writes what there is of a section into its first blank answer; says what became of each question."""
    there = [_plain(space.text) for space in spaces if space.text]
    fresh = [draft for draft in drafts if not any(_plain(draft.text) in text for text in there)]
    blank = [space for space in spaces if not space.text]
    said.left["findings that stand on the form already"] += len(drafts) - len(fresh)
    said.left["questions that are answered already (nothing is written over)"] += len(spaces) - len(blank)
    if not fresh:
        said.left["questions of a section with no more to write"] += len(blank)
        return
    at, whys = _first_room(blank, form)
    said.closed += whys
    if at is None:
        why = "No blank answer left" if spaces else "No place on the form"
        said.lines.append(f"{why}: section “{title}”, {_counted(len(fresh), 'finding')}.")
        return
    taken = form.write(at, [draft.text for draft in fresh])
    said.left["findings that are more than a cell can hold"] += len(fresh) - taken
    said.left[_FURTHER] += len(blank) - len(whys) - 1
    if taken:
        said.cells, said.findings = said.cells + 1, said.findings + taken
        said.lines.append(f"Filled: section “{title}”, {_counted(taken, 'finding')}, in {form.where(at)}.")


def _first_room(blank: Iterable[Space], form: _Form) -> tuple[Spot | None, list[str]]:
    """The first spot that can be written in, and of the questions before it why theirs could not."""
    whys: list[str] = []
    for space in blank:
        reasons = []
        for spot in space.spots:
            why = form.room(spot)
            if not why:
                return spot, whys
            reasons.append(why)
        why = reasons[0] if reasons else "it holds boxes to tick or words of the form"
        whys.append(f"“{_short(space.question)}” ({why})")
    return None, whys


def _left(said: _Said) -> list[str]:
    lines = [f"Left alone, {what}: {number:,}." for what, number in said.left.items() if number]
    if said.closed:
        lines.append(
            f"Left alone, answer cells that take no words: {len(said.closed):,}: {_listed(said.closed)}."
        )
    return lines


def _unplaced(spaces: Sequence[Space], placed: Sequence[str], report: Report) -> str:
    """The headings, or questions without one, of no section, each with the nearest section; "" of none."""
    titles = [section.title for section in report.sections]
    named = dict.fromkeys(
        next(iter(space.headings), space.question) for space, of in zip(spaces, placed, strict=True) if not of
    )
    told = []
    for text in named:
        near = nearest(text, titles)
        told.append(f"“{_short(text)}” ({f'nearest: “{near}”' if near else 'none is near'})")
    return _listed(told)


def _held(found: Drafts) -> str:
    said = [f"{why}: {number:,}" for why, number in found.held.items() if number]
    return f"{'; '.join(said) or 'there are none'}."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    return "; ".join(names[:_LISTED]) + (f"; and {more:,} more" if more > 0 else "")


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
