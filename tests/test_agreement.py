"""The measures against tables that were published with their answers, and what a record says beside them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thememiner.agreement import MEASURES, _measures, _sums, agree
from thememiner.errors import InputError

NAN = float("nan")


def crossed(table):
    """Two coders' codings that give this table: the first coder's categories down, the second's across."""
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


def measured(codings):
    """The measures of any nominal codings, as `agree` takes those of one code."""
    table = np.asarray(codings, dtype=float)
    categories = np.unique(table[~np.isnan(table)])
    values = _measures(_sums(table, categories).sum(axis=0), table.shape[1], len(categories))
    return dict(zip(MEASURES, values.tolist(), strict=True))


def two(both, first, second, neither):
    """The record of one code that two coders gave so many units."""
    rows = [(1, 1)] * both + [(1, 0)] * first + [(0, 1)] * second + [(0, 0)] * neither
    return agree({"code": rows}, ("A", "B"))[0]


# Published tables. The working stands beside each, so that it can be done again by hand.


def test_kappa_of_cohen_1960():
    # Cohen, J. (1960) A coefficient of agreement for nominal scales. Educational and Psychological
    # Measurement 20, 37-46: 200 cases, kappa .492. Observed 140/200 = .70; by chance
    # (100*120 + 60*60 + 40*20)/200^2 = .41; (.70 - .41)/(1 - .41).
    found = measured(crossed([[88, 10, 2], [14, 40, 6], [18, 10, 12]]))
    assert found["percent"] == pytest.approx(70)
    assert found["kappa"] == pytest.approx(0.29 / 0.59)
    assert round(found["kappa"], 3) == 0.492


@pytest.mark.parametrize(
    ("table", "agreed", "kappa"),
    [
        # Feinstein, A. R. & Cicchetti, D. V. (1990) High agreement but low kappa: I. The problems of two
        # paradoxes. Journal of Clinical Epidemiology 43, 543-549. First paradox: the same agreement, and
        # kappa falls with prevalence. Chance: .49*.46 + .51*.54 = .5008; .90*.85 + .10*.15 = .78.
        ((40, 9, 6, 45), 85, 0.70),
        ((80, 10, 5, 5), 85, 0.32),
        # Second paradox: the same agreement, and kappa is higher where the coders' margins differ more.
        # Chance: .60*.70 + .40*.30 = .54; .60*.30 + .40*.70 = .46.
        ((45, 15, 25, 15), 60, 0.13),
        ((25, 35, 5, 35), 60, 0.26),
    ],
)
def test_the_paradoxes_of_feinstein_and_cicchetti_1990(table, agreed, kappa):
    found = two(*table)
    assert found.percent == agreed
    assert round(found.kappa, 2) == kappa


def test_ac1_stays_where_the_first_paradox_lets_kappa_fall():
    balanced, rare = two(40, 9, 6, 45), two(80, 10, 5, 5)
    assert balanced.kappa - rare.kappa > 0.35
    # Chance after Gwet: 2 * .875 * .125 = .21875; (.85 - .21875)/(1 - .21875).
    assert rare.ac1 == pytest.approx(0.63125 / 0.78125, abs=1e-6)
    assert rare.ac1 > balanced.ac1


def test_ac1_of_gwet_2008():
    # Gwet, K. L. (2008) Computing inter-rater reliability and its variance in the presence of high agreement.
    # British Journal of Mathematical and Statistical Psychology 61, 29-48; his table of 125 subjects.
    # Agreed 118/125 = .944. Kappa: chance (123*120 + 2*5)/125^2 = .94528, so -.0234. AC1: both coders
    # together say yes (123 + 120)/250 = .972; chance 2 * .972 * .028 = .054432, so .9408.
    found = two(118, 5, 2, 0)
    assert found.percent == pytest.approx(94.4)
    assert found.kappa == pytest.approx((0.944 - 0.94528) / (1 - 0.94528), abs=1e-6)
    assert found.ac1 == pytest.approx((0.944 - 0.054432) / (1 - 0.054432), abs=1e-6)
    assert (round(found.kappa, 4), round(found.ac1, 4)) == (-0.0234, 0.9408)


def test_ac1_of_more_than_two_categories():
    # Gwet, K. L. (2014) Handbook of Inter-Rater Reliability, 4th ed.: two abstractors, 100 cases, three
    # categories. Kappa .7964. AC1: shares .13, .255 and .615, so chance (1 - .460150)/2 = .269925.
    found = measured(crossed([[13, 0, 0], [0, 20, 7], [0, 4, 56]]))
    shares = np.array([26, 51, 123]) / 200
    chance = (1 - (shares**2).sum()) / 2
    assert found["kappa"] == pytest.approx(0.7964094, abs=1e-7)
    assert found["ac1"] == pytest.approx((0.89 - chance) / (1 - chance))
    assert round(found["ac1"], 4) == 0.8493


