"""`trends`: how often themes came up over time, from finished reports: a row a point, or JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from thememiner_cli import stages, writing
from thememiner_cli.stages import KindName

if TYPE_CHECKING:
    from thememiner.records import Change, Kind, Report, Trend
    from thememiner.trending import Coded


class PeriodName(enum.StrEnum):
    """How long a period is."""

    month = "month"
    quarter = "quarter"


_COLUMNS = (
    "theme_id",
    "theme",
    "kind",
    "organisation",
    "period_start",
    "period",
    "with_theme",
    "documents",
    "share",
    "flag",
    "rule",
    "segment",
    "begins",
    "chart",
    "centre",
    "lower",
    "upper",
    "trial_limits",
    "change",
    "movement",
    "chance",
)
# What stands where in a row of `points`, and of `segments`.
_FIELDS = {
    "point": ["period_start", "with_theme", "documents", "share", "flag", "rule", "segment"],
    "segment": ["segment", "begins", "centre", "lower", "upper", "trial_limits"],
}
_PLACES = 6


def trends(
    reports: Annotated[list[Path], typer.Argument(help="One report.json, or those of several runs.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: a table (.csv) or .json.")],
    theme: Annotated[list[str] | None, typer.Option(help="Only this theme, by its id. Repeatable.")] = None,
    kind: Annotated[
        KindName | None,
        typer.Option(help="incident or feedback. [default: both]", show_default=False),
    ] = None,
    period: Annotated[
        PeriodName | None,
        typer.Option(
            help="Months, or quarters of the financial year. [default: months, quarters where they are thin]",
            show_default=False,
        ),
    ] = None,
    organisation: Annotated[str, typer.Option(help="Only this organisation's documents.")] = "",
    review: Annotated[
        Path | None,
        typer.Option(help="A review.toml: its [[change]]s in reporting are marked, not the reports'."),
    ] = None,
    until: Annotated[
        str,
        typer.Option(help="Leave out documents dated after this day. [default: today]", show_default=False),
    ] = "",
) -> None:
    """Chart how often each theme came up over time: XmR or run chart, and which themes emerge or fade.

    Points that were coded by other versions of the codebook or of thememiner are never joined.
    """
    from thememiner import trending
    from thememiner.reports.json import load

    writing.check_file(out, (".csv", ".json"), [*reports, *([review] if review else [])])
    kept = [load(path) for path in reports]
    changes = _changes(kept, review)
    runs = [trending.of_report(report) for report in kept]
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    found: list[Trend] = []
    kinds: tuple[Kind, ...] = (kind.value,) if kind else trending.KINDS
    for each in kinds:
        found += trending.trends(
            runs,
            each,
            themes=theme or (),
            period=period.value if period else None,
            organisation=organisation,
            changes=changes,
            until=until or today,
        )
    _check(found, kind, _late(runs, kinds, until or today), until or today)
    if out.suffix.lower() == ".json":
        whole = {
            "reading": trending.NEUTRAL,
            **_FIELDS,
            "trends": [_rounded(dataclasses.asdict(t)) for t in found],
        }
        writing.write(out, json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    else:
        stages.write_table(out, _COLUMNS, _rows(found))
    for line in (*_told(found), trending.NEUTRAL, f"Written: {out}"):
        typer.echo(line)


def _changes(reports: Iterable[Report], review: Path | None) -> list[Change]:
    """The review's changes in reporting, else those of the reports, each once; notes through the wall."""
    from thememiner import trending
    from thememiner.deidentifying import mask
    from thememiner.records import Change
    from thememiner.scoping import load_review

    given = (
        load_review(review).changes
        if review
        else [change for report in reports for change in trending.changes_of(report)]
    )
    rebased: dict[tuple[str, str], bool] = {}
    for change in given:
        key = (change.date, mask(change.note).text)
        rebased[key] = rebased.get(key, False) or change.rebase
    return [Change(*key, rebase) for key, rebase in sorted(rebased.items())]


