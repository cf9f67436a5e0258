"""Organisations side by side, rates and charts of a released report: which are told, and from what."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from thememiner.records import DocumentEntry, Kind, Membership, Rate, Report, Theme, Timeline, Trend
from thememiner.records.findings import Comparison
from thememiner.releasing import dividing, release
from thememiner.triangulating import compared
from thememiner.triangulating.rates import wilson

THEME = "code:book/one"
MONTHS = 24
BOTH_YEARS = "2024-01-01 to 2025-12-31"


def report(counts: dict[str, tuple[int, int]], kind: Kind = "incident", *, undated: int = 0) -> Report:
    """A review: organisation -> (documents that carry the one theme, documents), spread over two years."""
    documents, memberships = [], []
    for name, (carry, of) in counts.items():
        for number in range(of):
            own = f"{name or 'none'}{number:04}"
            # those that carry it come last, so that they are spread as all are
            month = number % MONTHS
            date = f"{2024 + month // 12}-{month % 12 + 1:02}-15" if number >= undated else ""
            documents.append(DocumentEntry(own, kind, "staff", name, "", "", date, "f", "0" * 64, passages=1))
            if number >= of - carry:
                memberships.append(Membership(f"{own}:0-9", THEME, 0.9, "assigned", "negative"))
    mine = len(memberships)
    theme = Theme(
        THEME, "One", "codebook", passages=mine, documents=mine,
        counts=((kind, "negative", mine, mine),), voices=(("staff", mine, mine),),
    )  # fmt: skip
    return Report(
        provenance={"settings": {"redact": True}}, title="t", question="", ledger=(),
        documents=tuple(documents), received=(), outstanding=(), absent_voices=(), sections=(),
        themes=(theme,), findings=(), evidence=(),
        memberships=tuple(memberships), comparisons=(Comparison(THEME, kind, "", 0, 0, 0),),
        timelines=(Timeline(kind, "month", 0, 0),), trends=(Trend(THEME, "One", kind, "month", "xmr"),),
    )  # fmt: skip


LARGE = {"North": (120, 300), "South": (72, 240), "West": (96, 180)}


def told(given: Report, regime: str = "fft") -> Report:
    made, _ = release(given, "public", small_numbers=regime)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ({"a": (9, 20), "b": (9, 20), "c": (0, 20)}, set()),
        ({"a": (2, 20), "b": (9, 20), "c": (12, 20)}, {"a", "b"}),
        ({"a": (19, 20), "b": (9, 20), "c": (12, 20)}, {"a", "b"}),  # one does not carry it
        ({"a": (1, 20), "b": (1, 20), "c": (12, 20), "d": (13, 20)}, {"a", "b", "c"}),  # two together: two
        ({"a": (2, 20), "b": (0, 20), "c": (12, 20)}, {"a", "c"}),  # none is told, and covers nothing
        ({"a": (2, 20)}, {"a"}),
        ({"a": (1, 20), "b": (2, 20)}, {"a", "b"}),
    ],
)
def test_which_rows_are_suppressed(rows, hidden):
    assert set(dividing.suppressed(rows, "fft")) == hidden


def test_without_a_rule_all_is_told():
    assert dividing.suppressed({"a": (1, 2), "b": (2, 2)}, "none") == []


def test_where_all_is_large_all_is_told_and_worked_out_from_what_is_told():
    made = told(report(LARGE), "hes")
    assert {c.organisation: (c.speak, c.documents, c.bad) for c in made.comparisons} == {
        "North": (120, 300, None),
        "South": (70, 240, None),
        "West": (95, 180, None),
    }
    south = made.comparisons[1]
    assert (south.speak_low, south.speak_high) == wilson(70, 240)
    speaks, documents = {"North": 120, "South": 70, "West": 95}, {"North": 300, "South": 240, "West": 180}
    assert south == compared(Comparison(THEME, "incident", "South", 240, 70, None), documents, speaks, {})
    (trend,) = made.trends
    assert (trend.chart, len(trend.points)) == ("xmr", MONTHS)
    assert {(carried % 5, of % 5) for _, carried, of, *_ in trend.points} == {(0, 0)}
    whole = [share for _, _, _, share, _, why, _ in trend.points if why != "incomplete"]
    assert trend.segments[0][2] == pytest.approx(sum(whole) / len(whole))
    assert made.timelines[0].plotted == sum(point[2] for point in trend.points)
    assert not trend.movement


def test_a_small_row_takes_another_with_it_and_the_chart():
    made = told(report(LARGE | {"East": (3, 100)}))
    assert [c.organisation for c in made.comparisons] == ["North", "West"]
    assert (made.trends, made.timelines) == ((), ())
    assert ("Charts of themes over time", "1") in [(what, n) for what, _, n in made.release.withheld]


def test_an_organisation_of_which_little_came_may_take_the_theme_with_it():
    # how many of the two that are suppressed carry it: the theme's number less all the others' tells
    made = told(report(LARGE | {"East": (2, 4), "Sea": (1, 60)}))
    assert (made.comparisons, made.trends) == ((), ())
    made = told(report(LARGE | {"East": (0, 4), "Sea": (20, 60)}))
    assert [c.organisation for c in made.comparisons] == ["North", "South", "West"]


def test_a_few_without_a_date_take_the_chart_with_them():
    assert told(report(LARGE)).trends
    assert not told(report(LARGE, undated=1)).trends  # three in all
    assert told(report(LARGE, undated=30)).trends
    assert told(report(LARGE, undated=1)).comparisons


def test_where_a_month_is_small_the_quarter_is_told():
    made = told(report({"North": (4 * MONTHS, 400), "South": (3 * MONTHS, 200)}), "hes")
    assert [t.period for t in made.trends] == ["quarter"]
    assert not [n for t in made.trends for p in t.points for n in p[1:3] if 0 < n < dividing.LEAST["hes"]]


def test_a_rate_rests_on_a_number_that_is_told():
    given = report(LARGE | {"East": (3, 100)})
    asked = itertools.product(("", THEME), (*LARGE, "East"), (BOTH_YEARS, "2025-03"))
    beds = [Rate(theme, name, 1, 900.0, "beds", "occupied", period) for theme, name, period in asked]
    made = told(replace(given, rates=tuple(beds)))
    assert {(r.theme_id, r.organisation, r.events) for r in made.rates} == {
        ("", "North", 300), ("", "South", 240), ("", "West", 180), ("", "East", 100),
        (THEME, "North", 120), (THEME, "West", 96),
    }  # fmt: skip
    assert {r.period for r in made.rates} == {BOTH_YEARS}  # what falls in March is told nowhere
    one = next(r for r in made.rates if r.theme_id and r.organisation == "North")
    assert one.rate == pytest.approx(120 / 0.9)
    assert ("Rates of organisations", "10") in [(what, n) for what, _, n in made.release.withheld]


def test_a_theme_that_nearly_all_carry_tells_nothing_of_who_does_not():
    made = told(report({"North": (150, 150), "South": (148, 150)}))
    tally = [t.documents for t in made.release.tallies if t.theme_id and t.by == "kind"]
    assert tally == [None]
    assert (made.comparisons, made.trends) == ((), ())


def test_words_of_a_change_in_reporting_may_not_repeat_a_withheld_text():
    from thememiner.errors import InputError

    changes = [{"date": "2025-06-01", "note": "He was found on the bridge at night"}]
    given = replace(report(LARGE), provenance={"settings": {"redact": True}, "changes": changes})
    with pytest.raises(InputError, match="a change in reporting has five words in a row"):
        release(given, "public", texts=["He was found on the bridge at night, cold."])
    made, _ = release(given, "public", texts=["Another text."])
    assert made.trends[0].changes == (("2025-06-01", changes[0]["note"]),)
