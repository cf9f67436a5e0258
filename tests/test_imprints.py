"""A policy's version and review date as it prints them, and what is left unsaid because it is not sure."""

from __future__ import annotations

import pytest

from thememiner.imprints import Imprint, expired, imprint
from thememiner.records import Document


def policy(text, *, kind="policy", title="", source="policy.docx", parts=(), asides=()):
    return Document("d", kind, text, "", "r", source, "", title=title, parts=parts, asides=asides)


def told(text, **more):
    found = imprint(policy(text, **more))
    return found.version, found.review_date


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Leave Policy\n\nVersion 3.1\n\n1. Purpose", "3.1"),
        ("Leave Policy\n\nVersion: V2\n", "2"),
        ("Version No: 4.0", "4.0"),
        ("Issue number\n7\n\nOwner\nThe board", "7"),
        ("Policy version\n\n1.2.1", "1.2.1"),
        ("Title | Leave Policy\nVersion | 2.3", "2.3"),
        ("Reference LP-01 Version 2.4 Ratified by The Board", "2.4"),
        ("Version\nDate issued\nReview date\n\n3\nMay 2024\nMay 2027", "3"),
        ("Version 2\n\nVersion 2.0", "2.0"),  # one and the same
        ("Version 2.1 (final)", "2.1"),
    ],
)
def test_a_version_is_read_where_it_is_labelled(text, version):
    assert told(text)[0] == version


@pytest.mark.parametrize(
    "text",
    [
        "Version 1.0 was not used by the two teams.",
        "1.2 Version 1.0 was merged with the ward guide.",
        "This policy replaces\nversion 2.0 of the ward guide",
        "Replaces: Leave Guide, Version 1.0",
        "Status Final, supersedes Version 1.0",
        "Version 2.0\n\nVersion 3.0",  # which one?
        "Version\nDate\nChange\n\n1.0\nMay 2019\nFirst\n\n1.1\nMay 2020\nSecond",
        "Version\nDate\nStatus\n\n1.0\nMay 2019\nFinal\n\n1.1\nMay 2020\nFinal",
        "Version 2024",
        "Template version 3",
        "Read it with Visiting Policy Version 4.0",
        "Version history",
        "There are 3 versions.",
    ],
)
def test_a_version_is_not_guessed(text):
    assert told(text)[0] == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Review date: March 2025", "2025-03"),
        ("Review date 31 March 2028", "2028-03-31"),
        ("Next review\n1st Sept 2027", "2027-09-01"),
        ("Next review due by: 04/05/2026", "2026-05-04"),
        ("Date of next review - 30.06.27", "2027-06-30"),
        ("Review Date | 2027-01-15", "2027-01-15"),
        ("Expiry date: 2026", "2026"),
        ("Due for review in 11/2026", "2026-11"),
        ("Ratified by The Board Date ratified 12 November 2024 Review date 30 November 2027", "2027-11-30"),
        ("This policy will be reviewed in June 2028 or sooner if the law changes.", "2028-06"),
        ("Review date: May 2027 (or sooner if the law changes)", "2027-05"),
        ("Review date May 2027\n\nNext review 31 May 2027", "2027-05-31"),
        ("Date ratified\n3 May 2024\n\nReview date\nMay 2027", "2027-05"),
        ("Date issued 2 May 2027\n\nReview date May 2027", "2027-05"),  # the same month
    ],
)
def test_a_review_date_is_read_as_people_in_the_uk_write_it(text, date):
    assert told(text)[1] == date


@pytest.mark.parametrize(
    "text",
    [
        "Review date: 05/31/2026",  # no day of a UK calendar
        "Review date: 31 February 2026",
        "Review date: three years from ratification",
        "Review date: May 2027 (extended to May 2028)",
        "Last review date: May 2024",
        "Date of last review: May 2024",
        "Review date May 2027\n\nNext review June 2027",
        "Date ratified 2 May 2025\n\nReview date May 2024",  # before it was issued
        "The plan must be reviewed by May 2027 if the person agrees.",
        "Reviews\n\nEvery plan has a review date.",
        "Annual peer review: May 2026 for all teams",
    ],
)
def test_a_review_date_is_not_guessed(text):
    assert told(text)[1] == ""


def test_the_cover_goes_before_page_furniture_and_this_before_document_control():
    cover = "Leave Policy\n\nVersion 3.1\n\n"
    rest = "x " * 2_000
    footer, control = "Leave Policy Version 3.0 Page 2 of 6", "Version 2.9"
    text = f"{rest}\n\n{footer}\n\n{control}"
    at = text.index(footer)
    asides = (("footer", at, at + len(footer)),)
    parts = (("Document control", text.index(control), len(text)),)
    shift = len(cover)
    moved = {
        "asides": tuple((sort, a + shift, b + shift) for sort, a, b in asides),
        "parts": tuple((sort, a + shift, b + shift) for sort, a, b in parts),
    }
    assert told(cover + text, **moved)[0] == "3.1"
    assert told(text, asides=asides, parts=parts)[0] == "3.0"
    assert told(text, parts=parts)[0] == "2.9"
    assert told(text, parts=(("Monitoring", *parts[0][1:]),))[0] == ""
    assert told(text)[0] == ""


def test_a_title_or_file_name_says_the_version_where_the_text_does_not():
    assert told("Purpose", title="Leave Policy v4.2")[0] == "4.2"
    assert told("Purpose", source="folder/leave_policy_v2_1.docx")[0] == "2.1"
    assert told("Version 3", source="leave-v2.docx")[0] == "3"
    assert told("Version 3\n\nVersion 5", source="leave-v2.docx")[0] == ""  # the text is not sure
    assert told("Purpose", source="leave-2024.docx")[0] == ""


def test_only_a_policy_has_an_imprint():
    assert imprint(policy("Version 3.1\n\nReview date: May 2026", kind="account")) == Imprint()
    assert told("") == ("", "")


@pytest.mark.parametrize(
    ("date", "on", "passed"),
    [
        ("2026-03-31", "2026-03-31", False),
        ("2026-03-31", "2026-04-01", True),
        ("2026-03", "2026-03-31", False),
        ("2026-03", "2026-04-01", True),
        ("2024-02", "2024-02-29", False),
        ("2026", "2026-12-31", False),
        ("2026", "2027-01-01", True),
        ("", "2026-01-01", None),
        ("2026", "", None),
    ],
)
def test_a_review_has_passed_only_after_its_last_day(date, on, passed):
    assert expired(date, on) is passed
