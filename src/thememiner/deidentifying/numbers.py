"""Numbers that stand for a person or a record: NHS number, hospital number, National Insurance number ..."""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import DIGIT, NUMBER, TO_VALUE, Identifier, cue, squeezed

# Between the groups of a number: nothing, a space, a dot, a hyphen, or the end of a line.
_GAP = r"[ .\-\n]{0,3}"
_ONE_GAP = r"[ .\-\n]?"
# Just before a number, these say that it is a thing's or a code's, not a person's.
OF_A_THING = re.compile(
    r"(?:serial|s/n|snomed(?: ct)?|sctid|concept|dm\+d|batch|lot|gtin|barcode|asset|model|invoice|order|isbn"
    r"|product|device|part|catalogue|isrctn|pmid)"
    r"(?: ?(?:tag|numbers?|no\.?|code|id|ref\.?))*[^a-z0-9\n]{0,4}\Z",
    re.IGNORECASE,
)


def nhs_number_is_valid(value: str) -> bool:
    """Whether the ten digits of `value` pass the modulus 11 check of the NHS number.

    CHI and Health and Care numbers use the same one. Source: NHS Data Dictionary, NHS NUMBER.
    """
    digits = [int(c) for c in value.upper().replace("O", "0") if c.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    check = 11 - total % 11
    return check != 10 and check % 11 == digits[9]


# Prefixes that were never given out. Source: HMRC, National Insurance Manual NIM39110.
_NO_PREFIX = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def national_insurance_number_is_valid(value: str) -> bool:
    """Whether `value` has a prefix that is given out, six digits that are not all 0, and a suffix A to D."""
    whole = squeezed(value)
    digits = whole[2:8].replace("O", "0")
    return (
        len(whole) == 9
        and digits.isdigit()
        and whole[-1] in "ABCD"
        and whole[0] not in "DFIQUV"
        and whole[1] not in "DFIOQUV"
        and whole[:2] not in _NO_PREFIX
        and digits != "000000"
    )


def driving_licence_is_valid(value: str) -> bool:
    """Whether the month and day inside a driver number can be (month 01 to 12, or 51 to 62)."""
    born = squeezed(value)[5:11].replace("O", "0")
    month, day = int(born[1:3]), int(born[3:5])
    return month % 50 in range(1, 13) and month < 63 and 1 <= day <= 31


_TEN = (
    rf"[\dOo](?<!\d.)(?<![A-Za-z][Oo])(?<!\w[.,/\-].)(?<![£$€].){DIGIT}{{2}}"
    rf"{_GAP}{DIGIT}{{3}}{_GAP}{DIGIT}{{4}}"
    r"(?![\dA-Za-z]|[.\-]\d)"
)

NHS_NUMBER = Identifier(
    "NHS NUMBER",
    re.compile(_TEN),
    near="long",
    check=nhs_number_is_valid,
    cue=re.compile(
        r"nhs(?! ?111)|(?<![a-z])(?:chi|h ?[&+] ?c|hcn|health (?:and|&) (?:social )?care)(?![a-z])",
        re.IGNORECASE,
    ),
    unless=OF_A_THING,
    reach=(2, 2),
)

# In groups of any size, only straight after its name.
SPACED_NHS_NUMBER = Identifier(
    "NHS NUMBER",
    re.compile(rf"[\dOo](?<![\d/].)(?<![A-Za-z][Oo])(?:{_GAP}{DIGIT}){{9}}(?![\dA-Za-z]|[.\-]\d)"),
    near=("nhs", "chi", "h&c", "hcn"),
    cue=re.compile(rf"(?<![a-z])(?:nhs|chi|h&c|hcn) ?{NUMBER}?{TO_VALUE}", re.IGNORECASE),
    reach=(0, 60),
)

NATIONAL_INSURANCE_NUMBER = Identifier(
    "NATIONAL INSURANCE NUMBER",
    re.compile(
        rf"[A-Za-z](?<!\w.)[A-Za-z]{_ONE_GAP}[\dO]{{2}}{_ONE_GAP}[\dO]{{2}}{_ONE_GAP}[\dO]{{2}}(?!\d)"
        rf"(?:{_ONE_GAP}[A-Da-d](?![A-Za-z\d]))?"
    ),
    near="long",
    check=national_insurance_number_is_valid,
    cue=cue(r"national insurance|nino|n\.?i\.?(?: (?:number|no|num))?"),
    unless=OF_A_THING,
    reach=(9, 6),
)

# Of a record, by its cue: the number has to be named as one, so that "Datix W123" stays.
_RECORDS = (
    r"hosp\.?|hospital|(?:local )?(?:patient|pt)(?:'?s)?|unit|case ?notes?|pas|rio|emis|systmone|lorenzo"
    r"|epic|cerner|epr|ehr|mpi|district|clinic|client|service user|medical record|record|prison(?:er)?|crn"
    r"|k|x"
)
HOSPITAL_NUMBER = Identifier(
    "HOSPITAL NUMBER",
    re.compile(
        r"(?:[b-hj-z](?<!\w.) |(?-i:[AI](?<!\w.) )|[a-z]{0,4}(?<![a-z0-9]{5})[\-/]?)"
        r"\d[\d\-/]{3,11}[a-z]?(?![a-z0-9])",
        re.IGNORECASE,
    ),
    near=(
        *(
            "hosp",
            "patient",
            "pt",
            "unit",
            "case",
            "pas ",
            "rio",
            "emis",
            "systmone",
            "lorenzo",
            "epic",
            "cerner",
        ),
        *("epr", "ehr", "mpi", "district", "clinic", "client", "service user", "record", "prison", "crn"),
        *("k n", "x n", "mrn", "hn"),
    ),
    cue=re.compile(
        rf"(?:(?<![a-z])(?:{_RECORDS}) ?{NUMBER}|(?<![a-z])mrn(?: ?{NUMBER})?|(?<![a-z])hn){TO_VALUE}",
        re.IGNORECASE,
    ),
    reach=(2, 50),
)

# A number before its name, in brackets.
RECORD_NUMBER_BEFORE_ITS_NAME = Identifier(
    "HOSPITAL NUMBER",
    re.compile(r"(?P<id>[a-z]{0,4}(?<![a-z0-9]{5})\d{4,10}[a-z]?) ?[(\[](?:mrn|hosp)", re.IGNORECASE),
    near=("(mrn", "[mrn", "(hosp", "[hosp"),
    reach=(20, 2),
)

_INCIDENTS = (
    r"incident|datix|ulysses|inphase|steis|lfpse|nrls|psii|si|complaint|safeguarding|crime|case|claim"
    r"|referral|cad|pals"
)
INCIDENT_NUMBER = Identifier(
    "INCIDENT NUMBER",
    re.compile(r"[a-z]{0,6}(?<![a-z0-9]{7})[\-/]?\d[\da-z\-/]{3,15}(?![a-z0-9])", re.IGNORECASE),
    near=(
        *("incident", "datix", "ulysses", "inphase", "steis", "lfpse", "nrls", "psii", "si ", "complaint"),
        *("safeguarding", "crime", "case", "claim", "referral", "cad", "pals"),
    ),
    cue=re.compile(rf"(?<![a-z])(?:{_INCIDENTS}) ?(?:report )?{NUMBER}{TO_VALUE}", re.IGNORECASE),
    reach=(2, 60),
)

_TIGHT = r"[ \-]?"
PASSPORT_NUMBER = Identifier(
    "PASSPORT NUMBER",
    re.compile(
        rf"(?:[a-z]{{2}}(?<!\w..){_TIGHT}\d{{7}}|\d(?<!\w\d)\d\d{_TIGHT}\d{{3}}{_TIGHT}\d{{3}})(?!\w)",
        re.IGNORECASE,
    ),
    near=("passport",),
    cue=cue(r"passports?"),
    reach=(0, 60),
)

DRIVING_LICENCE = Identifier(
    "DRIVING LICENCE",
    re.compile(
        rf"[a-z](?<!\w.)[a-z9]{{4}}{_TIGHT}[\dO]{{6}}{_TIGHT}[a-z9]{{2}}{_TIGHT}[a-z0-9]{{3}}"
        r"(?: ?\d\d)?(?!\w)",
        re.IGNORECASE,
    ),
    near="long",
    check=driving_licence_is_valid,
    cue=cue(r"driv(?:ing|er'?s?) (?:licen[cs]e|number)|dvla"),
    reach=(8, 12),
)

# The forms of a plate since 1963, newest first, and Northern Ireland's; every one needs its cue.
_PLATES = (
    r"[A-Z](?<!\w.)(?:\d{1,3}[ \-]?[A-Z]{3}|[A-Z]{2}[ \-]?\d{1,3}[A-Z])"
    r"|[A-Z](?<!\w.)[IZ][A-Z][ \-]?\d{3,4}|[A-Z](?<!\w.)[A-Z]Z[ \-]?\d{3,4}"
)
_NEW_PLATE = r"[a-z](?<!\w.)[a-z]\d\d[ \-]?[a-z]{3}"
VEHICLE = Identifier(
    "VEHICLE",
    re.compile(rf"(?:{_NEW_PLATE}|(?-i:{_PLATES}))(?!\w)", re.IGNORECASE),
    near="digit",
    cue=cue(
        r"reg(?:istration|istered)?(?: (?:number|no|plate|mark))?\.?|vehicles?|cars?|vans?|plates?|vrn|vrm"
        r"|ambulances?|tax[iy]s?|lorry|lorries|motorbike|motorcycle|bus|minibus|scooter"
    ),
    reach=(5, 5),
)
LOWER_PLATE = Identifier(
    "VEHICLE",
    re.compile(rf"(?:{_PLATES})(?!\w)", re.IGNORECASE),
    near=("reg", "plate", "vrn", "vrm"),
    cue=re.compile(
        rf"(?<![a-z])(?:reg(?:istration)?|number plate|plate|vrn|vrm)(?: ?{NUMBER}| mark| plate)?{TO_VALUE}",
        re.IGNORECASE,
    ),
    reach=(0, 40),
)

IDENTIFIERS = (
    NHS_NUMBER,
    SPACED_NHS_NUMBER,
    NATIONAL_INSURANCE_NUMBER,
    PASSPORT_NUMBER,
    DRIVING_LICENCE,
    HOSPITAL_NUMBER,
    RECORD_NUMBER_BEFORE_ITS_NAME,
    INCIDENT_NUMBER,
    VEHICLE,
    LOWER_PLATE,
)
