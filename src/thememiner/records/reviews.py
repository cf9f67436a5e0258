"""What people decided of findings, kept apart from what the program made of the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from thememiner.records.words import Review


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one finding, and what it was when they looked at it.

    `statement`, `section_id`, `position` and `basis` are what they put in place of the draft, empty where it
    stands; "not yet reviewed" is a decision taken back, or a remark alone. `report` is the SHA-256 of the
    report.json they had before them; the fields that begin with `seen_` are what it said. `seen_quotes` are
    of "document sha256", the digest of each quote shortened.
    """

    finding_id: str
    review: Review = "not yet reviewed"
    statement: str = ""
    section_id: str = ""
    position: str = ""
    basis: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    report: str = ""
    seen_section: str = ""
    seen_theme: str = ""
    seen_statement: str = ""
    seen_position: str = ""
    seen_basis: tuple[str, ...] = ()
    seen_exception: str = ""
    seen_needs: str = ""
    seen_quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All that was decided of a review's findings, in the order in which it was: the last of each stands.

    `report` is the SHA-256 of the report.json of the last book that was read, `title` its title.
    """

    decisions: tuple[Decision, ...] = ()
    report: str = ""
    title: str = ""
