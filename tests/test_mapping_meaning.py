"""Placing by meaning: plain arrays in and out, with scores that can be read as shares, and a reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.mapping import (
    by_kinds,
    by_meaning,
    by_position,
    near,
    place,
    section_texts,
    theme_texts,
    theme_vector,
)
from thememiner.mapping.meaning import SEVERAL, Near, chosen
from thememiner.records import KINDS, Code, Example, Membership, Passage, Section, Template, Theme

MEALS = Section("meals", "Meals", ("Is lunch warm, and who cooks it?", "Is there fruit?"))
ROADS = Section("roads", "Roads", (), ("feedback",))
ASKED = Section("asked", "Who sings?", ("Who sings?",))


def unit(*rows):
    found = np.array(rows, dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_a_section_is_all_that_it_asks_then_each_question_then_each_thing():
    assert section_texts(MEALS) == [
        ("Meals. Is lunch warm, and who cooks it?. Is there fruit?", -1),
        ("Meals: Is lunch warm, and who cooks it?", 0),
        ("Meals: Is there fruit?", 1),
        ("Is lunch warm", 0),
        ("who cooks it", 0),
    ]
    assert section_texts(ROADS) == [("Roads", -1), ("Roads", -1)]
    assert section_texts(ASKED) == [("Who sings?", -1), ("Who sings?", 0)]


def test_a_theme_is_its_name_its_definition_and_its_examples():
    code = Code("c", "Fruit", "Apples.", examples=(Example("feedback", "A pear."),))
    assert theme_texts(code) == (["Fruit", "Apples."], ["A pear."])
    assert theme_texts(Code("c", "Fruit")) == (["Fruit"], [])
    said, shown = unit((1, 0, 0), (0, 1, 0)), unit((0, 0, 1), (0, 0, 1), (0, 0, 1))
    assert theme_vector(said, shown) == pytest.approx(np.full(3, 3**-0.5), abs=1e-6)
    assert theme_vector(said[:1], shown[:0]) == pytest.approx((1, 0, 0))


def test_each_theme_is_surest_where_it_is_nearest_and_the_text_is_told():
    themes = unit((1, 0.1, 0), (0, 1, 0.1), (0.1, 0, 1))
    sections = [unit((1, 1, 1), (1, 1, 1), row) for row in ((1, 0, 0), (0, 1, 0), (0, 0, 1))]
    scores, nearest = by_meaning(themes, sections)
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]
    assert (np.diag(scores) > 0.9).all()
    assert nearest.diagonal().tolist() == [2, 2, 2]
    assert nearest[0, 1] == 1


def test_a_section_that_is_near_to_everything_does_not_win_everything():
    themes = unit((1, 0, 1), (0, 1, 1), (1, 1, 1))
    everything, own = unit((0, 0, 1), (0, 0, 1)), unit((1, -1, 0.2), (1, -1, 0.2))
    assert (themes @ everything[0] > themes @ own[0]).all()  # by likeness alone it would
    scores, _ = by_meaning(themes, [everything, own])
    assert scores[0].argmax() == 1
    assert scores[1].argmax() == 0


def test_one_section_and_one_theme_have_a_score_too():
    scores, nearest = by_meaning(unit((1, 0)), [unit((1, 0), (0, 1))])
    assert scores.shape == nearest.shape == (1, 1)
    assert 0 < scores[0, 0] < 1


def test_what_is_known_besides_meaning_moves_the_score_as_odds():
    themes, sections = unit((1, 0), (0, 1)), [unit((1, 1), (1, 1)), unit((1, 1), (1, 1))]
    plain, _ = by_meaning(themes, sections)
    moved, _ = by_meaning(themes, sections, np.array([[np.log(3), 0.0], [0.0, 0.0]]))
    odds = moved / (1 - moved) / (plain / (1 - plain))
    assert odds[0] == pytest.approx((3, 1 / 3))
    assert odds[1] == pytest.approx((1, 1))


@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 2**16))
def test_scores_are_shares_and_order_does_not_matter(themes, sections, seed):
    rng = np.random.default_rng(seed)
    rows = unit(*rng.normal(size=(themes, 6)))
    views = [unit(*rng.normal(size=(int(rng.integers(2, 5)), 6))) for _ in range(sections)]
    scores, nearest = by_meaning(rows, views)
    assert ((scores > 0) & (scores < 1)).all()
    assert ((scores > 0.5).sum(axis=1) <= 1).all()
    assert (nearest > 0).all()
    turned, _ = by_meaning(rows[::-1], views[::-1])
    assert turned[::-1, ::-1] == pytest.approx(scores)


def test_the_kinds_of_a_themes_passages_speak_for_sections_that_take_them():
    takes = np.array([[True, False], [False, True], [True, True]])
    odds = by_kinds(np.array([[30.0, 0.0], [0.0, 300.0], [0.0, 0.0]]), takes)
    assert odds[0, 0] > 0 > odds[0, 1]
    assert odds[1, 1] > 0 > odds[1, 0]
    assert odds[:, 2] == pytest.approx(np.zeros(3))  # it takes all, and says nothing
    assert odds[2] == pytest.approx((0, 0, 0), abs=0.2)  # no passages say little
    assert (by_kinds(np.zeros((2, 2)), takes) == 0).all()


def test_a_kind_that_there_is_much_of_weighs_no_more():
    takes = np.array([[True, False], [False, True]])
    odds = by_kinds(np.array([[2.0, 200.0], [2.0, 200.0]]), takes)
    assert odds == pytest.approx(np.zeros((2, 2)))


def test_the_headings_that_answers_were_given_under_speak_for_their_sections():
    odds = by_position(np.array([[9.0, 0.0, 0.0], [0.0, 9.0, 0.0], [0.0, 0.0, 0.0]]))
    assert odds[0, 0] > 0 > odds[0, 1]
    assert odds[1, 1] > 0 > odds[1, 0]
    assert odds[2] == pytest.approx((0, 0, 0))
    assert odds[:, 2] == pytest.approx((0, 0, 0))  # nobody answered there
    assert (by_position(np.zeros((2, 3))) == 0).all()
    few = by_position(np.array([[1.0, 0.0], [0.0, 9.0]]))
    assert 0 < few[0, 0] < by_position(np.array([[9.0, 0.0], [0.0, 9.0]]))[0, 0] + 1


def test_the_reason_says_what_it_is_near_to_and_how_surely():
    assert near(MEALS, 0.9, 1).reason == (
        "no section names its code; by meaning it is nearest to this section's question “Is there fruit?” "
        "(about 9 in 10 such placings were right)"
    )
    assert near(MEALS, 0.97, 1).reason.endswith("(nearly all such placings were right)")
    assert near(MEALS, 0.01, 1).reason.endswith("(about 1 in 10 such placings were right)")
    assert "nearly as near to this section's title" in near(ROADS, 0.4, -1).reason
    assert (
        "no section is clearly nearest; in this one it is nearest to the title" in near(ROADS, 0.1, -1).reason
    )
    assert near(ROADS, 0.4, -1).score == 0.4


def test_the_best_section_where_something_is_there_and_others_that_are_near():
    rows = [Near(score, "r") for score in (0.2, 0.9, SEVERAL, SEVERAL - 0.01)]
    assert chosen(rows, [True] * 4) == [1, 2]
    assert chosen(rows, [True, False, False, True]) == [3]
    assert chosen(rows, [True, False, False, False]) == [0]
    assert chosen(rows, [False] * 4) == []


FRUIT = Theme("code:b/fruit", "Fruit", "codebook", code_id="fruit", documents=2)
LAYOUT = Template("t", "T", "1", (MEALS, ROADS))
NEAR = {FRUIT.id: (Near(0.8, "it is near"), Near(0.35, "it is near too"))}


def passage(name, kind="feedback", section="", heading=""):
    return Passage(name, f"doc {name}", 0, 7, "A pear.", kind, section=section, heading=heading)


def placed(passages, layout=LAYOUT, meant=NEAR, themes=(FRUIT,)):
    members = [Membership(p.id, theme.id, 0.6, "assigned") for theme in themes for p in passages]
    return [
        (p.section.id, round(p.score, 2), p.reason, [q.id for _, q in p.members])
        for p in place(list(themes), members, {p.id: p for p in passages}, layout, meant)
    ]


def test_a_theme_whose_code_no_section_names_goes_by_meaning_and_may_serve_several():
    found = placed([passage("f"), passage("i", "incident")])
    assert found == [("meals", 0.8, "it is near", ["f", "i"]), ("roads", 0.35, "it is near too", ["f"])]


def test_a_code_that_a_section_names_goes_there_and_nowhere_else():
    layout = replace(LAYOUT, sections=(MEALS, replace(ROADS, codes=("fruit",))))
    assert [row[0] for row in placed([passage("f")], layout)] == ["roads"]


def test_where_its_best_section_takes_none_of_its_passages_it_goes_to_the_next():
    layout = replace(LAYOUT, sections=(replace(MEALS, kinds=("policy",)), ROADS))
    assert [row[0] for row in placed([passage("f")], layout)] == ["roads"]


def test_an_answer_stays_where_it_was_given_and_the_rest_goes_by_meaning():
    answers = [passage("a", "account", "Roads"), passage("b", "account", "", "Is there fruit?")]
    layout = replace(LAYOUT, sections=(MEALS, replace(ROADS, kinds=KINDS)))
    assert placed([*answers, passage("f")], layout) == [
        ("meals", 0.8, "it is near, and answers given under it speak of it", ["b", "f"]),
        ("roads", 0.6, "it is near too, and answers given under it speak of it", ["a", "f"]),
    ]
    assert placed(answers[:1], layout, {}) == [
        ("roads", 0.6, "answers given under this heading of the form speak of it", ["a"])
    ]


def test_an_answer_under_a_heading_that_an_organisation_made_up_is_an_answer_of_no_section():
    layout = replace(LAYOUT, sections=(MEALS, replace(ROADS, kinds=KINDS)))
    assert placed([passage("a", "account", "Our own heading")], layout, {}) == []
    assert [row[0] for row in placed([passage("a", "account", "Our own heading")], layout)] == [
        "meals",
        "roads",
    ]


def test_a_theme_found_beside_the_codebook_is_still_placed_nowhere():
    found = Theme("found:1", "Pears", "discovered")
    assert placed([passage("f")], meant={found.id: NEAR[FRUIT.id]}, themes=(found,)) == []
