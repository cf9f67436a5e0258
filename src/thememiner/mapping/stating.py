"""A placing in words: a draft sentence of who describes what. No counts stand in it, and no judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from thememiner.mapping.placing import Placing
from thememiner.records import Evidence, Finding, Kind, Membership, Passage, Polarity, Theme
from thememiner.wording import listed

# Passages judged alike from which a statement says which way they lean. One or two may be misjudged (one in
# seven is), three that agree hardly ever.
ENOUGH = 3
# And the share of all passages of the kind that they must be: a few kind words among many prove nothing.
_SHARE = 0.25
# Of those judged, the share that may be misjudged: fewer than that on the other side say nothing.
_MISJUDGED = 0.2
_IN_TURN: tuple[Kind, ...] = ("policy", "account", "incident", "feedback")
_SURE = 0.5  # the score from which a passage counts: likelier than not about the theme
_ACCOUNTS = "organisations' accounts"
_NAMED = 3  # organisations named in a statement; more are "several organisations"
# Said where policies were read and none of their passages was put under a code: silence is not absence.
SILENT_POLICY = "none of the policy passages was assigned to it (the coder misses many)"


def state(
    placing: Placing, kinds_read: Iterable[Kind], shown: Sequence[Evidence], sure: Collection[str]
) -> Finding:
    """The finding for a placing: a draft sentence of who describes what, with no counts in it.

    `shown` are its quotes, and `sure` the ids of the passages of which it is sure whether they speak well or
    badly of the theme, or commit: it says nothing that none of both bears out.
    """
    kinds = set(placing.section.kinds) & set(kinds_read)
    if all(p.section for _, p in placing.members):  # answers to a form, which policies do not give
        kinds.discard("policy")
    return Finding(
        id=f"{placing.section.id}/{placing.theme.id}",
        section_id=placing.section.id,
        theme_id=placing.theme.id,
        statement=_statement(placing.theme.name, placing.members, kinds, shown, sure),
        score=round(placing.score, 6),
        reason=placing.reason,
        passages=len(placing.members),
    )


def state_beside(
    theme: Theme,
    members: Sequence[tuple[Membership, Passage]],
    kinds_read: Iterable[Kind],
    shown: Sequence[Evidence],
    sure: Collection[str],
) -> Finding:
    """The finding for a theme found beside the codebook: in no section, until a person has named it."""
    return Finding(
        id=f"/{theme.id}",
        section_id="",
        theme_id=theme.id,
        statement=_statement(theme.name, members, set(kinds_read) - {"policy"}, shown, sure),
        score=0.0,
        reason="a group found beside the codebook is in no section until a person names it",
        passages=len(members),
    )


def _statement(
    name: str,
    members: Sequence[tuple[Membership, Passage]],
    kinds: set[Kind],
    shown: Sequence[Evidence],
    sure: Collection[str],
) -> str:
    said = []
    for kind in _IN_TURN:
        if kind in kinds:
            mine = [pair for pair in members if pair[1].kind == kind]
            said.append(_phrase(kind, mine, [e for e in shown if e.kind == kind], sure))
    whole = "; ".join(filter(None, said))
    return f"{name}: {whole}." if whole else f"{name}: passages speak of it, none surely enough to be quoted."


def _phrase(
    kind: Kind,
    members: Sequence[tuple[Membership, Passage]],
    shown: Sequence[Evidence],
    sure: Collection[str],
) -> str:
    if not members:
        return SILENT_POLICY if kind == "policy" else ""
    if not shown:
        return ""
    names = organisations([p for _, p in members])
    if kind == "policy":  # says what should be, and leans no way
        commits = "commitment" in {m.modality for m in _borne(members, shown, sure)}
        said = "sets out what must happen" if commits else "speaks of it"
        return f"policy{f' of {names}' if names else ''} {said}"
    borne = {m.polarity for m in _borne(members, shown, sure)}
    leaning = _leaning(kind, [m for m, _ in members], borne)
    if kind == "account":
        return f"{f'accounts of {names}' if names else _ACCOUNTS} {leaning or 'speak of it'}"
    if kind == "incident":  # who reports more is not who has more: no names
        return f"incident reports {leaning or 'raise it'}"
    return f"{_speakers([p for _, p in members])} {leaning or 'speak of it'}"


def _borne(
    members: Iterable[tuple[Membership, Passage]], shown: Sequence[Evidence], sure: Collection[str]
) -> list[Membership]:
    """Those of the memberships whose passage is quoted and of which it is sure what it says of the theme."""
    return [
        m
        for m, p in members
        if p.id in sure
        and any(e.document_id == p.document_id and e.start <= p.start and p.end <= e.end for e in shown)
    ]


def _leaning(kind: Kind, members: Sequence[Membership], borne: AbstractSet[Polarity]) -> str:
    """Which way the passages that were judged lean, in words; "" where too few agree to say so, or where no
    quote is sure to bear it out.

    Of incident reports no good practice is told: what was done afterwards shows none.
    """
    counts = Counter(m.polarity for m in members if m.score >= _SURE)
    good, bad, mixed = counts["positive"], counts["negative"], counts["mixed"]
    doubt = _MISJUDGED * (good + bad + mixed)
    enough = max(ENOUGH, _SHARE * len(members))
    if kind == "incident":
        return "describe problems" if bad >= enough and "negative" in borne else ""
    for most, others, said, polarity in (
        (bad, good + mixed, "problems", "negative"),
        (good, bad + mixed, "good practice", "positive"),
    ):
        if most >= enough and others <= doubt:
            return f"{'largely ' if others else ''}describe {said}" if polarity in borne else ""
    both = min(good, bad) >= max(ENOUGH, doubt) and borne >= {"negative", "positive"}
    return "describe both good practice and problems" if both else ""


def organisations(passages: Iterable[Passage]) -> str:
    """The organisations that passages come from, in words; "" where it is not recorded of any."""
    names = sorted({p.organisation for p in passages if p.organisation})
    short = [name.partition(" NHS ")[0] for name in names]  # the rest only says what sort of body it is
    named = short if len(set(short)) == len(names) else names
    return listed(named) if len(named) <= _NAMED else "several organisations"


def _speakers(passages: Iterable[Passage]) -> str:
    """Whose words the feedback is, as far as it is recorded."""
    voices = {p.voice for p in passages}
    if not voices & {"person using services", "family or carer", "unknown"}:
        return "others who gave feedback"
    if voices == {"person using services"}:
        return "people using services"
    return "families and carers" if voices == {"family or carer"} else "people and families"
