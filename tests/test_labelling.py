"""Names are made of the passages' own words, and of none that name, judge or blame a person."""

from __future__ import annotations

import random

import numpy as np
import pytest

from thememiner.labelling import label
from thememiner.records import Clustering, Passage
from thememiner.wording import stop_words, tokens

# Two invented themes and what surrounds them: a name, a mask, doses, blame, a hyphen.
TRANSPORT = (
    "The minibus for dialysis was late again and Harlan waited in the rain for [PERSON 1] until 10:30",
    "Our minibus driver went to the wrong address so dialysis began without Harlan, a refusal they said",
    "No minibus came for the dialysis run; the taxi was billed to Harlan and 12.5 mg was missed",
    "They moved the minibus stop and nobody going to dialysis was told, Harlan said, and 1.25 mg was given",
    "Minibus bookings for dialysis close on Friday, Harlan was told by a careless driver",
    "A second minibus for dialysis patients would help Harlan [PHONE 2]",
    "We rang about the minibus from dialysis three times for Harlan and the mother died",
    "Every minibus back from dialysis is full on Mondays, as Harlan knows",
    "The dialysis minibus has no ramp, which Harlan needs",
)
GARDEN = (
    "The sensory garden is locked at weekends and the self-catering kitchen too",
    "Volunteers look after the sensory garden and its self-catering hut",
    "I liked the sensory garden best, with its self-catering corner",
    "Benches in the sensory garden are broken by the self-catering shed",
    "Could the sensory garden have shade near the self-catering block?",
    "They grow herbs in the sensory garden for self-catering",
    "The sensory garden was quiet, self-catering was cheap",
    "A wall round the sensory garden hides the self-catering flats",
)


def passages(*texts: str, prefix: str = "d") -> list[Passage]:
    return [Passage(f"{prefix}{i}:0", f"{prefix}{i}", 0, len(t), t, "feedback") for i, t in enumerate(texts)]


def clustering(labels: list[int]) -> Clustering:
    numbers = np.array(labels, dtype=np.int64)
    count = max(labels, default=-1) + 1
    return Clustering(
        labels=numbers,
        strength=np.where(numbers >= 0, 0.75, 0.0),
        coarse=numbers,
        stability=np.linspace(0.9, 0.6, count),
    )


OTHER = ("The lift smells of paint.", "A letter came about my teeth.")
SAID = passages(*TRANSPORT, *GARDEN, *OTHER)
LABELS = [0] * len(TRANSPORT) + [1] * len(GARDEN) + [-1] * len(OTHER)


def test_bertopic_prints_nothing_of_its_own(capfd):
    label(SAID, clustering(LABELS))
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


@pytest.fixture(scope="module")
def found():
    return label(SAID, clustering(LABELS))


def words_of(theme) -> list[str]:
    return [w for term in (theme.name, *theme.keywords) for w in tokens(term)]


def test_a_name_says_what_the_theme_is_about(found):
    transport, garden = found[0]
    assert {"minibus", "dialysis"} <= set(tokens(transport.name))
    assert {"sensory", "garden"} <= set(tokens(garden.name))
    assert 2 <= len(tokens(transport.name)) <= 5
    assert transport.name[0].isupper()
    assert transport.keywords


def test_every_word_of_a_name_occurs_in_its_own_passages(found):
    for theme, texts in zip(found[0], (TRANSPORT, GARDEN), strict=True):
        there = {w for text in texts for w in tokens(text)}
        assert words_of(theme)
        assert set(words_of(theme)) <= there


def test_no_stop_word_no_number_no_mask_in_a_name(found):
    for theme in found[0]:
        name = tokens(theme.name)
        assert not {name[0], name[-1]} & stop_words()
        assert not {w for term in theme.keywords for w in tokens(term)} & stop_words()
        for word in words_of(theme):
            assert not any(c.isdigit() for c in word)
            assert word not in {"person", "phone"}


def test_a_name_of_more_than_two_words_stands_in_a_passage_as_it_is(found):
    name = found[0][0].name.lower()
    assert "," in name or any(name in text.lower() for text in TRANSPORT)


def test_no_name_of_a_person_and_no_blame(found):
    there = set(words_of(found[0][0]))
    assert not there & {"harlan", "refusal", "careless", "mother", "died"}


def test_a_person_in_every_passage_is_in_no_name():
    texts = [
        f"We rang about the minibus for {'Odalys' if i % 2 else 'Odalys,'} and dialysis" for i in range(9)
    ]
    themes, _ = label(passages(*texts, *GARDEN), clustering([0] * 9 + [1] * len(GARDEN)))
    assert "odalys" not in words_of(themes[0])
    assert "minibus" in words_of(themes[0])


