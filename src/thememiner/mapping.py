"""Themes × template → findings: which theme stands in which section, why, and in what words.

An answer of a completed form goes to the section it was given under. A coded theme goes to every
section that names its code. A discovered theme goes to the section whose prompts are nearest in
meaning. Statements say who describes what, without counts; position and basis are for a later stage.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thememiner.records import Finding, Kind, Membership, Passage, Section, Template, Theme

if TYPE_CHECKING:
    from thememiner.embedding import Encoder

_WHO: dict[str, tuple[str, bool]] = {  # who speaks, and whether the word is plural
    "policy": ("policy", False),
    "account": ("organisations' accounts", True),
    "incident": ("incident reports", True),
    "feedback": ("people and families", True),
}
_SAME_HEADING = 0.6  # share of a section title's words that a form heading must hold to be it
_MOSTLY = 0.75  # share of those that lean one way from which "describe problems" is said without "both"


@dataclass(frozen=True, slots=True)
class Placing:
    """One theme in one section: the members that count there, how sure, and the reason in words."""

    section: Section
    theme: Theme
    members: tuple[tuple[Membership, Passage], ...]
    score: float
    reason: str


def place(
    themes: Sequence[Theme],
    memberships: Iterable[Membership],
    passages: Mapping[str, Passage],
    template: Template,
    encoder: Encoder,
) -> list[Placing]:
    """Return every placing that has at least one assigned passage, in template order, largest theme first."""
    of_theme: dict[str, list[tuple[Membership, Passage]]] = defaultdict(list)
    for membership in memberships:
        if membership.outcome == "assigned":
            of_theme[membership.theme_id].append((membership, passages[membership.passage_id]))
    headings = section_of_headings({p.section for p in passages.values() if p.section}, template)
    near = _nearest_sections([t for t in themes if t.origin == "discovered"], of_theme, template, encoder)
    found = []
    for section in template.sections:
        for theme in sorted(themes, key=lambda t: (-t.documents, t.id)):
            members = tuple(
                (m, p)
                for m, p in of_theme.get(theme.id, ())
                if p.kind in section.kinds and headings.get(p.section, section.id) == section.id
            )
            placing = _placing(section, theme, members, near)
            if placing:
                found.append(placing)
    return found


def state(placing: Placing, kinds_read: Iterable[Kind]) -> Finding:
    """The finding for a placing: a draft sentence of who describes what, with no counts in it."""
    parts = [
        phrase
        for kind in ("policy", "account", "incident", "feedback")
        if kind in placing.section.kinds and kind in set(kinds_read)
        if kind != "policy" or not all(p.section for _, p in placing.members)
        if (phrase := _phrase(kind, [m for m, p in placing.members if p.kind == kind]))
    ]
    return Finding(
        id=f"{placing.section.id}/{placing.theme.id}",
        section_id=placing.section.id,
        theme_id=placing.theme.id,
        statement=f"{placing.theme.name}: {'; '.join(parts)}.",
        score=round(placing.score, 6),
        reason=placing.reason,
    )


def section_of_headings(headings: Iterable[str], template: Template) -> dict[str, str]:
    """Form heading -> section id, by its words, else by a leading number; others are left out."""
    found = {}
    for heading in headings:
        words = _words(heading)
        number = re.match(r"\s*(?:section|part)?\s*(\d+)\b", heading, re.IGNORECASE)
        fits = []
        for n, section in enumerate(template.sections, start=1):
            same = _words(section.title)
            share = len(words & same) / max(len(same), 1)
            if share >= _SAME_HEADING or (number and int(number[1]) == n and not words):
                fits.append((len(words & same) / max(len(words | same), 1), -n, section.id))
        if fits:
            found[heading] = max(fits)[2]
    return found


def _placing(
    section: Section,
    theme: Theme,
    members: tuple[tuple[Membership, Passage], ...],
    near: Mapping[str, tuple[str, float]],
) -> Placing | None:
    """The placing of a theme in a section, if there is one: by code, else by meaning, else by answers."""
    answers = tuple((m, p) for m, p in members if p.section)
    if members and theme.code_id and theme.code_id in section.codes:
        also = ", and answers given under it speak of it" if answers else ""
        return Placing(section, theme, members, 1.0, f"the template names this code for this section{also}")
    if members and near.get(theme.id, ("", 0.0))[0] == section.id:
        reason = "nearest in meaning to this section's title and prompts"
        return Placing(section, theme, members, near[theme.id][1], reason)
    if answers:
        score = max(m.score for m, _ in answers)
        return Placing(
            section, theme, answers, score, "answers given under this heading of the form speak of it"
        )
    return None


def _nearest_sections(
    themes: Sequence[Theme],
    of_theme: Mapping[str, list[tuple[Membership, Passage]]],
    template: Template,
    encoder: Encoder,
) -> dict[str, tuple[str, float]]:
    """Theme id -> (section id, cosine of its nearest prompt to the theme's strongest passages)."""
    if not themes:
        return {}
    prompts = [(s.id, text) for s in template.sections for text in (s.title, *s.prompts)]
    asked = encoder.encode([text for _, text in prompts])
    found = {}
    for theme in themes:
        members = sorted(of_theme[theme.id], key=lambda pair: (-pair[0].score, pair[1].id))[:40]
        if not members:
            continue
        mean = encoder.encode([p.text for _, p in members]).mean(axis=0)
        kinds = {p.kind for _, p in members}
        cosine = asked @ (mean / np.linalg.norm(mean))
        open_to = [i for i, (sid, _) in enumerate(prompts) if kinds & set(_kinds(template, sid))]
        best = max(open_to, key=lambda i: (round(float(cosine[i]), 5), -i), default=None)
        if best is not None:
            found[theme.id] = (prompts[best][0], max(0.0, round(float(cosine[best]), 4)))
    return found


def _kinds(template: Template, section_id: str) -> tuple[Kind, ...]:
    return next(s.kinds for s in template.sections if s.id == section_id)


def _phrase(kind: str, members: Sequence[Membership]) -> str:
    who, plural = _WHO[kind]
    if not members:
        return "no passage on it was found in policy" if kind == "policy" else ""
    counts = Counter(m.polarity for m in members)
    commits = any(m.modality == "commitment" for m in members)
    good, bad, mixed = counts["positive"], counts["negative"], counts["mixed"]
    said = []
    if commits:
        said.append("set out what must happen" if plural else "sets out what must happen")
    verb = "describe" if plural else "describes"
    leaning = 0 if kind == "policy" else good + bad + mixed  # a policy says what should be
    if leaning and bad >= _MOSTLY * leaning:
        said.append(f"{verb} problems")
    elif leaning and good >= _MOSTLY * leaning:
        said.append(f"{verb} good practice")
    elif leaning:
        said.append(f"{verb} both good practice and problems")
    if not said:
        said.append(f"{'speak' if plural else 'speaks'} of it without saying whether it goes well")
    return f"{who} {' and '.join(said)}"


def _words(text: str) -> set[str]:
    return {
        w for w in re.findall(r"[a-z]+", text.lower()) if w not in {"and", "of", "the", "section", "part"}
    }
