"""References of a case: what a system's or a file's name announces, and letters with a long number.

Nothing tells a patient's number from a file's but its name, so these have a kind of their own.
"""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import NUMBER, Identifier
from thememiner.deidentifying.vocabulary import words

KIND = "REFERENCE NUMBER"
# Straight before a number, or a word or two before: it is of a thing, a rule or an order, and of nobody.
OF_NO_CASE = re.compile(
    r"(?<![a-z])(?:serial|s/n|sn|snomed(?: ct)?|sctid|concept|dm\+d|batch|lot|gtin|barcode|asset|model"
    r"|invoice|order|p\.?o\.?"
    r"|purchase|isbn|issn|product|device|part|catalogue|isrctn|pmid|polic(?:y|ies)|publication|gateway|version|document|doc|sop|guidelines?"
    r"|procedure|protocol|template|form|standard|alert notice|iras|trial|study|grant|charity|company|vat"
    r"|cost code|budget"
    r"|practice(?: code)?|ods(?: code)?|org(?:anisation)? code|site code|firmware|release|build|update"
    r"|patch|pump|monitor"
    r"|equipment|kit|tender|contract)"
    r"(?: ?(?:tag|numbers?|nos?\.?|code|id|refs?\.?|references?|is|was|plate|name|marked"
    r"|labelled)){0,3}[^a-z0-9\n]{0,4}"
    r"(?:(?-i:[A-Z]{1,3}) )?$",
    re.IGNORECASE,
)
# A date, which stays unless it is of birth.
_DATE = (
    r"(?![a-z]{0,12}\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d\d(?!\d)|(?:19|20)\d\d[/.\-]\d\d[/.\-]\d\d(?!\d))"
)
_TO = r"[^a-z0-9\]\n]{0,4}(?:(?:is|was|as|of) )?[^a-z0-9\]\n]{0,3}$"


def _token(digits: int, first: str = "") -> str:
    """Letters and digits in up to five groups, with as many digits at least, and no date."""
    return (
        rf"{first}(?<![\w/\-.£])(?=(?:[a-z]{{0,6}}[/\-.]?[a-z]{{0,3}}\d){{{digits}}}){_DATE}"
        r"[a-z0-9]{1,12}(?:[/\-.][a-z0-9]{1,12}){0,4}(?!\w|[.,]\d|%)"
    )


_FILES = (
    r"datix|ulysses|inphase|rio|hosp\.?|hospital|claim|ticket|job|complaint|case|crime|incident"
    r"|adverse event|event|sar|foi"
    r"|wristband|prison|custody|occurrence|cad|log|enquiry|safeguarding|referral|crn|k|booking"
)
# Behind a system's or a file's name: "RiO 4471903", "our ref QX/31/4471", "event number 31/4471"; but not the
# range of a laboratory, "ref 150-400".
NAMED_REFERENCE = Identifier(
    KIND,
    re.compile(_token(5, r"(?!\d{1,4}-\d{1,4}(?![\w/\-])(?<!\d{4}))"), re.IGNORECASE),
    near="long",
    cue=re.compile(
        rf"(?<![a-z])(?:(?:{_FILES}) ?{NUMBER}|(?:sar |case |claim |file )?ref(?:erence)?\.?(?: (?:no|num"
        r"|number|id)\.?)?"
        r"|datix|ulysses|inphase|rio|systmone|emis|lorenzo|wristband|crn|mrn|prison|nomis|crime|steis|lfpse|nrls|psii|pals"
        rf"|inc(?: (?:no|ref)\.?)?)(?![a-z]){_TO}",
        re.IGNORECASE,
    ),
    unless=OF_NO_CASE,
    reach=(12, 16),
)
# With letters fewer digits are enough, and any name of a file: "claim QX/M31/4471".
LETTERED_NUMBER = Identifier(
    KIND,
    re.compile(_token(5, r"(?=[\d/\-.]{0,12}[a-z])"), re.IGNORECASE),
    near="long",
    cue=re.compile(
        rf"(?<![a-z])(?:{_FILES}|ref(?:erence)?\.?(?: (?:no|num|number|id)\.?)?|(?-i:[A-Z]{{2,5}}) (?:no"
        r"|ref|id)\.?"
        rf"|id){_TO}",
        re.IGNORECASE,
    ),
    unless=OF_NO_CASE,
    reach=(12, 16),
)

# Letters that lead the numbers of standards, rules, trials, papers, drugs in development, updates and money.
_NO_PREFIX = words(
    """ISO BS EN IEC DIN ASTM ANSI IEEE PAS DCB SCCI ISB HTM HBN HSG HSE PHE NICE NG CG QS TA IPG MTG DG
    ICD OPCS HRG DRG SCT SCTID CTV UN EC EL MDA MDR EFN CAS NCT PRN PMC PMID DOI CRD CVE KB RFC ISSN
    ISBN GTIN EAN UPC SKU PN SN LOT REF PO INV GSK BMS AZD MK LY PF ABT AMG RO JNJ BAY BIIB TAK ABBV
    ALN VX GS SB SAR ONO CNTO MEDI GBP EUR USD FY AY NHS NMC GMC HCPC GPHC GDC NI NINO ODS SOP TEL
    FAX EXT X V VER IMG DSC PIN VAT BNF ATC EN"""
)


def is_record(value: str) -> bool:
    """Whether the letters before a long number are none of a standard, a rule, a trial, a drug or money."""
    prefix = re.match(r"[A-Z]+", value)
    return prefix is not None and prefix[0] not in _NO_PREFIX


# In groups with spaces, or its letters apart: "hosp no RQX 44 71 90".
SPACED_NUMBER = Identifier(
    "HOSPITAL NUMBER",
    re.compile(
        r"(?<![\w/\-.£])(?!(?:no|nos|num|id|ids|ref|is|of|as|was|code)\b)(?=(?:[a-z]{1,4} ?)?(?: ?\d){5})"
        r"(?:(?-i:[A-Z]{1,4}) ?)?(?:\d{2,4}(?: \d{2,4}){1,3}|(?<= )\d{5,9})(?!\w|[/.:\-]\d|%)",
        re.IGNORECASE,
    ),
    near="long",
    cue=re.compile(
        rf"(?<![a-z])(?:hosp\.?|hospital|patient|pt|unit|case ?notes?|medical record|mrn) ?{NUMBER}{_TO}",
        re.IGNORECASE,
    ),
    reach=(8, 12),
)
# One to four capitals with five to nine digits, glued or with hyphens: a record's number, whatever is said.
GLUED_NUMBER = Identifier(
    KIND,
    re.compile(
        r"[A-Z](?<![\w/\-.£@#&:]\w)[A-Z]{0,3}-?(?:\d{5,9}"
        r"|\d{4}-\d{3,5}|\d{2,3}-(?!20[0-3]\d(?!\d))\d{4,6})(?!\w|[.,/\-]\d|-[A-Z])"
    ),
    near="long",
    check=is_record,
    unless=OF_NO_CASE,
    reach=(9, 6),
)
# A prisoner's number has letters on both sides.
PRISON_NUMBER = Identifier(
    KIND,
    re.compile(r"[a-z](?<!\w.)\d{4}[a-z]{2}(?!\w)", re.IGNORECASE),
    near=("prison", "nomis", "hmp"),
    cue=re.compile(r"(?<![a-z])(?:prison(?:er)?|p?-?nomis|offender|inmate|hmp)(?![a-z])", re.IGNORECASE),
    reach=(20, 60),
)

IDENTIFIERS = (NAMED_REFERENCE, LETTERED_NUMBER, SPACED_NUMBER, GLUED_NUMBER, PRISON_NUMBER)
