"""Who tells what of what passes between two organisations: passages that name another beside a theme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from thememiner import triangulating
from thememiner.records import Document, Membership, Passage
from thememiner.triangulating import Mention, Names, Telling

Pair = tuple[Membership, Passage]
_Tone = Literal["good", "bad", ""]
_TOGETHER = 600  # characters from the name of an organisation to what is told, at most: a quote has both
_NEXT = 3  # characters between one sentence and the next
_BAD = ("negative", "mixed")
_TONES = {"good": ("positive",), "bad": _BAD, "": ("positive", *_BAD, "neutral")}


@dataclass(frozen=True, slots=True)
class Told:
    """A telling, and the passages that tell it: each reaches to where the other organisation is named."""

    telling: Telling
    members: tuple[Pair, ...]


class Teller:
    """The passages of a run with the organisations that they name."""

    def __init__(
        self, passages: Sequence[Passage], documents: Mapping[str, Document], expected: Iterable[str]
    ) -> None:
        every = {d.organisation for d in documents.values()} | set(expected)
        names = Names(every, sorted({(d.organisation, d.team) for d in documents.values()}))
        self._documents = documents
        self._named = {p.id: names.mentions(p.text) for p in passages if p.kind != "policy"}
        of: dict[tuple[str, int], list[Passage]] = defaultdict(list)
        for p in passages:
            of[p.document_id, self._start(p)].append(p)
        self._units = list(of.values())
        self._unit = {p.id: unit for unit in self._units for p in unit}

    def told(self, held: Sequence[Pair]) -> list[Told]:
        """What the passages of a theme tell of what passes between two organisations.

        An incident report is of one event, and a paragraph of feedback one person's: a passage of the theme
        tells of the organisation that another one of it names. An organisation's account tells of many
        things, so that there only the sentence that names the other, and the next to it, speak of it. Well or
        badly they do only where the naming one itself is good or bad; reports and people may tell badly in
        other words than those that name it.
        """
        of: dict[str, list[Pair]] = defaultdict(list)
        found = []
        for m, p in held:
            if p.kind != "policy":
                of[self._unit[p.id][0].id].append((m, p))
        for first, members in of.items():
            unit = self._unit[first]
            if unit[0].kind == "account":
                each = [self._telling([p], members) for p in unit if self._named[p.id]]
            else:
                each = [self._telling(unit, members)]
            found += [told for told in each if told]
        return found

    def beside(self, name: str, other: str) -> list[Passage]:
        """The passages of an organisation's own account that name one other alone: of its return first."""
        pair = tuple(sorted((name, other)))
        mine = [
            p
            for unit in self._units
            for p in unit
            if p.kind == "account" and p.organisation == name and self._between([p]) == pair
        ]
        return sorted(
            mine, key=lambda p: (self._documents[p.document_id].document != "return", p.document_id, p.start)
        )

    def _between(self, unit: Sequence[Passage]) -> tuple[str, str] | None:
        passed = triangulating.passing(unit[0].organisation, self._mentions(unit))
        return passed[0] if passed else None

    def _mentions(self, unit: Iterable[Passage]) -> list[Mention]:
        return [mention for p in unit for mention in self._named[p.id]]

    def _telling(self, unit: Sequence[Passage], members: Iterable[Pair]) -> Told | None:
        """What the members of a theme tell in one unit; None where it names no other, or more than one."""
        kind, own = unit[0].kind, unit[0].organisation
        passed = triangulating.passing(own, self._mentions(unit))
        if passed is None:
            return None
        wanted = set(passed[0]) - {own}  # in nobody's words both
        naming = [p for p in unit if wanted <= {n.organisation for n in self._named[p.id]}]
        near = [
            (m, p, reach)
            for m, p in members
            if (reach := self._reach(p, naming, _NEXT if kind == "account" else _TOGETHER))
        ]
        if not near:
            return None
        tone = _tone(kind, near)
        if not tone and kind != "account":
            return None
        held = tuple((m, reach) for m, _, reach in near if m.polarity in _TONES[tone])
        return Told(Telling(unit[0].document_id, kind, own, *passed, tone), held)

    def _reach(self, passage: Passage, naming: Sequence[Passage], most: int) -> Passage | None:
        """A passage with the nearest that names the other organisation; None where that is too far off."""
        if not naming:
            return None
        near = min(naming, key=lambda p: (_apart(p, passage), p.start))
        start, end = min(passage.start, near.start), max(passage.end, near.end)
        if near.id == passage.id:
            return passage
        if _apart(near, passage) > most or end - start > _TOGETHER:
            return None
        document = self._documents[passage.document_id]
        text = document.text[start:end]
        return replace(passage, id=f"{document.id}:{start}-{end}", start=start, end=end, text=text)

    def _start(self, passage: Passage) -> int:
        """Where the unit begins that a passage stands in: an incident report, or a paragraph."""
        if passage.kind == "incident":
            return 0
        return self._documents[passage.document_id].text.rfind("\n\n", 0, passage.start)


def _apart(one: Passage, other: Passage) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _tone(kind: str, near: Sequence[tuple[Membership, Passage, Passage]]) -> _Tone:
    """How a unit tells of it. Incident reports show no practice, so none tells well."""
    naming = [m for m, p, reach in near if p == reach]
    good = sum(m.polarity == "positive" for m in naming)
    bad = sum(m.polarity in _BAD for m in naming)
    if kind == "incident" or (kind == "feedback" and not good and not bad):
        return "bad" if any(m.polarity in _BAD for m, _, _ in near) else ""
    return "bad" if bad > good else "good" if good > bad else ""
