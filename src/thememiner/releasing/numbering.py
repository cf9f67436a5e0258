"""The numbers of a released report, each by the rule for small numbers, from the working report's lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from thememiner.records import KINDS, POLARITIES, Count, Regime, Report, Tally, Theme
from thememiner.releasing.suppressing import Parts, hidden, told
from thememiner.reports.passages import span

OF_PEOPLE = ("incident", "feedback")  # kinds in whose numbers people stand
_Cells = dict[str, tuple[int, int]]


def tallies(
    report: Report, regime: Regime, themes: Collection[str]
) -> tuple[tuple[Tally, ...], dict[str, bool]]:
    """The numbers of what came and of `themes`, and whether all of a theme are told.

    A theme's numbers by organisation are never among them: few people would stand in such a cell. Documents
    are told by kind alone, since one may be of several voices and say this and that.
    """
    whole: dict[str, bool] = {}
    made = list(_came(report, regime))
    placed = _placed(report)
    for theme in report.themes:
        if theme.id in themes:
            ways = _ways(theme, placed[theme.id])
            suppressed = hidden(list(ways.values()), regime)
            whole[theme.id] = not any(suppressed)
            for (by, cells), names in zip(ways.items(), suppressed, strict=True):
                for name, (passages, documents) in cells.items():
                    shown = name not in names
                    of_kind = _told(documents, regime, shown=shown) if by == "kind" else None
                    made.append(Tally(theme.id, by, name, _told(passages, regime, shown=shown), of_kind))
    return tuple(made), whole


def _told(number: int, regime: Regime, *, shown: bool) -> Count:
    return told(number, regime) if shown or not number else None


def _came(report: Report, regime: Regime) -> Iterator[Tally]:
    """Documents by organisation and kind, and by voice.

    What organisations wrote is listed by code, and nobody stands in its numbers: it is told as it is, and
    what people gave and incidents report by the rule, apart from it.
    """
    people = [d for d in report.documents if d.kind in OF_PEOPLE]
    own = [d for d in report.documents if d.kind not in OF_PEOPLE]
    bodies = Counter((d.organisation, d.kind) for d in people)
    voices = Counter(d.voice for d in people)
    written = Counter(d.voice for d in own)
    suppressed = hidden([_parts(bodies), _parts(voices)], regime)
    made = [
        Tally("", "organisation", name, None, _told(n, regime, shown=(name, kind) not in suppressed[0]), kind)
        for (name, kind), n in bodies.items()
    ]
    of_own = Counter((d.organisation, d.kind) for d in own)
    made += [Tally("", "organisation", name, None, n, kind) for (name, kind), n in of_own.items()]
    yield from sorted(made, key=lambda t: (t.name, t.kind))
    for name in sorted({*voices, *written}):
        number = _told(voices[name], regime, shown=name not in suppressed[1])
        yield Tally("", "voice", name, None, None if number is None else number + written[name])


def _parts(counts: Mapping[Any, int]) -> Parts:
    return {name: (number, number) for name, number in counts.items()}


def _ways(theme: Theme, placed: Sequence[tuple[str, str, str]]) -> dict[str, _Cells]:
    """What is counted of a theme, told apart by kind, polarity and voice; zeros are left out."""
    made: dict[str, _Cells] = {}
    for by, at, names in (("kind", 0, KINDS), ("polarity", 1, POLARITIES)):
        cells: _Cells = {}
        for name in names:
            passages = sum(row[2] for row in theme.counts if row[at] == name)
            documents = len({row[2] for row in placed if row[at] == name})
            # Where the memberships do not tell, as few as there may be: rather suppressed than told.
            fewest = max((row[3] for row in theme.counts if row[at] == name), default=0)
            if passages:
                cells[name] = (passages, max(documents, fewest))
        made[by] = cells
    made["voice"] = {name: (passages, documents) for name, passages, documents in theme.voices}
    return made


def _placed(report: Report) -> Mapping[str, list[tuple[str, str, str]]]:
    """Theme id -> (kind, polarity, document id) of each passage surely about it."""
    kinds = {d.id: d.kind for d in report.documents}
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for m in report.memberships:
        place = span(m.passage_id)
        if m.outcome == "assigned" and place and place[0] in kinds:
            found[m.theme_id].append((kinds[place[0]], m.polarity, place[0]))
    return found
