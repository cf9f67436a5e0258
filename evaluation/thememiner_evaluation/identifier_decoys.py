"""Sentences full of numbers and capitals in which nobody can be recognised: what must stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from thememiner_evaluation.identifier_values import date, digits, letters

_DRUGS = "morphine paracetamol furosemide insulin gentamicin warfarin clozapine apixaban heparin".split()
_WARDS = "Larch Juniper Rowan Kingfisher Ash Cedar Lavender Heather Rose Ivy Poppy".split()


def _dose(rng: Random) -> str:
    drug, number = rng.choice(_DRUGS), rng.randint(1, 999)
    unit = rng.choice(["mg", " mg", "mcg", " micrograms", "ml", " units", "g", "mg/kg", "mmol/L"])
    return rng.choice(
        [
            f"Given {drug} {number}{unit} instead of {number * 10}{unit}.",
            f"{drug} {number / 10}{unit} BD prescribed, {rng.randint(1, 4)} doses missed",
            f"{rng.randint(1, 4)} x {number}{unit} {drug} at {rng.randint(0, 23):02}00",
            f"NHS dose chart: {drug} {number},{digits(rng, 3)} units over {rng.randint(2, 24)} hours.",
            f"{drug.title()} infusion {rng.randint(1, 20)}ml/hr, bag of {number}ml found empty",
            f"vitamin D3 {rng.randint(1, 40)},000 units weekly; vit B12 {rng.randint(1, 5)}mg",
        ]
    )


def _score(rng: Random) -> str:
    number = rng.randint(0, 15)
    return rng.choice(
        [
            f"NEWS2 {number}, GCS {rng.randint(3, 15)}/15, AVPU A",
            f"NEWS {number} at {rng.randint(0, 23):02}:{rng.randint(0, 59):02}, then NEWS {number + 1}.",
            f"Waterlow {rng.randint(5, 30)}, MUST {rng.randint(0, 4)}, Braden {rng.randint(6, 23)}",
            f"GCS E{rng.randint(1, 4)} V{rng.randint(1, 5)} M{rng.randint(1, 6)}",
            (
                f"4AT score {number}, CFS {rng.randint(1, 9)}, PHQ-9 {rng.randint(0, 27)}, GAD-7 "
                f"{rng.randint(0, 21)}"
            ),
            f"ASA {rng.randint(1, 4)}, category {rng.randint(1, 4)} section, Bishop's score {number}",
        ]
    )


def _time(rng: Random) -> str:
    def clock() -> str:
        return f"{rng.randint(0, 23):02}{rng.choice([':', '.', '', 'h'])}{rng.randint(0, 59):02}"

    return rng.choice(
        [
            f"Called at {clock()}, crew on scene {clock()}, away {clock()}.",
            f"Obs {clock()} {clock()} {clock()} {clock()} all in range",
            f"Between {clock()} and {clock()} hrs nobody came",
            (
                f"Waited {rng.randint(1, 99)} hours {rng.randint(1, 59)} mins; {rng.randint(90, 120)} "
                "minutes over target"
            ),
            f"{rng.randint(2, 12)}-{rng.randint(2, 12)} weeks' wait, then {rng.randint(90, 400)} days",
        ]
    )


def _lab(rng: Random) -> str:
    return rng.choice(
        [
            (
                f"Na {rng.randint(110, 160)}, K {rng.randint(20, 79) / 10}, creat {rng.randint(40, 900)}, "
                f"eGFR {rng.randint(5, 90)}"
            ),
            (
                f"BP {rng.randint(70, 220)}/{rng.randint(40, 120)}, HR {rng.randint(30, 180)}, SpO2 "
                f"{rng.randint(70, 100)}% on 2L O2"
            ),
            (
                f"Hb {rng.randint(50, 180)} CRP {rng.randint(1, 400)} WCC {rng.randint(10, 300) / 10} plt "
                f"{rng.randint(5, 600)}"
            ),
            (
                f"pH 7.{rng.randint(1, 59):02}, lactate {rng.randint(5, 150) / 10}, pCO2 "
                f"{rng.randint(30, 120) / 10}"
            ),
            f"Troponin {digits(rng, 4)} ng/L then {digits(rng, 5)} ng/L",
            (
                f"Weight {rng.randint(300, 1400) / 10}kg, height 1.{rng.randint(40, 99)}m, temp "
                f"{rng.randint(350, 410) / 10}"
            ),
            f"sats {rng.randint(90, 99)} on air, RR {rng.randint(8, 40)}, BM {rng.randint(20, 300) / 10}",
        ]
    )


def _ward(rng: Random) -> str:
    ward = rng.choice(_WARDS)
    return rng.choice(
        [
            f"{ward} Ward was two nurses short; {rng.randint(20, 32)} beds, {rng.randint(1, 6)} bays.",
            f"Ward {rng.randint(1, 99)}, bay {rng.randint(1, 8)} bed {rng.randint(1, 40)}",
            (
                f"Moved from Ward {letters(rng, 1)}{rng.randint(1, 12)} to level {rng.randint(1, 9)} of "
                f"the {ward} Unit"
            ),
            f"{ward} Ward has {rng.randint(2, 9)} side rooms and room {rng.randint(90, 120)} is shut",
            f"Theatre {rng.randint(1, 12)} list over-ran; recovery bay {rng.randint(1, 12)} full",
        ]
    )


def _code(rng: Random) -> str:
    return rng.choice(
        [
            f"SNOMED CT {rng.randint(1, 9)}{digits(rng, rng.choice([6, 7, 8, 9, 11]))} coded in error",
            f"SNOMED code {rng.randint(1, 9)}{digits(rng, 9)} used",
            f"ICD-10 {letters(rng, 1)}{digits(rng, 2)}.{digits(rng, 1)} on the discharge letter",
            f"OPCS {letters(rng, 1)}{digits(rng, 2)}.{digits(rng, 1)}; ICD {letters(rng, 1)}{digits(rng, 2)}",
            f"SCTID: {rng.randint(1, 9)}{digits(rng, 8)}",
            f"concept id {rng.randint(1, 9)}{digits(rng, 9)}, read code {letters(rng, 1)}{digits(rng, 3)}.",
            (
                f"HRG {letters(rng, 2)}{digits(rng, 2)}{letters(rng, 1)}, ODS code "
                f"R{letters(rng, 1)}{digits(rng, 1)}"
            ),
        ]
    )


def _serial(rng: Random) -> str:
    return rng.choice(
        [
            f"Pump serial {digits(rng, 10)} alarmed twice.",
            f"Serial number {digits(rng, 9)}, model T{digits(rng, 2)}",
            f"Device S/N {letters(rng, 2)}{digits(rng, 6)} withdrawn",
            (
                f"Lot {digits(rng, 2)}{letters(rng, 1, 'ABCDEFGHIJKL')}{digits(rng, 4)}{letters(rng, 1)}, "
                f"expiry {digits(rng, 2)}"
            ),
            f"Batch no. {letters(rng, 2)}{digits(rng, 6)}{letters(rng, 1, 'ABCD')} recalled",
            f"asset tag {digits(rng, 7)} not serviced",
            f"GTIN 0{digits(rng, 13)} scanned",
            f"Serial no: {digits(rng, 3)} {digits(rng, 3)} {digits(rng, 4)}",
            f"Bed rail model {letters(rng, 2)}-{digits(rng, 4)}, order {digits(rng, 8)}",
        ]
    )


def _event(rng: Random) -> str:
    day = date(rng, 2015, 2026)
    return rng.choice(
        [
            f"On {day} the alarm failed.",
            f"Seen {day}, discharged {date(rng, 2015, 2026)}.",
            f"Incident date {day} at {rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
            f"The NHS review of {day} found three gaps",
            f"Policy due for review {day}",
            f"Fell on {day}; CT head done the same day",
        ]
    )


def _age(rng: Random) -> str:
    age = rng.randint(1, 89)
    return rng.choice(
        [
            f"{age} year old lady waited {rng.randint(90, 300)} minutes",
            f"aged {age}, sats {rng.randint(90, 99)}%",
            f"{age}yo, BMI {rng.randint(15, 60)}",
            f"Age {age}; {rng.randint(90, 99)} percent of checks done",
            f"A {age}-year-old man, {rng.randint(90, 120)}kg, on {rng.randint(90, 120)} bed days",
            f"our service is {rng.randint(90, 110)} years behind",
        ]
    )


def _paper(rng: Random) -> str:
    return rng.choice(
        [
            (
                f"Policy {letters(rng, 2)}{digits(rng, 2)} version "
                f"{rng.randint(1, 9)}.{rng.randint(0, 9)}, page {rng.randint(1, 99)} of 99"
            ),
            (
                f"Clause {rng.randint(1, 30)}.{rng.randint(1, 12)}.{rng.randint(1, 9)} and "
                f"{rng.randint(1, 9)}.{rng.randint(1, 9)}.1.2"
            ),
            f"ISBN 978{digits(rng, 10)}",
            (
                f"Section {rng.choice([2, 3, 17, 117, 136])} Mental Health Act 1983, regulation "
                f"{rng.randint(9, 28)}"
            ),
            f"NICE NG{rng.randint(10, 250)} and CG{rng.randint(10, 190)}; HSE form RIDDOR F2508",
            f"£{digits(rng, 3)},{digits(rng, 3)} over {rng.randint(2018, 2024)}/{rng.randint(19, 29)}",
            f"doi 10.{digits(rng, 4)}/{letters(rng, 3)}.{digits(rng, 6)}",
            (
                f"In FY{rng.randint(21, 26)} NHS bodies filed {digits(rng, 5)} reports, "
                f"{rng.randint(1, 99)}% on time"
            ),
        ]
    )


def _words(rng: Random) -> str:
    return rng.choice(
        [
            "Parkinson's disease, Bell's palsy and the Glasgow Coma Scale were all on the form.",
            f"{rng.randint(2, 9)} nurses on the way to the unit, {rng.randint(5, 40)} minutes down the road.",
            f"May have to wait {rng.randint(2, 12)} hours in the court building.",
            f"T{rng.randint(1, 12)} fracture, L{rng.randint(1, 5)}/S1 disc, C{rng.randint(1, 7)} collar on",
            (
                f"Room {rng.randint(1, 60)} door; {rng.randint(2, 9)} steps to the park, "
                f"{rng.randint(3, 90)} metres of drive way"
            ),
            f"Cat {rng.randint(1, 5)} call, {rng.randint(1, 9)} ambulances stacked, REAP {rng.randint(1, 4)}",
            (
                f"HbA1c {rng.randint(30, 140)}, type {rng.choice([1, 2])} diabetes, {rng.randint(1, 4)} "
                "carers a day"
            ),
            "Call 111 or 999, or the duty desk, day or night.",
            (
                f"Stage {rng.randint(1, 4)} sacral sore {rng.randint(1, 9)} x {rng.randint(1, 9)} cm; "
                f"grade {rng.randint(1, 4)} heel"
            ),
        ]
    )


def _standard(rng: Random) -> str:
    parts = ".".join(str(rng.randint(1, most)) for most in (20, 20, 20, 90))
    return rng.choice(
        [
            f"ISO{digits(rng, 5)} audit, BS EN {digits(rng, 5)} and DCB0{digits(rng, 3)} are on the list",
            f"NCT0{digits(rng, 7)} is closed to new patients.",
            f"Policy ref {letters(rng, 2)}{digits(rng, 6)} is out of date",
            f"Purchase order 4{digits(rng, 9)}, invoice ref {digits(rng, 8)}",
            f"The pump runs firmware {parts}",
            f"See section {parts} of the standard",
            f"Alert NatPSA/{rng.randint(2019, 2026)}/{digits(rng, 3)}/NHSPS is still open",
            f"Microsoft update KB{digits(rng, 7)} broke the printers",
        ]
    )


def _bleep(rng: Random) -> str:
    number = str(rng.randint(1, 9)) + digits(rng, rng.choice([2, 3, 4]))
    return rng.choice(
        [
            f"Med reg on bleep {number} did not call back.",
            f"Bleeped {number} three times",
            f"Site manager (bleep {number})",
            f"Outreach bleep no. {number}, then the pager {number}",
        ]
    )


def _reading(rng: Random) -> str:
    """Numbers of 90 and more that are nobody's age, beside people."""
    number, who = rng.randint(90, 115), rng.choice(["She", "He", "The patient", "Mum", "My gran"])
    return rng.choice(
        [
            f"{who} was {number}% on air.",
            f"{who} waited {number} minutes on a trolley",
            f"{who} is {number} kg and needs the wide bed",
            f"{who} had a pulse of {number}, a temp of {number} F, BP {number}/{rng.randint(40, 80)}.",
            f"{who} was put in bed {number}, room {number}",
            f"{who} was {number} miles from home",
            f"{who} scored {number} on the Barthel; sats {number}",
        ]
    )


def _move(rng: Random) -> str:
    ward, town = rng.choice(_WARDS), rng.choice("Leeds Skipton Wetherby Southampton Preston".split())
    return rng.choice(
        [
            f"Went from {ward} Ward to Theatre, then back to {ward} Ward.",
            f"Seen in the {town} clinic by the {town} team",
            f"Transferred back to {town} the next day",
            "She came to Outpatients and was sent home to bed",
            f"Referred to {town}, waited for a bed in {town}",
            f"Visit to {rng.randint(2, 9)} Wards; {rng.randint(2, 9)} Staff Nurses were off",
        ]
    )


DECOYS: Mapping[str, Callable[[Random], str]] = {
    "doses": _dose,
    "scores": _score,
    "times": _time,
    "vital signs and laboratory": _lab,
    "wards and beds": _ward,
    "clinical codes": _code,
    "devices": _serial,
    "event dates": _event,
    "ages under 90": _age,
    "papers and money": _paper,
    "standards, orders and versions": _standard,
    "bleeps": _bleep,
    "readings of 90 and more": _reading,
    "wards, clinics and transfers": _move,
    "other": _words,
}