@pytest.mark.parametrize(
    "word", ["non-compliant", "disengaged", "aggressive", "negligent", "suicide", "refused"]
)
def test_a_word_that_judges_is_in_no_name_however_often_it_is_said(word):
    texts = [f"He was {word} about the minibus and the dialysis chair" for _ in range(9)]
    themes, _ = label(passages(*texts, *GARDEN), clustering([0] * 9 + [1] * len(GARDEN)))
    assert word not in words_of(themes[0])
    assert "minibus" in words_of(themes[0])


def test_a_hyphened_word_stays_whole(found):
    assert "self-catering" in words_of(found[0][1])
    assert "selfcatering" not in words_of(found[0][1])


def test_members_are_the_rows_of_each_theme(found):
    themes, members = found
    by_theme = {t.id: [m for m in members if m.theme_id == t.id] for t in themes}
    assert [m.passage_id for m in by_theme[themes[0].id]] == [p.id for p in SAID[: len(TRANSPORT)]]
    assert len(members) == len(TRANSPORT) + len(GARDEN)
    assert {m.outcome for m in members} == {"assigned"}
    assert {m.score for m in members} == {0.75}


def test_themes_say_that_they_were_discovered_and_how_stable_they_are(found):
    assert [t.origin for t in found[0]] == ["discovered", "discovered"]
    assert [t.stability for t in found[0]] == [0.9, 0.6]
    assert all(t.status == "draft" and t.code_id == "" for t in found[0])
    assert all(t.id.startswith("found:") for t in found[0])


def test_the_smaller_theme_first_keeps_its_own_words():
    swapped = [1] * len(TRANSPORT) + [0] * len(GARDEN) + [-1] * len(OTHER)
    themes, _ = label(SAID, clustering(swapped))
    assert "garden" in words_of(themes[0])
    assert "minibus" in words_of(themes[1])


def test_the_same_again_and_in_any_order(found):
    assert label(SAID, clustering(LABELS)) == found
    order = list(range(len(SAID)))
    random.Random(2).shuffle(order)
    themes, members = label([SAID[i] for i in order], clustering([LABELS[i] for i in order]))
    assert themes == found[0]
    assert sorted(map(str, members)) == sorted(map(str, found[1]))


def test_an_id_is_of_the_members_texts_alone(found):
    elsewhere = passages(*TRANSPORT, *GARDEN, *OTHER, prefix="other")
    assert [t.id for t in label(elsewhere, clustering(LABELS))[0]] == [t.id for t in found[0]]
    fewer = [-1, *LABELS[1:]]
    themes = label(SAID, clustering(fewer))[0]
    assert themes[0].id != found[0][0].id
    assert themes[1].id == found[0][1].id


def test_no_two_themes_of_these_share_a_name(found):
    assert len({t.name for t in found[0]}) == 2


def test_a_word_that_one_document_says_often_names_nothing():
    shouted = [
        Passage(f"x:{i}", "x", i, i + 1, t, "feedback") for i, t in enumerate(["bagpipes bagpipes"] * 6)
    ]
    said = [*passages(*TRANSPORT), *shouted, *passages(*GARDEN, prefix="g")]
    themes, _ = label(said, clustering([0] * (len(TRANSPORT) + 6) + [1] * len(GARDEN)))
    assert "bagpipes" not in words_of(themes[0])
    assert "minibus" in words_of(themes[0])


def test_a_cluster_with_nothing_to_name_it_by_is_no_theme():
    empty = ["the and of it", "he said so", "10:30 on 12.5", "[PERSON 1] and [PERSON 2]"]
    themes, members = label(passages(*empty, *GARDEN), clustering([0] * 4 + [1] * len(GARDEN)))
    assert len(themes) == 1
    assert "garden" in words_of(themes[0])
    assert len(members) == len(GARDEN)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_no_clusters_no_themes(n):
    assert label(SAID[:n], clustering([-1] * n)) == ([], [])


def test_one_passage_alone():
    themes, members = label(SAID[:1], clustering([0]))
    assert len(themes) == len(members) <= 1


def test_one_theme_and_no_other():
    themes, members = label(SAID[: len(TRANSPORT)], clustering([0] * len(TRANSPORT)))
    assert {"minibus", "dialysis"} <= set(tokens(themes[0].name))
    assert len(members) == len(TRANSPORT)
