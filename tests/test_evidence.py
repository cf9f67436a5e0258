"""A quote is a slice of its document and nothing else; voices are balanced; people come first, and whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner.embedding import digest
from thememiner.errors import VerificationError
from thememiner.evidence import LEAST, SAME_VOICE, cut, paragraph, pick
from thememiner.records import Document, Kind, Membership, Passage, Polarity
from thememiner.wording import tokens

Member = tuple[Membership, Passage]


def document(name: str, text: str, kind: Kind = "incident", **fields) -> Document:
    return Document(name, kind, text, digest(text), "", "", "", **fields)


def member(
    home: Document, start: int, end: int, polarity: Polarity = "neutral", score: float = 0.8, **fields
) -> Member:
    at = Passage(f"{home.id}:{start}-{end}", home.id, start, end, home.text[start:end], home.kind, **fields)
    return Membership(at.id, "theme", score, "assigned", polarity), at


def whole(home: Document, polarity: Polarity = "neutral", score: float = 0.8, **fields) -> Member:
    return member(home, 0, len(home.text), polarity, score, **fields)


def sentences(home: Document, polarity: Polarity = "neutral", **fields) -> list[Member]:
    """A member for each line of a document, the earlier the stronger."""
    found, at = [], 0
    for i, line in enumerate(home.text.split("\n")):
        found.append(member(home, at, at + len(line), polarity, 0.9 - i / 10, **fields))
        at += len(line) + 1
    return found


def replace_score(member: Member, score: float) -> Member:
    return replace(member[0], score=score), member[1]


def picked(members: list[Member], documents: list[Document], most: int = 8):
    return pick("s", "theme", members, {d.id: d for d in documents}, most)


def test_an_excerpt_says_all_that_is_known_of_it():
    home = document("d", "One visit. It was late. Nobody rang.", locator="row 4")
    m, p = member(home, 11, 23, "negative", voice="staff", organisation="Northmoor")
    found = cut("s", "theme", replace(m, modality="commitment"), p, home)
    assert found.quote == "It was late."
    assert (found.start, found.end, found.sha256) == (11, 23, digest("It was late."))
    assert found.id == "s|theme|d:11-23"
    assert (found.section_id, found.theme_id, found.document_id) == ("s", "theme", "d")
    assert (found.kind, found.voice, found.organisation) == ("incident", "staff", "Northmoor")
    assert (found.polarity, found.modality, found.strength) == ("negative", "commitment", 0.8)
    assert found.location == "row 4"
    assert cut("s", "theme", m, replace(p, location="page 7"), home).location == "page 7"


@pytest.mark.parametrize(
    "change",
    [
        {"text": "It was Late."},
        {"text": "It was late. "},
        {"text": "It was late"},
        {"start": 10},
        {"end": 24},
        {"start": 0, "end": 12},
        {"document_id": "other"},
        {"text": "It  was late."},
        {"text": ""},
    ],
)
def test_a_passage_that_is_not_in_its_document_is_refused(change):
    home = document("d", "One visit. It was late. Nobody rang. It was late.")
    m, p = member(home, 11, 23)
    with pytest.raises(VerificationError, match=r"passage d:11-23 is not in its document: it is not quoted"):
        cut("s", "theme", m, replace(p, **change), home)


def test_one_that_is_not_verbatim_refuses_the_whole_pick():
    home = document("d", "One visit. It was late.")
    good, (m, p) = member(home, 0, 10), member(home, 11, 23)
    with pytest.raises(VerificationError):
        picked([good, (m, replace(p, text="It was very late."))], [home])


def test_a_change_of_the_document_is_seen():
    home = document("d", "One visit. It was late.")
    found = member(home, 11, 23)
    assert picked([found], [home])
    with pytest.raises(VerificationError):
        picked([found], [replace(home, text="One visit, It was  late.")])


# A small alphabet: the same piece stands in a text many times, so that searching for it finds the wrong one.
PIECES = st.lists(st.sampled_from(["a", "b", " ", "\n\n", ". "]), min_size=1, max_size=14).map("".join)


@st.composite
def corpora(draw) -> tuple[list[Document], list[Member]]:
    documents, members = [], []
    for i in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["incident", "feedback", "policy"]))
        home = document(f"d{i}", draw(PIECES), kind)
        documents.append(home)
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(home.text) - 1))
            end = draw(st.integers(start + 1, len(home.text)))
            polarity = draw(st.sampled_from(["positive", "negative", "neutral"]))
            members.append(member(home, start, end, polarity, draw(st.sampled_from([0.6, 0.9]))))
    return documents, members


@given(corpora(), st.integers(0, 6))
def test_every_quote_is_its_slice(corpus, most):
    documents, members = corpus
    texts = {d.id: d.text for d in documents}
    spans = {(p.document_id, p.start, p.end) for _, p in members}
    found = picked(members, documents, most)
    assert len(found) <= most
    assert len({e.id for e in found}) == len(found)
    for e in found:
        assert texts[e.document_id][e.start : e.end] == e.quote
        assert digest(e.quote) == e.sha256
        if e.kind == "feedback":
            assert any(d == e.document_id and e.start <= s and t <= e.end for d, s, t in spans)
        else:
            assert (e.document_id, e.start, e.end) in spans  # itself, not a twin of it elsewhere
    ranks = [e.kind != "feedback" for e in found]
    assert ranks == sorted(ranks)


@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(corpus, chance):
    documents, members = corpus
    distinct = list({(m.passage_id, m.polarity, m.score): (m, p) for m, p in members}.values())
    one = [e.quote for e in picked(distinct, documents)]
    chance.shuffle(distinct)
    assert [e.quote for e in picked(distinct, documents)] == one


@given(corpora())
def test_where_there_is_room_everything_that_differs_is_quoted(corpus):
    documents, members = corpus
    homes = {d.id: d for d in documents}
    wanted: dict[str, set[tuple[str, ...]]] = {}
    entire = False  # whether a policy has a whole sentence to quote, in whose stead no piece of one is
    for m, p in members:
        same = [q for _, q in members if q.document_id == p.document_id]
        quote = cut("s", "theme", m, p, homes[p.document_id], same).quote
        entire |= p.kind == "policy" and quote.rstrip().endswith(".") and not quote[0].islower()
        wanted.setdefault(p.kind, set()).add(tuple(tokens(quote)))
    found = picked(members, documents, 99)
    said = [tuple(tokens(e.quote)) for e in found]
    assert len(set(said)) == len(said)
    assert set(said) <= set().union(*wanted.values())
    for kind, quotes in wanted.items():  # all, or as many of one kind and voice as are ever shown
        shown = [e for e in found if e.kind == kind]
        left = kind == "policy" and entire
        assert len(shown) == SAME_VOICE or left or quotes <= set(said)


@pytest.mark.parametrize(
    ("heading", "kind", "answers"),
    [
        ("What was good?", "feedback", "What was good?"),
        ("Comments", "feedback", ""),
        ("What happened?", "incident", ""),
    ],
)
def test_feedback_says_what_it_answers(heading, kind, answers):
    home = document("d", "Nothing", kind)
    m, p = whole(home)
    assert cut("s", "t", m, replace(p, heading=heading), home).answers == answers


def test_the_same_words_are_quoted_once():
    homes = [
        document(f"d{i}", text) for i, text in enumerate(["Nobody rang.", "nobody rang!", "NOBODY RANG"])
    ]
    assert len(picked([whole(h) for h in homes], homes)) == 1


def test_another_dose_is_another_quote():
    homes = [document("a", "He had 12.5 mg."), document("b", "He had 1.25 mg.")]
    assert len(picked([whole(h) for h in homes], homes)) == 2


def test_people_and_families_come_first():
    homes = [
        document("a", "The audit found gaps.", "account"),
        document("f", "No one listened to us.", "feedback"),
        document("i", "Visit missed.", "incident"),
        document("p", "Staff must visit.", "policy"),
    ]
    members = [whole(h, score=0.9 if h.kind != "feedback" else 0.6) for h in homes]
    assert [e.kind for e in picked(members, homes)] == ["feedback", "account", "incident", "policy"]
    assert [e.kind for e in picked(members, homes, 1)] == ["feedback"]


def test_what_speaks_against_the_rest_is_shown():
    homes = [document(f"d{i}", f"Visit number {i} was missed by the crew.") for i in range(20)]
    against = document("x", "Every visit came on time.")
    members = [*(whole(h, "negative", 0.99) for h in homes), whole(against, "positive", 0.6)]
    found = picked(members, [*homes, against], 4)
    assert Counter(e.polarity for e in found) == {"negative": 2, "positive": 1}


def test_how_most_speak_is_quoted_twice_before_what_says_neither():
    homes = [
        document(f"{tone}{i}", f"Visit {i} to {tone}.") for tone in ("negative", "neutral") for i in range(9)
    ]
    homes.append(document("positive0", "Every visit came."))
    given = [whole(h, h.id[:-1], 0.99 if "neutral" in h.id else 0.6) for h in homes]
    assert Counter(e.polarity for e in picked(given, homes)) == {"negative": 2, "positive": 1}


def test_what_a_policy_sets_out_takes_turns_with_what_it_describes_whatever_their_tone():
    homes = [document(f"d{i}", f"Staff must visit on day {i} of each week.", "policy") for i in range(3)]
    homes += [document(f"x{i}", f"Visits on day {i} took place in every week.", "policy") for i in range(3)]
    tones = ("neutral", "neutral", "neutral", "positive", "negative", "mixed")
    given = [
        (replace(m, modality="commitment") if h.id.startswith("d") else m, p)
        for h, tone in zip(homes, tones, strict=True)
        for m, p in [whole(h, tone, 0.9)]
    ]
    assert Counter(e.modality for e in picked(given, homes)) == {"commitment": 2, "description": 1}
    assert [e.modality for e in picked(given, homes, 1)] == ["commitment"]


def test_a_piece_of_a_sentence_is_quoted_only_for_want_of_a_whole_one():
    homes = [
        document("a", "Every transfer must have a named lead on both sides.", "policy"),
        document("b", "admission and support people on from crisis to", "policy"),
    ]
    given = [whole(home) for home in homes]
    assert [e.document_id for e in picked(given, homes)] == ["a"]
    assert [e.document_id for e in picked(given[1:], homes)] == ["b"]


def test_kinds_and_polarities_take_turns():
    homes = [
        document(f"{kind}{polarity}{i}", f"The {kind} of sort {polarity} says {i}.", kind)
        for kind in ("feedback", "incident")
        for polarity in ("positive", "negative")
        for i in range(5)
    ]
    members = [whole(h, "positive" if "positive" in h.id else "negative") for h in homes]
    found = picked(members, homes, 4)
    assert Counter((e.kind, e.polarity) for e in found) == {
        (kind, polarity): 1 for kind in ("feedback", "incident") for polarity in ("positive", "negative")
    }


def test_a_document_gives_no_second_quote_before_every_other_has_given_one():
    long = document(
        "long", "\n".join(f"The {w} visit was missed by the crew." for w in ("first", "next", "last"))
    )
    homes = [document(f"d{i}", f"Visit {i} did not take place at all.") for i in range(2)]
    members = sentences(long, organisation="A")
    members += [whole(h, score=0.6, organisation=f"B{i}") for i, h in enumerate(homes)]
    assert {e.document_id for e in picked(members, [long, *homes])} == {"long", "d0", "d1"}
    found = picked([*members[:3], members[3]], [long, *homes])
    assert Counter(e.document_id for e in found) == {"long": 2, "d0": 1}


def test_an_organisation_gives_no_second_quote_before_every_other_has_given_one():
    homes = [document(f"a{i}", f"Here visit {i} did not take place.") for i in range(4)]
    other = document("b", "There a visit did not take place.")
    members = [whole(h, score=0.9, organisation="A") for h in homes]
    members.append(whole(other, score=0.6, organisation="B"))
    assert {e.organisation for e in picked(members, [*homes, other], 2)} == {"A", "B"}


def test_of_two_as_good_the_stronger_and_of_a_length_to_read():
    weak, strong = (document(n, f"The visit on day {n} was missed again today.") for n in "ab")
    short = document("c", "Missed.")
    members = [whole(weak, score=0.5), whole(strong, score=0.7), whole(short, score=0.99)]
    assert [e.document_id for e in picked(members, [weak, strong, short], 1)] == ["b"]
    assert [e.document_id for e in picked(members, [weak, strong, short], 2)] == ["b", "a"]


COMMENT = "We rang twice.\n\nNobody came, and then it was too late. I was afraid.\n\nThank you for asking."


def test_peoples_own_words_keep_their_whole_paragraph():
    home = document("f", COMMENT, "feedback")
    start = COMMENT.index("I was afraid.")
    [found] = picked([member(home, start, start + 13)], [home])
    assert found.quote == "Nobody came, and then it was too late. I was afraid."
    assert home.text[found.start : found.end] == found.quote


@pytest.mark.parametrize("kind", ["incident", "policy", "account"])
def test_other_kinds_are_quoted_by_their_sentence(kind):
    home = document("d", COMMENT, kind)
    start = COMMENT.index("I was afraid.")
    assert [e.quote for e in picked([member(home, start, start + 13)], [home])] == ["I was afraid."]


def test_two_sentences_of_one_paragraph_are_one_quote():
    home = document("f", COMMENT, "feedback")
    first, second = COMMENT.index("Nobody"), COMMENT.index("I was")
    found = picked([member(home, first, first + 38), member(home, second, second + 13)], [home])
    assert len(found) == 1


def test_the_first_and_the_last_paragraph():
    home = document("f", COMMENT, "feedback")
    for piece in ("We rang twice.", "Thank you for asking."):
        at = COMMENT.index(piece)
        start, end = paragraph(home, member(home, at + 1, at + 4)[1])
        assert COMMENT[start:end] == piece


def test_a_long_paragraph_is_quoted_whole_only_if_it_is_an_account_of_the_theme():
    text = "Nobody came at all. It was noon. " + "It was a wet Tuesday. " * 20 + "Nobody came back either."
    home = document("f", text, "feedback")
    members = [member(home, 0, 19), member(home, 20, 32), member(home, len(text) - 24, len(text))]
    assert {e.quote for e in picked(members[:2], [home])} == {"Nobody came at all.", "It was noon."}
    assert [e.quote for e in picked(members, [home])] == [text]


def test_a_paragraph_too_long_to_quote_gives_its_sentences():
    text = "Nobody came. " + "It went on and on. " * 120
    home = document("f", text, "feedback")
    assert [e.quote for e in picked([member(home, 0, 12)], [home])] == ["Nobody came."]
    members = [member(home, 0, 12), member(home, 13, 31), member(home, 32, 50)]
    assert {e.quote for e in picked(members, [home])} == {"Nobody came.", "It went on and on."}


def test_below_the_least_nothing_is_quoted():
    homes = [document(n, f"The visit on day {n} was missed again today.") for n in "ab"]
    members = [whole(homes[0], score=LEAST - 0.01), whole(homes[1], score=LEAST)]
    assert [e.document_id for e in picked(members, homes)] == ["b"]


def test_no_more_than_three_of_one_kind_and_voice():
    homes = [document(f"d{i}", f"Visit {i} did not take place at all.", "feedback") for i in range(9)]
    members = [
        *(whole(h, voice="family or carer") for h in homes[:5]),
        *(whole(h, voice="person using services") for h in homes[5:]),
    ]
    voices = Counter(e.voice for e in picked(members, homes, 9))
    assert voices == {"family or carer": 3, "person using services": 3}


def test_what_shows_the_theme_well_comes_before_what_is_only_sure():
    homes = [document(n, f"The visit on day {n} was missed again today.") for n in "ab"]
    members = [whole(homes[0], score=0.9), whole(homes[1], score=0.7)]
    near = {members[0][0].passage_id: 0.4, members[1][0].passage_id: 0.9}
    found = pick("s", "theme", members, {d.id: d for d in homes}, 1, near)
    assert [e.document_id for e in found] == ["b"]
    assert [e.document_id for e in picked(members, homes, 1)] == ["a"]


def test_a_document_that_speaks_of_the_theme_again_is_quoted_before_a_single_sentence():
    once = document("a", "Everybody is to be seen again within three days.", "policy")
    again = document(
        "b",
        "Everybody is to be seen again within two days.\nNobody is to be seen any later than that day.",
        "policy",
    )
    members = [whole(once, score=0.8), *(replace_score(m, 0.75) for m in sentences(again))]
    assert [e.document_id for e in picked(members, [once, again], 1)] == ["b"]
    surer = [whole(once, score=0.99), *members[1:]]
    assert [e.document_id for e in picked(surer, [once, again], 1)] == ["a"]


def test_nothing_to_pick():
    assert picked([], []) == []
    home = document("d", "A visit.")
    assert picked([whole(home)], [home], 0) == []


def test_whole_sentences_of_a_paper_come_before_pieces_of_one():
    whole_one = "Every transfer must have a named lead on both sides."
    pieces = (
        "of the ward, and as a result of this the transfer must",
        "Every transfer must be led by the ward and the",
    )
    texts = (*pieces, whole_one)
    for kind, first in (("policy", whole_one), ("account", whole_one), ("incident", pieces[0])):
        homes = [document(f"d{i}", text, kind) for i, text in enumerate(texts)]
        given = [whole(home, score=0.9 - i / 10) for i, home in enumerate(homes)]
        assert picked(given, homes, most=1)[0].quote == first


@pytest.mark.parametrize("kind", ["incident", "policy", "account"])
def test_what_leans_on_the_sentence_before_it_is_quoted_after_what_stands_alone(kind):
    alone, home = (
        document("a", "The evening visit was missed by the team on call.", kind),
        document("b", "Dr A wrote. However, they then missed the visit by the team.", kind),
    )
    leaning = member(home, home.text.index("However"), len(home.text), score=0.9)
    assert [e.document_id for e in picked([whole(alone, score=0.7), leaning], [alone, home], 1)] == ["a"]


def test_what_begins_its_document_leans_on_nothing():
    first, other = (
        document("a", "His mother rang three times and nobody called her back.", "incident"),
        document("b", "The evening visit was missed by the team on call.", "incident"),
    )
    members = [whole(first, score=0.9), whole(other, score=0.7)]
    assert [e.document_id for e in picked(members, [first, other], 1)] == ["a"]


def test_people_may_begin_as_they_like():
    alone, home = (
        document("a", "The evening visit was missed by the team on call.", "feedback"),
        document("b", "I rang. And then they missed the visit by the team on call.", "feedback"),
    )
    leaning = member(home, home.text.index("And"), len(home.text), score=0.9)
    assert [e.document_id for e in picked([whole(alone, score=0.7), leaning], [alone, home], 1)] == ["b"]
