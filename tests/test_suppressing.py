"""Small numbers of a public report, attacked: what its printed numbers say of those that they leave out.

The attacker reads the public report.json alone, writes down all that its numbers say of one another (parts of
a whole add up, whatever they are told apart by: kind, tone, voice, organisation, period, theme; rounded ones
lie within two; a document has a passage), and asks a linear program for the least and the largest that each
suppressed number can be, and each small one that is not printed at all.
"""

from __future__ import annotations

import itertools
import json as stdlib_json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from thememiner.records import (
    Comparison,
    DocumentEntry,
    Membership,
    Rate,
    Regime,
    Report,
    Theme,
    Timeline,
    Trend,
)
from thememiner.records.words import KINDS
from thememiner.releasing import charting, dividing, numbering, release, suppressing
from thememiner.reports import json

PEOPLE = ("incident", "feedback")
ORGANISATIONS = ("North", "South", "East", "West", "")
TONES = ("positive", "negative", "mixed", "neutral")
VOICES = ("staff", "person using services", "family or carer", "provider lead")
LEAST = {"fft": 5, "hes": 8}

Row = tuple[str, str, str, str, int]  # kind, tone, voice, organisation, document
Printed = dict[str, Any]


# A report of given passages, and what is printed of it.


def dated(at: int) -> str:
    """The day of a document: in one of seven months, every eighth without."""
    return f"2025-{at % 8:02}-05" if at % 8 else ""


def made(themes: dict[str, list[Row]]) -> Report:
    """The report; rows under "" are of documents that carry no theme."""
    documents: dict[str, DocumentEntry] = {}
    memberships, found = [], []
    for name, rows in themes.items():
        placed = []
        for number, (kind, tone, voice, organisation, at) in enumerate(rows):
            # The voice and organisation of a document are those that it came with first.
            own = f"{kind}{at:04}"
            documents.setdefault(
                own,
                DocumentEntry(
                    own,
                    kind,
                    voice,
                    organisation,
                    "",
                    "",
                    dated(at),
                    "f",
                    "0" * 64,
                    passages=1,  # type: ignore[arg-type]
                ),
            )
            d = documents[own]
            if not name:
                continue
            placed.append((kind, tone, d.voice, own))
            memberships.append(Membership(f"{own}:{number}-{number + 1}", name, 0.9, "assigned", tone))  # type: ignore[arg-type]

        if not name:
            continue

        def count(at: int, value: str, of: list[Any] = placed) -> tuple[int, int]:
            mine = [row for row in of if row[at] == value]
            return len(mine), len({row[3] for row in mine})

        cells = tuple(
            (kind, tone, len(rows), len({r[3] for r in rows}))
            for kind in KINDS
            for tone in TONES
            if (rows := [r for r in placed if r[:2] == (kind, tone)])
        )
        voices = tuple((v, *count(2, v)) for v in sorted({r[2] for r in placed}))
        found.append(
            Theme(name, name, "codebook", passages=len(placed), documents=len({r[3] for r in placed}),
                  counts=cells, voices=voices)
        )  # fmt: skip
    return Report(
        provenance={"settings": {"redact": True}}, title="t", question="", ledger=(),
        documents=tuple(documents.values()), received=(), outstanding=(), absent_voices=(), sections=(),
        themes=tuple(found), findings=(), evidence=(), memberships=tuple(memberships),
        comparisons=tuple(Comparison(t.id, kind, "", 0, 0, 0) for t in found for kind in PEOPLE),
        rates=tuple(Rate("", name, 0, 900.0, "beds") for name in ORGANISATIONS),
        timelines=tuple(Timeline(kind, "month", 0, 0) for kind in PEOPLE),
        trends=tuple(Trend(t.id, t.name, kind, "month", "run") for t in found for kind in PEOPLE),
    )  # fmt: skip


def printed(report: Report, regime: Regime) -> Printed:
    public, _ = release(report, "public", small_numbers=regime)
    told: Printed = stdlib_json.loads(json.render(public))
    return told


# The attack.


