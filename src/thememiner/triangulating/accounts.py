"""Single accounts that a person has to read in full, whatever their theme: death, serious harm, a warning."""

from __future__ import annotations

from collections.abc import Iterable

from thememiner.records import Document, ReadInFull
from thememiner.triangulating.sides import says

_CLOSE = ("family or carer", "person using services", "unknown")


def read_in_full(documents: Iterable[Document]) -> tuple[ReadInFull, ...]:
    """The accounts to read in full, by document id, each with its reasons.

    Incident reports and feedback that tell of a death or of serious harm, and what people and families say of
    a warning that was not acted on. Found by words (`corpora/cues/findings.toml`), so some are missed.
    """
    return tuple(
        ReadInFull(d.id, d.source, d.locator, d.organisation, reasons)
        for d in sorted(documents, key=lambda d: d.id)
        if (reasons := _reasons(d))
    )


def _reasons(d: Document) -> tuple[str, ...]:
    if d.kind not in ("incident", "feedback"):
        return ()
    reasons = []
    if says("death", d.text):
        reasons.append("a death")
    if says("harm", d.text):
        reasons.append("serious harm")
    if d.kind == "feedback" and d.voice in _CLOSE and any(map(_unheeded, d.text.split("\n\n"))):
        reasons.append("a warning that was not acted on")
    return tuple(reasons)


def _unheeded(paragraph: str) -> bool:
    return says("warned", paragraph) and says("unheeded", paragraph)
