"""Dates of birth and great ages. The dates of events stay: a review needs to know what came first.

They stay whole, or as their month and year where the settings say so (`months`).
"""

from __future__ import annotations

import re

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
_BIRTH = r"d\.? ?o\.? ?b\.?|(?:date|day|year) of birth|birth ?(?:date|day)|born"
_NEAR_BIRTH = ("dob", "d.o", "d o b", "birth", "born")

DATE_OF_BIRTH = Identifier(
    "DATE OF BIRTH",
    re.compile(
        rf"(?<![a-z])(?:{_BIRTH})(?:[^a-z0-9\x00]{{0,5}}"
        r"(?:on|in|is|was|the|of|\(?dd/mm/yyyy\)?|\(?dd/mm/yy\)?)){0,2}[^a-z0-9\x00]{0,6}"
        rf"(?P<id>{DATE})(?!\d|:\d)",
        re.IGNORECASE,
    ),
    near=_NEAR_BIRTH,
    reach=(9, 60),
)
# A date before its name, in brackets.
DATE_BEFORE_ITS_NAME = Identifier(
    "DATE OF BIRTH",
    re.compile(
        rf"(?<!\w)(?P<id>{DATE}) ?[(\[] ?(?:d\.?o\.?b|date of birth)",
        re.IGNORECASE,
    ),
    near=("(dob", "(d.o.b", "[dob", "(date of birth"),
    reach=(30, 16),
)

# An age of 90 or more singles a person out. Source: HIPAA safe harbour, 45 CFR 164.514(b)(2)(i)(C).
_GREAT = r"(?:9\d|1[01]\d)"
_SORT = r"female|male|lady|gentleman|woman|man|pt|patient|resident"
_OLD = (
    rf"[ \-]?(?:years?|yrs?\.?|y\.?)[ \-]?(?:old|o\b|o\.|of age|{_SORT}|[fm]\b)| ?y/o| ?yo\b| ?y\.o"
    r"|(?:st|nd|rd|th) birthday"
)
AGE_OVER_89 = Identifier(
    "AGE OVER 89",
    re.compile(rf"{_GREAT}(?<![\d.,£]9\d)(?<![\d.,£]\d\d\d)(?={_OLD})", re.IGNORECASE),
    near="text",
)
# "94F"; a temperature has a decimal or is named.
AGE_AND_SEX = Identifier(
    "AGE OVER 89",
    re.compile(rf"{_GREAT}(?<![\w.,£]9\d)(?<![\w.,£]\d\d\d)(?=[FM]\b)"),
    near="text",
    unless=re.compile(r"temp(?:erature)?[^a-z0-9]{0,3}$", re.IGNORECASE),
)
AGE_AFTER_ITS_NAME = Identifier(
    "AGE OVER 89",
    re.compile(
        rf"(?<![a-z])(?:aged?|age of|turn(?:ed|ing|s)?)[ :|\-]{{1,3}}(?:was |is |of )?(?P<id>{_GREAT}"
        r"(?!\d|[./]\d|%| ?(?:minutes|mins|hours|hrs|days|weeks|months|degrees|times)))",
        re.IGNORECASE,
    ),
    near=("age", "turn"),
    reach=(1, 24),
)
_NINETY = r"ninety(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?"
AGE_IN_WORDS = Identifier(
    "AGE OVER 89",
    re.compile(
        rf"(?<![a-z])(?:{_NINETY}(?=[ \-](?:years?|yrs?)[ \-](?:old|of age))"
        rf"|(?:aged?|age of|turned) (?P<id>{_NINETY})(?![a-z])|centenarians?(?![a-z]))",
        re.IGNORECASE,
    ),
    near=("ninety", "centenarian"),
    reach=(12, 40),
    digits=False,
)

IDENTIFIERS = (
    DATE_OF_BIRTH,
    DATE_BEFORE_ITS_NAME,
    AGE_OVER_89,
    AGE_AND_SEX,
    AGE_AFTER_ITS_NAME,
    AGE_IN_WORDS,
)
