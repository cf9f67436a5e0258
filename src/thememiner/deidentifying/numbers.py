"""Numbers that stand for a person or a record: NHS number, hospital number, registrations and the like."""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import Identifier, cue

# Between the groups of a number: nothing, a space, a dot, a hyphen, or the end of a line.
_GAP = r"[ .\-\n]{0,3}"


def nhs_number_is_valid(value: str) -> bool:
    """Whether the ten digits of `value` pass the modulus 11 check of the NHS number.

    CHI and Health and Care numbers use the same one. Source: NHS Data Dictionary, NHS NUMBER.
    """
    digits = [int(character) for character in value if character.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    check = 11 - total % 11
    return check != 10 and check % 11 == digits[9]


# Prefixes that were never given out. Source: HMRC, National Insurance Manual NIM39110.
_NO_PREFIX = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def national_insurance_number_is_valid(value: str) -> bool:
    """Whether `value` has a prefix that is given out, six digits that are not all 0, and a suffix A to D."""
    squeezed = re.sub(r"\W", "", value).upper()
    return (
        len(squeezed) == 9
        and squeezed[-1] in "ABCD"
        and squeezed[0] not in "DFIQUV"
        and squeezed[1] not in "DFIOQUV"
        and squeezed[:2] not in _NO_PREFIX
        and squeezed[2:8] != "000000"
    )


def driving_licence_is_valid(value: str) -> bool:
    """Whether the month and day inside a driver number can be (month 01 to 12, or 51 to 62)."""
    squeezed = re.sub(r"\W", "", value)
    month, day = int(squeezed[6:8]), int(squeezed[8:10])
    return month % 50 in range(1, 13) and month < 63 and 1 <= day <= 31


_NUMBER = r"(?:numbers?|no\.?s?|num\.?|ids?|identifiers?|refs?\.?|references?|#)"

NHS_NUMBER = Identifier(
    "NHS NUMBER",
    re.compile(
        rf"\d(?<!\d\d)(?<!\w[.,/\-]\d)(?<![£$€]\d)\d\d{_GAP}\d{{3}}{_GAP}\d{{4}}(?![\dA-Za-z]|[.\-]\d)"
    ),
    near="number",
    check=nhs_number_is_valid,
    cue=re.compile(
        r"nhs(?! ?111)|(?<![a-z])(?:chi|h ?& ?c|hcn|health and (?:social )?care) ?n", re.IGNORECASE
    ),
)

NATIONAL_INSURANCE_NUMBER = Identifier(
    "NATIONAL INSURANCE NUMBER",
    re.compile(r"[a-z](?<!\w.)[a-z][ \-]?\d\d[ \-]?\d\d[ \-]?\d\d(?!\d)(?:[ \-]?[a-d]\b)?", re.IGNORECASE),
    near="number",
    check=national_insurance_number_is_valid,
    cue=cue(r"national insurance|nino|n\.?i\.?(?: (?:number|no))?"),
)

# Of a record, by its cue: the number has to be named as one, so that "Datix W123" stays.
HOSPITAL_NUMBER = Identifier(
    "HOSPITAL NUMBER",
    re.compile(r"[a-z]{0,4}(?<![a-z0-9]{5})[\-/]?\d[\d\-/]{3,11}[a-z]?(?![a-z0-9])", re.IGNORECASE),
    near="number",
    cue=re.compile(
        rf"(?:(?<![a-z])(?:hosp\.?|hospital|patient|pt|unit|case ?notes?|casenote|pas|rio|emis|systmone"
        rf"|epr|mpi|district|clinic|client|service user|prison(?:er)?|crn|k) ?{_NUMBER}"
        r"|(?<![a-z])mrn|(?<![a-z])hn)"
        r"[^a-z0-9]{0,4}(?:is |was )?[^a-z0-9]{0,2}$",
        re.IGNORECASE,
    ),
)

INCIDENT_NUMBER = Identifier(
    "INCIDENT NUMBER",
    re.compile(r"[a-z]{0,6}(?<![a-z0-9]{7})[\-/]?\d[\da-z\-/]{3,15}(?![a-z0-9])", re.IGNORECASE),
    near="number",
    cue=re.compile(
        rf"(?<![a-z])(?:incident|datix|steis|lfpse|nrls|psii|complaint|safeguarding|crime|case|claim|referral|cad)"
        rf" ?(?:report )?{_NUMBER}[^a-z0-9]{{0,4}}(?:is |was )?[^a-z0-9]{{0,2}}$",
        re.IGNORECASE,
    ),
)

_REGISTER = (
    r"(?: ?(?:registration|reg\.?|registered|pin|number|no\.?|ref\.?|id|code))*[^a-z0-9]{0,4}(?:is |was )?$"
)

GMC_NUMBER = Identifier(
    "PROFESSIONAL ID",
    re.compile(r"\d(?<![\w.]\d)\d{6}(?!\w)"),
    near="number",
    cue=re.compile(rf"(?<![a-z])(?:g\.?m\.?c|g\.?ph\.?c|gdc|goc){_REGISTER}", re.IGNORECASE),
)

# A nurse's or midwife's PIN: year, month as a letter, four digits, country.
NMC_PIN = Identifier(
    "PROFESSIONAL ID",
    re.compile(r"\d(?<!\w\d)\d[a-l]\d{4}[a-z](?!\w)", re.IGNORECASE),
    near="number",
)

HCPC_NUMBER = Identifier(
    "PROFESSIONAL ID",
    re.compile(r"[a-z]{2}(?<!\w..) ?\d{4,6}(?!\w)", re.IGNORECASE),
    near="number",
    cue=re.compile(rf"(?<![a-z])(?:hcpc|hpc|swe|social work england){_REGISTER}", re.IGNORECASE),
)

PASSPORT_NUMBER = Identifier(
    "PASSPORT NUMBER",
    re.compile(r"(?:[a-z]{2}(?<!\w..)\d{7}|\d(?<!\w\d)\d{8})(?!\w)", re.IGNORECASE),
    near="number",
    cue=cue(r"passports?"),
)

DRIVING_LICENCE = Identifier(
    "DRIVING LICENCE",
    re.compile(
        r"[a-z](?<!\w.)[a-z9]{4}[ \-]?\d{6}[ \-]?[a-z9]{2}[ \-]?[a-z0-9]{3}(?: ?\d\d)?(?!\w)",
        re.IGNORECASE,
    ),
    near="number",
    check=driving_licence_is_valid,
    cue=cue(r"driv(?:ing|er'?s?) licen[cs]e"),
)

# The three forms of a plate since 1963, newest first; every one needs its cue.
VEHICLE = Identifier(
    "VEHICLE",
    re.compile(
        r"(?:[a-z](?<!\w.)[a-z]\d\d[ \-]?[a-z]{3}"
        r"|(?-i:[A-Z](?<!\w.)(?:\d{1,3}[ \-]?[A-Z]{3}|[A-Z]{2}[ \-]?\d{1,3}[A-Z])))(?!\w)",
        re.IGNORECASE,
    ),
    near="digit",
    cue=cue(
        r"reg(?:istration|istered)?(?: (?:number|no|plate|mark))?\.?|vehicles?|cars?|vans?|plates?|vrn|vrm"
        r"|ambulances?|tax[iy]s?|lorry|lorries|motorbike|motorcycle|bus|minibus"
    ),
)

IDENTIFIERS = (
    NHS_NUMBER,
    NATIONAL_INSURANCE_NUMBER,
    GMC_NUMBER,
    NMC_PIN,
    HCPC_NUMBER,
    PASSPORT_NUMBER,
    DRIVING_LICENCE,
    HOSPITAL_NUMBER,
    INCIDENT_NUMBER,
    VEHICLE,
)
