"""Sentences as terse notes have them: identifiers that no label announces, or an odd one."""

from __future__ import annotations

from random import Random

from thememiner_evaluation import identifier_values as values
from thememiner_evaluation.identifier_texts import Sort
from thememiner_evaluation.identifier_values import (
    NONE,
    PLAIN,
    UPPER,
    WIDE,
    ZERO_WIDTH,
    Groups,
    digits,
    letters,
)

_FIRST = "Winnow Tannet Larkfell Quarrel Fennick Ashby Copperby Lindal".split()
_LAST = "Nook Bottoms Hollins Rake Cross Fold Steps Bank End Head".split()
_TOWNS = "Wetherby Skipton Leeds Bradford Lincoln Hereford Dartford Ilkeston Matlock Rotherham".split()
_VILLAGES = (
    "Little Quarrelby|Upper Tannerdale|Winnowthorpe|Fenniwick|Nether Larkham|Copperbury|Llanfennic".split("|")
)
_TYPINGS = (PLAIN, PLAIN, WIDE, ZERO_WIDTH)


def record(rng: Random) -> Groups:
    """Letters and five to nine digits, glued or with a hyphen."""
    return (
        rng.choice(
            [
                rng.choice("HJKMQTWY") + digits(rng, rng.choice([6, 7])),
                letters(rng, 3, "HJKQWY") + rng.choice(["", "-"]) + digits(rng, rng.choice([5, 6, 7])),
                rng.choice("HJKMQTWY") + digits(rng, 2) + "-" + rng.choice("13456789") + digits(rng, 3),
            ]
        ),
    )


def system_number(rng: Random) -> Groups:
    """What RiO, Datix and the like number with."""
    return (
        rng.choice(["", "W", "K", "IN-", "SI"]) + rng.choice("3456789") + digits(rng, rng.choice([5, 6])),
    )


def file_number(rng: Random) -> Groups:
    """A claim's, complaint's or file's reference, in groups."""
    return (
        rng.choice(
            [
                f"{letters(rng, 3, 'HJKQWY')}/M{digits(rng, 2)}/{digits(rng, 4)}",
                f"{letters(rng, 2, 'HJKQWY')}/{digits(rng, 2)}/{digits(rng, 5)}",
                f"{letters(rng, 2, 'HJKQWY')}-{digits(rng, 2)}-{digits(rng, 4)}",
                f"{letters(rng, 3, 'HJKQWY')}-{digits(rng, 4)}-{digits(rng, 4)}",
            ]
        ),
    )


def birth(rng: Random) -> Groups:
    """A day before 2012 with its year."""
    return (values.date(rng, 1931, 2011),)


def foreign_passport(rng: Random) -> Groups:
    """A passport of another country."""
    return (
        rng.choice(
            [
                rng.choice("ABCEGKLPQUXZ") + digits(rng, rng.choice([7, 8])),
                letters(rng, 2) + digits(rng, 6),
                letters(rng, 3) + digits(rng, 6),
                digits(rng, 2) + letters(rng, 2) + digits(rng, 5),
            ]
        ),
    )


def registration(rng: Random) -> Groups:
    """A registration with the HCPC or Social Work England, glued."""
    return (
        rng.choice(["PA", "PH", "OT", "PYL", "RA", "DT", "SW", "ODP", "CH", "SL"])
        + digits(rng, rng.choice([5, 6])),
    )


def new_plate(rng: Random) -> Groups:
    """A plate of the form since 2001."""
    allowed = "ABCDEGHJKLMNOPRSTUVWXY"
    year = f"{rng.choice([rng.randint(2, 26), rng.randint(51, 76)]):02}"
    return (
        letters(rng, 2, allowed)
        + year
        + rng.choice(["", " "])
        + letters(rng, 2, "BCDFGHJKLMNPRSTVWXYZ")
        + "X",
    )


def ip(rng: Random) -> Groups:
    """An address of four octets, as often of a local network as not."""
    octets = [
        rng.choice([10, 172, 192, 81, 51]),
        rng.randint(0, 60),
        rng.randint(0, 60),
        rng.randint(26, 254),
    ]
    return (".".join(map(str, octets)),)


def house(rng: Random) -> Groups:
    """A house in a street that ends in no street word."""
    return (f"{rng.randint(1, 199)}{rng.choice(['', '', 'a'])} {rng.choice(_FIRST)} {rng.choice(_LAST)}",)


def named_house(rng: Random) -> Groups:
    """A house's name or a part of it before an address."""
    name = rng.choice(
        [
            f"{rng.choice(_FIRST)} Cottage",
            f"{rng.choice(_FIRST)} House",
            f"Unit {rng.randint(1, 40)}",
            f"Block {letters(rng, 1, 'ABCDEF')}",
            "Annexe",
            f"Room {rng.randint(1, 40)}",
        ]
    )
    street = rng.choice(["Road", "Lane", "Street", "Terrace"])
    return (f"{name}, {rng.randint(1, 199)} {rng.choice(_FIRST)} {street}",)


