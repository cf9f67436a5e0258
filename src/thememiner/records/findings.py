"""What follows: excerpts, findings, the voices side by side, the grid, and how sections end."""

from __future__ import annotations

from dataclasses import dataclass

from thememiner.records.words import Absence, Count, FindingSort, Kind, Modality, Polarity, Review


@dataclass(frozen=True, slots=True)
class Evidence:
    """One verbatim excerpt for a theme: `quote` is `document.text[start:end]`, `sha256` is of the quote.

    `repairs` are those of `REPAIRS` by which a word of it differs from the source's. `exception` are the
    quote's words that say what a mixed one does not hold for, `states` the numbers of a commitment. `answers`
    is the question that feedback answers, where its heading is one. `describes` is what of it is hard to
    read, as told by its meaning (a mark is made of it and of the words).
    """

    id: str
    section_id: str
    theme_id: str
    document_id: str
    kind: Kind
    voice: str
    organisation: str
    polarity: Polarity
    start: int
    end: int
    quote: str
    sha256: str
    modality: Modality = "description"
    strength: float = 0.0
    location: str = ""
    repairs: tuple[str, ...] = ()
    exception: str = ""
    states: tuple[str, ...] = ()
    answers: str = ""
    describes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds of positions and verdicts, which a run's settings may change.

    `enough`: documents below which nothing is concluded, and passages below which an organisation's account
    leans no way, since all may be misread. `told`: passages from which one person's words are
    an account of a theme. `doubt`: the share of passages or documents that may lean the other way before both
    are said, since tone is misjudged now and then. `seen`: passages from which a policy commits, or
    audit or data show something: one may be misread.
    """

    enough: int = 3
    told: int = 3
    doubt: float = 0.4
    seen: int = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A theme placed in a section of the template, as a draft sentence, with the theme's position and basis.

    `position` and `basis` are None in a report made before they were judged; `basis` is of `ASSURANCES`, or
    of `GAPS` where the position is a gap. `passages` is the number of passages that it rests on, of which
    `evidence_ids` are quoted. `exception` says what a finding does not hold for, `needs` what further
    evidence is needed, `latest` is the date of the newest document that speaks of the theme.

    `review` is what a named person (`reviewer`) decided of it, for the `review_reason` given; `changed` says
    in words what of it is no longer as it was then. `drafted` are (what, as the program has it) of all that
    people changed, so that both layers stay.

    `sort` says whether it is of a theme, or between organisations: `between` are then the organisations that
    its statement names, of "from, to" the sending one first.
    """

    id: str
    section_id: str
    theme_id: str
    statement: str
    score: float
    reason: str
    position: str | None = None
    basis: tuple[str, ...] | None = None
    evidence_ids: tuple[str, ...] = ()
    passages: Count = 0
    exception: str = ""
    needs: str = ""
    latest: str = ""
    review: Review = "not yet reviewed"
    reviewer: str = ""
    review_reason: str = ""
    changed: tuple[str, ...] = ()
    drafted: tuple[tuple[str, str], ...] = ()
    sort: FindingSort = "theme"
    between: tuple[str, ...] = ()

    @property
    def interface(self) -> bool:
        """Whether it is of what passes between two organisations."""
        return self.sort in ("from, to", "between")

    @property
    def mark(self) -> str:
        """Whether a person has looked at it, in words: "Not yet reviewed", "Reviewed by A. Reader"."""
        if self.review == "not yet reviewed":
            return "Not yet reviewed"
        told = f"{'Set aside' if self.review == 'do not use' else 'Reviewed'} by {self.reviewer}"
        return f"{told}; changed since then: {', '.join(self.changed)}" if self.changed else told


@dataclass(frozen=True, slots=True)
class Triangulation:
    """What policy says, organisations describe, incidents show and people say of a theme, and the verdict.

    The tuples are ids of evidence, by kind of source; `why` says in words what the verdict rests on.
    """

    theme_id: str
    verdict: str
    why: str
    policy: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """One organisation in one section: its state, why, the themes it differs on, and ids of evidence.

    `answers` are of its own account, `commitments` of its policies. `places` are (place, theme, kind, lean)
    of places of which incidents or people tell otherwise than of its others: lean is "good" or "bad".
    """

    section_id: str
    organisation: str
    state: str
    why: str
    theme_ids: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Denominator:
    """How much there was of what incidents are held against: `number` of `unit`, and what it `counts`.

    `period` is as it was given, `start` and `end` its first and last day (ISO), all "" where none was.
    """

    organisation: str
    number: float
    unit: str
    counts: str = ""
    period: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many of an organisation's documents of one kind speak of a theme, and tell badly of it.

    `low` and `high` are the ends of 95 % Wilson intervals about the shares of `documents`, 0 to 1; each
    effect is Cohen's h against all other organisations together, above 0 where this one's share is the
    larger. All of these are None where there are too few, and `note` says so. `bad` is None where a released
    report does not tell it.
    """

    theme_id: str
    kind: Kind
    organisation: str
    documents: int
    speak: int
    bad: Count
    speak_low: float | None = None
    speak_high: float | None = None
    speak_effect: float | None = None
    bad_low: float | None = None
    bad_high: float | None = None
    bad_effect: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Incident reports of one theme ("": all) for each 1,000 of a denominator, with exact 95 % limits.

    `rate`, `low` and `high` are None where there are too few `events`, and `note` says so.
    """

    theme_id: str
    organisation: str
    events: int
    number: float
    unit: str
    counts: str = ""
    period: str = ""
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadInFull:
    """A document that a person has to read in full, whatever its themes, and why."""

    document_id: str
    source: str
    locator: str
    organisation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionResult:
    """What the run found for one section: finding ids, or an absence of one sort and the words that say it.

    `evidence_ids` are the excerpts in which a source states that there is none.
    """

    id: str
    title: str
    finding_ids: tuple[str, ...]
    statement: str = ""
    searched: Count = 0
    blanks: tuple[tuple[str, str], ...] = ()
    absence: Absence = ""
    evidence_ids: tuple[str, ...] = ()
