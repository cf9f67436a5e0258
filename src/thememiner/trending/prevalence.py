"""How many documents carry a theme, period by period: documents and memberships → counts.

What is counted is documents of one kind with something in them that could be coded. Those without a date that
can be read, after the day given, or dated far from all others are left out, and counted.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from thememiner.errors import InputError
from thememiner.records import Change, DocumentEntry, Kind, Membership, Report
from thememiner.trending import periods
from thememiner.trending.periods import Period

Span = tuple[dt.date, dt.date]  # the first and the last day that a date may mean

# Documents in a middle month below which months are too thin, and quarters are taken.
SPARSE = 10
# Documents dated further than this from all others, and fewer than this share of them, are taken for slips of
# the pen: a year typed wrongly would otherwise make a chart of decades.
_APART = 24  # months
_STRAY = 0.05

UNDATED = "no date that can be read"
UNCODED = "nothing in it that was coded"
LATER = "dated after {}"
ASTRAY = "dated more than two years from all others"


@dataclass(frozen=True, slots=True)
class Coded:
    """What one run coded, and by what: `coding` are (part, version or digest), "" for one that is not told.

    Points of two runs are joined only where their `coding` is the same throughout.
    """

    coding: tuple[tuple[str, str], ...]
    documents: tuple[DocumentEntry, ...]
    memberships: tuple[Membership, ...]
    themes: tuple[tuple[str, str], ...] = ()  # (theme id, name)

    @property
    def codebook(self) -> tuple[tuple[str, str], ...]:
        """The parts of the coding that say which codebook it was."""
        return tuple(part for part in self.coding if part[0].startswith("codebook"))


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


def of_report(report: Report) -> Coded:
    """What a finished report says of its run."""
    made = report.provenance

    def told(part: str, *keys: str) -> str:
        table = made.get(part)
        return " ".join(str(table.get(key, "")) for key in keys).strip() if isinstance(table, dict) else ""

    return Coded(
        coding=(
            ("codebook", told("codebook", "id", "version")),
            ("codebook's text", told("codebook", "sha256") or "not told"),
            ("encoder", told("encoder", "sha256")),
            ("coder", told("coder", "sha256") or "of the codebook"),
            ("threshold", told("settings", "assigned")),
            ("thememiner", str(made.get("thememiner", ""))),
        ),
        documents=report.documents,
        memberships=report.memberships,
        themes=tuple((theme.id, theme.name) for theme in report.themes),
    )


def changes_of(report: Report) -> tuple[Change, ...]:
    """The changes in reporting that a finished report was told of; `InputError` where they cannot be read."""
    try:
        return tuple(Change(**row) for row in report.provenance.get("changes", ()))
    except TypeError:
        raise InputError("the report's changes in reporting (provenance) cannot be read.") from None


def pooled(runs: Iterable[Coded]) -> list[Coded]:
    """The runs of one coding as one, each document once; a run that does not tell its coding stays alone."""
    alike: dict[tuple[object, ...], list[Coded]] = defaultdict(list)
    for i, run in enumerate(runs):
        told = all(version for _, version in run.coding) and run.coding
        alike[(run.coding,) if told else (run.coding, i)].append(run)
    return [_pool(group) if len(group) > 1 else group[0] for group in alike.values()]


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


def looked_for(coded: Coded) -> frozenset[str]:
    """The themes that a run is known to have looked for: those it found, and those that came near."""
    return frozenset({theme for theme, _ in coded.themes} | {m.theme_id for m in coded.memberships})


def _pool(runs: Sequence[Coded]) -> Coded:
    """Runs of one coding as one: what they share counts once, what one of them sets aside is set aside."""
    entries = sorted((d for run in runs for d in run.documents), key=lambda d: tuple(map(str, astuple(d))))
    documents: dict[str, DocumentEntry] = {}
    for entry in entries:
        kept = documents.setdefault(entry.id, entry)
        if not entry.passages:
            documents[entry.id] = replace(kept, passages=0)
    members = {(m.passage_id, m.theme_id): m for run in runs for m in run.memberships}
    return Coded(
        coding=runs[0].coding,
        documents=tuple(documents[key] for key in sorted(documents)),
        memberships=tuple(members[key] for key in sorted(members)),
        themes=tuple(sorted({theme: name for run in runs for theme, name in run.themes}.items())),
    )


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