# Krippendorff, K. (2011) Computing Krippendorff's alpha-reliability, University of Pennsylvania.


def test_alpha_of_krippendorff_2011_a_two_observers_and_two_values():
    # 10 units, alpha .095: coincidences 10 + 8 apart of 20; 1 - (20 - 1) * 4 / (14 * 6).
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    (found,) = agree({"code": list(zip(first, second, strict=True))}, ("A", "B"))
    assert found.alpha == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-6)
    assert round(found.alpha, 3) == 0.095


def test_alpha_of_krippendorff_2011_b_two_observers_and_many_values():
    # 12 units, five values, alpha .692.
    first, second = "aabbdcccedda", "babbbccceddd"
    codes = [("abcde".index(i), "abcde".index(j)) for i, j in zip(first, second, strict=True)]
    found = measured(codes)
    # Nine units agree, so 6 of 24 coincidences are apart; of the values there are 4 a, 6 b, 6 c, 6 d and
    # 2 e, so (24^2 - (16 + 36 + 36 + 36 + 4)) = 448 pairs would mix: 1 - 23 * 6 / 448.
    assert found["alpha"] == pytest.approx(1 - 23 * 6 / 448)
    assert round(found["alpha"], 3) == 0.692


def test_alpha_of_krippendorff_2011_c_four_observers_and_missing_codings():
    # 12 units, five values, 7 codings missing; the last unit was coded once and does not count: alpha .743.
    codings = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
    found = measured(np.transpose(codings))
    assert round(found["alpha"], 3) == 0.743
    assert found["percent"] == pytest.approx(100 * 9 / 11)


# Against another's arithmetic.


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60))
def test_kappa_is_what_scikit_learn_says(rows):
    from sklearn.metrics import cohen_kappa_score

    (found,) = agree({"code": rows}, ("A", "B"), resamples=2)
    if len({answer for row in rows for answer in row}) == 1:
        assert found.kappa is None
    else:
        assert found.kappa == pytest.approx(cohen_kappa_score(*zip(*rows, strict=True)), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda coders: st.lists(
            st.lists(st.sampled_from([True, False, None]), min_size=coders, max_size=coders), max_size=20
        )
    )
)
def test_a_record_is_whole_and_in_range_whatever_is_missing(rows):
    raters = "ABCD"[: len(rows[0])] if rows else "AB"
    table = np.array(rows, dtype=float).reshape(-1, len(raters))
    (found,) = agree({"code": table}, raters, resamples=50)
    for name in MEASURES:
        value, low, high = (getattr(found, f"{name}{end}") for end in ("", "_low", "_high"))
        top = 100 if name == "percent" else 1
        assert value is None or value <= top
        assert (low is None) == (high is None)
        assert low is None or (value is not None and low < high <= top)
        assert value is not None or found.note
        assert low is not None or found.note
    assert found.units == sum(sum(answer is not None for answer in row) >= 2 for row in rows)
    # Kappa and alpha are not defined for the same codings, and AC1 wherever anything is.
    assert (found.kappa is None) >= (found.alpha is None)
    assert (found.ac1 is None) == (found.percent is None) == (found.units == 0)


def test_more_than_two_coders_who_all_coded_agree_on_what_conger_says():
    # Conger 1980: observed and chance agreement each averaged over the pairs of coders.
    rng = np.random.default_rng(5)
    table = rng.random((80, 3)) < (0.2, 0.3, 0.5)
    pairs = [(0, 1), (0, 2), (1, 2)]
    seen = np.mean([(table[:, i] == table[:, j]).mean() for i, j in pairs])
    yes = table.mean(axis=0)
    chance = np.mean([yes[i] * yes[j] + (1 - yes[i]) * (1 - yes[j]) for i, j in pairs])
    (found,) = agree({"code": table}, ("A", "B", "C"))
    assert found.kappa == pytest.approx((seen - chance) / (1 - chance), abs=1e-6)


# What is not defined.


def test_a_code_that_nobody_used_has_no_kappa_and_says_so():
    found = two(0, 0, 0, 50)
    assert (found.percent, found.ac1, found.kappa, found.alpha) == (100, 1, None, None)
    assert "not defined: no coder used it" in found.note
    assert "the coders never differed" in found.note
    assert "used it throughout" in two(50, 0, 0, 0).note


def test_a_coder_who_never_used_a_code_makes_kappa_nothing_and_it_says_so():
    found = two(0, 6, 0, 94)
    assert (found.kappa, found.kappa_low) == (0, None)
    assert "Kappa is 0 whatever the other coder did: B never used it." in found.note
    assert found.ac1 > 0.9


