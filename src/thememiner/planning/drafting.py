"""Findings, demands, recommendations → draft actions, assurances, and the trace from one to the other.

Which actions there are follows from the findings alone, what they say from a file of prompts; so an id stays
from run to run, and other prompts change wording only. A theme has each action once, whatever the number
of sections that it stands in. What the letter asks for is drafted as an action of its own even where the
findings assure it: a policy may hold and everyday practice differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from thememiner.planning.prompts import DemandPrompts, Prompts
from thememiner.planning.resourcing import resource_gap
from thememiner.records import (
    GAPS,
    HORIZONS,
    POSITIONS,
    Action,
    Assurance,
    Evidence,
    Finding,
    Horizon,
    RecommendationResult,
    Report,
    Requirement,
    RequirementResult,
    Theme,
)
from thememiner.wording import listed

NO_EVIDENCE = "no evidence yet"
_Asked = TypeVar("_Asked", RequirementResult, RecommendationResult)
_DIGITS = 10  # of an id: enough that no two of a plan's are the same
# The finding that an action is drafted for comes first: what is known to be a gap before what may be one.
_ORDER = {"gap": 0, "mixed": 1}


@dataclass(frozen=True, slots=True)
class _Need:
    """One sort of gap of one theme: the findings that show it, in order, and the horizons to draft for.

    `between` are two organisations where it is of what passes between them, in the order of their names.
    """

    theme_id: str
    gap: str
    findings: tuple[Finding, ...]
    horizons: tuple[Horizon, ...]
    between: tuple[str, ...] = ()

    def action_id(self, horizon: Horizon) -> str:
        """The id of the action drafted for a horizon."""
        return _id(self.theme_id, self.gap, horizon, *self.between)


def draft(report: Report, book: Prompts) -> tuple[Action, ...]:
    """The draft actions of a report: by section, theme, gap and horizon, then of what others ask for.

    A gap has an action for each sort of gap and each horizon; a mixed finding the same, narrowed to what it
    does not hold for; what goes wrong between two organisations its own, for both as partners; what is not
    known, or not judged yet, one action to find out. Owner, due date and
    status are blank.
    """
    return (*_for_gaps(report, book), *_for_demands(report, book), *_for_recommendations(report, book))


def _for_gaps(report: Report, book: Prompts) -> Iterator[Action]:
    themes = {theme.id: theme for theme in report.themes}
    excerpts = {excerpt.id: excerpt for excerpt in report.evidence}
    documents = {entry.id: entry for entry in report.documents}
    for need in _needs(_placed(report.findings)):
        theme = themes.get(need.theme_id) or Theme(need.theme_id, need.theme_id, "codebook")
        of_code = book.of(theme.code_id, theme.name)
        first = need.findings[0]
        prompts = of_code.gaps[need.gap]
        if first.interface:
            prompts = book.interface(theme.name, _where(first), listed(first.between))
        cited = _cited(need.findings, excerpts)
        for horizon in need.horizons:
            yield Action(
                id=need.action_id(horizon),
                section_id=first.section_id,
                theme_id=need.theme_id,
                finding_id=first.id,
                requirement_id="",
                horizon=horizon,
                action=prompts.at(horizon).action + _narrowed(need.findings),
                resource_gap=resource_gap(cited, documents),
                measure=prompts.measure,
                strength=prompts.at(horizon).strength,
                evidence_ids=tuple(excerpt.id for excerpt in cited),
                factors=of_code.factors,
                finding=_told(first),
                origin=first.position if first.position in _ORDER else "not known",
                gap=need.gap,
                also=tuple(finding.id for finding in need.findings[1:]),
            )


def _for_demands(report: Report, book: Prompts) -> Iterator[Action]:
    for demand in report.requirements:
        words = book.demand(demand.id, demand.text)
        asked = _asked(report, words, demand)
        yield replace(asked, id=_id("requirement", demand.id), requirement_id=demand.id, origin="requirement")


def _for_recommendations(report: Report, book: Prompts) -> Iterator[Action]:
    for each in report.recommendations:
        asked = _asked(report, book.recommendation(each.text), each)
        yield replace(asked, id=recommended_id(each.id), recommendation_id=each.id, origin="recommendation")


def _asked(report: Report, words: DemandPrompts, asked: RequirementResult | RecommendationResult) -> Action:
    """The action for what was asked for from outside: to show it, or to find out where nothing is on it."""
    excerpts = {excerpt.id: excerpt for excerpt in report.evidence}
    documents = {entry.id: entry for entry in report.documents}
    findings = {finding.id: finding for finding in report.findings}
    mine = [findings[i] for i in asked.finding_ids if i in findings]
    cited = _cited(mine, excerpts)
    return Action(
        id="",
        section_id="",
        theme_id="",
        finding_id="",
        requirement_id="",
        horizon=words.horizon,
        action=words.action if mine else words.find,
        resource_gap=resource_gap(cited, documents),
        measure=words.measure,
        strength=words.strength,
        evidence_ids=tuple(excerpt.id for excerpt in cited),
        finding=asked.statement,
    )


def assure(report: Report, book: Prompts) -> tuple[Assurance, ...]:
    """What is in place, on what basis, and what would keep it: of every theme's finding assured or mixed."""
    themes = {theme.id: theme for theme in report.themes}
    return tuple(
        Assurance(
            finding_id=finding.id,
            section_id=finding.section_id,
            theme_id=finding.theme_id,
            finding=f"{finding.statement} {_marked(finding)}",
            basis=finding.basis or (),
            keep=book.of(theme.code_id, theme.name).keep,
            exception=finding.exception,
            evidence_ids=finding.evidence_ids,
        )
        for finding in _placed(report.findings)
        if finding.position in ("assured", "mixed")
        and not finding.between
        and (theme := themes.get(finding.theme_id))
    )


