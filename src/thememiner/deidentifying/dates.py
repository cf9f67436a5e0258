"""Dates of birth, and named ages of 90 and over. The dates of events stay: a review needs them.

They stay whole, or as their month and year where the settings say so (`months`).
"""

from __future__ import annotations

import re

from thememiner.deidentifying.ages import GREAT as _GREAT
from thememiner.deidentifying.ages import GREAT_WORDS as _WORDS
from thememiner.deidentifying.ages import KIND as _AGE
from thememiner.deidentifying.identifiers import Identifier

# A month's name, whole or short.
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# A date as it is written, down to a year alone.
DATE = (
    r"(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}[ ]?[/.\-][ ]?\d{2,4}|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|\d{8}"
    r"|\d{1,2} \d{1,2} (?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \-/.](?:of )?{MONTH}(?:\.?[ ,\-/.]{{1,2}}(?:\d{{4}}|'?\d\d)(?!\d))?"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|(?:{MONTH} )?(?:19|20)\d\d)"
)
# A whole day: day, month and year.
WHOLE_DATE = (
    r"(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}[ ]?[/.\-][ ]?(?:\d{4}|'?\d\d)|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    r"|\d{1,2} \d{1,2} (?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \-/.](?:of )?{MONTH}\.?[ ,\-/.]{{1,2}}(?:\d{{4}}|'?\d\d)"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_BIRTH = r"d\.? ?o\.? ?b\.?|(?:date|day|year) of birth|birth ?(?:date|day)|born"
# What may stand between the name of such a date and the date.
_GIVEN = (
    r"on (?:the |our |their )?(?:records?|file|system|spine|form|card|label|wristband|notes)"
    r"|given(?: (?:as|was|by \w+))?"
    r"|recorded(?: as)?|stated(?: as)?|listed(?: as)?|confirmed(?: as)?|shown(?: as)?|reads|as|on|in|is"
    r"|was|the|of"
    r"|\(?dd/mm/yyyy\)?|\(?dd/mm/yy\)?"
)
_NEAR_BIRTH = ("dob", "d.o", "d o b", "birth", "born")

DATE_OF_BIRTH = Identifier(
    "DATE OF BIRTH",
    re.compile(
        rf"(?<![a-z])(?:{_BIRTH})(?:[^a-z0-9\x00]{{0,5}}(?:{_GIVEN})){{0,3}}[^a-z0-9\x00]{{0,6}}"
        rf"(?P<id>{DATE})(?!\d|:\d)",
        re.IGNORECASE,
    ),
    near=_NEAR_BIRTH,
    reach=(9, 80),
)
# A date before its name, "1/2/1950 (DOB)" or "1/2/1950 DOB", unless the name has its own date behind it.
DATE_BEFORE_ITS_NAME = Identifier(
    "DATE OF BIRTH",
    re.compile(
        rf"(?<!\w)(?:(?P<id>{DATE})(?= ?[(\[] ?(?:d\.?o\.?b|date of birth))|{WHOLE_DATE}"
        r"(?= ?(?:= ?|is (?:his|her|their|the) )?(?:d\.?o\.?b|date of birth)(?![a-z])"
        r"(?![^a-z0-9\x00]{0,4}(?:(?:is|was|on) )?(?:the )?[\[\d])))",
        re.IGNORECASE,
    ),
    near=("dob", "d.o.b", "date of birth"),
    reach=(36, 24),
)
# "b. 1/2/1950"; at the start of a line it is the second of a list.
BORN = Identifier(
    "DATE OF BIRTH",
    re.compile(
        rf"(?:(?<=\()b[.:]?|(?<![\w.])b(?:\.:?|:)) ?(?P<id>{WHOLE_DATE}|(?:19|20)\d\d)(?!\w|[:/]\d)",
        re.IGNORECASE,
    ),
    near=(" b.", "(b", " b:"),
    unless=re.compile(r"(?:^|\n)[ \-*]*$"),
    reach=(3, 40),
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_NTH = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|twenty[ \-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[ \-]first"
    r"|\d{1,2}(?:st|nd|rd|th))"
)
_YEAR = (
    rf"(?:(?:nineteen|two thousand|twenty)(?:[ \-](?:and[ \-])?(?:hundred|oh|o|{_TENS}|{_ONES}"
    rf"|{_TEENS})){{0,4}}"
    rf"|(?:{_TENS})(?:[ \-](?:{_ONES}))?|(?:19|20)\d\d|\d\d)"
)
# "date of birth third of the fifth nineteen fifty", as it is spoken.
BIRTH_IN_WORDS = Identifier(
    "DATE OF BIRTH",
    re.compile(
        rf"(?<![a-z])(?:{_BIRTH})(?:[^a-z0-9\x00]{{0,5}}(?:{_GIVEN})){{0,3}}[^a-z0-9\x00]{{0,4}}"
        rf"(?P<id>{_NTH}(?: of)?(?: the)? (?:{MONTH}|{_NTH})(?![a-z])(?:,? (?:in )?{_YEAR}(?![\w-]))?"
        rf"|{MONTH} (?:the )?{_NTH}(?:,? {_YEAR}(?![\w-]))?)",
        re.IGNORECASE,
    ),
    near=_NEAR_BIRTH,
    reach=(9, 110),
    digits=False,
)

_SORT = r"female|male|lady|gentleman|woman|man|pt|patient|resident"
_OLD = (
    rf"[ \-]?(?:years?|yrs?\.?|y\.?)[ \-]?(?:old|o\b|o\.|of age|{_SORT}|[fm]\b)| ?y/o| ?yo\b| ?y\.o"
    r"|(?:st|nd|rd|th) birthday"
)
AGE_OVER_89 = Identifier(
    _AGE,
    re.compile(rf"{_GREAT}(?<![\d.,£]9\d)(?<![\d.,£]\d\d\d)(?={_OLD})", re.IGNORECASE),
    near="text",
)
# "94F"; a temperature has a decimal or is named.
AGE_AND_SEX = Identifier(
    _AGE,
    re.compile(rf"{_GREAT}(?<![\w.,£]9\d)(?<![\w.,£]\d\d\d)(?=[ /]?[FM]\b)"),
    near="text",
    unless=re.compile(r"temp(?:erature)?(?: of| was| is)?[^a-z0-9]{0,3}$", re.IGNORECASE),
)
AGE_AFTER_ITS_NAME = Identifier(
    _AGE,
    re.compile(
        rf"(?<![a-z])(?:aged?|age of|turn(?:ed|ing|s)?)[ :|\-]{{1,3}}(?:was |is |of )?(?P<id>{_GREAT}"
        r"(?!\d|[./]\d|%| ?(?:minutes|mins|hours|hrs|days|weeks|months|degrees|times)))",
        re.IGNORECASE,
    ),
    near=("age", "turn"),
    reach=(1, 24),
)
AGE_IN_WORDS = Identifier(
    _AGE,
    re.compile(
        rf"(?<![a-z])(?:{_WORDS}(?=[ \-](?:years?|yrs?)[ \-](?:old|of age))"
        rf"|(?:aged?|age of|turned) (?P<id>{_WORDS})(?![a-z])|centenarians?(?![a-z]))",
        re.IGNORECASE,
    ),
    near=("ninety", "hundred", "centenarian"),
    reach=(12, 40),
    digits=False,
)

IDENTIFIERS = (
    DATE_OF_BIRTH,
    DATE_BEFORE_ITS_NAME,
    BORN,
    BIRTH_IN_WORDS,
    AGE_OVER_89,
    AGE_AND_SEX,
    AGE_AFTER_ITS_NAME,
    AGE_IN_WORDS,
)
