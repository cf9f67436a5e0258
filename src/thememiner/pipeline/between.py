"""Findings between organisations, and their quotes: how they vary on a theme, what passes between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from thememiner import evidence, polarity, triangulating
from thememiner.pipeline.telling import Pair, Teller, Told
from thememiner.records import (
    ASSURANCES,
    GAPS,
    Document,
    Evidence,
    Finding,
    FindingSort,
    Membership,
    Passage,
    Position,
    SectionResult,
    Theme,
)
from thememiner.triangulating import Interface, Rules, Sides, Variation
from thememiner.wording import listed

SURE = 0.5  # as in `triangulating`: likelier than not about the theme
_EACH = 2  # quotes of an organisation's account
_DESCRIBED, _CONFIRMED = ASSURANCES[0], ASSURANCES[3]
_PRACTICE = GAPS[1]
_AUDIT = "audit or data that show what happens in practice"
_OWN = {
    "good": "describes it as done",
    "bad": "tells of it going wrong",
    "both": "tells of both",
    "": "speaks of it",
}
_UNJUDGED = Membership("", "", 0.0, "no")  # of an excerpt that stands under no theme
_REASON = "it stands beside the finding of its theme"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A finding of a theme before it is placed in a section, and what it is quoted from, group by group.

    `beside` is quoted too, though it stands under no theme.
    """

    sort: FindingSort
    between: tuple[str, ...]
    statement: str
    position: Position
    basis: tuple[str, ...]
    exception: str
    needs: str
    groups: tuple[tuple[Pair, ...], ...]
    beside: tuple[Pair, ...] = ()


def find(
    findings: Sequence[Finding],
    themes: Iterable[Theme],
    said: Mapping[str, Sides],
    memberships: Iterable[Membership],
    passages: Sequence[Passage],
    documents: Sequence[Document],
    expected: Iterable[str],
    rules: Rules,
    most: int,
) -> tuple[tuple[Finding, ...], tuple[Evidence, ...]]:
    """The findings between organisations on each theme that stands in a section, and their excerpts.

    They stand in the sections of their theme's finding, and are quoted from whatever kind of source tells it.
    `expected` are organisations that may have sent nothing, `most` is the most excerpts of an interface.
    """
    texts = {d.id: d for d in documents}
    by_id = {p.id: p for p in passages}
    placed: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.section_id:
            placed[finding.theme_id].append(finding)
    members: dict[str, list[Pair]] = defaultdict(list)
    for m in memberships:
        if m.theme_id in placed and m.outcome == "assigned" and m.score >= SURE:
            members[m.theme_id].append((m, by_id[m.passage_id]))
    teller = Teller(passages, texts, expected)
    made: list[Finding] = []
    quotes: list[Evidence] = []
    for theme in themes:
        held = sorted(members[theme.id], key=lambda pair: (pair[1].document_id, pair[1].start))
        drafts = _drafts(theme, said.get(theme.id), held, teller, rules) if held else []
        for place in placed[theme.id]:
            for draft in drafts:
                cut = _quoted(place.section_id, theme.id, draft, texts, most)
                made.append(_finding(place, draft, cut, texts))
                quotes += cut
    return tuple(made), tuple(map(polarity.explained, quotes))


