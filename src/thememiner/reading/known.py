"""Which columns of a table tell of people, by their headings, in any table and under any map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.reading.tidying import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# (sort, number of the column)
KnownColumn = tuple[str, int]

_LONGEST = 200  # characters of a value: longer ones are texts
_WHO = (
    "patient|client|service user|resident|person|victim|deceased|subject|reporter|reporting|staff|staff "
    "member"
    "|member|employee|handler|manager|investigator|reviewer|author|carer|relative|family|parent|mother|baby"
    "|child"
    "|next of kin|nok|gp|consultant|clinician|doctor|nurse|midwife|complainant|claimant|witness|contact"
    "|informant"
    "|owner|user|injured|affected|involved"
)
_RECORDS = (
    "nhs|chi|h c|health and care|hospital|hosp|patient|pt|client|service user|unit|district|case ?note|ni"
    "|staff"
    "|employee|payroll|assignment|gmc|nmc|hcpc|gphc|passport|driving licence"
)
_NUMBER = (
    rf"\b(?:{_RECORDS})s?(?: s)? (?:no|num|number|id|identifier|pin|ref|reference)\b"
    r"|\bmrn\b|\bnational insurance\b|\bvehicle reg"
)
_PHONE = r"\b(?:tele)?phone\b|\bmobile(?: no| number)?$|\bcontact n(?:o|umber)\b|^tel(?: no| number)?\b"
_PLACES = r"\b(?:ward|unit|team|site|hospital|trust|organisation|service|drug|device|medicine)\b"
_PERSON = (
    rf"\b(?:{_WHO})(?: s)?(?: (?:full|first|last|middle|family|given|known|preferred))? (?:fore|sur)?names?\b"
    r"|\b(?:fore|sur)names?\b|\b(?:first|last|middle|family|given|full|maiden|preferred) names?\b"
    r"|\b(?:reported|completed|entered|approved|logged|recorded|created|submitted|opened|closed|signed|seen"
    r"|assigned|allocated) (?:by|to)$"
    rf"|^(?:the |lead |named )?(?:{_WHO})(?: name)?s?$(?<!^person)(?<!^family)(?<!^subject)"
    rf"|\b(?:staff|persons?|people) involved$|^names? of (?!.*{_PLACES})"
)
# What a heading says, once its words stand apart, and the sort of what is below it; the first that fits.
_HEADINGS = tuple(
    (sort, re.compile(pattern))
    for sort, pattern in (
        ("date of birth", r"\b(?:d ?o ?b|date ?of ?birth|birth ?date|born)\b"),
        ("e-mail", r"\be ?mail\b"),
        ("phone", _PHONE),
        ("address", r"\b(?<!ip )(?<!web )address\b|\bpost ?code\b"),
        ("number", _NUMBER),
        ("person", _PERSON),
    )
)
# With these a heading is of something else: "Reporter role", "Patient age", "Staff group", "Handler's team".
_ELSE = re.compile(
    r"\b(?:role|roles|group|type|grade|job|title|department|directorate|team|ward|site|location"
    r"|organisation|org"
    r"|practice|status|count|age|gender|sex|ethnic\w*|category|code|total|how many|date(?! ?of ?birth)|time"
    r"|y n"
    r"|told|informed|harm\w*|outcome|relationship|band|specialty|description|details?|comments?|feedback"
    r"|experience)\b"
)


def known_columns(header: Sequence[str]) -> list[KnownColumn]:
    """The columns whose values are of people, in order, each with its sort (one of `records.KNOWN`)."""
    return [(sort, at) for at, heading in enumerate(header) if (sort := _sort(heading))]


def known_values(
    columns: Iterable[KnownColumn], rows: Iterable[Sequence[str]]
) -> tuple[tuple[str, str], ...]:
    """(sort, value) of what the rows say of people, each once; several names in a cell are several."""
    found: dict[tuple[str, str], None] = {}
    pairs = list(columns)
    for row in rows:
        for sort, at in pairs:
            for part in re.split(r"[;\n|]", row[at] if at < len(row) else ""):
                value = line(part)
                if value and len(value) <= _LONGEST:
                    found[sort, value] = None
    return tuple(found)


def _sort(heading: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading[:_LONGEST])
    plain = " ".join(re.sub(r"[\W_]+", " ", words).lower().split())
    for sort, pattern in _HEADINGS:
        if pattern.search(plain) and not (
            sort in {"person", "address"} and _ELSE.search(plain.replace("post code", "postcode"))
        ):
            return sort
    return ""
