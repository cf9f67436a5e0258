"""The rules of the two charts and the test for emerging themes, against series worked by hand or published.

The working stands beside each series, so that it can be done again with a pencil. M is the mean, R the mean
moving range after screening; limits are M ± 2.66 R, near limits M ± 2/3 x 2.66 R.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thememiner.errors import InputError
from thememiner.trending import moving, runs, xmr

EXACT = 5e-7  # six decimals


def check(values, centre, lower, upper, flagged, baseline=0):
    """The limits to six decimals, and every flag: {place: "flag rule"}, nothing elsewhere."""
    found = xmr.limits(values, baseline)
    assert (found.centre, found.lower, found.upper) == pytest.approx((centre, lower, upper), abs=EXACT)
    near = 2 / 3 * (found.upper - found.centre)
    assert [found.near_upper - found.centre, found.centre - found.near_lower] == pytest.approx([near, near])
    marks = xmr.flags(values, found)
    assert len(marks) == len(values)
    assert {i: " ".join(mark) for i, mark in enumerate(marks) if any(mark)} == flagged
    return found


def each(places, words):
    return dict.fromkeys(places, words)


# Published series.


def test_a_screened_outlier_as_nhsrplotthedots_publishes_it():
    # NHSRplotthedots, vignette "Deviations from Excel defaults": UPL 4.6, mean 1.94, LPL -0.72. Sum 35, M =
    # 35/18. Ranges: 15 of 1, 8 (2 to 10), 9 (10 to 1): mean 32/17 = 1.882, times 3.267 is 6.15, so 8 and 9
    # are left out and R = 1. Limits 35/18 ± 2.66. Near upper 3.718: the 2s are inside.
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    found = check(values, 1.944444, -0.715556, 4.604444, {4: "high outside"})
    assert (found.screened, found.moving_range, found.points) == (2, 1, 18)
    assert (round(found.upper, 2), round(found.centre, 2), round(found.lower, 2)) == (4.6, 1.94, -0.72)


def test_random_numbers_as_nhsrplotthedots_publishes_them():
    # NHSRplotthedots, tests/testthat/_snaps/ptd_spc_standard.md: mean 0.142, lpl -3.01, upl 3.29.
    # To three places of the values: sum 2.832, M = .1416; ranges sum 22.520, R = 22.520/19 = 1.185263,
    # 2.66 R = 3.152800.
    values = [-0.560, -0.230, 1.559, 0.071, 0.129, 1.715, 0.461, -1.265, -0.687, -0.446]
    values += [1.224, 0.360, 0.401, 0.111, -0.556, 1.787, 0.498, -1.967, 0.701, -0.473]
    found = xmr.limits(values)
    assert [round(v, 2) for v in (found.centre, found.lower, found.upper)] == [0.14, -3.01, 3.29]
    check(values, 0.14165, -3.01129, 3.29459, {})


def test_two_near_points_on_opposite_sides_as_nhsrplotthedots_publishes_it():
    # NHSRplotthedots, tests: "only ... when they are on the same side of the mean". Seven pairs 1, -1, then
    # 5.5 and -5.5: M = 0. Ranges: 13 of 2, 6.5, 11: mean 43.5/15 = 2.9, times 3.267 is 9.47, so 11 is left
    # out and R = 32.5/14 = 2.321429. Limits ± 6.175, near ± 4.116667: 5.5 is beyond one, -5.5 beyond the
    # other.
    check([1, -1] * 7 + [5.5, -5.5], 0, -6.175, 6.175, {})


def test_trends_as_making_data_count_publishes_them():
    # NHS England, Making Data Count, SPC charts SQL query 2.4, sample "Department B" with its remarks: at
    # the fifth point "Start of seven points increasing", at the sixteenth "... decreasing". In thousandths:
    # sum 24,896, M = 24896/26; ranges sum 121, R = 121/25 = 4.84, 2.66 R = 12.8744.
    values = [965, 956, 963, 952, 947, 951, 956, 958, 962, 965, 967, 961, 958]
    values += [947, 952, 963, 961, 960, 957, 956, 955, 952, 959, 963, 954, 956]
    flagged = each(range(4, 11), "high trend") | each(range(15, 22), "low trend")
    check(values, 957.538462, 944.664062, 970.412862, flagged)


def test_two_of_three_as_making_data_count_publishes_it():
    # The same, "Department C": at the twelfth "Two out of three points within two-to-three sigma lines with
    # the other point on the same side of the mean", at the twenty-fourth "Three out of three". Sum 23,714,
    # M = 23714/26; ranges sum 150, R = 6, 2.66 R = 15.96, near 10.64: beyond 901.437 and 922.717. The 923s
    # of the sixth and eighth have 905, below the mean, between them.
    values = [913, 911, 912, 909, 912, 923, 905, 923, 912, 905, 905, 898, 901]
    values += [915, 910, 905, 912, 910, 907, 915, 912, 909, 920, 923, 924, 923]
    flagged = each((11, 12), "low two of three") | each((23, 24, 25), "high two of three")
    check(values, 912.076923, 896.116923, 928.036923, flagged)


def test_what_comes_first_where_rules_meet():
    # The same, "Department D": "Start of decrease while still above mean". Sum 25,311, M = 973.5; ranges
    # sum 71, R = 2.84, 2.66 R = 7.5544: outside above 981.0544 and below 965.9456. The rest is in a rise of
    # nine from the first, a fall of nine from the ninth (993 to 958), a rise of ten from the seventeenth.
    values = [971, 973, 978, 979, 981, 985, 987, 991, 993, 987, 982, 980, 979]
    values += [972, 964, 962, 958, 960, 961, 963, 964, 965, 966, 968, 970, 972]
    flagged = each(range(5), "high trend") | each(range(5, 11), "high outside")
    flagged |= each(range(11, 14), "low trend") | each(range(14, 22), "low outside")
    check(values, 973.5, 965.9456, 981.0544, flagged | each(range(22, 26), "high trend"))


def test_a_baseline_as_making_data_count_publishes_it():
    # The same, metric "M2", up to "Limits recalculated", with "Baseline set" at the 24th point: 24 sum to
    # 371, M = 15.458333; their ranges to 48, R = 48/23 = 2.086957, 2.66 R = 5.551304, near 3.700870. From
    # the 27th nine lie above the mean, the fourth (22) above 21.009638; 21 and 20 beyond 19.159203 with 17
    # before them, above the mean. The 19s are not beyond; nor is the 21 after them, with 19 and 17 beside
    # it.
    values = [13, 16, 14, 13, 15, 16, 18, 16, 17, 15, 13, 16, 15, 14, 13, 16, 19, 17, 12, 14, 17, 19, 16, 17]
    values += [16, 13, 18, 22, 19, 19, 18, 19, 17, 21, 20, 14, 18, 17, 15, 16, 19, 21, 17, 14]
    flagged = each((26, *range(28, 33)), "high shift") | {27: "high outside"}
    flagged |= each((33, 34), "high two of three")
    found = check(values, 15.458333, 9.907029, 21.009638, flagged, baseline=24)
    assert found.points == 24


# Series worked by hand.


def test_a_plain_series():
    # 7 x (10 + 14) = 168, M = 12. 13 ranges of 4, R = 4. 2.66 x 4 = 10.64.
    found = check([10, 14] * 7, 12, 1.36, 22.64, {})
    assert not found.trial
    assert found.screened == 0


def test_shares():
    # Sum 2.60, M = .20. Ranges .05 .07 .03 .04 .06 .08 .01 .06 .09 .05 .02 .05: sum .61, R = .61/12 =
    # .050833. 2.66 R = .135217, near .090144: .29 and .24 are inside .290144. Above the mean stand .22 .25,
    # .27, .23 .24 .29; below .17 .18 .12, .14 .19 .17. Nothing runs to seven.
    values = [0.17, 0.22, 0.15, 0.18, 0.22, 0.16, 0.24, 0.23, 0.29, 0.20, 0.15, 0.17, 0.22]
    check(values, 0.2, 0.064783, 0.335217, {})


def test_twelve_points_make_trial_limits_and_thirteen_do_not():
    # 12 points: 6 x 24 = 144, M = 12, R = 4. 13 points: 154/13 = 11.846154, R = 4.
    assert check([10, 14] * 6, 12, 1.36, 22.64, {}).trial
    assert not check([10, 14] * 6 + [10], 11.846154, 1.206154, 22.486154, {}).trial


def test_six_points_have_limits_and_five_have_none():
    # 1 + 3 + 2 + 4 + 3 + 5 = 18, M = 3; ranges 2 1 2 1 2 = 8, R = 1.6, 2.66 R = 4.256.
    assert check([1, 3, 2, 4, 3, 5], 3, -1.256, 7.256, {}).trial
    assert xmr.limits([1, 3, 2, 4, 3]) is None
    assert xmr.limits([]) is None


def test_a_gap_is_no_zero_and_has_no_range_across_it():
    # 6 + 8 + 6 + 8 + 20 + 22 + 20 + 22 = 112, M = 14. Ranges 2 2 2, none from 8 to 20, 2 2 2: R = 2,
    # 2.66 R = 5.32, near 3.546667. All lie outside 8.68 and 19.32.
    values = [6, 8, 6, 8, None, 20, 22, 20, 22]
    found = check(values, 14, 8.68, 19.32, each(range(4), "low outside") | each(range(5, 9), "high outside"))
    assert found.points == 8


def test_a_gap_ends_a_trend_a_shift_and_a_three():
    # The baseline is [10, 14] x 6: M = 12, R = 4, near upper 19.093333.
    steady = [10, 14] * 6
    assert flags_after([11, 11.5, 11.8, None, 12.5, 13, 13.5, 13.8]) == {}
    assert flags_after([11, 13, 13, 13, None, 13, 13, 13, 13]) == {}
    assert flags_after([11, 19.1, None, 19.1]) == {}
    # and nothing is missed before it
    assert flags_after([11, *[13] * 7, None]) == each(range(1, 8), "high shift")
    assert xmr.limits([*steady, None, None], 12) == xmr.limits(steady)


def test_equal_points_are_their_own_limits_and_no_shift():
    # M = .1 and R = 0; a computer's mean of thirty .1 is not quite .1.
    check([0.1] * 30, 0.1, 0.1, 0.1, {})
    check([0.0] * 30, 0, 0, 0, {})
    # A baseline without variation: whatever differs lies outside.
    check([3] * 12 + [3, 4, 2], 3, 3, 3, {13: "high outside", 14: "low outside"}, baseline=12)


def test_a_range_is_screened_only_above_the_factor():
    # Ten ranges of 1, then one of g: their mean is (10 + g)/11, and g is 3.267 times that at g = 4.22475.
    # g = 4.22: 14.22/11 x 3.267 = 4.2233, kept. R = 1.292727, sum 9.22, M = .768333, 2.66 R = 3.438655.
    ups = [0, 1] * 5 + [0]
    assert check([*ups, 4.22], 0.768333, -2.670321, 4.206988, {11: "high outside"}).screened == 0
    # g = 4.23: 14.23/11 x 3.267 = 4.2263, left out. R = 1, sum 9.23, M = .769167.
    assert check([*ups, 4.23], 0.769167, -1.890833, 3.429167, {11: "high outside"}).screened == 1


def test_ranges_are_screened_once():
    # Ranges: 20 of 1, then 3.7, 30, 33.7: mean 87.4/23 = 3.8, x 3.267 = 12.415, so 30 and 33.7 are left out
    # and R = 23.7/21 = 1.128571. Times 3.267 that is 3.687: a second round would leave 3.7 out, too. Sum
    # 10 + 3.7 + 33.7 = 47.4 of 24, M = 1.975, 2.66 R = 3.002. The first 21 lie below the mean.
    values = [0, 1] * 10 + [0, 3.7, 33.7, 0]
    flagged = each(range(21), "low shift") | {22: "high outside"}
    assert check(values, 1.975, -1.027, 4.977, flagged).screened == 2


# Each rule: what just fires, and what just does not. The baseline [10, 14] x 6 has M = 12, R = 4: outside
# above 22.64 and below 1.36, near 19.093333 and 4.906667. Its last point is 14, so that 11 begins a new
# stretch.

STEADY = [10, 14] * 6


def flags_after(after):
    """{place after the baseline: "flag rule"} of points that follow the baseline."""
    values = STEADY + after
    marks = xmr.flags(values, xmr.limits(values, len(STEADY)))
    assert not any(any(mark) for mark in marks[: len(STEADY)])
    return {i - len(STEADY): " ".join(mark) for i, mark in enumerate(marks) if any(mark)}


RISE = [11, 11.5, 11.9, 12.5, 13, 13.5, 13.9]
FALL = [13.9, 13.5, 13, 12.5, 11.9, 11.5, 11]


@pytest.mark.parametrize(
    ("after", "flagged"),
    [
        ([22.641], {0: "high outside"}),
        ([22.64], {}),  # on the limit is inside
        ([11, 1.359], {1: "low outside"}),
        ([11, 1.36], {}),
        (RISE, each(range(7), "high trend")),
        (RISE[1:], {}),  # six points are five steps
        ([*RISE, 14.5], each(range(8), "high trend")),
        ([*RISE[:3], 11.9, *RISE[3:]], {}),  # level is not up
        ([11, *FALL], each(range(1, 8), "low trend")),
        ([11, *FALL[1:]], {}),
        ([11, 19.1, 12.5, 19.1], each((1, 3), "high two of three")),
        ([11, 19.1, 19.1, 12.5], each((1, 2), "high two of three")),
        ([11, 12.5, 19.1, 19.1], each((2, 3), "high two of three")),
        ([11, 19.1, 19.1, 19.1], each((1, 2, 3), "high two of three")),
        ([11, 19.1, 12.5, 19.09], {}),  # just inside the near limit
        ([11, 19.1, 12.5, 12.5, 19.1], {}),  # two of four
        ([11, 19.1, 11.9, 19.1], {}),  # the third is on the other side of the mean
        ([11, 19.1, 12, 19.1], {}),  # ... or on it
        ([11, 19.1, 4.9, 19.1], {}),
        ([11, 22.7, 19.1, 12.5], {1: "high outside", 2: "high two of three"}),  # outside is beyond near, too
        ([13, 4.9, 11.5, 4.9], each((1, 3), "low two of three")),
        ([13, 4.91, 11.5, 4.9], {}),
        ([11, *[13] * 7], each(range(1, 8), "high shift")),
        ([11, *[13] * 6], {}),
        ([11, *[13] * 3, 12, *[13] * 4], {}),  # a point on the mean ends it
        ([11, *[13] * 6, 12, *[13] * 6], {}),
        ([11, *[13] * 9], each(range(1, 10), "high shift")),
        ([13, *[11] * 7], each(range(1, 8), "low shift")),
        ([13, *[11] * 6], {}),
        # Where several hold for a point, the first in order: outside, trend, two of three, shift.
        ([11, 12.5, 13, 13.5, 16, 19.1, 20, 23], each(range(7), "high trend") | {7: "high outside"}),
        ([11, *[13] * 5, 19.1, 19.2], each(range(1, 6), "high shift") | each((6, 7), "high two of three")),
        # The first points of a fall are above the mean: it is a fall all the same.
        ([11, 19, 18, 17, 16, 15, 14, 13], each(range(1, 8), "low trend")),
    ],
)  # fmt: skip
def test_what_just_fires_and_what_just_does_not(after, flagged):
    assert flags_after(after) == flagged


def test_flags_take_only_numbers_and_a_baseline_that_can_bear_limits():
    for value in (math.nan, math.inf):
        with pytest.raises(InputError, match="takes numbers"):
            xmr.limits([1, 2, value] * 5)
    with pytest.raises(InputError, match="baseline needs 6 points or more; 5 are asked for"):
        xmr.limits([1.0, 2.0] * 9, 5)
    # A baseline longer than the series is all of it; gaps are no points of it.
    assert xmr.limits([10, 14] * 7, 99) == xmr.limits([10, 14] * 7)
    assert xmr.limits([10, None, 14, 10, 14, 10, 14, 99], 6).centre == 12


# What holds of any series.

SERIES = st.lists(st.sampled_from([0, 1, 2, 3, 5, 8, None]), min_size=6, max_size=24)


def by_definition(values, found):
    """The flags of a series point by point: every window that a point could stand in is looked at."""
    marks = []
    for i, v in enumerate(values):
        rules = []
        if v is not None and (v > found.upper + 1e-9 or v < found.lower - 1e-9):
            rules.append(("high" if v > found.centre else "low", "outside"))
        for sign in (1, -1):
            word = "high" if sign > 0 else "low"
            sevens = [values[k : k + 7] for k in range(max(i - 6, 0), i + 1) if k + 7 <= len(values)]
            whole = [seven for seven in sevens if None not in seven]
            if any(all(sign * (b - a) > 0 for a, b in pairwise(seven)) for seven in whole):
                rules.append((word, "trend"))
            threes = [values[k : k + 3] for k in range(max(i - 2, 0), i + 1) if k + 3 <= len(values)]
            near = found.near_upper if sign > 0 else found.near_lower
            for three in threes:
                if None in three or not all(sign * (x - found.centre) > 1e-9 for x in three):
                    continue
                if sum(sign * (x - near) > 1e-9 for x in three) >= 2 and sign * (v - near) > 1e-9:
                    rules.append((word, "two of three"))
            if any(all(sign * (x - found.centre) > 1e-9 for x in seven) for seven in whole):
                rules.append((word, "shift"))
        order = ("outside", "trend", "two of three", "shift")
        marks.append(min(rules, key=lambda rule: order.index(rule[1]), default=("", "")))
    return tuple(marks)


@given(SERIES, st.sampled_from([0, 6, 8]))
@settings(max_examples=400, deadline=None)
def test_flags_are_those_of_the_definition(values, baseline):
    found = xmr.limits(values, baseline)
    if found:
        assert xmr.flags(values, found) == by_definition(values, found)


@given(SERIES)
@settings(max_examples=200, deadline=None)
def test_a_change_of_scale_changes_the_scale_alone(values):
    found = xmr.limits(values)
    if not found:
        return
    for factor in (1e-6, 0.37, 1e6):
        scaled = [None if v is None else v * factor for v in values]
        other = xmr.limits(scaled)
        assert (other.centre, other.lower, other.upper) == pytest.approx(
            [factor * v for v in (found.centre, found.lower, found.upper)]
        )
        assert xmr.flags(scaled, other) == xmr.flags(values, found)
    upside_down = [None if v is None else -v for v in values]
    swapped = {"high": "low", "low": "high", "": ""}
    mirrored = tuple((swapped[flag], rule) for flag, rule in xmr.flags(values, found))
    assert xmr.flags(upside_down, xmr.limits(upside_down)) == mirrored


@given(st.lists(st.integers(0, 20), min_size=6, max_size=24))
@settings(max_examples=200, deadline=None)
def test_limits_cut_at_what_a_share_can_be_flag_the_same_points(counts):
    values = [n / 20 for n in counts]
    found = xmr.limits(values)
    assert all(found.lower <= 0 or v >= 0 for v in values)
    outside = [rule == "outside" for _, rule in xmr.flags(values, found)]
    cut = [v > min(found.upper, 1) + 1e-9 or v < max(found.lower, 0) - 1e-9 for v in values]
    assert outside == cut


@given(SERIES)
@settings(max_examples=100, deadline=None)
def test_backwards_the_limits_are_the_same(values):
    forwards, backwards = xmr.limits(values), xmr.limits(values[::-1])
    assert (forwards is None) == (backwards is None)
    if forwards:
        assert (forwards.lower, forwards.upper) == pytest.approx((backwards.lower, backwards.upper))


# Run charts.


def run_flags(values):
    marks = runs.flags(values, runs.runs(values))
    return {i: " ".join(mark) for i, mark in enumerate(marks) if any(mark)}


HALVES = each(range(6), "low shift") | each(range(6, 12), "high shift")


def test_a_median_and_its_runs():
    # Sorted 1 2 3 4 5 6 7 8 9 10: median 5.5. Signs - + - + + - - + - +: 8 runs; of 252 orders of five and
    # five, 2 + 8 + 32 + 48 + 72 + 48 = 210 have 7 or fewer, so 42 (.167) have 8 or more.
    found = runs.runs([3, 8, 2, 6, 7, 5, 1, 9, 4, 10])
    assert found == runs.Runs(5.5, above=5, below=5, runs=8)
    assert runs.chance_of_runs(5, 5, 7) == pytest.approx(210 / 252)
    assert runs.runs([1, 2, 3, 4, 5, 6, 7, 8, 9]) is None
    assert runs.runs([1, 2, 3, 4, 5, None, 6, 7, 8, 9]) is None


def test_the_chances_of_runs_that_swed_and_eisenhart_1943_give():
    # Their Table I, first rows: 2 and 2, 2 and 5, 2 and 10 points.
    for below, chances in {
        2: (0.333333, 0.666667, 1),
        5: (0.095238, 0.333333, 0.714286, 1),
        10: (0.030303, 0.181818, 0.454545, 1),
    }.items():
        for number, chance in enumerate(chances, start=2):
            assert runs.chance_of_runs(2, below, number) == pytest.approx(chance, abs=EXACT)
    # The critical values of their tables II and III, as they are commonly reproduced: 5 and 5, 10 and 10,
    # 20 and 20.
    for each_side, few, many in ((5, 2, 10), (10, 6, 16), (20, 14, 28)):
        assert runs.chance_of_runs(each_side, each_side, few) <= 0.025
        assert runs.chance_of_runs(each_side, each_side, few + 1) > 0.025
        assert 1 - runs.chance_of_runs(each_side, each_side, many - 1) <= 0.025
        assert 1 - runs.chance_of_runs(each_side, each_side, many - 2) > 0.025


@pytest.mark.parametrize(
    ("values", "said"),
    [
        # five above and five below: 2 runs 2/252 = .008, 3 runs 10/252 = .040; 10 runs .008, 9 runs .040.
        ([1, 2, 1, 2, 1, 8, 9, 8, 9, 8], "too few"),
        ([1, 2, 8, 1, 2, 1, 9, 8, 9, 8], ""),
        ([1, 2, 1, 8, 9, 8, 9, 8, 1, 2], ""),
        ([1, 8, 2, 9, 1, 8, 2, 9, 1, 8], "too many"),
        ([1, 8, 2, 9, 1, 8, 2, 9, 8, 1], ""),
    ],
)
def test_too_few_and_too_many_runs(values, said):
    assert runs.runs(values).said == said


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        # median 4, between 2 and 6: six below, six above
        ([1, 2, 1, 2, 1, 2, 6, 7, 6, 7, 6, 7], HALVES),
        ([1, 2, 1, 2, 1, 7, 6, 2, 6, 7, 6, 7], {}),  # five
        # median 4: the 4s are passed over, neither counted nor an end
        (
            [1, 2, 4, 1, 2, 1, 2, 6, 7, 6, 4, 6, 7, 9],
            each((0, 1, 3, 4, 5, 6), "low shift") | each((7, 8, 9, 11, 12, 13), "high shift"),
        ),
        ([1, 2, 4, 1, 2, 1, 6, 2, 7, 6, 4, 6, 7, 9], {}),  # five
        ([1, 2, 1, None, 2, 1, 2, 6, 7, 6, None, 7, 6, 7], {}),  # a gap is an end
        # five points up are four steps; 3 3 counts once
        ([5, 1, 5, 1, 2, 3, 4, 9, 1, 5, 1, 5], each(range(3, 8), "high trend")),
        ([5, 1, 5, 1, 2, 3, 4, 1, 5, 1, 5, 1], {}),
        ([5, 1, 5, 1, 2, 3, 3, 4, 9, 1, 5, 1], each((3, 4, 5, 7, 8), "high trend")),
        ([5, 1, 5, 1, 2, 3, 3, 4, 1, 5, 1, 5], {}),
        ([1, 5, 1, 9, 4, 3, 2, 1, 5, 1, 5, 1], each(range(3, 8), "low trend")),
        ([5, 1, 5, 1, 2, None, 3, 4, 9, 1, 5, 1], {}),
        # shift goes before trend: 6 7 8 9 9.5 10 lie above 5.5 and rise from 1
        ([1, 2, 1, 5, 1, 2, 6, 7, 8, 9, 9.5, 10], HALVES),
    ],
)  # fmt: skip
def test_what_just_fires_on_a_run_chart_and_what_just_does_not(values, flagged):
    assert run_flags(values) == flagged


def test_where_most_periods_have_none_there_is_no_shift():
    # The median is 0, so everything else lies above it: no side to shift from.
    values = [0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0]
    assert runs.runs(values).one_sided
    assert run_flags(values) == {}
    assert runs.runs([0] * 12).said == ""


# Emerging and fading.


def test_a_theme_that_just_emerges_worked_by_hand():
    # 7 quarters of 10 documents; 21 choices of two. Only the last two hold 4 + 4 = 8 of 13, where 2/7 of 13
    # = 3.71 are expected; a choice with one of them holds 5, one with none 2 (1.71 fewer). 1/21 = .047619.
    (found,) = moving.moving([[1, 1, 1, 1, 1, 4, 4]], [10] * 7, 2)
    assert found == ("emerging", pytest.approx(1 / 21))
    (found,) = moving.moving([[9, 9, 9, 9, 9, 6, 6]], [10] * 7, 2)
    assert found == ("fading", pytest.approx(1 / 21))
    # A third 4 makes three choices of 8: 3/21.
    (found,) = moving.moving([[1, 1, 4, 1, 1, 4, 4]], [10] * 7, 2)
    assert found == ("", pytest.approx(3 / 21))


def test_all_themes_are_held_against_the_furthest_of_them():
    # The second theme's furthest choice (8 where 3.71 are expected, of 13) lies in the first two quarters.
    # So the first theme's, which is as far, is reached by 2 of 21 choices: no alarm.
    found = moving.moving([[1, 1, 1, 1, 1, 4, 4], [4, 4, 1, 1, 1, 1, 1]], [10] * 7, 2)
    assert found[0] == ("", pytest.approx(2 / 21))
    # With (0, 1, 1, 1, 1, 4, 5) the first is further (9 of 13) than any other choice of either: 1 of 21.
    found = moving.moving([[0, 1, 1, 1, 1, 4, 5], [4, 4, 1, 1, 1, 1, 1]], [10] * 7, 2)
    assert found[0] == ("emerging", pytest.approx(1 / 21))
    assert found[1][0] == ""


def test_a_departure_is_measured_in_its_own_deviations():
    # The last two quarters have 6 of 10 documents, a share of .6; the two before 50 of 100; the rest 10 of 50
    # each; all together 96 of 310, p = .309677, p(1 - p) = .213777. 6 is 2.903226 more than expected, and the
    # deviation is the root of 10 x .213777 x 300/309 = 2.0755: 2.015. 50 is 19.032258 more, and the deviation
    # the root of 100 x .213777 x 210/309 = 14.5285: 4.993. The lower share of many proves more.
    counts, totals = [10, 10, 10, 10, 25, 25, 3, 3], [50] * 6 + [5, 5]
    departures = moving._departures(
        np.array(counts, float), np.array(totals, float), np.array([[6, 7], [4, 5]]), np.array([10.0, 100.0])
    )
    assert departures == pytest.approx([2.015, 4.993], abs=5e-4)
    assert moving.moving([counts], totals, 2)[0][0] == ""


def test_small_numbers_are_not_tested_and_few_periods_tell_nothing():
    totals = [10] * 12
    four = [0] * 8 + [0, 1, 1, 2]
    five = [0] * 8 + [0, 1, 2, 2]
    assert moving.moving([four, [10 - n for n in four]], totals, 3) == [("", None)] * 2
    assert moving.moving([five], totals, 3)[0][1] is not None
    assert moving.moving([], totals, 3) == []
    assert moving.moving([[5, 5, 5]], [9, 9, 9], 3) == [("", None)]
    # 1 of C(n, k) choices has to be .05 or less: C(7, 2) = 21, C(6, 2) = 15; C(7, 3) = 35. At n = 2k the
    # other half departs as far as the last.
    assert moving.enough(7, 2)
    assert not moving.enough(6, 2)
    assert moving.enough(7, 3)
    assert not moving.enough(6, 3)
    with pytest.raises(InputError, match="a count for each period"):
        moving.moving([[1, 2]], [3, 3, 3], 1)
    with pytest.raises(InputError, match="of at most its documents"):
        moving.moving([[1, 2, 4]], [3, 3, 3], 1)


def test_the_order_of_themes_does_not_matter():
    rng = np.random.default_rng(5)
    counts = rng.binomial(30, 0.2, (6, 14))
    counts[0, -3:] = 20
    found = moving.moving(counts.tolist(), [30] * 14, 3)
    assert found[0][0] == "emerging"
    assert moving.moving(counts[::-1].tolist(), [30] * 14, 3) == found[::-1]


def test_the_chance_of_any_false_alarm_is_what_is_said():
    # Ten themes over a year, 300 times, where nothing changes: one family in twenty at most has an alarm.
    # The bound is .05 and three standard errors; themes tested one by one at .05 would cry out in four of
    # ten.
    rng = np.random.default_rng(2024)
    shares = np.geomspace(0.02, 0.3, 10)[:, None]
    alarms = 0
    for _ in range(300):
        counts = rng.binomial(60, np.repeat(shares, 12, axis=1))
        alarms += any(word for word, _ in moving.moving(counts.tolist(), [60] * 12, 3))
    assert 0 < alarms / 300 <= 0.05 + 3 * (0.05 * 0.95 / 300) ** 0.5
