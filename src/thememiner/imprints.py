"""What a policy prints of itself: its version, and the date by which it is to be reviewed.

A mapped step. Only labelled values count: a line or cell that is a label and its value ("Version 3.1", "Next
review: March 2025"), a label above or before its value in a table of document control, or a line of several
of these. They are looked for first where the document opens, then in page headers and footers, then under
headings such as "Document control"; of the version also "v3.1" in title and file name, of the review
a sentence such as "This policy is due for review in June 2026". The first place that has any decides, and
where it has two that differ, or a review before the document was issued, nothing is said.

Dates are as in the UK, the day before the month: 04/05/2026 is 4 May, and 05/31/2026 is no date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from thememiner.records import Document

_OPENING = 3_000  # characters: the cover page, or the table of document control on the first
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_VERSION = (
    r"(?:(?:policy|document|current|this|procedure) )?(?:version|issue|revision|ver\.?|rev\.?)"
    r"(?: ?(?:no|number)\b\.?)?"
)
_REVIEW = (
    r"(?:(?:policy|document|procedure) )?(?:(?:next |planned )?review"
    r"(?: date| due(?: date| by)?| by| no later than)?"
    r"|(?:next |date )?due for review(?: on| by| in)?|(?:next )?(?:date )?(?:of|for) (?:next )?review"
    r"|date (?:of|for) (?:the )?(?:next )?review|(?:to be )?reviewed? (?:by|before)|expiry(?: date)?"
    r"|expires(?: on)?|valid (?:until|to))"
)
_ISSUED = (
    r"(?:date (?:of )?)?(?:ratifi(?:ed|cation)|approv(?:ed|al)|issued?|publi(?:shed|cation)|effective"
    r"|implementation)(?: date| on| from)*"
)
# Other labels of a table of document control: a line of several labels begins with one of all these.
_BESIDE = (
    r"organisation|trust|reference(?: (?:no|number))?|ref(?: no)?|(?:policy|document|procedure) (?:title|name"
    r"|number|no|reference|ref|type|owner|author|lead|code|id)|title|status|classification|author|owner|lead"
    r"|ratified by|approved by|(?:lead|executive|responsible) director|committee|target audience|date"
)
_NUMBER = r"v?\.? ?\d{1,2}(?:\.\d{1,2}){0,2}"
_DATE = (
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?[ .-])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"[ .,/-]{1,2}(?:20\d\d|\d\d)|\d{1,2}[/.-]\d{1,2}[/.-](?:20\d\d|\d\d)|\d{1,2}[/.-]20\d\d"
    r"|20\d\d-\d\d-\d\d|20\d\d)"
)
_JOIN = r"[ \t]*[:=–-]?[ \t]*"
# After a value: nothing, a remark without a number of its own, or the next label.
_LABEL = rf"(?:{_VERSION}|{_REVIEW}|{_ISSUED}|{_BESIDE})"
_REMARK = r"(?:\((?![^)]*(?:\d|exten))[^)]*\)[ \t]*)?"
_AFTER = rf"(?=[ \t]*{_REMARK}[.,]?[ \t]*(?:$|(?:{_LABEL}|page)\b))"
_CONTROL = re.compile(
    r"(?:\d+\.?\d* )?(?:document|version|policy|revision|review)(?: and \w+)?"
    r" (?:control|information|details|record|summary|history)(?: \w+)?",
    re.IGNORECASE,
)
# Said of another document, or of an earlier or other date.
_OTHERS = re.compile(
    r"\b(?:supersed|replac|previous|prior|former|last|first|template|licen[cs]e|peer|annual|equality)"
    r"\w*\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:policy|document|procedure|guideline|guidance|standard|protocol|it)\b[^.\n]{0,30}?"
    r"\b(?:will|shall|must|is|to|should)\b[^.\n]{0,20}?\breview(?:ed)? (?:again )?"
    rf"(?:in|on|by|before|no later than) (?P<value>{_DATE})(?![\w/-])",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![a-z0-9])v(?:ersion)?[ ._-]?(?P<value>\d{1,2}(?:[._]\d{1,2}(?!\d)){0,2})(?!\d)", re.IGNORECASE
)


def _labelled(label: str, value: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A whole cell of label and value; the label alone; and both anywhere in a line of several labels."""
    return (
        re.compile(rf"(?:{label}){_JOIN}(?P<value>{value})(?![\w/.-]){_AFTER}", re.IGNORECASE),
        re.compile(rf"(?:{label}){_JOIN}", re.IGNORECASE),
        re.compile(
            rf"(?<=[\s|;,(])(?:{label}){_JOIN}(?P<value>{value})(?![\w/-]|\.\d){_AFTER}", re.IGNORECASE
        ),
    )


