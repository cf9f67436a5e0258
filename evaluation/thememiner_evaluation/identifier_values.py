"""Invented identifiers of every UK sort, and the ways in which they are typed.

Numbers come from ranges that are given to nobody where such ranges exist: NHS numbers from 999,
telephone numbers from Ofcom's ranges for drama.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

# A value in its groups: ("999", "001", "0005"). What stands between them is a way of typing it.
Groups = tuple[str, ...]

GAPS = ("", " ", "-", ".", "\n", "  ", "\u00a0", "\u2009", "\u202f", "\u2013", "\u2011", " - ")
TIGHT = ("", " ", "\u00a0", "\u2009", "-", "\u2011")
NONE = ("",)
_LETTERS = string.ascii_uppercase
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN "
    "EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK "
    "ML N "
    "NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF "
    "TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
).split()
_WORDS = "birch orchard larkfield copper ashdown willow tanner harbour linden quarry meadow fennel".split()


def digits(rng: Random, count: int) -> str:
    """That many digits."""
    return "".join(rng.choice(string.digits) for _ in range(count))


def letters(rng: Random, count: int, among: str = _LETTERS) -> str:
    """That many capitals."""
    return "".join(rng.choice(among) for _ in range(count))


def nhs_number(rng: Random) -> Groups:
    """Ten digits from 999 that pass modulus 11."""
    while True:
        nine = "999" + digits(rng, 6)
        check = 11 - sum(int(d) * (10 - place) for place, d in enumerate(nine)) % 11
        if check != 10:
            return nine[:3], nine[3:6], nine[6:] + str(check % 11)


def mistyped_nhs_number(rng: Random) -> Groups:
    """One of those with its last digit wrong."""
    first, second, third = nhs_number(rng)
    return first, second, third[:3] + str((int(third[3]) + rng.randint(1, 9)) % 10)


def hospital_number(rng: Random) -> Groups:
    """A record number in one of the usual shapes."""
    shapes: tuple[Groups, ...] = (
        (rng.choice("KMRTX") + digits(rng, 6),),
        ("00" + digits(rng, 5),),
        (letters(rng, 2) + digits(rng, 7),),
        (digits(rng, 6) + rng.choice("ABCD"),),
        (digits(rng, 7),),
        (digits(rng, 2) + "/" + digits(rng, 5),),
        (f"{digits(rng, 3)}-{digits(rng, 2)}-{digits(rng, 2)}",),
        (rng.choice("DGW") + " " + digits(rng, 7),),
    )
    return rng.choice(shapes)


def incident_number(rng: Random) -> Groups:
    """An incident's reference in one of the usual shapes."""
    year = str(rng.randint(2017, 2026))
    shapes: tuple[Groups, ...] = (
        ("W" + digits(rng, 6),),
        (f"INC-{year}-{digits(rng, 4)}",),
        (f"{year}/{digits(rng, 5)}",),
        ("WEB" + digits(rng, 6),),
        (digits(rng, 6),),
        (f"C/{year[2:]}/{digits(rng, 4)}",),
        (f"INC{digits(rng, 8)}",),
    )
    return rng.choice(shapes)


def national_insurance_number(rng: Random) -> Groups:
    """Two letters that are given out, six digits, a suffix."""
    while True:
        prefix = letters(rng, 1, "ABCEGHJKLMNOPRSTWXYZ") + letters(rng, 1, "ABCEGHJKLMNPRSTWXYZ")
        if prefix not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}:
            return prefix, digits(rng, 2), digits(rng, 2), "1" + digits(rng, 1), rng.choice("ABCD")


def postcode(rng: Random) -> Groups:
    """A postcode in an area that exists."""
    area = rng.choice(_AREAS)
    district = str(rng.randint(1, 28))
    if area in {"E", "EC", "N", "SE", "SW", "W", "WC"} and len(district) == 1:
        district += rng.choice(["", "A", "W", "P"])
    return area + district, digits(rng, 1) + letters(rng, 2, "ABDEFGHJLNPQRSTUWXYZ")


def phone(rng: Random) -> Groups:
    """A number out of Ofcom's ranges for drama, in national or international form."""
    three = digits(rng, 3)
    shapes: tuple[Groups, ...] = (
        ("07700", "900" + three),
        ("07700", "900", three),
        ("0113", "496", "0" + three),
        ("020", "7946", "0" + three),
        ("01632", "960" + three),
        ("01632", "960", three),
        ("(0117)", "496", "0" + three),
        ("08081", "570" + three),
        ("03069", "990" + three),
        ("+44", "7700", "900" + three),
        ("+44 (0)161", "496", "0" + three),
        ("0044", "7700", "900" + three),
    )
    return rng.choice(shapes)


