"""From what runs coded to trends: periods, gaps, what is left out, segments, changes; and the command."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import random
from pathlib import Path
from types import SimpleNamespace

import pytest

from thememiner import codebooks, trending
from thememiner.errors import InputError, UnknownNameError
from thememiner.pipeline import recording
from thememiner.records import Change, DocumentEntry, Membership, Report, Theme, Trend
from thememiner.reports.json import render
from thememiner.reports.shaping import record_of
from thememiner.scoping import Review
from thememiner.settings import Settings
from thememiner.trending import Coded, periods, prevalence

CODE = "code:book/handover"
OTHER = "code:book/visits"
CODING = (
    ("codebook", "book 1.0"),
    ("codebook's text", "a" * 64),
    ("encoder", "b" * 64),
    ("coder", "of the codebook"),
    ("threshold", "0.35"),
    ("thememiner", "0.1.0"),
)


def recoded(**parts):
    return tuple((part, parts.get(part.partition(" ")[0], version)) for part, version in CODING)


def entry(key, date, kind="incident", organisation="North", passages=2):
    return DocumentEntry(key, kind, "staff", organisation, "", "", date, "a.csv", "0" * 64, passages=passages)


def member(key, theme=CODE, outcome="assigned", polarity="negative", at=0):
    return Membership(f"{key}:{at}-{at + 9}", theme, 0.9, outcome, polarity)


def months(start, number):
    year, month = map(int, start.split("-"))
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02}" for i in range(number)]


def coded(cells, start="2023-01", coding=CODING, tag="", theme=CODE, **about):
    """A run of so many (with the theme, documents) a month from `start`, spread over each month."""
    documents, members = [], []
    for month, (carried, total) in zip(months(start, len(cells)), cells, strict=True):
        for i in range(total):
            key = f"{tag}{month}-{i}"
            documents.append(entry(key, f"{month}-{1 + i * 27 // max(total - 1, 1):02}", **about))
            if i < carried:
                members.append(member(key, theme))
    return Coded(coding, tuple(documents), tuple(members), ((theme, "Handover"),))


def added(run, *, documents=(), memberships=(), themes=()):
    return dataclasses.replace(
        run,
        documents=(*run.documents, *documents),
        memberships=(*run.memberships, *memberships),
        themes=(*run.themes, *themes),
    )


def trend(*runs, **options):
    options.setdefault("themes", [CODE])
    (found,) = trending.trends(runs, options.pop("kind", "incident"), **options)
    return found


def cells(found):
    return [point[1:3] for point in found.points]


PLAIN = [(6, 20), (8, 20)] * 7  # shares .3 and .4: M = .35, R = .1, limits .084 and .616


# Periods.


def test_days_of_dates_whole_and_half_told():
    day = dt.date(2024, 2, 29)
    assert periods.days("2024-02-29") == periods.days("2024-02-29T23:10") == (day, day)
    assert periods.days("2024-02") == (dt.date(2024, 2, 1), day)
    assert periods.days("2024-12") == (dt.date(2024, 12, 1), dt.date(2024, 12, 31))
    for wrong in (
        "",
        "2024",
        "2023-02-29",
        "2024-13",
        "29/02/2024",
        "9999-12-31",
        "0000-01-01",
        "2024-02-290",
    ):
        assert periods.days(wrong) is None


@pytest.mark.parametrize(
    ("day", "month", "quarter", "first", "last"),
    [
        ("2025-04-01", "Apr 2025", "2025/26 Q1", "2025-04-01", "2025-06-30"),
        ("2025-06-30", "Jun 2025", "2025/26 Q1", "2025-04-01", "2025-06-30"),
        ("2025-07-01", "Jul 2025", "2025/26 Q2", "2025-07-01", "2025-09-30"),
        ("2025-12-31", "Dec 2025", "2025/26 Q3", "2025-10-01", "2025-12-31"),
        ("2026-01-01", "Jan 2026", "2025/26 Q4", "2026-01-01", "2026-03-31"),
        ("2000-03-31", "Mar 2000", "1999/00 Q4", "2000-01-01", "2000-03-31"),
    ],
)
def test_quarters_are_those_of_the_financial_year(day, month, quarter, first, last):
    date = dt.date.fromisoformat(day)
    assert (periods.name(date, "month"), periods.name(date, "quarter")) == (month, quarter)
    number = periods.number(date, "quarter")
    assert periods.first_day(number, "quarter").isoformat() == first
    assert periods.last_day(number, "quarter").isoformat() == last
    assert periods.called(first, "quarter") == quarter
    assert periods.covers(first, "quarter", day)
    assert not periods.covers(first, "quarter", "2031-01-01")
    assert not periods.covers(first, "quarter", "")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-04-01", "2025-04-30", False),
        ("2025-04-07", "2025-04-24", False),
        ("2025-04-08", "2025-04-30", True),
        ("2025-04-01", "2025-04-23", True),
        ("2024-01-01", "2026-01-01", False),
    ],
)
def test_a_week_that_lacks_makes_a_period_incomplete(first, last, said):
    ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert periods.incomplete(periods.number(dt.date(2025, 4, 1), "month"), "month", *ends) == said


# A chart.


def test_a_trend_of_shares():
    found = trend(coded(PLAIN))
    assert (found.theme_id, found.theme, found.kind, found.period, found.chart) == (
        CODE,
        "Handover",
        "incident",
        "month",
        "xmr",
    )
    assert found.points[0] == ("2023-01-01", 6, 20, 0.3, "", "", 1)
    assert [point[0] for point in found.points] == [f"{month}-01" for month in months("2023-01", 14)]
    ((number, begins, centre, lower, upper, trial),) = found.segments
    assert (number, begins, trial) == (1, "", False)
    assert (centre, lower, upper) == pytest.approx((0.35, 0.084, 0.616))
    assert "XmR chart: on average 7.0 documents a month carry the theme, and limits need 5." in found.note
    assert "Trial" not in found.note
    assert "cut" not in found.note
    assert found.left_out == ()


def test_a_document_counts_once_however_often_it_carries_the_theme_and_only_where_assigned():
    run = coded([(0, 20)] * 14)
    keys = [d.id for d in run.documents if d.date.startswith("2023-05")]
    several = [member(keys[0], at=9), member(keys[0], at=20), member(keys[1], outcome="weak")]
    several += [member(keys[2], theme=OTHER), member("another document")]
    assert cells(trend(added(run, memberships=several)))[4] == (1, 20)


def test_documents_of_another_kind_have_no_part_in_it():
    run = coded(PLAIN)
    praise = coded([(20, 20)] * 14, tag="f", kind="feedback")
    policies = [entry("p", "2023-02-01", kind="policy")]
    both = added(run, documents=(*praise.documents, *policies), memberships=praise.memberships)
    assert trend(both) == trend(run)
    assert cells(trend(both, kind="feedback")) == [(20, 20)] * 14
    for kind in ("policy", "account"):
        with pytest.raises(InputError, match=f"{kind} documents .*: trends are of incident or feedback"):
            trending.trends([both], kind)


def test_polarity_and_organisation_narrow_what_is_counted():
    run = coded(PLAIN)
    south = coded([(1, 5)] * 14, tag="s", organisation="South")
    both = added(run, documents=south.documents, memberships=south.memberships)
    assert cells(trend(both))[:2] == [(7, 25), (9, 25)]
    found = trend(both, organisation="South")
    assert (found.organisation, cells(found)[:2]) == ("South", [(1, 5), (1, 5)])
    good = [dataclasses.replace(m, polarity="positive") for m in run.memberships[:3]]
    mixed = dataclasses.replace(run, memberships=(*good, *run.memberships[3:]))
    assert trend(mixed, polarity="positive").points[0][1:3] == (3, 20)
    assert trend(mixed, polarity="negative").points[0][1:3] == (3, 20)
    assert trend(mixed).points[0][1:3] == (6, 20)


def test_where_one_organisation_sent_nothing_is_a_gap_in_its_chart():
    south = coded([(6, 20), (0, 0), *[(6, 20)] * 9], tag="s", organisation="South", start="2023-02")
    run = coded(PLAIN)
    both = added(run, documents=south.documents, memberships=south.memberships)
    found = trend(both, organisation="South")
    assert [point[0] for point in found.points if point[5] == "no document"] == [
        "2023-01-01",
        "2023-03-01",
        "2024-01-01",
        "2024-02-01",
    ]
    assert "4 months have no document: gaps, not zeros." in found.note


def test_a_gap_is_a_gap_and_a_month_without_the_theme_is_a_zero():
    found = trend(coded([*PLAIN[:5], (0, 0), (0, 20), *PLAIN]))
    assert found.points[5] == ("2023-06-01", 0, 0, None, "", "no document", 1)
    assert found.points[6][:4] == ("2023-07-01", 0, 20, 0.0)
    assert "1 month has no document: a gap, not a zero." in found.note


def test_a_half_month_at_either_end_is_told_and_not_judged():
    run = coded(PLAIN)
    late = [entry(f"late{i}", f"2024-03-{i + 1:02}") for i in range(17)]
    early = [entry(f"early{i}", f"2022-12-{i + 20:02}") for i in range(9)]
    found = trend(added(run, documents=[*late, *early], memberships=[member(d.id) for d in late]))
    assert found.points[0] == ("2022-12-01", 0, 9, 0.0, "", "incomplete", 1)
    assert found.points[-1] == ("2024-03-01", 17, 17, 1.0, "", "incomplete", 1)
    assert found.segments == trend(run).segments
    assert "Mar 2024 is incomplete (the records leave a week of it or more out) and not judged." in found.note
    whole = trend(
        added(run, documents=[*late, entry("end", "2024-03-25")], memberships=[member(d.id) for d in late])
    )
    assert whole.points[-1][4:6] == ("high", "outside")
    # A date without its day may be any day of its month.
    assert trend(added(run, documents=[*late, entry("end", "2024-03")])).points[-1][5] != "incomplete"


def test_what_is_left_out_is_counted_by_reason():
    odd = [
        entry("a", ""),
        entry("b", "2023"),
        entry("c", "2023-02-30"),
        entry("d", "2023-02-03", passages=0),
        entry("e", "2031-01-01"),
        entry("f", "1923-01-05"),
        entry("g", "", organisation="South"),
        entry("h", "", kind="feedback"),
    ]
    found = trend(added(coded(PLAIN), documents=odd, memberships=map(member, "abcdef")), until="2024-06-01")
    assert found.left_out == (
        ("dated after 2024-06-01", 1),
        ("dated more than two years from all others", 1),
        ("no date that can be read", 4),
        (prevalence.UNCODED, 1),
    )
    assert cells(found) == PLAIN
    assert "Not plotted, no date that can be read: 4 documents." in found.note
    assert "Not plotted, dated after 2024-06-01: 1 document." in found.note
    own = trend(added(coded(PLAIN), documents=odd), until="2024-06-01", organisation="North")
    assert ("no date that can be read", 3) in own.left_out


def test_a_date_of_the_day_given_is_in_and_without_one_only_stray_dates_are_out():
    run = coded(PLAIN)
    assert len(trend(added(run, documents=[entry("x", "2024-03-30")]), until="2024-03-30").points) == 15
    assert len(trend(added(run, documents=[entry("x", "2024-03-30")]), until="2024-03-29").points) == 14
    assert len(trend(added(run, documents=[entry("x", "2024-08-30")])).points) == 20
    assert len(trend(added(run, documents=[entry("x", "2044-08-30")])).points) == 14
    # Many documents are no slip of the pen, however far away: a hole of years is a gap.
    far = coded(PLAIN, start="2019-01", tag="f")
    both = trend(added(run, documents=far.documents, memberships=far.memberships))
    assert len(both.points) == 4 * 12 + 14


def test_nothing_dated_is_no_trend_and_all_zero_is_one_where_it_is_asked_for():
    run = coded(PLAIN)
    undated = dataclasses.replace(
        run, documents=tuple(dataclasses.replace(d, date="") for d in run.documents)
    )
    assert trending.trends([undated], "incident") == ()
    assert trending.trends([], "incident") == ()
    assert trending.trends([run], "feedback") == ()
    zero = coded([(0, 20)] * 14)
    assert trending.trends([zero], "incident") == ()
    found = trend(zero)
    assert (found.chart, found.segments[0][2], found.movement, found.signal) == ("none", None, "", False)
    assert not any(point[4] for point in found.points)
    assert "0 documents carry the theme, too few to judge, 5 are needed." in found.says
    assert "fewer than 5 documents with it" in found.note


def test_one_point_and_few_points_say_that_they_are_few():
    found = trend(coded([(6, 20)]))
    assert (found.chart, len(found.points), found.segments) == (
        "none",
        1,
        ((1, "", None, None, None, False),),
    )
    assert "Points only: 1 whole month with documents is too few to judge, 6 are needed." in found.note
    half = trend(coded([(1, 1)]), period="month")
    assert (half.chart, half.points[0][5]) == ("none", "incomplete")
    assert "No chart: no whole month has a document." in half.note
    five, six = trend(coded(PLAIN[:5])), trend(coded(PLAIN[:6]))
    assert (five.chart, six.chart) == ("none", "xmr")
    assert six.segments[0][5]
    assert (
        "Trial limits: they rest on 6 points, fewer than 13, and will move as points are added." in six.note
    )


def test_small_numbers_make_a_run_chart_and_too_few_of_them_none():
    small = trend(coded([(4, 20)] * 13 + [(5, 20)]))
    assert small.chart == "run"
    assert "Run chart: on average 4.1 documents a month carry the theme, and limits need 5;" in small.note
    assert small.segments == ((1, "", 0.2, None, None, False),)
    assert trend(coded([(5, 20)] * 14)).chart == "xmr"
    assert trend(coded([(16, 20)] * 14)).note.startswith(
        "Run chart: on average 4.0 documents a month do not carry"
    )
    assert trend(coded([(15, 20)] * 14)).chart == "xmr"
    assert trend(coded([(4, 20)] * 10)).chart == "run"
    few = trend(coded([(4, 20)] * 9))
    assert few.chart == "none"
    assert "9 whole months with documents are too few to judge, 10 are needed." in few.note


def test_limits_outside_what_a_share_can_be_are_cut_and_it_is_said():
    # .25 and .5 by turns: M = .375, R = .25, 2.66 R = .665.
    found = trend(coded([(5, 20), (10, 20)] * 7))
    assert found.segments[0][2:5] == (pytest.approx(0.375), 0.0, 1.0)
    assert "The lower limit is cut at 0, below which no share can be." in found.note
    assert "The upper limit is cut at 1, above which no share can be." in found.note


def test_flags_stand_at_their_points():
    found = trend(coded([*PLAIN, (15, 20)]), baseline=14)
    assert found.points[-1][4:6] == ("high", "outside")
    assert found.segments[0][2:5] == pytest.approx((0.35, 0.084, 0.616))
    shift = trend(coded([*PLAIN[:13], *[(9, 20)] * 7]), baseline=13)
    assert [point[4:6] for point in shift.points[13:]] == [("high", "shift")] * 7


def test_thin_months_become_quarters_unless_months_are_asked_for():
    thin = [(3, 9), (4, 9)] * 12
    found = trend(coded(thin, start="2023-04"))
    assert (found.period, len(found.points)) == ("quarter", 8)
    assert found.points[0][:3] == ("2023-04-01", 10, 27)
    assert trend(coded(thin), period="month").period == "month"
    assert trend(coded([(3, 10)] * 24)).period == "month"
    assert trend(coded([(3, 9)] * 13 + [(30, 100)] * 3)).period == "quarter"  # the middle one, not the mean
    assert trend(coded(PLAIN), period="quarter").points[0][:3] == ("2023-01-01", 20, 60)
    with pytest.raises(UnknownNameError, match=r"period 'week' is not known.*Known: month, quarter"):
        trend(coded(PLAIN), period="week")


def test_names_that_are_not_known_come_back_with_the_nearest():
    run = coded(PLAIN)
    with pytest.raises(UnknownNameError, match="Did you mean 'code:book/handover'"):
        trend(run, themes=["code:book/handovers"])
    with pytest.raises(UnknownNameError, match=r"organisation 'Nort' is not known\. Did you mean 'North'"):
        trend(run, organisation="Nort")
    with pytest.raises(UnknownNameError, match="polarity"):
        trend(run, polarity="bad")
    for wrong in ({"until": "spring"}, {"changes": [Change("2023-13-01", "x")]}):
        with pytest.raises(InputError, match="is not a date such as 2025-04-01"):
            trend(run, **wrong)


def test_points_without_neighbours_have_no_limits():
    found = trend(coded([(6, 20), (0, 0)] * 6 + [(6, 20)]))
    assert (found.chart, found.segments[0][2]) == ("xmr", None)
    assert "No limits: no two points are neighbours." in found.note


def test_a_trend_is_a_row_of_json_as_it_is():
    found = trend(coded([*PLAIN[:5], (0, 0), *PLAIN]), changes=[Change("2023-03-01", "x", rebase=True)])
    back = json.loads(json.dumps(dataclasses.asdict(found)))
    assert record_of(Trend, back, "trend") == found


# Several runs.


@pytest.mark.parametrize(
    ("part", "version", "words"),
    [
        ("codebook", "book 1.1", "another codebook (book 1.0, then book 1.1)"),
        ("codebook's", "c" * 64, "another codebook's text"),
        ("encoder", "c" * 64, "another encoder"),
        ("coder", "c" * 64, "another coder"),
        ("threshold", "0.5", "another threshold (0.35, then 0.5)"),
        ("thememiner", "0.2.0", "another thememiner (0.1.0, then 0.2.0)"),
    ],
)
def test_a_line_never_joins_points_of_two_codings(part, version, words):
    first = coded(PLAIN)
    second = coded([(15, 20), (17, 20)] * 7, start="2024-03", coding=recoded(**{part: version}), tag="b")
    found = trend(second, first)
    assert [point[6] for point in found.points] == [1] * 14 + [2] * 14
    assert [segment[1] for segment in found.segments] == ["", "coding"]
    assert [segment[2] for segment in found.segments] == pytest.approx([0.35, 0.8])
    assert not any(point[4] for point in found.points)  # seven low, then seven high, were it one line
    assert f"nothing compared across the break: {words}." in found.note
    # and what emerged is asked of the later coding alone
    assert found.movement == ""
    assert "of the last 3 months, 79.5 %" in found.note


def test_runs_of_one_coding_are_one_line_and_a_document_counts_once():
    whole = coded([*PLAIN, *PLAIN])
    first = coded(PLAIN)
    second = coded(PLAIN[4:] + PLAIN, start="2023-05")
    assert trend(first, second) == trend(second, first) == trend(whole)
    # what one of them sets aside, told again in the other, is set aside
    for source in ("0.csv", "z.csv"):
        told = dataclasses.replace(second, documents=tuple(
            dataclasses.replace(d, passages=0, source=source) if d.id == "2023-05-19" else d
            for d in second.documents
        ))  # fmt: skip
        found = trend(first, told)
        assert found.points[4][2] == 19
        assert found.left_out == ((prevalence.UNCODED, 1),)


def test_a_run_that_does_not_tell_its_coding_is_joined_to_none():
    untold = recoded(encoder="")
    found = trend(coded(PLAIN, coding=untold), coded(PLAIN, start="2024-03", coding=untold, tag="b"))
    assert len(found.segments) == 2
    assert "a run does not tell how it was coded" in found.note
    assert len(trend(coded(PLAIN, coding=untold)).segments) == 1


def test_a_run_that_does_not_tell_its_codebook_looked_for_what_it_found_alone():
    untold = recoded(codebook="")
    first = coded(PLAIN, coding=untold)
    second = coded([(0, 20)] * 14, start="2024-03", coding=untold, tag="b", theme=OTHER)
    assert cells(trend(first, second)) == PLAIN


def test_a_month_that_two_codings_share_stands_in_both():
    first, second = coded(PLAIN), coded(PLAIN, start="2024-02", coding=recoded(codebook="book 2"), tag="b")
    found = trend(first, second)
    assert [point[0] for point in found.points].count("2024-02-01") == 2


def test_a_run_that_did_not_look_for_a_theme_has_no_zeros_of_it():
    group = "found:1234"
    first, second = coded(PLAIN, theme=group), coded([(0, 20)] * 14, start="2024-03", tag="b", theme=OTHER)
    for later in (second, dataclasses.replace(second, coding=recoded(thememiner="0.2"))):
        found = trend(first, later, themes=[group])
        assert cells(found) == PLAIN
        assert "1 of 2 runs did not look for this theme and are not shown." in found.note
        assert "the latest coding did not look for it in all its runs." in found.note
        assert (found.movement, found.chance) == ("", None)
    # a later run that took the group over by --since goes on with it
    both = added(second, themes=[(group, "Group")])
    assert cells(trend(first, both, themes=[group])) == [*PLAIN, *[(0, 20)] * 14]
    # a code of the same codebook was looked for, though nothing was found
    first = dataclasses.replace(coded(PLAIN), themes=((CODE, "Handover"),))
    assert cells(trend(first, later)) == [*PLAIN, *[(0, 20)] * 14]
    assert len(trend(first, dataclasses.replace(later, coding=recoded(codebook="book 2"))).points) == 14


def test_order_does_not_matter():
    runs = [
        coded(PLAIN),
        coded(PLAIN, start="2024-01"),
        coded(PLAIN, start="2024-03", coding=recoded(coder="c"), tag="c"),
    ]
    extra = added(
        runs[0], memberships=[member(d.id, OTHER) for d in runs[0].documents[::3]], themes=[(OTHER, "V")]
    )
    # one document is of another month in the second run
    other = [
        dataclasses.replace(d, date="2024-02-09") if d.id == "2024-01-3" else d for d in runs[1].documents
    ]
    runs[:2] = extra, dataclasses.replace(runs[1], documents=tuple(other))
    found = trending.trends(runs, "incident")
    assert [t.theme_id for t in found] == [CODE, OTHER]
    rng = random.Random(3)
    for _ in range(5):
        shuffled = [
            dataclasses.replace(
                run,
                documents=tuple(rng.sample(run.documents, len(run.documents))),
                memberships=tuple(rng.sample(run.memberships, len(run.memberships))),
                themes=run.themes[::-1],
            )
            for run in rng.sample(runs, len(runs))
        ]
        assert trending.trends(shuffled, "incident") == found


# Changes in reporting.


def test_a_change_is_marked_and_begins_a_new_baseline_only_where_it_says_so():
    run = coded([*PLAIN, *[(15, 20), (17, 20)] * 7])
    marked = trend(run, changes=[Change("2024-03-01", "LFPSE replaced NRLS")])
    assert marked.changes == (("2024-03-01", "LFPSE replaced NRLS"),)
    assert len(marked.segments) == 1
    assert any(point[4] for point in marked.points)
    based = trend(run, changes=[Change("2024-03-01", "LFPSE replaced NRLS", rebase=True)])
    assert [segment[:2] for segment in based.segments] == [(1, ""), (2, "change")]
    assert [segment[2] for segment in based.segments] == pytest.approx([0.35, 0.8])
    assert [point[6] for point in based.points] == [1] * 14 + [2] * 14
    assert not any(point[4] for point in based.points)


def test_what_emerges_is_asked_since_the_last_new_baseline():
    run = coded([*PLAIN, (16, 20), (17, 20), (18, 20)])
    assert trend(run, changes=[Change("2024-03-01", "LFPSE replaced NRLS")]).movement == "emerging"
    based = trend(run, changes=[Change("2024-03-01", "LFPSE replaced NRLS", rebase=True)])
    assert (based.movement, based.chance) == ("", None)
    assert "3 whole months of one coding are too few" in based.note


@pytest.mark.parametrize(
    ("date", "begins"),
    [("2024-03-01", 14), ("2024-03-02", 15), ("2024-03-31", 15), ("2024-04-01", 15), ("2024-03", 14)],
)
def test_a_new_baseline_begins_with_the_first_whole_period(date, begins):
    found = trend(coded([*PLAIN, *PLAIN]), changes=[Change(date, "x", rebase=True)])
    assert [point[6] for point in found.points].index(2) == begins


def test_changes_outside_the_chart_and_at_its_ends():
    run = coded(PLAIN)
    outside = [Change("2021-01-01", "x", rebase=True), Change("2031-01-01", "y", rebase=True)]
    found = trend(run, changes=outside)
    assert found == trend(run)
    assert found.changes == ()
    assert len(trend(run, changes=[Change("2023-01-01", "x", rebase=True)]).segments) == 1
    last = trend(run, changes=[Change("2024-02-01", "x", rebase=True)])
    assert [segment[2] is None for segment in last.segments] == [False, True]
    assert "Segment 2: No limits: 1 point is too few, 6 are needed." in last.note
    both = [Change("2023-07-01", "b", rebase=True), Change("2023-07-01", "a", rebase=True)]
    assert [note for _, note in trend(run, changes=both).changes] == ["a", "b"]
    assert len(trend(run, changes=both).segments) == 2


# Emerging and fading.


def test_what_emerges_and_fades_among_all_themes():
    run = coded([(6, 40)] * 15 + [(24, 40)] * 3)
    other = coded([(24, 40)] * 15 + [(4, 40)] * 3, theme=OTHER)
    both = added(run, memberships=other.memberships, themes=[(OTHER, "Visits")])
    emerging, fading = trending.trends([both], "incident")
    assert (emerging.movement, fading.movement) == ("emerging", "fading")
    assert emerging.chance == pytest.approx(1 / 816)  # of C(18, 3) choices
    assert "Emerging: 60.0 % (72 of 120) of the last 3 months, 15.0 % (90 of 600) before." in emerging.note
    assert (
        "In 0.1 % of all choices of 3 months one of the 2 themes tested departs as far; up to 5 %"
        in emerging.note
    )
    # asked for alone it is still held against all
    assert trend(both) == emerging
    alone = trend(run)
    assert "this theme, the only one tested, departs as far" in alone.note


def test_of_quarters_the_last_two_are_held_against_those_before():
    found = trend(coded([(6, 20)] * 24 + [(12, 20)] * 3 + [(13, 20)] * 3), period="quarter")
    assert found.movement == "emerging"
    assert found.chance == pytest.approx(1 / 45)  # of C(10, 2) choices
    assert "Emerging: 62.5 % (75 of 120) of the last 2 quarters, 30.0 % (144 of 480) before." in found.note


def test_incomplete_months_and_few_periods_are_not_compared():
    run = coded([(6, 40)] * 15)
    late = coded([(9, 9)], start="2024-04", tag="x")
    late = dataclasses.replace(late, documents=tuple(
        dataclasses.replace(d, date=f"2024-04-0{i + 1}") for i, d in enumerate(late.documents)
    ))  # fmt: skip
    found = trend(added(run, documents=late.documents, memberships=late.memberships))
    assert found.movement == ""
    assert "15.0 % (18 of 120) of the last 3 months" in found.note
    few = trend(coded([(6, 40)] * 6))
    assert few.chance is None
    assert "Not tested for emerging or fading: 6 whole months of one coding are too few." in few.note


# The command.


def report(run, changes=()):
    made = dict(run.coding)
    name, _, version = made["codebook"].partition(" ")
    provenance = {
        "thememiner": made["thememiner"],
        "settings": {"assigned": float(made["threshold"])},
        "encoder": {"name": "words", "sha256": made["encoder"], "precision": "float32"},
        "codebook": {"id": name, "version": version, "sha256": made["codebook's text"]},
    }
    if changes:
        provenance["changes"] = [dataclasses.asdict(change) for change in changes]
    return Report(
        provenance=provenance,
        title="A review",
        question="",
        ledger=(),
        documents=run.documents,
        received=(),
        outstanding=(),
        absent_voices=(),
        sections=(),
        themes=tuple(Theme(key, name, "codebook") for key, name in run.themes),
        findings=(),
        evidence=(),
        memberships=run.memberships,
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def saved(name, run, changes=()):
    Path(name).write_text(render(report(run, changes)), "utf-8")
    return name


def rows(name):
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_report_says_its_coding():
    run = coded(PLAIN)
    assert trending.of_report(report(run)) == run
    bare = dataclasses.replace(report(run), provenance={})
    assert [version for _, version in trending.of_report(bare).coding] == [
        "", "not told", "", "of the codebook", "", ""
    ]  # fmt: skip
    odd = dataclasses.replace(report(run), provenance={"codebook": "x", "changes": [{"day": "x"}]})
    assert trending.of_report(odd).coding[0] == ("codebook", "")
    with pytest.raises(InputError, match="changes in reporting"):
        trending.changes_of(odd)
    change = Change("2023-05-01", "x", rebase=True)
    assert trending.changes_of(report(run, [change])) == (change,)
    assert trending.changes_of(report(run)) == ()


def test_a_run_keeps_its_changes_and_the_wording_of_its_codebook(golden):
    book, layout = (
        codebooks.codebook(str(golden / "codebook.toml")),
        codebooks.template(str(golden / "template.toml")),
    )
    change = Change("2023-05-01", "Asked of Mary Ellison, 020 7946 0991", rebase=True)
    encoder, corpus = (
        SimpleNamespace(name="words", digest="b", precision="float32"),
        SimpleNamespace(inputs=()),
    )

    def made(book, *changes):
        return recording.provenance(Settings(), Review(changes=changes), corpus, book, layout, encoder, None)

    kept = made(book, change)
    assert "7946" not in str(kept["changes"])
    (read,) = trending.changes_of(dataclasses.replace(report(coded(PLAIN)), provenance=kept))
    assert (read.date, read.rebase) == ("2023-05-01", True)
    assert "changes" not in made(book)
    digest = made(book)["codebook"]["sha256"]
    assert digest == made(dataclasses.replace(book))["codebook"]["sha256"]
    first = dataclasses.replace(book.codes[0], definition="Another wording.")
    other = dataclasses.replace(book, codes=(first, *book.codes[1:]))
    assert made(other)["codebook"]["sha256"] != digest


def test_the_command_writes_a_row_a_point(command, here):
    run = added(coded([*PLAIN, (15, 20)]), documents=[entry("z", "")])
    said = command("trends", saved("report.json", run), "--out", "trends.csv")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        (
            "incident: 1 theme has a chart: 300 of 301 incident reports, Jan 2023 to Mar 2024, by month. "
            "Not plotted, no date that can be read: 1."
        ),
        (
            "  Handover: Above the upper limit in Mar 2024 (75.0 %, 15 of 20). Usual: 37.7 % of incident "
            "reports a month (mean); chance alone keeps nearly all between 6.3 % and 69.0 %."
        ),
        trending.NEUTRAL,
        "Written: trends.csv",
    ]
    found = rows("trends.csv")
    assert len(found) == 15
    # 113 of 15 x 20: M = .376667. Ranges 13 of .1 and .35: R = 1.65/14 = .117857, 2.66 R = .3135.
    assert found[-1] == {
        "theme_id": CODE,
        "theme": "Handover",
        "kind": "incident",
        "organisation": "",
        "period_start": "2024-03-01",
        "period": "Mar 2024",
        "with_theme": "15",
        "documents": "20",
        "share": "0.75",
        "flag": "high",
        "rule": "outside",
        "segment": "1",
        "begins": "",
        "chart": "xmr",
        "centre": "0.376667",
        "lower": "0.063167",
        "upper": "0.690167",
        "trial_limits": "",
        "change": "",
        "movement": "",
        "chance": found[-1]["chance"],
    }
    assert float(found[-1]["chance"]) > 0.05
    before = Path("trends.csv").read_bytes()
    assert command("trends", "report.json", "--out", "trends.csv").code == 0
    assert Path("trends.csv").read_bytes() == before


def test_the_command_writes_the_same_as_json(command, here):
    name = saved("report.json", coded(PLAIN))
    assert command("trends", name, "--out", "trends.json", "--until", "2030-01-01").code == 0
    told = json.loads(Path("trends.json").read_text("utf-8"))
    assert told["reading"] == trending.NEUTRAL
    (found,) = told["trends"]
    record = trending.trends([coded(PLAIN)], "incident")[0]
    assert {field.name for field in dataclasses.fields(record)} == set(found)
    assert found["note"] == record.note
    assert len(told["point"]) == len(found["points"][0])
    assert len(told["segment"]) == len(found["segments"][0])
    assert found["points"][0] == ["2023-01-01", 6, 20, 0.3, "", "", 1]
    assert found["segments"] == [[1, "", 0.35, 0.084, 0.616, False]]


def test_the_command_joins_reports_by_their_coding(command, here):
    first = saved("a.json", coded(PLAIN))
    second = saved("b.json", coded(PLAIN, start="2024-03", coding=recoded(codebook="book 2.0"), tag="b"))
    assert command("trends", first, second, "--out", "trends.csv").code == 0
    assert [(row["segment"], row["begins"]) for row in rows("trends.csv")] == [("1", "")] * 14 + [
        ("2", "coding")
    ] * 14
    assert command("trends", second, first, "--out", "other.csv").code == 0
    assert Path("other.csv").read_bytes() == Path("trends.csv").read_bytes()


def test_the_command_narrows_and_marks(command, here):
    run = coded(PLAIN)
    praise = coded(PLAIN, tag="f", kind="feedback", organisation="South")
    both = added(run, documents=praise.documents, memberships=praise.memberships)
    other = [member(d.id, OTHER) for d in run.documents[:40]]
    both = added(both, memberships=other, themes=[(OTHER, "Visits")])
    change = Change("2023-08-14", "Form changed by Mary Ellison, 020 7946 0991", rebase=True)
    name = saved("report.json", both, [change])

    def written(*options):
        said = command("trends", name, *options, "--out", "t.csv")
        assert said.code == 0, said.err
        return rows("t.csv")

    assert {row["kind"] for row in written()} == {"incident", "feedback"}
    assert {row["kind"] for row in written("--kind", "feedback")} == {"feedback"}
    assert {row["theme"] for row in written("--theme", OTHER)} == {"Visits"}
    assert {row["organisation"] for row in written("--organisation", "South")} == {"South"}
    quarters = written("--period", "quarter", "--theme", CODE, "--kind", "incident")
    assert [row["period"] for row in quarters] == [
        "2022/23 Q4", "2023/24 Q1", "2023/24 Q2", "2023/24 Q3", "2023/24 Q4"
    ]  # fmt: skip
    marked = written("--theme", CODE, "--kind", "incident")
    noted = {row["period"]: row["change"] for row in marked if row["change"]}
    assert list(noted) == ["Aug 2023"]
    assert "7946" not in noted["Aug 2023"]
    assert [row["begins"] for row in marked] == [""] * 8 + ["change"] * 6
    Path("review.toml").write_text('[[change]]\ndate = 2023-11-01\nnote = "LFPSE"\n')
    marked = written("--theme", CODE, "--kind", "incident", "--review", "review.toml")
    assert {row["period"]: row["change"] for row in marked if row["change"]} == {"Nov 2023": "LFPSE"}
    assert {row["segment"] for row in marked} == {"1"}


def test_dates_in_the_future_are_told_and_not_plotted(command, here):
    ahead = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=400)
    run = added(coded(PLAIN), documents=[entry("x", ahead.isoformat())])
    said = command("trends", saved("report.json", run), "--out", "t.csv")
    assert said.code == 0
    assert "Not plotted, dated after " in said.out
    assert len(rows("t.csv")) == 14
    said = command("trends", "report.json", "--out", "t.csv", "--until", "2023-06-30")
    assert "Not plotted, dated after 2023-06-30: 161." in said.out
    assert len(rows("t.csv")) == 6


def test_nothing_but_dates_in_the_future_is_told_as_that(command, here):
    said = command("trends", saved("report.json", coded(PLAIN)), "--out", "t.csv", "--until", "2020-01-31")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert f"{sum(total for _, total in PLAIN)} documents dated after 2020-01-31" in said.err
    assert "can be read" not in said.err


SLIPS = {
    "nothing there": (["nowhere.json"], "nowhere.json cannot be read"),
    "no report": (["list.json"], "list.json is not a thememiner report"),
    "a table like a workbook": (["report.json", "--out", "t.xlsx"], "ends in .csv or .json"),
    "onto the report": (["report.json", "--out", "report.json"], "is what is to be read"),
    "onto the review": (["report.json", "--review", "r.csv", "--out", "r.csv"], "is what is to be read"),
    "an unknown theme": (
        ["report.json", "--theme", "code:book/handove"],
        "Did you mean 'code:book/handover'?",
    ),
    "an unknown organisation": (["report.json", "--organisation", "Noth"], "Did you mean 'North'?"),
    "a kind without dates": (
        ["report.json", "--kind", "policy"],
        "policy documents do not come one after another",
    ),
    "a kind that is not there": (
        ["report.json", "--kind", "feedback"],
        "no feedback with a theme carries a date",
    ),
    "an unknown kind": (["report.json", "--kind", "incidents"], "is not one of"),
    "an unknown period": (["report.json", "--period", "week"], "is not one of"),
    "no such day": (
        ["report.json", "--until", "30/06/2023"],
        "'30/06/2023' is not a date such as 2025-04-01",
    ),
    "a wrong review": (["report.json", "--review", "wrong.toml"], "change 1: 'date' must be a date such as"),
    "undated": (["undated.json"], "no incident or feedback with a theme carries a date that can be read"),
}


@pytest.mark.parametrize("case", SLIPS)
def test_a_slip_is_one_line(command, here, case):
    run = coded(PLAIN)
    saved("report.json", run)
    saved("undated.json", dataclasses.replace(run, documents=tuple(entry(d.id, "") for d in run.documents)))
    Path("list.json").write_text("[1]")
    Path("r.csv").write_text("x")
    Path("wrong.toml").write_text('[[change]]\ndate = "1 April"\nnote = "x"\n')
    arguments, words = SLIPS[case]
    out = [] if "--out" in arguments else ["--out", "t.csv"]
    said = command("trends", *arguments, *out)
    assert said.code == 2
    assert said.err.startswith("thememiner: ")
    assert said.err.count("\n") == 1
    assert words in said.err, said.err
    assert not Path("t.csv").exists()
