"""What a form says, one thing after another, before it is known where one form ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["answer", "section", "title", "organisation", "date", "wording", "guidance", "prose"]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing on a form.

    An answer has its question, and its text is "" where it was left blank; it is `sure` when something
    was really asked, and not only labelled. A section, title, organisation and date have their text;
    `wording` are the form's own words, `guidance` those that tell how to fill it in, and `prose` is running
    text that is neither.
    """

    sort: Sort
    text: str = ""
    question: str = ""
    location: str = ""
    sure: bool = True
