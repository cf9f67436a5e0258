"""What comes with a review in tables: recommendations of outside bodies, organisations' self-ratings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation of an outside body, de-identified.

    `source` says whose it is (inquiry, CQC, coroner), `organisation` to whom it is made, `codes` are ids of
    the codes that it names; `date` is ISO where it could be read.
    """

    id: str
    source: str
    text: str
    codes: tuple[str, ...] = ()
    date: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationResult:
    """One recommendation, crossed with findings and draft actions as a demand of the letter is.

    `reason` says in words how it came to its themes, `statement` what there is on it ("no evidence yet" where
    no finding is of them). `positions` are those of `finding_ids`, in their order, "" where none is judged.
    """

    id: str
    source: str
    text: str
    reason: str
    statement: str
    theme_ids: tuple[str, ...] = ()
    finding_ids: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    action_ids: tuple[str, ...] = ()
    date: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """How an organisation rates itself on one item, de-identified: `rating` in its own words or numbers.

    `stated` is the evidence that it gives for it. `codes` and `section_id` say what the item is, where the
    table does; `where` is the row, for what has to be told of it.
    """

    organisation: str
    item: str
    rating: str
    stated: str = ""
    codes: tuple[str, ...] = ()
    section_id: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class RatingResult:
    """A rating beside its evidence: `verdict` is one of `BORNE_OUT`, `why` says in words what it rests on.

    The verdict says whether evidence besides the organisation's own word shows the item done there. It says
    nothing of the level: what a rating means, and which is the higher, is not known here. `reason` says how
    the item came to its themes; `evidence_ids` are excerpts of that organisation.
    """

    organisation: str
    item: str
    rating: str
    stated: str
    verdict: str
    why: str
    reason: str
    theme_ids: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
