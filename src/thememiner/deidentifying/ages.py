"""Ages of 90 and over as notes have them: "she is 94", "F, 98", "90+", and what no age is.

An age of 90 or more singles a person out. Source: HIPAA safe harbour, 45 CFR 164.514(b)(2)(i)(C).
"""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import Identifier
from thememiner.deidentifying.vocabulary import RELATIONS

KIND = "AGE OVER 89"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
GREAT = r"(?:9\d|1[01]\d)"
NINETY = rf"ninety(?:[ \-](?:{_ONES}))?"
_HUNDRED = rf"(?:a|one) hundred(?: and (?:{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen))?"
GREAT_WORDS = rf"(?:{NINETY}|{_HUNDRED})"
# What follows a number that is a score, a dose, a rate, a share, a time or a count, and no age.
NO_AGE = (
    r"(?!\w|[.,:/\-]\d|/(?!(?-i:[FM])\b)|-(?!year|yr)|\+\d| ?%| ?°| ?\+?(?:per ?cent|percentile|mg|mcg"
    r"|mls?|units?|kgs?|stone|lbs?|cms?|mms?"
    r"|mmol|mmhg|bpm|beats|g|l|m|f|c|v|k|ch|fr|hz|mph|min|mins|minutes?|hours?|hrs?|h|days?|weeks?|months?|nights?"
    r"|sec|secs|seconds|degrees?|degs?|miles?|metres?|yards?|feet|ft|steps?|patients?|pts|people|staff|nurses?"
    r"|residents|beds?|times|doses?|tablets?|tabs?|puffs?|pounds?|pence|p|on (?:air|room|oxygen|o2|ra)"
    r"|(?:in|on|ra|oa|room) ?(?:air|ra|oa)?(?=$|[,.;)])|sats?|spo2|room air|out of|of (?:the|them|our"
    r"|these|which)"
    r"|in (?:total|all|the queue)|to \d|altogether|times|others?|more|calls?|points?|years? ago|am"
    r"|pm)(?!\w)| on \d)"
)
_SMALL = (
    r"(?: (?:now|only|just|nearly|almost|about|already|still|actually|aged?|turning|turned|over|approx\.?"
    r"|at least"
    r"|though|and)){0,2}"
)
_KIN = "|".join(sorted(RELATIONS, key=len, reverse=True))
_BODY = r"lady|gentleman|woman|man|widow|widower|pensioner|female|male"
_IS = r"(?:'s|'m|'re|'ll be| is| was| am| are| were| turned| turns| turning| will be| would be)"
# What comes before the age of somebody; the number itself is the pattern.
_CUE = re.compile(
    rf"(?<![\w'])(?:(?:he|she|they|i|who|pt|patient|resident|client|{_KIN}|{_BODY}){_IS}{_SMALL} "
    rf"|(?:{_KIN}|{_BODY}),?{_SMALL} \(?|(?:{_BODY})[,:/]? ?\(?|(?-i:[FM]), ?|(?:^|[.(,;:\n]|pt"
    rf"|patient) ?(?-i:[FM])[ :]|(?:{_BODY}|gent|age|aged) of{_SMALL} "
    r"|aged?,? (?:about|approx(?:\.|imately)?|around|nearly|only|over|just|circa|c\.) "
    r"|(?:dob|d\.o\.b\.?|born) ?:? ?\d[\d./\- a-z]{5,14},? \(?)$",
    re.IGNORECASE,
)
# A unit or a sign that is measured, as the last word before: no age though somebody is told of.
_MEASURED = re.compile(
    r"(?:temps?|temperatures?|hr|bp|rr|bm|hb|wt|sats?|spo2|pulse|rate|news2?|scores?|level)\.?:? ?[(,]? ?$",
    re.IGNORECASE,
)

SOMEBODY_S_AGE = Identifier(
    KIND,
    re.compile(rf"{GREAT}(?<![\w.,£/:+\-~]9\d)(?<![\w.,£/:+\-]\d\d\d){NO_AGE}", re.IGNORECASE),
    near="text",
    cue=_CUE,
    unless=_MEASURED,
)
SOMEBODY_S_AGE_IN_WORDS = Identifier(
    KIND,
    re.compile(rf"(?<![\w-]){GREAT_WORDS}{NO_AGE}", re.IGNORECASE),
    near=("ninety", "hundred"),
    cue=_CUE,
    reach=(5, 36),
    digits=False,
)
# "90+, confused": nobody counts so but of somebody's age, unless a unit follows or a measure is named.
AGE_AND_MORE = Identifier(
    KIND,
    re.compile(
        rf"{GREAT}(?<![\w.,£/:+\-]9\d)(?<![\w.,£/:+\-]\d\d\d)\+"
        rf"{NO_AGE}",
        re.IGNORECASE,
    ),
    near="text",
    cue=re.compile(
        r"(?:[,(?]|(?<!\w)(?:aged?|about|approx\.?|looks|likely|maybe|[fm]|female|male|lady|woman"
        r"|man)) ?\(?$",
        re.IGNORECASE,
    ),
    unless=_MEASURED,
)

IDENTIFIERS = (SOMEBODY_S_AGE, SOMEBODY_S_AGE_IN_WORDS, AGE_AND_MORE)
