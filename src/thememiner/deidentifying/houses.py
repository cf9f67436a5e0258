"""A house and its number where no street word tells them: beside a cue, or by its name."""

from __future__ import annotations

import re

from thememiner.deidentifying.addresses import STREET
from thememiner.deidentifying.identifiers import Identifier
from thememiner.deidentifying.normalising import CAPITAL

# A word with a capital, or in capitals where it is none of the small words between others.
_WORD = (
    rf"(?!(?:AND|WAS|HAS|HAD|WHO|WITH|THE|FOR|FROM|BUT|NOT|SHE|HIS|HER|ARE|HCA|RGN|RMN|THEN|WHEN|WHERE)\b)"
    rf"(?:[{CAPITAL}][\w'’\-]*[a-z]|[{CAPITAL}]{{3,}})(?!\w)"
)
# What stands behind a number and is no street: dates, things that are counted, people at work.
_COUNTED = (
    r"(?!(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-zA-Z]*\b"
    r"|(?i:Noon|Midnight|Bed|Bay|Ward|Room|Side|Nurse|Staff|Doctor|Patient|Consultant|Registrar|Carer|Visit|Hour|Day|Week"
    r"|Month|Year|Minute|Level|Stage|Grade|Band|Category|Cat|Type|Step|Point|Item|Question|Unit|Mg|Ml|Dose|Tablet|Call"
    r"|Mr|Mrs|Ms|Miss|Dr|Prof|Sister|Matron|And|Or|At|In|On|To|Of|For|With|From|By|She|He|They|It|We|You|Her|His|Not|No"
    r"|Site|Team|Service|Place|Hospital|People|Men|Women|Children|Blood|Friend|Family|Area|Centre|Trust"
    r"|Practice|Stop|More|Other|Different|New|Great|Small|Large|Big|Then|When|After|Before|Who|Is|Was|Had|Has)s?\b)"
)
_NUMBER = r"\d(?<![\w.,/:£\-]\d)\d{0,3}[a-zA-Z]?(?:-\d{1,4})?"
# "14 Lower Rake": a number and up to four words with a capital.
HOUSE = rf"{_NUMBER} {_COUNTED}(?:The )?{_WORD}(?: (?:(?:on|upon|the|le|by|of) )?{_WORD}){{0,3}}"

HOUSE_BY_ITS_CUE = Identifier(
    "ADDRESS",
    re.compile(HOUSE),
    near="text",
    cue=re.compile(
        r"(?:(?<![a-z])(?:(?:liv(?:es?|ed|ing)|resid(?:es|ed|ing|ent)|stay(?:s|ed|ing)?|lodg(?:es|ing)|sleep(?:s|ing))"
        r"(?: [^\s.;\d]{1,12}){0,2}|home(?: address| is now)?|house|flat|bungalow|cottage|property|address"
        r"|addr|visit(?:ed|s)?"
        r"|hv|moved|discharged(?: home)?|delivered|landlord|tenant|neighbour|letters?|post(?:ed)?"
        r"|sent)"
        r"(?:,? (?:(?:which |it )?is|at|to|of|in|was|from|back from|back to|go to|on|w/|with)[:,]?|:) "
        r"|(?<![a-z])(?:(?:address|addr)(?: given)?|home|liv(?:es?|ing)|resid(?:es|ing)|stay(?:s|ing)) "
        r"|(?<!\d)\d\d,? of |(?<![a-z])(?:live|lives|living|resident|residing) at )$",
        re.IGNORECASE,
    ),
)
# "lives at Pear Tree Cottage, Mill Lane": a house by its name alone.
NAMED_HOUSE = Identifier(
    "ADDRESS",
    re.compile(
        rf"(?:{_WORD} ){{1,3}}(?i:cottages?|farm(?:house)?|barn|bungalow|villa|forge|vicarage|rectory"
        r"|grange|croft|mill)(?!\w)"
        rf"(?:, (?:{_WORD} ){{1,3}}(?i:{STREET})(?!\w))?"
    ),
    near=("cottage", "farm", "barn", "bungalow", "vicarage", "rectory", "grange", "croft"),
    cue=re.compile(
        r"(?<![a-z])(?:liv(?:es?|ed|ing)|resid(?:es|ed|ing)|stay(?:s|ed|ing)?|home(?: address)?|address"
        r"|house)"
        r"(?: (?:alone|still|now))?(?: (?:is|at|in)|:)? $",
        re.IGNORECASE,
    ),
    reach=(40, 50),
    digits=False,
)
_BUILDING = r"house|court|lodge|mansions|buildings?|towers?|heights|point|flats|cottages?|hall|villas?"
_ANY = r"[a-z][a-z'’\-]+"


def building_is_valid(value: str) -> bool:
    """Whether every word of a building and its street has a capital, but for its small words."""
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_][\w'’-]*", value) if len(word) > 1)


# "8 Tanner House, Quarry Road"
BUILDING = Identifier(
    "ADDRESS",
    re.compile(
        rf"{_NUMBER},? (?-i:(?=[{CAPITAL}]))(?:{_ANY} ){{1,3}}(?:{_BUILDING}),? (?:\d{{1,4}}[a-z]?,? )?"
        rf"(?:{_ANY} ){{1,3}}{STREET}(?!\w)",
        re.IGNORECASE,
    ),
    near="text",
    check=building_is_valid,
)

IDENTIFIERS = (HOUSE_BY_ITS_CUE, NAMED_HOUSE, BUILDING)
