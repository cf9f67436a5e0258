"""An organisation's rating of itself beside what is known: whether what it rated is borne out as done.

Of each theme of the item, out of what is said of that organisation alone, the first that fits:

1. *not supported*: a person or family tells otherwise at length or gravely; or enough incident reports, or
   enough people, tell of it going wrong and lean bad; or its own account says that it is wanting. What
   speaks for it is told too.
2. *supported*: what people say leans good, or two passages at least show it by audit or data; and neither
   incidents nor people lean both ways.
3. *not evidenced*: anything else. An organisation's own word is no support, nor is its policy.

An item of several themes is not supported where one of them is not, supported where all are, else not
evidenced. What the rating itself says is never read: no level is assigned, and none is held to be higher.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from thememiner.records import BORNE_OUT, Rules
from thememiner.triangulating.positions import admits, in_trouble
from thememiner.triangulating.sides import Sides, together
from thememiner.wording import listed

SUPPORTED, NOT_SUPPORTED, NOT_EVIDENCED = BORNE_OUT
NO_THEME = "no theme of the codebook is near to it"
NOTHING = "nothing of this organisation speaks of it surely enough"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One of `BORNE_OUT`, and what it rests on, in words."""

    verdict: str
    why: str


def weigh(themes: Mapping[str, Sides], organisation: str, rules: Rules, unplaced: frozenset[str]) -> Weighed:
    """Whether what an organisation rated is borne out: `themes` is what is said of it, by the theme's name.

    `unplaced` are the themes of which an account tells otherwise that names no organisation: it contradicts
    nobody, and is told beside what is supported.
    """
    if not themes:
        return Weighed(NOT_EVIDENCED, NO_THEME)
    each = {name: _theme(said, organisation, rules) for name, said in themes.items()}
    for name in unplaced & each.keys():
        if each[name].verdict == SUPPORTED:
            why = f"{each[name].why}; but an account of no recorded organisation tells otherwise"
            each[name] = Weighed(SUPPORTED, why)
    verdicts = {found.verdict for found in each.values()}
    if NOT_SUPPORTED in verdicts:
        verdict = NOT_SUPPORTED
    else:
        verdict = SUPPORTED if verdicts == {SUPPORTED} else NOT_EVIDENCED
    if len(each) == 1:
        return Weighed(verdict, next(iter(each.values())).why)
    return Weighed(verdict, _told(each))


def _theme(said: Sides, organisation: str, rules: Rules) -> Weighed:
    against, speaking_for = _against(said, organisation, rules), _for(said, rules)
    if against:
        but = f", although {listed(speaking_for)}" if speaking_for else ""
        return Weighed(NOT_SUPPORTED, f"{listed(against)}{but}")
    if in_trouble(said, rules):
        return Weighed(NOT_EVIDENCED, "incidents or people tell of it both ways")
    if speaking_for:
        return Weighed(SUPPORTED, listed(speaking_for))
    return Weighed(NOT_EVIDENCED, _only(said))


def _against(said: Sides, organisation: str, rules: Rules) -> list[str]:
    there = {
        "an account by a person or family tells otherwise": bool(said.accounts),
        "incident reports tell of it going wrong": in_trouble(
            replace(said, people={}), rules, leans=("bad",)
        ),
        "people tell of it going wrong": in_trouble(replace(said, incidents={}), rules, leans=("bad",)),
        "its own account says that it is wanting": organisation in admits(said),
    }
    return [words for words, is_there in there.items() if is_there]


def _for(said: Sides, rules: Rules) -> list[str]:
    there = {
        "people and families bear it out": together(said.people, rules) == "good",
        "audit or data that it gives show it": bool(said.shown),
    }
    return [words for words, is_there in there.items() if is_there]


def _only(said: Sides) -> str:
    """What there is besides nothing, where nothing bears it out."""
    if said.incidents or said.people:
        return "too few incident reports or people speak of it to say"
    own = [what for what, is_there in (("account", said.described), ("policy", said.commitments)) if is_there]
    return f"only its own {listed(own)} {'speak' if len(own) > 1 else 'speaks'} of it" if own else NOTHING


def _told(each: Mapping[str, Weighed]) -> str:
    """What holds of each of several themes, those that settle the verdict first."""
    parts = []
    for verdict in (NOT_SUPPORTED, SUPPORTED, NOT_EVIDENCED):
        reasons: dict[str, list[str]] = {}
        for name, found in each.items():
            if found.verdict == verdict:
                reasons.setdefault(found.why, []).append(name)
        parts += [f"{verdict} on {listed(names)}: {why}" for why, names in reasons.items()]
    return "; ".join(parts)
