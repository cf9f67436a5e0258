"""What a record's own columns tell of people, masked in its free text: exact, and with one slip of the pen.

    python -m thememiner_evaluation.known_identifiers [--size 5000]

Records are invented: a table with columns of people, and a narrative that has their values where no other
rule would find them, as they are or with one letter or digit missing, added, wrong or changed about. The
table is read and de-identified as any other. Exit code 1 when a must is missed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from random import Random

from thememiner.records import Source
from thememiner.steps import read_texts
from thememiner_evaluation.identifier_values import digits, nhs_number, phone
from thememiner_evaluation.identifiers import SEED, wilson

MUST_EXACT, MUST_SLIP, AIM_SLIP = 1.0, 0.976, 0.99
_OPENINGS = "b br d dr f g h k l m n p r s st t tr v w z".split()
_VOWELS = "a e i o u ai ea".split()
_ENDINGS = "n r l m ck nd sh th x".split()
_PEOPLE = (
    "Just before lunch {} slid off the chair.",
    "The bell was rung and {} answered it.",
    "{} had been given the wrong tray.",
    "We went to {}'s room and it was empty.",
    "It took a while; then {}, upset, left.",
)
_NUMBERS = ("The sticker said {} in pencil.", "Paper with {} on it was found.", "On the fridge: {}, in red.")
_DATES = ("The form had {} twice.", "It was put in as {} by hand.")


def name(rng: Random) -> str:
    """An invented name of five letters or more."""
    while True:
        made = "".join(rng.choice(_OPENINGS) + rng.choice(_VOWELS) for _ in range(2)) + rng.choice(_ENDINGS)
        if len(made) >= 5:
            return made.title()


def slip(value: str, rng: Random) -> str:
    """The value with one letter or digit missing, added, wrong, or two changed about."""
    alphabet = "0123456789" if value.isdigit() else "abcdefghijklmnopqrstuvwxyz"
    while True:
        at = rng.randrange(len(value))
        wrong = rng.choice(alphabet)
        made = rng.choice(
            [
                value[:at] + value[at + 1 :],
                value[:at] + wrong + value[at:],
                value[:at] + wrong + value[at + 1 :],
                value[:at] + value[at : at + 2][::-1] + value[at + 2 :],
            ]
        )
        made = made if value.isdigit() else made.title()
        if made.lower() != value.lower():
            return made


def _dates(day: int, month: int, year: int) -> list[str]:
    names = "January February March April May June July August September October November December".split()
    word = names[month - 1]
    return [
        f"{day:02}/{month:02}/{year}",
        f"{day}.{month}.{year % 100:02}",
        f"{year}-{month:02}-{day:02}",
        f"{day} {word} {year}",
        f"{day}th of {word}, {year}",
        f"{word} {day}, {year}",
        f"{day:02}-{word[:3]}-{year % 100:02}",
    ]


def record(rng: Random, typed: Callable[[str, Random], str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """A row of a table, and (sort, value as it stands in the narrative) of what must be gone."""
    forename, surname, reporter = name(rng), name(rng), name(rng)
    nhs, unit, rung = "".join(nhs_number(rng)), digits(rng, 7), "".join(c for c in phone(rng) if c.isalnum())
    rung = "07700900" + digits(rng, 3) if not rung.isdigit() else rung
    born = (rng.randint(13, 28), rng.randint(1, 12), rng.randint(1930, 2010))
    planted = [
        ("forename", typed(forename, rng)),
        ("surname", typed(surname, rng)),
        ("reporter", typed(reporter, rng)),
        ("number", typed(unit, rng)),
        ("date of birth", rng.choice(_dates(*born))),
    ]
    texts = [
        rng.choice(_NUMBERS if sort == "number" else _DATES if sort == "date of birth" else _PEOPLE).format(v)
        for sort, v in planted
    ]
    rng.shuffle(texts)
    row = {
        "Patient forename": forename,
        "Patient surname": surname,
        "NHS No": nhs,
        "Hospital number": unit,
        "Date of birth": rng.choice(_dates(*born)),
        "Reported by": f"{reporter.upper()}, {name(rng)}",
        "Contact number": rung,
        "What happened": " ".join(texts),
    }
    return row, planted


def measure(size: int, *, show: int = 0) -> bool:
    """Print the recall of each sort, exact and with a slip; True when each must is met."""
    import pandas as pd

    met = True
    for title, typed, must in (("exact", _as_it_is, MUST_EXACT), ("one slip", slip, MUST_SLIP)):
        rng = Random(f"{SEED} {title}")
        made = [record(rng, typed) for _ in range(size)]
        frame = pd.DataFrame([row for row, _ in made])
        found = read_texts([Source(frame, text=("What happened",))], keep_empty=True).documents
        total: Counter[str] = Counter()
        good: Counter[str] = Counter()
        for (row, planted), document in zip(made, found, strict=True):
            for sort, value in planted:
                exact = sort == "date of birth"
                total[sort] += 1
                good[sort] += value not in document.text
                if value in document.text and show > 0 and not exact:
                    show -= 1
                    print("missed:", sort, value, "of", [row[key] for key in row if key != "What happened"])
        print(f"{title}, {size} records (must {must})")
        for sort in total:
            low, high = wilson(good[sort], total[sort])
            share = good[sort] / total[sort]
            print(f"  {sort:<16} {good[sort]:>6} of {total[sort]:<6} {share:.4f} ({low:.4f} to {high:.4f})")
            met &= share >= (MUST_EXACT if sort == "date of birth" else must)
    return met


def _as_it_is(value: str, _: Random) -> str:
    return value


def main() -> None:
    """Measure, and exit with 1 when a must is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=5000, help="records")
    parser.add_argument("--show", type=int, default=0, help="print this many misses")
    given = parser.parse_args()
    met = measure(given.size, show=given.show)
    print("every must is met" if met else "a must is MISSED")
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
