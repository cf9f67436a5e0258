"""A theme stands where the template names it, where it was answered or where it is nearest; no counts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.mapping import Placing, place, section_of_answers, section_of_headings, state
from thememiner.records import (
    KINDS,
    POLARITIES,
    Evidence,
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


def placed(themes, members, passages, layout=LAYOUT):
    return [
        (p.section.id, p.theme.id, [q.id for _, q in p.members])
        for p in place(themes, members, {q.id: q for q in passages}, layout)
    ]


def test_a_code_goes_to_each_section_that_names_it_and_takes_its_kind():
    passages = [passage("f"), passage("p", "policy"), passage("i", "incident")]
    members = [member(p.id, TRANSPORT) for p in passages]
    assert placed([TRANSPORT], members, passages) == [
        ("way", TRANSPORT.id, ["f", "p", "i"]),
        ("rules", TRANSPORT.id, ["p"]),
    ]


def test_a_code_with_no_passage_of_the_sections_kinds_is_not_there():
    assert placed([MEALS], [member("i", MEALS)], [passage("i", "incident")]) == []


@pytest.mark.parametrize("outcome", ["weak", "no"])
def test_what_is_only_weak_places_nothing(outcome):
    assert placed([MEALS], [member("f", MEALS, outcome=outcome)], [passage("f")]) == []


def test_sections_in_the_templates_order_and_the_larger_theme_first():
    passages = [passage("p", "policy"), passage("f")]
    members = [member(p.id, t) for t in (TRANSPORT, MEALS) for p in passages]
    expected = [
        ("way", TRANSPORT.id),
        ("food", MEALS.id),
        ("rules", MEALS.id),
        ("rules", TRANSPORT.id),
    ]
    for themes in ([TRANSPORT, MEALS], [MEALS, TRANSPORT]):
        assert [p[:2] for p in placed(themes, members, passages)] == expected


def test_an_answer_stays_in_the_section_that_it_was_given_under():
    passages = [passage("a", "account", "Meals and kitchens"), passage("b", "account")]
    members = [member(p.id, TRANSPORT) for p in passages]
    found = place([TRANSPORT], members, {p.id: p for p in passages}, LAYOUT)
    assert [(p.section.id, [q.id for _, q in p.members]) for p in found] == [("way", ["b"]), ("food", ["a"])]
    assert found[0].score == 1.0
    assert found[0].reason == "the template names this code for this section"
    assert found[1].score == 0.8
    assert found[1].reason == "answers given under this heading of the form speak of it"


def test_an_answer_under_the_codes_own_section_says_so():
    passages = [passage("a", "account", "Meals and kitchens"), passage("b")]
    found = place([MEALS], [member(p.id, MEALS) for p in passages], {p.id: p for p in passages}, LAYOUT)
    assert [p.reason for p in found] == [
        "the template names this code for this section, and answers given under it speak of it"
    ]
    assert len(found[0].members) == 2


def test_a_theme_without_a_name_of_its_own_is_placed_nowhere():
    passages = [passage("a", text="Is lunch warm?"), passage("b", "account", "Meals and kitchens")]
    assert placed([FOUND], [member(p.id, FOUND) for p in passages], passages) == []


def test_where_the_order_of_members_comes_from_does_not_matter():
    passages = [passage(n, text=t) for n, t in (("a", "Lunch is warm"), ("b", "taxis"), ("c", "kitchens"))]
    members = [member(p.id, MEALS) for p in passages]
    by_id = {p.id: p for p in passages}
    one, other = (place([MEALS], given_, by_id, LAYOUT) for given_ in (members, members[::-1]))
    assert [state(p, KINDS, [], ()) for p in one] == [state(p, KINDS, [], ()) for p in other]


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


def test_a_question_finds_the_section_whose_prompt_it_is_but_a_heading_stands_before_it():
    rules, way = LAYOUT.sections[2], LAYOUT.sections[0]
    layout = replace(
        LAYOUT, sections=(way, LAYOUT.sections[1], replace(rules, prompts=("Who keeps the cellar keys?",)))
    )
    asked = "2.1 Who keeps the cellar keys?"
    pairs = [("", asked), (way.title, asked), ("About you", asked), ("About you", "Who sings?")]
    assert section_of_answers(pairs, layout) == {
        ("", asked): rules.id,
        (way.title, asked): way.id,
        ("About you", asked): rules.id,
    }


@pytest.mark.parametrize("heading", ["About you", "Signature", "Section 9", "2 things we like", "", "Meals"])
def test_a_heading_of_nothing_in_the_template_is_left_out(heading):
    assert section_of_headings([heading], LAYOUT) == {}


def test_an_answer_under_a_heading_of_no_section_is_free():
    answer = passage("a", "account", "Anything else?")
    assert placed([TRANSPORT], [member("a", TRANSPORT)], [answer])[0][:1] == ("way",)


def quoted(members: tuple[tuple[Membership, Passage], ...]) -> list[Evidence]:
    """Every passage, as a quote."""
    return [
        Evidence(
            id=p.id,
            section_id="",
            theme_id="",
            document_id=p.document_id,
            kind=p.kind,
            voice=p.voice,
            organisation=p.organisation,
            polarity=m.polarity,
            start=p.start,
            end=p.end,
            quote=p.text,
            sha256="",
            modality=m.modality,
        )
        for m, p in members
    ]


def finding(
    section: Section,
    kinds: tuple[Kind, ...],
    *members: tuple[Membership, Passage],
    shown: list[Evidence] | None = None,
    sure: Collection[str] | None = None,
) -> str:
    placing = Placing(section, MEALS, members, 0.123456789, "because")
    every = {p.id for _, p in members}
    found = state(
        placing, kinds, quoted(members) if shown is None else shown, every if sure is None else sure
    )
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


GOOD, BAD, OPEN = "positive", "negative", "neutral"


@pytest.mark.parametrize(
    ("polarities", "wanted"),
    [
        ([BAD], "speak of it"),
        ([GOOD, GOOD], "speak of it"),
        ([BAD] * 3, "describe problems"),
        ([GOOD] * 3, "describe good practice"),
        ([GOOD] * 3 + [OPEN] * 9, "describe good practice"),
        ([GOOD] * 3 + [OPEN] * 10, "speak of it"),  # too few of all
        ([BAD] * 3 + [OPEN] * 10, "speak of it"),
        ([GOOD] * 9 + [BAD], "largely describe good practice"),  # one speaks against it, or was misjudged
        ([BAD] * 9 + ["mixed"], "largely describe problems"),
        ([GOOD] * 7 + [BAD] * 2, "speak of it"),  # too many for that
        ([GOOD] * 30 + [BAD] * 6, "largely describe good practice"),  # no more than may be misjudged
        ([GOOD] * 30 + [BAD] * 9, "describe both good practice and problems"),
        ([GOOD] * 3 + [BAD] * 3, "describe both good practice and problems"),
        (["mixed"] * 9, "speak of it"),
        ([OPEN] * 9, "speak of it"),
    ],
)
def test_a_statement_says_which_way_people_lean_only_when_enough_agree(polarities, wanted):
    assert finding(FOOD, ("feedback",), *said("feedback", *polarities)) == (
        f"Meals: people and families {wanted}."
    )


def test_a_statement_names_each_kind_in_turn_and_a_policys_rule_as_one():
    members = [
        *said("feedback", BAD, BAD, BAD),
        *said("incident", BAD, BAD, BAD),
        *said("account", GOOD),
        *said("policy", OPEN, modality="commitment"),
    ]
    assert finding(WAY, KINDS, *members) == (
        "Meals: policy sets out what must happen; organisations' accounts speak of it; "
        "incident reports describe problems; people and families describe problems."
    )


def test_a_statement_names_whose_words_they_are():
    names = ("Eastmoor NHS Trust", "Westmoor Care NHS Foundation Trust", "Midvale", "Highmoor", "Lowmoor")

    def of(kind: Kind, organisations, **fields):
        pairs = said(kind, *[OPEN] * len(organisations), **fields)
        return [(m, replace(p, organisation=o)) for (m, p), o in zip(pairs, organisations, strict=True)]

    policies = of("policy", names[1::-1], modality="commitment")
    assert finding(RULES, KINDS, *policies) == (
        "Meals: policy of Eastmoor and Westmoor Care sets out what must happen."
    )
    accounts = finding(FOOD, KINDS, *of("account", names[:3]))
    assert accounts == "Meals: accounts of Eastmoor, Midvale and Westmoor Care speak of it."
    assert "accounts of several organisations speak of it" in finding(FOOD, KINDS, *of("account", names))
    assert finding(WAY, ("incident",), *of("incident", names[:1])) == "Meals: incident reports raise it."
    twins = of("account", ("Moor NHS Trust", "Moor NHS Foundation Trust"))
    assert "Moor NHS Foundation Trust and Moor NHS Trust" in finding(FOOD, KINDS, *twins)


@pytest.mark.parametrize(
    ("voices", "wanted"),
    [
        (["family or carer"], "families and carers"),
        (["person using services"], "people using services"),
        (["person using services", "family or carer"], "people and families"),
        (["unknown"], "people and families"),
        (["staff"], "others who gave feedback"),
    ],
)
def test_a_statement_says_who_speaks_as_far_as_it_is_known(voices, wanted):
    pairs = said("feedback", *[OPEN] * len(voices))
    members = [(m, replace(p, voice=voice)) for (m, p), voice in zip(pairs, voices, strict=True)]
    assert finding(FOOD, KINDS, *members) == f"Meals: {wanted} speak of it."


def test_a_rule_is_never_said_to_be_good_practice():
    statement = finding(WAY, KINDS, *said("policy", OPEN, OPEN, modality="commitment"))
    assert statement == "Meals: policy sets out what must happen."
    assert finding(WAY, KINDS, *said("policy", GOOD, GOOD, GOOD)) == "Meals: policy speaks of it."


def test_silence_of_policy_is_said_only_where_policy_was_read_and_asked():
    feedback = said("feedback", BAD)
    silent = "none of the policy passages was assigned to it (the coder misses many)"
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
    placing = Placing(WAY, MEALS, tuple(members), 1.0, "because")
    assert state(placing, KINDS, [], ()).passages == len(members)
    statement = finding(WAY, tuple(sorted(read)), *members)
    assert re.fullmatch(r"Meals: [a-z][^0-9]+[a-z)]\.", statement)
    assert not re.search(r"\d", statement)
    for word in ("assur", "gap", "most", "anonymi"):
        assert word not in statement


def test_a_statement_says_nothing_that_no_quote_bears_out():
    bad = [(member(f"b{n}", MEALS, "negative"), passage(f"b{n}")) for n in range(6)]
    good = [(member(f"g{n}", MEALS, "positive"), passage(f"g{n}")) for n in range(6)]
    rule = (member("p", MEALS, modality="commitment"), passage("p", "policy"))
    every = (*bad, *good, rule)
    assert "describe both good practice and problems" in finding(WAY, KINDS, *every)
    assert "sets out what must happen" in finding(WAY, KINDS, *every)
    only_bad = finding(WAY, KINDS, *every, shown=quoted(tuple(bad)))
    assert "both" not in only_bad
    assert "policy" not in only_bad
    assert "speak of it" in only_bad
    unsure = {p.id for _, p in every} - {"p"}
    assert "policy speaks of it" in finding(WAY, KINDS, *every, sure=unsure)
    assert "problems" not in finding(WAY, KINDS, *bad, shown=quoted(tuple(good)))
    assert finding(FOOD, KINDS, *bad, shown=[]).endswith("none surely enough to be quoted.")
    unsure = [(replace(m, score=0.4), p) for m, p in bad]
    assert "problems" not in finding(WAY, KINDS, *unsure)


def test_a_statement_says_of_both_only_what_quotes_of_a_sure_tone_bear_out():
    every = (
        *said("feedback", *[GOOD] * 6),
        *[(m, replace(p, id=f"b{p.id}", document_id="b")) for m, p in said("feedback", *[BAD] * 6)],
    )
    sure_bad = {p.id for m, p in every if m.polarity == BAD}
    assert "both" in finding(WAY, ("feedback",), *every)
    assert finding(WAY, ("feedback",), *every, sure=sure_bad) == "Meals: people and families speak of it."
    unsure = finding(WAY, ("feedback",), *said("feedback", *[BAD] * 6), sure=())
    assert unsure == "Meals: people and families speak of it."


def test_incident_reports_are_never_said_to_describe_good_practice():
    assert finding(WAY, ("incident",), *said("incident", *[GOOD] * 9)) == "Meals: incident reports raise it."
    both = finding(WAY, ("incident",), *said("incident", *[GOOD] * 9, *[BAD] * 5))
    assert both == "Meals: incident reports describe problems."
