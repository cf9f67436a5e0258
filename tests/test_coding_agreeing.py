"""Two readings of the same passages: what one alone sees is counted, and neither quoted nor weighed."""

import importlib

import pytest

from thememiner import evidence
from thememiner.coding import agree
from thememiner.coding.agreeing import DOUBTFUL
from thememiner.records import Membership, Passage


def passage(n, kind="incident", document="d"):
    return Passage(f"{document}:{n}-{n + 1}", document, n, n + 1, "x", kind)


def member(p, theme="handover", score=0.9, outcome="assigned"):
    return Membership(p.id, theme, score, outcome)


def test_it_is_less_than_what_is_quoted_and_weighed():
    weighs = importlib.import_module("thememiner.triangulating.sides").SURE
    assert min(evidence.LEAST, weighs) > DOUBTFUL


@pytest.mark.parametrize(("kind", "score"), [("incident", DOUBTFUL), ("policy", DOUBTFUL), ("account", 0.9)])
def test_what_its_words_do_not_speak_of_is_doubtful_but_in_an_account(kind, score):
    p, other = passage(0, kind), passage(1, kind)
    found = agree([member(p), member(other)], [member(other, score=0.2, outcome="weak")], [p, other])
    assert [m.score for m in found] == [score, 0.9]
    assert [m.outcome for m in found] == ["assigned", "assigned"]


def test_another_code_of_the_same_passage_is_no_second_reading():
    p = passage(0)
    (found,) = agree([member(p)], [member(p, "medication")], [p])
    assert found.score == DOUBTFUL


def test_a_score_that_is_lower_stays():
    p = passage(0)
    (found,) = agree([member(p, score=0.3, outcome="weak")], [], [p])
    assert found.score == 0.3


@pytest.mark.parametrize(("every", "score"), [(8, DOUBTFUL), (4, 0.9)])
def test_a_long_paper_on_another_subject(every, score):
    paper = [passage(n, "policy") for n in range(200)]
    read = [member(p) for p in paper[::every]]
    found = agree(read, read, paper)
    assert {m.score for m in found} == {score}


def test_a_part_on_the_subject_of_a_long_paper_that_is_not():
    paper = [passage(n, "policy") for n in range(300)]
    read = [member(p) for p in (paper[10], *paper[200:240:2])]
    found = agree(read, read, paper)
    assert found[0].score == DOUBTFUL
    assert {m.score for m in found[5:-4]} == {0.9}


def test_short_documents_and_accounts_are_taken_as_they_are():
    short = [passage(n) for n in range(11)]
    account = [passage(n, "account", "a") for n in range(100)]
    read = [member(short[0]), member(account[0])]
    assert agree(read, read, [*short, *account]) == read


def test_what_a_family_tells_of_a_death_is_taken_as_it_is():
    told, other, report = passage(0, "feedback"), passage(0, "feedback", "e"), passage(1, "incident")
    found = agree([member(told), member(other), member(report)], [], [told, other, report], {"d"})
    assert [m.score for m in found] == [0.9, DOUBTFUL, DOUBTFUL]


def test_the_order_of_the_passages_does_not_matter():
    paper = [passage(n, "policy") for n in range(60)]
    read = [member(p) for p in (*paper[::9], *paper[30:40:2])]
    assert agree(read, read, paper[::-1]) == agree(read, read, paper)