def town(rng: Random) -> Groups:
    """A town of the shipped list, or a village that no list has."""
    return (rng.choice([*_TOWNS, *_VILLAGES]),)


TERSE = (
    Sort(
        "age of 90 or more, terse",
        ("AGE OVER 89",),
        values.great_age,
        (
            "Mrs Ossingham ({}) was left on the trolley",
            "Mr Ossingham, {}, lives alone",
            "Pt Ossingham, Mrs Zelda Ossingham, {}, fell at home.",
            "My gran, {}, was not fed",
            "She is {} and deaf",
            "he's {} next week",
            "I am {} and nobody listens",
            "F, {}, long lie",
            "male, {}, NFR",
            "Mum is only {}",
            "Found in the street, {}+, no shoes",
        ),
        typings=(PLAIN, WIDE, ZERO_WIDTH),
        wrapped=False,
    ),
    Sort(
        "age of 90 or more, terse, in words",
        ("AGE OVER 89",),
        values.spelt_age,
        ("She is {}.", "Mr Ossingham ({}) slept", "my dad is {} and waits", "Mum, {}, was moved twice"),
        typings=(PLAIN, UPPER),
        wrapped=False,
    ),
    Sort(
        "date of birth, terse",
        ("DATE OF BIRTH",),
        birth,
        (
            "Twin two b. {}",
            "his sister (b. {}) was given it",
            "Mrs Ossingham ({}) had the wrong label",
            "Mr Zelig Ossingham, {}, went to theatre",
            "{} DOB on the wristband",
            "DOB given {}",
            "DOB on record is {}",
            "in Mr Ossingham's notes, {}",
        ),
        typings=_TYPINGS,
        wrapped=False,
    ),
    Sort(
        "record number, nothing said",
        ("REFERENCE NUMBER", "HOSPITAL NUMBER", "INCIDENT NUMBER"),
        record,
        (
            "Label of {} on the wrong bag",
            "Left hip listed: {}",
            "one had {} and the other none",
            "Body moved as {}",
        ),
        typings=_TYPINGS,
    ),
    Sort(
        "record number, by its system",
        ("REFERENCE NUMBER", "HOSPITAL NUMBER", "INCIDENT NUMBER"),
        system_number,
        ("RiO {}", "Datix {} says so", "wristband {} was torn", "CRN {}", "Ulysses: {}", "InPhase {} closed"),
        typings=_TYPINGS,
    ),
    Sort(
        "file reference",
        ("REFERENCE NUMBER", "HOSPITAL NUMBER", "INCIDENT NUMBER"),
        file_number,
        (
            "claim {}",
            "Our ref {}",
            "Ref no {}",
            "complaint {} was upheld",
            "Adverse event number {}",
            "job {} is late",
        ),
        typings=_TYPINGS,
    ),
    Sort(
        "passport of another country",
        ("PASSPORT NUMBER",),
        foreign_passport,
        (
            "passport {}",
            "came on passport {} in May",
            "Her passport (no. {}) is held",
            "passport number is {}",
        ),
        gaps=NONE,
        typings=_TYPINGS,
    ),
    Sort(
        "HCPC, nothing said",
        ("PROFESSIONAL ID",),
        registration,
        (
            "Crew {} stayed with him",
            "Seen by the duty OT {}",
            "Countersigned, {}",
            "{} checked the plates",
        ),
        typings=_TYPINGS,
    ),
    Sort(
        "vehicle, nothing said",
        ("VEHICLE",),
        new_plate,
        (
            "Owner of {} was told",
            "The keys of {} were lost",
            "{} was blocked in by the crew",
            "{} on the yellow lines",
        ),
        typings=_TYPINGS,
    ),
    Sort(
        "IP address, any",
        ("IP ADDRESS",),
        ip,
        ("joined from {} at night", "log-in {} failed", "{} opened the letter"),
        typings=_TYPINGS,
    ),
    Sort(
        "house without a street word",
        ("ADDRESS",),
        house,
        (
            "lives at {} with a dog",
            "home is {} on the first floor",
            "Equipment for {}, SO14 0AA",
            "stays with Mrs Ossingham, {}.",
            "Address is {}",
            "of 81, of {}, was found",
        ),
        typings=_TYPINGS,
        wrapped=False,
    ),
    Sort(
        "house by its name",
        ("ADDRESS",),
        named_house,
        ("The bed went to {}.", "Lives {}", "Nobody was in at {}", "home is {}"),
        typings=_TYPINGS,
        wrapped=False,
    ),
    Sort(
        "town",
        ("PLACE",),
        town,
        (
            "of 14 Tanner Lane, {}.",
            "She lives {}.",
            "lives in {} alone",
            "her parents came from {} to ask",
            "sent home to {} at night",
            "They are both from {}.",
            "He was recovered near {}.",
            "moved from {} last year",
            "Mr Ossingham registered here from {}",
            "Then back to {} for a week",
            "He was found wandering near {}.",
            "en route from {}",
        ),
        typings=(PLAIN, ZERO_WIDTH),
        wrapped=False,
    ),
)