class Puzzle:
    """Unknown numbers from 0, and what is said of them, as a linear program."""

    def __init__(self) -> None:
        self.at: dict[Any, int] = {}
        self.low: list[float] = []
        self.high: list[float | None] = []
        self.equal: list[dict[Any, float]] = []
        self.under: list[dict[Any, float]] = []

    def add(self, key: Any, low: float = 0, high: float | None = None) -> None:
        self.at[key] = len(self.low)
        self.low.append(low)
        self.high.append(high)

    def ends(self, key: Any) -> tuple[float, float]:
        """The least and the largest that one can be; endless is 1e9."""
        found = []
        for sign in (1, -1):
            goal = np.zeros(len(self.low))
            goal[self.at[key]] = sign
            answer = linprog(
                goal, A_eq=self._matrix(self.equal), b_eq=np.zeros(len(self.equal)) if self.equal else None,
                A_ub=self._matrix(self.under), b_ub=np.zeros(len(self.under)) if self.under else None,
                bounds=list(zip(self.low, self.high, strict=True)),
            )  # fmt: skip
            assert answer.status in (0, 3), answer.message  # what is printed is true of something
            found.append(sign * answer.fun if answer.status == 0 else 1e9)
        return found[0], found[1]

    def _matrix(self, rows: list[dict[Any, float]]) -> Any:
        if not rows:
            return None
        matrix = np.zeros((len(rows), len(self.low)))
        for number, row in enumerate(rows):
            for key, value in row.items():
                matrix[number, self.at[key]] += value
        return matrix


def bounds(number: int | None, regime: str) -> tuple[float, float | None]:
    """What a printed number says; of a suppressed one, that there is something."""
    if number is None:
        return 1, None
    if regime != "hes" or not number:
        return number, number
    return max(LEAST["hes"], number - 2), number + 2


def pinned(told: Printed, regime: str, of: Report | None = None) -> list[str]:
    """Each suppressed number of people that the printed ones leave below the least that is told.

    With the working report also each small number of documents that is not printed: of a kind, a theme or all
    that came, by organisation, by month, by both.
    """
    puzzle = Puzzle()
    atoms = list(_documents(puzzle, told, regime))
    asked = [
        key for key in puzzle.at if puzzle.low[puzzle.at[key]] == 1 and puzzle.high[puzzle.at[key]] is None
    ]
    for theme in told["themes"]:
        asked += _passages(puzzle, told, regime, theme, atoms)
    for wanted in _small(of, told, regime) if of else ():
        mine = [a for a in atoms if all((*a[:_SIGNS], *a[_SIGNS])[at] == value for at, value in wanted)]
        puzzle.add(("sought", wanted))
        puzzle.equal.append(dict.fromkeys(mine, 1.0) | {("sought", wanted): -1.0})
        asked.append(("sought", wanted))
    found = []
    for key in asked:
        low, high = puzzle.ends(key)
        if high < LEAST[regime] - 1e-6 or (key[0] != "sought" and high - low < 1):
            found.append(f"{key}: {low:g} to {high:g}")
    return found


_SIGNS = 4  # where an atom has for each theme whether a document carries it


