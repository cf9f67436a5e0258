"""Registrations of staff: GMC, NMC, HCPC, GPhC and the like."""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import DIGIT, TO_VALUE, Identifier
from thememiner.deidentifying.numbers import OF_A_THING

_KIND = "PROFESSIONAL ID"
_REGISTER = (
    r"(?:[ '’]*(?:s|registration|reg\.?|registered|pin|numbers?|no\.?|num\.?|ref(?:erence)?\.?|id|code))*"
    rf"{TO_VALUE}"
)
_GAP = r"[ \-]?"

GMC_NUMBER = Identifier(
    _KIND,
    re.compile(rf"[\dO](?<![\w.].){DIGIT}{{2}}{_GAP}{DIGIT}{{4}}(?!\w)"),
    near=("gmc", "g.m.c", "gphc", "gdc", "goc"),
    cue=re.compile(rf"(?<![a-z])(?:g\.?m\.?c|g\.?ph\.?c|gdc|goc){_REGISTER}", re.IGNORECASE),
    reach=(0, 60),
)


def pin_has_a_country(value: str) -> bool:
    """Whether a PIN ends as they do: England, Scotland, Wales, Northern Ireland, or from overseas."""
    return value[-1] in "ESWNO"


# A nurse's or midwife's PIN: year, month as a letter, four digits, country.
NMC_PIN = Identifier(
    _KIND,
    re.compile(r"[\dO](?<!\w.)[\dO][a-l][\dO]{4}[a-z](?!\w)", re.IGNORECASE),
    near="long",
    check=lambda value: pin_has_a_country(value.upper()),
    unless=OF_A_THING,
    reach=(4, 4),
)
NAMED_NMC_PIN = Identifier(
    _KIND,
    re.compile(rf"[\dO](?<!\w.)[\dO]{_GAP}[a-l]{_GAP}[\dO]{{4}}{_GAP}[a-z](?!\w)", re.IGNORECASE),
    near=("nmc", "n.m.c", "pin"),
    cue=re.compile(rf"(?<![a-z])(?:n\.?m\.?c\.?|pin){_REGISTER}", re.IGNORECASE),
    reach=(0, 60),
)

HCPC_NUMBER = Identifier(
    _KIND,
    re.compile(
        rf"(?<![a-z0-9])(?!(?:on|in|at|to|by|of|is|no|was|and|the|for|tel|ext|bed)\b)[a-z]{{2,3}}{_GAP}[\dO]{{4,6}}(?!\w)",
        re.IGNORECASE,
    ),
    near=("hcpc", "hpc", "swe", "social work england"),
    cue=re.compile(rf"(?<![a-z])(?:hcpc|hpc|swe|social work england){_REGISTER}", re.IGNORECASE),
    reach=(0, 60),
)

IDENTIFIERS = (GMC_NUMBER, NMC_PIN, NAMED_NMC_PIN, HCPC_NUMBER)
