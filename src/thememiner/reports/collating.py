"""The tables that stand across sections: the grid, the voices side by side, the accounts to read in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thememiner.records import ASSURANCES, DocumentEntry, Evidence, Finding, GridCell, Report
from thememiner.reports import wording
from thememiner.reports.contents import Table
from thememiner.wording import listed

SHOWN_ACCOUNTS = 100  # to read in full; report.json has them all
_SHORT = (6, 40)  # words of a quote that stands in a cell
_VOICES = (
    ("policy", "Policy commits to"),
    ("accounts", "Organisations describe"),
    ("incidents", "Incidents show"),
    ("people", "People and families say"),
)


def grid(report: Report, names: Mapping[str, str], *, decided: bool = False) -> Table | None:
    """Section × organisation; None where there is none to compare. `decided`: people decided of findings."""
    organisations = sorted({cell.organisation for cell in report.grid})
    if not organisations:
        return None
    cells = {(cell.section_id, cell.organisation): cell for cell in report.grid}
    rows = tuple(
        (section.title, *(_state(cells.get((section.id, name)), names) for name in organisations))
        for section in report.sections
    )
    note = wording.GRID_NOTE + (wording.GRID_DRAFTED if decided else "")
    return Table(wording.GRID_CAPTION, ("Section", *organisations), rows, note=note)


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


def _state(cell: GridCell | None, names: Mapping[str, str]) -> str:
    if cell is None:
        return ""
    on = ", ".join(names.get(theme_id, theme_id) for theme_id in cell.theme_ids)
    return wording.capital(cell.state) + (f" on: {on}" if on else "")


def _example(ids: Iterable[str], evidence: Mapping[str, Evidence]) -> str:
    """A short quote in its marks, a commitment before others; else how to find them; "" of none."""
    known = [evidence[i] for i in ids if i in evidence]
    quotes = [e.quote for e in sorted(known, key=lambda e: e.modality != "commitment")]
    least, most = _SHORT
    fits = (q for q in quotes if least <= len(q.split()) <= most and "\n" not in q)
    short = next(fits, "")
    return f"“{short}”" if short else ("see the findings" if quotes else "")
