"""Where people live, stay, come from or are found, as terse notes say it; no wards, no services."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.towns import NAME, end_of_name, is_sure_town
from thememiner.deidentifying.vocabulary import PLACES, RELATIONS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIN = "|".join(sorted(RELATIONS, key=len, reverse=True))
_IN = "(?:in|near|nr|at|outside|around)"
# What comes before a town, up to its first letter.
_CUES = re.compile(
    r"(?:"
    r"(?<!\w)(?:liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|resid(?:es|ed|ing)|sleep(?:s|ing)"
    rf"|lodging)(?: [\w'’,]{{1,12}}){{0,6}}? {_IN}"
    r"|(?<!\w)(?:both|all|family|parents|she|he|they|i|who|originally|now|registered|patient|pt|is|are|was"
    r"|were|en route"
    rf"|travelled|travelling|drove|driven|walked|flew|{_KIN})"
    r"(?: (?:w/|with|by|came|come|comes|coming|had come|driven) ?(?:us|them)?| here)? from"
    rf"|(?:(?<!\w)(?:he|she|they|i|we|who|family|couple|man|woman|lady|pt|patient|resident|both|all|{_KIN})"
    r"|(?-i:(?<!\w)[A-Z][\w'’]+)|\])(?: (?:had|has|all|both|originally|also|only|just|recently))?"
    r" (?:came|comes?|coming)(?: over| back| down| up| home)? (?:to|from)"
    r"|(?<!\w)(?:back|en route)(?: home)?,? (?:to|from|in)"
    r"|(?<!\w)(?:moved(?: away)?|visiting|missing|absconded|over|down|up) from"
    rf"|(?<!\w)(?:{_KIN}|family)(?: (?:is|are|was))? (?:in|near|nr)"
    r"|(?<!\w)home(?: (?:on|at|after|by|with)(?: \w{1,9}){1,2})? (?:to|in|near|is in)"
    r"|thank(?:s| you|ing)(?: \w{1,9})? from"
    r"|(?<!\w)(?:found|recovered|sighted|spotted|last seen|pinged|located|traced|arrested|picked up)"
    rf"(?: (?:dead|deceased|wandering|unresponsive|collapsed|safe|hanging))? {_IN}"
    rf"|(?<!\w)(?:railway|bridge|beach|canal|riverbank|motorway|layby|lay-by|footpath) {_IN}"
    r"|(?:\(\d{1,3}\)|, \d{1,3},?) (?:in|from)"
    rf"|(?<!\w)(?:at|with) (?:[\w'’-]{{1,12}} )?[\w’'-]{{2,14}}['’]s,? {_IN}"
    r") $",
    re.IGNORECASE,
)
# Moved by others, and to a hospital: its name may be its town's.
_TAKEN = re.compile(
    r"(?<!\w)(?:transfer\w*|refer\w*|repatriat\w*|admi\w*|taken|conveyed|accepted|handed|flown|blue-?lighted)"
    r"(?: [\w'’]{1,12}){0,3} (?:to|from|at|in) $",
    re.IGNORECASE,
)
# So that most places cost nothing: of these a cue has one further back, of the others one is its last word
# before the preposition, some only before "from".
_BACK = ("liv", "stay", "resid", "sleep", "lodg", "home", "thank")
_LAST = RELATIONS | words(
    """family came come comes coming back route over down up away found recovered sighted spotted seen
    pinged located traced arrested dead deceased wandering unresponsive collapsed safe
    hanging railway bridge beach canal riverbank motorway layby lay-by footpath
    is are was were"""
)
_LAST_OF_FROM = words(
    """both all parents she he they i who originally now registered patient pt travelled travelling drove
    driven walked flew us them here moved visiting missing absconded"""
)
_PREPOSITION = re.compile(
    r" (?:in|near|nr|at|outside|around|to|from|IN|NEAR|AT|OUTSIDE|AROUND|TO|FROM) (?=[^\W\d_a-z])"
)
# "Lives Exampleton." and "Home: Exampleton": nothing between, and an end behind.
_ALONE = re.compile(
    r"[LlSsRrHh](?<!\w.)(?i:(?<=L)iv(?:es?|ing)|(?<=S)tay(?:s|ing)|(?<=R)esid(?:es|ing)|(?<=H)ome(?: ?town"
    r"| is)?)"
    rf"\??:? (?P<name>{NAME})(?= ?[.,;)\n\x00]|$| w/| with )"
)
_ORIGINALLY = re.compile(rf"[Ff]rom (?<!\w.{{5}})(?P<name>{NAME}) originally(?!\w)")
_NAME = re.compile(NAME)
_REACH = 70
_ABROAD = words(
    """afghanistan africa albania america asia australia bangladesh belgium brazil bulgaria canada china
    congo croatia cyprus egypt england eritrea ethiopia europe finland france germany ghana greece
    guyana hungary india indonesia iran iraq ireland israel italy jamaica japan jordan kenya kosovo
    kuwait latvia lebanon libya lithuania malaysia malta mexico morocco nepal netherlands nigeria
    norway pakistan palestine peru philippines poland portugal romania russia rwanda scotland
    senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria tanzania
    thailand tunisia turkey uganda ukraine usa vietnam wales yemen zambia zimbabwe"""
)
# A service, a post or a thing behind a town's name: the town is the organisation's.
_SERVICE = re.compile(r"(?:'s)?((?: [\w&'-]{2,16}){1,3})")


def find_homes(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of towns behind a word of living, coming, moving or being found."""
    for gap in _PREPOSITION.finditer(text):
        start = gap.end()
        before = text[max(0, start - _REACH) : start]
        if _may_be_cue(before.lower()) and _is_cue(before):
            match = _NAME.match(text, start)
            if match is not None and (end := _end_of_home(text, start, match[0])):
                yield start, end
    for match in (*_ALONE.finditer(text), *_ORIGINALLY.finditer(text)):
        start = match.start("name")
        if end := _end_of_home(text, start, match["name"]):
            yield start, end


def _may_be_cue(before: str) -> bool:
    """Whether what stands up to a preposition may be a cue."""
    at = before.rfind(" ", 0, -1)
    last = before[before.rfind(" ", 0, at) + 1 : at].strip("(,.)")
    return (
        last in _LAST
        or (last in _LAST_OF_FROM and before.endswith("from "))
        or last.endswith(("'s", "’s"))
        or last.isdigit()
        or any(part in before for part in _BACK)
    )


def _is_cue(before: str) -> bool:
    return _CUES.search(before) is not None and _TAKEN.search(before) is None


def _end_of_home(text: str, start: int, name: str) -> int:
    """Where a home town's name ends; 0 if it is none, or a service's or a country's."""
    end = end_of_name(name, start)
    name = text[start:end]
    if name.lower() in _ABROAD or not is_sure_town(name) or text.startswith(("'s", "’s"), end):
        return 0
    behind = _SERVICE.match(text, end)
    if behind is None:
        return end
    spoken = behind[1].split()
    return 0 if any(word.lower() in PLACES for word in spoken[: 3 if spoken[0][0].isupper() else 2]) else end
