"""The codebook is the training set: one book, one coder; and a passage's scores are its own."""

from __future__ import annotations

import dataclasses
from itertools import product

import numpy as np
import pytest

from thememiner.coding import Coder, code, in_context, lexical, train
from thememiner.coding import coder as module
from thememiner.coding.training import training_set
from thememiner.embedding import embed
from thememiner.records import Code, Codebook, Embeddings, Example, Membership, NearMiss, Passage

TOPICS = {
    "parking": ("car park spaces full", "parking fees", "no space for the car", "the permit machine broke"),
    "meals": ("cold food at lunch", "the menu", "vegetarian meals ran out", "breakfast came late"),
    "noise": ("loud music all night", "doors banging", "alarms kept ringing", "shouting in corridors"),
}


def example(text: str) -> Example:
    return Example("feedback", text)


def book(*names: str, background: bool = True, **fields: object) -> Codebook:
    codes = tuple(
        Code(
            name,
            name.capitalize(),
            definition=f"What is said about {name}.",
            examples=tuple(map(example, TOPICS[name])),
            **fields,  # type: ignore[arg-type]
        )
        for name in names
    )
    plain = (
        ("The form has two pages.", "Signed and dated.", "See the appendix.", "Version three.")
        if background
        else ()
    )
    return Codebook("b", "B", "1", codes, tuple(map(example, plain)))


def passages(*texts: str) -> list[Passage]:
    return [Passage(f"d{i}:0", f"d{i}", 0, len(t), t, "feedback") for i, t in enumerate(texts)]


SAID = passages(
    "The car park was full and I had no space.",
    "Lunch was cold and the menu is poor.",
    "Loud alarms and banging doors all night.",
    "I signed the form.",
    "",
    "The car park was full and I had no space.",
    "Breakfast came late and the car park machine broke.",
)


def tell(found: list[Membership]) -> dict[tuple[str, str], Membership]:
    return {(m.passage_id, m.theme_id): m for m in found}


@pytest.fixture
def coder(word_encoder) -> Coder:
    return train(book(*TOPICS), word_encoder)


def vectors(word_encoder, said: list[Passage]) -> Embeddings:
    return embed(said, word_encoder)


def test_a_passage_goes_to_the_code_whose_words_it_uses(coder, word_encoder):
    scores = tell(code(SAID, vectors(word_encoder, SAID), coder, every=True))
    for passage, wanted in zip(SAID, ("parking", "meals", "noise"), strict=False):
        assert scores[passage.id, wanted].score == max(scores[passage.id, name].score for name in TOPICS)
        assert scores[passage.id, wanted].outcome == "assigned"
    assert all(scores[SAID[3].id, name].outcome == "no" for name in TOPICS)


def test_the_real_encoder_finds_a_code_in_other_words(encoder):
    coder = train(book(*TOPICS), encoder)
    said = passages("Nowhere to leave my vehicle", "My dinner was inedible", "It was too rowdy to sleep")
    scores = tell(code(said, embed(said, encoder), coder, every=True))
    for passage, wanted in zip(said, TOPICS, strict=True):
        assert scores[passage.id, wanted].score == max(scores[passage.id, name].score for name in TOPICS)


def test_two_halves_are_coded_as_the_whole(coder, word_encoder):
    found = vectors(word_encoder, SAID)
    whole = code(SAID, found, coder, every=True)
    for at in range(len(SAID) + 1):
        parts = [
            code(SAID[s], Embeddings(found.ids[s], found.vectors[s]), coder, every=True)
            for s in (slice(at), slice(at, None))
        ]
        assert parts[0] + parts[1] == whole


def test_blocks_do_not_matter(coder, word_encoder, monkeypatch):
    found = vectors(word_encoder, SAID)
    whole = code(SAID, found, coder, every=True)
    monkeypatch.setattr(module, "_BLOCK", 2)
    assert code(SAID, found, coder, every=True) == whole


def test_equal_texts_have_equal_scores(coder, word_encoder):
    scores = tell(code(SAID, vectors(word_encoder, SAID), coder, every=True))
    for name in TOPICS:
        assert scores[SAID[0].id, name].score == scores[SAID[5].id, name].score


