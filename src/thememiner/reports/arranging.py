"""The report in reading order: what every page for people shows, in the same order and words.

`arrange` turns a `Report` into `Contents`, so that two pages of one report cannot say different things. Here
are the quotes and findings; `receiving` and `tabling` have what stands around them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from thememiner import graphic
from thememiner.records import DocumentEntry, Evidence, Finding, Report, SectionResult, Theme
from thememiner.reports import (
    between,
    cells,
    collating,
    comparing,
    decisions,
    enclosing,
    methods,
    overtime,
    receiving,
    sharing,
    shortforms,
    standing,
    tabling,
    wording,
)
from thememiner.reports.contents import Contents, Group, PlacedFinding, PlacedSection, Quote

MAIN_FINDINGS = 5  # a section, on the first page
SHOWN_QUOTES = 3  # a finding; the rest fold away
_SHOWS = {"assured": "positive", "gap": "negative"}  # what a quote says that stands beside a position
LEAD_WORDS = (8, 40)  # of the one quote that stands beside a finding on the first page
PEOPLE_QUOTES = 2  # a theme, on the first page; the rest stand under the findings


def arrange(report: Report) -> Contents:
    """The report in reading order."""
    names = wording.theme_names(report.themes)
    quotes = quoted(report, names)
    page = _Page()
    people = _people(report, quotes, names, page)
    sections = _sections(report, quotes, names, page)
    coded = [theme for theme in report.themes if theme.origin != "discovered"]
    groups = [theme for theme in report.themes if theme.origin == "discovered"]
    by_kind = tabling.documents_by_kind(report)
    blocks = cells.blocks(report, quotes, names, _where(report))
    blanks = _blanks(report.blanks)
    return Contents(
        title=report.title,
        marking=standing.marking(report),
        question=report.question,
        content_note=f"{report.content_note or wording.CONTENT_NOTE} {wording.NOTE_ON_MARKS}",
        status=standing.status(report),
        standing=standing.steps(report),
        status_notes=receiving.status_notes(report),
        summary=receiving.summary(report),
        received=(
            receiving.organisations(report),
            receiving.voices(report),
            *receiving.expected(report),
            *receiving.policies(report),
            *receiving.not_read(report),
        ),
        absent_voices=receiving.absent(report),
        sections=shortforms.written_out(sections, report),
        people=people,
        people_note=_people_note(report) if not people else wording.PEOPLE_NOTE,
        letter=tabling.letter(report.requirements, numbers(report)),
        recommendations=enclosing.recommendations(report, names, numbers(report)),
        ratings=enclosing.ratings(report, names),
        unknown=receiving.unknown(report, sections, blanks),
        residual_note=sharing.note(report),
        residual=sharing.residual(report.residual) if report.release.profile != "public" else (),
        grid=collating.grid(report, names, blocks, decided=decisions.decided(report)),
        blocks=blocks,
        across=tuple(
            table
            for table in (
                collating.side_by_side(report, names),
                between.table(report, names, numbers(report)),
                comparing.differences(report, names),
                comparing.rates(report, names),
                collating.in_full(report),
            )
            if table
        ),
        by_kind=tabling.by_kind(coded, names, report.release),
        by_polarity=tabling.by_polarity(coded, names, report.release),
        by_voice=tabling.by_voice(coded, names, report.release),
        tones=tabling.tones_by_voice(report, coded),
        over_time=overtime.over_time(report, names),
        themes=tabling.themes(
            "Themes of the codebook, and what is said of them", coded, names, by_kind, report.release
        ),
        groups=tabling.themes("Each group, and what is said of it", groups, names, by_kind),
        beside=_beside(report, quotes, names, page),
        none_beside=wording.BESIDE_WITHHELD if report.release.profile == "public" else "None was found.",
        caution=report.caution,
        unplaced=_unplaced(report, quotes, names, page),
        blanks=blanks,
        ledger_title=wording.PUBLIC_LEDGER if report.release.profile == "public" else "Every file found",
        ledger=tabling.ledger(report.ledger),
        left_out=(*decisions.set_aside(report, names), *tabling.left_out(report)),
        made=(*methods.method(report), methods.reading(report)),
        steps=tabling.steps(report.provenance),
        method=tabling.method(report.provenance),
        short_forms=shortforms.table(report),
        not_explained=shortforms.not_explained(report),
    )


# Quotes and findings.


def quoted(report: Report, names: Mapping[str, str]) -> dict[str, Quote]:
    """Excerpt id -> the excerpt as it is shown; `names` are those of themes."""
    documents = {entry.id: entry for entry in report.documents}
    return {e.id: _quote(e, documents, names.get(e.theme_id, "")) for e in report.evidence}


def _quote(evidence: Evidence, documents: Mapping[str, DocumentEntry], theme: str) -> Quote:
    document = documents.get(evidence.document_id)
    return Quote(
        text=evidence.quote,
        kind=evidence.kind,
        people=_is_people(evidence, document),
        speaker=wording.capital(wording.speaker(evidence.kind, evidence.voice)),
        organisation=evidence.organisation or wording.NO_ORGANISATION.lower(),
        says=wording.capital(wording.says(evidence)),
        place=_place(evidence, documents),
        theme=theme,
        polarity=evidence.polarity,
        mark=graphic.mark(evidence.quote, evidence.describes),
    )


class _Page:
    """Which stretches of which documents stand on the page already, and where: each is shown once."""

    def __init__(self) -> None:
        self.shown: dict[str, list[tuple[Evidence, str, str]]] = defaultdict(list)

    def show(self, evidence: Evidence, where: str, anchor: str) -> tuple[str, str] | None:
        """Note an excerpt, and return None; or return where its words stand already, and the anchor."""
        for other, place, at in self.shown[evidence.document_id]:
            inside = other.start <= evidence.start and evidence.end <= other.end
            if inside and evidence.quote in other.quote:
                return place, at
        self.shown[evidence.document_id].append((evidence, where, anchor))
        return None


def _is_people(evidence: Evidence, document: DocumentEntry | None) -> bool:
    """Whether people or families speak: by voice; feedback of no recorded voice is theirs too.

    In what an organisation sends they do only where a speaker's label says so, never by the source's voice.
    """
    if evidence.kind == "feedback":
        return evidence.voice in (*wording.PEOPLE, "unknown")
    labelled = document is None or document.voice != evidence.voice
    return evidence.voice in wording.PEOPLE and labelled


def _place(evidence: Evidence, documents: Mapping[str, DocumentEntry]) -> str:
    """The source, then where in it: "policy.pdf, page 7"; of a policy its version and review date; of an
    older version, what superseded it; what was asked; and why who looks for it may not find it in these
    letters.
    """
    document = documents.get(evidence.document_id)
    parts = [document.source, document.locator] if document else []
    parts.append(evidence.location)
    place = ", ".join(dict.fromkeys(part for part in parts if part)) or "place not recorded"
    if document and (imprint := wording.imprint(document)):
        place += f"; {imprint}"
    if document and document.superseded_by:
        newer = documents.get(document.superseded_by)
        place += f"; superseded by {newer.source if newer else 'a newer version'}"
    if evidence.answers:
        place += f"; asked “{evidence.answers}”"
    return f"{place}; {wording.repaired(evidence.repairs)}" if evidence.repairs else place


def _sections(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[PlacedSection, ...]:
    excerpts = {e.id: e for e in report.evidence}
    number_of = numbers(report)
    titles = {section.id: section.title for section in report.sections}
    taken = decisions.moved(report)
    led: set[str] = set()  # themes on the first page already,
    passed: set[tuple[str, ...]] = set()  # and what passes between two organisations
    placed = []
    for number, section in enumerate(report.sections, start=1):
        known = _known(report, section)
        shown = {}
        for finding in known:
            cited = [(quotes[i], excerpts[i]) for i in finding.evidence_ids if i in quotes]
            shown[finding.id] = _finding(finding, number_of[finding.id], cited, names, page, titles)
        strongest = sorted(known, key=lambda f: (f.theme_id in led, -f.score, -(f.passages or 0)))
        main = [f for f in strongest if f.passages != 1 and f.theme_id not in led and f.sort == "theme"]
        main = main[:MAIN_FINDINGS]
        led |= {f.theme_id for f in main}
        # What goes wrong between two organisations belongs to none of them, so it stands there too.
        main += [f for f in strongest if f.interface and (f.theme_id, *f.between) not in passed]
        passed |= {(f.theme_id, *f.between) for f in main}
        shown |= {f.id: _led(shown[f.id]) for f in main}
        placed.append(
            PlacedSection(
                number=number,
                anchor=f"section-{number}",
                title=section.title,
                findings=tuple(shown[f.id] for f in known if f.passages != 1),
                single=tuple(shown[f.id] for f in known if f.passages == 1),
                main=tuple(shown[f.id] for f in main),
                statement=decisions.ending(section, taken[section.id], filled=bool(shown)),
                searched=""
                if section.searched is None
                else f"{wording.capital(wording.counted(section.searched, 'passage'))} searched.",
                blanks=_blanks(section.blanks),
                quotes=_stated(section, number, quotes, excerpts, page),
            )
        )
    return tuple(placed)


def _known(report: Report, section: SectionResult) -> list[Finding]:
    """The findings of a section as they are shown: those of one passage last, else in their order."""
    findings = {finding.id: finding for finding in report.findings}
    known = [findings[i] for i in section.finding_ids if i in findings]
    return sorted(known, key=lambda f: f.passages == 1)


def numbers(report: Report) -> dict[str, str]:
    """Finding id -> the number that it is shown by: "2.1"."""
    return {
        finding.id: f"{number}.{place}"
        for number, section in enumerate(report.sections, start=1)
        for place, finding in enumerate(_known(report, section), start=1)
    }


def _where(report: Report) -> dict[str, list[tuple[str, str]]]:
    """Id of an excerpt -> (number, anchor) of the findings that cite it."""
    number_of = numbers(report)
    where: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for finding in report.findings:
        for i in finding.evidence_ids if finding.id in number_of else ():
            where[i].append((number_of[finding.id], _anchor(number_of[finding.id])))
    return where


def _anchor(number: str) -> str:
    return "finding-" + number.replace(".", "-")


def _stated(
    section: SectionResult,
    number: int,
    quotes: Mapping[str, Quote],
    excerpts: Mapping[str, Evidence],
    page: _Page,
) -> tuple[Quote, ...]:
    """The quotes in which a source says that there is none."""
    where = f"section {number}", f"section-{number}"
    cited = [i for i in section.evidence_ids if i in quotes and page.show(excerpts[i], *where) is None]
    return tuple(quotes[i] for i in cited)


def _finding(
    finding: Finding,
    number: str,
    cited: list[tuple[Quote, Evidence]],
    names: Mapping[str, str],
    page: _Page,
    titles: Mapping[str, str],
) -> PlacedFinding:
    anchor = _anchor(number)
    places = [page.show(evidence, number, anchor) for _, evidence in cited]
    again = dict.fromkeys(place for place in places if place and place[1] != anchor)
    fresh = [quote for (quote, _), place in zip(cited, places, strict=True) if place is None]
    return PlacedFinding(
        number=number,
        anchor=anchor,
        title=between.title(finding, names),
        statement=finding.statement,
        reason=finding.reason or "not recorded",
        position=finding.position or "",
        judged=collating.judged(finding),
        quotes=in_turn(fresh),
        again=tuple(again),
        mark=finding.mark,
        told=decisions.told(finding, titles),
    )


def _led(finding: PlacedFinding) -> PlacedFinding:
    """A finding with one of its quotes taken to the first page, where one reads well there.

    Of people's words none is: they have a place of their own there. None that is hard to read is: the finding
    says that it holds one. Beside what is assured stands what speaks
    for it, beside a gap what shows it.
    """
    kinds = ("incident", "account", "policy")  # what happens says more than what should
    least, most = LEAD_WORDS
    short = [q for q in finding.quotes if q.kind in kinds and least <= len(q.text.split()) <= most]
    fitting = [q for q in short if not q.mark]
    if not fitting:
        return finding
    wanted = _SHOWS.get(finding.position, "")
    lead = min(fitting, key=lambda q: (bool(wanted) and q.polarity != wanted, kinds.index(q.kind)))
    rest = tuple(q for q in finding.quotes if q is not lead)
    here = (wording.MAIN_TITLE, "main-findings")
    return replace(finding, quotes=rest, again=(here, *finding.again), lead=lead)


def in_turn(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """People and families first, then each other kind in turn, so that the first few show them all."""
    seen: Counter[str] = Counter()
    turns = []
    for place, quote in enumerate(quotes):
        turns.append((not quote.people, 0 if quote.people else seen[quote.kind], place, quote))
        seen[quote.kind] += 1
    return tuple(quote for *_, quote in sorted(turns, key=lambda turn: turn[:3]))


def _blanks(blanks: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Questions left without an answer, by organisation."""
    by_organisation: dict[str, list[str]] = defaultdict(list)
    for organisation, question in blanks:
        by_organisation[organisation or wording.NO_ORGANISATION].append(question)
    return tuple(Group(name, lines=tuple(by_organisation[name])) for name in sorted(by_organisation))