def trace(
    requirements: Iterable[Requirement], themes: Iterable[Theme], findings: Sequence[Finding]
) -> tuple[RequirementResult, ...]:
    """Each demand of the letter with the findings under its codes and the actions drafted for it."""
    found = Trace(themes, findings)
    return tuple(
        _traced(RequirementResult(demand.id, demand.text, _ids(found.under(demand.codes))), found)
        for demand in requirements
    )


def retrace(asked: Iterable[_Asked], findings: Sequence[Finding]) -> tuple[_Asked, ...]:
    """Demands or recommendations traced to those of their findings that are there.

    Those that are not were set aside, and are counted.
    """
    found = Trace((), findings)
    return tuple(_traced(each, found) for each in asked)


def _traced(each: _Asked, found: Trace) -> _Asked:
    """What was asked for with its findings that are there, and the actions drafted for them."""
    mine: list[Finding] = [finding for finding in found.findings if finding.id in each.finding_ids]
    aside = len(set(each.finding_ids) - set(_ids(mine)))
    told = f"; {aside} finding{'' if aside == 1 else 's'} set aside by people" if aside else ""
    of_demand = isinstance(each, RequirementResult)
    own = _id("requirement", each.id) if of_demand else recommended_id(each.id)
    traced = replace(
        each,
        finding_ids=_ids(mine),
        action_ids=(own, *found.actions(mine)),
        statement=standing(mine) + told,
    )
    if isinstance(traced, RecommendationResult):
        return replace(traced, positions=tuple(finding.position or "" for finding in mine))
    return traced


def _ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.id for finding in findings)


class Trace:
    """From codes to the findings of their themes, and from these to the actions drafted for them."""

    def __init__(self, themes: Iterable[Theme], findings: Sequence[Finding]) -> None:
        self.codes = {theme.id: theme.code_id for theme in themes if theme.code_id}
        self.findings = _placed(findings)
        self.needs = _needs(self.findings)

    def under(self, codes: Sequence[str]) -> list[Finding]:
        """The findings of themes of these codes, in order."""
        return [finding for finding in self.findings if self.codes.get(finding.theme_id) in codes]

    def actions(self, findings: Iterable[Finding]) -> list[str]:
        """The ids of the actions drafted for findings."""
        ids = {finding.id for finding in findings}
        answering = [need for need in self.needs if ids & {finding.id for finding in need.findings}]
        return [need.action_id(horizon) for need in answering for horizon in need.horizons]


def own_id(text: str) -> str:
    """The id of an action that people added themselves: from its words, whatever their case and spacing."""
    return f"P-{_digest(' '.join(text.casefold().split()))}"


def _placed(findings: Iterable[Finding]) -> list[Finding]:
    """Without those of groups beside the codebook: nothing is planned for what nobody has named."""
    return [finding for finding in findings if finding.section_id]


