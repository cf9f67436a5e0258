"""The front of a board paper: cover, purpose, key points, risks, assurances, what the board is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from thememiner.records import Finding
from thememiner.reports import between, collating, standing, wording
from thememiner.reports.paper import words
from thememiner.reports.paper.page import Page
from thememiner.wordfiles import Cell
from thememiner.wording import listed

_POSITIONS = {
    "gap": ("gap", "gaps"),
    "mixed": ("mixed", "mixed"),
    "assured": ("assured", "assured"),
    "not known": ("not known", "not known"),
    "": ("not judged", "not judged"),
}
_MOST_NUMBERS = 12  # of findings, named one by one
_MOST_POINTS, _SHORT = 6, 420  # sections with a key point, and characters of a sentence that can be one


def cover(page: Page) -> None:
    """Title, status, content note, and what a board secretary fills in: on the first page, with no quote."""
    pen, contents = page.pen, page.contents
    pen.said(words.KIND, style="Subtitle")
    pen.heading(contents.title, 0)
    pen.said((f"Status: {contents.status}", True))
    pen.said(("Content note. ", True), contents.content_note)
    rows: list[Sequence[Cell]] = [
        ([[(what, True), (f" ({how})" if how else "", False)]], "") for what, how in words.COVER
    ]
    pen.table(
        words.COVER_CAPTION, ("What", "To be filled in"), rows, (2, 3), told=words.COVER_TOLD, tall=True
    )
    pen.new_page()


def purpose(page: Page) -> None:
    """What the paper is for, and the question asked."""
    pen = page.pen
    pen.heading("Purpose", 1)
    pen.said(f"{words.PURPOSE} {words.APPROVED if standing.approved(page.report) else words.DRAFT}")
    pen.said(("The question asked: ", True), page.contents.question or words.NO_QUESTION)


def key_points(page: Page) -> None:
    """What came, how the findings stand, the first of each section, and what is missing: less than a page."""
    pen, contents = page.pen, page.contents
    pen.heading("Key points", 1)
    pen.said(words.KEY_NOTE, style="Note")
    pen.listed([contents.summary, _stand(page)])
    shown = 0
    for section in contents.sections:
        point = next((f for f in section.main if len(f.statement) <= _SHORT), None)
        if point and shown < _MOST_POINTS:
            shown += 1
            judged = f" {point.judged}." if point.judged else ""
            told = (f"{point.statement}{judged} {point.mark}. (Finding {point.number})", False)
            pen.listed([[(f"{section.title}: ", True), told]])
    if not shown:
        pen.listed([wording.NO_FINDING if len(contents.sections) == 1 else "No finding was made."])
    if not contents.people:
        pen.listed([contents.people_note])
    pen.listed(_missing(page))


def _stand(page: Page) -> str:
    """How many findings there are, of which position, and how many a person has looked at."""
    placed = _placed(page)
    counts = Counter(finding.position or "" for finding in placed)
    told = [
        f"{wording.number(counts[p])} {one if counts[p] == 1 else more}"
        for p, (one, more) in _POSITIONS.items()
        if counts[p]
    ]
    seen = sum(finding.review != "not yet reviewed" for finding in placed)
    reviewed = f"{wording.number(seen)} reviewed by a named person" if seen else "none reviewed yet"
    among = f" ({listed(told)})" if told else ""
    drafts = wording.capital(wording.counted(len(placed), "draft finding"))
    return f"{drafts} in the sections{among}; {reviewed}."


def _missing(page: Page) -> list[str]:
    """What is not known, in a line."""
    report, contents = page.report, page.contents
    told = []
    if report.outstanding:
        told.append(f"{wording.counted(len(report.outstanding), 'return')} outstanding")
    empty = sum(not section.all for section in contents.sections)
    if empty:
        told.append(f"{wording.counted(empty, 'section')} without a finding")
    blanks = sum(len(b.lines) for s in contents.sections for b in s.blanks)
    blanks += sum(len(group.lines) for group in contents.blanks)
    if blanks:
        told.append(f"{wording.counted(blanks, 'question')} left without an answer")
    if report.read_in_full:
        told.append(f"{wording.counted(len(report.read_in_full), 'account')} to read in full")
    made = [f"Not known, or still to do: {listed(told)}."] if told else []
    return made + ([contents.absent_voices] if contents.absent_voices else [])


def risks(page: Page) -> None:
    """A row a theme on which something is missing, and what else could do harm."""
    pen, report = page.pen, page.report
    pen.heading("Risks and issues", 1)
    gaps = [f for f in _placed(page) if f.position == "gap"]
    if gaps:
        pen.said(words.RISKS_NOTE)
        rows = [
            (
                between.title(held[0], page.names),
                wording.capital(listed(held[0].basis or ())) or "–",
                "; ".join(dict.fromkeys(f.needs for f in held if f.needs)) or "–",
                _numbers(page, held),
                _marks(held),
            )
            for held in _by_theme(gaps)
        ]
        heads = ("Theme", "Gap of", "Still needed", "Findings", "Review")
        pen.table("Themes with a gap", heads, rows, (36, 12, 26, 13, 13))
    else:
        pen.said(words.NO_RISKS)
    if report.read_in_full:
        pen.listed([words.IN_FULL.format(accounts=_accounts(page))])
    pen.listed([words.RESIDUAL])


def assurances(page: Page) -> None:
    """A row a theme that is assured, or assured in part, with what that rests on."""
    pen = page.pen
    pen.heading("Assurances", 1)
    held = [f for f in _placed(page) if f.position in {"assured", "mixed"}]
    if not held:
        pen.said(words.NO_ASSURANCES)
        return
    pen.said(words.ASSURANCES_NOTE)
    rows = [
        (
            between.title(each[0], page.names),
            collating.judged(each[0]),
            "; ".join(dict.fromkeys(f.exception for f in each if f.exception)) or "–",
            _numbers(page, each),
            _marks(each),
        )
        for each in _by_theme(held)
    ]
    heads = ("Theme", "Position, and what it rests on", "Does not hold for", "Findings", "Review")
    pen.table("Themes that are assured, or assured in part", heads, rows, (23, 34, 23, 13, 14))


def asked(page: Page) -> None:
    """What the board is asked to do, in draft."""
    pen, placed = page.pen, _placed(page)
    pen.heading("Recommendations to the board", 1)
    pen.said(words.ASKED_NOTE)
    gaps = len(list(_by_theme([f for f in placed if f.position == "gap"])))
    left = sum(f.review == "not yet reviewed" for f in placed)
    drafts = (
        f": {wording.number(left)} of {wording.counted(len(placed), 'finding')} in the sections not yet "
        "reviewed by a named person"
    )
    lines = [f"Note the findings{drafts if left else ''}."]
    if gaps:
        lines.append(f"Consider {wording.counted(gaps, 'theme')} with a gap, and say who answers for each.")
    lines.append("Weigh each assurance by what it rests on, and ask for audit or data where it has none.")
    if page.report.outstanding:
        owed = wording.counted(len(page.report.outstanding), "outstanding return")
        lines.append(f"Ask for {owed}, and for an answer to what is not known.")
    lines.append("Ask for an action plan, with short-term and longer-term actions, an owner and a date each.")
    if not standing.approved(page.report):
        lines.append("Agree that nothing here is published before a named director has approved it.")
    pen.listed(lines, numbered=True)


def _placed(page: Page) -> list[Finding]:
    """The findings that stand in a section, in the order of their numbers."""
    placed = [f for f in page.report.findings if f.id in page.numbers]
    order = {identity: at for at, identity in enumerate(page.numbers)}
    return sorted(placed, key=lambda f: order[f.id])


def _by_theme(findings: Iterable[Finding]) -> Iterable[Sequence[Finding]]:
    """Findings of one theme and sort, which say the same from several sections, together."""
    held: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        held.setdefault((f.theme_id, f.sort, f.between, f.position, f.basis), []).append(f)
    return held.values()


def _numbers(page: Page, findings: Iterable[Finding]) -> str:
    return ", ".join(page.numbers[f.id] for f in findings)


def _marks(findings: Iterable[Finding]) -> str:
    return "; ".join(dict.fromkeys(f.mark for f in findings))


def _which(page: Page, findings: Sequence[Finding]) -> str:
    """The numbers of some findings, or how many they are."""
    if len(findings) > _MOST_NUMBERS:
        return wording.counted(len(findings), "finding")
    return f"finding{'s' if len(findings) > 1 else ''} {_numbers(page, findings)}"


def _accounts(page: Page) -> str:
    return wording.counted(len(page.report.read_in_full), "account")


def next_steps(page: Page) -> None:
    """What is to be done next: reviewing, what is outstanding and needed, and what others asked for."""
    pen, report, placed = page.pen, page.report, _placed(page)
    pen.heading("Proposed next steps", 1)
    pen.said(words.NEXT_NOTE)
    lines: list[str] = []
    left = sum(f.review == "not yet reviewed" for f in placed)
    if left:
        lines.append(words.REVIEW.format(left=wording.counted(left, "finding")))
    if report.outstanding:
        owed = [f"{r.organisation or wording.NO_ORGANISATION} ({r.document})" for r in report.outstanding]
        lines.append(f"Ask again for what is outstanding: {listed(owed)}.")
    if report.read_in_full:
        lines.append(words.IN_FULL.format(accounts=_accounts(page)))
    needed: dict[str, list[Finding]] = {}
    for f in placed:
        if f.needs:
            needed.setdefault(f.needs, []).append(f)
    lines += [f"Find {needs} ({_which(page, held)})." for needs, held in needed.items()]
    lines.append(words.PLANNED)
    pen.listed(lines)
