"""How often a theme came up over time: what runs coded → a chart a theme, and which themes emerge or fade.

    found = trends([of_report(report)], "incident")
    found[0].chart, found[0].points, found[0].movement, found[0].says, found[0].note

`timelines` does so for each kind, and says what cannot be charted; `over_time` puts both into a run's report.

A fitted stage: it looks at all documents of a kind at once, in canonical order, so that the order of runs,
documents and memberships cannot matter. `xmr` and `runs` hold the rules of the two charts, `moving` the test.
"""

from __future__ import annotations

from thememiner.trending.coded import Coded, changes_of, of_report
from thememiner.trending.telling import KINDS, NEUTRAL, charted, trends
from thememiner.trending.timelines import day_of, over_time, timelines

__all__ = [
    "KINDS",
    "NEUTRAL",
    "Coded",
    "changes_of",
    "charted",
    "day_of",
    "of_report",
    "over_time",
    "timelines",
    "trends",
]