def test_the_same_codebook_gives_the_same_coder(word_encoder):
    first, again = train(book(*TOPICS), word_encoder), train(book(*TOPICS), word_encoder)
    for field in dataclasses.fields(Coder):
        one, other = getattr(first, field.name), getattr(again, field.name)
        assert np.array_equal(one, other, equal_nan=True) if isinstance(one, np.ndarray) else one == other, (
            field.name
        )


def test_training_leaves_chance_as_it_was(word_encoder):
    before = np.random.get_state()[1].tolist()  # noqa: NPY002 (the process-wide state is looked at)
    train(book(*TOPICS), word_encoder)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_outcomes_follow_the_thresholds_and_include_them(coder, word_encoder):
    found = vectors(word_encoder, SAID)
    scores = sorted({m.score for m in code(SAID, found, coder, every=True)})
    weak, assigned = scores[3], scores[-3]
    assert 0 < weak < assigned < 1
    for m in code(SAID, found, coder, assigned=assigned, weak=weak, every=True):
        assert m.outcome == ("assigned" if m.score >= assigned else "weak" if m.score >= weak else "no")
    shown = code(SAID, found, coder, assigned=assigned, weak=weak)
    assert {m.outcome for m in shown} == {"assigned", "weak"}
    assert min(m.score for m in shown) == weak
    assert shown == [
        m for m in code(SAID, found, coder, assigned=assigned, weak=weak, every=True) if m.outcome != "no"
    ]


def test_every_passage_and_code_has_a_row_when_asked(coder, word_encoder):
    found = code(SAID, vectors(word_encoder, SAID), coder, every=True)
    assert [(m.passage_id, m.theme_id) for m in found] == list(product([p.id for p in SAID], TOPICS))
    assert all(0 <= m.score <= 1 and m.score == round(m.score, 6) for m in found)
    assert all(type(m.score) is float for m in found)


def test_no_passages(coder, word_encoder):
    assert code([], vectors(word_encoder, []), coder) == []


def test_a_codebook_with_one_code(word_encoder):
    coder = train(book("parking"), word_encoder)
    found = code(SAID, vectors(word_encoder, SAID), coder, every=True)
    scores = {m.passage_id: m.score for m in found}
    assert len(found) == len(SAID)
    assert scores[SAID[0].id] > 0.5 > scores[SAID[3].id]


