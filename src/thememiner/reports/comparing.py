"""The tables that compare organisations by numbers: shares of what came, and rates by denominators."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thememiner.records import Comparison, Rate, Report
from thememiner.reports import tallying, wording
from thememiner.reports.contents import Table

SHOWN = 40  # rows of a table; report.json has them all
FEWEST = 10  # documents of a kind below which organisations are compared by text alone
SMALL = 0.2  # Cohen's h from which a difference is called small, so from which it is shown
_Z = 1.96  # standard errors of a difference, beyond which it is more than chance would give


@dataclass(frozen=True, slots=True)
class Difference:
    """A comparison of which something is clear, with the effects that are; None for one that is not."""

    row: Comparison
    speak: float | None  # Cohen's h, where it stands out
    bad: float | None

    @property
    def largest(self) -> float:
        """The larger of its effects, by size."""
        return max(abs(self.speak or 0.0), abs(self.bad or 0.0))


def differences(report: Report, names: Mapping[str, str]) -> Table | None:
    """Where an organisation's share is clearly not the others', the largest first; None of no comparison.

    A difference stands here from `SMALL` on and beyond two standard errors of Cohen's h, sqrt(1/n + 1/m).
    """
    if not report.comparisons:
        return None
    if report.release.tallies:
        return _told(report, names)
    clear = clear_differences(report.comparisons)
    rows = tuple(
        (
            names.get(d.row.theme_id, d.row.theme_id),
            d.row.organisation,
            wording.KIND_HEADS[d.row.kind],
            share(d.row.speak, d.row.documents, d.row.speak_low, d.row.speak_high),
            _effect(d.row.speak_effect, d.speak),
            share(d.row.bad or 0, d.row.documents, d.row.bad_low, d.row.bad_high),
            _effect(d.row.bad_effect, d.bad),
        )
        for d in clear[:SHOWN]
    )
    notes = [wording.COMPARED_NOTE, _by_text(report.comparisons), _more(len(clear) - len(rows))]
    heads = (
        "Theme",
        "Organisation",
        "Of its",
        "Speak of it",
        "Against the others",
        "Tell badly",
        "Against the others",
    )
    return Table(wording.COMPARED_TITLE, heads, rows, note=" ".join(filter(None, notes)))


def _told(report: Report, names: Mapping[str, str]) -> Table:
    """Every comparison that a released report tells, with what is clear of it: they are few."""
    clear = {
        (d.row.theme_id, d.row.kind, d.row.organisation): d.speak
        for d in clear_differences(report.comparisons)
    }
    rows = tuple(
        (
            names.get(row.theme_id, row.theme_id),
            row.organisation,
            wording.KIND_HEADS[row.kind],
            share(row.speak, row.documents, row.speak_low, row.speak_high),
            _effect(row.speak_effect, clear.get((row.theme_id, row.kind, row.organisation))),
        )
        for row in report.comparisons
    )
    heads = ("Theme", "Organisation", "Of its", "Speak of it", "Against the others told")
    notes = (wording.COMPARED_TOLD, tallying.note(report.release))
    return Table(wording.COMPARED_TOLD_TITLE, heads, rows, note=" ".join(filter(None, notes)))


def clear_differences(comparisons: Sequence[Comparison]) -> list[Difference]:
    """The comparisons in which an organisation's share is clearly not the others', the largest first."""
    every = Counter[tuple[str, str]]()
    for row in comparisons:
        every[row.theme_id, row.kind] += row.documents
    found = [_difference(row, every[row.theme_id, row.kind] - row.documents) for row in comparisons]
    return sorted((d for d in found if d.largest), key=lambda d: -d.largest)


def rates(report: Report, names: Mapping[str, str]) -> Table | None:
    """Incident reports for each 1,000 of a denominator; None where none was given."""
    if not report.rates:
        return None
    ranked = sorted(
        (r for r in report.rates if r.rate is not None or not r.theme_id), key=lambda r: bool(r.theme_id)
    )
    rows = tuple(
        (
            names.get(rate.theme_id, rate.theme_id) if rate.theme_id else "All incident reports",
            rate.organisation,
            wording.number(rate.events) if rate.rate is not None else "too few for a rate",
            _per(rate),
            _denominator(rate),
        )
        for rate in ranked[:SHOWN]
    )
    heads = ("Theme", "Organisation", "Reports", "For each 1,000", "Of what")
    notes = (wording.RATES_NOTE, _more(len(ranked) - len(rows)), tallying.note(report.release))
    note = " ".join(filter(None, notes))
    return Table(wording.RATES_TITLE, heads, rows, note=note)


def _difference(row: Comparison, others: int) -> Difference:
    chance = _Z * math.sqrt(1 / row.documents + 1 / others) if row.documents and others else math.inf

    def clear(effect: float | None) -> float | None:
        return effect if effect is not None and abs(effect) >= max(SMALL, chance) else None

    return Difference(row, clear(row.speak_effect), clear(row.bad_effect))


def share(count: int, of: int, low: float | None, high: float | None) -> str:
    """A share with its interval; where there are too few, not even their number."""
    if low is None or high is None:
        return f"too few of {wording.number(of)} for a share"
    return f"{100 * count / of:.0f} % ({100 * low:.0f} to {100 * high:.0f}) of {wording.number(of)}"


def _effect(known: float | None, effect: float | None) -> str:
    if effect is None:
        return "" if known is None else "not clearly different"
    return f"{'larger' if effect > 0 else 'smaller'} (h {effect:+.2f}, {wording.effect(effect)})"


def _by_text(rows: Iterable[Comparison]) -> str:
    """The organisations of which too little of a kind came to compare by numbers."""
    few = sorted({(r.organisation, r.kind) for r in rows if r.documents < FEWEST})
    if not few:
        return ""
    named = [f"{name} ({wording.KIND_HEADS[kind].lower()})" for name, kind in few[:6]]
    more = f" and {wording.number(len(few) - 6)} more" if len(few) > 6 else ""
    return f"Compared by text alone, with fewer than ten documents: {', '.join(named)}{more}."


def _per(rate: Rate) -> str:
    if rate.rate is None or rate.low is None or rate.high is None:
        return ""
    return f"{rate.rate:.1f} ({rate.low:.1f} to {rate.high:.1f})"


def _denominator(rate: Rate) -> str:
    said = f"{rate.number:,.10g} {rate.unit}"
    return ", ".join(part for part in (said, rate.period, rate.counts) if part)


def _more(number: int) -> str:
    return f"{wording.number(number)} more are in report.json." if number > 0 else ""
