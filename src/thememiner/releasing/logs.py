"""What was withheld, why and how many: a log for those who release, and its safe part for readers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from thememiner.records import Regime
from thememiner.releasing.suppressing import told
from thememiner.reports import wording
from thememiner.reports.tables.writing import would_run

_HEADS = ("what", "in_the_working_report", "in_this_release", "why")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: its id in the working report, its code in the release ("" where it is withheld), and why."""

    what: str
    own: str
    code: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """Every line. It names documents, so it stays where the working report is."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def csv(self) -> bytes:
        """For those who release: ids and codes, never a word of any text."""
        rows = ((line.what, line.own, line.code, line.why) for line in self.lines)
        return _csv(_HEADS, rows)


def counted(lines: Iterable[Line], regime: Regime) -> tuple[tuple[str, str, str], ...]:
    """(what, why, how many in words) of what is withheld, its small numbers suppressed as all others are."""
    counts = Counter((line.what, line.why) for line in lines if line.why)
    return tuple((what, why, wording.number(told(n, regime))) for (what, why), n in sorted(counts.items()))


def public_csv(withheld: Iterable[tuple[str, str, str]]) -> bytes:
    """The same for readers: what, why, how many."""
    return _csv(("what", "why", "how_many"), withheld)


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(list(heads))
    writer.writerows([f"'{cell}" if would_run(cell) else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
