"""Themes × template → placings: which theme stands in which section, and why.

An answer of a completed form goes to the section it was given under. A coded theme goes to every section that
names its code, or where none does to those that it is nearest to in meaning. A theme found beside the
codebook is placed nowhere, until a person has named it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thememiner.mapping.meaning import Near, chosen
from thememiner.records import Membership, Passage, Section, Template, Theme

_SAME_HEADING = 0.6  # share of a section title's words that a form heading must hold to be it


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
    meant: Mapping[str, Sequence[Near]] | None = None,
) -> list[Placing]:
    """Return every placing of a coded theme with a passage assigned, in template order, largest first.

    `meant` says how near themes are to each section, in the template's order, by theme id; it is asked only
    of a theme whose code no section names.
    """
    of_theme: dict[str, list[tuple[Membership, Passage]]] = defaultdict(list)
    for membership in memberships:
        if membership.outcome == "assigned":
            of_theme[membership.theme_id].append((membership, passages[membership.passage_id]))
    given = section_of_answers(map(asked, passages.values()), template)
    claimed = {code for section in template.sections for code in section.codes}
    coded = sorted((t for t in themes if t.origin == "codebook"), key=lambda t: (-(t.documents or 0), t.id))
    found: dict[str, list[Placing]] = {section.id: [] for section in template.sections}
    for theme in coded:
        members = {
            section.id: tuple(
                (m, p)
                for m, p in of_theme.get(theme.id, ())
                if p.kind in section.kinds and given.get(asked(p), section.id) == section.id
            )
            for section in template.sections
        }
        near: dict[str, Near] = {}
        if meant and theme.id in meant and theme.code_id not in claimed:
            there = [bool(members[section.id]) for section in template.sections]
            near = {template.sections[at].id: meant[theme.id][at] for at in chosen(meant[theme.id], there)}
        for section in template.sections:
            mine = members[section.id]
            answers = tuple((m, p) for m, p in mine if given.get(asked(p)) == section.id)
            placing = _placing(section, theme, mine, answers, near.get(section.id))
            if placing:
                found[section.id].append(placing)
    return [placing for placings in found.values() for placing in placings]


def section_of_answers(answers: Iterable[tuple[str, str]], template: Template) -> dict[tuple[str, str], str]:
    """(form heading, question) -> section id: by the heading, else by the question, where one fits."""
    asked = set(answers)
    fits = section_of_headings({words for pair in asked for words in pair if words}, template)
    found = {pair: fits.get(pair[0]) or fits.get(pair[1]) for pair in asked}
    return {pair: section for pair, section in found.items() if section}


def section_of_headings(headings: Iterable[str], template: Template) -> dict[str, str]:
    """Heading or question of a form -> section id, by its words, else by a leading number, else by those of a
    prompt; others are left out.
    """
    sections = [(s.id, _words(s.title), [_words(p) for p in s.prompts]) for s in template.sections]
    found = {}
    for heading in headings:
        words = _words(heading)
        number = re.match(r"\s*(?:section|part)?\s*(\d+)\b", heading, re.IGNORECASE)
        fits = []
        for n, (section, title, prompts) in enumerate(sections, start=1):
            share = len(words & title) / max(len(title), 1)
            if share >= _SAME_HEADING or (number and int(number[1]) == n and not words):
                fits.append((len(words & title) / max(len(words | title), 1), -n, section))
            for prompt in () if share >= _SAME_HEADING else prompts:
                share = len(words & prompt) / max(len(words | prompt), 1)
                if share >= _SAME_HEADING:
                    fits.append((share - 1, -n, section))  # a title that fits comes first
        if fits:
            found[heading] = max(fits)[2]
    return found


def asked(passage: Passage) -> tuple[str, str]:
    """The form heading and the question that a passage answers; only accounts answer questions."""
    return passage.section, passage.heading if passage.kind == "account" else ""


def _placing(
    section: Section,
    theme: Theme,
    members: tuple[tuple[Membership, Passage], ...],
    answers: tuple[tuple[Membership, Passage], ...],
    near: Near | None,
) -> Placing | None:
    """The placing of a theme in a section, if there is one: by code, by meaning, else by answers alone."""
    also = ", and answers given under it speak of it" if answers else ""
    if members and theme.code_id and theme.code_id in section.codes:
        return Placing(section, theme, members, 1.0, f"the template names this code for this section{also}")
    surest = max((m.score for m, _ in answers), default=0.0)
    if near:
        return Placing(section, theme, members, max(near.score, surest), f"{near.reason}{also}")
    if answers:
        return Placing(
            section, theme, answers, surest, "answers given under this heading of the form speak of it"
        )
    return None


def _words(text: str) -> set[str]:
    return {
        w for w in re.findall(r"[a-z]+", text.lower()) if w not in {"and", "of", "the", "section", "part"}
    }
