"""The words that fields may hold, and the shapes of spans."""

from __future__ import annotations

from typing import Literal

Kind = Literal["incident", "policy", "account", "feedback"]
Polarity = Literal["positive", "negative", "mixed", "neutral"]
Outcome = Literal["assigned", "weak", "no"]
Modality = Literal["commitment", "description"]
Status = Literal["read", "partly_read", "refused"]
Position = Literal["assured", "gap", "mixed", "not known"]
Horizon = Literal["short", "longer"]
# What a named person decided of a finding.
Review = Literal["not yet reviewed", "use", "do not use"]
# How a section ends in which no theme stands; "" is for one that has findings.
Absence = Literal["", "stated absent by a source", "searched for and not found", "not asked"]
# How far a report has come: each rung stands on those before it.
Rung = Literal["draft", "analyst reviewed", "seen by the lived-experience group", "approved", "released"]
RUNGS: tuple[Rung, ...] = (
    "draft",
    "analyst reviewed",
    "seen by the lived-experience group",
    "approved",
    "released",
)
# Whom a report is for, and by which rule its small numbers are suppressed.
Profile = Literal["working", "internal", "public"]
Regime = Literal["none", "fft", "hes"]
# A number of passages or documents as it may be told; None is suppressed.
Count = int | None
PROFILES: tuple[Profile, ...] = ("working", "internal", "public")
REGIMES: tuple[Regime, ...] = ("none", "fft", "hes")
PRECISIONS = ("auto", "bfloat16", "float32")
# How much of an event's date stays in the text.
DATES = ("keep", "month")
KINDS: tuple[Kind, ...] = ("incident", "policy", "account", "feedback")
POLARITIES: tuple[Polarity, ...] = ("positive", "negative", "mixed", "neutral")
POSITIONS: tuple[Position, ...] = ("assured", "gap", "mixed", "not known")
REVIEWS: tuple[Review, ...] = ("not yet reviewed", "use", "do not use")
# On what an assurance rests, and of what sort a gap is.
ASSURANCES: tuple[str, ...] = (
    "described by the provider",
    "written in policy",
    "shown by audit or data",
    "confirmed by people and families",
)
GAPS: tuple[str, ...] = ("provision", "practice", "assurance")
# Whether evidence besides an organisation's own word bears out that what it rated is done.
BORNE_OUT: tuple[str, ...] = ("supported", "not supported", "not evidenced")
# What a finding is of: a theme, how organisations vary on it, or what passes between two of them, where the
# words say which way and where they do not.
FindingSort = Literal["theme", "variation", "from, to", "between"]
# Of an action: for now with minimal resource implications, or later with potential ones.
HORIZONS: tuple[Horizon, ...] = ("short", "longer")
# How strongly an action holds, by the hierarchy of action: stronger does not depend on anybody's memory.
STRENGTHS: tuple[str, ...] = ("stronger", "intermediate", "weaker")
# How a word of the text may differ from the source's: whole where a line end divides it, in letters where
# they are one sign, or with a character written otherwise or an unseen one left out.
REPAIRS: tuple[str, ...] = ("hyphen", "ligature", "character")
# What a record's own columns or headers can say of people (`RawDocument.known`).
KNOWN: tuple[str, ...] = ("person", "date of birth", "number", "e-mail", "phone", "address")
# What the people whose words a source holds have agreed to; "" is not said, and no more than "no".
MAY_QUOTE: tuple[str, ...] = ("no", "paraphrase", "with role", "yes")
VOICES: tuple[str, ...] = (
    "person using services",
    "family or carer",
    "staff",
    "provider lead",
    "commissioner",
    "partner",
    "independent body",
    "unknown",
)
# (label, start, end): a stretch of a text and what it is.
Span = tuple[str, int, int]
# (start, end, was): a stretch of a text, and what the parser gave where it stands.
Edit = tuple[int, int, str]
