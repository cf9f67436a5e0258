"""Which excerpts a released report may quote, and why each other is withheld."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from thememiner.records import DocumentEntry, Evidence, Profile
from thememiner.releasing.approvals import Approvals
from thememiner.releasing.repeating import Runs, repeats

PEOPLE = ("person using services", "family or carer")
INCIDENT = "incident reports are never quoted in public"
UNNAMED = "it stands under a group that no person has named"
HELD = "its theme is held"
NO_LEAVE = "its source does not say that it may be quoted"
PARAPHRASE = "its source may be paraphrased, by a person, and not quoted"
NOT_APPROVED = "no named person has approved it"
REFUSED = "its source may not be quoted"
REPEATS = "it has five words in a row of an incident report, or of what may not be quoted"

Stretch = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """What decides of an excerpt: whose report it becomes, its documents, and what people let through."""

    profile: Profile
    documents: Mapping[str, DocumentEntry]
    themes: Collection[str]  # that are shown
    held: Collection[str]
    approved: Collection[Stretch]
    withheld: Runs

    def against(self, e: Evidence) -> str:
        """Why it may not be quoted; "" where it may."""
        document = self.documents.get(e.document_id)
        leave = document.may_quote if document else "no"
        if self.profile == "internal":
            return REFUSED if of_people(e) and leave == "no" else ""
        if e.kind == "incident":
            return INCIDENT
        if e.theme_id in self.held:
            return HELD
        if e.theme_id not in self.themes:
            return UNNAMED
        if of_people(e):
            return self._of_people(e, leave)
        if leave in ("no", "paraphrase"):
            return PARAPHRASE if leave == "paraphrase" else REFUSED
        return REPEATS if repeats(e.quote, self.withheld) else ""

    def _of_people(self, e: Evidence, leave: str) -> str:
        if leave in ("", "no"):
            return NO_LEAVE
        if leave == "paraphrase":
            return PARAPHRASE
        return "" if (e.document_id, e.start, e.end) in self.approved else NOT_APPROVED


def of_people(e: Evidence) -> bool:
    """Whether its words are a person's or a carer's, wherever they stand."""
    return e.kind == "feedback" or e.voice in PEOPLE


def approved(approvals: Approvals, evidence: Collection[Evidence]) -> frozenset[Stretch]:
    """The stretches that a named person lets be quoted: one that stands in two sections is approved once."""
    return frozenset(
        (e.document_id, e.start, e.end) for e in evidence if any(a.covers(e.id) for a in approvals.quotes)
    )


def secret(e: Evidence) -> bool:
    """Whether its words may not be found again elsewhere once it is withheld: an incident's, a person's."""
    return e.kind == "incident" or of_people(e)
