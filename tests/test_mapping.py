"""A theme stands where the template names it, where it was answered or where it is nearest; no counts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.mapping import Placing, place, section_of_headings, state
from thememiner.records import (
    KINDS,
    POLARITIES,
    Kind,
    Membership,
    Passage,
    Polarity,
    Section,
    Template,
    Theme,
)

WAY = Section("way", "Getting to the clinic", ("Are buses and taxis paid for?",), KINDS, ("transport",))
FOOD = Section("food", "Meals and kitchens", ("Is lunch warm?",), ("account", "feedback"), ("meals",))
RULES = Section(
    "rules", "Written procedures", ("What is written down?",), ("policy",), ("transport", "meals")
)
LAYOUT = Template("t", "T", "1", (WAY, FOOD, RULES))
TRANSPORT = Theme("code:b/transport", "Transport", "codebook", code_id="transport", documents=5)
MEALS = Theme("code:b/meals", "Meals", "codebook", code_id="meals", documents=9)
FOUND = Theme("found:1", "Soup, lunch", "discovered", documents=2)


def passage(name: str, kind: Kind = "feedback", section: str = "", text: str = "It was so.") -> Passage:
    return Passage(name, f"doc {name}", 0, len(text), text, kind, section=section)


def member(name: str, theme: Theme, polarity: Polarity = "neutral", **fields) -> Membership:
    return Membership(name, theme.id, **({"score": 0.8, "outcome": "assigned"} | fields), polarity=polarity)


def placed(themes, members, passages, encoder, layout=LAYOUT):
    return [
        (p.section.id, p.theme.id, [q.id for _, q in p.members])
        for p in place(themes, members, {q.id: q for q in passages}, layout, encoder)
    ]


def test_a_code_goes_to_each_section_that_names_it_and_takes_its_kind(word_encoder):
    passages = [passage("f"), passage("p", "policy"), passage("i", "incident")]
    members = [member(p.id, TRANSPORT) for p in passages]
    assert placed([TRANSPORT], members, passages, word_encoder) == [
        ("way", TRANSPORT.id, ["f", "p", "i"]),
        ("rules", TRANSPORT.id, ["p"]),
    ]
    assert word_encoder.seen == []  # nothing to look up by meaning


def test_a_code_with_no_passage_of_the_sections_kinds_is_not_there(word_encoder):
    assert placed([MEALS], [member("i", MEALS)], [passage("i", "incident")], word_encoder) == []


@pytest.mark.parametrize("outcome", ["weak", "no"])
def test_what_is_only_weak_places_nothing(word_encoder, outcome):
    assert placed([MEALS], [member("f", MEALS, outcome=outcome)], [passage("f")], word_encoder) == []


def test_sections_in_the_templates_order_and_the_larger_theme_first(word_encoder):
    passages = [passage("p", "policy"), passage("f")]
    members = [member(p.id, t) for t in (TRANSPORT, MEALS) for p in passages]
    expected = [
        ("way", TRANSPORT.id),
        ("food", MEALS.id),
        ("rules", MEALS.id),
        ("rules", TRANSPORT.id),
    ]
    for themes in ([TRANSPORT, MEALS], [MEALS, TRANSPORT]):
        assert [p[:2] for p in placed(themes, members, passages, word_encoder)] == expected


def test_an_answer_stays_in_the_section_that_it_was_given_under(word_encoder):
    passages = [passage("a", "account", "Meals and kitchens"), passage("b", "account")]
    members = [member(p.id, TRANSPORT) for p in passages]
    found = place([TRANSPORT], members, {p.id: p for p in passages}, LAYOUT, word_encoder)
    assert [(p.section.id, [q.id for _, q in p.members]) for p in found] == [("way", ["b"]), ("food", ["a"])]
    assert found[0].score == 1.0
    assert found[0].reason == "the template names this code for this section"
    assert found[1].score == 0.8
    assert found[1].reason == "answers given under this heading of the form speak of it"


def test_an_answer_under_the_codes_own_section_says_so(word_encoder):
    passages = [passage("a", "account", "Meals and kitchens"), passage("b")]
    found = place(
        [MEALS], [member(p.id, MEALS) for p in passages], {p.id: p for p in passages}, LAYOUT, word_encoder
    )
    assert [p.reason for p in found] == [
        "the template names this code for this section, and answers given under it speak of it"
    ]
    assert len(found[0].members) == 2


def test_a_discovered_theme_goes_to_the_nearest_prompt_alone(word_encoder):
    passages = [passage("a", text="Lunch is never warm"), passage("b", text="Is the lunch warm today?")]
    found = place(
        [FOUND], [member(p.id, FOUND) for p in passages], {p.id: p for p in passages}, LAYOUT, word_encoder
    )
    assert [p.section.id for p in found] == ["food"]
    assert found[0].reason == "nearest in meaning to this section's title and prompts"
    assert 0 < found[0].score <= 1


def test_a_discovered_theme_goes_only_where_its_kinds_are_taken(word_encoder):
    passages = [passage("a", "incident", text="Lunch is never warm")]
    assert placed([FOUND], [member("a", FOUND)], passages, word_encoder)[0][0] == "way"


def test_where_the_order_of_members_comes_from_does_not_matter(word_encoder):
    passages = [passage(n, text=t) for n, t in (("a", "Lunch is warm"), ("b", "taxis"), ("c", "kitchens"))]
    members = [member(p.id, FOUND) for p in passages]
    by_id = {p.id: p for p in passages}
    one = place([FOUND], members, by_id, LAYOUT, word_encoder)
    other = place([FOUND], members[::-1], by_id, LAYOUT, word_encoder)
    assert [(p.section.id, p.score) for p in one] == [(p.section.id, p.score) for p in other]


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Meals and kitchens", "food"),
        ("MEALS & KITCHENS", "food"),
        ("Section 2: Kitchens and meals", "food"),
        ("3", "rules"),
        ("Section 3", "rules"),
        ("Part 1", "way"),
        ("Procedures, as written", "rules"),
    ],
)
def test_a_heading_of_a_form_finds_its_section(heading, wanted):
    assert section_of_headings([heading], LAYOUT) == {heading: wanted}


@pytest.mark.parametrize("heading", ["About you", "Signature", "Section 9", "2 things we like", "", "Meals"])
def test_a_heading_of_nothing_in_the_template_is_left_out(heading):
    assert section_of_headings([heading], LAYOUT) == {}


def test_an_answer_under_a_heading_of_no_section_is_free(word_encoder):
    answer = passage("a", "account", "Anything else?")
    assert placed([TRANSPORT], [member("a", TRANSPORT)], [answer], word_encoder)[0][:1] == ("way",)


def finding(section: Section, kinds: tuple[Kind, ...], *members: tuple[Membership, Passage]) -> str:
    placing = Placing(section, MEALS, members, 0.123456789, "because")
    found = state(placing, kinds)
    assert (found.id, found.section_id, found.theme_id) == (f"{section.id}/{MEALS.id}", section.id, MEALS.id)
    assert found.score == 0.123457
    assert found.reason == "because"
    assert found.position is None
    assert found.basis is None
    return found.statement


def said(kind: Kind, *polarities: Polarity, **fields) -> list[tuple[Membership, Passage]]:
    return [
        (member(f"{kind}{i}", MEALS, polarity, **fields), passage(f"{kind}{i}", kind))
        for i, polarity in enumerate(polarities)
    ]


@pytest.mark.parametrize(
    ("polarities", "wanted"),
    [
        (["negative"], "people and families describe problems"),
        (["negative"] * 3 + ["positive"], "people and families describe problems"),
        (["negative"] * 2 + ["positive"], "people and families describe both good practice and problems"),
        (["positive"] * 3 + ["negative"], "people and families describe good practice"),
        (["mixed"], "people and families describe both good practice and problems"),
        (["neutral"], "people and families speak of it without saying whether it goes well"),
        (["neutral"] * 9 + ["negative"], "people and families describe problems"),
    ],
)
def test_a_statement_says_which_way_people_lean(polarities, wanted):
    assert finding(FOOD, ("feedback",), *said("feedback", *polarities)) == f"Meals: {wanted}."


def test_a_statement_names_each_kind_in_turn_and_a_policys_rule_as_one():
    members = [
        *said("feedback", "negative"),
        *said("incident", "negative"),
        *said("account", "positive"),
        *said("policy", "neutral", modality="commitment"),
    ]
    assert finding(WAY, KINDS, *members) == (
        "Meals: policy sets out what must happen; organisations' accounts describe good practice; "
        "incident reports describe problems; people and families describe problems."
    )


def test_a_rule_is_never_said_to_be_good_practice():
    statement = finding(WAY, KINDS, *said("policy", "neutral", "neutral", modality="commitment"))
    assert statement == "Meals: policy sets out what must happen."


def test_silence_of_policy_is_said_only_where_policy_was_read_and_asked():
    feedback = said("feedback", "negative")
    silent = "no passage on it was found in policy"
    assert silent in finding(WAY, KINDS, *feedback)
    assert silent not in finding(WAY, ("feedback",), *feedback)  # no policy was read
    assert silent not in finding(FOOD, KINDS, *feedback)  # the section takes none
    answers = [(m, replace(p, kind="account", section="Meals")) for m, p in feedback]
    assert silent not in finding(WAY, KINDS, *answers)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(POLARITIES)), min_size=1, max_size=12),
    st.sets(st.sampled_from(KINDS), min_size=1),
)
def test_a_statement_is_a_sentence_without_a_count(pairs, read):
    read |= {kind for kind, _ in pairs}
    members = [
        (member(f"{i}", MEALS, polarity), passage(f"{i}", kind)) for i, (kind, polarity) in enumerate(pairs)
    ]
    statement = finding(WAY, tuple(sorted(read)), *members)
    assert re.fullmatch(r"Meals: [a-z][^0-9]+[a-z]\.", statement)
    assert not re.search(r"\d", statement)
    for word in ("assur", "gap", "most", "many", "anonymi"):
        assert word not in statement