def _late(runs: Iterable[Coded], kinds: Iterable[Kind], until: str) -> int:
    """How many documents are dated after the last day that is charted."""
    from thememiner.trending import prevalence

    out = (prevalence.dated(run, kind, until)[1] for run in runs for kind in kinds)
    return sum(reason == prevalence.LATER.format(until) for each in out for reason in each.values())


def _check(found: Sequence[Trend], kind: KindName | None, late: int, until: str) -> None:
    """Raise `InputError` when there is nothing to chart; `late` documents are dated after the day `until`."""
    if not any(trend.points for trend in found):
        from thememiner.errors import InputError

        what = kind.value if kind else "incident or feedback"
        if late:
            raise InputError(
                f"there is nothing to chart: {writing.number(late, 'document')} dated after {until}, and no "
                f"other {what} with a theme carries a date. Put the dates right, or give a later --until."
            )
        raise InputError(
            f"there is nothing to chart: no {what} with a theme carries a date that can be read. Name the "
            "column that holds it by date = ... in a review.toml, and run again."
        )


def _rows(found: Iterable[Trend]) -> Iterable[dict[str, Any]]:
    """A row a point, with the centre and limits of its segment."""
    from thememiner.trending.periods import called, covers

    for trend in found:
        segments = {segment[0]: segment[1:] for segment in trend.segments}
        for start, carried, documents, share, flag, rule, number in trend.points:
            begins, centre, lower, upper, trial = segments[number]
            notes = [note for date, note in trend.changes if covers(start, trend.period, date)]
            row: dict[str, Any] = {
                "theme_id": trend.theme_id,
                "theme": trend.theme,
                "kind": trend.kind,
                "organisation": trend.organisation,
                "period_start": start,
                "period": called(start, trend.period),
                "with_theme": carried,
                "documents": documents,
                "share": share,
                "flag": flag,
                "rule": rule,
                "segment": number,
                "begins": begins,
                "chart": trend.chart,
                "centre": centre,
                "lower": lower,
                "upper": upper,
                "trial_limits": "trial limits" if trial else "",
                "change": "; ".join(notes),
                "movement": trend.movement,
                "chance": trend.chance,
            }
            yield _rounded(row)


def _rounded(value: Any) -> Any:
    """A value with its floats to six places: finer digits differ between machines."""
    if isinstance(value, float):
        return round(value, _PLACES) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value


def _told(found: Sequence[Trend]) -> list[str]:
    """What the charts show, in lines: of each kind what is charted and left out, then theme by theme."""
    lines = []
    for kind in dict.fromkeys(trend.kind for trend in found):
        those = [trend for trend in found if trend.kind == kind]
        first = those[0]
        whole: Counter[str] = Counter(trend.chart for trend in those)
        charts = {"xmr": "XmR chart", "run": "run chart", "none": "with points only"}
        held = ", ".join(
            f"{whole[sort]} {words}" if sort == "none" else writing.number(whole[sort], words)
            for sort, words in charts.items()
            if whole[sort]
        )
        lines.append(f"{kind}, by {first.period}: {writing.number(len(those), 'theme')} ({held}).")
        lines += [f"Not plotted, {reason}: {writing.number(n, 'document')}." for reason, n in first.left_out]
        for trend in those:
            marks = _marks(trend)
            if trend.movement:
                marks.insert(0, f"{trend.movement} (in {100 * (trend.chance or 0):.1f} % by chance)")
            if marks:
                lines.append(f"  {trend.theme}: {_some(marks)}.")
    return lines


def _marks(trend: Trend) -> list[str]:
    """The flags of a chart in words, a stretch of periods with the same one as one."""
    from itertools import groupby

    from thememiner.trending.periods import called

    marks = []
    for (flag, rule, _), points in groupby(trend.points, key=lambda point: point[4:7]):
        starts = [called(point[0], trend.period) for point in points]
        if flag:
            until = f" to {starts[-1]}" if len(starts) > 1 else ""
            marks.append(f"{flag} in {starts[0]}{until} ({rule})")
    return marks


def _some(marks: Sequence[str]) -> str:
    """The first marks and how many more there are: all stand in the file."""
    more = len(marks) - _SHOWN
    return "; ".join(marks[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


_SHOWN = 4
