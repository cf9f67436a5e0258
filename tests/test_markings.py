"""The marking at the head of every page: a working draft until the report stands as it was approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from thememiner.records import Release, Step
from thememiner.reports import markdown, standing, wording
from thememiner.reports.paper import words as paper_words


def stepped(report, *rungs):
    """The report with these steps taken of it as it is."""
    now = standing.digest(report)
    steps = tuple(Step(rung, "A. Reader", "2026-11-20", now, "Director") for rung in rungs)
    return replace(report, ladder=steps, status=rungs[-1] if rungs else "draft")


@pytest.mark.parametrize(
    ("rungs", "marking"),
    [
        ((), wording.MARKING),
        (("analyst reviewed",), wording.MARKING),
        (("approved",), wording.APPROVED_MARKING),
        (("approved", "released"), wording.APPROVED_MARKING),
        (("approved", "draft"), wording.MARKING),
    ],
)
def test_it_follows_the_ladder(whole, rungs, marking):
    report = stepped(whole, *rungs)
    assert standing.marking(report) == marking
    assert f"**{marking}**" in markdown.render(report)


def test_what_changed_since_it_was_approved_is_a_draft_again(whole):
    report = replace(stepped(whole, "approved"), title="Another title")
    assert standing.marking(report) == wording.MARKING


def test_a_released_version_keeps_its_own(whole):
    report = stepped(replace(whole, release=Release("internal")), "approved")
    assert standing.marking(report) == wording.marking("internal")


def test_no_paper_names_a_command(whole):
    words = [value for value in vars(paper_words).values() if isinstance(value, str)]
    for note in (wording.LETTER_NOTE, wording.RECOMMENDED_NOTE, wording.NONE_REVIEWED, *words):
        assert "report.json" not in note
        assert "--" not in note
