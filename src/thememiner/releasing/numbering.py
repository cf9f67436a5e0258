"""The numbers of a released report, each by the rule for small numbers, from the working report's lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thememiner.records import (
    KINDS,
    POLARITIES,
    Comparison,
    Count,
    Rate,
    Regime,
    Report,
    Tally,
    Theme,
    Timeline,
    Trend,
)
from thememiner.releasing import bodies, charting, dividing
from thememiner.releasing.suppressing import Parts, hidden, told
from thememiner.reports import wording
from thememiner.reports.passages import span

OF_PEOPLE = ("incident", "feedback")  # kinds in whose numbers people stand
SMALL = "a number in each is small, or one would give a small one away"
_Cells = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a released report; `whole` says of a theme whether every one of its tallies is told."""

    tallies: tuple[Tally, ...]
    whole: Mapping[str, bool]
    comparisons: tuple[Comparison, ...]
    rates: tuple[Rate, ...]
    timelines: tuple[Timeline, ...]
    trends: tuple[Trend, ...]


def numbers(report: Report, regime: Regime, themes: Collection[str]) -> Numbers:
    """The numbers of what came and of `themes`: tallies, then those by organisation and over time."""
    counted, whole = tallies(report, regime, themes)
    shown = [(t.id, t.name) for t in report.themes if t.id in themes]
    ids = [identity for identity, _ in shown]
    grounds = [dividing.ground(report, kind, regime, counted) for kind in dividing.KINDS]
    timelines, trends = charting.over_time(report, grounds, shown, regime)
    return Numbers(
        tallies=counted,
        whole=whole,
        comparisons=tuple(bodies.comparisons(report, grounds, ids, regime)),
        rates=tuple(bodies.rates(report, grounds[0], ids, regime)),
        timelines=timelines,
        trends=trends,
    )


def withheld(report: Report, made: Numbers, themes: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """(what, why, how many in words) of what is not told by organisation and over time."""
    for what, was, now in (
        ("Organisations side by side, by theme", _subjects(report.comparisons), _subjects(made.comparisons)),
        ("Charts of themes over time", _subjects(report.trends), _subjects(made.trends)),
        (
            "Rates of organisations",
            {(r.theme_id, *_of(r)) for r in report.rates},
            {(r.theme_id, *_of(r)) for r in made.rates},
        ),
    ):
        left = [key for key in was - now if not key[0] or key[0] in themes]
        if left:
            yield what, SMALL, wording.number(len(left))


def _subjects(rows: Collection[Comparison] | Collection[Trend]) -> set[tuple[str, ...]]:
    return {(row.theme_id, row.kind) for row in rows}


def _of(rate: Rate) -> tuple[str, ...]:
    return rate.organisation, rate.unit, rate.counts, rate.period


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
    came = Counter[str](d.kind for d in report.documents if d.kind in OF_PEOPLE)
    for theme in report.themes:
        if theme.id in themes:
            ways = _ways(theme, placed[theme.id])
            # Of all that came what does not speak of it follows too.
            kinds = {
                n: (*pair, max(0, came[n] - pair[1])) if n in came else pair
                for n, pair in ways["kind"].items()
            }
            suppressed = hidden([kinds, ways["polarity"], ways["voice"]], regime)
            whole[theme.id] = not any(suppressed)
            for (by, cells), names in zip(ways.items(), suppressed, strict=True):
                for name, (passages, documents, *_) in cells.items():
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
