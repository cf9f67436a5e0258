"""Names as a reader wants them, and discovery over texts that are no texts to speak of."""

from __future__ import annotations

import random
import warnings
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from thememiner import codebooks, embedding, steps
from thememiner.labelling import describe, label, near_codes
from thememiner.records import Clustering, Code, Codebook, Document, Passage, Theme
from thememiner.settings import Settings
from thememiner.wording import UNNAMED, is_judging, tokens

WAITING = (
    "I spent weeks waiting for test results and nobody rang",
    "Waiting for test results is the worst of it",
    "They lost the sample, so we were waiting for test results again",
    "The delay in waiting for test results was explained to us",
    "No text while waiting for test results",
    "We had the blood test and the test results came late",
    "My test results were sent to the wrong address",
    "Still waiting for test results from the clinic",
)
PARKING = (
    "The car park was full by nine",
    "We drove round the car park for an hour",
    "Pay machines in the car park take no cards",
    "There is no space in the car park",
    "The car park floods when it rains",
    "Blue badge bays in the car park were coned off",
    "A barrier at the car park was stuck",
    "They closed the car park without notice",
)


def said(*texts: str, prefix: str = "d") -> list[Passage]:
    return [Passage(f"{prefix}{i}:0", f"{prefix}{i}", 0, len(t), t, "feedback") for i, t in enumerate(texts)]


def parted(*sizes: int) -> Clustering:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    return Clustering(labels, np.ones(len(labels)), labels, np.ones(len(sizes)))


def test_a_name_is_a_phrase_of_the_passages_in_their_order():
    themes, _ = label(said(*WAITING, *PARKING), parted(8, 8))
    assert themes[0].name in ("Test results", "Waiting for test results")
    assert sum(themes[0].name.lower() in text.lower() for text in WAITING) > 4
    assert themes[1].name == "Car park"


def test_a_theme_that_no_word_is_about_is_none_where_one_is_asked_for():
    pairs = ["gate clock", "clock lamp", "lamp river", "river stone", "stone wheel", "wheel gate"] * 2
    texts = [f"It was the {one} and the {other}" for one, other in map(str.split, pairs)]
    rows = said(*PARKING, *texts)
    assert len(label(rows, parted(8, 12))[0]) == 2
    (theme,) = label(rows, parted(8, 12), about=0.5)[0]
    assert theme.name == "Car park"


def test_themes_that_are_parts_of_a_wider_one_say_its_name():
    texts = [f"{text} at {side} gate" for side in ("north", "south") for text in PARKING]
    given = parted(8, 8, 8)
    wide = np.repeat([0, 0, 1], 8)
    themes, _ = label(said(*texts, *WAITING), replace(given, coarse=wide))
    assert themes[0].wider == themes[1].wider
    assert set(tokens(themes[0].wider)) & {"car", "park", "gate"}
    assert themes[2].wider == ""
    assert {t.wider for t in label(said(*texts, *WAITING), given)[0]} == {""}


def test_two_themes_of_one_phrase_do_not_share_a_name():
    texts = [f"{text} at {side} gate" for side in ("north", "south") for text in PARKING]
    themes, _ = label(said(*texts), parted(8, 8))
    one, other = (set(tokens(t.name)) for t in themes)
    assert one != other


@pytest.mark.parametrize(
    "words", ["poor engagement", "non compliance", "hard-to-engage families", "lack of insight", "failure"]
)
def test_words_that_judge_together(words):
    assert is_judging(tokens(words))


@pytest.mark.parametrize("words", ["family engagement", "hard floor", "insight visits", "low beds"])
def test_words_that_do_not(words):
    assert not is_judging(tokens(words))


def test_a_name_never_says_poor_engagement():
    texts = [f"Poor engagement with the rota was noted on day {i}, and the rota was late" for i in range(8)]
    themes, _ = label(said(*texts, *PARKING), parted(8, 8))
    assert not is_judging(tokens(themes[0].name))
    assert "poor" not in tokens(themes[0].name)


def test_acronyms_keep_their_capitals_and_shouting_makes_none():
    texts = [f"The GP letter never came to house {i}" for i in range(8)]
    loud = [text.upper() for text in PARKING]
    themes, _ = label(said(*texts, *loud), parted(8, 8))
    assert themes[0].name == "GP letter"
    assert themes[1].name == "Car park"


