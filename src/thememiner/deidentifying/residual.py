"""Documents → what may still identify a person in them, for somebody to read before anything is shared.

Masks hide what names a person; what happened, where and to whom can tell them as well. Nothing here
judges anybody: the reasons are about texts, in words, and every word shown stands in a de-identified text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from thememiner.deidentifying.lists import is_plain
from thememiner.deidentifying.masking import unnumbered
from thememiner.deidentifying.things import THINGS
from thememiner.deidentifying.vocabulary import (
    CALENDAR,
    NAMES_AND_WORDS,
    NOT_NAMES,
    PLACES,
    RELATIONS,
    ROLES,
    TITLES,
)
from thememiner.records import Residual, Risk
from thememiner.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from thememiner.records import Document

_MOST = 20  # documents listed; the rest are counted
_SHOWN_WORDS = 5
# So many masks of one person make a text the story of that person.
_MANY_OF_ONE = 8
# Facts of different sorts that together may be true of one person only.
_TOGETHER = 3
# A word in more documents than this, or in lower case anywhere, is no name left over.
_FEW_DOCUMENTS = 2

_ORDINARY = NOT_NAMES | NAMES_AND_WORDS | CALENDAR | RELATIONS | ROLES | TITLES | PLACES | THINGS
# A capital inside a sentence; not an abbreviation, and not the name of a ward, unit or disease.
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z'’\-]*[a-z](?![\w\]])(?! ?(?:[A-Z]|\[))")
_LOWER = re.compile(r"(?<![A-Za-z\[])[a-z]{3,}")
# What a fact is called -> how it is told. Events are those the press writes of.
_AGE = r"\b\d{1,2}[ -]?(?:years?|yrs?|months?)[ -]old\b|\baged? \d{1,2}\b|\b\d{1,2} ?yo\b|\[AGE OVER 89\]"
_EVENT = (
    r"\b(?:homicide|murder\w*|manslaughter|stabb\w+|shot|shooting|drown\w*|arson|explosion|hostage|kidnap\w*|hanged"
    r"|hanging|electrocut\w*|trafficked|extradit\w*|crash\w*|derail\w*|house fire|poisoned"
    r"|(?:jumped|fell|fall) from (?:a|the) (?:bridge|roof|cliff|window|balcony))\b"
)
_CONDITION = (
    r"\b(?:twins?|triplets|quadruplets|conjoined|transplant\w*|amputat\w*|albinism|dwarfism|huntington['’]?s"
    r"|motor neurone|rare (?:disease|condition|disorder|cancer))\b"
)
_CALLING = (
    r"\b(?:councillor|mayor|vicar|imam|rabbi|priest|headteacher|footballer|celebrity|soldier|farmer|judge"
    r"|police officer|firefighter|member of parliament|actor|musician|publican|asylum seeker|refugee)\b"
)
_ATTENTION = r"\b(?:in the news|newspapers?|the press|facebook|twitter|instagram|tiktok|went viral)\b"
_DAY = (
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?-i:[A-Z])[a-z]{2,8} (?:19|20)\d\d\b"
)
_PLACE = (
    r"\[(?:ADDRESS|POSTCODE|PLACE)[^\]]*\]"
    r"|(?-i:\b(?:in|from|near|at|outside) (?!January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Mr|Mrs|Ms|Dr|The|A)[A-Z][a-z]{3,})"
)
_FACTS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("an age", _AGE),
        ("an unusual event", _EVENT),
        ("a rare condition or birth", _CONDITION),
        ("a public role or calling", _CALLING),
        ("attention in public", _ATTENTION),
        ("a day", _DAY),
        ("a place", _PLACE),
    )
)
# Of the facts that stand together two have to be of these.
_TELLING = {"an age", "an unusual event", "a rare condition or birth", "a public role or calling"}
_STORIES = frozenset(("incident", "account", "feedback"))


def residual_risk(documents: Sequence[Document]) -> Residual:
    """What may still identify a person: masks by kind, and the documents to read first, with reasons.

    The same whatever the order of the documents. Policies are counted but not listed: they tell of
    services.
    """
    masks = Counter(unnumbered(kind) for document in documents for kind, _, _ in document.masks)
    stories = [document for document in documents if document.kind in _STORIES]
    left_over = _left_over(stories)
    risks = [
        Risk(document.id, document.source, document.locator, reasons)
        for document in stories
        if (reasons := tuple(_reasons(document, left_over)))
    ]
    weight = {risk.document_id: _weight(risk) for risk in risks}
    risks.sort(key=lambda risk: (-weight[risk.document_id], risk.document_id, risk.source))
    return Residual(
        masks=tuple(sorted(masks.items(), key=lambda count: (-count[1], count[0]))),
        mistyped=sum(document.mistyped for document in documents),
        risky=len(risks),
        risks=tuple(risks[:_MOST]),
    )


def _weight(risk: Risk) -> int:
    """How soon a document should be read: facts that stand together first."""
    return sum(
        3 if "stand together" in reason else 2 if "capital" in reason else 1 for reason in risk.reasons
    )


def _reasons(document: Document, left_over: set[str]) -> Iterator[str]:
    facts = [name for name, pattern in _FACTS if pattern.search(document.text)]
    if document.place and "a place" not in facts:
        facts.append("a place")
    telling = {"an age", "an unusual event", "a rare condition or birth", "a public role or calling"} & set(
        facts
    )
    if len(facts) >= _TOGETHER and len(telling) > 1:
        yield f"{listed(facts)} stand together, and may be true of one person only"
    words = [word for word in dict.fromkeys(_capitalised(document.text)) if word in left_over]
    if words:
        more = f" and {len(words) - _SHOWN_WORDS} more" if len(words) > _SHOWN_WORDS else ""
        shown = ", ".join(words[:_SHOWN_WORDS])
        yield f"words with a capital that are not masked and not ordinary: {shown}{more}"
    people = Counter(kind for kind, _, _ in document.masks if kind.startswith("PERSON"))
    most = max(people.values(), default=0)
    if most >= _MANY_OF_ONE:
        yield f"one person is masked {most} times: the text is their story"
    if document.mistyped:
        what = "number was" if document.mistyped == 1 else "numbers were"
        yield f"{document.mistyped} {what} masked whose check digit is wrong: possibly mistyped"


def _left_over(documents: Iterable[Document]) -> set[str]:
    """Capitalised words of a few documents that no document has in lower case."""
    homes: Counter[str] = Counter()
    lower: set[str] = set()
    for document in documents:
        homes.update(set(_capitalised(document.text)))
        lower.update(_LOWER.findall(document.text))
    return {
        word
        for word, count in homes.items()
        if count <= _FEW_DOCUMENTS
        and (stem := word.lower()) not in lower
        and stem not in _ORDINARY
        and not is_plain(stem)
    }


def _capitalised(text: str) -> list[str]:
    return [re.sub(r"['’](?:s|m|d|ve|ll|re|t)$", "", word) for word in _CAPITALISED.findall(text)]
