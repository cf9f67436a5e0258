"""Everything together: runs and a kind → one `Trend` a theme, with its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thememiner.errors import InputError, UnknownNameError
from thememiner.records import POLARITIES, Change, Kind, Trend
from thememiner.trending import charting, coded, moving, periods, prevalence, saying
from thememiner.trending.coded import Coded
from thememiner.trending.periods import PERIODS, Period
from thememiner.trending.prevalence import Counted

# The kinds whose documents are of a day: a policy or a return is not one of many over time.
KINDS: tuple[Kind, ...] = ("incident", "feedback")
NEUTRAL = (
    "High and low are neither good nor bad: more reports often mean better reporting. Counts of reports are "
    "not incidence."
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One coding's counts: the places of its runs, its documents by period, those that carry each theme."""

    places: tuple[int, ...]
    counted: Counted
    carried: Mapping[str, Counter[int]]

    def of(self, theme: str) -> Counter[int]:
        """The documents of each period that carry a theme."""
        return self.carried.get(theme, Counter())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is charted of all runs alike."""

    kind: Kind
    organisation: str
    polarity: str
    until: str
    changes: tuple[Change, ...]
    baseline: int


def trends(
    runs: Iterable[Coded],
    kind: Kind,
    *,
    themes: Sequence[str] = (),
    period: Period | None = None,
    organisation: str = "",
    polarity: str = "",
    changes: Iterable[Change] = (),
    until: str = "",
    baseline: int = 0,
) -> tuple[Trend, ...]:
    """One trend a theme, in order of its id; () where nothing of the kind has a date.

    `themes` are ids, by default all that a document of the kind carries; `organisation` and `polarity` narrow
    what is counted; `period` is chosen by how many documents there are where it is not given. Documents dated
    after the day `until` are left out. `changes` are marked, and begin a new baseline where they say so.
    `baseline` is the number of points that limits rest on, 0 for all. Whether a theme emerges or fades is
    told against all themes, whichever are asked for. Raises `InputError` for a kind without dates and for a
    name that is not known.
    """
    runs = list(runs)
    asked = _Asked(
        kind, organisation, polarity, until, tuple(sorted(changes, key=lambda c: (c.date, c.note))), baseline
    )
    _check(runs, asked, themes, period)
    every = coded.pooled(runs, range(len(runs)))
    days = [prevalence.dated(run, kind, until) for _, run in every]
    length = period or prevalence.fitting(span for spans, _ in days for span in spans.values())
    out = left_out([run for _, run in every], [out for _, out in days], organisation)
    looking = coded.looking(runs)
    lines = {places: _lines(runs, places, length, asked) for places in {*looking.values(), _all(runs)}}
    if not lines[_all(runs)]:
        return ()
    names = dict(sorted((theme, name) for run in runs for theme, name in run.themes))
    latest = _latest(lines[_all(runs)], length, asked)
    moved = _moved([theme for theme in names if latest.places <= set(looking[theme])], latest)
    blank = Trend(
        theme_id="",
        theme="",
        kind=kind,
        period=length,
        chart="none",
        organisation=organisation,
        polarity=polarity,
        left_out=out,
    )
    told: list[Trend] = []
    for theme in sorted(set(themes or names)):
        own = lines[looking[theme]]
        if not themes and not any(line.of(theme) for line in own):
            continue
        movement, chance = moved.get(theme, ("", None))
        recent = moving.RECENT[length] if chance is not None else 0
        departs = f"{movement.capitalize()}: {_departs(theme, latest)}" if movement else ""
        trend = _trend(theme, own, blank, asked, departs)
        said = [trend.note]
        if missing := len(runs) - len(looking[theme]):
            said.append(f"{missing} of {len(runs)} runs did not look for this theme and are not shown.")
        said += [_of_movement(theme, moved, latest), *_of_left_out(out)]
        told.append(
            replace(
                trend,
                theme=names[theme],
                movement=movement,
                chance=chance,
                recent=recent,
                note=" ".join(said),
            )
        )
    return tuple(told)


def charted(
    theme: tuple[str, str],
    kind: Kind,
    period: Period,
    counted: Counted,
    carried: Counter[int],
    changes: Iterable[Change] = (),
) -> Trend:
    """The chart of a theme (id, name) from counts alone, such as those that a released report may tell.

    Whether it emerges or fades is not told: that is tested against all themes.
    """
    identity, name = theme
    asked = _Asked(kind, "", "", "", tuple(sorted(changes, key=lambda c: (c.date, c.note))), 0)
    blank = Trend(identity, name, kind, period, "none")
    return _trend(identity, [_Line((0,), counted, {identity: carried})], blank, asked, "")


def _all(runs: Sequence[Coded]) -> tuple[int, ...]:
    return tuple(range(len(runs)))


def _lines(runs: Sequence[Coded], places: Sequence[int], period: Period, asked: _Asked) -> list[_Line]:
    """The counts of the runs at these places, a line a coding, in order of time."""
    found = []
    for group, run in coded.pooled(runs, places):
        spans, _ = prevalence.dated(run, asked.kind, asked.until)
        counted = prevalence.count(run, spans, period, asked.organisation)
        if counted:
            found.append(_Line(group, counted, prevalence.carrying(counted, asked.polarity)))
    return sorted(found, key=lambda line: (line.counted.first, line.counted.last, line.counted.coded.coding))


def _trend(theme: str, lines: Sequence[_Line], blank: Trend, asked: _Asked, departs: str) -> Trend:
    """A theme's chart, with what is to be said of it; `departs` says how it emerges or fades, "" if not."""
    parts = [
        part
        for i, line in enumerate(lines)
        for part in charting.stretches(line.counted, line.of(theme), blank.period, asked.changes, first=not i)
    ]
    chart, why = charting.choose(parts, blank.period)
    drawn = charting.draw(parts, chart, blank.period, asked.baseline)
    breaks = [
        f"The line is broken, and nothing compared across the break: "
        f"{coded.differences(a.counted.coded, b.counted.coded)}."
        for a, b in pairwise(lines)
    ]
    within = [
        (c.date, c.note) for c in asked.changes if any(_in(c, line.counted, blank.period) for line in lines)
    ]
    trend = replace(
        blank,
        theme_id=theme,
        chart=chart,
        points=drawn.points,
        segments=drawn.segments,
        changes=tuple(within),
        note=" ".join([why, *drawn.said, *breaks]),
    )
    signal, says = saying.says(trend, drawn.waves, departs)
    return replace(trend, signal=signal, says=says or why)