def _documents(puzzle: Puzzle, told: Printed, regime: str) -> Iterator[Any]:
    """What the printed numbers of documents say: by kind, organisation, month and theme, one and all."""
    tallies, themes = told["release"]["tallies"], [t["id"] for t in told["themes"]]
    came = {(t["name"], t["kind"]): t for t in tallies if not t["theme_id"] and t["by"] == "organisation"}
    own_voices = Counter(
        d["voice"] for d in told["documents"] if d["kind"] not in PEOPLE
    )  # anybody can count
    months = {(t["kind"], point[0]) for t in told["trends"] for point in t["points"]}
    atoms = [
        ("atom", kind, name, month, signs)
        for name, kind in came
        if kind in PEOPLE
        for month in ("", *sorted(m for k, m in months if k == kind))
        for signs in itertools.product((True, False), repeat=len(themes))
    ]
    for atom in atoms:
        puzzle.add(atom)

    def says(key: Any, number: int | None, mine: list[Any]) -> None:
        puzzle.add(key, *bounds(number, regime))
        puzzle.equal.append(dict.fromkeys(mine, 1.0) | {key: -1.0})

    def where(kind: str, theme: str = "", name: str | None = None, month: str = "") -> list[Any]:
        """The atoms of a kind, of a theme, of an organisation, of a month of those told."""
        return [
            a
            for a in atoms
            if a[1] == kind
            and (not theme or a[4][themes.index(theme)])
            and (name is None or a[2] == name)
            and (not month or (a[3] == month and came[a[2], kind]["documents"] is not None))
        ]

    for (name, kind), t in came.items():
        if kind in PEOPLE:
            mine = [a for a in atoms if a[1:3] == (kind, name)]
            says(("came", name, kind), t["documents"], mine)
    voices = []
    for t in tallies:
        if t["by"] == "voice" and not t["theme_id"]:
            number = t["documents"]
            voices.append(("voice", t["name"]))
            puzzle.add(
                voices[-1], *bounds(None if number is None else number - own_voices[t["name"]], regime)
            )
    if atoms:
        puzzle.equal.append(dict.fromkeys(atoms, 1.0) | dict.fromkeys(voices, -1.0))
    for c in told["comparisons"]:
        says(("of", c["theme_id"], c["kind"], c["organisation"]), c["documents"],
             where(c["kind"], name=c["organisation"]))  # fmt: skip
        says(("speak", c["theme_id"], c["kind"], c["organisation"]), c["speak"],
             where(c["kind"], c["theme_id"], c["organisation"]))  # fmt: skip
    for n, rate in enumerate(told["rates"]):
        says(("rate", n), rate["events"], where("incident", rate["theme_id"], rate["organisation"]))
    for trend in told["trends"]:
        kind, theme = trend["kind"], trend["theme_id"]
        for month, carried, documents, *_ in trend["points"]:
            says(("month", theme, kind, month), carried, where(kind, theme, month=month))
            says(("of month", theme, kind, month), documents, where(kind, month=month))
    for t in tallies:
        if t["theme_id"] and t["by"] == "kind" and t["name"] in PEOPLE:
            says(("documents", t["theme_id"], t["name"]), t["documents"], where(t["name"], t["theme_id"]))
    yield from atoms


def _passages(puzzle: Puzzle, told: Printed, regime: str, theme: Printed, atoms: list[Any]) -> Iterator[Any]:
    """What the printed numbers of passages of a theme say; gives those that are suppressed."""
    own = theme["id"]
    mine = {by: {t["name"]: t for t in told["release"]["tallies"] if (t["theme_id"], t["by"]) == (own, by)}
            for by in ("kind", "polarity", "voice")}  # fmt: skip
    cells = [(own, k, p, v) for k in mine["kind"] for p in mine["polarity"] for v in mine["voice"]]
    for cell in cells:
        puzzle.add(cell)
    for place, (by, rows) in enumerate(mine.items(), start=1):
        for name, t in rows.items():
            puzzle.add((own, by, name), *bounds(t["passages"], regime))
            parts = {cell: 1.0 for cell in cells if cell[place] == name}
            puzzle.equal.append(parts | {(own, by, name): -1.0})
            if t["passages"] is None:
                yield (own, by, name)
    if cells and theme["passages"] is not None:
        puzzle.add((own, "passages"), *bounds(theme["passages"], regime))
        puzzle.equal.append(dict.fromkeys(cells, 1.0) | {(own, "passages"): -1.0})
    for name, t in mine["kind"].items():
        key = ("documents", own, name)
        if name not in PEOPLE:
            puzzle.add(key, *bounds(t["documents"], regime))
        puzzle.under.append({key: 1.0, (own, "kind", name): -1.0})
    if mine["kind"] and theme["documents"] is not None:
        puzzle.add((own, "documents"), *bounds(theme["documents"], regime))
        puzzle.equal.append({("documents", own, k): 1.0 for k in mine["kind"]} | {(own, "documents"): -1.0})


