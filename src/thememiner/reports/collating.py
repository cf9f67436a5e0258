"""The tables that stand across sections: the grid, the voices side by side, the accounts to read in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thememiner import graphic
from thememiner.records import ASSURANCES, DocumentEntry, Evidence, Finding, Report
from thememiner.reports import wording
from thememiner.reports.cells import state
from thememiner.reports.contents import Block, Table
from thememiner.wording import listed

SHOWN_ACCOUNTS = 100  # to read in full; report.json has them all
ELSEWHERE = "see the findings"  # of quotes of which none fits a cell
_SHORT = (6, 40)  # words of a quote that stands in a cell
_VOICES = (
    ("policy", "Policy commits to"),
    ("accounts", "Organisations describe"),
    ("incidents", "Incidents show"),
    ("people", "People and families say"),
)


def grid(
    report: Report, names: Mapping[str, str], blocks: Iterable[Block], *, decided: bool = False
) -> Table | None:
    """Section × organisation, with rows for whichever are more; None where there is no organisation.

    `blocks` are the opened cells, to which each leads; `decided` says that people decided of findings.
    """
    organisations = sorted({cell.organisation for cell in report.grid})
    if not organisations:
        return None
    cells = {(cell.section_id, cell.organisation): cell for cell in report.grid}
    anchors = {(block.title, cell.organisation): cell.anchor for block in blocks for cell in block.cells}
    titles = {s.id: f"{n}. {s.title}" for n, s in enumerate(report.sections, start=1)}

    def shown(section_id: str, name: str) -> tuple[str, str]:
        cell = cells.get((section_id, name))
        if cell is None:
            return "", ""
        return state(cell, names), anchors.get((titles[section_id], name), "")

    if len(organisations) > len(report.sections):
        heads = ("Organisation", *titles.values())
        grid = [(name, [shown(i, name) for i in titles]) for name in organisations]
    else:
        heads = ("Section", *organisations)
        grid = [(title, [shown(i, name) for name in organisations]) for i, title in titles.items()]
    return Table(
        wording.GRID_CAPTION,
        heads,
        tuple((first, *(words for words, _ in row)) for first, row in grid),
        note=wording.GRID_NOTE + (wording.GRID_DRAFTED if decided else ""),
        links=tuple(("", *(anchor for _, anchor in row)) for _, row in grid),
    )


def side_by_side(report: Report, names: Mapping[str, str]) -> Table | None:
    """A row a theme: a quote of each kind of source, and the verdict with its reason."""
    if not report.triangulation:
        return None
    evidence = {e.id: e for e in report.evidence}
    rows = tuple(
        (
            names.get(theme.theme_id, theme.theme_id),
            *(_example(getattr(theme, voice), evidence) for voice, _ in _VOICES),
            f"{wording.capital(theme.verdict)}: {theme.why}.",
        )
        for theme in report.triangulation
    )
    heads = ("Theme", *(head for _, head in _VOICES), "Verdict, and why")
    return Table(wording.SIDES_TITLE, heads, rows, note=wording.SIDES_NOTE)


def in_full(report: Report) -> Table | None:
    """The accounts that a person has to read in full."""
    if not report.read_in_full:
        return None
    documents: dict[str, DocumentEntry] = {entry.id: entry for entry in report.documents}
    rows = tuple(
        (
            ", ".join(part for part in (account.source, account.locator) if part),
            wording.KIND_HEADS[documents[account.document_id].kind]
            if account.document_id in documents
            else "",
            account.organisation or wording.NO_ORGANISATION,
            wording.capital("; ".join(account.reasons)),
        )
        for account in report.read_in_full[:SHOWN_ACCOUNTS]
    )
    more = len(report.read_in_full) - len(rows)
    rest = f" {wording.number(more)} more are in report.json." if more > 0 else ""
    heads = ("Where it stands", "Kind", "Organisation", "Why")
    return Table(wording.IN_FULL_TITLE, heads, rows, note=wording.IN_FULL_NOTE + rest)


def judged(finding: Finding) -> str:
    """A finding's position and basis in a few words, an assurance with the date of its newest evidence."""
    if finding.position is None:
        return ""
    basis = list(finding.basis or ())
    if finding.position == "gap":
        return f"Gap of {listed(basis)}" if basis else "Gap"
    if basis == [ASSURANCES[0]]:  # the provider's word, and nothing else
        basis = [f"{basis[0]} only"]
    if basis and finding.latest:
        basis.append(f"newest evidence {wording.day(finding.latest)}")
    said = "; ".join(basis)
    return wording.capital(finding.position) + (f" ({said})" if said else "")


def _example(ids: Iterable[str], evidence: Mapping[str, Evidence]) -> str:
    """A short quote in its marks, a commitment before others; else how to find them; "" of none."""
    known = [evidence[i] for i in ids if i in evidence]
    known.sort(key=lambda e: e.modality != "commitment")
    short = next(filter(fits, known), None)
    return f"“{short.quote}”" if short else (ELSEWHERE if known else "")


def fits(excerpt: Evidence) -> bool:
    """Whether a quote is one that a cell has room for; one that is hard to read stands where it is marked."""
    least, most = _SHORT
    quote = excerpt.quote
    short = least <= len(quote.split()) <= most and "\n" not in quote
    return short and not excerpt.describes and not graphic.describes(quote)
