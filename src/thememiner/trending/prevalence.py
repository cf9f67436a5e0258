"""How many documents carry a theme, period by period: documents and memberships → counts.

What is counted is documents of one kind with something in them that could be coded. Those without a date that
can be read, after the day given, or dated far from all others are left out, and counted.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thememiner.records import Kind
from thememiner.trending import periods
from thememiner.trending.coded import Coded
from thememiner.trending.periods import Period

Span = tuple[dt.date, dt.date]  # the first and the last day that a date may mean

# Documents in a middle month below which months are too thin, and quarters are taken.
SPARSE = 10
# Documents dated further than this from all others, and fewer than this share of them, are taken for slips of
# the pen: a year typed wrongly would otherwise make a chart of decades.
_APART = 24  # months
_STRAY = 0.05

UNDATED = "no date that can be read"
UNCODED = "told again, or nothing in it that could be coded"
LATER = "dated after {}"
ASTRAY = "dated more than two years from all others"


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents of one coding by period: `of` has the period of each, `total` how many are in each.

    `first` and `last` are the first and the last period, `incomplete` those of them that the records do not
    cover.
    """

    coded: Coded
    of: Mapping[str, int]
    total: Mapping[int, int]
    first: int
    last: int
    incomplete: frozenset[int]


def dated(coded: Coded, kind: Kind, until: str = "") -> tuple[dict[str, Span], dict[str, str]]:
    """The days that each document of a kind is of, by its id; and why others are left out, by theirs."""
    spans: dict[str, Span] = {}
    out: dict[str, str] = {}
    limit = periods.days(until)
    for document in coded.documents:
        if document.kind != kind:
            continue
        span = periods.days(document.date)
        if not document.passages:
            out[document.id] = UNCODED
        elif span is None:
            out[document.id] = UNDATED
        elif limit and span[0] > limit[1]:
            out[document.id] = LATER.format(until)
        else:
            spans[document.id] = span
    for key in _astray({key: periods.number(span[0], "month") for key, span in spans.items()}):
        out[key] = ASTRAY
        del spans[key]
    return spans, out


def fitting(spans: Iterable[Span]) -> Period:
    """The month, or the quarter where a middle month has fewer than `SPARSE` documents."""
    total = Counter(periods.number(first, "month") for first, _ in spans)
    return "quarter" if total and statistics.median(total.values()) < SPARSE else "month"


def count(coded: Coded, spans: Mapping[str, Span], period: Period, organisation: str = "") -> Counted | None:
    """The dated documents by period, of one organisation or of all; None where there is none.

    The periods run from the first document to the last, whosever they are: where one organisation sent
    nothing is a gap in its chart.
    """
    named = {d.id for d in coded.documents if organisation in ("", d.organisation)}
    of = {key: periods.number(span[0], period) for key, span in spans.items()}
    chosen = {key: n for key, n in of.items() if key in named}
    if not chosen:
        return None
    begin, end = min(first for first, _ in spans.values()), max(last for _, last in spans.values())
    first, last = min(of.values()), max(of.values())
    short = {n for n in (first, last) if periods.incomplete(n, period, begin, end)}
    return Counted(coded, chosen, Counter(chosen.values()), first, last, frozenset(short))


def carrying(counted: Counted, polarity: str = "") -> dict[str, Counter[int]]:
    """For each theme how many documents of each period have a passage assigned to it, of that polarity."""
    documents: dict[str, set[str]] = defaultdict(set)
    for membership in counted.coded.memberships:
        if membership.outcome == "assigned" and polarity in ("", membership.polarity):
            documents[membership.theme_id].add(document_of(membership.passage_id))
    return {
        theme: Counter(counted.of[key] for key in keys if key in counted.of)
        for theme, keys in documents.items()
    }


def document_of(passage_id: str) -> str:
    """The id of a passage's document: a passage's is its document's, then ":start-end"."""
    return passage_id.rpartition(":")[0]


def _astray(months: Mapping[str, int]) -> list[str]:
    """Those that are few and far from all others."""
    days: dict[int, list[str]] = defaultdict(list)
    for key, month in months.items():
        days[month].append(key)
    parts: list[list[str]] = []
    before: int | None = None
    for month in sorted(days):
        if before is None or month - before > _APART:
            parts.append([])
        parts[-1] += days[month]
        before = month
    return [key for part in parts for key in part if len(part) < _STRAY * len(months)]
