"""Polarity: cues, commitments and their numbers, the classifier's shape, and what comes of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from thememiner import embedding, polarity, resources
from thememiner.errors import ResourceError, TomlError
from thememiner.paragraphs import beside, surroundings
from thememiner.polarity import tone
from thememiner.polarity.cues import Cues, shipped
from thememiner.polarity.judging import weighed
from thememiner.records import POLARITIES, Code, Codebook, Membership, Passage
from thememiner.settings import Settings
from thememiner.tomls import load

BOOK = Codebook(
    "b", "b", "1", (Code("handover", "Handover"), Code("time-limits", "Time-limited care", wanted=False))
)


def passage(text, kind="account", n=0):
    return Passage(f"d:{n}-{n + len(text)}", "d", n, n + len(text), text, kind)


def leaning(**shares):
    return np.array([shares.get(tone, 0.0) for tone in POLARITIES])


class Leaning:
    """A classifier that says the same of everything, and keeps what it was asked."""

    def __init__(self, **shares):
        self.said, self.asked = leaning(**shares), []

    def shares(self, texts, abouts):
        self.asked += list(zip(texts, abouts, strict=True))
        return np.tile(self.said, (len(texts), 1))


def judged(text, kind="account", code="handover", **shares):
    one = passage(text, kind)
    (found,) = polarity.judge(
        [Membership(one.id, f"code:b/{code}", 0.9, "assigned")], [one], BOOK, Leaning(**shares)
    )
    return found


@pytest.fixture(scope="module")
def classifier():
    return tone.shipped("float32")


# What is a commitment, and what it states.


@pytest.mark.parametrize(
    ("text", "kind", "stated"),
    [
        ("Staff must telephone within one working day.", "policy", "commitment"),
        ("The team is responsible for the written summary.", "policy", "commitment"),
        ("Everyone must have a plan.", "policy", "commitment"),
        ("This document describes the duty system.", "policy", "description"),
        ("He should have been seen the same day.", "policy", "description"),
        ("They ought to have visited, and nobody did.", "policy", "description"),
        ("He should have been seen; teams must now telephone.", "policy", "commitment"),
        ("Mustard was served.", "policy", "description"),
        ("You must be joking.", "feedback", "description"),
        ("Must staff telephone within one working day?", "policy", "description"),
        ("When somebody has not been seen, staff must:", "policy", "description"),
        ("Staff must telephone.", "policy", "description"),
        ("Where a care plan is shared, how far back should it be read.", "policy", "description"),
        ("As I will explain below, the plans came late.", "policy", "description"),
        ("The team moved Will to a quieter ward.", "policy", "description"),
        ("The team works hard to ensure that families know.", "policy", "description"),
        ("To ensure that families know of the plan.", "policy", "commitment"),
        ("Managers ensure that families know of it.", "policy", "commitment"),
        ("I will explain why every plan must have a review date.", "policy", "commitment"),
        ("The lead must say how far back it should be read.", "policy", "commitment"),
        ("The manager told us that teams need to telephone.", "policy", "description"),
        ("Nurses believed that the plan should stay as it was.", "policy", "description"),
        ("Where families have said so, teams must telephone.", "policy", "commitment"),
        ("She must go back to the ward.", "policy", "description"),
        ("He or she must be seen within a day.", "policy", "commitment"),
        ("The plan should have gone to the family.", "policy", "description"),
        ("Each plan should have a date on it.", "policy", "commitment"),
        ("It should be remembered that plans take time.", "policy", "description"),
        ("This chapter will set out the plans.", "policy", "description"),
        ("The number of plans will rise again.", "policy", "description"),
        ("It was clear that plans should be short.", "policy", "description"),
        ("Staff asked whether plans must be signed at once.", "policy", "description"),
        ("People who need to talk find the line engaged.", "policy", "description"),
        ("He went there against his will that night.", "policy", "description"),
        ("This ensures that the plan is read.", "policy", "description"),
        ("“Plans must be signed by all,” the manager said.", "policy", "description"),
        ("Where patients' families have said so, staff must telephone.", "policy", "commitment"),
        ("Concerns noted at the visit must be passed on.", "policy", "commitment"),
        ("The panel noted that concerns should be passed on.", "policy", "description"),
        ("In those days a plan had to go to the board and should be typed.", "policy", "description"),
    ],
)
def test_modality(text, kind, stated):
    assert polarity.modality(kind, shipped().find(text), text) == stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Visit within seven (7) working days.", [("time", 7, "working day", "seven (7) working days")]),
        (
            "A 48-hour follow-up, then 0.5 hours.",
            [("time", 48, "hour", "48-hour"), ("time", 0.5, "hour", "0.5 hours")],
        ),
        (
            "After three missed appointments the team meets.",
            [("missed contacts", 3, "appointment", "three missed appointments")],
        ),
        ("If somebody misses 2 visits, call.", [("missed contacts", 2, "visit", "misses 2 visits")]),
        (
            "Caseloads must be no more than 15.",
            [("caseload", 15, "person", "Caseloads must be no more than 15")],
        ),
        ("No more than twelve people each.", [("caseload", 12, "person", "No more than twelve people")]),
        ("Reviewed every 6 months.", [("frequency", 6, "month", "every 6 months")]),
        ("95% are seen in 4 weeks.", [("share", 95, "%", "95%"), ("time", 4, "week", "4 weeks")]),
        ("Section 117 applies at 12 Mill Lane; version 2.1.", []),
        ("", []),
    ],
)
def test_the_numbers_that_are_stated(text, stated):
    found = polarity.stated(text)
    assert [(s.measure, s.value, s.unit, text[s.start : s.end]) for s in found] == stated


# Cues.


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("We do not have a joint protocol.", True),
        ("The trust doesn’t currently run a carers' group.", True),
        ("There are currently no peer workers.", True),
        ("There isn't a forum yet.", True),
        ("No such role exists.", True),
        ("Night cover is not commissioned.", True),
        ("No agreement with the police is in place.", True),
        ("No one was told, and the form stayed in place.", False),
        ("None.", True),
        ("Nil return", True),
        ("Not applicable", False),
        ("There is no longer a waiting list.", False),
        ("We do not have enough staff.", False),
        ("We have no evidence of delay.", False),
        ("There was no plan.", False),  # then, and perhaps not now
        ("If there is no plan, ring the duty desk.", False),
        ("Staff must say so where there is no plan.", False),
        ("Is there no plan?", False),
        ("All is in place.", False),
    ],
)
def test_an_absence_is_what_somebody_says_they_have_none_of(text, is_none):
    assert polarity.absence(text) is is_none


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("It works well, but not across the entire region.", {"praise", "exception"}),
        ("Practice varies and inconsistently so.", {"variation", "varying"}),
        ("We found no evidence of delay.", {"denial"}),
        ("This requires further investment.", {"unfunded"}),
        ("We couldn’t fault the staff.", {"praise"}),
        ("He should not have waited.", {"shortfall"}),
        ("The exceptional team came.", set()),
    ],
)
def test_cues_are_found_as_whole_words_whatever_the_case_or_apostrophe(text, rules):
    for given in (text, text.upper().replace("’", "'")):
        found = {cue.rule for cue in shipped().find(given)} - {"commitment"}
        assert found == rules
    assert all(0 <= cue.start < cue.end <= len(text) for cue in shipped().find(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It works well but not across the entire region.", "but not across the entire region"),
        ("All are seen, except in the north; that is new.", "except in the north"),
        ("Seen daily with the exception of Sundays, and this is known.", "with the exception of Sundays"),
        ("All are seen.", None),
    ],
)
def test_what_is_mixed_keeps_its_exception(text, kept):
    found = polarity.exception(text)
    assert (text[slice(*found)] if found else None) == kept


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[exceptions]\nphrases = ['but']\n", "exceptions"),
        ("[exception]\nphrase = ['but']\n", "phrase"),
        ("[exception]\nwanted = 'good'\n", "is not one of positive, negative"),
        ("[exception]\nphrases = ['but']\nodds = 'three'\n", "'odds' must be a number"),
        ("[exception]\npatterns = [[{LOUDER = 'but'}]]\n", "exception: not a pattern of spaCy's Matcher"),
        ("[exception]\npatterns = 5\n", "exception: not a pattern of spaCy's Matcher"),
    ],
)
def test_a_file_of_cues_that_is_wrong_is_said(tmp_path, written, said):
    (tmp_path / "own.toml").write_text(written)
    with pytest.raises(TomlError, match=said):
        Cues(tmp_path / "own.toml")


# What comes of them.


def test_a_commitment_is_never_judged():
    found = judged("Poor handover must never happen again.", "policy", negative=1.0)
    assert (found.polarity, found.modality) == ("neutral", "commitment")


def test_what_the_classifier_is_asked():
    texts = [
        ("Two people waited.", "feedback", "code:b/time-limits"),
        ("It was late.", "incident", "found:x"),
    ]
    rows = [passage(text, kind, n) for n, (text, kind, _) in enumerate(texts)]
    held = [
        Membership(row.id, theme, 0.9, "assigned") for row, (_, _, theme) in zip(rows, texts, strict=True)
    ]
    weak = Membership(rows[1].id, "code:b/handover", 0.3, "weak")
    using = Leaning(negative=1.0)
    found = polarity.judge([*held, held[0], weak], rows, BOOK, using)
    assert sorted(using.asked) == [
        ("It was late.", "incident, wanted: the service"),
        ("Two people waited.", "feedback, unwanted: Time-limited care"),
    ]
    assert [m.polarity for m in found] == ["negative"] * 3 + ["neutral"]
    assert polarity.judge([], [], BOOK, using) == []


class Hearing:
    """A classifier that hears little trouble but where a text says "waited"."""

    def shares(self, texts, abouts):
        loud, quiet = leaning(negative=0.9, neutral=0.1), leaning(neutral=0.6, negative=0.4)
        return np.array([loud if "waited" in text else quiet for text in texts])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("feedback", "negative"), ("incident", "negative"), ("account", "neutral"), ("policy", "neutral")],
)
def test_a_story_is_judged_beside_its_neighbours_and_an_account_by_each_sentence(kind, expected):
    text = "We rang at nine. It was noon. We waited.\n\nIt was late."
    parts = ["We rang at nine.", "It was noon.", "We waited.", "It was late."]
    rows = [passage(part, kind, text.index(part)) for part in parts]
    held = [Membership(row.id, "found:x", 0.9, "assigned") for row in reversed(rows)]
    found = polarity.judge(held, rows, BOOK, Hearing(), texts={"d": text})
    assert [m.polarity for m in reversed(found)] == ["neutral", expected, "negative", "neutral"]
    assert [m.polarity for m in reversed(polarity.judge(held, rows, BOOK, Hearing()))][1] == "neutral"


def test_surroundings_stay_in_their_paragraph_and_are_verbatim():
    text = "One. Two.  Three. Four.\n\nFive."
    rows = [passage(part, "feedback", text.index(part)) for part in ("Four.", "One.", "Three.", "Five.")]
    found = surroundings(rows, {"d": text})
    assert [found[row.id] for row in rows] == [
        "Three. Four.",
        "One. Two.  Three.",
        "One. Two.  Three. Four.",
        "Five.",
    ]


def test_what_stands_beside_a_passage_is_of_its_paragraph_and_near():
    text = "One. Two.  Three. Four.\n\nFive."
    rows = [passage(part, "feedback", text.index(part)) for part in ("Four.", "One.", "Three.", "Five.")]
    found = beside(rows, {"d": text})
    assert [found[row.id] for row in rows] == [
        "; after: One. Three.",
        "; before: Three. Four.",
        "; after: One.; before: Four.",
        "",
    ]


def test_of_a_long_paragraph_the_nearest_whole_passages_stand_beside():
    parts = [f"{'word ' * 18}{n}." for n in range(6)]
    text = " ".join(parts)
    rows = [passage(part, "incident", text.index(part)) for part in parts]
    found = beside(rows, {"d": text})[rows[3].id]
    assert found == f"; after: {parts[1]} {parts[2]}; before: {parts[4]}"


def test_feedback_of_which_nobody_knows_the_question_is_no_likelier_praise_than_complaint():
    shares = {"positive": 0.6, "negative": 0.4}
    asked = replace(passage("It was a visit.", "feedback"), heading="What was good?")
    for one, expected in ((asked, "positive"), (replace(asked, heading=""), "negative")):
        (found,) = polarity.judge(
            [Membership(one.id, "found:x", 0.9, "assigned")], [one], BOOK, Leaning(**shares)
        )
        assert found.polarity == expected


@pytest.mark.parametrize(
    ("heading", "kind", "told"),
    [
        ("What could we do better?", "feedback", "; What could we do better?"),
        ("3. Please tell us why", "feedback", "; 3. Please tell us why"),
        ("FFT Why?", "feedback", "; FFT Why?"),
        ("fft_answer_1", "feedback", ""),
        ("Comments", "feedback", ""),
        ("Anyway", "feedback", ""),
        ("", "feedback", ""),
        ("What happened?", "incident", ""),
    ],
)
def test_the_classifier_is_told_what_feedback_was_asked(heading, kind, told):
    one = replace(passage("Nothing", kind), heading=heading)
    using = Leaning(negative=1.0)
    polarity.judge([Membership(one.id, "found:x", 0.9, "assigned")], [one], BOOK, using)
    assert using.asked == [("Nothing", f"{kind}, wanted: the service{told}")]


def test_a_cue_weighs_once_and_only_where_it_is_near():
    text = "Seen daily except Sundays, and except in the north."
    assert judged(text, positive=0.55, mixed=0.35, neutral=0.1).polarity == "mixed"
    assert judged(text, positive=0.90, mixed=0.05, neutral=0.05).polarity == "positive"
    assert judged("Seen daily.", positive=0.55, mixed=0.35, neutral=0.1).polarity == "positive"
    assert judged("Seen daily.", positive=0.38, mixed=0.36, neutral=0.26).polarity == "neutral"


def test_a_denial_is_good_news_of_an_unwanted_thing_alone():
    text = "We found no evidence of it."
    shares = {"positive": 0.4, "negative": 0.6}
    assert judged(text, code="time-limits", **shares).polarity == "positive"
    assert judged(text, code="handover", **shares).polarity == "negative"


def test_shares_are_weighed_in_any_order_of_cues():
    cues = shipped().find("Practice varies; excellent in the north, not funded elsewhere.")
    shares = leaning(positive=0.3, negative=0.3, mixed=0.3, neutral=0.1)
    assert {weighed(shares, order, shipped()) for order in (cues, cues[::-1], cues + cues)} == {
        weighed(shares, cues, shipped())
    }


# The classifier.


def test_shares_depend_on_their_own_row_alone(classifier):
    texts = ["Good.", "It was late and nobody rang.", "x " * 300, ""]
    abouts = [
        tone.about("feedback"),
        tone.about("incident", "Handover"),
        tone.about("account"),
        tone.about("policy"),
    ]
    whole = classifier.shares(texts, abouts)
    parts = np.vstack([classifier.shares([t], [a]) for t, a in zip(texts, abouts, strict=True)])
    assert np.array_equal(whole, parts)
    assert np.allclose(whole.sum(axis=1), 1, atol=1e-5)
    assert classifier.shares([], []).shape == (0, 4)


def test_a_theme_whose_name_is_far_too_long_is_cut(classifier):
    shares = classifier.shares(["The ward was short."], [tone.about("account", "word " * 300)])
    assert shares.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "kind", "code", "expected"),
    [
        ("The nurse was kind and helpful, thank you, excellent care.", "feedback", "", "positive"),
        ("Rude, dismissive and nobody listened.", "feedback", "", "negative"),
        ("There is no evidence of time limited care.", "account", "time-limits", "positive"),
        ("There is evidence that care is time limited.", "account", "time-limits", "negative"),
        ("There is no evidence of handover meetings.", "account", "handover", "negative"),
        ("Handover between the teams was excellent.", "account", "handover", "positive"),
        ("Handover works well, but not across the entire region.", "account", "handover", "mixed"),
        ("There is variation of practice in handover between teams.", "account", "handover", "mixed"),
        ("Handover requires further investment.", "account", "handover", "negative"),
        ("Handover is described in section three.", "account", "handover", "neutral"),
    ],
)
def test_what_a_reader_would_say(classifier, text, kind, code, expected):
    one = passage(text, kind)
    theme = f"code:b/{code}" if code else "found:any"
    (found,) = polarity.judge([Membership(one.id, theme, 0.9, "assigned")], [one], BOOK, classifier)
    assert found.polarity == expected


def test_the_shipped_file_is_small_and_holds_numbers_alone():
    path = resources.folder("models") / tone.FILE
    assert path.stat().st_size <= 5_000_000
    assert {array.dtype.kind for array in load_file(path).values()} == {"f"}


def test_a_file_of_another_encoder_or_a_damaged_one_is_refused(tmp_path):
    path = tmp_path / "other.safetensors"
    save_file({"bias": np.zeros(4, dtype=np.float32)}, path, metadata={"encoder": "another"})
    with pytest.raises(ResourceError, match=r"other\.safetensors was made for another encoder"):
        tone.Tone(path)
    path.write_bytes((resources.folder("models") / tone.FILE).read_bytes()[:1000])
    with pytest.raises(ResourceError, match=r"other\.safetensors cannot be read"):
        tone.Tone(path)
    with pytest.raises(ResourceError, match="cannot be read"):
        tone.Tone(tmp_path / "nowhere.safetensors")
    assert embedding.MiniLM.digest


def test_how_sure_a_commitment_is_is_told_of_sentences_never_seen():
    """On sentences written apart from those that it learns from; the rules alone have two in three right."""
    encoder = embedding.encoder(Settings().encoder, "float32")
    told = load(Path("evaluation/sets/commitments.toml"))
    texts = [text for sort in told for text in told[sort]]
    sure = polarity.sureness(encoder.encode(texts), encoder.encode)
    is_one = [sort == "commitment" for sort in told for _ in told[sort]]
    taken = [
        one
        for one, text, share in zip(is_one, texts, sure, strict=True)
        if share >= polarity.SURELY and binding(text)
    ]
    assert sum(taken) >= 0.9 * len(taken)
    assert sum(taken) >= 0.75 * sum(is_one)
    assert polarity.sureness(encoder.encode(texts[:1]), encoder.encode) == sure[:1]  # whatever else is asked
    assert polarity.sureness(encoder.encode(texts[:0]), encoder.encode) == []


def binding(text):
    return polarity.modality("policy", shipped().find(text), text) == "commitment"


def test_what_how_sure_a_commitment_is_learns_from_is_not_what_it_is_tried_on():
    learnt = load(resources.folder("cues") / "commitments.toml")
    tried = load(Path("evaluation/sets/commitments.toml"))
    assert not {t.lower() for of in learnt.values() for t in of} & {
        t.lower() for of in tried.values() for t in of
    }
