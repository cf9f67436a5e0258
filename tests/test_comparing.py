"""Organisations compared by numbers: published worked examples, small numbers, places."""

from __future__ import annotations

from itertools import count

import pytest

from thememiner import triangulating
from thememiner.records import Denominator, Document, Membership, Passage
from thememiner.triangulating import comparing
from thememiner.triangulating.rates import cohens_h, poisson, wilson

NORTH, SOUTH = "North Trust", "South Trust"
_NUMBER = count()


# The methods, against figures that others have published.


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17, table I: the score method
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_intervals(events, of, low, high):
    assert wilson(events, of) == pytest.approx((low, high), abs=0.00005)


def test_wilson_is_the_same_seen_from_the_other_side():
    low, high = wilson(15, 148)
    assert wilson(133, 148) == pytest.approx((1 - high, 1 - low))
    assert (wilson(0, 20)[0], wilson(20, 20)[1]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        (0, 0.0, 3.689),  # epitools, help of pois.exact
        (25, 16.18, 36.90),  # GraphPad, "How QuickCalcs computes the confidence interval of a count"
        # Garwood (1936), Biometrika 28, as tables of exact Poisson limits have it
        (1, 0.0253, 5.572),
        (5, 1.6235, 11.668),
        (10, 4.7954, 18.390),
        (20, 12.2165, 30.888),
        (100, 81.364, 121.627),
    ],
)
def test_poisson_gives_garwoods_limits(events, low, high):
    assert poisson(events) == pytest.approx((low, high), abs=0.005)


def test_cohens_h_is_that_of_his_exercise():
    assert cohens_h(0.5, 0.4) == pytest.approx(
        0.2013579, abs=1e-7
    )  # exercise 6.5, Cohen (1988), as in R's pwr
    assert cohens_h(0.4, 0.5) == pytest.approx(-0.2013579, abs=1e-7)
    assert cohens_h(1, 0) == pytest.approx(3.14159265)


# The comparison.


def said(kind, organisation, times, tone="negative", *, about=True, score=0.9):
    """So many documents of one passage each; about the theme, or not."""
    pairs = []
    for _ in range(times):
        n = next(_NUMBER)
        passage = Passage(f"d{n}:0-1", f"d{n}", 0, 1, "x", kind, organisation=organisation)
        pairs.append((Membership(passage.id, "t", score, "assigned" if about else "no", tone), passage))
    return pairs


def compared(*parts):
    pairs = [pair for part in parts for pair in part]
    theme = triangulating.sides(pairs, triangulating.Rules())
    rows = triangulating.compare([m for m, _ in pairs], [p for _, p in pairs], {"t": theme})
    return {(row.kind, row.organisation): row for row in rows}


def test_shares_and_effects_are_of_an_organisations_own_documents_against_all_others():
    rows = compared(
        said("incident", NORTH, 12),
        said("incident", NORTH, 3, "positive"),
        said("incident", NORTH, 15, about=False),
        said("incident", SOUTH, 2),
        said("incident", SOUTH, 4, "positive"),
        said("incident", SOUTH, 34, about=False),
        said("incident", "East", 20, about=False),
    )
    north, south = rows["incident", NORTH], rows["incident", SOUTH]
    assert (north.documents, north.speak, north.bad) == (30, 15, 12)
    assert (north.speak_low, north.speak_high) == wilson(15, 30)
    assert (north.bad_low, north.bad_high) == wilson(12, 30)
    assert north.speak_effect == pytest.approx(cohens_h(15 / 30, 6 / 60))
    assert north.bad_effect == pytest.approx(cohens_h(12 / 30, 2 / 60))
    assert (south.speak_low, south.speak_high) == wilson(6, 40)
    assert (south.bad, south.bad_low, south.bad_effect) == (2, None, None)  # too few that tell badly
    assert (north.note, south.note) == ("", "")


def test_below_ten_documents_organisations_are_compared_by_text():
    rows = compared(said("incident", NORTH, 9), said("incident", SOUTH, 10))
    assert rows["incident", NORTH].note == comparing.FEW_DOCUMENTS
    assert rows["incident", NORTH].speak_low is None
    assert rows["incident", SOUTH].speak_low is not None
    assert rows["incident", SOUTH].note == comparing.ALONE  # nine others are too few to compare with
    assert rows["incident", SOUTH].speak_effect is None


