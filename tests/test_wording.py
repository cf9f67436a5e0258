"""Numbers stay whole and apart; masks, stop-words and numbers carry no theme."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from thememiner.wording import content_words, copied_words, stop_words, tokens

# Numbers as notes hold them, from a small alphabet, so that near misses are often drawn.
NUMBER = st.builds(
    "".join,
    st.tuples(
        st.from_regex(r"[0125]{1,3}", fullmatch=True),
        st.from_regex(r"([.,:/][0125]{1,2}){0,2}", fullmatch=True),
        st.sampled_from(["", "mg", "mcg", "ml", "g", "kg", "%", "th"]),
    ),
)


@given(NUMBER, NUMBER)
def test_two_numbers_are_never_one_token(first, second):
    assume(first != second)
    assert tokens(first) != tokens(second)
    assert tokens(f"gave {first} at night.") != tokens(f"gave {second} at night.")


@given(NUMBER)
def test_a_number_is_one_token_as_it_is_written(number):
    assert tokens(number) == [number]
    assert tokens(f"Gave ({number}), then left.") == ["gave", number, "then", "left"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12.5 mg", "1.25 mg"),
        ("0.5 mg", "5 mg"),
        ("10:30", "1030"),
        ("24/7", "247"),
        ("1,000 units", "1.000 units"),
        ("2.5mg", "25mg"),
        ("5mg", "5mcg"),
        ("5%", "5"),
        ("1st", "1"),
        ("score 3/10", "score 3, 10"),
    ],
)
def test_two_doses_times_or_scores_are_never_one(one, other):
    assert tokens(one) != tokens(other)
    assert "".join(tokens(one)) != "".join(tokens(other))


def test_a_full_stop_is_no_part_of_a_number():
    assert tokens("He took 5. Then 10.") == ["he", "took", "5", "then", "10"]


def test_words_keep_their_inner_marks_and_lose_their_outer_ones():
    assert tokens("“Self-harm” wasn't DISCUSSED — the Trust’s plan, 'ended'.") == [
        "self-harm",
        "wasn't",
        "discussed",
        "the",
        "trust’s",
        "plan",
        "ended",
    ]


def test_words_of_other_alphabets_and_accents():
    assert tokens("Zoë said naïve, ЖИЗНЬ") == ["zoë", "said", "naïve", "жизнь"]


@pytest.mark.parametrize("mask", ["[PERSON 1]", "[NHS NUMBER]", "[PHONE 12]", "[DATE]", "[PERSON]"])
def test_masks_are_out(mask):
    assert tokens(f"We told {mask} and {mask}'s carer.") == ["we", "told", "and", "s", "carer"]
    assert content_words(f"{mask} discharge {mask}") == ["discharge"]


def test_brackets_that_are_no_mask_stay():
    assert tokens("[sic] Saw [Nurse] 2 [times]") == ["sic", "saw", "nurse", "2", "times"]


def test_content_words_leave_out_what_says_nothing_of_a_theme():
    text = "The patient's discharge letter was not sent to her on 12.5.24, he's said by the ward at 10:30"
    assert content_words(text) == ["discharge", "letter"]


@pytest.mark.parametrize("word", ["he's", "he’s", "patient’s", "The", "DON'T", "Nurse's", "didnt", "Monday"])
def test_stop_words_whatever_the_case_and_apostrophe(word):
    assert content_words(f"discharge {word} letter") == ["discharge", "letter"]


def test_stop_words_name_people_and_roles_so_that_labels_never_do():
    assert {"patient", "nurse", "consultant", "mother", "ward", "the", "and"} <= stop_words()
    assert not {"discharge", "medication", "handover", "carer"} & stop_words()


def test_copied_words_have_numbers_and_dates_as_one_sign():
    assert copied_words("Seen on 12/03 by the duty worker") == "seen on # by the duty worker".split()
    assert copied_words("on Monday 3 March 2025, at 10:30.") == ["on", "#", "at", "#"]
    assert copied_words("") == []


def test_copied_words_see_through_numbers_and_masks_of_a_form():
    one = copied_words("Reference 1234 was closed by [PERSON 1] without review")
    assert one == copied_words("Reference 99/8 was closed by [PERSON 7] without review")
    assert one == "reference # was closed by without review".split()


@given(st.text(alphabet="ab1. [A]-'", max_size=12), st.text(alphabet="ab1. [A]-'", max_size=12))
def test_tokens_of_two_paragraphs_are_those_of_each(first, second):
    assert tokens(f"{first}\n\n{second}") == tokens(first) + tokens(second) or "[" in first
