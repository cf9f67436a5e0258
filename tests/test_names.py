"""Names of people without a cue, in lower case and in capitals; where people live; and what must survive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from thememiner import resources
from thememiner.deidentifying import lists, mask
from thememiner.errors import ResourceError
from thememiner_evaluation import deidentification
from thememiner_evaluation.name_decoys import decoys

# (text, text with its masks). Invented names; surnames that are in no list are made up.
NAMES = [
    ("A fall was reported. Harriet Thornbeck slipped.", "A fall was reported. [PERSON 1] slipped."),
    ("We think Gareth needed more help.", "We think [PERSON 1] needed more help."),
    ("The form names J. Thornbeck as next of kin.", "The form names [PERSON 1] as next of kin."),
    ("We saw Zubalo Qendramir today.", "We saw [PERSON 1] today."),
    ("Notes of Harriet THORNBECK, aged 40", "Notes of [PERSON 1], aged 40"),
    ("The chart in the drawer of HARGREAVES was wrong.", "The chart in the drawer of [PERSON 1] was wrong."),
    ("Zubalo Qendramir slept badly.", "[PERSON 1] slept badly."),
    (
        "James Thornbeck fell. We drove to St James's with James.",
        "[PERSON 1] fell. We drove to St James's with [PERSON 1].",
    ),
    ("Harriet's medication was late.", "[PERSON 1]'s medication was late."),
    ("Seen with Harriet\nThornbeck.", "Seen with [PERSON 1]."),
    ("Report on Robert Blood. It is closed.", "Report on [PERSON 1]. It is closed."),
    ("Rose Thornbeck fell. Later Rose cried.", "[PERSON 1] fell. Later [PERSON 1] cried."),
    ("Dr Heading and Mrs Headings rang.", "Dr [PERSON 1] and Mrs [PERSON 2] rang."),
    ("We met Will Thornbeck. Will was well.", "We met [PERSON 1]. [PERSON 1] was well."),
    ("Grace died on Sunday.", "[PERSON 1] died on Sunday."),
    ("It was Harriet Thornbeck Ward Manager who rang.", "It was [PERSON 1] Ward Manager who rang."),
    ("Eclipse Thornbeck, aged 3, was seen.", "[PERSON 1], aged 3, was seen."),
    ("they asked jayden to wait", "they asked [PERSON 1] to wait"),
    ("thanks to harriet and gareth on the ward", "thanks to [PERSON 1] and [PERSON 2] on the ward"),
    ("patient agnieszka begum was moved", "patient [PERSON 1] was moved"),
    ("baby patel-jones was weighed", "baby [PERSON 1] was weighed"),
    ("the pen labelled kowalczyk was lost", "the pen labelled [PERSON 1] was lost"),
    (
        "Harriet Thornbeck met Gareth Oakmoss. Oakmoss left; Thornbeck's son stayed.",
        "[PERSON 1] met [PERSON 2]. [PERSON 2] left; [PERSON 1]'s son stayed.",
    ),
]
PLACES = [
    ("She lived alone in Leeds until May.", "She lived alone in [PLACE] until May."),
    ("He moved to Stow-on-the-Wold in 2019.", "He moved to [PLACE] in 2019."),
    (
        "She lives with her mother and sister in Little Exampleton.",
        "She lives with her mother and sister in [PLACE].",
    ),
    ("a 40-year-old man from Truro", "a 40-year-old man from [PLACE]"),
    ("he was last seen in Truro at noon", "he was last seen in [PLACE] at noon"),
    ("she lived in truro with a friend", "she lived in [PLACE] with a friend"),
    ("Nobody came. - Harriet Thornbeck, Leeds", "Nobody came. - [PERSON 1], [PLACE]"),
    (
        "sent by Harriet Thornbeck, social worker, Truro Council",
        "sent by [PERSON 1], social worker, [PLACE] Council",
    ),
]
SURVIVE = [
    "He lived in supported accommodation and moved to Rose Ward.",
    "She lives in Elm House Nursing Home and moved to Leeds General Infirmary.",
    "He returned home in August. They live in fear.",
    "he was reading and lived in the ward",
    "London Ambulance Service came. Norfolk and Suffolk NHS Foundation Trust wrote.",
    "Will try. May have to wait. Mark the site. Grace period. Hope for the best.",
    "my nana rather liked the pals team and could cope",
    "the charlotte ward bleep; heather ward too",
    "The Elizabeth Garrett Hospital. St James's Hospital. Thornbeck Fencing Ltd.",
    "We paid Harriet Thornbeck Kitchen Ltd for it.",
    "PATIENT FELL IN CORRIDOR",
    "set its headings in heading styles; rows and headings",
    "The chart said Clexane but the box said Zopiclone.",
    "Name: Click here. Post Office. Core Participants.",
    "Day Surgery Unit, Home Office, Prime Minister, Department of Health.",
]


@pytest.mark.parametrize(("text", "expected"), NAMES + PLACES)
def test_names_and_homes_are_masked(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize("text", SURVIVE)
def test_what_is_called_like_people_survives(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("text", [text for text, _ in NAMES + PLACES])
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


def test_the_decoys_survive() -> None:
    count, wrong = deidentification.masked_decoys(deidentification.decoys())
    assert count == len(decoys()) >= 500
    assert len(wrong) <= 0.005 * count, wrong


def test_a_name_that_is_a_word_stays_a_word_elsewhere() -> None:
    text = "Zoe Young fell on Monday. Young people were there and young staff too."
    assert mask(text).text == "[PERSON 1] fell on Monday. Young people were there and young staff too."


# ---------------------------------------------------------------- the lists


def test_the_lists_know_names_words_and_places() -> None:
    assert "F" in lists.kind_of("harriet")
    assert lists.kind_of("observations") == "w"
    assert "p" in lists.kind_of("leeds")
    assert lists.kind_of("zubalo") == ""
    assert lists.is_plain("pandemic")
    assert not lists.is_plain("hargreaves")


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = resources.folder("models") / "names.txt.gz"
    changed = bytearray(shipped.read_bytes())
    changed[-1] ^= 1
    monkeypatch.setattr(lists.resources, "folder", lambda _: tmp_path)
    lists.load.cache_clear()
    try:
        with pytest.raises(ResourceError, match=r"names\.txt\.gz is missing"):
            lists.load()
        (tmp_path / "names.txt.gz").write_bytes(changed)
        with pytest.raises(ResourceError, match="SHA-256 differs"):
            lists.load()
    finally:
        lists.load.cache_clear()


def test_the_lists_are_not_loaded_before_they_are_asked_for() -> None:
    code = (
        "from thememiner.deidentifying import lists, mask\n"
        "assert lists.load.cache_info().currsize == 0\n"
        "mask('Harriet Thornbeck')\n"
        "assert lists.load.cache_info().currsize == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# ---------------------------------------------------------------- the measures


def test_spans_are_found_only_when_every_letter_is_masked() -> None:
    row = {
        "text": "Harriet Thornbeck fell. Datix was down.",
        "spans": [
            {"type": "PERSON", "start": 0, "end": 17},
            {"type": "PERSON", "start": 24, "end": 29},
        ],
    }
    found = deidentification.find_spans([row])
    assert (found.recall("PERSON"), found.precision, found.masks) == (0.5, 1.0, 1)
    none = deidentification.find_spans([{"text": "Harriet Thornbeck fell.", "spans": []}])
    assert none.precision == 0.0


def test_cues_can_be_switched_off_without_moving_the_text() -> None:
    text = "an inquest into the deaths of Qq and the late Zz"
    off = deidentification.without_cues(text)
    assert off == "an xxxxxxx xxxx the xxxxxx xx Qq and xxx xxxx Zz"
    leaks = deidentification.find_leaks([("Harriet Thornbeck of Qq", [(0, 7), (21, 23)])], cues=True)
    assert (leaks.names, leaks.masked_names, leaks.leaking, leaks.reports) == (2, 1, 1, 1)
    assert (leaks.tokens, leaks.masked) == (4, 2)
