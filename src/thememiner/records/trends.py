"""How often themes came up over time: changes in reporting, a trend a theme, what of a kind is charted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from thememiner.records.words import Kind


@dataclass(frozen=True, slots=True)
class Change:
    """A change in how things are reported: the day (ISO), what changed, and whether a new baseline starts."""

    date: str
    note: str
    rebase: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """How much of one kind of text carried a theme, period by period, and what of it is more than chance.

    `organisation` and `polarity` are "" for all. `points` are (first day of the period, documents with the
    theme, documents, share, flag, rule, segment), one for every period from first to last: share is None
    where there is no document; flag is "high", "low" or ""; rule says by what, or why a point is not judged
    ("no document", "incomplete"). `segments` are (number, what begins it: "", "coding" or "change", centre,
    lower, upper, trial limits), with None where there is none; a line joins no two points across a "coding".
    `chart` is "xmr" (centre: the mean), "run" (the median) or "none". `changes` are (day, note) of changes in
    reporting. `left_out` are (reason, documents). `movement` is "emerging", "fading" or "" of the last
    `recent` whole periods, by `chance`; None and 0 where that was not tested. `signal` is whether a rule or
    the test says that anything of it is more than chance, `says` what in plain words, or that nothing is;
    `note` says how all of it was judged.
    """

    theme_id: str
    theme: str
    kind: Kind
    period: Literal["month", "quarter"]
    chart: Literal["xmr", "run", "none"]
    organisation: str = ""
    polarity: str = ""
    points: tuple[tuple[str, int, int, float | None, str, str, int], ...] = ()
    segments: tuple[tuple[int, str, float | None, float | None, float | None, bool], ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    movement: str = ""
    chance: float | None = None
    recent: int = 0
    signal: bool = False
    says: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What of one kind of text could be charted over time, and what could not.

    `documents` came, and `plotted` of them are on the charts, from the period that begins on the day `first`
    to the one that begins on `last` ("" where none is). `until` is the day after which documents are left
    out, "" for none; `left_out` are (reason, documents). `themes` have a chart; `uncharted` are the ids of
    themes in too few documents or periods to judge. `note` says all this in sentences.
    """

    kind: Kind
    period: Literal["month", "quarter"]
    documents: int
    plotted: int
    first: str = ""
    last: str = ""
    until: str = ""
    themes: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    uncharted: tuple[str, ...] = ()
    note: str = ""
