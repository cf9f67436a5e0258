"""Whose words stand under a heading: in an organisation's account, the organisation's."""

import pytest

from thememiner.reading import read
from thememiner.records import Source

NOTES = "# What families told us\n\nWe rang twice and nobody came.\n\nMother: He waited on the step.\n"


@pytest.mark.parametrize(
    ("kind", "spoken"),
    [
        ("feedback", "We rang twice and nobody came.\n\nMother: He waited on the step."),
        ("account", "Mother: He waited on the step."),
    ],
)
def test_a_heading_speaks_for_people_in_feedback_only(tmp_path, kind, spoken):
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    (document,) = read([Source(path, kind)]).documents
    ((voice, start, end),) = document.voices
    assert voice == "family or carer"
    assert document.text[start:end] == spoken
    ((start, end),) = [(start, end) for sort, start, end in document.asides if sort == "lead"]
    assert document.text[start:end] == "Mother: "
