"""Everything together: runs and a kind → one `Trend` a theme, with its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thememiner.errors import InputError, UnknownNameError
from thememiner.records import POLARITIES, Change, Kind, Trend
from thememiner.trending import charting, moving, periods, prevalence
from thememiner.trending.periods import PERIODS, Period
from thememiner.trending.prevalence import Coded, Counted

# The kinds whose documents are of a day: a policy or a return is not one of many over time.
KINDS: tuple[Kind, ...] = ("incident", "feedback")
NEUTRAL = (
    "High and low are neither good nor bad: more reports often mean better reporting. Counts of reports are "
    "not incidence."
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One coding's counts: the documents by period, and of them those that carry each theme it looked for."""

    counted: Counted
    carried: Mapping[str, Counter[int]]
    looked_for: frozenset[str]

    def of(self, theme: str) -> Counter[int]:
        """The documents of each period that carry a theme."""
        return self.carried.get(theme, Counter())


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
    pooled = prevalence.pooled(runs)
    changes = sorted(changes, key=lambda c: (c.date, c.note))
    _check(pooled, kind, themes, organisation, polarity, period, changes, until)
    days = {i: prevalence.dated(run, kind, until) for i, run in enumerate(pooled)}
    length = period or prevalence.fitting(span for spans, _ in days.values() for span in spans.values())
    counted = [
        found
        for i, run in enumerate(pooled)
        if (found := prevalence.count(run, days[i][0], length, organisation))
    ]
    if not counted:
        return ()
    lines = _lines(sorted(counted, key=lambda c: (c.first, c.last, c.coded.coding)), polarity)
    left_out = _left_out(pooled, [out for _, out in days.values()], organisation)
    blank = Trend(
        theme_id="",
        theme="",
        kind=kind,
        period=length,
        chart="none",
        organisation=organisation,
        polarity=polarity,
        left_out=left_out,
    )
    names = dict(sorted((theme, name) for run in pooled for theme, name in run.themes))
    moved, tested = _moved(names, lines, length, changes)
    told: list[Trend] = []
    for theme in sorted(set(themes or names)):
        if not themes and not any(line.of(theme) for line in lines):
            continue
        trend = _trend(theme, lines, changes, baseline, blank)
        said = [trend.note, _of_movement(theme, moved.get(theme), lines, length, changes, tested)]
        movement, chance = moved.get(theme, ("", None))
        note = " ".join([*said, *_of_left_out(left_out)])
        told.append(replace(trend, theme=names[theme], movement=movement, chance=chance, note=note))
    return tuple(told)


def _lines(counted: Sequence[Counted], polarity: str) -> list[_Line]:
    """The counts of each coding, in order, with the themes it looked for: an absence of those is a zero.

    Those are the themes that it found, and the codes that another run found with the same codebook.
    """
    known = [prevalence.looked_for(each.coded) for each in counted]
    by_book: dict[tuple[tuple[str, str], ...], set[str]] = defaultdict(set)
    for each, themes in zip(counted, known, strict=True):
        by_book[each.coded.codebook] |= {theme for theme in themes if theme.startswith("code:")}
    return [
        _Line(each, prevalence.carrying(each, polarity), themes | by_book[each.coded.codebook])
        for each, themes in zip(counted, known, strict=True)
    ]


def _trend(
    theme: str, lines: Sequence[_Line], changes: Sequence[Change], baseline: int, blank: Trend
) -> Trend:
    """A theme's chart, with what is to be said of it."""
    knowing = [line for line in lines if theme in line.looked_for]
    parts = [
        part
        for i, line in enumerate(knowing)
        for part in charting.stretches(line.counted, line.of(theme), blank.period, changes, first=not i)
    ]
    chart, why = charting.choose(parts, blank.period)
    points, segments, said = charting.draw(parts, chart, blank.period, baseline)
    said += [
        f"The line is broken, and nothing compared across the break: {_differences(a.counted, b.counted)}."
        for a, b in pairwise(knowing)
    ]
    if missing := len(lines) - len(knowing):
        said.append(f"{missing} of {len(lines)} codings did not look for this theme and are not shown.")
    within = [
        (c.date, c.note) for c in changes if any(_in(c, line.counted, blank.period) for line in knowing)
    ]
    return replace(
        blank,
        theme_id=theme,
        chart=chart,
        points=points,
        segments=segments,
        changes=tuple(within),
        note=" ".join([why, *said]),
    )


