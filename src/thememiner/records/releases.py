"""What of a report is released, to whom: the profile, its numbers, and what was kept back."""

from __future__ import annotations

from dataclasses import dataclass

from thememiner.records.words import Count, Profile, Regime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many passages and documents there are of something, as they may be told; None is suppressed,
    or not told.

    `theme_id` is "" for all that came. `by` is what `name` names: "kind", "polarity", "voice" or
    "organisation" ("" of an organisation that is not recorded), or "total". `kind` narrows it to one kind.
    """

    theme_id: str
    by: str
    name: str
    passages: Count
    documents: Count
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """For whom a report is, and what it no longer holds.

    A working report has no `tallies`: its numbers are counted from its lists. In one that has them the lists
    are cut, and every number comes from there. `withheld` are (what, why, how many in words), `held`
    (what, why) of themes and findings that wait for a person's name.
    """

    profile: Profile = "working"
    small_numbers: Regime = "none"
    tallies: tuple[Tally, ...] = ()
    withheld: tuple[tuple[str, str, str], ...] = ()
    held: tuple[tuple[str, str], ...] = ()
