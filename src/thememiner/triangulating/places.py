"""Places of one organisation of which incidents or people tell otherwise than of its others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from thememiner.records import Kind, Rules
from thememiner.triangulating.sides import Pair, sides, together

_OTHER_WAY = {"good": "bad", "bad": "good"}


def differing_places(
    members: Iterable[Pair], place_of: Mapping[str, str], rules: Rules
) -> dict[str, tuple[tuple[str, Kind, str], ...]]:
    """Organisation -> (place, kind, lean) of the places that lean the other way from its others together.

    `place_of` is the place of each document, by id, where its source gives one. Both the place and the others
    need enough documents that lean at all; what has no place counts for neither.
    """
    of: dict[tuple[str, Kind], list[Pair]] = defaultdict(list)
    for m, p in members:
        place = place_of.get(p.document_id, "")
        if place and p.organisation and p.kind in ("incident", "feedback"):
            of[p.organisation, p.kind].append((m, replace(p, organisation=place)))
    found: dict[str, list[tuple[str, Kind, str]]] = defaultdict(list)
    for (organisation, kind), pairs in sorted(of.items()):
        theme = sides(pairs, rules)
        said = theme.incidents if kind == "incident" else theme.people
        for place, side in said.items():
            enough = len(side.good | side.bad) >= rules.enough
            rest = together(said, rules, but=frozenset([place]))
            if enough and side.lean in _OTHER_WAY and rest == _OTHER_WAY[side.lean]:
                found[organisation].append((place, kind, side.lean))
    return {organisation: tuple(rows) for organisation, rows in found.items()}
