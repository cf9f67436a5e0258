"""What is to be done: the letter's demands traced, draft actions, and what would keep an assurance."""

from __future__ import annotations

from dataclasses import dataclass

from thememiner.records.enclosed import RecommendationResult
from thememiner.records.words import Horizon


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One demand of the letter, traced to findings and draft actions; `statement` says what there is on it.

    Where nothing is placed under its codes the statement is "no evidence yet"; an action is drafted all the
    same.
    """

    id: str
    text: str
    finding_ids: tuple[str, ...] = ()
    action_ids: tuple[str, ...] = ()
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One draft action for a gap, for what is not known, or for a demand of the letter or a recommendation.

    `id` follows from theme, gap and horizon, or from the demand, so that it stays from run to run. One action
    serves a theme in every section: `section_id` and `finding_id` are the first, `also` the other findings.
    `gap` is one of `GAPS`, `strength` one of `STRENGTHS`, `factors` are ids of the codebook `seips`. `origin`
    is "gap", "mixed", "not known", "requirement", "recommendation" or "people" (a row that people added).
    `owner`, `due` and `status` are people's; `edited` are the names of fields whose draft people changed.
    `progress` says how it stands against an earlier plan.
    """

    id: str
    section_id: str
    theme_id: str
    finding_id: str
    requirement_id: str
    horizon: Horizon
    action: str
    resource_gap: str = ""
    measure: str = ""
    strength: str = ""
    evidence_ids: tuple[str, ...] = ()
    owner: str = ""
    due: str = ""
    status: str = ""
    factors: tuple[str, ...] = ()
    finding: str = ""
    origin: str = "people"
    gap: str = ""
    also: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    progress: str = ""
    recommendation_id: str = ""


@dataclass(frozen=True, slots=True)
class Assurance:
    """Something that is in place, on what basis, but for what (`exception`), and what would keep it."""

    finding_id: str
    section_id: str
    theme_id: str
    finding: str
    basis: tuple[str, ...]
    keep: str
    exception: str = ""
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft action plan, whole: every file of it is written from this and from nothing else.

    `about` are (what, value) of how it was made; `sections` and `themes` are (id, name) as people read them;
    `documents` are the ids of the documents that its report rests on.
    """

    actions: tuple[Action, ...]
    assurances: tuple[Assurance, ...] = ()
    requirements: tuple[RequirementResult, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    themes: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
    recommendations: tuple[RecommendationResult, ...] = ()
