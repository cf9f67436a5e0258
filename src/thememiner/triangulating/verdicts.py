"""What policy says, organisations describe, incidents show and people say of a theme: one verdict, with why.

The first that fits is given. None is settled by volume across voices.
"""

from __future__ import annotations

from collections.abc import Sequence

from thememiner.records import Evidence, Rules, Theme, Triangulation
from thememiner.triangulating.positions import admits, claimed, claims, contradicting, in_trouble
from thememiner.triangulating.sides import Sides, together

VERDICTS = (
    "not enough evidence",
    "contradicted by at least one account",
    "written but not seen in practice",
    "policy silent on a reported problem",
    "practised but not written",
    "agreed",
)
_FEW, _CONTRADICTED, _UNSEEN, _SILENT, _UNWRITTEN, _AGREED = VERDICTS


def triangulate(theme: Theme, said: Sides, evidence: Sequence[Evidence], rules: Rules) -> Triangulation:
    """The verdict on a theme, why, and its excerpts (out of `evidence`, the theme's) by kind of source."""
    verdict, why = _verdict(said, rules)

    def of(kind: str) -> tuple[str, ...]:
        seen: dict[tuple[str, int, int], str] = {}
        for e in evidence:
            if e.kind == kind:
                seen.setdefault((e.document_id, e.start, e.end), e.id)
        return tuple(seen.values())

    return Triangulation(
        theme_id=theme.id,
        verdict=verdict,
        why=why,
        policy=of("policy"),
        accounts=of("account"),
        incidents=of("incident"),
        people=of("feedback"),
    )


def _verdict(said: Sides, rules: Rules) -> tuple[str, str]:
    if said.documents < rules.enough:
        return _FEW, f"fewer than {rules.enough} documents speak of it surely enough"
    if claimed(said, rules) and contradicting(said):
        return _CONTRADICTED, "organisations describe it as done, and a person or family tells otherwise"
    spoken = [side for side in said.described.values() if side.lean]
    if spoken and len(admits(said)) == len(spoken):
        also = ", and so do incidents or people" if in_trouble(said, rules) else ""
        return _AGREED, f"organisations say themselves that it is wanting{also}"
    others = frozenset(admits(said))  # they say the same of themselves
    # Incident reports tell of nothing but what went wrong, so they do not outweigh what people say.
    if in_trouble(said, rules, others, leans=("bad",)) and together(said.people, rules, others) != "good":
        if said.commitments:
            return _UNSEEN, "a policy commits to it, and incidents or people tell of it going wrong"
        return _SILENT, "incidents or people tell of it going wrong, and no policy passage commits to it"
    if not said.commitments and (claims(said) or together(said.people, rules) == "good"):
        return _UNWRITTEN, "it is described or praised, and no policy passage commits to it"
    if not (spoken or together(said.people, rules) or together(said.incidents, rules)):
        return _FEW, "nothing that is told of it leans either way"
    return _AGREED, "what is written, described and told does not disagree"