def beside(findings: Sequence[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings, those between organisations right behind the one of their theme and section."""
    behind: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for other in others:
        behind[other.section_id, other.theme_id].append(other)
    return tuple(f for finding in findings for f in (finding, *behind[finding.section_id, finding.theme_id]))


def filled(section: SectionResult, findings: Iterable[Finding]) -> SectionResult:
    """A section with its findings, those between organisations too."""
    return replace(section, finding_ids=tuple(f.id for f in findings if f.section_id == section.id))


def added(quotes: Sequence[Evidence], others: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """All excerpts, each once."""
    return tuple({e.id: e for e in (*quotes, *others)}.values())


def _drafts(
    theme: Theme, said: Sides | None, held: Sequence[Pair], teller: Teller, rules: Rules
) -> list[_Draft]:
    drafts = []
    if said and (differing := triangulating.variation(said, held, rules)):
        drafts.append(_of_variation(theme.name, differing, held, said))
    told = teller.told(held)
    passing = triangulating.interfaces((t.telling for t in told), rules)
    return drafts + [_of_interface(theme.name, found, told, teller) for found in passing]


def _of_variation(theme: str, found: Variation, held: Sequence[Pair], said: Sides) -> _Draft:
    short = triangulating.short((*found.done, *found.wanting))
    done, wanting = (listed([short[name] for name in names]) for names in (found.done, found.wanting))

    def of(name: str, *tones: str) -> tuple[Pair, ...]:
        accounts = [(m, p) for m, p in held if p.kind == "account" and p.organisation == name]
        return tuple((m, p) for m, p in accounts if m.polarity in tones)

    return _Draft(
        sort="variation",
        between=(*found.done, *found.wanting),
        statement=(
            f"Variation between organisations: {theme}. By their own accounts {done} "
            f"{_verb(found.done, 'describes', 'describe')} it as done, and {wanting} "
            f"{_verb(found.wanting, 'says', 'say')} that it is wanting."
        ),
        position="mixed",
        basis=(_DESCRIBED,),
        exception=listed(found.wanting),
        needs="" if said.shown else _AUDIT,
        groups=(
            *(of(name, "positive") for name in found.done),
            *(of(name, "negative", "mixed") for name in found.wanting),
        ),
    )


def _of_interface(theme: str, found: Interface, told: Sequence[Told], teller: Teller) -> _Draft:
    short = triangulating.short(found.between)
    first, second = (short[name] for name in found.between)
    where = f"from {first} to {second}" if found.directed else f"between {first} and {second}"
    tellers = (
        [f"incident reports of {listed([short[n] for n in found.reporting])}"] if found.reporting else []
    )
    tellers += ["people and families"] if found.people else []
    said = [f"{listed(tellers)} tell of it going wrong"] if tellers else []
    said += [f"the account of {short[n]} {_OWN[leaning]}" for n, leaning in found.accounts.items()]
    beside = {}
    for name, other in (found.between, found.between[::-1]):
        if name not in found.accounts and (passages := teller.beside(name, other)):
            said.append(f"the account of {short[name]} speaks of {short[other]}")
            beside[name] = tuple((_UNJUDGED, p) for p in passages[:_EACH])
    mine = [t for t in told if set(t.telling.pair) == set(found.between)]
    good = {t.telling.kind for t in mine if t.telling.tone == "good"}
    kinds = {"account": _DESCRIBED, "feedback": _CONFIRMED}
    mixed = found.lean == "both"
    return _Draft(
        sort="from, to" if found.directed else "between",
        between=found.between,
        statement=f"{theme}, {where}: {'; '.join(said)}.",
        position="mixed" if mixed else "gap",
        basis=tuple(basis for kind, basis in kinds.items() if kind in good) if mixed else (_PRACTICE,),
        exception="",
        needs=_AUDIT,
        groups=(tuple(pair for t in mine for pair in t.members),),
        beside=tuple(pair for pairs in beside.values() for pair in pairs),
    )


def _verb(names: Sequence[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


def _finding(
    place: Finding, draft: _Draft, cut: Sequence[Evidence], texts: Mapping[str, Document]
) -> Finding:
    """A draft in the section of its theme's finding."""
    members = [pair for group in draft.groups for pair in group]
    what = "variation" if draft.sort == "variation" else "|".join(sorted(draft.between))
    but = f" It does not hold for: {draft.exception}." if draft.exception else ""
    needs = f" Still needed: {draft.needs}." if draft.needs else ""
    return Finding(
        id=f"{place.section_id}/{place.theme_id}|{what}",
        section_id=place.section_id,
        theme_id=place.theme_id,
        statement=f"{draft.statement}{but}{needs}",
        score=place.score,
        reason=_REASON,
        position=draft.position,
        basis=draft.basis,
        evidence_ids=tuple(e.id for e in cut),
        passages=len(members),
        exception=draft.exception,
        needs=draft.needs,
        latest=max((texts[p.document_id].date for _, p in members), default=""),
        sort=draft.sort,
        between=draft.between,
    )


def _quoted(
    section_id: str, theme_id: str, draft: _Draft, texts: Mapping[str, Document], most: int
) -> list[Evidence]:
    """The excerpts of a draft: of an interface as many as of any finding, of a variation some of each."""
    each = most if draft.sort != "variation" else _EACH
    picked = [e for group in draft.groups for e in evidence.pick(section_id, theme_id, group, texts, each)]
    picked += [evidence.cut(section_id, "", m, p, texts[p.document_id]) for m, p in draft.beside]
    return list({e.id: e for e in picked}.values())
