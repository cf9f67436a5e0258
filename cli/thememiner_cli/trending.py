"""`trends`: how often themes came up over time, from finished reports: a row a point, or JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from thememiner_cli import stages, writing
from thememiner_cli.stages import KindName

if TYPE_CHECKING:
    from thememiner.records import Change, Kind, Report, Timeline, Trend


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
        typer.Option(
            help="Leave out documents dated after this day. [default: the reports' own, else today]",
            show_default=False,
        ),
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
    last = until or _last(kept)
    kinds: tuple[Kind, ...] = (kind.value,) if kind else trending.KINDS
    lines = trending.timelines(
        runs,
        kinds,
        themes=theme or (),
        period=period.value if period else None,
        organisation=organisation,
        changes=changes,
        until=last,
    )
    found = [trend for _, charts in lines for trend in charts]
    _check(found, kind, [line for line, _ in lines], last)
    if out.suffix.lower() == ".json":
        whole = {
            "reading": trending.NEUTRAL,
            **_FIELDS,
            "timelines": [dataclasses.asdict(line) for line, _ in lines],
            "trends": [_rounded(dataclasses.asdict(t)) for t in found],
        }
        writing.write(out, json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    else:
        stages.write_table(out, _COLUMNS, _rows(found))
    for said in (*_told(lines), trending.NEUTRAL, f"Written: {out}"):
        typer.echo(said)


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


def _last(reports: Sequence[Report]) -> str:
    """The last day that the reports speak of, where each says its own; else today."""
    from thememiner import trending

    days = [trending.day_of(report) for report in reports]
    return max(days) if all(days) else dt.datetime.now(tz=dt.UTC).date().isoformat()


def _check(found: Sequence[Trend], kind: KindName | None, lines: Sequence[Timeline], until: str) -> None:
    """Raise `InputError` when there is nothing to chart, with how many documents are dated after `until`."""
    if not any(trend.points for trend in found):
        from thememiner.errors import InputError
        from thememiner.trending import prevalence

        late = sum(dict(line.left_out).get(prevalence.LATER.format(until), 0) for line in lines)
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


def _told(lines: Sequence[tuple[Timeline, tuple[Trend, ...]]]) -> list[str]:
    """What the charts show, in lines: of each kind what is charted and left out, then what stands out."""
    told = []
    for line, charts in lines:
        told.append(f"{line.kind}: {line.note}")
        told += [f"  {trend.theme}: {trend.says}" for trend in charts if trend.signal]
    return told
