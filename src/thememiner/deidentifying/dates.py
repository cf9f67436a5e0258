"""Dates of birth and great ages. The dates of events stay: a review needs to know what came first."""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import Identifier

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# A date as it is written, down to a year alone.
DATE = (
    r"(?:\d{1,2}[ ]?[/.\-][ ]?\d{1,2}[ ]?[/.\-][ ]?\d{2,4}|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|\d{8}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \-/](?:of )?{MONTH}\.?(?:[ ,\-/]{{1,2}}(?:\d{{4}}|'?\d\d)(?!\d))?"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|(?:{MONTH} )?(?:19|20)\d\d)"
)

DATE_OF_BIRTH = Identifier(
    "DATE OF BIRTH",
    re.compile(
        r"(?<![a-z])(?:d\.? ?o\.? ?b\.?|(?:date|day|year) of birth|birth ?(?:date|day)|born)"
        r"(?:[^a-z0-9\x00]{0,5}"
        r"(?:on|in|is|was|the|of|\(dd/mm/yyyy\)|\(dd/mm/yy\))){0,2}[^a-z0-9\x00]{0,5}"
        rf"(?P<id>{DATE})(?![\d:])",
        re.IGNORECASE,
    ),
    near="digit",
)

# An age of 90 or more singles a person out. Source: HIPAA safe harbour, 45 CFR 164.514(b)(2)(i)(C).
AGE_OVER_89 = Identifier(
    "AGE OVER 89",
    re.compile(
        r"(?:(?<![a-z])(?:aged?|age of|age:)[ :]{1,2}(?:was |is |of )?(?P<id>(?:9\d|1[01]\d)(?!\d|[./]\d|%))"
        r"|(?:9\d(?<![\d.,]..)|1[01]\d(?<![\d.,]...))"
        r"(?=[ \-]?(?:years?|yrs?|y)[ \-]?(?:old|o\b|of age)| ?y/o| ?yo\b))",
        re.IGNORECASE,
    ),
    near="digit",
)

IDENTIFIERS = (DATE_OF_BIRTH, AGE_OVER_89)