@dataclass(frozen=True, slots=True)
class _Latest:
    """What emerging and fading are told from: the coding that reaches furthest, since its last new baseline.

    `whole` are (period, documents) of its complete periods with documents, `places` those of its runs.
    """

    line: _Line
    period: Period
    whole: tuple[tuple[int, int], ...]

    @property
    def places(self) -> set[int]:
        """The places of its runs."""
        return set(self.line.places)


def _latest(lines: Sequence[_Line], period: Period, asked: _Asked) -> _Latest:
    line = max(lines, key=lambda each: each.counted.last)
    last = charting.stretches(line.counted, {}, period, asked.changes, first=True)[-1]
    cells = tuple((n, total) for n, _, total in last.cells if total and n not in last.incomplete)
    return _Latest(line, period, cells)


def _moved(themes: Sequence[str], latest: _Latest) -> dict[str, tuple[str, float | None]]:
    """(movement, chance) of each theme, all tested together."""
    counts = [[latest.line.of(theme)[n] for n, _ in latest.whole] for theme in themes]
    totals = [total for _, total in latest.whole]
    return dict(zip(themes, moving.moving(counts, totals, moving.RECENT[latest.period]), strict=True))


def _of_movement(theme: str, moved: Mapping[str, tuple[str, float | None]], latest: _Latest) -> str:
    """What the last periods say of a theme, in a sentence."""
    period, whole, recent = latest.period, latest.whole, moving.RECENT[latest.period]
    if theme not in moved:
        return "Not tested for emerging or fading: the latest coding did not look for it in all its runs."
    if not moving.enough(len(whole), recent):
        return f"Not tested for emerging or fading: {len(whole)} whole {period}s of one coding are too few."
    word, chance = moved[theme]
    if chance is None:
        return f"Not tested for emerging or fading: fewer than {moving.FEW} documents with it, or without."

    tested = sum(p is not None for _, p in moved.values())
    said, of = word.capitalize() or "Neither emerging nor fading", f"{recent} {period}s"
    any_of = "this theme, the only one tested," if tested == 1 else f"one of the {tested:,} themes tested"
    return (
        f"{said}: {_departs(theme, latest)} In {100 * chance:.1f} % of all choices of {of} {any_of} departs "
        f"as far; up to {100 * moving.LEVEL:.0f} % is called so, the chance of any false alarm among all."
    )


def _departs(theme: str, latest: _Latest) -> str:
    """The share of the last periods, and of those before."""
    recent = moving.RECENT[latest.period]

    def share(cells: Sequence[tuple[int, int]]) -> str:
        part, of = sum(latest.line.of(theme)[n] for n, _ in cells), sum(total for _, total in cells)
        return f"{saying.percent(part / of)} ({part:,} of {of:,})"

    whole = latest.whole
    return f"{share(whole[-recent:])} of the last {recent} {latest.period}s, {share(whole[:-recent])} before."


def _in(change: Change, counted: Counted, period: Period) -> bool:
    days = periods.days(change.date)
    return days is not None and counted.first <= periods.number(days[0], period) <= counted.last


def left_out(
    pooled: Sequence[Coded], outs: Sequence[Mapping[str, str]], organisation: str
) -> tuple[tuple[str, int], ...]:
    """(reason, documents) of all that is left out, each document once a reason."""
    found = {
        (reason, document.id)
        for run, out in zip(pooled, outs, strict=True)
        for document in run.documents
        if organisation in ("", document.organisation)
        if (reason := out.get(document.id))
    }
    return tuple(sorted(Counter(reason for reason, _ in found).items()))


def _of_left_out(left_out: Sequence[tuple[str, int]]) -> list[str]:
    return [
        f"Not plotted, {reason}: {n:,} {'document' if n == 1 else 'documents'}." for reason, n in left_out
    ]


def _check(runs: Sequence[Coded], asked: _Asked, themes: Sequence[str], period: str | None) -> None:
    """Raise `InputError` for what cannot be charted, with the nearest name that can."""
    if asked.kind not in KINDS:
        raise InputError(
            f"{asked.kind} documents do not come one after another: trends are of {' or '.join(KINDS)}."
        )
    known = sorted({theme for run in runs for theme, _ in run.themes})
    named = sorted({d.organisation for run in runs for d in run.documents if d.organisation})
    for what, name, names in (
        ("period", period, PERIODS),
        ("polarity", asked.polarity, POLARITIES),
        ("organisation", asked.organisation, named),
        *(("theme", theme, known) for theme in themes),
    ):
        if name and name not in names:
            raise UnknownNameError(what, name, names)
    for date in (*(change.date for change in asked.changes), *([asked.until] if asked.until else [])):
        if periods.days(date) is None:
            raise InputError(f"{date!r} is not a date such as 2025-04-01.")
