"""Which numbers of a theme may be told by organisation and over time, so that no small one follows.

What is divided are the documents of one kind of those organisations whose number is told in what came. Of
a theme it must be told how many documents of the kind carry it, and those of other organisations that do
must be none, or as many as the rule asks; else nothing of it is told by organisation or over time.

An organisation's row is told where as many of its documents carry the theme, and as many do not, as the rule
asks, or none. Where a row is suppressed two are at least, and so many that together as many carry the
theme, and as many do not. Then a suppressed row of c documents, of C in all such rows, of which H carry it,
has between max(0, H - (C - c)) and min(H, c) that do: the upper end is as large as the rule asks, and so
is the distance between the ends, since it is H, c, C - c or C - H. Of those that do not, the same holds.

A chart over time is told where every period, and what stands in none, is such a row, and no organisation's is
suppressed: so nothing is told over time that one could lay beside a suppressed row. All else (shares,
intervals, limits, rates) is worked out from what is told, and so tells nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from thememiner.records import Kind, Regime, Report, Tally
from thememiner.releasing.holding import carried
from thememiner.releasing.suppressing import LEAST

KINDS: tuple[Kind, ...] = ("incident", "feedback")  # those that are compared and charted
_APART = 2  # rows that are suppressed, if any is

Parts = Mapping[str, tuple[int, int]]  # name -> (documents that carry the theme, documents)
Documents = frozenset[str]


@dataclass(frozen=True, slots=True)
class Ground:
    """The documents of a kind by organisation, of those told, and those that carry each theme.

    `themes` has a theme only where the number of its documents is told and the rest of it gives none away.
    """

    kind: Kind
    came: Mapping[str, Documents]
    themes: Mapping[str, Documents]

    def row(self, theme: str, name: str) -> tuple[int, int]:
        """(documents that carry a theme, documents) of an organisation."""
        return len(self.came[name] & self.themes[theme]), len(self.came[name])

    @property
    def every(self) -> Documents:
        """All documents of the organisations that are told."""
        return frozenset[str]().union(*self.came.values())


def ground(report: Report, kind: Kind, regime: Regime, tallies: Iterable[Tally]) -> Ground:
    """What of a kind may be divided, given the numbers that are told already."""
    told = [t for t in tallies if t.documents is not None]
    named = {t.name for t in told if not t.theme_id and t.by == "organisation" and t.kind == kind}
    came: dict[str, set[str]] = defaultdict(set)
    for d in report.documents:
        if d.kind == kind:
            came[d.organisation].add(d.id)
    all_of = frozenset[str]().union(*came.values())
    known = {name: frozenset(came[name]) for name in sorted(named & came.keys())}
    inside = frozenset[str]().union(*known.values())
    fewest = {t.id: max((row[3] for row in t.counts if row[0] == kind), default=0) for t in report.themes}
    of = carried(report)
    themes = {}
    for t in told:
        if t.by == "kind" and t.name == kind and t.documents:
            mine = frozenset(of.get(t.theme_id, ())) & all_of
            whole = len(mine) >= fewest.get(t.theme_id, 0)  # else the memberships do not tell
            if whole and enough(len(mine - inside), regime):
                themes[t.theme_id] = mine
    return Ground(kind, known, themes)


def enough(number: int, regime: Regime) -> bool:
    """Whether a number may be told: none, or as many as the rule asks."""
    return not 0 < number < LEAST[regime]


def divides(parts: Iterable[tuple[int, int]], regime: Regime) -> bool:
    """Whether all of some rows may be told."""
    return all(enough(n, regime) for carry, of in parts for n in (carry, of, of - carry))


def suppressed(parts: Parts, regime: Regime) -> Collection[str]:
    """The names of the rows that are suppressed."""
    hidden = [name for name, part in parts.items() if not divides([part], regime)]
    if not hidden:
        return hidden
    for name in sorted(parts.keys() - set(hidden), key=lambda n: (not parts[n][0], parts[n], n)):
        if _covered([parts[n] for n in hidden], regime):
            return hidden
        hidden.append(name)
    return hidden if _covered([parts[n] for n in hidden], regime) else list(parts)


def _covered(hidden: Collection[tuple[int, int]], regime: Regime) -> bool:
    carry, of = (sum(part[at] for part in hidden) for at in (0, 1))
    return len(hidden) >= _APART and min(carry, of - carry) >= LEAST[regime]
