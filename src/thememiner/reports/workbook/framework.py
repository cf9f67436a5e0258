"""The framework matrix: what each source holds on each theme, as framework analysis charts it.

A row is a case: what one file holds of one organisation. A form, a policy or the notes of a meeting is a case
by itself; of a table of hundreds of comments each organisation's are one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from thememiner.records import Report
from thememiner.reports import wording
from thememiner.reports.contents import Cell
from thememiner.reports.passages import span
from thememiner.reports.workbook.excerpting import SHOWN, Excerpts

CASE = ("Organisation", "Kind of evidence", "Source", "Documents")
NOTE = (
    "A row is what one file holds of one organisation, a column a theme. A cell has at most "
    f"{SHOWN} short excerpts of those quoted in the report, letter for letter with their source, where "
    "some speak against others one of each; the numbers of the rest are those of the sheet Evidence. It says "
    "how many passages stand under the theme, quoted or not. An empty cell says that none was placed there, "
    "not that the source is silent."
)
_ORDER = ("feedback", "incident", "account", "policy")  # people first
_Case = tuple[str, str, str]


def matrix(report: Report, names: Mapping[str, str], excerpts: Excerpts) -> list[tuple[Cell, ...]]:
    """The rows under `CASE` and the themes: an organisation's together, people first."""
    case_of: dict[str, _Case] = {d.id: (d.organisation, d.kind, d.source) for d in report.documents}
    documents = Counter(case_of.values())
    quoted: dict[tuple[_Case, str], list[str]] = defaultdict(list)
    for e in report.evidence:
        if e.document_id in case_of:
            quoted[case_of[e.document_id], e.theme_id].append(e.id)
    passages = Counter(
        (case_of[place[0]], membership.theme_id)
        for membership in report.memberships
        if membership.outcome == "assigned" and (place := span(membership.passage_id)) and place[0] in case_of
    )

    def cell(case: _Case, theme: str) -> str:
        told = excerpts.few(quoted[case, theme])
        number = passages[case, theme]
        counted = wording.capital(wording.counted(number, "passage")) if number else ""
        if counted and not told:
            counted += ", none quoted"
        return "\n\n".join(filter(None, (told, f"{counted}." if counted else "")))

    return [
        (
            case[0] or wording.NO_ORGANISATION,
            wording.KIND_HEADS.get(case[1], case[1]),
            case[2],
            documents[case],
            *(cell(case, theme) for theme in names),
        )
        for case in sorted(documents, key=_place)
    ]


def _place(case: _Case) -> tuple[bool, str, int, str]:
    organisation, kind, source = case
    return not organisation, organisation.casefold(), _ORDER.index(kind), source
