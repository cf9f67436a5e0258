"""The numbers of a report: counted from its lists or, in a released one, as they may be told.

Every page takes them from here, so that no page counts what another suppresses.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from thememiner.records import KINDS, POLARITIES
from thememiner.reports import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from thememiner.records import Count, Release, Report, Theme


def of_theme(theme: Theme, by: str, release: Release) -> dict[str, Count]:
    """Passages about a theme by "kind", "polarity" or "voice"; what is not there has none."""
    names: Iterable[str]
    if release.tallies:
        return {t.name: t.passages for t in release.tallies if (t.theme_id, t.by) == (theme.id, by)}
    if by == "voice":
        return {name: passages for name, passages, _ in theme.voices}
    at, names = {"kind": (0, KINDS), "polarity": (1, POLARITIES)}[by]
    return {name: sum(row[2] for row in theme.counts if row[at] == name) for name in names}


def documents_of_theme(theme: Theme, release: Release) -> dict[str, Count]:
    """Documents about a theme by kind, in a released report."""
    return {t.name: t.documents for t in release.tallies if (t.theme_id, t.by) == (theme.id, "kind")}


def by_organisation(report: Report) -> dict[str, dict[str, Count]]:
    """Organisation -> documents that came of it, by kind."""
    counts: dict[str, dict[str, Count]] = {}
    if report.release.tallies:
        for t in report.release.tallies:
            if t.by == "organisation" and not t.theme_id:
                counts.setdefault(t.name, {})[t.kind] = t.documents
        return counts
    for (name, kind), documents in Counter((d.organisation, d.kind) for d in report.documents).items():
        counts.setdefault(name, {})[kind] = documents
    return counts


def by_voice(report: Report) -> dict[str, Count]:
    """Voice -> documents that came in it."""
    if report.release.tallies:
        return {t.name: t.documents for t in report.release.tallies if t.by == "voice" and not t.theme_id}
    return dict(Counter(d.voice for d in report.documents))


def together(counts: Mapping[str, Count]) -> Count:
    """All of them; None where one is suppressed, since it would follow from the sum."""
    every = [count for count in counts.values() if count is not None]
    return sum(every) if len(every) == len(counts) else None


def note(release: Release) -> str:
    """What to know of the numbers of a released report; "" where none is suppressed."""
    if release.small_numbers == "none":
        return ""
    return wording.SUPPRESSED_NOTE + (wording.ROUNDED if release.small_numbers == "hes" else "")
