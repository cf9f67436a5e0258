"""Where a theme stands: assured, a gap, mixed or not known; on what basis, but for what, and what is needed.

It is claimed where as many organisations describe it as done as say otherwise of themselves or are of two
minds, or where people lean that way. It is in trouble where enough incident reports or enough people tell of
it going wrong, and they do not lean the other way. Then, in order:

1. Fewer documents than are enough: not known.
2. Neither claimed by anybody nor in trouble nor said to be wanting: not known.
3. Claimed, and not in trouble, or shown by audit or data or confirmed by people while neither incidents nor
   people lean bad: assured, unless an organisation says otherwise of itself.
4. Claimed by some, or told both ways by those who speak of themselves, and practice does not lean bad
   throughout: mixed, and it names for whom it does not hold.
5. Otherwise a gap: of provision where the code is of something that is there or not, or where what is told is
   mostly that; of practice where it is not done; of assurance where nobody knows.

An organisation's word alone is "described by the provider", and is printed as such.
"""

from __future__ import annotations

from dataclasses import dataclass

from thememiner.records import ASSURANCES, GAPS, Position, Rules
from thememiner.triangulating.sides import Sides, together
from thememiner.wording import listed

DESCRIBED, WRITTEN, SHOWN, CONFIRMED = ASSURANCES
PROVISION, PRACTICE, ASSURANCE = GAPS
NOWHERE = "the evidence does not show where"
ONE_ACCOUNT, ACCOUNTS = "one account by a person or family", "accounts by people or families"


@dataclass(frozen=True, slots=True)
class Judged:
    """A position with its basis (of `ASSURANCES` or `GAPS`), its exception, and the evidence needed."""

    position: Position
    basis: tuple[str, ...]
    exception: str = ""
    needs: str = ""

    def sentences(self) -> str:
        """For whom it does not hold, and what is still needed, in sentences; "" of neither."""
        exceptions = {
            "": "",
            NOWHERE: "For whom it does not hold the evidence does not show.",
            ONE_ACCOUNT: "One account by a person or family tells otherwise.",
            ACCOUNTS: "Accounts by people or families tell otherwise.",
        }
        but = exceptions.get(self.exception, f"It does not hold for: {self.exception}.")
        needs = f"Still needed: {self.needs}." if self.needs else ""
        return " ".join(filter(None, (but, needs)))


def judge(theme: Sides, rules: Rules, gap: str = "") -> Judged:
    """The position of a theme, by the rules of this module; `gap` is the sort that its code names."""
    if theme.documents < rules.enough:
        return Judged("not known", (), needs="more evidence: too few documents speak of it")
    needs = _needed(theme)
    claiming, admitting = claims(theme), admits(theme)
    confirmed = together(theme.people, rules) == "good"
    trouble = in_trouble(theme, rules)
    if not claiming and not confirmed:
        unsure = _unsure(theme)
        if unsure and not admitting and not _bad_throughout(theme, rules):
            basis = _basis(theme, unsure, confirmed=False)
            return Judged("mixed", basis, listed(sorted(set(_worst(theme, [])))) or NOWHERE, needs)
        if trouble or admitting:
            return Judged("gap", _gap(theme, gap, rules), needs=needs)
        if theme.unknown:
            return Judged("gap", (ASSURANCE,), needs=needs)
        return Judged("not known", (), needs=needs)
    basis = _basis(theme, claiming, confirmed=confirmed)
    borne_out = bool(theme.shown or confirmed) and not in_trouble(theme, rules, leans=("bad",))
    if claimed(theme, rules) and not admitting and (not trouble or borne_out):
        return Judged("assured", basis, _against(theme), needs)
    if not trouble and not admitting:
        return Judged("mixed", basis, listed(_unsure(theme)) or NOWHERE, needs)
    if claimed(theme, rules) or (claiming and not _bad_throughout(theme, rules)):
        where = sorted(set(admitting) | set(_worst(theme, claiming)))
        return Judged("mixed", basis, listed(where) or _against(theme) or NOWHERE, needs)
    return Judged("gap", _gap(theme, gap, rules), needs=needs)


