"""The collation grid: section × organisation, each cell consistent, differs, silent, not applicable or not
received.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from thememiner.records import KINDS, Evidence, Finding, GridCell, Kind, Received, Section
from thememiner.triangulating.positions import admits, claims
from thememiner.triangulating.sides import Sides

CONSISTENT, DIFFERS, SILENT, NOT_RECEIVED = "consistent", "differs", "silent", "not received"
NOT_APPLICABLE = "not applicable"  # for a person to say

# Organisation -> (place, kind, lean) of the places that differ within it.
Places = Mapping[str, Sequence[tuple[str, Kind, str]]]

_SILENT = "no account of its own speaks of the themes of this section"
_SILENT_BUT_WRITTEN = "its policy speaks of the themes of this section, no account of its own does"


def collate(
    sections: Sequence[Section],
    organisations: Iterable[str],
    outstanding: Iterable[Received],
    findings: Sequence[Finding],
    themes: Mapping[str, Sides],
    evidence: Sequence[Evidence],
    blanks: Mapping[str, Sequence[tuple[str, str]]],
    not_applicable: Mapping[tuple[str, str], str] | None = None,
    places: Mapping[str, Places] | None = None,
    enough: int = 3,
) -> tuple[GridCell, ...]:
    """A cell for each section and organisation, in the order of the template, then by name.

    `themes` is what is said of each theme, by its id, `blanks` (organisation, question) of what was left
    without an answer, by section id. What an organisation's own account says decides, not what is told about
    it: a cell differs where that account leans the other way from what most of them describe of a theme
    placed there, or where a person's account tells otherwise than it does; it says of which themes. Each side
    of such a difference needs `enough` passages, since of fewer all may be misread.
    `not_applicable` are reasons that a person gave, by section id and organisation: they go before all else.
    `places` are the places that differ within an organisation, by theme id.
    """
    missing = {r.organisation for r in outstanding}
    every = sorted({*organisations, *missing} - {""})
    placed = {s.id: [f for f in findings if f.section_id == s.id] for s in sections}
    cells = (
        _cell(section, name, missing, placed[section.id], themes, evidence, blanks, enough)
        for section in sections
        for name in every
    )
    return tuple(
        _not_applicable(
            replace(cell, places=_places(cell.organisation, placed[cell.section_id], places or {})),
            (not_applicable or {}).get((cell.section_id, cell.organisation), ""),
        )
        for cell in cells
    )


def _not_applicable(cell: GridCell, reason: str) -> GridCell:
    """The cell as a person has it; that its own account speaks all the same is not lost."""
    if not reason:
        return cell
    also = "; its own account speaks of the section all the same" if cell.answers else ""
    return replace(cell, state=NOT_APPLICABLE, why=f"{reason}{also}", theme_ids=())


def _places(
    name: str, placed: Sequence[Finding], places: Mapping[str, Places]
) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (place, finding.theme_id, kind, lean)
        for finding in placed
        for place, kind, lean in places.get(finding.theme_id, {}).get(name, ())
    )


def _cell(
    section: Section,
    name: str,
    missing: set[str],
    placed: Sequence[Finding],
    themes: Mapping[str, Sides],
    evidence: Sequence[Evidence],
    blanks: Mapping[str, Sequence[tuple[str, str]]],
    enough: int,
) -> GridCell:
    mine = [e for e in evidence if e.section_id == section.id and e.organisation == name]
    ids = {kind: tuple(e.id for e in mine if e.kind == kind) for kind in KINDS}
    said = {f.theme_id: themes[f.theme_id] for f in placed if f.theme_id in themes}
    speaks = bool(ids["account"]) or any(name in theme.described for theme in said.values())
    differing = tuple(sorted(theme_id for theme_id, theme in said.items() if _differs(theme, name, enough)))
    if name in missing and not speaks:
        state, why = NOT_RECEIVED, "its return has not come"
    elif left := [question for who, question in blanks.get(section.id, ()) if who == name]:
        state, why = SILENT, f"left without an answer: {'; '.join(left)}"
    elif not speaks:
        state, why = SILENT, _SILENT_BUT_WRITTEN if ids["policy"] else _SILENT
    elif differing:
        state, why = DIFFERS, "its account leans the other way, or a person's account tells otherwise"
    else:
        state, why = CONSISTENT, "its account does not lean against the others'"
    return GridCell(
        section_id=section.id,
        organisation=name,
        state=state,
        why=why,
        theme_ids=differing if state == DIFFERS else (),
        answers=ids["account"],
        commitments=ids["policy"],
        incidents=ids["incident"],
        people=ids["feedback"],
    )


def _differs(theme: Sides, name: str, enough: int) -> bool:
    """Whether an organisation's account leans against most others', or a person's account against it."""
    claiming, admitting = claims(theme), admits(theme)
    if name in claiming and any(organisation == name for _, organisation in theme.accounts):
        return True
    own, others = theme.described.get(name), claiming if name in admitting else admitting
    told = sum(theme.described[other].telling for other in others)
    if own is None or not theme.comparable or min(own.telling, told) < enough:
        return False
    if name in admitting:  # of as many that lean either way, those that say it is wanting are told
        return len(claiming) >= len(admitting)
    return name in claiming and len(admitting) > len(claiming)
