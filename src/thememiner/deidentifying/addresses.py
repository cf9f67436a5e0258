"""Where somebody lives: a house number with a street, and what follows up to the postcode."""

from __future__ import annotations

import re

from thememiner.deidentifying.identifiers import Identifier
from thememiner.deidentifying.vocabulary import words

_STREETS = (
    "road|rd|street|lane|ln|avenue|ave|close|drive|crescent|cres|gardens|gdns|grove|terrace|mews|square|"
    "parade|boulevard|hill|way|court|place|park|row|walk|rise|view|green|croft|meadows?|fold|villas|wharf|bank"
    "|mount|drove"
)
# "St" by its capital: without it the word is another.
_STREET = rf"(?:{_STREETS}|(?-i:St))"
_SURE = words("road rd street lane ln avenue ave crescent cres gardens gdns terrace grove mews")
# Between a number and a street word these say that it is no address: "5 minutes down the road".
_NOT_STREETS = words(
    """the a an and of in into onto on at to for from with by via down along up over across per my our your
    their his her this that who which came went
    more other minute minutes min mins hour hours hrs day days week weeks month months year years
    mile miles metre metres yard yards feet ft km mg ml units unit doors nurse nurses staff patient
    patients people person bed beds bay ward wards room rooms car cars bus buses care home nursing way
    ways lane lanes is was are were or not"""
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_POSTCODE = r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?!\w)"


def address_is_valid(value: str) -> bool:
    """Whether the words between number and street can be a street's name.

    "5 minutes down the road" is none; in lower case only the plainest street words count.
    """
    found = re.findall(r"[^\W\d_][\w'’-]+", value)
    street = next(
        (at for at, word in enumerate(found) if at and re.fullmatch(_STREET, word, re.IGNORECASE)), 0
    )
    named = found[:street]
    if _YEAR.match(value) and not re.search(rf"{_POSTCODE}$", value, re.IGNORECASE):
        return False
    if not named or any(word.lower() in _NOT_STREETS for word in named):
        return False
    if all(word[0].isupper() for word in (*named, found[street])):
        return True
    return found[street].lower() in _SURE or re.search(rf"{_POSTCODE}$", value, re.IGNORECASE) is not None


ADDRESS = Identifier(
    "ADDRESS",
    re.compile(
        r"\d(?<![\w.,/:£\-]\d)\d{0,3}[a-z]?(?:-\d{1,4})?,? "
        rf"(?:[a-z][a-z'’\-]+\.? ){{1,3}}{_STREET}(?![\w])"
        rf"(?:(?:,? [a-z][a-z'\-]+){{0,4}},? {_POSTCODE})?",
        re.IGNORECASE,
    ),
    near="text",
    check=address_is_valid,
)
# "Flat 3, 14", which meets the address that begins with the house.
FLAT = Identifier(
    "ADDRESS",
    re.compile(
        r"(?<![a-z])(?:flat|apartment|apt)\.? ?(?:\d{1,4}[a-z]?|[a-z]),? "
        r"\d{1,4}[a-z]?(?:-\d{1,4})?(?=,? [a-z])",
        re.IGNORECASE,
    ),
    near=("flat", "apartment", "apt"),
    reach=(1, 24),
)


def named_address_is_valid(value: str) -> bool:
    """Whether what follows "Address:" looks like one: several parts, a capital, a street or a postcode."""
    return any(letter.isupper() for letter in value) and (
        "," in value or re.search(rf"\b(?:{_STREETS})\b|{_POSTCODE}", value, re.IGNORECASE) is not None
    )


# "Home address: Rose Cottage, Mill Lane", to the end of the line or sentence.
NAMED_ADDRESS = Identifier(
    "ADDRESS",
    re.compile(
        r"(?<![a-z])address ?[:|] ?(?P<id>[a-z0-9][^\n\x00|;@]{5,90}?)(?=\.(?:\s|$)|[\n\x00|;]|$)",
        re.IGNORECASE,
    ),
    near=("address",),
    check=named_address_is_valid,
    unless=re.compile(r"(?:mail|ip|web|site) ?\Z", re.IGNORECASE),
    reach=(1, 110),
    digits=False,
)

IDENTIFIERS = (ADDRESS, FLAT, NAMED_ADDRESS)
