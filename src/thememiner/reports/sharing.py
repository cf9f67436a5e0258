"""What may still identify a person, for somebody to read before anything is shared."""

from __future__ import annotations

from thememiner.records import Report, Residual
from thememiner.reports import receiving, tabling, wording
from thememiner.reports.contents import Table


def note(report: Report) -> str:
    """What stands above the tables; "" in a public version, which is shared already."""
    if report.release.profile == "public":
        return ""
    off = receiving.switched_off(report.provenance, "redact")
    return wording.NOT_MASKED if off else wording.RESIDUAL_NOTE


_LETTERS = frozenset(("NHS", "NI", "GMC", "NMC", "HCPC", "IP", "URL", "UK"))


def _kind(kind: str) -> str:
    """The kind of a mask as a reader writes it: "NHS number"."""
    return wording.capital(" ".join(w if w in _LETTERS else w.lower() for w in kind.split()))


def residual(found: Residual) -> tuple[Table, ...]:
    """What was masked, by kind, and the documents to read first with the reasons."""
    more = found.risky - len(found.risks)
    return (
        Table(
            "What was masked, by kind",
            ("Kind", "Masks"),
            tuple((_kind(kind), count) for kind, count in found.masks),
            note=wording.mistyped(found.mistyped),
        ),
        Table(
            "Documents to read first",
            ("Document", "Source", "What may tell who it is about"),
            tuple(
                (
                    risk.document_id[: tabling.DIGEST],
                    ", ".join(part for part in (risk.source, risk.locator) if part),
                    f"{wording.capital('; '.join(risk.reasons))}.",
                )
                for risk in found.risks
            ),
            note=f"{wording.capital(wording.counted(more, 'more document'))} with a reason to look."
            if more > 0
            else "",
        ),
    )
