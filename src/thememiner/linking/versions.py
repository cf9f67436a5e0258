"""Which version of a policy a document is, as its title, file name and first lines say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from thememiner.records import Document
from thememiner.wording import tokens

_FIRST = 2000  # characters: the cover page or the table of document control
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# "v2.1", "Version 3", "Version No: 4.0", "Issue 5", "rev. 2", and in a file name "_v2-1".
_NUMBER = re.compile(
    r"(?<![a-z])(?:version|ver|vers|issue|revision|rev|v)(?:[ ._-]?(?:no|number))?[\s.:_|-]{0,4}"
    r"(\d{1,3}(?:[._-]\d{1,3}(?!\d)){0,2})(?![\d/]|[.-]\d)",
    re.IGNORECASE,
)
# What a document says of another, older one, of what it was made with, or of its licence.
_OTHERS = re.compile(
    r"(?:(?:supersed|replac|previous|prior|former)\w*[^\w.;\n]+(?:\w+[^\w.;\n]+){0,4}"
    r"|(?:template|licen[cs]e)\W+)$",
    re.IGNORECASE,
)
_DATE = (
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?[ /.-]+)?(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*|(?<=[/.-])\d{1,2})[ ,/.-]+(?P<y>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<year>(?:19|20)\d\d)"
)
_ISSUED = (
    r"ratified|approved|ratification|approval|issued?|issue date|date of issue|effective(?: from| date)?"
    r"|published|publication date|implementation date|last (?:updated|reviewed|revised)|valid from"
)
_REVIEW = r"(?:next |date of (?:next )?|due for )?review(?: date| due| by)?|expir(?:y|es)(?: date)?"
_LABELLED = re.compile(
    rf"(?<![a-z])(?:date )?(?:(?P<review>{_REVIEW})|(?P<issued>{_ISSUED}))(?: date| on| in| by)?"
    rf"[\s:|–-]{{1,6}}(?:{_DATE})(?!\d)",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"(?<![a-z])draft(?![a-z])", re.IGNORECASE)
_BARE_DATE = re.compile(rf"(?<!\d)(?:{_DATE})(?:\s?[-/–]\s?(?:20)?\d\d)?(?!\d)", re.IGNORECASE)
# Words that say which copy of a document it is, not what it is about.
_COPY = frozenset(
    "final draft copy approved ratified signed clean current new old updated revised pdf docx doc".split()
)
# A series, not versions: last year's report stands beside this year's.
_SERIES = frozenset("report reports minutes agenda paper papers accounts newsletter bulletin".split())


@dataclass(frozen=True, slots=True)
class Version:
    """What a document says of itself: `titles` bare of version and date, and dates to year, month or day."""

    titles: tuple[str, ...]
    number: tuple[int, ...] = ()
    issued: str = ""
    review: str = ""
    draft: bool = False


def version_of(document: Document) -> Version:
    """Return the version and dates of a document, from its title, then file name, then first lines."""
    name = re.sub(r"(?<=\d)_(?=\d)", ".", PurePosixPath(document.source).stem).replace("_", " ")
    first = document.text[:_FIRST]
    places = [document.title, name, first]
    # The highest in a place: a table of earlier versions may run either way.
    number = next((max(found) for text in places if (found := list(_numbers(text)))), ())
    issued, review = _dates(f"{document.title}\n{name}\n{first}")
    titles = tuple(dict.fromkeys(t for t in (_stem(document.title), _stem(name)) if len(t.split()) > 1))
    bare = _bare(document.title) or _bare(name)
    draft = bool(_DRAFT.search(f"{document.title}\n{name}\n{first[:300]}"))
    return Version(titles, number, issued or bare or document.date, review, draft)


def same_title(a: Version, b: Version) -> bool:
    """Whether the two have a title of two words or more in common, and it is not that of a series."""
    return any(not _SERIES & set(title.split()) for title in set(a.titles) & set(b.titles))


def newer(a: Version, b: Version) -> tuple[int, str]:
    """Return 1 when `a` supersedes `b`, -1 when `b` supersedes `a`, 0 when nothing says; and why.

    Version numbers go before dates. A draft supersedes nothing.
    """
    for what, here, there in (
        ("version", _padded(a.number), _padded(b.number)),
        ("issued", _digits(a.issued), _digits(b.issued)),
        ("next review", _digits(a.review), _digits(b.review)),
    ):
        shared = min(len(here), len(there))  # to what both say: 2024-03 and 2024 are one
        new, old = max(here[:shared], there[:shared]), min(here[:shared], there[:shared])
        if new == old:
            continue
        after = here[:shared] == new
        if (a if after else b).draft:
            return 0, "the newer is a draft"
        mark = "." if what == "version" else "-"
        shown = (mark.join(f"{part:0{1 if mark == '.' else 2}}" for part in value) for value in (new, old))
        return (1 if after else -1), f"{what} {' against '.join(shown)}"
    return 0, ""


def _numbers(text: str) -> Iterator[tuple[int, ...]]:
    for match in _NUMBER.finditer(text):
        if not _OTHERS.search(text[max(match.start() - 50, 0) : match.start()]):
            yield tuple(int(part) for part in re.split(r"[._-]", match[1]))


def _dates(text: str) -> tuple[str, str]:
    """The latest date of issue and of review that are labelled as such."""
    issued, review = "", ""
    for match in _LABELLED.finditer(text):
        if _OTHERS.search(text[max(match.start() - 50, 0) : match.start()]):
            continue
        if match["review"]:
            review = max(review, _iso(match))
        else:
            issued = max(issued, _iso(match))
    return issued, review


def _bare(text: str) -> str:
    """The last date that a title or file name holds, or ""."""
    return max((_iso(match) for match in _BARE_DATE.finditer(text)), default="")


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    if match["year"]:
        return match["year"]
    word = match["month"][:3].lower()
    month = _MONTHS.index(word) + 1 if word in _MONTHS else int(match["month"])
    try:
        whole = dt.date(int(match["y"]), month, int(match["d"] or 1)).isoformat()
    except ValueError:
        return match["y"]
    return whole if match["d"] else whole[:7]


def _stem(title: str) -> str:
    """A title's words without version, date and what says which copy it is."""
    bare = _BARE_DATE.sub(" ", _NUMBER.sub(" ", title))
    return " ".join(t for t in tokens(bare.replace("-", " ")) if t not in _COPY)


def _padded(number: tuple[int, ...]) -> tuple[int, ...]:
    """Three parts, so that 2 and 2.0 are one; none when there is no number."""
    return (*number, 0, 0)[:3] if number else ()


def _digits(date: str) -> tuple[int, ...]:
    return tuple(int(part) for part in date.split("-") if part.isdigit())