def _small(report: Report, told: Printed, regime: str) -> Iterator[tuple[tuple[int, Any], ...]]:
    """What atoms make up each small number of documents of people, by what they are: (place, value)."""
    themes = [t["id"] for t in told["themes"]]
    carried = {(m.theme_id, m.passage_id.partition(":")[0]) for m in report.memberships}
    periods = {t["kind"]: t["period"] for t in told["trends"]}

    def month(d: DocumentEntry) -> str:
        """The period of a document, as the charts of its kind have it."""
        number = int(d.date[5:7] or 0)
        if periods[d.kind] == "quarter" and number:
            number -= (number - 1) % 3
        return f"2025-{number:02}-01" if number else ""

    facts = [
        {1: d.kind, 2: d.organisation, 3: month(d) if d.kind in periods else None}
        | {_SIGNS + at: (theme, d.id) in carried for at, theme in enumerate(themes)}
        for d in report.documents
        if d.kind in PEOPLE
    ]
    signs = [(), *((_SIGNS + at,) for at in range(len(themes)))]
    for places, sign in itertools.product(((2,), (3,), (2, 3)), signs):
        counts = Counter(tuple((at, fact[at]) for at in (1, *places, *sign)) for fact in facts)
        known = (key for key in counts if (3, None) not in key)
        yield from (key for key in known if counts[key] < LEAST[regime])


def small(told: Printed, regime: str) -> list[Any]:
    """Printed numbers of people that are below the least."""
    rows = [t for t in told["release"]["tallies"] if t["theme_id"] or t["kind"] in PEOPLE]
    numbers = [(t, n) for t in rows for n in (t["passages"], t["documents"])]
    numbers += [(t["id"], n) for t in told["themes"] for n in (t["passages"], t["documents"])]
    numbers += [(c, n) for c in told["comparisons"] for n in (c["documents"], c["speak"])]
    numbers += [(c, c["documents"] - c["speak"]) for c in told["comparisons"]] if regime == "fft" else []
    numbers += [(r, r["events"]) for r in told["rates"]]
    numbers += [(t["theme"], n) for t in told["trends"] for p in t["points"] for n in p[1:3]]
    return [row for row, n in numbers if n is not None and 0 < n < LEAST[regime]]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["incident", "incident", "feedback", "policy", "account"]),
        st.sampled_from(TONES),
        st.sampled_from(VOICES),
        st.sampled_from(["North", "South", ""]),
        st.integers(0, 30),
    ),
    min_size=0,
    max_size=70,
)


