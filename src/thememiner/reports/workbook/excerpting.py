"""A few short excerpts in one cell of a table, each with its source, and where the others stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thememiner.records import Evidence, Report
from thememiner.reports import arranging, collating, wording

SHOWN = 2  # excerpts in a cell; the sheet of evidence has them all
_LISTED = 12  # numbers of others that a cell names
_AGAINST = {"positive": ("negative", "mixed"), "negative": ("positive", "mixed")}


class Excerpts:
    """The excerpts of a report by the number that each has in it; `names` are those of themes."""

    def __init__(self, report: Report, names: Mapping[str, str]) -> None:
        self.evidence = {e.id: e for e in report.evidence}
        self.quotes = arranging.quoted(report, names)
        self.numbers = {e.id: number for number, e in enumerate(report.evidence, start=1)}

    def of(self, ids: Iterable[str]) -> list[Evidence]:
        """The excerpts of some ids, each stretch of a document once."""
        seen: dict[tuple[str, int, int], Evidence] = {}
        for e in (self.evidence[i] for i in ids if i in self.evidence):
            seen.setdefault((e.document_id, e.start, e.end), e)
        return list(seen.values())

    def few(self, ids: Iterable[str], *, on: bool = False) -> str:
        """The first short one, one that speaks against it where there is one, and the numbers of the rest.

        `on` names the theme of each. None is ever cut: where all are long, only their numbers stand there. ""
        where there is none.
        """
        every = self.of(ids)
        chosen = _chosen([e for e in every if collating.fits(e)])
        told = [f"“{e.quote}”\n[{self._source(e, on=on)}]" for e in chosen]
        rest = [self.numbers[e.id] for e in every if e not in chosen]
        if rest:
            more = f" and {wording.number(len(rest) - _LISTED)} more" if len(rest) > _LISTED else ""
            listed = ", ".join(map(str, rest[:_LISTED])) + more
            told.append(f"({'Also' if told else 'Longer or marked'}: {listed} in the sheet Evidence)")
        return "\n\n".join(told)

    def _source(self, e: Evidence, *, on: bool) -> str:
        """Number, speaker, what it says and place; on a line of its own, which no mark in a quote turns."""
        quote = self.quotes[e.id]
        who = f"{quote.speaker}, {quote.organisation}" + (f", on {quote.theme}" if on and quote.theme else "")
        return f"{self.numbers[e.id]}: {who}. {quote.says}. {quote.place}"


def _chosen(short: list[Evidence]) -> list[Evidence]:
    if len(short) <= 1:
        return short
    first, *others = short
    against = _AGAINST.get(first.polarity, ())
    others.sort(key=lambda e: e.polarity not in against)
    return [first, *others[: SHOWN - 1]]