def test_nothing_coded_by_two_coders_is_said():
    (found,) = agree({"code": [(True, None), (None, False)]}, ("A", "B"))
    assert (found.units, found.percent, found.kappa, found.ac1, found.alpha) == (0, None, None, None, None)
    assert found.prevalence == (None, None)
    assert found.note == "Nothing is defined: nothing was coded by two coders."
    (found,) = agree({"code": np.zeros((0, 2))}, ("A", "B"))
    assert found.percent is None


def test_a_code_too_rare_to_resample_has_no_interval():
    found = two(1, 1, 0, 98)  # more than a third of resamples lack the one unit that both gave it
    assert found.kappa == pytest.approx(0.662162, abs=1e-6)
    assert found.percent_low is not None
    assert found.kappa_low is None
    assert "No interval for kappa and alpha" in found.note


# Who used it, and how sure it is.


def test_prevalence_is_by_each_coder_of_the_units_that_two_coded():
    rows = [(1, 1), (1, 0), (1, 0), (0, 0), (1, None), (None, None)]
    (found,) = agree({"code": rows}, ("A", "B"))
    assert (found.units, found.both, found.neither) == (4, 1, 1)
    assert (found.used, found.prevalence) == ((3, 1), (0.75, 0.25))


def test_intervals_hold_the_value_and_come_out_alike_whatever_the_order():
    rng = np.random.default_rng(7)
    truth = rng.random(300) < 0.3
    table = np.stack([truth ^ (rng.random(300) < 0.1) for _ in range(2)], axis=1)
    documents = [f"d{i // 5}" for i in range(300)]
    (found,) = agree({"code": table}, ("A", "B"), documents)
    assert found.resampled == 60
    for name in MEASURES:
        low, high = getattr(found, f"{name}_low"), getattr(found, f"{name}_high")
        assert low < getattr(found, name) < high
    order = rng.permutation(300)
    (again,) = agree({"code": table[order]}, ("A", "B"), [documents[i] for i in order])
    assert again == found
    (other,) = agree({"code": table}, ("A", "B"), documents, seed=1)
    assert other.kappa == found.kappa
    assert other.kappa_low != found.kappa_low


def test_passages_of_one_document_are_not_taken_for_independent():
    # Each document's ten passages are alike, so they tell no more than one.
    rng = np.random.default_rng(8)
    one = rng.random((40, 2)) < 0.5
    table, documents = np.repeat(one, 10, axis=0), [str(i) for i in range(40) for _ in range(10)]
    by_document = agree({"code": table}, ("A", "B"), documents)[0]
    by_passage = agree({"code": table}, ("A", "B"))[0]
    one_each = agree({"code": one}, ("A", "B"))[0]
    assert by_document.kappa == by_passage.kappa == one_each.kappa

    def width(found):
        return found.kappa_high - found.kappa_low

    assert width(by_document) == pytest.approx(width(one_each), abs=0.03)
    assert width(by_document) > 2 * width(by_passage)


def test_intervals_are_near_the_large_sample_ones():
    # Percent: the binomial's 85 +- 1.96 * 3.57. Kappa: standard error .0714, Fleiss et al. 1969.
    found = two(40, 9, 6, 45)
    assert (found.percent_low, found.percent_high) == pytest.approx((78, 92), abs=1.01)
    half = (found.kappa_high - found.kappa_low) / 2
    assert half == pytest.approx(1.96 * 0.0714, rel=0.1)


def test_codes_keep_their_order_and_do_not_touch_one_another():
    rng = np.random.default_rng(9)
    codings = {name: rng.random((50, 2)) < 0.4 for name in ("b", "a", "c")}
    found = agree(codings, ("A", "B"))
    assert [a.code for a in found] == ["b", "a", "c"]
    assert found[1] == agree({"a": codings["a"]}, ("A", "B"))[0]
    assert agree({}, ("A", "B")) == ()


def test_no_measure_stands_alone():
    names = {field.name for field in dataclasses.fields(two(1, 1, 1, 1))}
    assert {f"{m}{end}" for m in MEASURES for end in ("", "_low", "_high")} | {"prevalence", "note"} <= names


@pytest.mark.parametrize(
    ("codings", "raters", "documents", "words"),
    [
        ({"x": [[1, 2]]}, ("A", "B"), None, "true, false or missing"),
        ({"x": [["yes", "no"]]}, ("A", "B"), None, "true, false or missing"),
        ({"x": [[1, 0]]}, ("A",), None, "a column for each coder, two or more"),
        ({"x": [[1, 0, 1]]}, ("A", "B"), None, "2 coders are named"),
        ({"x": [1, 0]}, ("A", "B"), None, "a column for each coder"),
        ({"x": [[1, 0]], "y": [[1, 0], [0, 0]]}, ("A", "B"), None, "a row for each unit"),
        ({"x": [[1, 0]]}, ("A", "B"), ["d", "e"], "documents a name for each"),
    ],
)
def test_codings_of_another_shape_are_refused(codings, raters, documents, words):
    with pytest.raises(InputError, match=words):
        agree(codings, raters, documents)