def test_fewer_than_five_give_no_share():
    rows = compared(said("incident", NORTH, 4), said("incident", NORTH, 96, about=False))
    row = rows["incident", NORTH]
    assert (row.speak, row.speak_low, row.note) == (4, None, comparing.FEW_EVENTS)
    row = compared(said("incident", NORTH, 5), said("incident", NORTH, 95, about=False))["incident", NORTH]
    assert row.speak_low is not None


def test_kinds_are_apart_and_nobody_is_compared_without_a_name():
    rows = compared(said("incident", NORTH, 10), said("feedback", NORTH, 10), said("feedback", "", 50))
    assert sorted(rows) == [("feedback", NORTH), ("incident", NORTH)]
    assert rows["incident", NORTH].documents == 10
    assert compared(said("account", NORTH, 20), said("policy", NORTH, 20)) == {}
    assert compared() == {}


def test_a_passage_that_is_hardly_about_it_does_not_speak():
    rows = compared(said("incident", NORTH, 10), said("incident", NORTH, 10, score=0.4))
    assert (rows["incident", NORTH].documents, rows["incident", NORTH].speak) == (20, 10)


# Rates.


def rated(dates, **more):
    """A rate for each row: of all reports, then of the theme; a document a date, all about the theme."""
    pairs = said("incident", NORTH, len(dates)) + said("incident", SOUTH, 50) + said("feedback", NORTH, 9)
    documents = [
        Document(p.document_id, "incident", "x", "", "r", "s", "", date=date)
        for (_, p), date in zip(pairs, dates, strict=False)
    ]
    one = Denominator(NORTH, 2_000, "contacts", **more)
    return triangulating.rate([m for m, _ in pairs], [p for _, p in pairs], documents, ["t"], [one])


def test_a_rate_is_for_each_thousand_of_the_unit():
    every, theme = rated([""] * 25)
    assert (every.theme_id, theme.theme_id) == ("", "t")
    assert (every.events, every.rate) == (25, 12.5)
    assert (every.low, every.high) == pytest.approx((16.18 / 2, 36.90 / 2), abs=0.005)
    assert theme.rate == 12.5


def test_a_denominator_with_a_period_takes_what_is_dated_in_it():
    dates = ["2025-04-01"] * 5 + ["2026-03-31"] * 3 + ["2025-07"] * 2
    dates += ["2025-03-31", "2026-04-01", "2024-07", "", "2026-04"]
    every, theme = rated(dates, period="2025/26", start="2025-04-01", end="2026-03-31")
    assert (every.events, theme.events, every.period) == (10, 10, "2025/26")


def test_fewer_than_five_reports_give_no_rate():
    every, theme = rated([""] * 4)
    assert (every.rate, every.low, every.note) == (None, None, comparing.FEW_FOR_RATE)
    assert theme.rate is None
    assert rated([""] * 5)[0].rate == 2.5


# Places.


def placed(*parts):
    """Organisation -> places that differ; each part is (place, pairs)."""
    pairs = [pair for _, some in parts for pair in some]
    place_of = {p.document_id: place for place, some in parts for _, p in some}
    return triangulating.differing_places(pairs, place_of, triangulating.Rules())


def test_a_place_differs_where_it_is_told_otherwise_of_all_the_others():
    bad, good = said("feedback", NORTH, 3), said("feedback", NORTH, 6, "positive")
    found = placed(("Hill", bad), ("Quay", good[:3]), ("Vale", good[3:]))
    assert found == {NORTH: (("Hill", "feedback", "bad"),)}
    both = placed(("Hill", bad), ("Quay", good[:3]))
    assert both == {NORTH: (("Hill", "feedback", "bad"), ("Quay", "feedback", "good"))}


def test_few_documents_or_no_place_or_another_organisation_show_no_difference():
    bad, good = said("feedback", NORTH, 3), said("feedback", NORTH, 3, "positive")
    assert placed(("Hill", bad[:2]), ("Quay", good)) == {}
    assert placed(("Hill", bad), ("Quay", good[:2])) == {}
    assert placed(("", bad), ("Quay", good)) == {}
    assert placed(("Hill", bad), ("Quay", said("feedback", SOUTH, 3, "positive"))) == {}
    assert placed(("Hill", bad), ("Quay", said("feedback", NORTH, 3))) == {}
    assert placed(("Hill", said("account", NORTH, 3)), ("Quay", said("account", NORTH, 3, "positive"))) == {}