def test_words_of_every_text_are_no_acronyms_in_texts_of_capitals():
    ends = (
        "AT LUNCH 1",
        "AND WENT 2",
        "IN MAY 3",
        "FOR US 4",
        "BY NOON 5",
        "AS TOLD 6",
        "IN JUNE 7",
        "TO US 8",
    )
    texts = [
        f"{n} 10 ml TIP OF THE CATHETER BROKE {end} ok fine so be it then now" for n, end in enumerate(ends)
    ]
    themes, _ = label(said(*texts, *PARKING), parted(8, 8))
    assert not {"OF", "THE", "AND"} & set(themes[0].name.split())


def test_words_that_make_no_phrase_make_no_name_and_acronyms_among_them_keep_their_capitals():
    themes, _ = label(said(*(f"NHS, evidence, {i}" for i in range(8)), *PARKING), parted(8, 8))
    assert themes[0].name == "Unnamed group (words: evidence, NHS)"
    assert themes[1].name == "Car park"


PRAISE = (
    "Very polite and really helpful throughout",
    "So helpful, so polite, so friendly",
    "They were helpful and they were polite",
    "Was polite, was helpful, could not be faulted",
    "Always helpful and always friendly to us",
    "Polite, friendly",
    "Really friendly and very helpful to talk to",
    "You are so polite and so very friendly",
)


def test_praise_with_no_thing_praised_is_not_named():
    themes, _ = label(said(*PRAISE, *PARKING), parted(8, 8))
    assert themes[0].name.startswith(f"{UNNAMED} (words: ")
    assert {"polite", "helpful"} & set(tokens(themes[0].name))


def test_a_verb_joined_to_a_noun_is_no_name():
    texts = [f"We drove {how} and it was helpful, the drivers said" for how in ("on", "off", "in", "out")]
    themes, _ = label(said(*texts, *(f"Drivers, helpful, {n}" for n in range(6)), *PARKING), parted(10, 8))
    assert " and " not in themes[0].name


FORMULA = (
    "a fall in the bathroom",
    "a burn from a kettle",
    "late antibiotics",
    "a bed rail left down",
    "an alarm that was off",
    "a chart without a weight",
    "a lost sample",
    "a door without a lock",
)


def test_a_formula_names_nothing():
    copied = [f"{what}. I set this out at the close of the hearing as I must do." for what in FORMULA]
    themes, _ = label(said(*copied, *PARKING), parted(8, 8))
    assert "hearing" not in tokens(themes[0].name) or themes[0].name.startswith(UNNAMED)
    spoken = [
        "The close of the hearing was rushed",
        "Nobody told us before the close of the hearing",
        "At the close of the hearing she wept",
        "We left by the close of the hearing, alone",
        "Is there a form after the close of the hearing?",
        "After the close of the hearing came a letter",
    ]
    themes, _ = label(said(*spoken, *PARKING), parted(6, 8))
    assert themes[0].name == "Close of the hearing"


def test_a_phrase_is_one_in_the_singular_and_the_plural_and_as_most_say_it():
    texts = [
        "The lone worker device was flat",
        "Lone worker devices run flat by noon",
        "Who charges the lone worker devices?",
        "My lone worker devices went to the locker",
        "No signal on the lone worker device",
        "There are four lone worker devices",
    ]
    themes, _ = label(said(*texts, *PARKING), parted(6, 8))
    assert themes[0].name == "Lone worker devices"


def test_a_part_of_a_longer_name_is_no_name():
    texts = [f"The community dental clinic was {how}" for how in ("shut", "cold", "late", "old", "far off")]
    themes, _ = label(said(*texts, *PARKING), parted(5, 8))
    assert themes[0].name == "Community dental clinic"


def test_thanks_and_hollow_words_are_in_no_name():
    ends = ("and its bench", "by the pond", "for us", "with a roof", "at last", "on the hill", "in May", "")
    texts = [f"Many thanks for the great bus stop {end}, what a difference" for end in ends]
    themes, _ = label(said(*texts, *PARKING), parted(8, 8))
    assert themes[0].name == "Bus stop"


def test_a_word_after_a_mark_with_a_capital_is_no_name_of_a_person():
    texts = [f"{what}. Waiting times were long" for what in FORMULA]
    texts += [f"They told us of waiting times at the {where}" for where in ("desk", "door", "gate")]
    themes, _ = label(said(*texts, *PARKING), parted(11, 8))
    assert themes[0].name == "Waiting times"


