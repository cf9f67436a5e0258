"""The cells of the grid, opened: one block a section, in it each organisation with what its cell rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thememiner.records import DocumentEntry, Evidence, GridCell, Report
from thememiner.reports import wording
from thememiner.reports.contents import Block, Group, OpenCell, Quote, Table

SHOWN = 3  # quotes of one kind in a cell; the rest stand under the findings
_SHORT = (6, 40)  # words of a quote that stands in a cell of a table
_FIELDS = (
    ("answers", "Its own account"),
    ("commitments", "Its policies say"),
    ("incidents", "Incidents show"),
    ("people", "People and families say"),
)
_STATES = ("differs", "silent", "not received", "consistent", "not applicable")

# Id of an excerpt -> (number, anchor) of the findings that cite it.
Cited = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the cells are made of, by id."""

    evidence: Mapping[str, Evidence]
    documents: Mapping[str, DocumentEntry]
    quotes: Mapping[str, Quote]
    names: Mapping[str, str]
    cited: Cited

    def of(self, cell: GridCell, field: str) -> list[Evidence]:
        """The excerpts of one kind in a cell, each stretch of a document once.

        Those on themes that differ come first, then those that commit, of these what states a number.
        """
        seen: dict[tuple[str, int, int], Evidence] = {}
        for e in (self.evidence[i] for i in getattr(cell, field) if i in self.evidence):
            seen.setdefault((e.document_id, e.start, e.end), e)
        return sorted(
            seen.values(),
            key=lambda e: (e.theme_id not in cell.theme_ids, e.modality != "commitment", not e.states),
        )


def blocks(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], cited: Cited
) -> tuple[Block, ...]:
    """A block a section that has cells, in the order of the template."""
    known = _Known(
        evidence={e.id: e for e in report.evidence},
        documents={entry.id: entry for entry in report.documents},
        quotes=quotes,
        names=names,
        cited=cited,
    )
    made = []
    for number, section in enumerate(report.sections, start=1):
        mine = [cell for cell in report.grid if cell.section_id == section.id]
        if mine:
            cells = [_open(cell, f"cell-{number}-{n}", known) for n, cell in enumerate(mine, start=1)]
            states = Counter(cell.state for cell in mine)
            made.append(
                Block(
                    title=f"{number}. {section.title}",
                    counts=", ".join(f"{states[state]} {state}" for state in _STATES if states[state]),
                    cells=tuple(cells),
                    table=_table(section.title, mine, cells, known),
                )
            )
    return tuple(made)


def state(cell: GridCell, names: Mapping[str, str]) -> str:
    """A cell in a few words: its state, the themes it differs on, and the places that differ within it."""
    on = ", ".join(names.get(theme_id, theme_id) for theme_id in cell.theme_ids)
    places = ", ".join(dict.fromkeys(place for place, *_ in cell.places))
    said = wording.capital(cell.state) + (f" on: {on}" if on else "")
    return said + (f"; differs within it: {places}" if places else "")


def _open(cell: GridCell, anchor: str, known: _Known) -> OpenCell:
    places = [_place(place, known.names.get(theme, theme), *how) for place, theme, *how in cell.places]
    return OpenCell(
        anchor=anchor,
        organisation=cell.organisation,
        state=state(cell, known.names),
        lines=(
            *((f"{wording.capital(cell.why)}.",) if cell.why else ()),
            *places,
            *_expired(known.of(cell, "commitments"), known.documents),
        ),
        groups=tuple(_group(cell, field, head, known) for field, head in _FIELDS),
    )


def _group(cell: GridCell, field: str, head: str, known: _Known) -> Group:
    """The first few quotes, and those that stand nowhere else; and where the rest stands."""
    ranked = known.of(cell, field)
    shown = [e for n, e in enumerate(ranked) if n < SHOWN or e.id not in known.cited]
    rest = [e for e in ranked if e not in shown]
    where = {place for e in rest for place in known.cited[e.id]}
    return Group(
        head,
        tuple(known.quotes[e.id] for e in shown),
        note=wording.capital(wording.counted(len(rest), "more quote")) if rest else "",
        links=tuple(sorted(where, key=lambda place: tuple(map(int, place[0].split("."))))),
    )


def _place(place: str, theme: str, kind: str, lean: str) -> str:
    told = "badly" if lean == "bad" else "well"
    return f"{place}: {wording.TELLERS[kind]} tell {told} of {theme} there, and the other way of its others."


def _expired(excerpts: Iterable[Evidence], documents: Mapping[str, DocumentEntry]) -> Iterable[str]:
    """A line for each policy quoted that had expired."""
    quoted = dict.fromkeys(e.document_id for e in excerpts)
    for document in (documents[i] for i in quoted if i in documents):
        if document.expired:
            yield f"Expired policy: {document.source} ({wording.imprint(document)})."


def _table(title: str, cells: Sequence[GridCell], opened: Sequence[OpenCell], known: _Known) -> Table:
    rows = tuple(
        (
            cell.organisation,
            " ".join((f"{shown.state}.", *shown.lines)),
            *(_example(known.of(cell, field), known) for field, _ in _FIELDS),
        )
        for cell, shown in zip(cells, opened, strict=True)
    )
    return Table(title, ("Organisation", "How it stands", *(head for _, head in _FIELDS)), rows)


def _example(excerpts: Sequence[Evidence], known: _Known) -> str:
    """A short quote in its marks with its place; else how to find one; "" of none."""
    least, most = _SHORT
    for e in excerpts:
        if least <= len(e.quote.split()) <= most and "\n" not in e.quote and not known.quotes[e.id].mark:
            return f"“{e.quote}” ({known.quotes[e.id].place})"
    if not excerpts:
        return ""
    return "see the findings" if any(e.id in known.cited for e in excerpts) else "longer: see report.html"