def extension(rng: Random) -> Groups:
    """A number inside a hospital."""
    return (str(rng.randint(1, 9)) + digits(rng, rng.choice([2, 3, 4])),)


def email(rng: Random) -> Groups:
    """An address at a domain that is kept for examples."""
    first, last = rng.sample(_WORDS, 2)
    local = rng.choice([f"{first}.{last}", first, f"{first}_{last}{digits(rng, 2)}", f"{first[0]}.{last}"])
    at = rng.choice(["@"] * 6 + ["[at]", " [at] ", "(at)", " (at) ", " @ "])
    domain = rng.choice(["example.com", "example.nhs.uk", "mail.example.org", "example.ac.uk"])
    dotted = domain.replace(".", " [dot] ") if "at" in at and rng.random() < 0.3 else domain
    return (local + at + dotted,)


def date(rng: Random, first: int, last: int) -> str:
    """A day between two years, as dates are written."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(first, last)
    name = "January February March April May June July August September October November December".split()
    word = name[month - 1]
    ending = "th" if 10 <= day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return rng.choice(
        [
            f"{day:02}/{month:02}/{year}",
            f"{day}/{month}/{year}",
            f"{day}/{month}/{year % 100:02}",
            f"{day:02}.{month:02}.{year}",
            f"{day:02}-{month:02}-{year}",
            f"{year}-{month:02}-{day:02}",
            f"{day} {word} {year}",
            f"{day}{ending} {word} {year}",
            f"{day}{ending} of {word}, {year}",
            f"{day} {word[:3]} {year % 100:02}",
            f"{day:02}-{word[:3]}-{year}",
            f"{day:02}-{word[:3].upper()}-{year % 100:02}",
            f"{word} {day}, {year}",
            f"{day:02} {month:02} {year}",
        ]
    )


def birth(rng: Random) -> Groups:
    """A date of birth."""
    return (date(rng, 1921, 2015),)


def seven(rng: Random) -> Groups:
    """Seven digits, as the GMC and the GPhC give them."""
    return (rng.choice("234678") + digits(rng, 6),)


def nmc(rng: Random) -> Groups:
    """A nurse's or midwife's PIN."""
    return digits(rng, 2) + letters(rng, 1, "ABCDEFGHIJKL"), digits(rng, 4) + rng.choice("ESWNO")


def hcpc(rng: Random) -> Groups:
    """A registration with the HCPC or Social Work England."""
    return rng.choice(["PA", "PH", "OT", "PYL", "RA", "DT", "SW", "ODP", "CH"]), digits(
        rng, rng.choice([5, 6])
    )


def passport(rng: Random) -> Groups:
    """A passport's number, old or new."""
    old = (digits(rng, 3), digits(rng, 3), digits(rng, 3))
    return rng.choice([old, ("".join(old),), (letters(rng, 2) + digits(rng, 7),)])


def driving_licence(rng: Random) -> Groups:
    """A driver number: name, date of birth, initials."""
    name = letters(rng, rng.choice([2, 3, 4, 5, 5, 5])).ljust(5, "9")
    month = rng.randint(1, 12) + rng.choice([0, 50])
    born = f"{rng.randint(0, 9)}{month:02}{rng.randint(1, 28):02}{rng.randint(0, 9)}"
    return name, born, letters(rng, 1) + rng.choice(["9", *_LETTERS]) + digits(rng, 1) + letters(rng, 2)


def vehicle(rng: Random) -> Groups:
    """A plate of any form since 1963, and Northern Ireland's."""
    allowed = "ABCDEFGHJKLMNOPRSTUVWXY"
    age = f"{rng.choice([rng.randint(2, 26), rng.randint(51, 75)]):02}"
    shapes: tuple[Groups, ...] = (
        (letters(rng, 2, allowed) + age, letters(rng, 3, allowed)),
        (letters(rng, 2, allowed) + age, letters(rng, 3, allowed)),
        (rng.choice("ABCDEFGHJKLMNPRSTVWXY") + str(rng.randint(1, 999)), letters(rng, 3, allowed)),
        (letters(rng, 3, allowed), str(rng.randint(1, 999)) + rng.choice("ABCDEFGHJKLMNPRSTVWXY")),
        (
            letters(rng, 1, "ABCDEFGJKLMNORSTUVWXY") + rng.choice("IZ") + letters(rng, 1),
            str(rng.randint(1000, 9999)),
        ),
    )
    return rng.choice(shapes)