def test_a_phrase_that_is_nearer_another_theme_names_neither():
    texts = [*PARKING, *WAITING]
    near = {"car park": (0.0, 1.0), "test results": (1.0, 0.0)}

    def encode(phrases: Sequence[str]) -> np.ndarray:
        return np.array([near.get(p, (0.0, 0.0)) for p in phrases], dtype=np.float32)

    vectors = np.repeat(np.eye(2, dtype=np.float32), 8, axis=0)
    themes, _ = label(said(*texts), parted(8, 8), vectors, encode)
    assert [t.name.startswith(UNNAMED) for t in themes] == [True, True]
    themes, _ = label(said(*texts), parted(8, 8), vectors[::-1].copy(), encode)
    assert [t.name for t in themes] == ["Car park", "Test results"]


def test_a_description_says_where_and_which_words_and_counts_nothing():
    theme = Theme("found:1", "Car park", "discovered", keywords=("park", "car"), near_code="a")
    told = describe(theme, said(*PARKING), {"a": "Estates"})
    assert told.endswith("close to the code “Estates”.")
    assert "“park” and “car”" in told
    assert not any(c.isdigit() for c in told)
    assert describe(theme, []) == ""


def test_only_a_near_code_is_called_close():
    book = Codebook("b", "B", "1", (Code("one", "One"), Code("two", "Two")))
    codes = np.eye(2, dtype=np.float32)
    centres = np.array([[0.6, 0.8], [0.69, 0.1]], dtype=np.float32)
    assert near_codes(centres, book, codes) == ["two", ""]
    assert near_codes(centres, Codebook("e", "E", "1", ()), codes[:0]) == ["", ""]


# Texts that are none to speak of.


def written(*texts: str) -> list[Document]:
    return [Document(f"d{i}", "feedback", t, "", f"d{i}", "x", "") for i, t in enumerate(texts)]


BAD = {
    "one document": ["The car park was full and nobody knew why."],
    "identical documents": ["The car park was full."] * 60,
    "all blank": ["", "  ", "\n\n"],
    "one word each": ["parking", "lift", "Food", "PAIN"] * 20,
    "capitals": [text.upper() for text in (*PARKING, *WAITING)] * 4,
    "emoji": ["👍", "😡😡", "👍👍👍", "🚑", "…", "!!!"] * 12,
    "one of very many words": [*PARKING * 3, "the car park was full and the lift was out of order " * 5_000],
}


@pytest.mark.parametrize("unit", ["document", "passage"])
@pytest.mark.parametrize("texts", BAD.values(), ids=BAD.keys())
def test_a_row_for_each_document_whatever_it_holds(texts, unit):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = list(steps.theme_rows(written(*texts), Settings(), unit))
    assert {row["id"] for row in rows} == {f"d{i}" for i in range(len(texts))}
    assert all(bool(row["theme_id"]) == bool(row["theme_name"]) for row in rows)


@pytest.mark.parametrize("texts", BAD.values(), ids=BAD.keys())
def test_a_row_for_each_document_and_code_whatever_it_holds(texts):
    settings = Settings(codebook="patient-experience")
    rows = list(steps.code_rows(written(*texts), settings))
    codes = {code.id for code in codebooks.codebook("patient-experience").codes}
    assert {(row["id"], row["code_id"]) for row in rows} >= {
        (f"d{i}", code) for i, text in enumerate(texts) if text.strip() for code in codes
    }
    assert all(0 <= row["score"] <= 1 for row in rows)


@pytest.mark.parametrize("unit", ["document", "passage"])
def test_the_order_of_texts_that_stand_in_several_documents_changes_nothing(unit):
    rng = random.Random(2)
    passages = [
        Passage(f"d{i}:{j}", f"d{i}", j, j + 1, text, "feedback")
        for i in range(40)
        for j, text in enumerate(rng.sample([*PARKING, *WAITING], 3))
    ]
    shuffled = random.Random(3).sample(passages, len(passages))
    encoder, settings = embedding.encoder(), Settings(smallest_theme=3)
    one, other = (steps.discover(rows, encoder, settings, unit) for rows in (passages, shuffled))
    assert one[0] == other[0]
    assert sorted(map(str, one[1])) == sorted(map(str, other[1]))


def test_few_texts_are_cautioned():
    from thememiner.errors import InputWarning

    with pytest.warns(InputWarning, match="no themes can be discovered reliably"):
        list(steps.theme_rows(written(*PARKING), Settings()))