def test_a_codebook_with_three_hundred_codes(word_encoder):
    words = [f"subject{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(300)]
    book = Codebook("b", "B", "1", tuple(Code(w, w, definition=f"About {w} alone") for w in words))
    text = f"It was about {words[217]} and nothing else"
    found = train(book, word_encoder).probabilities([text], word_encoder.encode([text]))
    assert found.shape == (1, 300)
    assert int(found[0].argmax()) == 217


def test_a_codebook_without_examples_learns_from_names_and_definitions(word_encoder):
    bare = Codebook(
        "b",
        "B",
        "1",
        (
            Code("parking", "Car park", "Spaces and fees for the car", include="permit and machine"),
            Code("meals", "Food", "The menu and meals", include="breakfast and lunch"),
        ),
    )
    scores = tell(code(SAID, vectors(word_encoder, SAID), train(bare, word_encoder), every=True))
    assert scores[SAID[0].id, "parking"].score > scores[SAID[0].id, "meals"].score
    assert scores[SAID[1].id, "meals"].score > scores[SAID[1].id, "parking"].score


def test_a_code_without_a_word_is_never_given(word_encoder):
    wordless = dataclasses.replace(book(*TOPICS), codes=(*book(*TOPICS).codes, Code("empty", "")))
    found = code(SAID, vectors(word_encoder, SAID), train(wordless, word_encoder), every=True)
    assert all(m.score < 0.01 for m in found if m.theme_id == "empty")
    assert any(m.score > 0.5 for m in found if m.theme_id == "parking")


def test_a_near_miss_teaches_what_a_code_is_not(word_encoder):
    said = passages("the bus stop by the car park")
    with_it, without = (
        train(book("parking", "noise", near_misses=misses), word_encoder)
        for misses in ((NearMiss("The bus stop by the car park is far."), NearMiss("a bus stop")), ())
    )
    scores = [
        tell(code(said, embed(said, word_encoder), c, every=True))["d0:0", "parking"]
        for c in (with_it, without)
    ]
    assert scores[0].score < scores[1].score - 0.1


def test_a_near_miss_teaches_the_code_that_it_belongs_to():
    texts, labels = training_set(
        Codebook(
            "b",
            "B",
            "1",
            (
                Code("a", "A", near_misses=(NearMiss("of b", "b"), NearMiss("of none"))),
                Code(
                    "b", "B", "def b", "inc b", exclude="not b", examples=(example("ex b"), example("ex b"))
                ),
            ),
            (example("plain"),),
        )
    )
    assert dict(zip(texts, labels.tolist(), strict=True)) == {
        "plain": [False, False],
        "A": [True, False],
        "of b": [False, True],
        "of none": [False, False],
        "B": [False, True],
        "def b": [False, True],
        "inc b": [False, True],
        "ex b": [False, True],
    }
    assert len(texts) == 8  # a text told twice counts once, and what is excluded teaches nothing


def test_doses_are_words_of_their_own():
    assert lexical.terms("Gave 12.5 mg") == ["gave", "12.5", "mg", "gave 12.5", "12.5 mg"]
    assert not set(lexical.terms("12.5 mg")) & set(lexical.terms("1.25 mL"))


def test_masks_teach_nothing():
    assert lexical.terms("[PERSON 1] rang") == ["rang"]
    assert lexical.features("[PERSON 1] rang") == lexical.features("rang")


def test_letters_are_those_of_words_and_their_edges():
    assert lexical.letters("tea") == [" te", "tea", "ea ", " tea", "tea ", " tea "]
    assert lexical.letters("12.5") == []
    assert lexical.letters("a") == [" a "]


def test_numbers_share_no_feature():
    assert not set(lexical.features("12.5")) & set(lexical.features("1.25"))


def test_words_and_letters_are_a_unit_row_each():
    numbers, held = lexical.known(["warm soup again", "soup"])
    rows = lexical.weighted(["soup soup warm", "12.5", "again"], numbers, lexical.inverse(held, 2)).toarray()
    words = len(lexical.of_words(numbers))
    assert np.allclose((rows[:, :words] ** 2).sum(axis=1), [1, 0, 1])
    assert np.allclose((rows[:, words:] ** 2).sum(axis=1), [1, 0, 1])
    place = numbers.tolist().index(lexical.features("soup")[0])
    other = numbers.tolist().index(lexical.features("warm")[0])
    assert rows[0, place] / rows[0, other] == pytest.approx((1 + np.log(2)) / (np.log(3 / 2) + 1))


def test_passages_may_come_from_an_iterator(coder, word_encoder):
    found = vectors(word_encoder, SAID)
    assert code(iter(SAID), found, coder) == code(SAID, found, coder)


def test_embeddings_of_other_passages_are_not_taken(coder, word_encoder):
    with pytest.raises(ValueError):
        code(SAID, vectors(word_encoder, SAID[:3]), coder)


def test_a_passage_is_read_beside_its_paragraph_and_no_other():
    text = "The rota was short. It went on for weeks.\n\nParking is dear."
    spans = [(0, 19), (20, 41), (43, 59)]
    rows = [Passage(f"d:{a}-{b}", "d", a, b, text[a:b], "account") for a, b in spans]
    own = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)
    mixed = in_context(rows, Embeddings(tuple(p.id for p in rows), own), {"d": text}).vectors
    assert mixed.dtype == np.float32
    expected = np.array([1.5, 0.5, 0]) / np.hypot(1.5, 0.5)  # own + the mean of two, to length one
    np.testing.assert_allclose(mixed, [expected, expected[[1, 0, 2]], [0, 0, 1]], atol=1e-6)
    alone = in_context(rows[:1], Embeddings((rows[0].id,), own[:1]), {"d": text}).vectors
    np.testing.assert_array_equal(alone, own[:1])