def public_ip(rng: Random) -> Groups:
    """An address that no clause of a policy looks like."""
    octets = [rng.randint(100, 254), rng.randint(0, 255), rng.randint(100, 255), rng.randint(1, 254)]
    return (".".join(map(str, octets)),)


def named_ip(rng: Random) -> Groups:
    """Any address, old or new style."""
    if rng.random() < 0.3:
        return (":".join(["2001", "db8", *(f"{rng.randint(1, 65535):x}" for _ in range(6))]),)
    return (".".join(str(rng.randint(0, 255)) for _ in range(4)),)


def url(rng: Random) -> Groups:
    """A page of a site kept for examples."""
    first, last = rng.sample(_WORDS, 2)
    start = rng.choice(["https://", "http://", "www.", "https://www."])
    rest = rng.choice(["", f"/{first}", f"/{first}-{last}?id={digits(rng, 4)}", f"/u/{last}#top"])
    return (start + rng.choice([f"{first}.example.com", "example.org", f"{last}.example.nhs.uk"]) + rest,)


def address(rng: Random) -> Groups:
    """A house and its street, with a flat, town or postcode or without."""
    name = rng.choice(_WORDS).title()
    street = rng.choice(
        "Road Street Lane Avenue Close Drive Crescent Gardens Grove Terrace Way Court Rd St".split()
    )
    number = f"{rng.randint(1, 299)}{rng.choice(['', '', '', 'a', 'B'])}"
    flat = rng.choice(["", "", "", f"Flat {rng.randint(1, 40)}, ", f"Flat {rng.choice('ABC')}, "])
    first = rng.choice(["", "", "Upper ", "Old ", "St "])
    code = rng.choice(["", "", ", " + " ".join(postcode(rng))])
    return (f"{flat}{number} {first}{name} {street}{code}",)


def great_age(rng: Random) -> Groups:
    """An age of 90 or more."""
    return (str(rng.choice([*range(90, 100), *range(90, 100), *range(100, 112)])),)


def spelt_age(rng: Random) -> Groups:
    """An age of 90 or more in words."""
    ones = "one two three four five six seven eight nine".split()
    return (rng.choice(["ninety", *(f"ninety-{one}" for one in ones), *(f"ninety {one}" for one in ones)]),)


@dataclass(frozen=True, slots=True)
class Typing:
    """A way of typing a value: its name and what it does to the characters."""

    name: str
    apply: Callable[[str, Random], str]


def _wide(text: str, _: Random) -> str:
    return "".join(chr(0xFF10 + int(c)) if c.isascii() and c.isdigit() else c for c in text)


def _zero_width(text: str, rng: Random) -> str:
    at = rng.randint(1, max(1, len(text) - 1))
    return text[:at] + rng.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad") + text[at:]


def _letter_o(text: str, rng: Random) -> str:
    zeros = [at for at, c in enumerate(text) if c == "0"]
    chosen = set(rng.sample(zeros, min(len(zeros), 2)))
    return "".join("O" if at in chosen else c for at, c in enumerate(text))


PLAIN = Typing("plain", lambda text, _: text)
LOWER = Typing("lower case", lambda text, _: text.lower())
UPPER = Typing("upper case", lambda text, _: text.upper())
WIDE = Typing("full-width digits", _wide)
ZERO_WIDTH = Typing("zero-width character", _zero_width)
LETTER_O = Typing("O for 0", _letter_o)
ALL = (PLAIN, PLAIN, LOWER, WIDE, ZERO_WIDTH, LETTER_O)
NO_O = (PLAIN, PLAIN, LOWER, WIDE, ZERO_WIDTH)

# What may stand around a value.
AROUND = (
    "{}",
    "{}",
    "{}",
    "({})",
    "[{}]",
    "{}.",
    "{},",
    "{};",
    "'{}'",
    '"{}"',
    "\u201c{}\u201d",
    "*{}*",
    "{}:",
)


def typed(rng: Random, groups: Groups, gaps: Sequence[str], typing: Typing) -> str:
    """The groups with one gap between them, typed in one way."""
    return typing.apply(rng.choice(gaps).join(groups), rng)
