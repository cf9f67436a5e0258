"""Who speaks in notes of a meeting: labels such as "Mother:" and headings such as "Carers' views" → voices.

A label is one of 1 to 4 words before a colon or a dash, and only roles count: a person's name says
nothing of whose voice it is, and stays where it is for de-identification to mask.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.reading.parsed import Block

_PERSON, _FAMILY, _STAFF = "person using services", "family or carer", "staff"
_LEAD, _COMMISSIONER, _PARTNER = "provider lead", "commissioner", "partner"
_INDEPENDENT, _UNKNOWN = "independent body", "unknown"

# Voice -> whole labels that are of it.
_LABELS = {
    _PERSON: (
        "person|people|patient|patients|service user|service users|client|resident|person using services|"
        "people using services|people who use services|person with lived experience|"
        "people with lived experience|lived experience|lived experience member|expert by experience|"
        "experts by experience|peer with lived experience|survivor|young person|member with lived experience"
    ),
    _FAMILY: (
        "mother|mum|father|dad|parent|parents|wife|husband|spouse|partner of patient|son|daughter|sister|"
        "brother|sibling|aunt|uncle|niece|nephew|cousin|grandmother|grandfather|grandparent|family|"
        "families|relative|relatives|next of kin|carer|carers|family carer|family carers|family member|"
        "family members|carer representative|family representative|young carer|unpaid carer|friend"
    ),
    _STAFF: "team|ward|crisis team|community team|home treatment team|assertive outreach team",
    _LEAD: (
        "trust|provider|provider lead|trust lead|chief executive|chief nurse|chief operating officer|"
        "medical director|clinical director|director|executive|deputy director|associate director|"
        "head of service|trust board|managing director"
    ),
    _COMMISSIONER: "commissioner|commissioners|icb|integrated care board|icb lead|place lead|nhs england",
    _PARTNER: (
        "police|police officer|local authority|council|social care|social worker|housing|housing officer|"
        "probation|probation officer|ambulance service|paramedic|gp|general practice|primary care|"
        "voluntary sector|charity|vcse|community organisation|public health|school|drug and alcohol service"
    ),
    _INDEPENDENT: (
        "coroner|cqc|care quality commission|healthwatch|ombudsman|independent chair|advocate|"
        "independent advocate|inspector|regulator|independent investigator|hssib|independent reviewer"
    ),
    _UNKNOWN: "chair|facilitator|note taker|all|group|other|unknown|speaker|participant|attendee",
}
# A word anywhere in a label that settles the voice, and a last word that does so when nothing else has.
_QUALIFIERS = {
    "icb": _COMMISSIONER,
    "commissioning": _COMMISSIONER,
    "police": _PARTNER,
    "council": _PARTNER,
    "authority": _PARTNER,
    "housing": _PARTNER,
    "probation": _PARTNER,
    "independent": _INDEPENDENT,
    "executive": _LEAD,
    "experience": _PERSON,
    "carer": _FAMILY,
    "carers": _FAMILY,
    "family": _FAMILY,
}
_LAST_WORDS = {
    _STAFF: (
        "manager|nurse|doctor|psychiatrist|psychologist|consultant|registrar|therapist|practitioner|"
        "coordinator|co-ordinator|clinician|pharmacist|worker|staff|matron|midwife|assistant|lead|leader|"
        "officer|administrator|cpn|secretary|sister in charge|navigator|specialist|keyworker"
    ),
    _FAMILY: "mother|father|parent|wife|husband|carer|carers|relative|family",
    _PERSON: "patient|user|users",
    _LEAD: "director",
    _COMMISSIONER: "commissioner",
    _PARTNER: "paramedic",
    _INDEPENDENT: "coroner|ombudsman|advocate",
    _UNKNOWN: "chair|facilitator|adviser|advisor|representative|rep",
}
_ROLES = {label: voice for voice, labels in _LABELS.items() for label in labels.split("|")}
_ENDS = {word: voice for voice, words in _LAST_WORDS.items() for word in words.split("|")}

_LABEL = re.compile(r"[\"'“‘]?([^\W\d_][^:\n]{0,39}?)(?::\s+(?=\S)|\s[-–—]\s+(?=[A-Z\"'“‘]))")
_MOST_WORDS = 4
_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[A-Z])\)?$")
_TOLD = re.compile(
    r"\b(views?|voices?|experiences?|feedback|comments?|perspectives?|stor(?:y|ies)|said|say|told|heard|"
    r"thoughts|accounts?|concerns)\b",
    re.IGNORECASE,
)


def voice_of(label: str) -> str:
    """The voice that a role has ("Team manager", "Carer 2"), or "" when the words are no role we know."""
    words = _NUMBER.sub("", label.strip()).casefold().replace("’", "'").replace("'s", "").replace("'", "")
    words = " ".join(words.split())
    if words in _ROLES:
        return _ROLES[words]
    parts = words.split()
    for part in parts:
        if part in _QUALIFIERS and parts[-1] in _ENDS:
            return _QUALIFIERS[part]
    if parts[:2] in (["head", "of"], ["director", "of"]):
        return _LEAD
    return _ENDS.get(parts[-1], "") if parts else ""


def speakers(blocks: Sequence[Block], *, headed: bool = True) -> tuple[list[Block], list[str]]:
    """The blocks with their speaker labels as lead, and the voice of each ("" where nothing says it).

    `headed` lets a heading say whose words follow. In an organisation's own account it must not: what
    stands there under "What families told us" is the organisation's telling.
    """
    found: list[Block] = []
    voices: list[str] = []
    under, level = "", 0  # the voice that a heading set, and how deep that heading is
    for block in blocks:
        voice = ""
        if block.sort == "heading":
            named = _heading_voice(block.text)
            if headed and (named or block.level <= level):
                under, level = named, block.level
        elif block.sort in ("paragraph", "item"):
            voice, length = _label(block.text[block.lead :])
            found.append(replace(block, lead=block.lead + length) if voice else block)
            voices.append(voice or under)
            continue
        found.append(block)
        voices.append(under if block.sort == "cell" else "")
    return found, voices


def _label(text: str) -> tuple[str, int]:
    """The voice that a text begins by naming, and how many characters that takes; ("", 0) for none."""
    match = _LABEL.match(text)
    if match and len(match[1].split()) <= _MOST_WORDS:
        voice = voice_of(match[1])
        if voice:
            return voice, match.end()
    return "", 0


def _heading_voice(heading: str) -> str:
    """The voice that speaks under a heading such as "What families told us"; "" when it names none or two."""
    if not _TOLD.search(heading):
        return voice_of(heading.rstrip(":"))
    words = " " + re.sub(r"[^\w\s]", " ", heading.casefold().replace("’s", "s").replace("'s", "s")) + " "
    words = " ".join(words.split())
    found = [
        (len(label), voice)
        for label, voice in [*_ROLES.items(), *_ENDS.items()]
        if voice != _UNKNOWN and re.search(rf"\b{re.escape(label)}s?\b", words)
    ]
    voices = {voice for _, voice in found}
    return max(found)[1] if voices and (len(voices) == 1 or voices == {_PERSON, _STAFF}) else ""
