"""What holds between organisations: a theme on which their own accounts differ, and what passes between two.

How organisations vary is told by their own accounts alone: of what is told about them, by reports and
comments, there is too little of each to say that one differs from another. An interface is a gap where
enough documents, whoever's, tell of it going wrong; which way care goes is said only where their words do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from thememiner.records import Kind, Rules
from thememiner.triangulating.naming import Mention
from thememiner.triangulating.positions import admits, claims
from thememiner.triangulating.sides import Lean, Pair, Sides, lean


@dataclass(frozen=True, slots=True)
class Variation:
    """Organisations whose own accounts describe a theme as done, and those whose say that it is wanting."""

    done: tuple[str, ...]
    wanting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that a document tells of what passes between two organisations, and who tells it.

    `pair` is in the order of their names, `way` the sending and the receiving one, () where no word says it.
    `tone` is "" where it speaks of it neither well nor badly. `teller` is the organisation whose document it
    is, "" where that is not recorded.
    """

    document_id: str
    kind: Kind
    teller: str
    pair: tuple[str, str]
    way: tuple[str, ...]
    tone: Literal["good", "bad", ""]


@dataclass(frozen=True, slots=True)
class Interface:
    """What passes between two organisations, where enough documents tell of it going wrong.

    `between` has the sending one first where `directed`; `reporting` are those whose incident reports tell of
    it, `people` says whether people and families do, `accounts` is how the account of each that speaks of it
    leans.
    """

    between: tuple[str, str]
    directed: bool
    lean: Lean
    reporting: tuple[str, ...]
    people: bool
    accounts: Mapping[str, Lean] = field(default_factory=dict)


def variation(theme: Sides, members: Iterable[Pair], rules: Rules) -> Variation | None:
    """How organisations' own accounts of a theme differ; None where none differs from another, or cannot.

    Each side needs enough passages (`rules.enough`) of the theme's `members`: of fewer, all may be misread.
    """
    done, wanting = _named(claims(theme)), _named(admits(theme))
    accounts = [(m, p) for m, p in members if p.kind == "account"]
    good = sum(m.polarity == "positive" and p.organisation in done for m, p in accounts)
    bad = sum(m.polarity in ("negative", "mixed") and p.organisation in wanting for m, p in accounts)
    return Variation(done, wanting) if theme.comparable and min(good, bad) >= rules.enough else None


def passing(own: str, mentions: Iterable[Mention]) -> tuple[tuple[str, str], tuple[str, ...]] | None:
    """The two organisations between which a text of `own` tells that something passes, and which way.

    None where it names no other, or more than one: it may speak of either. Where nobody's text names two, it
    is between them.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        named[mention.organisation].add(mention.way)
    if "[" in own:  # a mask, which may stand for any of them
        return None
    of = set(named) | ({own} if own else set())
    if len(of) != 2 or not set(named) - {own}:
        return None
    first, second = sorted(of)
    onward = "from" in named[first] or "to" in named[second]
    backward = "to" in named[first] or "from" in named[second]
    if onward == backward:
        return (first, second), ()
    return (first, second), (first, second) if onward else (second, first)


def interfaces(tellings: Iterable[Telling], rules: Rules) -> list[Interface]:
    """The interfaces of a theme that go wrong in enough documents, in the order of the organisations."""
    of: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for telling in tellings:
        of[telling.pair].append(telling)
    made = (_interface(pair, of[pair], rules) for pair in sorted(of))
    return [each for each in made if each]


def _interface(pair: tuple[str, str], told: Sequence[Telling], rules: Rules) -> Interface | None:
    bad = {t.document_id for t in told if t.tone == "bad"}
    good = {t.document_id for t in told if t.tone == "good"} - bad
    leaning = lean(len(good), len(bad), 0, rules)
    if len(bad) < rules.enough or leaning == "good":
        return None
    ways: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for t in told:
        if t.tone == "bad":
            ways[t.way].add(t.document_id)
    onward, backward = len(ways[pair]), len(ways[pair[::-1]])
    most, least = max(onward, backward), min(onward, backward)
    directed = most >= rules.enough and least <= rules.doubt * (most + least)
    return Interface(
        between=pair[::-1] if directed and backward > onward else pair,
        directed=directed,
        lean=leaning,
        reporting=_named(t.teller for t in told if t.kind == "incident" and t.tone == "bad"),
        people=any(t.kind == "feedback" and t.tone == "bad" for t in told),
        accounts={name: _own(of, rules) for name in pair if (of := _accounts(name, told))},
    )


def _accounts(name: str, told: Iterable[Telling]) -> list[Telling]:
    return [t for t in told if t.kind == "account" and t.teller == name]


def _own(told: Sequence[Telling], rules: Rules) -> Lean:
    """How an organisation's own account of an interface leans; "" where it says too little, or no way."""
    good, bad = (sum(t.tone == tone for t in told) for tone in ("good", "bad"))
    return lean(good, bad, 0, rules) if max(good, bad) >= rules.seen else ""


def _named(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))
