"""Small numbers of a public report, attacked: what its printed numbers say of those that they leave out.

The attacker reads the public report.json alone, writes down all that its numbers say of one another (parts of
a whole add up, whatever they are told apart by; rounded ones lie within two; a document has a passage), and
asks a linear program for the least and the largest that each suppressed number can be.
"""

from __future__ import annotations

import json as stdlib_json
from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from thememiner.records import DocumentEntry, Membership, Regime, Report, Theme
from thememiner.records.words import KINDS
from thememiner.releasing import numbering, release, suppressing
from thememiner.reports import json

PEOPLE = ("incident", "feedback")
TONES = ("positive", "negative", "mixed", "neutral")
VOICES = ("staff", "person using services", "family or carer", "provider lead")
LEAST = {"fft": 5, "hes": 8}

Row = tuple[str, str, str, str, int]  # kind, tone, voice, organisation, document
Printed = dict[str, Any]


# A report of given passages, and what is printed of it.


def made(themes: dict[str, list[Row]]) -> Report:
    documents: dict[str, DocumentEntry] = {}
    memberships, found = [], []
    for name, rows in themes.items():
        placed = []
        for number, (kind, tone, voice, organisation, at) in enumerate(rows):
            # The voice and organisation of a document are those that it came with first.
            own = f"{kind}{at:04}"
            documents.setdefault(
                own, DocumentEntry(own, kind, voice, organisation, "", "", "", "f", "0" * 64)
            )  # type: ignore[arg-type]
            d = documents[own]
            placed.append((kind, tone, d.voice, own))
            memberships.append(Membership(f"{own}:{number}-{number + 1}", name, 0.9, "assigned", tone))  # type: ignore[arg-type]

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


def pinned(told: Printed, regime: str) -> list[str]:
    """Each suppressed number of people that the printed ones leave below the least that is told."""
    tallies = told["release"]["tallies"]
    came = [t for t in tallies if not t["theme_id"]]
    own_voices: dict[str, int] = defaultdict(int)
    for d in told["documents"]:  # listed by code: anybody can count them
        own_voices[d["voice"]] += d["kind"] in ("policy", "account")
    found = []
    for theme in told["themes"] or [{"id": "none", "passages": 0, "documents": 0}]:
        puzzle, asked = Puzzle(), []
        for t in came:
            if t["by"] == "organisation" and t["kind"] in PEOPLE:
                key = ("came", t["name"], t["kind"])
            elif t["by"] == "voice":
                key = ("voice", t["name"], "")
            else:
                continue
            number = t["documents"]
            if key[0] == "voice" and number is not None:
                number -= own_voices[t["name"]]
            puzzle.add(key, *bounds(number, regime))
            asked += [key] * (number is None)
        if any(key[0] == "came" for key in puzzle.at):
            puzzle.equal.append({key: 1.0 if key[0] == "came" else -1.0 for key in puzzle.at})
        mine = {by: {t["name"]: t for t in tallies if (t["theme_id"], t["by"]) == (theme["id"], by)}
                for by in ("kind", "polarity", "voice")}  # fmt: skip
        atoms = [(k, p, v) for k in mine["kind"] for p in mine["polarity"] for v in mine["voice"]]
        for atom in atoms:
            puzzle.add(atom)
        for place, (by, rows) in enumerate(mine.items()):
            for name, t in rows.items():
                puzzle.add((by, name), *bounds(t["passages"], regime))
                parts = {atom: 1.0 for atom in atoms if atom[place] == name}
                puzzle.equal.append(parts | {(by, name): -1.0})
                asked += [(by, name)] * (t["passages"] is None)
        if atoms and theme["passages"] is not None:
            puzzle.add("passages", *bounds(theme["passages"], regime))
            puzzle.equal.append(dict.fromkeys(atoms, 1.0) | {"passages": -1.0})
        for name, t in mine["kind"].items():
            key = ("documents", name)
            puzzle.add(key, *bounds(t["documents"], regime))
            puzzle.under.append({key: 1.0, ("kind", name): -1.0})
            if name in PEOPLE:
                sent = {k: -1.0 for k in puzzle.at if k[0] == "came" and k[2] == name}
                puzzle.under.append({key: 1.0} | sent)
                asked += [key] * (t["documents"] is None)
        if mine["kind"] and theme["documents"] is not None:
            puzzle.add("documents", *bounds(theme["documents"], regime))
            puzzle.equal.append({("documents", k): 1.0 for k in mine["kind"]} | {"documents": -1.0})
        for key in asked:
            low, high = puzzle.ends(key)
            if high < LEAST[regime] - 1e-6 or high - low < 1:
                found.append(f"{theme['id']} {key}: {low:g} to {high:g}")
    return found


def small(told: Printed, regime: str) -> list[Any]:
    """Printed numbers of people that are below the least."""
    rows = [t for t in told["release"]["tallies"] if t["theme_id"] or t["kind"] in PEOPLE]
    numbers = [(t, n) for t in rows for n in (t["passages"], t["documents"])]
    numbers += [(t["id"], n) for t in told["themes"] for n in (t["passages"], t["documents"])]
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