@pytest.mark.parametrize("regime", ["fft", "hes"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(first=ROWS, second=ROWS)
def test_nothing_small_is_printed_or_follows(regime, first, second):
    told = printed(made({"one": first, "two": second}), regime)
    assert not small(told, regime)
    assert not pinned(told, regime)


def review(seed: int) -> Report:
    """A random review that is large enough for much of it to be told by organisation and over time."""
    made_of = random.Random(seed)
    names = made_of.sample(ORGANISATIONS, made_of.randint(1, 4))
    weights = [made_of.choice((1, 2, 6, 9)) for _ in names]
    themes: dict[str, list[Row]] = {"": [], "one": [], "two": []}
    shares = {
        (name, t): made_of.choice((0.04, 0.3, 0.5, 0.7, 0.96, 1.0)) for name in names for t in ("one", "two")
    }
    for kind in PEOPLE:
        for at in range(made_of.choice((60, 300, 700))):
            name = made_of.choices(names, weights)[0]
            row = (
                kind,
                made_of.choice(TONES[:2]),
                made_of.choice(VOICES[:2]),
                name,
                at + made_of.choice((0, 0, 5)),
            )
            themes[""].append(row)
            for theme in ("one", "two"):
                if made_of.random() < shares[name, theme]:
                    themes[theme].append(row)
    return made(themes)


SEEDS = range(24)


@pytest.mark.parametrize("regime", ["fft", "hes"])
def test_nothing_follows_by_organisation_or_over_time(regime):
    sorts: Counter[str] = Counter()
    for seed in SEEDS:
        report = review(seed)
        told = printed(report, regime)
        assert not small(told, regime), seed
        assert not pinned(told, regime, report), seed
        sorts += Counter({sort: bool(told[sort]) for sort in ("comparisons", "rates", "trends")})
        shown = Counter((c["theme_id"], c["kind"]) for c in told["comparisons"])
        came = Counter(
            t["kind"] for t in told["release"]["tallies"] if t["name"] and t["by"] == "organisation"
        )
        sorts["cut"] += any(number < came[kind] for (_, kind), number in shown.items())
    assert min(sorts[sort] for sort in ("comparisons", "rates", "trends", "cut")) > 2, sorts


MUTANTS = {
    "every row is told": (dividing, "divides", lambda parts, regime: True),
    "only the small rows are suppressed": (dividing, "_covered", lambda hidden, regime: True),
    "no heed of who is not told": (dividing, "enough", lambda number, regime: True),
    "periods of any size": (charting, "divides", lambda parts, regime: True),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_attack_finds_what_is_told_too_freely(monkeypatch, mutant):
    monkeypatch.setattr(*MUTANTS[mutant])
    assert any(pinned(printed(review(seed), "fft"), "fft", review(seed)) for seed in SEEDS)


def _of(kind: str, tone: str, voice: str, number: int, start: int = 0) -> list[Row]:
    return [(kind, tone, voice, "North", start + n) for n in range(number)]


# Two incidents among many comments: with the whole known they follow by subtraction.
FEW = [
    *_of("incident", "negative", "staff", 2),
    *_of("feedback", "negative", "family or carer", 20),
    *_of("feedback", "positive", "family or carer", 20, 20),
]


def plainly(ways: Any, regime: Regime) -> list[set[Any]]:
    """Only what is itself small is suppressed."""
    least = suppressing.LEAST[regime]
    return [{name for name, pair in way.items() if any(0 < n < least for n in pair)} for way in ways]


def test_the_attack_finds_what_plain_suppression_leaves(monkeypatch):
    monkeypatch.setattr(numbering, "hidden", plainly)
    assert pinned(printed(made({"one": FEW}), "fft"), "fft")


def test_the_attack_finds_a_whole_left_in():
    told = printed(made({"one": FEW}), "fft")
    assert not pinned(told, "fft")
    told["themes"][0] |= {"passages": 42, "documents": 42}
    for tally in told["release"]["tallies"]:
        if tally["name"] == "feedback" and tally["by"] == "kind":
            tally |= {"passages": 40, "documents": 40}
    assert pinned(told, "fft")


@pytest.mark.parametrize("regime", ["fft", "hes"])
def test_where_all_is_large_all_is_told(regime):
    rows = [*_of("incident", "negative", "staff", 40), *_of("feedback", "positive", "family or carer", 35)]
    told = printed(made({"one": rows}), regime)
    assert (told["themes"][0]["passages"], told["themes"][0]["documents"]) == (75, 75)
    assert not [t for t in told["release"]["tallies"] if t["theme_id"] and t["passages"] is None]


def test_what_people_gave_is_not_told_by_what_organisations_sent():
    rows = [*_of("incident", "negative", "staff", 3), *_of("policy", "neutral", "staff", 9)]
    report = made({"one": [*rows, *_of("feedback", "positive", "family or carer", 30)]})
    told = printed(report, "fft")
    voices = {
        t["name"]: t["documents"]
        for t in told["release"]["tallies"]
        if t["by"] == "voice" and not t["theme_id"]
    }
    assert voices == {"staff": None, "family or carer": None}
    assert not pinned(told, "fft")


def test_two_parts_of_each_way_are_suppressed_the_smallest_first():
    ways = [
        {"a": (2, 2), "b": (9, 9), "c": (30, 30)},
        {"x": (10, 10), "y": (31, 31), "z": (0, 0)},
        {"o": (41, 41)},
    ]
    assert suppressing.hidden(ways, "fft") == [{"a", "b"}, {"x", "y"}, {"o"}]
    assert suppressing.hidden([{"a": (5, 5)}, {"b": (5, 5)}], "fft") == [set(), set()]


def test_documents_may_be_few_where_passages_are_many():
    assert suppressing.hidden([{"a": (50, 2), "b": (50, 50)}], "hes") == [{"a", "b"}]


def test_numbers_without_memberships_are_still_suppressed():
    report = made({"one": FEW})
    told = printed(replace(report, memberships=()), "fft")
    assert not small(told, "fft")