def _people(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[Group, ...]:
    """Each excerpt once, under the theme that it is surest of; themes stand in the order of their names.

    Nothing here is ranked by count. What people gave themselves stands before what a note of an
    organisation's meeting has them say, and named voices before those not recorded.
    """
    coded = {theme.id for theme in report.themes if theme.origin != "discovered"}
    spoken = [e for e in report.evidence if e.theme_id in coded and quotes[e.id].people]
    surest: dict[tuple[str, int, int], Evidence] = {}
    for item in spoken:
        span = (item.document_id, item.start, item.end)
        best = surest.setdefault(span, item)
        if (-item.strength, item.theme_id) < (-best.strength, best.theme_id):
            surest[span] = item
    by_theme: dict[str, list[Evidence]] = defaultdict(list)
    for item in surest.values():
        by_theme[item.theme_id].append(item)
    groups = []
    for theme in sorted(by_theme, key=lambda i: names.get(i, i).casefold()):
        items = sorted(by_theme[theme], key=lambda e: (e.kind != "feedback", e.voice == "unknown"))
        told: list[Quote] = []
        for item in items:
            if len(told) < PEOPLE_QUOTES and page.show(item, wording.PEOPLE_TITLE, "people") is None:
                told.append(quotes[item.id])
        if told:
            groups.append(Group(names.get(theme, theme), tuple(told)))
    return tuple(groups)


def _people_note(report: Report) -> str:
    """Why nobody is quoted: nothing came, or nothing that came was placed under a theme."""
    if report.release.profile == "public":
        return wording.NO_PEOPLE_PUBLIC
    came = sum(entry.kind == "feedback" for entry in report.documents)
    if not came:
        return wording.NO_PEOPLE
    return wording.NO_PEOPLE_QUOTED.format(came=wording.counted(came, "document"))


def _cited(report: Report) -> set[str]:
    placed = [finding for finding in report.findings if finding.section_id]
    made: tuple[Finding | SectionResult, ...] = (*placed, *report.sections)
    return {i for each in made for i in each.evidence_ids}


def _left(
    evidence: Iterable[Evidence], quotes: Mapping[str, Quote], page: _Page, where: str, anchor: str
) -> dict[str, list[Quote]]:
    """The quotes of each theme that do not stand on the page yet."""
    left: dict[str, list[Quote]] = defaultdict(list)
    for item in evidence:
        if page.show(item, where, anchor) is None:
            left[item.theme_id].append(quotes[item.id])
    return left


def _beside(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[Group, ...]:
    groups = [theme for theme in report.themes if theme.origin == "discovered"]
    found, cited = {theme.id for theme in groups}, _cited(report)
    mine = [e for e in report.evidence if e.theme_id in found and e.id not in cited]
    own = _left(mine, quotes, page, wording.BESIDE_TITLE, "beside")
    judged = {f.theme_id: f for f in (*report.findings, *report.set_aside) if not f.section_id}
    return tuple(
        Group(names[t.id], in_turn(own[t.id])[:SHOWN_QUOTES], note=_group_note(t, judged.get(t.id)))
        for t in groups
    )


def _group_note(theme: Theme, finding: Finding | None) -> str:
    """What a group's passages are, and what position they would have as a finding."""
    if finding is None or not (judged := collating.judged(finding)):
        return theme.definition
    return f"{theme.definition} Were it a finding, in draft: {judged}. {finding.mark}.".strip()


def _unplaced(
    report: Report, quotes: Mapping[str, Quote], names: Mapping[str, str], page: _Page
) -> tuple[Group, ...]:
    """Quotes that no finding cites, that stand under no theme found beside the codebook and in no cell."""
    cited = _cited(report) | {
        i for cell in report.grid for i in (*cell.answers, *cell.commitments, *cell.incidents, *cell.people)
    }
    beside = {theme.id for theme in report.themes if theme.origin == "discovered"}
    rest = [e for e in report.evidence if e.id not in cited and e.theme_id not in beside]
    left = _left(rest, quotes, page, "quotes outside the sections", "unplaced")
    names = {**names, "": wording.FOREIGN}
    return tuple(Group(names.get(theme, theme), in_turn(rows)) for theme, rows in left.items() if rows)