def _needs(findings: Sequence[Finding]) -> list[_Need]:
    """What calls for actions, each theme and sort of gap once, in the order of the findings named first.

    What passes between two organisations has its own. How organisations vary is served by the actions of the
    theme, and calls for some itself only where nothing else of the theme does.
    """
    found: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for at, finding in enumerate(findings):
        between = tuple(sorted(finding.between)) if finding.interface else ()
        for gap in _gaps(finding) if finding.sort != "variation" else ():
            found.setdefault((finding.theme_id, gap, between), []).append(at)
    for at, finding in enumerate(findings):
        if finding.sort == "variation" and finding.position != "assured":
            own = [key for key in found if (key[0], key[2]) == (finding.theme_id, ())]
            for key in own or [(finding.theme_id, GAPS[1], ())]:
                found.setdefault(key, []).append(at)
    needs = {}
    for (theme_id, gap, between), places in found.items():
        places.sort(key=lambda at: (findings[at].sort == "variation", _rank(findings[at])))
        first = findings[places[0]]
        horizons = HORIZONS if first.position in ("gap", "mixed") else HORIZONS[:1]
        mine = tuple(findings[at] for at in places)
        needs[places[0], GAPS.index(gap), between] = _Need(theme_id, gap, mine, horizons, between)
    return [needs[place] for place in sorted(needs)]


def _rank(finding: Finding) -> int:
    return _ORDER.get(finding.position or "", len(_ORDER))


def _gaps(finding: Finding) -> tuple[str, ...]:
    """The sorts of gap that a finding calls to be closed.

    What holds for some and not for others is a gap of practice; what is not known, one of assurance.
    """
    given = tuple(gap for gap in GAPS if gap in (finding.basis or ()))
    if finding.position == "assured":
        return ()
    if finding.position == "mixed":
        return given or ("practice",)
    return given if finding.position == "gap" and given else ("assurance",)


def _where(finding: Finding) -> str:
    """From where to where, of what passes between two organisations."""
    return f"from {' to '.join(finding.between)}" if finding.sort == "from, to" else "between the two"


def _cited(findings: Iterable[Finding], excerpts: Mapping[str, Evidence]) -> list[Evidence]:
    """The excerpts of findings in order, each stretch of a document once."""
    kept: dict[tuple[str, int, int], Evidence] = {}
    for finding in findings:
        for identity in finding.evidence_ids:
            if excerpt := excerpts.get(identity):
                kept.setdefault((excerpt.document_id, excerpt.start, excerpt.end), excerpt)
    return list(kept.values())


def _narrowed(findings: Sequence[Finding]) -> str:
    """What an action is narrowed to, where what it is for holds for the rest; "" where it holds nowhere."""
    known = [finding for finding in findings if finding.position in ("gap", "mixed")]
    own = [finding for finding in known if finding.sort == "theme"]
    known = own or known  # how organisations vary narrows nothing that the theme's own finding does not
    if not known or any(finding.position == "gap" for finding in known):
        return ""
    named = dict.fromkeys(finding.exception.strip().rstrip(".") for finding in known if finding.exception)
    if not named:
        return "" if known[0].interface else " To be done where the finding does not hold."
    return f" To be done where the finding does not hold: {'; '.join(named)}."


def _told(finding: Finding) -> str:
    """The finding, with what it still needs where its statement does not say so itself, and its mark."""
    if not finding.needs or finding.needs in finding.statement:
        return f"{finding.statement} {_marked(finding)}"
    return f"{finding.statement} Still needed: {finding.needs.rstrip('.')}. {_marked(finding)}"


def _marked(finding: Finding) -> str:
    """Whether a person has looked at a finding; of one that is set aside, also why."""
    why = f": {finding.review_reason.rstrip('.')}" if finding.review == "do not use" else ""
    return f"[{finding.mark}{why}]"


def standing(findings: Sequence[Finding]) -> str:
    """What there is on a demand or recommendation, in words."""
    if not findings:
        return NO_EVIDENCE
    held = []
    for position in POSITIONS:
        mine = [finding for finding in findings if finding.position == position]
        if mine:
            bases = dict.fromkeys(basis for finding in mine for basis in finding.basis or ())
            words = "gaps" if position == "gap" and len(mine) > 1 else position
            held.append(f"{len(mine)} {words}" + (f" ({', '.join(bases)})" if bases else ""))
    unjudged = sum(finding.position not in POSITIONS for finding in findings)
    if unjudged:
        held.append(f"{unjudged} not judged yet")
    held.append(_seen(findings))
    return f"{len(findings)} finding{'' if len(findings) == 1 else 's'}: {'; '.join(held)}"


def _seen(findings: Sequence[Finding]) -> str:
    """How many findings people have reviewed, in words."""
    seen = sum(finding.review != "not yet reviewed" for finding in findings)
    if seen in (0, len(findings)):
        return "reviewed" if seen else "not yet reviewed"
    return f"{seen} reviewed, {len(findings) - seen} not yet"


def recommended_id(identity: str) -> str:
    """The id of the action for a recommendation."""
    return _id("recommendation", identity)


def _id(*parts: str) -> str:
    return f"A-{_digest('|'.join(parts))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
