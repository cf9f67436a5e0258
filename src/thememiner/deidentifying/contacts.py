"""Ways to reach somebody: postcode, phone, extension and bleep, e-mail, web and IP addresses."""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import Identifier, cue
from thememiner.deidentifying.vocabulary import words

# The areas of a postcode. Source: Royal Mail, the 124 postcode areas.
_AREAS = words(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN
    EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML
    N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF
    TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE GIR"""
)


def postcode_is_valid(value: str) -> bool:
    """Whether `value` is written in capitals and begins with a postcode area that exists."""
    area = re.match(r"[A-Z]+", value)
    return area is not None and area[0] in _AREAS and value == value.upper()


POSTCODE = Identifier(
    "POSTCODE",
    re.compile(
        r"(?:[a-z](?<!\w.)[a-z]?\d[a-z\d]? {0,2}\d(?!st\b|nd\b|rd\b|th\b)[abd-hjlnp-uw-z]{2}"
        r"|GIR ?0AA)(?!\w)",
        re.IGNORECASE,
    ),
    near="digit",
    check=postcode_is_valid,
    cue=cue(
        r"post ?code|zip|address|liv(?:es?|ed|ing) (?:at|in)|resid(?:es?|ed|ing|ent) (?:at|in|of)"
        r"|home visit|road|rd|street|lane|avenue|close|drive|crescent|gardens|terrace|hill|way|court|place"
    ),
)

_DOCUMENT_NUMBER = re.compile(
    r"(?:polic(?:y|ies)|version|document|doc|isbn|issn|sop|guideline|procedure|clause|doi|form)"
    r"(?: (?:no\.?|number|ref\.?|reference|id|code))?\W{0,3}$|[\w/][/\-_.]$",
    re.IGNORECASE,
)

# Ten or eleven digits from 0 or +44, in any grouping: the drama ranges (Ofcom) look no different.
PHONE = Identifier(
    "PHONE",
    re.compile(
        r"(?:(?:\+|(?<!\d)00)44[ .\-]?(?:\(0\)[ .\-]?)?|\(?0(?<![\w.]0))"
        r"[1235789](?:[ .\-]?\d|[ ]?\)[ ]?\d|[ ]?\([ ]?\d){8,9}(?![\d]|[.,:/]\d)"
    ),
    near="number",
    unless=_DOCUMENT_NUMBER,
)

# A number without its area code, and numbers of other countries, only where the words say so.
LOCAL_PHONE = Identifier(
    "PHONE",
    re.compile(
        r"(?:\+\d{1,3}[ \-]?)?\d(?<![\w.,£$+:/\-]\d)(?:[ \-]?\d){5,12}"
        r"(?![\w%]|[.,:/\-]\d| ?(?:mg|ml|mcg|units))"
    ),
    near="number",
    cue=re.compile(
        r"(?<![a-z])(?:tel(?:ephone)?|phone|mobile|mob|landline|fax)(?: (?:no\.?|number|num))?[^a-z0-9]{0,4}"
        r"(?:is |was |on )?$",
        re.IGNORECASE,
    ),
)

EXTENSION = Identifier(
    "PHONE",
    re.compile(
        r"(?<![a-z])(?:ext(?:ension|n)?|bleep(?:ed|er)?|pager|dect|ascom)\.?[ :#]{0,2}(?:no\.?|number|on|is)?"
        r"[ :#.]{0,2}(?P<id>\d{3,6})(?![\w%]|[.,:/]\d| ?(?:mg|ml|mcg|units))",
        re.IGNORECASE,
    ),
    near="number",
)

_DOT = r"(?:\.| ?[\[(]dot[\])] ?)"
EMAIL = Identifier(
    "EMAIL",
    re.compile(
        rf"[\w](?<![\w.+\-].)[\w.+'\-]{{0,63}}(?: ?[\[(](?:at|@)[\])] ?|@)[a-z0-9\-]+(?:{_DOT}[a-z0-9\-]+)+",
        re.IGNORECASE,
    ),
    near="@",
)

URL = Identifier(
    "URL",
    re.compile(r"(?:https?://|www\.)[^\s\x00<>\"'()\[\]{}|]*[^\s\x00<>\"'()\[\]{}|.,;:!?]", re.IGNORECASE),
    near="www",
)


def ip_address_is_valid(value: str) -> bool:
    """Whether `value` has four octets and two of them are 100 or more, as a clause never has."""
    octets = [int(octet) for octet in value.split(".")]
    return all(octet < 256 for octet in octets) and sum(octet >= 100 for octet in octets) >= 2


IP_ADDRESS = Identifier(
    "IP ADDRESS",
    re.compile(r"\d(?<![\w.]\d)\d{0,2}(?:\.\d{1,3}){3}(?![\w]|\.\d)"),
    near="number",
    check=ip_address_is_valid,
    cue=cue(r"ip(?: address)?|ipv4"),
)

IDENTIFIERS = (EMAIL, URL, PHONE, LOCAL_PHONE, EXTENSION, POSTCODE, IP_ADDRESS)