def claims(theme: Sides) -> list[str]:
    """The organisations whose accounts describe it as done."""
    return [name for name, side in theme.described.items() if side.lean == "good"]


def admits(theme: Sides) -> list[str]:
    """The organisations whose own accounts say that it is not done, or not there."""
    return [name for name, side in theme.described.items() if side.lean == "bad"]


def claimed(theme: Sides, rules: Rules) -> bool:
    """Whether it is claimed as a whole: by half of the organisations that anything is told of, or by people.

    One organisation's word says nothing of the others.
    """
    claiming, admitting = claims(theme), admits(theme)
    if claiming and 2 * len(claiming) >= len(_told_of(theme)) and len(claiming) >= len(admitting):
        return True
    return together(theme.people, rules) == "good" and len(admitting) <= len(claiming)


def contradicting(theme: Sides) -> list[str]:
    """The documents in which a person or family tells otherwise than an organisation that claims it is done.

    Where no organisation is recorded of the words, any that claims it may be meant.
    """
    claiming = claims(theme)
    return [document for document, name in theme.accounts if name in claiming or (claiming and not name)]


def in_trouble(
    theme: Sides, rules: Rules, but: frozenset[str] = frozenset(), leans: tuple[str, ...] = ("bad", "both")
) -> bool:
    """Whether enough incident reports, or enough people, tell of it going wrong, leaning in a way of `leans`.

    What is told about organisations in `but` is left out.
    """
    for said in (theme.incidents, theme.people):
        bad = frozenset[str]().union(*(side.bad for name, side in said.items() if name not in but))
        if len(bad) >= rules.enough and together(said, rules, but) in leans:
            return True
    return False


def _told_of(theme: Sides) -> set[str]:
    """The organisations that an account, an incident or a person tells well or badly of."""
    told = (theme.described, theme.incidents, theme.people)
    return {name for said in told for name, side in said.items() if name and side.lean}


def _bad_throughout(theme: Sides, rules: Rules) -> bool:
    """Whether neither incidents nor people show any of it done: each leans bad, or says too little."""
    return {together(theme.incidents, rules), together(theme.people, rules)} <= {"bad", ""}


def _basis(theme: Sides, claiming: list[str], *, confirmed: bool) -> tuple[str, ...]:
    there = {
        DESCRIBED: bool(claiming),
        WRITTEN: bool(theme.commitments),
        SHOWN: bool(theme.shown),
        CONFIRMED: confirmed,
    }
    return tuple(basis for basis, is_there in there.items() if is_there)


def _gap(theme: Sides, gap: str, rules: Rules) -> tuple[str, ...]:
    """The sort of a gap: the one that its code names, else what is mostly told of; both where neither is."""
    if gap:
        return (gap,)
    if theme.lacking >= 1 - rules.doubt:
        return (PROVISION,)
    return (PRACTICE,) if theme.lacking <= rules.doubt else (PROVISION, PRACTICE)


def _worst(theme: Sides, claiming: list[str]) -> list[str]:
    """The organisations that do not claim it and of which incidents or people tell badly."""
    return [
        name
        for said in (theme.incidents, theme.people)
        for name, side in said.items()
        if name and side.lean == "bad" and name not in claiming
    ]


def _unsure(theme: Sides) -> list[str]:
    return [name for name, side in theme.described.items() if side.lean == "both"]


def _against(theme: Sides) -> str:
    """The accounts that tell otherwise, in words; "" where there are none."""
    against = contradicting(theme)
    return (ONE_ACCOUNT if len(against) == 1 else ACCOUNTS) if against else ""


def _needed(theme: Sides) -> str:
    """What would make it surer, in words: the first that is not there."""
    if not theme.shown:
        return "audit or data that show what happens in practice"
    if not theme.people:
        return "what people and families say of it"
    if not theme.commitments:
        return "a policy that says what should happen"
    return ""
