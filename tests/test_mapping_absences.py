"""A section without findings ends in one of three ways, and none is ever told as another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.mapping import endings
from thememiner.polarity import absence
from thememiner.records import KINDS, Document, Passage, Section, Template

BOATS = Section("boats", "Boats and moorings", ("Is there a harbour master?",), ("account",))
SONGS = Section("songs", "Songs", ("Who sings at night?",), KINDS)
LAYOUT = Template("t", "T", "1", (BOATS, SONGS))


def form(*answers: tuple[str, str, str], name: str = "d", blanks=()) -> tuple[Document, list[Passage]]:
    """A completed form of (heading, question, answer), and a passage a sentence of it."""
    text, parts, sections, passages = "", [], [], []
    for heading, question, answer in answers:
        start = len(text)
        text += answer + "\n\n"
        end = start + len(answer)
        parts.append((question, start, end))
        sections += [(heading, start, end)] if heading else []
        at = start
        for sentence in answer.split("|"):
            passages.append(
                Passage(
                    f"{name}:{at}",
                    name,
                    at,
                    at + len(sentence),
                    sentence,
                    "account",
                    organisation=name,
                    heading=question,
                    section=heading,
                )
            )
            at += len(sentence) + 1
    document = Document(
        name,
        "account",
        text,
        "",
        "",
        "",
        "",
        form=True,
        parts=tuple(parts),
        sections=tuple(sections),
        blanks=tuple(blanks),
    )
    return document, passages


def ended(section: str, *forms, others=(), layout=LAYOUT):
    documents = [document for document, _ in forms]
    passages = [p for _, mine in forms for p in mine] + list(others)
    return endings(layout, {section}, passages, documents, absence)[section]


def free(text: str, kind="account", name="n") -> Passage:
    return Passage(f"{name}:{text[:9]}", name, 0, len(text), text, kind, organisation=name.title())


@pytest.mark.parametrize(
    "answer",
    [
        "We do not have any boats.",
        "There is no harbour master.|The last one left in spring.",
        "None at present",
        "Nil return.",
        "None",
        "No mooring is in place.",
    ],
)
def test_an_answer_that_there_is_none_is_stated_by_its_source(answer):
    ending = ended(
        "boats", form(("Boats and moorings", "Is there a harbour master?", answer), name="Northmoor")
    )
    assert ending.absence == "stated absent by a source"
    assert ending.statement == (
        "stated absent by a source: the account of Northmoor says that there is none."
    )
    assert [p.text for p in ending.passages] == [answer.split("|")[0]]


@pytest.mark.parametrize(
    "answer",
    [
        "We have boats.",
        "There are four boats.|There is no cook on them.",  # of something else, and not at the start
        "There is no cook.",  # of something else
        "Not applicable",
        "If there is no boat, we ring.",
        "There is no longer a fee for boats.",
        "We do not have enough boats.",
        "See above",
    ],
)
def test_other_answers_are_searched_and_say_how_much(answer):
    ending = ended("boats", form(("Boats and moorings", "Is there a harbour master?", answer)))
    assert ending.absence == "searched for and not found"
    n = len(answer.split("|"))
    assert f"none of the {n} passage{'s' if n > 1 else ''} searched in 1 document" in ending.statement
    assert ending.statement.endswith("1 form asked it, and none left it blank.")
    assert ending.passages == ()


def test_no_alone_answers_only_whether_there_is_such_a_thing():
    asked = ended("boats", form(("", "Is there a harbour master?", "No")))
    assert asked.absence == "stated absent by a source"
    layout = Template(
        "t", "T", "1", (replace(BOATS, prompts=("Are you worried about boats and moorings?",)),)
    )
    other = ended("boats", form(("", "Are you worried about boats and moorings?", "No.")), layout=layout)
    assert other.absence == "searched for and not found"


def test_what_others_answered_is_told_beside_it():
    ending = ended(
        "boats",
        form(("Boats and moorings", "", "There are no boats."), name="Northmoor"),
        form(("Boats and moorings", "", "We have no boats either."), name="Southmoor"),
        form(("Boats and moorings", "", "Ours lie in the harbour."), name="Eastmoor"),
    )
    assert ending.statement == (
        "stated absent by a source: the accounts of Northmoor and Southmoor say that there is none; "
        "1 other answer under it stands under no theme."
    )


def test_an_account_that_is_no_answer_states_it_where_it_names_the_whole_section():
    found = ended("boats", others=[free("The trust has no boats and moorings of its own.")])
    assert (found.absence, len(found.passages)) == ("stated absent by a source", 1)
    part = ended("boats", others=[free("The trust has no boats of its own.")])
    assert part.absence != "stated absent by a source"
    incident = ended("songs", others=[free("There are no songs.", "incident")])
    assert incident.absence == "searched for and not found"  # what a reporter did not see is no account


def test_an_answer_to_another_section_says_nothing_of_this_one():
    ending = ended("boats", form(("Songs", "Who sings at night?", "There are no boats and moorings for it.")))
    assert ending.absence == "not asked"


@pytest.mark.parametrize(
    ("forms", "others", "said"),
    [
        ([], [], "not asked: no form came that asks it."),
        ([("Songs", "", "Aunts sing.")], [], "not asked: the form that came has not its heading"),
        (
            [("Songs", "", "Aunts sing."), ("Our own heading", "", "We row.")],
            [],
            "not asked: none of the 2 forms that came has its heading or a question of it, and no theme",
        ),
        (
            [],
            ["Rowing was talked about.", "Oars too."],
            "and no theme of it was found in the 2 passages of other accounts.",
        ),
    ],
)
def test_what_no_form_asks_is_not_asked(forms, others, said):
    made = [form(answer, name=f"d{n}") for n, answer in enumerate(forms)]
    ending = ended("boats", *made, others=[free(text) for text in others])
    assert ending.absence == "not asked"
    assert said in ending.statement
    assert ending.passages == ()


def test_a_section_that_takes_more_than_accounts_is_searched_even_if_nobody_was_asked():
    ending = ended("songs", others=[free("A dog barked.", "incident"), free("The hall is cold.", "policy")])
    assert ending.absence == "searched for and not found"
    assert ending.statement == (
        "searched for and not found: none of the 2 passages searched in 1 document (incident reports and "
        "policies) was put under a theme of this section; there were no organisations' accounts and no "
        "feedback from people and families. The coder misses many."
    )


def test_where_nothing_came_nothing_was_searched():
    layout = Template("t", "T", "1", (replace(SONGS, kinds=("policy",)),))
    ending = ended("songs", others=[free("A dog barked.", "incident")], layout=layout)
    assert ending.statement == (
        "searched for and not found: nothing came of the kinds that it takes (policies), so nothing was "
        "searched."
    )


def test_a_question_that_was_left_blank_was_asked():
    blank = form(blanks=[("Boats and moorings", "Is there a harbour master?")])
    ending = ended("boats", blank, form(("Songs", "", "Aunts sing."), name="e"))
    assert ending.absence == "searched for and not found"
    assert ending.statement.endswith("1 form asked it, and 1 left it blank.")


@given(
    st.lists(
        st.sampled_from(["We have no boats.", "Boats row.", "None", "No", "There is no cook."]), max_size=4
    )
)
def test_every_ending_is_one_of_three_and_says_which(answers):
    made = [form(("Boats and moorings", "Boats?", text), name=f"d{n}") for n, text in enumerate(answers)]
    for section in ("boats", "songs"):
        ending = ended(section, *made)
        assert ending.absence in ("stated absent by a source", "searched for and not found", "not asked")
        others = {"stated absent by a source", "searched for and not found", "not asked"} - {ending.absence}
        assert ending.statement.startswith(ending.absence)
        assert not any(other in ending.statement for other in others)
        assert bool(ending.passages) == (ending.absence == "stated absent by a source")
