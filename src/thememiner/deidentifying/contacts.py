"""Ways to reach somebody: postcode, phone, extension and bleep, e-mail, web and IP addresses."""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import DIGIT, NUMBER, Identifier, cue
from thememiner.deidentifying.vocabulary import words

# The areas of a postcode. Source: Royal Mail, the 124 postcode areas; ZZ is the NHS's own, for people
# without a fixed home or from abroad (Organisation Data Service, pseudo-postcodes).
_AREAS = words(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN
    EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML
    N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF
    TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ZZ GIR"""
)


# Doses and times that look like the end of a postcode in lower case: "b12 1bd", "c4 2hr".
_NOT_INWARD = words("bd hr ft lb yr pt pl gs ug rn hz ds wt td qd tb ls")
# "in b1 2nd bed": a lower-case ordinal, and no postcode unless it is written together.
_ORDINAL = re.compile(r"(?<= )(?:1st|2nd|3rd|[04-9]th)$")


def postcode_is_valid(value: str) -> bool:
    """Whether `value` begins with a postcode area that exists; in lower case its end must be no unit."""
    area = re.match(r"[A-Z]{1,2}(?=\d)|[A-Z]0(?=\d)|[A-Z]", value.upper())
    if area is None or area[0].replace("0", "O") not in _AREAS:
        return False
    end = value[-2:]
    return end.isupper() or (not _ORDINAL.search(value) and (len(area[0]) == 2 or end not in _NOT_INWARD))


POSTCODE = Identifier(
    "POSTCODE",
    re.compile(
        r"(?:[a-z](?<![\w£].)[a-z0]?\d[a-z\d]?(?: {0,2}|\n|-)[\dO][abd-hjlnp-uw-z]{2}"
        r"|GIR ?0AA|BFPO ?\d{1,4}|(?<!\w)ZZ99 ?\d[a-z]{2})(?!\w)",
        re.IGNORECASE,
    ),
    near="digit",
    check=postcode_is_valid,
    cue=cue(
        r"post ?code|zip|address|liv(?:es?|ed|ing) (?:at|in)|resid(?:es?|ed|ing|ent) (?:at|in|of)|moved to"
        r"|home visit|road|rd|street|lane|avenue|close|drive|crescent|gardens|terrace|hill|way|court|place"
    ),
    reach=(5, 8),
)

_DOCUMENT_NUMBER = re.compile(
    r"(?:polic(?:y|ies)|version|document|doc|isbn|issn|sop|guideline|procedure|clause|doi|form|gtin|barcode|serial"
    r"|snomed(?: ct)?|sctid|batch|lot)"
    r"(?: (?:no\.?|number|ref\.?|reference|id|code))?[^\w\n]{0,3}\Z|[\w/][/\-_.]\Z",
    re.IGNORECASE,
)

_GAP = r"[ .\-\n]{0,3}"
# Ten or eleven digits from 0 or +44, in any grouping: the drama ranges (Ofcom) look no different.
PHONE = Identifier(
    "PHONE",
    re.compile(
        rf"(?:(?:\+|(?<!\d)[0Oo]{{2}})44{_GAP}(?:\([0Oo]\){_GAP})?"
        r"|(?:\((?=[\dOo \-]{3,8}\)))?[0Oo](?<![\w.][0Oo])(?<!\d:[0Oo])(?!\d[ .\-/]\d\d[ .\-/](?:19|20)\d\d))"
        rf"[1235789](?:{_GAP}{DIGIT}|[ ]?\)[ ]?{_GAP}{DIGIT}|[ ]?\([ ]?{DIGIT}){{8,9}}(?!\d|[.,:/h]\d)"
    ),
    near="long",
    unless=_DOCUMENT_NUMBER,
    reach=(6, 10),
)

# Of another country.
FOREIGN_PHONE = Identifier(
    "PHONE",
    re.compile(r"\+[1-9]\d{0,2}(?:\)?[ \-]?\(?\d){7,12}(?!\d)"),
    near="long",
    unless=re.compile(r"\w\Z"),
    reach=(3, 2),
)

# A number without its area code only where the words say so.
LOCAL_PHONE = Identifier(
    "PHONE",
    re.compile(
        r"(?:\+\d{1,3}[ \-]?)?\d(?<![\w.,£$+:/\-]\d)(?:[ \-]?\d){5,12}"
        r"(?![\w%]|[.,:/\-]\d| ?(?:mg|ml|mcg|units))"
    ),
    near=("tel", "phone", "mob", "landline", "fax"),
    cue=re.compile(
        rf"(?<![a-z])(?:tel(?:ephone)?|phone|mobile|mob|landline|fax)(?: ?{NUMBER})?[^a-z0-9]{{0,6}}"
        r"(?:(?:is|was|on) )?[^a-z0-9]{0,3}$",
        re.IGNORECASE,
    ),
    reach=(0, 50),
)

EXTENSION = Identifier(
    "PHONE",
    re.compile(
        rf"(?<![a-z])(?:ext(?:ension|n)?|bleep(?:ed|er)?|pager|paged|dect|ascom)\.?[ :#]{{0,2}}"
        rf"(?:(?:{NUMBER}|on|is)(?![a-z]))?[^a-z0-9\x00]{{0,5}}"
        r"(?P<id>\d{3,6})(?![\w%]|[.,:/]\d| ?(?:mg|ml|mcg|units))",
        re.IGNORECASE,
    ),
    near=("ext", "bleep", "page", "dect", "ascom"),
    reach=(1, 40),
)
# "Call x4521"
SHORT_EXTENSION = Identifier(
    "PHONE",
    re.compile(r"x(?<![\w.]x)\d{4,5}(?![\w%]|[.,:/]\d| ?(?:mg|ml|mcg|units))", re.IGNORECASE),
    near=(" x", "(x"),
    cue=re.compile(
        r"(?:(?<![a-z])(?:call|ring|rang|phoned?|tel|contact|on|via|desk)|\d|\]) ?[(,:]? ?$", re.IGNORECASE
    ),
    reach=(0, 8),
)

_DOT = r"(?:\.| ?[\[(]dot[\])] ?| dot )"
EMAIL = Identifier(
    "EMAIL",
    re.compile(
        r"[\w](?<![\w.+\-].)[\w.+'\-]{0,63}"
        r"(?: ?[\[(](?:at|@)[\])] ?| ?@ ?"
        r"| at (?!(?:the|an?|this|that|his|her|their|our|my) )(?=[\w\-]+ dot ))"
        rf"[a-z0-9\-]+(?:{_DOT}[a-z0-9\-]+)*{_DOT}[a-z]{{2,24}}(?![a-z0-9])",
        re.IGNORECASE,
    ),
    near=("@", "[at]", "(at)", " dot "),
    reach=(70, 130),
    digits=False,
)

URL = Identifier(
    "URL",
    re.compile(
        r"(?:[Hh][Tt][Tt][Pp][Ss]?://|[Ww][Ww][Ww]\.)[^\s\x00<>\"'“”‘()\[\]{}|]*[^\s\x00<>\"'“”‘()\[\]{}|.,;:!?*]"
    ),
    near=("http", "www."),
    reach=(2, 2000),
    digits=False,
)
# A page of a site ("example.org/people/7"); the site alone names an organisation, not a person.
PAGE = Identifier(
    "URL",
    re.compile(
        r"[a-z0-9](?<![\w@./\-].)[a-z0-9\-]{0,62}(?:\.[a-z0-9\-]{1,63}){0,3}\.(?:com|org|net|uk|info|io|me|tv)"
        r"/[^\s\x00<>\"'“”‘()\[\]{}|]*[^\s\x00<>\"'“”‘()\[\]{}|.,;:!?*]",
        re.IGNORECASE,
    ),
    near=(".com/", ".org/", ".net/", ".uk/", ".info/", ".io/", ".me/", ".tv/"),
    reach=(64, 300),
    digits=False,
)


def ip_address_is_valid(value: str) -> bool:
    """Whether `value` has four octets and is private or has two of 100 or more, as a clause never has."""
    octets = [int(octet) for octet in value.split(".")]
    return all(octet < 256 for octet in octets) and (
        octets[:2] == [192, 168] or sum(octet >= 100 for octet in octets) >= 2
    )


_IP_CUE = cue(r"ips?(?: address(?:es)?)?|ipv[46]")
IP_ADDRESS = Identifier(
    "IP ADDRESS",
    re.compile(r"\d(?<![\w.]\d)\d{0,2}(?:\.\d{1,3}){3}(?![\w]|\.\d)"),
    near="long",
    check=ip_address_is_valid,
    cue=_IP_CUE,
    reach=(3, 3),
)
IP_ADDRESS_6 = Identifier(
    "IP ADDRESS",
    re.compile(r"[0-9a-f]{0,4}(?<![\w:]{5})(?::[0-9a-f]{0,4}){3,7}(?!\w|:\w)", re.IGNORECASE),
    near=("ip",),
    cue=_IP_CUE,
    reach=(0, 80),
)

IDENTIFIERS = (
    EMAIL,
    URL,
    PAGE,
    PHONE,
    FOREIGN_PHONE,
    LOCAL_PHONE,
    EXTENSION,
    SHORT_EXTENSION,
    POSTCODE,
    IP_ADDRESS,
    IP_ADDRESS_6,
)