def _latest(
    lines: Sequence[_Line], period: Period, changes: Sequence[Change]
) -> tuple[_Line, list[tuple[int, int]]]:
    """The coding that reaches furthest, and (period, documents) of its whole periods since a new baseline."""
    line = max(lines, key=lambda each: each.counted.last)
    last = charting.stretches(line.counted, {}, period, changes, first=True)[-1]
    return line, [(n, total) for n, _, total in last.cells if total and n not in last.incomplete]


def _moved(
    themes: Iterable[str], lines: Sequence[_Line], period: Period, changes: Sequence[Change]
) -> tuple[dict[str, tuple[str, float | None]], int]:
    """(movement, chance) of each theme that the latest coding looked for, and how many were tested."""
    line, whole = _latest(lines, period, changes)
    asked = sorted(theme for theme in themes if theme in line.looked_for)
    counts = [[line.of(theme)[n] for n, _ in whole] for theme in asked]
    found = moving.moving(counts, [total for _, total in whole], moving.RECENT[period])
    return dict(zip(asked, found, strict=True)), sum(chance is not None for _, chance in found)


def _of_movement(
    theme: str,
    found: tuple[str, float | None] | None,
    lines: Sequence[_Line],
    period: Period,
    changes: Sequence[Change],
    tested: int,
) -> str:
    """What the last periods say of a theme, in a sentence."""
    line, whole = _latest(lines, period, changes)
    recent = moving.RECENT[period]
    if found is None:
        return "Not tested for emerging or fading: the latest coding did not look for it."
    if not moving.enough(len(whole), recent):
        return f"Not tested for emerging or fading: {len(whole)} whole {period}s of one coding are too few."
    word, chance = found
    if chance is None:
        return f"Not tested for emerging or fading: fewer than {moving.FEW} documents with it, or without."

    def share(cells: Sequence[tuple[int, int]]) -> str:
        part, of = sum(line.of(theme)[n] for n, _ in cells), sum(total for _, total in cells)
        return f"{100 * part / of:.1f} % ({part:,} of {of:,})"

    said, of = word.capitalize() or "Neither emerging nor fading", f"{recent} {period}s"
    any_of = "this theme, the only one tested," if tested == 1 else f"one of the {tested:,} themes tested"
    return (
        f"{said}: {share(whole[-recent:])} of the last {of}, {share(whole[:-recent])} before. In "
        f"{100 * chance:.1f} % of all choices of {of} {any_of} departs as far; up to "
        f"{100 * moving.LEVEL:.0f} % is called so, the chance of any false alarm among them all."
    )


def _in(change: Change, counted: Counted, period: Period) -> bool:
    days = periods.days(change.date)
    return days is not None and counted.first <= periods.number(days[0], period) <= counted.last


def _differences(a: Counted, b: Counted) -> str:
    """In what two codings differ, in words; digests are not spelled out."""
    before, after = dict(a.coded.coding), dict(b.coded.coding)
    parts = []
    for part in dict.fromkeys((*before, *after)):
        was, now = before.get(part, ""), after.get(part, "")
        if was != now:
            short = was and now and max(len(was), len(now)) < 60
            parts.append(f"another {part} ({was}, then {now})" if short else f"another {part}")
    return ", ".join(parts) or "a run does not tell how it was coded"


def _left_out(
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


def _check(
    pooled: Sequence[Coded],
    kind: Kind,
    themes: Sequence[str],
    organisation: str,
    polarity: str,
    period: str | None,
    changes: Sequence[Change],
    until: str,
) -> None:
    """Raise `InputError` for what cannot be charted, with the nearest name that can."""
    if kind not in KINDS:
        raise InputError(
            f"{kind} documents do not come one after another: trends are of {' or '.join(KINDS)}."
        )
    if period is not None and period not in PERIODS:
        raise UnknownNameError("period", period, PERIODS)
    if polarity and polarity not in POLARITIES:
        raise UnknownNameError("polarity", polarity, POLARITIES)
    known = sorted({theme for run in pooled for theme, _ in run.themes})
    for theme in themes:
        if theme not in known:
            raise UnknownNameError("theme", theme, known)
    named = sorted({d.organisation for run in pooled for d in run.documents if d.organisation})
    if organisation and organisation not in named:
        raise UnknownNameError("organisation", organisation, named)
    for date in (*(change.date for change in changes), *([until] if until else [])):
        if periods.days(date) is None:
            raise InputError(f"{date!r} is not a date such as 2025-04-01.")
