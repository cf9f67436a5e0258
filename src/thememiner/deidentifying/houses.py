"""A house and its number where no street word tells them: beside a cue, before a postcode, or called by a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.addresses import POSTCODE, STREET
from thememiner.deidentifying.capitals import CAPITAL
from thememiner.deidentifying.identifiers import Hit, Identifier
from thememiner.deidentifying.lists import is_plain
from thememiner.deidentifying.towns import NAME, is_sure_town
from thememiner.deidentifying.vocabulary import CALENDAR, NOT_NAMES, PLACES, RELATIONS, ROLES, TITLES, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = rf"[{CAPITAL}][\w'’\-]*[a-z]"
# Of the words that end the names of organisations these end those of streets as well.
_ENDS = words(
    "street road lane avenue close drive way park city town village house court lodge hall farm villa villas"
)
# What stands behind a number and is no street: dates, things that are counted, people at work.
_COUNTED = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b"
    r"|(?:Noon|Midnight|Bed|Bay|Ward|Room|Side|Nurse|Staff|Doctor|Patient|Consultant|Registrar|Carer|Visit|Hour|Day|Week"
    r"|Month|Year|Minute|Level|Stage|Grade|Band|Category|Cat|Type|Step|Point|Item|Question|Unit|Mg|Ml|Dose|Tablet|Call"
    r"|Mr|Mrs|Ms|Miss|Dr|Prof|Sister|Matron|And|Or|At|In|On|To|Of|For|With|From|By|She|He|They|It|We|You|Her|His|Not|No"
    r"|Site|Team|Service|Place|Hospital|People|Men|Women|Children|Blood|Friend|Family|Area|Centre|Trust"
    r"|Practice|Stop|More|Other|Different|New|Great|Small|Large|Big|Then|When|After|Before|Who|Is|Was|Had|Has)s?\b)"
)
_NUMBER = r"\d(?<![\w.,/:£\-]\d)\d{0,3}[a-z]?(?:-\d{1,4})?"
# "14 Lower Rake": a number and up to four words with a capital.
HOUSE = rf"{_NUMBER} {_COUNTED}(?:The )?{_WORD}(?: (?:(?:on|upon|the|le|by|of) )?{_WORD}){{0,3}}"

HOUSE_BY_ITS_CUE = Identifier(
    "ADDRESS",
    re.compile(HOUSE),
    near="text",
    cue=re.compile(
        r"(?:(?<![a-z])(?:(?:liv(?:es?|ed|ing)|resid(?:es|ed|ing|ent)|stay(?:s|ed|ing)?|lodg(?:es|ing)|sleep(?:s|ing))"
        r"(?: [^\s.;\d]{1,12}){0,2}|home(?: address| is now)?|house|flat|bungalow|cottage|property|address|addr|visit(?:ed|s)?"
        r"|hv|moved|discharged(?: home)?|delivered|landlady|landlord|tenant|neighbour|letters?|post(?:ed)?|sent)"
        r"(?:,? (?:(?:which |it )?is|at|to|of|in|was|from|back from|back to|go to|on|w/|with)[:,]?|:) "
        r"|(?<![a-z])(?:(?:address|addr)(?: given)?|home|liv(?:es?|ing)|resid(?:es|ing)|stay(?:s|ing)) |(?<!\d)\d\d,? of |(?<![a-z])(?:live|lives|living|resident|residing) at )$",
        re.IGNORECASE,
    ),
)
# Up to its postcode, with a village or two between.
HOUSE_BEFORE_POSTCODE = Identifier(
    "ADDRESS",
    re.compile(rf"{HOUSE}(?:, ?{_WORD}(?:[ \-]{_WORD}){{0,2}}){{0,2}},? \(?(?i:{POSTCODE})"),
    near="text",
)


def house_in_town_is_valid(value: str) -> bool:
    """Whether what stands behind the comma is a town, and before it no ward or service."""
    house, _, town = value.rpartition(", ")
    return is_sure_town(town) and not any(word.lower() in PLACES - _ENDS for word in house.split()[1:])


# "15 West End, Exampleton", where the town tells it.
HOUSE_IN_TOWN = Identifier(
    "ADDRESS",
    re.compile(rf"{HOUSE}, {NAME}(?= ?[.,;)\n]|$)"),
    near="text",
    check=house_in_town_is_valid,
)
# "lives at Pear Tree Cottage, Mill Lane": a house by its name alone.
NAMED_HOUSE = Identifier(
    "ADDRESS",
    re.compile(
        rf"(?:{_WORD} ){{1,3}}(?:Cottages?|Farm|Farmhouse|Barn|Bungalow|Villa|Forge|Vicarage|Rectory|Grange|Croft|Mill)(?![\w])"
        rf"(?:, (?:{_WORD} ){{1,3}}(?i:{STREET})(?!\w))?"
    ),
    near=(
        "cottage",
        "farm",
        "barn",
        "bungalow",
        "villa",
        "forge",
        "vicarage",
        "rectory",
        "grange",
        "croft",
        "mill",
    ),
    cue=re.compile(
        r"(?<![a-z])(?:liv(?:es?|ed|ing)|resid(?:es|ed|ing)|stay(?:s|ed|ing)?|home(?: address)?|address|house)"
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
        rf"{_NUMBER},? (?:{_ANY} ){{1,3}}(?:{_BUILDING}),? (?:\d{{1,4}}[a-z]?,? )?(?:{_ANY} ){{1,3}}{STREET}(?!\w)",
        re.IGNORECASE,
    ),
    near="text",
    check=building_is_valid,
)

IDENTIFIERS = (HOUSE_BY_ITS_CUE, HOUSE_BEFORE_POSTCODE, HOUSE_IN_TOWN, NAMED_HOUSE, BUILDING)

# ---------------------------------------------------------------- what stands before a house and its number

# What a part of a house is called; with a number or a letter behind it or alone.
_PARTS = words(
    """flat unit block house annexe annex lodge cottage room apartment floor suite court farm barn villa bungalow
    caravan pitch plot studio maisonette basement wing building tower manor hall rectory vicarage grange"""
)
_BEFORE = re.compile(
    rf"(?<![\w,])(?P<name>[{CAPITAL}][\w'’]*(?:[ \-][{CAPITAL}][\w'’]*){{0,3}}(?: \d{{1,3}}[a-z]?)?), $"
)
# What is called so by its address is open to all, and stays.
_ORGANISATIONS = PLACES - _PARTS - words("street road lane avenue close drive way park city town village")
_NO_HOUSE = CALENDAR | RELATIONS | ROLES | TITLES
_REACH = 48


def find_house_names(text: str, hits: Iterable[Hit], people: Iterable[tuple[int, int, int]]) -> Iterator[Hit]:
    """Addresses that begin with a house's name or a part's: "Pear Tree Cottage, 14 Mill Lane", "Unit 6, 2 ..."."""
    ends = [(start, end) for start, end, _ in people]
    for kind, start, end in hits:
        if kind != "ADDRESS" or not text[start].isdigit():
            continue
        match = _BEFORE.search(text, max(0, start - _REACH), start)
        if match is None or any(a < start and match.start("name") < b for a, b in ends):
            continue
        if _is_house(match["name"]):
            yield kind, match.start("name"), end


def _is_house(name: str) -> bool:
    spoken = [word.lower() for word in re.split(r"[ \-]", name)]
    if any(word in _ORGANISATIONS for word in spoken):
        return False
    if any(word in _PARTS for word in spoken):
        return True
    if spoken[-1][0].isdigit() or any(word in _NO_HOUSE for word in spoken):
        return False
    if len(spoken) == 1:
        return spoken[0] not in NOT_NAMES and not is_plain(spoken[0]) and not name.isupper()
    return not all(word in NOT_NAMES for word in spoken) and not name.isupper()