_WANTED = {
    "version": (*_labelled(_VERSION, _NUMBER), re.compile(_NUMBER, re.IGNORECASE)),
    "review": (*_labelled(_REVIEW, _DATE), re.compile(_DATE, re.IGNORECASE)),
    "issued": (*_labelled(_ISSUED, _DATE), re.compile(_DATE, re.IGNORECASE)),
}
_ANY_LABEL = re.compile(rf"{_LABEL}\b", re.IGNORECASE)
_ONLY_LABEL = re.compile(rf"{_LABEL}{_JOIN}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imprint:
    """A document's version ("3.1") and review date (ISO to year, month or day), each "" where not told."""

    version: str = ""
    review_date: str = ""


def imprint(document: Document) -> Imprint:
    """The version and review date that a policy prints of itself; nothing of what is no policy."""
    if document.kind != "policy":
        return Imprint()
    places = tuple(_places(document))
    version = _first((_values("version", place) for place in places), _version)
    if version is None:
        names = (document.title, PurePosixPath(document.source).stem)
        version = _first(
            ([m["value"].replace("_", ".") for m in _NAMED.finditer(n)] for n in names), _version
        )
    review = _first((_values("review", place) for place in places), _same_date)
    if review is None:
        told = [_iso(m["value"]) for m in _SENTENCE.finditer(document.text)]
        review = _first([told], _same_date)
    issued = max((day for place in places for day in _values("issued", place)), default="")
    if review and issued and review < issued[: len(review)]:
        review = ""  # the date of a review that was, or of another document
    return Imprint(version or "", review or "")


def expired(review_date: str, on: str) -> bool | None:
    """Whether a review date (ISO, to year, month or day) had passed on a day; None where either is "".

    A review due in a month or year has not passed before its last day has.
    """
    if not review_date or not on:
        return None
    return _last_day(review_date) < on


@dataclass(frozen=True, slots=True)
class _Place:
    """A text to look in; in a page's header or footer a label may stand behind a title."""

    text: str
    furniture: bool = False


def _places(document: Document) -> Iterator[_Place]:
    """Where to look, in turn: the opening, headers and footers, what stands under a heading of control."""
    text = document.text
    yield _Place(text[:_OPENING])
    furniture = {text[a:b] for sort, a, b in document.asides if sort in ("header", "footer")}
    yield _Place("\n\n".join(sorted(furniture)), furniture=True)
    control = (text[a:b] for head, a, b in document.parts if _CONTROL.fullmatch(head.strip(" :")))
    yield _Place("\n\n".join(control))


def _first(places: Iterable[list[str]], agree: Callable[[list[str]], str]) -> str | None:
    """What the first place that has any value says, "" where its values differ; None where none has any."""
    for values in places:
        if found := [value for value in values if value]:
            return agree(found)
    return None


def _values(sort: str, place: _Place) -> list[str]:
    """The values of one sort in a place, as they are shown: versions without a v, dates as ISO."""
    shown = _plain if sort == "version" else _iso
    return [day for value in _raw(sort, place) if (day := shown(value))]


def _raw(sort: str, place: _Place) -> Iterator[str]:
    whole, label, within, value = _WANTED[sort]
    blocks = [
        [cell.strip() for cell in re.split(r"[\n|\t]", block)] for block in re.split(r"\n\n+", place.text)
    ]
    rows = [[cell for cell in cells if cell] for cells in blocks]
    for n, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            if match := whole.match(cell):
                yield match["value"]
            elif label.fullmatch(cell):
                below = rows[n + 1] if len(cells) == 1 and n + 1 < len(rows) else []
                beside = cells[at + 1 : at + 2] or (below if len(below) == 1 else [])
                if beside and value.fullmatch(beside[0]):
                    yield beside[0]
            if place.furniture or _ANY_LABEL.match(cell):
                for match in within.finditer(cell):
                    if not _OTHERS.search(cell[: match.start()]):
                        yield match["value"]
        if _is_head(cells) and n + 1 < len(rows) and len(rows[n + 1]) == len(cells):
            if n + 2 < len(rows) and len(rows[n + 2]) == len(cells):
                continue  # a history: which of its rows holds is not said
            for head, cell in zip(cells, rows[n + 1], strict=True):
                if label.fullmatch(head) and value.fullmatch(cell):
                    yield cell


def _is_head(cells: list[str]) -> bool:
    return len(cells) > 1 and all(_ONLY_LABEL.fullmatch(cell) for cell in cells)


def _plain(value: str) -> str:
    return value.lower().lstrip("v. ")


def _version(values: list[str]) -> str:
    """The version, if all are one: 3 and 3.0 are; the longest form is shown."""
    padded = {tuple([*map(int, value.split(".")), 0, 0][:3]) for value in values}
    return max(values, key=len) if len(padded) == 1 else ""


def _same_date(values: list[str]) -> str:
    """The date, if all are one to what they say: March 2028 and 31 March 2028 are."""
    longest = max(values, key=len)
    return longest if all(longest.startswith(value) for value in values) else ""


def _iso(value: str) -> str:
    """A date as it is written in the UK → ISO to year, month or day; "" where it is none."""
    text = value.strip().lower()
    if re.fullmatch(r"20\d\d", text):
        return text
    if re.fullmatch(r"20\d\d-\d\d-\d\d", text):
        year, month, day = text.split("-")
        return _date(year, month, day)
    parts = [part for part in re.split(r"[ .,/-]+", text) if part]
    if len(parts) == 2:
        month, year = parts
        return _date(year, month, "")
    day, month, year = parts
    return _date(year, month, re.sub(r"\D", "", day))


def _date(year: str, month: str, day: str) -> str:
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdigit() else 0
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        whole = dt.date(full, number, int(day or 1)).isoformat()
    except ValueError:
        return ""
    return whole if day else whole[:7]


def _last_day(date: str) -> str:
    """The last day of a year, month or day."""
    if len(date) == len("2028"):
        return f"{date}-12-31"
    if len(date) == len("2028-03"):
        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]:02}"
    return date
