"""Themes × template → findings: which theme stands in which section, why, and in what words.

An answer of a completed form goes to the section it was given under. A coded theme goes to every
section that names its code. A theme found beside the codebook is placed nowhere, until a person has named
it. Statements say who describes what, without counts; position and basis are for a later stage.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thememiner.records import Finding, Kind, Membership, Passage, Section, Template, Theme

_SAME_HEADING = 0.6  # share of a section title's words that a form heading must hold to be it
# Passages judged alike from which a statement says which way they lean. One or two may be misjudged (one in
# seven is), three that agree hardly ever.
ENOUGH = 3
# And the share of all passages of the kind that they must be: a few kind words among many prove nothing.
_SHARE = 0.25
# Of those judged, the share that may be misjudged: fewer than that on the other side say nothing.
_MISJUDGED = 0.2
_ACCOUNTS = "organisations' accounts"
_NAMED = 3  # organisations named in a statement; more are "several organisations"
# Said where policies were read and none of their passages was put under a code: silence is not absence.
SILENT_POLICY = "none of the policy passages was assigned to it (the coder misses many)"


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
) -> list[Placing]:
    """Return every placing of a coded theme with a passage assigned, in template order, largest first."""
    of_theme: dict[str, list[tuple[Membership, Passage]]] = defaultdict(list)
    for membership in memberships:
        if membership.outcome == "assigned":
            of_theme[membership.theme_id].append((membership, passages[membership.passage_id]))
    given = section_of_answers(map(_asked, passages.values()), template)
    coded = [theme for theme in themes if theme.origin == "codebook"]
    found = []
    for section in template.sections:
        for theme in sorted(coded, key=lambda t: (-t.documents, t.id)):
            members = tuple(
                (m, p)
                for m, p in of_theme.get(theme.id, ())
                if p.kind in section.kinds and given.get(_asked(p), section.id) == section.id
            )
            placing = _placing(section, theme, members)
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
        if (phrase := _phrase(kind, [pair for pair in placing.members if pair[1].kind == kind]))
    ]
    return Finding(
        id=f"{placing.section.id}/{placing.theme.id}",
        section_id=placing.section.id,
        theme_id=placing.theme.id,
        statement=f"{placing.theme.name}: {'; '.join(parts)}.",
        score=round(placing.score, 6),
        reason=placing.reason,
        passages=len(placing.members),
    )


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
            for prompt in () if share >= _SAME_HEADING else section.prompts:
                asked = _words(prompt)
                share = len(words & asked) / max(len(words | asked), 1)
                if share >= _SAME_HEADING:
                    fits.append((share - 1, -n, section.id))  # a title that fits comes first
        if fits:
            found[heading] = max(fits)[2]
    return found


def _asked(passage: Passage) -> tuple[str, str]:
    """The form heading and the question that a passage answers; only accounts answer questions."""
    return passage.section, passage.heading if passage.kind == "account" else ""


def _placing(
    section: Section,
    theme: Theme,
    members: tuple[tuple[Membership, Passage], ...],
) -> Placing | None:
    """The placing of a theme in a section, if there is one: by code, else by answers."""
    answers = tuple((m, p) for m, p in members if p.section)
    if members and theme.code_id and theme.code_id in section.codes:
        also = ", and answers given under it speak of it" if answers else ""
        return Placing(section, theme, members, 1.0, f"the template names this code for this section{also}")
    if answers:
        score = max(m.score for m, _ in answers)
        return Placing(
            section, theme, answers, score, "answers given under this heading of the form speak of it"
        )
    return None


def _phrase(kind: Kind, members: Sequence[tuple[Membership, Passage]]) -> str:
    if not members:
        return SILENT_POLICY if kind == "policy" else ""
    leaning = "" if kind == "policy" else _leaning([m for m, _ in members])  # a policy says what should be
    names = _organisations([p for _, p in members])
    if kind == "policy":
        commits = any(m.modality == "commitment" for m, _ in members)
        said = "sets out what must happen" if commits else "speaks of it"
        return f"policy{f' of {names}' if names else ''} {said}"
    if kind == "account":
        return f"{f'accounts of {names}' if names else _ACCOUNTS} {leaning or 'speak of it'}"
    if kind == "incident":  # who reports more is not who has more: no names
        return f"incident reports {leaning or 'raise it'}"
    return f"{_speakers([p for _, p in members])} {leaning or 'speak of it'}"


def _leaning(members: Sequence[Membership]) -> str:
    """Which way the passages that were judged lean, in words; "" where too few agree to say so."""
    counts = Counter(m.polarity for m in members)
    good, bad, mixed = counts["positive"], counts["negative"], counts["mixed"]
    doubt = _MISJUDGED * (good + bad + mixed)
    enough = max(ENOUGH, _SHARE * len(members))
    for most, others, said in ((bad, good + mixed, "problems"), (good, bad + mixed, "good practice")):
        if most >= enough and others <= doubt:
            return f"{'largely ' if others else ''}describe {said}"
    return "describe both good practice and problems" if min(good, bad) >= max(ENOUGH, doubt) else ""


def _organisations(passages: Iterable[Passage]) -> str:
    """The organisations that passages come from, in words; "" where it is not recorded of any."""
    names = sorted({p.organisation for p in passages if p.organisation})
    short = [name.partition(" NHS ")[0] for name in names]  # the rest only says what sort of body it is
    named = short if len(set(short)) == len(names) else names
    return _listed(named) if len(named) <= _NAMED else "several organisations"


def _speakers(passages: Iterable[Passage]) -> str:
    """Whose words the feedback is, as far as it is recorded."""
    voices = {p.voice for p in passages}
    if not voices & {"person using services", "family or carer", "unknown"}:
        return "others who gave feedback"
    if voices == {"person using services"}:
        return "people using services"
    return "families and carers" if voices == {"family or carer"} else "people and families"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _words(text: str) -> set[str]:
    return {
        w for w in re.findall(r"[a-z]+", text.lower()) if w not in {"and", "of", "the", "section", "part"}
    }
