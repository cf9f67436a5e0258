"""Which slides a report has, and what each says: a title in words, how to read it, its figures as a table.

A table larger than a slide goes on to the next. What is drawn is what the table says, and nothing else.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from thememiner.records import Comparison, Report
from thememiner.reports import comparing, overtime, tabling, wording
from thememiner.reports.contents import Cell, Table
from thememiner.reports.timecharts import TimeChart
from thememiner.wording import listed

_T = TypeVar("_T")
ROWS, COLUMNS = 10, 6  # on one slide
VOICES = 8  # columns of voices: short words and numbers
COMPARED = 12  # themes compared; the table of the report has all clear differences

Form = Literal["heat", "grid", "tones", "shares", "time"]
_OF = {"voices": "voices", "kinds": "kinds of evidence"}
# An organisation's share with its interval, None where there are too few; and the words beside it.
Interval = tuple[str, float | None, float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class Slide:
    """One chart: `id` is the name of its files, `about` how to read it, `alt` what it shows in words.

    `table` has every figure that is drawn. `largest` is the number that the darkest cell or longest bar of
    all its parts stands for.
    """

    id: str
    form: Form
    title: str
    about: str
    alt: str
    table: Table
    largest: int = 0
    intervals: tuple[Interval, ...] = ()
    time: TimeChart | None = None


def slides(report: Report) -> tuple[Slide, ...]:
    """Every slide of a report, in the order in which they are best shown."""
    names = wording.theme_names(report.themes)
    coded = [theme for theme in report.themes if theme.origin != "discovered"]
    return tuple(
        itertools.chain(
            _heat(tabling.by_voice(coded, names, report.release)),
            _grid(report, names),
            _tones("voices", tabling.tones_by_voice(report, coded)),
            _tones("kinds", tabling.tones_by_kind(coded)),
            _compared(report, names),
            _over_time(report, names),
        )
    )


def missing(report: Report, made: Iterable[Slide]) -> tuple[str, ...]:
    """What has no chart, and why: nothing is left out unsaid."""
    forms = {slide.form for slide in made}
    why = _WITHHELD if report.release.tallies else _LACKING
    few = sorted({len(line.uncharted) for line in report.timelines} - {0})
    rest = (
        ("Over time: themes in too few documents or periods to judge have no chart; the report names them.",)
        if few and "time" in forms
        else ()
    )
    return (*(words for form, words in why.items() if form not in forms), *rest)


# Sort of slide -> why there is none.
_LACKING: dict[Form, str] = {
    "heat": "Themes and voices: no theme of the codebook has a passage.",
    "grid": "Sections and organisations: the report has no grid.",
    "tones": "What each voice and kind says: the report does not tell what single passages say.",
    "shares": "Organisations compared: too few documents came of each kind for a share.",
    "time": "Over time: no theme is in five dated documents or more.",
}
_WITHHELD: dict[Form, str] = {
    "heat": "Themes and voices: no number is told in this version.",
    "grid": "Sections and organisations: the report has no grid.",
    "tones": "What each voice and kind says: not told in this version.",
    "shares": "Organisations compared: no number that may be told in this version.",
    "time": "Over time: no theme of which every period may be told in this version.",
}


def _heat(table: Table) -> Iterator[Slide]:
    if not table.rows or len(table.columns) < 2:
        return
    sums = _sums(table)
    most = max(range(len(sums)), key=lambda place: sums[place]) if any(sums) else 0
    whole = all(isinstance(cell, int) for row in table.rows for cell in row[1:])  # else none is the most
    title = f"{table.rows[most][0]}: the theme with most passages" if whole and any(sums) else table.caption
    loudest = Counter({head: _total(row[at] for row in table.rows) for at, head in _heads(table)})
    voices = listed([head.lower() for head, count in loudest.most_common(2) if count])
    alt = f"{_most(table, sums)} Most passages are by: {voices}." if voices else "No number is told."
    about = "Passages about each theme, by who speaks. The darker the cell, the more passages."
    if not whole:
        cells = [cell for row in table.rows for cell in row[1:]]
        few = sum(not isinstance(cell, int) for cell in cells)
        alt = f"{few:,} of {len(cells):,} numbers are suppressed. {table.note}"
        about += " Striped: suppressed."
    slide = Slide("themes-by-voice", "heat", title, about, alt, table, _largest(table))
    yield from _parts(slide, columns=VOICES)


def _grid(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    organisations = sorted({cell.organisation for cell in report.grid})
    if not organisations:
        return
    cells = {(cell.section_id, cell.organisation): cell for cell in report.grid}
    counts = Counter(cell.state for cell in report.grid)
    states = [f"{number} {state}" for state, number in counts.most_common()]
    differs = counts["differs"]
    title = (
        f"Accounts differ from what others describe in {differs:,} of {len(cells):,} places"
        if differs
        else "No organisation’s account differs from what others describe"
    )

    def shown(section: str, name: str) -> str:
        cell = cells.get((section, name))
        if cell is None:
            return ""
        themes = f": {len(cell.theme_ids)} theme{'s' * (len(cell.theme_ids) != 1)}" if cell.theme_ids else ""
        return wording.capital(cell.state) + themes

    heads = [f"{n}. {s.title}" for n, s in enumerate(report.sections, start=1)]
    rows = tuple((name, *(shown(s.id, name) for s in report.sections)) for name in organisations)
    differing = [
        f"{cell.organisation} on {listed([names.get(i, i) for i in cell.theme_ids])}"
        for cell in report.grid
        if cell.state == "differs" and cell.theme_ids
    ]
    alt = f"Of {len(cells):,} cells: {', '.join(states)}." + (
        f" Differing: {'; '.join(dict.fromkeys(differing))}." if differing else ""
    )
    table = Table(wording.GRID_CAPTION, ("Organisation", *heads), rows, note=wording.GRID_NOTE)
    about = "How each organisation stands to what the others describe. Silence is not absence."
    yield from _parts(Slide("grid", "grid", title, about, alt, table))


def _tones(of: str, table: Table) -> Iterator[Slide]:
    if not table.rows:
        return
    worse = [str(row[0]) for row in table.rows if _number(row[2]) > _number(row[1])]
    title = f"{len(worse)} of {len(table.rows)} {_OF[of]} tell more badly than well of themes"
    if not worse:
        title = f"None of {len(table.rows)} {_OF[of]} tells more badly than well of themes"
    alt = " ".join(
        f"{row[0]}: " + ", ".join(f"{_said(row[at])} {head.lower()}" for at, head in _heads(table)) + "."
        for row in table.rows
    )
    about = "Passages that tell badly (striped, left) and well (plain, right) of a theme."
    slide = Slide(f"said-by-{of}", "tones", title, about, alt, table, _largest(table, 3))
    yield from _parts(slide, columns=len(table.columns))


def _compared(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    by_chart: dict[tuple[str, str], list[Comparison]] = defaultdict(list)
    for row in report.comparisons:
        by_chart[row.theme_id, row.kind].append(row)
    drawn = {key for key, rows in by_chart.items() if any(row.speak_low is not None for row in rows)}
    clear = [d for d in comparing.clear_differences(report.comparisons) if d.speak is not None]
    stands_out: dict[tuple[str, str], list[comparing.Difference]] = defaultdict(list)
    for difference in clear:
        stands_out[difference.row.theme_id, difference.row.kind].append(difference)
    speak = Counter({key: sum(row.speak for row in rows) for key, rows in by_chart.items() if key in drawn})
    first = sorted(drawn, key=lambda key: (key not in stands_out, -speak[key], key))[:COMPARED]
    more = len(drawn) - len(first)
    others = f" {more} more {'is' if more == 1 else 'are'} compared in the report’s tables." if more else ""
    for number, key in enumerate(first, start=1):
        yield from _comparison(number, key, by_chart[key], stands_out.get(key, []), names, others)


def _comparison(
    number: int,
    key: tuple[str, str],
    rows: Sequence[Comparison],
    clear: Sequence[comparing.Difference],
    names: Mapping[str, str],
    others: str,
) -> Iterator[Slide]:
    """One comparison; `others` says how many more have no slide, "" for none."""
    name, kind = names.get(key[0], key[0]), wording.KIND_HEADS[rows[0].kind].lower()
    larger = [d.row.organisation for d in clear if (d.speak or 0) > 0]
    smaller = [d.row.organisation for d in clear if (d.speak or 0) < 0]
    told = [f"{w} share: {listed(of)}" for w, of in (("Larger", larger), ("Smaller", smaller)) if of]
    found = "; ".join(told) or "no organisation’s share is clearly not the others’"
    ordered = sorted(rows, key=lambda r: r.organisation)
    intervals = tuple(
        (
            r.organisation,
            None if r.speak_low is None or not r.documents else r.speak / r.documents,
            r.speak_low,
            r.speak_high,
            comparing.share(r.speak, r.documents, r.speak_low, r.speak_high),
        )
        for r in ordered
    )
    few = sum(interval[1] is None for interval in intervals)
    left = f" No mark: {wording.counted(few, 'organisation')} with too few documents for a share." * bool(few)
    alt = "; ".join(f"{i[0]}: {i[4]}" for i in intervals) + "."
    table = Table(
        f"{name}: share of {kind} that speak of it",
        ("Organisation", "Share, with 95 % interval"),
        tuple((i[0], i[4]) for i in intervals),
        note=wording.COMPARED_TOLD if rows[0].bad is None else wording.COMPARED_NOTE,
    )
    if rows[0].bad is None:
        left += " An organisation with a small number, or from which one would follow, is left out."
    about = f"Share of each organisation’s {kind} that speak of it. Line: 95 % interval.{left}{others}"
    slide = Slide(f"compared-{number:02d}", "shares", f"{name}: {found}", about, alt, table)
    parts = _batches(intervals, ROWS)
    for part, some in enumerate(parts, start=1):
        rows_shown = tuple((i[0], i[4]) for i in some)
        yield replace(
            _numbered(slide, part, len(parts)), intervals=some, table=replace(table, rows=rows_shown)
        )


def _over_time(report: Report, names: Mapping[str, str]) -> Iterator[Slide]:
    ordered = sorted(
        report.trends, key=lambda t: (not t.signal, t.kind, names.get(t.theme_id, t.theme), t.theme_id)
    )
    for number, trend in enumerate(ordered, start=1):
        shown = overtime.shown(trend, number, names)
        said = trend.says.split(". ")[0].rstrip(".")
        yield Slide(
            f"over-time-{number:02d}",
            "time",
            f"{shown.title}. {said}",
            " ".join((shown.key, *(f"{change}." for change in shown.changes))),
            shown.says,
            shown.table,
            time=shown.chart,
        )


def _parts(slide: Slide, columns: int = COLUMNS) -> Iterator[Slide]:
    """The slide, in as many parts as its table needs."""
    table = slide.table
    across = _batches(tuple(range(1, len(table.columns))), columns)
    down = _batches(table.rows, ROWS)
    every = [(places, rows) for rows in down for places in across]
    for part, (places, rows) in enumerate(every, start=1):
        heads = (table.columns[0], *(table.columns[at] for at in places))
        cut = tuple((row[0], *(row[at] for at in places)) for row in rows)
        yield replace(_numbered(slide, part, len(every)), table=replace(table, columns=heads, rows=cut))


def _numbered(slide: Slide, part: int, of: int) -> Slide:
    if of == 1:
        return slide
    return replace(slide, id=f"{slide.id}-{part}", title=f"{slide.title} ({part} of {of})")


def _batches(items: Sequence[_T], most: int) -> list[tuple[_T, ...]]:
    """The items in batches as even as can be, of at most so many."""
    number = max(1, -(-len(items) // most))
    size = -(-len(items) // number) if items else 1
    return [tuple(items[at : at + size]) for at in range(0, len(items), size)]


def _number(cell: Cell) -> int:
    """A number as it is drawn; one that may not be told has none."""
    return cell if isinstance(cell, int) else 0


def _said(cell: Cell) -> str:
    return wording.number(cell) if isinstance(cell, int) else str(cell)


def _heads(table: Table) -> list[tuple[int, str]]:
    return list(enumerate(table.columns))[1:]


def _total(cells: Iterable[Cell]) -> int:
    return sum(_number(cell) for cell in cells)


def _sums(table: Table) -> list[int]:
    return [_total(row[1:]) for row in table.rows]


def _largest(table: Table, end: int | None = None) -> int:
    return max((_number(cell) for row in table.rows for cell in row[1:end]), default=0)


def _most(table: Table, sums: Sequence[int]) -> str:
    """The three rows with most in them."""
    first = sorted(range(len(sums)), key=lambda place: (-sums[place], place))[:3]
    told = [f"{table.rows[at][0]} ({wording.number(sums[at])})" for at in first if sums[at]]
    return f"The themes with most passages: {'; '.join(told)}."
